"""An application that ends well, whatever happens: how it does so, apart from what it is about."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from rich.console import RenderableType
from textual.driver import Driver
from textual.worker import WorkerFailed

from tui.terminal.drawn_lines import let_go_of_drawn_lines
from tui.terminal.ends import CRASH_GRACE, Ends
from tui.terminal.one_layout import lay_out_once
from tui.terminal.sparing_app import SparingApp
from tui.terminal.touched_lines import draw_touched_lines_only
from tui.workspace.crashes import Crashed, told, write_report
from tui.workspace.errors import EXIT_CRASH, EXIT_SIGNAL


class TerminalApp(SparingApp, inherit_bindings=False):
    """Keeps every word and gives the terminal back at any end. `crashed` is set once a fault of the program ends it."""

    crashed: Crashed | None = None
    kept: bool | None = None
    """What became of unsaved words when a signal ended the program; as `keep_all` gives it."""
    _ends: Ends | None = None
    _own_loop: asyncio.AbstractEventLoop | None = None

    def get_driver_class(self) -> type[Driver]:
        """The driver that lives with what real lines do."""
        from tui.terminal.driver import TerminalDriver

        return TerminalDriver

    def on_load(self) -> None:
        """Remember where other threads and signals reach the program."""
        let_go_of_drawn_lines()
        if not self.sends_all:
            draw_touched_lines_only()
            lay_out_once()
        self._own_loop = asyncio.get_running_loop()

    def keep_all(self, *, at_once: bool = False) -> bool | None:
        """Write what is not on the disk yet; see `MainScreen.keep_all`."""
        del at_once
        return None

    def interrupted(self) -> None:
        """SIGINT came, which is Ctrl+C by another way."""

    def run_to_the_end(self, *, mouse: bool = True) -> int:
        """Run in the terminal; returns the exit code: 128 and its number where a signal ended the program.

        Raises:
            Crashed: a fault of the program ended it. The terminal is as it was, and there is a report.
        """
        ends = self._ends = Ends(
            leave=self._asked_to_leave,
            interrupted=lambda: self._soon(self.call_later, self.interrupted),
            keep=partial(self.keep_all, at_once=True),
            restore=self._restore,
            tell=self._tell_crash,
        )
        ends.install()
        hook, threading.excepthook = threading.excepthook, self._thread_failed
        try:
            self.run(mouse=mouse)
        except BaseException as error:
            if not (isinstance(error, SystemExit) and ends.asked):
                self.crash(error)
        finally:
            threading.excepthook = hook
            self._restore()
            ends.remove()
        if ends.asked is not None:
            self._tell_kept(ends.asked)
            return EXIT_SIGNAL + ends.asked
        if self.crashed is not None:
            raise self.crashed
        return EXIT_CRASH if self.return_code is None else self.return_code

    # Asked from outside; all of these may come from any thread, at any moment

    def hang_up(self) -> None:
        """The terminal is gone: end as SIGHUP does, which need not come."""
        if self._ends is not None:
            self._ends.end(signal.SIGHUP)

    def _asked_to_leave(self, code: int) -> None:
        if self._own_loop is None:
            sys.exit(code)
        self._soon(self._leave, code)

    def _leave(self, code: int) -> None:
        self.kept = self.keep_all()
        self.exit(code, return_code=code)

    def _soon(self, what: Callable[..., Any], *arguments: Any) -> None:
        if self._own_loop is not None:
            with contextlib.suppress(RuntimeError):  # it has ended already
                self._own_loop.call_soon_threadsafe(what, *arguments)

    def _restore(self) -> None:
        from tui.terminal.driver import TerminalDriver

        if isinstance(self._driver, TerminalDriver) and not self._driver.is_restored:
            self._driver.restore_at_once()

    # Faults of the program

    def crash(self, error: BaseException) -> None:
        """End because of a fault: first the words, then the report, then the screen."""
        if self.crashed is None:
            fault = error.error if isinstance(error, WorkerFailed) else error
            self.crashed = Crashed(fault)
            if self._ends is not None:
                self._ends.at_the_latest(CRASH_GRACE, EXIT_CRASH)
            try:
                self.crashed.kept = self.keep_all()
            except Exception:
                self.crashed.kept = False
            with contextlib.suppress(Exception):
                self.crashed.report = write_report(fault)
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Textual ends here with a page of coloured traceback that shows the values of variables: it is not printed."""
        self.crash(RuntimeError("Textual gave up"))

    def _handle_exception(self, error: Exception) -> None:
        """Where Textual brings whatever a handler, a timer, a worker or a widget raised."""
        self.crash(error)
        # Tests raise again what it remembers.
        with contextlib.suppress(Exception):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Print nothing: see `panic`."""

    def _thread_failed(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._soon(self.crash, args.exc_value)

    def _tell_kept(self, asked: signal.Signals) -> None:
        if self.kept is not None and sys.stderr is not None:
            what = "kept: it comes back at the next start" if self.kept else "lost: it could not be written"
            with contextlib.suppress(OSError, ValueError):
                print(f"Ended by {asked.name}. What was not saved is {what}.", file=sys.stderr, flush=True)

    def _tell_crash(self) -> None:
        if self.crashed is not None and sys.__stderr__ is not None:
            sys.__stderr__.write("".join(f"{line}\n" for line in told(self.crashed)))
            sys.__stderr__.flush()

"""Textual's driver for terminals, made to live with what real lines do.

Its own one ends for good at the first byte that is no UTF-8 (the keyboard is dead then), does not notice that the
terminal is gone, and blocks for ever on one that cannot be written to. It loses the terminal's modes when the program
is stopped and continued from outside.
"""

from __future__ import annotations

import contextlib
import os
import select
import selectors
import signal
import sys
import termios
import time
from threading import Event
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from textual import constants, events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from tui.terminal.incoming import Incoming, Piece
from tui.terminal.key_reader import KeyReader, is_known
from tui.terminal.outlet import Outlet

if TYPE_CHECKING:
    from tui.terminal.terminal_app import TerminalApp

MOST_CELLS: Final = 2000
"""Columns or rows beyond which a size or a place that the terminal reports is a mistake."""
RESTORE: Final = (
    # The first ends what may have been cut off in the middle. Paste, wrapping, resizing, mouse (all kinds), keyboard
    # protocol, the other screen, the cursor, focus: as a shell wants them.
    "\x1b\\\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[<u"
    "\x1b[?2026l\x1b[0m\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
_CHUNK: Final = 1 << 16
_TICK: Final = 0.1
_WINDOW: Final = 128
"""Events that may wait while as many again are read; and how many seconds at most are waited for them:"""
_WINDOW_LIMIT: Final = 2.0


class TerminalDriver(LinuxDriver):
    """Reads keys and writes the screen; says when the terminal is gone (`TerminalApp.hang_up`)."""

    def __init__(
        self, app: TerminalApp, *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._ending = app
        self._outlet = Outlet(cast(TextIO, sys.__stderr__), self._gone)
        self._file = cast(Any, self._outlet)
        self._keys = KeyReader(debug=debug)
        self._applied = False
        self._size_told: tuple[int, int] | None = None
        self._size_asked = False
        self._size_due = False
        self._sent = 0
        self._taken = Event()
        self._taken.set()
        signal.signal(signal.SIGTSTP, self._stop)
        signal.signal(signal.SIGCONT, self._continue)

    # The terminal's modes

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._ending.forget_screen()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        # It returns early where the program was put into the background.
        self._applied = self._key_thread is not None and self._key_thread.is_alive()
        if self._applied:
            # Textual reads the size in the handler itself, which the next signal interrupts in a quick row of them: the
            # older size is then told last.
            signal.signal(signal.SIGWINCH, self._resized)
            self._tell_size()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            # Colours are left as they were last needed, and outlive the screen of the program in some terminals.
            self.write("\x1b[m")
            super().stop_application_mode()
        self._applied = False

    @property
    def is_restored(self) -> bool:
        """Whether the terminal is given back, to the last byte."""
        return not self._applied and (self._writer_thread is None or not self._writer_thread.is_alive())

    def restore_at_once(self) -> None:
        """Give the terminal back past all threads and queues. May block on a terminal that does not read."""
        with contextlib.suppress(termios.error):
            # What is still on its way would come behind, or hold this up.
            termios.tcflush(self.fileno, termios.TCOFLUSH)
        if self.attrs_before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with contextlib.suppress(OSError):
            os.write(self._outlet.fileno(), RESTORE.encode())
        self._applied = False

    def write(self, data: str) -> None:
        """Send something to the terminal, if it is ours at the moment."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().write(data)

    def _stop(self, *_: object) -> None:
        """SIGTSTP. Not at once where the screen is ours: the program may be in the middle of writing to it."""
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._sleep)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _continue(self, *_: object) -> None:
        """SIGCONT. Another program on the screen, the person's editor, goes on by itself."""
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._wake)

    def _sleep(self) -> None:
        """Stop, perhaps for ever: nothing may be unwritten then."""
        self._ending.keep_all()
        if self._applied:
            self.suspend_application_mode()
            self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _wake(self) -> None:
        """Take the terminal over again, also after a SIGSTOP that nobody could see coming."""
        if self._applied:
            self.suspend_application_mode()
            self._must_signal_resume = True
        self.resume_application_mode()
        if self._applied:
            self._app.call_later(self._repaint)

    def _repaint(self) -> None:
        self._ending.forget_screen()
        self._app.refresh(layout=True)

    # The size, and the mouse

    def _resized(self, *_: object) -> None:
        """SIGWINCH."""
        if not self._size_due:
            self._size_due = True
            self._loop.call_soon_threadsafe(self._tell_size)

    def _tell_size(self) -> None:
        """Hand on the size of the terminal as it is now, unless the program knows it."""
        self._size_due = False
        known = self._size_told
        if not self._in_band_window_resize and self._get_terminal_size() != known:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))

    def _get_terminal_size(self) -> tuple[int, int]:
        self._size_told = super()._get_terminal_size()
        return self._size_told

    def _enable_in_band_window_resize(self) -> None:
        super()._enable_in_band_window_resize()
        self._size_asked = True

    def _enable_mouse_pixels(self) -> None:
        """The mouse is told in cells: a report for each pixel would fill a slow line, and nothing here is smaller."""

    # What comes in

    def run_input_thread(self) -> None:
        """Read until the program ends or the terminal is gone."""
        incoming = Incoming(is_known, hold=constants.ESCAPE_DELAY)
        self._keys = KeyReader(debug=self._debug)
        try:
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(_TICK):
                        data = self._read()
                        if data is None:
                            self._gone()
                            return
                        self._hand_on(incoming.feed(data, time.monotonic()))
                    else:
                        self._hand_on(incoming.tick(time.monotonic()))
                        for event in self._keys.tick():
                            self.process_message(event)
        except Exception as error:
            if not self.exit_event.is_set():
                with contextlib.suppress(RuntimeError):  # the loop has ended already
                    self._loop.call_soon_threadsafe(self._ending.crash, error)

    def _read(self) -> bytes | None:
        """What there is; None once the terminal is gone."""
        try:
            return os.read(self.fileno, _CHUNK) or None
        except BlockingIOError:  # another program has left the terminal like that, or was faster
            return b""
        except OSError:
            return None

    def _hand_on(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            if piece.kind == "paste":
                self.process_message(events.Paste(piece.text))
            elif piece.kind == "escape":
                self.process_message(events.Key("escape", piece.text))
            else:
                for event in self._keys.read(piece.text):
                    self.process_message(event)

    def process_message(self, message: Message) -> None:
        """Hand an event on, unless it tells of a place or size that no terminal has."""
        if isinstance(message, events.MouseEvent) and not (message.x < MOST_CELLS and message.y < MOST_CELLS):
            return
        if isinstance(message, events.Resize) and not self._in_band_window_resize:
            # Nobody asked for it: where the terminal does not tell its size like that, it is garbage.
            self._keys.count_cells()
            return
        if isinstance(message, events.Resize) and self._is_old_size(message):
            return
        super().process_message(message)

    def _is_old_size(self, message: events.Resize) -> bool:
        """Whether a report is the one that follows from asking for reports, of the size that is known: what was drawn
        so far would be sent again."""
        self._keys.count_cells()
        size, known = message.size, self._size_told
        asked, self._size_asked, self._size_told = self._size_asked, False, (size.width, size.height)
        return asked and self._size_told == known

    def send_message(self, message: Message) -> None:
        """Hand an event to the program, but no faster than it can take them: each that waits costs memory."""
        if self.exit_event.is_set():
            return
        super().send_message(message)
        self._sent += 1
        if self._sent % _WINDOW:
            return
        limit = time.monotonic() + _WINDOW_LIMIT
        while not self._taken.wait(_TICK) and time.monotonic() < limit:
            if self.exit_event.is_set():
                return
            if self._is_hung_up():
                self._gone()
                return
        self._taken.clear()
        self._loop.call_soon_threadsafe(self._app.call_later, self._pass_on)

    def _pass_on(self) -> None:
        """Behind all keys so far in the program's own queue: now behind them in the queue of whatever takes keys."""
        if self._ending.keys_wait:
            self._ending.set_timer(_TICK / 2, self._pass_on)
        else:
            (self._app.focused or self._app.screen).call_later(self._taken.set)

    def _is_hung_up(self) -> bool:
        """Whether the terminal is gone, without reading from it."""
        poll = select.poll()
        poll.register(self.fileno, 0)
        return any(event & select.POLLHUP for _, event in poll.poll(0))

    # The end

    def _gone(self) -> None:
        self._ending.hang_up()

"""The program with a fault put into it: `crashing.py HOW [PATH]`; F11 brings it about.

It is a launcher of the tests only: the program itself has no switch for this.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from rich.text import Text
from textual.screen import Screen
from textual.widgets import Static

from tui.app import PostmortemApp
from tui.cli import main
from tui.terminal import driver, terminal_app

SECRET = "swordfish-7731"


def boom(*_: object) -> NoReturn:
    value = SECRET
    raise ValueError(f"cannot use {value!r} here")


async def boom_later() -> None:
    boom()


class BadlyComposed(Screen[None]):
    def compose(self) -> Any:
        boom()


class BadlyMounted(Static):
    def on_mount(self) -> None:
        boom()


class BadlyRemoved(Static):
    def on_unmount(self) -> None:
        boom()


class BadlyDrawn(Static):
    def render(self) -> Text:
        boom()


def recursion(app: PostmortemApp) -> None:
    recursion(app)


def memory(app: PostmortemApp) -> None:
    bytearray(1 << 62)


def fail_while_failing(app: PostmortemApp) -> None:
    replace(PostmortemApp, "keep_all", boom)
    replace(terminal_app, "write_report", boom)
    boom()


def bad_input(app: PostmortemApp) -> None:
    replace(driver.TerminalDriver, "process_message", boom)
    Path("begun").touch()


def badly_removed(app: PostmortemApp) -> None:
    app.screen.mount(BadlyRemoved())
    app.call_after_refresh(app.exit, 0)


def leave(error: BaseException) -> Callable[[PostmortemApp], None]:
    def now(app: PostmortemApp) -> None:
        raise error

    return now


def busy(app: PostmortemApp) -> None:
    """The loop never gets its turn, as in a search that does not end."""
    Path("begun").touch()
    end = time.monotonic() + 600
    while time.monotonic() < end:
        pass


def stuck(app: PostmortemApp) -> None:
    """As `busy`, in a call that waits for something outside."""
    Path("begun").touch()
    time.sleep(600)


def stuck_in_a_thread(app: PostmortemApp) -> None:
    """A disk that does not answer: the thread that waits for it never comes back."""
    app.run_worker(lambda: stuck(app), thread=True)


def lose(app: PostmortemApp) -> None:
    replace(PostmortemApp, "keep_all", lambda *_, **__: False)
    boom()


FAULTS: dict[str, Callable[[PostmortemApp], object]] = {
    "handler": boom,
    "timer": lambda app: app.set_timer(0.01, boom),
    "later": lambda app: app.call_later(boom),
    "refresh": lambda app: app.call_after_refresh(boom),
    "worker": lambda app: app.run_worker(boom_later()),
    "thread-worker": lambda app: app.run_worker(boom, thread=True),
    "thread": lambda _: threading.Thread(target=boom).start(),
    "compose": lambda app: app.push_screen(BadlyComposed()),
    "mount": lambda app: app.screen.mount(BadlyMounted()),
    "unmount": badly_removed,
    "render": lambda app: app.screen.mount(BadlyDrawn()),
    "style": lambda app: app.screen.set_styles("no: such: style;"),
    "markup": lambda app: app.screen.mount(Static(f"[/{SECRET}]")),
    "input": bad_input,
    "recursion": recursion,
    "memory": memory,
    "failing": fail_while_failing,
    "system-exit": leave(SystemExit(0)),
    "interrupt": leave(KeyboardInterrupt()),
    "cancelled": leave(GeneratorExit()),
    "busy": busy,
    "stuck": stuck,
    "stuck-thread": stuck_in_a_thread,
    "lost": lose,
}


def replace(owner: Any, name: str, by: Callable[..., Any]) -> None:
    setattr(owner, name, by)


def run(how: str, arguments: list[str]) -> int:
    if how == "start":
        replace(PostmortemApp, "__init__", boom)
    elif how == "first-frame":
        replace(PostmortemApp, "get_default_screen", boom)
    else:
        replace(PostmortemApp, "action_next_theme", FAULTS[how])
    return main.run(arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2:]))

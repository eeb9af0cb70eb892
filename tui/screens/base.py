"""What the application asks of the screens that it shows, dialogs aside."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import events
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from tui.screens.fresh import Fresh

if TYPE_CHECKING:
    from schemas.policy import Problem
    from tui.screens.picker import Choice

Result = TypeVar("Result")

_TICK: Final = 1 / 60
_PAINTS: Final = 3
"""How often at most a screen is painted out of turn within a tick."""

_AT_ONCE: Final = 3
_FAULTS_SHOWN_FOR: Final = 20.0
"""Seconds: long enough to read a few lines."""


class MainScreen(Fresh, Screen[Result]):
    """A screen that fills the terminal. `scope` is the scope of the commands that it runs itself."""

    scope: ClassVar[str] = ""
    asks: ClassVar[bool] = False
    """Whether the screen below waits for what is decided here: who leaves the program leaves that undecided."""

    file_mark: str = ""
    """What is the matter with the file of the document, in a word or two for the head of the screen."""

    async def _on_idle(self, event: events.Idle) -> None:
        """Paint a few lines that changed at once.

        Textual waits for the next sixtieth of a second: up to 20 ms for a letter right behind another change.
        What changes the layout, and more than a few paints in such a time, still wait for it.
        """
        now = monotonic()
        if now - self._window >= _TICK:
            self._window, self._painted = now, 0
        larger = self._layout_required or self._scroll_required or self._repaint_required or self._recompose_required
        if (
            self._dirty_widgets
            and not larger
            and self._painted < _PAINTS
            and self.is_current
            and not self.app._batch_count
        ):
            self._painted += 1
            event.prevent_default()
            self._on_timer_update()

    _window = 0.0
    _painted = 0

    async def _message_loop_exit(self) -> None:
        # Textual 8.2.8 does so only when the parts of the screen are gone, which what still goes on would look for.
        self.workers.cancel_node(self)
        await super()._message_loop_exit()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is under the mouse, if it is still on the screen."""
        return still_there(super().get_widget_and_offset_at(x, y))

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line."""

    def tell_faults(self, faults: Iterable[Problem]) -> None:
        """What is wrong with the team's settings: said beside the work, since nobody has to settle it now."""
        told = tuple(dict.fromkeys(map(_in_full, faults)))
        if not told:
            return
        more = f"\n… and {len(told) - _AT_ONCE} more: postmortem check tells them all" if len(told) > _AT_ONCE else ""
        self.say(told[0].splitlines()[0], "warning")
        self.notify(
            "\n".join(told[:_AT_ONCE]) + more, title="Left out of the team's settings", severity="warning",
            timeout=_FAULTS_SHOWN_FOR, markup=False,
        )  # fmt: skip

    def keep_all(self, *, at_once: bool = False) -> bool | None:
        """See to it that every word is on the disk now: the program ends, or is stopped. Waits for it; never raises.

        With `at_once` the program may be in the middle of anything, and this is another thread: only what the document
        holds already is written, and no widget is touched. True if unsaved words are on the disk, False if there are
        some that could not be written, None if nothing is unsaved.
        """
        del at_once
        return None

    async def may_leave(self) -> bool:
        """Whether the screen can be closed; asks where something is not saved."""
        return True

    def place_choices(self) -> list[Choice]:
        """Places that can be jumped to, for the palette."""
        return []

    async def go_to(self, place: str) -> None:
        """Go to a place that `place_choices` gave."""

    def part_of_scope(self, scope: str) -> Widget | None:
        """The widget that runs the commands of a scope, if it is on the screen."""
        del scope
        return None


def still_there(found: tuple[Widget | None, Offset | None]) -> tuple[Widget | None, Offset | None]:
    """A widget that was found under the mouse, unless it is just being removed: Textual 8.2.8 fails on such a one."""
    widget, _ = found
    return found if widget is None or isinstance(widget, Screen) or widget.parent is not None else (None, None)


def _in_full(fault: Problem) -> str:
    """`postmortem.toml:3: what is wrong`, and what to do where that does not say it."""
    asked = fault.message.endswith("?")
    said = fault.message if asked else ". ".join(filter(None, [fault.message, fault.hint]))
    return f"{PurePath(fault.file).name}:{fault.line}: {said}"

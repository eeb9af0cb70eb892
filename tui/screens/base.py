"""What the application asks of the screens that it shows, dialogs aside."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from schemas.policy import Problem
    from tui.screens.picker import Choice

Result = TypeVar("Result")

_AT_ONCE: Final = 3
_FAULTS_SHOWN_FOR: Final = 20.0
"""Seconds: long enough to read a few lines."""


class MainScreen(Screen[Result]):
    """A screen that fills the terminal. `scope` is the scope of the commands that it runs itself."""

    scope: ClassVar[str] = ""

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


def _in_full(fault: Problem) -> str:
    """`postmortem.toml:3: what is wrong`, and what to do where that does not say it."""
    asked = fault.message.endswith("?")
    said = fault.message if asked else ". ".join(filter(None, [fault.message, fault.hint]))
    return f"{PurePath(fault.file).name}:{fault.line}: {said}"

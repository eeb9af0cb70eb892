"""What the application asks of the screens that it shows, dialogs aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from tui.screens.picker import Choice

Result = TypeVar("Result")


class MainScreen(Screen[Result]):
    """A screen that fills the terminal. `scope` is the scope of the commands that it runs itself."""

    scope: ClassVar[str] = ""

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line."""

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

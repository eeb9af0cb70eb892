"""The status of a document: the steps from here, what stands in the way of each, and taking one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from schemas.gates import Obstacle, level
from tui.screens.comment_dialog import CommentDialog
from tui.screens.dialogs import Dialog
from tui.widgets.rows import Rows, Span, fit
from tui.widgets.thread_lines import MARK

_GLYPHS: Final[dict[str, Span]] = {
    "error": ("✗", "error"), "comment": (MARK, "accent"), "changes": ("!", "warning"), "approval": ("?", "warning"),
}  # fmt: skip


class Taken(Struct, frozen=True):
    """A step to take, with the reason where something stood in its way."""

    to: str
    reason: str = ""


class GoTo(Struct, frozen=True):
    """A place to go to instead."""

    where: str


def status_words(status: str) -> str:
    """`in review` for `in-review`."""
    return status.replace("-", " ")


class _Steps(Rows):
    """Each step, and under it what stands in its way."""

    DEFAULT_CSS = "_Steps { height: auto; max-height: 14; margin: 1 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", show=False)]

    def __init__(self, status: str, steps: Sequence[tuple[str, Sequence[Obstacle]]]) -> None:
        super().__init__()
        self._status = status
        self.lines: list[tuple[str, tuple[Obstacle, ...], Obstacle | None]] = []
        for to, found in steps:
            self.lines.append((to, tuple(found), None))
            self.lines += [(to, tuple(found), each) for each in found]
        self.styles.height = min(14, max(1, len(self.lines)))

    def on_mount(self) -> None:
        self.rows_changed(len(self.lines))

    @property
    def here(self) -> tuple[str, tuple[Obstacle, ...], Obstacle | None]:
        """The step under the cursor, what stands in its way, and which of that is meant."""
        return self.lines[self.index]

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        to, found, obstacle = self.lines[index]
        here = ("▌" if index == self.index else " ", "accent")
        if obstacle is not None:
            glyph, role = _GLYPHS[obstacle.kind]
            return (here, ("     ", "text"), (f"{glyph} ", role), (fit(obstacle.message, width - 8), "text"))
        back = level(to) < level(self._status)
        name = f"{'← back to' if back else '→'} {status_words(to)}"
        if back:
            note: Span = ("", "muted")
        elif found:
            note = (f"{len(found)} {'thing stands' if len(found) == 1 else 'things stand'} in the way", "warning")
        else:
            note = ("✓ nothing stands in the way", "good")
        return (here, (" ", "text"), (f"{name:22}", "strong"), (fit(note[0], width - 24), note[1]))


class StageDialog(Dialog[Taken | GoTo]):
    """Gives the step to take, a place to go to, or None."""

    DEFAULT_CSS = """
    StageDialog > Vertical { width: 92; }
    StageDialog .hint { margin: 0; min-height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f", "force", show=False)]

    def __init__(self, status: str, steps: Sequence[tuple[str, Sequence[Obstacle]]], *, by: str = "") -> None:
        """`steps` are the statuses that can be gone to, each with what stands in its way; `by` signs a reason."""
        super().__init__()
        self._status, self._steps, self._by = status, steps, by

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(f" Status: {status_words(self._status) or 'none'} ")
            box.border_subtitle = "Enter takes the step or goes there · f forces it · Esc"
            yield _Steps(self._status, self._steps)
            yield Static("", classes="hint", markup=False)

    def on_mount(self) -> None:
        """The next step first."""
        self.set_focus(self.query_one(_Steps))
        self._tell()

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._tell()

    def _tell(self) -> None:
        to, found, obstacle = self.query_one(_Steps).here
        if obstacle is not None:
            said = f"{obstacle.hint} Enter goes there." if obstacle.hint else "Enter goes there."
        elif found:
            said = f"f takes the step to {status_words(to)} anyway, with a reason that is kept in the file."
        else:
            said = f"Enter sets the status to {status_words(to)}."
        self.query_one(".hint", Static).update(Content(said))

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        to, found, obstacle = self.query_one(_Steps).here
        if obstacle is not None:
            self.dismiss(GoTo(obstacle.where))
        elif not found:
            self.dismiss(Taken(to))
        else:
            self._tell()

    def action_force(self) -> None:
        """Ask for a reason and take the step against what stands in its way."""
        to, found, _ = self.query_one(_Steps).here
        if not found:
            self.dismiss(Taken(to))
            return
        listed = "\n".join(f"- {each.message}" for each in found[:5]) + (
            f"\n… and {len(found) - 5} more" if len(found) > 5 else ""
        )

        def reasoned(reason: str | None) -> None:
            if reason:
                self.dismiss(Taken(to, reason))

        signed = f"Kept in the file, signed {self._by}" if self._by else "Kept in the file"
        self.app.push_screen(
            CommentDialog(f"Why {status_words(to)} all the same?", answering=listed, hint=signed), reasoned
        )

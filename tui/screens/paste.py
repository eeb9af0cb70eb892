"""A pasted block on the left, the events it becomes on the right; nothing is added before a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from schemas.quick_entry import Context, Draft, describe, read_block
from schemas.text import first_line
from tui.screens.pasted_events import is_conversation
from tui.screens.pasting import Pasting
from tui.widgets.rows import Rows, Span, fit
from tui.workspace.import_view import counted
from tui.workspace.pasted import Pasted


class _Drafts(Rows):
    DEFAULT_CSS = "_Drafts { height: 1fr; min-height: 4; border-top: solid $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self.drafts: tuple[Draft, ...] = ()
        self.times: tuple[str, ...] = ()
        self._talk = False

    def show(self, drafts: tuple[Draft, ...], times: tuple[str, ...], *, talk: bool) -> None:
        """Show what the text becomes; of a chat that is not known yet."""
        self.drafts, self.times, self._talk = drafts, times, talk
        self.rows_changed(len(drafts))

    def empty_text(self) -> Sequence[str]:
        """What to do."""
        if self._talk:
            return (" A chat or a log: its messages are looked at before they are added.",)
        return (" Type or paste above: lines that begin with a time become events.",)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """Time and text, or what is wrong."""
        draft = self.drafts[index]
        if draft.problem:
            return ((" ✗ ", "error"), (fit(f"{draft.problem}  {first_line(draft.text)}", width - 3), "error"))
        left = min(34, width // 2)
        return (
            (" ", "text"),
            (fit(self.times[index], left), "muted"),
            (" ", "text"),
            (fit(first_line(draft.text), width - left - 2), "text"),
        )


class PasteEvents(Pasting[tuple[Draft, ...] | Pasted]):
    """Gives the drafts to add, the text where it is to be read as a document or a chat, or None."""

    heading = "Many events"
    taking = "Add the events"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r,f4", "review", show=False)]

    def __init__(self, text: str, context: Context) -> None:
        super().__init__(text)
        self._reading = context
        self._talk = False

    def below(self) -> list[Widget]:
        """The events."""
        return [_Drafts()]

    def read(self) -> None:
        """Show what the text becomes."""
        self._talk = is_conversation(self.text)
        # Of a chat single lines are no events, whatever they could be read as.
        drafts = () if self._talk else read_block(self.text, self._reading)
        times = tuple("" if draft.problem else describe(draft, self._reading) for draft in drafts)
        self.query_one(_Drafts).show(drafts, times, talk=self._talk)
        good = sum(1 for draft in drafts if not draft.problem)
        bad = len(drafts) - good
        left = f", {bad} cannot be read and will be left out" if bad else ""
        if self._talk:
            self.tell("^S shows what becomes of it · Esc leaves")
        elif not self.text.strip():
            self.tell("One event a line, or a chat, a log, a whole report · Esc leaves")
        else:
            self.tell(f"^S adds {counted(good, 'event')}{left} · ^R reads it as a document · Esc leaves")

    def action_take(self) -> None:
        """Take the events that can be read; of a chat what its own readers make of it."""
        if self._talk:
            self.action_review()
            return
        drafts = tuple(draft for draft in self.query_one(_Drafts).drafts if not draft.problem)
        if drafts:
            self.dismiss(drafts)
        elif self.text.strip():
            self.tell("No line begins with a time · ^R reads it as a document · Esc leaves")

    def action_review(self) -> None:
        """Look at what readers of documents, chats and logs make of it."""
        if self.text.strip():
            self.dismiss(Pasted(self.text))

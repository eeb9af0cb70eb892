"""A pasted block on the left, the events it becomes on the right; nothing is added before a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from schemas.quick_entry import Context, Draft, describe, read_block
from schemas.text import first_line
from tui.screens.dialogs import Dialog
from tui.widgets.prose_editor import ProseEditor
from tui.widgets.rows import Rows, Span, fit


class _Drafts(Rows):
    COMPONENT_CLASSES: ClassVar[set[str]] = set()
    DEFAULT_CSS = "_Drafts { height: 1fr; min-height: 4; border-top: solid $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self.drafts: tuple[Draft, ...] = ()
        self.times: tuple[str, ...] = ()

    def show(self, drafts: tuple[Draft, ...], times: tuple[str, ...]) -> None:
        """Show what the text becomes."""
        self.drafts, self.times = drafts, times
        self.rows_changed(len(drafts))

    def empty_text(self) -> Sequence[str]:
        """What to do."""
        return (" Paste or type lines above; each that begins with a time becomes an event.",)

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


class PasteEvents(Dialog[tuple[Draft, ...]]):
    """Gives the drafts to add, or None."""

    DEFAULT_CSS = """
    PasteEvents > Vertical { width: 110; height: 90%; }
    PasteEvents ProseEditor { height: 1fr; min-height: 3; }
    PasteEvents .foot { height: 1; color: $secondary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,f2", "add", show=False)]

    def __init__(self, text: str, context: Context) -> None:
        super().__init__()
        self._text = text
        self._reading = context

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(" Many events ")
            yield ProseEditor(commit=self._read)
            yield _Drafts()
            yield Static("", classes="foot", markup=False)

    def on_mount(self) -> None:
        """Read what was pasted."""
        editor = self.query_one(ProseEditor)
        editor.show(self._text, fresh=True)
        self.set_focus(editor)
        self._read(self._text)

    def _read(self, text: str) -> None:
        drafts = read_block(text, self._reading)
        times = tuple("" if draft.problem else describe(draft, self._reading) for draft in drafts)
        self.query_one(_Drafts).show(drafts, times)
        good = sum(1 for draft in drafts if not draft.problem)
        bad = len(drafts) - good
        left = f", {bad} cannot be read and will be left out" if bad else ""
        self.query_one(".foot", Static).update(
            Content(f"^S adds {good} event{'s' if good != 1 else ''}{left} · Esc leaves")
        )

    def action_add(self) -> None:
        """Take the events that can be read."""
        drafts = tuple(draft for draft in self.query_one(_Drafts).drafts if not draft.problem)
        if drafts:
            self.dismiss(drafts)

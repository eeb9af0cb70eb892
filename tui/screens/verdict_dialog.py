"""Giving a verdict: whose it is, what it is bound to, and what is said with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from schemas.verdicts import Verdict
from tui.screens.comment_dialog import Writing
from tui.widgets.prose_editor import ProseEditor
from tui.widgets.rows import Rows, Span, fit

Given = tuple[Verdict, str]
"""A verdict and its summary."""

_SAID: Final[dict[Verdict, tuple[str, str, str]]] = {
    "approve": ("a", "Approve", "it can be signed as it stands"),
    "changes": ("c", "Ask for changes", "say in the summary which"),
    "withdrawn": ("w", "Take back", "what I said before no longer holds"),
}


class _Verdicts(Rows):
    """The verdicts that can be given; the cursor is the choice."""

    DEFAULT_CSS = "_Verdicts { height: 3; margin: 1 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,tab", "choose", show=False),
        *(Binding(letter, f"pick('{verdict}')", show=False) for verdict, (letter, _, _) in _SAID.items()),
    ]

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        super().__init__()
        self.verdicts = tuple(verdicts)
        self.styles.height = len(self.verdicts)

    def on_mount(self) -> None:
        self.rows_changed(len(self.verdicts))

    @property
    def verdict(self) -> Verdict:
        """The one that is chosen."""
        return self.verdicts[self.index]

    def action_pick(self, verdict: Verdict) -> None:
        """Choose by letter."""
        if verdict in self.verdicts:
            self.move_to(self.verdicts.index(verdict))
            self.action_choose()

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        letter, name, what = _SAID[self.verdicts[index]]
        chosen = index == self.index
        return (
            ("▌ " if chosen else "  ", "accent"),
            (f"{letter}  ", "accent"),
            (f"{name:17}", "strong" if chosen else "text"),
            (fit(what, width - 22), "muted"),
        )


class VerdictDialog(Writing[Given]):
    """Gives a verdict with its summary, or None.

    `facts` are lines about whose verdict it is and what it is bound to; each with its role.
    """

    DEFAULT_CSS = """
    VerdictDialog > Vertical { width: 76; }
    VerdictDialog .facts { height: auto; max-height: 9; }
    VerdictDialog ProseEditor { height: 5; }
    VerdictDialog .about { margin: 0; }
    """

    def __init__(self, facts: Sequence[Span], verdicts: Sequence[Verdict] = ("approve", "changes")) -> None:
        super().__init__()
        self._facts = tuple(facts)
        self._verdicts = tuple(verdicts)

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(" Verdict ")
            letters = " ".join(_SAID[verdict][0] for verdict in self._verdicts)
            box.border_subtitle = f"↑↓ {letters} choose · Tab summary · ^S gives it · Esc"
            yield Static(_content(self._facts), classes="facts", markup=False)
            yield _Verdicts(self._verdicts)
            yield Static(Content("Summary"), classes="about", markup=False)
            yield ProseEditor(commit=self._written)
            yield Static("", classes="hint", markup=False)

    def on_mount(self) -> None:
        """First the verdict, then the words."""
        self.query_one(".hint", Static).display = False
        self.set_focus(self.query_one(_Verdicts))

    @on(Rows.Chosen)
    def _to_summary(self, event: Rows.Chosen) -> None:
        event.stop()
        self.set_focus(self.query_one(ProseEditor))

    def _written(self, text: str) -> None:
        del text
        self.query_one(".hint", Static).display = False

    def action_send(self) -> None:
        """Give the verdict; asking for changes takes words."""
        verdict = self.query_one(_Verdicts).verdict
        if verdict == "changes" and not self.written:
            below = self.query_one(".hint", Static)
            below.update(Content("✗ say in the summary what is to be changed"))
            below.add_class("wrong")
            below.display = True
            self.set_focus(self.query_one(ProseEditor))
            return
        self.dismiss((verdict, self.written))


_STYLES: Final = {"muted": "$secondary", "warning": "$warning", "error": "$error", "good": "$success", "strong": "bold"}


def _content(lines: Sequence[Span]) -> Content:
    """Lines of text with roles as one text, never parsed."""
    return Content("\n").join(
        Content(text).stylize(_STYLES[role]) if role in _STYLES else Content(text) for text, role in lines
    )

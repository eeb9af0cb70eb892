"""A list to choose from by typing: commands, places, values, themes. Matching is Textual's fuzzy matcher."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input

from schemas.text import clean_line
from tui.screens.dialogs import Dialog
from tui.widgets.own_keys import OwnKeys
from tui.widgets.rows import Rows, Span, fit, fit_right

_FEW: Final = 10
"""A list shorter than this gets a box of its own height."""


class Choice(Struct, frozen=True):
    """Something to choose: what it gives, its words, a note at the right, and longer words that are searched too."""

    value: str
    label: str
    note: str = ""
    detail: str = ""
    heading: bool = False


class _Choices(Rows):
    DEFAULT_CSS = "_Choices { height: 1fr; }"
    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self.choices: Sequence[Choice] = ()
        self.chosen: set[str] | None = None

    def show(self, choices: Sequence[Choice]) -> None:
        """Show other choices, the cursor on the first."""
        self.choices = choices
        self.rows_changed(len(choices), 0)
        self.scroll_to(0, 0, animate=False)

    def selectable(self, index: int) -> bool:
        """Not the headings."""
        return 0 <= index < len(self.choices) and not self.choices[index].heading

    def empty_text(self) -> Sequence[str]:
        """Nothing fits."""
        return (" Nothing like that.",)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """Label, detail and note."""
        choice = self.choices[index]
        if choice.heading:
            return ((fit(f" {choice.label}", width), "muted"),)
        here = "▌" if index == self.index else " "
        mark = "" if self.chosen is None else ("▪ " if choice.value in self.chosen else "· ")
        room = width - 2 - len(mark)
        note = choice.note[: room // 2]
        label = choice.label
        detail = f"  {choice.detail}" if choice.detail and room > 70 else ""
        left = min(len(label), room - len(note) - 1) if detail else room - len(note) - 1
        return (
            (f"{here} ", "accent"),
            (mark, "accent"),
            (fit(label, left), "text"),
            (fit(detail, room - len(note) - 1 - left), "muted"),
            (" ", "text"),
            (fit_right(note, len(note)), "accent"),
        )


class Picker(Dialog[str]):
    """Type to narrow the list, Enter to choose. Gives the value, or None.

    `chosen` makes it a choice of several: Space marks, and the values are given joined by commas.
    `free` allows what was typed where nothing fits.
    """

    DEFAULT_CSS = """
    Picker > Vertical { width: 84; height: 80%; max-height: 30; }
    Picker Input { margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor(-1)", show=False),
        Binding("down", "cursor(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        chosen: Sequence[str] | None = None,
        free: bool = False,
        more: Callable[[str], Sequence[Choice]] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._all = list(choices)
        self._chosen = set(chosen) if chosen is not None else None
        self._free = free
        self._more = more

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(f" {clean_line(self._title)} ")
            box.border_subtitle = "Space marks · Enter takes" if self._chosen is not None else "↑↓ Enter · Esc"
            line = _FilterLine(placeholder="type to search")
            line.cursor_blink = False
            line.marks = self._chosen is not None
            yield line
            yield _Choices()

    def on_mount(self) -> None:
        """All choices, and the cursor in the line."""
        choices = self.query_one(_Choices)
        choices.chosen = self._chosen
        choices.show(self._all)
        if len(self._all) < _FEW:
            self.query_one(Vertical).styles.height = len(self._all) + 5
        self.set_focus(self.query_one(Input))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list, the best fit first."""
        event.stop()
        if event.value != event.input.value:
            # More was typed meanwhile. To look through ten thousand places for each letter takes longer than keys wait.
            return
        query = event.value.strip()
        if not query:
            self.query_one(_Choices).show(self._all)
            return
        matcher = Matcher(query)
        scored = []
        for order, choice in enumerate(self._all):
            if choice.heading:
                continue
            score = max(matcher.match(choice.label), 0.6 * matcher.match(choice.detail), matcher.match(choice.note))
            if query.casefold() in choice.label.casefold():
                score += 1
            if score > 0:
                scored.append((-score, order, choice))
        found = [choice for _, _, choice in sorted(scored, key=lambda row: row[:2])]
        if self._more is not None:
            found += [choice for choice in self._more(query) if choice not in found]
        self.query_one(_Choices).show(found[:500])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the choice under the cursor."""
        event.stop()
        choices = self.query_one(_Choices)
        if self._chosen is not None:
            order = [choice.value for choice in self._all]
            self.dismiss(",".join(sorted(self._chosen, key=lambda v: order.index(v) if v in order else 99)))
        elif choices.choices and choices.selectable(choices.index):
            self.dismiss(choices.choices[choices.index].value)
        elif self._free and event.value.strip():
            self.dismiss(clean_line(event.value.strip()))

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A click takes it."""
        event.stop()
        self.dismiss(self.query_one(_Choices).choices[event.index].value)

    def action_cursor(self, steps: int) -> None:
        """Move the cursor in the list."""
        self.query_one(_Choices).action_cursor(steps)

    def action_page(self, pages: int) -> None:
        """Move by a screenful."""
        self.query_one(_Choices).action_page(pages)

    def on__filter_line_mark(self) -> None:
        """Mark or unmark the choice under the cursor."""
        choices = self.query_one(_Choices)
        if self._chosen is not None and choices.selectable(choices.index):
            self._chosen ^= {choices.choices[choices.index].value}
            choices.refresh_line(choices.index)
            choices.action_cursor(1)


class _FilterLine(OwnKeys, Input):
    """The line to type in; Space marks where several can be chosen."""

    from textual.message import Message as _Message

    marks = False

    class Mark(_Message):
        """Mark the choice under the cursor."""

    async def _on_key(self, event: events.Key) -> None:
        if self.marks and event.key == "space":
            event.stop()
            event.prevent_default()
            self.post_message(self.Mark())

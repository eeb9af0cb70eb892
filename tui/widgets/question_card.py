"""One doubt: the words that it is about, why, and the numbered ways to settle it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from textual import events
from textual.message import Message

from tui.widgets.rows import Span, fit
from tui.widgets.step_sheet import Sheet, SheetLine, line_width
from tui.widgets.wrapped import wrapped_spans

_AS_IT_IS: Final = "  as it is now"

_Line = list[tuple[int, list[Span]]]
"""A line of options: the number of each, and what it says."""


class Card(Struct, frozen=True):
    """What is shown: a line above (`2 of 5 · line 12`), the words, why, the options, and the one that was taken."""

    head: str
    text: str
    why: str
    options: tuple[str, ...]
    taken: int | None
    told: str = ""


class QuestionCard(Sheet):
    """Shows a card, or some words instead."""

    class Picked(Message):
        """An option was clicked, counted from 1."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._options: list[tuple[int, int, int, int]] = []
        """Where the options stand: the line, the first cell, the one behind the last, and the number."""

    def show_card(self, card: Card) -> None:
        """Show a question."""
        width, height = self.room - 2, max(1, self.size.height)
        about = wrapped_spans([(card.head, "muted"), (" · ", "muted"), (card.why, "strong")], width)
        quoted = _quoted(card.text, width)
        options = self._numbered(card)
        # What the options need is theirs; the line that it is about can be seen above, too.
        while quoted and len(about) + len(quoted) + len(options) > height:
            quoted = _quoted(card.text, width, lines=len(quoted) - 1)
        if len(about) + len(options) > height:
            options = _side_by_side(options, width, spare=0 if card.taken is None else len(_AS_IT_IS))
        made: list[SheetLine] = [*about, *quoted]
        self._options = []
        for line in options:
            at = 1
            for number, spans in line:
                self._options.append((len(made), at, at + line_width(spans), number))
                at += line_width(spans)
            made.append([span for _, spans in line for span in spans])
        self.show([[(" ", "text"), *line] for line in made], top=True)

    def _numbered(self, card: Card) -> list[_Line]:
        """The lines of the options, each option in lines of its own."""
        made: list[_Line] = []
        for number, label in enumerate(card.options, 1):
            chosen = card.taken == number - 1
            spans: list[Span] = [(f" {label}", "strong" if chosen else "text")]
            if chosen and card.told:
                spans.append((f" {card.told}", "good"))
            elif number == 1 and card.taken is None:
                spans.append((_AS_IT_IS, "muted"))
            lines = wrapped_spans(spans, self.room - 5)
            made.append([(number, [("✓ " if chosen else "  ", "good"), (str(number), "accent"), *lines[0]])])
            made += [[(number, [("    ", "text"), *line])] for line in lines[1:]]
        return made

    def show_words(self, lines: Sequence[SheetLine]) -> None:
        """Show some lines instead."""
        self._options = []
        self.show([[(" ", "text"), *line] for each in lines for line in wrapped_spans(each, self.room - 2)], top=True)

    def on_click(self, event: events.Click) -> None:
        """Take the option that was clicked."""
        y = event.y + self.scroll_offset.y
        for line, start, end, number in self._options:
            if line == y and start <= event.x < end:
                event.stop()
                self.post_message(self.Picked(number))


def _side_by_side(lines: Sequence[_Line], width: int, *, spare: int) -> list[_Line]:
    """Options in columns, read line by line, if there is room for two of them at least.

    `spare` is what the first one may need another time: then nothing moves when one is taken.
    """
    options = [option for line in lines for option in line]
    column = max(line_width(spans) for _, spans in options)
    column = max(column, line_width(options[0][1]) + spare) + 2
    several = width // column
    if several < 2 or len({number for number, _ in options}) < len(options):
        return list(lines)
    padded = [(number, [*spans, (" " * (column - line_width(spans)), "text")]) for number, spans in options]
    return [padded[at : at + several] for at in range(0, len(padded), several)]


def _quoted(text: str, width: int, lines: int = 2) -> list[list[Span]]:
    """The beginning of a text in quotes, in so many lines at most."""
    if not text or lines < 1:
        return []
    quoted = wrapped_spans([(f"“{text}”", "text")], width)
    if len(quoted) <= lines:
        return quoted
    last = "".join(words for words, _ in quoted[lines - 1])
    return [*quoted[: lines - 1], [(f"{fit(last, width - 1).rstrip(' …')}…", "text")]]

"""Both versions of a conflict, side by side where there is room, else one over the other; what can be chosen is there
for the mouse too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual import events
from textual.message import Message

from tui.widgets.roles import Paint
from tui.widgets.rows import Span
from tui.widgets.step_sheet import READING_ROLES, Sheet, SheetLine, line_width
from tui.widgets.wrapped import wrapped_spans
from tui.workspace.conflict_card import Card, Version

_SIDE_BY_SIDE_FROM: Final = 68
_NUMBERS: Final = {"ours": "1", "theirs": "2", "both": "3", "base": "4", "own": "5"}
_BAR: Final = " │ "

Target = tuple[int, int, int, str]
"""A line, its first cell and the one behind its last, and the choice that a click there makes."""


class ConflictSheet(Sheet):
    """Shows the card of one conflict."""

    roles: ClassVar[Mapping[str, Paint]] = {
        **READING_ROLES,
        "differs": Paint("accent", attributes="bold underline"),
        "gone": Paint("secondary", attributes="underline"),
    }

    class Picked(Message):
        """A choice was clicked: `ours`, `theirs`, `both`, `base` or `own`."""

        def __init__(self, choice: str) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._targets: list[Target] = []

    def show_card(self, card: Card, *, top: bool = False) -> None:
        """Show a conflict; with `top` from its first line on."""
        lines, self._targets = lay_out(card, self.room)
        self.show(lines, top=top)

    def show_words(self, lines: Sequence[SheetLine]) -> None:
        """Show some lines instead."""
        self._targets = []
        self.show([line for each in lines for line in wrapped_spans(each, self.room - 2)], top=True)

    def on_click(self, event: events.Click) -> None:
        """Take the choice that was clicked."""
        line = event.y + self.scroll_offset.y
        for at, start, end, choice in self._targets:
            if at == line and start <= event.x < end:
                event.stop()
                self.post_message(self.Picked(choice))
                return


def lay_out(card: Card, width: int) -> tuple[list[SheetLine], list[Target]]:
    """The lines of a card in so many cells, and where what can be clicked stands."""
    page = _Page(width)
    page.add([(card.place.words, "strong")])
    if card.place.said:
        page.add([(card.place.said, "text")])
    page.add([(card.reason, "muted")])
    page.lines.append(())
    if card.base is not None:
        page.version(card.base)
        page.lines.append(())
    if card.lead.strip():
        page.add([(card.lead.strip(), "muted")])
        page.lines.append(())
    if width >= _SIDE_BY_SIDE_FROM:
        page.beside(*card.versions)
    else:
        page.version(card.versions[0])
        page.lines.append(())
        page.version(card.versions[1])
    if card.trail.strip():
        page.lines.append(())
        page.add([(card.trail.strip(), "muted")])
    page.choices(card)
    if card.result is not None:
        page.lines += [(), [(" ", "text"), ("it becomes", "good")]]
        page.add([(card.result or "(nothing)", "text" if card.result else "muted")])
    return page.lines, page.targets


class _Page:
    """Lines as they come to stand below one another."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[SheetLine] = []
        self.targets: list[Target] = []

    def add(self, spans: Sequence[Span]) -> None:
        """A paragraph over the full width."""
        self.lines += [[(" ", "text"), *line] for line in wrapped_spans(spans, self.width - 2)]

    def version(self, version: Version) -> None:
        """One version over the full width."""
        self._head([(0, version)])
        self.lines += [[(" ", "text"), *line] for line in _body(version, self.width - 2)]

    def beside(self, first: Version, second: Version) -> None:
        """Two versions, one at the left and one at the right."""
        left = (self.width - len(_BAR) - 1) // 2
        right = self.width - left - len(_BAR) - 2
        start = 1 + left + len(_BAR)
        self._head([(0, first), (start - 1, second)])
        one, other = _body(first, left), _body(second, right)
        for at in range(max(len(one), len(other))):
            line = list(one[at]) if at < len(one) else []
            gap = " " * max(0, left - line_width(line))
            self.lines.append(
                [(" ", "text"), *line, (gap, "text"), (_BAR, "muted"), *(other[at] if at < len(other) else ())]
            )

    def choices(self, card: Card) -> None:
        """What else there is to choose."""
        if not card.more:
            return
        self.lines.append(())
        line: list[Span] = [(" ", "text")]
        for choice, words, chosen in card.more:
            size = len(words) + (4 if chosen else 2)
            if line_width(line) + size > self.width and len(line) > 1:
                self.lines.append(line)
                line = [(" ", "text")]
            start = line_width(line)
            line += [("✓ ", "good")] if chosen else []
            line += [(_NUMBERS[choice], "accent"), (f" {words}", "strong" if chosen else "text")]
            self.targets.append((len(self.lines), start, line_width(line), choice))
            line.append(("   ", "text"))
        self.lines.append(line)

    def _head(self, versions: Sequence[tuple[int, Version]]) -> None:
        line: list[Span] = []
        for start, version in versions:
            gap = start + 1 - line_width(line)
            line += [(" " * (gap - len(_BAR)), "text"), (_BAR, "muted")] if line else [(" " * gap, "text")]
            begin = line_width(line)
            line += _heading(version)
            self.targets.append((len(self.lines), begin, line_width(line), version.choice))
        self.lines.append(line)


def _heading(version: Version) -> list[Span]:
    number = _NUMBERS[version.choice]
    if version.chosen:
        return [("✓ ", "good"), (f"{number} ", "accent"), (version.label, "strong")]
    return [(f"{number} ", "accent"), (version.label, "muted" if version.faded else "strong")]


def _body(version: Version, width: int) -> list[list[Span]]:
    """The words of a version in lines of so many cells."""
    if not version.pieces:
        return [[(version.absent, "muted")]]
    plain, differs = ("muted", "gone") if version.faded else ("text", "differs")
    spans: list[Span] = []
    for text, differing in version.pieces:
        if not differing or not text.strip():
            spans.append((text, plain))
            continue
        lead = text[: len(text) - len(text.lstrip())]
        core = text.strip()
        spans += [(lead, plain), (core, differs), (text[len(lead) + len(core) :], plain)]
    lines = wrapped_spans(_without_edges(spans), width)
    if version.cut:
        lines.append([(f"… {version.cut:,} characters are not shown", "muted")])
    return lines


def _without_edges(spans: list[Span]) -> list[Span]:
    """The spans without the empty lines and spaces around the whole of them."""
    shown = [span for span in spans if span[0]]
    while shown and not shown[0][0].lstrip():
        shown.pop(0)
    while shown and not shown[-1][0].rstrip():
        shown.pop()
    if shown:
        shown[0] = (shown[0][0].lstrip("\n "), shown[0][1])
        shown[-1] = (shown[-1][0].rstrip(), shown[-1][1])
    return shown

"""What a screen shows of a document that was read: worked out at once, so that it can be done off the screen."""

from __future__ import annotations

from collections.abc import Set

from msgspec import Struct

from tui.workspace.import_addresses import item_of
from tui.workspace.import_outline import Outline, outline
from tui.workspace.import_session import Result


class View(Struct, frozen=True):
    """`used` are the lines that became something, `doubted` those with an open question, `unplaced` those without a
    place; `asked` are the paths with an open question."""

    result: Result
    outline: Outline
    used: Set[int]
    doubted: Set[int]
    unplaced: Set[int]
    asked: Set[str]

    def counts(self, *, only_events: bool = False) -> str:
        """`14 events · 6 actions`; with `only_events` without the actions."""
        incident = self.result.incident
        events = counted(len(incident.events), "event")
        return events if only_events else f"{events} · {counted(len(incident.actions), 'action')}"

    def faults(self, *, only_events: bool = False) -> list[tuple[str, str]]:
        """What is to be looked at, each with its mark: `("?", "3 doubts")`, `("!", "2 lines unplaced")`; maybe none.

        With `only_events` no line has to have a place: those that no event came from are told all the same.
        """
        lines, words = len(self.unplaced), "unplaced"
        if only_events:
            lines, words = sum(1 for row in self.outline.rows if row.kind == "unplaced"), "left out"
        found = [("?", self.result.doubts, counted(self.result.doubts, "doubt"))]
        found.append(("!", lines, f"{counted(lines, 'line')} {words}"))
        return [(mark, said) for mark, number, said in found if number]


def view_of(result: Result, *, only_events: bool = False) -> View:
    """What is shown of a result; with `only_events` its events are all that is of interest."""
    rows = outline(result, only_events=only_events)
    used = {number for row in rows.rows if row.kind != "unplaced" for number in row.lines}
    unplaced = {line.number for line in result.working.unplaced}
    doubts = [each for each in result.open if each.kind == "doubt"]
    asked = {item_of(each.path) for each in doubts if each.path}
    return View(
        result, rows, used - unplaced, {each.line for each in doubts}, unplaced, asked
    )  # fmt: skip


def counted(number: int, name: str) -> str:
    """`1 event`, `2,000 events`."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"

"""Documents that git left with conflict markers: both sides are read, as one where they agree.

Lines count as the same whatever their signs: `## Timeline` and `#Timeline:` say the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from schemas.readers.blocks import Line
from schemas.readers.found import Assumption, Choice, Doubt
from schemas.shortest_changes import shortest_changes

_OURS: Final = re.compile(r"<{7}(?: (.*))?$")
_BASE: Final = re.compile(r"\|{7}(?: .*)?$")
_SPLIT: Final = re.compile(r"={7}$")
_THEIRS: Final = re.compile(r">{7}(?: (.*))?$")
_SIGNS: Final = re.compile(r"[\W_]+")
_WORDS: Final = re.compile(r"[^\W_]")


class BothSides(Struct, frozen=True):
    """The lines of both sides together; `settled` are the numbers of markers and of lines that are there already."""

    lines: tuple[Line, ...]
    settled: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


class _Conflict(Struct):
    """One set of markers: the indices of its four lines (the base's may be missing)."""

    start: int
    base: int | None
    split: int
    end: int


def both_sides(lines: tuple[Line, ...], side: str = "") -> BothSides:
    """The lines without conflict markers: of both sides, or of one (`ours` or `theirs`) if it is asked for.

    Where the sides differ ours come first, and a doubt says so.
    """
    conflicts = list(_conflicts(lines))
    if not conflicts:
        return BothSides(lines)
    kept: list[Line] = []
    settled: set[int] = set()
    doubts: list[Doubt] = []
    at = 0
    inside = {i for each in conflicts for i in range(each.start, each.end + 1)}
    around = {_bare(line) for i, line in enumerate(lines) if i not in inside}
    for each in conflicts:
        kept += lines[at : each.start]
        ours = lines[each.start + 1 : each.base if each.base is not None else each.split]
        theirs = lines[each.split + 1 : each.end]
        chosen: Sequence[Line]
        if side:
            chosen = ours if side == "ours" else theirs
        else:
            chosen, differing = _together(ours, theirs)
            if differing is not None and _bare(differing) not in around:
                doubts.append(_doubt(differing))
        kept += chosen
        taken = {line.number for line in chosen}
        settled |= {line.number for line in lines[each.start : each.end + 1] if line.number not in taken}
        at = each.end + 1
    kept += lines[at:]
    read = f"only {side} was read" if side else "both sides were read, as one where they agree"
    places = "one place" if len(conflicts) == 1 else f"{len(conflicts)} places"
    said = Assumption("conflict", f"git left conflict markers in {places}: {read}", lines[conflicts[0].start].number)
    return BothSides(tuple(kept), frozenset(settled), tuple(doubts), (said,))


def _conflicts(lines: Sequence[Line]) -> list[_Conflict]:
    found: list[_Conflict] = []
    start = base = split = None
    for i, line in enumerate(lines):
        text = line.text
        if text[:1] not in "<|=>" or not text:
            continue
        if _OURS.match(text):
            start, base, split = i, None, None
        elif start is not None and split is None and _BASE.match(text):
            base = i
        elif start is not None and split is None and _SPLIT.match(text):
            split = i
        elif start is not None and split is not None and _THEIRS.match(text):
            found.append(_Conflict(start, base, split, i))
            start = None
    return found


def _together(ours: Sequence[Line], theirs: Sequence[Line]) -> tuple[list[Line], Line | None]:
    """The lines of both, each once where they say the same, and the first line of theirs that says something else."""
    here, there = [_bare(line) for line in ours], [_bare(line) for line in theirs]
    known = set(here)
    kept: list[Line] = []
    differing: Line | None = None
    at = 0
    for change in shortest_changes(here, there):
        kept += ours[at : change.end]
        new = [line for line in theirs[change.new_start : change.new_end] if _bare(line) not in known or not line.text]
        if any(line.text.strip() for line in new):
            kept += new
            differing = differing or next((line for line in new if _WORDS.search(line.text)), None)
        at = change.end
    return [*kept, *ours[at:]], differing


def _bare(line: Line) -> str:
    return _SIGNS.sub(" ", line.text).strip().casefold() or line.text.strip()


def _doubt(line: Line) -> Doubt:
    why = "the two sides of a git conflict differ here; both are kept"
    choices = (
        Choice("keep both sides", "reread", "side", ""),
        Choice("only our side", "reread", "side", "ours"),
        Choice("only their side", "reread", "side", "theirs"),
    )
    return Doubt(line.number, line.text.strip(), why, "", choices)

"""Two or three versions of a text as one, with git's conflict markers around what differs (see `git merge-file`)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from schemas.merge_changes import Change, changes

SIZE: Final = 7
"""How many signs a marker has where nothing else was asked for."""

LABELS: Final = ("ours", "base", "theirs")

_MARKER_LIKE: Final = re.compile(r"^(<{7,}|\|{7,}|={7,}|>{7,})(?=\s|\Z)", re.MULTILINE)


def marked(
    base: str | None,
    ours: str,
    theirs: str,
    *,
    size: int = SIZE,
    labels: tuple[str, str, str] = LABELS,
    starts: Sequence[int] | None = None,
) -> str:
    """The text with both versions of each stretch of lines that differs, and that of the base if there is one.

    With `starts`, markers stand only in front of these lines, counted from 0 in the base, or in ours if there is none.

    The version of the base is whole too: where both sides left the same in its place, that stands between markers as
    well. Where a line of the text could be taken for a marker, the markers are made longer than `size`. A text that
    has markers ends with a line break.
    """
    if ours == theirs:
        return ours
    size = _free_size(size, (base or "", ours, theirs))
    axis = _lines(ours if base is None else base)
    mine = [] if base is None else changes(axis, _lines(ours))
    yours = changes(axis, _lines(theirs))
    result: list[str] = []
    done = 0
    stretches = _stretches(mine, yours)
    for start, end in stretches if starts is None else _widened(stretches, starts, len(axis)):
        result += axis[done:start]
        done = end
        left, right = _applied(axis, start, end, mine), _applied(axis, start, end, yours)
        if left == right and (base is None or left == axis[start:end]):
            result += left
            continue
        result += [f"{'<' * size} {labels[0]}\n", *left]
        if base is not None:
            result += [f"{'|' * size} {labels[1]}\n", *axis[start:end]]
        result += [f"{'=' * size}\n", *right, f"{'>' * size} {labels[2]}\n"]
    return "".join([*result, *axis[done:]])


def _free_size(size: int, texts: Sequence[str]) -> int:
    taken = {len(found[1]) for text in texts for found in _MARKER_LIKE.finditer(text)}
    while size in taken:
        size += 1
    return size


def _lines(text: str) -> list[str]:
    if text and not text.endswith("\n"):
        text += "\n"
    return [f"{line}\n" for line in text.split("\n")[:-1]]


def _stretches(mine: Sequence[Change], yours: Sequence[Change]) -> Iterator[tuple[int, int]]:
    """Lines of the axis that some side changed, as (start, end); those that overlap or touch are one."""
    current: tuple[int, int] | None = None
    for change in sorted([*mine, *yours], key=lambda made: (made.start, made.end)):
        if current is not None and change.start <= current[1]:
            current = current[0], max(current[1], change.end)
            continue
        if current is not None:
            yield current
        current = change.start, change.end
    if current is not None:
        yield current


def _widened(stretches: Iterator[tuple[int, int]], starts: Sequence[int], last: int) -> Iterator[tuple[int, int]]:
    """Stretches that begin and end at some of these lines, or where the text does."""
    known = sorted({0, last, *starts})
    current: tuple[int, int] | None = None
    for start, end in stretches:
        start, end = known[bisect_right(known, start) - 1], known[bisect_left(known, end)]
        if current is not None and start < current[1]:
            current = current[0], max(current[1], end)
            continue
        if current is not None:
            yield current
        current = start, end
    if current is not None:
        yield current


def _applied(axis: Sequence[str], start: int, end: int, made: Sequence[Change]) -> list[str]:
    result: list[str] = []
    done = start
    for change in made:
        if start <= change.start and change.end <= end:
            result += [*axis[done : change.start], *change.new]
            done = change.end
    return [*result, *axis[done:end]]

"""The lines that are different in two texts, in the form that `diff -u` prints; for what is no incident."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from schemas.shortest_changes import Change, shortest_changes
from schemas.text import clean_line
from tui.cli.styled_lines import Style, Styled

CONTEXT: Final = 3
"""So many unchanged lines stand around changed ones."""

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_EFFORT: Final = 2_000_000
_UNENDED: Final = "\\ No newline at end of file"


def plain_diff(before: bytes, after: bytes, name: str, new_name: str) -> list[list[Styled]]:
    """The lines of a unified diff; none if nothing is different. The names are for the two lines at its head.

    Whatever the bytes are they are shown, as text that is safe for a terminal.
    """
    if before == after:
        return []
    if b"\0" in before or b"\0" in after:
        return [[("", f"Binary files {name} and {new_name} differ")]]
    old, new = _lines(before), _lines(after)
    head: list[list[Styled]] = [[("bold", f"--- {name}")], [("bold", f"+++ {new_name}")]]
    return head + [line for hunk in _hunks(shortest_changes(old, new, _EFFORT)) for line in _written(hunk, old, new)]


def _lines(data: bytes) -> list[str]:
    return _LINE.findall(data.decode("utf-8", errors="replace"))


def _hunks(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Changes that are so near to one another that they are shown together."""
    hunk: list[Change] = []
    for change in changes:
        if hunk and change.start - hunk[-1].end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _written(hunk: Sequence[Change], old: Sequence[str], new: Sequence[str]) -> Iterator[list[Styled]]:
    above = min(CONTEXT, hunk[0].start)
    below = min(CONTEXT, len(old) - hunk[-1].end)
    start, end = hunk[0].start - above, hunk[-1].end + below
    new_start, new_end = hunk[0].new_start - above, hunk[-1].new_end + below
    yield [("dim", f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@")]
    at = start
    for change in hunk:
        yield from (line for each in old[at : change.start] for line in _line("", " ", each))
        yield from (line for each in old[change.start : change.end] for line in _line("gone", "-", each))
        yield from (line for each in new[change.new_start : change.new_end] for line in _line("new", "+", each))
        at = change.end
    yield from (line for each in old[at:end] for line in _line("", " ", each))


def _line(style: Style, mark: str, text: str) -> Iterator[list[Styled]]:
    body = text.removesuffix("\n")
    shown = clean_line(body.replace("\r", "␍").replace("\t", "    "))
    yield [(style, f"{mark}{shown}")]
    if body == text:
        yield [("", _UNENDED)]


def _range(start: int, end: int) -> str:
    """Where a hunk stands: its first line, from 1, and how many there are; of none the line before."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + 1 if count else start},{count}"

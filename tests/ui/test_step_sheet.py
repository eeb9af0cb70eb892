"""A sheet repaints the cells that changed and shows what it was given."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.widgets.rows import Span
from tui.widgets.step_sheet import changed_cells, joined, line_width, two_sided

roles = st.sampled_from(["text", "muted", "strong", "place", "quoted"])
spans = st.lists(st.tuples(st.text(st.sampled_from(" ab界é\u0301x"), max_size=6), roles), max_size=6)


def cells(line: Sequence[Span]) -> list[tuple[str, str]]:
    """Each cell with its character and role; a wide character has two."""
    found: list[tuple[str, str]] = []
    for text, role in line:
        for char in text:
            size = cell_len(char)
            if size:
                found += [(char, role), *[(f"right half of {char}", role)] * (size - 1)]
            elif found:
                found[-1] = (found[-1][0] + char, found[-1][1])
    return found


def looks(cell: tuple[str, str]) -> tuple[str, str]:
    """A space looks the same in every role that has neither a background nor a line."""
    char, role = cell
    return (char, "" if char == " " and role not in ("place", "quoted") else role)


@given(spans, spans)
def test_every_cell_that_looks_different_is_repainted(old: list[Span], new: list[Span]) -> None:
    painted = {cell for at, width in changed_cells(old, new) for cell in range(at, at + width)}
    before, after = cells(old), cells(new)
    for at in range(max(len(before), len(after))):
        one = looks(before[at]) if at < len(before) else (" ", "")
        other = looks(after[at]) if at < len(after) else (" ", "")
        if one != other:
            assert at in painted
    assert max(painted, default=0) <= max(len(before), len(after))


@given(spans)
def test_the_same_line_repaints_nothing(line: list[Span]) -> None:
    assert list(changed_cells(line, list(line))) == []


@given(spans)
def test_joining_changes_nothing_that_is_seen(line: list[Span]) -> None:
    together = joined(line)
    assert "".join(text for text, _ in together) == "".join(text for text, _ in line)
    assert len(together) <= len(line)
    assert list(map(looks, cells(together))) == list(map(looks, cells(line)))


def test_distant_changes_are_sent_apart() -> None:
    old = [("a" + "-" * 30 + "b", "text")]
    new = [("x" + "-" * 30 + "y", "text")]
    assert list(changed_cells(old, new)) == [(0, 1), (31, 1)]


@given(spans, spans, st.integers(0, 40))
def test_two_sides_fill_the_line_and_the_right_one_stays(left: list[Span], right: list[Span], width: int) -> None:
    right = [(text, role) for text, role in right if text]
    line = two_sided(left, right, width)
    assert line_width(line) <= max(width, line_width(right))
    if right:
        assert line[-len(right) :] == right

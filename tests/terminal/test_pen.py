"""The short ways of writing lead where the long ones do."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.looks import between
from tui.terminal.pen import Pen, Stretch, fills_erased

WIDTH, HEIGHT = 40, 12
ATTRIBUTES = ("1", "3", "4", "5", "7", "9")
COLOURS = ("1", "7", "8;2;21;23;27", "8;2;216;219;224", "8;5;99")

codes = st.builds(
    lambda attributes, front, back: ";".join([*sorted(attributes), *front, *back]),
    st.sets(st.sampled_from(ATTRIBUTES)),
    st.lists(st.sampled_from([f"3{each}" for each in COLOURS]), max_size=1),
    st.lists(st.sampled_from([f"4{each}" for each in COLOURS]), max_size=1),
)
cells = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1))


def shown(said: str) -> pyte.Screen:
    """A screen on which something was written."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    screen.reset_mode(7, private=True)
    pyte.Stream(screen).feed(said)
    return screen


@given(st.lists(codes, min_size=2, max_size=6))
def test_each_look_is_reached_from_the_one_before(looks: list[str]) -> None:
    said = "".join(f"{between(old, new)}x" for old, new in zip(["", *looks], looks, strict=False))
    row = shown(said).buffer[0]
    for at, code in enumerate(looks):
        assert row[at] == shown(f"\x1b[{code}mx" if code else "x").buffer[0][0]


def test_what_stays_is_not_said_again() -> None:
    assert between("1;38;2;1;2;3;44", "38;2;1;2;3;44") == "\x1b[22m"
    assert between("7;31;44", "31;44") == "\x1b[27m"
    assert between("1;3;4;31", "1;31") == "\x1b[23;24m"
    assert between("1;31;44", "") == "\x1b[m"
    assert between("1;2;31", "1;31") == "\x1b[22;1m"
    assert between("1;3;4;9;31", "31") == "\x1b[0;31m"


@given(st.lists(cells, min_size=2, max_size=8))
def test_the_cursor_gets_everywhere(places: list[tuple[int, int]]) -> None:
    pen, screen = Pen(), shown("")
    for x, y in places:
        pen.move(x, y)
        pyte.Stream(screen).feed(pen.said())
        assert (screen.cursor.x, screen.cursor.y) == (x, y)


def test_a_column_of_one_look_is_written_at_a_stretch() -> None:
    pen = Pen()
    pen.width = 10
    bars = [Stretch(4, y, "│", "31") for y in range(3)]
    words = [Stretch(5, y, "word", "38;2;1;2;3") for y in range(3)]
    pen.draw([each for pair in zip(bars, words, strict=True) for each in pair])
    said = pen.said()
    assert said.count("\x1b[31m") == 1
    assert said.count("38;2;1;2;3") == 1
    assert [line.rstrip() for line in shown(said).display[:3]] == ["    │word"] * 3


def test_blanks_are_erased_where_that_fills_them() -> None:
    for fills in (False, True):
        pen = Pen(fills=fills)
        pen.width = 40
        pen.draw([Stretch(0, 0, "a" + " " * 20 + "b", "44"), Stretch(30, 1, " " * 10, "44")])
        said = pen.said()
        assert (" " * 6 not in said) == fills
        row = shown(said).buffer
        assert {row[0][x].bg for x in range(22)} == {row[1][x].bg for x in range(30, 40)} == {"blue"}


@pytest.mark.parametrize(
    ("environ", "fills"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, True),
        ({"TERM": "vt100"}, False),
        ({}, False),
    ],
)
def test_who_fills_what_is_erased(environ: dict[str, str], fills: bool) -> None:
    assert fills_erased(environ) is fills

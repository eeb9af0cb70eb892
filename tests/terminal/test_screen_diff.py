"""Whatever strips are written, the cells that differ are enough: a terminal shows the same as if all were sent."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.ui.two_terminals import look
from tui.terminal.screen_diff import Piece, SentScreen

WIDTH, HEIGHT = 24, 3
NAMES = ("red", "red on blue", "bold", "on blue", "underline", "reverse red on blue", "italic green")
STYLES = [None, *map(Style.parse, NAMES)]
texts = st.one_of(
    st.text(st.sampled_from("  ab—é界\u0301"), min_size=1, max_size=8),
    st.sampled_from([" " * 8, "a" + " " * 7, " " * 7 + "b"]),
)
segments = st.lists(st.tuples(texts, st.sampled_from(STYLES)), min_size=1, max_size=4)
pieces = st.tuples(st.sampled_from([0, 8, 16]), st.integers(0, HEIGHT - 1), segments)
updates = st.lists(st.lists(pieces, min_size=1, max_size=4), min_size=1, max_size=6)


def strip_of(parts: list[tuple[str, Style | None]]) -> Strip:
    """Eight cells; a mark that takes no room needs something that it stands on."""
    made = Strip([Segment(f"x{text}" if text[0] == "\u0301" else text, style) for text, style in parts])
    return made.adjust_cell_length(8, Style.parse("on blue"))


def plainly(strip: Strip) -> str:
    return "".join(Strip.render_style(style or Style.null(), text, ColorSystem.TRUECOLOR) for text, style, _ in strip)


@given(updates, st.booleans())
def test_the_terminal_shows_the_same(
    asked: list[list[tuple[int, int, list[tuple[str, Style | None]]]]], fills: bool
) -> None:
    screen, terminals = SentScreen(fills=fills), (pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT))
    for each in terminals:
        each.reset_mode(7, private=True)
    for update in asked:
        written = [Piece(x, y, strip_of(parts)) for x, y, parts in update]
        said = screen.changes(written, (WIDTH, HEIGHT), ColorSystem.TRUECOLOR)
        pyte.Stream(terminals[0]).feed("".join(f"\x1b[{y + 1};{x + 1}H{plainly(strip)}" for x, y, strip in written))
        pyte.Stream(terminals[1]).feed(said)
        assert screen.changes(written[-1:], (WIDTH, HEIGHT), ColorSystem.TRUECOLOR) == ""
        for y in range(HEIGHT):
            plain, sparing = ([look(each.buffer[y][x]) for x in range(WIDTH)] for each in terminals)
            assert plain == sparing


def test_what_is_there_is_not_sent_again() -> None:
    screen = SentScreen()
    line = [Piece(0, 0, Strip([Segment("It broke", Style.parse("red"))]))]
    assert screen.changes(line, (8, 1), ColorSystem.TRUECOLOR) == "\x1b[H\x1b[m\x1b[31mIt broke"
    assert screen.changes(line, (8, 1), ColorSystem.TRUECOLOR) == ""
    other = [Piece(0, 0, Strip([Segment("It brake", Style.parse("red"))]))]
    assert screen.changes(other, (8, 1), ColorSystem.TRUECOLOR) == "\x1b[1;6Ha"
    assert screen.cursor(6, 0) == ""
    screen.forget()
    assert screen.changes(other, (8, 1), ColorSystem.TRUECOLOR) == "\x1b[H\x1b[m\x1b[31mIt brake"


def test_right_of_a_wide_character_that_changes_everything_is_put_in_its_place() -> None:
    screen = SentScreen()
    row = [Piece(0, 0, Strip([Segment("a界b ")])), Piece(5, 0, Strip([Segment("│cd")]))]
    screen.changes(row, (8, 1), ColorSystem.TRUECOLOR)
    changed = [Piece(0, 0, Strip([Segment("a界c ")]))]
    assert screen.changes(changed, (8, 1), ColorSystem.TRUECOLOR) == "\x1b[Ha界c │cd"

"""Plain text as Markdown: whatever is written, a parser shows the same characters."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from schemas.text import clean_prose
from schemas.writers import escape
from tests.schemas.writers import reading
from tests.schemas.writers.reading import hostile


def lines_of(plain: str) -> str:
    """The text as it may be shown at best: safe, and without spaces at the ends of its lines."""
    return "\n".join(line.strip() for line in clean_prose(plain).strip().split("\n"))


@given(hostile())
@example("a\\|b")
@example("\\\n|")
@example("*a\n* b*")
@example("~19:30\n~ x")
@example("a_<https://x.y>_")
@example("\\https://x.y")
def test_a_cell_shows_what_was_written(plain: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {escape.cell(plain)} | end |\n"
    assert reading.read(table).tables[0].rows == [[lines_of(plain), "end"]]


@given(hostile(), hostile())
@example("~1", "~https://x.y")
def test_two_texts_in_one_cell_do_not_act_on_each_other(first: str, second: str) -> None:
    table = f"| a |\n| --- |\n| {escape.cell(first)}<br>{escape.cell(second)} |\n"
    assert reading.read(table).tables[0].rows == [[f"{lines_of(first)}\n{lines_of(second)}"]]


@given(hostile())
@example("#")
@example("C #")
@example("a \\#")
def test_a_heading_shows_what_was_written(plain: str) -> None:
    shown = " ".join(clean_prose(plain).split("\n")).strip()
    assert reading.read(f"## {escape.heading(plain)}\n").headings == [(2, shown)]


@given(hostile())
@example("a\n===")
@example("a | b\n- | -")
@example("a|b\n|-|-|")
@example("~~~\ncode")
@example("1) x\n12. y")
@example("- - -\n***\n_ _ _")
@example("<div>\n<!-- x")
@example("!https://x.y?&copy;")
def test_a_block_shows_what_was_written(plain: str) -> None:
    expected = [part for part in _paragraphs(lines_of(plain)) if part]
    assert reading.paragraphs(escape.block(plain) + "\n") == expected


@given(hostile())
def test_a_block_in_a_list_stays_in_its_item(plain: str) -> None:
    tokens = reading.parsed(f"- {escape.block(plain, indent='  ')}\n\n## end\n")
    shown = [reading.seen(token) for token in tokens if token.type == "inline"]
    assert shown == [*(part for part in _paragraphs(lines_of(plain)) if part), "end"]
    outside = [token.type for token in tokens if token.level == 0]
    assert outside == ["bullet_list_open", "bullet_list_close", "heading_open", "heading_close"]


def _paragraphs(plain: str) -> list[str]:
    parts, current = [], []
    for line in plain.split("\n"):
        if line:
            current.append(line)
        else:
            parts.append("\n".join(current))
            current = []
    return [*parts, "\n".join(current)]


@given(hostile())
def test_nothing_that_drives_a_terminal_or_an_editor_is_left(plain: str) -> None:
    for written in (escape.cell(plain), escape.heading(plain), escape.block(plain), escape.line(plain)):
        assert clean_prose(written) == written
        assert all(line == line.rstrip() for line in written.split("\n"))
    assert "\n" not in escape.cell(plain) + escape.heading(plain) + escape.line(plain)


@pytest.mark.parametrize(
    "plain",
    [
        "snake_case and file.py",
        "2 * 3 < 7 > 5",
        "~19:30 – 20:00 (about 1.5 h)",
        "cost: $5 + 10% - 3; C:\\dir, a & b, R&D",
        "#12 fixed by #13!",
        "it's 1. and 2)",
    ],
)
def test_what_does_not_act_is_not_escaped(plain: str) -> None:
    assert escape.cell(plain) == plain
    assert escape.block(plain) == plain


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("see https://x.y/a_b.", "see <https://x.y/a_b>."),
        ("(https://x.y/a_(b))", "(<https://x.y/a_(b)>)"),
        ("https://x.y/?a=1&b=2, HTTP://Z.z", "<https://x.y/?a=1&b=2>, <HTTP://Z.z>"),
        ("https:// and xhttps://y", "https:// and xhttps://y"),
        ("www.x.y/a_b", "www.x.y/a_b"),
    ],
)
def test_addresses_can_be_followed(plain: str, written: str) -> None:
    assert escape.line(plain) == written


def test_an_address_with_an_entity_in_it_leads_where_it_says() -> None:
    written = escape.cell("https://x.y/?a=1&copy;=2|3_4")
    assert reading.links(f"| a |\n|---|\n| {written} |\n") == ["https://x.y/?a=1&copy;=2%7C3_4"]


def test_an_address_in_a_cell_leads_where_it_says() -> None:
    assert reading.links(f"| a |\n|---|\n| {escape.cell('https://x.y/a_b*c')} |\n") == ["https://x.y/a_b*c"]


def test_lines_in_a_cell_are_broken() -> None:
    assert escape.cell("one\n\n two | three \n") == r"one<br><br>two \| three"

"""Markdown as it is read in a terminal: words, marks, addresses, and nothing that acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from schemas.text import clean_prose
from tui.widgets.prose_lines import Prose, prose_lines


def text_of(prose: Prose) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in prose.lines]


def shown(source: str, width: int = 40) -> list[str]:
    return text_of(prose_lines(source, width))


def role_of(source: str, words: str) -> str:
    return next(role for line in prose_lines(source, 60).lines for text, role in line if words in text)


def test_paragraphs_lists_quotations_and_code() -> None:
    source = "One\ntwo.\n\n- a\n- b\n  1. c\n\n> said\n\n```\n  code  [x](y)\n```\n\nend  \nbroken"
    assert shown(source) == [
        "One two.", "", "• a", "• b", "  1. c", "", "│ said", "", "    code  [x](y)", "", "end", "broken",
    ]  # fmt: skip


def test_a_list_right_below_a_sentence_stands_apart_from_it() -> None:
    assert shown("These:\n1. a\n2. b") == ["These:", "", "1. a", "2. b"]


def test_marks_become_roles() -> None:
    source = "# Head\n\nplain *slanted* **fat** `code` ~~gone~~"
    assert [role_of(source, word) for word in ("Head", "plain", "slanted", "fat", "code", "gone")] == [
        "accent", "text", "em", "strong", "code", "muted",
    ]  # fmt: skip


def test_addresses_are_numbered_told_and_never_links() -> None:
    prose = prose_lines("[a](https://x.example/1) and [b](https://x.example/1), <https://y.example>", 60)
    assert text_of(prose) == [
        "a [1] and b [1], https://y.example", "", "[1] https://x.example/1", "[2] https://y.example",
    ]  # fmt: skip
    assert list(prose.links) == ["https://x.example/1", "https://y.example"]


def test_bare_addresses_can_be_copied_without_what_ends_the_sentence() -> None:
    assert list(prose_lines("See (https://a.example/x?y=1), https://b.example.", 60).links) == [
        "https://a.example/x?y=1", "https://b.example",
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["[x](javascript:alert(1))", "<script>alert(1)</script>", "[/b] [@click=quit]x[/]"])
def test_what_would_act_is_only_text(source: str) -> None:
    assert shown(source, 60) == [source]
    assert not prose_lines(source, 60).links


def test_pictures_are_told_and_not_fetched() -> None:
    assert shown("![a graph](https://x.example/g.png)", 60) == [
        "[picture: a graph] [1]", "", "[1] https://x.example/g.png",
    ]  # fmt: skip


def test_a_table_keeps_its_columns_and_gives_them_up_where_they_do_not_fit() -> None:
    source = "| when | what |\n|---|---|\n| 10:00 | a long sentence that has to be wrapped |"
    assert shown(source, 30) == [
        "when  │ what", "──────┼───────────────────────", "10:00 │ a long sentence that", "      │ has to be wrapped",
    ]  # fmt: skip
    assert shown(source, 14)[:2] == ["when: 10:00", "what: a long"]


@pytest.mark.parametrize("depth", [10, 58, 70, 5_000])
def test_words_are_shown_however_deep_they_are_quoted(depth: int) -> None:
    assert "words" in "".join(shown("> " * depth + "words"))


def test_lines_know_where_they_come_from() -> None:
    prose = prose_lines("first\n\nsecond " + "word " * 20 + "\n\n- item", 30)
    lines = text_of(prose)
    assert lines[prose.line_of(0)] == "first"
    assert lines[prose.line_of(2)].startswith("second")
    assert lines[prose.line_of(4)] == "• item"
    assert lines[prose.line_of(99)] == "• item"


@given(st.text(st.sampled_from("ab *_`#>-|[](){}<>!\n\t1.~\\:/界é\u0301&;="), max_size=120), st.integers(1, 60))
def test_any_text_fits_the_width_and_loses_no_letter(source: str, width: int) -> None:
    prose = prose_lines(clean_prose(source), width)
    assert all(sum(cell_len(text) for text, _ in line) <= max(12, width) for line in prose.lines)
    assert len(prose.lines) == len(prose.sources)
    assert not any("\n" in text or "\t" in text for line in prose.lines for text, _ in line)
    written = "".join(text_of(prose))
    assert sum(char == "界" for char in written) >= sum(char == "界" for char in source.split("](")[0])


@pytest.mark.parametrize("piece", ["> ", "* ", "[a](http://b.example/) ", "x", "| a ", "**", "`", "http://a.example/ "])
def test_a_hundred_thousand_characters_are_read(piece: str) -> None:
    assert prose_lines((piece * 100_000)[:100_000], 76).lines

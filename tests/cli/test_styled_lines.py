"""Lines are broken between words, by the columns they take, and their looks are lost without a trace."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cli.conftest import Terminal
from tests.schemas.strategies import texts
from tui.cli.styled_lines import WIDEST, Style, Styled, cells, split_lines, wants_colour, width_of, wrapped, written

styles: st.SearchStrategy[Style] = st.sampled_from(("", "gone", "new"))
lines = st.lists(st.tuples(styles, texts().map(lambda text: text.replace("\n", " ").replace("\r", " "))), max_size=4)


def shown(line: list[Styled], width: int | None, indent: str = "", more: str = "  ") -> list[str]:
    return [written(each, False).rstrip() for each in wrapped(line, width, indent, more)]


@pytest.mark.parametrize(
    ("text", "width"), [("plain", 5), ("déjà", 4), ("e\u0301", 1), ("漢字", 4), ("🧯", 2), ("a\u200db", 2), ("", 0)]
)
def test_columns(text: str, width: int) -> None:
    assert cells(text) == width


def test_broken_between_words_with_the_rest_indented() -> None:
    assert shown([("", "one two three four")], 12, "- ", "  ") == ["- one two", "  three four"]
    assert shown([("", "漢字漢字 漢字漢字")], 12) == ["漢字漢字", "  漢字漢字"]


def test_not_between_looks() -> None:
    line: list[Styled] = [("", "all was "), ("gone", "[-well-]"), ("new", "{+ill+}"), ("", ".")]
    assert shown(line, 20) == ["all was", "  [-well-]{+ill+}."]


def test_a_word_that_is_wider_than_a_line_is_cut() -> None:
    assert shown([("", "x" * 25)], 12) == ["x" * 10, "  " + "x" * 10, "  " + "x" * 5]


def test_without_a_width_nothing_is_broken() -> None:
    assert shown([("", "word " * 100)], None, "- ") == ["- " + "word " * 99 + "word"]


@given(lines, st.integers(12, 40))
@example([("", "[[events]]0000000000\x0c")], 12)
def test_every_line_fits_and_nothing_but_spaces_is_lost(line: list[Styled], width: int) -> None:
    found = list(wrapped(line, width, "", "  "))
    assert all(cells(written(each, False).rstrip(" ")) <= width for each in found)
    assert [(style, char) for each in found for style, text in each for char in text if char != " "] == [
        (style, char) for style, text in line for char in text if char != " "
    ]


def test_looks_are_told_in_as_few_codes_as_possible() -> None:
    line: list[Styled] = [("", "a "), ("gone", "b"), ("gone", " c"), ("new", ""), ("bold", "d")]
    assert written(line, True) == "a \x1b[31mb c\x1b[0m\x1b[1md\x1b[0m"
    assert written(line, False) == "a b cd"


def test_pieces_that_go_over_lines() -> None:
    assert list(split_lines([("", "a\nb"), ("new", "c\n\td")])) == [
        [("", "a")],
        [("", "b"), ("new", "c")],
        [("new", "    d")],
    ]


class TestWhereItGoes:
    @pytest.fixture(autouse=True)
    def _surroundings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "90")
        monkeypatch.delenv("GIT_PAGER_IN_USE", raising=False)

    def test_a_file_or_pipe_has_no_width_and_no_colours(self) -> None:
        assert width_of(io.StringIO()) is None
        assert not wants_colour(io.StringIO())

    def test_a_terminal_has_both(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert width_of(Terminal()) == 90
        assert wants_colour(Terminal())
        monkeypatch.setenv("COLUMNS", "400")
        assert width_of(Terminal()) == WIDEST

    def test_git_s_pager_has_both(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_PAGER_IN_USE", "true")
        assert width_of(io.StringIO()) == 90
        assert wants_colour(io.StringIO())

    @pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
    def test_colours_that_are_not_wanted(self, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
        monkeypatch.setenv("GIT_PAGER_IN_USE", "true")
        monkeypatch.setenv(name, value)
        assert not wants_colour(Terminal())

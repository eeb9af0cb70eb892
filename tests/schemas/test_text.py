import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.text import clean_line, clean_prose, first_line, is_clean, shorten

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
AWKWARD = st.text(
    st.one_of(
        st.sampled_from("\r\n\t\v\f\x00\x07\x1b\x1c\x1d\x1e\x7f\x85\x9b\u2028\u2029\ud83d\ude00 " + BIDI),
        st.characters(),
    )
)


def acts_on_a_terminal(char: str) -> bool:
    category = unicodedata.category(char)
    return (category in ("Cc", "Cs") and char not in "\n\t") or char in BIDI


@given(AWKWARD)
def test_prose_is_harmless_and_cleaning_it_again_changes_nothing(text: str) -> None:
    cleaned = clean_prose(text)
    assert not any(map(acts_on_a_terminal, cleaned))
    assert clean_prose(cleaned) == cleaned
    assert is_clean(cleaned)
    assert is_clean(text) == (cleaned == text)


@given(AWKWARD)
def test_a_line_is_harmless_prose_without_breaks(text: str) -> None:
    line = clean_line(text)
    assert "\n" not in line
    assert "\t" not in line
    assert is_clean(line)
    assert clean_line(line) == line


@given(AWKWARD)
def test_lines_are_those_that_text_widgets_see(text: str) -> None:
    # They break lines as `splitlines` does, which sees nothing behind a last break.
    assert (clean_prose(text) + "end").splitlines() == (clean_prose(text) + "end").split("\n")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("tab\tstays", "tab\tstays"),
        ("\x1b]0;owned\x07", "␛]0;owned␇"),
        ("\x7f\x00", "␡␀"),
        ("\x9b31m", "\ufffd31m"),
        ("pay\u202egnp.exe", "paygnp.exe"),
        ("\ud83d", "\ufffd"),
        ("👩‍💻 naïve 例", "👩‍💻 naïve 例"),
        ("", ""),
    ],
)
def test_what_prose_becomes(raw: str, shown: str) -> None:
    assert clean_prose(raw) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("two\nlines", "two lines"),
        ("a \n\t \r\n b", "a b"),
        ("tab\tbed", "tab bed"),
        ("two  spaces", "two  spaces"),
        ("a  b\nc", "a  b c"),
        (" kept ", " kept "),
    ],
)
def test_what_a_line_becomes(raw: str, shown: str) -> None:
    assert clean_line(raw) == shown


def test_a_line_of_very_many_spaces_is_no_trap() -> None:
    # Were every space a place to start matching from, this would not come back for many minutes.
    assert clean_line(" " * 500_000 + "x\n") == " " * 500_000 + "x "


def test_first_line_passes_over_blank_ones() -> None:
    assert first_line("\n  \n  The database was full. \nMore.") == "The database was full."
    assert first_line(" \n\t\n") == ""


@given(AWKWARD, st.integers(-2, 30))
def test_shortened_text_fits(text: str, width: int) -> None:
    short = shorten(text, width)
    assert len(short) <= max(width, 0)
    if len(clean_line(text)) <= width:
        assert short == clean_line(text)


def test_shortened_text_says_so() -> None:
    assert shorten("one two three", 8) == "one two…"
    assert shorten("one two three", 5) == "one…"
    assert shorten("one", 3) == "one"
    assert shorten("one", 0) == ""

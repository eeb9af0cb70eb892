"""Where quoted words are after the text was edited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.quotes import find_quote, quoted_first, stands

BODY = "The limit was set for half of today's users, and nothing\nwatched how full the cache was. Nobody was paged."


def found(body: str, quote: str) -> str | None:
    span = find_quote(body, quote)
    return None if span is None else body[slice(*span)]


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("half of today's users", "half of today's users"),
        ("  Nobody was paged.\n", "Nobody was paged."),
        ("and nothing watched", "and nothing\nwatched"),
        ("and  nothing\n watched", "and nothing\nwatched"),
        ("(full)", "full"),
        ("the limit was set for a third of our users", "The limit was set for half of today's users"),
        ("nothing at all watched how full the cache was", "nothing\nwatched how full the cache was"),
        ("watched how full the queue was", "watched how full the cache was"),
        ("NOBODY", "Nobody"),
        ("the deploy was rolled back by hand", None),
        ("was the", None),
        ("paged by", None),
        ("", None),
        (" \n", None),
        ("…", None),
    ],
)
def test_it_is_found_as_it_stands_or_where_most_of_it_is_left(quote: str, there: str | None) -> None:
    assert found(BODY, quote) == there


def test_the_first_of_several_is_meant() -> None:
    assert find_quote("a b a b", "a b") == (0, 3)


def test_the_place_with_most_of_the_words_is_meant() -> None:
    text = "we restarted the worker by hand. " * 3 + "we restarted the blue worker by script. " + "nothing " * 50
    assert found(text, "we restarted the green worker by script") == "we restarted the blue worker by script"


def test_in_an_empty_text_there_is_nothing() -> None:
    assert find_quote("", "anything") is None


def test_it_stands_only_word_for_word() -> None:
    assert stands(BODY, "and nothing watched")
    assert not stands(BODY, "watched how full the queue was")
    assert not stands(BODY, " ")


@given(st.text("ab c\n.", max_size=40), st.text("ab c\n.", max_size=10), st.text("ab c\n.", max_size=40))
def test_what_stands_there_is_found(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    span = find_quote(text, quote)
    assert (span is not None) == bool(quote.strip())
    assert span is None or text[slice(*span)].split() == quote.split()
    assert stands(text, quote) == bool(quote.strip())


@given(st.text("ab c\n.é", max_size=60), st.text("ab c\n.é", max_size=20))
def test_whatever_is_found_lies_in_the_text(text: str, quote: str) -> None:
    span = find_quote(text, quote)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


@given(
    st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six", "seven"]), min_size=5, max_size=30),
    st.data(),
)
def test_one_word_more_does_not_lose_it(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 5))
    quote = " ".join(words[start : start + 5])
    at = data.draw(st.integers(start + 1, start + 4))
    assert find_quote(" ".join([*words[:at], "new", *words[at:]]), quote) is not None


class TestQuotedFirst:
    BODY = "One shard ran **full**.\nNobody was told that it would."

    @pytest.mark.parametrize(
        ("remark", "expected"),
        [
            ("> Nobody was told\nWho should have been?", ("Nobody was told", "Who should have been?")),
            (">ran **full**\n> Nobody was\n\nSince when?", ("ran **full**.\nNobody was", "Since when?")),
            ("> one SHARD ran\nWhich?", ("One shard ran", "Which?")),
            ("> words that stand nowhere here\nWhy?", ("", "> words that stand nowhere here\nWhy?")),
            ("> Nobody was told", ("", "> Nobody was told")),
            ("Why?\n> Nobody was told", ("", "Why?\n> Nobody was told")),
            ("Why?", ("", "Why?")),
            (">\nWhy?", ("", ">\nWhy?")),
        ],
    )
    def test_what_is_quoted(self, remark: str, expected: tuple[str, str]) -> None:
        assert quoted_first(self.BODY, remark) == expected

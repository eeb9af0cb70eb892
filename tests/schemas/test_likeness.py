"""How alike two texts are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.likeness import name_key, overlap, slips_between, subjects

words = st.text("abcd", max_size=9)


class TestSubjects:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("test", "tests testing tested"),
            ("deploy", "deployed deploying deployment deployments"),
            ("Retry", "retries, retried"),
            ("stopped stop stopping", "STOP"),
            ("limit", "limits limited"),
        ],
    )
    def test_endings_do_not_count(self, one: str, other: str) -> None:
        assert subjects(one) == subjects(other)
        assert len(subjects(other)) == 1

    def test_common_words_say_nothing(self) -> None:
        assert subjects("It was to be done again by all of them, as soon as possible") == frozenset()
        assert subjects("") == frozenset()

    def test_figures_count(self) -> None:
        assert subjects("10 % of 3") == {"10", "3"}

    def test_other_things_stay_apart(self) -> None:
        assert not subjects("replica lag vault") & subjects("replay log value")

    @given(st.text())
    def test_of_any_text(self, text: str) -> None:
        assert all(subject == subject.casefold() != "" for subject in subjects(text))


class TestOverlap:
    @pytest.mark.parametrize(
        ("one", "other", "share"), [("ab", "ab", 1), ("abc", "bcd", 0.5), ("a", "b", 0), ("", "", 0)]
    )
    def test_share(self, one: str, other: str, share: float) -> None:
        assert overlap(frozenset(one), frozenset(other)) == share

    @given(st.frozensets(st.integers(0, 9).map(str)), st.frozensets(st.integers(0, 9).map(str)))
    def test_laws(self, one: frozenset[str], other: frozenset[str]) -> None:
        assert overlap(one, other) == overlap(other, one)
        assert 0 <= overlap(one, other) <= 1
        assert (overlap(one, other) == 1) == (one == other != frozenset())


class TestNames:
    @pytest.mark.parametrize(
        "name", ["@kim.lee", "kim-lee@", "Kim Lee", " kim_lee@mail.example ", "KIM LEE", "@KimLee"]
    )
    def test_one_person(self, name: str) -> None:
        assert name_key(name) == "kimlee"

    def test_nobody(self) -> None:
        assert name_key("") == name_key(" @ ") == name_key("?") == ""


class TestSlips:
    @pytest.mark.parametrize(
        ("one", "other", "slips"),
        [
            ("marchetti", "marchetti", 0),
            ("marchetti", "marcheti", 1),
            ("marchetti", "marchettti", 1),
            ("marchetti", "marchetto", 1),
            ("marchetti", "marhcetti", 1),
            ("marchetti", "amrchetit", 2),
            ("marchetti", "markett", None),
            ("", "ab", 2),
            ("", "abc", None),
            ("abc", "xyz", None),
        ],
    )
    def test_table(self, one: str, other: str, slips: int | None) -> None:
        assert slips_between(one, other) == slips

    @given(words, words)
    def test_laws(self, one: str, other: str) -> None:
        slips = slips_between(one, other, 20)
        assert slips is not None
        assert slips == slips_between(other, one, 20)
        assert (slips == 0) == (one == other)
        assert abs(len(one) - len(other)) <= slips <= max(len(one), len(other))
        for limit in (0, 1, 2):
            assert slips_between(one, other, limit) == (slips if slips <= limit else None)

    @given(words, st.integers(0, 8), st.sampled_from("abcd"))
    def test_a_slip_is_one(self, word: str, at: int, char: str) -> None:
        assert slips_between(word, word[:at] + char + word[at:]) == 1
        if at < len(word):
            assert slips_between(word, word[:at] + word[at + 1 :]) == 1
            assert slips_between(word, word[:at] + char + word[at + 1 :]) == (char != word[at])
        if at + 1 < len(word):
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            assert slips_between(word, swapped) == (word[at] != word[at + 1])

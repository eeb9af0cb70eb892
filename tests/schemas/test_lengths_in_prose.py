"""Lengths of time where they stand in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import lengths
from schemas.lengths import Length, format_length, lengths_in, read_length, take_length

DAY = 1440

PROSE = (
    "The outage lasted just under 3 hours (2h 47m), a 45-minute one before it. We took about 5 min to notice; within 24"
    " minutes all was fine. Latency went from 2 hours to 20 minutes, 1.5-2 hours at best. For at least two and a half"
    " hours nothing; PT1H30M. It took 2 hours. 5 minutes later, after 1h30 hosts came back for 5 days. Then an hour"
    " and a half or so. Un total de 4 minutos, pendant 2 heures."
)


class TestLengthsInProse:
    def test_each_with_the_words_that_bound_it(self) -> None:
        assert [PROSE[start:end] for _, start, end in lengths_in(PROSE)] == [
            "just under 3 hours", "2h 47m", "45-minute", "about 5 min", "within 24 minutes", "2 hours", "20 minutes",
            "1.5-2 hours", "at least two and a half hours", "PT1H30M", "2 hours", "5 minutes", "1h30", "5 days",
            "an hour and a half or so", "4 minutos", "2 heures",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "text",
        [
            "at 14:05 minutes were taken", "5 m/s", "3D maps", "$5 m lost", "v2 hours", "24/7", "a second server",
            "5M requests", "1.2.3 s", "the 10 s", "grade 3 d", "5 s apart on", "two servers", "10 hosts",
            "h h h", "minutes", "in hours", "14:05", "1:30 am", "12 parsecs", "the fourth hour", "T1H", "x5 hours",
        ],
    )  # fmt: skip
    def test_what_counts_something_else_is_left(self, text: str) -> None:
        assert list(lengths_in(text)) == []

    def test_a_length_stands_at_its_first_word_only(self) -> None:
        assert take_length("for about 5 days", 0) == (Length(5 * DAY, 5 * DAY, True), 16)
        assert take_length("for about 5 days", 4) == (Length(5 * DAY, 5 * DAY, True), 16)
        assert take_length("for about 15 days", 11) is None
        assert take_length("took 1.5 hours", 7) is None
        assert take_length("", 0) is None
        assert take_length("5 days", 99) is None

    def test_notations_that_mean_something_else_in_a_sentence_count_where_a_length_is_meant(self) -> None:
        for text in ("1:30", "5 m", "a second"):
            assert take_length(text, 0) is None
            assert take_length(text, 0, whole=True) is not None

    @given(st.text(max_size=80) | st.text("0123456789hmsd .,:-~+andthourspPT½", max_size=80))
    def test_any_text(self, text: str) -> None:
        last = 0
        for length, start, end in lengths_in(text):
            assert last <= start < end <= len(text)
            assert 0 <= length.minutes_low <= length.minutes_high
            last = end

    @given(st.integers(1, 1_000_000), st.sampled_from(["", "about ", "under ", "over "]))
    def test_what_is_written_in_a_sentence_is_found(self, minutes: int, word: str) -> None:
        shown = format_length(minutes)
        text = f"It took {word}{shown}, all in all."
        ((length, start, end),) = lengths_in(text)
        assert text[start:end] == f"{word}{shown}"
        assert length == read_length(f"{word}{shown}")

    @pytest.mark.parametrize(
        "piece", ["5 minutes ", "about ", "about 5 ", "1h", "hours ", "2-", "an hour and ", "~", "P"]
    )
    def test_the_work_grows_with_the_text_and_no_faster(self, monkeypatch: pytest.MonkeyPatch, piece: str) -> None:
        tried = 0
        real = take_length

        def counted(text: str, pos: int, *, whole: bool = False) -> tuple[Length, int] | None:
            nonlocal tried
            tried += 1
            return real(text, pos, whole=whole)

        monkeypatch.setattr(lengths, "take_length", counted)
        text = piece * 2000
        list(lengths_in(text))
        assert tried <= 20 * len(text)

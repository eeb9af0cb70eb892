"""Lengths of time as people write them."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.lengths import (
    Length,
    NotALength,
    format_length,
    read_length,
    read_shift,
    take_span,
)

HOUR, DAY = 60, 1440


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("4 hours", 4 * HOUR),
        ("4 HOURS", 4 * HOUR),
        ("1 hour", HOUR),
        ("2 hours 30 minutes", 150),
        ("1 hour, 25 minutes", 85),
        ("1 hour and 25 minutes", 85),
        ("1 hour & 25 minutes", 85),
        ("(2 hours 15 minutes)", 135),
        ("2 and half hours", 150),
        ("2 and a half hours", 150),
        ("two and a half hours", 150),
        ("2½ hours", 150),
        ("2.5 hours", 150),
        ("2,5 heures", 150),
        ("half an hour", 30),
        ("a half hour", 30),
        ("½ hour", 30),
        ("half a day", DAY / 2),
        ("an hour", HOUR),
        ("an hour and a half", 90),
        ("a day", DAY),
        ("1415 minutes", 1415),
        ("1,415 minutes", 1415),
        ("54 hours 10 minutes", 54 * HOUR + 10),
        ("5h 09m", 309),
        ("0h 46m", 46),
        ("02h 37min of outage", 157),
        ("5h 09m (during support hours 10:00-17:00)", 309),
        ("1h30m", 90),
        ("1h30", 90),
        ("1h 30", 90),
        ("1:30", 90),
        ("0:45:30", 45.5),
        ("30min", 30),
        ("45s", 0.75),
        ("90 secs", 1.5),
        ("for 5 days", 5 * DAY),
        ("4d 15h 00m", 4 * DAY + 15 * HOUR),
        ("1 week", 7 * DAY),
        ("a total of two hours", 120),
        ("a tense 45 minutes", 45),
        ("twenty-five minutes", 25),
        ("forty five minutes", 45),
        ("exactly 3 hours", 180),
        ("3 hours in total", 180),
        ("4 minutos", 4),
        ("2 heures", 120),
        ("3 Stunden und 5 Minuten", 185),
        ("  2   hours  ", 120),
        ("2 hours.", 120),
        ("PT1H30M", 90),
        ("P2DT3H4M", 3064),
        ("PT0.5H", 30),
        ("P1W", 7 * DAY),
        ("1:30 hours", 90),
        ("0:45:30 (h:mm:ss)", 45.5),
        ("1 hr. 5 min.", 65),
        ("2hrs. 30mins.", 150),
        ("2h30min", 150),
        ("1 h 24 m", 84),
        ("1d 2h", DAY + 120),
        ("2 1/2 hours", 150),
        ("three quarters of an hour", 45),
        ("a quarter of an hour", 15),
        ("3/4 of an hour", 45),
        ("half-hour", 30),
        ("one hundred and twenty minutes", 120),
        ("2 hours, 15 minutes, and 30 seconds", 135.5),
        ("45-minute", 45),
        ("media hora", 30),
        ("una hora y media", 90),
        ("hora y media", 90),
        ("uma hora e meia", 90),
        ("2 días y 3 horas", 2 * DAY + 180),
        ("une demi-heure", 30),
        ("une heure et demie", 90),
        ("pendant 2 heures", 120),
        ("eine halbe Stunde", 30),
        ("anderthalb Stunden", 90),
        ("zwei Tage", 2 * DAY),
        ("5 m", 5),
        ("a second", 1 / 60),
    ],
)
def test_plain_lengths(text: str, minutes: float) -> None:
    assert read_length(text) == Length(minutes, minutes)


@pytest.mark.parametrize(
    ("text", "low", "high", "about"),
    [
        ("~8 hours", 480, 480, True),
        ("~8 hours (incident + recovery attempts)", 480, 480, True),
        ("approximately four hours", 240, 240, True),
        ("about 1h 24m", 84, 84, True),
        ("~3 horas", 180, 180, True),
        ("around 90 minutes", 90, 90, True),
        ("under 3 hours", 0, 180, False),
        ("less than an hour", 0, 60, False),
        ("within 24 minutes", 0, 24, False),
        ("over 2h", 120, math.inf, False),
        ("more than 2 days", 2 * DAY, math.inf, False),
        ("at least 5 minutes", 5, math.inf, False),
        ("2-3 hours", 120, 180, False),
        ("2 to 3 hours", 120, 180, False),
        ("1h–1h 30m", 60, 90, False),
        ("3–2 hours", 120, 180, False),
        ("approximately 2 and half hours", 150, 150, True),
        ("a couple of hours", 120, 120, True),
        ("2 hours or so", 120, 120, True),
        ("45 minutes (approx.)", 45, 45, True),
        ("just under 3 hours", 180, 180, True),
        ("a little over 2 hours", 120, 120, True),
        ("just 3 hours", 180, 180, False),
        ("nearly 3 hours", 180, 180, True),
        ("45 minutes or less", 0, 45, False),
        ("no longer than 45 minutes", 0, 45, False),
        ("max 2 hours", 0, 120, False),
        ("≤ 2h", 0, 120, False),
        ("3+ hours", 180, math.inf, False),
        ("2 hours+", 120, math.inf, False),
        ("2 hours or more", 120, math.inf, False),
        ("well over 2 hours", 120, math.inf, False),
        ("upwards of 2 hours", 120, math.inf, False),
        ("about 2-3 hours", 120, 180, True),
        ("between 2 and 3 hours", 120, 180, False),
        ("two or three hours", 120, 180, False),
        ("30-45 min", 30, 45, False),
        ("45 minutes to 1 hour", 45, 60, False),
        ("unos 20 minutos", 20, 20, True),
        ("más de 3 horas", 180, math.inf, False),
        ("entre 2 y 3 horas", 120, 180, False),
        ("cerca de 2 horas", 120, 120, True),
        ("pelo menos 2 horas", 120, math.inf, False),
        ("environ 2 heures", 120, 120, True),
        ("moins de 2 heures", 0, 120, False),
        ("2 à 3 heures", 120, 180, False),
        ("etwa 3 Stunden", 180, 180, True),
        ("mindestens 2 Stunden", 120, math.inf, False),
        ("zwischen 2 und 3 Stunden", 120, 180, False),
    ],
)
def test_lengths_with_bounds(text: str, low: float, high: float, about: bool) -> None:
    assert read_length(text) == Length(low, high, about)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "long", "two", "90", "hours", "a few hours", "4 hours 5 hours", "5 minutes 2 hours", "4 parsecs",
        "several days", "Time to recovery: 4 hours", "PT", "P", "PT5", "P1Y", "1.2.3 hours", "1/0 hour",
        "-2h", "4 hours later that day", "1:75", "9" * 12 + " weeks", "9" * 5000, "4 hours" + " " * 300, "٣x", "~",
    ],
)  # fmt: skip
def test_no_lengths(text: str) -> None:
    with pytest.raises(NotALength, match="write it as"):
        read_length(text)


@pytest.mark.parametrize(
    ("low", "high", "one"), [(240, 240, 240), (0, 180, 180), (120, math.inf, 120), (120, 180, 150)]
)
def test_the_number_that_stands_for_a_length(low: float, high: float, one: float) -> None:
    assert Length(low, high).minutes == one


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("+3h", timedelta(hours=3)),
        ("3h", timedelta(hours=3)),
        ("-45m", timedelta(minutes=-45)),
        ("−45m", timedelta(minutes=-45)),
        ("- 45 minutes", timedelta(minutes=-45)),
        ("+1h30m", timedelta(minutes=90)),
        ("+1h30", timedelta(minutes=90)),
        ("+1:30", timedelta(minutes=90)),
        ("-0:00:10", timedelta(seconds=-10)),
        ("+1d", timedelta(days=1)),
        ("+1w2d", timedelta(days=9)),
        ("+1.5h", timedelta(minutes=90)),
        ("+90s", timedelta(seconds=90)),
    ],
)
def test_shifts(text: str, shift: timedelta) -> None:
    assert read_shift(text) == shift


@pytest.mark.parametrize("text", ["", "+", "3", "+-3h", "--3h", "3h later", "14:5", "+" + "9" * 9 + "w", "+9" * 500])
def test_no_shifts(text: str) -> None:
    with pytest.raises(NotALength, match=r"calendar|\+3h"):
        read_shift(text)


@pytest.mark.parametrize(
    ("text", "end"), [("15m rolled back", 3), ("1h30m!", 5), ("1h 30m ", 6), ("2 days ago", 6), ("1:30 x", 4)]
)
def test_a_span_ends_where_its_words_end(text: str, end: int) -> None:
    found = take_span(text, 0)
    assert found is not None
    assert found[1] == end


@pytest.mark.parametrize("text", ["15 servers", "deploy", "", "15", "5 months"])
def test_no_span(text: str) -> None:
    assert take_span(text, 0) is None


@given(st.integers(0, 10_000_000).map(lambda seconds: seconds / 60))
def test_what_is_shown_reads_back(minutes: float) -> None:
    assert read_length(format_length(minutes)).minutes == pytest.approx(minutes, rel=1e-9)


@given(st.integers(0, 1_000_000))
def test_whole_minutes_read_back_exactly(minutes: int) -> None:
    assert read_length(format_length(minutes)) == Length(minutes, minutes)


@given(st.text(max_size=60) | st.text("0123456789hmdw:.,-~+ and½()", max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    for read in (read_length, read_shift):
        with suppress(NotALength):
            read(text)

"""Hours that count: how they are read, and how much of a length lies within them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas import work_hours
from schemas.moments import DAY, HOUR, MINUTE, Interval, between, interval, wall_clock, wall_instant
from schemas.work_hours import DAY_NAMES, EXAMPLE, WorkHours, read_hours

LONDON = read_hours("Mon-Fri 10:00-17:00 Europe/London")
NIGHTS = read_hours("Fri-Sun 22:00-06:00 Europe/Berlin")
ALWAYS = read_hours("24h")
LAST = wall_instant(datetime.max)


def at(*when: int) -> int:
    return wall_instant(datetime(*when))  # type: ignore[arg-type]


def exact(*when: int) -> Interval:
    return Interval(at(*when), at(*when), at(*when))


# Reading


@pytest.mark.parametrize(
    ("text", "days", "start", "end", "zone"),
    [
        (EXAMPLE, "Mon Tue Wed Thu Fri", "10:00", "17:00", "Europe/London"),
        ("daily 08:00-20:00 UTC", "Mon Tue Wed Thu Fri Sat Sun", "08:00", "20:00", "UTC"),
        ("Mon,Wed 9-17 Africa/Nairobi", "Mon Wed", "09:00", "17:00", "Africa/Nairobi"),
        ("Mon-Wed, Sat 9:30 - 17.15 +02:00", "Mon Tue Wed Sat", "09:30", "17:15", "UTC+02:00"),
        ("Sat-Mon 22:00-06:00 europe/berlin", "Mon Sat Sun", "22:00", "06:00", "Europe/Berlin"),
        ("Monday to Friday 9am to 5:30pm UTC", "Mon Tue Wed Thu Fri", "09:00", "17:30", "UTC"),
        ("tues, thurs and SUN 12am–12pm UTC", "Tue Thu Sun", "00:00", "12:00", "UTC"),
        ("Mondays 10-24:00 UTC", "Mon", "10:00", "00:00", "UTC"),
        ("Fri 22-6 UTC", "Fri", "22:00", "06:00", "UTC"),
        ("weekdays 0-24 UTC", "Mon Tue Wed Thu Fri", "00:00", "00:00", "UTC"),
        ("weekends 24h Asia/Dubai", "Sat Sun", "00:00", "00:00", "Asia/Dubai"),
        ("24h", "Mon Tue Wed Thu Fri Sat Sun", "00:00", "00:00", "UTC"),
        ("24/7", "Mon Tue Wed Thu Fri Sat Sun", "00:00", "00:00", "UTC"),
    ],
)
def test_hours_as_they_are_written(text: str, days: str, start: str, end: str, zone: str) -> None:
    hours = read_hours(f"  {text}\n")
    assert hours.text == " ".join(text.split())
    assert " ".join(DAY_NAMES[day] for day in sorted(hours.days)) == days
    assert (f"{hours.start:%H:%M}", f"{hours.end:%H:%M}", str(hours.zone)) == (start, end, zone)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "write them as Mon-Fri 10:00-17:00 Europe/London"),
        ("office hours", "write them as Mon-Fri"),
        ("Mon-Fri", "write them as Mon-Fri"),
        ("9:00-17:00 UTC", "does not say on which days"),
        ("Mon-Fri 9:00-17:00", "does not say in which zone"),
        ("Mon-Fri 24h", "does not say in which zone"),
        ("Mon-Fri 9-5 UTC", "does not say which half of the day"),
        ("Mon-Fri 10-4pm UTC", "does not say which half of the day"),
        ("Mon-Fri 9am-17 UTC", "does not say which half of the day"),
        ("Mon-Fri 9:00-25:00 UTC", "there is no time 25:00"),
        ("Mon-Fri 9:60-17:00 UTC", "there is no time 9:60"),
        ("Mon-Fri 13pm-14pm UTC", "there is no time 13pm"),
        ("Mon-Fri 09:00-09:00 UTC", "write 24h for the whole day"),
        ("Mon-Fri 00:00-00:00 UTC", "write 24h for the whole day"),
        ("Mon-Fry 9:00-17:00 UTC", "“Fry” is no day"),
        ("Mon-Wed-Fri 9:00-17:00 UTC", "has more than two ends"),
        ("Mon-Fri 9:00-17:00 CST", "America/Chicago or Asia/Shanghai or America/Havana"),
        ("Mon-Fri 9:00-17:00 Europe/Londn", "did you mean Europe/London?"),
        ("Mon-Fri 9:00-17:00 New York", "did you mean America/New_York?"),
        ("Mon-Fri 9:00-17:00 Mars", "there is no zone Mars"),
        ("Mon " * 40, "too many words"),
        ("Mon-Fri 9:00-17:00 \x1b[31mUTC", "there is no zone ␛[31mUTC"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_would_be_right(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_hours(text)


@given(st.text(alphabet="MonFri0123456789:-–, UTCapm/+hdaily\x1b", max_size=40))
def test_reading_never_fails_in_another_way(text: str) -> None:
    with suppress(ValueError):
        hours = read_hours(text)
        assert hours.days
        assert hours.spans()


# Counting


def test_an_incident_over_night_and_weekend() -> None:
    # Thursday 16:00 to Monday 11:00 in British Summer Time.
    assert LONDON.worked(at(2024, 5, 2, 15), at(2024, 5, 6, 10)) == (1 + 7 + 1) * HOUR
    assert LONDON.worked(at(2024, 5, 4), at(2024, 5, 5)) == 0
    assert LONDON.worked(at(2024, 5, 2, 15), at(2024, 5, 2, 15, 20)) == 20 * MINUTE
    assert LONDON.worked(at(2024, 5, 6, 10), at(2024, 5, 2, 15)) == 0


def test_hours_follow_the_clocks_of_their_zone() -> None:
    # At noon UTC it is 12:00 in London in January and 13:00 in July.
    assert LONDON.worked(at(2024, 1, 3, 12), at(2024, 1, 4)) == 5 * HOUR
    assert LONDON.worked(at(2024, 7, 3, 12), at(2024, 7, 4)) == 4 * HOUR


def test_an_hour_that_is_skipped_never_was_and_one_that_is_repeated_was_twice() -> None:
    spring, autumn = at(2024, 3, 30, 12), at(2024, 10, 26, 12)
    assert NIGHTS.worked(spring, spring + DAY) == 7 * HOUR
    assert NIGHTS.worked(autumn, autumn + DAY) == 9 * HOUR
    repeated = read_hours("daily 02:00-02:30 Europe/Berlin")
    assert repeated.worked(autumn, autumn + DAY) == 60 * MINUTE
    assert repeated.worked(spring, spring + DAY) == 0


def test_a_day_that_a_place_skipped_has_no_hours() -> None:
    apia = read_hours("Fri 09:00-17:00 Pacific/Apia")
    assert apia.worked(at(2011, 12, 26), at(2012, 1, 2)) == 0
    assert apia.worked(at(2011, 12, 19), at(2011, 12, 26)) == 8 * HOUR


def test_hours_past_midnight_belong_to_the_day_on_which_they_begin() -> None:
    friday = read_hours("Fri 22:00-06:00 UTC")
    assert friday.worked(at(2024, 5, 3), at(2024, 5, 4)) == 2 * HOUR
    assert friday.worked(at(2024, 5, 4), at(2024, 5, 5)) == 6 * HOUR
    sunday = read_hours("Sun 22:00-06:00 UTC")
    assert sunday.worked(at(2024, 5, 6), at(2024, 5, 7)) == 6 * HOUR


def test_bounds_follow_from_those_of_the_ends() -> None:
    start = interval(datetime(2024, 5, 2, 9, 50, tzinfo=UTC), zone=None, about=True)  # 10:50 in London
    end = interval(datetime(2024, 5, 2, 11, tzinfo=UTC), zone=None)
    assert LONDON.between(start, end).text == "about 1h 10m"
    noon = interval(datetime(2024, 5, 2, 16, tzinfo=UTC), zone=None, latest=datetime(2024, 5, 2, 20, tzinfo=UTC))
    assert LONDON.between(end, noon).text == "5h 00m"  # whenever it was, the hours were over
    assert LONDON.between(noon, end).backwards


def test_over_the_years_each_change_of_the_clocks_counts() -> None:
    # In New York it is this hour that comes twice in autumn; in spring the one after it is skipped.
    sundays = read_hours("Sun 01:00-02:00 America/New_York")
    days = range(at(2014, 1, 1), at(2024, 1, 2), DAY)
    assert sum(sundays.worked(*pair) for pair in pairwise(days)) == sundays.worked(days[0], days[-1]) == 532 * HOUR
    centuries = [at(year, 1, 1) for year in range(1900, 10_000, 100)]
    assert sum(sundays.worked(*pair) for pair in pairwise(centuries)) == sundays.worked(centuries[0], centuries[-1])


def test_a_long_way_takes_no_longer_than_a_few_centuries(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    real = work_hours._offset

    def counted(zone: object, instant: int) -> int:
        nonlocal asked
        asked += 1
        return real(zone, instant)  # type: ignore[arg-type]

    monkeypatch.setattr(work_hours, "_offset", counted)
    hours = read_hours("Mon-Fri 10:00-17:00 America/New_York")
    whole = hours.worked(0, LAST)
    assert asked < 100_000
    assert whole == pytest.approx(LAST * 35 / 168, rel=1e-4)
    asked = 0
    hours.worked(at(2014, 1, 1), at(2024, 1, 1))
    assert asked < 3_000


ZONES = ("UTC", "Europe/London", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe",
         "Pacific/Apia", "America/Sao_Paulo", "+05:30")  # fmt: skip
DAYS = st.sets(st.integers(0, 6), min_size=1)
QUARTERS = st.integers(0, 95)
NEAR_CHANGES = st.sampled_from(
    [
        at(2024, 3, 30),
        at(2024, 10, 26),
        at(2024, 3, 9),
        at(2024, 11, 2),
        at(2011, 12, 29),
        at(2018, 11, 3),
        at(2024, 4, 6),
    ]
)


@st.composite
def some_hours(draw: st.DrawFn) -> WorkHours:
    names = ",".join(DAY_NAMES[day] for day in sorted(draw(DAYS)))
    start, end = draw(QUARTERS), draw(QUARTERS.filter(bool))
    if start == end:
        return read_hours(f"{names} 24h {draw(st.sampled_from(ZONES))}")
    clocks = "-".join(f"{each // 4:02d}:{each % 4 * 15:02d}" for each in (start, end))
    return read_hours(f"{names} {clocks} {draw(st.sampled_from(ZONES))}")


def counted_by_hand(hours: WorkHours, start: int, end: int) -> int:
    """Looks at the wall every quarter of an hour: no clock above was moved by less, nor in between."""
    total = 0
    for instant in range(start, end, 15 * MINUTE):
        wall = wall_clock(instant, None).replace(tzinfo=UTC).astimezone(hours.zone)
        day, clock = wall.weekday(), wall.time()
        if hours.start < hours.end or hours.end == time():
            open_now = day in hours.days and hours.start <= clock and (clock < hours.end or hours.end == time())
        else:
            before = (wall.replace(tzinfo=None) - timedelta(days=1)).weekday()
            open_now = (day in hours.days and clock >= hours.start) or (before in hours.days and clock < hours.end)
        total += 15 * MINUTE * open_now
    return total


@given(some_hours(), NEAR_CHANGES, st.integers(-200, 200), st.integers(0, 1000))
def test_counting_agrees_with_looking_at_the_wall(hours: WorkHours, near: int, back: int, length: int) -> None:
    start = near + back * 15 * MINUTE
    end = start + length * 15 * MINUTE
    assert hours.worked(start, end) == counted_by_hand(hours, start, end)


INSTANTS = st.one_of(
    st.datetimes().map(wall_instant), st.integers(at(2020, 1, 1), at(2026, 1, 1)), st.sampled_from([0, LAST])
)


@settings(max_examples=30)  # centuries take their time
@given(some_hours(), st.lists(INSTANTS, min_size=3, max_size=3).map(sorted))
@example(read_hours("Mon 00:00-24:00 Asia/Kathmandu"), [0, 1, LAST])
def test_it_is_additive_and_never_longer_than_what_passes(hours: WorkHours, instants: list[int]) -> None:
    first, middle, last = instants
    assert hours.worked(first, middle) + hours.worked(middle, last) == hours.worked(first, last)
    assert 0 <= hours.worked(first, last) <= last - first
    assert ALWAYS.worked(first, last) == last - first


@given(some_hours(), INSTANTS.filter(lambda instant: instant < LAST - 7 * DAY))
def test_where_no_clock_is_moved_a_week_has_the_hours_of_its_days(hours: WorkHours, start: int) -> None:
    week = read_hours(f"{hours.text.rpartition(' ')[0]} UTC").worked(start, start + 7 * DAY)
    assert week == sum(last - first for first, last in hours.spans())
    days = [start + day * DAY for day in range(8)]
    assert sum(hours.worked(*pair) for pair in pairwise(days)) == hours.worked(days[0], days[-1])


@st.composite
def rough(draw: st.DrawFn) -> Interval:
    earliest, nominal, latest = sorted(draw(st.lists(INSTANTS, min_size=3, max_size=3)))
    return Interval(earliest, latest, nominal, "about")


@settings(max_examples=30)
@given(some_hours(), rough(), rough())
def test_a_length_by_hours_lies_within_the_elapsed_one(hours: WorkHours, start: Interval, end: Interval) -> None:
    counted, passed = hours.between(start, end), between(start, end)
    assert counted.backwards == passed.backwards
    assert counted.shortest <= counted.longest
    if start.nominal <= end.nominal:
        assert counted.shortest <= counted.nominal <= counted.longest
    assert counted.shortest <= passed.shortest
    assert counted.longest <= passed.longest
    assert (counted.about, ALWAYS.between(start, end)) == (passed.about, passed)

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import zones
from schemas.moments import (
    ABOUT_MARGIN,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Duration,
    Interval,
    between,
    instant,
    interval,
    margin_length,
    span_text,
    wall_clock,
    wall_instant,
)
from tests.schemas import stories

BERLIN = ZoneInfo("Europe/Berlin")
zone_values = stories.zone_names.map(zones.resolve)
known_zones = zone_values.filter(lambda zone: zone is not None)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, middle, high = sorted(draw(st.lists(st.integers(-3 * DAY, 3 * DAY), min_size=3, max_size=3)))
    return draw(
        st.sampled_from(
            [
                Interval(middle, middle, middle),
                Interval(low, high, middle, "about"),
                Interval(low, high, low, "between"),
                Interval(low, high, low, "day"),
            ]
        )
    )


def test_instants_are_counted_from_the_first_year() -> None:
    assert instant(datetime(1, 1, 1), None) == 0
    assert instant(datetime(1, 1, 2, tzinfo=UTC), BERLIN) == DAY
    assert instant(datetime(2024, 5, 2, 9), ZoneInfo("Africa/Nairobi")) == instant(
        datetime(2024, 5, 2, 6, tzinfo=UTC), None
    )


@given(st.datetimes(), st.datetimes(), stories.offsets, stories.offsets)
def test_instants_of_aware_times_differ_as_the_times_do(a: datetime, b: datetime, za: tzinfo, zb: tzinfo) -> None:
    aware_a, aware_b = a.replace(tzinfo=za), b.replace(tzinfo=zb)
    assert instant(aware_a, None) - instant(aware_b, None) == (aware_a - aware_b) // timedelta(microseconds=1)


@given(stories.exact_times, zone_values)
def test_every_time_has_an_instant_and_a_wall_clock_near_it(at: datetime, zone: tzinfo | None) -> None:
    moment = instant(at, zone)
    assert abs(moment - wall_instant(at)) < DAY
    assert abs(wall_instant(wall_clock(moment, zone)) - moment) <= DAY


@given(st.datetimes(), known_zones)
def test_a_wall_clock_comes_back_unless_the_clocks_changed(at: datetime, zone: tzinfo) -> None:
    back = wall_clock(instant(at, zone), zone)
    changed = zones.offset_at(zone, at.replace(fold=0)) != zones.offset_at(zone, at.replace(fold=1))
    assert back == at or changed


@given(st.integers(-2 * DAY, wall_instant(datetime.max) + 2 * DAY), stories.offsets)
def test_wall_clocks_of_fixed_offsets_are_exact_inside_the_calendar(moment: int, zone: timezone) -> None:
    shown = moment + zone.utcoffset(None) // timedelta(microseconds=1)
    held = min(max(shown, 0), wall_instant(datetime.max))
    assert wall_instant(wall_clock(moment, zone)) == held


def test_clock_changes() -> None:
    assert wall_clock(instant(datetime(2024, 3, 31, 2, 30), BERLIN), BERLIN) == datetime(2024, 3, 31, 3, 30)
    twice = datetime(2024, 10, 27, 2, 30)
    assert instant(twice, BERLIN) == instant(datetime(2024, 10, 27, 0, 30, tzinfo=UTC), None)
    assert wall_clock(instant(datetime(2024, 10, 27, 1, 30, tzinfo=UTC), None), BERLIN) == twice


def test_offsets_with_seconds_are_exact() -> None:
    monrovia = ZoneInfo("Africa/Monrovia")  # 44 minutes and 30 seconds behind UTC until 1972
    assert instant(datetime(1970, 1, 1), monrovia) - instant(datetime(1970, 1, 1), None) == 44 * MINUTE + 30 * SECOND


@given(
    stories.exact_times | stories.days,
    zone_values,
    st.none() | stories.exact_times | stories.days,
    st.booleans(),
    stories.margins,
)
def test_intervals_hold_what_they_show(
    at: datetime | date, zone: tzinfo | None, latest: datetime | date | None, about: bool, margin: str
) -> None:
    plain = interval(at, zone=zone)
    found = interval(at, zone=zone, latest=latest, about=about, margin=margin)
    assert found.earliest <= found.nominal <= found.latest
    # Knowing less never makes an interval narrower.
    assert found.earliest <= plain.earliest <= plain.latest <= found.latest
    if latest is not None:
        other = interval(latest, zone=zone)
        assert found.earliest <= other.earliest <= other.latest <= found.latest
    assert found.exact == (found.precision == "exact") or found.latest == found.earliest


def test_precision_is_what_was_said() -> None:
    nine = datetime(2024, 5, 2, 9)
    assert interval(nine, zone=None).precision == "exact"
    assert interval(nine, zone=None, about=True).precision == "about"
    assert interval(nine, zone=None, margin="5m").precision == "about"
    assert interval(nine, zone=None, latest=datetime(2024, 5, 2, 10)).precision == "between"
    assert interval(nine.date(), zone=None, about=True).precision == "day"
    assert interval(nine, zone=None, about=True, margin="0m") == interval(nine, zone=None)


def test_about_allows_a_quarter_of_an_hour_unless_told() -> None:
    nine = datetime(2024, 5, 2, 9)
    found = interval(nine, zone=None, about=True)
    assert (found.earliest, found.latest) == (found.nominal - ABOUT_MARGIN, found.nominal + ABOUT_MARGIN)
    found = interval(nine, zone=None, about=True, margin="2h")
    assert found.latest - found.earliest == 4 * HOUR
    # A margin that nobody can read still says that the time is not exact.
    assert interval(nine, zone=None, margin="a while") == interval(nine, zone=None, about=True)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2024, 5, 2), None, 24),
        (date(2024, 3, 31), BERLIN, 23),
        (date(2024, 10, 27), BERLIN, 25),
        (date(2011, 12, 30), ZoneInfo("Pacific/Apia"), 0),
        (date.max, BERLIN, 24),
        (date.min, BERLIN, 24),
    ],
)
def test_a_day_is_as_long_as_it_was(day: date, zone: tzinfo | None, hours: int) -> None:
    found = interval(day, zone=zone)
    assert found.latest - found.earliest == max(0, hours * HOUR - 1)
    assert found.nominal == found.earliest


def test_a_second_time_that_lies_before_the_first_is_taken_as_the_earlier_end() -> None:
    third, first = date(2024, 5, 3), date(2024, 5, 1)
    assert interval(third, zone=None, latest=first) == interval(first, zone=None, latest=third)
    assert interval(third, zone=None, latest=first).earliest == interval(first, zone=None).earliest


@given(intervals(), intervals(), st.integers(0, 100), st.integers(0, 100))
def test_durations_hold_every_length_that_was_possible(a: Interval, b: Interval, i: int, j: int) -> None:
    length = between(a, b)
    start = a.earliest + (a.latest - a.earliest) * i // 100
    end = b.earliest + (b.latest - b.earliest) * j // 100
    if start <= end:
        assert not length.backwards
        assert length.shortest <= end - start <= length.longest
    if not length.backwards:
        assert 0 <= length.shortest <= length.nominal <= length.longest
        assert length.minutes == (length.shortest / MINUTE, length.longest / MINUTE)
    else:
        assert b.latest < a.earliest
        assert (length.shortest, length.longest, length.nominal) == (0, 0, 0)
        assert length.text == "unknown"
        assert length.minutes is None
    if a.exact and b.exact and not length.backwards:
        assert length.shortest == length.longest == b.nominal - a.nominal


def moment(hour: int, minute: int = 0, **rough: object) -> Interval:
    return interval(datetime(2024, 5, 2, hour, minute), zone=None, **rough)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (moment(9), moment(10, 24), "1h 24m"),
        (moment(9, about=True), moment(10, 24), "about 1h 24m"),
        (moment(9, about=True), moment(10, 24, about=True), "about 1h 24m"),
        (moment(9), moment(10, latest=datetime(2024, 5, 2, 10, 30)), "1h 00m–1h 30m"),
        (moment(9, about=True), moment(9, 10), "0m–25m"),
        (moment(9, about=True), moment(9, about=True), "0m–30m"),
        (moment(9, margin="6h"), moment(11), "0m–8h 00m"),
        (moment(9), interval(date(2024, 5, 2), zone=None), "0m–15h 00m"),
        (moment(9), interval(date(2024, 5, 4), zone=None), "39h 00m–2d 15h 00m"),
        (moment(9), moment(9), "0m"),
        (moment(9, margin="10s"), moment(10, 24), "about 1h 24m"),
        (moment(9), moment(8), "unknown"),
    ],
)
def test_how_durations_read(start: Interval, end: Interval, text: str) -> None:
    assert between(start, end).text == text


def test_bounds_that_read_the_same_are_one_length() -> None:
    assert Duration(61 * MINUTE, 61 * MINUTE + 20 * SECOND, 61 * MINUTE).text == "1h 01m"


@pytest.mark.parametrize(
    ("length", "text", "short"),
    [
        (0, "0m", "0m"),
        (SECOND // 3, "0m", "0m"),
        (45 * SECOND, "45s", "45s"),
        (90 * SECOND, "1m 30s", "1m 30s"),
        (5 * MINUTE, "5m", "5m"),
        (599 * SECOND, "9m 59s", "9m 59s"),
        (601 * SECOND, "10m", "10m"),
        (59 * MINUTE + 59 * SECOND, "59m", "59m"),
        (HOUR, "1h 00m", "1h"),
        (65 * MINUTE, "1h 05m", "1h 05m"),
        (20 * HOUR, "20h 00m", "20h"),
        (48 * HOUR - MINUTE, "47h 59m", "47h 59m"),
        (48 * HOUR, "2d 0h 00m", "2d"),
        (48 * HOUR - 1, "2d 0h 00m", "2d"),
        (48 * HOUR + 5 * MINUTE, "2d 0h 05m", "2d 0h 05m"),
        (111 * HOUR, "4d 15h 00m", "4d 15h"),
        (-90 * SECOND, "-1m 30s", "-1m 30s"),
    ],
)
def test_how_lengths_read(length: int, text: str, short: str) -> None:
    assert span_text(length) == text
    assert span_text(length, short=True) == short


def minutes_in(text: str) -> float:
    units = {"d": 1440.0, "h": 60.0, "m": 1.0, "s": 1 / 60}
    return sum(float(part[:-1]) * units[part[-1]] for part in text.split())


@given(st.integers(0, 4000 * DAY), st.booleans())
def test_a_length_reads_as_what_it_is(length: int, short: bool) -> None:
    said = minutes_in(span_text(length, short=short)) * MINUTE
    assert said - SECOND <= length < said + MINUTE + SECOND


@pytest.mark.parametrize(
    ("margin", "length"),
    [
        ("15m", 15 * MINUTE),
        (" 15 min ", 15 * MINUTE),
        ("1.5h", 90 * MINUTE),
        ("2d", 2 * DAY),
        ("30s", 30 * SECOND),
        ("0m", 0),
        ("", None),
        ("m", None),
        ("-5m", None),
        ("15", None),
        ("9" * 400 + "d", None),
        ("1h\n", HOUR),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_margins(margin: str, length: int | None) -> None:
    assert margin_length(margin) == length

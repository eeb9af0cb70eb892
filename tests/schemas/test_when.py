"""Times that people type: what is taken from the context, what is doubted, and what no text can do."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas import zones
from schemas.moments import SLIP, UNDATED_DAY, When
from schemas.when import Context, NotATime, Reading, read_time, take_time
from schemas.when_text import format_when
from tests.schemas.typed_times import NAIROBI, NOWHERE, place, said


class TestTheDayOfAClock:
    def test_the_day_of_the_event_before_is_no_decision(self) -> None:
        reading = read_time("14:05", NAIROBI)
        assert (reading.assumed, reading.notes, reading.as_written) == ("", (), "")

    def test_the_next_day_where_the_clock_has_gone_back(self) -> None:
        reading = read_time("02:00", NAIROBI)
        assert reading.assumed == "next day, because the story moves forward"
        assert reading.as_written == "02:00"

    def test_seconds_of_the_event_before_do_not_push_its_own_minute_to_the_next_day(self) -> None:
        context = replace(NAIROBI, after=datetime(2024, 5, 2, 14, 5, 33))
        assert said(read_time("14:05", context)) == "2024-05-02 14:05"
        assert said(read_time("14:05:00", context)) == "2024-05-02 14:05"

    def test_a_little_back_is_an_event_that_was_forgotten(self) -> None:
        reading = read_time("12:40", NAIROBI)
        assert (said(reading), reading.assumed) == ("2024-05-02 12:40", "same day, a little before the event above")

    def test_today_where_nothing_is_before(self) -> None:
        reading = read_time("14:05", replace(NAIROBI, after=None))
        assert (said(reading), reading.assumed) == ("2024-05-06 14:05", "today's date")

    def test_a_clock_stays_a_clock_where_no_day_is_known(self) -> None:
        assert read_time("14:05", NOWHERE).at == time(14, 5)
        assert read_time("14:05-14:20", NOWHERE).until == time(14, 20)

    def test_a_clock_stays_a_clock_in_a_story_without_dates(self) -> None:
        undated = Context(after=datetime.combine(UNDATED_DAY, time(23, 0)), today=date(2024, 5, 6), undated=True)
        assert read_time("02:00", undated).at == time(2, 0)
        assert read_time("+90m", undated).at == time(0, 30)
        assert read_time("14:05 UTC", undated) == Reading(time(14, 5), zone="UTC")
        assert read_time("14:05 PST", undated).zone == "-08:00"
        assert read_time("2024-05-02 14:05", undated).at == datetime(2024, 5, 2, 14, 5)

    def test_an_event_that_is_corrected_keeps_its_day(self) -> None:
        own = replace(NAIROBI, own=datetime(2024, 5, 4, 9, 30))
        assert said(read_time("08:15", own)) == "2024-05-04 08:15"
        assert read_time("08:15", own).assumed == ""
        assert said(read_time("+15m", own)) == "2024-05-02 13:15"

    def test_another_zone_is_compared_by_its_own_clock(self) -> None:
        # 13:00 in Nairobi is 10:00 UTC: 11:00 UTC is still the same day, 07:00 UTC the next.
        assert said(read_time("11:00 UTC", NAIROBI)) == "2024-05-02 11:00 +00:00"
        assert said(read_time("07:00 UTC", NAIROBI)) == "2024-05-03 07:00 +00:00"

    def test_without_a_zone_the_wall_clock_is_all_there_is(self) -> None:
        assert read_time("14:05", replace(NAIROBI, zone=None, zone_name="")).at == datetime(2024, 5, 2, 14, 5)

    @given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 30)), st.times())
    def test_the_story_moves_forward_but_for_a_slip(self, after: datetime, clock: time) -> None:
        at = read_time(format_when(clock, seconds=True), Context(after=after)).at
        assert isinstance(at, datetime)
        known = after if clock.microsecond else after.replace(microsecond=0)
        assert at.time() == clock
        assert -SLIP < at - known < timedelta(days=1)
        assert at.date() == after.date() or at - known <= timedelta(days=1, seconds=1) - SLIP


class TestMissingYears:
    def test_the_year_that_lies_nearest_to_the_event_before(self) -> None:
        january = replace(NAIROBI, after=datetime(2024, 1, 2), today=date(2024, 5, 6))
        assert said(read_time("30 Dec 14:05", january)) == "2023-12-30 14:05"
        assert read_time("30 Dec 14:05", january).assumed == "the year 2023"

    def test_not_the_future(self) -> None:
        december = Context(after=datetime(2023, 12, 30), today=date(2023, 12, 31))
        assert read_time("3 Jan", december).at == date(2023, 1, 3)
        assert read_time("3 Jan", replace(december, today=date(2024, 2, 1))).at == date(2024, 1, 3)

    def test_a_leap_day(self) -> None:
        assert read_time("29 Feb", Context(today=date(2023, 5, 6))).at == date(2020, 2, 29)

    def test_a_weekday_settles_the_year(self) -> None:
        # 9 January was a Tuesday in 2024 and a Monday in 2023.
        assert read_time("Mon 9 Jan", NAIROBI).at == date(2023, 1, 9)
        assert read_time("Tue 9 Jan", NAIROBI).at == date(2024, 1, 9)

    def test_nothing_is_known(self) -> None:
        with pytest.raises(NotATime, match="has no year"):
            read_time("3 May", NOWHERE)
        with pytest.raises(NotATime, match="which Friday"):
            read_time("Friday", NOWHERE)
        with pytest.raises(NotATime, match="what day"):
            read_time("yesterday", NOWHERE)


class TestNumericDates:
    @pytest.mark.parametrize(("day_first", "day"), [(True, date(2024, 4, 10)), (False, date(2024, 10, 4))])
    def test_the_order_of_the_house_decides(self, day_first: bool, day: date) -> None:
        assert read_time("10/04/2024", replace(NAIROBI, day_first=day_first)).at == day
        assert read_time("10/04/2024", replace(NAIROBI, day_first=day_first)).assumed

    @pytest.mark.parametrize("day_first", [True, False, None])
    def test_figures_over_twelve_decide_against_it(self, day_first: bool | None) -> None:
        context = replace(NAIROBI, day_first=day_first)
        assert read_time("25/04/2024", context).at == date(2024, 4, 25)
        assert read_time("04/25/2024", context).at == date(2024, 4, 25)

    def test_short_ones(self) -> None:
        assert read_time("4/21", NAIROBI).at == date(2024, 4, 21)
        assert read_time("4/5", replace(NAIROBI, day_first=True)).at == date(2024, 5, 4)
        assert read_time("4/5 14:05", replace(NAIROBI, day_first=False)).at == datetime(
            2024, 4, 5, 14, 5, tzinfo=timezone(timedelta(hours=3))
        )

    @given(st.dates(date(1000, 1, 1)))
    def test_what_is_read_is_one_of_the_two_readings(self, day: date) -> None:
        text = f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
        if day.day > 12 or day.day == day.month:
            assert read_time(text, NOWHERE).at == day
        else:
            with pytest.raises(NotATime, match=day.isoformat()):
                read_time(text, NOWHERE)


class TestZones:
    def test_an_abbreviation_means_the_place_of_the_incident(self) -> None:
        assert said(read_time("14:05 CST", place("Asia/Shanghai"))) == "2024-05-06 14:05 +08:00"
        assert said(read_time("14:05 IST", place("Asia/Kolkata"))) == "2024-05-06 14:05 +05:30"
        assert (
            said(read_time("14:05 CST", place("America/Winnipeg", datetime(2024, 1, 3)))) == "2024-01-03 14:05 -06:00"
        )

    def test_one_that_was_not_in_force_is_the_wall_clock_of_its_place(self) -> None:
        reading = read_time("9 June 2023 14:05 PST", NAIROBI)
        assert said(reading) == "2023-06-09 14:05 -07:00"
        assert reading.notes == ("PST, but PDT was in force on 9 June",)
        assert reading.as_written == "9 June 2023 14:05 PST"

    def test_one_that_was_in_force_raises_no_doubt(self) -> None:
        assert read_time("9 January 2023 14:05 PST", NAIROBI).notes == ()
        assert read_time("9 June 2023 14:05 MST", place("America/Phoenix")).notes == ()

    def test_an_hour_that_the_clocks_skipped(self) -> None:
        reading = read_time("2024-03-10 02:30", place("America/Los_Angeles"))
        assert said(reading) == "2024-03-10 03:30 -07:00"
        assert reading.notes == ("02:30 on 10 March 2024 did not exist, as clocks went forward; read as 03:30",)

    def test_an_hour_that_came_twice(self) -> None:
        reading = read_time("2024-11-03 01:30", place("America/Los_Angeles"))
        assert said(reading) == "2024-11-03 01:30 -07:00"
        assert "came twice" in reading.notes[0]

    def test_lengths_count_what_passes_and_days_the_calendar(self) -> None:
        before = place("America/Los_Angeles", datetime(2024, 3, 9, 23, 0))
        assert said(read_time("+4h", before)) == "2024-03-10 04:00 -07:00"
        assert said(read_time("+1d", before)) == "2024-03-10 23:00 -07:00"

    def test_a_named_place_is_kept_only_where_it_is_not_the_incidents(self) -> None:
        assert read_time("14:05 Europe/Paris", NAIROBI).zone == "Europe/Paris"
        assert read_time("14:05 Europe/Paris", place("Europe/Paris")).zone == ""
        assert read_time("14:05 UTC", NAIROBI).zone == ""

    def test_a_day_keeps_its_zone(self) -> None:
        assert read_time("2024-05-02 (UTC)", NAIROBI) == Reading(date(2024, 5, 2), zone="UTC")


class TestDoubts:
    def test_a_typing_error_is_read_as_what_it_can_only_mean(self) -> None:
        reading = read_time("23:59 PM", NAIROBI)
        assert (reading.notes, reading.as_written) == (("23:59 PM can only mean 23:59",), "23:59 PM")

    def test_a_weekday_that_does_not_fit(self) -> None:
        assert read_time("Sat 2 May 2024", NAIROBI).notes == ("2 May 2024 was a Thursday, not a Saturday",)

    def test_an_end_before_the_start(self) -> None:
        assert "the end lies before the start" in read_time("2024-05-02 - 2024-05-01", NAIROBI).notes

    def test_the_start_is_not_known(self) -> None:
        with pytest.raises(NotATime, match="nothing to count from"):
            read_time("T+5m", replace(NAIROBI, origin=None))
        with pytest.raises(NotATime, match="no event before this"):
            read_time("+5m", replace(NAIROBI, after=None))


class TestTheTimeALineBeginsWith:
    @pytest.mark.parametrize(
        ("line", "meaning", "rest"),
        [
            ("14:05 paged the on-call", "2024-05-02 14:05", " paged the on-call"),
            ("  14:05: paged", "2024-05-02 14:05", ": paged"),
            ("2 pm. All fine", "2024-05-02 14:00", ". All fine"),
            ("14:05-14:20 rebooted", "2024-05-02 14:05 – 2024-05-02 14:20", " rebooted"),
            ("14:05 - 2 servers died", "2024-05-02 14:05", " - 2 servers died"),
            ("14:05 3.5 million users", "2024-05-02 14:05", " 3.5 million users"),
            ("14:05 UTC - 5 servers down", "2024-05-02 14:05 +00:00", " - 5 servers down"),
            ("14:05 est. 50 users", "2024-05-02 14:05", " est. 50 users"),
            ("14:05 may be wrong", "2024-05-02 14:05", " may be wrong"),
            ("14:05 Monday's deploy", "2024-05-02 14:05", " Monday's deploy"),
            ("14:05 on Monday we saw it", "2024-05-06 14:05", " we saw it"),
            ("May 3 servers went down", "2024-05-03", " servers went down"),
            ("May 3 02:00 fixed", "2024-05-03 02:00", " fixed"),
            ("about 14:05 50 users left", "~2024-05-02 14:05", " 50 users left"),
            ("15 minutes later it died", "2024-05-02 13:15", " it died"),
            ("? somebody rebooted it", "?", " somebody rebooted it"),
            ("T+0:35 - opened the panel", "2024-05-02 12:35", " - opened the panel"),
            ("12:05开始", "2024-05-02 12:05", "开始"),
            ("2024-05-02T14:05:00.123Z up", "2024-05-02 14:05:00.123000 +00:00", " up"),
        ],
    )
    def test_it_is_taken_and_the_rest_stays(self, line: str, meaning: str, rest: str) -> None:
        reading, left = take_time(line, NAIROBI)
        assert reading is not None
        assert (said(reading), left) == (meaning, rest)

    @pytest.mark.parametrize(
        "line",
        [
            "", "   ", "paged the on-call", "2 engineers joined", "99 bottles", "1405 users hit", "14 hosts down",
            "1.2.10 released", "1.14.33 released", "10.0.0.1 was unreachable", "3.50 USD lost", "10.25% of users",
            "1/2 of the servers", "4/5 nodes", "3:1 replication", "10:20:30:40 odd", "14:05abc", "14:05_x",
            "May we restart?", "may 3 servers be down", "3 may be enough", "Sat down with them", "Monday was busy",
            "today we found it", "yesterday we did", "about 50 users", "at least two", "on call", "between us",
            "unknown error", "+15 servers added", "15 minutes of silence", "T-shirt", "next step", "-15m", "~",
            "[link](x)", "12 monkeys", "2024 was long", "20240502 rows", "December was quiet", "10.12.2 shipped",
        ],
    )  # fmt: skip
    def test_what_is_no_time_is_left_alone(self, line: str) -> None:
        assert take_time(line, NAIROBI) == (None, line)

    @pytest.mark.parametrize(
        "line", ["25:10 boom", "14:05 CST boom", "10/04/2024 boom", "2024-02-30 boom", "HH:MM boom", "[Time] boom"]
    )
    def test_what_was_clearly_meant_as_one_is_refused(self, line: str) -> None:
        with pytest.raises(NotATime):
            take_time(line, NAIROBI)


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = (
    st.none() | st.dates() | st.times() | st.datetimes()
    | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=OFFSETS)
)  # fmt: skip


class TestShowing:
    @given(MOMENTS, st.booleans())
    def test_what_is_shown_reads_back(self, value: When | None, seconds: bool) -> None:
        assert read_time(format_when(value, seconds=seconds), NOWHERE) == Reading(value)

    @given(
        st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.sampled_from(["Africa/Nairobi", "Europe/Paris"])
    )
    def test_it_reads_back_in_the_zone_it_is_shown_for(self, wall: datetime, name: str) -> None:
        context = replace(place(name), today=None)
        value = read_time(format_when(wall), context).at
        assert isinstance(value, datetime)
        assert value.tzinfo is not None
        assert read_time(format_when(value, zone=context.zone), context).at == value

    def test_what_it_looks_like(self) -> None:
        value = datetime(2024, 5, 2, 9, 0, tzinfo=timezone(timedelta(hours=-3)))
        assert format_when(value) == "2024-05-02 09:00 -03:00"
        assert format_when(value, seconds=True) == "2024-05-02 09:00:00 -03:00"
        assert format_when(value, zone=zones.resolve("America/Sao_Paulo")) == "2024-05-02 09:00"
        assert format_when(value, zone=zones.resolve("Africa/Nairobi")) == "2024-05-02 09:00 -03:00"
        assert format_when(None) == "?"

    def test_an_hour_that_came_twice_keeps_its_offset(self) -> None:
        second = datetime(2024, 11, 3, 1, 30, tzinfo=timezone(timedelta(hours=-8)))
        assert format_when(second, zone=zones.resolve("America/Los_Angeles")) == "2024-11-03 01:30 -08:00"

    def test_an_offset_beyond_the_world_is_shown_at_utc(self) -> None:
        odd = datetime(2024, 5, 2, 9, 0, tzinfo=timezone(timedelta(hours=20)))
        assert read_time(format_when(odd), NOWHERE).at == odd.astimezone(UTC)


PIECES = st.sampled_from(
    ["14:05", "2pm", "noon", "May 3", "3 May", "2024-05-02", "10/04/2024", "Thu", "yesterday", "UTC", "CST", "+03:00",
     "-", "–", "to", "~", "about", "between", "and", "+15m", "T+", "0:15", "?", "later", "±5m", ",", "at", "on", "T",
     "Z", "99", "9999-12-31", "0001-01-01", "23:59", "Europe/Paris", "(", ")", "[", "]", "++", "999999999d", ".."]
)  # fmt: skip
TEXTS = (
    st.text(max_size=40)
    | st.text("0123456789:/-.+~?TZapm ", max_size=30)
    | st.lists(PIECES, max_size=7).map(" ".join)
    | st.lists(PIECES, max_size=5).map("".join)
)
CONTEXTS = st.sampled_from(
    [
        NOWHERE,
        NAIROBI,
        place("America/Los_Angeles", datetime(2024, 3, 9, 23, 0)),
        replace(NAIROBI, after=datetime(1, 1, 1), origin=datetime(1, 1, 1), today=date(1, 1, 1)),
        replace(NAIROBI, after=datetime.max, origin=datetime.max, today=date.max),
        Context(after=datetime.combine(UNDATED_DAY, time(23)), undated=True),
        replace(NAIROBI, own=datetime.max),
    ]
)


class TestAnyText:
    @given(TEXTS, CONTEXTS)
    def test_nothing_else_is_raised(self, text: str, context: Context) -> None:
        try:
            reading = read_time(text, context)
        except NotATime:
            return
        assert not (reading.assumed or reading.notes) or reading.as_written

    @given(TEXTS, CONTEXTS)
    def test_a_line_loses_nothing_behind_its_time(self, text: str, context: Context) -> None:
        try:
            reading, rest = take_time(text, context)
        except NotATime:
            return
        assert text.endswith(rest)
        assert reading is not None or rest == text

    def test_long_figures(self) -> None:
        for text in ("9" * 5000, "9" * 5000 + ":00", "+" + "9" * 5000 + "m", "1" * 99 + ":" + "2" * 9):
            with pytest.raises(NotATime):
                read_time(text, NAIROBI)


def test_dateutil_is_loaded_only_when_it_is_asked() -> None:
    script = (
        "import sys\n"
        "from schemas.when import Context, read_time\n"
        "read_time('2024-05-02 09:00', Context())\n"
        "assert not any(name.startswith('dateutil') for name in sys.modules)\n"
        "read_time('2024 May 3 14:05', Context())\n"
        "assert 'dateutil.parser' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)

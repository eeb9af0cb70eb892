"""Times as standards, logs and programs write them, and zones however they are named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from schemas.when import NotATime, read_time, take_time
from tests.schemas.typed_times import NAIROBI, NOWHERE, place, said

STANDARDS = [
    # ISO 8601, extended and basic
    ("2024-05-02T09:00:00.5+03:00", "2024-05-02 09:00:00.500000"),
    ("2024-05-02T14:05:33,5Z", "2024-05-02 14:05:33.500000 +00:00"),
    ("2024-05-02T14:05.5Z", "2024-05-02 14:05:30 +00:00"),
    ("2024-05-02T14,25Z", "2024-05-02 14:15 +00:00"),
    ("2024-05-02T14", "2024-05-02 14:00"),
    ("2024-05-02T14Z", "2024-05-02 14:00 +00:00"),
    ("20240502T140533,25Z", "2024-05-02 14:05:33.250000 +00:00"),
    ("20240502T1405+0300", "2024-05-02 14:05"),
    ("20240502T14Z", "2024-05-02 14:00 +00:00"),
    ("20240502", "2024-05-02"),
    ("2024-W18-4", "2024-05-02"),
    ("2024W184", "2024-05-02"),
    ("2024-W18-4T14:05Z", "2024-05-02 14:05 +00:00"),
    ("2024W184T1405Z", "2024-05-02 14:05 +00:00"),
    ("2020-W53-7", "2021-01-03"),
    ("2024-W18", "2024-04-29 .. 2024-05-05"),
    ("2024-123", "2024-05-02"),
    ("2024-366", "2024-12-31"),
    ("2024123", "2024-05-02"),
    ("2024-123T14:05:00Z", "2024-05-02 14:05 +00:00"),
    ("2024-02", "2024-02-01 .. 2024-02-29"),
    ("2022-02-??", "2022-02-01 .. 2022-02-28"),
    ("2022-02-?? 14:05", "2022-02-01 14:05 .. 2022-02-28 14:05"),
    ("2024-05-02T24:00:00Z", "2024-05-03 00:00 +00:00"),
    ("2024-12-31T24:00Z", "2025-01-01 00:00 +00:00"),
    # RFC 3339 and the like
    ("2024-05-02t14:05:00z", "2024-05-02 14:05 +00:00"),
    ("2024-05-02 14:05:00.123456Z", "2024-05-02 14:05:00.123456 +00:00"),
    ("2024-05-02T14:05:00.123456789Z", "2024-05-02 14:05:00.123456 +00:00"),
    ("2024-05-02T14:05:00-00:00", "2024-05-02 14:05 +00:00"),
    ("2024-05-02_14:05", "2024-05-02 14:05"),
    ("2016-12-31T23:59:60Z", "2016-12-31 23:59:59 +00:00"),
    ("[02/May/2024:09:00:00 +0300]", "2024-05-02 09:00"),
    ("[2024-05-02T14:05:00Z]", "2024-05-02 14:05 +00:00"),
    ("(14:05)", "2024-05-02 14:05"),
    ("Thu, 02 May 2024 09:00:00 GMT", "2024-05-02 09:00 +00:00"),
    ("May  2 14:05:33", "2024-05-02 14:05:33"),
    ("2024-05-02 14:05:33,123", "2024-05-02 14:05:33.123000"),
    # counted from 1970
    ("1714629600", "2024-05-02 06:00 +00:00"),
    ("1714629600123", "2024-05-02 06:00:00.123000 +00:00"),
    ("1714629600123456", "2024-05-02 06:00:00.123456 +00:00"),
    ("1714629600123456789", "2024-05-02 06:00:00.123456 +00:00"),
    ("[1714629600.123]", "2024-05-02 06:00:00.123000 +00:00"),
    ("@1714629600", "2024-05-02 06:00 +00:00"),
    ("999999999", "2001-09-09 01:46:39 +00:00"),
    # spread over the parts that they have
    ("2024年5月2日", "2024-05-02"),
    ("03, 14, 2024", "2024-03-14"),
    ("03, 14, 2024 14:05", "2024-03-14 14:05"),
    ("May 2024", "2024-05-01 .. 2024-05-31"),
    ("Dec 2023", "2023-12-01 .. 2023-12-31"),
    ("between 2 and 3 pm", "2024-05-02 14:00 .. 2024-05-02 15:00"),
    ("12:00 noon", "2024-05-02 12:00"),
    ("2 o'clock", "2024-05-03 02:00"),
    ("t+5m", "2024-05-02 12:05"),
    # zones
    ("15.26 EAT", "2024-05-02 15:26"),
    ("00.00 EAT", "2024-05-03 00:00"),
    ("5AM UTC", "2024-05-03 05:00 +00:00"),
    ("UTC 14:05", "2024-05-02 14:05 +00:00"),
    ("(UTC) 14:05", "2024-05-02 14:05 +00:00"),
    ("14:05 +3", "2024-05-02 14:05"),
    ("23:05 UTC+05:45", "2024-05-02 23:05 +05:45"),
    ("14:05 GMT-3", "2024-05-02 14:05 -03:00"),
    ("14:05 PST8PDT", "2024-05-02 14:05 -07:00"),
    ("2024-01-02 14:05 PST8PDT", "2024-01-02 14:05 -08:00"),
    ("14:05 US/Eastern", "2024-05-02 14:05 -04:00 [US/Eastern]"),
    ("14:05 US Eastern", "2024-05-02 14:05 -04:00"),
    ("2024-01-02 14:05 ET", "2024-01-02 14:05 -05:00"),
    ("14:05 ET", "2024-05-02 14:05 -04:00"),
    ("14:05 pacific Time", "2024-05-02 14:05 -07:00"),
    ("2024-01-02 14:05 Pacific Time", "2024-01-02 14:05 -08:00"),
    ("14:05 Pacific Time (US & Canada)", "2024-05-02 14:05 -07:00"),
    ("2024-01-02 14:05 Eastern Standard Time", "2024-01-02 14:05 -05:00"),
    ("2024-01-02 14:05 Central Standard Time", "2024-01-02 14:05 -06:00"),
    ("14:05 China Standard Time", "2024-05-03 14:05 +08:00"),
    ("14:05 India Standard Time", "2024-05-02 14:05 +05:30"),
    ("14:05 British Summer Time", "2024-05-02 14:05 +01:00"),
    ("14:05 Central European Summer Time", "2024-05-02 14:05 +02:00"),
    ("2024-01-02 14:05 Central European Time", "2024-01-02 14:05 +01:00"),
    ("14:05 West Central Africa Standard Timezone", "2024-05-02 14:05 +01:00"),
    ("14:05 (West Africa Time)", "2024-05-02 14:05 +01:00"),
    ("14:05 Central Africa Time", "2024-05-02 14:05 +02:00"),
    ("14:05 East Africa Time", "2024-05-02 14:05"),
    ("14:05 E. Africa Standard Time", "2024-05-02 14:05"),
    ("14:05 W. Europe Standard Time", "2024-05-02 14:05 +02:00"),
    ("14:05 Greenwich Mean Time", "2024-05-02 14:05 +00:00"),
    ("14:05 (Coordinated Universal Time)", "2024-05-02 14:05 +00:00"),
    ("14:05 Universal Time", "2024-05-02 14:05 +00:00"),
    ("14:05 UTC time", "2024-05-02 14:05 +00:00"),
    ("14:05 Zulu time", "2024-05-02 14:05 +00:00"),
]


@pytest.mark.parametrize(("text", "meaning"), STANDARDS, ids=[form[0] for form in STANDARDS])
def test_written_forms(text: str, meaning: str) -> None:
    assert said(read_time(text, NAIROBI)) == meaning


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("09:4+", "09:40, or 09:40..09:49"),
        ("09:4+ PM", "lacks a figure"),
        ("2024-000", "no day 0"),
        ("2023-366", "no day 366"),
        ("2024-W54-1", "no 2024-W54-1"),
        ("2021-W53", "no 2021-W53"),
        ("2022-13-??", "no month 13"),
        ("9999999999", "is no time"),
        ("12345", "is no time"),
        ("14.05.33", "14:05:33 or 2033-05-14"),
        ("14:05:60", "minutes and seconds to 59"),
        ("now", "what time it is"),
        ("15m ago", "what time it is"),
        ("[time]", "template"),
        ("14:05 Middle Earth Time", "does not belong"),
        ("1.2.3.4", "is no time"),
        ("10.0.0.1:8080", "is no time"),
        ("v1.2.3", "is no time"),
        ("503", "is no time"),
        ("16:9", "is no time"),
        ("$14.05", "is no time"),
        ("14.05%", "is no time"),
        ("3/4/5/6", "is no time"),
    ],
)
def test_what_is_refused_says_why(text: str, advice: str) -> None:
    with pytest.raises(NotATime) as caught:
        read_time(text, NAIROBI)
    assert advice in str(caught.value)


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("1714629600 gateway up", "2024-05-02 06:00 +00:00"),
        ("1714629600123 gateway up", "2024-05-02 06:00:00.123000 +00:00"),
        ("[1234567890.5] gateway up", "2009-02-13 23:31:30.500000 +00:00"),
        ("1234567890.25 gateway up", "2009-02-13 23:31:30.250000 +00:00"),
        ("2024-W18-4 14:05 up", "2024-05-02 14:05"),
        ("2024-123T14:05 up", "2024-05-02 14:05"),
        ("15.26 EAT up", "2024-05-02 15:26"),
        ("14:05 Central European Summer Time up", "2024-05-02 14:05 +02:00"),
        ("2 o'clock up", "2024-05-03 02:00"),
    ],
)
def test_lines_that_begin_with_one(line: str, meaning: str) -> None:
    reading, rest = take_time(line, NAIROBI)
    assert reading is not None
    assert said(reading) == meaning
    assert rest.endswith("up")


@pytest.mark.parametrize(
    "line",
    [
        "1234567890 rows were lost", "5551234567 called in", "9999999999 is the limit", "1714629600.1.2 released",
        "2024-W18 plan", "2024-05 report", "2024-123 rows", "May 2024 report", "now we see", "HTTP 503 errors",
        "503 errors", "404 was returned", "3:1 ratio", "16:9 video", "1.2.3 released", "v1.2.3 released",
        "10.0.0.1:8080 down", "192.168.1.14 down", "$14.05 lost", "14.05 EUR lost", "14.05% of users", "14.05 ms",
        "99.95% up", "12.5 hours", "24/7 support", "1/2 of it", "5m users", "14h of downtime", "5 PB of data",
        "1e5 rows", "2x slower", "10,000 users", "1,234.56 USD", "0 errors", "100% of traffic", "8 GB of memory",
        "14:05:33:12 frames", "#1405 was merged", "PR 1405 was merged", "4 to 5 nodes", "from 3 to 5 hosts",
    ],
)  # fmt: skip
def test_figures_that_are_no_time(line: str) -> None:
    assert take_time(line, replace(NAIROBI, now=datetime(2024, 5, 6, 10, 30))) == (None, line)


def test_a_count_from_1970_needs_to_be_near_what_is_known() -> None:
    assert take_time("1714629600 up", NOWHERE) == (None, "1714629600 up")
    assert take_time("1714629600 up", replace(NAIROBI, after=None, today=date(2030, 1, 1)))[0] is None


class TestNow:
    CONTEXT = replace(NAIROBI, now=datetime(2024, 5, 6, 10, 30, 20))

    def test_now_is_the_minute_in_which_it_is_typed(self) -> None:
        reading = read_time("now", self.CONTEXT)
        assert (said(reading), reading.assumed) == ("2024-05-06 10:30", "the time when it was typed")

    def test_it_counts_only_where_it_stands_apart(self) -> None:
        assert take_time("now - restarted", self.CONTEXT)[1] == " - restarted"
        assert take_time("now we see it", self.CONTEXT)[0] is None

    def test_lengths_back_from_now(self) -> None:
        assert said(read_time("15m ago", self.CONTEXT)) == "2024-05-06 10:15"
        assert said(read_time("about 2 hours ago", self.CONTEXT)) == "~2024-05-06 08:30"


class TestTheLabelOfAZone:
    @pytest.mark.parametrize("text", ["14:05 PDT", "14:05 ET", "14:05 Central European Summer Time", "14:05 CEST"])
    def test_letters_that_an_offset_would_lose_are_kept(self, text: str) -> None:
        assert read_time(text, NAIROBI).as_written == text

    @pytest.mark.parametrize("text", ["14:05 UTC", "14:05 +03:00", "14:05 EAT", "14:05 Europe/Paris", "14:05 GMT+2"])
    def test_what_the_time_itself_says_is_not(self, text: str) -> None:
        assert read_time(text, NAIROBI).as_written == ""

    def test_a_name_spelled_out_means_one_place_whatever_the_incidents_zone_is_called(self) -> None:
        jerusalem = place("Asia/Jerusalem", datetime(2024, 1, 3))
        assert said(read_time("14:05 IST", jerusalem)) == "2024-01-03 14:05 +02:00"
        assert said(read_time("14:05 India Standard Time", jerusalem)) == "2024-01-03 14:05 +05:30"

    def test_standard_time_in_summer_is_told(self) -> None:
        reading = read_time("9 June 2023 14:05 Pacific Standard Time", NAIROBI)
        assert (said(reading), reading.notes) == ("2023-06-09 14:05 -07:00", ("PST, but PDT was in force on 9 June",))


class TestZonesWhoseRulesChanged:
    @pytest.mark.parametrize(
        ("text", "name", "meaning"),
        [
            ("2021-01-31 12:00", "Africa/Juba", "2021-01-31 12:00"),
            ("2021-02-02 12:00", "Africa/Juba", "2021-02-02 12:00 +02:00"),
            ("2014-10-25 12:00", "Europe/Moscow", "2014-10-25 12:00 +04:00"),
            ("2014-10-27 12:00", "Europe/Moscow", "2014-10-27 12:00"),
            ("2011-12-29 12:00", "Pacific/Apia", "2011-12-29 12:00 -10:00"),
            ("2011-12-31 12:00", "Pacific/Apia", "2011-12-31 12:00 +14:00"),
            ("2015-08-15 12:00", "Asia/Pyongyang", "2015-08-15 12:00 +08:30"),
            ("1890-01-01 12:00", "Europe/Paris", "1890-01-01 12:00 +00:09"),
        ],
    )
    def test_the_offset_is_that_of_the_day(self, text: str, name: str, meaning: str) -> None:
        assert said(read_time(text, place(name))) == meaning

    def test_a_day_that_the_date_line_took_is_told(self) -> None:
        reading = read_time("2011-12-30 12:00", place("Pacific/Apia"))
        assert said(reading) == "2011-12-31 12:00 +14:00"
        assert "did not exist" in reading.notes[0]

    @pytest.mark.parametrize("text", ["0001-01-01 00:00", "9999-12-31 23:59", "0001-01-01", "9999-12-31"])
    @pytest.mark.parametrize("name", ["UTC", "Pacific/Apia", "Pacific/Kiritimati", "America/Los_Angeles"])
    def test_the_ends_of_the_calendar_are_times(self, text: str, name: str) -> None:
        at = read_time(text, place(name)).at
        assert isinstance(at, date)
        assert at.isoformat().startswith(text[:10])

    def test_utc_of_the_first_day_is_utc(self) -> None:
        assert read_time("0001-01-01 00:00 UTC", NAIROBI).at == datetime(1, 1, 1, tzinfo=UTC)

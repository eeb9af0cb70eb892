"""The time that an entry begins with, in whatever it is wrapped."""

from __future__ import annotations

import re
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.readers.timeline_notations import NEUTRAL, read_start
from schemas.readers.timeline_stamp import take_stamp
from schemas.readings import Context


@pytest.mark.parametrize(
    ("text", "words", "sign", "rest"),
    [
        ("14:05 UTC - paged", "14:05 UTC", "-", "paged"),
        ("**10:05 AM:** paged", "10:05 AM", ":", "paged"),
        ("* **8:00 AM PST:** seen - by an alert", "8:00 AM PST", ":", "seen - by an alert"),
        ("[14:05] paged", "14:05", "]", "paged"),
        ("**[14:05]** – paged", "14:05", "–", "paged"),
        ("(14:05) paged", "14:05", "]", "paged"),
        ("`14:05` paged", "14:05", "]", "paged"),
        ("- 2021-10-12 - 10:42 UTC: updated", "2021-10-12 - 10:42 UTC", ":", "updated"),
        ("**21:17 UTC: both `a` and `b`**", "21:17 UTC", ":", "**both `a` and `b`**"),
        ("12:00 CAT — *seen*", "12:00 CAT", "—", "*seen*"),
        ("January 15, 2:00 PM EST: seen", "January 15, 2:00 PM EST", ":", "seen"),
        ("10.12:30 PM UTC - seen", "12:30 PM UTC", "-", "seen"),
        ("1. 9:00 seen", "9:00", "", "seen"),
        ("16:39:32-38 retried", "16:39:32-38", "", "retried"),
        ("10:00-10:30 AM (UTC): looked", "10:00-10:30 AM (UTC)", ":", "looked"),
        ("~9:00 AM: set up", "~9:00 AM", ":", "set up"),
        ("🚨 14:05 paged", "14:05", "", "paged"),
        (":hourglass: 14:05: paged", "14:05", ":", "paged"),
        ("00:00 EAT- error", "00:00 EAT", "-", "error"),
        ("3:00 PM IST- error", "3:00 PM IST", "-", "error"),
        ("Time: 14:05 - paged", "14:05", "-", "paged"),
        ("**Time:** 14:05 - paged", "14:05", "-", "paged"),
        ("**Time**: 14:05 - paged", "14:05", "-", "paged"),
        ("Day 2, 08:15: paged", "Day 2, 08:15", ":", "paged"),
        ("10:00 UTC / 12:00 CEST - paged", "10:00 UTC / 12:00 CEST", "-", "paged"),
        ("10:00 UTC (12:00 CEST) paged", "10:00 UTC (12:00 CEST)", "", "paged"),
        ("10:00 AM        alarm", "10:00 AM", "", "alarm"),
        ("10:45\talarm", "10:45", "", "alarm"),
        ("09:05 = alarm", "09:05", "=", "alarm"),
        ("9h05 : alarme", "9h05", ":", "alarme"),
        ("14.05 Uhr: Alarm", "14.05 Uhr", ":", "Alarm"),
        ("gegen 14:05 Uhr: Alarm", "gegen 14:05 Uhr", ":", "Alarm"),
        ("05/26/21 4:49 PM - renamed", "05/26/21 4:49 PM", "-", "renamed"),
    ],
)
def test_a_clock_and_what_follows(text: str, words: str, sign: str, rest: str) -> None:
    found = take_stamp(text)
    assert found is not None
    assert (found.words, found.sign, found.rest) == (words, sign, rest)
    assert found.says in ("clock", "moment")
    assert found.timed


@pytest.mark.parametrize(
    ("text", "says", "words"),
    [
        ("T-0:00 ready", "length", "T-0:00"),
        ("**T+0:15** - decided", "length", "T+0:15"),
        ("T+15: decided", "length", "T+15"),
        ("+15m paged", "length", "+15m"),
        ("15 minutes later: paged", "length", "15 minutes later"),
        ("2024-05-02", "day", "2024-05-02"),
        ("_4/21/23_", "day", "4/21/23"),
        ("-4/25/23_", "day", "4/25/23"),
        ("**Day 2 (May 3)**", "day", "Day 2 (May 3)"),
        ("Thursday 24 July", "day", "Thursday 24 July"),
        ("Friday", "day", "Friday"),
        ("14:?? paged", "unknown", "14:??"),
        ("2024-03-13 14:??", "unknown", "2024-03-13 14:??"),
        ("? - paged", "unknown", "?"),
        ("TBD: paged", "unknown", "TBD"),
        ("HH:MM - text", "blank", "HH:MM"),
        ("2024-03-13 HH:mm", "blank", "2024-03-13 HH:mm"),
        ("25:10 paged", "unreadable", "25:10"),
        ("09:4+ PM paged", "unreadable", "09:4+ PM"),
    ],
)
def test_other_stamps(text: str, says: str, words: str) -> None:
    found = take_stamp(text)
    assert found is not None
    assert (found.says, found.words) == (says, words)


@pytest.mark.parametrize(
    "text",
    [
        "", "3 engineers joined", "10 minutes passed", "500 error", "1.2.3 released", "10.0.0.1 is down",
        "May 3 servers", "1,200 users", "Until 14:05 it worked", "Actions taken: 14 restarts", "**Impact:** none",
        "- [ ] a task", "127.0.0.1:8080", "v2.10.12 rolled out", "5xx errors", "2 of 3 nodes",
        "[link](https://example.com/10:00)",
    ],
)  # fmt: skip
def test_no_time(text: str) -> None:
    assert take_stamp(text) is None


def test_a_linked_time_gives_its_address() -> None:
    found = take_stamp("[15:42](https://chat.example/p1) blank")
    assert found is not None
    assert (found.words, found.rest, found.links) == ("15:42", "blank", ("https://chat.example/p1",))


@given(st.text(max_size=80))
def test_reading_never_fails_and_loses_no_word(text: str) -> None:
    found = take_stamp(text)
    if found is not None:
        assert found.rest == "" or found.rest.strip('*_~`[(<{“"') in text.replace("\\", "\\")
        assert len(found.rest) <= len(text)


@given(
    st.sampled_from(["", "- ", "* ", "**", "[", "(", "`", "🚨 ", "1. ", "> "]),
    st.times().map(lambda clock: clock.strftime("%H:%M")),
    st.sampled_from([" - ", ": ", " – ", " — ", " | ", " → "]),
    st.text(alphabet="ABCDEFGHIJKLM", min_size=5, max_size=8),
)
def test_any_clock_is_found_behind_any_mark(mark: str, clock: str, sign: str, word: str) -> None:
    closed = {"**": "**", "[": "]", "(": ")", "`": "`"}.get(mark, "")
    found = take_stamp(f"{mark}{clock}{closed}{sign}{word} happened")
    assert found is not None
    assert found.words == clock
    assert found.rest == f"{word} happened"


def test_a_zone_that_nobody_can_know_leaves_the_clock() -> None:
    context = Context(after=datetime(2024, 5, 2, 9))
    reading, end = read_start("15:00 IST - paged", context)
    assert reading is not None
    assert reading.at == datetime(2024, 5, 2, 15)
    assert reading.notes
    assert "15:00 IST - paged"[end:] == " - paged"


def test_a_short_range_of_seconds_keeps_its_words() -> None:
    reading, _ = read_start("16:39:32-38", NEUTRAL)
    assert reading is not None
    assert (reading.at, reading.until) == (time(16, 39, 32), time(16, 39, 38))
    assert reading.as_written == "16:39:32-38"


def test_the_rest_of_a_long_line_is_kept_whole() -> None:
    tail = "word " * 5_000
    found = take_stamp(f"- 14:05 UTC: {tail}")
    assert found is not None
    assert re.sub(r"\s+", " ", found.rest).strip() == tail.strip()

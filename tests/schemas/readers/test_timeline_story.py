"""How the entries of a timeline take their days from one another, and what is said about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from schemas.incident import Event
from schemas.readers.document import read_document
from schemas.readers.ground import Ground
from schemas.readers.imported import Imported


def story(body: str, *, head: str = "Date: 2024-05-02\n", **more: object) -> Imported:
    text = f"# Report\n\n{head}\n## Timeline\n\n{body}\n\n## Summary\n\nSomething broke.\n"
    return read_document(text, name="report.md", **more)  # type: ignore[arg-type]


def times(result: Imported) -> list[object]:
    return [event.at for event in result.incident.events]


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2024, 5, day, hour, minute)


def test_a_clock_takes_the_day_of_the_header() -> None:
    assert times(story("- 10:00 - a\n- 10:30 - b")) == [at(10), at(10, 30)]


def test_a_story_without_any_day_keeps_its_clocks() -> None:
    assert times(story("- 10:00 - a\n- 10:30 - b", head="")) == [time(10), time(10, 30)]


def test_midnight_is_passed_and_said() -> None:
    result = story("- 23:00 - a\n- 02:00 - b\n- 03:00 - c")
    assert times(result) == [at(23), at(2, day=3), at(3, day=3)]
    (told,) = [each for each in result.assumptions if each.about == "midnight"]
    assert "02:00 is on 3 May 2024" in told.said
    source = result.provenance[f"events/{result.incident.events[1].id}/at"]
    assert source.sure == "likely"
    assert "next day" in source.why


def test_a_little_back_is_a_slip_and_a_doubt() -> None:
    result = story("- 10:30 - a\n- 10:15 - b")
    assert times(result) == [at(10, 30), at(10, 15)]
    (doubt,) = [each for each in result.doubts if "earlier" in each.why]
    assert doubt.path.endswith("/at")
    assert [choice.value for choice in doubt.choices] == [at(10, 15), at(10, 15, day=3), None]


def test_clocks_before_the_first_day_are_counted_back_from_it() -> None:
    result = story("- 22:00 - a\n- 01:00 - b\n- 2024-05-03 09:00 - c", head="")
    assert times(result) == [at(22), at(1, day=3), at(9, day=3)]


def test_a_day_between_entries_holds_for_those_below() -> None:
    assert times(story("- 10:00 - a\n\n### 2024-05-07\n\n- 09:00 - b")) == [at(10), at(9, day=7)]


def test_the_zone_of_the_document_is_that_of_its_events() -> None:
    result = story("- 10:00 - a\n- 10:30 - b", head="Date: 2024-05-02\nAll times in UTC\n")
    assert times(result) == [at(10).replace(tzinfo=UTC), at(10, 30).replace(tzinfo=UTC)]


def test_an_entry_with_a_zone_of_its_own_keeps_it() -> None:
    result = story("- 10:00 PDT - a\n- 18:00 UTC - b")
    first, second = result.incident.events
    assert isinstance(first.at, datetime)
    assert isinstance(second.at, datetime)
    assert (second.at - first.at).total_seconds() == 3600


def test_lengths_count_from_midnight_where_the_start_is_not_known() -> None:
    result = story("**T+0:00** - rule set\n**T+26:30** - rule lifted")
    assert times(result) == [at(0), at(2, 30, day=3)]
    assert result.incident.events[1].as_written == "T+26:30"
    assert any("T+" in each.said for each in result.assumptions)


def test_lengths_count_from_the_start_where_its_clock_stands_beside_one() -> None:
    result = story("- T+0 (14:05) - rule set\n- T+10m - rule seen\n- T+1:00 - rule lifted")
    assert times(result) == [at(14, 5), at(14, 15), at(15, 5)]


def test_growing_lengths_count_from_the_first_entry() -> None:
    assert times(story("- 14:00 - a\n- +5m - b\n- +12m - c\n- +40m - d")) == [at(14), at(14, 5), at(14, 12), at(14, 40)]


def test_lengths_that_do_not_grow_count_from_the_entry_before() -> None:
    assert times(story("- 14:00 - a\n- +10m - b\n- +5m - c")) == [at(14), at(14, 10), at(14, 15)]


def test_am_and_pm_that_were_left_out_follow_the_story() -> None:
    result = story("- 10:30 AM: a\n- 11:45: b\n- 1:15: c\n- 2:05 PM: d")
    assert times(result) == [at(10, 30), at(11, 45), at(13, 15), at(14, 5)]
    assert result.incident.events[2].as_written == "1:15"


def test_a_timeline_of_24_hours_reads_no_half_into_it() -> None:
    assert times(story("- 01:15 - a\n- 10:30 - b\n- 13:00 - c")) == [at(1, 15), at(10, 30), at(13)]


def test_a_date_that_can_be_two_days_is_taken_as_one_with_a_doubt() -> None:
    result = story("- 03/05/2024 10:00 - a", head="")
    assert times(result) == [datetime(2024, 5, 3, 10)]
    assert any([choice.does for choice in each.choices] == ["reread", "reread"] for each in result.doubts)
    other = story("- 03/05/2024 10:00 - a", head="", day_first=False)
    assert times(other) == [datetime(2024, 3, 5, 10)]


def test_the_shorter_story_settles_the_order_of_day_and_month() -> None:
    result = story("**2/6/23**\n\n10:00 - a\n\n**2/7/23**\n\n10:00 - b\n\n**2/8/23**\n\n10:00 - c", head="")
    assert times(result) == [datetime(2023, 2, day, 10) for day in (6, 7, 8)]


def test_half_known_and_wrong_times_stay_as_they_are_written() -> None:
    result = story("- 10:00 - a\n- 14:?? - b\n- 25:10 - c\n- 15:00 - d")
    assert times(result) == [at(10), None, None, at(15)]
    assert [event.as_written for event in result.incident.events] == ["", "14:??", "25:10", ""]
    assert {each.text for each in result.doubts} >= {"14:??", "25:10"}


def test_placeholders_are_no_events() -> None:
    result = story("- HH:MM - what happened\n- 10:00 - a\n- 10:30 - [Event]")
    assert times(result) == [at(10)]


def test_a_year_that_is_left_out_is_the_documents() -> None:
    result = story("- May 2, 10:00 - a\n- May 3, 09:00 - b")
    assert times(result) == [at(10), at(9, day=3)]
    assert any(each.about == "year" for each in result.assumptions)


def test_a_day_from_outside_is_the_first_day() -> None:
    result = story("- 10:00 - a\n- 11:00 - b", head="", date=date(2024, 5, 2))
    assert times(result) == [at(10), at(11)]


@pytest.mark.skipif(not hasattr(Ground(), "day_asked"), reason="the ground does not say yet that a day was given")
def test_the_evening_before_is_not_taken_where_the_day_was_given() -> None:
    body = "- 23:50 - export starts\n- 00:04 - PagerDuty alert fires\n- 00:20 - lock found\n- 00:30 - lock freed"
    assert times(story(body))[0] == at(23, 50, day=1)
    assert times(story(body, date=date(2024, 5, 2)))[0] == at(23, 50)


def test_the_evening_is_the_first_day_where_something_was_noticed_in_it() -> None:
    body = "- 23:50 - PagerDuty alert fires\n- 00:04 - engineer online\n- 00:20 - lock found\n- 00:30 - lock freed"
    assert times(story(body))[0] == at(23, 50)


@pytest.mark.parametrize(
    ("text", "milestone"),
    [
        ("Monitoring alert fired", "detected"),
        ("Incident declared as SEV2", "declared"),
        ("On-call acknowledged the page", "acknowledged"),
        ("Rolled back", "mitigated"),
        ("Service fully restored", "recovered"),
        ("Incident resolved", "resolved"),
        ("Incident closed", "closed"),
        ("Outage begins", "impact-start"),
    ],
)
def test_a_milestone_is_what_the_entry_says(text: str, milestone: str) -> None:
    (event,) = story(f"- 10:00 - {text}").incident.events
    assert milestone in event.milestones


def test_each_milestone_is_reached_once() -> None:
    result = story(
        "- 10:00 - Alert fired\n- 10:05 - Alert fired again\n- 11:00 - Resolved\n- 12:00 - Resolved for good"
    )
    marks = [event.milestones for event in result.incident.events]
    assert marks == [("detected",), (), (), ("resolved",)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Alert fired for high latency", "alert"),
        ("Customers report errors", "alert"),
        ("Ruled out the database", "false-lead"),
        ("Misleading path: the network was checked", "false-lead"),
        ("Decided to fail over", "decision"),
        ("Suspected a memory leak", "hypothesis"),
        ("Status page updated", "communication"),
        ("Version 2.4 deployed to production", "change"),
        ("API goes down", "impact"),
        ("Restarted the workers", "action"),
        ("The sun shines", ""),
    ],
)
def test_a_kind_is_what_the_entry_says(text: str, kind: str) -> None:
    events: tuple[Event, ...] = story(f"- 10:00 - {text}").incident.events
    assert events[0].kind == kind

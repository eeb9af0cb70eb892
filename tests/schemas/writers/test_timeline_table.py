"""The timeline of a document: days, zone, times as they are known, notes and links."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from schemas.incident import (
    Event,
    Incident,
)
from schemas.writers.markdown import to_markdown
from tests.schemas.writers import reading
from tests.schemas.writers.documents import MAY_2, at, timeline, times

EAT = timezone(timedelta(hours=3))


class TestTimeline:
    def test_each_day_has_its_table_and_the_zone_is_named(self) -> None:
        events = (at(9), Event(id="b", at=datetime(2024, 5, 3, 1, tzinfo=UTC)), Event(id="c", at=date(2024, 5, 4)))
        found = timeline(*events)
        assert found.level(3) == ["Thu 2 May 2024", "Fri 3 May 2024", "Sat 4 May 2024"]
        assert [table.column("Time") for table in found.tables[1:]] == [["09:00"], ["04:00"], ["day only"]]
        written = to_markdown(Incident(events=events, zone="Africa/Nairobi"))
        assert "## Timeline\n\nAll times in Africa/Nairobi (EAT, UTC+03:00).\n\n### Thu" in written

    @pytest.mark.parametrize(
        ("zone", "event", "shown"),
        [
            ("UTC", at(9), "All times in UTC."),
            ("Europe/London", at(9), "All times in Europe/London (BST, UTC+01:00)."),
            ("Asia/Kathmandu", at(9), "All times in Asia/Kathmandu (UTC+05:45)."),
            ("", at(9), "No time zone is known; times are as written."),
            ("", Event(id="a", at=datetime(2024, 5, 2, 9, tzinfo=EAT)),
             "No time zone is known. All times at UTC+03:00, the offset of the first time that has one."),
            ("Mars/Base", at(9), "“Mars/Base” is not a known time zone. Times are as written."),
            ("Africa/Nairobi", Event(id="a", at=time(9)), "All times in Africa/Nairobi."),
            ("Africa/Nairobi", Event(id="a"), ""),
        ],
    )  # fmt: skip
    def test_the_zone(self, zone: str, event: Event, shown: str) -> None:
        written = to_markdown(Incident(events=[event], zone=zone)).split("## Timeline\n\n")[1]
        assert written.split("\n")[0] == (shown or "| Time | Event |")

    def test_a_change_of_the_clocks_names_both_offsets(self) -> None:
        events = [Event(id=str(day), at=datetime(2024, 3, day, 12)) for day in (30, 31)]
        written = to_markdown(Incident(events=events, zone="Europe/Paris"))
        assert "All times in Europe/Paris (CET, UTC+01:00; CEST, UTC+02:00)." in written

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            ({}, "09:00"),
            ({"at": datetime(2024, 5, 2, 9, 0, 5, 250_000)}, "09:00:05.25"),
            ({"about": True}, "about 09:00"),
            ({"margin": "10m"}, "about 09:00 (± 10m)"),
            ({"latest": datetime(2024, 5, 2, 10)}, "between 09:00 and 10:00"),
            ({"latest": time(1)}, "between 09:00 and Fri 3 May 2024 01:00"),
            ({"latest": time(10), "margin": "5m"}, "between about 09:00 and 10:00 (± 5m)"),
            ({"latest": date(2024, 5, 3)}, "between 09:00 and Fri 3 May 2024"),
            ({"until": time(10)}, "09:00 to 10:00"),
            ({"until": datetime(2024, 5, 4, 10), "about": True}, "about 09:00 to Sat 4 May 2024 10:00"),
            ({"at": date(2024, 5, 2)}, "day only"),
            ({"at": date(2024, 5, 2), "about": True}, "about this day"),
            ({"at": date(2024, 5, 2), "latest": date(2024, 5, 4)}, "between Thu 2 May 2024 and Sat 4 May 2024"),
            ({"at": date(2024, 5, 2), "until": date(2024, 5, 4)}, "day only to Sat 4 May 2024"),
            ({"at": None}, "—"),
            ({"at": None, "as_written": "14:??"}, "14:??"),
        ],
    )
    def test_a_time_is_as_precise_as_it_is_known(self, fields: dict[str, Any], shown: str) -> None:
        assert times(Event(**{"id": "a", "at": MAY_2, **fields})) == [shown]

    def test_an_event_without_a_time_stays_behind_the_one_it_followed(self) -> None:
        found = timeline(Event(id="z", text="first"), at(9, text="a"), Event(id="b", text="b"), at(10, text="c"))
        assert found.table("Timeline").column("Event") == ["first"]
        assert found.table("Thu 2 May 2024").column("Event") == ["a", "b", "c"]

    def test_without_dates_all_events_are_in_one_table(self) -> None:
        events = [Event(id=str(n), at=time(hour)) for n, hour in enumerate((22, 23, 1))]
        assert [table.column("Time") for table in timeline(*events).tables[1:]] == [
            ["22:00", "23:00", "01:00 (+1 day)"]
        ]

    def test_a_date_that_was_taken_from_the_neighbours_is_marked(self) -> None:
        found = timeline(at(9), Event(id="b", at=time(5)))
        assert [table.column("Time") for table in found.tables[1:]] == [["09:00"], ["05:00 †"]]
        assert "† The record has no date for this time" in to_markdown(
            Incident(events=[at(9), Event(id="b", at=time(8))])
        )

    def test_notes_say_what_else_is_known_of_an_event(self) -> None:
        event = at(
            9, as_written="9ish", recorded=datetime(2024, 5, 3, 7, tzinfo=UTC), zone="Europe/Paris", audience="internal"
        )
        assert timeline(event).tables[1].column("Notes") == [
            "as written: 9ish\nzone: Europe/Paris\nrecorded 2024-05-03 10:00\ninternal only"
        ]
        assert "Notes" not in timeline(at(9, as_written="09:00")).tables[1].head

    def test_links_can_be_followed(self) -> None:
        written = to_markdown(Incident(events=[at(9, text="See https://x.y/a_b.", links=["https://ci.example/1"])]))
        assert reading.links(written) == ["https://x.y/a_b", "https://ci.example/1"]

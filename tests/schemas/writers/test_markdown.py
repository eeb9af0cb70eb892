"""The Markdown document: its order, its tables, its times, and that any incident makes a valid one."""

from __future__ import annotations

import re
import time as clock
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.incident import (
    Action,
    Comment,
    Event,
    Factor,
    Impact,
    Incident,
    OtherSection,
    Review,
    Sections,
    Stated,
    Waiver,
)
from schemas.sections import SECTION_KEYS, SECTIONS
from schemas.text import clean_line, clean_prose
from schemas.writers.markdown import section_markdown, to_markdown
from schemas.writers.styles import KNOWN_PARTS, PARTS, STYLES
from tests.schemas import strategies
from tests.schemas.writers import reading
from tests.schemas.writers.reading import Document, hostile, hostile_prose

EAT = timezone(timedelta(hours=3))
MAY_2 = datetime(2024, 5, 2, 9, 0)


def document(**fields: Any) -> Document:
    return reading.read(to_markdown(Incident(**fields)))


def timeline(*events: Event, zone: str = "Africa/Nairobi", **fields: Any) -> Document:
    return document(events=events, zone=zone, **fields)


def times(*events: Event, zone: str = "Africa/Nairobi") -> list[str]:
    return [cell for table in timeline(*events, zone=zone).tables[1:] for cell in table.column("Time")]


def at(hour: int, minute: int = 0, **fields: Any) -> Event:
    return Event(id=f"{hour}-{minute}", at=datetime(2024, 5, 2, hour, minute), **fields)


class TestAnyIncident:
    @given(strategies.incidents(), st.booleans(), st.sampled_from(("internal", "external")))
    @settings(max_examples=60)
    def test_makes_a_document(self, incident: Incident, remarks: bool, audience: Any) -> None:
        written = to_markdown(incident, remarks=remarks, audience=audience)
        assert written == to_markdown(incident, remarks=remarks, audience=audience)
        assert written == f"{clean_prose(written).rstrip()}\n"
        assert all(line == line.rstrip(" \t") for line in written.split("\n"))
        found = reading.read(written)
        assert found.headings[0][0] == 1
        assert len(found.level(1)) == 1
        assert all(len(row) == len(table.head) for table in found.tables for row in table.rows)

    @given(hostile(), st.lists(hostile_prose(), min_size=3, max_size=3), st.lists(hostile(), min_size=2, max_size=2))
    @settings(max_examples=60)
    def test_has_its_headings_and_no_others(self, title: str, prose: list[str], headings: list[str]) -> None:
        others = [OtherSection(id=str(n), heading=heading, after="lessons", body="x") for n, heading in enumerate(headings)]
        incident = Incident(
            title=title, sections=Sections(summary=prose[0], impact=prose[1], lessons=prose[2]), other_sections=others,
            events=[at(9)],
        )  # fmt: skip
        found = reading.read(to_markdown(incident))
        written = [("Summary", prose[0]), ("Impact", prose[1]), ("Timeline", "x"), ("Lessons learned", prose[2])]
        own = [heading for heading, body in written if clean_prose(body).strip(" \t\n")]
        assert found.level(1) == [clean_line(title).strip() or "Untitled incident"]
        assert found.level(2) == [*own, *(clean_line(heading).strip() or "Untitled section" for heading in headings)]

    @given(st.lists(st.tuples(hostile(), hostile(), hostile(), hostile()), min_size=1, max_size=4))
    @settings(max_examples=60)
    def test_shows_its_events_as_they_are(self, events: list[tuple[str, str, str, str]]) -> None:
        found = timeline(
            *(at(n, text=text, kind=kind, actor=actor, milestones=[milestone], links=["x"])
              for n, (text, kind, actor, milestone) in enumerate(events))
        ).table("Thu 2 May 2024")  # fmt: skip
        assert found.column("Event") == [joined(text, "x") for text, *_ in events]
        for name, number in (("Kind", 1), ("Who", 2), ("Milestone", 3)):
            expected = [clean_line(event[number]).strip() for event in events]
            assert (found.column(name) if name in found.head else [""] * len(events)) == expected

    @given(hostile(), hostile(), hostile(), hostile())
    @settings(max_examples=60)
    def test_shows_its_lists_as_they_are(self, one: str, two: str, three: str, four: str) -> None:
        line = clean_line(two).strip()
        found = document(
            actions=[Action(id="a", text=one, owner=two, type="x", link=three)],
            impacts=[Impact(id="i", what=three, unit="x")],
            stated=[Stated(what=two, value=four, where="x")],
            waivers=[Waiver(rule=two, reason=four, by="x")],
        )
        action = found.table("Action items")
        assert action.column("Action") == [joined(one)]
        assert (action.column("Owner") if "Owner" in action.head else [""]) == [line]
        assert (action.column("Link") if "Link" in action.head else [""]) == [clean_line(three).strip()]
        assert found.table("Impact").column("What was affected") == [joined(three)]
        assert found.table("Stated times").rows == [[line, clean_line(four).strip(), "x"]]
        assert found.table("Accepted findings").column("Reason") == [joined(four)]

    @given(hostile(), hostile(), hostile())
    @settings(max_examples=60)
    def test_shows_its_factors_as_they_are(self, text: str, kind: str, link: str) -> None:
        written = to_markdown(Incident(factors=[Factor(id="f", text=text, kind=f"x{kind}", links=[link])]))
        tokens = reading.parsed(written.split("## Contributing factors\n")[1])
        shown = "\n".join(reading.seen(token) for token in tokens if token.type == "inline")
        details = [f"Kind: {clean_line(f'x{kind}').strip()}", clean_line(link).strip()]
        assert shown.split("\n") == [
            *(line for line in joined(text).split("\n") if line), " · ".join(detail for detail in details if detail),
        ]  # fmt: skip


def joined(*texts: str) -> str:
    """Lines as a cell shows them."""
    return "\n".join(line.strip() for text in texts if text.strip() for line in clean_prose(text).strip().split("\n")).strip()


class TestDocument:
    def test_an_empty_incident_says_that_it_has_no_title(self) -> None:
        assert to_markdown(Incident()) == "# Untitled incident\n\n| Overview |  |\n| --- | --- |\n| Status | draft |\n"

    def test_facts(self) -> None:
        found = document(
            title="T", status="approved", severity="SEV2", services=["a", "b"], owner="O", authors=["P", "Q"],
            zone="Africa/Nairobi", tags=["t"], events=[at(9), Event(id="b", at=datetime(2024, 5, 3, 1))],
        )  # fmt: skip
        assert found.tables[0].rows == [
            ["Date", "Thu 2 May 2024 – Fri 3 May 2024"], ["Status", "approved"], ["Severity", "SEV2"], ["Services", "a, b"],
            ["Owner", "O"], ["Authors", "P, Q"], ["Time zone", "Africa/Nairobi"], ["Tags", "t"],
        ]  # fmt: skip

    def test_sections_stand_in_reading_order_with_others_behind_the_one_they_name(self) -> None:
        found = document(
            sections=Sections(**{key: f"about {key}" for key in SECTION_KEYS}),
            other_sections=[
                OtherSection(id="o1", heading="Front", after="", body="x"),
                OtherSection(id="o2", heading="Behind impact", after="impact", body="x"),
                OtherSection(id="o3", heading="Behind that", after="o2", body="x"),
                OtherSection(id="o4", heading="Empty", after="o2", body=" \n"),
                OtherSection(id="o5", heading="Nowhere", after="gone", body="x"),
            ],
        )
        expected = [section.heading for section in SECTIONS]
        expected[3:3] = ["Behind impact", "Behind that"]
        assert found.level(2) == ["Front", *expected, "Nowhere"]

    def test_sections_that_share_an_id_are_all_there(self) -> None:
        sections = [OtherSection(id=name, heading=f"H{n}", body="x") for n, name in enumerate(("a", "a", "summary"))]
        assert sorted(document(other_sections=sections).level(2)) == ["H0", "H1", "H2"]

    def test_empty_sections_are_left_out(self) -> None:
        assert document(sections=Sections(summary="x", impact="  \n\n")).level(2) == ["Summary"]

    def test_blocks_have_blank_lines_around_them(self) -> None:
        written = to_markdown(
            Incident(events=[at(9), Event(id="b", at=date(2024, 5, 3))], factors=[Factor(id="f", text="x")],
                     impacts=[Impact(id="i", what="x")], sections=Sections(impact="text"), zone="UTC")
        )  # fmt: skip
        lines = written.split("\n")
        for n, line in enumerate(lines):
            if line.startswith("#"):
                assert (lines[n - 1 : n] or [""]) == [""]
                assert lines[n + 1] == ""
            if line.startswith("|") and not lines[n - 1].startswith("|"):
                assert lines[n - 1] == ""
                assert re.fullmatch(r"\|(?: --- \|)+", lines[n + 1])
        assert "\n\n\n" not in written

    def test_metrics_come_with_their_pairs(self) -> None:
        found = timeline(
            at(9, milestones=["impact-start"]), at(9, 15, margin="5m", milestones=["detected"]),
            at(11, milestones=["mitigated"]), at(10, milestones=["recovered"]),
        )  # fmt: skip
        assert found.table("Metrics").rows == [
            ["Detect", "about 15m (impact → detected)"],
            ["Acknowledge", "unknown, no time for acknowledged (detected → acknowledged)"],
            ["Mitigate", "about 1h 45m (detected → mitigated)"],
            ["Resolve", "unknown, no time for resolved (detected → resolved)"],
            ["Impact", "1h 00m (impact → recovered)"],
        ]

    def test_a_length_that_contradicts_itself_is_unknown(self) -> None:
        found = timeline(at(9, milestones=["resolved"]), at(10, milestones=["detected"]))
        assert found.table("Metrics").column("Length")[-1] == "unknown, resolved is before detected (detected → resolved)"

    def test_without_milestones_there_are_no_metrics(self) -> None:
        assert "Metrics" not in timeline(at(9)).level(2)

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            ({"amount": 18, "total": 24, "unit": "people"}, "18 of 24 people (75%)"),
            ({"amount": 12500, "unit": "requests", "about": True}, "about 12,500 requests"),
            ({"amount": 40, "unit": "%"}, "40%"),
            ({"amount": 40, "unit": "% of users", "total": 100}, "40% of users of 100"),
            ({"amount": 99_999, "total": 100_000}, "99,999 of 100,000 (over 99.9%)"),
            ({"amount": 1, "total": 100_000}, "1 of 100,000 (under 0.1%)"),
            ({"amount": 995, "total": 1000}, "995 of 1000 (99.5%)"),
            ({"amount": 0, "total": 5}, "0 of 5 (0%)"),
            ({"amount": 5, "total": 5}, "5 of 5 (100%)"),
            ({"amount": 7, "total": 5}, "7 of 5"),
            ({"amount": 2.50, "unit": "h"}, "2.5 h"),
            ({"amount": 3.0}, "3"),
            ({"total": 24, "unit": "people"}, "of 24 people"),
            ({"unit": "people"}, "people"),
        ],
    )
    def test_amounts(self, fields: dict[str, Any], shown: str) -> None:
        assert document(impacts=[Impact(id="i", what="x", **fields)]).table("Impact").rows == [["x", shown]]

    def test_actions_have_their_due_dates(self) -> None:
        actions = [
            Action(id="a", text="Back up", owner="Ada", due=date(2024, 6, 1), priority="P1", link="https://x.y/1"),
            Action(id="b", text="Test", status="done"),
        ]
        found = document(actions=actions).table("Action items")
        assert found.head == ["Action", "Owner", "Due", "Priority", "Status", "Link"]
        assert found.rows == [
            ["Back up", "Ada", "2024-06-01", "P1", "open", "https://x.y/1"],
            ["Test", "", "", "", "done", ""],
        ]

    def test_stated_times_say_what_they_read_as(self) -> None:
        found = document(
            zone="Africa/Nairobi",
            stated=[
                Stated(what="duration", value="four hours", where="header", line=3, minutes=240, about=True),
                Stated(what="start", value="9 am", at=datetime(2024, 5, 2, 6, tzinfo=UTC)),
                Stated(what="end", value="later", minutes=1e300),
            ],
        ).table("Stated times")
        assert found.rows == [
            ["duration", "four hours", "about 4h 00m", "header, line 3"],
            ["start", "9 am", "2024-05-02 09:00", ""],
            ["end", "later", "1e+300 minutes", ""],
        ]

    def test_waivers_name_their_places_in_words(self) -> None:
        places = ("", "zone", "sections/impact", "events/9-0/at", "events/gone", "other_sections/o")
        found = document(
            events=[at(9, text="Push failed\nfor all")],
            other_sections=[OtherSection(id="o", heading="Vendor")],
            waivers=[Waiver(rule="T09", where=where, reason="looked at") for where in places],
        ).table("Accepted findings")
        assert found.column("Where") == [
            "everywhere", "zone", "Impact", "event “Push failed”: at", "events/gone", "Vendor",
        ]  # fmt: skip

    def test_unknown_fields_are_shown_where_they_are(self) -> None:
        event = Event.model_validate({"id": "a", "at": MAY_2, "ticket": "X-1", "n": [1, {"b": True}]})
        incident = Incident.model_validate({"events": (event,), "jira": "Y\n# 2", "when": date(2024, 5, 2), "\x1b": 1})
        found = reading.read(to_markdown(incident))
        assert found.table("Thu 2 May 2024").column("Notes") == ["ticket: X-1\nn: 1, {b: true}"]
        assert "## Other fields\n\n- jira: Y\\\n  # 2\n- when: 2024-05-02\n- ␛: 1\n" in to_markdown(incident).replace(r"\#", "#")

    def test_comments_are_followed_by_their_replies(self) -> None:
        comments = [
            Comment(id="a", author="Ada", text="Why?", on="sections/impact", quote="all users"),
            Comment(id="b", author="Bo", text="Unrelated", resolved=True),
            Comment(id="c", author="Cy", text="Because", reply_to="a"),
            Comment(id="d", text="circle", reply_to="e"),
            Comment(id="e", text="circle back", reply_to="d"),
        ]
        written = to_markdown(Incident(comments=comments, reviews=[Review(id="r", verdict="approve")]), remarks=True)
        found = reading.read(written).table("Comments")
        assert found.column("Comment") == ["“all users”\nWhy?", "Because", "Unrelated", "circle", "circle back"]
        assert found.column("On") == ["Impact", "reply to Ada", "", "reply to e", "reply to d"]
        assert found.column("State") == ["", "", "resolved", "", ""]
        assert reading.read(written).table("Reviews").column("Verdict") == ["approve"]


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
        assert [table.column("Time") for table in timeline(*events).tables[1:]] == [["22:00", "23:00", "01:00 (+1 day)"]]

    def test_a_date_that_was_taken_from_the_neighbours_is_marked(self) -> None:
        found = timeline(at(9), Event(id="b", at=time(8)))
        assert [table.column("Time") for table in found.tables[1:]] == [["09:00"], ["08:00 †"]]
        assert "† The record has no date for this time" in to_markdown(Incident(events=[at(9), Event(id="b", at=time(8))]))

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

    def test_ten_times_the_events_take_about_ten_times_as_long(self) -> None:
        def seconds(count: int) -> float:
            events = tuple(
                Event(id=str(n), at=MAY_2 + timedelta(minutes=7 * n), text=f"Step {n}", kind="note") for n in range(count)
            )
            incident = Incident(events=events, zone="Europe/Paris")
            start = clock.process_time()
            to_markdown(incident)
            return clock.process_time() - start

        seconds(100)
        assert min(seconds(5000) for _ in range(3)) < 40 * min(seconds(500) for _ in range(3))


class TestAudience:
    INCIDENT = Incident(
        zone="UTC",
        events=[at(9, text="secret", audience="internal", milestones=["detected"]), at(10, text="shown", milestones=["resolved"])],
        impacts=[Impact(id="i", what="hidden", audience="internal"), Impact(id="j", what="seen", audience="public")],
    )  # fmt: skip

    def test_what_is_internal_stays_inside(self) -> None:
        found = reading.read(to_markdown(self.INCIDENT, audience="external"))
        assert found.table("Thu 2 May 2024").column("Event") == ["shown"]
        assert found.table("Impact").rows == [["seen"]]

    def test_no_metric_rests_on_an_event_that_is_not_shown(self) -> None:
        inside = reading.read(to_markdown(self.INCIDENT)).table("Metrics")
        outside = reading.read(to_markdown(self.INCIDENT, audience="external")).table("Metrics")
        assert inside.rows[-1] == ["Resolve", "1h 00m (detected → resolved)"]
        assert outside.rows == [["Resolve", "unknown, no time for detected (detected → resolved)"]]

    def test_an_audience_that_there_is_not_is_refused(self) -> None:
        with pytest.raises(ValueError, match="there are internal and external"):
            to_markdown(Incident(), audience="extrenal")  # type: ignore[arg-type]


class TestStyles:
    @pytest.mark.parametrize("name", list(STYLES))
    def test_every_part_and_section_has_its_place(self, name: str) -> None:
        placed = [part for block in STYLES[name].blocks for part in block.parts]
        assert sorted(placed) == sorted(KNOWN_PARTS)

    @pytest.mark.parametrize("name", list(STYLES))
    def test_columns_name_what_the_standard_has(self, name: str) -> None:
        standard = STYLES["standard"].columns
        assert standard.keys() <= set(PARTS)
        for part, columns in STYLES[name].columns.items():
            assert {column.name for column in columns} == {column.name for column in standard[part]}

    def test_an_unknown_style_or_profile_is_a_key_error(self) -> None:
        with pytest.raises(KeyError):
            to_markdown(Incident(), style="baroque")
        with pytest.raises(KeyError):
            to_markdown(Incident(), profile="baroque")


class TestSection:
    INCIDENT = Incident(
        sections=Sections(summary="# Hello\nworld", impact="Much."), impacts=[Impact(id="i", what="All", amount=3)],
        other_sections=[OtherSection(id="k7q2", heading="Vendor #", body="text")], events=[at(9)],
        comments=[Comment(id="c", text="hm")],
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("key", "written"),
        [
            ("summary", "## Summary\n\n### Hello\nworld\n"),
            ("k7q2", "## Vendor \\#\n\ntext\n"),
            ("impact", "## Impact\n\n| What was affected | How much |\n| --- | --- |\n| All | 3 |\n\nMuch.\n"),
            ("lessons", "## Lessons learned\n"),
            ("comments", "## Comments\n\n| On | Comment |\n| --- | --- |\n|  | hm |\n"),
            ("overview", "| Overview |  |\n| --- | --- |\n| Date | Thu 2 May 2024 |\n| Status | draft |\n"),
        ],
    )
    def test_is_what_stands_in_the_document(self, key: str, written: str) -> None:
        assert section_markdown(self.INCIDENT, key) == written
        if key != "lessons":
            assert written in to_markdown(self.INCIDENT, remarks=True)

    def test_the_timeline_goes_by_the_name_of_its_list_too(self) -> None:
        assert section_markdown(self.INCIDENT, "events") == section_markdown(self.INCIDENT, "timeline")
        assert "| 09:00 |" in section_markdown(self.INCIDENT, "events")

    def test_a_section_that_there_is_not_is_a_key_error(self) -> None:
        with pytest.raises(KeyError):
            section_markdown(self.INCIDENT, "nothing")

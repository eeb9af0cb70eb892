"""The Markdown document: its order, its tables, its audiences and its styles."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

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
from schemas.writers.markdown import section_markdown, to_markdown
from schemas.writers.styles import KNOWN_PARTS, PARTS, STYLES
from tests.schemas.writers import reading
from tests.schemas.writers.documents import MAY_2, at, document, timeline


class TestDocument:
    def test_an_empty_incident_says_that_it_has_no_title(self) -> None:
        assert to_markdown(Incident()) == "# Untitled incident\n\n| Overview |  |\n| --- | --- |\n| Status | draft |\n"

    def test_facts(self) -> None:
        found = document(
            title="T", status="approved", severity="SEV2", services=["a", "b"], owner="O", authors=["P", "Q"],
            zone="Africa/Nairobi", tags=["t"], events=[at(9), Event(id="b", at=datetime(2024, 5, 3, 1))],
        )  # fmt: skip
        assert found.tables[0].rows == [
            ["Date", "Thu 2 May 2024 – Fri 3 May 2024"], ["Status", "approved"], ["Severity", "SEV2"],
            ["Services", "a, b"], ["Owner", "O"], ["Authors", "P, Q"], ["Time zone", "Africa/Nairobi"], ["Tags", "t"],
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
            ["Acknowledge", "unknown, no acknowledged (detected → acknowledged)"],
            ["Mitigate", "about 1h 45m (detected → mitigated)"],
            ["Resolve", "unknown, no resolved (detected → resolved)"],
            ["Impact", "1h 00m (impact → recovered)"],
        ]

    def test_a_length_that_contradicts_itself_is_unknown(self) -> None:
        found = timeline(at(9, milestones=["resolved"]), at(10, milestones=["detected"]))
        assert (
            found.table("Metrics").column("Length")[-1] == "unknown, resolved is before detected (detected → resolved)"
        )

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
            ({"amount": 995, "total": 1000}, "995 of 1,000 (99.5%)"),
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
        assert "## Other fields\n\n- jira: Y\\\n  # 2\n- when: 2024-05-02\n- ␛: 1\n" in to_markdown(incident).replace(
            r"\#", "#"
        )

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


class TestAudience:
    INCIDENT = Incident(
        zone="UTC",
        events=[at(9, text="secret", audience="internal", milestones=["detected"]),
                at(10, text="shown", milestones=["resolved"])],
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
        assert outside.rows == [["Resolve", "unknown, no detected (detected → resolved)"]]

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

    def test_an_unknown_style_is_a_key_error(self) -> None:
        with pytest.raises(KeyError):
            to_markdown(Incident(), style="baroque")


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

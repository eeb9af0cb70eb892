"""The long incident among the samples, which uses everything: its times, sums and references agree."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from schemas import timeline, zones
from schemas.incident import ACTION_STATUSES, ACTION_TYPES, ITEM_LISTS, KINDS, MILESTONES
from schemas.moments import MINUTE
from schemas.sections import SECTION_KEYS
from tests.samples import CHECKOUT, event, findings, measured, sample, stated, text_of, with_milestone

HOW_A_TIME_IS_KNOWN: Final = (
    "about", "margin", "latest", "until", "recorded", "zone", "as_written", "actor", "links", "audience",
)  # fmt: skip
"""The fields of an event that say more about its time or where it is known from."""


class TestCheckout:
    """The long one, which uses everything and contradicts itself nowhere."""

    def test_three_days_with_a_change_of_the_clock(self) -> None:
        incident = sample(CHECKOUT)
        assert len(incident.events) >= 65
        assert incident.zone == "Europe/Berlin"
        story = timeline.build(incident)
        days = {entry.wall.date() for entry in story.entries if entry.wall}
        assert days == {date(2025, 3, 29), date(2025, 3, 30), date(2025, 3, 31)}
        offsets = {zones.offset_minutes(story.zone, entry.wall) for entry in story.entries if entry.wall and story.zone}
        assert offsets == {60, 120}

    def test_no_local_time_was_skipped_by_the_clock(self) -> None:
        gap = (datetime(2025, 3, 30, 2), datetime(2025, 3, 30, 3))
        moments = [
            moment for each in sample(CHECKOUT).events for moment in (each.at, each.latest, each.until, each.recorded)
        ]
        local = [moment for moment in moments if isinstance(moment, datetime) and moment.tzinfo is None]
        assert local
        assert [moment for moment in local if gap[0] <= moment < gap[1]] == []

    def test_twelve_minutes_pass_over_the_jump_of_the_clock(self) -> None:
        story = timeline.build(sample(CHECKOUT))
        begins = story.by_id[event(CHECKOUT, "second window begins").id]
        pages = story.by_id[event(CHECKOUT, "pages the night on-call").id]
        assert begins.start is not None
        assert pages.start is not None
        assert pages.start.nominal - begins.start.nominal == 12 * MINUTE
        assert (f"{begins.wall:%H:%M}", f"{pages.wall:%H:%M}") == ("01:52", "03:04")

    def test_every_kind_and_milestone_is_there(self) -> None:
        events = sample(CHECKOUT).events
        assert {each.kind for each in events} == set(KINDS)
        assert {milestone for each in events for milestone in each.milestones} == set(MILESTONES)

    def test_times_are_known_in_every_degree(self) -> None:
        incident = sample(CHECKOUT)
        story = timeline.build(incident)
        assert {entry.precision for entry in story.entries} == {"exact", "about", "between", "day", "unknown"}
        for field in HOW_A_TIME_IS_KNOWN:
            assert any(getattr(each, field) for each in incident.events), field

    def test_what_was_written_down_later_was_written_down_later(self) -> None:
        story = timeline.build(sample(CHECKOUT))
        for entry in story.entries:
            recorded = entry.event.recorded
            if isinstance(recorded, datetime) and entry.wall:
                assert recorded > entry.wall, entry.event.text

    def test_metrics_come_out_as_stated(self) -> None:
        found = measured(CHECKOUT)
        assert found == {
            "detect": "about 44m",
            "acknowledge": "3m",
            "mitigate": "15h 02m",
            "resolve": "2d 2h 06m",
            "impact": "about 16h 40m",
        }
        said = stated(CHECKOUT)
        assert (said["detect"], said["acknowledge"], said["resolve"], said["duration"]) == (44, 3, 50 * 60 + 6, 1000)
        assert said["end"] == with_milestone(CHECKOUT, "recovered")[-1].at
        assert said["resolved"] == with_milestone(CHECKOUT, "resolved")[-1].at

    def test_the_numbers_of_its_table_add_up(self) -> None:
        rows = re.findall(r"\| ([\d,]+) \| ([\d,]+) \| ([\d.]+) % \|", sample(CHECKOUT).sections.impact)
        tried, failed = ([int(row[column].replace(",", "")) for row in rows] for column in (0, 1))
        assert (tried[0] + tried[1], failed[0] + failed[1]) == (tried[2], failed[2])
        assert [f"{100 * a / b:.1f}" for a, b in zip(failed, tried, strict=True)] == [row[2] for row in rows]
        (attempts,) = [each for each in sample(CHECKOUT).impacts if each.unit == "attempts"]
        assert (attempts.amount, attempts.total) == (failed[2], tried[2])

    def test_every_section_is_written_in_markdown(self) -> None:
        sections = sample(CHECKOUT).sections
        assert [key for key in SECTION_KEYS if not sections.get(key).strip()] == []
        prose = "\n".join(sections.get(key) for key in SECTION_KEYS)
        for mark in ("\n| ---", "\n```sql\n", "\n- ", "\n1. ", "**", "](https://", "<https://"):
            assert mark in prose
        assert len(sample(CHECKOUT).other_sections) == 2

    def test_actions_come_in_all_states_types_and_with_all_fields(self) -> None:
        actions = sample(CHECKOUT).actions
        assert {each.status for each in actions} == set(ACTION_STATUSES)
        assert {each.type for each in actions} == set(ACTION_TYPES)
        assert all(each.owner and each.due and each.priority and each.link for each in actions)

    def test_remarks_and_waivers_point_at_something(self) -> None:
        incident = sample(CHECKOUT)
        known = {
            f"{field}/{item.id}" for field in ITEM_LISTS if field != "waivers" for item in getattr(incident, field)
        }
        known |= {f"sections/{key}" for key in SECTION_KEYS}
        places = [each.on for each in incident.comments] + [each.where for each in incident.waivers if each.where]
        assert places
        assert set(places) <= known
        assert all(each.reason for each in incident.waivers)
        ids = {each.id for each in incident.comments}
        assert {each.reply_to for each in incident.comments} - {""} <= ids
        quoted = [each for each in incident.comments if each.quote and each.on.startswith("sections/")]
        assert quoted
        assert all(each.quote in incident.sections.get(each.on.removeprefix("sections/")) for each in quoted)
        assert [each.verdict for each in incident.reviews] == ["changes"]

    def test_addresses_are_reserved_ones(self) -> None:
        hosts = set(re.findall(r"https?://([^/\s>\"')]+)", text_of(CHECKOUT)))
        assert hosts
        assert [host for host in hosts if not host.endswith(".example")] == []

    def test_the_long_one_has_nothing_open_but_a_late_action(self) -> None:
        assert [each.rule for each in findings(CHECKOUT) if not each.waived] == ["A08"]

    def test_every_waiver_covers_a_finding(self) -> None:
        waived = {(each.rule, each.waived) for each in findings(CHECKOUT) if each.waived}
        assert waived == {(each.rule, each.reason) for each in sample(CHECKOUT).waivers}

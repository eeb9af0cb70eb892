"""The sentences that differences are told in, as a person would say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from schemas import edits
from schemas.difference import Difference
from schemas.differences import differences
from schemas.incident import (
    Action,
    Comment,
    Event,
    Impact,
    Incident,
    OtherSection,
    Review,
    Sections,
    Stated,
    Waiver,
)

NINE = datetime(2024, 5, 2, 9)
NAIROBI = timezone(timedelta(hours=3))

BEFORE = Incident.model_validate(
    {
        "title": "Logins fail",
        "severity": "SEV3",
        "zone": "Africa/Nairobi",
        "authors": ["ana", "ben"],
        "sections": Sections(summary="The cache was full.", impact="Many."),
        "other_sections": [OtherSection(id="cost", heading="Costs", body="None.", after="impact")],
        "impacts": [Impact(id="imp", what="Logins", amount=18, total=24, unit="developers")],
        "events": [
            Event(id="down", at=NINE, text="All down", milestones=("detected",)),
            Event(id="back", at=NINE.replace(hour=10, minute=30), text="Rolled back", kind="action"),
            Event(id="lost", text="Somebody remembers", as_written="~19:30"),
        ],
        "stated": [Stated(id="said", what="duration", value="4 hours", minutes=240)],
        "actions": [Action(id="todo", text="Add an alert")],
        "comments": [Comment(id="why", on="events/back", author="kim", text="Why so late?")],
        "waivers": [Waiver(rule="T09", where="stated/said", reason="Known.")],
    }
)


def sentences(after: Incident, before: Incident = BEFORE) -> list[str]:
    return [found.sentence for found in differences(before, after).all]


def one(name: str, item_id: str, **changes: Any) -> str:
    """The only sentence about a change of one item."""
    (sentence,) = sentences(edits.update_item(BEFORE, name, item_id, **changes))
    return sentence


class TestTimes:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"at": NINE.replace(hour=10, minute=45)}, "moved 10:30 → 10:45"),
            ({"at": NINE.replace(day=3, minute=15)}, "moved 2024-05-02 10:30 → 2024-05-03 09:15"),
            ({"at": datetime(2024, 5, 2, 7, 45, tzinfo=UTC)}, "moved 10:30 → 10:45"),
            ({"at": NINE.replace(hour=10, minute=30, second=30)}, "moved 10:30 → 10:30:30"),
            ({"about": True}, ": time 10:30 → about 10:30"),
            ({"margin": "5m"}, ": time 10:30 → about 10:30 (± 5m)"),
            ({"latest": NINE.replace(hour=11)}, ": time 10:30 → between 10:30 and 11:00"),
            ({"until": NINE.replace(hour=11)}, ": time 10:30 → 10:30 to 11:00"),
            ({"at": date(2024, 5, 2)}, ": time 10:30 → day only"),
            ({"at": date(2024, 5, 3)}, "moved 2024-05-02 10:30 → 2024-05-03 day only"),
            ({"at": time(10, 30)}, ": time 2024-05-02 10:30 → 10:30"),
            ({"at": None}, "lost its time (was 2024-05-02 10:30)"),
            ({"zone": "UTC"}, "moved 10:30 → 13:30"),
        ],
    )
    def test_an_event_whose_time_is_another_one(self, change: dict[str, Any], expected: str) -> None:
        assert one("events", "back", **change) == f"event “Rolled back” {expected}".replace(" :", ":")

    def test_an_event_that_got_a_time(self) -> None:
        assert one("events", "lost", at=NINE) == "event “Somebody remembers” got a time: 2024-05-02 09:00"

    def test_what_the_document_said(self) -> None:
        assert one("events", "lost", as_written="19:40") == "event “Somebody remembers”: time as written ~19:30 → 19:40"

    @pytest.mark.parametrize(
        ("at", "written"),
        [
            (datetime(2024, 5, 2, 7, 30, tzinfo=UTC), "2024-05-02 10:30 → 2024-05-02 07:30 UTC"),
            (datetime(2024, 5, 2, 10, 30, tzinfo=NAIROBI), "10:30 → 10:30 UTC+03:00"),
        ],
    )
    def test_the_same_instant_at_another_offset_is_not_moved(self, at: datetime, written: str) -> None:
        after = edits.update_item(BEFORE, "events", "back", at=at)
        (found,) = differences(BEFORE, after).all
        assert found.kind == "changed"
        assert found.sentence.startswith("event “Rolled back”: time, the same but written ")
        assert found.sentence.endswith(written.rpartition("2024-05-02 ")[2])

    def test_two_clocks_are_named_where_the_zone_changed_too(self) -> None:
        after = edits.set_zone(edits.update_item(BEFORE, "events", "back", at=NINE), "UTC")
        assert sentences(after)[:2] == [
            "time zone Africa/Nairobi → UTC",
            "event “Rolled back” moved 10:30 EAT → 09:00 UTC",
        ]

    def test_local_times_stay_as_they_are_when_the_zone_changes(self) -> None:
        assert sentences(edits.set_zone(BEFORE, "UTC")) == ["time zone Africa/Nairobi → UTC"]

    def test_an_assumed_clock_that_changes_hides_no_move(self) -> None:
        before = Incident(events=(Event(id="a", at=NINE.replace(tzinfo=NAIROBI), text="Down"),))
        after = edits.update_item(before, "events", "a", at=NINE.replace(tzinfo=UTC))
        assert sentences(after, before) == ["event “Down” moved 09:00 UTC+03:00 → 09:00 UTC"]


class TestFields:
    @pytest.mark.parametrize(
        ("name", "value", "expected"),
        [
            ("severity", "SEV2", "severity SEV3 → SEV2"),
            ("severity", "", "the incident lost its severity (was SEV3)"),
            ("owner", "ana", "the incident got an owner: ana"),
            ("status", "in-review", "status draft → in-review"),
            ("title", "Logins fail again", "title changed"),
            ("title", "", "title removed"),
            ("authors", ["ana", "cem"], "the incident gained the author cem and lost the author ben"),
            ("authors", ["ben", "ana"], "order of authors ana, ben → ben, ana"),
            ("tags", ["a", "b", "c"], "the incident gained the tags a, b and c"),
            ("tags", list("abcdefghij"), "the incident gained the tags a, b, c, d, e, f, g, h and 2 more"),
        ],
    )
    def test_of_the_incident(self, name: str, value: object, expected: str) -> None:
        assert sentences(edits.set_field(BEFORE, name, value)) == [expected]

    @pytest.mark.parametrize(
        ("name", "item_id", "change", "expected"),
        [
            ("actions", "todo", {"owner": "Ana"}, "action “Add an alert” got an owner: Ana"),
            ("actions", "todo", {"due": date(2026, 6, 1)}, "action “Add an alert” got a due date: 2026-06-01"),
            ("actions", "todo", {"status": "done"}, "action “Add an alert”: status open → done"),
            ("actions", "todo", {"text": "Add two alerts"}, "action “Add two alerts”: words changed"),
            ("actions", "todo", {"text": ""}, "action todo: words removed"),
            ("actions", "todo", {"text": "Add an\nalert"},
             "action “Add an”: words changed in spaces and line breaks only"),
            ("events", "down", {"milestones": ()}, "event “All down” lost the milestone detected"),
            ("events", "back", {"milestones": ["mitigated", "resolved"]},
             "event “Rolled back” gained the milestones mitigated and resolved"),
            ("events", "back", {"kind": "decision"}, "event “Rolled back”: kind action → decision"),
            ("events", "back", {"actor": "ben"}, "event “Rolled back” got an actor: ben"),
            ("impacts", "imp", {"unit": "users"},
             "impact “Logins”: amount 18 of 24 developers (75%) → 18 of 24 users (75%)"),
            ("impacts", "imp", {"about": True},
             "impact “Logins”: amount 18 of 24 developers (75%) → about 18 of 24 developers (75%)"),
            ("stated", "said", {"minutes": 270}, "stated value “4 hours”: length 4h 00m → 4h 30m"),
            ("stated", "said", {"minutes": 240.0}, "stated value “4 hours”: length 240 → 240.0"),
            ("stated", "said", {"about": True}, "stated value “4 hours” is now approximate"),
            ("other_sections", "cost", {"heading": "Bills"}, "section “Bills”: heading Costs → Bills"),
            ("other_sections", "cost", {"body": "Some."}, "section “Costs”: words changed"),
            ("other_sections", "cost", {"after": ""},
             "section “Costs”: place behind section “Impact” → at the front"),
            ("comments", "why", {"resolved": True}, "comment by kim “Why so late?” on event “Rolled back” resolved"),
        ],
    )  # fmt: skip
    def test_of_an_item(self, name: str, item_id: str, change: dict[str, Any], expected: str) -> None:
        assert one(name, item_id, **change) == expected

    def test_a_comment_is_opened_again(self) -> None:
        settled = edits.update_item(BEFORE, "comments", "why", resolved=True)
        assert sentences(BEFORE, settled) == ["comment by kim “Why so late?” on event “Rolled back” reopened"]

    def test_long_values_show_where_they_differ(self) -> None:
        before = edits.set_field(BEFORE, "owner", "x" * 100 + "one")
        (sentence,) = sentences(edits.set_field(before, "owner", "x" * 100 + "two"), before)
        assert sentence == f"owner …{'x' * 30}one → …{'x' * 30}two"

    def test_keys_that_are_not_known(self) -> None:
        def with_note(note: object) -> Incident:
            return Incident.model_validate({"note": note, "sections": {}})

        assert sentences(with_note("new"), with_note("old")) == ["note old → new"]
        assert sentences(with_note(1), with_note(True)) == ["note true → 1"]
        assert sentences(with_note(1.0), with_note(1)) == ["note 1 → 1.0"]
        assert sentences(with_note(NINE), with_note({"a": [1]})) == ['note {"a": [1]} → "2024-05-02T09:00:00"']
        assert sentences(Incident(), with_note("x")) == ["the incident lost its note (was x)"]
        assert sentences(with_note({"a": 1, "b": 2}), with_note({"b": 2, "a": 1})) == []
        assert sentences(with_note("1"), with_note(1)) == ['note [1] → ["1"]']

    def test_unknown_text_cannot_drive_the_terminal(self) -> None:
        hostile = Incident.model_validate({"a\x1b[31mb": "c\x1b]0;d\x07"})
        (found,) = differences(Incident(), hostile).all
        assert "\x1b" not in found.sentence + found.after + found.name


class TestWholeThings:
    def test_an_item_that_came(self) -> None:
        action = Action(id="new1", text="Alert at 80 %\nof the cache", owner="ben", due=date(2024, 5, 31))
        (found,) = differences(BEFORE, edits.add_item(BEFORE, "actions", action)).all
        assert found == Difference(
            "added", "actions/new1", "action “Alert at 80 %”",
            after="Alert at 80 %\nof the cache\nowner: ben\ndue date: 2024-05-31",
        )  # fmt: skip
        assert found.sentence == "action “Alert at 80 %” added"

    def test_an_event_that_went(self) -> None:
        (found,) = differences(BEFORE, edits.remove_items(BEFORE, "events", ["down"])).all
        assert found.sentence == "event “All down” removed"
        assert found.before == "All down\ntime: 2024-05-02 09:00\nmilestone: detected"

    def test_sections(self) -> None:
        assert sentences(edits.set_section(BEFORE, "lessons", "Watch it.")) == ["section “Lessons learned” added"]
        assert sentences(edits.set_section(BEFORE, "impact", "")) == ["section “Impact” removed"]
        (found,) = differences(BEFORE, edits.set_section(BEFORE, "impact", "Few.")).all
        assert found.sentence == "section “Impact”: words changed"
        assert [(piece.kind, piece.text) for piece in found.words] == [("gone", "Many"), ("new", "Few"), ("same", ".")]

    def test_a_section_of_nothing_but_empty_lines(self) -> None:
        assert len(sentences(edits.set_section(BEFORE, "lessons", "\n"))) == 1

    def test_remarks(self) -> None:
        after = BEFORE.changed(
            comments=(*BEFORE.comments, Comment(id="c2", reply_to="why", author="ana", text="The graph was flat.")),
            reviews=(Review(id="r", reviewer="kim", verdict="approve"),),
            waivers=(),
        )
        assert sentences(after) == [
            "answer by ana “The graph was flat.” added",
            "approval by kim added",
            "waiver of T09 at stated/said removed",
        ]

    def test_parts_have_headings(self) -> None:
        parts = [found.part for found in differences(Incident(), BEFORE).all]
        assert list(dict.fromkeys(parts)) == [
            "Incident", "Sections", "Impacts", "Timeline", "Stated values", "Actions", "Comments", "Waivers",
        ]  # fmt: skip

"""T01, T02 and C14: the milestones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from schemas.incident import MILESTONES
from tests.schemas.checks.cases import at, event, fixed, found, incident, only, story

COMPLETE = story(impact_start="09:00", detected="09:10", acknowledged="09:12", mitigated="10:00", recovered="11:00",
                 resolved="12:00")  # fmt: skip


class TestMissing:
    def test_one_is_not_marked(self) -> None:
        known = story(impact_start="09:00", detected="09:10", mitigated="10:00", recovered="11:00", resolved="12:00")
        finding = only(known.changed(status="in-review"), "T01")
        assert (finding.severity, finding.where) == ("warning", "events")
        assert "acknowledge (detected → acknowledged)" in finding.message
        assert "mitigate (" not in finding.message

    def test_in_a_draft_it_is_a_remark(self) -> None:
        assert only(story(detected="09:00"), "T01").severity == "info"

    def test_none_is_marked(self) -> None:
        assert "no event is marked as a milestone" in only(incident(event("a", at("09:00"))), "T01").message

    def test_one_has_no_time(self) -> None:
        known = incident(*COMPLETE.events[:-2], event("over", None, "recovered", "resolved"))
        finding = only(known, "T01")
        assert finding.where == "events/over/at"
        assert '"over" is marked as recovered and resolved but has no time' in finding.message
        assert "resolve (detected → resolved)" in finding.message

    @pytest.mark.parametrize("known", [COMPLETE, incident(), COMPLETE.changed(status="published")])
    def test_nothing_is_missing(self, known: Any) -> None:
        assert found(known, "T01") == []

    def test_what_the_profile_does_not_print_is_not_missed(self) -> None:
        assert "declared" not in COMPLETE.model_dump_json()
        assert found(COMPLETE, "T01") == []


class TestSaidByEvents:
    def test_the_event_that_says_so_can_be_marked(self) -> None:
        known = incident(
            event("a", at("09:00"), "impact-start"),
            event("b", at("09:10"), text="Alert fires: checkout is slow", kind="alert"),
            event("c", at("10:00"), text="Service fully restored"),
            event("d", at("10:30"), text="Incident resolved"),
        )
        findings = {finding.where: finding for finding in found(known, "T01")}
        assert list(findings) == ["events/b", "events/c", "events/d", "events"]
        assert 'no event is marked as detected, but "Alert fires: checkout is slow"' in findings["events/b"].message
        fix = findings["events/d"].fix
        assert fix is not None
        assert fix.label == 'mark "Incident resolved" as resolved'
        assert fix.edit(known).events[3].milestones == ("resolved",)

    def test_all_at_once_where_none_is_marked(self) -> None:
        known = incident(
            event("a", at("09:10"), text="Pages start"),
            event("b", at("10:00"), text="Fully restored"),
            event("c", at("10:30"), text="Resolved", milestones=[]),
        )
        finding = only(known, "T01")
        assert finding.fix is not None
        assert (
            finding.fix.label
            == 'mark "Pages start" as detected, "Fully restored" as recovered and "Resolved" as resolved'
        )
        after = finding.fix.edit(known)
        assert [each.milestones for each in after.events] == [("detected",), ("recovered",), ("resolved",)]

    def test_of_beginnings_the_first_and_of_ends_the_last(self) -> None:
        known = incident(
            event("a", at("09:00"), text="Alert fires"),
            event("b", at("09:10"), text="Another alert fires"),
            event("c", at("10:00"), text="Resolved"),
            event("d", at("11:00"), text="Resolved"),
        )
        after = fixed(known, "T01")
        assert [each.milestones for each in after.events] == [("detected",), (), (), ("resolved",)]

    def test_marks_stand_in_their_usual_order(self) -> None:
        known = incident(event("a", at("09:00"), "impact-start", "odd", "resolved", text="Alert fires"))
        (told, _) = found(known, "T01")
        assert told.fix is not None
        assert told.fix.edit(known).events[0].milestones == ("impact-start", "detected", "resolved", "odd")

    @pytest.mark.parametrize(
        "text",
        ["Not resolved", "Will be resolved soon", "We thought it was resolved", "The host name resolved to nothing"],
    )
    def test_what_is_not_so_is_not_proposed(self, text: str) -> None:
        known = incident(event("a", at("09:00"), "detected"), event("b", at("10:00"), text=text))
        assert all(finding.fix is None for finding in found(known, "T01"))

    def test_nothing_is_proposed_that_contradicts_the_order(self) -> None:
        known = incident(event("a", at("09:00"), text="Resolved"), event("b", at("10:00"), "detected"))
        assert all(finding.fix is None for finding in found(known, "T01"))

    def test_a_false_lead_resolves_nothing(self) -> None:
        known = incident(
            event("a", at("09:00"), "detected"), event("b", at("10:00"), text="Resolved", kind="false-lead")
        )
        assert all(finding.fix is None for finding in found(known, "T01"))


class TestDisordered:
    def test_found(self) -> None:
        finding = only(story(detected="09:10", resolved="09:00"), "T02")
        assert (finding.severity, finding.where) == ("error", "events/resolved/at")
        assert finding.message == "resolved (2024-05-02 09:00) lies before detected (2024-05-02 09:10)"

    def test_one_wrong_time_is_told_once(self) -> None:
        known = story(impact_start="13:00", detected="09:10", acknowledged="09:12", resolved="12:00")
        finding = only(known, "T02")
        assert finding.where == "events/impact-start/at"
        assert finding.message.count("2024-05-02") == 4

    def test_two_wrong_times(self) -> None:
        known = story(impact_start="08:00", detected="09:10", mitigated="12:00", resolved="11:00", closed="07:00")
        assert [finding.where for finding in found(known, "T02")] == ["events/closed/at", "events/resolved/at"]

    def test_over_before_anybody_knew_is_a_question(self) -> None:
        finding = only(story(impact_start="09:00", recovered="09:05", detected="10:00", resolved="11:00"), "T02")
        assert finding.severity == "warning"

    @pytest.mark.parametrize(
        "known",
        [
            COMPLETE,
            story(acknowledged="09:00", declared="09:10"),
            story(declared="09:00", acknowledged="09:10"),
            story(detected="09:00", mitigated="09:05", declared="09:30", acknowledged="09:40"),
            incident(event("a", at("09:00"), *MILESTONES)),
            # Inexact times can be in order.
            incident(event("a", at("09:10"), "detected", about=True), event("b", at("09:00"), "resolved")),
            incident(event("a", at("09:10"), "detected"), event("b", date(2024, 5, 2), "resolved")),
            incident(event("a", at("09:10"), "detected"), event("b", at("09:00"), "resolved", latest=at("09:20"))),
            # It lasted until after the other one.
            incident(event("a", at("09:00"), "resolved", until=at("10:00")), event("b", at("09:30"), "detected")),
            # Reopened: what counts is when it was over for good.
            incident(event("a", at("09:00"), "detected"), event("b", at("10:00"), "resolved"),
                     event("c", at("11:00"), "mitigated"), event("d", at("12:00"), "resolved")),
            incident(event("a", None, "detected"), event("b", at("09:00"), "resolved")),
            incident(),
        ],
    )  # fmt: skip
    def test_not_found(self, known: Any) -> None:
        assert found(known, "T02") == []

    def test_just_out_of_reach(self) -> None:
        about = event("a", at("09:16"), "detected", about=True)
        known = incident(about, event("b", at("09:00"), "resolved"))
        assert only(known, "T02").severity == "error"
        closer = known.changed(events=(about.changed(at=at("09:16") - timedelta(minutes=1)), known.events[1]))
        assert found(closer, "T02") == []


class TestUnknownWords:
    def test_a_milestone_written_otherwise_can_be_put_right(self) -> None:
        known = incident(event("a", at("09:00"), "Impact Start"), event("b", at("10:00"), "Impact Start", "resolved"))
        finding = only(known, "C14")
        assert (finding.severity, finding.where) == ("warning", "events/a/milestones")
        assert finding.message == '2 events have the unknown milestone "Impact Start"'
        after = fixed(known, "C14")
        assert [each.milestones for each in after.events] == [("impact-start",), ("impact-start", "resolved")]
        assert found(after, "C14") == []

    def test_a_word_of_another_house(self) -> None:
        finding = only(incident(event("a", at("09:00"), "stable")), "C14")
        assert finding.fix is None
        assert "impact-start" in finding.hint

    def test_a_kind(self) -> None:
        known = incident(event("a", at("09:00"), kind="False lead"))
        assert only(known, "C14").where == "events/a/kind"
        assert fixed(known, "C14").events[0].kind == "false-lead"

    def test_many_are_told_in_short(self) -> None:
        findings = found(incident(*(event(f"e{i}", at("09:00"), f"m{i}") for i in range(9))), "C14")
        assert len(findings) == 6
        assert findings[-1].message == "4 more milestones are not known"

    def test_the_mark_is_not_doubled(self) -> None:
        known = incident(event("a", at("09:00"), "resolved", "Resolved"))
        assert fixed(known, "C14").events[0].milestones == ("resolved",)

    @pytest.mark.parametrize("known", [COMPLETE, incident(event("a", kind="alert")), incident(event("a", kind=""))])
    def test_not_found(self, known: Any) -> None:
        assert found(known, "C14") == []

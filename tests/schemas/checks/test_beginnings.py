"""T15, T16 and T17: where the clock starts, and what bears it out."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from schemas.incident import Incident
from tests.schemas.checks.cases import at, event, found, incident, only, stated, story, wall


class TestByDefault:
    def test_one_event(self) -> None:
        known = incident(event("a", at("09:00"), "impact-start", "detected"))
        finding = only(known, "T15")
        assert (finding.severity, finding.where) == ("info", "events/a/milestones")
        assert finding.message.startswith('impact-start and detected are one moment: "a" (2024-05-02 09:00)')
        assert only(known.changed(status="in-review"), "T15").severity == "warning"

    def test_an_alert_comes_after_what_it_reports(self) -> None:
        known = incident(event("a", at("09:00"), "impact-start", "detected", kind="alert"))
        assert only(known, "T15").severity == "warning"

    def test_two_events_of_one_instant(self) -> None:
        known = incident(event("a", at("09:00"), "impact-start"), event("b", at("11:00", offset="+02:00"), "detected"))
        assert only(known, "T15").where == "events/a/milestones"

    def test_declared_counts_where_a_length_is_measured_from_or_to_it(self) -> None:
        known = incident(event("a", at("09:00"), "detected", "declared"))
        assert found(known, "T15") == []

    @pytest.mark.parametrize(
        "claim",
        [
            {"at": at("09:00")},
            {"at": at("11:00", offset="+02:00")},
            {"at": wall("09:00")},
            {"at": time(9)},
        ],
    )
    def test_a_stated_start(self, claim: dict[str, Any]) -> None:
        known = incident(event("a", at("09:00"), "detected"), stated=[stated("start", **claim)])
        assert only(known, "T15").where == "stated/s"

    @pytest.mark.parametrize(
        "known",
        [
            story(impact_start="08:50", detected="09:00"),
            story(detected="09:00"),
            # Two inexact moments may be the same and still be known.
            incident(event("a", at("09:00"), "impact-start", about=True), event("b", at("09:00"), "detected")),
            incident(event("a", date(2024, 5, 2), "impact-start"), event("b", wall("00:00"), "detected")),
            incident(event("a", None, "impact-start", "detected")),
            incident(event("a", at("09:00"), "detected"), stated=[stated("start", at=at("08:00"))]),
            incident(event("a", at("09:00"), "detected"), stated=[stated("start", at=at("09:00"), about=True)]),
            incident(event("a", at("09:00"), "detected"), stated=[stated("end", at=at("09:00"))]),
            incident(event("a", at("09:00"), "detected"), event("b", at("08:00"), "impact-start"),
                     stated=[stated("start", at=at("09:00"))]),
            incident(),
        ],
    )  # fmt: skip
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "T15") == []


def late(**fields: Any) -> Incident:
    """A timeline that starts at 09:00 with detection."""
    return incident(event("a", at("09:00"), "detected"), event("b", at("10:00"), "resolved"), **fields)


class TestStartsLate:
    @pytest.mark.parametrize(
        ("known", "says"),
        [
            (late(sections={"trigger": "It went out at 08:41."}), "the section trigger speaks of 08:41"),
            (late(sections={"root_cause": "Deployed on 2 May 2024 at 8:15 AM by hand."}), "08:15"),
            (late(sections={"summary": "On 1 May 2024 at 23:00 a disk failed."}), "23:00"),
            (late(factors=[{"id": "f", "text": "A certificate that expired at 07:59"}]), "a factor speaks of 07:59"),
            (late(actions=[{"id": "q", "text": "Explain the restart at 08:03"}]), "an action speaks of 08:03"),
            (late(stated=[stated("start", at=at("08:30"))]), "its stated start is earlier"),
            (late(stated=[stated("start", at=time(8, 30))]), "its stated start is earlier: 08:30"),
            (incident(event("x", None, kind="change", text="Rollout"), event("a", at("09:00"), "detected")),
             'a change without a time stands before it: "Rollout"'),
            (incident(event("a", time(0, 20), "detected"), sections={"trigger": "At 23:50 the job began."}), "23:50"),
        ],
    )  # fmt: skip
    def test_found(self, known: Incident, says: str) -> None:
        finding = only(known, "T16")
        assert (finding.severity, finding.where) == ("info", "events/a")
        assert says in finding.message

    @pytest.mark.parametrize(
        "known",
        [
            late(),
            late(sections={"trigger": "The job runs daily at 08:00."}),
            late(sections={"trigger": "It starts at 08:00 every working day, and at 07:00 each Sunday."}),
            late(sections={"trigger": "At 09:30 we knew."}),
            late(sections={"summary": "Out of use from 09:00 on 2 May 2024 to 05:00 on 3 May."}),
            late(sections={"summary": "From 09:00 on nothing worked. At 05:00 it was over."}),
            late(sections={"summary": "On 12 April 2024 at 08:00 the same happened."}),
            late(sections={"lessons": "At 08:00 nobody is here."}),
            late(sections={"trigger": "```\n08:41 boot\n```"}),
            late(sections={"trigger": "Version 8.41 went out."}),
            late(stated=[stated("start", at=at("09:00"))]),
            incident(event("x", at("08:00")), event("a", at("09:00"), "detected"), sections={"trigger": "At 07:00."}),
            incident(event("a", at("09:00"), "resolved"), sections={"trigger": "At 08:00 it began."}),
            incident(event("a", date(2024, 5, 2), "detected"), sections={"trigger": "At 08:00 it began."}),
            incident(event("a", None, "detected"), sections={"trigger": "At 08:00 it began."}),
            incident(),
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "T16") == []


class TestEvidence:
    def steps(self, linked: int, **fields: Any) -> Incident:
        plain = [event(f"e{i}", datetime(2024, 5, 2, 9, i)) for i in range(10 - linked)]
        with_link = [event(f"l{i}", datetime(2024, 5, 2, 10, i), links=["https://x.example"]) for i in range(linked)]
        return incident(*plain, *with_link, **{"status": "in-review", **fields})

    @pytest.mark.parametrize(
        ("linked", "says"), [(0, "none of 10 events has a link"), (1, "only 1 of 10 events has a link")]
    )
    def test_found_once(self, linked: int, says: str) -> None:
        finding = only(self.steps(linked), "T17")
        assert (finding.severity, finding.where) == ("info", "events")
        assert says in finding.message

    def test_a_link_in_the_text_counts(self) -> None:
        known = self.steps(1)
        written = known.events[0].changed(text="Graph: https://graphs.example/1")
        assert found(known.changed(events=(written, *known.events[1:])), "T17") == []

    def test_not_found(self) -> None:
        assert found(self.steps(2), "T17") == found(self.steps(0, status="draft"), "T17") == []
        assert found(incident(event("a", at("09:00")), event("b", at("10:00")), status="published"), "T17") == []

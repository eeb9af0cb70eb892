"""T09 and T11: what the table `[[stated]]` claims about the times, against the timeline."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from schemas.incident import Incident, Stated
from tests.schemas.checks.cases import at, event, found, incident, only, stated, story, wall


def claim(value: str, minutes: float, what: str = "duration", **fields: Any) -> Stated:
    return stated(what, value, minutes=minutes, **fields)


def with_claims(known: Incident, *claims: Stated) -> Incident:
    changed: Incident = known.changed(stated=claims)
    return changed


FOUR_AND_A_HALF = incident(
    event("a", at("08:00"), "detected", text="Incident identified"),
    event("b", at("08:05"), text="Investigation begun"),
    event("c", at("08:15"), text="Root cause known"),
    event("d", at("08:30"), text="Mitigation started"),
    event("e", at("12:30"), "resolved", text="Restored"),
    event("f", at("16:00"), text="Report sent"),
)

ALL_MARKED = story(impact_start="09:00", detected="09:40", declared="09:50", acknowledged="10:00", mitigated="12:00",
                   recovered="13:00", resolved="15:00", closed="18:00")  # fmt: skip


class TestTheFourHours:
    def test_says_what_is_wrong_and_what_would_be_right(self) -> None:
        finding = only(with_claims(FOUR_AND_A_HALF, claim("4 hours", 240)), "T09")
        assert (finding.severity, finding.where) == ("error", "stated/s")
        assert finding.message == "states 4h 00m (header); the timeline says 4h 30m (detected → resolved)"
        assert finding.hint == (
            '4h 00m is "Mitigation started" (2024-05-02 08:30) → resolved (12:30). Say so, or state 4h 30m.'
        )

    def test_a_definition_is_named_before_a_pair_of_events(self) -> None:
        finding = only(with_claims(ALL_MARKED, claim("2 hours", 120)), "T09")
        assert finding.hint.startswith("2h 00m is acknowledged → mitigated")

    def test_nothing_fits(self) -> None:
        finding = only(with_claims(FOUR_AND_A_HALF, claim("50 minutes", 50)), "T09")
        assert finding.hint == "Correct the stated length to 4h 30m, or the times that it was measured by."

    def test_many_pairs_are_a_coincidence(self) -> None:
        steps = [event(f"s{m}", at(f"08:{m:02d}")) for m in range(23, 37)]
        known = with_claims(incident(*FOUR_AND_A_HALF.events, *steps), claim("about 4 hours", 180, about=True))
        assert "→ resolved" not in only(known, "T09").hint

    def test_up_to_the_last_event(self) -> None:
        known = incident(
            event("a", at("09:00"), "detected"), event("b", at("10:00"), "resolved"),
            event("c", at("10:20"), text="Watching"), event("d", at("17:21"), text="Closed the bridge"),
        )  # fmt: skip
        finding = only(with_claims(known, claim("7h 01m", 421)), "T09")
        assert finding.hint.startswith('7h 01m is "Watching" (2024-05-02 10:20) → "Closed the bridge" (17:21).')

    def test_where_the_claim_stands(self) -> None:
        assert "(line 7)" in only(with_claims(FOUR_AND_A_HALF, claim("4 hours", 240, where="", line=7)), "T09").message
        assert "4h 00m;" in only(with_claims(FOUR_AND_A_HALF, claim("4 hours", 240, where="")), "T09").message


# What a stated length agrees with in a timeline of 4 h 30 min from detection, whose start of impact is not known.
CLAIMS = [
    ("4 hours 30 minutes", 270, True), ("4h 30m", 270, True), ("270", 270, True), ("4.5 hours", 270, True),
    ("4h 31m", 271, True), ("4h 32m", 272, True),  # a minute; noticed a little late
    ("4h 28m", 268, False), ("4h 50m", 290, False), ("4h 45m", 285, True), ("4h 15m", 255, False),
    ("4 hours", 240, False), ("5 hours", 300, False), ("about 4 hours", 240, True), ("~4h", 240, True),
    ("approximately 5 hours", 300, True), ("about 3 hours", 180, False), ("about 6 hours", 360, False),
    ("under 5 hours", 300, True), ("under 4 hours", 240, False), ("more than 4 hours", 240, True),
    ("over 5 hours", 300, False), ("16200 seconds", 270, True), ("16000 seconds", 266.67, False),
    ("half a day", 720, False), ("-", -1, True),
]  # fmt: skip


class TestHowClosely:
    @pytest.mark.parametrize(("value", "minutes", "agrees"), CLAIMS)
    def test_claims(self, value: str, minutes: float, agrees: bool) -> None:
        assert (found(with_claims(FOUR_AND_A_HALF, claim(value, minutes)), "T09") == []) is agrees

    @pytest.mark.parametrize(
        ("value", "minutes", "real", "agrees"),
        [
            ("19 hours", 19 * 60, "04:10", True),  # 19 h 10: rounded to the hour, as people do with long ones
            ("19 hours", 19 * 60, "04:40", False),
            ("20 hours", 20 * 60, "04:40", True),
            ("19.5 hours", 19.5 * 60, "04:40", True),
            ("1 day", 24 * 60, "04:40", True),
            ("2 days", 48 * 60, "04:40", False),
            ("19h 40", 19 * 60 + 40, "04:40", True),
            ("19h 10", 19 * 60 + 10, "04:40", False),
        ],
    )
    def test_long_ones(self, value: str, minutes: float, real: str, agrees: bool) -> None:
        known = incident(event("a", at("09:00"), "impact-start"), event("b", at(real, "2024-05-03"), "resolved"))
        assert (found(with_claims(known, claim(value, minutes)), "T09") == []) is agrees

    @pytest.mark.parametrize(("minutes", "agrees"), [(0, True), (60, True), (105, True), (106, True), (107, False)])
    def test_inexact_times_allow_what_they_leave_open(self, minutes: int, agrees: bool) -> None:
        start = event("a", at("09:00"), "impact-start", latest=at("10:30"))
        known = incident(start, event("b", at("10:30"), "resolved", about=True))
        findings = found(with_claims(known, claim(f"{minutes} min", minutes)), "T09")
        assert (findings == []) is agrees
        assert all("the timeline says 0m–1h 45m (impact → resolved)" in finding.message for finding in findings)


class TestWhatItMayMean:
    @pytest.mark.parametrize(
        "minutes",
        [240, 360, 200, 320],  # impact → recovered, impact → resolved, detected → recovered, detected → resolved
    )
    def test_a_duration_is_any_of_the_usual_ones(self, minutes: int) -> None:
        assert found(with_claims(ALL_MARKED, claim(f"{minutes} min", minutes)), "T09") == []

    def test_or_from_the_first_event(self) -> None:
        known = incident(event("deploy", at("08:00")), *ALL_MARKED.events)
        assert found(with_claims(known, claim("5 hours", 300)), "T09") == []
        assert found(with_claims(known, claim("10 hours", 600)), "T09") != []  # the last event is not the end

    def test_or_from_the_stated_start(self) -> None:
        start, end = stated("start", at=at("05:00"), id="x"), claim("7h 30m", 450)
        assert found(with_claims(FOUR_AND_A_HALF, start, end), "T09") == []
        assert found(with_claims(FOUR_AND_A_HALF, end), "T09") != []

    def test_its_own_start_and_end(self) -> None:
        claims = stated("start", at=at("05:00"), id="x"), stated("end", at=at("10:00"), id="y"), claim("4 hours", 240)
        message = only(with_claims(incident(), *claims), "T09").message
        assert message == "states 4h 00m (header); its own start and end say 5h 00m (stated start → stated end)"

    @pytest.mark.parametrize(
        ("what", "minutes"),
        [("detect", 40), ("acknowledge", 20), ("mitigate", 140), ("resolve", 320), ("impact", 240), ("closed", 540)],
    )
    def test_a_metric_means_that_one(self, what: str, minutes: int) -> None:
        assert found(with_claims(ALL_MARKED, claim(f"{minutes} min", minutes, what)), "T09") == []
        finding = only(with_claims(ALL_MARKED, claim("77 min", 77, what)), "T09")
        assert finding.message.startswith("states 1h 17m (header); the timeline says")

    @pytest.mark.parametrize(
        ("known", "what"),
        [
            (incident(), "duration"),
            (incident(event("a", at("09:00")), event("b", at("11:00"))), "duration"),
            (incident(event("a", at("09:00"), "detected")), "duration"),
            (incident(event("a", at("09:00"), "detected"), event("b", None, "resolved")), "duration"),
            (incident(event("a", at("09:00"), "resolved"), event("b", at("10:00"), "impact-start")), "mitigate"),
            (story(resolved="09:00", detected="10:00"), "resolve"),  # backwards: T02 speaks of it
            (FOUR_AND_A_HALF, "detect"),
            (FOUR_AND_A_HALF, "number of pizzas"),
        ],
    )
    def test_where_the_timeline_knows_nothing(self, known: Incident, what: str) -> None:
        assert found(with_claims(known, claim("77 min", 77, what)), "T09") == []


class TestStatedTimes:
    @pytest.mark.parametrize(
        ("what", "when"),
        [
            ("start", at("09:00")), ("start", at("09:15")), ("start", at("08:45")),
            ("start", at("09:40")),  # the detection
            ("start", wall("09:00")), ("start", date(2024, 5, 2)), ("start", time(9)),
            ("start", at("12:00", offset="+03:00")),
            ("end", at("13:00")), ("end", at("13:01")), ("end", at("15:00")), ("end", time(15)),
            ("end", date(2024, 5, 2)),
            ("mitigated", at("12:00")), ("detected", at("09:50")), ("declared", at("09:51")),
            ("downtime", at("01:00")), ("resolve", at("01:00")),
        ],
    )  # fmt: skip
    def test_agrees(self, what: str, when: Any) -> None:
        known = with_claims(ALL_MARKED, stated(what, at=when))
        assert found(known, "T09") == []
        assert found(known, "T11") == []

    @pytest.mark.parametrize(
        ("what", "when", "says"),
        [
            ("start", at("08:44"), "states the start as 2024-05-02 08:44 +00:00 (header); the timeline says "
                                   "2024-05-02 09:00 (impact) and 2024-05-02 09:40 (detected)"),
            ("start", at("10:30"), "2024-05-02 09:00 (impact)"),
            ("start", date(2024, 5, 1), "states the start as 2024-05-01"),
            ("start", time(21), "states the start as 21:00"),
            ("end", at("13:02"), "2024-05-02 13:00 (recovered) and 2024-05-02 15:00 (resolved)"),
            ("end", at("13:00", "2024-05-03"), "2024-05-03 13:00"),
        ],
    )  # fmt: skip
    def test_disagrees(self, what: str, when: Any, says: str) -> None:
        finding = only(with_claims(ALL_MARKED, stated(what, at=when)), "T09")
        assert (finding.severity, finding.where) == ("error", "stated/s")
        assert says in finding.message

    @pytest.mark.parametrize(
        ("what", "when", "says"),
        [
            ("mitigated", at("12:02"), "states mitigated as 2024-05-02 12:02 +00:00 (header); the timeline says "
                                       "2024-05-02 12:00 (mitigated)"),
            ("detected", at("09:56"), "2024-05-02 09:40 (detected)"),
            ("resolved", at("13:00"), "2024-05-02 15:00 (resolved)"),  # which is another milestone
            ("closed", time(19), "states closed as 19:00"),
        ],
    )  # fmt: skip
    def test_a_milestone_disagrees(self, what: str, when: Any, says: str) -> None:
        known = with_claims(ALL_MARKED, stated(what, at=when))
        finding = only(known, "T11")
        assert (finding.severity, finding.where) == ("error", "stated/s")
        assert says in finding.message
        assert found(known, "T09") == []

    def test_about_allows_a_quarter_of_an_hour(self) -> None:
        assert found(with_claims(ALL_MARKED, stated("end", at=at("15:15"), about=True)), "T09") == []
        assert found(with_claims(ALL_MARKED, stated("end", at=at("15:17"), about=True)), "T09") != []
        assert found(with_claims(ALL_MARKED, stated("start", at=date(2024, 5, 1), about=True)), "T09") == []

    def test_the_event_of_that_time_is_named(self) -> None:
        known = incident(*ALL_MARKED.events, event("x", at("16:20"), text="All queues empty"))
        finding = only(with_claims(known, stated("end", at=at("16:20"))), "T09")
        assert finding.hint == (
            'At that time the timeline has "All queues empty": mark it as recovered or resolved, or correct the claim.'
        )

    def test_an_impact_that_began_before_anybody_noticed(self) -> None:
        known = story(detected="14:00", resolved="20:00")
        assert found(with_claims(known, stated("start", at=at("05:00"))), "T09") == []
        assert found(with_claims(known, stated("start", at=at("15:00"))), "T09") != []

    @pytest.mark.parametrize(
        "known",
        [
            incident(),
            incident(event("a", at("09:00"))),
            incident(event("a", None, "detected", "resolved")),
            incident(event("a", wall("09:00"), "detected", "resolved"), zone=""),  # which clock is it?
            incident(event("a", date(2024, 5, 2), "detected", "resolved")),
        ],
    )
    @pytest.mark.parametrize("what", ["start", "end"])
    def test_where_the_timeline_knows_nothing(self, known: Incident, what: str) -> None:
        assert found(with_claims(known, stated(what, at=at("17:00"))), "T09") == []

    def test_a_story_without_dates_is_compared_by_its_clock(self) -> None:
        known = incident(event("a", time(23), "detected"), event("b", time(1), "resolved"), zone="")
        assert found(with_claims(known, stated("end", at=wall("01:00"))), "T09") == []
        assert found(with_claims(known, stated("end", at=date(2024, 5, 2))), "T09") == []
        assert found(with_claims(known, stated("end", at=time(3))), "T09") != []
        assert found(with_claims(known, claim("2 hours", 120)), "T09") == []
        assert found(with_claims(known, claim("3 hours", 180)), "T09") != []

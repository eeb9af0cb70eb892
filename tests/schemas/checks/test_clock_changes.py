"""T08 and the fixes of T07: clocks that are changed while an incident goes on."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from schemas import metrics, timeline
from schemas.checks import RULES, Facts
from schemas.incident import Incident
from tests.schemas.checks.cases import NOW, at, event, fixed, found, incident, only, wall

SPRING, AUTUMN = "2024-03-31", "2023-10-29"


def night(day: str, start: str, end: str, zone: str = "Europe/Berlin", **fields: Any) -> Incident:
    return incident(
        event("a", wall(start, day), "detected"), event("b", wall(end, day), "resolved"), zone=zone, **fields
    )


class TestChangedMeanwhile:
    def test_forward(self) -> None:
        finding = only(night(SPRING, "01:30", "03:45"), "T08")
        assert (finding.severity, finding.where) == ("warning", "events/b")
        assert finding.message == (
            "the clocks in Europe/Berlin went forward by 1h 00m on 2024-03-31 02:00: "
            "resolve (detected → resolved) took 1h 15m, not 2h 15m"
        )

    def test_an_event_that_goes_on_beyond_the_change(self) -> None:
        known = incident(
            event("a", wall("01:00", SPRING), "detected"),
            event("b", wall("01:30", SPRING), "resolved", until=wall("03:45", SPRING)),
            zone="Europe/Berlin",
        )
        finding = only(known, "T08")
        assert finding.where == "events/b"
        assert "took 1h 45m, not 2h 45m" in finding.message

    def test_back(self) -> None:
        finding = only(night(AUTUMN, "01:30", "03:45"), "T08")
        assert "went back by 1h 00m on 2023-10-29 03:00" in finding.message
        assert "took 3h 15m, not 2h 15m" in finding.message

    def test_a_clock_that_runs_against_time(self) -> None:
        known = incident(
            event("a", at("02:50", AUTUMN, "+02:00"), "detected"),
            event("b", at("02:10", AUTUMN, "+01:00"), "resolved"),
            zone="Europe/Berlin",
        )
        finding = only(known, "T08")
        assert "took 20m, not -40m" in finding.message
        assert finding.severity == "info"

    def test_the_times_can_be_written_with_their_offsets(self) -> None:
        known = night(SPRING, "01:30", "03:45")
        after = fixed(known, "T08")
        assert [each.at for each in after.events] == [at("01:30", SPRING, "+01:00"), at("03:45", SPRING, "+02:00")]
        (again,) = found(after, "T08")
        assert again.severity == "info"
        assert [e.start for e in timeline.build(after).entries] == [e.start for e in timeline.build(known).entries]

    def test_nothing_is_written_out_where_a_time_is_in_doubt(self) -> None:
        known = night(AUTUMN, "01:30", "02:30")
        known = known.changed(events=(*known.events, event("c", wall("05:00", AUTUMN), "recovered", "impact-start")))
        assert found(known, "T07")
        assert all(finding.fix is None for finding in found(known, "T08"))

    def test_only_the_story_as_a_whole_is_spanned(self) -> None:
        known = night(SPRING, "03:30", "04:00")
        known = known.changed(events=(event("x", wall("01:00", SPRING)), *known.events))
        finding = only(known, "T08")
        assert finding.severity == "info"
        assert "2h 00m lie between the first event and the last, not 3h 00m" in finding.message

    @pytest.mark.parametrize(
        "known",
        [
            night(SPRING, "03:30", "05:00"),
            night(SPRING, "01:30", "03:45", "UTC"),
            night(SPRING, "01:30", "03:45", ""),
            night(SPRING, "01:30", "03:45", "UTC+1"),
            night(SPRING, "01:30", "03:45", "Africa/Nairobi"),
            night(SPRING, "01:30", "03:45", "Nowhere/At_All"),
            incident(event("a", time(1), "detected"), event("b", time(4), "resolved"), zone="Europe/Berlin"),
            # In weeks an hour says nothing.
            incident(event("a", wall("01:30", "2024-03-01"), "detected"), event("b", wall("09:00"), "resolved"),
                     zone="Europe/Berlin"),
            # The timeline says it itself.
            incident(event("a", wall("01:30", SPRING), "detected"), event("b", wall("03:45", SPRING), "resolved"),
                     event("c", wall("03:00", SPRING), text="The clocks go forward"), zone="Europe/Berlin"),
            incident(),
        ],
    )  # fmt: skip
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "T08") == []

    @pytest.mark.parametrize(
        ("zone", "day", "says"),
        [
            ("Europe/Moscow", "2014-10-26", "went back by 1h 00m on 2014-10-26 02:00"),  # for good, to winter time
            ("Australia/Lord_Howe", "2023-04-02", "went back by 30m on 2023-04-02 02:00"),
        ],
    )
    def test_changes_of_other_sorts(self, zone: str, day: str, says: str) -> None:
        known = incident(
            event("a", wall("00:30", day), "detected"),
            event("b", wall("12:00", day), "resolved"),
            zone=zone,
        )
        assert says in only(known, "T08").message

    def test_half_past_in_pyongyang_and_midnight_in_juba(self) -> None:
        # At 23:30 of 4 May 2018 it was midnight; on 1 February 2021 the first hour came twice.
        korea = incident(
            event("a", wall("23:00", "2018-05-04"), "detected"), event("b", wall("00:30", "2018-05-05"), "resolved"),
            zone="Asia/Pyongyang",
        )  # fmt: skip
        assert "took 1h 00m, not 1h 30m" in only(korea, "T08").message
        sudan = incident(
            event("a", wall("22:00", "2021-01-31"), "detected"), event("b", wall("02:00", "2021-02-01"), "resolved"),
            zone="Africa/Juba",
        )  # fmt: skip
        assert "took 5h 00m, not 4h 00m" in only(sudan, "T08").message
        assert found(incident(event("a", wall("23:30", "2021-01-31")), zone="Africa/Juba"), "T07")

    def test_work_hours_are_counted_by_themselves(self) -> None:
        known = night(SPRING, "01:30", "03:45")
        story = timeline.build(known)
        empty: tuple[metrics.Measurement, ...] = ()
        (finding,) = RULES["T08"].check(Facts(known, story, empty, NOW))
        assert finding.severity == "info"


class TestFixes:
    def test_a_time_that_did_not_exist(self) -> None:
        known = incident(event("a", wall("02:30", SPRING)), zone="Europe/Berlin")
        after = fixed(known, "T07")
        assert after.events[0].at == wall("03:30", SPRING)
        assert timeline.build(after).entries[0].start == timeline.build(known).entries[0].start
        assert found(after, "T07") == []

    def test_the_first_of_two(self) -> None:
        known = incident(
            event("x", wall("01:50", AUTUMN)), event("a", wall("02:10", AUTUMN)), event("y", wall("02:20", AUTUMN)),
            zone="Europe/Berlin",
        )  # fmt: skip
        after = fixed(known, "T07")
        assert after.events[1].at == at("02:10", AUTUMN, "+02:00")

    def test_the_second_where_the_story_has_been_there(self) -> None:
        known = incident(
            event("x", at("02:50", AUTUMN, "+02:00")), event("a", wall("02:10", AUTUMN)), zone="Europe/Berlin"
        )
        finding = only(known, "T07")
        assert finding.fix is not None
        assert "second" in finding.fix.label
        after = finding.fix.edit(known)
        assert {each.at for each in after.events} == {at("00:50", AUTUMN), at("01:10", AUTUMN)}
        assert [each.id for each in after.events] == ["x", "a"]

    def test_the_other_end_of_a_span(self) -> None:
        known = incident(
            event("a", at("02:50", AUTUMN, "+02:00"), until=wall("02:20", AUTUMN)), zone="Europe/Berlin"
        )  # fmt: skip
        after = fixed(known, "T07")
        assert after.events[0].until == at("02:20", AUTUMN, "+01:00")
        assert after.events[0].at == known.events[0].at

    def test_times_near_the_change_are_found_among_many(self) -> None:
        steps = [event(f"e{i}", wall(f"{i // 60:02d}:{i % 60:02d}", "2024-03-30")) for i in range(1000)]
        odd = event("odd", wall("02:30", SPRING))
        later = [event(f"l{i}", wall(f"{i // 60:02d}:{i % 60:02d}", "2024-04-02")) for i in range(1000)]
        assert [f.where for f in found(incident(*steps, odd, *later, zone="Europe/Berlin"), "T07")] == ["events/odd/at"]

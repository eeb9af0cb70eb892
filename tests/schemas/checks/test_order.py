"""T12, T13 and T14: the course of events."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from schemas import metrics, timeline
from tests.schemas.checks.cases import at, event, fixed, found, incident, only, wall


class TestOutOfOrder:
    def test_found_and_sorted(self) -> None:
        known = incident(event("a", at("10:00")), event("b", at("09:00")), event("c", at("11:00")))
        finding = only(known, "T12")
        assert (finding.severity, finding.where) == ("info", "events/b")
        assert finding.message == '"b" (2024-05-02 09:00) stands behind "a" (2024-05-02 10:00)'
        after = fixed(known, "T12")
        assert [each.id for each in after.events] == ["b", "a", "c"]
        assert found(after, "T12") == []

    def test_several_are_told_once(self) -> None:
        known = incident(*(event(f"e{hour}", at(f"{hour:02d}:00")) for hour in (12, 11, 10, 9)))
        assert only(known, "T12").message.endswith("and 2 more like it")

    def test_what_cannot_be_sorted_is_not_offered(self) -> None:
        # There is no day after the last one of the calendar, and in front the clock would be the first of the story.
        edge = event("a", wall("09:00", "2024-05-02")), event("b", wall("23:00", "9999-12-31")), event("c", time(1))
        finding = only(incident(*edge), "T12")
        assert finding.fix is None
        assert "its date" in finding.hint

    @pytest.mark.parametrize(
        "times",
        [
            (at("09:00"), at("09:00"), at("10:00")),
            (at("09:00"), None, at("10:00")),
            (time(23), time(1)),
            (wall("23:00"), time(1), at("02:00", "2024-05-03")),
            (date(2024, 5, 2), at("00:00"), at("10:00")),
            (),
        ],
    )
    def test_not_found(self, times: tuple[Any, ...]) -> None:
        assert found(incident(*(event(f"e{i}", when) for i, when in enumerate(times))), "T12") == []


class TestClockBackwards:
    def test_past_midnight_is_said_quietly(self) -> None:
        finding = only(incident(event("a", time(23)), event("b", time(2))), "T13")
        assert (finding.severity, finding.where) == ("info", "events/b/at")
        assert finding.message == 'the clock goes from 23:00 to 02:00 at "b": read as past midnight'
        assert finding.fix is None  # there is no date to write out

    def test_a_small_step_back_is_a_slip(self) -> None:
        known = incident(event("a", time(10, 30)), event("b", time(10, 15)), event("c", time(11)))
        finding = only(known, "T13")
        assert finding.severity == "warning"
        assert "runs back from 10:30 to 10:15" in finding.message
        assert "read as the same day" in finding.message
        assert [each.id for each in fixed(known, "T13").events] == ["b", "a", "c"]
        assert found(fixed(known, "T13"), "T13") == []

    @pytest.mark.parametrize(
        ("clocks", "severity"),
        [
            (("23:50", "00:10"), "info"),
            (("17:30", "05:00"), "info"),
            (("21:00", "08:59"), "info"),
            (("13:00", "00:30"), "warning"),
            (("20:00", "10:00"), "warning"),
            (("10:30", "10:15"), "warning"),
            (("12:30", "00:15"), "warning"),
        ],
    )
    def test_midnight_or_a_slip(self, clocks: tuple[str, str], severity: str) -> None:
        known = incident(*(event(clock, time.fromisoformat(clock)) for clock in clocks))
        assert only(known, "T13").severity == severity

    @pytest.mark.parametrize(
        ("clocks", "meant"),
        [
            (("11:30", "00:00", "00:20", "14:00"), ("11:30", "12:00", "12:20", "14:00")),  # 12 AM for noon
            (("12:50", "01:15", "01:40"), ("12:50", "13:15", "13:40")),
            (("09:00", "01:15", "23:00"), ("09:00", "13:15", "23:00")),
        ],
    )
    def test_the_afternoon_may_be_meant(self, clocks: tuple[str, ...], meant: tuple[str, ...]) -> None:
        known = incident(*(event(clock, time.fromisoformat(clock)) for clock in clocks))
        assert "after noon" in only(known, "T13").hint
        after = fixed(known, "T13")
        assert [each.at for each in after.events] == [time.fromisoformat(clock) for clock in meant]
        assert found(after, "T13") == []

    def test_after_the_slip_the_lengths_are_right(self) -> None:
        known = incident(
            event("a", time(10, 30), "detected"), event("b", time(10, 15)), event("c", time(11), "resolved")
        )
        (resolve,) = (m for m in metrics.measure(timeline.build(known)) if m.metric.id == "resolve")
        assert resolve.text == "30m"

    def test_a_night_is_as_long_as_the_clocks_say(self) -> None:
        known = incident(event("a", time(23, 50), "detected"), event("b", time(0, 10), "resolved"))
        (resolve,) = (m for m in metrics.measure(timeline.build(known)) if m.metric.id == "resolve")
        assert resolve.text == "20m"

    def test_dates_can_be_written_out(self) -> None:
        known = incident(event("a", wall("23:00")), event("b", time(2)), event("c", time(4), until=time(5)))
        before = timeline.build(known)
        after = fixed(known, "T13")
        assert [each.at for each in after.events] == [
            wall("23:00"),
            wall("02:00", "2024-05-03"),
            wall("04:00", "2024-05-03"),
        ]
        assert found(after, "T13") == []
        later = timeline.build(after)
        assert [(e.start, e.end) for e in later.entries] == [(e.start, e.end) for e in before.entries]

    def test_dates_are_written_in_the_zone_of_the_event(self) -> None:
        known = incident(event("a", wall("09:00")), event("b", time(22), zone="Asia/Tokyo"), event("c", time(0, 30)))
        before = timeline.build(known)
        after = fixed(known, "T13")
        assert [e.start for e in timeline.build(after).entries] == [e.start for e in before.entries]

    @pytest.mark.parametrize(
        "times",
        [
            (time(9), time(9), time(10)),
            (at("23:00"), at("01:00", "2024-05-03")),
            (at("23:00"), at("22:00")),  # T12 speaks of it
            (date(2024, 5, 2), time(0)),
            (time(9), None, time(10)),
            (),
        ],
    )
    def test_not_found(self, times: tuple[Any, ...]) -> None:
        assert found(incident(*(event(f"e{i}", when) for i, when in enumerate(times))), "T13") == []

    def test_many_are_told_in_short(self) -> None:
        events = [event(f"e{i}", time(10 if i % 2 else 11)) for i in range(20)]
        findings = found(incident(*events), "T13")
        assert len(findings) == 6
        assert findings[-1].message.startswith("the clock runs backwards 5 more times")


def working(*clocks: str, **end: Any) -> list[Any]:
    events = [event("start", at("09:00"), "detected"), *(event(clock, at(clock)) for clock in clocks)]
    return [*events, event("end", at("14:00"), "mitigated", **end)]


class TestSilence:
    def test_found(self) -> None:
        finding = only(incident(*working("09:05", "09:10", "13:50")), "T14")
        assert (finding.severity, finding.where) == ("info", "events/09:10")
        assert finding.message.startswith("nothing is recorded for 4h 40m between")

    def test_until_the_impact_is_over_where_nothing_was_mitigated(self) -> None:
        known = incident(event("a", at("09:00"), "detected"), event("b", at("11:00"), "resolved"))
        assert only(known, "T14").where == "events/a"

    @pytest.mark.parametrize(
        "events",
        [
            working("09:30", "10:20", "11:10", "12:05", "13:04"),
            # Regular steps of an hour and more are how this story is told.
            [event("a", at("09:00"), "detected"), *(event(f"e{h}", at(f"{h}:00")) for h in range(11, 18, 2)),
             event("b", at("19:00"), "mitigated")],
            # Something lasted all the while.
            [event("a", at("09:00"), "detected", until=at("13:30")), event("b", at("14:00"), "mitigated")],
            # Events without a time stand in between.
            [event("a", at("09:00"), "detected"), event("x"), event("b", at("14:00"), "mitigated")],
            # Before anybody knew, and after it was mitigated.
            [event("a", at("01:00"), "impact-start"), event("b", at("09:00"), "detected"),
             event("c", at("09:10"), "mitigated"), event("d", at("15:00"), "resolved")],
            # It may have been at any time of the day.
            [event("a", at("09:00"), "detected"), event("b", date(2024, 5, 2)), event("c", at("09:20"), "mitigated")],
            [event("a", at("09:00"), "detected")],
            [event("a", None, "detected"), event("b", at("09:00")), event("c", at("14:00"), "mitigated")],
        ],
    )  # fmt: skip
    def test_not_found(self, events: list[Any]) -> None:
        assert found(incident(*events), "T14") == []

    def test_only_the_longest_are_told(self) -> None:
        steps = [
            event(f"e{i}", datetime.combine(date(2024, 5, 2), time(9, i * 2)), *(["detected"] if not i else []))
            for i in range(29)
        ]
        gaps = [event(f"g{day}", wall("09:00", f"2024-05-{day:02d}")) for day in range(3, 10)]
        end = event("end", wall("09:00", "2024-05-20"), "mitigated")
        findings = found(incident(*steps, *gaps, end, zone="UTC"), "T14")
        assert [finding.where for finding in findings][-1] == "events/g9"
        assert len(findings) == 3

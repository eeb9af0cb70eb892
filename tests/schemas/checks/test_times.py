"""T03, T04 and T18: single times that cannot be right."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from schemas.incident import Event, Incident
from tests.schemas.checks.cases import NOW, at, event, fixed, found, incident, only, stated, wall


class TestFutureOrFar:
    def test_an_event_ahead_of_now(self) -> None:
        finding = only(incident(event("a", at("09:00")), event("b", at("10:00", "2024-06-02"))), "T03")
        assert (finding.severity, finding.where) == ("error", "events/b/at")
        assert finding.message == '"b" lies in the future (2024-06-02 10:00)'

    def test_an_end_ahead_of_now(self) -> None:
        finding = only(incident(event("a", at("09:00"), until=at("09:00", "2025-05-02"))), "T03")
        assert finding.where == "events/a/until"
        assert "ends 2025-05-02 09:00" in finding.message

    def test_a_stated_time_ahead_of_now(self) -> None:
        claim = stated("end", at=at("10:00", "2042-05-02"))
        assert only(incident(event("a", at("09:00")), stated=[claim]), "T03").where == "stated/s"

    def test_many_are_told_once(self) -> None:
        events = [event(f"e{minute}", at(f"09:{minute:02d}", "2025-05-02")) for minute in range(10)]
        finding = only(incident(*events), "T03")
        assert finding.where == "events"
        assert finding.message.startswith("10 events lie in the future")

    @pytest.mark.parametrize(
        "known",
        [
            incident(event("a", at("12:00", "2024-06-01"))),  # now
            incident(event("a", at("12:04", "2024-06-01"))),  # clocks differ a little
            incident(event("a", date(2024, 6, 1))),
            incident(event("a", wall("23:00", "2024-06-01")), zone=""),  # already past in the east
            incident(event("a", at("12:10", "2024-06-01"), about=True)),
            incident(event("a", time(23, 59))),
            incident(event("a", at("20:00", "2024-06-01", "+09:00"))),
        ],
    )
    def test_what_is_not_ahead(self, known: Incident) -> None:
        assert found(known, "T03") == []

    def test_seconds_of_now_do_not_count(self) -> None:
        known = incident(event("a", at("12:05:30", "2024-06-01")))
        assert found(known, "T03", NOW) == found(known, "T03", NOW.replace(second=59))

    def test_a_mistyped_year(self) -> None:
        events = [event(name, at("09:00", day)) for name, day in
                  (("a", "2023-01-11"), ("b", "2023-01-12"), ("c", "2022-01-12"), ("d", "2023-01-13"))]  # fmt: skip
        doubt = only(incident(*events), "T03")  # a year off, to the day
        assert (doubt.severity, doubt.where) == ("warning", "events/c/at")
        typo = event("c", at("09:00", "2032-01-12"))
        (finding, _) = found(incident(*events, typo), "T03", datetime(2033, 1, 1, tzinfo=UTC))
        assert finding.severity == "error"
        assert "2023 was probably meant" in finding.hint

    def test_long_ago_without_a_sign_of_a_typo_is_a_warning(self) -> None:
        events = [event("old", at("09:00", "2019-11-20")), *(event(f"e{h}", at(f"{h:02d}:00")) for h in range(9, 15))]
        finding = only(incident(*events), "T03")
        assert (finding.severity, finding.where) == ("warning", "events/old/at")
        assert "lies 1625d" in finding.message

    def test_a_story_without_dates_has_no_years(self) -> None:
        known = incident(event("a", time(9)), event("b", time(10), latest=at("09:00", "2019-05-02")))
        assert found(known, "T03") == []

    def test_a_story_in_two_parts_is_no_typo(self) -> None:
        events = [
            event(f"e{year}{hour}", at(f"{hour:02d}:00", f"{year}-05-02"))
            for year in (2021, 2024)
            for hour in (9, 10, 11)
        ]
        assert found(incident(*events), "T03") == []


UNREADABLE = ("14:??", "2022-02-??", "31/04/2024 10:00", "22025-01-03", "25:61", "daily at 23:59 PM", "HH:mm", "TBD")
RELATIVE = ("Initially", "shortly afterwards", "later that day", "immediately", "two hours later", "")
ODD = (
    ("23:59 PM", "24-hour"), ("14:15pm", "24-hour"), ("00:30 PM", "24-hour"), ("11.50", "point"), ("14:??", "complete"),
    ("3:AM", "complete"), ("09:4+ PM", "complete"), ("HH:MM", "placeholder"),
)  # fmt: skip
FINE = ("09:00 EAT", "~19:30", "10/04/2024, 5:00 AM", "by 10:45 AM UTC", "12:00 PM", "12:30 am", "2100hrs",
        "10.04.2024", "4:19", "13:00:56", "2024-05-02T09:00:00.123Z", "11.50 am")  # fmt: skip


class TestMalformed:
    @pytest.mark.parametrize("written", UNREADABLE)
    def test_what_was_not_read(self, written: str) -> None:
        finding = only(incident(event("a", as_written=written)), "T04")
        assert (finding.severity, finding.where) == ("error", "events/a/at")
        assert f'"{written}"' in finding.message

    @pytest.mark.parametrize("written", RELATIVE)
    def test_words_that_were_never_a_time(self, written: str) -> None:
        assert found(incident(event("a", as_written=written)), "T04") == []

    @pytest.mark.parametrize(("written", "why"), ODD)
    def test_what_was_read_as_what_it_can_only_mean(self, written: str, why: str) -> None:
        known = incident(event("a", at("09:00"), as_written=written))
        finding = only(known, "T04")
        assert (finding.severity, finding.where) == ("warning", "events/a/as_written")
        assert why in finding.message
        assert "read as 2024-05-02 09:00" in finding.message
        after = fixed(known, "T04")
        assert found(after, "T04") == []
        assert after.events[0] == event("a", at("09:00"))

    @pytest.mark.parametrize("written", FINE)
    def test_notations_that_are_fine(self, written: str) -> None:
        assert found(incident(event("a", at("09:00"), as_written=written)), "T04") == []

    def test_many_odd_ones_are_told_once_and_accepted_together(self) -> None:
        known = incident(*(event(f"e{m}", at(f"20:{m:02d}"), as_written=f"20:{m:02d} PM") for m in range(8)))
        assert only(known, "T04").where == "events"
        assert found(fixed(known, "T04"), "T04") == []

    def test_many_unreadable_ones(self) -> None:
        findings = found(incident(*(event(f"e{m}", as_written="14:??") for m in range(8))), "T04")
        assert len(findings) == 6
        assert findings[-1].message.startswith("3 more times cannot be read")


class TestEndsFirst:
    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"at": at("10:00"), "until": at("09:59")}, "events/a/until"),
            ({"at": wall("10:00"), "until": wall("09:00")}, "events/a/until"),
            ({"at": at("10:00"), "until": date(2024, 5, 1)}, "events/a/until"),
            ({"at": at("10:00"), "latest": at("09:00")}, "events/a/latest"),
            ({"at": date(2024, 5, 2), "latest": date(2024, 5, 1)}, "events/a/latest"),
            ({"at": wall("10:00"), "until": at("06:30", offset="+00:00"), "zone": "Africa/Nairobi"}, "events/a/until"),
            ({"at": at("10:00"), "until": at("09:59"), "about": True}, "events/a/until"),
        ],
    )
    def test_found(self, fields: dict[str, Any], where: str) -> None:
        finding = only(incident(Event.model_validate({"id": "a", "text": "x", **fields})), "T18")
        assert (finding.severity, finding.where) == ("error", where)

    @pytest.mark.parametrize(
        "fields",
        [
            {"at": at("10:00"), "until": at("10:00")},
            {"at": at("23:00"), "until": time(1)},  # past midnight
            {"at": time(23), "until": time(1)},
            {"at": at("10:00"), "until": date(2024, 5, 2)},
            {"at": date(2024, 5, 2), "until": at("00:00")},
            {"at": at("10:00"), "latest": date(2024, 5, 2)},
            {"at": wall("10:00"), "until": at("07:30"), "zone": "Africa/Nairobi"},
            {"until": at("10:00")},
            {"at": time(10), "until": at("09:00")},
        ],
    )
    def test_not_found(self, fields: dict[str, Any]) -> None:
        assert found(incident(Event.model_validate({"id": "a", **fields})), "T18") == []

    def test_stated(self) -> None:
        claims = [stated("start", at=at("10:00")), stated("end", at=at("09:00"), id="e")]
        finding = only(incident(stated=claims), "T18")
        assert finding.where == "stated/e"
        assert "(2024-05-02 09:00 +00:00) lies before the stated start" in finding.message

    @pytest.mark.parametrize(
        "moments",
        [
            (("start", at("10:00")), ("end", at("10:00"))),
            (("start", time(22)), ("end", time(1))),
            (("start", date(2024, 5, 2)), ("end", at("01:00"))),
            # Two windows: the first end lies before the second start, and rightly so.
            (("start", at("10:00")), ("end", at("11:00")), ("start", at("14:00")), ("end", at("15:00"))),
            (("start", at("10:00")),),
        ],
    )
    def test_stated_near_misses(self, moments: tuple[tuple[str, Any], ...]) -> None:
        claims = [stated(what, at=moment, id=str(i)) for i, (what, moment) in enumerate(moments)]
        assert found(incident(stated=claims), "T18") == []

    def test_many_are_told_in_short(self) -> None:
        events = [event(f"e{m}", at(f"10:{m:02d}"), until=at("09:00")) for m in range(9)]
        findings = found(incident(*events), "T18")
        assert len(findings) == 6
        assert findings[-1].message == "4 more events end before the start"


class TestFixesOfDates:
    """The fixes of T03 and T18."""

    OTHERS = tuple(event(f"e{i}", wall(f"1{i}:00", "2024-05-02")) for i in range(5))

    @pytest.mark.parametrize(
        ("odd", "right"),
        [
            ("2023-05-02", "2024-05-02"),
            ("2025-05-02", "2024-05-02"),
            ("2023-02-05", ""),
            ("2026-02-05", ""),
            ("0024-05-02", "2024-05-02"),
        ],
    )
    def test_the_year(self, odd: str, right: str) -> None:
        known = incident(*self.OTHERS, event("odd", wall("12:30", odd), until=wall("12:40", odd)))
        fix = found(known, "T03")[0].fix
        if not right:
            assert fix is None
            return
        assert fix is not None
        assert "2024" in fix.label
        after = fix.edit(known)
        assert [each.id for each in after.events] == ["e0", "e1", "e2", "odd", "e3", "e4"]
        assert after.events[3].until == wall("12:40", right)
        assert found(after, "T03") == []

    def test_a_single_year_is_a_doubt(self) -> None:
        known = incident(*self.OTHERS, event("odd", wall("12:30", "2023-05-02")))
        assert only(known, "T03").severity == "warning"
        for day in ("2023-05-10", "2023-06-02", "2023-04-20"):
            assert found(incident(*self.OTHERS, event("before", wall("12:30", day))), "T03") == []

    def test_day_and_month_in_the_future(self) -> None:
        others = [event(f"e{i}", wall(f"1{i}:00", "2024-05-06")) for i in range(3)]
        known = incident(*others, event("odd", wall("12:30", "2024-06-05")))
        finding = only(known, "T03")
        assert finding.fix is not None
        assert finding.fix.label == "swap day and month: 2024-05-06 12:30"
        assert found(finding.fix.edit(known), "T03") == []

    def test_the_whole_story_in_the_wrong_year(self) -> None:
        known = incident(*(event(f"e{i}", wall(f"1{i}:00", "2025-05-02")) for i in range(7)))
        finding = only(known, "T03")
        assert finding.fix is not None
        assert finding.fix.label == "write 2024 as the year of 7 events"
        assert [str(each.at)[:4] for each in finding.fix.edit(known).events] == ["2024"] * 7

    def test_two_figures_for_the_year(self) -> None:
        known = incident(event("a", wall("09:00", "0024-05-02")), event("b", wall("10:00", "0024-05-02")))
        finding = only(known, "T03")
        assert (finding.severity, finding.where) == ("error", "events/a/at")
        assert "lie in the year 24" in finding.message
        assert [str(each.at)[:4] for each in fixed(known, "T03").events] == ["2024"] * 2

    def test_a_leap_day_has_no_other_year(self) -> None:
        others = [event(f"e{i}", wall(f"1{i}:00", "2023-02-28")) for i in range(5)]
        known = incident(*others, event("odd", wall("12:30", "2020-02-29")))
        assert found(known, "T03")[0].fix is None

    def test_start_and_end_are_exchanged(self) -> None:
        known = incident(event("a", wall("16:40"), until=wall("16:10", "2024-05-01")))
        after = fixed(known, "T18")
        assert (after.events[0].at, after.events[0].until) == (wall("16:10", "2024-05-01"), wall("16:40"))
        assert found(after, "T18") == []

    def test_the_end_was_on_the_next_day(self) -> None:
        known = incident(event("a", wall("23:40"), until=wall("00:10")))
        after = fixed(known, "T18")
        assert (after.events[0].at, after.events[0].until) == (wall("23:40"), wall("00:10", "2024-05-03"))

    def test_the_latest_is_exchanged(self) -> None:
        known = incident(event("a", date(2024, 5, 3), latest=date(2024, 5, 1)))
        after = fixed(known, "T18")
        assert (after.events[0].at, after.events[0].latest) == (date(2024, 5, 1), date(2024, 5, 3))

    def test_stated_start_and_end(self) -> None:
        start = {"id": "s", "what": "start", "at": wall("16:00")}
        end = {"id": "e", "what": "end", "at": wall("09:00")}
        after = fixed(incident(stated=[start, end]), "T18")
        assert [(each.id, each.what) for each in after.stated] == [("s", "end"), ("e", "start")]
        night = fixed(incident(stated=[{**start, "at": wall("23:00")}, {**end, "at": wall("01:00")}]), "T18")
        assert night.stated[1].at == wall("01:00", "2024-05-03")
        assert found(night, "T18") == []

"""T05, T06 and T07: where in the world the clocks hang."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from schemas import timeline
from schemas.incident import Incident
from tests.schemas.checks.cases import at, event, fixed, found, incident, only, stated, wall


class TestNoZone:
    def test_found_once(self) -> None:
        known = incident(event("a", wall("09:00")), event("b", time(10)), zone="")
        finding = only(known, "T05")
        assert (finding.severity, finding.where, finding.message) == ("warning", "zone", "2 times have no zone")
        assert finding.fix is None

    def test_a_stated_time_counts(self) -> None:
        assert (
            only(incident(stated=[stated("start", at=wall("09:00"))], zone=""), "T05").message == "1 time has no zone"
        )

    @pytest.mark.parametrize(("offset", "name"), [("+03:00", "UTC+03:00"), ("-03:30", "UTC-03:30"), ("+00:00", "UTC")])
    def test_the_offset_of_the_others_can_be_taken(self, offset: str, name: str) -> None:
        known = incident(event("a", wall("09:00")), event("b", at("10:00", offset=offset)), zone="")
        assert f"read at {name}" in only(known, "T05").message
        after = fixed(known, "T05")
        assert after.zone == name
        assert found(after, "T05") == found(after, "T06") == []
        assert [e.start for e in timeline.build(after).entries] == [e.start for e in timeline.build(known).entries]

    def test_several_offsets_settle_nothing(self) -> None:
        events = event("a", wall("09:00")), event("b", at("10:00", offset="+03:00")), event("c", at("12:00"))
        finding = only(incident(*events, zone=""), "T05")
        assert finding.fix is None
        assert "2 different offsets" in finding.message

    @pytest.mark.parametrize(
        "known",
        [
            incident(event("a", wall("09:00")), zone="Africa/Nairobi"),
            incident(event("a", at("09:00")), zone=""),
            incident(event("a", wall("09:00"), zone="Asia/Tokyo"), zone=""),
            incident(event("a", date(2024, 5, 2)), event("b"), zone=""),
            incident(event("a", wall("09:00")), zone="Nowhere/At_All"),  # T06 speaks of it
            incident(zone=""),
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "T05") == []


class TestNamedZone:
    @pytest.mark.parametrize(
        ("fields", "name"),
        [
            ({"sections": {"summary": "All times in CET."}}, "Europe/Paris"),
            ({"sections": {"supporting": "all times are UTC+2, roughly"}}, "UTC+2"),
            ({"sections": {"background": "All times are in Africa/Lagos."}}, "Africa/Lagos"),
            ({"sections": {"impact": "(All times PST)"}}, "America/Los_Angeles"),
        ],
    )
    def test_the_text_says_it(self, fields: dict[str, Any], name: str) -> None:
        known = incident(event("a", wall("09:00")), zone="", **fields)
        assert fixed(known, "T05").zone == name

    def test_the_times_say_it(self) -> None:
        known = incident(
            event("a", wall("09:00"), as_written="09:00 EAT"),
            event("b", wall("09:30"), as_written="9:30 am EAT"),
            zone="",
        )
        finding = only(known, "T05")
        assert "Africa/Nairobi, as written with the times" in finding.hint
        assert fixed(known, "T05").zone == "Africa/Nairobi"

    @pytest.mark.parametrize(
        "known",
        [
            incident(event("a", wall("09:00"), as_written="09:00 CST"), zone=""),
            incident(event("a", wall("09:00")), zone="", sections={"summary": "All times in IST."}),
            incident(
                event("a", wall("09:00")), zone="", sections={"summary": "All times in CET.", "impact": "All times UTC"}
            ),
            incident(event("a", wall("09:00")), zone="", sections={"summary": "`All times in CET`"}),
            incident(event("a", wall("09:00")), zone="", sections={"summary": "It was down all the time in Berlin."}),
        ],
    )
    def test_what_is_not_clear_is_not_taken(self, known: Incident) -> None:
        assert only(known, "T05").fix is None


def written(words: str, when: Any, zone: str = "", **fields: Any) -> Incident:
    return incident(event("a", when, as_written=words, **fields), zone=zone)


SUMMER = wall("10:00", "2023-06-09")
WINTER = wall("10:00", "2023-12-09")


class TestDoubtfulZone:
    @pytest.mark.parametrize(
        ("known", "where", "says"),
        [
            (incident(zone="Nowhere/At_All"), "zone", "not known"),
            (incident(zone="Europe/Berln"), "zone", "not known"),
            (incident(zone="PST"), "zone", "short name"),
            (incident(zone="CST"), "zone", "America/Chicago, Asia/Shanghai or America/Havana"),
            (incident(event("a", SUMMER, zone="Nowhere/At_All")), "events/a/zone", "not known"),
            (written("10:00 PST", SUMMER), "events/a/as_written", "America/Los_Angeles was on PDT, not PST"),
            (written("10:00 PST", SUMMER, "America/Los_Angeles"), "events/a/as_written", "was on PDT"),
            (written("10:00 (PST)", at("10:00", "2023-06-09", "-08:00")), "events/a/as_written", "was on PDT"),
            (written("10:00 CET", SUMMER, "Europe/Paris"), "events/a/as_written", "was on CEST, not CET"),
            (written("10:00 PDT", WINTER), "events/a/as_written", "was on PST, not PDT"),
            (written("10:00 CST", WINTER), "events/a/as_written", "may mean"),
            (written("10:00 IST", at("10:00", "2023-06-09", "+05:30")), "events/a/as_written", "may mean"),
            (written("10:00 EAT", SUMMER, "Europe/Paris"), "events/a/as_written", "written in EAT but read as CEST"),
            (written("10:00 GMT", SUMMER, "Europe/London"), "events/a/as_written", "written in GMT but read as BST"),
            (incident(event("d", SUMMER), event("a", time(11), as_written="11:00 CET"), zone="Europe/Paris"),
             "events/a/as_written", "CEST"),
            (incident(stated=[stated("start", "June 9, 2023, 10:00 AM (PST)", at=SUMMER)]), "stated/s", "PDT"),
        ],
    )  # fmt: skip
    def test_found(self, known: Incident, where: str, says: str) -> None:
        finding = only(known, "T06")
        assert (finding.severity, finding.where) == ("warning", where)
        assert says in finding.message

    @pytest.mark.parametrize(
        "known",
        [
            incident(zone="Europe/Berlin"),
            incident(zone="PST8PDT"),  # a zone with seasons, not an abbreviation
            incident(zone="UTC"),
            incident(zone="UTC+3"),
            incident(zone=""),
            written("10:00 PST", WINTER, "America/Los_Angeles"),
            written("10:00 PST", WINTER),
            written("10:00 PDT", SUMMER),
            written("10:00 PT", SUMMER, "America/Los_Angeles"),
            written("10:00 MST", SUMMER, "America/Phoenix"),
            written("10:00 CST", WINTER, "America/Chicago"),
            written("10:00 CST", SUMMER, "Asia/Shanghai"),
            written("10:00 IST", SUMMER, "Asia/Kolkata"),
            written("10:00 BST", SUMMER, "Europe/London"),
            written("10:00 EAT", SUMMER, "Africa/Nairobi"),
            written("10:00 EAT", at("10:00", "2023-06-09", "+03:00")),
            written("10:00 UTC-5", SUMMER, "America/Bogota"),
            written("10:00 GMT+2", SUMMER, "Africa/Maputo"),
            written("10:00 AM ON MONDAY", SUMMER),
            written("POST /v1/CST_x at 10:00", SUMMER),
            written("10:00 PST", None),
            written("10:00 PST", time(10)),  # no date, so no season
            incident(stated=[stated("start", "10:00 PDT", at=SUMMER)], zone="America/Los_Angeles"),
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "T06") == []

    @pytest.mark.parametrize(("name", "right"), [("PST", "America/Los_Angeles"), ("africa/nairobi", "Africa/Nairobi")])
    def test_the_zone_can_be_put_right(self, name: str, right: str) -> None:
        after = fixed(incident(event("a", wall("09:00")), zone=name), "T06")
        assert after.zone == right
        assert found(after, "T06") == []

    def test_a_close_name_is_proposed(self) -> None:
        finding = only(incident(zone="Europe/Berln"), "T06")
        assert finding.fix is None
        assert "Europe/Berlin" in finding.hint

    def test_the_same_doubt_is_told_once(self) -> None:
        events = [event(f"e{h}", wall(f"{h:02d}:00", "2023-06-09"), as_written=f"{h}:00 PST") for h in range(8, 18)]
        finding = only(incident(*events, zone="America/Los_Angeles"), "T06")
        assert finding.message.startswith('"8:00 PST" (10 times): on 2023-06-09')
        assert "in PST the time lies 1h 00m later than in PDT" in finding.hint

    def test_times_taken_by_the_letter_are_read_by_the_season(self) -> None:
        evening = at("20:00", "2023-06-09", "-08:00")
        # 10:00 PST on 9 June was put down at -08:00, but clocks in Los Angeles stood at -07:00.
        events = [
            event(
                f"e{h}",
                at(f"{h}:00", "2023-06-09", "-08:00"),
                as_written=f"{h}:00 PST",
                until=evening,
            )
            for h in (10, 11, 12)
        ]
        known = incident(*events, zone="")
        finding = only(known, "T06")
        assert finding.fix is not None
        assert finding.fix.label == "read 3 times as PDT, 1h earlier"
        after = finding.fix.edit(known)
        assert [each.at for each in after.events] == [at(f"{h}:00", "2023-06-09", "-07:00") for h in (10, 11, 12)]
        assert after.events[0].until == at("20:00", "2023-06-09", "-07:00")
        assert found(after, "T06") == []

    def test_times_read_by_the_season_can_be_kept(self) -> None:
        known = written("10:00 PST", SUMMER, "America/Los_Angeles")
        finding = only(known, "T06")
        assert finding.fix is not None
        assert finding.fix.label == "keep 1 time in PDT, as read, and drop the old wording"
        after = finding.fix.edit(known)
        assert after.events[0].at == known.events[0].at
        assert found(after, "T06") == []

    def test_a_time_is_read_in_the_zone_it_was_written_in(self) -> None:
        known = written("10:00 EAT", SUMMER, "Europe/Paris")
        after = fixed(known, "T06")
        assert after.events[0].zone == "Africa/Nairobi"
        assert after.events[0].as_written == "10:00 EAT"
        assert found(after, "T06") == []

    def test_the_place_that_fits_the_others_is_proposed(self) -> None:
        # Noon in Shanghai is 04:00 UTC, among the others; in Chicago it is 18:00.
        known = incident(
            event("x", at("03:30", "2023-12-09")), event("a", wall("12:00", "2023-12-09"), as_written="12:00 CST"),
            event("y", at("05:00", "2023-12-09")), zone="",
        )  # fmt: skip
        finding = only(known, "T06")
        assert finding.fix is not None
        assert finding.fix.label == "set the zone to Asia/Shanghai, which fits the other times"
        assert found(finding.fix.edit(known), "T06") == []

    def test_the_offset_tells_which_place(self) -> None:
        known = incident(event("a", at("10:00", "2023-12-09", "+02:00"), as_written="10:00 IST"), zone="Europe/Berlin")
        after = fixed(known, "T06")
        assert after.events[0].zone == "Asia/Jerusalem"
        assert found(after, "T06") == []

    def test_nothing_fits(self) -> None:
        assert only(written("10:00 CST", WINTER), "T06").fix is None

    def test_an_ambiguous_name_without_a_date(self) -> None:
        assert "may mean" in only(written("10:00 CST", time(10)), "T06").message
        assert found(written("10:00 CST", time(10), "America/Chicago"), "T06") == []

    def test_the_incidents_own_short_name(self) -> None:
        finding = only(incident(event("a", SUMMER), zone="PST"), "T06")
        assert "on 2023-06-09 America/Los_Angeles was on PDT" in finding.message
        fits = incident(event("a", at("10:00", "2023-12-09", "-06:00")), zone="CST")
        assert fixed(fits, "T06").zone == "America/Chicago"

    def test_zones_of_events_can_be_put_right(self) -> None:
        known = incident(event("a", WINTER, zone="PST"), event("b", WINTER, zone="PST"))
        after = fixed(known, "T06")
        assert {each.zone for each in after.events} == {"America/Los_Angeles"}
        shared = incident(event("a", WINTER, zone="CST"), zone="America/Chicago")
        assert fixed(shared, "T06").events[0].zone == "America/Chicago"

    def test_unknown_zones_of_events_are_told_by_name(self) -> None:
        events = [event(f"e{i}", wall("09:00"), zone=f"Nowhere/No{i % 7}") for i in range(20)]
        findings = found(incident(*events), "T06")
        assert len(findings) == 6
        assert "on 3 events" in findings[0].message


class TestWrongOffset:
    def test_written_in_one_zone_and_read_in_another(self) -> None:
        known = incident(
            event("a", at("10:00"), as_written="10:00 UTC"), event("c", at("22:05"), as_written="10:05 PM EAT")
        )  # fmt: skip
        finding = only(known, "T06")
        assert (finding.severity, finding.where) == ("warning", "events/c/as_written")
        assert "it is written in EAT but read at UTC" in finding.message
        after = fixed(known, "T06")
        assert [each.at for each in after.events] == [at("10:00"), at("22:05", offset="+03:00")]
        assert found(after, "T06") == []

    @pytest.mark.parametrize(
        "known",
        [
            incident(event("a", at("09:05"), as_written="12:05 EAT")),  # moved to UTC
            incident(event("a", at("12:05", offset="+03:00"), as_written="12:05 EAT")),
            incident(event("a", at("12:05"), as_written="12:05 GMT")),
            incident(event("a", at("12:05", "2023-06-09", "-07:00"), as_written="12:05 PT")),
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "T06") == []


class TestOtherSeason:
    def test_winter_time_in_summer(self) -> None:
        events = [event(f"e{h}", at(f"{h}:00", "2023-06-09", "-08:00")) for h in (10, 11)]
        known = incident(*events, zone="America/Los_Angeles")
        finding = only(known, "T06")
        assert (finding.severity, finding.where) == ("warning", "events/e10/at")
        assert finding.message == (
            '2 times, "e10" (2023-06-09 10:00 -08:00) first, carry UTC-08:00, '
            "but America/Los_Angeles was on UTC-07:00 on that day"
        )
        assert finding.fix is not None
        assert finding.fix.label == "write UTC-07:00 on 2 times, 1h earlier"
        after = finding.fix.edit(known)
        assert [each.at for each in after.events] == [at(f"{h}:00", "2023-06-09", "-07:00") for h in (10, 11)]
        assert found(after, "T06") == []

    @pytest.mark.parametrize(
        ("zone", "times"),
        [
            ("America/Los_Angeles", [at("10:00", "2023-06-09", "-07:00")]),
            ("America/Los_Angeles", [at("10:00", "2023-06-09", "+00:00")]),
            ("Europe/London", [at("10:00", "2023-06-09", "+00:00")]),  # UTC is everybody's
            ("Europe/Berlin", [at("10:00", "2023-06-09", "+03:00")]),  # another place
            ("Africa/Nairobi", [at("10:00", "2023-06-09", "+02:00")]),
            # A log that did not follow the clocks.
            ("Europe/Berlin", [at("01:00", "2023-10-29", "+02:00"), at("05:00", "2023-10-29", "+02:00")]),
            ("", [at("10:00", "2023-06-09", "-08:00")]),
            ("Europe/Berlin", [wall("10:00", "2023-06-09")]),
        ],
    )
    def test_not_found(self, zone: str, times: list[Any]) -> None:
        assert found(incident(*(event(f"e{i}", when) for i, when in enumerate(times)), zone=zone), "T06") == []


class TestClockChange:
    def test_a_time_that_did_not_exist(self) -> None:
        finding = only(incident(event("a", wall("02:30", "2024-03-31")), zone="Europe/Berlin"), "T07")
        assert (finding.severity, finding.where) == ("warning", "events/a/at")
        assert (
            '2024-03-31 02:30 ("a") did not exist in Europe/Berlin: the clocks went forward by 1h 00m'
            in finding.message
        )
        assert "2024-03-31 03:30" in finding.hint

    def test_a_time_that_came_twice(self) -> None:
        finding = only(incident(event("a", wall("02:30", "2023-10-29")), zone="Europe/Berlin"), "T07")
        assert "happened twice" in finding.message
        assert "UTC+02:00 for the first, UTC+01:00 for the second" in finding.hint

    @pytest.mark.parametrize("name", ["until", "latest"])
    def test_other_ends(self, name: str) -> None:
        known = incident(
            event("a", wall("01:00", "2024-03-31"), **{name: wall("02:30", "2024-03-31")}), zone="Europe/Berlin"
        )
        assert only(known, "T07").where == f"events/a/{name}"

    def test_a_clock_on_that_day(self) -> None:
        known = incident(event("a", wall("23:00", "2024-03-30")), event("b", time(2, 30)), zone="Europe/Berlin")
        assert only(known, "T07").where == "events/b/at"

    @pytest.mark.parametrize(
        ("when", "zone", "own"),
        [
            (wall("01:59:59", "2024-03-31"), "Europe/Berlin", ""),
            (wall("03:00", "2024-03-31"), "Europe/Berlin", ""),
            (wall("01:59", "2023-10-29"), "Europe/Berlin", ""),
            (wall("03:00", "2023-10-29"), "Europe/Berlin", ""),
            (at("02:30", "2023-10-29", "+02:00"), "Europe/Berlin", ""),
            (wall("02:30", "2024-03-31"), "Africa/Nairobi", ""),
            (wall("02:30", "2024-03-31"), "UTC+1", ""),
            (wall("02:30", "2024-03-31"), "", ""),
            (wall("02:30", "2024-03-31"), "Europe/Berlin", "Asia/Tokyo"),
            (date(2024, 3, 31), "Europe/Berlin", ""),
            (time(2, 30), "Europe/Berlin", ""),
        ],
    )
    def test_not_found(self, when: Any, zone: str, own: str) -> None:
        assert found(incident(event("a", when, zone=own), zone=zone), "T07") == []

    def test_the_zone_of_the_event_counts(self) -> None:
        known = incident(event("a", wall("02:30", "2024-03-31"), zone="Europe/Berlin"), zone="Asia/Tokyo")
        assert only(known, "T07").where == "events/a/at"

    def test_a_change_of_half_an_hour(self) -> None:
        known = incident(event("a", wall("01:45", "2023-04-02")), zone="Australia/Lord_Howe")
        assert "went back by 30m" in only(known, "T07").message

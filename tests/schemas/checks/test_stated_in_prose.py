"""T09 and T11 on sentences: whole small postmortems whose words agree with their timeline, and ones that do not."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import metrics, timeline
from schemas.checks import RULES, Facts, Finding, check
from schemas.checks.claimed import Claim, claims_of
from schemas.checks.stated_windows import Windows, between
from schemas.incident import Incident
from schemas.lengths import format_length
from schemas.neighbours import Neighbour
from schemas.policy import Policy
from tests.schemas.checks.cases import NOW, at, event, found, incident, stated, wall

MARKS = {
    "!s": "impact-start",
    "!d": "detected",
    "!c": "declared",
    "!a": "acknowledged",
    "!m": "mitigated",
    "!r": "recovered",
    "!v": "resolved",
    "!x": "closed",
}


def told(story: str, *, dated: bool = True, zone: str = "UTC", **fields: Any) -> Incident:
    """An incident from lines such as `09:10 Pages fire !d` (`+1 01:20 …` is a day later); sections by their keys."""
    events = []
    for number, line in enumerate(story.strip().splitlines()):
        match = re.fullmatch(r"\s*(?:\+(\d+) )?(\d\d:\d\d(?::\d\d)?) (.*?)((?: ![a-z])*)\s*", line)
        assert match is not None, line
        clock = time.fromisoformat(match[2])
        day = datetime(2024, 5, 2) + timedelta(days=int(match[1] or 0))
        when: Any = datetime.combine(day, clock) if dated else clock
        events.append(event(f"e{number}", when, *(MARKS[mark] for mark in match[4].split()), text=match[3]))
    sections = {
        key: fields.pop(key)
        for key in list(fields)
        if key in ("summary", "impact", "detection", "lessons", "resolution", "root_cause", "response")
    }
    return incident(*events, zone=zone, sections=sections, **fields)


def contradictions(known: Incident) -> list[Finding]:
    return [*found(known, "T09"), *found(known, "T11")]


MORNING = """
    09:00 Error rate climbs !s
    09:08 Pager goes off !d
    09:20 Priya takes it on !a
    10:05 Bad route withdrawn !m
    11:30 Traffic as usual !v
    15:00 Review meeting held
"""
NIGHT = """
    23:40 Nightly import fails !d
    +1 00:30 Import stopped by hand
    +1 01:10 Import has caught up !v
"""
TWICE = """
    08:00 Search answers nothing !s !d
    08:40 Search answers again !r
    13:15 Search gone once more !d
    13:45 Index rebuilt, search is well !r !v
"""
ROUGH = """
    10:00 Customers call us
    10:30 Cache emptied
    11:00 A second cache emptied
    12:10 Nobody calls any more
"""

CLEAN = {
    "the length in words": told(MORNING, summary="Checkout was down for two and a half hours."),
    "the length behind a label": told(MORNING, summary="**Duration:** 2h 30m"),
    "from detection": told(MORNING, summary="The outage lasted 2 hours and 22 minutes."),
    "until the worst was over": told(MORNING, summary="The outage lasted 65 minutes."),
    "a range": told(MORNING, summary="From 9:00 AM to 11:30 AM UTC, no order could be placed during the outage."),
    "a range in another zone": told(
        MORNING, zone="Africa/Nairobi", summary="The outage ran from 06:00 UTC to 08:30 UTC."
    ),
    "noticed a little late": told(MORNING.replace(" !s", ""), summary="Outage: 08:55 - 11:30"),
    "parts of the users and of the time": told(
        MORNING,
        impact="Between 09:00 and 10:05, 80 % of orders failed. Between 10:05 and 11:30, 5 % of orders failed.\n\n"
        "One customer was down for 6 hours because of a stale cache.",
        summary="The shop was degraded for 1 hour and fully down for 90 minutes.",
        root_cause="Replication lag lasted 3 hours. The incident in March lasted 4 hours. One lock lasted 45 minutes.",
    ),
    "budgets": told(
        MORNING,
        impact="This used 150 minutes of our 216-minute error budget. Our SLA allows 4 hours of downtime a year.",
    ),
    "start and end": told(MORNING, summary="- Start: 2024-05-02 09:00\n- End: 2024-05-02 11:30"),
    "about": told(MORNING, summary="A complete outage lasting approximately 2.5 hours."),
    "under": told(MORNING, summary="The incident lasted under 3 hours."),
    "rounded": told(MORNING, summary="Downtime: 2 hours 31 minutes"),
    "metrics by name": told(MORNING, summary="Time to detect: 8 minutes\n\nTime to resolve: 142 minutes"),
    "a metric by what other tools call it": told(MORNING, summary="Time to resolve: 2h 30m"),
    "restored in round figures": told(MORNING, resolution="Service was fully restored at 11:30."),
    "timeouts and retries": told(
        MORNING,
        summary="A timeout of 30 seconds and retries every 5 minutes made the outage worse.",
        root_cause="The cache TTL is 1 hour. Health checks wait for 90 seconds before a host is down for good.",
    ),
    "plans": told(
        MORNING,
        lessons="Next time the site should not be down for more than 10 minutes.\n\nWe will page "
        "within 5 minutes of an outage.",
    ),
    "other incidents": told(
        MORNING, summary="The previous outage lasted 6 hours. Last month's incident lasted 9 hours."
    ),
    "parts of the response": told(
        MORNING,
        response="It took the on-call 10 minutes to find the dashboard. The 15-minute discussion (09:30-09:45) "
        "about the outage helped. For the next two hours we watched the graphs.",
    ),
    "refunds": told(MORNING, impact="Customers who were affected are refunded within 48 hours."),
    "code and quotations": told(
        MORNING, summary="```\nDuration: 9 hours\n```\n\n> The outage lasted 9 hours\n\n`Duration: 9 hours` was logged."
    ),
    "numbers that are no time": told(
        MORNING, summary="The outage of release 10.30 hit Ubuntu 14.04 hosts, 5 of 12 pods."
    ),
    "past midnight": told(NIGHT, summary="The import was down from 23:40 to 01:10, an outage of 90 minutes."),
    "past midnight without dates": told(
        NIGHT.replace("+1 ", ""), dated=False, zone="", summary="Outage window: 23:40 - 01:10"
    ),
    "two windows": told(
        TWICE, impact="Search was down twice:\n- outage 08:00 - 08:40 (40 minutes)\n- outage 13:15 - 13:45 (30 minutes)"
    ),
    "all windows together": told(TWICE, summary="Total downtime: 70 minutes"),
    "one of two windows": told(TWICE, summary="Search was unavailable for 40 minutes in the morning."),
    "no milestones, but it fits": told(ROUGH, summary="Calls came in from 10:00 to 12:10 during the outage."),
    "Spanish": told(MORNING, summary="La caída duró 2 horas y media.\n\nDuración: 2h 30m"),
    "French": told(MORNING, summary="La panne a duré environ 2 heures et demie.\n\nDurée : 2 h 30"),
    "Portuguese": told(
        MORNING, summary="O serviço esteve fora do ar durante 2 horas e 30 minutos.\n\nDuração: 150 minutos"
    ),
    "German": told(MORNING, summary="Der Ausfall dauerte 2 Stunden und 30 Minuten. Dauer: 150 Minuten"),
    "follow-ups come after": told(MORNING, summary="The incident lasted from 09:00 until 11:30."),
    "the quotient of a table": told(MORNING, summary="| Field | Value |\n| --- | --- |\n| Duration | 2h 30m |"),
}

WRONG = {
    "twice as long": (told(MORNING, summary="Checkout was down for five hours."), "5h 00m"),
    "half as long": (told(MORNING, summary="**Duration:** 1 h 40 min"), "1h 40m"),
    "a range whose end is too late": (told(MORNING, summary="The outage lasted from 09:00 to 14:00."), "end as 14:00"),
    "a range whose end is too early": (told(MORNING, summary="Outage: 9:00 AM - 10:40 AM"), "end as 10:40"),
    "a range that begins too late": (
        told(MORNING, summary="Users were unable to pay from 09:50 to 11:30."),
        "start as 09:50",
    ),
    "the wrong half of the day": (
        told(MORNING, summary="The site was down between 9 PM and 11:30 PM."),
        "end as 23:30",
    ),
    "a length beside its own times": (
        told(MORNING, summary="Outage from 09:00 to 11:30 (3 hours)."),
        "lie 2h 30m apart",
    ),
    "the wrong day": (told(MORNING, summary="Start: 2024-05-03 09:00"), "start as 2024-05-03"),
    "an end alone": (told(MORNING, summary="End time: 13:45"), "end as 13:45"),
    "an adjective": (told(MORNING, summary="It became a 45-minute outage for everybody."), "45m"),
    "about": (told(MORNING, summary="We had roughly 4 hours of downtime."), "about 4h 00m"),
    "over": (told(MORNING, summary="The incident lasted more than 3 hours."), "3h 00m"),
    "a metric": (told(MORNING, summary="Time to resolve: 35h 36m"), "35h 36m"),
    "a title": (told(MORNING, title="A 6-hour outage of the shop"), "6h 00m"),
    "an impact": (told(MORNING, impacts=[{"id": "i", "what": "Payments were unavailable for 4 hours"}]), "4h 00m"),
    "another section": (
        told(MORNING, other_sections=[{"id": "o", "heading": "Stats", "body": "Total downtime: 12 minutes"}]),
        "12m",
    ),
    "a table": (told(MORNING, summary="| Key | Value |\n| --- | --- |\n| Incident duration | 45 minutes |"), "45m"),
    "past midnight": (told(NIGHT, summary="The import was down from 23:40 to 04:10."), "end as 04:10"),
    "no dates": (told(NIGHT.replace("+1 ", ""), dated=False, zone="", summary="Duration: 4 hours"), "4h 00m"),
    "two windows, one wrong": (
        told(TWICE, impact="Outages:\n- outage 08:00 - 09:50\n- outage 13:15 - 13:45"),
        "end as 09:50",
    ),
    "no milestones, far too long": (told(ROUGH, summary="Duration: 3 days"), "whole timeline spans 2h 10m"),
    "no milestones, ends much later": (told(ROUGH, summary="Outage: 10:00 - 20:15"), "timeline ends at"),
    "full outages": (
        told(MORNING, summary="A full outage of 2.5 hours.", impact="Full outage: 09:08 - 10:05"),
        "elsewhere one of 57m",
    ),
    "Spanish": (told(MORNING, summary="La caída duró 6 horas."), "6h 00m"),
    "French": (told(MORNING, summary="Durée : 45 minutes"), "45m"),
    "Portuguese": (told(MORNING, summary="A indisponibilidade durou 5 horas."), "5h 00m"),
    "German": (told(MORNING, summary="Der Ausfall dauerte 6 Stunden."), "6h 00m"),
    "a header": (told(MORNING, summary="- First detected: 09:48\n- Resolved: 11:30"), "detected as 09:48"),
    "another header": (told(MORNING, summary="Resolved: 12:30"), "resolved as 12:30"),
    "in a sentence": (told(MORNING, resolution="Service was restored at 14:20."), "recovered as 14:20"),
}


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_said_of_documents_that_agree(name: str) -> None:
    assert [finding.message for finding in contradictions(CLEAN[name])] == []


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_is_told_once(name: str) -> None:
    known, says = WRONG[name]
    (finding,) = contradictions(known)
    assert says in finding.message
    assert finding.hint


@pytest.mark.parametrize("name", WRONG)
def test_a_claim_is_the_same_in_the_table_of_claims(name: str) -> None:
    """What an importer has put into `[[stated]]` is told there, and the sentence it came from is not told again."""
    known, _ = WRONG[name]
    (before,) = contradictions(known)
    if "elsewhere" in before.message or "apart" in before.message:
        return
    from schemas.checks.claimed import claimed

    facts = Facts(known, timeline.build(known), (), NOW)
    copies = []
    for number, claim in enumerate(claimed(facts)):
        copies.append(claim.stated.model_copy(update={"id": f"s{number}"}))
        if claim.until is not None:
            copies.append(claim.until.model_copy(update={"id": f"u{number}"}))
    after = contradictions(known.changed(stated=tuple(copies)))
    assert {finding.where.partition("/")[0] for finding in after} <= {"stated"}


class TestWhereAndWhat:
    def test_the_place_and_the_words(self) -> None:
        (finding,) = found(told(MORNING, impact="x\n\nThe outage lasted five hours."), "T09")
        assert finding.where == "sections/impact"
        assert finding.message.startswith(
            'states 5h 00m ("five hours", impact); the timeline says 2h 30m (impact → resolved)'
        )

    def test_the_words_of_events_stand_in_for_marks(self) -> None:
        story = "09:00 Monitoring alert fired\n09:40 Second link cut\n11:30 Service fully restored"
        (finding,) = found(told(story, summary="Duration: 40 minutes"), "T09")
        assert finding.severity == "warning"
        assert "No milestone is marked" in finding.hint
        assert found(told(story, summary="Duration: 2.5 hours"), "T09") == []

    def test_an_event_that_says_it_was_over_is_an_end(self) -> None:
        story = "09:00 Errors !s\n10:15 Service fully restored\n17:00 All clear given !v"
        assert found(told(story, summary="Outage: 09:00 - 10:15\n\nDowntime: 75 minutes"), "T09") == []
        marked = story.replace("restored", "restored !m").replace("10:15", "10:40")
        assert found(told(marked, summary="Outage: 09:00 - 10:15"), "T09") != []

    def test_a_fix_gives_the_milestone_to_the_event_that_is_meant(self) -> None:
        known = told("09:00 Alert !d\n09:40 First complaint\n11:00 Over !v", summary="First detected: 09:40")
        (finding,) = found(known, "T11")
        assert finding.fix is not None
        after = finding.fix.edit(known)
        assert [entry.milestones for entry in after.events] == [(), ("detected",), ("resolved",)]
        assert found(after, "T11") == []

    def test_said_once_though_it_stands_in_many_places(self) -> None:
        text = "The outage lasted 5 hours."
        known = told(MORNING, title="5-hour outage", summary=text, impact=text, lessons=text)
        assert [finding.where for finding in found(known, "T09")] == ["title"]
        claimed_too = known.changed(stated=(stated("duration", "5 hours", minutes=300),))
        assert [finding.where for finding in found(claimed_too, "T09")] == ["stated/s"]

    def test_about_in_one_place_is_meant_in_all(self) -> None:
        exact, about = "The outage lasted 2 hours 15 minutes.", "The outage lasted about 2 hours 15 minutes."
        assert found(told(MORNING, summary=exact), "T09") != []
        assert found(told(MORNING, summary=exact, impact=about), "T09") == []


class TestProfiles:
    STORY = """
        08:00 Orders fail !s
        08:30 Alert !d
        09:00 Incident declared !c
        12:00 Orders pass !r
        13:00 Cause removed !v
    """

    def _found(self, text: str, profile: str) -> list[Finding]:
        known, policy = told(self.STORY, summary=text), Policy(profile=profile)
        story = timeline.build(known)
        return list(RULES["T09"].check(Facts(known, story, metrics.measure(story, policy.metrics), NOW, policy)))

    @pytest.mark.parametrize(
        ("profile", "length"), [("datadog", "4 hours"), ("pagerduty", "4.5 hours"), ("kehoe", "5 hours")]
    )
    def test_the_definition_in_force(self, profile: str, length: str) -> None:
        assert self._found(f"Time to resolve: {length}", profile) == []

    def test_true_by_another_definition(self) -> None:
        assert self._found("Time to resolve: 4 hours", "default") == []
        (finding,) = self._found("Time to resolve: 4 hours", "kehoe")
        assert finding.severity == "warning"
        assert "5h 00m (impact → resolved)" in finding.message
        assert "4h 00m is " in finding.hint
        assert "declared → resolved, datadog's time to resolve" in finding.hint

    def test_true_by_none(self) -> None:
        (finding,) = self._found("Time to resolve: 7h 10m", "datadog")
        assert finding.severity == "error"
        assert "4h 00m (declared → resolved)" in finding.message


class TestTheSameNumber:
    OTHERS = (Neighbour("cache.toml", "Cache", (("resolve", 2136.0, "35h 36m"), ("duration", 120.0, "2 hours"))),)

    def _found(self, known: Incident, others: tuple[Neighbour, ...] = OTHERS) -> list[Finding]:
        return [finding for finding in check(known, NOW, neighbours=others).findings if finding.rule == "T10"]

    def test_in_a_sentence_or_a_field(self) -> None:
        (finding,) = self._found(told(MORNING, summary="Time to resolve: 35h 36m"))
        assert (finding.severity, finding.where) == ("warning", "sections/summary")
        assert finding.message == 'states 35h 36m ("35h 36m", summary), the same number as cache.toml'
        (finding,) = self._found(incident(stated=[stated("resolve", "35h 36m", minutes=2136)]))
        assert finding.where == "stated/s"

    @pytest.mark.parametrize("minutes", [120, 2135, 2137, 36])
    def test_not_where_it_is_round_small_or_another(self, minutes: int) -> None:
        others = (
            Neighbour("a.toml", "A", (("duration", 120.0, ""), ("duration", 2140.0, ""), ("duration", 36.0, ""))),
        )
        assert self._found(incident(stated=[stated("duration", "x", minutes=minutes)]), others) == []

    def test_not_where_the_own_timeline_bears_it_out(self) -> None:
        known = incident(event("a", wall("09:00"), "detected"), event("b", wall("20:36", "2024-05-03"), "resolved"),
                         stated=[stated("resolve", "35h 36m", minutes=2136)])  # fmt: skip
        assert self._found(known) == []


# Laws ---------------------------------------------------------------------------------------------------------------

SHAPES = (
    "The outage lasted {}.", "Duration: {}", "The site was down for {}.", "**Total downtime:** {}",
    "- Outage duration: {}", "We had {} of downtime.", "| Duration | {} |", "Durée : {}", "La caída duró {}.",
)  # fmt: skip


def _words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' * (hours != 1)}"] if hours else []
    return " and ".join([*parts, *([f"{rest} minute{'s' * (rest != 1)}"] if rest or not hours else [])])


def _lasting(minutes: int, text: str) -> Incident:
    end = at("00:00") + timedelta(minutes=minutes)
    return incident(event("a", at("00:00"), "impact-start", "detected"), event("b", end, "resolved"),
                    sections={"summary": text})  # fmt: skip


@given(st.integers(1, 5000), st.sampled_from(SHAPES), st.sampled_from([format_length, _words]))
def test_a_length_as_it_was_measured_never_contradicts(minutes: int, shape: str, written: Any) -> None:
    assert contradictions(_lasting(minutes, shape.format(written(minutes)))) == []


@given(st.integers(1, 1400), st.integers(2, 40), st.sampled_from(SHAPES), st.booleans())
def test_a_length_far_from_it_always_does(minutes: int, factor: int, shape: str, longer: bool) -> None:
    claim, real = (minutes * factor, minutes) if longer else (minutes, minutes * factor)
    if abs(claim - real) < 60 and not longer:
        real = claim + 60
    if longer and claim - real < 60:
        claim = real + 60
    (finding,) = contradictions(_lasting(real, shape.format(format_length(claim))))
    assert finding.where == "sections/summary"


@given(
    st.integers(0, 1439), st.integers(1, 1000), st.sampled_from(["{} to {}", "{} - {}", "{} until {}"]), st.booleans()
)
def test_a_range_as_it_was_never_contradicts(start: int, length: int, shape: str, twelve: bool) -> None:
    begun = datetime(2024, 5, 2) + timedelta(minutes=start)
    ended = begun + timedelta(minutes=length)
    known = incident(event("a", begun, "impact-start"), event("b", ended, "resolved"))
    clocks = [moment.strftime("%I:%M %p" if twelve else "%H:%M") for moment in (begun, ended)]
    text = f"The outage lasted from {shape.format(*clocks)}."
    assert contradictions(known.changed(sections=known.sections.changed(summary=text))) == []


SENTENCES = (
    "It was down for 40 minutes.", "From 14:05 to 14:45 UTC (40 minutes) nobody could pay.", "It began at 14:05.",
    "Between 14:00 and 16:10, for 2 hours, pages were slow.", "It was over at 15:30 UTC.", "Full outage: 25 minutes.",
    "14:05-14:30 (25 minutes), then 15:00-15:20 (20 minutes).", "Nothing of note.", "It took 3 hours (10:00 - 13:00).",
)  # fmt: skip


@given(st.lists(st.sampled_from(SENTENCES), max_size=12), st.lists(st.sampled_from(SENTENCES), max_size=4))
def test_what_is_laid_out_is_what_is_found_claim_by_claim(summary: list[str], impact: list[str]) -> None:
    claims = claims_of(incident(sections={"summary": " ".join(summary), "impact": "\n\n".join(impact)}))
    windows = Windows(claims)
    ranges = [claim for claim in claims if claim.until is not None]
    for claim in claims:
        here = [each for each in ranges if each.where == claim.where and claim.found and claim.found.attached]
        nearest = min(here, key=lambda each: gap(claim, each), default=None)
        assert windows.beside(claim) is nearest
        assert [*windows.lengths_by(claim)] == [each.length for each in windows.all if claim in each.claims]
        assert windows.has_other_range(claim) == any(between(each) != between(claim) for each in ranges)
        stated = {each.stated.at for each in claims if each.stated.what == claim.stated.what and each.stated.at}
        assert windows.has_several(claim.stated.what) == (len(stated) > 1)
    lengths = [each.length for each in windows.all]
    for most in (*lengths, sum(lengths), 0):
        near = any(most - 1 <= each <= most for each in (*lengths, sum(lengths)))
        assert windows.measure(most - 1, most) == (len(lengths) > 1 and near)


def gap(one: Claim, other: Claim) -> int:
    assert one.found
    assert other.found
    return max(one.found.start - other.found.end, other.found.start - one.found.end)

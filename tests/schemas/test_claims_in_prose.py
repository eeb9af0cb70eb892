"""What sentences claim about their incident, and what they do not."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.claims_in_prose import Found, claims_in


def read(text: str, main: bool = True) -> list[tuple[str, object]]:
    """What is claimed, and the minutes or the time; of a range both ends."""
    found: list[tuple[str, object]] = []
    for claim in claims_in(text, "sections/summary", main):
        stated, until = claim.stated, claim.until
        found.append((stated.what, stated.minutes if stated.minutes is not None else stated.at))
        if until is not None:
            found.append((until.what, until.at))
    return found


LENGTHS = [
    ("The outage lasted 2 hours and 30 minutes.", "duration", 150),
    ("An incident lasting approximately 2 and half hours", "duration", 150),
    ("It was a tense 45 minutes of downtime for us.", "duration", 45),
    ("Duration: 45 min", "duration", 45),
    ("* **Total impact duration:** 5 h 26 min", "duration", 326),
    ("Duration of the outage: 2 hours", "duration", 120),
    ("## Duration\n\n3 hours", "duration", 180),
    ("**Duration:**\n\n- about 90 minutes", "duration", 90),
    ("Duration: 1:45", "duration", 105),
    ("The shop was down for 5 days.", "duration", 7200),
    ("Our customers were unable to pay for about 20 minutes.", "duration", 20),
    ("A 2-hour full outage followed.", "duration", 120),
    ("90 minutes of unavailability", "duration", 90),
    ("Total downtime was 40 minutes.", "duration", 40),
    ("The total duration of the incident was 3h 12m.", "duration", 192),
    ("For a total of 16 minutes the web server was offline.", "duration", 16),
    ("For 3 hours, nobody could log in to the service.", "duration", 180),
    ("Everything failed for the duration of the incident (~2 minutes).", "duration", 2),
    ("It took 1 hour and 31 minutes from the start of the incident to the deploy.", "duration", 91),
    ("Time to detect: 8 minutes", "detect", 8),
    ("Time to recovery: 408 minutes", "recover", 408),
    ("Time to resolve (TTR): 35h 36m", "resolve", 2136),
    ("- **Time to repair**: 4h 12m", "repair", 252),
    ("Detection delay: 4 hours 14 minutes", "detect", 254),
    ("The issue was detected within 30 seconds.", "detect", 0.5),
    ("It took 50 minutes to restore the service.", "resolve", 50),
    ("| Downtime | 2h 10m |", "duration", 130),
    ("La caída duró 2 horas y media.", "duration", 150),
    ("Duración: 45 minutos", "duration", 45),
    ("Tiempo de detección: 12 minutos", "detect", 12),
    ("A indisponibilidade durou 3 horas.", "duration", 180),
    ("Tempo de resolução: 75 minutos", "resolve", 75),
    ("La panne a duré 2 heures.", "duration", 120),
    ("Durée totale : 40 minutes", "duration", 40),
    ("Der Ausfall dauerte 90 Minuten.", "duration", 90),
    ("Zeit bis zur Behebung: 2 Stunden", "resolve", 120),
]

RANGES = [
    ("The outage ran from 10:00 to 12:30 UTC.", time(10), time(12, 30)),
    ("Between 1:00 PM and 3:15 PM PST the site was down.", time(13), time(15, 15)),
    ("Between 9 and 11 AM users were unable to log in.", time(9), time(11)),
    ("Duration: 3:00 PM - 5:30 PM", time(15), time(17, 30)),
    ("Incident time: 10:00 AM – 12:30 PM (EAT)", time(10), time(12, 30)),
    ("Outage: May 3, 2024, 22:00 to May 4, 2024, 01:15", datetime(2024, 5, 3, 22), datetime(2024, 5, 4, 1, 15)),
    ("Full outage for all users: 00:02-00:45", time(0, 2), time(0, 45)),
    ("From 00.10 EAT to 00.40 EAT the server was unreachable.", time(0, 10), time(0, 40)),
    ("El servicio estuvo caído de 10:00 a 12:30.", time(10), time(12, 30)),
    ("Le service était indisponible de 14h30 à 16h05.", time(14, 30), time(16, 5)),
]

TIMES = [
    ("Start: 10:00", "start", time(10)),
    ("- End time: 2024-05-03 12:15", "end", datetime(2024, 5, 3, 12, 15)),
    ("First detected: 11:21", "detected", time(11, 21)),
    ("Resolved 2024-05-03 16:19", "resolved", datetime(2024, 5, 3, 16, 19)),
    ("- Incident declared: 14:54", "declared", time(14, 54)),
    ("Service was fully restored at 14:20.", "recovered", time(14, 20)),
    ("At 12:16 p.m., service was restored.", "recovered", time(12, 16)),
    ("The outage started at 5:00 AM.", "start", time(5)),
    ("The issue was first detected at 04:34 by monitoring.", "detected", time(4, 34)),
]

NOTHING = [
    "A timeout of 30 seconds made the outage worse.", "Clients retry every 5 minutes.", "The cache TTL is 1 hour.",
    "For the next two hours we watched the graphs.", "Customers will be refunded within 24 hours.",
    "We will migrate in 2 weeks.", "The deploy had gone out 30 minutes earlier.",
    "It took the on-call 10 minutes to find the dashboard.", "The previous outage lasted 4 hours.",
    "The 15-minute deliberation (00:15-00:30) about the outage cost us.", "The rollback took 12 minutes.",
    "Each outage lasted 5 minutes.", "The incident could have lasted 6 hours.", "Session duration: 30 minutes",
    "Deployment duration: 12 minutes", "Our SLO allows 43 minutes of downtime a month.",
    "One replica was down for 3 minutes.", "30 minutes of data were lost.",
    "The first 20 minutes of the outage were hard.", "5 minutes into the outage we paged the network team.",
    "The outage of release 10.30 hit Ubuntu 14.04.", "We avoided 2 hours of downtime.", "```\nDuration: 9 hours\n```",
    "`Duration: 9 hours`", "> The outage lasted 9 hours", "<!-- Duration: 9 hours -->",
    "[outage](https://status.example/2h-outage)", "Support hours are from 10:00 to 17:00.",
    "Scheduled maintenance from 01:00 to 03:00 caused no downtime.", "Backups run daily from 02:00 to 02:30.",
    "Error rate fell between 10:20 and 10:40 during the incident.", "14:20 service was restored",
    "- 14:20: service was down for one customer", "Response time: 30 s", "An error in 5 of 12 pods, 40 % of users",
    "After 3 hours the on-call handed over.", "We waited for 45 minutes.",
    "The alert fires if the site is down for 5 minutes.", "The service was partially restored at 10:40.",
    "Last month's incident lasted 9 hours.", "La próxima vez la caída no debería durar 2 horas.",
    "Le délai d'attente est de 30 secondes.", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "what", "minutes"), LENGTHS)
def test_lengths(text: str, what: str, minutes: float) -> None:
    assert read(text) == [(what, pytest.approx(minutes))]


@pytest.mark.parametrize(("text", "start", "end"), RANGES)
def test_ranges(text: str, start: object, end: object) -> None:
    assert read(text) == [("start", start), ("end", end)]


@pytest.mark.parametrize(("text", "what", "when"), TIMES)
def test_times(text: str, what: str, when: object) -> None:
    assert read(text) == [(what, when)]


@pytest.mark.parametrize("text", NOTHING)
def test_what_claims_nothing(text: str) -> None:
    assert read(text) == []


def test_a_claim_stands_where_its_words_are() -> None:
    text = "Intro.\n\n- `x` On Monday,\n  the outage lasted 2 hours or so.\n\nDuration: 10:00 - 12:00"
    length, window = claims_in(text, "sections/impact")
    assert text[length.start : length.end].startswith("2 hours")
    assert (length.stated.where, length.stated.about) == ("sections/impact", True)
    assert text[window.start : window.end] == "10:00 - 12:00"


def test_how_sure_it_is() -> None:
    def only(text: str, main: bool = True) -> Found:
        (claim,) = claims_in(text, "title", main)
        return claim

    assert only("Duration: 2 hours").labelled
    assert only("The outage lasted 2 hours.", main=False).firm
    assert not only("The site was down for 2 hours.", main=False).firm
    assert only("A full outage of 2 hours").full
    assert claims_in("From 10:00 to 11:00 some errors occurred.", "x", False) == ()


def test_a_length_beside_its_range() -> None:
    window, length = claims_in("The outage lasted from 10:00 to 12:00 UTC (2 hours).", "x")
    assert (window.attached, length.attached) == (False, True)
    assert (window.offset, window.until_offset) == (0, 0)


PIECES = (
    "outage", "lasted", "Duration:", "from", "to", "was down for", "10:00", "12:30 PM", "2 hours", "45 min", "UTC",
    "(", ")", "|", "\n", "\n\n", "- ", "**", "`", "```", "May 3, 2024", "about", ".", "Start:", "restored at",
    "T+0:15", "99:99", "24:00", "0 minutes", "1e9 hours", "9999999999 days", "#", "> ", "<b>", "½", "und", "duró",
    "é", "👩‍🚒", "\t", "31/31/2024",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=80))
@settings(max_examples=300)
def test_no_text_makes_it_fail(text: str) -> None:
    for main in (True, False):
        for claim in claims_in(text, "title", main):
            assert 0 <= claim.start < claim.end <= len(text)
            assert text[claim.start : claim.end].strip()
            assert claim.stated.where == "title"
            assert (claim.stated.minutes is None) != (claim.stated.at is None)


@given(st.sampled_from([text for text, _, _ in LENGTHS if not text.startswith(("#", "**"))]), st.integers(0, 3))
def test_what_stands_around_it_does_not_matter(text: str, before: int) -> None:
    around = "The team met on the next day.\n\n" * before
    assert read(f"{around}{text}\n\nNobody was hurt.") == read(text)

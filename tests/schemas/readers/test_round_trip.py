"""What `export` writes in the standard style, `import` reads back as the same incident, ids aside."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

from schemas.incident import (
    Event,
    Impact,
    Incident,
    Sections,
    Waiver,
)
from schemas.moments import instant, interval, wall_clock
from schemas.readers.decoding import lines_of
from schemas.readers.document import read_document
from schemas.readers.export_reader import read_export
from schemas.timeline import build
from schemas.toml_file import loads
from schemas.writers.markdown import to_markdown
from tests.schemas import stories, strategies
from tests.schemas.readers.round_trip import content, incidents, is_in_order, read_back

MANY = int(os.environ.get("IMPORT_FUZZ", "0"))
"""So many examples instead of the usual few: `IMPORT_FUZZ=20000 pytest tests/schemas/readers/test_round_trip.py`."""

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "sample_incidents").glob("*.toml"))


@given(incidents())
@settings(max_examples=MANY or 60)
def test_an_incident_comes_back_as_it_was(incident: Incident) -> None:
    assume(is_in_order(incident))
    assert content(read_back(incident)) == content(incident)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_come_back_as_they_were(path: Path) -> None:
    incident = loads(path.read_text(encoding="utf-8"))
    assert content(read_back(incident)) == content(incident)


def plain(event: Event) -> Event:
    """An event of the incident's zone; one that has a clock and no date has none at its other end."""
    ends = ("latest", "until") if isinstance(event.at, time) else ()
    made: Event = event.changed(zone="", **dict.fromkeys(ends))
    return made


def is_on_calendar(moment: Any, incident: Incident) -> bool:
    """Whether the calendar of the incident's place has a day: one that moves over the date line skips one, and nobody
    has one before the first year or behind the last."""
    if not isinstance(moment, date):
        return True
    zone = build(incident).zone or UTC
    at = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    if at.tzinfo is None and wall_clock(instant(at, zone), zone).date() != at.date():
        return False
    try:
        (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC).astimezone(zone)
    except OverflowError:
        return False
    return True


def is_backwards(event: Event, incident: Incident) -> bool:
    """Whether the later of an event's two times is named first; the document has them the right way round."""
    found = [each for each in (event.at, event.latest) if isinstance(each, date)]
    zone = build(incident).zone
    starts = [interval(each, zone=zone).earliest for each in found]
    return starts != sorted(starts)


@given(stories.stories(stories.events().map(plain)))
@settings(max_examples=MANY or 60)
def test_every_kind_of_time_is_written_again_as_it_was_read(incident: Incident) -> None:
    assume(is_in_order(incident))
    assume(
        all(
            is_on_calendar(each, incident)
            for event in incident.events
            for each in (event.at, event.latest, event.until)
        )
    )
    assume(not any(is_backwards(event, incident) for event in incident.events))
    document = to_markdown(incident)
    found = read_export(lines_of(document), b"")
    assert found is not None
    assert to_markdown(found.incident) == document


@given(strategies.incidents())
@settings(max_examples=MANY or 30)
def test_whatever_is_in_an_incident_its_document_is_read(incident: Incident) -> None:
    document = to_markdown(incident, remarks="all")
    if any(map(str.isalnum, document)):
        assert read_document(document, name="export.md").lines


def test_a_clock_that_comes_twice_is_told_apart() -> None:
    """Berlin puts its clocks back on 27 October 2024: 02:30 comes twice."""
    first = datetime(2024, 10, 27, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    second = datetime(2024, 10, 27, 2, 30, tzinfo=timezone(timedelta(hours=1)))
    events = tuple(Event(id=f"e{at}", at=moment, text="Paged") for at, moment in enumerate((first, second)))
    incident = Incident(title="Twice", zone="Europe/Berlin", events=events)
    assert "| 02:30 UTC+02:00 |" in to_markdown(incident)
    assert [event.at for event in read_back(incident).events] == [first, second]


@pytest.mark.parametrize(
    ("at", "latest", "shown"),
    [
        (date(2024, 5, 2), datetime(2024, 5, 1, 1, 0), "between 01:00 and Thu 2 May 2024"),
        (datetime(2024, 5, 2, 9, 0), date(2024, 5, 1), "between Wed 1 May 2024 and Thu 2 May 2024 09:00"),
        (date(2024, 5, 2), datetime(2024, 5, 2, 10, 0), "between Thu 2 May 2024 and Thu 2 May 2024"),
        (datetime(2024, 5, 2, 9, 0), datetime(2024, 5, 2, 8, 0), "between 08:00 and 09:00"),
        (time(9, 0), date(2024, 5, 2), "between 09:00 and Thu 2 May 2024 †"),
    ],
)
def test_two_times_are_written_the_right_way_round(at: Any, latest: Any, shown: str) -> None:
    first = Event(id="e0", at=datetime(2024, 5, 1, 0, 0), text="Paged")
    incident = Incident(title="Range", events=(first, Event(id="e1", at=at, latest=latest, text="Paged")))
    assert shown in to_markdown(incident)


def test_fields_whose_names_cannot_be_read_stay_as_text() -> None:
    incident = Incident(title="Odd", sections=Sections(summary="Down.", **{"": False, "a b": 3}))
    again = read_back(incident)
    assert again.sections.summary == "Down."
    assert [(each.heading, each.body) for each in again.other_sections] == [
        ("Other fields", "- : false\n- a b: 3"),
    ]
    assert to_markdown(read_back(again)) == to_markdown(again)


def test_our_own_document_is_read_however_little_it_says() -> None:
    incident = Incident(
        status="draft", sections=Sections(summary="-", supporting="-"), impacts=(Impact(id="i", what=""),)
    )
    changed = to_markdown(incident) + "\n## Action items\n\n"
    assert read_document(changed, name="export.md").incident.sections.summary == "-"


def test_accepted_findings_find_their_places_again() -> None:
    incident = Incident(
        title="Known",
        events=(Event(id="k7q2", text="Paged, nobody came"),),
        waivers=(
            Waiver(rule="T05", where="events/k7q2/at", reason="No record is left", by="Ada", at=date(2024, 5, 2)),
            Waiver(rule="C02", where="sections/summary", reason="It is short"),
            Waiver(rule="A01"),
        ),
    )
    again = read_back(incident)
    own = again.events[0].id
    assert [waiver.where for waiver in again.waivers] == [f"events/{own}/at", "sections/summary", ""]
    assert again.waivers[0].changed(where="") == incident.waivers[0].changed(where="")


def test_unknown_fields_come_back_under_their_names() -> None:
    incident = Incident(title="More", jira="OPS-1", cost=1250, events=(Event(id="k7q2", text="Paged", room=4),))
    again = read_back(incident)
    assert again.model_extra == {"jira": "OPS-1", "cost": 1250}
    assert again.events[0].model_extra == {"room": 4}


def test_a_document_that_was_changed_by_hand_is_read_like_any_other() -> None:
    incident = Incident(
        title="Shop down", zone="UTC", events=(Event(id="k7q2", at=datetime(2024, 5, 2, 9, 0), text="Paged"),)
    )
    changed = to_markdown(incident).replace("| 09:00 |", "| 9.05 am |") + "\nA word of our own.\n"
    found = read_document(changed, name="export.md").incident
    assert [(event.at and event.at.strftime("%H:%M"), event.text) for event in found.events] == [("09:05", "Paged")]
    assert "A word of our own." in str(found.model_dump())


def test_the_rows_of_an_aligned_table_are_read_too() -> None:
    incident = Incident(title="Shop down", events=(Event(id="k7q2", text="Paged"),))
    aligned = (
        to_markdown(incident)
        .replace("| --- | --- |", "| -------- | :---: |")
        .replace("| Overview |  |", "|  Overview  |     |")
    )
    assert content(read_document(aligned, name="export.md").incident) == content(incident)

"""Nothing of an incident is missing in its document, and outside the house nothing that belongs inside is in it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from schemas.incident import Incident
from schemas.moments import MINUTE, span_text
from schemas.writers.markdown import to_markdown
from tests.schemas.writers.maximal import Maximal, maximal, variations, with_event_at

NEVER = {
    "Incident.format",  # of the file, not of the incident
    "Event.id", "Impact.id", "Factor.id", "Action.id", "Stated.id", "OtherSection.id", "Comment.id", "Review.id",
    "OtherSection.after",  # is the order of the document
}  # fmt: skip
"""What no document shows: how the file is made."""

REMARKS = ("Comment.", "Review.")

INSIDE = {
    "Incident.owner", "Incident.authors", "Action.owner", "Event.actor",
    "Event.as_written", "Event.recorded", "Event.zone", "Event.audience", "Impact.audience",
}  # fmt: skip
INSIDE_MODELS = ("Stated.", "Waiver.", *REMARKS)
"""What a document for the outside leaves out, besides unknown keys."""


def shows(document: str, value: Any) -> bool:
    document = document.replace(",", "")
    if isinstance(value, datetime):
        return str(value.year) in document and "05:06" in document
    if isinstance(value, date):
        return value.isoformat() in document
    if isinstance(value, int):
        return str(value) in document or span_text(value * MINUTE) in document
    return str(value) in document


def missing(full: Maximal, document: str) -> set[str]:
    return {path for path, values in full.values.items() if not all(shows(document, value) for value in values)}


@pytest.fixture(scope="module")
def full() -> Maximal:
    return maximal()


def test_every_value_of_every_field_is_in_the_document(full: Maximal) -> None:
    assert missing(full, to_markdown(full.incident, remarks=True)) == NEVER


@pytest.mark.parametrize("at", [None, date(2077, 1, 2), time(5, 6), datetime(2077, 1, 2, 3, 4)])
def test_whatever_is_known_of_the_time_of_an_event(full: Maximal, at: datetime | date | time | None) -> None:
    document = to_markdown(with_event_at(full.incident, at), remarks=True)
    assert missing(full, document) == NEVER | {"Event.at"}
    assert at is None or ("05:06" if isinstance(at, time) else "2077") in document


FIELDS = [where for where, _ in variations(maximal().incident, "incident")]


@pytest.mark.parametrize("changed", FIELDS)
def test_every_field_makes_a_difference(full: Maximal, changed: str) -> None:
    document = to_markdown(full.incident, remarks=True)
    differs = to_markdown(dict(variations(full.incident, "incident"))[changed], remarks=True) != document
    # Ids and the format are of the file; a margin says already that a time is approximate.
    assert differs is not (changed.endswith((".id", ".format")) or changed == "incident.events.about")


def test_remarks_are_left_out_unless_they_are_asked_for(full: Maximal) -> None:
    absent = missing(full, to_markdown(full.incident))
    assert absent == NEVER | {path for path in full.values if path.startswith(REMARKS)}


def test_outside_the_house_nobody_is_named_and_nothing_is_said_about_the_record(full: Maximal) -> None:
    absent = missing(full, to_markdown(full.incident, audience="external", remarks=True))
    unknown = {path for path in full.values if path.endswith(".key_that_is_new")}
    assert absent == NEVER | INSIDE | unknown | {path for path in full.values if path.startswith(INSIDE_MODELS)}


def test_a_document_for_the_outside_does_not_say_that_it_is_one(full: Maximal) -> None:
    document = to_markdown(full.incident, audience="external").casefold()
    assert "internal" not in document
    assert "external" not in document
    assert "omitted" not in document


def test_the_full_incident_is_full() -> None:
    """The walk reaches every model, or the tests above would prove less than they say."""
    reached = {path.split(".")[0] for path in maximal().values}
    assert reached >= {"Incident", "Sections", "Event", "Impact", "Factor", "Action", "Stated", "OtherSection",
                       "Comment", "Review", "Waiver"}  # fmt: skip
    assert isinstance(maximal().incident, Incident)

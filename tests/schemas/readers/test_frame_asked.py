"""What is asked from outside settles what the document leaves open, and what is lost takes no words from others."""

from __future__ import annotations

from datetime import datetime

from schemas.incident import Incident
from schemas.readers.accounting import unplaced
from schemas.readers.blocks import Line
from schemas.readers.document import read_document

HARBOUR = "# Printers stopped\n\nAll times IST.\n\n## Timeline\n\n- 2024-06-14 21:40 the queue grows\n"
SHOP = (
    "# Shop down\n\nDuration: June 9, 2023, 10:00 AM to June 10, 2023, 2:00 PM (PST)\n\n## Timeline\n\n"
    "- June 9, 2023, 10:00 AM (PST) the shop is down\n"
)


def test_letters_of_several_places_are_a_doubt() -> None:
    result = read_document(HARBOUR, name="report.md")
    assert [doubt.path for doubt in result.doubts] == ["zone"]
    assert len(result.doubts[0].choices) == 3


def test_a_zone_that_was_asked_for_is_none() -> None:
    result = read_document(HARBOUR, name="report.md", zone="Europe/Dublin")
    assert result.doubts == ()
    assert [(each.about, each.said) for each in result.assumptions] == [
        ("zone", "IST is the time of Europe/Dublin, as asked")
    ]
    assert result.incident.zone == "Europe/Dublin"


def test_a_zone_that_the_letters_do_not_mean_settles_nothing() -> None:
    result = read_document(HARBOUR, name="report.md", zone="Africa/Nairobi")
    assert len(result.doubts) == 1
    assert result.incident.zone != "Africa/Nairobi"


def test_stated_times_have_the_offset_of_the_events() -> None:
    incident = read_document(SHOP, name="report.md").incident
    start, end = incident.stated
    assert start.at == incident.events[0].at == datetime.fromisoformat("2023-06-09T10:00:00-07:00")
    assert end.at == datetime.fromisoformat("2023-06-10T14:00:00-07:00")


def test_a_line_that_is_lost_leaves_its_words_to_the_others() -> None:
    incident = Incident(title="The notes of Tom")
    lines = (Line(1, "notes from the harbour"), Line(2, "the notes of Tom"))
    assert unplaced(lines, incident, frozenset()) == lines[:1]

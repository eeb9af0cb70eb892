"""Title, severity, status, people, services, zone, day and stated values, with where they come from."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from schemas.readers.document import read_document
from schemas.readers.imported import Imported


def read(text: str, **options: object) -> Imported:
    return read_document(text, name="document", **options)  # type: ignore[arg-type]


HEADERS = Path(__file__).parents[2] / "documents" / "headers"
"""The same fields in every style."""


@pytest.mark.parametrize("style", sorted(path.stem for path in HEADERS.glob("*.md")))
def test_fields_in_every_style(style: str) -> None:
    incident = read((HEADERS / f"{style}.md").read_text(encoding="utf-8")).incident
    assert incident.title == "Login down"
    assert (incident.severity, incident.status) == ("SEV2", "draft")
    assert incident.authors == ("Ada Byron", "Bo Li")
    assert incident.services == ("login", "api")


def test_a_severity_in_words_is_a_doubt_with_choices() -> None:
    imported = read("# Login down\n\nSeverity: Critical\n\n## Summary\nNobody could log in.\n")
    assert imported.incident.severity == "SEV1"
    (doubt,) = imported.doubts
    assert (doubt.line, doubt.path) == (3, "severity")
    assert [choice.value for choice in doubt.choices][:2] == ["SEV1", "SEV0"]


def test_what_somebody_is_stays_with_the_name() -> None:
    imported = read("Login down\nAuthor: Ada Byron, Lead Engineer\n\nSummary\nNobody could log in.\n")
    assert imported.incident.authors == ("Ada Byron, Lead Engineer",)


def test_a_line_that_names_somebody_again_is_kept() -> None:
    imported = read(
        "# Login down\n\nAuthors: Ada Byron, Bo Li\nAuthor: Ada Byron\n\n## Summary\nNobody could log in.\n"
    )
    assert imported.incident.authors == ("Ada Byron", "Bo Li")
    assert [each.body for each in imported.incident.other_sections] == ["Author: Ada Byron"]


ZONES = [
    ("All times in UTC.\n\n- 10:00 a b\n", "UTC"),
    ("- 10:00 EAT: a b\n- 11:00 EAT: c d\n", "Africa/Nairobi"),
    ("| Time (PT) | Event |\n|---|---|\n| 10:00 | a b |\n", "America/Los_Angeles"),
    ("All times are Eastern Time\n\n- 10:00 a b\n", "America/New_York"),
    ("Todas las horas en CET\n\n- 10:00 a b\n", "Europe/Paris"),
    ("- 2024-05-02T10:00:00+03:00 a b\n", "+03:00"),
    ("- 10:00 a b\n- 11:00 c d\n", ""),
    ("Date: Thu, 02 May 2024 07:32:16 GMT\n\n- 10:00 a b\n", ""),
    ("```\n10:00 UTC log line\n```\n- 10:00 a b\n", ""),
]


@pytest.mark.parametrize(("timeline", "zone"), ZONES)
def test_the_zone_that_the_document_names(timeline: str, zone: str) -> None:
    imported = read(f"# T\n\n## Summary\nOn 2 May 2024 it broke.\n\n## Timeline\n\n{timeline}")
    assert imported.incident.zone == zone
    assert ("zone" in imported.provenance) == bool(zone)


def test_the_zone_in_the_heading_and_of_a_city() -> None:
    imported = read("# T\n\n## Cronología (hora de Madrid)\n\n- 2024-05-02 10:00 a b\n")
    assert imported.incident.zone == "Europe/Madrid"


def test_a_zone_from_outside_counts_where_none_is_named() -> None:
    bare = "# T\n\n## Timeline\n- 2024-05-02 10:00 a b\n"
    imported = read(bare, zone="Africa/Nairobi")
    assert imported.incident.zone == "Africa/Nairobi"
    assert [said.about for said in imported.assumptions] == ["zone"]
    named = bare.replace("10:00", "10:00 UTC")
    assert read(named, zone="Africa/Nairobi").incident.zone == "UTC"


def test_letters_of_several_places_are_a_doubt_and_can_be_settled() -> None:
    text = "# T\n\n## Timeline (IST)\n- 2024-05-02 10:00 a b\n"
    imported = read(text)
    (doubt,) = [doubt for doubt in imported.doubts if doubt.path == "zone"]
    assert [choice.value for choice in doubt.choices] == ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]
    assert read(text, zone="Europe/Dublin").incident.zone == "Europe/Dublin"


def test_a_length_and_a_range_are_stated_with_their_lines() -> None:
    text = "Date: June 1, 2023\nDuration: 4 hours\n\n# Summary:\nThe outage lasted from 8:00 AM to 12:00 PM UTC.\n"
    stated = {(each.what, each.line): each for each in read(text).incident.stated}
    assert stated["duration", 2].minutes == 240
    assert stated["start", 5].where == "summary"
    assert stated["end", 5].value == "8:00 AM to 12:00 PM UTC"


def test_day_or_month_first_is_settled_by_another_date_and_said() -> None:
    text = "OUTAGE\n\nStart: 10/04/2024, 5:00 AM\nEnd: 14/04/2024, 8:00 PM\n\nSUMMARY:\nAll was down.\n"
    imported = read(text)
    (said,) = imported.assumptions
    assert (said.about, said.line) == ("dates", 3)
    assert [each.at for each in imported.incident.stated] == [datetime(2024, 4, 10, 5), datetime(2024, 4, 14, 20)]


def test_day_or_month_first_is_asked_where_nothing_settles_it() -> None:
    text = "# T\n\nDate: 10/04/2024\n\n## Timeline\n- 10:00 a b\n- 11:00 c d\n"
    imported = read(text)
    doubt = next(doubt for doubt in imported.doubts if doubt.line == 3)
    assert [(choice.field, choice.value) for choice in doubt.choices] == [("day_first", True), ("day_first", False)]
    at = read(text, day_first=False).incident.events[0].at
    assert isinstance(at, datetime)
    assert at.date() == date(2024, 10, 4)


def test_the_day_from_outside_wins() -> None:
    imported = read("# T on 2 May 2024\n\n## Timeline\n- 10:00 a b\n", date=date(2024, 5, 3))
    at = imported.incident.events[0].at
    assert isinstance(at, datetime)
    assert at.date() == date(2024, 5, 3)

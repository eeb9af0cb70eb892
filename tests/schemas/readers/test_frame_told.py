"""What the frame of a document tells: its title, zone and `T`, notes in headings, mails, causes told elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.incident import Incident
from schemas.readers.document import read_document
from schemas.readers.imported import Imported


def read(text: str, written: date | None = None) -> Imported:
    return read_document(text, name="report.md", written=written)


def body(incident: Incident, heading: str) -> str | None:
    return next((each.body for each in incident.other_sections if each.heading == heading), None)


_STORY = "Summary: Nobody could pay.\n\nTimeline:\n10:05 desk freezes\n10:15 all is well\n"


@pytest.mark.parametrize("name", ["Postmortem", "Post-mortem", "Incident report", "RCA", "Outage", "Retrospective"])
def test_the_first_line_is_a_title_whatever_the_document_calls_itself(name: str) -> None:
    found = read(f"{name}: the cash desk froze\n\n{_STORY}")
    assert found.incident.title == f"{name}: the cash desk froze"
    assert found.incident.sections.summary == "Nobody could pay."
    assert not found.incident.sections.lessons
    assert not found.incident.sections.root_cause


@pytest.mark.parametrize(
    ("lines", "zone"),
    [
        ("## Linha do tempo (BRT)\n\n10:05 fila para", "America/Sao_Paulo"),
        ("## Ablauf (MESZ)\n\n10:05 Alarm", "Europe/Berlin"),
        ("## Timeline\n\n### 2024-06-15 (UTC)\n\n- 10:05 desk freezes", "UTC"),
        ("## When did it happen? (CET)\n\n2024-06-15\n\n## Timeline\n\n10:05 desk freezes", "Europe/Paris"),
        ("It went on from 10:05 to 10:15 on 6 May 2024 (PDT).", "America/Los_Angeles"),
        ("## Timeline\n\nAll times in Europe/Oslo.\n\n10:05 desk freezes", "Europe/Oslo"),
    ],
)
def test_the_zone_is_read_where_it_is_said(lines: str, zone: str) -> None:
    found = read(f"# The desk froze\n\n## Summary\n\nNobody could pay.\n\n{lines}\n")
    assert found.incident.zone == zone
    assert found.unplaced == ()


def test_a_word_in_brackets_is_no_zone() -> None:
    found = read("# The desk froze\n\n## Summary\n\nThe cat scanner (CAT) and the artefact store (ART) froze at 10:05.")
    assert found.incident.zone == ""


@pytest.mark.parametrize(
    "said",
    [
        "## Timeline (T = 14:00 UTC)",
        "## Timeline\n\nTimes are relative to T+0 = 14:00 UTC.",
        "## Timeline (T0: 14:00 UTC)",
    ],
)
def test_lengths_count_from_the_time_that_is_said(said: str) -> None:
    found = read(f"# Load test\n\nDate: 2024-02-29\n\n{said}\n\n* T+0 - test starts\n* T+4m - database is busy\n")
    assert [f"{event.at:%H:%M}" for event in found.incident.events if event.at] == ["14:00", "14:04"]


def test_days_as_headings_are_a_timeline() -> None:
    found = read(
        "# Slow exports\n\n## Summary\n\nSlow.\n\n## 2024-06-15\n\n- 22:50 queue is long\n\n## 16 June 2024\n\n"
        "- 00:20 queue is empty\n\n## Root cause\n\nOne worker.\n"
    )
    assert [f"{event.at:%d %H:%M}" for event in found.incident.events if event.at] == ["15 22:50", "16 00:20"]
    assert found.incident.other_sections == ()


def test_updates_of_a_status_page_have_their_time_below() -> None:
    found = read(
        "# Late messages\n\n**Resolved** - All is well again.\nFeb 14, 18:32 UTC\n\n"
        "**Identified** - A token had expired.\nFeb 14, 17:20 UTC\n\n"
        "Investigating - Messages are late.\nFeb 14, 16:58 UTC\n",
        written=date(2024, 3, 1),
    )
    assert [f"{event.at:%m-%d %H:%M} {event.text}" for event in found.incident.events if event.at] == [
        "02-14 18:32 Resolved - All is well again.",
        "02-14 17:20 Identified - A token had expired.",
        "02-14 16:58 Investigating - Messages are late.",
    ]


def test_a_mail_has_its_title_as_subject_and_no_event_in_its_header() -> None:
    found = read(
        "From: Pia Holm\nTo: all\nDate: Thu, 11 Jan 2024 17:45:00 +0100\nSubject: Build servers\n\n"
        "On 10 January 2024 the build servers hung. At 09:12 CET builds hang. At 11:30 CET they run again.\n"
    )
    assert found.incident.title == "Build servers"
    assert [f"{event.at:%d %H:%M}" for event in found.incident.events if event.at] == ["10 09:12", "10 11:30"]


def test_the_note_of_a_heading_is_kept_where_its_list_is_taken() -> None:
    found = read("# Desk\n\n## Impact\n\nNobody could pay.\n\n## Action items (going forward)\n\n- Rotate the logs\n")
    assert body(found.incident, "Action items (going forward)") == ""
    assert found.unplaced == ()


def test_a_label_inside_of_an_item_is_no_heading() -> None:
    found = read(
        "# Desk\n\n## Impact\n\nNobody could pay.\n\n## Action items\n\n1. Watch the disks\n\n"
        "   The list of disks is:\n\n   - desk one\n   - desk two\n\n2. Rotate the logs\n"
    )
    assert [action.text.split("\n")[0] for action in found.incident.actions] == ["Watch the disks", "Rotate the logs"]
    assert "desk two" in found.incident.actions[0].text


def test_a_line_that_only_names_the_actions_is_a_heading_of_theirs() -> None:
    found = read(
        "# Desk\n\n## Impact\n\nNobody could pay.\n\n## Corrective measures\n\n"
        "- A list of tasks to address the issue:\n  - Watch the disks\n  - Rotate the logs\n"
    )
    assert [action.text for action in found.incident.actions] == ["Watch the disks", "Rotate the logs"]
    assert found.unplaced == ()


def test_factors_are_read_and_stay_in_the_text_where_nothing_else_tells_the_cause() -> None:
    factors = "## Contributing factors\n\n- The disk was old\n- Nobody looked\n"
    alone = read(f"# Desk\n\n## Impact\n\nNobody could pay.\n\n{factors}").incident
    beside = read(f"# Desk\n\n## Root cause\n\nA full disk.\n\n{factors}")
    assert [factor.text for factor in alone.factors] == ["The disk was old", "Nobody looked"]
    assert "The disk was old" in alone.sections.root_cause
    assert [factor.text for factor in beside.incident.factors] == ["The disk was old", "Nobody looked"]
    assert beside.incident.sections.root_cause == "A full disk."
    assert beside.provenance[f"factors/{beside.incident.factors[0].id}"].lines == (9,)


def test_a_cause_that_only_another_section_tells_is_told_as_the_cause_too() -> None:
    found = read(
        "# Desk\n\n## Impact\n\nNobody could pay.\n\n## Resolution\n\nThe log was deleted.\n"
        "The root cause was a log that filled the disk. The desk was started again.\n"
    )
    assert found.incident.sections.root_cause == "The root cause was a log that filled the disk."
    assert "The root cause was" in found.incident.sections.resolution
    assert found.provenance["sections/root_cause"].lines == (10,)


@pytest.mark.parametrize(
    "sentence",
    [
        "The root cause was not yet known.",
        "At first the root cause was thought to be the disk.",
        "Work into root cause is carried out.",
        "The search for the root cause is what took so long.",
    ],
)
def test_a_cause_that_nobody_knows_is_none(sentence: str) -> None:
    found = read(f"# Desk\n\n## Impact\n\nNobody could pay.\n\n## Resolution\n\n{sentence}\n")
    assert found.incident.sections.root_cause == ""

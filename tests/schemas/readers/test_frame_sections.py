"""Headings in every style, what they mean, and where the words below them go."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.incident import Incident
from schemas.readers.document import read_document
from schemas.readers.section_names import meaning_of
from schemas.sections import SECTION_KEYS


def read(text: str) -> Incident:
    return read_document(text, name="document").incident


def filled(incident: Incident) -> dict[str, str]:
    return {key: body for key in SECTION_KEYS if (body := incident.sections.get(key))}


HEADINGS = Path(__file__).parents[2] / "documents" / "headings"
"""The same small report with its headings in every style."""

STYLES = sorted(path.stem for path in HEADINGS.glob("*.md"))


@pytest.mark.parametrize("style", STYLES)
def test_headings_in_every_style(style: str) -> None:
    text = (HEADINGS / f"{style}.md").read_text(encoding="utf-8")
    check_style(text)
    check_style(text.replace("\n", "\r\n"))


def check_style(text: str) -> None:
    incident = read(text)
    assert filled(incident) == {"summary": "It broke.", "root_cause": "A typo.", "lessons": "Test first."}
    assert incident.title.removeprefix("🚨 ") in ("Gateway down", "GATEWAY DOWN")
    assert incident.other_sections == ()


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Executive Summary", "summary"),
        ("What happened?", "summary"),
        ("Issue Summary (for executives)", "summary"),
        ("Customer Impact", "impact"),
        ("Impact on our users", "impact"),
        ("Blast Radius", "impact"),
        ("What caused the incident?", "root_cause"),
        ("Root Cause Analysis (RCA)", "root_cause"),
        ("5 Whys", "root_cause"),
        ("Contributing Factors", "root_cause"),
        ("How was the issue detected?", "detection"),
        ("Mitigation & Resolution", "resolution"),
        ("How we fixed it", "resolution"),
        ("Lead-up", "background"),
        ("What went well", "went_well"),
        ("Where did we get lucky?", "lucky"),
        ("Key takeaways", "lessons"),
        ("Timeline of Events (UTC)", "timeline"),
        ("Chronology", "timeline"),
        ("Timeline – all times in UTC", "timeline"),
        ("Timeline (all times PST) 04/23/2023 – 05/03/2023, approximate", "timeline"),
        ("Corrective and Preventative Measures", "actions"),
        ("Follow-up items", "actions"),
        ("Next steps", "actions"),
        ("Appendix", "supporting"),
        ("Table of contents", "contents"),
        ("Approvals", "people"),
        ("Resumen ejecutivo", "summary"),
        ("Impacto", "impact"),
        ("Cronología", "timeline"),
        ("Causa raíz", "root_cause"),
        ("Lo que funcionó bien", "went_well"),
        ("Lecciones aprendidas", "lessons"),
        ("Acciones preventivas", "actions"),
        ("Resumo", "summary"),
        ("Linha do tempo", "timeline"),
        ("Causa raiz", "root_cause"),
        ("Resolução", "resolution"),
        ("Lições aprendidas", "lessons"),
        ("Ações corretivas", "actions"),
        ("Résumé", "summary"),
        ("Chronologie", "timeline"),
        ("Causes racines", "root_cause"),
        ("Détection", "detection"),
        ("Leçons apprises", "lessons"),
        ("Plan d’action", "actions"),
        ("Zusammenfassung", "summary"),
        ("Auswirkungen", "impact"),
        ("Zeitlicher Ablauf", "timeline"),
        ("Ursache", "root_cause"),
        ("Behebung", "resolution"),
        ("Erkenntnisse", "lessons"),
        ("Maßnahmen", "actions"),
        ("Fazit", "conclusion"),
    ],
)
def test_names_in_five_languages(heading: str, key: str) -> None:
    found = meaning_of(heading)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "heading", ["Postmortem: Gateway down", "The pool", "Monitoring", "10:42", "2024-05-02", "Step 3"]
)
def test_other_words_mean_nothing(heading: str) -> None:
    assert meaning_of(heading) is None


def test_a_heading_that_carries_data_keeps_it() -> None:
    found = meaning_of("Timeline (all times PST) 04/23/2023 – 05/03/2023")
    assert found is not None
    assert "PST" in found.note or "04/23/2023" in found.note


def test_what_is_unknown_is_a_section_of_its_own_in_its_place() -> None:
    text = (
        "# T\n\n## Summary\na b.\n\n## Whale song\nc d.\n\n### Deeper\ne f.\n\n"
        "## Resolution\ng h.\n\n## Afterword\ni j.\n"
    )
    incident = read(text)
    whale, after = incident.other_sections
    assert (whale.heading, whale.after, whale.body) == ("Whale song", "summary", "c d.\n\n### Deeper\ne f.")
    assert (after.heading, after.after, after.body) == ("Afterword", "resolution", "i j.")


def test_went_wrong_is_a_lesson_beside_what_went_well() -> None:
    incident = read("# T\n\n## What went well\nPager.\n\n## What went wrong\nDocs.\n\n## Where we got lucky\nNight.\n")
    assert filled(incident) == {"went_well": "Pager.", "went_poorly": "Docs.", "lucky": "Night."}


def test_went_wrong_is_the_cause_where_nothing_else_is() -> None:
    incident = read("# T\n\n## Impacts\nAll users.\n\n## What went wrong?\nA bad chart.\n")
    assert filled(incident) == {"impact": "All users.", "root_cause": "A bad chart."}


def test_a_combined_heading_is_kept_once_and_said() -> None:
    imported = read_document("# T\n\n## Root Cause and Resolution\nA typo, which we mended.\n", name="x")
    assert filled(imported.incident) == {"root_cause": "### Root Cause and Resolution\n\nA typo, which we mended."}
    (said,) = imported.assumptions
    assert (said.about, said.line) == ("sections", 3)


def test_a_combined_heading_is_split_where_its_labels_do() -> None:
    text = "# T\n\n## Root Cause and Resolution\n\n**Root Cause:** A typo.\n\n**Resolution:** A fix.\n"
    incident = read(text)
    assert incident.sections.resolution == "A fix."
    assert "A typo." in incident.sections.root_cause
    assert "A fix." not in incident.sections.root_cause


def test_labels_under_a_summary_are_sections_and_its_fields_stay() -> None:
    text = (
        "Issue Summary\n\nDuration: 2 hours, from 10:00 to 12:00 UTC\nImpact: Nobody could pay.\n"
        "Root cause: The disk was full.\nDuration of the fix: unknown\n"
    )
    incident = read(text)
    assert incident.sections.impact == "Nobody could pay."
    assert "Duration: 2 hours" in incident.sections.summary
    assert incident.sections.root_cause.startswith("The disk was full.")


def test_several_headings_of_one_meaning_come_together_and_keep_their_names() -> None:
    incident = read("# T\n\n## Impact\nUsers.\n\n## Business Impact\nMoney.\n\n## Root Cause\nDisk.\n")
    assert incident.sections.impact == "Users.\n\n### Business Impact\n\nMoney."


def test_groups_of_actions_and_code_are_no_sections() -> None:
    text = (
        "# T\n\n## Action Items\n\n### Detection\n- Add an alert\n\n### Process\n- Write it down\n\n"
        "## Resolution\n```\n## Timeline\nSUMMARY\n```\nDone so.\n"
    )
    incident = read_document(text.replace("## Timeline", "# Timeline"), name="x").incident
    assert "detection" not in filled(incident)
    assert incident.sections.resolution == "```\n# Timeline\nSUMMARY\n```\nDone so."


def test_an_inline_label_ends_where_another_field_begins() -> None:
    incident = read("# T\n\n## Summary\nWe were down.\n\nImpact: Nobody could pay.\n\nSeverity: SEV1\n")
    assert incident.sections.impact == "Nobody could pay."
    assert "We were down." in incident.sections.summary
    assert incident.severity == "SEV1"


def test_documents_made_of_labels_keep_those_that_nobody_knows() -> None:
    incident = read(
        "Summary:\nDown.\n\nRoot cause:\nDisk.\n\nBacklog check:\nNone.\n\nLessons learned:\nWatch disks.\n"
    )
    assert filled(incident) == {"summary": "Down.", "root_cause": "Disk.", "lessons": "Watch disks."}
    assert [(other.heading, other.body) for other in incident.other_sections] == [("Backlog check", "None.")]


def test_two_labels_on_one_line_are_two_sections() -> None:
    incident = read(
        "Issue Summary:\n- Duration: one hour on Monday. - Impact: Nobody could log in.\nRoot Cause:\nDisk.\n"
    )
    assert incident.sections.impact == "Nobody could log in."
    assert incident.sections.root_cause == "Disk."


def test_prose_without_any_heading_is_the_summary() -> None:
    text = "Checkout outage\n\nYesterday the checkout was down because nobody renewed the certificate.\n"
    incident = read(text)
    assert incident.title == "Checkout outage"
    assert incident.sections.summary == "Yesterday the checkout was down because nobody renewed the certificate."

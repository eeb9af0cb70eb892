"""Owners of actions: people whom the document names, and what stands behind a name."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.incident import Action
from schemas.readers.document import read_document


def actions(lines: str, people: str = "Authors: Ana Bo, Kim Lee") -> list[Action]:
    text = f"# Desk\n\n{people}\n\n## Impact\n\nNobody could pay.\n\n## Action items\n\n{lines}\n"
    return list(read_document(text, name="report.md").incident.actions)


@pytest.mark.parametrize(
    "line",
    ["- Ana: watch the disk", "- **Ana:** watch the disk", "- Ana Bo - watch the disk", "- watch the disk (Ana)"],
)
def test_a_name_that_the_document_knows_is_an_owner(line: str) -> None:
    found = actions(line)[0]
    assert (found.text, found.owner.split()[0]) == ("watch the disk", "Ana")


@pytest.mark.parametrize("line", ["- Monitoring: watch the disk", "- watch the disk (Nagios)"])
def test_another_word_stays_in_the_text(line: str) -> None:
    found = actions(line)[0]
    assert found.owner == ""
    assert any(name in found.text for name in ("Monitoring", "Nagios"))


def test_people_who_took_part_are_known_too() -> None:
    people = "## Responders\n\n- Sam Reed (lead)\n- Ola Berg"
    assert [each.owner for each in actions("- Ola: watch the disk", people)] == ["Ola"]


@pytest.mark.parametrize(
    ("value", "owner", "status", "due"),
    [
        ("Brian Otieno (Completed)", "Brian Otieno", "done", None),
        ("Brian Otieno (2024-07-01)", "Brian Otieno", "open", date(2024, 7, 1)),
        ("Brian Otieno (network team)", "Brian Otieno (network team)", "open", None),
    ],
)
def test_what_stands_behind_an_owner(value: str, owner: str, status: str, due: date | None) -> None:
    found = actions(f"- watch the disk\n  Assignee: {value}")[0]
    assert (found.owner, found.status, found.due) == (owner, status, due)


def test_the_name_of_a_state_is_kept_where_it_tells_more_than_the_state() -> None:
    found = actions(
        "| Action | Owner | State |\n|---|---|---|\n| Watch it | Kim | PLANNED |\n| Tell them | Kim | Open |"
    )
    assert [(each.text, each.status) for each in found] == [("Watch it\nState: PLANNED", "open"), ("Tell them", "open")]

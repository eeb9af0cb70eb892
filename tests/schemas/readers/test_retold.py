"""Five reports as people published them, retold: each fact, number, time and slip is kept, their words are not.

Beside each stands all that a careful reader finds in it. A line of `NAME.expect.txt` is one expectation: `title`,
`zone` and `sections` (those that have a text); `event WHEN | WORDS | MILESTONES` is each event with a time in order,
with its offset where it has one; `untimed WORDS` each without; `stated WHAT | MINUTES or WHEN`; `impact AMOUNT |
about`; `action WORDS | DUE | STATUS | TYPE`; `assumed WORDS` and `unsure WORDS` all that is told; `finding RULE WORDS`
what a check of its times has to say.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from schemas.checks import check
from schemas.incident import Action, Event, Stated
from schemas.readers.imported import Imported
from schemas.readers.sources import read_source

FOLDER = Path(__file__).resolve().parents[2] / "documents" / "seeds"
DOCUMENTS = {path.stem: path for path in sorted(FOLDER.iterdir()) if not path.name.endswith(".expect.txt")}


@cache
def imported(name: str) -> Imported:
    return read_source(DOCUMENTS[name].read_bytes(), name=DOCUMENTS[name].name)


@cache
def expected(name: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in (FOLDER / f"{name}.expect.txt").read_text(encoding="utf-8").splitlines():
        key, _, rest = line.partition(" ")
        found.setdefault(key, []).append([*(cell.strip() for cell in rest.split("|")), "", "", ""][:4])
    return found


def when(value: object) -> str:
    if not isinstance(value, datetime):
        return str(value)
    offset = f"{value:%z}"
    return f"{value:%Y-%m-%d %H:%M}" + (f" {offset[:3]}:{offset[3:]}" if offset else "")


def is_event(event: Event, wanted: list[str]) -> bool:
    at, words, milestones, _ = wanted
    return when(event.at) == at and words in event.text and " ".join(event.milestones) == milestones


def is_action(action: Action, wanted: list[str]) -> bool:
    words, due, status, kind = wanted
    told = (str(action.due or ""), action.status, action.type or "")
    return words in action.text and told == (due, status or "open", kind) and not action.owner


def is_stated(claim: Stated, wanted: list[str]) -> bool:
    what, value, _, _ = wanted
    return claim.what == what and value in (when(claim.at), f"{claim.minutes:.0f}" if claim.minutes else "")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_timed_entry_is_an_event(name: str) -> None:
    found = [event for event in imported(name).incident.events if event.at is not None]
    wanted = expected(name)["event"]
    assert len(found) == len(wanted)
    for event, each in zip(found, wanted, strict=True):
        assert is_event(event, each), (event, each)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_other_entry_is_an_event_without_a_time(name: str) -> None:
    found = [event for event in imported(name).incident.events if event.at is None]
    wanted = expected(name).get("untimed", [])
    assert len(found) == len(wanted)
    for event, each in zip(found, wanted, strict=True):
        assert each[0] in event.text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_measure_is_an_action(name: str) -> None:
    found = imported(name).incident.actions
    wanted = expected(name)["action"]
    assert len(found) == len(wanted), [action.text for action in found]
    for action, each in zip(found, wanted, strict=True):
        assert is_action(action, each), (action, each)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_it_states_is_kept(name: str) -> None:
    incident = imported(name).incident
    wanted = expected(name).get("stated", [])
    assert len(incident.stated) == len(wanted)
    for claim, each in zip(incident.stated, wanted, strict=True):
        assert is_stated(claim, each), (claim, each)
    impacts = [[f"{each.amount:g}" if each.amount else "", "about" if each.about else ""] for each in incident.impacts]
    assert impacts == [each[:2] for each in expected(name).get("impact", [])]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_its_fields_and_sections_are_found(name: str) -> None:
    incident = imported(name).incident
    wanted = {key: expected(name).get(key, [[""]])[0][0] for key in ("title", "zone", "sections")}
    assert (incident.title, incident.zone) == (wanted["title"], wanted["zone"])
    assert sorted(key for key, text in incident.sections if text) == sorted(wanted["sections"].split())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_told_about_it(name: str) -> None:
    result = imported(name)
    for found, key in (
        ([each.said for each in result.assumptions], "assumed"), ([each.why for each in result.doubts], "unsure"),
    ):  # fmt: skip
        wanted = [each[0] for each in expected(name).get(key, [])]
        assert len(found) == len(wanted), found
        assert all(words in said for words, said in zip(wanted, found, strict=True)), found
    assert result.unplaced == ()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_check_finds_its_slips_and_no_others(name: str) -> None:
    """Of the rules that compare times with one another: a zone or a milestone may be missing."""
    now = datetime(2024, 6, 1, tzinfo=UTC)
    found = [
        f"{each.rule} {each.message}" for each in check(imported(name).incident, now).findings
        if each.rule in ("T06", "T07", "T08", "T09", "T10", "T16")
    ]  # fmt: skip
    wanted = [each[0] for each in expected(name).get("finding", [])]
    assert len(found) == len(wanted), found
    assert all(told.startswith(words) for words, told in zip(wanted, found, strict=True)), found

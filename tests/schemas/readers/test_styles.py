"""Whole documents in the styles of many houses: beside each stands what a careful reader finds in it.

A line of `NAME.expect.txt` is one expectation: `title`, `zone`, `severity` and `status` are fields; `sections` are
those that have a text; `event WHEN | WORDS` is each event with a time in order, WORDS somewhere in its text; `action
WORDS | OWNER | DUE` each action, OWNER somewhere in its owner's name; `stated MINUTES` is one of the lengths that are
stated, `stated start WHEN` (or `end`) one of the times. `*` for the year is any: the document names none, and has that
of the day on which it was read. A line without `zone` stands for a document that names none or several.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from schemas.incident import Incident
from schemas.readers.imported import Imported
from schemas.readers.sources import read_source

FOLDER = Path(__file__).resolve().parents[2] / "documents" / "styles"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))


@cache
def imported(name: str) -> Imported:
    return read_source((FOLDER / f"{name}.md").read_bytes(), name=f"{name}.md", written=date(2025, 1, 15))


@cache
def expected(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (FOLDER / f"{name}.expect.txt").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(" ")
        found.setdefault(key, []).append(value)
    return found


def shown(incident: Incident) -> list[str]:
    return [
        f"{event.at:%Y-%m-%d %H:%M} | {event.text}" for event in incident.events if isinstance(event.at, datetime)
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_events_are_found(name: str) -> None:
    found = shown(imported(name).incident)
    wanted = sorted(expected(name)["event"], key=lambda each: each.partition(" | ")[0])
    assert len(found) == len(wanted), found
    for line, event in zip(wanted, sorted(found), strict=True):
        when, _, words = line.partition(" | ")
        assert event.partition(" | ")[0].endswith(when.removeprefix("*"))
        assert words.lower() in event.lower().replace("*", "").replace("`", "")


@pytest.mark.parametrize("name", NAMES)
def test_the_actions_are_found(name: str) -> None:
    found = imported(name).incident.actions
    wanted = expected(name).get("action", [])
    assert len(found) == len(wanted), [action.text for action in found]
    for line, action in zip(wanted, found, strict=True):
        words, owner, due = [*line.split(" | "), "", ""][:3]
        assert words.lower() in action.text.lower()
        assert owner.lower() in action.owner.lower()
        assert not due or (action.due and action.due.isoformat() == due), action


@pytest.mark.parametrize("name", NAMES)
def test_the_fields_are_found(name: str) -> None:
    incident = imported(name).incident
    found = {key: getattr(incident, key) for key in ("title", "zone", "severity", "status")}
    wanted = {key: values[0] for key, values in expected(name).items() if key in found}
    assert {key: found[key] for key in wanted} == wanted
    stated = [f"{claim.what} {claim.at:%Y-%m-%d %H:%M}" for claim in incident.stated if isinstance(claim.at, datetime)]
    stated += [f"{claim.minutes:g}" for claim in incident.stated if claim.minutes is not None]
    assert {*expected(name).get("stated", [])} <= {*stated}


@pytest.mark.parametrize("name", NAMES)
def test_the_sections_are_found(name: str) -> None:
    wanted = set(" ".join(expected(name).get("sections", [])).split())
    assert wanted <= {key for key, text in imported(name).incident.sections if text.strip()}


@pytest.mark.parametrize("name", NAMES)
def test_every_line_has_a_place(name: str) -> None:
    assert imported(name).unplaced == ()

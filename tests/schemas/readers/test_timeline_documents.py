"""Timelines in every shape: each document in `tests/documents/timelines` has beside it the events that are in it.

A line of `NAME.events.txt` is `TIME [to TIME] | first words [| milestones]`: the wall clock as written, `~` before an
approximate one, `?` for an event without a time. `assumed midnight` says that the importer has to say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from schemas.incident import MILESTONES, Event
from schemas.moments import When
from schemas.readers.document import read_document
from schemas.readers.imported import Imported
from schemas.when_text import format_when

FOLDER = Path(__file__).resolve().parents[2] / "documents" / "timelines"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))


@dataclass(frozen=True)
class Expected:
    when: str
    text: str
    milestones: tuple[str, ...] = ()


@cache
def imported(name: str) -> Imported:
    return read_document((FOLDER / f"{name}.md").read_bytes(), name=name)


def expected(name: str) -> tuple[list[Expected], set[str]]:
    events, assumed = [], set()
    for line in (FOLDER / f"{name}.events.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("assumed "):
            assumed.add(line.removeprefix("assumed "))
            continue
        when, rest = line.split(" | ", 1)
        text, _, last = rest.rpartition(" | ")
        marks = tuple(last.split(", "))
        if not text or not set(marks) <= set(MILESTONES):
            text, marks = rest, ()
        events.append(Expected(when, text, marks))
    return events, assumed


def wall(at: When) -> str:
    return format_when(at.replace(tzinfo=None) if isinstance(at, datetime) else at)


def shown(event: Event) -> str:
    if event.at is None:
        return "?"
    until = f" to {wall(event.until)}" if event.until is not None else ""
    return f"{'~' if event.about else ''}{wall(event.at)}{until}"


def test_there_are_documents_of_every_shape() -> None:
    assert len(NAMES) >= 100


@pytest.mark.parametrize("name", NAMES)
def test_each_event_is_read_with_its_time_and_milestones(name: str) -> None:
    wanted, _ = expected(name)
    found = [
        Expected(shown(event), event.text.split("\n")[0][:60].rstrip(), event.milestones)
        for event in imported(name).incident.events
    ]
    assert found == wanted


@pytest.mark.parametrize("name", NAMES)
def test_what_was_assumed_is_said(name: str) -> None:
    _, assumed = expected(name)
    assert {each.about for each in imported(name).assumptions} & {"midnight", "year"} == assumed


@pytest.mark.parametrize("name", NAMES)
def test_each_event_knows_the_lines_that_it_comes_from(name: str) -> None:
    result = imported(name)
    lines = {line.number: line.text for line in result.lines}
    columns = " ".join(line.text for line in result.lines if line.text.startswith("|")).casefold()
    for event in result.incident.events:
        source = result.provenance[f"events/{event.id}"]
        assert source.lines
        there = " ".join(lines[number] for number in source.lines).casefold()
        words = re.findall(r"[^\W\d_]{4,}", event.text.casefold())
        # The names of columns stand in the header.
        assert all(word in there or word in columns for word in words)


@pytest.mark.parametrize("name", NAMES)
def test_inferred_milestones_and_kinds_are_marked_as_such(name: str) -> None:
    result = imported(name)
    for event in result.incident.events:
        for field in ("milestones", "kind"):
            if getattr(event, field):
                source = result.provenance[f"events/{event.id}/{field}"]
                assert source.sure == "likely" or "named so" in source.why


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_an_event_stands_once(name: str) -> None:
    """A line that became an event is not kept in a section too (unless it is prose, which stays)."""
    incident = imported(name).incident
    bodies = "\n".join(section.body for section in incident.other_sections)
    if name in ("no_timeline_but_prose", "repeated_timeline", "front_matter_label_list"):
        return
    for event in incident.events:
        first = event.text.split("\n")[0]
        assert len(first) < 25 or first not in bodies

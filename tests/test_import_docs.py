"""What docs/import.md says of reading documents is so: names of sections, notations, options, the report, keys."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import click
import pytest

from schemas.incident import Event, Incident
from schemas.readers.section_names import meaning_of
from schemas.readers.source_columns import ROLES
from schemas.readers.sources import read_source
from tests.cli.conftest import Cli
from tests.cli.conftest import cli as cli
from tests.documents import DOCS, ROOT, blocks, code, paragraphs, read, rows, section
from tui.cli.main import program
from tui.workspace.commands import key_text, of_scope
from tui.workspace.import_files import ENDINGS

PAGE = DOCS / "import.md"
STORY = "# Shop down\n\nDate: 2 May 2024\n\n## {heading}\n\n- {first}\n- {entry}\n"


def shown(heading: str) -> list[tuple[str, str]]:
    """The rows of the table below a heading that begin with code: that, and the cell beside it."""
    return [(code(row[0])[0], row[1]) for row in rows(section(read(PAGE), heading)) if row[0].startswith("`")]


def of_story(heading: str, first: str, entry: str) -> Incident:
    text = STORY.format(heading=heading, first=first, entry=entry)
    return read_source(text, name="story.md").incident


@pytest.mark.parametrize(("key", "names"), shown("Sections"))
def test_headings_mean_what_is_said(key: str, names: str) -> None:
    for name in code(names):
        meaning = meaning_of(name)
        assert meaning is not None, name
        assert meaning.key == key, name


@pytest.mark.parametrize(("entry", "time"), shown("Timelines"))
def test_entries_are_at_the_times_that_are_said(entry: str, time: str) -> None:
    incident = of_story("Timeline (UTC)", "13:50 a deploy goes out", entry)
    assert len(incident.events) == 2
    assert [said(incident.events[1])] == code(time)


def said(event: Event) -> str:
    """The time of an event on the second or third of May, as the page writes it."""
    if not isinstance(event.at, datetime):
        return "no known time"
    clock = f"{event.at:%H:%M}"
    if isinstance(event.latest, datetime):
        clock = f"between {clock} and {event.latest:%H:%M}"
    if isinstance(event.until, datetime):
        clock = f"{clock}–{event.until:%H:%M}"
    clock = f"about {clock}" if event.about else clock
    return clock if event.at.day == 2 else f"{clock} on the next day"


@pytest.mark.parametrize(("entry", "fields"), shown("Actions"))
def test_actions_become_what_is_said(entry: str, fields: str) -> None:
    incident = of_story("Action items", "Buy paper", entry)
    assert len(incident.actions) == 2
    action = incident.actions[1].model_dump(mode="json")
    named = re.findall(r"(\w+) `([^`]+)`", fields)
    assert named == [(name, action[name]) for name, _ in named]
    assert {name for name in ("owner", "due", "priority", "link") if action[name]} == {
        name for name, _ in named if name != "status"
    }


def test_all_options_are_listed() -> None:
    listed = {option for row in rows(section(read(PAGE), "Settling it beforehand")) for option in code(row[0])}
    real = {
        option for parameter in program.commands["import"].params if isinstance(parameter, click.Option)
        for option in parameter.opts
    }  # fmt: skip
    assert listed == real


def test_all_columns_are_listed() -> None:
    (line,) = [part for part in paragraphs(section(read(PAGE), "Chats and logs")) if part.startswith("A column may be")]
    assert set(code(line)) == set(ROLES)


def test_all_endings_are_listed() -> None:
    (line,) = [part for part in paragraphs(section(read(PAGE), "What is read")) if "the files that end in" in part]
    assert set(code(line)) == ENDINGS


def test_the_report_is_as_shown(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (report,) = blocks(section(read(PAGE), "The report"), "json")
    asked = ("import", "--dry-run", "--format", "json", "sample_incidents/documents/2024-06-ticket-printing.md")
    assert json.loads(report) == json.loads(cli(*asked).out)


def test_all_that_is_assumed_is_named() -> None:
    (line,) = [part for part in paragraphs(section(read(PAGE), "The report")) if part.startswith("`output` is")]
    sources = "".join(read(path) for path in sorted(Path(ROOT / "schemas" / "readers").glob("*.py")))
    assumed = set(re.findall(r'Assumption\(\s*"(\w+)"', sources))
    assert len(assumed) > 5
    assert assumed <= set(code(line))


def test_the_keys_of_the_screen_are_its_keys() -> None:
    real = {key_text(key) for command in of_scope("import") for key in command.keys}
    keys = {key for row in rows(section(read(PAGE), "On screen")) for key in code(row[0])}
    assert len(keys) > 10
    assert keys <= real

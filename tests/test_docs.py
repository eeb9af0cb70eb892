"""What the documentation says is so: keys, options, exit codes, file format, samples, pictures and links."""

from __future__ import annotations

import asyncio
import json
import re
import runpy
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click
import pytest

from schemas import toml_file
from schemas.checks import RULES, check
from schemas.fields import FIELDS
from schemas.incident import (
    ACTION_STATUSES,
    ACTION_TYPES,
    FORMAT,
    ITEM_LISTS,
    KINDS,
    MILESTONES,
    PRIORITIES,
    SEVERITIES,
    Incident,
    Waiver,
)
from schemas.metrics import PROFILES
from schemas.sections import SECTIONS, STATUSES
from schemas.toml_shape import ITEM_MODELS, Shape, shape_of
from schemas.version import VERSION
from tests.cli.conftest import Cli
from tests.cli.conftest import cli as cli
from tests.documents import DOCS, README, ROOT, anchors, blocks, code, links, pages, read, rows, section, without_blocks
from tests.samples import CHECKOUT, FOLDER, PRIMARY
from tui.cli.main import program
from tui.workspace import errors
from tui.workspace.commands import COMMANDS, SCOPES, key_text, of_scope
from tui.workspace.keymap import checked, is_key
from tui.workspace.settings import Settings, load_settings

FILE_FORMAT = DOCS / "file-format.md"
COMMAND_LINE = DOCS / "command-line.md"
METRICS = DOCS / "metrics.md"
KEYS = DOCS / "keys.md"
SECTIONS_OF_LISTS = {
    "events": "Events",
    "impacts": "Impact figures",
    "factors": "Contributing factors",
    "actions": "Actions",
    "stated": "Stated values",
    "comments": "Comments",
    "reviews": "Reviews",
    "waivers": "Waivers",
}
HOLDS: dict[Shape, str] = {
    "text": "text",
    "texts": "list of texts",
    "moment": "time",
    "day": "day",
    "flag": "true or false",
    "whole": "whole number",
    "number": "number",
}


def page_names(pages: list[Path]) -> list[str]:
    return [str(page.relative_to(ROOT)) for page in pages]


# Links


@pytest.mark.parametrize("page", pages(), ids=page_names(pages()))
def test_links_lead_somewhere(page: Path) -> None:
    dead = []
    for link in links(read(page)):
        address, _, anchor = link.partition("#")
        target = (page.parent / address).resolve() if address else page
        if re.match(r"[a-z]+:", address):
            continue
        if not target.is_relative_to(ROOT) or not target.exists() or (anchor and anchor not in anchors(read(target))):
            dead.append(link)
    assert not dead


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: str(page.name))
def test_every_page_can_be_reached_from_the_readme(page: Path) -> None:
    assert f"docs/{page.name}" in {link.partition("#")[0] for link in links(read(README))}


# Keys


def test_the_list_of_keys_is_up_to_date() -> None:
    made = runpy.run_path(str(DOCS / "make_keys.py"))["updated"](read(KEYS))
    assert read(KEYS) == made, "docs/keys.md is stale; run: python docs/make_keys.py"


@pytest.mark.parametrize("scope", SCOPES)
def test_every_command_is_listed_with_its_keys(scope: str) -> None:
    listed = {row[3]: row for row in rows(section(read(KEYS), SCOPES[scope]))}
    for command in of_scope(scope):
        keys, title, _, _ = listed[f"`{command.id}`"]
        assert title == command.title
        assert code(keys) == [key_text(key) for key in command.keys]


def test_the_keys_in_the_readme_belong_to_commands() -> None:
    real = {key_text(key) for command in COMMANDS for key in command.keys}
    shown = {key for row in rows(section(read(README), "Keys")) for key in code(row[0])}
    assert len(shown) > 15
    assert shown <= real


@pytest.mark.parametrize("page", [README, KEYS], ids=page_names([README, KEYS]))
def test_keys_of_ones_own_as_shown_are_taken(page: Path, tmp_path: Path) -> None:
    (shown,) = [block for block in blocks(read(page), "toml") if "[keys]" in block]
    file = tmp_path / "settings.toml"
    file.write_text(shown, encoding="utf-8")
    settings = load_settings(file)
    assert settings.problems == ()
    keymap, problems = checked(settings.keys)
    assert problems == ()
    assert keymap.keys() == settings.keys.keys()


def test_the_settings_shown_are_all_there_are(tmp_path: Path) -> None:
    (shown,) = blocks(section(read(README), "Settings"), "toml")
    named = set(re.findall(r"^\[?(\w+)", shown, re.MULTILINE))
    assert named == set(Settings.__dataclass_fields__) - {"problems"}


def test_key_names_in_the_docs_are_keys() -> None:
    (line,) = [line for line in _paragraphs(section(read(KEYS), "Your own keys")) if line.startswith("- Keys are")]
    assert [key for key in code(line) if not is_key(key)] == []


def _paragraphs(text: str) -> list[str]:
    """Paragraphs and points of lists, each as one line."""
    return [" ".join(part.split()) for part in re.split(r"\n\n|\n(?=- )", without_blocks(text))]


# The command line


def _options() -> Iterator[tuple[str, str]]:
    for name, command in program.commands.items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                for option in (*parameter.opts, *parameter.secondary_opts):
                    yield name, option


@pytest.mark.parametrize("name", [name for name in program.commands if name != "open"])
def test_every_subcommand_is_described(name: str) -> None:
    assert any(row[0].startswith(f"`postmortem {name}") for row in rows(section(read(README), "Command line")))
    assert f"\n## `postmortem {name}" in read(COMMAND_LINE)


@pytest.mark.parametrize(("name", "option"), _options())
def test_every_option_is_described(name: str, option: str) -> None:
    heading = next(line[3:] for line in read(COMMAND_LINE).splitlines() if _is_about(line, name))
    described = {word.split()[0] for row in rows(section(read(COMMAND_LINE), heading)) for word in code(row[0])}
    assert option in described


@pytest.mark.parametrize("name", program.commands)
def test_no_option_is_described_that_there_is_not(name: str) -> None:
    heading = next(line[3:] for line in read(COMMAND_LINE).splitlines() if _is_about(line, name))
    described = {word.split()[0] for row in rows(section(read(COMMAND_LINE), heading)) for word in code(row[0])}
    assert described == {option for owner, option in _options() if owner == name}


def _is_about(line: str, name: str) -> bool:
    return line.startswith("## `postmortem " + ("[PATH]" if name == "open" else name))


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (name, parameter)
        for name, command in program.commands.items()
        for parameter in command.params
        if isinstance(parameter.type, click.Choice)
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.name),
)
def test_every_choice_of_an_option_is_named(command: str, option: click.Parameter) -> None:
    assert isinstance(option.type, click.Choice)
    heading = next(line[3:] for line in read(COMMAND_LINE).splitlines() if _is_about(line, command))
    assert set(option.type.choices) <= set(code(section(read(COMMAND_LINE), heading)))


def test_every_exit_code_is_told() -> None:
    told = [row[0] for row in rows(section(read(README), "Exit codes"))]
    codes = [value for name, value in vars(errors).items() if name.startswith("EXIT_")]
    assert told == [str(value) if value != errors.EXIT_SIGNAL else f"{value} + n" for value in sorted(codes)]


def _shape(value: Any) -> Any:
    """The keys of JSON data, however deep, and whether something is a list; of a list the shape of its entries."""
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items()}
    return [_shape(inner) for inner in value[:1]] if isinstance(value, list) else None


def test_the_json_of_check_is_as_shown(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (shown,) = blocks(section(read(COMMAND_LINE), "`postmortem check PATH…`"), "json")
    real = json.loads(cli("check", "--format", "json", f"sample_incidents/{PRIMARY}.toml").out)
    assert json.loads(shown)[0] in real


def test_the_json_of_show_is_as_shown(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (text,) = blocks(section(read(COMMAND_LINE), "`postmortem show PATH`"), "json")
    shown = json.loads(text)
    real = json.loads(cli("show", "--format", "json", f"sample_incidents/{CHECKOUT}.toml").out)
    assert _shape(shown) == _shape(real)
    assert shown["events"][0] in real["events"]
    assert shown["metrics"][0] in real["metrics"]
    (metric,) = blocks(read(METRICS), "json")
    assert json.loads(metric) == shown["metrics"][0]


# The file format


def test_the_keys_at_the_top_are_described() -> None:
    described = {row[0]: row[1] for row in rows(section(read(FILE_FORMAT), "The top of the file"))}
    tables = {"sections", *ITEM_LISTS}
    top = [name for name in Incident.model_fields if name not in tables]
    assert described == {f"`{name}`": HOLDS[shape_of(Incident, name)] for name in top}
    text = section(read(FILE_FORMAT), "The top of the file")
    assert [name for name in code(text) if name.startswith("[")] == ["[sections]", *(f"[[{n}]]" for n in ITEM_LISTS)]
    assert f"this format: {FORMAT}" in text
    assert {*STATUSES, SEVERITIES[0], SEVERITIES[-1]} <= set(code(text))


@pytest.mark.parametrize("name", [*SECTIONS_OF_LISTS, "other_sections"])
def test_the_keys_of_a_table_are_described(name: str) -> None:
    text = section(read(FILE_FORMAT), SECTIONS_OF_LISTS.get(name, "Sections"))
    described = {row[0]: row[1] for row in rows(text.partition("`[[other_sections]]`")[2] or text) if len(row) == 3}
    model = ITEM_MODELS[name]
    expected = {f"`{key}`": HOLDS[shape_of(model, key)] for key in model.model_fields}
    assert {key: described.get(key) for key in expected} == expected
    assert described.keys() - expected.keys() <= {f"`{milestone}`" for milestone in MILESTONES}


def test_no_table_is_forgotten() -> None:
    assert {*SECTIONS_OF_LISTS, "other_sections"} == set(ITEM_LISTS)


def test_the_sections_are_described() -> None:
    text = section(read(FILE_FORMAT), "Sections").partition("`[[other_sections]]`")[0]
    expected = [[f"`{s.key}`", s.heading, f"`{s.required_from}`" if s.required_from else ""] for s in SECTIONS]
    assert rows(text)[-len(expected) :] == expected


def test_milestones_kinds_and_other_values_are_described() -> None:
    events = section(read(FILE_FORMAT), "Events")
    assert [row[0] for row in rows(events) if len(row) == 2] == [f"`{name}`" for name in MILESTONES]
    (kinds,) = [line for line in _paragraphs(events) if line.startswith("The kinds:")]
    assert code(kinds) == list(KINDS)
    actions = {row[0]: code(row[2]) for row in rows(section(read(FILE_FORMAT), "Actions"))}
    assert actions["`type`"] == list(ACTION_TYPES)
    assert actions["`status`"] == list(ACTION_STATUSES)
    assert actions["`priority`"] == [PRIORITIES[0], PRIORITIES[-1]]


def test_the_one_key_that_has_to_be_there() -> None:
    assert Waiver.model_fields["rule"].is_required()
    for name, model in ITEM_MODELS.items():
        needed = {key for key, field in model.model_fields.items() if field.is_required()} - {"id"}
        described = {row[0]: row[2] for row in rows(read(FILE_FORMAT)) if len(row) == 3}
        assert needed <= {"rule", "what", "heading"}, name
        for key in needed:
            assert described[f"`{key}`"]


@pytest.mark.parametrize("page", [README, FILE_FORMAT], ids=page_names([README, FILE_FORMAT]))
def test_the_sample_incident_loads_and_has_no_errors(page: Path) -> None:
    (shown,) = [block for block in blocks(read(page), "toml") if block.startswith("format = ")]
    loaded = toml_file.parse(shown)
    assert loaded.notes == ()
    assert toml_file.dumps(loaded.incident) == shown
    findings = check(loaded.incident, datetime(2024, 5, 20, tzinfo=UTC)).findings
    assert [each.message for each in findings if each.severity == "error"] == []


@pytest.mark.parametrize("page", pages(), ids=page_names(pages()))
def test_every_other_toml_is_toml(page: Path) -> None:
    for block in blocks(read(page), "toml"):
        toml_file.parse(re.sub(r"^\[keys\].*", "", block, flags=re.DOTALL | re.MULTILINE))


# Metrics and checks


def test_the_metrics_are_described() -> None:
    described = [[*row[:3]] for row in rows(section(read(METRICS), "The default profile"))]
    assert described == [[f"`{m.id}`", f"`{m.start}`", f"`{m.end}`"] for m in PROFILES["default"]]
    assert len(PROFILES) == 1, "docs/metrics.md says that there is one profile"


def test_every_rule_that_is_mentioned_exists() -> None:
    for page in pages():
        rules = set(re.findall(r"\b[TCAP]\d\d\b", read(page)))
        assert rules <= set(RULES), page.name


def test_the_changelog_names_the_version() -> None:
    assert f"## [{VERSION}]" in read(ROOT / "CHANGELOG.md")


# The picture


def test_the_picture_shows_what_the_program_shows() -> None:
    made = runpy.run_path(str(DOCS / "make_screenshot.py"))
    drawn = asyncio.run(made["draw"]())
    assert _words(read(made["PICTURE"])) == _words(drawn), "the picture is stale; run: python docs/make_screenshot.py"
    assert "Root cause" in " ".join(_words(drawn))
    assert "T09" in " ".join(_words(drawn))


def _words(svg: str) -> list[str]:
    """The texts of a picture from top to bottom. Colours may change without a new picture."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [" ".join((each.text or "").split()) for each in texts]


def test_the_picture_asks_nobody_for_fonts() -> None:
    assert re.findall(r"url\((?!#)[^)]*\)|@import|@font-face", read(DOCS / "screenshot.svg")) == []


def test_samples_named_in_the_docs_are_there() -> None:
    for page in pages():
        for name in re.findall(r"sample_incidents/([\w.-]+\.toml)", read(page)):
            assert (FOLDER / name).exists(), f"{page.name}: {name}"


def test_fields_named_in_the_docs_are_called_so_on_screen() -> None:
    labels = {spec.label for spec in FIELDS.values()}
    assert set(re.findall(r"\*(Stated [a-z]+)\*", read(README))) <= labels

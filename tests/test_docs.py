"""What the documentation says is so: keys, options, exit codes, file format, samples, pictures and links."""

from __future__ import annotations

import asyncio
import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click
import pytest

from schemas.checks import RULES
from schemas.fields import FIELDS
from schemas.version import VERSION
from tests.cli.conftest import Cli
from tests.cli.conftest import cli as cli
from tests.documents import (
    DOCS,
    README,
    ROOT,
    anchors,
    blocks,
    code,
    links,
    names,
    pages,
    paragraphs,
    read,
    rows,
    section,
)
from tests.samples import CHECKOUT, FOLDER, PRIMARY
from tui.cli.main import program
from tui.workspace import errors
from tui.workspace.commands import COMMANDS, SCOPES, key_text, of_scope
from tui.workspace.keymap import checked, is_key
from tui.workspace.settings import Settings, load_settings

COMMAND_LINE = DOCS / "command-line.md"
METRICS = DOCS / "metrics.md"
KEYS = DOCS / "keys.md"


# Links


@pytest.mark.parametrize("page", pages(), ids=names(pages()))
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


@pytest.mark.parametrize("page", [README, KEYS], ids=names([README, KEYS]))
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
    assert named == set(Settings.__struct_fields__) - {"problems"}


def test_key_names_in_the_docs_are_keys() -> None:
    (line,) = [line for line in paragraphs(section(read(KEYS), "Your own keys")) if line.startswith("- Keys are")]
    assert [key for key in code(line) if not is_key(key)] == []


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


def test_the_json_of_review_is_as_shown(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (text,) = blocks(section(read(COMMAND_LINE), "`postmortem review PATH`"), "json")
    shown = json.loads(text)
    real = json.loads(cli("review", "--status", "--format", "json", f"sample_incidents/{CHECKOUT}.toml").out)
    assert shown.keys() == real.keys()
    for name in ("threads", "obstacles"):
        assert shown.pop(name)[0] in real.pop(name)
    assert shown == real


# Names


def test_every_rule_that_is_mentioned_exists() -> None:
    for page in pages():
        rules = set(re.findall(r"\b[TCAP]\d\d\b", read(page)))
        assert rules <= set(RULES), page.name


def test_the_changelog_names_the_version() -> None:
    assert f"## [{VERSION}]" in read(ROOT / "CHANGELOG.md")


# The picture


@pytest.mark.parametrize(
    ("name", "shown"),
    [("screenshot.svg", ["Root cause", "T09"]), ("review.svg", ["checkout-api scaled", "What pointed to"])],
)
def test_a_picture_shows_what_the_program_shows(name: str, shown: list[str]) -> None:
    made = runpy.run_path(str(DOCS / "make_screenshot.py"))
    drawn = asyncio.run(made["draw"](name))
    assert _words(read(DOCS / name)) == _words(drawn), "the picture is stale; run: python docs/make_screenshot.py"
    for words in shown:
        assert words in " ".join(_words(drawn))
    assert f"docs/{name}" in read(README)


def _words(svg: str) -> list[str]:
    """The texts of a picture from top to bottom. Colours may change without a new picture."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [" ".join((each.text or "").split()) for each in texts]


@pytest.mark.parametrize("name", ["screenshot.svg", "review.svg"])
def test_a_picture_asks_nobody_for_fonts(name: str) -> None:
    assert re.findall(r"url\((?!#)[^)]*\)|@import|@font-face", read(DOCS / name)) == []


def test_samples_named_in_the_docs_are_there() -> None:
    for page in pages():
        for name in re.findall(r"sample_incidents/([\w.-]+\.toml)", read(page)):
            assert (FOLDER / name).exists(), f"{page.name}: {name}"


def test_fields_named_in_the_docs_are_called_so_on_screen() -> None:
    labels = {spec.label for spec in FIELDS.values()}
    assert set(re.findall(r"\*(Stated [a-z]+)\*", read(README))) <= labels

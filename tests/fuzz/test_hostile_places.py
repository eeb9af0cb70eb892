"""Pipes, devices, folders, circles of links and huge files that are called like incidents, and names that would act."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Final

import pytest

from schemas.text import is_clean
from tests.cli.conftest import STORY, Cli
from tests.fuzz.hostile_places import NAMES, THINGS, in_time
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.errors import UserError
from tui.workspace.fingerprint import has_changed
from tui.workspace.library import Library, scan
from tui.workspace.library_walk import candidates
from tui.workspace.rows import full_row, quick_row
from tui.workspace.services import Services
from tui.workspace.settings import load_settings, save_theme
from tui.workspace.storage import load_file, open_file
from tui.workspace.watching import Watch

COMMANDS: Final = (
    ("check", "{}"), ("check", "{}", "--format", "json"), ("show", "{}"), ("export", "{}"),
    ("export", "{}", "-o", "{}.md"), ("diff", "{}", "{story}"), ("diff", "{story}", "{}"), ("diff", "{}"),
    ("review", "{}", "--status"), ("review", "{story}", "--take", "{}"), ("merge-driver", "{}", "{story}", "{story}"),
    ("merge-driver", "{story}", "{story}", "{}"), ("merge-driver", "{story}", "{}", "{story}"), ("{}",),
    ("new", "{}"), ("git-setup", "{}", "--check"),
)  # fmt: skip


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere" / "story.toml"
    path.parent.mkdir()
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.mark.parametrize("thing", THINGS)
def test_every_command_answers(tmp_path: Path, story: Path, cli: Cli, thing: str) -> None:
    path = tmp_path / "library" / "x.toml"
    path.parent.mkdir()
    THINGS[thing](path)
    before = kind(path)
    for command in COMMANDS:
        with in_time():
            result = cli(*(word.format(path, story=story) for word in command))
        assert result.code in (0, 1, 2, 3, 4), (command, result)
        assert "Traceback" not in result.err
        assert "fault in the program" not in result.err, (command, result)
        assert is_clean(result.err)
        if thing not in ("folder", "link to a folder", "dangling link"):
            assert result.code > 0, (command, result)
            assert result.err
    assert story.read_text(encoding="utf-8") == STORY
    if thing not in ("folder", "link to a folder"):
        assert kind(path) == before


def kind(path: Path) -> tuple[int, int]:
    known = path.lstat()
    return stat.S_IFMT(known.st_mode), known.st_size


@pytest.mark.parametrize("thing", THINGS)
def test_a_library_with_one_in_it_is_listed(tmp_path: Path, cli: Cli, thing: str) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "story.toml").write_text(STORY, encoding="utf-8")
    THINGS[thing](folder / "x.toml")
    with in_time():
        assert folder / "story.toml" in scan(folder)
        library = Library(folder, now=Services.fake().now)
        library.refresh()
        for _ in library.fill():
            pass
        assert library.row(folder / "story.toml")
        assert all(is_clean(row.name + row.problem) for row in library.rows)
        for path in (folder / "x.toml", *candidates(folder)):
            quick_row(path)
            full_row(path, Services.fake().now())
        result = cli("check", folder, "--format", "json")
        assert any(each["file"].endswith("story.toml") for each in json.loads(result.out))
        assert cli("export", folder, "-o", tmp_path / "out").code in (0, 3)
        assert (tmp_path / "out" / "story.md").is_file()


@pytest.mark.parametrize("thing", THINGS)
def test_reading_and_saving_end_in_a_word(tmp_path: Path, thing: str) -> None:
    path = tmp_path / "x.toml"
    THINGS[thing](path)
    before = kind(path)
    with in_time():
        for read in (load_file, open_file):
            with pytest.raises(UserError) as told:
                read(path)
            assert told.value.exit_code == 3
            assert told.value.title
            assert told.value.detail or told.value.hint
        other = tmp_path / "y.toml"
        other.write_text(STORY, encoding="utf-8")
        opened = open_file(other)
        assert has_changed(path, opened.fingerprint)
        Watch(path, opened.fingerprint).look()
        with pytest.raises(UserError):
            atomic_write(path, b"x", expect=opened.fingerprint)
        with pytest.raises(UserError):
            atomic_write(path, b"x", new=True)
        usual = thing in ("100 MB", "8 TB", "dangling link", "long link")
        if not usual:
            with pytest.raises(UserError):
                atomic_write(path, b"x")
    assert kind(path) == before
    assert not [each for each in os.listdir(tmp_path) if each.endswith(".tmp")]  # noqa: PTH208


@pytest.mark.parametrize("thing", THINGS)
def test_in_place_of_the_settings_it_keeps_nobody_out(tmp_path: Path, thing: str) -> None:
    path = tmp_path / "settings.toml"
    THINGS[thing](path)
    with in_time():
        settings = load_settings(path)
        assert settings.problems
        assert settings.theme == "postmortem-dark"
        if thing != "dangling link":
            with pytest.raises(UserError):
                save_theme("postmortem-light", path)


@pytest.mark.parametrize("thing", THINGS)
def test_in_place_of_a_policy_it_is_told_and_the_usual_holds(tmp_path: Path, story: Path, cli: Cli, thing: str) -> None:
    THINGS[thing](story.parent / "postmortem.toml")
    with in_time():
        result = cli("show", story)
    assert result.code == 0
    assert "note: " in result.err
    with in_time():
        result = cli("check", story, "--fail-on", "never")
    assert result.code == 2
    assert "the usual settings hold" in result.err


def test_names_are_only_names(tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    made = []
    for name in NAMES:
        path = folder / name
        path.write_text(STORY, encoding="utf-8")
        made.append(path)
        for command in (
            ("check", path),
            ("show", path),
            ("export", path, "-o", f"{tmp_path}/out/"),
            ("diff", path, path),
        ):
            with in_time():
                result = cli(*command)
            assert result.code in (0, 1), (command, result)
            assert is_clean(result.err.replace("\n", ""))
            assert is_clean(result.out)
    seen = [path for path in made if not path.name.startswith(".")]
    assert sorted(scan(folder)) == sorted(seen)
    out = tmp_path / "all"
    assert cli("export", folder, "--output", out).code == 0
    assert len(list(out.iterdir())) == len(seen)
    assert {each.name for each in tmp_path.iterdir()} == {"library", "out", "all"}

"""The definition for pre-commit: its shape, and that what it runs copes with any TOML file of a repository."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.cli.conftest import STORY, Cli
from tests.samples import ALL, FOLDER

ROOT: Final = Path(__file__).parents[2]


def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(only, dict)
    return only


def entry() -> list[str]:
    """The arguments of the program that the hook runs, in front of the files."""
    program, *arguments = shlex.split(hook()["entry"])
    assert program == "postmortem"
    return arguments


def test_it_has_the_keys_that_pre_commit_asks_for_and_no_unknown_ones() -> None:
    """See https://pre-commit.com/#creating-new-hooks."""
    known = {"id", "name", "description", "entry", "language", "files", "require_serial"}
    assert set(hook()) == known
    assert hook()["id"] == "postmortem-check"
    assert hook()["language"] == "python"
    assert hook()["require_serial"] is True
    assert all(isinstance(hook()[key], str) and hook()[key] for key in known - {"require_serial"})


def test_it_is_given_incidents() -> None:
    pattern = re.compile(hook()["files"])
    assert all(pattern.search(f"sample_incidents/{name}.toml") for name in ALL)
    assert not pattern.search("README.md")


def test_its_entry_runs_on_the_samples(cli: Cli) -> None:
    result = cli(*entry(), "--fail-on", "never", *(FOLDER / f"{name}.toml" for name in ALL))
    assert result.code == 0
    assert f"{len(ALL)} files: " in result.err


def test_findings_let_it_fail(cli: Cli, story: Path) -> None:
    assert cli(*entry(), story).code == 1


@pytest.fixture
def others(tmp_path: Path) -> list[Path]:
    """Files such as a repository has beside its incidents."""
    texts = {
        "pyproject.toml": '[project]\nname = "shop"\n',
        "Cargo.toml": '[package]\nname = "shop"\nauthors = ["Kim"]\n',
        "deploy.toml": "[[regions]]\nname = 'eu'\n",
        "postmortem.toml": "",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in texts]


def test_other_files_of_a_repository_are_left_out(cli: Cli, others: list[Path], story: Path) -> None:
    result = cli(*entry(), "--fail-on", "never", *others, story)
    assert result.code == 0
    assert result.err.startswith("1 file: ")
    assert {line.partition(".toml")[0] for line in result.out.splitlines() if ".toml" in line} == {str(story)[:-5]}


def test_nothing_but_other_files_is_fine(cli: Cli, others: list[Path]) -> None:
    result = cli(*entry(), *others)
    assert (result.code, result.out) == (0, "")
    assert "0 files" in result.err


def test_a_broken_incident_is_not_taken_for_another_file(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(STORY + "\nseverity = SEV1\n", encoding="utf-8")
    result = cli(*entry(), path)
    assert result.code == 3
    assert f"error: {path}:" in result.err


class TestWithoutTheHook:
    """Who names a file means it."""

    def test_a_named_file_that_is_no_incident_is_an_error(self, cli: Cli, others: list[Path]) -> None:
        result = cli("check", others[2])
        assert (result.code, result.out) == (3, "")
        assert f"error: {others[2]} is no incident" in result.err
        assert "regions" in result.err
        assert "hint: " in result.err

    def test_in_a_folder_it_is_left_out(self, cli: Cli, others: list[Path], story: Path) -> None:
        # In this one a key of an incident occurs, but in a table of something else.
        others[2].write_text('[package]\ntitle = "x"\n', encoding="utf-8")
        result = cli("check", story.parent, "--fail-on", "never")
        assert (result.code, result.err.split(":")[0]) == (0, "1 file")

    def test_an_empty_file_is_an_incident_in_which_nothing_is_written(self, cli: Cli, tmp_path: Path) -> None:
        path = tmp_path / "new.toml"
        path.touch()
        assert "C01" in cli("check", path).out

"""`postmortem export`: where Markdown goes, and what it never takes the place of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from schemas.toml_file import loads
from schemas.writers.markdown import STYLES, to_markdown
from tests.cli.conftest import STORY, Cli

MARKDOWN = to_markdown(loads(STORY))


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.toml"
    path.write_text(STORY.replace("unusable", "gone"), encoding="utf-8")
    return path


@pytest.mark.parametrize("arguments", [[], ["--output", "-"], ["-o-"]])
def test_one_incident_goes_to_stdout(cli: Cli, story: Path, arguments: list[str]) -> None:
    result = cli("export", story, *arguments)
    assert (result.code, result.out, result.err) == (0, MARKDOWN, "")


def test_to_a_file(cli: Cli, story: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    result = cli("export", story, "--output", target)
    assert (result.code, result.out, result.err) == (0, "", f"wrote {target}\n")
    assert target.read_text(encoding="utf-8") == MARKDOWN


def test_an_older_export_is_replaced(cli: Cli, story: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("old", encoding="utf-8")
    assert cli("export", story, "--output", target).code == 0
    assert target.read_text(encoding="utf-8") == MARKDOWN


@pytest.mark.parametrize("name", ["out", "out/", "deep/er/"])
def test_to_a_folder_under_its_own_name(cli: Cli, story: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    result = cli("export", story, "--output", f"{tmp_path}/{name}")
    assert result.code == 0
    assert (tmp_path / name / "story.md").read_text(encoding="utf-8") == MARKDOWN


def test_several_go_to_a_folder_that_is_made(cli: Cli, story: Path, other: Path, tmp_path: Path) -> None:
    result = cli("export", story, other, "--output", tmp_path / "out")
    assert result.code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["other.md", "story.md"]
    assert "made the folder" in result.err


def test_a_folder_of_incidents(cli: Cli, story: Path, other: Path, tmp_path: Path) -> None:
    assert cli("export", story.parent, "--output", tmp_path / "out").code == 0
    assert sorted(path.stem for path in (tmp_path / "out").iterdir()) == [other.stem, story.stem]


def test_several_without_a_folder_are_a_usage_error(cli: Cli, story: Path, other: Path) -> None:
    result = cli("export", story, other)
    assert (result.code, result.out) == (2, "")
    assert "--output DIR" in result.err


def test_two_of_the_same_name_are_refused_before_anything_is_written(cli: Cli, story: Path, tmp_path: Path) -> None:
    twin = tmp_path / "deep" / "story.toml"
    twin.parent.mkdir()
    twin.write_text(STORY, encoding="utf-8")
    result = cli("export", story, twin, "--output", tmp_path / "out")
    assert result.code == 2
    assert "two incidents would become" in result.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("how", ["itself", "a link to it", "another name of it"])
def test_the_incident_itself_is_never_overwritten(
    cli: Cli, story: Path, tmp_path: Path, how: str, force: list[str]
) -> None:
    target = story if how == "itself" else tmp_path / "x.md"
    if how == "a link to it":
        target.symlink_to(story)
    elif how == "another name of it":
        target.hardlink_to(story)
    result = cli("export", story, "--output", target, *force)
    assert result.code == 2
    assert "is the incident itself" in result.err
    assert story.read_text(encoding="utf-8") == STORY


def test_another_incident_is_overwritten_only_by_force(cli: Cli, story: Path, other: Path) -> None:
    before = other.read_text(encoding="utf-8")
    result = cli("export", story, "--output", other)
    assert result.code == 2
    assert "--force" in result.err
    assert other.read_text(encoding="utf-8") == before
    assert cli("export", story, "--output", other, "--force").code == 0
    assert other.read_text(encoding="utf-8") == MARKDOWN


def test_what_is_no_regular_file_is_not_replaced(cli: Cli, story: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    result = cli("export", story, "--output", tmp_path / "pipe.md")
    assert result.code == 3
    assert (tmp_path / "pipe.md").is_fifo()


def test_one_that_cannot_be_read_keeps_no_other_back(cli: Cli, story: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('title = "', encoding="utf-8")
    result = cli("export", broken, story, "--output", tmp_path / "out")
    assert result.code == 3
    assert f"error: {broken}:1:" in result.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["story.md"]


def test_the_style_and_the_audience_are_those_asked_for(cli: Cli, story: Path) -> None:
    for style in STYLES:
        assert cli("export", story, "--style", style).out == to_markdown(loads(STORY), style=style)
    external = cli("export", story, "--audience", "external").out
    assert external == to_markdown(loads(STORY), audience="external") != MARKDOWN


SECRET = "AKIA" + "IOSFODNN7EXAMPLE"


@pytest.fixture
def leaking(story: Path, tmp_path: Path) -> Path:
    path = tmp_path / "leaking.toml"
    path.write_text(f'title = "x"\n[sections]\nsupporting = "the key was {SECRET}"\n', encoding="utf-8")
    return path


def test_a_secret_does_not_go_outside(cli: Cli, story: Path, leaking: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    result = cli("export", story, leaking, "--audience", "external", "--output", folder)
    assert result.code == 1
    assert [path.stem for path in folder.iterdir()] == [story.stem]
    assert "sections/supporting holds what looks like a secret (AWS access key): AKIA***" in result.err
    assert SECRET not in result.err + result.out


def test_inside_and_where_it_is_waived_the_words_are_exported(cli: Cli, leaking: Path) -> None:
    assert SECRET in cli("export", leaking).out
    with leaking.open("a", encoding="utf-8") as file:
        file.write('[[waivers]]\nrule = "C12"\nwhere = "sections/supporting"\nreason = "from a public example"\n')
    result = cli("export", leaking, "--audience", "external")
    assert result.code == 0
    assert SECRET in result.out


def test_a_style_that_is_none_is_a_usage_error(cli: Cli, story: Path) -> None:
    result = cli("export", story, "--style", "nobodys")
    assert (result.code, result.out) == (2, "")
    assert "standard" in result.err


def test_nothing_to_export(cli: Cli, tmp_path: Path) -> None:
    result = cli("export", tmp_path)
    assert (result.code, result.out) == (0, "")
    assert "there are no incidents" in result.err


REMARKS = """
[[comments]]
id = "open"
author = "ana"
text = "Still to be answered"

[[comments]]
id = "more"
reply_to = "open"
text = "An answer"

[[comments]]
id = "done"
on = "events/aaaa"
text = "Settled"
question = "luck"
resolved = true

[[reviews]]
id = "r"
reviewer = "ben"
verdict = "changes"
summary = "See above"
"""


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ((), ()),
        (("--remarks", "none"), ()),
        (("--remarks", "resolved"), ("Settled", "Where were we lucky", "See above")),
        (("--remarks", "all"), ("Still to be answered", "An answer", "Settled", "Where were we lucky", "See above")),
        (("--remarks", "all", "--audience", "external"), ()),
    ],
)
@pytest.mark.parametrize("to_file", [False, True])
def test_which_comments_are_in_it(
    cli: Cli, story: Path, tmp_path: Path, options: tuple[str, ...], shown: tuple[str, ...], to_file: bool
) -> None:
    story.write_text(STORY + REMARKS, encoding="utf-8")
    target = tmp_path / "report.md"
    result = cli("export", story, *options, *(("-o", target) if to_file else ()))
    assert result.code == 0
    document = target.read_text(encoding="utf-8") if to_file else result.out
    every = ("Still to be answered", "An answer", "Settled", "Where were we lucky", "See above")
    assert tuple(words for words in every if words in document) == shown

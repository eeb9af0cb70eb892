"""`postmortem merge-driver` by itself: what it writes and the exit code, as git's contract has it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from schemas import edits
from schemas.conflict_markers import read_conflicted, split
from schemas.toml_file import dumps, loads
from tests.cli.conftest import STORY, Cli, Result


class Three:
    """The three files that git hands over."""

    def __init__(self, folder: Path, base: str, ours: str, theirs: str) -> None:
        self.paths = [folder / name for name in ("base", "ours", "theirs")]
        for path, text in zip(self.paths, (base, ours, theirs), strict=True):
            path.write_bytes(text.encode("utf-8"))

    def merged(self, cli: Cli, *options: str, path: str = "story.toml") -> Result:
        return cli("merge-driver", *options, "--", *self.paths, path)

    @property
    def text(self) -> str:
        return self.paths[1].read_bytes().decode("utf-8")


CANONICAL = dumps(loads(STORY))


def test_what_does_not_touch_is_merged_in_silence(cli: Cli, tmp_path: Path) -> None:
    ours = CANONICAL.replace("Push to the server fails", "Push to the dev server fails")
    theirs = CANONICAL.replace("server fails", "server failed").replace("SEV2", "SEV1")
    files = Three(tmp_path, CANONICAL, ours, theirs)
    assert files.merged(cli) == Result(0, "", "")
    merged = loads(files.text)
    assert (merged.events[0].text, merged.severity) == ("Push to the dev server failed", "SEV1")
    assert files.text == dumps(merged)


def test_what_both_changed_stands_between_markers(cli: Cli, tmp_path: Path) -> None:
    ours, theirs = CANONICAL.replace("SEV2", "SEV1"), CANONICAL.replace("SEV2", "SEV3").replace("backups", "them")
    files = Three(tmp_path, CANONICAL, ours, theirs)
    result = files.merged(cli)
    assert (result.code, result.out, result.err) == (1, "", "conflict in story.toml: severity\n")
    assert (
        '<<<<<<< ours\nseverity = "SEV1"\n||||||| base\nseverity = "SEV2"\n=======\nseverity = "SEV3"\n' in files.text
    )
    base, mine, yours = read_conflicted(files.text, "x")
    assert base is not None
    assert [each.incident.severity for each in (base, mine, yours)] == ["SEV2", "SEV1", "SEV3"]
    assert {each.incident.actions[0].text for each in (base, mine, yours)} == {"Automate them"}


def test_markers_are_as_long_as_git_asks(cli: Cli, tmp_path: Path) -> None:
    files = Three(tmp_path, CANONICAL, CANONICAL.replace("SEV2", "SEV1"), CANONICAL.replace("SEV2", "SEV3"))
    assert files.merged(cli, "--marker-size", "11").code == 1
    assert "\n<<<<<<<<<<< ours\n" in files.text


def test_a_file_that_both_added_has_no_base(cli: Cli, tmp_path: Path) -> None:
    files = Three(tmp_path, "", CANONICAL, CANONICAL.replace('severity = "SEV2"\n', "").replace("aaaa", "gggg"))
    assert files.merged(cli).code == 0
    assert {event.id for event in loads(files.text).events} == {"aaaa", "bbbb", "cccc", "dddd", "gggg"}


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_broken_file_is_merged_as_git_does(cli: Cli, tmp_path: Path, broken: int) -> None:
    versions = [CANONICAL, CANONICAL.replace("SEV2", "SEV1"), CANONICAL.replace("Automate backups", "Automate them")]
    versions = [
        text if at != broken else text.replace("about = true", "about = yes") for at, text in enumerate(versions)
    ]
    files = Three(tmp_path, *versions)
    expected = by_git(files)
    result = files.merged(cli)
    assert (result.code, files.text) == (int(bool(expected.returncode)), expected.stdout.decode())


def test_a_broken_file_in_conflict(cli: Cli, tmp_path: Path) -> None:
    files = Three(tmp_path, "a = \n", "a = x\n", "a = y\n")
    expected = by_git(files)
    assert files.merged(cli).code == 1
    assert files.text == expected.stdout.decode()
    assert files.text.startswith("<<<<<<< ours\n")


def by_git(files: Three) -> subprocess.CompletedProcess[bytes]:
    base, ours, theirs = files.paths
    names = ["-L", "ours", "-L", "base", "-L", "theirs"]
    return subprocess.run(["git", "merge-file", "-p", *names, ours, base, theirs], capture_output=True, check=False)


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname    = "x"\n\n[tool]\na=1\n\n\n\n[other]\nb=2\n',
        'title    = "A site"\nbaseURL = "x"\n\n\n\n\n\n\n[params]\nb=2\n',
        'format = 99\ntitle   = "of a newer program"\nowner = "x"\n\n\n\n\n[sections]\nb=2\n',
    ],
)
def test_other_files_are_merged_as_text(cli: Cli, tmp_path: Path, text: str) -> None:
    files = Three(tmp_path, text, text.replace('"x"', '"y"'), text.replace("b=2", "b=3"))
    assert files.merged(cli).code == 0
    assert files.text == text.replace('"x"', '"y"').replace("b=2", "b=3")


def test_the_settings_of_a_library_are_merged_as_text(cli: Cli, tmp_path: Path) -> None:
    text = 'severity   = "x"\n\n\n\n\nb=2\n'
    files = Three(tmp_path, text, text.replace('"x"', '"y"'), text.replace("b=2", "b=3"))
    assert files.merged(cli, path="incidents/postmortem.toml").code == 0
    assert files.text == text.replace('"x"', '"y"').replace("b=2", "b=3")


def test_a_layout_of_ones_own_stays_where_git_comes_to_the_same(cli: Cli, tmp_path: Path) -> None:
    text = "# mine\n" + STORY.replace("severity =", "severity     =")
    files = Three(tmp_path, text, text.replace("SEV2", "SEV1"), text.replace("All working", "Works"))
    assert files.merged(cli).code == 0
    assert files.text == text.replace("SEV2", "SEV1").replace("All working", "Works")


def test_a_layout_of_ones_own_stays_around_a_conflict(cli: Cli, tmp_path: Path) -> None:
    text = "# mine\n" + STORY.replace("severity =", "severity     =")
    files = Three(tmp_path, text, text.replace("SEV2", "SEV1"), text.replace("SEV2", "SEV3"))
    assert files.merged(cli).code == 1
    before, after = text.split('severity     = "SEV2"\n')
    sides = "".join(
        f'{marker}severity     = "{severity}"\n'
        for marker, severity in (("<<<<<<< ours\n", "SEV1"), ("||||||| base\n", "SEV2"), ("=======\n", "SEV3"))
    )
    assert files.text == f"{before}{sides}>>>>>>> theirs\n{after}"


def test_words_in_a_block_of_code_that_both_changed_are_in_conflict(cli: Cli, tmp_path: Path) -> None:
    """Markers in such a block would pass for words of the text, so the whole text stands between them."""
    base, ours, theirs = (
        dumps(edits.set_section(loads(STORY), "summary", f"It said:\n```\nerror {word}\n```\n"))
        for word in ("one", "two", "three")
    )
    files = Three(tmp_path, base, ours, theirs)
    assert files.merged(cli).code == 1
    sides = split(files.text)
    assert sides is not None
    assert (sides.ours, sides.base, sides.theirs) == (ours, base, theirs)
    assert files.text.count('summary = """') == 3
    assert files.text.count("[[actions]]") == 1


def test_what_git_cannot_merge_stays_as_it_is(cli: Cli, tmp_path: Path) -> None:
    files = Three(tmp_path, "a\0b", "a\0c", "a\0d")
    result = files.merged(cli)
    assert (result.code, files.text) == (1, "a\0c")
    assert result.err.startswith("error: git cannot merge ")


def test_a_fault_of_the_program_falls_back_to_git(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("bad luck")

    monkeypatch.setattr("schemas.merge_file.merge_files", fail)
    files = Three(tmp_path, CANONICAL, CANONICAL.replace("SEV2", "SEV1"), CANONICAL.replace("All working", "Works"))
    result = files.merged(cli)
    assert result == Result(0, "", "note: story.toml is merged as text: ZeroDivisionError: bad luck\n")
    assert files.text == CANONICAL.replace("SEV2", "SEV1").replace("All working", "Works")


def test_a_missing_file_is_told(cli: Cli, tmp_path: Path) -> None:
    files = Three(tmp_path, CANONICAL, CANONICAL, CANONICAL)
    files.paths[2].unlink()
    result = files.merged(cli)
    assert result.code == 3
    assert files.text == CANONICAL

"""The program as git's own diff driver, with a real git that `git-setup` told about it."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.cli.conftest import STORY, Cli
from tests.repositories import Repository, needs_git

pytestmark = needs_git

ROOT: Final = Path(__file__).parents[2]
COMMAND: Final = "postmortem diff --driver"

MOVED: Final = STORY.replace("2024-05-02T09:15:00", "2024-05-02T09:20:00")
MOVE: Final = "Timeline\n  event “Reported to support” moved about 09:15 → about 09:20\n"


@pytest.fixture
def repository(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository with the driver set up, and one incident in it."""
    commands = tmp_path / "bin"
    commands.mkdir()
    program = commands / "postmortem"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m tui "$@"\n'
    )
    program.chmod(0o755)
    made = Repository(tmp_path / "library", monkeypatch)
    monkeypatch.setenv("PATH", str(commands), prepend=":")
    assert cli("git-setup", made.folder, "--yes").code == 0
    made.write("story.toml", STORY)
    made.commit("First")
    return made


def test_the_documents_show_it() -> None:
    assert f"diff --git a/story.toml b/story.toml\n{MOVE}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_changed_file(repository: Repository) -> None:
    repository.write("story.toml", MOVED)
    assert repository.git("diff") == f"diff --git a/story.toml b/story.toml\n{MOVE}"
    repository.git("add", "story.toml")
    assert repository.git("diff") == ""
    assert repository.git("diff", "--cached") == f"diff --git a/story.toml b/story.toml\n{MOVE}"


def test_an_unchanged_file(repository: Repository) -> None:
    (repository.folder / "story.toml").touch()
    assert repository.git("diff") == ""


def test_in_the_log(repository: Repository) -> None:
    repository.write("story.toml", MOVED)
    repository.commit("The report came later")
    log = repository.git("log", "--patch", "--ext-diff", "--format=%s", "--", "story.toml")
    assert log.startswith(f"The report came later\n\ndiff --git a/story.toml b/story.toml\n{MOVE}")
    assert "First\n\ndiff --git a/story.toml b/story.toml\nnew file mode 100644\nIncident\n  title added\n" in log
    assert MOVE in repository.git("show", "--ext-diff", "HEAD")


def test_a_new_and_a_deleted_file_are_told_in_full(repository: Repository) -> None:
    (repository.folder / "story.toml").unlink()
    gone = repository.git("diff")
    assert gone.startswith("diff --git a/story.toml b/story.toml\ndeleted file mode 100644\nIncident\n")
    repository.write("new.toml", STORY)
    repository.git("add", "new.toml")
    came = repository.git("diff", "--cached")
    assert came.startswith("diff --git a/new.toml b/new.toml\nnew file mode 100644\nIncident\n")
    for text in (gone, came):
        for words in (
            "Push to the server fails",
            "Reported to support",
            "Somebody remembers",
            "Automate backups",
            "4 hours",
        ):
            assert words in text


def test_a_renamed_file(repository: Repository) -> None:
    (repository.folder / "story.toml").unlink()
    repository.write("sub/other story.toml", MOVED)
    repository.git("add", "--all")
    told = repository.git("diff", "--cached", "--find-renames")
    head, _, rest = told.partition("Timeline")
    assert head.startswith("diff --git a/story.toml b/sub/other story.toml\nsimilarity index 9")
    assert "rename from story.toml\nrename to sub/other story.toml\n" in head
    assert f"Timeline{rest}" == MOVE


def test_a_file_whose_mode_changed(repository: Repository) -> None:
    (repository.folder / "story.toml").chmod(0o755)
    assert repository.git("diff") == "diff --git a/story.toml b/story.toml\nold mode 100644\nnew mode 100755\n"


@pytest.mark.parametrize(
    "text",
    [
        STORY.replace('"SEV2"', "SEV2"),
        STORY.replace('"SEV2"', "<<<<<<< HEAD"),
        STORY.replace('"SEV2"', "5"),
        "",
    ],
    ids=["broken", "conflict", "wrong type", "empty"],
)
def test_a_file_that_cannot_be_read_as_an_incident_is_told_line_by_line(repository: Repository, text: str) -> None:
    repository.write("story.toml", text)
    told = repository.git("diff")
    if not text:
        # Nothing at all is an incident in which nothing is written.
        assert "event “All working” removed" in told
        return
    ours, theirs = told.splitlines()[1:], repository.git("diff", "--no-ext-diff").splitlines()[2:]
    # Git writes the function that it takes a hunk to be in behind its place.
    assert ours == [re.sub("^(@@ .* @@).*", r"\1", line) for line in theirs]
    assert '-severity = "SEV2"' in ours


def test_a_file_that_is_no_incident_is_told_line_by_line(repository: Repository) -> None:
    repository.write("Cargo.toml", '[package]\nname = "shop"\n')
    repository.commit("Shop")
    repository.write("Cargo.toml", '[package]\nname = "shop"\nversion = "1"')
    assert repository.git("diff").splitlines() == [
        "diff --git a/Cargo.toml b/Cargo.toml", "--- a/Cargo.toml", "+++ b/Cargo.toml", "@@ -1,2 +1,3 @@",
        " [package]", ' name = "shop"', '+version = "1"', "\\ No newline at end of file",
    ]  # fmt: skip


def test_what_is_different_only_in_the_layout_is_told_line_by_line(repository: Repository) -> None:
    repository.write("story.toml", STORY.replace("format = 1\n", "format=1\n"))
    assert "-format = 1\n+format=1\n" in repository.git("diff")


def test_comments_and_verdicts_are_told_too(repository: Repository) -> None:
    repository.write("story.toml", STORY + '\n# later\n[[comments]]\nid = "cccc"\ntext = "Who?"\nauthor = "kim"\n')
    told = repository.git("diff")
    assert "Comments\n  comment by kim “Who?” added\n" in told
    assert "“# later” added" in told


def test_hostile_content_cannot_drive_the_terminal(repository: Repository) -> None:
    for name, text in ("story.toml", STORY + "\x1b]0;title\x07"), ("a\x1b[31m.toml", 'title = "\\u001b[31m"\n'):
        repository.write(name, text)
    repository.git("add", "--all")
    told = repository.git("diff", "--cached")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", told)
    assert "␛]0;title␇" in told


def test_binary_content(repository: Repository) -> None:
    (repository.folder / "story.toml").write_bytes(b"\0\xff")
    assert repository.git("diff").endswith("Binary files a/story.toml and b/story.toml differ\n")


def test_a_link_is_compared_by_where_it_leads(repository: Repository) -> None:
    (repository.folder / "story.toml").unlink()
    (repository.folder / "story.toml").symlink_to("elsewhere.toml")
    assert "+elsewhere.toml" in repository.git("diff")


def test_a_name_that_begins_with_a_dash(repository: Repository) -> None:
    repository.write("--all.toml", STORY)
    repository.commit("Dash")
    repository.write("--all.toml", MOVED)
    assert repository.git("diff") == f"diff --git a/--all.toml b/--all.toml\n{MOVE}"


def test_a_file_that_is_not_merged(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "side")
    repository.write("story.toml", STORY.replace("SEV2", "SEV0"))
    repository.commit("Side")
    repository.git("checkout", "--quiet", "main")
    repository.write("story.toml", STORY.replace("SEV2", "SEV4"))
    repository.commit("Main")
    repository.git("merge", "side", check=False)
    assert repository.git("diff", "--cached") == "* Unmerged path story.toml\n"
    # What git shows of a conflict by itself, and against one side, is not the driver's.
    assert "\n++<<<<<<< " in repository.git("diff")
    assert "\n+<<<<<<< " in repository.git("diff", "--ours")


def test_from_a_folder_below(repository: Repository) -> None:
    repository.write("2024/story.toml", STORY)
    repository.commit("Below")
    repository.write("2024/story.toml", MOVED)
    assert (
        repository.git("-C", repository.folder / "2024", "diff")
        == f"diff --git a/2024/story.toml b/2024/story.toml\n{MOVE}"
    )


def test_for_all_files_by_the_environment(repository: Repository) -> None:
    repository.git("config", "--unset", "diff.postmortem.command")
    repository.write("notes.txt", "one\n")
    repository.commit("Notes")
    repository.write("notes.txt", "two\n")
    repository.write("story.toml", MOVED)
    told = repository.git("diff", GIT_EXTERNAL_DIFF=COMMAND)
    assert "@@ -1 +1 @@\n-one\n+two\n" in told
    assert MOVE in told


def test_in_git_s_pager_there_are_colours(repository: Repository) -> None:
    repository.write("story.toml", STORY.replace("one package", "two packages"))
    told = repository.git("diff", GIT_PAGER_IN_USE="true", TERM="xterm", COLUMNS="60")
    assert "\x1b[31m[-one package-]\x1b[0m\x1b[32m{+two packages+}\x1b[0m" in told
    assert "\x1b" not in repository.git("diff", GIT_PAGER_IN_USE="true", TERM="xterm", NO_COLOR="1")

"""A repository that somebody sent: nothing in it runs a program, and nothing is read or written outside of it."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import Final

import pytest

from schemas.profiles import PROFILES
from tests.cli.conftest import STORY, Cli
from tests.fuzz.mutations import HOSTILE, Case
from tests.repositories import Repository, needs_git
from tui.workspace.author import author_name
from tui.workspace.errors import UserError
from tui.workspace.library_policy import policy_for
from tui.workspace.names import new_file_name
from tui.workspace.trash import move_to_trash

PROGRAMS: Final = (
    "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.alternateRefsCommand",
    "core.gitProxy", "diff.external", "diff.evil.command", "diff.evil.textconv", "diff.postmortem.command",
    "diff.postmortem.textconv", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver",
    "merge.postmortem.driver", "gpg.program", "gpg.ssh.program", "gpg.x509.program", "credential.helper", "pager.log",
    "pager.diff", "pager.config", "pager.cat-file", "interactive.diffFilter", "sequence.editor",
    "uploadpack.packObjectsHook", "man.evil.cmd", "browser.evil.cmd", "mergetool.evil.cmd", "difftool.evil.cmd",
    "trailer.evil.command", "sendemail.smtpserver", "alias.log", "alias.config", "alias.cat-file", "alias.rev-parse",
    "alias.merge-file",
)  # fmt: skip
"""Settings of a repository that name a program which git may run."""

HOOKS: Final = (
    "post-checkout",
    "post-index-change",
    "fsmonitor-watchman",
    "reference-transaction",
    "pre-commit",
    "update",
)


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A file that is there once any program of the repository was run."""
    return tmp_path / "it-ran"


@pytest.fixture
def repository(tmp_path: Path, trap: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    found = Repository(tmp_path / "sent", monkeypatch)
    found.write("story.toml", STORY)
    found.commit()
    found.write("story.toml", STORY.replace("Reported to support", "Told to support"))
    found.commit()
    program = tmp_path / "sent" / "evil.sh"
    program.write_text(f'#!/bin/sh\ntouch "{trap}"\ncat "$@" 2>/dev/null\nexit 0\n', encoding="utf-8")
    program.chmod(0o755)
    hooks = tmp_path / "sent" / "hooks"
    hooks.mkdir()
    for name in HOOKS:
        (hooks / name).symlink_to(program)
    found.write(".gitattributes", "*.toml diff=evil filter=evil merge=evil\n*.toml ident text\n")
    lines = [_setting(key, f"!{program}" if key.startswith("alias") else str(program)) for key in PROGRAMS]
    lines += [f"[core]\n\thooksPath = {hooks}\n[log]\n\tshowSignature = true\n[user]\n\tname = Mallory\x1b[2J\n"]
    lines += [f'[remote "origin"]\n\turl = ext::{program}\n\tpromisor = true\n']
    with (tmp_path / "sent" / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write("".join(lines))
    return found


def _setting(key: str, value: str) -> str:
    """A setting as it stands in a configuration of git."""
    section, *middle, name = key.split(".")
    heading = f'{section} "{middle[0]}"' if middle else section
    return f"[{heading}]\n\t{name} = {value}\n"


@needs_git
def test_no_program_of_a_repository_is_run(repository: Repository, trap: Path, cli: Cli) -> None:
    path = repository.folder / "story.toml"
    (repository.folder / "postmortem.toml").write_text(POLICY, encoding="utf-8")
    here = Path.cwd()
    os.chdir(repository.folder)
    try:
        for command in (
            ("diff", "--git", "HEAD~1", path), ("diff", "--git", "HEAD~1..HEAD", path),
            ("diff", "--since-verdict", path), ("check", "."), ("check", "story.toml"), ("show", path),
            ("review", path, "--status"), ("export", path), ("git-setup", ".", "--check"),
            ("merge-driver", path, path, path), ("new", repository.folder, "--title", "x"),
        ):  # fmt: skip
            cli(*command)
            assert not trap.exists(), command
        name = author_name(folder=repository.folder)
    finally:
        os.chdir(here)
    assert "\x1b" not in name
    assert not trap.exists()


@needs_git
def test_the_trap_would_snap(repository: Repository, trap: Path) -> None:
    """Or the test above would show nothing."""
    subprocess.run(["git", "diff", "HEAD~1"], cwd=repository.folder, capture_output=True, check=False)
    assert trap.exists()


POLICY: Final = """\
profile = "$(touch it-ran)"
command = "touch it-ran"
editor = "touch it-ran"
template = "../../../etc/passwd"
include = "/etc/passwd"
style = "../../../etc/passwd"
output = "../../.."
hooks = ["touch it-ran"]
dates = "/etc/passwd"

[clocks]
support = "Mon-Fri 10:00-17:00 ../../../etc/passwd"
other = "Mon-Fri 10:00-17:00 /etc/localtime"

[[profiles.ours]]
id = "(a+)+$"
label = "%s{0.__class__}"
from = "detected"
to = "../../resolved"

[checks]
select = ["(a+)+$", "T"]
command = "touch it-ran"
plugin = "evil.py"

[deadlines]
SEV1 = 999999999999999999999999
SEV2 = -1
SEV3 = inf
"""


def test_a_policy_names_nothing_but_itself(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "evil.py").write_text("raise SystemExit(99)\n", encoding="utf-8")
    (tmp_path / "story.toml").write_text(STORY, encoding="utf-8")
    (tmp_path / "postmortem.toml").write_text(POLICY, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    loaded = policy_for(tmp_path / "story.toml")
    told = " ".join(f"{problem.message} {problem.hint}" for problem in loaded.problems)
    for name in ("command", "editor", "template", "include", "style", "output", "hooks"):
        assert f"no setting {name}" in told
    assert "root:" not in told
    assert loaded.policy.metrics is PROFILES["default"]
    assert cli("check", tmp_path).code == 2
    assert cli("show", tmp_path / "story.toml").code == 0
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "text",
    [
        "[[profiles.a]]\nid = 'a%d'\nfrom = 'detected'\nto = 'resolved'\nclock = 'Mon-Sun 00:00-24:00 Europe/London'\n",
        "[profiles]\n'p%d' = [{id = 'a', from = 'detected', to = 'resolved'}]\n",
        "[clocks]\nc%d = 'Mon-Fri 10:00-17:00 Europe/Lodnon'\n",
        "[required]\nx%d = 1\n",
        "y%d = 1\n",
        "[checks]\nselect = ['T%d']\n",
        "[deadlines]\nSEV%d = 5\n",
    ],
)
def test_a_huge_policy_takes_no_time(tmp_path: Path, cli: Cli, text: str) -> None:
    (tmp_path / "story.toml").write_text(STORY, encoding="utf-8")
    head, _, line = text.rpartition("\n")[0].rpartition("\n")
    table, again = (f"{head}\n", f"{line}\n") if not text.startswith("[[") else ("", text)
    count = 900_000 // len(again)
    (tmp_path / "postmortem.toml").write_text(
        table + "".join(again.replace("%d", str(number)) for number in range(count)), encoding="utf-8"
    )
    began = time.process_time()
    assert cli("check", tmp_path).code in (1, 2)
    assert time.process_time() - began < 8


@needs_git
@pytest.mark.parametrize("inside", [True, False])
def test_a_policy_that_is_a_link_out_of_its_repository_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    repository = Repository(tmp_path / "sent", monkeypatch)
    path = repository.write("incidents/story.toml", STORY)
    secret = tmp_path / "sent" / "shared.toml" if inside else tmp_path / "secret.toml"
    secret.write_text('password = hunter2\ndates = "day-first"\n', encoding="utf-8")
    (path.parent / "postmortem.toml").symlink_to(secret)
    loaded = policy_for(path)
    told = " ".join(f"{problem.message} {problem.hint}" for problem in loaded.problems)
    assert ("hunter2" in told) is inside
    assert told


class TestExport:
    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        path = tmp_path / "profile"
        path.write_text("mine\n", encoding="utf-8")
        return path

    def test_into_a_folder_follows_no_link_out_of_it(self, tmp_path: Path, outside: Path, cli: Cli) -> None:
        folder = tmp_path / "sent"
        folder.mkdir()
        (folder / "story.toml").write_text(STORY, encoding="utf-8")
        (folder / "story.md").symlink_to(outside)
        result = cli("export", folder / "story.toml", "--output", folder)
        assert result.code == 3
        assert "leads out of" in result.err
        assert outside.read_text(encoding="utf-8") == "mine\n"

    def test_to_a_file_that_somebody_named_follows_a_link(self, tmp_path: Path, outside: Path, cli: Cli) -> None:
        (tmp_path / "sent").mkdir()
        (tmp_path / "sent" / "story.toml").write_text(STORY, encoding="utf-8")
        (tmp_path / "sent" / "story.md").symlink_to(outside)
        assert cli("export", tmp_path / "sent" / "story.toml", "-o", tmp_path / "sent" / "story.md").code == 0
        assert outside.read_text(encoding="utf-8").startswith("# ")

    @pytest.mark.parametrize("style", ["../standard", "/etc/passwd", "", "standard/../x", "\0", "\x1b[2J", "x" * 5000])
    def test_a_style_is_a_name_and_no_path(self, tmp_path: Path, cli: Cli, style: str) -> None:
        (tmp_path / "story.toml").write_text(STORY, encoding="utf-8")
        result = cli("export", tmp_path / "story.toml", "--style", style)
        assert result.code == 2
        assert "\x1b" not in result.err


def test_a_trash_that_is_a_link_is_no_trash(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / ".trash").symlink_to(outside)
    path = folder / "story.toml"
    path.write_text(STORY, encoding="utf-8")
    with pytest.raises(UserError):
        move_to_trash(path)
    assert path.read_text(encoding="utf-8") == STORY
    assert not list(outside.iterdir())


def test_no_title_leads_out_of_a_folder(tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    titles = [
        *HOSTILE, "..", "../..", "/", "/etc/passwd", "a/../../b", "con", "nul", "aux.", "x" * 300, "é" * 300, ".",
        "-", "\\\\host\\x", "postmortem", "settings", "a\0b", "%2e%2e%2f", "~root", "~", "\ud800", "\udcff",
    ]  # fmt: skip
    for title in titles:
        path = new_file_name(title, None, folder)
        assert path.parent == folder
        assert cli("new", folder, "--title", title).code in (0, 2)
    for number in range(300):
        rng = Case("title", number).rng
        title = "".join(rng.choice(("../", "/", "\\", ".", "\0", "a", "é", "\n", "~", "con", "..")) for _ in range(12))
        assert new_file_name(title, None, folder).parent == folder
    assert [each.name for each in tmp_path.iterdir()] == ["library"]

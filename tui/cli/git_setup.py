"""`postmortem git-setup`: has git merge and show incidents with this program, after a look at what that writes."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

from schemas.text import clean_line
from tui.cli import console
from tui.cli.parameters import PATH, services_of
from tui.workspace.errors import EXIT_FILE, EXIT_FINDINGS, EXIT_USAGE, UserError, shown

if TYPE_CHECKING:
    from tui.workspace.disk import Disk

ATTRIBUTES: Final = "*.toml merge=postmortem diff=postmortem"
"""The line in `.gitattributes` that names the drivers for the files of a folder and those below it."""

_FILE: Final = ".gitattributes"

_MERGE: Final = (
    "{program} merge-driver --marker-size %L -L %X -L %S -L %Y -- %O %A %B %P || {{ "
    'grep -q "^<<<<<<<" %A && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }}'
)
"""What git's shell runs. A program that is gone or broken ends with a code that means a conflict to git, and would
leave ours without a marker, as if it were both: git then merges the lines itself."""


class Setup(Struct, frozen=True):
    """What is still to be written: whether the line in `attributes`, and which settings of the repository.

    A setting is (key, value, what it is now or None).
    """

    attributes: Path
    add_line: bool
    settings: tuple[tuple[str, str, str | None], ...]

    def __bool__(self) -> bool:
        return self.add_line or bool(self.settings)


@click.command("git-setup", short_help="Have git merge and show incidents event by event.")
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@click.option("--yes", is_flag=True, help="Write it without asking.")
@click.option("--check", "only_check", is_flag=True, help="Only say what is missing; exit 1 if something is.")
@click.pass_context
def git_setup(context: click.Context, folder: Path, yes: bool, only_check: bool) -> int:
    """Have git merge the incidents in DIR (default: this folder), and show what changed, event by event.

    Shows what it would write and asks before it does: a line in DIR/.gitattributes, which belongs into the repository,
    and settings in this clone's own .git/config, which everybody makes once for each clone. Where they are missing git
    merges and shows lines as it always did.
    """
    disk = services_of(context).disk
    setup = missing(folder)
    if not setup:
        print(f"git merges and shows the incidents in {shown(folder.resolve())} with this program.")
        return 0
    _show(setup)
    if only_check:
        return EXIT_FINDINGS
    if not yes and not _agreed():
        print("Nothing was written.")
        return EXIT_FINDINGS
    _write(setup, folder, disk)
    print("Done." + (f" Commit {shown(setup.attributes)}, so that others get the line too." if setup.add_line else ""))
    return 0


def missing(folder: Path) -> Setup:
    """What a folder still lacks.

    Raises:
        UserError: it is in no repository with a working tree, or git cannot be run.
    """
    from tui.workspace.plain_git import run_git

    if not folder.is_dir():
        raise UserError(f"there is no folder {folder}", "", "Name the folder of the incidents.", EXIT_USAGE)
    done = run_git(["rev-parse", "--show-toplevel"], folder)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise UserError(f"{folder.resolve()} is in no git repository", said, "git init makes it one.", EXIT_USAGE)
    probe = run_git(["check-attr", "-z", "merge", "diff", "--", "incident.toml"], folder)
    values = probe.stdout.split(b"\0")[2::3]
    wanted = _wanted()
    now = {key: _setting(key, folder) for key, _ in wanted}
    settings = tuple((key, value, now[key]) for key, value in wanted if now[key] != value)
    return Setup(folder.resolve() / _FILE, values != [b"postmortem", b"postmortem"], settings)


def _wanted() -> tuple[tuple[str, str], ...]:
    """The settings of a clone that is set up, as (key, value)."""
    program = _program()
    return (
        ("merge.postmortem.name", "incidents, event by event"),
        ("merge.postmortem.driver", _MERGE.format(program=program)),
        # Between several common ancestors git makes one up; that must not be a file with markers.
        ("merge.postmortem.recursive", "binary"),
        ("diff.postmortem.command", f"{program} diff --driver"),
        # For what git shows line by line all the same: `git log -p`, `git diff --no-ext-diff`.
        ("diff.postmortem.xfuncname", r"^(\[.*\])$"),
    )


def _program() -> str:
    """How git's shell calls this program."""
    return "postmortem" if shutil.which("postmortem") else f"{shlex.quote(sys.executable)} -m tui"


def _setting(key: str, folder: Path) -> str | None:
    from tui.workspace.plain_git import run_git

    done = run_git(["config", "--local", "--null", "--get", key], folder)
    return os.fsdecode(done.stdout).removesuffix("\0") if done.returncode == 0 else None


def _show(setup: Setup) -> None:
    if setup.add_line:
        print(f"{shown(setup.attributes)} lacks this line:")
        print(f"    {ATTRIBUTES}")
    if setup.settings:
        print("The settings of this clone (git config --local) lack:")
        for key, value, now in setup.settings:
            was = "" if now is None else f"    (now: {clean_line(now)})"
            print(f"    {key} = {value}{was}")
        print("Where this program is missing later on, git merges these files line by line.")


def _agreed() -> bool:
    if not all(map(console.is_terminal, (sys.stdin, sys.stdout))):
        raise UserError(
            "git-setup asks before it writes, and there is no terminal", "Nothing was written.",
            "Add --yes to write it without asking.", EXIT_USAGE,
        )  # fmt: skip
    return click.confirm("Write this?")


def _write(setup: Setup, folder: Path, disk: Disk) -> None:
    from tui.workspace.atomic_writing import atomic_write
    from tui.workspace.plain_git import run_git
    from tui.workspace.storage import read_file

    if setup.add_line:
        path = setup.attributes
        if path.is_symlink():
            raise UserError(f"{path} is a link", "Git does not follow it.", "Make it a file of its own.", EXIT_FILE)
        line = f"{ATTRIBUTES}\n".encode()
        if path.exists():
            old, known = read_file(path, disk=disk)
            gap = b"" if not old or old.endswith(b"\n") else b"\n"
            atomic_write(path, old + gap + line, expect=known, disk=disk)
        else:
            atomic_write(path, line, new=True, disk=disk)
    for key, value, _ in setup.settings:
        done = run_git(["config", "--local", "--replace-all", key, value], folder)
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise UserError(f"git did not take {key}", said, "See if you may write to .git/config.", EXIT_FILE)

"""What git knows of a file: its content at a revision, and its history.

Git is only asked, never told: it runs without a shell, pager, prompt, network or any program that a repository's
settings name, with fixed arguments, a bounded time and a bounded answer.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import Timer
from typing import Final

from msgspec import Struct

from schemas.text import first_line
from tui.workspace.errors import EXIT_FILE, EXIT_USAGE, UserError, shown
from tui.workspace.storage import MOST_BYTES

SECONDS: Final = 30.0
"""How long an answer may take."""

_MOST_WORDS: Final = 1 << 22
"""Bytes of an answer that is no file's content."""

# What a hook or another git that called this program has set is about its own repository, not about the file's.
_THEIR_OWN: Final = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS"}
)
_QUIET: Final = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    # A clone without all contents would fetch them.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
_OPTIONS: Final = ("--no-pager", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false")
_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f]")
_RECORD: Final = re.compile(
    rb"\x01([0-9a-f]{40,64}) (\d+) ([^\n\0]*?)\x02([^\n\0]*)\n:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*\0([^\0]+)\0"
)
_MOST_NAMES: Final = 1000
"""Commits of a file that are looked through for its earlier names."""


class Revision(Struct, frozen=True):
    """A commit that changed a file: its hash, when it was made in seconds since 1970, and the content's own hash.

    `name` is what the file was called before it, from the top of the repository; `author` who wrote the commit and
    `subject` the first line of its message, both as they stand there.
    """

    commit: str
    seconds: int
    blob: str
    name: str
    author: str = ""
    subject: str = ""


class TrackedFile(Struct, frozen=True):
    """A file in a repository, which may be gone from the working tree.

    `folder` is the nearest folder above it that is there, `relative` the path from it, `name` that from the top of the
    repository.
    """

    path: Path
    folder: Path
    relative: str
    name: str

    def commit(self, revision: str) -> str:
        """The full hash of the commit that a revision such as `HEAD~3`, `main` or `v1.2` means.

        Raises:
            UserError: there is no such revision, or it is none; exit code 2.
        """
        if not revision or revision.startswith("-") or _UNFIT.search(revision):
            hint = "Name a commit, a branch or a tag, such as HEAD~1."
            raise UserError(f"{revision!r} is no revision", "", hint, EXIT_USAGE)
        answer = self._ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        found = os.fsdecode(answer or b"").strip()
        if not _HASH.fullmatch(found):
            raise UserError(
                f"there is no revision {revision}",
                f"{shown(self.folder)} is in a repository that does not have it.",
                "`git log --oneline` lists the commits, `git branch --all` the branches.",
                EXIT_USAGE,
            )
        return found

    def common_commit(self, one: str, other: str) -> str:
        """The commit that two others come from, by their hashes.

        Raises:
            UserError: they have nothing in common; exit code 2.
        """
        found = os.fsdecode(self._ask("merge-base", one, other) or b"").strip()
        if not _HASH.fullmatch(found):
            hint = "With two dots instead of three they are compared with each other."
            raise UserError("the two revisions have no commit in common", "", hint, EXIT_USAGE)
        return found

    def content(self, commit: str) -> bytes | None:
        """What the file held at a commit (a full hash), under the name that it had then; None if it was not there.

        Raises:
            UserError: it is too large, or a folder; exit code 3.
        """
        if (found := self._blob(f"{commit}:{self.name}")) is not None:
            return found
        earlier = dict.fromkeys(each.name for each in self.history(_MOST_NAMES) if each.name != self.name)
        contents = (self._blob(f"{commit}:{name}") for name in earlier)
        return next((each for each in contents if each is not None), None)

    def blob(self, revision: Revision) -> bytes | None:
        """What the file held at a revision of its history."""
        return self._blob(revision.blob)

    def history(self, most: int) -> tuple[Revision, ...]:
        """The commits that changed the file, under its earlier names too, the newest first."""
        answer = self._ask(
            "log", "--follow", "--raw", "--no-abbrev", "-z", "--no-relative", "--no-ext-diff", "--no-textconv",
            "--encoding=UTF-8", "--format=format:%x01%H %ct %an%x02%s", f"--max-count={most}", "HEAD", "--",
            self.relative,
        )  # fmt: skip
        return tuple(
            Revision(
                commit.decode(),
                int(seconds),
                blob.decode(),
                os.fsdecode(name),
                author.decode("utf-8", "replace"),
                subject.decode("utf-8", "replace"),
            )
            for commit, seconds, author, subject, blob, name in _RECORD.findall(answer or b"")
            if blob.strip(b"0") and not os.fsdecode(name).startswith(f"{self.name}/")  # of a folder that is asked for
        )

    def _blob(self, which: str) -> bytes | None:
        return self._ask("cat-file", "blob", which, limit=MOST_BYTES)

    def _ask(self, *arguments: str, limit: int = _MOST_WORDS) -> bytes | None:
        return ask(self.folder, *arguments, limit=limit)


def tracked_file(path: Path) -> TrackedFile:
    """Where a file stands in its repository; a link stands where it leads.

    Raises:
        UserError: there is no git, or the file is in no repository; exit code 3.
    """
    target = Path(os.path.realpath(path))
    folder, relative = target.parent, target.name
    while not folder.is_dir() and folder != folder.parent:
        folder, relative = folder.parent, f"{folder.name}/{relative}"
    answer = ask(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix", why=True)
    inside, _, prefix = os.fsdecode(answer or b"").removesuffix("\n").partition("\n")
    if inside != "true":
        raise _no_repository(folder, "It is git's own folder.")
    return TrackedFile(path, folder, relative, f"{prefix}{relative}")


def ask(
    folder: Path,
    *arguments: str,
    limit: int = _MOST_WORDS,
    why: bool = False,
    seconds: float = SECONDS,
    environ: Mapping[str, str] = os.environ,
) -> bytes | None:
    """What git answers in a folder; None if it refuses, unless `why` it does is wanted.

    Raises:
        UserError: there is no git, it takes too long or answers with more than `limit` bytes; with `why`, it refuses
            to work in this folder. Exit code 3.
    """
    surroundings = {name: value for name, value in environ.items() if name not in _THEIR_OWN} | _QUIET
    with tempfile.TemporaryFile() as complaint:
        try:
            process = subprocess.Popen(
                ["git", *_OPTIONS, *arguments], cwd=folder, env=surroundings,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaint,
            )  # fmt: skip
        except OSError as error:
            hint = "Install git, or compare two files: postmortem diff BEFORE AFTER"
            raise UserError("git cannot be run", error.strerror or str(error), hint, EXIT_FILE) from error
        late = Timer(seconds, process.kill)
        late.start()
        try:
            assert process.stdout is not None
            answer = process.stdout.read(limit + 1)
            if len(answer) > limit:
                process.kill()
        finally:
            late.cancel()
            with process:
                pass
        if len(answer) > limit:
            detail = f"It answers with more than {limit / 1e6:,.0f} MB."
            raise UserError("git has too much to say", detail, "See whether it is an incident at all.", EXIT_FILE)
        if process.returncode < 0:
            hint = "Try again; see whether `git status` answers."
            raise UserError("git gave no answer", f"It was stopped after {seconds:g} seconds.", hint, EXIT_FILE)
        if process.returncode and why:
            complaint.seek(0)
            raise _no_repository(folder, complaint.read(4096).decode("utf-8", errors="replace"))
        return answer if process.returncode == 0 else None


def _no_repository(folder: Path, said: str) -> UserError:
    detail = first_line(said).removeprefix("fatal: ")
    if not detail or detail.startswith("not a git repository"):
        hint = "Without git, two files can be compared: postmortem diff BEFORE AFTER"
        return UserError(f"{shown(folder)} is in no git repository", "", hint, EXIT_FILE)
    return UserError(
        f"git does not work in {shown(folder)}", f"It says: {detail}", "See `git status` there.", EXIT_FILE
    )

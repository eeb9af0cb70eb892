"""What a team has agreed on for a library: finding its `postmortem.toml` and reading it.

Reading never fails: what is wrong with the file is told, what is right in it holds, and without one the defaults do.
The file is data. Nothing in it names a program or another file.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from schemas.policy import DEFAULT, FILE_NAME, Policy, Problem
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import UserError, shown
from tui.workspace.storage import read_file

MOST_BYTES: Final = 1 << 20
"""A larger file is nothing that a team has agreed on."""


class LoadedPolicy(Struct, frozen=True):
    """What holds for a library. `file` is where it comes from, None where nothing was agreed; `problems` are the faults
    in that file, in the order of its lines."""

    policy: Policy = DEFAULT
    problems: tuple[Problem, ...] = ()
    file: Path | None = None


def policy_for(path: Path, *, disk: Disk = REAL_DISK, home: Path | None = None) -> LoadedPolicy:
    """What holds for an incident, or for the incidents in a folder. Raises nothing.

    See `policy_file` for where it is looked for; `home` is this person's home folder if it is not given. To ask for
    many files, use `Policies`.
    """
    return Policies(disk=disk, home=home).of(path)


class Policies:
    """The policies of many files: each folder is looked at, and each `postmortem.toml` read, only once."""

    def __init__(self, *, disk: Disk = REAL_DISK, home: Path | None = None) -> None:
        self._disk = disk
        self._home = _home() if home is None else home
        self._resolved: dict[Path, Path] = {}
        self._files: dict[Path, Path | None] = {}
        self._loaded: dict[Path, LoadedPolicy] = {}

    def of(self, path: Path) -> LoadedPolicy:
        """What holds for a file, or for the files in a folder. Raises nothing."""
        if (file := self.file_of(path)) is None:
            return LoadedPolicy()
        if (known := self._loaded.get(file)) is None:
            known = self._loaded[file] = load_policy(file, disk=self._disk)
        return known

    def file_of(self, path: Path) -> Path | None:
        """The `postmortem.toml` that holds for a file, or for the files in a folder, without reading it."""
        folder = path if _is_folder(path, self._disk) else path.parent
        if (real := self._resolved.get(folder)) is None:
            real = self._resolved[folder] = _real(folder, self._disk)
        return policy_file(real, disk=self._disk, home=self._home, known=self._files)

    @property
    def folders_without(self) -> Iterator[Path]:
        """The folders that were looked into, by their real paths, and have no `postmortem.toml` of their own."""
        return (folder for folder, found in self._files.items() if found != folder / FILE_NAME)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults in all the files that were read so far, each once."""
        return tuple(problem for loaded in self._loaded.values() for problem in loaded.problems)


def policy_file(
    folder: Path, *, disk: Disk = REAL_DISK, home: Path | None = None, known: dict[Path, Path | None] | None = None
) -> Path | None:
    """The `postmortem.toml` that holds for a folder: its own, or that of the nearest folder around it.

    The search ends with the folder that holds `.git`, with the `home` folder and at the root of the file system. Above
    the folder itself it also ends before one that everybody may write to, such as `/tmp`: what a stranger left there
    was agreed on by nobody. What was found for each folder is kept in `known`.
    """
    known = {} if known is None else known
    passed = []
    found = None
    for each in (folder, *folder.parents):
        if each in known:
            found = known[each]
            break
        if each is not folder and _is_open_to_all(each, disk):
            break
        passed.append(each)
        if is_there(each / FILE_NAME, disk):
            found = each / FILE_NAME
            break
        if each == home or is_there(each / ".git", disk):
            break
    known.update(dict.fromkeys(passed, found))
    return found


def load_policy(file: Path, *, disk: Disk = REAL_DISK) -> LoadedPolicy:
    """Read one `postmortem.toml`; a fault in it is a problem, and the rest of it holds. Raises nothing.

    One that is a link out of its repository is not read: the messages would tell what stands in another file.
    """
    from schemas import policy_file as reader

    if (outside := _link_out_of_repository(file, disk)) is not None:
        message = f"this is a link out of the repository, to {shown(outside)}; it is not read"
        hint = "Put the file itself there; until then the usual settings hold."
        return LoadedPolicy(DEFAULT, (Problem(shown(file), 1, message, hint),), file)
    try:
        data, _ = read_file(file, limit=MOST_BYTES, disk=disk)
    except UserError as error:
        why = error.title.removeprefix(shown(file)).strip()
        message = f"this {why}. {error.detail}" if error.detail else f"this {why}"
        hint = "Mend it or take it away; until then the usual settings hold."
        return LoadedPolicy(DEFAULT, (Problem(shown(file), 1, message, hint),), file)
    policy, problems = reader.parse_bytes(data, shown(file))
    return LoadedPolicy(policy, problems, file)


def _link_out_of_repository(file: Path, disk: Disk) -> Path | None:
    """Where a link leads if that is outside of the git repository that it stands in."""
    try:
        if not stat.S_ISLNK(disk.lstat(file).st_mode):
            return None
        folder, real = disk.resolve(file.parent), disk.resolve(file)
    except OSError:
        return None
    root = next((each for each in (folder, *folder.parents) if is_there(each / ".git", disk)), None)
    return real if root is not None and not real.is_relative_to(root) else None


def _is_folder(path: Path, disk: Disk) -> bool:
    try:
        return stat.S_ISDIR(disk.stat(path).st_mode)
    except OSError:
        return False


def _is_open_to_all(folder: Path, disk: Disk) -> bool:
    try:
        return bool(disk.stat(folder).st_mode & stat.S_IWOTH)
    except OSError:
        return True


def _real(folder: Path, disk: Disk) -> Path:
    try:
        return disk.resolve(folder)
    except OSError:
        return folder.absolute()


def is_there(path: Path, disk: Disk) -> bool:
    """Whether there is anything at a path, be it a link that leads nowhere."""
    try:
        disk.lstat(path)
    except OSError:
        return False
    return True


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except (OSError, RuntimeError):
        return None

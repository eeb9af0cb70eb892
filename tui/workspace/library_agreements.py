"""What was agreed on for each folder of a library, as it was at one look, and whether it is still so."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from schemas.policy import FILE_NAME
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import shown
from tui.workspace.library_policy import Policies, is_there
from tui.workspace.library_walk import folder_of, stamp_of


class Agreements:
    """The `postmortem.toml` of each folder that was looked into. Folders are named as `library_walk` names them."""

    def __init__(self, library: Path, *, disk: Disk = REAL_DISK) -> None:
        self.policies = Policies(disk=disk)
        self.by_folder: dict[str, str] = {}
        """For each folder the file that holds for it and what that was; empty where nothing was agreed on."""
        self._library = library
        self._disk = disk
        self._files: dict[Path, str] = {}

    def look_for(self, folder: str) -> None:
        """Find what holds for a folder."""
        file = self.policies.file_of(self._library / folder)
        if file is None:
            self.by_folder[folder] = ""
        else:
            self.by_folder[folder] = self._files[file] = self._told(file)

    def of(self, name: str) -> str:
        """What holds for a file of the library, as in `by_folder`."""
        return self.by_folder.get(folder_of(name), "")

    def still_hold(self) -> bool:
        """Whether every `postmortem.toml` is as it was, and none came above the library.

        Of one that was written in place its folder does not tell. One that came into a folder of the library is left to
        whoever looks at these folders (`library_rounds`).
        """
        as_they_were = all(self._told(file) == known for file, known in self._files.items())
        return as_they_were and not any(is_there(folder / FILE_NAME, self._disk) for folder in self._above)

    @cached_property
    def _above(self) -> tuple[Path, ...]:
        """The folders outside of the library in which a `postmortem.toml` would hold for it, if there were one."""
        self.policies.file_of(self._library)
        try:
            own = self._disk.resolve(self._library)
        except OSError:
            own = self._library.absolute()
        return tuple(folder for folder in self.policies.folders_without if not folder.is_relative_to(own))

    def _told(self, file: Path) -> str:
        """A `postmortem.toml`, and what it is now."""
        try:
            return f"{shown(file)} {stamp_of(self._disk.stat(file))}"
        except OSError:
            return f"{shown(file)} unreadable"

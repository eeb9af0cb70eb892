"""The one open document: its content, its history, and the file it belongs to.

Only `execute`, `undo` and `redo` change the document. Observers are told after each change, in the same call, so a save
that follows a burst of typing always sees everything that was typed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.edits import Edit
from schemas.incident import Incident
from schemas.neighbours import Neighbour
from schemas.policy import DEFAULT, Policy
from tui.workspace.history import History, Step, Target
from tui.workspace.judged_document import JudgedDocument
from tui.workspace.turns import Turns

if TYPE_CHECKING:
    from schemas.toml_file import Remark
    from tui.workspace.fingerprint import Fingerprint

Observer = Callable[["DocumentSession", Target | None], None]


class DocumentSession(JudgedDocument):
    """One incident being edited.

    `path` is None until it is saved for the first time; `read_only` says why it cannot be saved here, or is empty.
    `saving` is held while the document is saved, whichever screen does it: one save waits for another, and leaving
    waits for both. `being_written` says that its file is being written just now.
    """

    def __init__(
        self,
        incident: Incident,
        *,
        path: Path | None = None,
        fingerprint: Fingerprint | None = None,
        remarks: tuple[Remark, ...] = (),
        read_only: str = "",
        policy: Policy = DEFAULT,
        neighbours: Sequence[Neighbour] = (),
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(incident, policy=policy, neighbours=neighbours, now=now)
        self._saved = incident
        self._in_file = incident
        self._compared: tuple[Incident, Incident, bool] | None = None
        self._gone = False
        self._in_conflict = False
        self.path = path
        self.fingerprint = fingerprint
        self.remarks = remarks
        self.read_only = read_only
        self.saving = Turns()
        self.being_written = False
        self._clock = clock
        self._history = History()
        self._observers: list[Observer] = []

    @property
    def saved(self) -> Incident:
        """The incident as it was last loaded or saved."""
        return self._saved

    @property
    def in_file(self) -> Incident:
        """The incident as its own file has it; what is saved of a read-only one may be more (see `mark_kept`)."""
        return self._in_file

    @property
    def dirty(self) -> bool:
        """Whether there is anything that a save would write."""
        return self._gone or self._in_conflict or self._differs()

    def _differs(self) -> bool:
        """Whether the document is another one than was saved. Asked several times for each key."""
        if self._doc is self._saved:
            return False
        compared = self._compared
        if compared is None or compared[0] is not self._doc or compared[1] is not self._saved:
            compared = self._compared = (self._doc, self._saved, self._doc != self._saved)
        return compared[2]

    @property
    def gone(self) -> bool:
        """Whether the file is not there any more, so that the document is all there is."""
        return self._gone

    @property
    def in_conflict(self) -> bool:
        """Whether the file still holds both versions of a merge, so that a save is due even where nothing changed."""
        return self._in_conflict

    @property
    def can_undo(self) -> bool:
        """Whether `undo` would do anything."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether `redo` would do anything."""
        return self._history.can_redo

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Be told of each change; returns what ends it."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def execute(
        self, edit: Edit, *, label: str, merge_key: str | None = None, target: Target | None = None
    ) -> bool:  # fmt: skip
        """Change the document; False if the edit changed nothing.

        Raises:
            KeyError: the edit speaks of something that is not there.
            pydantic.ValidationError: the edit gives a value of the wrong shape.
        """
        before = self._doc
        after = edit(before)
        if after is before:
            return False
        self._doc = after
        self._history.record(Step(before, after, label, merge_key, target, self._clock()))
        self._tell(None)
        return True

    def seal(self) -> None:
        """End the current undo step: leaving a field, a new line, a paste or a save does."""
        self._history.seal()

    def undo(self) -> Step | None:
        """Take back the last step; returns it, or None if there is none."""
        step = self._history.undo()
        if step is not None:
            self._doc = step.before
            self._tell(step.target)
        return step

    def redo(self) -> Step | None:
        """Do the last undone step again; returns it, or None if there is none."""
        step = self._history.redo()
        if step is not None:
            self._doc = step.after
            self._tell(step.target)
        return step

    def mark_saved(self, path: Path, fingerprint: Fingerprint, incident: Incident | None = None) -> None:
        """The document is now the content of a file, as it stands or as it stood when that was written."""
        self._saved = self._in_file = incident or self._doc
        self._gone = self._in_conflict = False
        self.path = path
        self.fingerprint = fingerprint
        self.read_only = ""
        self._history.seal()

    def mark_kept(self, incident: Incident | None = None) -> None:
        """The document as it stands is kept in another file, beside its own that cannot be written.

        With an `incident` that one is: its own file with what was kept beside it before this session.
        """
        if incident is not None:
            self._doc = incident
        self._saved = self._doc
        self._history.seal()

    def take_in(
        self,
        incident: Incident,
        *,
        in_file: Incident,
        fingerprint: Fingerprint,
        remarks: tuple[Remark, ...],
        label: str,
    ) -> bool:
        """Go on from what somebody else wrote to the file, which holds `in_file` now; `incident` unites both.

        One step that can be undone; False if the document stays as it is.
        """
        # What is kept beside a read-only file (see `mark_kept`) is not in the file, and goes on being kept.
        beside = self._saved is not self._in_file and not self.dirty
        if not beside:
            self._saved = in_file
        self._in_file = in_file
        self._gone = self._in_conflict = False
        self.fingerprint = fingerprint
        self.remarks = remarks
        self.seal()
        if beside:
            self._saved = incident
        changed = self.execute(lambda _: incident, label=label)
        self.seal()
        if not changed:
            self._tell(None)
        return changed

    def mark_in_conflict(self) -> None:
        """The file holds both versions of a merge between conflict markers; the document is what came of them."""
        self._in_conflict = True

    def mark_gone(self) -> None:
        """The file is not there any more: the document is saved nowhere."""
        self._gone = True
        self._tell(None)

    def mark_there(self, path: Path, fingerprint: Fingerprint) -> None:
        """The file is there with what it held before, under this name."""
        self._gone = False
        self.path = path
        self.fingerprint = fingerprint
        self._tell(None)

    def set_read_only(self, why: str) -> None:
        """Say why the document cannot be saved here from now on, or with an empty text that it can."""
        self.read_only = why
        self._tell(None)

    def text(self) -> str:
        """The TOML of the document as it stands."""
        from schemas import toml_file

        return toml_file.dumps(self._doc, self.remarks)

    def _tell(self, target: Target | None) -> None:
        for observer in tuple(self._observers):
            observer(self, target)

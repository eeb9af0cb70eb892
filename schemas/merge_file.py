"""Two versions of a file as one: the incident, the comments, and the file with markers where they are in conflict."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

from msgspec import Struct

from schemas.conflict_markers import split
from schemas.incident import ITEM_LISTS, Incident
from schemas.marked_text import LABELS, SIZE, marked
from schemas.merge import Choice, Merged, merge, resolve
from schemas.merge_remarks import merge_remarks, units
from schemas.toml_file import Loaded, dumps
from schemas.toml_layout import scan
from schemas.toml_remarks import Remark, item_keys, unit


class MergedFile(Struct, frozen=True, eq=False):
    """What came of the merge of two files: the incident with its conflicts, and the comments of both."""

    merged: Merged
    remarks: tuple[Remark, ...]

    def text(self, choices: Mapping[str, Choice] | None = None) -> str:
        """The file with what was chosen (see `schemas.merge.resolve`); what was not stays open as it is."""
        return dumps(resolve(self.merged, choices or {}), self.remarks)

    def marked(self, *, size: int = SIZE, labels: tuple[str, str, str] = LABELS) -> str:
        """The file with git's conflict markers around what is in conflict, the base between them if there is one.

        Each side of it is a whole file that can be read (see `schemas.conflict_markers`).
        """
        based = any(conflict.based for conflict in self.merged.conflicts)
        base = self._side("base") if based else None
        ours, theirs = self._side("ours"), self._side("theirs")
        text = marked(base, ours, theirs, size=size, labels=labels)
        if ours != theirs and split(text) is None:
            # In a block of code in a text, markers would be a part of that: they are put around the whole text.
            starts = [line - 1 for line in scan(ours if base is None else base).lines.values()]
            text = marked(base, ours, theirs, size=size, labels=labels, starts=starts)
        return text

    def _side(self, side: Literal["ours", "theirs", "base"]) -> str:
        """The file where every conflict is decided one way. Comments on what it does not have stand in the others."""
        conflicts = self.merged.conflicts
        choices: dict[str, Choice] = {each.key: side if side in each.choices else "ours" for each in conflicts}
        incident = resolve(self.merged, choices)
        if side == "base":
            added = {each.path[:2] for each in conflicts if not each.based and each.path[0] in ITEM_LISTS}
            incident = _without(incident, added)
        gone = units(self.merged.incident) - units(incident)
        return dumps(incident, tuple(remark for remark in self.remarks if unit(remark.path) not in gone))


def _without(incident: Incident, items: Collection[tuple[str, ...]]) -> Incident:
    """The incident without what both sides added, each in its own way."""
    changes: dict[str, Any] = {}
    for name in {path[0] for path in items}:
        old = getattr(incident, name)
        keys = zip(item_keys(old), old, strict=True)
        changes[name] = tuple(item for key, item in keys if (name, key) not in items)
    return incident.model_copy(update=changes)


def merge_files(base: Loaded | None, ours: Loaded, theirs: Loaded) -> MergedFile:
    """Both files as one (see `schemas.merge.merge`), with the comments of both."""
    merged = merge(base.incident if base else None, ours.incident, theirs.incident)
    before = (base.incident, base.remarks) if base else (Incident(), ())
    remarks = merge_remarks(before, (ours.incident, ours.remarks), (theirs.incident, theirs.remarks), merged.incident)
    return MergedFile(merged, remarks)

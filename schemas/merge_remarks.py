"""The comments of a file merged like what they stand by: those that either side wrote are kept, none twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from schemas.incident import ITEM_LISTS, Incident
from schemas.merge_text import merge_lines
from schemas.toml_layout import Path, Place
from schemas.toml_order import file_order
from schemas.toml_places import path_of
from schemas.toml_remarks import Remark, Unit, item_keys, loose, unit

Spot = tuple[Path, Place]
Remarks = tuple[Remark, ...]


def merge_remarks(
    base: tuple[Incident, Remarks], ours: tuple[Incident, Remarks], theirs: tuple[Incident, Remarks], merged: Incident
) -> Remarks:
    """The comments for the merged incident, from those of each file with what it holds.

    Where both changed the same lines both versions are kept. A comment that one side took out is gone, except where it
    went with its item and the item is still there.
    """
    kept = units(merged)
    before = _by_spot(base[1])
    mine = _by_spot(_replanted(base[1], ours, theirs[0], kept))
    yours = _by_spot(_replanted(base[1], theirs, ours[0], kept))
    result: list[Remark] = []
    for spot in dict.fromkeys((*mine, *yours)):
        path, place = spot
        lines = merge_lines(before.get(spot, ()), mine.get(spot, ()), yours.get(spot, ()))
        if place == "beside":
            result += [Remark(path, place, line) for line in lines]
        elif any(lines):
            result.append(Remark(path, place, "\n".join(lines)))
    return tuple(result)


def units(incident: Incident) -> set[Unit]:
    """The items of an incident as comments name them, the lines that keep remarks apart, and what is always there."""
    found: set[Unit] = {(), ("sections",), *(path_of(line) for line in file_order(incident).lines)}
    for name in ITEM_LISTS:
        found.update((name, key) for key in item_keys(getattr(incident, name)))
    return found


def _by_spot(remarks: Iterable[Remark]) -> dict[Spot, list[str]]:
    spots: dict[Spot, list[str]] = defaultdict(list)
    for remark in remarks:
        spots[remark.path, remark.place] += remark.text.split("\n")
    return dict(spots)


def _replanted(base: Remarks, side: tuple[Incident, Remarks], other: Incident, kept: set[Unit]) -> Remarks:
    """A side's comments, with those of items that it removed back in their place if the other side has the item.

    Saving put them at the end of the file; there they are taken away again. One that was deleted there stays away,
    unless the item is still there.
    """
    incident, remarks = side
    away = (kept | units(other)) - units(incident)
    lost = [each for each in base if unit(each.path) in away]
    if not lost:
        return remarks
    rest = [remark for remark in remarks if remark.place != "end"]
    ends = [remark.text for remark in remarks if remark.place == "end"]
    lines = "\n".join(ends).split("\n")
    back: list[Remark] = []
    for each in lost:
        left = _without(lines, loose(each.text).split("\n"))
        if left is not lines or unit(each.path) in kept:
            back.append(each)
        lines = left
    if any(map(str.strip, lines)):
        rest.append(Remark((), "end", "\n".join(lines)))
    return (*back, *rest)


def _without(lines: list[str], gone: Sequence[str]) -> list[str]:
    """The lines without the first stretch of these; the very list if there is none."""
    for start in range(len(lines) - len(gone) + 1):
        if lines[start : start + len(gone)] == list(gone):
            return [*lines[:start], *lines[start + len(gone) :]]
    return lines

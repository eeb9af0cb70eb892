"""What to do where the file of an open incident was changed by somebody else: nothing, take it, merge, or ask."""

from __future__ import annotations

import random
from collections.abc import Sequence

from msgspec import Struct

from schemas.differences import Differences, differences
from schemas.ids import new_ids
from schemas.incident import Incident, Stated
from schemas.merge import merge
from schemas.merge_file import MergedFile
from schemas.merge_remarks import merge_remarks
from schemas.merge_values import same
from schemas.toml_file import Loaded
from schemas.toml_remarks import Remark

Remarks = tuple[Remark, ...]


class Outcome(Struct, frozen=True, eq=False):
    """What came of the comparison.

    Attributes:
        theirs: what the file holds now, with the ids that the session gave to what has none in it.
        remarks: the TOML comments to go on with.
    """

    theirs: Incident
    remarks: Remarks


class Same(Outcome, frozen=True, eq=False):
    """Nothing has to be done to the document: the file says what it said before, or what the document says."""


class TakeTheirs(Outcome, frozen=True, eq=False):
    """The document had no changes of its own: it becomes `incident`. `changes` tell what that brings."""

    incident: Incident
    changes: Differences


class MergedClean(Outcome, frozen=True, eq=False):
    """Both changed, and nothing stands against anything: the document becomes `incident`, with `changes` to show."""

    incident: Incident
    changes: Differences


class InConflict(Outcome, frozen=True, eq=False):
    """Both changed the same things: a person has to choose. The document is `ours`."""

    merge: MergedFile


def compare(
    base: Incident, doc: Incident, remarks: Remarks, new: Loaded, *, rng: random.Random | None = None
) -> Same | TakeTheirs | MergedClean | InConflict:
    """Compare three versions: what the file held when it was read or saved, the document, and what the file holds now.

    `remarks` are the TOML comments as they were read; a session does not change them. `rng` gives ids to stated values
    that came without one.
    """
    theirs = with_known_ids(new.incident, (base, doc), rng or random.Random())
    said = new.remarks
    if same(doc, base):
        if same(theirs, base) or same(theirs, doc):
            return Same(theirs, said)
        return TakeTheirs(theirs, said, theirs, differences(doc, theirs))
    merged = merge(base, doc, theirs)
    both = merge_remarks((base, remarks), (doc, remarks), (theirs, said), merged.incident)
    if merged.conflicts:
        return InConflict(theirs, both, MergedFile(merged, both))
    if same(merged.incident, doc):
        return Same(theirs, both)
    return MergedClean(theirs, both, merged.incident, differences(doc, merged.incident))


def with_known_ids(incident: Incident, known: Sequence[Incident], rng: random.Random) -> Incident:
    """An incident as read, of which the stated values without an id have the ones that they were given before.

    What was not known before gets a new id, one that nothing in `known` has.
    """
    if all(stated.id for stated in incident.stated):
        return incident
    free = {stated.id: stated for each in reversed(known) for stated in each.stated if stated.id}
    for stated in incident.stated:
        free.pop(stated.id, None)
    named = list(incident.stated)
    # The one that says the same first; then the one that says something else of the same thing, in the same place.
    for exact in (True, False):
        for at, stated in enumerate(named):
            if not stated.id and (old := _counterpart(stated, free, exact=exact)):
                del free[old]
                named[at] = stated.changed(id=old)
    nameless = [at for at, stated in enumerate(named) if not stated.id]
    for at, fresh in zip(nameless, _fresh_ids(incident, known, rng, len(nameless)), strict=True):
        named[at] = named[at].changed(id=fresh)
    return incident.model_copy(update={"stated": tuple(named)})


def _counterpart(stated: Stated, free: dict[str, Stated], *, exact: bool) -> str:
    def fits(old: Stated) -> bool:
        if exact:
            return same(old.model_copy(update={"id": ""}), stated)
        return (old.what, old.where) == (stated.what, stated.where)

    return next((name for name, old in free.items() if fits(old)), "")


def _fresh_ids(incident: Incident, known: Sequence[Incident], rng: random.Random, count: int) -> tuple[str, ...]:
    taken = {each.id for one in known for each in one.stated}
    made: list[str] = []
    while len(made) < count:
        made += [fresh for fresh in new_ids(incident, rng, count - len(made)) if fresh not in (*taken, *made)]
    return tuple(made)

"""Where remarks stand in a file: comments and waivers with what they are about, verdicts by their reviewers.

Two people who write about different things on two branches then never write at the same place, and git merges what
they wrote (see `schemas.toml_places`). The place follows from what a remark holds, not from the order in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct, field

from schemas.anchors import THINGS, Anchors
from schemas.incident import Incident, Model, Review
from schemas.likeness import name_key
from schemas.replies import talks, when_key
from schemas.toml_places import IN_REVIEW, REMARKS, VERDICTS, Key, group_of

Entry = tuple[str, Model]
"""An item that is written, with the list that it is in."""


class FileOrder(Struct, frozen=True):
    """What stands where: behind the keys at the top, behind an item (list and id), below a line, and at the end.

    `lines` are those that are written, in their order.
    """

    top: tuple[Entry, ...] = ()
    behind: Mapping[tuple[str, str], Sequence[Entry]] = field(default_factory=dict)
    below: Mapping[Key, Sequence[Entry]] = field(default_factory=dict)
    lines: tuple[Key, ...] = ()
    end: tuple[Entry, ...] = ()


def file_order(incident: Incident) -> FileOrder:
    """Where each comment, review and waiver of an incident is written."""
    if not (incident.comments or incident.waivers or incident.reviews):
        return FileOrder(lines=_lines(incident, {}))
    anchors = Anchors(incident)
    top: list[Entry] = []
    behind: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    below: dict[Key, list[Entry]] = defaultdict(list)
    lost: list[tuple[str, Entry]] = []
    for talk in talks(incident.comments):
        entries = [("comments", comment) for comment in talk]
        place = anchors.thing(talk[0].on)
        if place is None:
            lost += [(talk[0].on, entry) for entry in entries]
        elif (into := _beside(place, behind, below)) is not None:
            into += entries
        else:
            top += entries
    last: list[Entry] = []
    for waiver in incident.waivers:
        place = anchors.thing(waiver.where) if waiver.where else None
        into = None if place is None else _beside(place, behind, below)
        (last if into is None else into).append(("waivers", waiver))
    lost.sort(key=lambda pair: pair[0])  # talks about one thing that is gone stay together, in their order
    loose = _verdicts(incident, below)
    lines = _lines(incident, below)
    end = (*(entry for _, entry in lost), *loose, *last)
    return FileOrder(tuple(top), behind, below, lines, end)


def _beside(
    place: str, behind: dict[tuple[str, str], list[Entry]], below: dict[Key, list[Entry]]
) -> list[Entry] | None:
    """Where what is said about a thing goes; None for the document as a whole and the keys at its top."""
    if place in _BELOW_LINES:
        return below[place]
    name, _, item_id = place.partition("/")
    return behind[name, item_id] if name in THINGS and item_id else None


_BELOW_LINES: Final = frozenset(REMARKS)


def _verdicts(incident: Incident, below: dict[Key, list[Entry]]) -> list[Entry]:
    """Each reviewer's verdicts together, by time; below the line for the name while there are such lines."""
    by_reviewer: dict[tuple[int, str], list[Review]] = defaultdict(list)
    for review in incident.reviews:
        group = VERDICTS.index(group_of(review.reviewer))
        by_reviewer[group, name_key(review.reviewer) or review.reviewer].append(review)
    loose: list[Entry] = []
    for (group, _), reviews in sorted(by_reviewer.items()):
        reviews.sort(key=_review_key)
        into = below[VERDICTS[group]] if in_review(incident) else loose
        into += [("reviews", review) for review in reviews]
    return loose


def _review_key(review: Review) -> tuple[bool, tuple[bool, timedelta, str]]:
    """By time. Somebody is asked before a verdict is given, even where nobody wrote down when."""
    return bool(review.verdict) or review.at is not None, when_key(review.at, review.id)


def in_review(incident: Incident) -> bool:
    """Whether several people may be writing about the document at once, so that all lines are there for them."""
    return incident.status == "in-review" and _written(incident)


def _written(incident: Incident) -> bool:
    return any(incident.sections.__dict__.values())


def _lines(incident: Incident, below: Mapping[Key, Sequence[Entry]]) -> tuple[Key, ...]:
    """All lines while in review; else those of the sections that are written, and those with something below."""
    if in_review(incident):
        always = frozenset((*IN_REVIEW, *VERDICTS))
    else:
        always = frozenset(f"sections/{key}" for key, body in incident.sections.__dict__.items() if body)
    return tuple(key for key in (*REMARKS, *VERDICTS) if key in always or below.get(key))


def in_file_order(incident: Incident) -> Incident:
    """The incident with its comments, reviews and waivers in the order in which a file holds them."""
    found: dict[str, list[Model]] = {"comments": [], "reviews": [], "waivers": []}
    for name, item in entries_in_order(incident):
        found[name].append(item)
    changes = {
        name: tuple(items) for name, items in found.items() if tuple(items) != getattr(incident, name)
    }  # fmt: skip
    return incident.model_copy(update=changes) if changes else incident


def entries_in_order(incident: Incident) -> Iterator[Entry]:
    """Every comment, review and waiver, from the top of the file to its end."""
    order = file_order(incident)
    yield from order.top
    for name in THINGS:
        waiting = {item_id: entries for (known, item_id), entries in order.behind.items() if known == name}
        for item in getattr(incident, name) if waiting else ():
            yield from waiting.pop(item.id, ())
    for key in order.lines:
        yield from order.below.get(key, ())
    yield from order.end

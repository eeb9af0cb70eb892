"""What a document states about the lengths and times of its incident, with the line where it does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, time
from itertools import accumulate

from msgspec.structs import replace

from schemas.claims_in_prose import Found, claims_in
from schemas.readers.blocks import Line
from schemas.readers.found import Item, Source, Sure
from schemas.readers.ground import Ground
from schemas.readings import NotATime
from schemas.when import read_time


def stated_in(lines: Sequence[Line], where: str, *, main: bool) -> list[tuple[Item, bool]]:
    """The stated values in the lines of one section, and of each whether it is surely about the whole incident.

    `where` is the place to name, such as `summary`; `main` says that the section speaks of the incident as a whole.
    """
    text = "\n".join(line.text for line in lines)
    starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
    made: list[tuple[Item, bool]] = []
    for found in claims_in(text, where, main):
        number = lines[min(bisect_right(starts, found.start), len(lines)) - 1].number
        made += [(item, found.firm) for item in _items(found, where, number)]
    return made


def dated(item: Item, ground: Ground) -> Item:
    """A stated start or end with the day and the offset that its words have in this document, as events have them.

    The document's own order tells day and month apart, and its zone what `PST` says in June.
    """
    at, value = item.fields["at"], item.fields["value"]
    if not isinstance(at, time | datetime) or not isinstance(value, str):
        return item
    if isinstance(at, datetime) and at.tzinfo is None:
        return item
    try:
        reading = read_time(value, replace(ground.context(), after=None, undated=False))
    except NotATime:
        return item
    other = reading.until if item.fields["what"] == "end" and reading.until is not None else reading.at
    if not isinstance(other, datetime) or _wall(other) != _wall(at):
        return item
    if isinstance(at, datetime) and (other.tzinfo is None or other.date() != at.date()):
        return item
    return replace(item, fields={**item.fields, "at": other})


def _wall(at: time | datetime) -> time:
    return (at.time() if isinstance(at, datetime) else at).replace(tzinfo=None)


def _items(found: Found, where: str, number: int) -> list[Item]:
    sure: Sure = "sure" if found.labelled else "likely"
    both = [found.stated, *([found.until] if found.until else [])]
    return [
        Item(
            {
                "what": each.what, "value": each.value, "where": where, "line": number, "minutes": each.minutes,
                "at": each.at, "about": each.about,
            },
            Source((number,), sure),
        )
        for each in both
    ]  # fmt: skip

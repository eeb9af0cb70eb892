"""The order of prose sections: the canonical ones as they are, each other section behind the one it names.

A section that names itself, one that does not exist, or sections that name each other in a circle still have to
stand somewhere: at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from schemas.incident import Incident, OtherSection
from schemas.sections import SECTION_KEYS

FRONT: Final = ""
"""What a section names that stands before all canonical ones."""

_END: Final = SECTION_KEYS[-1]


def section_order(incident: Incident) -> tuple[str, ...]:
    """Keys and ids of all prose sections in the order they are read: each other section behind the one it names.

    Sections that name the same one keep the order of the file, each with those that follow it.
    """
    others = incident.other_sections
    followers: dict[str, list[str]] = {}
    known = _places(others)
    for section in others:
        followers.setdefault(_anchor(section, known), []).append(section.id)
    ordered = _run(FRONT, followers)
    for key in SECTION_KEYS:
        ordered += [key, *_run(key, followers)]
    for section in others:  # What is left names one another in a circle.
        ordered += _run(_anchor(section, known), followers)
    return tuple(ordered)


def arranged(others: Sequence[OtherSection], wanted: Iterable[str]) -> tuple[OtherSection, ...]:
    """Other sections so that they are read in an order, given by the keys and ids of all sections.

    A section keeps the name of the one it follows where the order allows it, else it follows the one before it.
    """
    by_id = {section.id: section for section in others}
    known = _places(others)
    result: list[OtherSection] = []
    path = [FRONT]  # The section before, the one that it follows, and so on up to a canonical one or the front.
    for key in wanted:
        section = by_id.get(key)
        if section is None:
            path = [key]
            continue
        anchor = _anchor(section, known)
        if anchor in path:
            del path[path.index(anchor) + 1 :]
        else:
            section = section.changed(after=path[-1])
        path.append(section.id)
        result.append(section)
    return tuple(result)


def _places(others: Iterable[OtherSection]) -> set[str]:
    return {FRONT, *SECTION_KEYS, *(section.id for section in others)}


def _anchor(section: OtherSection, known: set[str]) -> str:
    return section.after if section.after in known and section.after != section.id else _END


def _run(key: str, followers: dict[str, list[str]]) -> list[str]:
    """All that follows a section, taken out of `followers`; a loop, since a chain may be longer than the stack."""
    run: list[str] = []
    waiting = followers.pop(key, [])[::-1]
    while waiting:
        found = waiting.pop()
        run.append(found)
        waiting += followers.pop(found, [])[::-1]
    return run

"""Owners of actions that nobody else knows, and that differ from somebody known by a slip of the keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from schemas.checks.actions import nobody, not_one_person
from schemas.checks.naming import AT_MOST, counted, named, place, quoted
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.incident import Action, Incident
from schemas.likeness import name_key, slips_between
from schemas.neighbours import Index, Neighbour, finished, index_of

_SHORTEST: Final = 5
"""Names shorter than this differ too easily from other people's: Kim and Tim, Anna and Anne."""

_LONG: Final = 8
"""From this length on, two slips are one too many to be another name by chance."""

_TELLING: Final = frozenset("aeinos")
"""Letters that make another name of one when they stand at its end: Daniel and Daniela, Andrea and Andreas."""


def mistyped(one: str, other: str, slips: int = 2) -> bool:
    """Whether two names, as `name_key` gives them, are likely to be one, mistyped.

    Names that differ in their figures (`dev1`, `dev2`) or only in what ends a first name are two people.
    """
    shorter, longer = sorted((one, other), key=len)
    if shorter == longer or len(shorter) < _SHORTEST:
        return False
    if [char for char in one if char.isdigit()] != [char for char in other if char.isdigit()]:
        return False
    if one[:-1] == other[:-1] and {one[-1], other[-1]} <= _TELLING:
        return False
    if longer[:-1] == shorter and longer[-1] in _TELLING:
        return False
    return slips_between(one, other, slips if len(longer) >= _LONG else 1) is not None


@rule(
    "A02", "owner nearly like a known one", "warning", "owner", "authors", "actions", "reviews", "neighbours"
)  # fmt: skip
def unknown_owners(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Nobody of this name occurs elsewhere, but somebody whose name differs by a letter or two does."""
    library, own = index_of(facts.neighbours)
    if own is not None and own.is_current and all(_is_known(library, own, name_key(name)) for name in own.people):
        return  # mostly so, and then the actions need not be read again
    incident = facts.incident
    header = [name for name in (incident.owner, *incident.authors) if is_person(name)]
    header += [review.reviewer for review in incident.reviews if is_person(review.reviewer)]
    known = set(map(name_key, header))
    strangers: dict[str, list[Action]] = {}
    for action in incident.actions:
        if (key := name_key(action.owner)) and key not in known and not finished(action) and is_person(action.owner):
            strangers.setdefault(key, []).append(action)
    if not strangers:
        return
    owners = [action.owner for action in incident.actions if is_person(action.owner)]
    written = {name_key(name): name for name in reversed((*header, *owners))}
    times = Counter(map(name_key, owners))
    reported = 0
    for key, actions in strangers.items():
        if _is_known(library, own, key):
            continue
        near = [name for name in written if (name in known or times[name] >= 2 * times[key]) and mistyped(key, name)]
        names = [written[name] for name in _nearest(key, near)]
        if not names:
            elsewhere = (name for name in library.a_slip_away(key) if mistyped(key, name, 1))
            names = [
                next(name for record, name in library.by_person[close] if record is not own)
                for close in elsewhere
                if any(record is not own for record, _ in library.by_person[close])
            ]
        if names and reported < AT_MOST:
            reported += 1
            yield _finding(this, actions, names[0].strip(), elsewhere=not near)


def _is_known(library: Index, own: Neighbour | None, key: str) -> bool:
    """Whether another incident names somebody, by `name_key`; what has no letters is nobody to look for."""
    return not key or any(record is not own for record, _ in library.by_person.get(key, ()))


@lru_cache(maxsize=1024)
def is_person(name: str) -> bool:
    """Whether a name may be that of one person."""
    return not nobody(name) and not not_one_person(name)


def _nearest(key: str, names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (slips_between(key, name) or 0, name))


def _finding(this: Rule, actions: list[Action], right: str, *, elsewhere: bool) -> Finding:
    wrong = actions[0].owner
    item = named(actions[0]) if len(actions) == 1 else counted(len(actions), "action")
    verb = "belongs" if len(actions) == 1 else "belong"
    known = "another incident" if elsewhere else "the document"
    message = f"{item} {verb} to {quoted(wrong)}, whom nothing else names; {known} also names {quoted(right)}"
    hint = f"If {quoted(right)} is meant, write it so; if they are two people, waive this and say so."
    return this.finding(place("actions", actions[0].id, "owner"), message, hint, _rename(wrong, right))


def _rename(wrong: str, right: str) -> Fix:
    def edit(incident: Incident) -> Incident:
        actions = tuple(
            action.changed(owner=right) if name_key(action.owner) == name_key(wrong) else action
            for action in incident.actions
        )
        return incident.model_copy(update={"actions": actions})

    return Fix(f"write {right} instead of {wrong}", edit)

"""Actions that another incident has asked for already, and that are still open there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from schemas.checks.naming import AT_MOST, counted, named, place, quoted
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.neighbours import Index, Neighbour, finished, index_of

ALIKE: Final = 0.75
"""Two actions with this share of their subjects in common ask for much the same."""

FEWEST: Final = 3
"""With fewer subjects than this, words in common are a coincidence."""


@rule("A09", "action already open for another incident", "warning", "actions", "neighbours")
def repeated(this: Rule, facts: Facts) -> Iterator[Finding]:
    """What was to prevent the next one has been asked for before and was not done."""
    library, own = index_of(facts.neighbours)
    if own is not None and own.is_current and not any(_elsewhere(library, own, text) for text in own.actions):
        return  # mostly so, and then the actions need not be read again
    actions = facts.incident.actions
    if not actions or not facts.neighbours:
        return
    found = [
        (action, like) for action in actions if not finished(action) and (like := _elsewhere(library, own, action.text))
    ]
    hint = "Do it once: refer to the other one, and ask why it is still open."
    for action, like in found[:AT_MOST]:
        record, text = like[0]
        too = f" and {counted(len(like) - 1, 'more time')}" if len(like) > 1 else ""
        message = f"{named(action)} is already open in {record.name}{too}: {quoted(text)}"
        yield this.finding(place("actions", action.id, "text"), message, hint)
    if rest := found[AT_MOST:]:
        message = f"{counted(len(rest), 'more action is', 'more actions are')} already open in other incidents"
        yield this.finding("actions", message, hint)


def _elsewhere(library: Index, own: Neighbour | None, text: str) -> list[tuple[Neighbour, str]]:
    """The open actions of other incidents that ask for much the same, the most alike first."""
    if len(library.about(text)) < FEWEST:
        return []
    return [hit for _, hits in library.like_action(text, ALIKE) for hit in hits if hit[0] is not own]

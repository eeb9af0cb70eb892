"""Actions that another incident has asked for already, and that are still open there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from schemas.checks.naming import AT_MOST, counted, named, place, quoted
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.neighbours import finished, index_of

ALIKE: Final = 0.75
"""Two actions with this share of their subjects in common ask for much the same."""

FEWEST: Final = 3
"""With fewer subjects than this, words in common are a coincidence."""


@rule("A09", "action already open for another incident", "warning", "actions", "neighbours")
def repeated(this: Rule, facts: Facts) -> Iterator[Finding]:
    """What was to prevent the next one has been asked for before and was not done."""
    actions = facts.incident.actions
    neighbours = facts.neighbours
    if not actions or not neighbours:
        return
    library, own = index_of(neighbours)
    found = []
    for action in actions:
        if finished(action) or len(library.about(action.text)) < FEWEST:
            continue
        like = [hit for _, hits in library.like_action(action.text, ALIKE) for hit in hits if hit[0] is not own]
        if like:
            found.append((action, like))
    hint = "Do it once: refer to the other one, and ask why it is still open."
    for action, like in found[:AT_MOST]:
        record, text = like[0]
        too = f" and {counted(len(like) - 1, 'more time')}" if len(like) > 1 else ""
        message = f"{named(action)} is already open in {record.name}{too}: {quoted(text)}"
        yield this.finding(place("actions", action.id, "text"), message, hint)
    if rest := found[AT_MOST:]:
        message = f"{counted(len(rest), 'more action is', 'more actions are')} already open in other incidents"
        yield this.finding("actions", message, hint)

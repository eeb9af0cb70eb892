"""Whether readers can look for themselves: links to what shows that things happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from schemas.checks.naming import counted
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.stages import reached
from schemas.incident import Event

FEW: Final = 3
"""With fewer events there is no timeline yet to ask evidence for."""

ENOUGH_OF: Final = 5
"""One event in so many with a link is enough: not everything that people did left a trace."""


@rule("T17", "events without a link to evidence", "info", "timeline", "status")
def unproven(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Graphs, logs, messages and changes are gone a few weeks later unless somebody wrote down where they are."""
    events = facts.timeline.source
    if not reached(facts.incident.status, "in-review") or len(events) < FEW:
        return
    linked = sum(facts.timeline.of_events.gathered(_linked))
    if linked * ENOUGH_OF >= len(events):
        return
    told = "none" if not linked else f"only {linked}"
    message = f"{told} of {counted(len(events), 'event')} {'has' if linked < 2 else 'have'} a link to evidence"
    hint = "Add links to the alert, the graphs, the log, the change and the messages, as long as they can be found."
    yield this.finding("events", message, hint)


def _linked(events: tuple[Event, ...]) -> list[int]:
    """How many of the events have a link."""
    return [sum(1 for event in events if event.links or "://" in event.text)]

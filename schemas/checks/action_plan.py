"""The actions as a whole: which come first, what they are good for, and how one will see that they are done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from schemas.checks.actions import vague_verb
from schemas.checks.naming import counted, listed, named
from schemas.checks.prose import plain
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.stages import reached
from schemas.incident import ACTION_TYPES, PRIORITIES, Action, Impact
from schemas.moments import MINUTE, span_text
from schemas.neighbours import finished
from schemas.patterns import late

_LATE: Final = 15 * MINUTE
"""It took long to notice, so that something for noticing earlier is to be expected among the actions."""

_DEFINITE: Final = late(
    r"\d|://|[`\"“”„«»]|\w[_/.@]\w|[a-z][A-Z]|(?<=\w )[A-Z][a-z]+|\b[A-Z]{2,}"
    r"|\b(?:all|any|each|every|no|none|only|never|always|whenever|while|until|unless|instead|in place of|if|when|once"
    r"|at (?:least|most)|within|less|more|fewer|longer|older|above|below|daily|hourly|weekly|monthly|nightly"
    r"|a (?:day|week|month|quarter|year))\b|[:;(]"
)
"""What makes an action definite: a figure, a name, a quotation, a condition, how often."""

_MOST_WORDS: Final = 14
"""An action of more words than this has said what it is about."""


@lru_cache(maxsize=512)
def indefinite(text: str) -> bool:
    """Whether nothing in the words of an action says by what one will see that it is done."""
    said = text.strip()
    return 0 < len(said.split()) <= _MOST_WORDS and _DEFINITE.search(said[:1].lower() + said[1:]) is None


@rule("A05", "action without an end to see", "info", "actions")
def no_end(this: Rule, facts: Facts) -> Iterator[Finding]:
    """No figure, name, condition or link says when it is done."""
    unfinished = [action for action in facts.incident.actions if not finished(action) and plain(action.text).strip()]
    # Of those that begin with a vague verb, A04 speaks.
    open_ended = [
        action
        for action in unfinished
        if not action.link.strip() and indefinite(action.text) and not vague_verb(action)
    ]
    if open_ended:
        share = f"{len(open_ended)} of {counted(len(unfinished), 'open action')}"
        names = listed([named(action) for action in open_ended], 2)
        verb = "says" if len(open_ended) == 1 else "say"
        message = f"{share} {verb} nothing by which one sees that it is done: {names}"
        yield this.finding("actions", message, "Name the thing, the number or the test that will be there then.")


def _dropped(action: Action) -> bool:
    """Whether it was decided not to do it."""
    return action.status.strip().casefold() == "dropped"


_CUSTOMERS: Final = late(
    r"\b(?:customers?|users?|clients?|visitors?|shoppers?|subscribers?|guests?|merchants?|patients?|passengers?|buyers?"
    r"|orders?|payments?|logins?)\b",
    re.IGNORECASE,
)


def _hit_customers(impact: Impact) -> bool:
    if impact.amount is None or impact.amount <= 0:
        return False
    return _CUSTOMERS.search(f"{impact.what} {impact.unit}") is not None


@rule("A06", "priorities that do not rank", "warning", "severity", "impacts", "actions")
def priorities(this: Rule, facts: Facts) -> Iterator[Finding]:
    """All actions have the same priority, or none is urgent although customers were hit."""
    actions = [action for action in facts.incident.actions if not _dropped(action)]
    found = [action.priority.strip().upper() for action in actions]
    if not found or not all(priority in PRIORITIES for priority in found):
        return
    urgent = {"P0", "P1"} & set(found)
    hit = next((impact for impact in facts.incident.impacts if _hit_customers(impact)), None)
    grave = facts.incident.severity.strip().upper() in ("SEV0", "SEV1")
    if not urgent and (hit is not None or grave):
        why = f"the impact says {named(hit)}" if hit else f"the severity is {facts.incident.severity.strip()}"
        message = f"no action is P0 or P1, although {why}"
        yield this.finding("actions", message, "Say which one must not wait, or why all of them can.")
    elif len(found) > 2 and len(set(found)) == 1:
        message = f"all {len(found)} actions are {found[0]}"
        yield this.finding(
            "actions", message, "Rank them: a priority that all have says nothing about what comes first."
        )


@rule("A07", "nothing that prevents or detects", "warning", "status", "timeline", "actions")
def one_sided(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The actions only make the next time shorter, and leave it as likely and as hard to notice as it was."""
    if not reached(facts.incident.status, "in-review"):
        return
    actions = [action for action in facts.incident.actions if not _dropped(action)]
    types = {action.type.strip().casefold() for action in actions}
    if len(actions) < 2 or not types <= set(ACTION_TYPES):
        return
    only = f"only {listed(sorted(types), 4)}"
    if not types & {"prevent", "detect"}:
        message = f"no action prevents it or helps to notice it sooner: there is {only}"
        hint = "Ask what would have stopped it, and what would have shown it earlier; or say why nothing can."
        yield this.finding("actions", message, hint)
    elif "prevent" not in types:
        message = f"no action makes it less likely: there is {only}"
        yield this.finding("actions", message, "Ask what would have stopped it; or say why it may happen again.")
    elif "detect" not in types and (took := _until_noticed(facts)) >= _LATE:
        message = f"it took {span_text(took)} to notice, and no action is of the type detect"
        hint = "Ask what would have shown it earlier, or give the action that does so its type."
        yield replace(this.finding("actions", message, hint), severity="info")


def _until_noticed(facts: Facts) -> int:
    """Microseconds from the start of the impact until it was noticed, at the least; 0 if that is not known."""
    times = facts.timeline.reached
    if "impact-start" not in times or "detected" not in times:
        return 0
    return max(0, times["detected"].earliest - times["impact-start"].latest)

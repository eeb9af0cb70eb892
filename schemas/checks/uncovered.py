"""Causes and difficulties that no action speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from schemas.checks.naming import counted, listed, named, quoted
from schemas.checks.probes import Probes, holds
from schemas.checks.prose import REMEMBERED, plain, unwritten
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.stages import reached
from schemas.likeness import subjects
from schemas.patterns import late

_ACCEPTED: Final = late(
    r"\b(?:accept(?:ed|s)? (?:the |this |that |it |as )?\w*|risk is accepted|accepted risk|live with|no action"
    r"|nothing (?:will|can|is to) be (?:done|changed)|won't (?:fix|change)|will not (?:fix|change))\b",
    re.IGNORECASE,
)
"""Words that say that something is left as it is on purpose."""

_ACCEPTED_PROBES: Final = Probes("accept", "live with", "no action", "nothing ", "won't ", "will not ")

_ITEM: Final = late(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(\S[^\n]*)", re.MULTILINE)

_FEWEST: Final = 3
"""A cause in fewer telling words than this cannot be looked for among the actions."""

_EVERYWHERE: Final = subjects(
    "alert alerts incident incidents outage issue issues problem problems service services system systems server"
    " servers production error errors failure failures failing customer customers user users team teams page monitoring"
)
"""Subjects that causes and actions of any incident share."""


@lru_cache(maxsize=512)
def telling(text: str) -> frozenset[str]:
    """The subjects of a text by which it could be known again."""
    return subjects(plain(text)) - _EVERYWHERE


@lru_cache(maxsize=REMEMBERED)
def difficulties(section: str) -> tuple[str, ...]:
    """The items of a list, as they stand in the section on what went poorly."""
    return tuple(match[1].strip() for match in _ITEM.finditer(section))


@rule("A10", "cause without an action", "info", "status", "sections", "factors", "actions")
def uncovered(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A factor or a difficulty has not one telling word in common with any action, and nothing says it is accepted."""
    incident = facts.incident
    if not incident.actions or not reached(incident.status, "in-review"):
        return
    covered = frozenset[str]().union(*(telling(action.text) for action in incident.actions))
    sections = incident.sections
    told = "\n".join((sections.root_cause, sections.went_poorly, sections.lessons, sections.open_questions))
    lines = told.split("\n") if holds(told.lower(), _ACCEPTED_PROBES) else []
    accepted = frozenset[str]().union(*(telling(line) for line in lines if _ACCEPTED.search(line)))

    def open_ended(text: str) -> bool:
        words = telling(text)
        return len(words) >= _FEWEST and not words & covered and not words & accepted and not _ACCEPTED.search(text)

    factors = [factor for factor in incident.factors if open_ended(factor.text)]
    hint = "Add an action for it, or say that the risk is accepted and why."
    if factors:
        share = f"{len(factors)} of {counted(len(incident.factors), 'factor')}"
        verb = "has" if len(factors) == 1 else "have"
        names = listed([named(factor) for factor in factors], 2)
        yield this.finding("factors", f"{share} {verb} no word in common with any action: {names}", hint)
    if unwritten(sections.went_poorly, "went_poorly"):
        return
    hard = difficulties(sections.went_poorly)
    left = [item for item in hard if open_ended(item)]
    if left:
        verb = "has" if len(left) == 1 else "have"
        names = listed([quoted(item.replace('"', "'")) for item in left], 2)
        share = f"{len(left)} of {counted(len(hard), 'difficulty', 'difficulties')}"
        message = f"{share} {verb} no word in common with any action: {names}"
        yield this.finding("sections/went_poorly", message, hint)

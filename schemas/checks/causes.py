"""Faults in what is told of the causes: none, only one, or the trigger once more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from schemas.checks.naming import place
from schemas.checks.prose import REMEMBERED, plain, sentences, unwritten
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.stages import reached
from schemas.likeness import overlap, subjects
from schemas.patterns import late

_SAME: Final = 0.75
"""Two texts with this share of their subjects in common say the same."""

_FEWEST: Final = 3
"""Texts about fewer things than this are not compared."""

_MORE: Final = late(
    r"\b(?:and|also|because|since|which|so that|while|although|but|both|besides|moreover|together|contribut\w+|factors"
    r"|causes|reasons|several|two|three|first|second|why)\b|[;:]|\d[.)]\s",
    re.IGNORECASE,
)
"""Words of a sentence that tells more than one thing."""


@rule(
    "C05", "no cause, only one, or only the trigger", "error", "status", "severity", "sections", "factors", "policy"
)  # fmt: skip
def causes(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Neither a root cause nor a contributing factor is written down, or too little to learn from."""
    incident = facts.incident
    asked = facts.policy.required_sections(incident.status, incident.severity)
    body, trigger = incident.sections.root_cause, incident.sections.trigger
    written = not unwritten(body, "root_cause")
    factors = [factor for factor in incident.factors if not unwritten(factor.text)]
    if not written and not factors:
        finding = this.finding(
            "sections/root_cause",
            "there is neither a root cause nor a contributing factor",
            "Say what made it possible; several contributing factors are better than one root cause.",
        )
        yield finding if "root_cause" in asked else replace(finding, severity="warning")
    elif len(factors) < 2 and written and not unwritten(trigger, "trigger") and says_the_same(body, trigger):
        message = "the root cause repeats the trigger"
        hint = "The trigger set it off; say what let it do so much harm."
        yield replace(this.finding("sections/root_cause", message, hint), severity="info")
    # Drafts grow; what they have not got yet is no fault.
    elif reached(incident.status, "in-review") and len(factors) < 2 and (not written or only_one(body)):
        where = place("factors", factors[0].id) if factors and not written else "sections/root_cause"
        hint = "Ask what else had to be so: what made it likely, hid it, or made it longer or worse."
        yield replace(this.finding(where, "only one cause is told", hint), severity="info")


@lru_cache(maxsize=REMEMBERED)
def only_one(body: str) -> bool:
    """Whether a text on causes is one plain sentence."""
    said = sentences(plain(body).strip())
    return len(said) == 1 and not _MORE.search(said[0].rstrip(" :;"))


@lru_cache(maxsize=REMEMBERED)
def says_the_same(one: str, other: str) -> bool:
    """Whether two texts are about the same things, in whatever order and form, or one holds no more than the other."""
    first, second = subjects(plain(one)), subjects(plain(other))
    if " ".join(one.casefold().split()) == " ".join(other.casefold().split()):
        return True
    return min(len(first), len(second)) >= _FEWEST and (overlap(first, second) >= _SAME or first <= second)

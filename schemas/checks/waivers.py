"""Waivers that have nothing left to waive, or that cannot be understood."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import edits
from schemas.checks.naming import place, quoted
from schemas.checks.registry import RULES, Facts, Finding, Fix, Rule, rule
from schemas.checks.waiving import around
from schemas.incident import Waiver


@rule("P10", "waiver that waives nothing", "warning", "waivers", "policy", "found")
def idle(this: Rule, facts: Facts) -> Iterator[Finding]:
    """What was accepted is not there any more, or there never was such a check."""
    if not facts.incident.waivers:
        return
    found = {(finding.rule, place_or_more) for finding in facts.found for place_or_more in around(finding.where)}
    for waiver in facts.incident.waivers:
        where = place("waivers", f"{waiver.rule} {waiver.where}".strip())
        if waiver.rule == this.id:
            continue
        on = f" on {waiver.where}" if waiver.where else ""
        if waiver.rule not in RULES:
            message = f"the waiver{on} is for {quoted(waiver.rule)}, and there is no such check"
            from difflib import get_close_matches  # late: most waivers are for a rule that there is

            near = get_close_matches(waiver.rule.strip().upper(), RULES, n=1)
            hint = f"Write {near[0]} if that is meant, or take the waiver out." if near else "Take the waiver out."
            yield this.finding(where, message, hint, _drop(waiver))
            continue
        # What depends on other incidents is not found where only this one is looked at.
        alone = "neighbours" not in RULES[waiver.rule].reads
        if alone and facts.policy.wants(waiver.rule) and (waiver.rule, waiver.where) not in found:
            message = f"the waiver of {waiver.rule}{on} waives nothing"
            hint = "Take it out: it would hide the next fault of this kind."
            yield this.finding(where, message, hint, _drop(waiver))


def _drop(waiver: Waiver) -> Fix:
    return Fix("take the waiver out", lambda incident: edits.unwaive(incident, waiver.rule, waiver.where))

"""Faults found in an incident: a family of rules a file, one registry.

Ids are stable: T for times, C for content, A for actions, P for process.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from schemas import metrics, timeline
from schemas.checks import (
    acronyms,
    action_plan,
    actions,
    beginnings,
    causes,
    clock_changes,
    clock_jumps,
    content,
    date_doubts,
    disclosure,
    evidence,
    evidence_links,
    far_times,
    impact,
    leftovers,
    milestones,
    order,
    ownership,
    pasted_logs,
    places,
    process,
    repeats,
    signed,
    stated,
    times,
    uncovered,
    waivers,
    wording,
)
from schemas.checks.registry import RULES, Facts, Finding, Fix, Report, Rule, Severity, run
from schemas.incident import Incident
from schemas.neighbours import Neighbour
from schemas.policy import DEFAULT, Policy

FAMILIES = (
    far_times, times, date_doubts, order, milestones, beginnings, places, clock_jumps, clock_changes, stated,
    evidence_links, content, impact, causes, wording, acronyms, pasted_logs, disclosure, leftovers, actions,
    ownership, action_plan, repeats, uncovered, process, signed, evidence, waivers,
)  # fmt: skip
"""The files that declare rules; importing them registers the rules."""

__all__ = ["RULES", "Facts", "Finding", "Fix", "Report", "Rule", "Severity", "check", "run"]


def check(
    incident: Incident, now: datetime, policy: Policy = DEFAULT, neighbours: Sequence[Neighbour] = ()
) -> Report:  # fmt: skip
    """Run every rule that the policy wants over an incident as it stands at `now` (aware)."""
    story = timeline.build(incident)
    return run(Facts(incident, story, metrics.measure(story, policy.metrics), now, policy, neighbours))

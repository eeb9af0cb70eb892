"""The registry of checks: rules declare what they read, run over facts, and tell findings.

A rule is a pure function from `Facts` to findings. It names the fields of the incident that it reads, so that after an
edit only the rules that read something changed are run again. One that reads `found` runs after all others. A rule that
raises is a fault of the program and not hidden: findings would be missing without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from operator import is_
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from schemas.checks.waiving import Waivers
from schemas.incident import Incident, Waiver
from schemas.metrics import Measurement
from schemas.neighbours import Neighbour
from schemas.policy import DEFAULT, Policy
from schemas.timeline import Timeline

Severity = Literal["error", "warning", "info"]
SEVERITY_ORDER: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "info": 2}


class Fix(Struct, frozen=True):
    """A change that would settle a finding, and what it is called, such as "set the zone to UTC"."""

    label: str
    edit: Callable[[Incident], Incident]


class Finding(Struct, frozen=True):
    """One fault: where it is, what is wrong and what to do about it.

    `where` is a place in the file such as `events/k7q2/at`, `sections/impact`, `zone`; `waived` is the reason for which
    the finding is accepted, or empty.
    """

    rule: str
    severity: Severity
    where: str
    message: str
    hint: str
    fix: Fix | None = None
    waived: str = ""


class Facts(Struct, frozen=True):
    """What rules look at. `now` is an aware date-time, given from outside so that a check can be repeated.

    `policy` is what the team has agreed on; `neighbours` are the other incidents of the library, as far as they are
    known; `found` is what the rules have found that do not look at findings themselves, waived or not.
    """

    incident: Incident
    timeline: Timeline
    measurements: tuple[Measurement, ...]
    now: datetime
    policy: Policy = DEFAULT
    neighbours: Sequence[Neighbour] = ()
    found: tuple[Finding, ...] = ()


Check = Callable[[Facts], Iterator[Finding]]


class Rule(Struct, frozen=True):
    """A named check. `reads` lists what it depends on: fields of the incident, and facts other than the incident."""

    id: str
    title: str
    severity: Severity
    reads: tuple[str, ...]
    check: Check

    def finding(self, where: str, message: str, hint: str, fix: Fix | None = None) -> Finding:
        """A finding of this rule, with its severity."""
        return Finding(self.id, self.severity, where, message, hint, fix)


RULES: Final[dict[str, Rule]] = {}
"""All rules by id, in the order in which they were declared."""

Body = Callable[[Rule, Facts], Iterator[Finding]]


_OTHER_FACTS: Final = frozenset({"timeline", "measurements", "now", "policy", "neighbours", "found"})


def rule(rule_id: str, title: str, severity: Severity, *reads: str) -> Callable[[Body], Body]:
    """Register a check under an id.

    Raises:
        ValueError: the id is taken, or a field in `reads` does not exist.
    """
    if rule_id in RULES:
        raise ValueError(f"two checks are called {rule_id}")
    if unknown := set(reads) - set(Incident.model_fields) - _OTHER_FACTS:
        raise ValueError(f"{rule_id} reads unknown fields: {', '.join(sorted(unknown))}")

    def register(body: Body) -> Body:
        RULES[rule_id] = made = Rule(rule_id, title, severity, reads, lambda facts: body(made, facts))
        return body

    return register


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one incident, worst first; what each rule found, waived or not; and what the rules looked at."""

    findings: tuple[Finding, ...]
    by_rule: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict, repr=False)
    of: Facts | None = field(default=None, repr=False, compare=False)

    def active(self) -> tuple[Finding, ...]:
        """The findings that are not waived."""
        return tuple(finding for finding in self.findings if not finding.waived)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are not waived."""
        return sum(1 for finding in self.findings if finding.severity == severity and not finding.waived)


def run(facts: Facts, previous: Report | None = None, rules: Iterable[Rule] | None = None) -> Report:
    """Run the rules that the policy wants; what a `previous` report found in unchanged fields is kept."""
    kept, changed = _changes(facts, previous)
    by_rule: dict[str, tuple[Finding, ...]] = {}
    first, last = in_turn(facts.policy, RULES.values() if rules is None else rules)
    for each in first:
        known = kept.get(each.id) if changed.isdisjoint(each.reads) else None
        by_rule[each.id] = tuple(each.check(facts)) if known is None else known
    found = facts.found + tuple(chain.from_iterable(by_rule.values()))
    looked_at = replace(facts, found=found)
    if last and previous is not None and previous.of is not None and _same(found, previous.of.found):
        changed -= {"found"}
    for each in last:
        known = kept.get(each.id) if changed.isdisjoint(each.reads) else None
        by_rule[each.id] = tuple(each.check(looked_at)) if known is None else known
    told = chain.from_iterable(by_rule.values())
    return Report(in_order(told, facts.incident.waivers), by_rule, looked_at)


def _changes(facts: Facts, previous: Report | None) -> tuple[Mapping[str, tuple[Finding, ...]], set[str]]:
    """What an earlier report found, and the names of what is not the same as it was then."""
    if previous is None or previous.of is None:
        return {}, set()
    old, changed = previous.of, {"found"}
    if facts.incident is not old.incident:
        was, now = vars(old.incident), vars(facts.incident)
        changed |= {name for name, value in now.items() if not _alike(value, was[name])}
    for name in ("timeline", "measurements", "policy", "neighbours"):
        if getattr(facts, name) is not getattr(old, name):
            changed.add(name)
    if facts.now.replace(second=0, microsecond=0) != old.now.replace(second=0, microsecond=0):
        changed.add("now")
    return previous.by_rule, changed


def _alike(a: object, b: object) -> bool:
    return a is b or (isinstance(a, str) and a == b)


def _same(old: tuple[Finding, ...], new: tuple[Finding, ...]) -> bool:
    return len(old) == len(new) and all(map(is_, old, new))


def in_turn(policy: Policy, rules: Iterable[Rule]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules that a policy wants: those that look at the incident, and those that then look at what was found."""
    wanted = [each for each in rules if policy.wants(each.id)] if policy.select or policy.ignore else [*rules]
    return (
        tuple(each for each in wanted if "found" not in each.reads),
        tuple(each for each in wanted if "found" in each.reads),
    )


def in_order(findings: Iterable[Finding], waivers: tuple[Waiver, ...]) -> tuple[Finding, ...]:
    """The findings, worst first and the waived ones last, with the reasons for which those are accepted."""
    known = Waivers(waivers)
    told = [_waived(finding, known) if waivers else finding for finding in findings]
    told.sort(key=lambda finding: (bool(finding.waived), SEVERITY_ORDER[finding.severity]))
    return tuple(told)


def _waived(finding: Finding, waivers: Waivers) -> Finding:
    """The finding with the reason for which it is accepted, if it is."""
    waiver = waivers.of(finding.rule, finding.where)
    return finding if waiver is None else replace(finding, waived=waiver.reason or "no reason given")

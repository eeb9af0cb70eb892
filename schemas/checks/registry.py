"""The registry of checks: rules declare what they read, run over facts, and tell findings.

A rule is a pure function from `Facts` to findings. It names the fields of the incident that it reads, so that after an
edit only the rules that read something changed are run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from schemas.incident import Incident, Waiver
from schemas.metrics import Measurement
from schemas.neighbours import Neighbour
from schemas.policy import DEFAULT, Policy
from schemas.timeline import Timeline

Severity = Literal["error", "warning", "info"]
SEVERITY_ORDER: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that would settle a finding, and what it is called, such as "set the zone to UTC"."""

    label: str
    edit: Callable[[Incident], Incident]


@dataclass(frozen=True, slots=True)
class Finding:
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


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules look at. `now` is an aware date-time, given from outside so that a check can be repeated.

    `policy` is what the team has agreed on; `neighbours` are the other incidents of the library, as far as they are
    known.
    """

    incident: Incident
    timeline: Timeline
    measurements: tuple[Measurement, ...]
    now: datetime
    policy: Policy = DEFAULT
    neighbours: tuple[Neighbour, ...] = ()


Check = Callable[[Facts], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
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


_OTHER_FACTS: Final = frozenset({"timeline", "measurements", "now", "policy", "neighbours"})


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
    """The findings of one incident, worst first, and what each rule had read to find them."""

    findings: tuple[Finding, ...]
    by_rule: Mapping[str, tuple[tuple[object, ...], tuple[Finding, ...]]] = field(default_factory=dict, repr=False)

    def active(self) -> tuple[Finding, ...]:
        """The findings that are not waived."""
        return tuple(finding for finding in self.findings if not finding.waived)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are not waived."""
        return sum(1 for finding in self.findings if finding.severity == severity and not finding.waived)


def run(facts: Facts, previous: Report | None = None, rules: Iterable[Rule] | None = None) -> Report:
    """Run the rules that the policy wants; what a `previous` report found in unchanged fields is kept."""
    known = previous.by_rule if previous else {}
    by_rule = {}
    for each in RULES.values() if rules is None else rules:
        if not facts.policy.wants(each.id):
            continue
        read = _read(each, facts)
        before = known.get(each.id)
        if before is not None and _same(before[0], read):
            by_rule[each.id] = before
        else:
            by_rule[each.id] = (read, tuple(each.check(facts)))
    waivers = facts.incident.waivers
    found = [_waived(finding, waivers) for _, findings in by_rule.values() for finding in findings]
    found.sort(key=lambda finding: (bool(finding.waived), SEVERITY_ORDER[finding.severity]))
    return Report(tuple(found), by_rule)


def _read(each: Rule, facts: Facts) -> tuple[object, ...]:
    values: list[object] = []
    for name in each.reads:
        if name == "now":
            values.append(facts.now.replace(second=0, microsecond=0))
        else:
            values.append(getattr(facts if name in _OTHER_FACTS else facts.incident, name))
    return tuple(values)


def _same(old: tuple[object, ...], new: tuple[object, ...]) -> bool:
    return all(a is b or (isinstance(a, str | datetime) and a == b) for a, b in zip(old, new, strict=True))


def _waived(finding: Finding, waivers: tuple[Waiver, ...]) -> Finding:
    for waiver in waivers:
        covers = not waiver.where or finding.where == waiver.where or finding.where.startswith(f"{waiver.where}/")
        if waiver.rule == finding.rule and covers:
            return replace(finding, waived=waiver.reason or "no reason given")
    return finding

"""Faults in the milestones: missing ones, ones out of order, words that name none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import Final

from msgspec.structs import replace

from schemas.checks.milestone_marks import EITHER_WAY, mark, said_by_events
from schemas.checks.naming import (
    AT_MOST,
    choices,
    counted,
    listed,
    milestone_time,
    named,
    place,
    quoted,
    same_word,
    when,
)
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.checks.stages import reached
from schemas.incident import KINDS, MILESTONES, Event, Incident

_UNUSUAL: Final = frozenset({("detected", "mitigated"), ("detected", "recovered")})
"""Pairs whose order is worth a question: an impact may be over before anybody knew of it, but it is rare."""


@rule("T01", "milestone missing", "warning", "timeline", "measurements", "status")
def missing(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A length that the profile prints cannot be known, because a milestone is not marked or has no time."""
    story = facts.timeline
    if not story.entries:
        return
    needed = {name: measurement.metric for measurement in reversed(facts.measurements) for name in measurement.missing}
    names = [name for name in MILESTONES if name in needed]
    severity = this.severity if reached(facts.incident.status, "in-review") else "info"
    unmarked = [name for name in names if name not in story.milestones]
    told = said_by_events(story, unmarked) if unmarked else {}
    if not story.milestones:
        message = "no event is marked as a milestone, so no length can be measured"
        hint = f"Mark the events that are its turning points: {listed(unmarked, 8)}."
        yield replace(this.finding("events", message, hint, mark(told) if told else None), severity=severity)
        return
    for name, entry in told.items():
        lengths = _unknown_without([name], facts)
        message = (
            f"no event is marked as {name}, but {named(entry.event)} ({when(entry)}) says so; not known: {lengths}"
        )
        found = this.finding(
            place("events", entry.event.id), message, "Mark that event, or another.", mark({name: entry})
        )
        yield replace(found, severity=severity)
    if rest := [name for name in unmarked if name not in told]:
        message = (
            f"no event is marked as {choices(rest)}, so these lengths are not known: {_unknown_without(rest, facts)}"
        )
        hint = "Mark the event in which it happened; if it never did, waive this and say so."
        yield replace(this.finding("events", message, hint), severity=severity)
    untimed: dict[str, list[str]] = {}
    for name in names:
        if name in story.milestones:
            untimed.setdefault(story.milestones[name].event.id, []).append(name)
    for marks in untimed.values():
        event = story.milestones[marks[0]].event
        of_pairs = dict.fromkeys(f"{needed[name].label} ({needed[name].pair})" for name in marks)
        lost = f"{listed(list(of_pairs), 5)} {'is' if len(of_pairs) == 1 else 'are'} not known"
        message = f"{named(event)} is marked as {listed(marks, 8)} but has no time, so {lost}"
        hint = "Set its time as well as it is known: about, between two times, or only the day."
        yield replace(this.finding(place("events", event.id, "at"), message, hint), severity=severity)


def _unknown_without(names: Sequence[str], facts: Facts) -> str:
    """The lengths that are not known as long as milestones are missing."""
    unknown = [m.metric for m in facts.measurements if set(m.missing) & set(names)]
    return listed([f"{metric.label} ({metric.pair})" for metric in unknown], 5)


@rule("T02", "milestones out of order", "error", "timeline")
def disordered(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Two milestones contradict each other: the later one lies before the earlier one, however inexact they are."""
    story = facts.timeline
    known = story.reached
    conflicts = [
        (before, after)
        for before, after in combinations([name for name in MILESTONES if name in known], 2)
        if (before, after) not in EITHER_WAY and known[before].earliest > known[after].latest
    ]
    while conflicts:
        # One mistyped time quarrels with many others: name the one, not each quarrel.
        counts = Counter(name for pair in conflicts for name in pair)
        worst = max(reversed(MILESTONES), key=lambda name: counts[name])
        pairs = [pair for pair in conflicts if worst in pair]
        conflicts = [pair for pair in conflicts if worst not in pair]
        sides = []
        for side, which in (("after", 0), ("before", 1)):
            others = [pair[1 - which] for pair in pairs if pair[which] == worst]
            if others:
                sides.append(f"{side} {listed([f'{name} ({milestone_time(story, name)})' for name in others], 8)}")
        message = f"{worst} ({milestone_time(story, worst)}) lies {' and '.join(sides)}"
        where = place("events", story.milestones[worst].event.id, "at")
        if _UNUSUAL.issuperset(pairs):
            hint = "Correct the times, or waive this if it was over before anybody knew."
            yield replace(this.finding(where, message, hint), severity="warning")
        else:
            hint = "Correct the times, or mark the event in which it really happened."
            yield this.finding(where, message, hint)


@rule("C14", "unknown milestone or kind", "warning", "timeline")
def unknown_words(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A milestone or kind on an event that nothing knows is neither measured nor shown."""
    milestones: dict[str, list[str]] = {}
    kinds: dict[str, list[str]] = {}
    for event in facts.timeline.of_events.gathered(_with_unknown_words):
        if event.kind and event.kind not in KINDS:
            kinds.setdefault(event.kind, []).append(event.id)
        for milestone in event.milestones:
            if milestone not in MILESTONES:
                milestones.setdefault(milestone, []).append(event.id)
    for field, thing, unknown, known in (
        ("milestones", "milestone", milestones, MILESTONES),
        ("kind", "kind", kinds, KINDS),
    ):
        for word, ids in list(unknown.items())[:AT_MOST]:
            right = same_word(word, known)
            on = counted(len(ids), "event") if len(ids) > 1 else "an event"
            message = f"{on} {'have' if len(ids) > 1 else 'has'} the unknown {thing} {quoted(word)}"
            fix = None
            if right:
                label = f"write {right} instead of {quoted(word)}"
                fix = Fix(label, partial(_replace_word, field=field, wrong=word, right=right))
            hint = f"Write {right}." if right else f"Use {choices(known)}."
            yield this.finding(place("events", ids[0], field), message, hint, fix)
        if more := list(unknown)[AT_MOST:]:
            message = f"{counted(len(more), f'more {thing} is', f'more {thing}s are')} not known"
            yield this.finding("events", message, f"Use {choices(known)}.")


def _with_unknown_words(events: tuple[Event, ...]) -> list[Event]:
    return [
        event
        for event in events
        if (event.kind and event.kind not in KINDS)
        or (event.milestones and any(milestone not in MILESTONES for milestone in event.milestones))
    ]


def _replace_word(incident: Incident, field: str, wrong: str, right: str) -> Incident:
    events = []
    for event in incident.events:
        if field == "kind" and event.kind == wrong:
            event = event.changed(kind=right)
        elif field == "milestones" and wrong in event.milestones:
            words = (right if word == wrong else word for word in event.milestones)
            event = event.changed(milestones=tuple(dict.fromkeys(words)))
        events.append(event)
    return incident.model_copy(update={"events": tuple(events)})

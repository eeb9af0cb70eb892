"""Durations as named pairs of milestones, with bounds.

A metric is data: an id, a label, the milestones it runs from and to, and the clock it is measured with. Which pairs
a team uses is a profile. A length is never shown without its pair, because "time to resolve" means something else in
every tool: see the definitions compared in the project's documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.entries import Entry
from schemas.incident import MILESTONES
from schemas.moments import Duration, Interval, between
from schemas.profiles import PROFILES, Metric, Profile
from schemas.timeline import Timeline


class Measurement(Struct, frozen=True):
    """What a metric comes to in one incident.

    `length` is None where `missing` names milestones without a time, of which `untimed` are marked at an event, or
    where it cannot be measured by the hours that count for the `reason` given. `note` says what the number by itself
    would hide, such as that both milestones are one event.
    """

    metric: Metric
    length: Duration | None
    missing: tuple[str, ...] = ()
    untimed: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The length, or why there is none: `20h 00m`, `about 1h 24m`, `unknown (no detected)`."""
        if self.known and self.length is not None:
            return self.length.text
        return f"unknown ({self.why})"

    @property
    def said(self) -> str:
        """The same with what it would hide: `0m, impact start and detected are the same event`."""
        return f"{self.text}, {self.note}" if self.note else self.text

    @property
    def why(self) -> str:
        """Why the length is unknown: `no detected` where no event is marked so, `no time for detected` where one is;
        empty if it is known."""
        if self.length is not None:
            backwards = f"{_plain(self.metric.end)} is before {_plain(self.metric.start)}"
            return backwards if self.length.backwards else ""
        if self.reason:
            return self.reason
        unmarked = [f"no {_plain(name)}" for name in self.missing if name not in self.untimed]
        untimed = [_plain(name) for name in self.missing if name in self.untimed]
        return " and ".join([*unmarked, *([f"no time for {' and '.join(untimed)}"] if untimed else [])])

    @property
    def known(self) -> bool:
        """Whether there is a length to show."""
        return self.length is not None and not self.length.backwards


_WHOLE: Final = (
    Metric("whole", "length", "impact-start", "recovered"),
    Metric("whole", "length", "impact-start", "resolved"),
    Metric("whole", "length", "detected", "recovered"),
)
"""What else may stand for the length of an incident, where milestones are missing or the profile has other metrics."""


def measure(timeline: Timeline, profile: Profile = PROFILES["default"]) -> tuple[Measurement, ...]:
    """Every metric of a profile for one incident, in the profile's order."""
    return tuple(measured(timeline, metric) for metric in profile)


def measured(timeline: Timeline, metric: Metric) -> Measurement:
    """One metric for one incident; nothing at all passes between two milestones of the same moment of one event."""
    start, end = timeline.reached.get(metric.start), timeline.reached.get(metric.end)
    if start is None or end is None:
        missing = tuple(name for name in (metric.start, metric.end) if name not in timeline.reached)
        untimed = tuple(name for name in missing if name in timeline.milestones)
        return Measurement(metric, None, missing, untimed)
    if metric.hours is not None and (reason := _off_the_calendar(timeline, metric)):
        return Measurement(metric, None, reason=reason)
    if start is end:
        length = Duration(0, 0, 0)
    else:
        length = metric.hours.between(start, end) if metric.hours else between(start, end)
    return Measurement(metric, length, note=_hidden(timeline, metric, start, end, length))


class Compared(Struct, frozen=True):
    """One pair of milestones by one clock, what it comes to, and what it is called: (profile, label) for each profile
    that measures it."""

    measurement: Measurement
    names: tuple[tuple[str, str], ...]

    @property
    def called(self) -> str:
        """`resolve (default, pagerduty), repair (datadog)`: each name with the profiles that use it."""
        by_label: dict[str, list[str]] = {}
        for profile, label in self.names:
            by_label.setdefault(label, []).append(profile)
        return ", ".join(f"{label} ({', '.join(profiles)})" for label, profiles in by_label.items())


def side_by_side(timeline: Timeline, profiles: Mapping[str, Profile] = PROFILES) -> tuple[Compared, ...]:
    """What one incident is called by several profiles: each pair of milestones once, with all its names.

    In the order of the milestones that the pairs begin with, then of those that they end with; elapsed time before
    hours that count.
    """
    names: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    metrics: dict[tuple[str, str, str], Metric] = {}
    for profile, each in profiles.items():
        for metric in each:
            pair = (metric.start, metric.end, metric.hours.text if metric.hours else "")
            metrics.setdefault(pair, metric)
            names.setdefault(pair, []).append((profile, metric.label))
    pairs = sorted(names, key=lambda pair: (MILESTONES.index(pair[0]), MILESTONES.index(pair[1]), pair[2]))
    return tuple(Compared(measured(timeline, metrics[pair]), tuple(names[pair])) for pair in pairs)


def headline(measurements: tuple[Measurement, ...], timeline: Timeline) -> tuple[str, Duration] | None:
    """The one length that stands for the incident in a list, with its definition; None if nothing is known.

    The impact where it is known, else the time to resolve, else from the first sign of the incident to its end (see
    `_WHOLE`), else from the first event to the last.
    """
    known = {m.metric.id: m for m in measurements if m.known}
    whole = (measured(timeline, metric) for metric in _WHOLE)
    for found in (known.get("impact"), known.get("resolve"), *whole):
        if found is not None and found.known and found.length is not None:
            return found.metric.definition, found.length
    return ("first event → last event", timeline.span) if timeline.span else None


def _hidden(timeline: Timeline, metric: Metric, start: Interval, end: Interval, length: Duration) -> str:
    """What a length of nothing does not say by itself."""
    if length.longest or length.backwards or metric.start == metric.end:
        return ""
    both = f"{_plain(metric.start)} and {_plain(metric.end)}"
    if timeline.milestones[metric.start] is timeline.milestones[metric.end]:
        return f"{both} are the same event"
    if start.nominal == end.nominal:
        return f"{both} have the same time"
    return f"all of it is outside of {metric.hours.text}" if metric.hours else ""


def _off_the_calendar(timeline: Timeline, metric: Metric) -> str:
    """Why the hours that count cannot be laid over a length, or nothing."""
    entries = [timeline.milestones[name] for name in (metric.start, metric.end)]
    if not all(entry.dated for entry in entries):
        return "without a date there are no hours to count"
    if not all(_zone_is_known(entry, timeline) for entry in entries):
        return "without a time zone there are no hours to count"
    return ""


def _zone_is_known(entry: Entry, timeline: Timeline) -> bool:
    if timeline.zone is not None and not timeline.zone_assumed:
        return True
    event = entry.event
    own = event.zone and zones.resolve(event.zone) is not None
    return bool(own) or (isinstance(event.at, datetime) and event.at.tzinfo is not None)


def _plain(milestone: str) -> str:
    return milestone.replace("-", " ")

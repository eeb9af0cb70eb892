"""Durations as named pairs of milestones, with bounds.

A metric is data: an id, a label, the milestones it runs from and to, and the clock it is measured with. Which pairs
a team uses is a profile. A length is never shown without its pair, because "time to resolve" means something else in
every tool: see the definitions compared in the project's documentation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schemas.moments import Duration, between
from schemas.profiles import PROFILES, Metric, Profile
from schemas.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a metric comes to in one incident. `length` is None where `missing` names milestones without a time."""

    metric: Metric
    length: Duration | None
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The length, or why there is none: `20h 00m`, `about 1h 24m`, `unknown (no time for detected)`."""
        if self.length is None:
            return f"unknown (no time for {' and '.join(_plain(name) for name in self.missing)})"
        if self.length.backwards:
            return f"unknown ({_plain(self.metric.end)} is before {_plain(self.metric.start)})"
        return self.length.text

    @property
    def known(self) -> bool:
        """Whether there is a length to show."""
        return self.length is not None and not self.length.backwards


_WHOLE: Final = (
    Metric("whole", "length", "impact-start", "resolved"),
    Metric("whole", "length", "detected", "recovered"),
)
"""What else may stand for the length of an incident in which milestones are missing."""


def measure(timeline: Timeline, profile: Profile = PROFILES["default"]) -> tuple[Measurement, ...]:
    """Every metric of a profile for one incident, in the profile's order."""
    return tuple(measured(timeline, metric) for metric in profile)


def measured(timeline: Timeline, metric: Metric) -> Measurement:
    """One metric for one incident; nothing at all passes between two milestones of the same moment of one event."""
    start, end = timeline.reached.get(metric.start), timeline.reached.get(metric.end)
    if start is None or end is None:
        ends = ((metric.start, start), (metric.end, end))
        return Measurement(metric, None, tuple(name for name, moment in ends if moment is None))
    if start is end:
        return Measurement(metric, Duration(0, 0, 0))
    return Measurement(metric, metric.hours.between(start, end) if metric.hours else between(start, end))


def headline(measurements: tuple[Measurement, ...], timeline: Timeline) -> tuple[str, Duration] | None:
    """The one length that stands for the incident in a list, with its definition; None if nothing is known.

    The impact where it is known, else the time to resolve, else from the first sign of the incident to its end (see
    `_WHOLE`), else from the first event to the last.
    """
    known = {m.metric.id: m for m in measurements if m.known}
    whole = (measured(timeline, metric) for metric in _WHOLE)
    for found in (known.get("impact"), known.get("resolve"), *whole):
        if found is not None and found.known and found.length is not None:
            return found.metric.pair, found.length
    return ("first event → last event", timeline.span) if timeline.span else None


def _plain(milestone: str) -> str:
    return milestone.replace("-", " ")

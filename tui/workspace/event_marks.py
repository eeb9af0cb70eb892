"""What the findings say about single events: a mark for each event's time, a flag for the rest, and the findings.

Made from the findings alone, once for each report, so that drawing an event is a look into a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Final

from msgspec import Struct

from schemas import zones
from schemas.checks import Finding
from schemas.incident import Event
from schemas.timeline import Timeline
from tui.workspace.outline import spot_of

DOUBTS: Final = {"T05": "?", "T06": "?", "T07": "±", "T13": "↶", "T19": "⇄"}
"""The marks of times that may mean another instant: a zone that is doubtful, a clock that was changed, that ran
backwards, a date that can be read in two ways."""

_SEVERITIES: Final = {"error": "✗", "warning": "!", "info": "·"}
_OF_A_TIME: Final = frozenset({"at", "until", "latest", "margin", "recorded", "zone", "as_written"})


class EventMark(Struct, frozen=True):
    """What is drawn on an event: the mark at its time and the severity of the finding behind it, and the severity of
    the worst finding on anything else of it. Empty where there is nothing."""

    time: str = ""
    time_severity: str = ""
    flag: str = ""


class EventMarks:
    """The findings of a report by event. `marks` has only events with something to draw."""

    def __init__(self, findings: Iterable[Finding] = (), timeline: Timeline | None = None) -> None:
        self.marks: dict[str, EventMark] = {}
        self._found: dict[str, list[Finding]] = {}
        self._zone: Finding | None = None
        for finding in findings:
            if finding.waived:
                continue
            spot = spot_of(finding.where)
            if spot.part == "events" and spot.item:
                self._found.setdefault(spot.item, []).append(finding)
            elif finding.where == "zone" and finding.rule in ("T05", "T06"):
                self._zone = self._zone or finding
        for event_id, found in self._found.items():
            if (mark := _mark(found)) != EventMark():
                self.marks[event_id] = mark
        if self._zone is not None and timeline is not None and timeline.zone_assumed:
            self._mark_read_elsewhere(timeline, self._zone)

    @property
    def zone_is_doubtful(self) -> bool:
        """Whether there is a doubt about the zone of the incident."""
        return self._zone is not None

    def on(self, event: Event) -> tuple[Finding, ...]:
        """The findings on an event, worst first; a doubt about the incident's zone counts on each local time."""
        found = tuple(self._found.get(event.id, ()))
        return (*found, self._zone) if self._zone is not None and _is_local(event) else found

    def _mark_read_elsewhere(self, timeline: Timeline, doubt: Finding) -> None:
        """Mark the local times among others that have an offset, at which they were read."""
        for event in timeline.source:
            if _is_local(event) and not self.marks.get(event.id, EventMark()).time:
                flag = self.marks[event.id].flag if event.id in self.marks else ""
                self.marks[event.id] = EventMark(DOUBTS[doubt.rule], doubt.severity, flag)


def about_time(finding: Finding) -> bool:
    """Whether a finding on an event is about its time."""
    return finding.rule in DOUBTS or (finding.rule[0] == "T" and spot_of(finding.where).field in _OF_A_TIME)


def _mark(found: list[Finding]) -> EventMark:
    doubt = next((finding for finding in found if about_time(finding)), None)
    other = next((finding for finding in found if not about_time(finding) and finding.severity != "info"), None)
    flag = other.severity if other else ""
    if doubt is None:
        return EventMark(flag=flag)
    return EventMark(DOUBTS.get(doubt.rule, _SEVERITIES[doubt.severity]), doubt.severity, flag)


def _is_local(event: Event) -> bool:
    at = event.at
    local = isinstance(at, time) or (isinstance(at, datetime) and at.tzinfo is None)
    return local and not (event.zone and zones.resolve(event.zone))

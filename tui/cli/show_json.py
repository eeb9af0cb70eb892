"""An incident's timeline and metrics as JSON, in a shape that other programs may hold on to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from schemas.entries import Entry
from schemas.incident import Incident
from schemas.metrics import Measurement
from schemas.moments import MINUTE, wall_clock
from schemas.timeline import Timeline
from tui.cli.console import json_text
from tui.cli.gaps import Gap, gaps


def as_json(
    path: Path,
    incident: Incident,
    timeline: Timeline,
    measurements: Sequence[Measurement],
    profiles: Mapping[str, Sequence[Measurement]] | None = None,
) -> str:
    """One object: `file`, `title`, `zone`, `events` and `metrics`; and `profiles`, the metrics of each by its name, if
    they are to be compared.

    Of an event, `at` is the time as it stands in the file; `earliest` and `latest` are the instants that it may have
    been, with the offset of the incident's zone, and null where the time or its date is not known. Lengths are minutes.
    A metric's `note` is what its length would hide.
    """
    return json_text(
        {
            "file": str(path),
            "title": incident.title,
            "zone": incident.zone,
            "events": [
                _event(entry, gap, timeline.zone) for entry, gap in zip(timeline.entries, gaps(timeline), strict=True)
            ],
            "metrics": [_metric(measurement) for measurement in measurements],
            **(
                {}
                if profiles is None
                else {"profiles": {name: [*map(_metric, each)] for name, each in profiles.items()}}
            ),
        }
    )


def _event(entry: Entry, gap: Gap | None, zone: tzinfo | None) -> dict[str, Any]:
    event = entry.event
    bounds = (entry.start.earliest, entry.start.latest) if entry.start is not None and entry.dated else (None, None)
    earliest, latest = (None if bound is None else _iso(bound, zone) for bound in bounds)
    return {
        "id": event.id,
        "at": event.at.isoformat() if event.at is not None else None,
        "earliest": earliest,
        "latest": latest,
        "gap_minutes": _minutes(gap.length / MINUTE) if gap is not None else None,
        "text": event.text,
        "milestones": list(event.milestones),
        "kind": event.kind,
    }


def _metric(measurement: Measurement) -> dict[str, Any]:
    metric, length = measurement.metric, measurement.length
    shortest, longest = (length.minutes if length is not None else None) or (None, None)
    return {
        "id": metric.id,
        "label": metric.label,
        "from": metric.start,
        "to": metric.end,
        "clock": metric.clock,
        "min_minutes": _minutes(shortest),
        "max_minutes": _minutes(longest),
        "text": measurement.text,
        "note": measurement.note,
    }


def _iso(instant: int, zone: tzinfo | None) -> str:
    """An instant in ISO 8601, with the zone's offset at that time; without one if no zone is known."""
    utc = wall_clock(instant, None)
    if zone is None:
        return utc.isoformat()
    aware = utc.replace(tzinfo=UTC)
    try:
        return aware.astimezone(zone).isoformat()
    except OverflowError:
        return aware.isoformat()


def _minutes(value: float | None) -> int | float | None:
    return int(value) if value is not None and value.is_integer() else value

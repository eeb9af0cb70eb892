"""Short stories for tests of what follows from times: an event for each of a few moments."""

from datetime import datetime, timedelta, timezone

from schemas import timeline
from schemas.incident import Event, Incident
from schemas.moments import When

NAIROBI = timezone(timedelta(hours=3))


def story(*moments: When | None, zone: str = "Africa/Nairobi") -> Incident:
    return Incident(zone=zone, events=tuple(Event(id=f"e{i}", at=at) for i, at in enumerate(moments)))


def marked(*marks: tuple[str, When | None, str], zone: str = "UTC") -> timeline.Timeline:
    """A timeline of events, each an id, a time and its milestones."""
    events = tuple(Event(id=name, at=at, milestones=tuple(reached.split())) for name, at, reached in marks)
    return timeline.build(Incident(zone=zone, events=events))


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2024, 5, day, hour, minute)

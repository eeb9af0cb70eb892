"""What is known where an event is added or corrected: what a time that is typed there refers to."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from schemas.date_order import evidence_of, settle
from schemas.incident import Incident
from schemas.policy import DEFAULT, Policy
from schemas.readings import Context
from schemas.timeline import Timeline


def context_for(
    incident: Incident,
    timeline: Timeline,
    today: date | None,
    after_id: str | None = None,
    *,
    policy: Policy = DEFAULT,
    now: datetime | None = None,
) -> Context:
    """What is known where an event is added behind the one with an id, or else behind the last.

    `now` is the time at which it is typed, with its zone; without it the word "now" cannot be read.
    """
    entries = timeline.entries
    behind = next((i for i in reversed(range(len(entries))) if entries[i].event.id == after_id), len(entries) - 1)
    before = next((entries[i] for i in range(behind, -1, -1) if entries[i].wall is not None), None)
    start = timeline.milestones.get("impact-start")
    if start is None or start.wall is None:
        start = next((entry for entry in entries if entry.wall is not None), None)
    said = evidence_of(incident)
    order = settle(said, policy)
    return Context(
        zone=timeline.zone,
        zone_name=incident.zone if timeline.zone is not None and not timeline.zone_assumed else "",
        after=before.wall if before else None,
        origin=start.wall if start else None,
        today=today,
        undated=start is not None and not start.dated,
        day_first=order.day_first,
        day_first_why=order.why,
        order_is_weak=order.is_weak,
        days=said.days,
        now=now.astimezone(timeline.zone).replace(tzinfo=None) if now is not None and now.tzinfo else now,
    )


def context_at(
    incident: Incident,
    timeline: Timeline,
    today: date | None,
    event_id: str,
    *,
    policy: Policy = DEFAULT,
    now: datetime | None = None,
) -> Context:
    """What is known where an event is corrected: it keeps its day, and lengths count from the event before it."""
    entries = timeline.entries
    at = next((i for i, entry in enumerate(entries) if entry.event.id == event_id), None)
    if at is None:
        return context_for(incident, timeline, today, policy=policy, now=now)
    before = entries[at - 1].event.id if at else None
    context = context_for(incident, timeline, today, before, policy=policy, now=now)
    return replace(context, after=context.after if at else None, own=entries[at].wall)

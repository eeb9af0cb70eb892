"""Opening a review in a test, and a story to review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from schemas.incident import Action, Comment, Event, Incident, Sections
from tests.ui.screens import written
from tui.app import PostmortemApp
from tui.screens.review import ReviewScreen
from tui.workspace.services import Services

START = datetime(2024, 5, 2, 9, tzinfo=UTC)


def event(number: int, minutes: int | None, text: str, **more: object) -> Event:
    """An event so many minutes after nine."""
    at = None if minutes is None else START + timedelta(minutes=minutes)
    return Event(id=f"e{number}", at=at, text=text, **more)


def story() -> Incident:
    """Five events with turning points, a silence and a link, prose, two actions, and comments on three things."""
    return Incident(
        title="Search is down",
        zone="UTC",
        severity="SEV2",
        sections=Sections(
            summary="Search was down until the **index** was rebuilt.\n\nSee [the dashboard](https://graphs.example/7).",
            root_cause="One shard ran full.\n\nNobody was told that it would.",
        ),
        events=(
            event(0, 0, "Shard seven runs full", milestones=("impact-start",), kind="impact"),
            event(1, 15, "The alert fires", milestones=("detected",), kind="alert", links=("https://alerts.example/1",)),
            event(2, 20, "Somebody looks at the network", kind="hypothesis", actor="@ana"),
            event(3, 200, "The index is rebuilt", milestones=("mitigated",), kind="action"),
            event(4, 230, "Everything answers", milestones=("recovered", "resolved")),
        ),
        actions=(Action(id="aaaa", text="Watch the shards", owner="@ana"), Action(id="bbbb", text="Write it down")),
        comments=(
            Comment(id="cccccc", on="events/e2", author="@lea", text="Why the network?"),
            Comment(id="dddddd", on="sections/root_cause", author="@lea", quote="ran full", text="Since when?"),
            Comment(id="eeeeee", on="actions/bbbb", author="@lea", text="Who?"),
        ),
    )  # fmt: skip


def review(tmp_path: Path, incident: Incident | None = None, services: Services | None = None) -> PostmortemApp:
    """The app on the review of an incident."""
    path = written(tmp_path, incident or story())
    return PostmortemApp(path, services or Services.fake(), start="review")


def screen(pilot: Pilot[int]) -> ReviewScreen:
    """The review, which may be under a dialog."""
    return next(each for each in reversed(pilot.app.screen_stack) if isinstance(each, ReviewScreen))

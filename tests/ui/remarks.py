"""An incident with comments, and what tests of remarks look up again and again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from textual.containers import Vertical
from textual.pilot import Pilot

from schemas.comments import Thread, threads
from schemas.incident import Action, Comment, Event, Incident, Sections
from tests.ui.screens import document, seen, written

AT = datetime(2024, 5, 4, 10, 22, tzinfo=UTC)
STORY = (
    Event(id="aaaa", at=datetime(2024, 5, 2, 9), text="Export starts", milestones=("detected",)),
    Event(id="bbbb", at=datetime(2024, 5, 2, 9, 30), text="Alert rings"),
    Event(id="cccc", at=datetime(2024, 5, 2, 10), text="Rolled back", milestones=("resolved",)),
)
CAUSE = "A flag was on. Nobody was asked. It stayed on for a week."
TALK = (
    Comment(id="cmtaaa", on="events/bbbb", author="ana", at=AT, text="Who was paged?"),
    Comment(id="cmtbbb", on="events/bbbb", author="tester", at=AT, text="Nobody yet.", reply_to="cmtaaa"),
    Comment(
        id="cmtccc", on="sections/root_cause", author="ana", at=AT, text="Who should be?", quote="Nobody was asked"
    ),
    Comment(id="cmtddd", on="actions/xxxx", author="kim", at=AT, text="By when?", resolved=True),
)  # fmt: skip
TALKED = Incident(
    title="Export stuck", zone="UTC", status="in-review", severity="SEV2", owner="tester", services=("export",),
    sections=Sections(
        summary="The export hung.", root_cause=CAUSE, impact="No export for an hour.", detection="An alert rang.",
        resolution="Rolled back.", went_well="The alert.", went_poorly="The flag.", lessons="Ask first.",
    ), events=STORY,
    actions=(Action(id="xxxx", text="Turn the flag off"),), comments=TALK,
)  # fmt: skip


def talked(folder: Path, incident: Incident = TALKED) -> Path:
    """A file with an incident that is talked about."""
    return written(folder, incident)


def thread(pilot: Pilot[int], comment_id: str) -> Thread:
    """The thread that began with a comment."""
    return next(each for each in threads(document(pilot).doc) if each.id == comment_id)


def newest(pilot: Pilot[int]) -> Comment:
    """The comment that was made in the test."""
    known = {comment.id for comment in TALK}
    return next(each for each in reversed(document(pilot).doc.comments) if each.id not in known)


def line_with(text: str, words: str) -> str:
    """The line of a screen that has these words."""
    return next((line for line in text.splitlines() if words in line), "")


def in_box(pilot: Pilot[int]) -> str:
    """The words in the dialog on top, its lines joined as a reader joins them."""
    box = pilot.app.screen.query_one(Vertical).region
    lines = seen(pilot).splitlines()[box.y : box.bottom]
    return " ".join(" ".join(line.ljust(box.right)[box.x + 1 : box.right - 1] for line in lines).split())

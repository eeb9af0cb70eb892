"""Pasted text in the timeline of an open incident: what was made of it is looked at before any of it is added."""

from __future__ import annotations

from schemas.incident import Event, Incident
from tui.screens.document_view import DocumentView
from tui.workspace.import_events import day_of, events_for
from tui.workspace.pasted import Pasted


async def reviewed_events(screen: DocumentView, pasted: Pasted) -> tuple[Event, ...]:
    """The events of a pasted text that the person accepted, ready to be added to the screen's document; may be none."""
    from tui.screens.import_screen import ImportScreen
    from tui.workspace.import_reading import is_large, name_of, reader_of, size_of

    doc = screen.doc
    read = reader_of(pasted, zone=doc.zone, day=day_of(doc))
    review = ImportScreen(name_of(pasted), read, large=is_large(pasted), size=size_of(pasted), only_events=True)
    accepted: Incident | None = await screen.app.push_screen_wait(review)
    return events_for(screen.doc, accepted, screen.services.rng) if accepted is not None else ()


def is_conversation(text: str) -> bool:
    """Whether a pasted block is a chat or a log, of which the single lines make no entries."""
    if "\n" not in text.strip():
        return False
    from tui.workspace.import_reading import is_conversation as heard

    return heard(text)

"""Short ways to make an incident and read its document, for the tests of the Markdown writer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schemas.incident import Event, Incident
from schemas.writers.markdown import to_markdown
from tests.schemas.writers import reading
from tests.schemas.writers.reading import Document

MAY_2 = datetime(2024, 5, 2, 9, 0)


def document(**fields: Any) -> Document:
    return reading.read(to_markdown(Incident(**fields)))


def timeline(*events: Event, zone: str = "Africa/Nairobi", **fields: Any) -> Document:
    return document(events=events, zone=zone, **fields)


def times(*events: Event, zone: str = "Africa/Nairobi") -> list[str]:
    return [cell for table in timeline(*events, zone=zone).tables[1:] for cell in table.column("Time")]


def at(hour: int, minute: int = 0, **fields: Any) -> Event:
    return Event(id=f"{hour}-{minute}", at=datetime(2024, 5, 2, hour, minute), **fields)

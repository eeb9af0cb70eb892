"""Where the tests read times, and a reading in one line."""

from __future__ import annotations

from datetime import date, datetime

from schemas import zones
from schemas.moments import When
from schemas.when import Context, Reading
from schemas.when_text import format_when

NAIROBI = Context(
    zone=zones.resolve("Africa/Nairobi"),
    zone_name="Africa/Nairobi",
    after=datetime(2024, 5, 2, 13, 0),
    origin=datetime(2024, 5, 2, 12, 0),
    today=date(2024, 5, 6),
)
"""Monday 6 May 2024; the event before was on Thursday 2 May at 13:00, the first at 12:00."""

NOWHERE = Context()


def place(name: str, after: datetime | None = None) -> Context:
    return Context(zones.resolve(name), name, after, None, date(2024, 5, 6))


def said(reading: Reading) -> str:
    """A reading in one line: `~` about, `–` until, `..` latest; the offset only where it is not Nairobi's."""

    def shown(value: When) -> str:
        return format_when(value).removesuffix(" +03:00")

    text = "~" * reading.about + ("?" if reading.at is None else shown(reading.at))
    text += f" – {shown(reading.until)}" if reading.until is not None else ""
    text += f" .. {shown(reading.latest)}" if reading.latest is not None else ""
    return text + (f" ±{reading.margin}" if reading.margin else "") + (f" [{reading.zone}]" if reading.zone else "")

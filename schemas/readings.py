"""What reading a time needs to know, and what it gives back."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Any

from msgspec import Struct

from schemas.moments import When


class NotATime(ValueError):
    """A text that was meant as a time but cannot be read as one; the message says what would be right."""


class Context(Struct, frozen=True):
    """What helps to read a time.

    `zone` and `zone_name` are the incident's. `after` is the wall clock of the event before, in that zone and naive;
    `origin` is where T+0 is, likewise; `own` is the one of the event that is being corrected, which keeps its day
    unless another is written. `today` is the day on which the text is read, `now` the wall clock then,
    likewise.

    `day_first` says how dates in figures are written, None where nobody knows, and `day_first_why` what says so ("as
    in 14/04/2024"); with `order_is_weak` it is only a habit, which gives way to the `days` that the document names.
    In an `undated` story no event has a date: a clock stays a clock.
    """

    zone: tzinfo | None = None
    zone_name: str = ""
    after: datetime | None = None
    origin: datetime | None = None
    today: date | None = None
    day_first: bool | None = None
    undated: bool = False
    own: datetime | None = None
    day_first_why: str = ""
    order_is_weak: bool = False
    days: tuple[date, ...] = ()
    now: datetime | None = None

    @property
    def clocks_only(self) -> bool:
        """Whether a clock without a date has no day to take."""
        return self.undated or (self.after is None and self.own is None and self.today is None)


class Reading(Struct, frozen=True):
    """A time as it was read. `at`, `latest`, `until`, `about`, `margin` and `zone` are fields of an event.

    `as_written` holds the words where reading them took a decision; `assumed` says in words which one; `notes` are
    doubts worth telling.
    """

    at: When | None
    latest: When | None = None
    until: When | None = None
    about: bool = False
    margin: str = ""
    zone: str = ""
    as_written: str = ""
    assumed: str = ""
    notes: tuple[str, ...] = ()

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of an event that this reading sets."""
        return {
            "at": self.at, "latest": self.latest, "until": self.until, "about": self.about, "margin": self.margin,
            "zone": self.zone, "as_written": self.as_written,
        }  # fmt: skip

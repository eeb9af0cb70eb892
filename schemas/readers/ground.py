"""What is known of a whole document before its parts are read: zone, day, order of day and month."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from msgspec import Struct

from schemas.readings import Context


class Ground(Struct, frozen=True):
    """What readers of times stand on.

    `zone` and `zone_name` are the incident's, None and empty where the document names none. `day` is the day on which
    the story begins as far as title, header and summary tell, `last_day` the day on which it ends if they tell so.
    `day_first` is how dates in figures are written, None where nothing settles it, `day_first_why` what says so.
    `days` are all dates that the document names beyond doubt. `asked_zone` and `day_asked` say that zone and day came
    from outside.
    `written` is the day on which the document was written or read, for dates without a year; may be unknown.
    """

    zone: tzinfo | None = None
    zone_name: str = ""
    day: date | None = None
    last_day: date | None = None
    day_first: bool | None = None
    day_first_why: str = ""
    order_is_weak: bool = False
    days: tuple[date, ...] = ()
    written: date | None = None
    asked_zone: bool = False
    day_asked: bool = False

    def context(self, *, after: datetime | None = None, origin: datetime | None = None) -> Context:
        """What `schemas.when` needs to read a time here.

        `after` is the wall clock of the event before; without it the story begins on its `day`. Without any day,
        clocks are read as clocks.
        """
        if after is None and self.day is not None:
            after = datetime.combine(self.day, time())
        return Context(
            zone=self.zone, zone_name=self.zone_name, after=after, origin=origin, day_first=self.day_first,
            day_first_why=self.day_first_why, order_is_weak=self.order_is_weak, days=self.days,
            undated=self.day is None and after is None,
        )  # fmt: skip

"""How long after the one before each event of a timeline came, as far as that can be said."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from schemas.entries import Entry
from schemas.moments import span_text
from schemas.timeline import Timeline


class Gap(Struct, frozen=True):
    """The time since the event before in microseconds; `rough` where either of them is not known exactly."""

    length: int
    rough: bool
    quiet: bool

    @property
    def text(self) -> str:
        """`+15m`, `~+15m`, or nothing where no time passed."""
        return ("~" if self.rough else "") + f"+{span_text(self.length, short=True)}" if self.length else ""


def gaps(timeline: Timeline) -> Iterator[Gap | None]:
    """A gap for each entry: none for the first, where there is no time, and where only the day is known."""
    before: Entry | None = None
    for entry in timeline.entries:
        if entry.start is None:
            yield None
            continue
        if entry.gap is None or before is None or before.start is None or "day" in (entry.precision, before.precision):
            yield None
        else:
            rough = not (entry.start.exact and before.start.exact)
            yield Gap(entry.gap, rough, timeline.quiet is not None and entry.gap >= timeline.quiet)
        before = entry

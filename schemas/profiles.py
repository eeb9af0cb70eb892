"""Which lengths of an incident have a name, from where to where, by which clock: the definitions that teams use.

"Time to resolve" runs from the first impact in one tool, from detection in the next, from the declaration in a third.
So a definition is data, it has a profile that it belongs to, and a length is never shown without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schemas.work_hours import WorkHours

MILESTONE_WORDS: Final = {"impact-start": "impact"}
"""Shorter names for milestones where a pair is printed."""


def milestone_word(milestone: str) -> str:
    """The short name of a milestone in a pair: `impact` for `impact-start`."""
    return MILESTONE_WORDS.get(milestone, milestone)


@dataclass(frozen=True, slots=True)
class Metric:
    """A duration worth a name: from one milestone to another, by a clock.

    `hours` are the hours that count; None where every hour does.
    """

    id: str
    label: str
    start: str
    end: str
    hours: WorkHours | None = None

    @property
    def clock(self) -> str:
        """What time is measured by: `elapsed`, or the hours that count, as they are written."""
        return self.hours.text if self.hours else "elapsed"

    @property
    def pair(self) -> str:
        """The definition in short, such as `detected → resolved`."""
        return f"{milestone_word(self.start)} → {milestone_word(self.end)}"

    @property
    def definition(self) -> str:
        """The pair, and the clock where it is not simply the time that passed."""
        return f"{self.pair}, {self.clock}" if self.hours else self.pair


Profile = tuple[Metric, ...]

PROFILES: Final[dict[str, Profile]] = {
    "default": (
        Metric("detect", "detect", "impact-start", "detected"),
        Metric("acknowledge", "acknowledge", "detected", "acknowledged"),
        Metric("mitigate", "mitigate", "detected", "mitigated"),
        Metric("resolve", "resolve", "detected", "resolved"),
        Metric("impact", "impact", "impact-start", "recovered"),
    ),
}
"""Named sets of metrics. In `default` the time to detect and the length of the impact run from its start; what the
team did runs from the moment it knew."""

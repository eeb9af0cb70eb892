"""Which lengths of an incident have a name, from where to where, by which clock: the definitions that teams use.

"Time to resolve" runs from the first impact in one tool, from detection in the next, from the declaration in a third.
So a definition is data, it has a profile that it belongs to, and a length is never shown without it.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from schemas.work_hours import WorkHours

MILESTONE_WORDS: Final = {"impact-start": "impact"}
"""Shorter names for milestones where a pair is printed."""


def milestone_word(milestone: str) -> str:
    """The short name of a milestone in a pair: `impact` for `impact-start`."""
    return MILESTONE_WORDS.get(milestone, milestone)


class Metric(Struct, frozen=True):
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


def _metric(label: str, start: str, end: str, id: str = "") -> Metric:
    return Metric(id or label.replace(" ", "-"), label, start, end)


PROFILES: Final[dict[str, Profile]] = {
    "default": (
        _metric("detect", "impact-start", "detected"),
        _metric("acknowledge", "detected", "acknowledged"),
        _metric("mitigate", "detected", "mitigated"),
        _metric("resolve", "detected", "resolved"),
        _metric("impact", "impact-start", "recovered"),
    ),
    "firehydrant": (
        _metric("detect", "impact-start", "detected"),
        _metric("acknowledge", "impact-start", "acknowledged"),
        _metric("mitigate", "impact-start", "mitigated"),
        _metric("resolve", "impact-start", "resolved"),
    ),
    "datadog": (
        _metric("detect", "impact-start", "detected"),
        _metric("repair", "detected", "recovered"),
        _metric("resolve", "declared", "resolved"),
    ),
    "gitlab": (
        _metric("detect", "impact-start", "detected"),
        _metric("mitigate", "impact-start", "mitigated"),
        _metric("recover", "impact-start", "recovered"),
    ),
    "atlassian": (
        _metric("acknowledge", "detected", "acknowledged"),
        _metric("respond", "detected", "recovered"),
        _metric("recover", "impact-start", "recovered"),
        _metric("resolve", "impact-start", "resolved"),
    ),
    "pagerduty": (
        _metric("acknowledge", "detected", "acknowledged"),
        _metric("resolve", "detected", "resolved"),
    ),
    "firefighter": (
        _metric("detect", "impact-start", "detected"),
        _metric("acknowledge", "impact-start", "declared"),
        _metric("respond", "detected", "recovered"),
        _metric("repair", "declared", "mitigated"),
        _metric("fix", "declared", "recovered"),
        _metric("recover", "impact-start", "recovered"),
        _metric("resolve", "impact-start", "resolved"),
    ),
    "kehoe": (
        _metric("detect", "impact-start", "detected"),
        _metric("mitigate", "impact-start", "mitigated"),
        _metric("resolve", "impact-start", "resolved"),
    ),
}
"""Named sets of metrics. In `default` the time to detect and the length of the impact run from its start; what the
team did runs from the moment it knew. The others measure as the tool or house does that they are named after, as far
as the milestones of an incident can say it."""

NOTES: Final[dict[str, str]] = {
    "default": "What users felt runs from the start of the impact; what the team did, from the moment it knew.",
    "firehydrant": (
        "Every clock starts with the impact. Where an alert opens the incident, the tool sets its start to the "
        "detection, and the time to detect is 0 until somebody corrects it."
    ),
    "datadog": (
        "Three clocks with three starts: impact, detection, declaration. Without an alert the tool takes the "
        "declaration for the detection; an incident that is declared or resolved late measures as long."
    ),
    "gitlab": (
        "Every clock starts with the first impact on the product; mitigated means no longer severe, even if still "
        "degraded. The start of the response is an agreed limit, and no milestone here."
    ),
    "atlassian": (
        "Four measures that are all called MTTR somewhere. Respond leaves the delay of the alert out; resolve ends "
        "when the failure cannot come back. Its repair begins with the repair work, which is no milestone here."
    ),
    "pagerduty": (
        "The clock starts with the alert, so the time before anybody knew is in no number. Engage and mobilize "
        "follow the responders who join, which are no milestones here."
    ),
    "firefighter": (
        "To acknowledge ends when the incident is declared, not when somebody takes it on; what the team did "
        "runs from the declaration."
    ),
    "kehoe": "Every clock starts with the impact; the template has no time to acknowledge.",
}
"""What is peculiar about each profile: where its clocks start, what it takes for granted, and what of it cannot be said
with the milestones of an incident."""

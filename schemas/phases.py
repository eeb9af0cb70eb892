"""The phases of an incident: what passed from one milestone to the next."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from msgspec import Struct

from schemas.incident import MILESTONES
from schemas.moments import Duration, Interval, between


class Phase(Struct, frozen=True):
    """A stretch between two milestones that follow one another, named by what it worked towards.

    `start` and `end` are the instants to show, in microseconds; `length` has the bounds.
    """

    name: str
    start_milestone: str
    end_milestone: str
    start: int
    end: int
    length: Duration


PHASE_NAMES: Final = {
    "impact-start": "lead-up",
    "detected": "detect",
    "declared": "declare",
    "acknowledged": "acknowledge",
    "mitigated": "mitigate",
    "recovered": "recover",
    "resolved": "resolve",
    "closed": "close",
}
"""The names of phases by the milestone that ends them."""


def phases_between(reached: Mapping[str, Interval]) -> tuple[Phase, ...]:
    """The phases between milestones that were reached at these times, in time order, without those that took none."""
    known = [(reached[name], name) for name in MILESTONES if name in reached]
    known.sort(key=lambda pair: pair[0].nominal)
    return tuple(
        Phase(PHASE_NAMES[after], before, after, start.nominal, end.nominal, between(start, end))
        for (start, before), (end, after) in pairwise(known)
        if end.nominal > start.nominal
    )

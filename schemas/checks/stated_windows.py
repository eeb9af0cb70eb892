"""The stretches of time that a document states by their two ends, and the lengths that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from schemas.checks.claimed import Claim
from schemas.claims_in_prose import Found
from schemas.moments import DAY, MINUTE, When


@dataclass(frozen=True, slots=True)
class Window:
    """A stated stretch: how long it is, in microseconds, and the claims that state it."""

    length: int
    claims: tuple[Claim, ...]


def stated_windows(claims: Sequence[Claim]) -> list[Window]:
    """The ranges in sentences, and each start that an end follows."""
    found = [Window(length, (claim,)) for claim in claims if claim.until and (length := between(claim)) is not None]
    opened: Claim | None = None
    for claim in claims:
        if claim.until is not None or claim.stated.at is None:
            continue
        if claim.stated.what == "start":
            opened = claim
        elif claim.stated.what == "end" and opened is not None:
            if (length := length_of(opened.stated.at, claim.stated.at)) is not None:
                found.append(Window(length, (opened, claim)))
            opened = None
    return found


def beside(claim: Claim, claims: Sequence[Claim]) -> Claim | None:
    """The range in the same sentence as a length."""
    if claim.found is None or not claim.found.attached:
        return None
    here = [each for each in claims if each.until is not None and each.where == claim.where]
    own = claim.found
    return min(here, key=lambda each: _gap(own, each.found) if each.found else 0, default=None)


def _gap(one: Found, other: Found) -> int:
    """How many characters lie between two claims of one text."""
    return max(one.start - other.end, other.start - one.end)


def between(claim: Claim) -> int | None:
    """The length of a stated range; of one without days up to a day."""
    return length_of(claim.stated.at, claim.until.at if claim.until else None)


def length_of(start: When | None, end: When | None) -> int | None:
    """From one stated time to another in microseconds, by their clocks up to a day; None if it is not known."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        length = (end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds() * 1_000_000
        return round(length) if length > 0 else None
    clocks = [at if isinstance(at, time) else at.time() for at in (start, end) if isinstance(at, datetime | time)]
    if len(clocks) < 2:
        return None
    seconds = [clock.hour * 3600 + clock.minute * 60 + clock.second for clock in clocks]
    return ((seconds[1] - seconds[0]) % 86_400) * 1_000_000


def agrees(apart: int, length: int, bounds: tuple[int, int], own: Claim) -> bool:
    """Whether a length agrees with the range beside it, whose ends lie so far `apart`, or whole days more."""
    slack = 5 * MINUTE
    dated = isinstance(own.stated.at, datetime) and own.until is not None and isinstance(own.until.at, datetime)
    days = (0,) if dated else range(0, length // DAY + 1)
    return any(bounds[0] - slack <= apart + day * DAY <= bounds[1] + slack for day in days)

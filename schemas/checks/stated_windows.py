"""The stretches of time that a document states by their two ends, and the lengths that stand beside them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, time
from functools import cached_property
from typing import Final

from msgspec import Struct

from schemas.checks.claimed import Claim
from schemas.claims_in_prose import Found
from schemas.moments import DAY, MINUTE, When

_NEAR: Final = 2
"""So many ranges before and behind a length may be the one beside it: they overlap rarely."""


class Window(Struct, frozen=True):
    """A stated stretch: how long it is, in microseconds, and the claims that state it."""

    length: int
    claims: tuple[Claim, ...]


class Windows:
    """What a document states by two ends, laid out for the questions that are asked for each of its claims."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        """Lay out the claims of a document, in their order."""
        self._claims = claims
        self._ranges = [claim for claim in claims if claim.until is not None]

    @cached_property
    def all(self) -> list[Window]:
        """The ranges in sentences, and each start that an end follows."""
        found = [Window(length, (claim,)) for claim in self._ranges if (length := between(claim)) is not None]
        opened: Claim | None = None
        for claim in self._claims:
            if claim.until is not None or claim.stated.at is None:
                continue
            if claim.stated.what == "start":
                opened = claim
            elif claim.stated.what == "end" and opened is not None:
                if (length := length_of(opened.stated.at, claim.stated.at)) is not None:
                    found.append(Window(length, (opened, claim)))
                opened = None
        return found

    def lengths_by(self, claim: Claim) -> Sequence[int]:
        """How long the windows are that a claim has a part in."""
        return self._lengths_by.get(id(claim), ())

    @cached_property
    def _lengths_by(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for window in self.all:
            for claim in window.claims:
                found.setdefault(id(claim), []).append(window.length)
        return found

    def measure(self, least: int, most: int) -> bool:
        """Whether one of several windows, or all of them together, are so long."""
        lengths = self._lengths
        return len(lengths) > 1 and (holds(lengths, least, most) or least <= self._sum <= most)

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted(window.length for window in self.all)

    @cached_property
    def _sum(self) -> int:
        return sum(self._lengths)

    def has_other_range(self, claim: Claim) -> bool:
        """Whether there is a range that is not as long as that of a claim."""
        return not self._range_lengths <= {between(claim)}

    @cached_property
    def _range_lengths(self) -> set[int | None]:
        return {between(each) for each in self._ranges}

    def has_several(self, what: str) -> bool:
        """Whether more than one time is stated for a start, an end or a milestone."""
        return len(self._times.get(what, ())) > 1

    @cached_property
    def _times(self) -> dict[str, set[When]]:
        found: dict[str, set[When]] = {}
        for claim in self._claims:
            if claim.stated.at:
                found.setdefault(claim.stated.what, set()).add(claim.stated.at)
        return found

    def beside(self, claim: Claim) -> Claim | None:
        """The range in the same sentence as a length."""
        own = claim.found
        if own is None or not own.attached:
            return None
        here = self._ranges_at.get(claim.where, [])
        at = bisect_left(here, own.start, key=_start)
        near = here[max(0, at - _NEAR) : at + _NEAR]
        return min(near, key=lambda each: _gap(own, each.found) if each.found else 0, default=None)

    @cached_property
    def _ranges_at(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self._ranges:
            found.setdefault(claim.where, []).append(claim)
        return {where: sorted(ranges, key=_start) for where, ranges in found.items()}


def holds(lengths: Sequence[int], least: int, most: int) -> bool:
    """Whether one of the lengths, which are in order, lies between two others."""
    at = bisect_left(lengths, least)
    return at < len(lengths) and lengths[at] <= most


def _start(claim: Claim) -> int:
    return claim.found.start if claim.found else 0


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

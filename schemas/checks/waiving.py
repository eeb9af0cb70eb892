"""Which waiver accepts what is found at a place: one for that place, for what is around it, or for the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.incident import Waiver


class Waivers:
    """The waivers of an incident, laid out by rule and place."""

    def __init__(self, waivers: Iterable[Waiver]) -> None:
        self._by_place: dict[tuple[str, str], tuple[int, Waiver]] = {}
        for number, waiver in enumerate(waivers):
            self._by_place.setdefault((waiver.rule, waiver.where), (number, waiver))

    def of(self, rule: str, where: str) -> Waiver | None:
        """The first one in the file that speaks of what a rule finds at a place such as `events/k7q2/at`."""
        if not self._by_place:
            return None
        speaking = (self._by_place.get((rule, place)) for place in around(where))
        return min((each for each in speaking if each is not None), default=(0, None))[1]


def around(where: str) -> Iterator[str]:
    """A place and all that is around it, the whole file (an empty place) last."""
    while where:
        yield where
        where = where.rpartition("/")[0]
    yield ""

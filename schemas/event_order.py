"""Whether events stand in another order in the file, apart from what follows from their times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from schemas.incident import Event


def order_changed(old: Mapping[str, Event], new: Mapping[str, Event], unsettled: Collection[str]) -> bool:
    """Whether events that both versions have changed places in the file.

    `unsettled` are those whose time is another one: where they went, and what went with them, is no change of its own.
    An event without a time goes with the one that it stands behind.
    """
    both = old.keys() & new.keys()
    timed = [key for key in old if key in both and key not in unsettled and old[key].at is not None]
    if timed != [key for key in new if key in both and key not in unsettled and new[key].at is not None]:
        return True
    leaders, new_leaders = _leaders(old), _leaders(new)
    kept = {key for key in leaders.keys() & new_leaders.keys() if key not in unsettled}
    stay = {key for key in kept if leaders[key] == new_leaders[key]}
    settled = {"", *timed}
    if any(leaders[key] in settled and new_leaders[key] in settled for key in kept - stay):
        return True
    return _followers(old, leaders, stay) != _followers(new, new_leaders, stay)


def _leaders(events: Mapping[str, Event]) -> dict[str, str]:
    """For each event without a time the one with a time that it stands behind, empty at the front."""
    leader = ""
    found: dict[str, str] = {}
    for key, event in events.items():
        if event.at is None:
            found[key] = leader
        else:
            leader = key
    return found


def _followers(order: Iterable[str], leaders: Mapping[str, str], wanted: Collection[str]) -> dict[str, list[str]]:
    """What stands behind each event, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in order:
        if key in wanted:
            found[leaders[key]].append(key)
    return found

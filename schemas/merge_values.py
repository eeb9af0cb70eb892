"""Single values merged three ways: fields with one value, lists of words, orders, and tables that we do not know.

Nothing here depends on which side is called ours, except what is noted as a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final

from schemas.incident import Model
from schemas.merge_conflict import Ledger, Path

MISSING: Final = None
"""What stands for a key that is not there; TOML has no such value."""


def same(one: object, other: object) -> bool:
    """Whether two values are written the same: `1`, `1.0` and `true` differ, and so do 09:00+03:00 and 06:00Z."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, Model) and isinstance(other, Model):
        if not _same_values(one.__dict__, other.__dict__):
            return False
        left, right = one.model_extra, other.model_extra
        return (not left and not right) or same(left or {}, right or {})
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float | datetime | time):
        return repr(one) == repr(other)
    return one == other


def _same_values(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    # Most fields of most items are the same objects, and ten thousand items have two hundred thousand fields.
    return all(value is other[name] or same(value, other[name]) for name, value in one.items())


def merge_value(path: Path, base: Any, ours: Any, theirs: Any, ledger: Ledger, *, based: bool = True) -> Any:
    """One value that cannot be taken apart: that of the side that changed it; ours, with a conflict, if both did."""
    if same(ours, theirs) or same(theirs, base):
        return ours
    if same(ours, base):
        return theirs
    ledger.note(path, "value", base, ours, theirs, based=based)
    return ours


def merge_words(
    path: Path, base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], ledger: Ledger
) -> tuple[str, ...]:
    """A list such as tags or authors: what either side added is in it, what either took out is not."""
    if same(ours, theirs) or same(theirs, base):
        return tuple(ours)
    if same(ours, base):
        return tuple(theirs)
    before, one, other = counted(base), counted(ours), counted(theirs)
    kept = {word for word in {*one, *other} if (word in one and word in other) or word not in before}
    mine, yours = merge_order(before, one, other, kept)
    result = tuple(word for word, _ in mine)
    if mine != yours:
        ledger.note(path, "order", tuple(base), result, tuple(word for word, _ in yours))
    return result


def counted(words: Iterable[str]) -> list[tuple[str, int]]:
    """Words told apart where one stands several times: the first, second … of each."""
    seen: dict[str, int] = {}
    result: list[tuple[str, int]] = []
    for word in words:
        seen[word] = seen.get(word, 0) + 1
        result.append((word, seen[word]))
    return result


def merge_order(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], kept: set[Any]) -> tuple[Any, Any]:
    """All that is kept, in order, as (order of ours, order of theirs): the same twice unless both moved things.

    What only one side has stays behind what it follows there; of two such runs at one point the lesser comes first.
    """
    mine, yours = set(ours), set(theirs)
    shared = kept & mine & yours
    one, other = [key for key in ours if key in shared], [key for key in theirs if key in shared]
    runs = _runs(ours, kept, shared), _runs(theirs, kept, shared)
    if one != other:
        known = shared.intersection(base)
        before = [key for key in base if key in known]
        mine_stayed = [key for key in one if key in known] == before
        yours_stayed = [key for key in other if key in known] == before
        if mine_stayed and not yours_stayed:
            one = other
        elif yours_stayed and not mine_stayed:
            other = one
    first = _with_runs(one, *runs)
    return first, first if one == other else _with_runs(other, *runs)


def _runs(side: Sequence[Any], kept: set[Any], shared: set[Any]) -> dict[Any, list[Any]]:
    """What only this side has, by the shared one that it stands behind (None: the start)."""
    runs: dict[Any, list[Any]] = {}
    anchor = None
    for key in side:
        if key in shared:
            anchor = key
        elif key in kept:
            runs.setdefault(anchor, []).append(key)
    return runs


def _with_runs(backbone: Sequence[Any], mine: Mapping[Any, list[Any]], yours: Mapping[Any, list[Any]]) -> list[Any]:
    result: list[Any] = []
    for key in (None, *backbone):
        if key is not None:
            result.append(key)
        for run in sorted(runs[key] for runs in (mine, yours) if key in runs):
            result += run
    return result


def merge_table(
    path: Path,
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    ledger: Ledger,
    *,
    based: bool = True,
) -> dict[str, Any]:
    """A table of keys that we do not know, key by key, and the tables inside it too."""
    if same(ours, theirs) or same(theirs, base):
        return dict(ours)
    if same(ours, base):
        return dict(theirs)
    values: dict[str, Any] = {}
    for key in dict.fromkeys((*ours, *theirs)):
        value = _merged_key((*path, key), base.get(key), ours.get(key), theirs.get(key), ledger, based=based)
        if value is not MISSING:
            values[key] = value
    mine, yours = merge_order(list(base), list(ours), list(theirs), set(values))
    return {key: values[key] for key in min(mine, yours)}


def _merged_key(path: Path, base: Any, ours: Any, theirs: Any, ledger: Ledger, *, based: bool) -> Any:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return merge_table(path, base if isinstance(base, dict) else {}, ours, theirs, ledger, based=based)
    if ours is not MISSING and theirs is not MISSING:
        return merge_value(path, base, ours, theirs, ledger, based=based)
    if base is MISSING:
        return theirs if ours is MISSING else ours
    left = theirs if ours is MISSING else ours
    if left is MISSING or same(left, base):
        return MISSING
    ledger.note(path, "removed", base, ours, theirs, based=based)
    return left


def shared_table(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """What two tables have in common: what stands for a base where there is none."""
    result: dict[str, Any] = {}
    for key, value in ours.items():
        other = theirs.get(key)
        if isinstance(value, dict) and isinstance(other, dict):
            result[key] = shared_table(value, other)
        elif same(value, other):
            result[key] = value
    return result

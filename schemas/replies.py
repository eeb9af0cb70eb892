"""Which comments belong together: each answer with what it answers, whatever became of that.

A merge or an edit by hand may leave answers to a comment that is gone, and answers that go round in a circle. They
stay together all the same, under the earliest of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from schemas.incident import Comment
from schemas.moments import When

Talk = tuple[Comment, ...]
"""A comment and all that answers it, however indirectly, by time and then by id."""

_Root = int | tuple[str, str]
"""The place of a talk's first comment; or that it is missing, or a circle, with the id that tells which."""

_EPOCH: Final = datetime(1, 1, 1, tzinfo=UTC)


def when_key(at: When | None, item_id: str = "") -> tuple[bool, timedelta, str]:
    """What sorts remarks by time and then by id, whatever is known of the time.

    Those without a time come last and stay in the order in which they are. The zone of a local time does not matter
    here: the order only has to be the same wherever it is made.
    """
    if at is None:
        return True, timedelta(), ""
    if isinstance(at, datetime):
        moment = at if at.tzinfo else at.replace(tzinfo=UTC)
    elif isinstance(at, time):
        moment = datetime.combine(date.min, at, UTC)
    else:
        moment = datetime(at.year, at.month, at.day, tzinfo=UTC)
    return False, moment - _EPOCH, item_id


def talks(comments: Iterable[Comment]) -> list[Talk]:
    """The comments sorted to talks, each in order; the talks by their first comments."""
    known = tuple(comments)
    by_id = {comment.id: at for at, comment in reversed(list(enumerate(known)))}
    members: dict[_Root, list[int]] = {}
    found: dict[int, _Root] = {}
    for at in range(len(known)):
        members.setdefault(_root(known, by_id, found, at), []).append(at)
    made = [_in_order(known, root, places) for root, places in members.items()]
    made.sort(key=lambda talk: when_key(talk[0].at, talk[0].id))
    return made


def _in_order(known: Sequence[Comment], root: _Root, places: Iterable[int]) -> Talk:
    rest = sorted((known[at] for at in places if at != root), key=lambda each: when_key(each.at, each.id))
    return (known[root], *rest) if isinstance(root, int) else tuple(rest)


def _root(known: Sequence[Comment], by_id: Mapping[str, int], found: dict[int, _Root], at: int) -> _Root:
    """Where the talk of a comment began. What is learned on the way goes to `found`, so that no way is gone twice."""
    path: dict[int, None] = {}
    while at not in found:
        path[at] = None
        comment = known[at]
        parent = by_id.get(comment.reply_to)
        if not comment.reply_to or parent == at:
            found[at] = at
        elif parent is None:
            found[at] = ("missing", comment.reply_to)
        elif parent in path:
            steps = list(path)
            found[at] = ("circle", min(known[step].id for step in steps[steps.index(parent) :]))
        else:
            at = parent
    root = found[at]
    found.update(dict.fromkeys(path, root))
    return root

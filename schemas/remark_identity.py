"""Whether two versions of a comment or a review are one and the same, and what the other one is called if not.

Two people who work apart may by chance give one id to two remarks. Both are kept then: a remark is told by what nobody
changes about it afterwards, such as who said it and when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, TypeVar

from schemas.ids import REMARK_LENGTH, id_of_words
from schemas.incident import Comment, Model, Review
from schemas.moments import When
from schemas.replies import when_key

AnyRemark = TypeVar("AnyRemark", Comment, Review)

_BIRTH: Final[Mapping[str, tuple[str, ...]]] = {
    "comments": ("author", "at", "on", "quote", "question"),
    "reviews": ("reviewer", "at", "verdict", "content"),
}
"""What is never changed. A verdict goes with the content that it was given on: it must not come to sign another."""


def same_comment(one: Comment, other: Comment) -> bool:
    """Whether two comments with one id are one comment, whose words may have been edited in either place."""
    if _birth("comments", one) != _birth("comments", other):
        return False
    return one.text == other.text or one.edited is not None or other.edited is not None


def other_id(item: Comment | Review) -> str:
    """An id that follows from what an item is, so that it gets the same one wherever it is put in."""
    if isinstance(item, Comment):
        about: dict[str, Any] = {name: str(getattr(item, name)) for name in _BIRTH["comments"]}
    else:
        about = item.model_dump(mode="json")
    return id_of_words(f"{item.id} {sorted(about.items())}", REMARK_LENGTH + 2)


def called(comment: Comment, renamed: Mapping[str, str]) -> Comment:
    """A comment under its new id, answering what it answered, where ids were replaced."""
    changes = {
        name: renamed[getattr(comment, name)] for name in ("id", "reply_to") if getattr(comment, name) in renamed
    }
    found: Comment = comment.changed(**changes) if changes else comment
    return found


def edit_age(edited: When | None) -> tuple[bool, tuple[bool, timedelta, str]]:
    """What sorts versions of a comment's words: those that were edited last come last, never edited ones first."""
    return edited is not None, when_key(edited)


Remarks = Sequence[Model]


def told_apart(
    name: str, base: Remarks, ours: Remarks, theirs: Remarks, *, based: bool
) -> tuple[Remarks, Remarks, Remarks]:
    """The comments or reviews of a base and both sides, no id standing for two remarks: one of them is called anew.

    A review that both sides made into different ones is then in none of the bases. Which side is ours makes no
    difference: of two remarks always the same one keeps the id.
    """
    if name not in _BIRTH:
        return base, ours, theirs
    before, mine, yours = ({item.__dict__["id"]: item for item in items} for items in (base, ours, theirs))
    renamed: tuple[dict[str, str], dict[str, str]] = {}, {}
    for item_id in mine.keys() & yours.keys():
        one, other, old = mine[item_id], yours[item_id], before.get(item_id)
        if _are_two(name, old, one, other, based=based):
            loser = int(_rank(name, one) < _rank(name, other))
            renamed[loser][item_id] = other_id((one, other)[loser])  # type: ignore[arg-type]
    if not any(renamed):
        return base, ours, theirs
    apart = {*renamed[0], *renamed[1]}
    kept = [item for key, item in before.items() if key not in apart]
    return kept, _renamed(ours, renamed[0], yours), _renamed(theirs, renamed[1], mine)


def _are_two(name: str, old: Model | None, one: Model, other: Model, *, based: bool) -> bool:
    births = _birth(name, one), _birth(name, other)
    if old is not None:
        # One comment was there and both edited it; but of a verdict each side may have made another one.
        return name == "reviews" and len({*births, _birth(name, old)}) == 3
    if births[0] != births[1]:
        return True
    # Without a base nobody knows which words a comment began with.
    return based and isinstance(one, Comment) and isinstance(other, Comment) and not same_comment(one, other)


def _birth(name: str, item: Model) -> tuple[Any, ...]:
    return tuple(getattr(item, field) for field in _BIRTH[name])


def _rank(name: str, item: Model) -> tuple[str, str]:
    return repr(_birth(name, item)), repr(item)


def _renamed(items: Remarks, renamed: Mapping[str, str], others: Mapping[str, Model]) -> Remarks:
    """A side's remarks with new ids, and its answers to them. An answer that both sides have stays with the other's."""
    if not renamed:
        return items
    found: list[Model] = []
    for item in items:
        if isinstance(item, Comment):
            other = others.get(item.id)
            shared = item.id not in renamed and isinstance(other, Comment) and other.reply_to == item.reply_to
            item = item if shared else called(item, renamed)
        elif isinstance(item, Review) and item.id in renamed:
            item = item.changed(id=renamed[item.id])
        found.append(item)
    return found

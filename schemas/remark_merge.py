"""Comments and reviews of somebody else put into an incident: each once, whatever was put in before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from schemas.ids import ID_ALPHABET, REMARK_LENGTH
from schemas.incident import Comment, Incident, Review
from schemas.moments import When
from schemas.replies import when_key
from schemas.toml_order import in_file_order

_BIRTH: Final = ("author", "at", "on", "quote", "question")
"""The fields of a comment that nobody changes: by these two versions of one are told from two with the same id."""


class Merge:
    """Puts things into one incident. `known`, `changed` and `missing` are ids of comments, each named once.

    What it comes to does not depend on the order in which things from different people are put in.
    """

    def __init__(self, incident: Incident) -> None:
        self._incident = incident
        self._comments = {comment.id: comment for comment in incident.comments}
        self._reviews = {review.id: review for review in incident.reviews}
        self.known: dict[str, None] = {}
        self.changed: dict[str, None] = {}
        self.missing: dict[str, None] = {}

    def add_comments(self, comments: Iterable[Comment]) -> tuple[str, ...]:
        """Put comments in; gives the ids under which the new ones are there."""
        waiting = list(comments)
        renamed = self._renamed(waiting)
        new: list[str] = []
        for comment in waiting:
            comment = _called(comment, renamed)
            there = self._comments.get(comment.id)
            if there is None:
                self._comments[comment.id] = comment
                new.append(comment.id)
            else:
                self.known[comment.id] = None
                # Words that were never edited are the ones it began with: there is nothing to take from them.
                text = comment.text if comment.edited is not None else None
                self.change(comment.id, resolved=True if comment.resolved else None, text=text, edited=comment.edited)
        for comment_id in new:
            parent = self._comments[comment_id].reply_to
            if parent and parent not in self._comments:
                self.missing[parent] = None
        return tuple(new)

    def add_reviews(self, reviews: Iterable[Review]) -> tuple[str, ...]:
        """Put verdicts in; gives the ids under which the new ones are there."""
        new: list[str] = []
        for review in reviews:
            there = self._reviews.get(review.id)
            if there is not None and there != review:
                review = review.changed(id=_other_id(review, review.model_dump(mode="json")))
                there = self._reviews.get(review.id)
            if there is None:
                self._reviews[review.id] = review
                new.append(review.id)
        return tuple(new)

    def change(self, comment_id: str, *, resolved: bool | None, text: str | None, edited: When | None) -> None:
        """Settle a comment or open it again, and give it other words unless it got newer ones."""
        comment = self._comments.get(comment_id)
        if comment is None:
            self.missing[comment_id] = None
            return
        changes: dict[str, Any] = {}
        if resolved is not None and resolved != comment.resolved:
            changes["resolved"] = resolved
        if text is not None and _newer(edited, text, comment):
            changes |= {"text": text, "edited": edited}
        if changes:
            self._comments[comment_id] = comment.changed(**changes)
            self.changed[comment_id] = None

    def remove(self, comment_id: str) -> None:
        """Take a comment out, if it is there; what answers it stays."""
        if self._comments.pop(comment_id, None) is not None:
            self.changed[comment_id] = None

    def result(self) -> Incident:
        """The incident with all of it, remarks in the order of the file; the same one where nothing was put in."""
        comments, reviews = tuple(self._comments.values()), tuple(self._reviews.values())
        if comments == self._incident.comments and reviews == self._incident.reviews:
            return self._incident
        return in_file_order(self._incident.model_copy(update={"comments": comments, "reviews": reviews}))

    def _renamed(self, comments: Iterable[Comment]) -> dict[str, str]:
        """The ids that other comments of the incident have by chance, with those that take their place."""
        return {
            comment.id: _other_id(comment, {name: str(getattr(comment, name)) for name in _BIRTH})
            for comment in comments
            if (there := self._comments.get(comment.id)) is not None and not _same(there, comment)
        }


def _same(one: Comment, other: Comment) -> bool:
    """Whether two comments with one id are one comment, whose words may have been edited in either place."""
    if any(getattr(one, name) != getattr(other, name) for name in _BIRTH):
        return False
    return one.text == other.text or one.edited is not None or other.edited is not None


def _called(comment: Comment, renamed: dict[str, str]) -> Comment:
    changes = {
        name: renamed[getattr(comment, name)] for name in ("id", "reply_to") if getattr(comment, name) in renamed
    }
    called: Comment = comment.changed(**changes) if changes else comment
    return called


def _newer(edited: When | None, text: str, than: Comment) -> bool:
    """Whether words replace those of a comment: the ones edited last do, and of two at once the same ones always."""
    if text == than.text and edited == than.edited:
        return False
    if edited is None:
        return than.edited is None and text != than.text
    return _age(edited, text) > _age(than.edited, than.text)


def _age(edited: When | None, text: str) -> tuple[bool, tuple[bool, timedelta, str], str]:
    return edited is not None, when_key(edited), text


def _other_id(item: Comment | Review, about: dict[str, Any]) -> str:
    """An id that follows from what an item is, so that it gets the same one wherever it is put in."""
    digest = hashlib.blake2b(f"{item.id} {sorted(about.items())}".encode(), digest_size=8).digest()
    number, name = int.from_bytes(digest, "big"), ""
    for _ in range(REMARK_LENGTH + 2):
        number, letter = divmod(number, len(ID_ALPHABET))
        name += ID_ALPHABET[letter]
    return name

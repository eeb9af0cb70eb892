"""Comments and reviews of somebody else put into an incident: each once, whatever was put in before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from schemas.incident import Comment, Incident, Review
from schemas.moments import When
from schemas.remark_identity import called, edit_age, other_id, same_comment
from schemas.toml_order import in_file_order


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
            comment = called(comment, renamed)
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
                review = review.changed(id=other_id(review))
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
            comment.id: other_id(comment)
            for comment in comments
            if (there := self._comments.get(comment.id)) is not None and not same_comment(there, comment)
        }


def _newer(edited: When | None, text: str, than: Comment) -> bool:
    """Whether words replace those of a comment: the ones edited last do, and of two at once the same ones always."""
    if text == than.text and edited == than.edited:
        return False
    if edited is None:
        return than.edited is None and text != than.text
    return (edit_age(edited), text) > (edit_age(than.edited), than.text)

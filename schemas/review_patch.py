"""A review kept beside a file that the reviewer cannot write: comments, verdicts and changes, to be taken in later.

`outage.toml` has its reviews in `outage.review.toml`. Taking one in twice changes nothing the second time, and of two
reviews of the same file it does not matter which one is taken in first.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Final

from msgspec import Struct
from pydantic import BeforeValidator, Field

from schemas.anchors import Anchors
from schemas.incident import Comment, Incident, Line, Lines, Model, Moment, Prose, Review
from schemas.quotes import stands
from schemas.remark_merge import Merge
from schemas.verdicts import content_of

FORMAT: Final = 1
"""The version of the format of such a file."""

SUFFIX: Final = ".review.toml"


def patch_name(file: str) -> str:
    """The name of the file that holds the review of another one: `outage.review.toml` for `outage.toml`."""
    name = PurePath(file).name
    return (name.removesuffix(".toml") or "incident") + SUFFIX


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


class ReviewOf(Model):
    """What was reviewed: the name of the file, its title, and the hash of its content."""

    file: Line = ""
    title: Line = ""
    content: Line = ""


class CommentChange(Model):
    """What became of a comment that was there: settled or opened again, or other words since `edited`."""

    id: Line
    resolved: bool | None = None
    text: Prose | None = None
    edited: Moment = None


class Patch(Model):
    """A review as it is kept in a file of its own. `removed` are the ids of comments that were taken back."""

    format: int = FORMAT
    review_of: ReviewOf = Field(default_factory=ReviewOf)
    removed: Lines = ()
    comments: Annotated[tuple[Comment, ...], BeforeValidator(_as_tuple)] = ()
    changes: Annotated[tuple[CommentChange, ...], BeforeValidator(_as_tuple)] = ()
    reviews: Annotated[tuple[Review, ...], BeforeValidator(_as_tuple)] = ()

    def __bool__(self) -> bool:
        """Whether there is anything in it to take in."""
        return bool(self.comments or self.changes or self.reviews or self.removed)


class TakenIn(Struct, frozen=True):
    """What taking a review in came to, by the ids of comments.

    `new` were not there yet, `known` were. `changed` were settled, opened again, edited or taken back. Of the new ones
    `on_changed_text` quote words that do not stand there as they were quoted, `orphans` hang on something that is gone.
    `missing` are comments that are not there any more although the review changes or answers them. `reviews` are the
    ids of the verdicts that are new. `other_content` says that the document was changed since it was reviewed,
    `other_title` that it may be another document.
    """

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    on_changed_text: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    other_content: bool = False
    other_title: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the incident is as it was."""
        return not (self.new or self.changed or self.reviews)

    @property
    def summary(self) -> str:
        """What was taken in, in a sentence: `3 comments (1 on words that were changed since) and 1 verdict`."""
        about = [
            _counted(self.on_changed_text, "on words that were changed since", "on words that were changed since"),
            _counted(self.orphans, "on something that is gone", "on things that are gone"),
        ]
        aside = f" ({', '.join(filter(None, about))})" if any(about) else ""
        parts = [
            f"{_counted(self.new, 'comment', 'comments')}{aside}" if self.new else "",
            _counted(self.changed, "change of a comment", "changes of comments"),
            _counted(self.reviews, "verdict", "verdicts"),
        ]
        *most, last = [part for part in parts if part] or ["nothing new"]
        said = f"{', '.join(most)} and {last}" if most else last
        known = _counted(self.known, "comment was there already", "comments were there already")
        gone = _counted(self.missing, "comment that it speaks of is gone", "comments that it speaks of are gone")
        return "; ".join(filter(None, (said, known, gone)))


def _counted(ids: tuple[str, ...], one: str, several: str) -> str:
    return "" if not ids else f"{len(ids)} {one if len(ids) == 1 else several}"


def patch_of(base: Incident, now: Incident, *, file: str = "") -> Patch:
    """What a reviewer said, as the difference between the incident that was opened and as it is now.

    Only comments and reviews are looked at. `file` is the name of the file that was opened.
    """
    known = {comment.id: comment for comment in base.comments}
    kept = {comment.id for comment in now.comments}
    reviews = {review.id for review in base.reviews}
    return Patch(
        review_of=ReviewOf(file=PurePath(file).name, title=now.title, content=content_of(now)),
        removed=tuple(comment_id for comment_id in known if comment_id not in kept),
        comments=tuple(comment for comment in now.comments if comment.id not in known),
        changes=tuple(
            change
            for comment in now.comments
            if (before := known.get(comment.id)) is not None and (change := _change(before, comment)) is not None
        ),
        reviews=tuple(review for review in now.reviews if review.id not in reviews),
    )


def _change(before: Comment, after: Comment) -> CommentChange | None:
    resolved = after.resolved if after.resolved != before.resolved else None
    text = after.text if after.text != before.text else None
    if resolved is None and text is None:
        return None
    return CommentChange(id=after.id, resolved=resolved, text=text, edited=after.edited if text is not None else None)


def take_in(incident: Incident, patch: Patch) -> tuple[Incident, TakenIn]:
    """The incident with a review in it, and what was new; the same incident where nothing was.

    A comment that is there already is known by its id. Of two versions of its words the one that was edited later
    holds. An id that another comment has by chance is replaced, always by the same one.
    """
    merge = Merge(incident)
    new = merge.add_comments(patch.comments)
    for change in patch.changes:
        merge.change(change.id, resolved=change.resolved, text=change.text, edited=change.edited)
    for comment_id in patch.removed:
        merge.remove(comment_id)
    reviews = merge.add_reviews(patch.reviews)
    result = merge.result()
    anchors = Anchors(result)
    places = {comment.id: anchors.thing(comment.on) for comment in result.comments if comment.id in new}
    quoted = {comment.id: comment.quote for comment in result.comments if comment.id in new and comment.quote.strip()}
    changed = tuple(
        comment_id
        for comment_id, quote in quoted.items()
        if (place := places[comment_id]) is not None and not stands(anchors.text(place), quote)
    )
    return result, TakenIn(
        new=new,
        known=tuple(merge.known),
        changed=tuple(merge.changed),
        on_changed_text=changed,
        orphans=tuple(comment_id for comment_id, place in places.items() if place is None),
        missing=tuple(merge.missing),
        reviews=reviews,
        other_content=bool(patch.review_of.content) and patch.review_of.content != content_of(incident),
        other_title=bool(patch.review_of.title) and patch.review_of.title != incident.title,
    )

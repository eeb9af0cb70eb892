"""Comments as people read and make them: threads in the order of the document, and the changes that can be made.

A comment hangs on a place (see `schemas.anchors`) and stays when what it hangs on is edited; if that is removed, its
thread is an orphan and still shown. Every change gives a new incident, or the same one where there was nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from operator import is_
from typing import Any, Final

from msgspec import Struct

from schemas import edits, timeline
from schemas.anchors import THINGS, WHOLE, Anchors
from schemas.anchors import place_of as place_of
from schemas.anchors import text_at as text_at
from schemas.entries import need_neighbours, standing_alone, zone_of
from schemas.incident import Comment, Incident
from schemas.moments import When
from schemas.quotes import Span
from schemas.quotes import find_quote as find_quote
from schemas.replies import talks
from schemas.section_order import section_order

_FRONT: Final = tuple(name for name in Incident.model_fields if name not in (*THINGS, "sections"))
_PARTS: Final = ("front", "sections", "impacts", "factors", "events", "stated", "actions", "whole", "gone")
"""The order in which a reader comes to things."""


class Thread(Struct, frozen=True, dict=True):
    """A comment with its answers, by time and then by id, however deep they were nested.

    `place` is the thing that it hangs on, or what the comment names where that is gone (`orphan`). `quote_at` is where
    the quoted words are now in the text of the thing, None where nothing is quoted or too little of it is left.
    """

    root: Comment
    replies: tuple[Comment, ...]
    place: str
    orphan: bool
    quote_at: Span | None

    @property
    def id(self) -> str:
        """The id of the comment that began it."""
        return self.root.id

    @property
    def open(self) -> bool:
        """Whether it waits for something: what its first comment says of it holds for the whole thread."""
        return not self.root.resolved

    @property
    def lost(self) -> bool:
        """Whether words are quoted that stand nowhere any more."""
        return bool(self.root.quote.strip()) and self.quote_at is None

    @property
    def last(self) -> Comment:
        """The comment that was written last."""
        return self.replies[-1] if self.replies else self.root

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """All of it, from the first comment on."""
        return (self.root, *self.replies)


def threads(incident: Incident) -> tuple[Thread, ...]:
    """All threads in the order of the document, on one thing by time; orphans come last.

    What is told of an incident is kept, so that asking again costs nothing.
    """
    given = tuple(getattr(incident, name) for name in _READ)
    for known, found in _kept:
        if all(map(is_, known, given)):
            return found
    made = _threads(incident)
    _kept.insert(0, (given, made))
    del _kept[_KEPT:]
    return made


_READ: Final = tuple(name for name in Incident.model_fields if name not in ("reviews", "waivers", "status", "format"))
_KEPT: Final = 4
_kept: list[tuple[tuple[object, ...], tuple[Thread, ...]]] = []


def by_place(incident: Incident) -> dict[str, tuple[Thread, ...]]:
    """The threads by the place that they hang on."""
    found: dict[str, tuple[Thread, ...]] = {}
    for thread in threads(incident):
        found[thread.place] = (*found.get(thread.place, ()), thread)
    return found


def open_threads(incident: Incident) -> tuple[Thread, ...]:
    """The threads that are not resolved, in the order of the document."""
    return tuple(thread for thread in threads(incident) if thread.open)


def thread_of(incident: Incident, comment_id: str) -> Thread:
    """The thread that a comment is in, be it the first or an answer.

    Raises:
        KeyError: there is no such comment.
    """
    for thread in threads(incident):
        if any(comment.id == comment_id for comment in thread.comments):
            return thread
    raise KeyError(f"comments/{comment_id}")


def add_comment(
    incident: Incident,
    *,
    comment_id: str,
    on: str = WHOLE,
    author: str = "",
    at: When | None = None,
    text: str,
    quote: str = "",
    question: str = "",
) -> Incident:
    """Begin a thread. The id comes from `schemas.ids.remark_id`; `quote` are the words of the thing that it is about.

    Raises:
        KeyError: there is nothing at the place `on`.
    """
    if place_of(incident, on) is None:
        raise KeyError(on)
    new = Comment(id=comment_id, on=on, author=author, at=at, text=text, quote=quote, question=question)
    return edits.add_item(incident, "comments", new)


def reply(
    incident: Incident, to: str, *, comment_id: str, author: str = "", at: When | None = None, text: str
) -> Incident:
    """Answer in a thread, of which any comment may be named. A resolved one stays resolved.

    Raises:
        KeyError: there is no such comment.
    """
    root = thread_of(incident, to).root
    new = Comment(id=comment_id, on=root.on, author=author, at=at, text=text, reply_to=root.id)
    return edits.add_item(incident, "comments", new)


def edit_comment(incident: Incident, comment_id: str, text: str, *, at: When | None = None) -> Incident:
    """Change the words of a comment; `at` is when.

    Raises:
        KeyError: there is no such comment.
    """
    changed = edits.update_item(incident, "comments", comment_id, text=text)
    if changed is incident or at is None:
        return changed
    return edits.update_item(changed, "comments", comment_id, edited=at)


def remove_comment(incident: Incident, comment_id: str, *, at: When | None = None) -> Incident:
    """Take a comment out. One that was answered keeps its place without its words, so that the answers keep theirs.

    Raises:
        KeyError: there is no such comment.
    """
    if any(comment.reply_to == comment_id and comment.id != comment_id for comment in incident.comments):
        return edit_comment(incident, comment_id, "", at=at)
    return edits.remove_items(incident, "comments", {comment_id})


def set_resolved(incident: Incident, comment_id: str, resolved: bool) -> Incident:
    """Settle a thread, or open it again; any of its comments may be named.

    Raises:
        KeyError: there is no such comment.
    """
    root = thread_of(incident, comment_id).root
    return edits.update_item(incident, "comments", root.id, resolved=resolved)


def _threads(incident: Incident) -> tuple[Thread, ...]:
    anchors = Anchors(incident)
    found = []
    for first, *rest in talks(incident.comments):
        place = anchors.thing(first.on)
        text = "" if place is None else anchors.text(place)
        quote_at = find_quote(text, first.quote) if text and first.quote else None
        found.append(Thread(first, tuple(rest), first.on if place is None else place, place is None, quote_at))
    if len(found) > 1:
        found.sort(key=_reading_order(incident, found))
    return tuple(found)


Rank = tuple[int, Any]


def _reading_order(incident: Incident, found: Iterable[Thread]) -> Callable[[Thread], Rank]:
    """What sorts threads by where a reader comes to their things; those on one thing stay as they are."""
    ranks: dict[str, Rank] = {}
    sections = {key: at for at, key in enumerate(section_order(incident))}
    named: dict[str, set[str]] = {}
    for thread in found:
        name, _, rest = thread.place.partition("/")
        if not thread.orphan and name in THINGS and rest:
            named.setdefault(name, set()).add(rest)
    for name, ids in named.items():
        known = _event_ranks(incident, ids) if name == "events" else _item_ranks(incident, name, ids)
        ranks |= {f"{name}/{item_id}": rank for item_id, rank in known}

    def rank_of(thread: Thread) -> Rank:
        name, _, rest = thread.place.partition("/")
        if thread.orphan:
            return _PARTS.index("gone"), thread.place
        if name in ("sections", "other_sections"):
            return _PARTS.index("sections"), sections.get(rest, -1 if not rest else len(sections))
        if name in _PARTS:
            return _PARTS.index(name), ranks.get(thread.place, (0, 0))
        if not name:
            return _PARTS.index("whole"), 0
        return _PARTS.index("front"), _FRONT.index(name) if name in _FRONT else len(_FRONT)

    return rank_of


def _item_ranks(incident: Incident, name: str, ids: set[str]) -> Iterable[tuple[str, Rank]]:
    return ((item.id, (1, at)) for at, item in enumerate(getattr(incident, name)) if item.id in ids)


def _event_ranks(incident: Incident, ids: set[str]) -> Iterable[tuple[str, Rank]]:
    """Events by time; one without a time behind the one that it follows. Only those that are talked about are read."""
    events, (zone, _) = incident.events, zone_of(incident)
    if need_neighbours(events):
        return ((event.id, (1, at)) for at, event in enumerate(timeline.order(events, zone)) if event.id in ids)
    ranks: list[tuple[str, Rank]] = []
    for at in (at for at, event in enumerate(events) if event.id in ids):
        starts = (standing_alone(events[i], zone).start for i in range(at, -1, -1))
        start = next((start for start in starts if start), None)
        ranks.append((events[at].id, (1, (start is not None, start.nominal if start else 0, at))))
    return ranks

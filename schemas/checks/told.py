"""All that an incident tells, in one piece: whether a word occurs at all is seen at once, and mostly it does not.

The pieces are kept until what they are made of is another object, so that the rules of one check share them; and of a
text that something was typed into only that one is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, wraps
from operator import is_
from typing import Any, Final, TypeVar

from schemas.checks.naming import place
from schemas.checks.probes import holds
from schemas.incident import Event, Incident, Sections
from schemas.sections import SECTION_KEYS

Found = TypeVar("Found")

Look = Callable[[str, str], Found]
"""Finds something in a text, which is given in small letters too. What is found in several texts together is found in
one of them. A function of a module: what it found is remembered by the function."""

_Find = Callable[[Incident], Iterator[Found]]
_UNKNOWN: Final = object()


class Texts:
    """Some texts in one piece; those `before` them may have had nearly the same."""

    def __init__(self, texts: tuple[str, ...], before: Texts | None = None) -> None:
        self.texts = texts
        self._known: dict[Look[Any], Any] = {}
        # What an earlier keystroke has found is of no use any more: nothing is held for longer than one change.
        self._before = before._known if before is not None else {}
        old = set(map(id, before.texts)) if before is not None else set()
        self._fresh = tuple(text for text in texts if id(text) not in old) if old else texts
        if len(self._fresh) == len(texts):
            self._before = {}  # another incident: nothing of what was known says anything of it

    @cached_property
    def whole(self) -> str:
        """All texts, one under the other."""
        return "\n".join(self.texts)

    @cached_property
    def folded(self) -> str:
        """The same in small letters."""
        return self.whole.lower()

    def found(self, look: Look[Found]) -> Found:
        """What a function finds; where it found nothing before, only new texts are looked at."""
        known: Found | object = self._known.get(look, _UNKNOWN)
        if known is _UNKNOWN:
            if self._before.get(look, _UNKNOWN) in _NOTHING:
                fresh = "\n".join(self._fresh)
                known = look(fresh, fresh.lower())
            else:
                known = look(self.whole, self.folded)
            self._known[look] = known
        return known  # type: ignore[return-value]


_NOTHING: Final = (False, ())


class _Last:
    """The texts of the incident that was asked about last."""

    def __init__(self, read: Callable[[Incident], tuple[object, ...]], texts: Callable[[Incident], list[str]]) -> None:
        self._read, self._texts = read, texts
        self._last: tuple[tuple[object, ...], Texts] | None = None

    def __call__(self, incident: Incident) -> Texts:
        read = self._read(incident)
        last = self._last
        if last is None or not all(map(is_, last[0], read)):
            made = Texts(tuple(self._texts(incident)), last[1] if last else None)
            last = self._last = read, made
        return last[1]


def _bodies(incident: Incident) -> list[str]:
    return [*(body for _, body in written(incident.sections)), *(other.body for other in incident.other_sections)]


prose: Final = _Last(lambda known: (known.sections, known.other_sections), _bodies)
"""The bodies of all sections, the canonical ones and the others."""


def written(sections: Sections) -> list[tuple[str, str]]:
    """The canonical sections that are not empty: key and body."""
    known = vars(sections)
    return [(key, body) for key in SECTION_KEYS if (body := known[key])]


def _items(incident: Incident) -> list[str]:
    texts = [incident.title]
    texts += [section.heading for section in incident.other_sections]
    texts += [impact.what for impact in incident.impacts]
    for factor in incident.factors:
        texts += (factor.text, *factor.links)
    for action in incident.actions:
        texts += (action.text, action.link)
    return texts


items: Final = _Last(
    lambda known: (known.title, known.other_sections, known.impacts, known.factors, known.actions), _items
)
"""What is written freely apart from sections and events: the title, headings, the texts and links of impacts, factors
and actions."""


def _remarks(incident: Incident) -> list[str]:
    texts = [f"{comment.text}\n{comment.quote}" for comment in incident.comments]
    return [*texts, *(review.summary for review in incident.reviews)]


remarks: Final = _Last(lambda known: (known.comments, known.reviews), _remarks)
"""What comments and reviews say."""


def until_changed(*fields: str) -> Callable[[_Find[Found]], Callable[[Incident], tuple[Found, ...]]]:
    """Remember what a function finds in an incident until one of the fields that it reads is another object."""

    def remembering(find: _Find[Found]) -> Callable[[Incident], tuple[Found, ...]]:
        last: list[tuple[list[object], tuple[Found, ...]]] = []

        @wraps(find)
        def remembered(incident: Incident) -> tuple[Found, ...]:
            read = [getattr(incident, name) for name in fields]
            for known, found in last:
                if all(map(is_, known, read)):
                    return found
            found = tuple(find(incident))
            last[:] = [(read, found)]
            return found

        return remembered

    return remembering


@until_changed("sections", "other_sections")
def bodies(incident: Incident) -> Iterator[tuple[str, str]]:
    """The sections that are written, with their places."""
    for key, body in written(incident.sections):
        yield f"sections/{key}", body
    for section in incident.other_sections:
        if section.body:
            yield place("other_sections", section.id), section.body


def of_event(event: Event) -> str:
    """The text of an event with its links, a line each."""
    return "\n".join((event.text, *event.links)) if event.links else event.text


class Story:
    """What some events tell, each with its links, in one piece."""

    def __init__(self, events: tuple[Event, ...]) -> None:
        self.events = events
        self.texts = [of_event(event) for event in events]

    @cached_property
    def whole(self) -> str:
        """All of it, an event under the other."""
        return "\n".join(self.texts)

    @cached_property
    def folded(self) -> str:
        """The same in small letters."""
        return self.whole.lower()

    def holds(self, probes: tuple[str, ...]) -> bool:
        """Whether one of some words, in capitals as they are given, is in it."""
        return holds(self.whole, probes, self.folded)

    def holds_folded(self, probes: tuple[str, ...]) -> bool:
        """Whether one of some words is in it, whatever the capitals."""
        return holds(self.folded, probes, self.folded)


_stories: list[Story] = []


def story(events: tuple[Event, ...]) -> Story:
    """What some events tell. That of the last ones is remembered: a dozen rules ask about the same events in turn."""
    for known in tuple(_stories):
        if known.events is events:
            return known
    made = Story(events)
    _stories[:] = [made, *_stories[:3]]
    return made

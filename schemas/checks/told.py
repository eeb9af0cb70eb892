"""All that an incident tells, in one piece: whether a word occurs at all is seen at once, and mostly it does not.

The pieces are kept until what they are made of is another object, so that the rules of one check share them.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import is_

from schemas.checks.memory import of_the_last
from schemas.checks.naming import place
from schemas.incident import Event, Incident, OtherSection, Sections
from schemas.sections import SECTION_KEYS

_last: list[tuple[Sections, tuple[OtherSection, ...], str, str]] = []


def prose(incident: Incident) -> str:
    """The bodies of all sections, the canonical ones and the others."""
    return _prose(incident)[2]


def folded(incident: Incident) -> str:
    """The same in small letters."""
    return _prose(incident)[3]


def _prose(incident: Incident) -> tuple[Sections, tuple[OtherSection, ...], str, str]:
    sections, others = incident.sections, incident.other_sections
    if _last and _last[0][0] is sections and _last[0][1] is others:
        return _last[0]
    text = "\n".join([*(body for _, body in written(sections)), *(other.body for other in others)])
    _last[:] = [(sections, others, text, text.lower())]
    return _last[0]


def written(sections: Sections) -> list[tuple[str, str]]:
    """The canonical sections that are not empty: key and body."""
    known = vars(sections)
    return [(key, body) for key in SECTION_KEYS if (body := known[key])]


_last_items: list[tuple[tuple[object, ...], str, str]] = []


def items(incident: Incident) -> str:
    """What is written freely apart from sections and events: the title, headings, the texts and links of impacts,
    factors and actions."""
    return _items(incident)[1]


def folded_items(incident: Incident) -> str:
    """The same in small letters."""
    return _items(incident)[2]


def _items(incident: Incident) -> tuple[tuple[object, ...], str, str]:
    read = (incident.title, incident.other_sections, incident.impacts, incident.factors, incident.actions)
    if _last_items and all(map(is_, _last_items[0][0], read)):
        return _last_items[0]
    texts = [incident.title]
    texts += [section.heading for section in incident.other_sections]
    texts += [impact.what for impact in incident.impacts]
    for factor in incident.factors:
        texts += (factor.text, *factor.links)
    for action in incident.actions:
        texts += (action.text, action.link)
    text = "\n".join(texts)
    _last_items[:] = [(read, text, text.lower())]
    return _last_items[0]


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


@of_the_last
def events(items: tuple[Event, ...]) -> str:
    """The texts and links of all events."""
    return "\n".join([of_event(event) for event in items])


def holds(text: str, probes: tuple[str, ...]) -> bool:
    """Whether one of several words occurs in a text; a plain loop, since nothing is quicker."""
    for probe in probes:  # noqa: SIM110
        if probe in text:
            return True
    return False

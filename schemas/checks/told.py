"""All that an incident tells, in one piece: whether a word occurs at all is seen at once, and mostly it does not.

The pieces are kept until what they are made of is another object, so that the rules of one check share them.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemas.checks.memory import of_the_last
from schemas.checks.naming import place
from schemas.incident import Event, Incident, OtherSection, Sections
from schemas.sections import SECTION_KEYS

_last: list[tuple[Sections, tuple[OtherSection, ...], str]] = []


def prose(incident: Incident) -> str:
    """The bodies of all sections, the canonical ones and the others."""
    sections, others = incident.sections, incident.other_sections
    if _last and _last[0][0] is sections and _last[0][1] is others:
        return _last[0][2]
    written = [body for key in SECTION_KEYS if (body := getattr(sections, key))]
    text = "\n".join([*written, *(other.body for other in others)])
    _last[:] = [(sections, others, text)]
    return text


def bodies(incident: Incident) -> Iterator[tuple[str, str]]:
    """The sections that are written, with their places."""
    sections = incident.sections
    for key in SECTION_KEYS:
        if body := getattr(sections, key):
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

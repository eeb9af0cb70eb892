"""Everything that a document claims about the lengths and times of its incident: `[[stated]]`, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from operator import is_

from msgspec import Struct
from msgspec.structs import replace

from schemas.checks.naming import place
from schemas.checks.registry import Facts
from schemas.claims_in_prose import Found, claims_in
from schemas.incident import Incident, Stated
from schemas.moments import When
from schemas.neighbours import LONGEST
from schemas.patterns import late
from schemas.sections import SECTION_KEYS

_MAIN = frozenset({"summary", "impact"})
"""The sections that speak of the incident as a whole."""
_MAIN_HEADING = late(
    r"\b(?:summary|overview|impact|duration|disruption|outage|incident|blast radius|what happened|header|resumen|resumo"
    r"|résumé|impacto|Zusammenfassung|Auswirkung\w*)\b",
    re.IGNORECASE,
)


class Claim(Struct, frozen=True):
    """One claim. `where` is the place to point at; `found` is set for one that a sentence makes."""

    stated: Stated
    where: str
    found: Found | None = None

    @property
    def until(self) -> Stated | None:
        """The other end, where a range is claimed."""
        return self.found.until if self.found else None

    @property
    def firm(self) -> bool:
        """Whether it is surely about the whole incident."""
        return self.found is None or self.found.firm

    @property
    def labelled(self) -> bool:
        """Whether it stands in a field or behind a label, as against in the middle of a sentence."""
        return self.found is None or self.found.labelled

    @property
    def source(self) -> str:
        """Where it was read, in brackets: `(header)`, `("2 hours", summary)`."""
        if self.found is None:
            where = self.stated.where or (f"line {self.stated.line}" if self.stated.line else "")
            return f" ({where})" if where else ""
        kind, _, key = self.where.partition("/")
        name = key.replace("_", " ") if kind == "sections" else {"other_sections": "other section"}.get(kind, kind)
        return f' ("{self.stated.value}", {name})'


def claimed(facts: Facts) -> tuple[Claim, ...]:
    """The claims of a document, each told once: what `[[stated]]` has is left out of the sentences."""
    return claims_of(facts.incident)


def claims_of(incident: Incident) -> tuple[Claim, ...]:
    """The claims of an incident; those of the last one are remembered, since several rules ask for them."""
    read = (incident.stated, incident.title, incident.sections, incident.other_sections, incident.impacts)
    if not (_last and all(map(is_, _last[0][0], read))):
        _last[:] = [(read, tuple(_claims(incident)))]
    return _last[0][1]


_last: list[tuple[tuple[object, ...], tuple[Claim, ...]]] = []


def lengths_claimed(incident: Incident) -> tuple[tuple[str, float, str], ...]:
    """The lengths that an incident claims, as its neighbours know them: what for, how many minutes, in which words."""
    return tuple(
        (each.stated.what, float(minutes), each.stated.value)
        for each in claims_of(incident)
        if (minutes := each.stated.minutes) is not None and abs(minutes) <= LONGEST
    )


def _claims(incident: Incident) -> list[Claim]:
    claims = [Claim(each, place("stated", each.id)) for each in incident.stated]
    seen = {key: number for number, each in enumerate(claims) for key in _keys(each.stated)}
    for where, found in _sentences(incident):
        keys = _keys(found.stated) + (_keys(found.until) if found.until else [])
        if keys and all(key in seen for key in keys):
            first = claims[seen[keys[0]]]
            if found.stated.about and first.found is not None and not first.stated.about:
                # Who says "about" somewhere means it everywhere.
                claims[seen[keys[0]]] = replace(first, stated=first.stated.model_copy(update={"about": True}))
            continue
        seen.update(dict.fromkeys(keys, len(claims)))
        claims.append(Claim(found.stated, where, found))
    return claims


def _sentences(incident: Incident) -> Iterator[tuple[str, Found]]:
    sections, others, title, impacts = incident.sections, incident.other_sections, incident.title, incident.impacts
    for found in claims_in(title, "title"):
        yield "title", found
    for key in SECTION_KEYS:
        if body := sections.get(key):
            where = f"sections/{key}"
            for found in claims_in(body, where, key in _MAIN):
                yield where, found
    for other in others:
        where = place("other_sections", other.id)
        for found in claims_in(other.body, where, _MAIN_HEADING.search(other.heading) is not None):
            yield where, found
    for impact in impacts:
        where = place("impacts", impact.id, "what")
        for found in claims_in(impact.what, where):
            yield where, found


def _keys(stated: Stated) -> list[tuple[str, object]]:
    """What makes two claims the same: what is claimed, and its minutes or its clock."""
    keys: list[tuple[str, object]] = []
    if stated.minutes is not None:
        keys.append((stated.what, round(min(float(stated.minutes), 1e12), 2)))
    if stated.at is not None:
        keys.append((stated.what, clock_of(stated.at) or stated.at))
    return keys


def clock_of(at: When) -> time | None:
    """The time of day of a moment, None for a plain day."""
    if isinstance(at, datetime):
        return at.time().replace(tzinfo=None)
    return at if isinstance(at, time) else None

"""A document of our own standard style read back as the incident that it was written from (see `schemas.writers`)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any, Final

from pydantic import ValidationError

from schemas import zones
from schemas.ids import new_ids
from schemas.incident import Action, Event, Factor, Impact, Incident, Model, OtherSection, Sections, Stated, Waiver
from schemas.readers.blocks import Line
from schemas.readers.export_items import action_of, factors_of, impact_of, stated_of, unknown_fields
from schemas.readers.export_shape import UNTITLED, Export, Stretch, export_of
from schemas.readers.export_text import Row, listed, plain, table_at
from schemas.readers.export_timeline import Told, timeline_of
from schemas.readers.export_times import moment_of
from schemas.readers.found import Assumption, Source
from schemas.readers.imported import Imported
from schemas.sections import SECTIONS
from schemas.writers.source import places

_KEYS: Final = {section.heading: section.key for section in SECTIONS}
_MODELS: Final[dict[str, type[Model]]] = {
    "impacts": Impact, "factors": Factor, "events": Event, "stated": Stated, "actions": Action,
}  # fmt: skip
_DERIVED: Final = re.compile(r".* \([^()]+ → [^()]+\).*")
_TEXTS: Final = {"Status": "status", "Severity": "severity", "Owner": "owner", "Time zone": "zone"}
_LISTS: Final = {"Authors": "authors", "Services": "services", "Tags": "tags"}

Fields = tuple[int, dict[str, Any]]
"""The line that an item stands on, and its fields without the id."""


def read_export(lines: Sequence[Line], digest: bytes) -> Imported | None:
    """The incident of a document that this program wrote; None if it is none, or was changed beyond that.

    `digest` is what its ids are made from.
    """
    export = export_of(lines)
    if export is None:
        return None
    reading = _Reading(export)
    try:
        return reading.result(tuple(lines), random.Random(digest)) if reading.fits() else None
    except ValidationError:
        return None  # a time or number that reads well and that no incident can hold


class _Reading:
    """One document on its way to an incident."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.fields: dict[str, Any] = {}
        self.sections: dict[str, str] = {}
        self.others: list[tuple[Stretch, str | int]] = []
        self.after: str | int = ""
        self.items: dict[str, list[Fields]] = {name: [] for name in _MODELS}
        self.waivers: list[Row] = []
        self.extras: dict[str, Any] = {}
        self.sources: dict[str, Source] = {}
        self.metrics: int | None = None
        self.told: Told | None = None

    def fits(self) -> bool:
        """Read everything; False as soon as something is not as this program writes it."""
        if not self._overview():
            return False
        readers: dict[str, Callable[[Stretch], bool]] = {
            "Metrics": self._metrics, "Impact": self._impact, "Contributing factors": self._factors,
            "Timeline": self._timeline, "Action items": self._actions, "Stated times": self._stated,
            "Accepted findings": self._waivers, "Other fields": self._other_fields,
        }  # fmt: skip
        seen: set[str] = set()
        for stretch in self.export.stretches:
            known = stretch.title not in seen
            seen.add(stretch.title)
            if known and stretch.title in readers:
                if not readers[stretch.title](stretch):
                    return False
                self.after = _KEYS.get(stretch.title, self.after)
            elif known and stretch.title in _KEYS:
                self.after = key = _KEYS[stretch.title]
                self._section(key, stretch.body)
            else:
                self._keep(stretch)
        return True

    def _keep(self, stretch: Stretch) -> None:
        """A section of its own, behind the one before it."""
        self.others.append((stretch, self.after))
        self.after = len(self.others) - 1

    def _overview(self) -> bool:
        title = plain(self.export.title.text[2:].strip())
        self.fields["title"] = "" if title == UNTITLED else title
        self.sources["title"] = Source((self.export.title.number,))
        for row in self.export.facts:
            name = row.cells["Overview"]
            if name in _TEXTS:
                key = _TEXTS[name]
                self.fields[key] = row.plain("")
            elif name in _LISTS:
                key = _LISTS[name]
                self.fields[key] = listed(row.cells[""])
            elif name == "Date":
                continue
            else:
                return False
            self.sources[key] = Source((row.line,))
        self.fields.setdefault("status", "")
        return True

    def _section(self, key: str, body: Sequence[Line]) -> None:
        self.sections[key] = _text(body)
        self.sources[f"sections/{key}"] = Source(tuple(line.number for line in body if line.text))

    def _metrics(self, stretch: Stretch) -> bool:
        """What follows from the events is not read: the editor works it out anew."""
        found = table_at(stretch.body, 0, "Metric", "Length")
        self.metrics = stretch.heading.number
        return found is not None and found[1] == len(stretch.body) and all(
            _DERIVED.fullmatch(row.plain("Length")) for row in found[0]
        )  # fmt: skip

    def _impact(self, stretch: Stretch) -> bool:
        found = table_at(stretch.body, 0, "What was affected")
        rest = stretch.body
        if found is not None:
            rows, end = found
            rest = stretch.body[end:]
            if not self._each("impacts", rows, impact_of):
                return False
        while rest and not rest[0].text:
            rest = rest[1:]
        if rest:
            self._section("impact", rest)
        return True

    def _factors(self, stretch: Stretch) -> bool:
        found = factors_of(stretch.body)
        self.items["factors"] = found or []
        return found is not None

    def _timeline(self, stretch: Stretch) -> bool:
        self.told = timeline_of(stretch.body, zones.resolve(self.fields.get("zone", "")))
        if self.told is None:
            return False
        self.items["events"] = list(self.told.events)
        return True

    def _actions(self, stretch: Stretch) -> bool:
        return self._only("actions", stretch, "Action", action_of)

    def _stated(self, stretch: Stretch) -> bool:
        return self._only("stated", stretch, "What", lambda row: stated_of(row, self._zone()))

    def _zone(self) -> tzinfo | None:
        return self.told.zone if self.told else zones.resolve(self.fields.get("zone", ""))

    def _waivers(self, stretch: Stretch) -> bool:
        found = table_at(stretch.body, 0, "Rule", "Where")
        self.waivers = found[0] if found else []
        return found is not None and found[1] == len(stretch.body)

    def _other_fields(self, stretch: Stretch) -> bool:
        """Fields that this program does not know; where one has a name that cannot be read, they are kept as text."""
        found = [line.text.removeprefix("- ") for line in stretch.body if line.text.startswith("- ")]
        fields = unknown_fields(map(plain, found)) if len(found) == len(stretch.body) else None
        if fields is None or not fields.keys().isdisjoint(Incident.model_fields):
            self._keep(stretch)
        else:
            self.extras = fields
        return True

    def _only(
        self, name: str, stretch: Stretch, first: str, read: Callable[[Row], dict[str, Any] | None]
    ) -> bool:  # fmt: skip
        found = table_at(stretch.body, 0, first)
        return found is not None and found[1] == len(stretch.body) and self._each(name, found[0], read)

    def _each(self, name: str, rows: Sequence[Row], read: Callable[[Row], dict[str, Any] | None]) -> bool:
        for row in rows:
            fields = read(row)
            if fields is None:
                return False
            self.items[name].append((row.line, fields))
        return True

    def result(self, lines: tuple[Line, ...], rng: random.Random) -> Imported:
        """The incident and where everything in it comes from."""
        count = len(self.others) + sum(map(len, self.items.values()))
        ids = iter(new_ids(Incident(), rng, count))
        names = [next(ids) for _ in self.others]
        lists: dict[str, Any] = {"other_sections": []}
        for own, (stretch, after) in zip(names, self.others, strict=True):
            anchor = names[after] if isinstance(after, int) else after
            lists["other_sections"].append(
                OtherSection(id=own, heading=stretch.title, after=anchor, body=_text(stretch.body))
            )
            numbers = (stretch.heading.number, *(line.number for line in stretch.body if line.text))
            self.sources[f"other_sections/{own}"] = Source(numbers)
        for name, found in self.items.items():
            lists[name] = []
            for line, fields in found:
                own = next(ids)
                lists[name].append(_MODELS[name](id=own, **fields))
                self.sources[f"{name}/{own}"] = Source((line,))
        incident = Incident(**self.fields, **self.extras, sections=Sections(**self.sections), **lists)
        if self.waivers:
            incident = incident.changed(waivers=tuple(self._waiver(row, places(incident)) for row in self.waivers))
        return Imported(incident, self.sources, self._assumptions(), (), (), lines)

    def _waiver(self, row: Row, known: Mapping[str, str]) -> Waiver:
        where = row.plain("Where")
        place = "" if where == "everywhere" else known.get(where, "")
        if not place:
            name, _, field = where.rpartition(": ")
            place = f"{known[name]}/{field}" if name in known else where if where != "everywhere" else ""
        at = moment_of(row.plain("When"), self._zone())
        words = {name.lower(): row.plain(name) for name in ("Rule", "Reason", "By")}
        return Waiver(where=place, at=at, **words, **(unknown_fields(row.plain("Notes").splitlines()) or {}))

    def _assumptions(self) -> tuple[Assumption, ...]:
        if self.metrics is None:
            return ()
        said = "the metrics are not kept: they follow from the events, and are worked out anew"
        return (Assumption("sections", said, self.metrics),)


def _text(body: Sequence[Line]) -> str:
    return "\n".join(line.text for line in body)

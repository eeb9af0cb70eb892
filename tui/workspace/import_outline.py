"""What was made of a document as a list of rows, each with the lines of the document that it comes from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final, Literal

from msgspec import Struct

from schemas import timeline
from schemas.entries import Entry
from schemas.incident import Action, Event, Impact, Incident
from schemas.readers.blocks import Line
from schemas.readers.found import Source
from schemas.section_order import section_order
from schemas.sections import BY_KEY
from tui.workspace.import_addresses import item_of
from tui.workspace.import_changes import runs, stretch_path, unplaced_section
from tui.workspace.import_session import Result

Kind = Literal["heading", "blank", "field", "text", "day", "event", "action", "impact", "stated", "unplaced", "assumed"]

_FIELDS: Final = ("title", "severity", "status", "zone", "owner", "authors", "services", "tags")
NONE_FOUND: Final = "(none found)"
"""What stands where every incident has a value, and the document gives none."""


class MadeRow(Struct, frozen=True):
    """One row. `lines` are what it comes from; `label` stands in front of the words: a field's name, an event's time.

    Headings, days and blank rows are not to be chosen. `entry` is what an event is in the timeline.
    """

    kind: Kind
    text: str = ""
    path: str = ""
    lines: tuple[int, ...] = ()
    label: str = ""
    note: str = ""
    entry: Entry | None = None
    day: date | None = None

    @property
    def missing(self) -> bool:
        """Whether it says only that nothing was found."""
        return self.kind == "field" and self.text == NONE_FOUND

    @property
    def chosen(self) -> bool:
        """Whether the cursor may stand on it."""
        return self.kind not in ("heading", "blank", "day")


class Outline(Struct, frozen=True, dict=True):
    """All rows, and which lines they come from."""

    rows: tuple[MadeRow, ...]

    @cached_property
    def _by_line(self) -> Mapping[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for index, row in enumerate(self.rows):
            for number in row.lines:
                found.setdefault(number, []).append(index)
        return {number: tuple(indexes) for number, indexes in found.items()}

    @cached_property
    def _by_path(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for index, row in enumerate(self.rows):
            if row.path:
                found.setdefault(row.path, index)
        return found

    def of_line(self, number: int) -> tuple[int, ...]:
        """The rows that a line went into, in order."""
        return self._by_line.get(number, ())

    def of_path(self, path: str) -> int | None:
        """The row of what a path is about, None if there is none."""
        return self._by_path.get(item_of(path))


def outline(result: Result, *, only_events: bool = False) -> Outline:
    """The rows of a result; with `only_events` those of the timeline alone, and the lines that are left out of it."""
    made: list[MadeRow] = []
    incident, sources = result.incident, result.working.sources
    if only_events:
        for part in (_assumed(result), _timeline(incident, sources), _left_out(result)):
            _put(made, part)
        return Outline(tuple(made))
    parts = (
        _header(result), _impacts(incident, sources), *_sections(result), _timeline(incident, sources),
        _actions(incident, sources), _stated(incident, sources), _unplaced(result),
    )  # fmt: skip
    for each in parts:
        _put(made, each)
    return Outline(tuple(made))


def _put(made: list[MadeRow], part: Iterable[MadeRow]) -> None:
    rows = list(part)
    if rows and made:
        made.append(MadeRow("blank"))
    made += rows


def _lines(sources: Mapping[str, Source], path: str) -> tuple[int, ...]:
    source = sources.get(path)
    return source.lines if source is not None else ()


def _why(sources: Mapping[str, Source], path: str) -> str:
    source = sources.get(path)
    if source is None:
        return ""
    return source.why if source.sure == "sure" else f"{source.sure}: {source.why}" if source.why else source.sure


def _inferred(sources: Mapping[str, Source], path: str, event: Event) -> str:
    """What of an event is not written there: `detected, alert: inferred from its words`."""
    found = [
        (words, source.why or source.sure)
        for name, words in (("milestones", ", ".join(event.milestones)), ("kind", event.kind))
        if words and (source := sources.get(f"{path}/{name}")) is not None and source.sure != "sure"
    ]
    return f"{', '.join(words for words, _ in found)}: {found[0][1]}" if found else ""


def _header(result: Result) -> Iterator[MadeRow]:
    incident, sources = result.incident, result.working.sources
    yield MadeRow("heading", "Fields")
    for name in _FIELDS:
        value = getattr(incident, name)
        if name == "status" and name not in sources:
            continue
        text = ", ".join(value) if isinstance(value, tuple) else value
        if text or name == "title":
            yield MadeRow("field", text or NONE_FOUND, name, _lines(sources, name), name, _why(sources, name))
    yield from _assumed(result)


def _assumed(result: Result) -> Iterator[MadeRow]:
    for assumption in result.assumptions:
        lines = (assumption.line,) if assumption.line else ()
        yield MadeRow("assumed", assumption.said, "", lines, "assumed")


def _impacts(incident: Incident, sources: Mapping[str, Source]) -> Iterator[MadeRow]:
    if incident.impacts:
        yield MadeRow("heading", "Impact in numbers", label=str(len(incident.impacts)))
    for each in incident.impacts:
        path = f"impacts/{each.id}"
        yield MadeRow("impact", _impact(each), path, _lines(sources, path), note=_why(sources, path))


def _impact(impact: Impact) -> str:
    parts = [] if impact.amount is None else [f"{'about ' if impact.about else ''}{impact.amount:,}"]
    if impact.total is not None:
        parts.append(f"of {impact.total:,}")
    parts.append(impact.unit)
    return " ".join(part for part in (*parts, impact.what and f"· {impact.what}") if part)


def _sections(result: Result) -> Iterator[list[MadeRow]]:
    incident, sources = result.incident, result.working.sources
    others = {section.id: section for section in incident.other_sections}
    left = unplaced_section(incident)
    for key in section_order(incident):
        other = others.get(key)
        if left is not None and other is left:
            continue
        heading = other.heading if other else BY_KEY[key].heading
        body = other.body if other else incident.sections.get(key)
        path = f"other_sections/{key}" if other else f"sections/{key}"
        if not body and other is None:
            continue
        note = "own heading" if other else ""
        yield [MadeRow("heading", heading, label=note), *_body(result, path, body, _lines(sources, path))]


def _body(result: Result, path: str, body: str, numbers: Sequence[int]) -> Iterator[MadeRow]:
    """The lines of a section's text, each with the line of the document that it is."""
    waiting = iter(numbers)
    ahead: list[int] = []
    skipped: deque[int] = deque(maxlen=_REMEMBERED)
    for text in body.split("\n"):
        words = text.strip()
        if not words:
            continue
        found = _next_with(words, ahead, skipped, waiting, result.lines)
        yield MadeRow("text", text, path, (found,) if found else (), note=_why(result.working.sources, path))


_LOOK_AHEAD: Final = 6
_REMEMBERED: Final = 40


def _next_with(
    words: str, ahead: list[int], skipped: deque[int], waiting: Iterator[int], lines: Sequence[Line]
) -> int | None:
    """The next of some lines that has these words; what it skips may be asked for further on, as what was put behind
    the text of a section by hand."""
    probe = words[:40]
    for at in range(_LOOK_AHEAD):
        if at == len(ahead):
            number = next(waiting, None)
            if number is None:
                break
            ahead.append(number)
        if probe in lines[ahead[at] - 1].text:
            number = ahead[at]
            skipped.extend(ahead[:at])
            del ahead[: at + 1]
            return number
    for number in skipped:
        if probe in lines[number - 1].text:
            skipped.remove(number)
            return number
    # Not as it stands in the document: a mark was taken off. The lines follow one another all the same.
    return ahead.pop(0) if ahead else None


def _timeline(incident: Incident, sources: Mapping[str, Source]) -> Iterator[MadeRow]:
    if not incident.events:
        return
    story = timeline.build(incident)
    yield MadeRow("heading", "Timeline", label=str(len(incident.events)), note=incident.zone)
    day: date | None = None
    for entry in story.entries:
        path = f"events/{entry.event.id}"
        if entry.wall is not None and entry.dated and entry.wall.date() != day:
            day = entry.wall.date()
            yield MadeRow("day", day=day)
        note = " · ".join(filter(None, (_why(sources, path), _inferred(sources, path, entry.event))))
        yield MadeRow("event", entry.event.text, path, _lines(sources, path), note=note, entry=entry)


def _actions(incident: Incident, sources: Mapping[str, Source]) -> Iterator[MadeRow]:
    if incident.actions:
        yield MadeRow("heading", "Actions", label=str(len(incident.actions)))
    for action in incident.actions:
        path = f"actions/{action.id}"
        yield MadeRow("action", action.text, path, _lines(sources, path), _facts(action), _why(sources, path))


def _facts(action: Action) -> str:
    due = f"due {action.due.isoformat()}" if action.due else ""
    status = "" if action.status == "open" else action.status
    return " · ".join(filter(None, [action.owner, due, action.priority, action.type, status, action.link]))


def _stated(incident: Incident, sources: Mapping[str, Source]) -> Iterator[MadeRow]:
    if incident.stated:
        yield MadeRow("heading", "What the document states", label=str(len(incident.stated)))
    for each in incident.stated:
        path = f"stated/{each.id}"
        where = f" · {each.where}" if each.where else ""
        yield MadeRow("stated", f"{each.value}{where}", path, _lines(sources, path), each.what, _why(sources, path))


def _unplaced(result: Result) -> Iterator[MadeRow]:
    unplaced = result.working.unplaced
    if unplaced:
        yield MadeRow("heading", "Unplaced text", label=str(len(unplaced)))
    yield from _stretches(unplaced)


def _left_out(result: Result) -> Iterator[MadeRow]:
    """The lines that no event came from."""
    sources = result.working.sources
    told = {n for path, each in sources.items() if path.startswith("events/") for n in each.lines}
    left = [line for line in result.lines if line.text.strip() and line.number not in told]
    if left:
        yield MadeRow("heading", "Left out", label=str(len(left)))
    yield from _stretches(left, "left out")


def _stretches(lines: Sequence[Line], label: str = "") -> Iterator[MadeRow]:
    for stretch in runs(lines):
        path = stretch_path(stretch)
        for line in stretch:
            yield MadeRow("unplaced", line.text.strip() or " ", path, (line.number,), label)

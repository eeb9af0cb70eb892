"""Events in JSON: a list of objects wherever it stands, JSON lines, entries of the journal and of PagerDuty, Slack."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from schemas.readers.blocks import Line
from schemas.readers.imported import NotReadable
from schemas.readers.json_places import Found, JsonText, looks_like_json
from schemas.readers.pagerduty_entries import hear_pagerduty, is_log_entry
from schemas.readers.slack_messages import hear_messages, is_message
from schemas.readers.source_columns import column_name, is_logging, roles_of
from schemas.readers.source_records import Asked, Heard
from schemas.readers.source_rows import Row, Value, entries_of

_DEPTH: Final = 5
_LOOKED_AT: Final = 20
_TITLES: Final = (
    "title",
    "incident title",
    "name",
    "incident name",
    "incident summary",
    "summary",
    "subject",
    "channel name",
)
_JOURNAL: Final = {"time": "__REALTIME_TIMESTAMP", "text": "MESSAGE", "who": "SYSLOG_IDENTIFIER"}
_CHATS: Final = frozenset({"messages", "chat", "chat messages"})

Path = tuple[str | int, ...]


class Object(Struct, frozen=True):
    """An object of JSON and the lines that it stands on."""

    value: Found
    lines: tuple[int, ...]


def hear_json(text: str, asked: Asked) -> Heard | None:
    """What a text of JSON says; None if it is none.

    Raises:
        NotReadable: it is broken, or holds no events.
    """
    text = text.removeprefix("\ufeff")
    if not looks_like_json(text):
        return None
    try:
        return _heard(JsonText(text), asked)
    except RecursionError as error:
        raise NotReadable("the JSON is nested too deeply", "It is no list of events.", "Export it again.") from error


def _heard(doc: JsonText, asked: Asked) -> Heard:
    values = doc.values()
    best = _best([value for _, _, value in values], asked)
    if best is None:
        keys = next((", ".join(map(str, value)) for _, _, value in values if isinstance(value, dict) and value), "")
        raise NotReadable(
            "there are no events in this JSON", f"Its keys are {keys[:300]}." if keys else "It has no objects.",
            "Name the keys of the time and the text, as in --map time=created,text=note.",
        )  # fmt: skip
    objects = [found for start, _, value in values for found in _objects(doc, value, start, best)]
    first = [each.value for each in objects[:_LOOKED_AT]]
    others = _others(values, best, doc)
    if any(map(is_log_entry, first)) and not asked.columns:
        heard = hear_pagerduty([(each.value, each.lines) for each in objects])
    elif first and all(map(is_message, first)) and not asked.columns:
        heard = hear_messages([(each.value, each.lines) for each in objects], {}, {})
    else:
        heard = _from_objects(objects, best, asked)
    heard.accounted = True
    _keep_others(heard, others)
    return heard


def _from_objects(objects: Sequence[Object], path: Path, asked: Asked) -> Heard:
    rows = [Row(each.lines, dict(flat(each.value))) for each in objects]
    named = path and isinstance(path[-1], str) and column_name(path[-1]) in _CHATS
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    heard = Heard("JSON", said_later=bool(named), infers=not is_logging(columns))
    if "__REALTIME_TIMESTAMP" in columns and not asked.columns:
        roles = {role: name for role, name in _JOURNAL.items() if name in columns}
        entries_of(rows, roles, heard, asked, for_machines=True)
        return heard
    entries_of(rows, roles_of(columns, asked.columns), heard, asked)
    return heard


def flat(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, Value]]:
    """The values inside of a value by their paths: `author.name`; lists of plain values as one."""
    if isinstance(value, dict) and value and depth < _DEPTH:
        for key, inner in value.items():
            yield from flat(inner, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list) and value:
        if (
            all(isinstance(each, int) and not isinstance(each, bool) and 0 <= each < 256 for each in value)
            and len(value) > 3
        ):
            yield name, bytes(value).decode("utf-8", "replace")  # the journal writes bytes that are no text so
        elif not any(isinstance(each, dict | list) for each in value):
            yield name, ", ".join(_plain(each) for each in value)
        elif depth < _DEPTH:
            for place, inner in enumerate(value):
                yield from flat(inner, f"{name}.{place}", depth + 1)
        else:
            yield name, json.dumps(value, ensure_ascii=False)
    elif isinstance(value, dict | list):
        yield name, json.dumps(value, ensure_ascii=False) if value else None
    else:
        yield name, value


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _best(values: Sequence[Any], asked: Asked) -> Path | None:
    """The path of the list that holds the events; `()` where the values themselves, or a list at the top, do."""
    counted: dict[Path, int] = {}
    for value in values:
        for path, objects in _lists(value, ()):
            fitting = sum(1 for each in objects[:_LOOKED_AT] if _is_event(each, asked))
            if fitting * 2 >= min(len(objects), _LOOKED_AT):
                counted[path] = counted.get(path, 0) + len(objects)
    if not counted:
        return None
    return max(counted, key=lambda path: (counted[path], -len(path)))


def _lists(value: Any, path: Path) -> Iterator[tuple[Path, list[Found]]]:
    """The lists of objects in a value with their paths; an object by itself is a list of one."""
    if isinstance(value, list):
        objects = [each for each in value if isinstance(each, dict)]
        if objects and len(objects) == len(value):
            yield path, objects
        return
    if not isinstance(value, dict):
        return
    if not path:
        yield (), [value]
    if len(path) < _DEPTH:
        for key, inner in value.items():
            if isinstance(inner, list | dict):
                yield from _lists(inner, (*path, key))


def _is_event(value: Mapping[str, Any], asked: Asked) -> bool:
    if is_log_entry(value) or is_message(value):
        return True
    names = [name for name, _ in flat(value)]
    try:
        roles = roles_of(names, asked.columns)
    except NotReadable:
        return False
    return "time" in roles and "text" in roles


def _objects(doc: JsonText, value: Any, start: int, path: Path) -> Iterator[Object]:
    """The objects of the list at a path, each with its lines."""
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return
        start = next(place for name, place in doc.members(start) if name == key)
        value = value[key]
    if isinstance(value, dict):
        if not path:
            _, end = doc.value_at(start)
            yield Object(value, doc.lines_of(start, end))
        return
    if isinstance(value, list):
        for each, (_, place) in zip(value, doc.members(start), strict=False):
            _, end = doc.value_at(place)
            if isinstance(each, dict):
                yield Object(each, doc.lines_of(place, end))


def _others(values: Sequence[tuple[int, int, Any]], path: Path, doc: JsonText) -> list[tuple[int, str, Value]]:
    """What stands beside the list: the line, the name and the value."""
    found: list[tuple[int, str, Value]] = []
    for start, _, value in values:
        if path and isinstance(value, dict):
            rest = _without(value, path)
            number = doc.line_at(start)
            found += [(number, name, each) for name, each in flat(rest) if each not in (None, "")]
        elif not isinstance(value, dict | list):
            found.append((doc.line_at(start), "", value))
    return found


def _without(value: Found, path: Path) -> Found:
    head, *rest = path
    kept = {key: each for key, each in value.items() if key != head}
    inner = value.get(str(head))
    if rest and isinstance(inner, dict):
        kept[str(head)] = _without(inner, tuple(rest))
    return kept


def _keep_others(heard: Heard, others: Sequence[tuple[int, str, Value]]) -> None:
    """Take the title and the zone from what stands beside the events, and keep all of it."""
    lines = []
    for number, name, value in others:
        words = " ".join(str(value).split())
        plain = column_name(re.sub(r"^(?:data|incident|channel)\.", "", name))
        if (
            not heard.title
            and not name.startswith("guild.")
            and (column_name(name) in _TITLES or plain in _TITLES)
            and len(words) < 200
        ):
            heard.title = words
            continue
        lines.append(Line(number, f"{name}: {value}" if name else str(value)))
    if lines:
        heard.sections.append(("Beside the events", lines))

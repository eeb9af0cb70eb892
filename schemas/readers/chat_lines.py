"""Chats with a message in each line: IRC logs, WhatsApp, Teams, Discord, and anybody's `14:05 ana: text`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from schemas.readers.blocks import Line
from schemas.readers.chat_asides import day_alone, is_announcement, is_coming_or_going, is_furniture
from schemas.readers.chat_names import are_names, may_be_name
from schemas.readers.source_days import said_day
from schemas.readers.source_headings import is_report
from schemas.readers.source_records import Heard, Record, Stamp
from schemas.readers.source_stamps import take_stamp

_OPENER: Final = re.compile(r"\s{0,4}([\[(]?)\s?(?=\w)")
_CLOSER: Final = {"[": "]", "(": ")", "": ""}
_NICK: Final = re.compile(r"\s*(?:[-–—|]\s)?<(?P<name>[@+%&~! ]?[^<>\s]{1,40})>\s?(?P<text>.*)")
_TABBED: Final = re.compile(r"\t(?P<name>[^\t]{0,40})\t(?P<text>.*)")
_BARRED: Final = re.compile(r"\s+(?P<name>[^\s|]{1,30})\s\|\s(?P<text>.*)")
_ACTION: Final = re.compile(r"\s+\*\s+(?P<text>(?P<name>[^\s*(]{1,40})(?:\s.*)?)")
_SYSTEM: Final = re.compile(r"\s+(?:-!-|\*{3}|-->|<--|<->|--(?!\w)|={2,3}|=-=|⇐|→|←|ℹ)\s+(?P<text>.*)")
_NAMED: Final = re.compile(r"\s*(?:[-–—|]\s)?(?P<name>[^:<>|\t]{1,48}?)\s?:(?:\s+(?P<text>.*)|$)")
_FROM: Final = re.compile(
    r"\s+From\s+(?P<name>[^:]{1,48}?)(?:\s+(?:to|an|à|a|para)\s+[^:]{1,80}?)?\s?:(?:\s+(?P<text>.*)|$)"
)
_NAME_FIRST: Final = re.compile(r"\s{0,4}(?P<name>[^\[\](){}<>:|\d][^\[\](){}<>:|]{0,47}?)\s?[\[(](?=\d|\w+ )")
_SIGNS: Final = frozenset({"-->", "<--", "--", "<->", "=!=", "*", "***", "-!-", "ℹ"})
_SAMPLE: Final = 300

Sort = Literal["nick", "named", "action", "system", "bare"]


class _Head(Struct, frozen=True):
    """The start of a message: `shape` is how its time is written."""

    sort: Sort
    stamp: Stamp
    name: str
    text: str
    shape: tuple[str, bool, bool]


def hear_lines(lines: Sequence[Line]) -> Heard | None:
    """What a chat says that has a message in each line; None if this is none."""
    sample = [line for line in lines[: _SAMPLE * 8] if line.text.strip()][:_SAMPLE]
    heads = [_head(line.text) for line in sample]
    shape = _is_chat(heads, sample)
    if shape is None or is_report(lines):
        return None
    names = {head.name for head in heads if head is not None and head.name}
    heard = Heard("a chat", said_later=True, infers=True)
    day = ""
    for line in lines:
        head = _head(line.text)
        if head is not None and head.shape != shape and head.name not in names:
            head = None
        if head is not None:
            stamp = head.stamp
            if day and not stamp.day and stamp.at is None:
                stamp = replace(stamp, day=day)
            day = ""
            heard.records.append(_record(line, head, stamp))
            heard.bare[line.number] = f"{head.name} {head.text}"
        elif said := day_alone(line.text):
            day = said
            known = said_day(said)
            heard.near = heard.near or (known.date if known is not None else None)
            heard.structure.add(line.number)
            if is_announcement(line.text):
                _append_aside(heard, line)
        elif heard.records:
            _continue(heard, line)
        else:
            heard.preamble.append(line)
    _take_title(heard)
    return heard


def _is_chat(heads: Sequence[_Head | None], sample: Sequence[Line]) -> tuple[str, bool, bool] | None:
    """How the times of a chat are written, if the lines are one."""
    found = [head for head in heads if head is not None]
    first = next((place for place, head in enumerate(heads) if head is not None), len(heads))
    named = [head for head in found if head.sort in ("nick", "named")]
    if first > 6 or len(named) < 2:
        return None
    shape = Counter(head.shape for head in named).most_common(1)[0][0]
    named = [head for head in named if head.shape == shape]
    nicks = sum(1 for head in named if head.sort == "nick")
    plain = shape[0] == "" and not nicks
    days = sum(1 for line in sample if day_alone(line.text))
    if len(found) + days < len(sample) * (0.5 if plain else 0.15):
        return None
    bare = sum(1 for head in found if head.sort == "bare" and head.shape == shape and not is_coming_or_going(head.text))
    if bare * 3 > len(named):
        return None
    whole = all(head.stamp.day or head.stamp.at or head.stamp.half for head in named)
    firm = nicks >= 2 or (whole and (shape[0] == "[" or all(", " in head.stamp.words for head in named)))
    return shape if are_names([head.name for head in named], firm=firm) else None


def _head(text: str) -> _Head | None:
    """The start of a message that a line is, or None."""
    opened = _OPENER.match(text)
    found = take_stamp(text, opened.end()) if opened is not None else None
    if opened is None or found is None:
        return _name_first(text)
    stamp, end = found
    closer = _CLOSER[opened[1]]
    if not text.startswith(closer, end):
        return None
    shape = (opened[1], stamp.at is not None, (stamp.words.count(":") - (stamp.words.count("+") > 0)) > 1)
    return _rest(text[end + len(closer) :], stamp, shape)


def _rest(rest: str, stamp: Stamp, shape: tuple[str, bool, bool]) -> _Head | None:
    if (found := _NICK.fullmatch(rest)) is not None:
        return _Head("nick", stamp, found["name"].strip(" @+%&~!"), found["text"].strip(), shape)
    if (found := _TABBED.fullmatch(rest)) is not None:
        name, text = found["name"].strip(), found["text"].strip()
        if name in _SIGNS:
            acts = name == "*"
            return _Head("action" if acts else "system", stamp, text.split(" ")[0] if acts else "", text, shape)
        return _Head("nick", stamp, name.lstrip("@+%&~!"), text, shape) if may_be_name(name) else None
    if (found := _SYSTEM.fullmatch(rest)) is not None:
        return _Head("system", stamp, "", found["text"].strip(), shape)
    if (found := _BARRED.fullmatch(rest)) is not None and may_be_name(found["name"]):
        return _Head("nick", stamp, found["name"].lstrip("@+%&~!"), found["text"].strip(), shape)
    if (found := _ACTION.fullmatch(rest)) is not None:
        gone = is_coming_or_going(found["text"])
        return _Head("system" if gone else "action", stamp, "" if gone else found["name"], found["text"].strip(), shape)
    if (found := _FROM.fullmatch(rest)) is not None and may_be_name(found["name"].strip()):
        return _Head("nick", stamp, found["name"].strip(), (found["text"] or "").strip(), shape)
    if (found := _NAMED.fullmatch(rest)) is not None and may_be_name(found["name"].strip()):
        return _Head("named", stamp, found["name"].strip().lstrip("@"), (found["text"] or "").strip(), shape)
    return _Head("bare", stamp, "", rest.strip(" -–—|:"), shape)


def _name_first(text: str) -> _Head | None:
    """`ana [14:05]: text`."""
    found = _NAME_FIRST.match(text)
    if found is None or not may_be_name(found["name"].strip()):
        return None
    stamped = take_stamp(text, found.end())
    if stamped is None:
        return None
    stamp, end = stamped
    opened = text[found.end() - 1]
    if text[end : end + 2] != f"{_CLOSER[opened]}:":
        return None
    return _Head(
        "named", stamp, found["name"].strip().lstrip("@"), text[end + 2 :].strip(), (f"x{opened}", False, False)
    )


def _record(line: Line, head: _Head, stamp: Stamp) -> Record:
    aside = head.sort == "system" or (head.sort in ("bare", "named") and is_coming_or_going(head.text))
    return Record([line.number], stamp, "" if aside else head.name, [head.text], aside=aside)


def _continue(heard: Heard, line: Line) -> None:
    """Put a line that begins no message to the one above."""
    last = heard.records[-1]
    if not line.text.strip():
        if not last.aside:
            last.texts.append("")
    elif last.aside or is_announcement(line.text) or is_furniture(line.text):
        _append_aside(heard, line)
    else:
        last.texts.append(line.text)
        last.lines.append(line.number)


def _append_aside(heard: Heard, line: Line) -> None:
    # It goes behind the message that it stands below, and lines that follow it still belong to that message.
    heard.records.insert(max(0, len(heard.records) - 1), Record([line.number], None, "", [line.text], aside=True))


def _take_title(heard: Heard) -> None:
    """The one line above all messages is a title; more lines are kept as they are."""
    heard.above = list(heard.preamble)
    above = [line for line in heard.preamble if line.text.strip()]
    if len(above) == 1 and len(above[0].text) <= 120:
        heard.title = above[0].text.strip().lstrip("# ").strip("*_ ") or above[0].text.strip()
        heard.preamble.clear()

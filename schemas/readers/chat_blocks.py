"""Chats with a line for who and when above each message, as they are copied from Slack, Discord, Teams and Telegram."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.readers.blocks import Line
from schemas.readers.chat_asides import day_alone, is_coming_or_going, is_furniture, is_reaction
from schemas.readers.chat_names import are_names, may_be_name
from schemas.readers.source_headings import is_report
from schemas.readers.source_records import Heard, Record, Stamp
from schemas.readers.source_stamps import take_stamp

_BRACKETED: Final = re.compile(r"\s{0,4}\[(?=[\dA-Za-z])")
_GAP: Final = re.compile(r"(?:,?\s?[\[(]|\s{2,}|\s[—–|•·]\s|\s)(?=\d|[A-Za-z][a-z]{2,11}[\s,.])")
_MARK: Final = re.compile(r"\s(?:APP|BOT|Bot|WORKFLOW|bot)$")
_COUNT: Final = re.compile(r"\d{1,3}")
_DASH: Final = re.compile(r"\s*[—–-]\s*")
_SAMPLE: Final = 300
_MOST_NAME: Final = 70


class _Head(Struct, frozen=True):
    """A line that says who wrote what follows, and when. `firm` says that only chats are written so.

    `takes` is how many lines it has; without a `name` the one above goes on; `text` stands behind on the same line.
    """

    stamp: Stamp
    name: str = ""
    firm: bool = False
    takes: int = 1
    text: str = ""


def hear_blocks(lines: Sequence[Line]) -> Heard | None:
    """What a chat says that has its names and times on lines of their own; None if this is none."""
    sample = lines[: _SAMPLE * 6]
    if not _is_chat(sample) or is_report(lines):
        return None
    heard = Heard("a chat", said_later=True, infers=True)
    day, name, place = "", "", 0
    while place < len(lines):
        line = lines[place]
        head = _head(lines, place, following=bool(heard.records))
        if head is not None:
            stamp = replace(head.stamp, day=day) if day and not head.stamp.day and head.stamp.at is None else head.stamp
            day, name = "", head.name or name
            numbers = [each.number for each in lines[place : place + head.takes] if each.text.strip()]
            heard.records.append(Record(numbers, stamp, name, [head.text] if head.text else []))
            for number in numbers:
                heard.bare[number] = ""
            heard.bare[numbers[0]] = f"{head.name} {head.text}"
            place += head.takes
            continue
        if said := day_alone(line.text):
            day = said
            heard.structure.add(line.number)
        elif not heard.records:
            heard.preamble.append(line)
        else:
            _continue(heard, line)
        place += 1
    _finish(heard)
    return heard


def _is_chat(sample: Sequence[Line]) -> bool:
    """Whether lines are a chat: names come again, each has words below it, and little stands above the first."""
    heads: list[_Head] = []
    words, above, place = 0, 0, 0
    while place < len(sample):
        head = _head(sample, place, following=bool(heads))
        text = sample[place].text
        if head is not None:
            heads.append(head)
            place += head.takes
            continue
        if text.strip() and not day_alone(text):
            words += 1
            above += not heads
        place += 1
    named = [head for head in heads if head.name]
    # Above the first message no more than the name and the topic of a channel stand there.
    if above > 4 or len(named) < 2 or words < len(heads) - 1 or len(heads) * 8 < words:
        return False
    firm = sum(1 for head in named if head.firm)
    return are_names([head.name for head in named], firm=firm * 2 >= len(named))


def _head(lines: Sequence[Line], place: int, *, following: bool) -> _Head | None:
    """The start of a message that begins at a line, or None."""
    text = lines[place].text.strip()
    if not text or len(text) > 160:
        return None
    if _BRACKETED.match(lines[place].text) is not None:
        return _bracketed(text, following)
    if (found := _name_and_time(text)) is not None:
        return found
    if (alone := _time_alone(text)) is not None:
        return _Head(alone) if following else None
    return _on_two_lines(lines, place, text)


def _bracketed(text: str, following: bool) -> _Head | None:
    """`[5/2 2:05 PM] Ana Souza`, and `[2:07 PM]` where the name above goes on."""
    found = take_stamp(text, 1)
    if found is None or text[found[1] : found[1] + 1] != "]":
        return None
    stamp, rest = found[0], text[found[1] + 1 :].strip()
    if not rest:
        return _Head(stamp) if following else None
    if may_be_name(rest.rstrip(":")) and not rest.endswith((".", "!", "?")):
        return _Head(stamp, rest.rstrip(":"), firm=bool(stamp.day or stamp.half))
    return _Head(stamp, text=rest) if following else None


def _name_and_time(text: str) -> _Head | None:
    """`Ana Souza  2:05 PM`, `ana — Today at 14:05`, `ana [2:05 PM]`, `Ana, [02.05.2024 14:05]`."""
    if not any(map(str.isdigit, text)) or not (text[0].isalpha() or text[0] in "@_~."):
        return None
    for gap in _GAP.finditer(text[: _MOST_NAME + 4]):
        found = take_stamp(text, gap.end())
        if found is None:
            continue
        stamp, end = found
        closer = {"[": "]", "(": ")"}.get(gap.group().strip()[-1:], "")
        name = _MARK.sub("", text[: gap.start()].strip(" ,"))
        if text[end:].strip(" :") != closer or not may_be_name(name):
            return None
        whole = bool(stamp.half or stamp.day or stamp.at)
        if len(gap.group()) == 1 and not whole and " " in name:
            return None
        firm = whole and (len(gap.group()) > 1 or bool(stamp.day))
        return _Head(stamp, name, firm)
    return None


def _time_alone(text: str) -> Stamp | None:
    """The time that a line is and nothing else."""
    if len(text) > 40 or not text[0].isalnum():
        return None
    found = take_stamp(text)
    return found[0] if found is not None and not text[found[1] :].strip() else None


def _on_two_lines(lines: Sequence[Line], place: int, text: str) -> _Head | None:
    """A name, and the time on the next line, perhaps with a dash between."""
    if len(text) > _MOST_NAME or not may_be_name(_MARK.sub("", text)):
        return None
    dashed, ahead = False, place + 1
    for _ in range(3):
        if ahead >= len(lines):
            return None
        there = lines[ahead].text.strip()
        if there and not (dash := _DASH.fullmatch(there)):
            break
        dashed = dashed or bool(there and dash)
        ahead += 1
    stamp = _time_alone(lines[ahead].text.strip()) if ahead < len(lines) and lines[ahead].text.strip() else None
    if stamp is None:
        return None
    firm = dashed or stamp.day.lower() in ("today", "yesterday")
    return _Head(stamp, _MARK.sub("", text), firm, takes=ahead - place + 1)


def _continue(heard: Heard, line: Line) -> None:
    """Put a line that begins no message to the one above, or aside."""
    last = heard.records[-1]
    text = line.text.strip()
    before = heard.records[-2] if len(heard.records) > 1 and heard.records[-2].stamp is None else None
    counts = before is not None and before.lines[-1] == line.number - 1 and is_reaction(before.texts[0])
    if not text:
        last.texts.append("")
    elif last.text and (is_reaction(text) or is_furniture(text) or (counts and _COUNT.fullmatch(text))):
        heard.records.insert(len(heard.records) - 1, Record([line.number], None, "", [line.text], aside=True))
    else:
        last.texts.append(line.text)
        last.lines.append(line.number)


def _finish(heard: Heard) -> None:
    """Messages that only say who came or went are aside; the line above all messages is the title."""
    for record in heard.records:
        if not record.aside and "\n" not in record.text and is_coming_or_going(record.text):
            record.aside = True
    heard.above = list(heard.preamble)
    above = [line for line in heard.preamble if line.text.strip()]
    if len(above) == 1 and len(above[0].text) <= 120:
        heard.title = above[0].text.strip().lstrip("# ").strip("*_ ") or above[0].text.strip()
        heard.preamble.clear()

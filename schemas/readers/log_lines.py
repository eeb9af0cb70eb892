"""Logs: syslog (RFC 3164 and 5424), journalctl, docker, and programs that put a time in front of their lines.

A log is told from a timeline by what people do not write: seconds with a fraction, a level, a program with its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.month_names import MONTHS
from schemas.readers.blocks import Line
from schemas.readers.source_days import said_day
from schemas.readers.source_headings import is_report
from schemas.readers.source_records import Heard, Record, Stamp
from schemas.readers.source_stamps import take_epoch, take_stamp

_PREFIX: Final = re.compile(
    r"(?:<\d{1,3}>(?:1\s)?|[\w.-]{1,60}\s{1,20}\|\s|\d{1,7}:[A-Z]\s|(?:time|ts|t|timestamp|@timestamp|date)=\"?|[\[(])?"
    r"(?=[\d\[A-Z])\[?"
)
_ACCESS: Final = re.compile(
    r"(?P<front>\S{2,64} \S{1,64} \S{1,64} )\[(?P<day>\d{2})/(?P<month>[A-Z][a-z]{2})/(?P<year>\d{4})"
    r":(?P<clock>[\d:]{8}) (?P<offset>[+-]\d{4})\]"
)
_KLOG: Final = re.compile(r"([IWEF])(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{6})(?=\s)")
_TAGGED: Final = re.compile(r"\s(?P<host>\w[\w.:-]{0,79})\s(?P<tag>[\w./@()-]{1,64}?)(?:\[\d{1,8}\])?:(?=\s|$)")
_FIVE: Final = re.compile(r"\s(?P<host>\S{1,255})\s(?P<tag>\S{1,48})\s\S{1,128}\s\S{1,32}\s(?=-|\[)")
_LEVEL: Final = re.compile(
    r"(?:^|[\s\[\]|:(<\"=-])(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|ERR|CRIT(?:ICAL)?|FATAL|ALERT|EMERG|SEVERE"
    r"|PANIC|LOG)(?![a-zA-Z])|\b(?:level|lvl|severity)="
    r"|^\s?\[(?:trace|debug|info|notice|warn(?:ing)?|error|err|crit|fatal|alert|emerg)\]"
)
_PERSON: Final = re.compile(r"[^\W\d_a-z][^\W\d_]*")
"""What a host is not called, but Ana is."""
_NUMBERED: Final = re.compile(r"\s?\[?(?:\w[\w.-]{0,40})?\[\d{1,8}\]|\s\d{1,8}#\d|\s\[[\w:. -]{3,60}\]")
_NICK: Final = re.compile(r"\s*<[^<>\s]{1,40}>\s")
_JOURNAL: Final = re.compile(r"-- .{0,160}|#+ .{0,120} (?:log|journal)\b.{0,80}")
_SAMPLE: Final = 300
_ENOUGH: Final = 3


class _Head(Struct, frozen=True):
    """The start of an entry: the text without the stamp, the program, its host, and whether only logs look so."""

    stamp: Stamp
    text: str
    tag: str = ""
    host: str = ""
    sure: bool = False


def hear_log(lines: Sequence[Line]) -> Heard | None:
    """What a log says; None if this is none."""
    sample = [line for line in lines[: _SAMPLE * 8] if line.text.strip()][:_SAMPLE]
    heads = [_head(line.text) for line in sample]
    found = [head for head in heads if head is not None]
    sure = sum(1 for head in found if head.sure)
    if len(found) < _ENOUGH or sure * 10 < len(found) * 6 or len(found) * 8 < len(sample):
        return None
    first = next(place for place, head in enumerate(heads) if head is not None)
    if not all(_JOURNAL.fullmatch(line.text) for line in sample[:first]) or is_report(lines):
        return None
    return _heard(lines)


def _heard(lines: Sequence[Line]) -> Heard:
    heard = Heard("a log", aside="Marks of the log")
    hosts: dict[str, int] = {}
    heads: list[tuple[Record, _Head]] = []
    for line in lines:
        head = _head(line.text)
        if head is not None:
            record = Record([line.number], head.stamp, head.tag, [head.text])
            heard.records.append(record)
            heard.bare[line.number] = f"{head.text}"
            heads.append((record, head))
            hosts[head.host] = hosts.get(head.host, 0) + 1
        elif _JOURNAL.fullmatch(line.text):
            heard.near = heard.near or _day_in(line.text)
            heard.records.append(Record([line.number], None, "", [line.text], aside=True))
        elif heard.records and not heard.records[-1].aside:
            heard.records[-1].texts.append(line.text)
            if line.text.strip():
                heard.records[-1].lines.append(line.number)
        elif line.text.strip():
            heard.records.append(Record([line.number], None, "", [line.text]))
    named = [host for host in hosts if host]
    if len(named) == 1 and "" not in hosts:
        heard.sections.append(("Host", [Line(heads[0][0].lines[0], named[0])]))
    elif named:
        for record, head in heads:
            if head.host:
                record.texts[0] = f"{head.host} {record.texts[0]}"
    return heard


def _day_in(text: str) -> date | None:
    found = re.search(r"\d{4}-\d\d-\d\d", text)
    said = said_day(found.group()) if found is not None else None
    return said.date if said is not None else None


def _head(text: str) -> _Head | None:
    """The start of an entry that a line is, or None."""
    if not text or text[0] in " \t":
        return None
    if (access := _ACCESS.match(text)) is not None:
        return _access(text, access)
    if (klog := _KLOG.match(text)) is not None:
        month = MONTHS[int(klog[2]) - 1] if 1 <= int(klog[2]) <= 12 else ""
        stamp = Stamp(klog.group(), f"{month} {int(klog[3])}", _clock(klog[4]))
        return _Head(stamp, f"{klog[1]} {text[klog.end() :].strip()}", sure=True)
    prefix = _PREFIX.match(text)
    start = prefix.end() if prefix is not None else 0
    found = take_stamp(text, start) or take_epoch(text, start)
    if found is None and start:
        start = 0
        found = take_stamp(text) or take_epoch(text)
    if found is None:
        return None
    stamp, end = found
    # A column ends where a stamp is followed by what parts columns.
    if (stamp.words.count(":") < 2 and stamp.at is None) or text[end : end + 1] in (",", ";", "\t"):
        return None
    front = text[:start].strip().rstrip('[("')
    rest = text[end:].lstrip('])"') if start else text[end:]
    return _parted(front, rest, stamp)


def _parted(front: str, rest: str, stamp: Stamp) -> _Head:
    """A line behind its stamp: the host and the program where it is syslog's, else whatever stands there."""
    keeps = front.removesuffix("1").strip() if front.startswith("<") else "" if front.endswith("=") else front
    exact = stamp.at is not None and ("T" in stamp.words or "." in stamp.words or "," in stamp.words)
    five = _FIVE.match(rest) if front.startswith("<") and front.endswith("1") else None
    tagged = five or _TAGGED.match(rest)
    if tagged is not None and (five is not None or not _LEVEL.search(tagged["tag"])):
        words = [word for word in rest[tagged.start("tag") :].split(" ") if five is None or word != "-"]
        body = " ".join(words) if five is not None else rest[tagged.start("tag") :]
        host = tagged["host"]
        written = _PERSON.fullmatch(host) is None and ("T" in stamp.words or bool(stamp.day) or front.startswith("<"))
        sure = written or "[" in rest[: tagged.end()]
        return _Head(stamp, f"{keeps} {body}".strip(), tagged["tag"], host, sure)
    sure = _NICK.match(rest) is None and (
        exact or bool(front) or _LEVEL.search(rest[:40]) is not None or _NUMBERED.match(rest) is not None
        or bool(stamp.clock and stamp.clock.microsecond)
    )  # fmt: skip
    return _Head(stamp, f"{keeps} {rest.lstrip(' |')}".strip(), sure=sure)


def _access(text: str, found: re.Match[str]) -> _Head | None:
    """A line of a web server's access log: who asked for what stays, the time goes."""
    stamped = take_stamp(f"{found['day']} {found['month']} {found['year']} {found['clock']} {found['offset']}")
    if stamped is None:
        return None
    stamp = replace(stamped[0], words=text[found.start("day") : found.end("offset")])
    return _Head(stamp, f"{found['front'].strip()} {text[found.end() :].strip()}", sure=True)


def _clock(words: str) -> time | None:
    found = take_stamp(words)
    return found[0].clock if found is not None else None

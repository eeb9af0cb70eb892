"""The time that an entry begins with, whatever it is wrapped in: `**[14:05]** –`, `T+15m:`, `10.12:30 PM`.

Only what stands there is found here; which day and zone it means is settled where the story is known
(`schemas.readers.timeline_story`).
"""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from schemas.month_names import WEEKDAY
from schemas.readers.timeline_notations import NEUTRAL, SINCE, read_start
from schemas.readings import NotATime

Says = Literal["clock", "moment", "day", "length", "unknown", "unreadable", "blank"]
"""What a stamp is: a time of day, one with its date, a day, a length since something, a `?` or `14:??`, figures that
are no time, or a template's `HH:MM`."""


_FIRST: Final = re.compile(
    r"(?:[\s>•‣◦▪●○■·∙⁃➢➤►▶|=–—→»\\]|-(?!\d)|-(?=\d{1,2}[/.:-]\d)|\+(?!\s?\d)|[*](?=\s)|\[[ xX✓✔]\]\s"
    r"|:[a-z][a-z0-9_+-]{1,30}:"
    r"|[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff])+"
)
_LABEL: Final = re.compile(
    r"(?:time(?:stamp)?|date(?:\s?(?:and|&|/)\s?time)?|when|hora|heure|uhrzeit|zeit)\s?(?:[:=]\s*"
    r"|(?=[*_`]{1,3}\s?[:=]))",
    re.IGNORECASE,
)
_OPENERS: Final = ("***", "**", "*", "___", "__", "_", "~~", "```", "``", "`", "[", "(", "<", "{", "“", '"')
_CLOSERS: Final = {"[": "]", "(": ")", "<": ">", "{": "}", "“": "”"}
_MAY_BEGIN: Final = re.compile(r"[^\W\d_]{0,14}[\s\d~≈?+\[<@.,:(*_=−-]|[^\W\d_]{2,12}$")
_NUMBER: Final = re.compile(r"#?\d{1,3}[.)]\s{0,3}(?=\S)")
_SEPARATOR: Final = re.compile(
    r"\s*(?:[:|·•»]|[,.;](?=\s|$)|[-=]+>|→|[-–—−]+(?!\d)|[-–—]+(?=\d+\s)|[/=](?=\s))|\s+>(?=\s)|\s+\\?(?:--)(?=\s)"
)
_PLACEHOLDER: Final = re.compile(
    r"\s*[\[<{(]?(?:HH?:?MM(?::?SS)?|hh?:mm(?::ss)?|XX:XX|xx:xx|__:__|--:--|YYYY-MM-DD|\.\.\."
    r"|…)[\]>})]?(?=[\s|:–—\-*_]|$)"
    r"|\s*[\[<{](?:time|date|timestamp|date/time|insert time)[\]>}]",
    re.IGNORECASE,
)
_UNKNOWN: Final = re.compile(
    r"(?:\?{1,4}:\?{1,4}|unknown(?: time)?|time unknown|tbd|tbc|n/a|not known)(?=\s*[|:–—\-*_)\]]|\s*$)", re.IGNORECASE
)
_HALF_KNOWN: Final = re.compile(r"(?:\d{4}-\d{2}-\d{2}[ T,]{1,3})?\d{1,2}:(?:\?\??|[xX]{2}|__|[0-5][?xX_])(?!\w)")
_LENGTH: Final = re.compile(r"[+]\s?\d|\d[\d\s\w.]{0,14}\blater\b", re.IGNORECASE)
_ALSO: Final = re.compile(r"\s{0,2}(?:[/(=]|or\s)\s{0,2}(?=\d)")
_TARGET: Final = re.compile(r"\(([^\s()]{1,600}(?:\([^\s()]*\))?[^\s()]*)\)")
_TIME_LIKE: Final = re.compile(
    r"\d{1,2}[:.][\d?+xX_]{1,2}(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s(?-i:[A-Z]{2,4})\b)?", re.IGNORECASE
)
DAY_NUMBER: Final = re.compile(r"(?:day|tag|día|dia|jour)\s{0,2}#?(\d{1,2})(?!\d)(?=[\s,:|()\-–—*_]|$)", re.IGNORECASE)
_NAMES_YEAR: Final = re.compile(r"\d{4}|\d[/.-]\d{1,2}[/.-]\d")
_WORD: Final = re.compile(r"[^\W_]|[%@$€£]")
_WEEKDAY: Final = re.compile(rf"(?:{WEEKDAY})[*_:.,\s]{{0,6}}", re.IGNORECASE)


class Stamp(Struct, frozen=True):
    """A time at the start of an entry: its `words`, what it `says`, and the `rest` of the entry behind it.

    `sign` is the first separator behind it, empty where only space is; `links` what it was linked to; `why` is what
    is wrong with one that cannot be read. `day_number` is 2 for "Day 2, 14:05", else 0. `twice` says that the same time
    stands there in a second zone too.
    """

    words: str
    says: Says
    rest: str
    sign: str = ""
    links: tuple[str, ...] = ()
    why: str = ""
    day_number: int = 0
    twice: bool = False

    @property
    def timed(self) -> bool:
        """Whether it places the entry within a day, or at least tries to."""
        return self.says not in ("day", "blank")


def take_stamp(text: str) -> Stamp | None:
    """The time that a text begins with, or None if it begins with none."""
    first = _FIRST.match(text)
    body = text[first.end() :] if first else text
    if not body or not _MAY_BEGIN.match(body.lstrip('*_`~[(<{“"')):
        return None
    if (label := _LABEL.match(body.lstrip("*_` "))) is not None:
        marks = body[: len(body) - len(body.lstrip("*_` "))]
        behind = body.lstrip("*_` ")[label.end() :]
        if (found := _opened(_unmarked(behind, marks))) is not None:
            return found
    found = _opened(body)
    number = _NUMBER.match(body)
    if number is not None and (found is None or found.says == "unreadable"):
        return _opened(body[number.end() :]) or found
    return found


def _unmarked(behind: str, marks: str) -> str:
    """What stands behind a label that was opened by marks (`**Time:** 14:05`), without the marks that close it."""
    sign = marks.strip()
    if not sign:
        return behind
    bare = behind.lstrip(" :=")
    return bare.removeprefix(sign).lstrip(" :=") if bare.startswith(sign) else sign + bare


def _opened(body: str) -> Stamp | None:
    """The stamp at the start of a text, inside of brackets and marks."""
    openers: list[str] = []
    words = body
    while True:
        found = _plain(words)
        if found is not None:
            return _closed(found, openers)
        opener = next((sign for sign in _OPENERS if words.startswith(sign)), None)
        if opener is None or len(openers) == 4:
            return None
        openers.append(opener)
        words = words[len(opener) :].lstrip()
        if (first := _FIRST.match(words)) is not None:
            words = words[first.end() :]


def _plain(words: str) -> Stamp | None:
    """The stamp without marks around it; its `rest` still begins with the separator."""
    if not words or not (words[0].isalnum() or words[0] in "~≈?+<@[{_-."):
        return None
    if (blank := _PLACEHOLDER.match(words)) is not None:
        return Stamp(blank.group().strip(), "blank", words[blank.end() :])
    if (unknown := _UNKNOWN.match(words)) is not None:
        return Stamp(unknown.group(), "unknown", words[unknown.end() :])
    if (half := _HALF_KNOWN.match(words)) is not None:
        return Stamp(half.group(), "unknown", words[half.end() :])
    if words[0] in "_[{<" and not words.startswith("<t:"):
        return None
    if _WEEKDAY.fullmatch(words) is not None:
        return Stamp(words.rstrip("*_:., "), "day", "")
    number, start = 0, 0
    if (day := DAY_NUMBER.match(words)) is not None:
        number = int(day[1])
        start = day.end() + len(words[day.end() :]) - len(words[day.end() :].lstrip(" ,:|-–—("))
    inner = _timed(words[start:])
    if inner is None:
        return Stamp(words[: day.end()], "day", words[day.end() :], day_number=number) if day else None
    if not number:
        return inner
    rest = inner.rest
    if "(" in words[:start] and (closed := re.match(r"\s?\)", rest)) is not None:
        return replace(inner, words=f"{words[:start]}{inner.words})", rest=rest[closed.end() :], day_number=number)
    return replace(inner, words=words[:start] + inner.words, day_number=number)


def _timed(words: str) -> Stamp | None:
    try:
        reading, end = read_start(words, NEUTRAL)
    except NotATime as problem:
        like = _TIME_LIKE.match(words)
        return Stamp(like.group(), "unreadable", words[like.end() :], why=str(problem)) if like else None
    if reading is None:
        return None
    rest, twice = words[end:], False
    says: Says = "moment"
    if reading.at is None:
        return Stamp(words[:end], "unknown", rest)
    if SINCE.match(words) or _LENGTH.match(words):
        says = "length"
    elif isinstance(reading.at, time):
        says = "clock"
    elif not isinstance(reading.at, datetime):
        if (blank := _PLACEHOLDER.match(rest)) is not None:
            return Stamp(words[: end + blank.end()], "blank", rest[blank.end() :])
        says = "day"
    if says != "day" and (also := _also(rest)):
        end, rest, twice = end + also, rest[also:], True
    return Stamp(words[:end].strip(), says, rest, twice=twice)


def _also(rest: str) -> int:
    """How much of what follows is the same time again, in another zone: ` / 12:05 CEST`, ` (14:05 local)`."""
    second = _ALSO.match(rest)
    if second is None:
        return 0
    try:
        reading, end = read_start(rest[second.end() :], NEUTRAL)
    except NotATime:
        return 0
    if reading is None or not isinstance(reading.at, time):
        return 0
    end += second.end()
    if "(" in second.group():
        closed = re.match(r"\s?(?:local(?:\stime)?)?\s?\)", rest[end:])
        return end + closed.end() if closed else 0
    return end


def _closed(found: Stamp, openers: list[str]) -> Stamp | None:
    """The stamp with its `rest` freed of separators and of the signs that close what was opened in front."""
    rest, sign = found.rest, ""
    links: tuple[str, ...] = ()
    waiting = list(openers)
    at = 0
    while at < len(rest):
        space = len(rest[at:]) - len(rest[at:].lstrip())
        closer = _CLOSERS.get(waiting[-1], waiting[-1]) if waiting else ""
        if closer and rest.startswith(closer, at + space):
            waiting.pop()
            at += space + len(closer)
            if closer == "]" and (target := _TARGET.match(rest, at)) is not None:
                links, at = (target[1],), target.end()
            continue
        separator = _SEPARATOR.match(rest, at)
        if separator is None:
            break
        sign = sign or separator.group().strip()[:1]
        at = separator.end()
    if not sign and not waiting and at == 0 and rest[:1] and _WORD.match(rest):
        return None
    rest = rest[at:].lstrip()
    if not rest.strip("*_` "):
        rest = ""
    bare = found.says == "day" and not sign and len(waiting) == len(openers) and not found.day_number
    if bare and rest and not _NAMES_YEAR.search(found.words):
        return None  # "May 3 servers failed" tells no day; "2024-05-03 deployed" does
    if waiting:
        rest = "".join(waiting) + rest if rest else rest
    return replace(found, rest=rest, sign=sign or ("]" if len(waiting) < len(openers) else ""), links=links)


def behind_day_number(words: str) -> str:
    """The words behind `Day 2`."""
    found = DAY_NUMBER.match(words)
    return words[found.end() :].lstrip(" ,:|-–—(") if found else words

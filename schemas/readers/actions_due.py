"""When something is to be done: days, also within a sentence, and times that are no day (`by Q3`, `in two weeks`)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from msgspec import Struct

from schemas.dates import take_date
from schemas.days import TwoDates, moved
from schemas.lengths import NotALength, take_span
from schemas.month_names import MONTH, WEEKDAY
from schemas.readers.found import Choice, Doubt
from schemas.readers.ground import Ground
from schemas.readings import Context, NotATime

_BY: Final = re.compile(
    r"\b(?:by|before|until|till|due(?:\s(?:on|by|date))?|no\slater\sthan|deadline|target(?:\sdate)?|eta"
    r"|on\sor\sbefore|scheduled\sfor|for\scompletion"
    r"|para\sel|hasta(?:\sel)?|antes\sdel?|até|avant\sle|d['’]ici\sle|bis(?:\szum)?"
    r"|am)\b[\s:=-]{0,3}(?:(?:the\s)?(?:end\sof|eod|cob)\s(?:on\s)?)?",
    re.IGNORECASE,
)
_LEADS: Final = re.compile(
    r"(?:(?:due|by|before|until|on|eta|target|deadline|til|till|the|el|le|am|bis|no\slater\sthan"
    r"|week\sof)\b(?:\s(?:date|by|on))?\s?[:=]?\s*)+",
    re.IGNORECASE,
)
_QUARTER: Final = re.compile(
    r"(?:(?:the\s)?end\sof\s)?(?:(?:Q|T)([1-4])|([1-4])Q)(?:[\s/,'’-]{1,3}(?:of\s)?((?:20)?\d\d))?(?!\w)", re.IGNORECASE
)
_RELATIVE: Final = re.compile(
    r"\b(?:within|in\sthe\snext|over\sthe\snext|in|next|dentro\sde|en|em|dans(?:\sles)?|innerhalb\svon"
    r"|in\sden\snächsten)\s(?:the\s(?:next|coming)\s)?"
    r"(\d{1,3}|an?|one|two|three|four|five|six|ten|twelve|una?|dos|deux|duas|zwei)\s(?:business\s|working\s)?(days?"
    r"|weeks?|months?|sprints?|quarters?"
    r"|días?|semanas?|meses|mes|dias|jours?|semaines?|mois|Tagen?|Wochen?|Monaten?)\b"
    r"|\b(?:this|next|current|end\sof\s(?:the|this|next))\s(?:week|month|sprint|quarter|year|release|iteration"
    r"|day)\b|\b(?:eod|eow|eom|eoq|asap)\b"
    r"|\b(?:\d{1,2}|an?|una?)\s(?:semanas?|días?|meses|mes|dias|weeks?|days?|months?|sprints?)\b"
    r"|\bfin(?:\sdel?)?\s(?:del?\s)?(?:sprint|mes|semana)\b"
    r"|\bby\s(?:the\s)?end\sof\b",
    re.IGNORECASE,
)
_BY_QUARTER: Final = re.compile(
    r"\b(?:by|before|in|during|until|end\sof|target(?:ed)?(?:\sfor)?|due|para|em"
    r"|en)\b[\s:]{1,3}(?:the\s)?(?:end\sof\s)?((?:Q[1-4]|[1-4]Q)(?:[\s/,'’-]{1,3}(?:20)?\d\d)?)(?!\w)",
    re.IGNORECASE,
)
_MONTH_START: Final = re.compile(rf"(?:\d|{MONTH})", re.IGNORECASE)
_WEEKDAY: Final = re.compile(rf"(?:next\s|this\s)?(?:{WEEKDAY})(?!\w)", re.IGNORECASE)
_ISO: Final = re.compile(r"(?<![\w./-])\d{4}-\d\d-\d\d(?![\w-])")
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "una": 1, "un": 1, "two": 2, "dos": 2, "deux": 2, "duas": 2, "zwei": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12,
}  # fmt: skip
_LONGEST: Final = 80


class Due(Struct, frozen=True):
    """When something is due: the `day`, if the words name one, what was assumed for it, and where they end.

    `days` are all days that figures can be read as. `offered` is a day that words such as `Q3` may be taken for.
    """

    words: str
    day: date | None = None
    assumed: str = ""
    days: tuple[date, ...] = ()
    offered: date | None = None
    end: int = 0

    def doubts(self, line: int, text: str) -> tuple[Doubt, ...]:
        """What a person should look at."""
        if len(self.days) > 1:
            choices = [Choice(day.isoformat(), "set", "due", day) for day in self.days]
            choices.append(Choice("read all such dates day first", "reread", "day_first", True))
            choices.append(Choice("read all such dates month first", "reread", "day_first", False))
            return (
                Doubt(line, text, f"“{self.words}” can be {self.days[0]} or {self.days[1]}", "due", tuple(choices)),
            )
        if self.day is None and self.offered is not None:
            leave = Choice("leave it in the text", "set", "due", None)
            take = Choice(f"due {self.offered}", "set", "due", self.offered)
            return (Doubt(line, text, f"“{self.words}” is no day", "due", (leave, take)),)
        return ()


def due_context(ground: Ground) -> Context:
    """What is known for reading a day that lies ahead: today is when it was written, or the story's last day."""
    today = ground.written or ground.last_day or ground.day
    return Context(
        zone=ground.zone, zone_name=ground.zone_name, today=today, day_first=ground.day_first,
        day_first_why=ground.day_first_why, order_is_weak=ground.order_is_weak, days=ground.days,
    )  # fmt: skip


def whole_due(words: str, context: Context) -> Due | None:
    """What the words in a place for due dates say; None where they are none."""
    text = words.strip(" \t*_`[]().,;")
    if not text or len(text) > _LONGEST:
        return None
    lead = _LEADS.match(text)
    start = lead.end() if lead and lead.end() < len(text) else 0
    if (weekday := _WEEKDAY.fullmatch(text, start)) is not None:
        return _next_weekday(weekday, context)
    found = _take(text, start, context)
    if found is not None and not text[found.end :].strip(" .,;()"):
        return found
    return _no_day(text, context)


def due_said(text: str, context: Context) -> Due | None:
    """The first day or time in a sentence by which something is to be done: `… by July 31, 2023`, `… in two weeks`."""
    for match in _BY.finditer(text):
        if (weekday := _WEEKDAY.match(text, match.end())) is not None:
            return _next_weekday(weekday, context)
        if not _MONTH_START.match(text, match.end()):
            continue
        found = _take(text, match.end(), context)
        if found is not None and (found.day is not None or found.days or found.offered):
            return found
    if (quarter := _BY_QUARTER.search(text)) is not None:
        return Due(quarter[1], offered=_quarter_end(quarter[1], context))
    if (relative := _RELATIVE.search(text)) is not None and (offered := _ahead(relative, context)) is not None:
        return Due(relative.group(), offered=offered)
    return None


def _take(text: str, pos: int, context: Context) -> Due | None:
    try:
        found = take_date(text, pos, context, whole=True, ahead=True)
    except TwoDates as two:
        days = tuple(dict.fromkeys(two.found.values()))
        return Due(two.shown, days[0], "", days, end=pos + len(two.shown))
    except NotATime:
        return None
    if found is None:
        return None
    day, end = found
    words = text[pos:end].strip(" .,")
    if day.last is not None:
        return Due(words, offered=day.last, end=end)
    return Due(words, day.date, day.assumed, end=end) if not day.notes else Due(words, offered=day.date, end=end)


def _next_weekday(found: re.Match[str], context: Context) -> Due:
    """A weekday is one only with a day to count from, and nobody knows on which day the words were written."""
    taken = _take(found.group(), 0, context) if context.today is not None else None
    return Due(found.group(), offered=taken.day or taken.offered if taken else None)


def _no_day(text: str, context: Context) -> Due | None:
    if (quarter := _QUARTER.fullmatch(text)) is not None:
        return Due(text, offered=_quarter_end(quarter.group(), context), end=len(text))
    if (weekday := _WEEKDAY.fullmatch(text)) is not None:
        return _next_weekday(weekday, context)
    if (relative := _RELATIVE.search(text)) is not None:
        return Due(text, offered=_ahead(relative, context), end=len(text))
    if context.today is not None and text[:1] == "+":
        try:
            span = take_span(text[1:].strip(), 0)
        except NotALength:
            return None
        if span is not None:
            return Due(text, moved(context.today, span[0].days), "counted from the incident", end=len(text))
    return None


def _quarter_end(words: str, context: Context) -> date | None:
    found = _QUARTER.search(words)
    if found is None:
        return None
    quarter = int(found[1] or found[2])
    year = int(found[3]) % 100 + 2000 if found[3] else 0
    if not year:
        if context.today is None:
            return None
        year = context.today.year + (1 if quarter < (context.today.month + 2) // 3 else 0)
    month = quarter * 3
    return date(year, month, 31 if month in (3, 12) else 30)


def _ahead(found: re.Match[str], context: Context) -> date | None:
    """The day that a length from now on ends at; a rough one for months, none for sprints."""
    if context.today is None or not found[1]:
        return None
    count = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1].casefold(), 0)
    unit = found[2].casefold()
    if unit.startswith(("sprint", "quarter")) or not count:
        return None
    days = 30 if unit.startswith("m") else 7 if unit.startswith(("w", "sem")) else 1
    return moved(context.today, days * count)


def iso_days(text: str) -> list[re.Match[str]]:
    """Where days stand as 2024-05-31 in a text."""
    return list(_ISO.finditer(text))

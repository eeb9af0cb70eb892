"""Clock times as people write them: `14:05`, `2:05 pm`, `2100hrs`, `15.26`, `noon`; one notation a rule.

Nothing here knows of dates or zones.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from schemas.patterns import late
from schemas.readings import NotATime

Half = Literal["", "am", "pm"]

_SMALL: Final = r"(?:[kKMGTP]i?B|[kmµun]?s|secs?|seconds|minutes|mins?|ms|million|billion|x|percent|EUR|USD|GB|MB)"
_HALF = late(r"\s?([ap])(?:\.\s?m\.|\.m\b|m\b)", re.IGNORECASE)
_HALF_LETTER = late(r"(?<=:\d\d)([ap])(?![\w.])", re.IGNORECASE)
_COLON = late(r"(\d{1,2}):(\d{2}|\?\?)(?::(\d{2})(?:[.,](\d{1,6})\d{0,9})?)?(?![\d?]|[:.,]\d)")
_COLON_END = late(r"\s?(?:hrs?\b\.?|h\b|hours\b|Uhr\b)", re.IGNORECASE)
_TWELVE = late(r"(\d{1,2})(?:[.:](\d{2}))?:?(?=\s?[ap]\.?\s?m\b)", re.IGNORECASE)
_MILITARY = late(r"(\d{2})(\d{2})(?:\s?(?:hrs?|hours|h)\b\.?|(?=\s?(?:Z|UTC|GMT)\b)|(?=\s[A-Z]{2,4}T\b))")
_DOTTED = late(rf"(\d{{1,2}})\.(\d{{2}})(?![\d%]|[.,:]\d|\s?{_SMALL}\b|\s?[€$£%])")
_LETTER_H = late(r"(\d{1,2})\s?(?:h|Uhr)\s?([0-5]\d)(?:min|mn)?\b", re.IGNORECASE)
_HOUR_ALONE = late(r"(\d{1,2})\s?(?:h\b\.?|Uhr\b|o['’]clock\b)", re.IGNORECASE)
_UNFINISHED = late(r"\d{1,2}:[0-5][+?_](?!\d)")
_BREAK = late(r"\s?[–—:|,](?=\s|$)|\s-(?=\s)|\s?$")
_NOON: Final = r"noon|midday|mediod[ií]a|meio[-\s]dia|midi|mittags?"
_MIDNIGHT: Final = r"midnight|medianoche|meia[-\s]noite|minuit|mitternacht"
_WORD = late(rf"(?:12(?::00)?\s)?(?:({_NOON})|{_MIDNIGHT})(?!\w)", re.IGNORECASE)
_ISO = late(r"(\d{2})(?:(:?)(\d{2})(?:\2(\d{2}))?)?(?:[.,](\d{1,6})\d{0,9})?(?![\d?]|[:.,]\d)")


class Clock(Struct, frozen=True):
    """A time of day. `half` is the half that was written; `to_the_second` says that seconds were.

    `day_after` is set for 24:00, which is 0:00 of the next day. `any_minute` says that only the hour is known.
    """

    hour: int
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    half: Half = ""
    to_the_second: bool = False
    day_after: bool = False
    any_minute: bool = False
    notes: tuple[str, ...] = ()

    def in_half(self, half: Half) -> Clock:
        """The same figures in a half of the day that was written elsewhere, as in `2:05-3:10 pm`."""
        if self.half or not 1 <= self.hour <= 12:
            return self
        return replace(self, hour=self.hour % 12 + (12 if half == "pm" else 0), half=half)


def take_clock(text: str, pos: int, *, whole: bool) -> tuple[Clock, int] | None:
    """The clock time that stands at a position and where it ends, or None if none does.

    `whole` says that the text is meant as a time anyway; without it, figures that may count something else are left.

    Raises:
        NotATime: it is written as a clock but there is no such time.
    """
    for rule in _SURE if not whole else (*_SURE, *_WHOLE_ONLY):
        if (found := rule(text, pos)) is not None:
            return found
    return None


def take_iso(text: str, pos: int) -> tuple[Clock, int] | None:
    """The clock behind the T of `2024-05-02T` by ISO 8601: `14:05:33,5`, `1405`, `140533.25`, `14`, `14:05.5`."""
    match = _ISO.match(text, pos)
    if match is None:
        return None
    hour, minute, second, fraction = match[1], match[3] or "00", match[4] or "", match[5] or ""
    if not fraction or second:
        return _clock(hour, minute, second, fraction, shown=match.group()), match.end()
    # The fraction is one of the smallest unit that is written.
    rest = timedelta(seconds=(60 if match[3] else 3600) * int(fraction) / 10 ** len(fraction))
    whole = timedelta(hours=int(hour), minutes=int(minute)) + rest
    start = _clock(hour, minute, shown=match.group())
    seconds, micros = divmod(round(whole / timedelta(microseconds=1)), 1_000_000)
    exact = replace(
        start, hour=seconds // 3600 % 24, minute=seconds // 60 % 60, second=seconds % 60, microsecond=micros
    )
    return replace(exact, to_the_second=True), match.end()


def _twelve(text: str, pos: int) -> tuple[Clock, int] | None:
    match = _TWELVE.match(text, pos)
    return _with_half(match, match[1], match[2] or "00", "", "") if match else None


def _colon(text: str, pos: int) -> tuple[Clock, int] | None:
    match = _COLON.match(text, pos)
    if match is None:
        if (unfinished := _UNFINISHED.match(text, pos)) is not None:
            start = unfinished.group()[:-1]
            raise NotATime(f"{unfinished.group()} lacks a figure; write {start}0, or {start}0..{start}9")
        return None
    hour, minute, second, fraction = match.groups(default="")
    if minute == "??":
        clock = _clock(hour, "00", "", shown=match.group())
        return replace(clock, any_minute=True, notes=("the minute is not known",)), match.end()
    if (halved := _with_half(match, hour, minute, second, fraction)) is not None:
        return halved
    end = _COLON_END.match(text, match.end())
    return _clock(hour, minute, second, fraction, shown=match.group()), end.end() if end else match.end()


def _military(text: str, pos: int) -> tuple[Clock, int] | None:
    match = _MILITARY.match(text, pos)
    return (_clock(match[1], match[2], shown=match.group()), match.end()) if match else None


def _dotted(text: str, pos: int) -> tuple[Clock, int] | None:
    match = _DOTTED.match(text, pos)
    # `9.05` may as well count something; `09.05` and `15.26` rarely do.
    if match is None or len(match[1]) < 2 or int(match[1]) > 24 or int(match[2]) > 59:
        return None
    return _clock(match[1], match[2], shown=match.group()), match.end()


def _letter_h(text: str, pos: int) -> tuple[Clock, int] | None:
    match = _LETTER_H.match(text, pos)
    # `1h30` is mostly a length, `14h30` is not.
    if match is not None and ("u" in match.group().lower() or (len(match[1]) > 1 and " " not in match.group())):
        return _clock(match[1], match[2], shown=match.group()), match.end()
    return None


def _hour_alone(text: str, pos: int) -> tuple[Clock, int] | None:
    """`14h`, which is a length too unless it stands apart; `14 Uhr` and `2 o'clock`, which are not."""
    match = _HOUR_ALONE.match(text, pos)
    if match is None or int(match[1]) > 24:
        return None
    if match.group()[-1] in "hH." and (len(match[1]) < 2 or not _BREAK.match(text, match.end())):
        return None
    return _clock(match[1], "00", shown=match.group()), match.end()


def _any_separator(text: str, pos: int) -> tuple[Clock, int] | None:
    match = _DOTTED.match(text, pos) or _LETTER_H.match(text, pos)
    if match is not None:
        return _clock(match[1], match[2], shown=match.group()), match.end()
    match = _HOUR_ALONE.match(text, pos)
    return (_clock(match[1], "00", shown=match.group()), match.end()) if match else None


def _word(text: str, pos: int) -> tuple[Clock, int] | None:
    match = _WORD.match(text, pos)
    if match is None:
        return None
    return (Clock(12) if match[1] else Clock(0)), match.end()


def _with_half(match: re.Match[str], hour: str, minute: str, second: str, fraction: str) -> tuple[Clock, int] | None:
    half = _HALF.match(match.string, match.end()) or _HALF_LETTER.match(match.string, match.end())
    if half is None:
        return None
    name: Half = "am" if half[1] in "aA" else "pm"
    shown = match.string[match.start() : half.end()]
    clock = _clock(hour, minute, second, fraction, shown=shown)
    if clock.day_after or (clock.hour == 0 and name == "pm") or (clock.hour > 12 and name == "am"):
        right = f"{hour}:{minute}" if not clock.day_after else "00:00"
        other = f" or {clock.hour - 12}:{minute} {name}" if clock.hour > 12 else f" or 12:{minute} {name}"
        raise NotATime(f"{shown} contradicts itself; write {right}{other}")
    if clock.hour > 12:
        return replace(clock, half=name, notes=(f"{shown} can only mean {clock.hour}:{minute}",)), half.end()
    return (clock.in_half(name) if clock.hour else replace(clock, half=name)), half.end()


def _clock(hour: str, minute: str, second: str = "", fraction: str = "", *, shown: str) -> Clock:
    figures = int(hour), int(minute), int(second or 0)
    if figures == (24, 0, 0):
        return Clock(0, to_the_second=bool(second), day_after=True)
    if figures[2] == 60 and figures[1] == 59 and figures[0] < 24:
        note = f"{shown} is a leap second; read as the second before it"
        return Clock(figures[0], 59, 59, to_the_second=True, notes=(note,))
    if figures[0] > 23 or figures[1] > 59 or figures[2] > 59:
        raise NotATime(f"{shown} is not a time of day: hours go to 23, minutes and seconds to 59")
    return Clock(*figures, int(fraction.ljust(6, "0") or 0), to_the_second=bool(second))


_SURE: Final = (_word, _twelve, _colon, _military, _dotted, _letter_h, _hour_alone)
_WHOLE_ONLY: Final = (_any_separator,)

"""What is typed into a field and the value of the model it means, one reader for each kind of field.

A reader raises `FieldError` with a message that says what would be right. None of them is given an empty text. The
writers turn values back into text that reads as the same value. Times and days are read in `schemas.field_times`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from schemas import zones
from schemas.entry_marks import kinds_named, milestones_named
from schemas.incident import KINDS, MILESTONES
from schemas.lengths import NotALength, format_length, read_length
from schemas.moments import margin_length
from schemas.patterns import late
from schemas.text import clean_prose, is_clean, shorten
from schemas.zone_words import ambiguity

_TICKET = late(r"[A-Z][A-Z0-9_]{0,19}-\d{1,9}|(?:[\w.-]{1,100}/){0,3}(?:[\w.-]{1,100})?[#!]\d{1,9}")
_WEB = late(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
_NUMBER = late(
    r"(~|≈|about\s|approx\.?\s|circa\s|ca\.?\s)?\s*"
    r"(\d{1,3}(?:[,\u202f\u00a0 ']\d{3})+(?:\.\d+)?|\d{1,40}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)"
    r"\s?(%|[kKM](?![A-Za-z])|thousand\b|million\b|billion\b)?\s*(.*)",
    re.IGNORECASE,
)
_PART_OF = late(r"(\S{1,40}) (?:of|out of) (\S{1,40}.*)")
_TIMES: Final = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "billion": 1_000_000_000}


class FieldError(ValueError):
    """A text that a field cannot take; the message says what would be right."""


def line(text: str) -> str:
    """One line of text, without control characters."""
    words = text.strip()
    if len(words.splitlines()) > 1 or "\n" in words:
        raise FieldError("this is one line of text; take the line break out")
    if "\t" in words or not is_clean(words):
        raise FieldError("there is a control character in this text; type it anew instead of pasting it")
    return words


def prose(text: str) -> str:
    """Text of any number of lines, made safe."""
    return clean_prose(text)


def one_of(names: Collection[str], synonyms: Mapping[str, str] | None = None, *, what: str) -> Callable[[str], str]:
    """A reader for one of several names, whatever their capitals; the start of a name will do if only one has it."""

    def read(text: str) -> str:
        folded = re.sub(r"[\s_]+", "-", text.strip()).casefold()
        known = {name.casefold(): name for name in names} | dict(synonyms or {})
        if folded in known:
            return known[folded]
        starts = [name for name in names if folded and name.casefold().startswith(folded)]
        if len(starts) == 1:
            return starts[0]
        raise FieldError(f"“{shorten(text.strip(), 30)}” is no {what}; write one of {', '.join(names)}")

    return read


def severity(names: Collection[str]) -> Callable[[str], str]:
    """A reader for a severity: `sev2`, `S2` and `2` are SEV2."""

    def read(text: str) -> str:
        match = re.fullmatch(r"(?:s|sev|severity)?[\s_-]?(\d)", text.strip(), re.IGNORECASE)
        if match is not None and f"SEV{match[1]}" in names:
            return f"SEV{match[1]}"
        raise FieldError(f"“{shorten(text.strip(), 30)}” is no severity; write one of {', '.join(names)}")

    return read


def names(text: str) -> tuple[str, ...]:
    """Names with commas between them, each once; one that holds a comma stands in double quotes."""
    import csv  # late: most fields are read without ever being typed

    whole = line(text)
    try:
        found = next(csv.reader([whole], skipinitialspace=True), [])
    except csv.Error:
        raise FieldError("write names with commas between them: Ana, Bo, Platform team") from None
    return tuple(dict.fromkeys(stripped for name in found if (stripped := name.strip())))


def names_text(value: tuple[str, ...]) -> str:
    """Names as `names` reads them."""
    return ", ".join('"' + name.replace('"', '""') + '"' if "," in name or '"' in name else name for name in value)


def zone(text: str) -> str:
    """A time zone by its IANA name or offset, in its usual capitals."""
    words = text.strip()
    upper = words.upper()
    if upper in ("UTC", "GMT", "Z"):
        return "UTC"
    if (short := zones.ABBREVIATIONS.get(upper)) is not None:
        if short.ambiguous:
            raise FieldError(ambiguity(short).partition(";")[0] + f"; write {' or '.join(short.zones)}")
        raise FieldError(f"{upper} names an offset and no place; write {short.zones[0]}")
    if len(words) <= 60 and (name := zones.canonical_name(words)) is not None:
        return name.upper() if name[:3].upper() in ("UTC", "GMT") else name
    close = _nearest_zones(words[:60])
    meant = f"; did you mean {' or '.join(close)}?" if close else "; write a name such as Africa/Nairobi or UTC"
    raise FieldError(f"“{shorten(words, 30)}” is no time zone{meant}")


def _nearest_zones(words: str) -> list[str]:
    from difflib import get_close_matches

    folded = words.casefold().replace(" ", "_")
    known = {name.casefold(): name for name in zones.zone_names()}
    places = {folded_name.rsplit("/", 1)[-1]: name for folded_name, name in known.items()}
    if folded in places:
        return [places[folded]]
    place = folded.rsplit("/", 1)[-1]
    for nearness in (0.85, 0.7):
        close = [known[name] for name in get_close_matches(folded, known, 3, nearness)]
        close = close or [places[name] for name in get_close_matches(place, places, 3, nearness)]
        if close:
            return close
    return []


def link(text: str) -> str:
    """A web address, or a ticket such as `OPS-123`, `#123` or `owner/repo#12`."""
    words = text.strip()
    if (_WEB.fullmatch(words) or _TICKET.fullmatch(words)) and is_clean(words):
        return words
    if re.search(r"\s", words):
        raise FieldError("a link has no spaces in it; write https://… or a ticket such as OPS-123")
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?", words):
        raise FieldError(f"this begins without https://; write https://{shorten(words, 40)}")
    raise FieldError(f"“{shorten(words, 30)}” is no link; write https://… or a ticket such as OPS-123 or team/app#12")


def links(text: str) -> tuple[str, ...]:
    """Links with spaces or line breaks between them."""
    return tuple(dict.fromkeys(link(each.strip(",")) for each in text.split() if each.strip(",")))


def margin(text: str) -> str:
    """How far an approximate time may be off, such as `15m`."""
    words = text.strip().lstrip("±+~ ").removeprefix("/-").strip()
    plain = words.replace(" ", "")
    if len(plain) <= 20 and margin_length(plain) is not None:
        return plain
    try:
        found = read_length(words)
    except NotALength:
        raise FieldError(f"“{shorten(text.strip(), 30)}” is no margin; write it as 15m or 2h") from None
    seconds = found.minutes_high * 60
    if found.minutes_low != found.minutes_high or seconds != int(seconds):
        raise FieldError("a margin is one length; write it as 15m or 2h")
    size, unit = next((size, unit) for size, unit in ((3600, "h"), (60, "m"), (1, "s")) if seconds % size == 0)
    return f"{int(seconds) // size}{unit}"


def minutes(text: str) -> float:
    """A length in minutes; whole ones as int."""
    return _length(text)[0]


def stated_length(text: str) -> dict[str, Any]:
    """What a stated length reads as: the fields `minutes` and `about`."""
    value, about = _length(text)
    return {"minutes": value, "about": about}


def _length(text: str) -> tuple[float, bool]:
    try:
        found = read_length(text)
    except NotALength as problem:
        raise FieldError(str(problem)) from None
    seconds = round(found.minutes * 60)
    value = seconds / 60 if abs(found.minutes * 60 - seconds) < 1e-6 else round(found.minutes, 6)
    whole = int(value) if value == int(value) else value
    return whole, found.about or found.minutes_low != found.minutes_high


def minutes_text(value: float | None) -> str:
    """A length in minutes as `minutes` reads it."""
    return "" if value is None else format_length(value)


def flag(text: str) -> bool:
    """Yes or no."""
    words = text.strip().casefold()
    if words in ("yes", "y", "true", "1", "x", "on", "about"):
        return True
    if words in ("no", "n", "false", "0", "off"):
        return False
    raise FieldError("write yes or no")


def amount(text: str) -> dict[str, Any]:
    """A number with what is written around it: `amount`, and `unit`, `total` and `about` where the text has them."""
    words = line(text)
    if (part := _PART_OF.fullmatch(words)) is not None:
        whole = _amount(part[2])
        return {**_amount(part[1]), "total": whole["amount"]} | ({"unit": whole["unit"]} if "unit" in whole else {})
    return _amount(words)


def _amount(words: str) -> dict[str, Any]:
    match = _NUMBER.fullmatch(words)
    if match is None:
        raise FieldError(f"“{shorten(words, 30)}” is no number; write it as 1,234 or 12.5, with its unit if you like")
    about, figures, scale, unit = match.groups()
    if re.match(r"[\d.,]", unit):
        raise FieldError(f"“{shorten(words, 30)}” can be read in two ways; write 1,234 for thousands and 1.5 for parts")
    bare = re.sub(r"[,\u202f\u00a0 ']", "", figures)
    value: int | float = int(bare) if bare.isdecimal() else float(bare)
    if scale == "%":
        value, unit = float(value), f"% {unit}".strip()
    elif scale:
        value = _scaled(value, _TIMES[scale.lower()])
    if value > 1e18:
        raise FieldError("that number is too large; write it in a larger unit")
    return {"amount": value} | ({"unit": unit} if unit else {}) | ({"about": True} if about else {})


def number(text: str) -> int | float:
    """A number alone: 0 or more."""
    value: int | float = amount(text)["amount"]
    return value


def number_text(value: float | None) -> str:
    """A number as `number` reads it: thousands apart, nothing rounded."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else repr(value)


def _scaled(value: float, by: int) -> int | float:
    # 1.1 * 1000 is 1100.0000000000002 in binary; a thousand parts is as fine as such words are.
    product = round(value * by, 3)
    return int(product) if product == int(product) else product


def milestones(text: str) -> tuple[str, ...]:
    """Milestones with commas or spaces between them, in their usual order."""
    found = []
    for word in re.split(r"[\s,;]+", text.strip(" ,;\t\n")):
        meant = milestones_named(word.lstrip("!"))
        if len(meant) > 1:
            raise FieldError(f"“{shorten(word, 30)}” can be {' or '.join(meant)}; write more letters")
        if not meant:
            raise FieldError(f"“{shorten(word, 30)}” is no milestone; write some of {', '.join(MILESTONES)}")
        found.append(meant[0])
    return tuple(dict.fromkeys(found))


def kind(text: str) -> str:
    """A kind of event."""
    word = text.strip().lstrip("#")
    meant = kinds_named(word)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise FieldError(f"“{shorten(word, 30)}” can be {' or '.join(meant)}; write more letters")
    raise FieldError(f"“{shorten(word, 30)}” is no kind of event; write one of {', '.join(KINDS)}")

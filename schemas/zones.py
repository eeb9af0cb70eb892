"""Time zones as people name them: IANA names, offsets and abbreviations.

An abbreviation names an offset, not a place, and several are shared: CST is used in Chicago, Shanghai and Havana.
`ABBREVIATIONS` lists the places each one is used in, so that a caller can ask instead of guess. Offsets and places
follow the IANA time zone database (https://www.iana.org/time-zones).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from schemas.patterns import late

_OFFSET = late(r"(?:UTC|GMT)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_BARE_OFFSET = late(r"([+\-]\d{2})(\d{2})?")
_UTC_NAMES: Final = frozenset({"UTC", "GMT", "Z"})
_NOTHING: Final = timedelta()
# Parts of an IANA name begin with a capital. Folders of the zone database that do not (`posix/`, `right/`) and files
# such as `localtime` differ from machine to machine. No name has more than three parts.
_IANA = late(r"[A-Z][A-Za-z0-9_+\-]{0,30}(?:/[A-Z][A-Za-z0-9_+\-]{0,30}){0,2}")


class Abbreviation(Struct, frozen=True):
    """What a zone's short name means: the places that use it, and its offset from UTC in minutes.

    `minutes` is None for names that follow the season, such as PT and ET.
    """

    label: str
    zones: tuple[str, ...]
    minutes: int | None

    @property
    def ambiguous(self) -> bool:
        """Whether more than one part of the world uses the name."""
        return len(self.zones) > 1


def _table(*rows: tuple[str, float | None, str]) -> dict[str, Abbreviation]:
    return {
        label: Abbreviation(label, tuple(zones.split()), None if hours is None else round(hours * 60))
        for label, hours, zones in rows
    }


ABBREVIATIONS: Final = _table(
    ("UTC", 0, "UTC"), ("Z", 0, "UTC"), ("GMT", 0, "UTC"), ("WET", 0, "Europe/Lisbon"), ("WEST", 1, "Europe/Lisbon"),
    ("BST", 1, "Europe/London Asia/Dhaka"), ("IST", 5.5, "Asia/Kolkata Europe/Dublin Asia/Jerusalem"),
    ("CET", 1, "Europe/Paris"), ("CEST", 2, "Europe/Paris"), ("EET", 2, "Europe/Helsinki"),
    ("EEST", 3, "Europe/Helsinki"),
    ("MEZ", 1, "Europe/Berlin"), ("MESZ", 2, "Europe/Berlin"), ("MEST", 2, "Europe/Berlin"),
    ("OEZ", 2, "Europe/Helsinki"), ("OESZ", 3, "Europe/Helsinki"), ("HNE", -5, "America/Toronto"),
    ("HAE", -4, "America/Toronto"), ("COT", -5, "America/Bogota"), ("CLT", -4, "America/Santiago"),
    ("CLST", -3, "America/Santiago"), ("UYT", -3, "America/Montevideo"),
    ("MSK", 3, "Europe/Moscow"), ("TRT", 3, "Europe/Istanbul"), ("WAT", 1, "Africa/Lagos"),
    ("CAT", 2, "Africa/Maputo America/Anchorage"), ("SAST", 2, "Africa/Johannesburg"), ("EAT", 3, "Africa/Nairobi"),
    ("GST", 4, "Asia/Dubai"), ("PKT", 5, "Asia/Karachi"), ("NPT", 5.75, "Asia/Kathmandu"), ("WIB", 7, "Asia/Jakarta"),
    ("ICT", 7, "Asia/Bangkok"), ("SGT", 8, "Asia/Singapore"), ("HKT", 8, "Asia/Hong_Kong"),
    ("PHT", 8, "Asia/Manila"),
    ("JST", 9, "Asia/Tokyo"), ("KST", 9, "Asia/Seoul"), ("AWST", 8, "Australia/Perth"),
    ("ACST", 9.5, "Australia/Adelaide"),
    ("ACDT", 10.5, "Australia/Adelaide"), ("AEST", 10, "Australia/Sydney"), ("AEDT", 11, "Australia/Sydney"),
    ("NZST", 12, "Pacific/Auckland"), ("NZDT", 13, "Pacific/Auckland"), ("BRT", -3, "America/Sao_Paulo"),
    ("ART", -3, "America/Argentina/Buenos_Aires"), ("NST", -3.5, "America/St_Johns"), ("NDT", -2.5, "America/St_Johns"),
    ("AST", -4, "America/Halifax Asia/Riyadh"), ("ADT", -3, "America/Halifax"),
    ("EST", -5, "America/New_York"), ("EDT", -4, "America/New_York"), ("ET", None, "America/New_York"),
    ("CST", -6, "America/Chicago Asia/Shanghai America/Havana"), ("CDT", -5, "America/Chicago America/Havana"),
    ("CT", None, "America/Chicago"), ("MST", -7, "America/Denver"), ("MDT", -6, "America/Denver"),
    ("MT", None, "America/Denver"), ("PST", -8, "America/Los_Angeles"), ("PDT", -7, "America/Los_Angeles"),
    ("PT", None, "America/Los_Angeles"), ("AKST", -9, "America/Anchorage"), ("AKDT", -8, "America/Anchorage"),
    ("HST", -10, "Pacific/Honolulu"),
)  # fmt: skip
"""Short names in use, by label in capitals."""


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Every IANA zone name known on this machine, sorted; for completion."""
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))


@lru_cache(maxsize=512)
def resolve(name: str) -> tzinfo | None:
    """The zone of an IANA name or an offset (`UTC`, `UTC+3`, `+05:30`), or None when it names neither.

    Abbreviations other than UTC, GMT and Z are not resolved here: what they mean depends on the place. Capitals count
    in IANA names (see `canonical_name`), so that a name means the same on every machine.
    """
    text = name.strip()
    if text.upper() in _UTC_NAMES:
        return ZoneInfo("UTC")
    if match := _OFFSET.fullmatch(text):
        sign, hours, minutes = match.groups()
        total = int(hours) * 60 + int(minutes or 0)
        if total <= 18 * 60 and int(minutes or 0) < 60:
            return timezone(timedelta(minutes=-total if sign != "+" else total))
        return None
    # Looked up by itself and not in `zone_names`: reading 600 zone files costs more than one failed look-up.
    if text in ABBREVIATIONS or text == "Factory" or not _IANA.fullmatch(text):
        return None
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return None


def canonical_name(name: str) -> str | None:
    """The name with its usual capitals (`africa/nairobi` gives `Africa/Nairobi`), or None if it is no zone."""
    text = name.strip()
    if text.upper() in _UTC_NAMES:
        return text.upper()
    if resolve(text) is not None:
        return text
    folded = re.sub(r"\s+", "_", text).casefold()
    return next((known for known in zone_names() if known.casefold() == folded), None)


def label_at(zone: tzinfo, moment: datetime) -> str:
    """What the zone is called at a wall-clock time: `EAT`, `PDT`, or `UTC+05:30` where it has no letters."""
    try:
        name = moment.replace(tzinfo=zone).tzname() or ""
    except (OverflowError, ValueError):
        return ""
    if match := _BARE_OFFSET.fullmatch(name):
        return f"UTC{match[1]}:{match[2] or '00'}"
    return name


def offset_minutes(zone: tzinfo, moment: datetime) -> int:
    """The zone's offset from UTC at a wall-clock time, in whole minutes (local mean times have seconds)."""
    return round(offset_at(zone, moment).total_seconds() / 60)


def offset_at(zone: tzinfo, moment: datetime) -> timedelta:
    """The zone's offset from UTC at a wall-clock time, exactly; of a time that comes twice the first one counts."""
    try:
        return zone.utcoffset(moment) or _NOTHING
    except (OverflowError, ValueError):
        return _NOTHING

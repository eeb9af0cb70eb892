"""Time zones whose names are spelled out: `Eastern Standard Time`, `West Central Africa Standard Timezone`.

Spelled out, a name says more than its letters: Central Standard Time is Chicago's, China Standard Time Shanghai's,
though both are CST. Names that Windows gives to places are known as far as they are used in writing. Offsets and places
follow the IANA time zone database.
"""

from __future__ import annotations

import re
from typing import Final

from schemas.patterns import late
from schemas.zones import ABBREVIATIONS, Abbreviation

_ROWS: Final[tuple[tuple[str, str, str, float | None], ...]] = (
    # the name without "Time", its label, its place, and hours from UTC (None: it follows the season)
    ("coordinated universal|universal coordinated|universal|utc|zulu", "UTC", "UTC", 0),
    ("green(?:wich|witch) mean|gmt", "UTC", "UTC", 0),
    ("british summer", "BST", "Europe/London", 1),
    ("irish standard|irish summer", "IST", "Europe/Dublin", 1),
    ("israel standard", "IST", "Asia/Jerusalem", 2),
    ("israel (?:daylight|summer)", "IDT", "Asia/Jerusalem", 3),
    ("indian? standard", "IST", "Asia/Kolkata", 5.5),
    ("china standard|beijing", "CST", "Asia/Shanghai", 8),
    ("western european(?: standard)?", "WET", "Europe/Lisbon", 0),
    ("western european (?:summer|daylight)", "WEST", "Europe/Lisbon", 1),
    ("central europe(?:an)?(?: standard)?", "CET", "Europe/Paris", 1),
    ("central europe(?:an)? (?:summer|daylight)", "CEST", "Europe/Paris", 2),
    ("eastern european(?: standard)?", "EET", "Europe/Helsinki", 2),
    ("eastern european (?:summer|daylight)", "EEST", "Europe/Helsinki", 3),
    (r"w\. europe standard", "", "Europe/Berlin", None),
    ("romance standard", "", "Europe/Paris", None),
    ("fle standard", "", "Europe/Kyiv", None),
    ("moscow(?: standard)?|russian standard", "MSK", "Europe/Moscow", 3),
    ("turkey(?: standard)?", "TRT", "Europe/Istanbul", 3),
    (r"(?:west|w\.) (?:central )?african?(?: standard)?", "WAT", "Africa/Lagos", 1),
    ("central african?(?: standard)?", "CAT", "Africa/Maputo", 2),
    (r"(?:east|eastern|e\.) african?(?: standard)?", "EAT", "Africa/Nairobi", 3),
    ("south african?(?: standard)?", "SAST", "Africa/Johannesburg", 2),
    ("gulf standard|arabian standard", "GST", "Asia/Dubai", 4),
    ("arab(?:ia)? standard", "AST", "Asia/Riyadh", 3),
    ("pakistan(?: standard)?", "PKT", "Asia/Karachi", 5),
    ("nepal(?: standard)?", "NPT", "Asia/Kathmandu", 5.75),
    ("indochina", "ICT", "Asia/Bangkok", 7),
    ("western indonesian?", "WIB", "Asia/Jakarta", 7),
    ("singapore(?: standard)?", "SGT", "Asia/Singapore", 8),
    ("hong kong(?: standard)?", "HKT", "Asia/Hong_Kong", 8),
    ("philippine(?: standard)?", "PHT", "Asia/Manila", 8),
    ("japan(?: standard)?|tokyo standard", "JST", "Asia/Tokyo", 9),
    ("korean?(?: standard)?", "KST", "Asia/Seoul", 9),
    ("australian western standard", "AWST", "Australia/Perth", 8),
    ("australian central standard", "ACST", "Australia/Adelaide", 9.5),
    ("australian central (?:daylight|summer)", "ACDT", "Australia/Adelaide", 10.5),
    ("(?:australian|aus) eastern standard", "AEST", "Australia/Sydney", 10),
    ("(?:australian|aus) eastern (?:daylight|summer)", "AEDT", "Australia/Sydney", 11),
    ("new zealand standard", "NZST", "Pacific/Auckland", 12),
    ("new zealand (?:daylight|summer)", "NZDT", "Pacific/Auckland", 13),
    ("bras[ií]lia(?: standard)?", "BRT", "America/Sao_Paulo", -3),
    (r"e\. south america standard", "", "America/Sao_Paulo", None),
    ("argentin[ae](?: standard)?", "ART", "America/Argentina/Buenos_Aires", -3),
    ("newfoundland standard", "NST", "America/St_Johns", -3.5),
    ("newfoundland daylight", "NDT", "America/St_Johns", -2.5),
    ("atlantic standard", "AST", "America/Halifax", -4),
    ("atlantic daylight", "ADT", "America/Halifax", -3),
    ("(?:us )?eastern standard", "EST", "America/New_York", -5),
    ("(?:us )?eastern daylight", "EDT", "America/New_York", -4),
    ("(?:us )?eastern|new york", "ET", "America/New_York", None),
    ("(?:us )?central standard", "CST", "America/Chicago", -6),
    ("(?:us )?central daylight", "CDT", "America/Chicago", -5),
    ("(?:us )?central", "CT", "America/Chicago", None),
    ("(?:us )?mountain standard", "MST", "America/Denver", -7),
    ("(?:us )?mountain daylight", "MDT", "America/Denver", -6),
    ("(?:us )?mountain", "MT", "America/Denver", None),
    ("(?:us )?pacific standard", "PST", "America/Los_Angeles", -8),
    ("(?:us )?pacific daylight", "PDT", "America/Los_Angeles", -7),
    ("(?:us )?pacific", "PT", "America/Los_Angeles", None),
    ("alaska standard", "AKST", "America/Anchorage", -9),
    ("alaska daylight", "AKDT", "America/Anchorage", -8),
    ("alaskan?", "AKT", "America/Anchorage", None),
    ("hawaii(?:[- ]aleutian)?(?: standard)?", "HST", "Pacific/Honolulu", -10),
)

_SHORT: Final = late(r"\s{0,3}(?:US|U\.S\.) (Eastern|Central|Mountain|Pacific)(?!\w)", re.IGNORECASE)
_LONG: Final = late(
    rf"\s{{0,3}}(?:{'|'.join(f'({names})' for names, *_ in _ROWS)}) time(?:\s?zone)?(?!\w)"
    r"(?: \(US (?:&|and) Canada\))?",
    re.IGNORECASE,
)


def take_spelled(text: str, pos: int) -> tuple[str, Abbreviation, int] | None:
    """The zone spelled out at a position: its words, what they mean, and where they end; None if none is."""
    match = _LONG.match(text, pos)
    if match is not None and match.lastindex is not None:
        _, label, place, hours = _ROWS[match.lastindex - 1]
        short = Abbreviation(label or match.group().strip(), (place,), None if hours is None else round(hours * 60))
        return match.group().strip(), short, match.end()
    if (match := _SHORT.match(text, pos)) is not None:
        return match.group().strip(), ABBREVIATIONS[f"{match[1][0].upper()}T"], match.end()
    return None


def without_spelled(text: str) -> str:
    """A text without the zones that are spelled out in it."""
    return _LONG.sub(" ", text)

"""The words that lengths of time are made of: units, numbers and halves in five languages, and words for bounds.

English, Spanish, Portuguese, French and German, as far as they do not mean something else in one of the others.
"""

from __future__ import annotations

import re
from typing import Final

from schemas.patterns import late

_UNIT_ROWS: Final = (
    (1 / 60, "s sec secs second seconds segundo segundos seconde secondes sekunde sekunden sek"),
    (1, "m min mins minute minutes minuto minutos minuten mn"),
    (60, "h hr hrs hour hours hora horas heure heures stunde stunden std"),
    (1440, "d day days día días dia dias jour jours tag tage tagen"),
    (10080, "w wk wks week weeks semana semanas semaine semaines woche wochen"),
)
UNITS: Final[dict[str, float]] = {name: minutes for minutes, names in _UNIT_ROWS for name in names.split()}
"""Minutes in a unit, by its names in small letters."""

LETTERS: Final = frozenset("smhdw")
"""The units that are a letter alone."""

STRESSED: Final = frozenset(["whole", "full", "entire", "solid", "straight", "consecutive", "long"])
"""Words that may stand between a number and its unit and change nothing: `two whole hours`."""

_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES: Final = {
    word: number
    for number, words in enumerate(
        (
            "one un una uma une ein eine einer einem a an", "two dos dois duas deux zwei", "three tres três trois drei",
            "four cuatro quatro quatre vier", "five cinco cinq fünf", "six seis sechs", "seven siete sete sept sieben",
            "eight ocho oito huit acht", "nine nueve nove neuf neun", "ten diez dez dix zehn", "eleven once onze elf",
            "twelve doce doze douze zwölf",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_TEENS: Final = {
    word: number
    for number, words in enumerate(
        ("thirteen", "fourteen", "fifteen quince quinze fünfzehn", "sixteen", "seventeen", "eighteen", "nineteen"),
        start=13,
    )
    for word in words.split()
}
_ROUND: Final = {
    "veinte": 20, "vinte": 20, "vingt": 20, "zwanzig": 20, "treinta": 30, "trinta": 30, "trente": 30, "dreißig": 30,
    "cuarenta": 40, "quarenta": 40, "quarante": 40, "vierzig": 40, "fünfzig": 50,
}  # fmt: skip

NUMBER_WORDS: Final[dict[str, int]] = {**_ONES, **_TEENS, **_TENS, **_ROUND}
"""Numbers that are a word, in small letters."""

_ANY: Final = "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))
_BELOW_TEN: Final = "one|two|three|four|five|six|seven|eight|nine"
_ABOVE_TWENTY: Final = "|".join(_TENS)
_HUNDREDS: Final = (
    rf"(?:an?|one|two|three)\shundred"
    rf"(?:\s(?:and\s)?(?:(?:{_ABOVE_TWENTY})(?:[\s-](?:{_BELOW_TEN}))?|{_BELOW_TEN}))?"
)
NUMBER: Final = late(
    r"(?P<figures>\d{1,3}(?:,\d{3}){1,3}(?![\d,])|\d{1,12}(?:[.,]\d{1,9})?(?![.,]?\d))"
    r"(?P<plus>\+)?(?:(?P<glyph>[½¼¾])|\s(?P<part>[13])/(?P<of>[24])(?!\d))?"
    rf"|(?P<hundred>{_HUNDREDS})\b"
    rf"|(?P<tens>{_ABOVE_TWENTY})[\s-](?P<ones>{_BELOW_TEN})\b"
    rf"|(?P<word>{_ANY})(?!\w)",
    re.IGNORECASE,
)
"""A number in figures or words."""

FRACTION: Final = late(
    r"(?:(?:a|an|one|1|una?|uma|une|eine)\s)?(?P<half>half|media|meia|demi|demie|halbe)(?:[\s-](?:an?\s|1\s|of\san?\s)?)"
    r"|(?:(?:a|1|one)\s)?(?P<quarter>quarter)(?:\sof)?\s(?:an?\s)?"
    r"|(?:3|three)[\s-](?P<quarters>quarters)\sof\san?\s"
    r"|(?P<glyph>[½¼¾])\s?(?:an?\s|of\san?\s)?"
    r"|(?P<part>[13])/(?P<of>[24])\s(?:of\s)?(?:an?\s)?"
    r"|(?P<couple>(?:a|the)\scouple\s(?:of\s)?)"
    r"|(?P<sesqui>anderthalb|eineinhalb)\s",
    re.IGNORECASE,
)
"""A fraction in front of a unit: `half an`, `a quarter of an`, `½`, `3/4 of an`, `media`."""

AND_HALF_BEFORE: Final = late(r"\s?(?:and\s?)(?:an?\s|1\s|one\s)?half\s?(?:an?\s)?", re.IGNORECASE)
"""The half of `two and a half hours`, behind the number."""

AND_HALF_BEHIND: Final = late(
    r"\s(?:and\s)(?:an?\s|1\s|one\s)half\b|\s(?:y|e)\s(?:media|meia|meio|medio)\b|\set\sdemie?\b", re.IGNORECASE
)
"""The half of `an hour and a half`, behind the unit."""

HALVES: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75}

LEADING: Final = late(
    r"(?:(?P<near>(?:just|only|slightly|(?:a\s)?(?:little|bit|tad|touch)|barely|shortly|knapp)\s(?:under|over|below|above"
    r"|less\sthan|more\sthan|shy\sof|short\sof))"
    r"|(?P<about>~|≈|±|about|around|approximate(?:ly)?|approx\b\.?|appr\.|circa|ca\b\.?|c\.|roughly|nearly|almost|close\sto"
    r"|some(?:where\saround)?|an\sestimated|estimated|unos|unas|aproximadamente|alrededor\sde|cerca\sde|casi|quase"
    r"|environ|à\speu\sprès|presque|etwa|ungefähr|rund|fast|knapp|gut)"
    r"|(?P<under>under|below|less\sthan|fewer\sthan|within|up\sto|at\s(?:the\s)?most|no\s(?:more|longer)\sthan"
    r"|not\smore\sthan|max(?:imum)?\b\.?(?:\sof)?|<=?|≤|menos\sde|hasta|até|moins\sde|jusqu['’]à|unter|weniger\sals"
    r"|bis\szu|höchstens|dentro\sde)"
    r"|(?P<over>over|above|(?:well\s)?more\sthan|well\sover|at\s(?:the\svery\s)?least|no\sless\sthan|not\sless\sthan"
    r"|longer\sthan|upwards?\sof|min(?:imum)?\sof|>=?|≥|más\sde|mais\sde|plus\sde|mehr\sals|länger\sals|über|al\smenos"
    r"|pelo\smenos|au\smoins|mindestens)"
    r"|(?P<between>between|entre|zwischen|from)"
    r"|(?P<plain>for|a\stotal\sof|in\stotal|total\sof|total|lasted|lasting|took|just|only|exactly|durante|pendant"
    r"|por|an?\s(?!half|quarter|couple|hundred)[a-z]{3,12}(?=\s\d)))"
    r"(?:\s{1,3}|(?=[\d½¼¾])|(?<=[~≈±<>=≤≥])\s{0,3})",
    re.IGNORECASE,
)
"""A word in front of a length, by what it says of it."""

TRAILING: Final = late(
    r"\s?(?:(?P<about>or\sso\b|\(?(?:approx(?:imately|imate)?|circa|ca|est(?:imated)?)\b\.?\)?|[-\s]?ish\b"
    r"|aproximadamente\b|environ\b|o\sasí\b)"
    r"|(?P<under>or\s(?:less|fewer|under)\b|at\s(?:the\s)?most\b|max(?:imum)?\b|tops\b)"
    r"|(?P<over>\+(?!\w)|or\s(?:more|longer|over)\b|at\sleast\b|min(?:imum)\b|plus\b))",
    re.IGNORECASE,
)
"""A word behind a length, by what it says of it."""

_OTHER_FIRST_WORDS: Final = (
    "half quarter media meia demi demie halbe the anderthalb eineinhalb hour day hora heure minute just only slightly"
    " little bit tad touch barely shortly knapp about around approximate approximately approx appr circa ca c roughly"
    " nearly almost close some somewhere estimated unos unas aproximadamente alrededor cerca casi quase environ à"
    " presque etwa ungefähr rund fast gut under below less fewer within up at no not max maximum menos hasta até moins"
    " jusqu unter weniger bis höchstens dentro over above well more longer upward upwards min minimum más mais plus"
    " mehr länger über al pelo au mindestens between entre zwischen from"
)
FIRST_WORDS: Final = frozenset(NUMBER_WORDS) | frozenset(_OTHER_FIRST_WORDS.split())
"""The words that a length may begin with, in small letters."""

NUMBER_LIKE: Final = (FIRST_WORDS | STRESSED) | frozenset(
    word for part in (NUMBER, FRACTION, AND_HALF_BEFORE) for word in re.findall(r"[^\W\d_]+", part.pattern)
)
"""Words that may stand right in front of a unit: all that numbers and fractions are made of, and some more."""

"""The names of months and weekdays: English, Spanish, Portuguese, French and German, in full and short."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Those with accents are followed by those without, so that the table of all letters is not loaded for these few.
_MONTH_FORMS: Final = (
    "january jan enero ene janeiro janvier janv januar jänner janner",
    "february feb febrero fevereiro fev février fevrier févr fevr fév februar",
    "march mar marzo março marco mars märz marz mär mrz",
    "april apr abril abr avril avr",
    "may mayo maio mai",
    "june jun junio junho juin juni",
    "july jul julio julho juillet juil juli",
    "august aug agosto ago août aout",
    "september sept sep septiembre setiembre setembro set septembre",
    "october oct octubre outubro out octobre oktober okt",
    "november nov noviembre novembro novembre",
    "december dec diciembre dic dezembro dezember dez décembre decembre déc",
)
_WEEKDAY_FORMS: Final = (
    "monday mon lunes segunda-feira segunda seg lundi lun montag",
    "tuesday tues tue martes terça-feira terca-feira terça terca ter mardi dienstag",
    "wednesday wed miércoles miercoles mié mie quarta-feira quarta qua mercredi mer mittwoch",
    "thursday thurs thur thu jueves jue quinta-feira quinta qui jeudi jeu donnerstag",
    "friday fri viernes vie sexta-feira sexta sex vendredi ven freitag",
    "saturday sat sábado sabado sáb sab samedi sam samstag sonnabend",
    "sunday sun domingo dom dimanche dim sonntag",
)


def plain(word: str) -> str:
    """A word in small letters and without accents, by which names are compared."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _numbers(rows: tuple[str, ...], first: int) -> dict[str, int]:
    return {form: number for number, forms in enumerate(rows, first) for form in forms.split() if form.isascii()}


_MONTH_NUMBERS: Final = _numbers(_MONTH_FORMS, 1)
_WEEKDAY_NUMBERS: Final = _numbers(_WEEKDAY_FORMS, 0)
# Short for Tuesday in Spanish and French too, and the German short names are all words of English or Spanish.
_TWO_LETTERS: Final = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6, "mar": 1}


def _alternatives(rows: tuple[str, ...]) -> str:
    forms = [form for row in rows for form in row.split()]
    return "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))


MONTH: Final = _alternatives(_MONTH_FORMS)
"""A regular expression for a month's name; letters may follow it."""

WEEKDAY: Final = (
    rf"(?:{_alternatives(_WEEKDAY_FORMS)})(?!\w)"
    rf"|(?:mo|di|mi|do|fr|sa|so)(?=[.,]{{1,2}}\s{{0,3}}\d{{1,2}}[.\s/-])"
    rf"|mar(?=[.,]{{0,2}}\s{{1,3}}\d{{1,2}}\s{{1,3}}(?:de\s{{1,3}})?(?:{MONTH}))"
)
"""A regular expression for a weekday's name."""

DOUBTFUL: Final = frozenset({"set", "out", "ago", "mars", "sept", "mai"})
"""Months that are words of other languages too, whatever their capitals."""

DOUBTFUL_SMALL: Final = frozenset({"may", "mar", "march", "dec", "dic", "sep"})
"""Months that are words too, unless they have a capital."""


def month_number(name: str) -> int:
    """1 to 12 for the name of a month.

    Raises:
        KeyError: there is no such month.
    """
    return _MONTH_NUMBERS[plain(name)]


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for the name of a weekday.

    Raises:
        KeyError: there is no such weekday.
    """
    word = plain(name)
    return _WEEKDAY_NUMBERS[word] if word in _WEEKDAY_NUMBERS else _TWO_LETTERS[word]


def is_month(name: str) -> bool:
    """Whether a word is the name of a month."""
    return plain(name) in _MONTH_NUMBERS


def is_weekday(name: str) -> bool:
    """Whether a word is the name of a weekday."""
    return plain(name) in _WEEKDAY_NUMBERS

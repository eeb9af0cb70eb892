"""Short forms in capitals that the document does not explain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from schemas.checks import told
from schemas.checks.common_acronyms import COMMON
from schemas.checks.naming import listed, quoted
from schemas.checks.prose import REMEMBERED, plain
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.stages import reached
from schemas.incident import Incident
from schemas.patterns import late
from schemas.sections import normalise_heading

_CAPITALS: Final = late(r"[A-Z][A-Z0-9]{2,5}")
_NOT_BEFORE: Final = late(r"[\w.\-/@#:&$%'’]\Z")
_NOT_BEHIND: Final = late(r"s?+(?:[\w/@'’&]|-\d|-[A-Z]|\.\w|:\d)")
"""What stands beside capitals that are a part of something else: a word, a path, a key of a tracker."""

_ROMAN: Final = late(r"[IVX]+")
_EXPLAINED: Final = late(
    r"\(([A-Z][A-Z0-9]{1,5})s?(?:\)|[,;:]? )"  # Long Name (LN)
    r"|(?<!\w)([A-Z][A-Z0-9]{1,5})s? ?\((?=[^()\n]{0,20}[a-z])"  # LN (long name)
    r"|(?<!\w)([A-Z][A-Z0-9]{1,5})s?(?:[*_`]{1,3})? ?"
    r"(?::|=|–|—| - |,? (?:is|are|stands? for|means?|meaning|short for)\b)"
)
_OF_TERMS: Final = ("background", "supporting")
"""The sections in which terms are explained in whatever form: `LN: long name`, a table, a sentence about it."""

_OF_TERMS_HEADINGS: Final = frozenset({"glossary", "terms", "abbreviations", "acronyms", "definitions", "vocabulary"})
_LOUD_BEFORE: Final = late(r"(?<![A-Za-z])[A-Z]{2,}[ \t]\Z")
_LOUD_BEHIND: Final = late(r"s?[ \t][A-Z]{2,}(?![a-z])")
"""Capitals beside capitals are a heading or a cry, and no short form."""


@lru_cache(maxsize=REMEMBERED)
def short_forms(text: str) -> tuple[str, ...]:
    """The short forms that a text uses, each once; what is code, an address or a key of a tracker is none."""
    said = plain(text)
    found = dict.fromkeys(match[0] for match in _CAPITALS.finditer(said) if _stands_alone(said, *match.span()))
    return tuple(form for form in found if not _ROMAN.fullmatch(form))


def _stands_alone(text: str, start: int, end: int) -> bool:
    if _NOT_BEFORE.search(text, max(0, start - 1), start) or _NOT_BEHIND.match(text, end):
        return False
    return not (_LOUD_BEFORE.search(text, max(0, start - 24), start) or _LOUD_BEHIND.match(text, end))


@lru_cache(maxsize=REMEMBERED)
def _explained(text: str) -> frozenset[str]:
    return frozenset(form for match in _EXPLAINED.finditer(text) for form in match.groups() if form)


@lru_cache(maxsize=REMEMBERED)
def _in_small_letters(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[a-z]{2,6}\b", text))


def unexplained(incident: Incident) -> tuple[str, ...]:
    """The short forms that are neither common nor explained in the document, in the order in which they occur."""
    sections = incident.sections
    bodies = told.prose(incident).texts
    used = [form for form in dict.fromkeys(form for body in bodies for form in short_forms(body)) if form not in COMMON]
    if not used:
        return ()
    explained = frozenset[str]().union(*map(_explained, bodies))
    terms = [sections.get(key) for key in _OF_TERMS]
    terms += [each.body for each in incident.other_sections if normalise_heading(each.heading) in _OF_TERMS_HEADINGS]
    explained |= {form for body in terms for form in short_forms(body)}
    named = {word for name in (*incident.services, *incident.tags) for word in re.findall(r"\w+", name.upper())}
    # A word that also stands there in small letters is an ordinary one, said aloud: NOT, ALWAYS.
    small = frozenset[str]().union(*map(_in_small_letters, bodies))
    return tuple(form for form in used if form not in explained | named and form.casefold() not in small)


@rule(
    "C09", "short form that is not explained", "info", "status", "sections", "other_sections", "services", "tags"
)  # fmt: skip
def acronyms(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Readers outside the team meet letters that only the team can read; told once, with all of them."""
    if not reached(facts.incident.status, "in-review"):
        return
    found = unexplained(facts.incident)
    if found:
        words = listed([quoted(word) for word in found], 6)
        verb = "is" if len(found) == 1 else "are"
        message = f"{words} {verb} not explained"
        yield this.finding("sections", message, "Write it out where it comes first: Long Name (LN).")

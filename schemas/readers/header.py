"""The fields of an incident that stand above its story: title, severity, status, owner, authors, services, tags."""

from __future__ import annotations

import re
from typing import Any, Final

from msgspec import Struct, field

from schemas.incident import SEVERITIES
from schemas.readers.blocks import Line
from schemas.readers.found import Choice, Doubt, Source
from schemas.readers.header_fields import Fact
from schemas.readers.heading_names import PREAMBLE
from schemas.readers.html_marks import as_markdown
from schemas.readers.parts import Document, Part

_GRADE: Final = re.compile(
    r"\b(?:sev(?:erity)?|s)[\s_-]{0,2}([0-5])\b|^([0-5])\b|\b(?:p|priority\s?)([0-5])\b", re.IGNORECASE
)
_GRADE_WORDS: Final = (
    ("SEV1", r"critical|cr[ií]tic[ao]|critique|kritisch|blocker|catastroph\w*"),
    ("SEV2", r"high|major|alta|alto|élevée?|majeure?|hoch|grave|severe"),
    ("SEV3", r"medium|moderate|media|média|moyenne?|mittel|modérée?"),
    ("SEV4", r"low|minor|baja|baixa|faible|mineure?|niedrig|gering"),
)
_STATUSES: Final = (
    ("published", r"\b(?:published|publicad[oa]|publiée?|veröffentlicht)\b"),
    ("in-review", r"\b(?:in[ -]review|under review|review|en revisión|em revisão|en relecture|in prüfung)\b"),
    ("draft", r"\b(?:draft|wip|work in progress|borrador|rascunho|brouillon|entwurf)\b"),
)
_PEOPLE: Final = re.compile(r"\s*(?:[,;/]|\band\b|\by\b|\bund\b|\bet\b|\be\b|&)\s*")
_ROLE: Final = re.compile(
    r"\b(?:engineer|manager|lead|sre|devops|director|developer|architect|head|officer|cto|ceo|admin\w*|analyst|owner|on-?call"
    r"|ingenier\w+|responsable|développeu\w+|entwickler\w*|leiter\w*)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LONGEST_TITLE: Final = 160


class Header(Struct, frozen=True):
    """Fields of the incident, where they come from, and the lines that are wholly kept in them."""

    fields: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    used: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()


def header_of(document: Document, facts: tuple[Fact, ...]) -> Header:
    """The header of a document."""
    fields: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    used: set[Fact] = set()
    doubts: list[Doubt] = []
    alone = _title(document, facts, fields, sources, used)
    for fact in facts:
        if fact.where not in (PREAMBLE, "front", "people", "summary", ""):
            continue
        if fact.key == "severity" and "severity" not in fields:
            _severity(fact, fields, sources, used, doubts)
        elif fact.key == "status" and "status" not in fields:
            _status(fact, fields, sources, used)
        elif fact.key in ("owner", "authors", "services", "tags"):
            _names(fact, fields, sources, used)
    said: dict[int, set[str]] = {}
    for fact in facts:
        said.setdefault(fact.line, set()).update(_WORD.findall(f"{fact.label} {fact.value}"))
    part = {fact.line for fact in facts if fact not in used}
    words = {fact.line: as_markdown(document.lines[fact.line - 1].text) for fact in used if fact.line not in part}
    whole = {number for number, text in words.items() if said[number] >= {*_WORD.findall(text)}}
    return Header(fields, sources, frozenset(whole | alone), tuple(doubts))


def _title(
    document: Document, facts: tuple[Fact, ...], fields: dict[str, Any], sources: dict[str, Source], used: set[Fact]
) -> set[int]:
    """Find the title; gives the line that is nothing else, if it is not marked as a heading."""
    alone: set[int] = set()
    given = next((fact for fact in facts if fact.key == "title" and fact.where in ("front", PREAMBLE)), None)
    title = document.title
    if title is None and given is not None:
        title = Line(given.line, given.value)
    if title is None:
        title = _first_line(document)
        if title is not None:
            alone.add(title.number)
    if given is not None and title is not None and title.text.strip() == given.value.strip():
        used.add(given)
    if title is not None:
        fields["title"] = title.text.strip(" *_`")
        sources["title"] = Source((title.number,))
    return alone


def _first_line(document: Document) -> Line | None:
    """The first line of a document without marked title, if it stands alone, is short and no sentence or label."""
    first: Part | None = document.parts[0] if document.parts else None
    if first is None or first.key != PREAMBLE or first.heading is not None:
        return None
    lines = [line for line in first.body if line.text.strip()]
    if not lines or lines[0].text.lstrip()[0] in "-*+|>!<[" or len(lines[0].text) > _LONGEST_TITLE:
        return None
    text = lines[0].text.strip()
    alone = (
        len(lines) == 1
        or lines[1].number > lines[0].number + 1
        or re.search(r"post-?mortem|incident|outage|report", text, re.I)
    )
    if (text[:1].islower() and not re.match(r"post-?mortem|incident|outage", text)) or text.startswith(("http", '"')):
        return None
    if not alone or (text.endswith(".") and len(text.split()) > 8) or len(text.split()) > 16:
        return None
    return lines[0]


def _severity(
    fact: Fact, fields: dict[str, Any], sources: dict[str, Source], used: set[Fact], doubts: list[Doubt]
) -> None:
    value = re.sub(r"\([^)]*\)", "", fact.value).strip()
    found = _GRADE.search(value)
    if found is not None:
        fields["severity"] = f"SEV{found[1] or found[2] or found[3]}"
        sources["severity"] = Source((fact.line,))
        if len(fact.value) <= 9 and fact.where in (PREAMBLE, "front"):
            used.add(fact)
        return
    for grade, words in _GRADE_WORDS:
        if re.match(rf"\W*(?:{words})\b", value, re.IGNORECASE):
            fields["severity"] = grade
            sources["severity"] = Source((fact.line,), "likely", f"“{fact.value}” is mostly {grade}")
            others = (name for name in SEVERITIES if name != grade)
            choices = tuple(Choice(name, "set", "severity", name) for name in (grade, *others))
            doubts.append(Doubt(fact.line, fact.value, f"“{fact.value}” was taken for {grade}", "severity", choices))
            return


def _status(fact: Fact, fields: dict[str, Any], sources: dict[str, Source], used: set[Fact]) -> None:
    for status, words in _STATUSES:
        if found := re.search(words, fact.value, re.IGNORECASE):
            fields["status"] = status
            sources["status"] = Source((fact.line,))
            if found.group() == fact.value.strip(" .") and fact.where == PREAMBLE:
                used.add(fact)
            return


def _names(fact: Fact, fields: dict[str, Any], sources: dict[str, Source], used: set[Fact]) -> None:
    if fact.value.lower() in ("tbd", "n/a", "none", "-", "?", "unknown") or len(fact.value) > 160:
        return
    if fact.key in ("authors", "owner") and (len(fact.value) > 80 or fact.value.endswith(".")):
        return
    key = fact.key
    names = _people(fact.value) if key != "owner" else [fact.value]
    if not names or any(len(name.split()) > 7 for name in names):
        return
    told = names if key == "owner" else [*fields.get(key, ()), *names]
    if key == "owner":
        if "owner" in fields:
            return
        fields["owner"] = names[0]
    else:
        fields[key] = tuple(dict.fromkeys(told))
    before = sources[key].lines if key in sources else ()
    sources[key] = Source(tuple(sorted({*before, fact.line})))
    told_twice = len(told) > len({*told})
    if fact.where in (PREAMBLE, "front") and not told_twice:
        used.add(fact)


def _people(value: str) -> list[str]:
    """The names in a list of them; what somebody is stays with the name: `Ada Byron, lead engineer`."""
    names: list[str] = []
    for piece in _PEOPLE.split(value):
        name = piece.strip(" .@")
        if name and names and _ROLE.search(name):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    return names

"""What was left behind in the text: placeholders of a template, and markers of a merge."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from schemas.checks.naming import AT_MOST, counted, listed, place, quoted
from schemas.checks.prose import REMEMBERED, plain, unwritten
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.stages import reached
from schemas.incident import Incident
from schemas.sections import BY_KEY, SECTION_KEYS, required

_SLOT: Final = (
    r"(?:(?:your|name of|date of|description of|list of|link to|number of) \w|placeholder\b"
    r"|(?:insert|enter|add|describe|fill in) (?:your|the|a|an|here|name|date|text|link|details)\b)"
)
"""How the words between the brackets of a template begin."""

_PLACEHOLDER: Final = re.compile(
    r"\b(?:TODO(?! (?:app|list|service|item|comment)s?\b)|TBD|TBA|FIXME)\b"
    r"|(?<![\w.\-])XXX+(?![\w.\-])"
    r"|[Ll]orem [Ii]psum"
    rf"|(?<!\w)<(?i:{_SLOT})[^<>=/\n]{{0,80}}>"
    rf"|(?<![\w/\-])\[(?i:{_SLOT}[^\[\]\n]{{0,80}}"
    r"|time|date|start time|end time|name|title|owner|team|person|description|duration|service|severity)\]"
    r"(?![(\[:/\w\-])"
    r"|\b(?:HH|hh):(?:MM|mm)\b|\b(?:YYYY-MM-DD|DD/MM/YYYY|MM/DD/YYYY)\b"
    r"|\b(?:ISSUE|INCIDENT|SERVICE|PROJECT|TEAM|YOUR) (?:NAME|TITLE)\b|\bYOUR TEXT\b"
)
_ELLIPSES: Final = ("…", "...")
"""Templates fill their examples with these; alone they say nothing."""

_PROBES: Final = (
    "TODO", "TBD", "TBA", "FIXME", "XXX", "orem ", "<", "[", "HH:", "hh:", "/YYYY", "YYYY-", " NAME", " TITLE",
    "YOUR TEXT", *_ELLIPSES,
)  # fmt: skip
"""One of these is in every placeholder: looking for them first is much quicker than the expression."""

_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}|\|{7}) \S[^\n]*", re.MULTILINE)
_CONFLICT_PROBES: Final = ("<<<<<<< ", ">>>>>>> ", "||||||| ")

Texts = list[tuple[str, str]]
"""Places in the file with the text that stands there."""


@lru_cache(maxsize=REMEMBERED)
def placeholders(text: str) -> tuple[str, ...]:
    """The placeholders left in a text, each once, in its order; code, links and comments are not looked at."""
    if not any(probe in text for probe in _PROBES):
        return ()
    if text.strip() in _ELLIPSES:
        return (text.strip(),)
    found = []
    for line in plain(text).split("\n"):
        # A text about formats may name one.
        about_formats = "format" in line
        for match in _PLACEHOLDER.finditer(line):
            if not (about_formats and match[0][:2] in ("HH", "hh", "YY", "DD", "MM")):
                found.append(match[0].strip())
    return tuple(dict.fromkeys(found))


@rule(
    "C15", "placeholder left in the text", "warning", "status", "title", "sections", "other_sections", "impacts",
    "factors", "timeline", "actions",
)  # fmt: skip
def left_behind(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A word of the template, such as TODO or `<your text>`, is still there."""
    incident = facts.incident
    severity = "error" if reached(incident.status, "approved") else this.severity
    hint = "Write what belongs there, or take it out."
    texts: Texts = [("title", incident.title)]
    for key in SECTION_KEYS:
        body = incident.sections.get(key)
        # Of a section that has to be written and is not, C01 and C05 speak.
        if not (unwritten(body, key) and (key == "root_cause" or required(key, incident.status))):
            texts.append((place("sections", key), body))
            if body and " ".join(body.split()) == BY_KEY[key].prompt:
                message = "the section still holds its prompt"
                yield replace(this.finding(place("sections", key), message, hint), severity=severity)
    for section in incident.other_sections:
        texts.append((place("other_sections", section.id, "heading"), section.heading))
        texts.append((place("other_sections", section.id), section.body))
    for where, text in texts:
        if found := placeholders(text):
            yield replace(this.finding(where, f"{_names(found)} left in the text", hint), severity=severity)
    for name, items in (
        ("impacts", [(place("impacts", impact.id, "what"), impact.what) for impact in incident.impacts]),
        ("factors", [(place("factors", factor.id, "text"), factor.text) for factor in incident.factors]),
        ("events", _events(facts)),
        ("actions", [(place("actions", action.id, "text"), action.text) for action in incident.actions]),
    ):
        for where, message in _capped(name, items, _PROBES, placeholders):
            yield replace(this.finding(where, message, hint), severity=severity)


def _names(words: tuple[str, ...]) -> str:
    return listed([quoted(word) for word in words])


def _events(facts: Facts) -> Texts:
    return [(event.id, event.text) for event in facts.timeline.source]


def _candidates(items: Texts, probes: Iterable[str]) -> list[int]:
    """Which texts hold one of the probes, found in one pass over all of them together."""
    joined = "\n".join([text for _, text in items])
    if not any(probe in joined for probe in probes):
        return []
    return [at for at, (_, text) in enumerate(items) if any(probe in text for probe in probes)]


def _capped(
    name: str, items: Texts, probes: Iterable[str], look: Callable[[str], tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Place and message for the first few items in which something is found, and one for the rest."""
    found = []
    for at in _candidates(items, probes):
        where, text = items[at]
        if words := look(text):
            found.append((place("events", where, "text") if name == "events" else where, words))
    for where, words in found[:AT_MOST]:
        yield where, f"{_names(words)} left in the text"
    if more := found[AT_MOST:]:
        yield (
            name,
            f"placeholders left in {counted(len(more), 'more text', 'more texts')}, the next is {_names(more[0][1])}",
        )


def conflict_markers(text: str) -> tuple[str, ...]:
    """The lines of a text that git's merge has written."""
    if not any(probe in text for probe in _CONFLICT_PROBES):
        return ()
    return tuple(match[0] for match in _CONFLICT.finditer(text))


@rule(
    "P07", "merge markers left in the text", "error", "title", "sections", "other_sections", "impacts", "factors",
    "timeline", "actions", "comments",
)  # fmt: skip
def merge_markers(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Lines such as `<<<<<<< HEAD` say that somebody merged and did not choose."""
    for name, items in _all_texts(facts.incident, facts):
        found = [(items[at][0], markers) for at in _candidates(items, _CONFLICT_PROBES)
                 if (markers := conflict_markers(items[at][1]))]  # fmt: skip
        for where, markers in found[:AT_MOST]:
            where = place("events", where, "text") if name == "events" else where
            message = f"{quoted(markers[0])} left by a merge"
            yield this.finding(where, message, "Keep one of the two versions, and take the marked lines out.")
        if more := found[AT_MOST:]:
            message = f"{counted(len(more), 'more text', 'more texts')} hold lines left by a merge"
            yield this.finding(name, message, "Keep one of the two versions of each, and take the marked lines out.")


def _all_texts(incident: Incident, facts: Facts) -> Iterator[tuple[str, Texts]]:
    yield "title", [("title", incident.title)]
    yield "sections", [(place("sections", key), incident.sections.get(key)) for key in SECTION_KEYS]
    yield "other_sections", [(place("other_sections", section.id), section.body) for section in incident.other_sections]
    yield "impacts", [(place("impacts", impact.id, "what"), impact.what) for impact in incident.impacts]
    yield "factors", [(place("factors", factor.id, "text"), factor.text) for factor in incident.factors]
    yield "events", _events(facts)
    yield "actions", [(place("actions", action.id, "text"), action.text) for action in incident.actions]
    yield "comments", [(place("comments", comment.id, "text"), comment.text) for comment in incident.comments]

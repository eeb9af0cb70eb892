"""What was left behind in the text: placeholders of a template, and markers of a merge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from schemas.checks import told
from schemas.checks.naming import AT_MOST, counted, listed, place, quoted
from schemas.checks.probes import Probes, holds
from schemas.checks.prose import LINES_REMEMBERED, REMEMBERED, plain, unwritten
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.stages import reached
from schemas.checks.told import bodies, prose, written
from schemas.incident import Event
from schemas.patterns import late
from schemas.pieces import Look
from schemas.sections import BY_KEY

_SLOT: Final = (
    r"(?:(?:your|name of|date of|description of|list of|link to|number of) \w|placeholder\b"
    r"|(?:insert|describe) (?!into\b)\w|(?:enter|add|fill in) (?:your|the|here|name|date|text|link|details)\b)"
)
"""How the words between the brackets of a template begin."""

_FIELD: Final = "time|date|start time|end time|name|title|owner|team|person|description|duration|service|severity"
"""Words that stand alone between the brackets of a template."""

_PLACEHOLDERS: Final = tuple(
    (Probes(*probes.split("|")), late(pattern))
    for probes, pattern in (
        ("TODO|TBD|TBA|FIXME", r"\b(?:TODO(?! (?:app|list|service|item|comment)s?\b)|TBD|TBA|FIXME)\b"),
        ("XXX", r"(?<![\w.\-])XXX+(?![\w.\-])"),
        ("orem ", r"[Ll]orem [Ii]psum"),
        ("<", rf"<(?<!\w<)(?i:{_SLOT})[^<>=/\n]{{0,80}}>"),
        ("[", rf"\[(?<![\w/\-]\[)(?i:{_SLOT}[^\[\]\n]{{0,80}}|{_FIELD})\](?![(\[:/\w\-])"),
        ("HH:|hh:", r"\b(?:HH|hh):(?:MM|mm)\b"),
        ("YYYY", r"\b(?:YYYY-MM-DD|DD/MM/YYYY|MM/DD/YYYY)\b"),
        (" NAME| TITLE", r"\b(?:ISSUE|INCIDENT|SERVICE|PROJECT|TEAM|YOUR) (?:NAME|TITLE)\b"),
        ("YOUR TEXT", r"\bYOUR TEXT\b"),
    )
)
"""What templates leave, each behind the words that are in it: looking for these first is much quicker."""

_ELLIPSES: Final = Probes("…", "...")
"""Templates fill their examples with these; alone they say nothing."""

_ONLY_DOTS: Final = late(r"\A\s*(?:…|\.{3})\s*\Z")

_PROBES: Final = Probes(*(probe for probes, _ in _PLACEHOLDERS for probe in probes))
_ALL_PROBES: Final = Probes(*_PROBES, *_ELLIPSES)

_CONFLICT: Final = late(r"^(?:<{7}|>{7}|\|{7}) \S[^\n]*", re.MULTILINE)
_CONFLICT_PROBES: Final = Probes("<<<<<<< ", ">>>>>>> ", "||||||| ")

Texts = list[tuple[str, str]]
"""Places in the file with the text that stands there."""


def _may_be_left(text: str, folded: str) -> bool:
    return holds(text, _ALL_PROBES, folded)


def _may_be_marked(text: str, folded: str) -> bool:
    return holds(text, _CONFLICT_PROBES, folded)


@lru_cache(maxsize=REMEMBERED)
def placeholders(text: str) -> tuple[str, ...]:
    """The placeholders left in a text, each once; code, links and comments are not looked at."""
    if text.strip() in _ELLIPSES:
        return (text.strip(),)
    if not holds(text, _PROBES):
        return ()
    # Most lines with a probe hold none: parting text from code is put off until one does.
    if not any(map(_in_line, text.split("\n"))):
        return ()
    return tuple(dict.fromkeys(found for line in plain(text).split("\n") for found in _in_line(line)))


@lru_cache(maxsize=LINES_REMEMBERED)
def _in_line(line: str) -> tuple[str, ...]:
    found = [
        match[0]
        for probes, pattern in _PLACEHOLDERS
        if any(probe in line for probe in probes)
        for match in pattern.finditer(line)
    ]
    # A text about formats may name one.
    named = ("HH", "hh", "YY", "DD", "MM") if "format" in line else ()
    return tuple(word for word in dict.fromkeys(found) if not word.startswith(named))


@rule(
    "C15", "placeholder left in the text", "warning", "status", "severity", "title", "sections", "other_sections",
    "impacts", "factors", "timeline", "actions", "policy",
)  # fmt: skip
def left_behind(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A word of the template, such as TODO or `<your text>`, is still there."""
    incident = facts.incident
    severity = "error" if reached(incident.status, "approved") else this.severity
    hint = "Write what belongs there, or take it out."
    texts: Texts = [("title", incident.title)]
    asked = ("root_cause", *facts.policy.required_sections(incident.status, incident.severity))
    suspicious = prose(incident).found(_may_be_left)
    for key, body in written(incident.sections):
        # Of a section that has to be written and is not, C01 and C05 speak.
        if key in asked and unwritten(body, key):
            continue
        if suspicious:
            texts.append((place("sections", key), body))
        prompt = BY_KEY[key].prompt
        if len(body) < 2 * len(prompt) and " ".join(body.split()) == prompt:
            message = "the section still holds its prompt"
            yield replace(this.finding(place("sections", key), message, hint), severity=severity)
    for section in incident.other_sections:
        texts.append((place("other_sections", section.id, "heading"), section.heading))
        if suspicious:
            texts.append((place("other_sections", section.id), section.body))
    for where, text in texts:
        if found := placeholders(text):
            yield replace(this.finding(where, f"{_names(found)} left in the text", hint), severity=severity)
    for name, texts_of_items in _item_texts(facts, _may_be_left, _may_hold_placeholders):
        for where, message in _capped(name, texts_of_items):
            yield replace(this.finding(where, message, hint), severity=severity)


def _names(words: tuple[str, ...]) -> str:
    return listed([quoted(word) for word in words])


def _item_texts(
    facts: Facts, may_be: told.Look[bool], suspects: Look[Event, Event]
) -> Iterator[tuple[str, Texts]]:  # fmt: skip
    """The texts of the items of each list, by the item's id, where something may be found; of the events those in which
    something may be."""
    incident = facts.incident
    suspicious = told.items(incident).found(may_be)
    if suspicious:
        yield "impacts", [(impact.id, impact.what) for impact in incident.impacts]
        yield "factors", [(factor.id, factor.text) for factor in incident.factors]
    yield "events", [(event.id, event.text) for event in facts.timeline.of_events.gathered(suspects)]
    if suspicious:
        yield "actions", [(action.id, action.text) for action in incident.actions]


def _may_hold_placeholders(events: tuple[Event, ...]) -> list[Event]:
    if not told.story(events).holds(_ALL_PROBES):
        return []
    return [events[at] for at in _suspects([(event.id, event.text) for event in events])]


def _may_hold_markers(events: tuple[Event, ...]) -> list[Event]:
    if not told.story(events).holds(_CONFLICT_PROBES):
        return []
    return [event for event in events if holds(event.text, _CONFLICT_PROBES)]


def _suspects(texts: Texts) -> list[int]:
    """Which texts may hold a placeholder: a pass over all of them together says which sorts there can be at all."""
    joined = "\n".join([text for _, text in texts])
    sorts = [pattern for probes, pattern in _PLACEHOLDERS if holds(joined, probes)]
    if holds(joined, _ELLIPSES):
        sorts.append(_ONLY_DOTS)
    if not sorts:
        return []
    return [at for at, (_, text) in enumerate(texts) if any(pattern.search(text) for pattern in sorts)]


def _capped(name: str, texts: Texts) -> Iterator[tuple[str, str]]:
    """Place and message for the first few items in which something is found, and one for the rest."""
    found = [(texts[at][0], words) for at in _suspects(texts) if (words := placeholders(texts[at][1]))]
    for item_id, words in found[:AT_MOST]:
        yield _text_of(name, item_id), f"{_names(words)} left in the text"
    if more := found[AT_MOST:]:
        yield name, f"placeholders left in {counted(len(more), 'more text')}, such as {_names(more[0][1])}"


def _text_of(name: str, item_id: str) -> str:
    return place(name, item_id, "what" if name == "impacts" else "text")


def conflict_markers(text: str) -> tuple[str, ...]:
    """The lines of a text that git's merge has written."""
    if not holds(text, _CONFLICT_PROBES):
        return ()
    return tuple(match[0] for match in _CONFLICT.finditer(text))


@rule(
    "P07", "merge markers left in the text", "error", "title", "sections", "other_sections", "impacts", "factors",
    "timeline", "actions", "comments",
)  # fmt: skip
def merge_markers(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Lines such as `<<<<<<< HEAD` say that somebody merged and did not choose."""
    incident = facts.incident
    texts: Texts = [("title", incident.title)]
    if prose(incident).found(_may_be_marked):
        texts += bodies(incident)
    if incident.comments:
        texts += [(place("comments", comment.id, "text"), comment.text) for comment in incident.comments]
    hint = "Keep one of the two versions, and take the marked lines out."
    for where, text in texts:
        if markers := conflict_markers(text):
            yield this.finding(where, f"{quoted(markers[0])} left by a merge", hint)
    for name, texts_of_items in _item_texts(facts, _may_be_marked, _may_hold_markers):
        found = [(item_id, markers) for item_id, text in texts_of_items if (markers := conflict_markers(text))]
        for item_id, markers in found[:AT_MOST]:
            yield this.finding(_text_of(name, item_id), f"{quoted(markers[0])} left by a merge", hint)
        if more := found[AT_MOST:]:
            message = f"{counted(len(more), 'more text holds', 'more texts hold')} lines left by a merge"
            yield this.finding(name, message, hint)

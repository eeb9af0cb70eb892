"""Wording about people: words that judge, and names that are made the subject of a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from schemas.checks import told
from schemas.checks.impact import quoted_words
from schemas.checks.naming import place
from schemas.checks.probes import Probes, holds
from schemas.checks.prose import LINES_REMEMBERED, REMEMBERED, plain
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.incident import Event
from schemas.patterns import late
from schemas.pieces import Look

_PERSON: Final = (
    r"\b(?:he|she|they|who|someone|somebody"
    r"|engineers?|developers?|operators?|administrators?|admins?|technicians?|employees?|interns?|contractors?|teams?"
    r"|managers?|on-call|responders?)"
)
_BLAME: Final = late(
    r"(?<!not )(?<!not a )(?<!than )\b(?:human|operator|user|pilot) error\b"
    r"|\bcareless(?:ly|ness)?\b|\bnegligen(?:t|tly|ce)\b|\bincompeten(?:t|ce)\b|\bsloppy\b|\bstupid(?:ly|ity)?\b|\blazy\b"
    r"|\bto blame\b|\bat fault\b|\bwhose fault\b|\b(?:his|her|their) (?:fault|mistake)\b"
    rf"|{_PERSON} (?:\w+ )?(?:(?:should|could|ought to) have|(?:should|could)'ve|(?:failed|forgot|neglected) to)\b",
    re.IGNORECASE,
)
_BLAME_PROBES: Final = Probes(
    "human error", "operator error", "user error", "pilot error", "careless", "negligen", "incompeten", "sloppy",
    "stupid", "lazy", "blame", "fault", "mistake", "should have", "could have", "ought to have", "should've",
    "could've", "failed to", "forgot to", "neglected to",
)  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def blame(text: str) -> tuple[str, ...]:
    """Wordings of a text that point at a person instead of at what let it happen."""
    if not _may_blame(text, text.lower()):
        return ()
    return tuple(dict.fromkeys(words for line in plain(text).split("\n") for words in _blame(line)))


def _may_blame(_: str, folded: str) -> bool:
    return holds(folded, _BLAME_PROBES, folded)


@lru_cache(maxsize=LINES_REMEMBERED)
def _blame(line: str) -> tuple[str, ...]:
    folded = line.casefold()
    if not any(probe in folded for probe in _BLAME_PROBES):
        return ()
    return tuple(match[0] for match in _BLAME.finditer(folded))


@rule("C06", "wording that blames", "info", "sections", "other_sections", "factors")
def blaming(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Words that judge people stop a reader from asking what made the step look right at the time."""
    incident = facts.incident
    texts = [*told.bodies(incident)] if told.prose(incident).found(_may_blame) else []
    if incident.factors:
        texts.append(("factors", "\n".join([factor.text for factor in incident.factors])))
    for where, text in texts:
        if found := blame(text):
            hint = "Say what the person saw and why the step made sense, or what would have caught it."
            yield this.finding(where, f"reads like blame: {quoted_words(found)}", hint)


_SLIP: Final = late(
    r"(?: [^\W\d_a-z][\w.\-]*)? (?:(?:had|has|then|also|again|simply|just|\w{2,12}ly) ){0,2}"
    r"(?:forgot to|failed to|neglected(?: to)?|ignored|overlooked|misconfigured|mistyped|mishandled|botched|messed up"
    r"|screwed up|broke|caused|(?:made|makes) (?:a|the) mistakes?|was (?:careless|negligent|at fault|to blame)"
    r"|did(?: not|n't) (?:bother|think|check|verify|test|follow|read|pay attention|double-check)"
    r"|(?:should|could|ought to)(?: not|n't)?(?: have|'ve))\b"
)
"""What follows the name of somebody of whom the reader is to think less."""

_SLIP_PROBES: Final = Probes(
    "forgot", "failed to", "neglected", "ignored", "overlooked", "misconf", "mistyped", "mishandled", "botched",
    "messed up", "screwed up", "broke", "caused", "mistake", "careless", "negligent", "at fault", "blame", "did not ",
    "didn't ", "should", "could", "ought to",
)  # fmt: skip
"""Of every wording above, a piece."""

_HANDLE: Final = late(r"@[\w.\-]{1,64}(?<![.\-])")
_NO_NAMES: Final = frozenset(
    {"the", "and", "team", "on-call", "oncall", "ops", "sre", "dev", "devops", "support", "noc"}
)


@lru_cache(maxsize=512)
def name_in_text(person: str) -> str:
    """How somebody is called in a sentence: by the first name, or the handle with a capital; empty for nobody."""
    said = person.strip().strip("@").partition("@")[0].partition(" ")[0]
    known = len(said) > 2 and said[0].isalpha() and said.casefold() not in _NO_NAMES
    return said[:1].upper() + said[1:] if known else ""


def slips(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """What a text says that people did wrong: `@kim forgot to`, `Kim should have`.

    Whoever is called by a handle is a person; others are if their name is among the `names`.
    """
    found = [said for name in ("@", *names) for said in _after(text, name)]
    # What was said may stand in code or a comment.
    return tuple(dict.fromkeys(said for said in found if said in plain(text))) if found else ()


def _after(text: str, name: str) -> Iterator[str]:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if name == "@" and (handle := _HANDLE.match(text, at)):
            end = handle.end()
        verb = _SLIP.match(text, end) if at == 0 or not text[at - 1].isalnum() else None
        if verb:
            yield text[at : verb.end()]
        at = text.find(name, end)


@rule(
    "C07", "somebody's mistake", "info", "owner", "authors", "sections", "other_sections", "factors", "timeline",
    "actions",
)  # fmt: skip
def by_name(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A person is the subject of a verb such as "forgot", where the story could say what the step looked like."""
    incident = facts.incident
    hint = "Say what they saw and what made the step look right; the role will do in place of the name."
    story = facts.timeline.of_events
    people = (incident.owner, *incident.authors, *[action.owner for action in incident.actions])
    names = tuple(dict.fromkeys(filter(None, map(name_in_text, (*people, *dict.fromkeys(story.gathered(_actors)))))))
    texts = [*told.bodies(incident)] if told.prose(incident).found(_slipping(names)) else []
    if incident.factors:
        texts.append(("factors", "\n".join([factor.text for factor in incident.factors])))
    for where, text in texts:
        if words := slips(text, names):
            yield this.finding(where, f"a person is the one at fault: {quoted_words(words)}", hint)
    said = story.gathered(_slipping_events(names))
    if said:
        where = place("events", said[0][0], "text") if len(said) == 1 else "events"
        words = tuple(dict.fromkeys(word for _, found in said for word in found))
        yield this.finding(where, f"a person is the one at fault: {quoted_words(words)}", hint)


@lru_cache(maxsize=4)
def _slipping(names: tuple[str, ...]) -> told.Look[bool]:
    """Whether a text may say that people of these names did wrong."""
    return lambda text, _: next((True for name in ("@", *names) for _ in _after(text, name)), False)


@lru_cache(maxsize=4)
def _slipping_events(names: tuple[str, ...]) -> Look[Event, tuple[str, tuple[str, ...]]]:
    """What events say that people of these names did wrong, with the ids of the events."""

    def look(events: tuple[Event, ...]) -> list[tuple[str, tuple[str, ...]]]:
        if not told.story(events).holds(_SLIP_PROBES):
            return []
        suspects = [event for event in events if holds(event.text, _SLIP_PROBES)]
        return [(event.id, words) for event in suspects if (words := slips(event.text, names))]

    return look


def _actors(events: tuple[Event, ...]) -> tuple[str, ...]:
    """The people who act in the events, as far as they are written as handles; others may be machines."""
    return tuple(dict.fromkeys([event.actor for event in events if event.actor.startswith("@")]))

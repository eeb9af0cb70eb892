"""Faults in what the postmortem tells: sections that are missing, impact without figures, blame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from schemas import edits
from schemas.checks.naming import choices, listed, named, place, quoted
from schemas.checks.prose import LINES_REMEMBERED, REMEMBERED, has_number, plain, sentences, unwritten
from schemas.checks.registry import Facts, Finding, Fix, Rule, Severity, rule
from schemas.checks.stages import reached
from schemas.incident import SEVERITIES, Impact, Incident
from schemas.sections import BY_KEY, SECTION_KEYS, required

_NO_TITLES: Final = frozenset({"untitled", "untitled incident", "new incident"})


@rule(
    "C01", "required part is missing", "error", "status", "title", "sections", "impacts", "timeline"
)  # fmt: skip
def required_parts(this: Rule, facts: Facts) -> Iterator[Finding]:
    """What a postmortem of this status has to have: a title, certain sections, and from review on a timeline."""
    incident = facts.incident
    if unwritten(incident.title) or incident.title.strip().casefold() in _NO_TITLES:
        yield this.finding("title", "the incident has no title", "Say in one line what broke and for whom.")
    for key in SECTION_KEYS:
        # Causes may be told as contributing factors: C05 looks at both.
        if key == "root_cause" or not required(key, incident.status):
            continue
        if key == "impact" and any(not unwritten(impact.what) for impact in incident.impacts):
            continue
        body = incident.sections.get(key)
        if unwritten(body, key):
            section = BY_KEY[key]
            state = "holds only placeholders" if body.strip() else "is empty"
            message = f'"{section.heading}" {state}'
            if section.required_from != "draft":
                message += f", but the status is {incident.status}"
            yield this.finding(place("sections", key), message, section.prompt)
    if not facts.timeline.entries and reached(incident.status, "in-review"):
        message = f"the timeline is empty, but the status is {incident.status}"
        yield this.finding("events", message, "Add what happened and when, from the first sign to the end.")


@rule("C02", "impact without a number", "warning", "sections", "impacts")
def impact_number(this: Rule, facts: Facts) -> Iterator[Finding]:
    """What was affected is told, but not how much of it."""
    impacts = facts.incident.impacts
    body = facts.incident.sections.impact
    written = not unwritten(body, "impact")
    if written and _quantified(body):
        return
    hint = "Say how many users, requests, orders or hours, and of how many."
    bare = [impact for impact in impacts if not _has_amount(impact)]
    if not impacts:
        if written:
            yield this.finding("sections/impact", "the impact has no number", hint)
    elif len(bare) == 1:
        yield this.finding(place("impacts", bare[0].id), f"the impact {named(bare[0])} has no number", hint)
    elif bare:
        all_bare = len(bare) == len(impacts)
        share = (
            "none of the impacts has a number" if all_bare else f"{len(bare)} of {len(impacts)} impacts have no number"
        )
        yield this.finding("impacts", f"{share}: {listed([named(impact) for impact in bare], 2)}", hint)


def _has_amount(impact: Impact) -> bool:
    return impact.amount is not None or has_number(plain(impact.what))


@lru_cache(maxsize=REMEMBERED)
def _quantified(text: str) -> bool:
    return has_number(plain(text))


_HEDGE: Final = re.compile(
    r"\b(?:some|several|many|most|various|certain|a few|a number of|a lot of|a (?:small|large) (?:number|part|share) of"
    r"|a (?:fraction|portion|subset) of) (?:of (?:our |the )?)?(?:\w+ )?"
    r"(?:users?|customers?|clients?|people|requests?|orders?|teams?|developers?|services?|accounts?|jobs?|sites?)\b"
    r"|\b(?:may|might) (?:also )?have\b|\bpossibly\b|\bpotentially\b"
    r"|\b(?:significant|considerable|minimal|substantial)\b",
    re.IGNORECASE,
)


def hedges(text: str) -> tuple[str, ...]:
    """Words that avoid a figure, in the sentences of a text that have none."""
    return tuple(dict.fromkeys(word for sentence in sentences(plain(text)) for word in _hedges(sentence)))


@lru_cache(maxsize=LINES_REMEMBERED)
def _hedges(sentence: str) -> tuple[str, ...]:
    found = _HEDGE.findall(sentence)
    return tuple(map(str.casefold, found)) if found and not has_number(_HEDGE.sub("", sentence)) else ()


@rule("C03", "vague words in the impact", "info", "sections", "impacts")
def vague_impact(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Words such as "some users" stand where a figure belongs."""
    hint = "Put figures in their place, or say that they are not known."
    if found := hedges(facts.incident.sections.impact):
        yield this.finding("sections/impact", f"vague: {_words(found)}", hint)
    vague = {impact.id: words for impact in facts.incident.impacts
             if impact.amount is None and (words := hedges(impact.what))}  # fmt: skip
    if vague:
        words = tuple(dict.fromkeys(word for found in vague.values() for word in found))
        where = place("impacts", next(iter(vague))) if len(vague) == 1 else "impacts"
        yield this.finding(where, f"vague: {_words(words)}", hint)


def _words(words: tuple[str, ...]) -> str:
    return listed([quoted(word) for word in words], 4)


@rule("C04", "how it was noticed is not told", "warning", "status", "sections", "timeline")
def no_detection(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Neither a section nor an event says what or who noticed the incident."""
    incident = facts.incident
    if not reached(incident.status, "in-review") or required("detection", incident.status):
        return
    if not unwritten(incident.sections.detection, "detection"):
        return
    detected = facts.timeline.milestones.get("detected")
    if detected is None or unwritten(detected.event.text):
        yield this.finding(
            "sections/detection", "nothing says how the incident was noticed", BY_KEY["detection"].prompt
        )


@rule("C05", "no cause is told", "error", "status", "sections", "factors")
def no_cause(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Neither a root cause nor a contributing factor is written down."""
    incident = facts.incident
    if not unwritten(incident.sections.root_cause, "root_cause"):
        return
    if any(not unwritten(factor.text) for factor in incident.factors):
        return
    finding = this.finding(
        "sections/root_cause",
        "there is neither a root cause nor a contributing factor",
        "Say what made it possible; several contributing factors are better than one root cause.",
    )
    yield finding if required("root_cause", incident.status) else replace(finding, severity="warning")


_PERSON: Final = (
    r"\b(?:he|she|they|who|someone|somebody"
    r"|engineers?|developers?|operators?|administrators?|admins?|technicians?|employees?|interns?|contractors?|teams?"
    r"|managers?|on-call|responders?)"
)
_BLAME: Final = re.compile(
    r"(?<!not )(?<!not a )(?<!than )\b(?:human|operator|user|pilot) error\b"
    r"|\bcareless(?:ly|ness)?\b|\bnegligen(?:t|tly|ce)\b|\bincompeten(?:t|ce)\b|\bsloppy\b|\bstupid(?:ly|ity)?\b|\blazy\b"
    r"|\bto blame\b|\bat fault\b|\bwhose fault\b|\b(?:his|her|their) (?:fault|mistake)\b"
    rf"|{_PERSON} (?:\w+ )?(?:(?:should|could|ought to) have|(?:should|could)'ve|(?:failed|forgot|neglected) to)\b",
    re.IGNORECASE,
)
_BLAME_PROBES: Final = (
    "error", "careless", "negligen", "incompeten", "sloppy", "stupid", "lazy", "blame", "fault", "mistake", " have",
    "'ve", "failed to", "forgot to", "neglected to",
)  # fmt: skip


def blame(text: str) -> tuple[str, ...]:
    """Wordings of a text that point at a person instead of at what let it happen."""
    return tuple(dict.fromkeys(words for line in plain(text).split("\n") for words in _blame(line)))


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
    texts = [(place("sections", key), incident.sections.get(key)) for key in SECTION_KEYS]
    texts += [(place("other_sections", section.id), section.body) for section in incident.other_sections]
    texts.append(("factors", "\n".join(factor.text for factor in incident.factors)))
    for where, text in texts:
        if found := blame(text):
            hint = "Say what the person saw and why the step made sense, or what would have caught it."
            yield this.finding(where, f"reads like blame: {_words(found)}", hint)


@rule("C11", "nothing on what went well, poorly or by luck", "warning", "status", "sections")
def no_hindsight(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The three sections that help the next responders are all empty."""
    incident = facts.incident
    keys = ("went_well", "went_poorly", "lucky")
    # Where they are required one by one, C01 speaks of each.
    if not reached(incident.status, "in-review") or all(required(key, incident.status) for key in keys[:2]):
        return
    if all(unwritten(incident.sections.get(key), key) for key in keys):
        message = "nothing says what went well, what went poorly or where you were lucky"
        yield this.finding("sections/went_well", message, "Write a line on each; the next responders live off it.")


_SEVERITY: Final = re.compile(r"\s*sev(?:erity)?[\s\-_:]*([0-5])\s*", re.IGNORECASE)


@rule("C13", "severity unknown or not set", "error", "severity", "status")
def severity(this: Rule, facts: Facts) -> Iterator[Finding]:
    """How bad it was is not said, or in a word that nothing knows."""
    written = facts.incident.severity
    hint = f"Use {choices(SEVERITIES)}."
    if not written.strip():
        level: Severity = "warning" if reached(facts.incident.status, "in-review") else "info"
        yield Finding(this.id, level, "severity", "the severity is not set", hint)
    elif written not in SEVERITIES:
        match = _SEVERITY.fullmatch(written)
        right = f"SEV{match[1]}" if match else ""
        fix = Fix(f"write {right}", lambda incident: _set_severity(incident, right)) if right else None
        message = f"the severity {quoted(written)} is not known"
        yield this.finding("severity", message, f"Write {right}." if right else hint, fix)


def _set_severity(incident: Incident, severity: str) -> Incident:
    return edits.set_field(incident, "severity", severity)

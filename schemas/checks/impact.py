"""Faults in what is told of the impact: no figures, vague words, a word that claims more than the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Final

from schemas.checks.naming import listed, named, place, quoted
from schemas.checks.prose import LINES_REMEMBERED, REMEMBERED, has_number, plain, sentences, unwritten
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.incident import Impact
from schemas.patterns import Gated, late


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


_HEDGE: Final = Gated(
    "some|several|many|most|various|certain|few|number|lot|part|share|fraction|portion|subset|may|might|possibly|potentially"
    "|significant|considerable|minimal|substantial",
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
    return tuple(map(str.casefold, found)) if found and not has_number(_HEDGE.without(sentence)) else ()


@rule("C03", "vague words in the impact", "info", "sections", "impacts")
def vague_impact(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Words such as "some users" stand where a figure belongs."""
    hint = "Put figures in their place, or say that they are not known."
    if found := hedges(facts.incident.sections.impact):
        yield this.finding("sections/impact", f"vague: {quoted_words(found)}", hint)
    vague = {impact.id: words for impact in facts.incident.impacts
             if impact.amount is None and (words := hedges(impact.what))}  # fmt: skip
    if vague:
        words = tuple(dict.fromkeys(word for found in vague.values() for word in found))
        where = place("impacts", next(iter(vague))) if len(vague) == 1 else "impacts"
        yield this.finding(where, f"vague: {quoted_words(words)}", hint)


def quoted_words(words: tuple[str, ...]) -> str:
    """The first few words of a list that was found, in quotation marks."""
    return listed([quoted(word) for word in words], 4)


_OUTAGE: Final = late(
    r"(?<!partial )(?<!partially )(?<!power )(?<!no )(?<!not an )(?<!near )(?<!without )(?<![\w\-])outages?\b"
    r"(?! (?:page|report|calendar|window|of (?:the |a |one |our )?[\w\-]+ (?:replica|node|zone|region|host)))"
    r"|\b(?:totally|completely|entirely) (?:down|unavailable|unreachable|out of (?:use|service))\b",
    re.IGNORECASE,
)
"""Words that say that nothing worked at all."""

_SHARE: Final = late(r"(?<![\w.,\-])(\d{1,3}(?:[.,]\d{1,4})?)[ \u00a0\u202f]?%")


def share(impact: Impact) -> float | None:
    """What part of the whole was hit, from 0 to 1 and above, as far as an impact says so."""
    if impact.amount is None:
        return None
    if impact.total is not None and impact.total > 0:
        return impact.amount / impact.total
    return impact.amount / 100 if impact.unit.strip().startswith(("%", "percent", "per cent")) else None


@lru_cache(maxsize=8)
def _outage_in(text: str) -> str:
    """The words of a text for an outage, or nothing."""
    match = _OUTAGE.search(plain(text))
    return match[0] if match else ""


@rule("C08", '"outage" for less than all', "info", "title", "sections", "impacts")
def overstated(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The text says that it was down, and the figures say that a part of it was."""
    incident = facts.incident
    title, sections = incident.title, incident.sections
    shares = [(known, impact) for impact in incident.impacts if (known := share(impact)) is not None]
    if not shares:
        return
    texts = (("title", title), ("sections/summary", sections.summary), ("sections/impact", sections.impact))
    said = next(((where, words) for where, text in texts if (words := _outage_in(text))), None)
    if said is None:
        return
    part, most = max(shares, key=itemgetter(0))
    told = [float(figure.replace(",", ".")) for figure in _SHARE.findall(plain(incident.sections.impact))]
    if part < 0.99 and not any(figure >= 99 for figure in told):
        message = f"says {quoted(said[1])}, but at most {part:.0%} is told: {named(most)}"
        yield this.finding(
            said[0], message, "Call it degraded or partly unavailable, or add the figure for what was down."
        )

"""The canonical sections of a postmortem: their keys in the file, headings, prompts and other names.

The keys are the file format's (`[sections]`). Synonyms are headings in use at other houses and in other languages;
they are matched after `normalise_heading`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from msgspec import Struct

from schemas.patterns import late


class Section(Struct, frozen=True):
    """One canonical prose section.

    `required_from` is the first status (see `STATUSES`) in which the section has to be written, or None.
    """

    key: str
    heading: str
    prompt: str
    required_from: str | None = None
    synonyms: tuple[str, ...] = ()


STATUSES: Final = ("draft", "in-review", "approved", "published")
"""The life of a postmortem, in order."""

SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        "summary",
        "Summary",
        "Three or four sentences for a reader who stops here: what broke, for whom, for how long, why, what ended it.",
        "draft",
        (
            "executive summary", "exec summary", "incident summary", "issue summary", "problem summary", "overview",
            "incident overview", "tl;dr", "tldr", "description", "outage description", "brief description",
            "what happened", "narrative description", "resumen ejecutivo", "resumen", "resumo",
        ),
    ),
    Section(
        "background",
        "Background",
        "What an outsider has to know to follow the story: the system, its parts, the change that was under way.",
        None,
        ("background context", "context", "leadup", "lead-up", "technical details", "glossary", "contexto"),
    ),
    Section(
        "impact",
        "Impact",
        "Who was affected, how, and how much. Give numbers and the total they are a part of.",
        "in-review",
        (
            "customer impact", "user impact", "end user impact", "service impact", "business impact", "revenue impact",
            "team impact", "infrastructure impact", "impact assessment", "impact statement", "impact analysis",
            "affected users", "services affected", "blast radius", "summary of impact", "impacto",
        ),
    ),
    Section(
        "trigger",
        "Trigger",
        "The event that set it off: the deploy, the update, the traffic, the failed part. Not yet the cause.",
        None,
        ("triggers", "fault"),
    ),
    Section(
        "detection",
        "Detection",
        "How it was noticed and by whom: an alert, a person, a customer. What could have noticed it earlier?",
        "approved",
        ("discovery process", "incident detected by", "identified", "detection method"),
    ),
    Section(
        "response",
        "Response",
        "What people saw, thought and tried, false leads included. Say why each step made sense at the time.",
        None,
        ("incident response analysis", "how did we respond", "investigation", "actions taken"),
    ),
    Section(
        "root_cause",
        "Root cause",
        "What made it possible, not who did it. Asking why five times helps; stop where you can act.",
        "in-review",
        (
            "root causes", "root cause analysis", "root causes and trigger", "contributing factors", "contributors",
            "contributing factor", "what caused the incident", "what went wrong and why", "what were the root causes",
            "primary cause", "cause", "causes", "process breakdowns", "causa raiz", "causa raíz", "five whys", "5 whys",
        ),
    ),
    Section(
        "resolution",
        "Resolution",
        "What ended the impact and what brought the system back to normal. Was it a fix or a workaround?",
        "in-review",
        (
            "resolution and recovery", "recovery", "mitigation and resolution", "mitigation and recovery",
            "stabilization steps", "fix", "the fix", "solution", "mitigation", "details of fix",
        ),
    ),
    Section(
        "went_well",
        "What went well",
        "What helped: an alert, a runbook, a person who knew, a safety margin. Worth keeping on purpose.",
        "approved",
        ("things that went well", "what went right", "what worked", "effective responses", "mitigators"),
    ),
    Section(
        "went_poorly",
        "What went poorly",
        "What was hard: missing access, confusing dashboards, a slow hand-over, tools that got in the way.",
        "approved",
        (
            "what went wrong", "what went badly", "things that went poorly", "what didn't go so well",
            "what didn't work", "what could have gone better", "what could be improved", "difficulties during handling",
        ),
    ),
    Section(
        "lucky",
        "Where we got lucky",
        "What could have made it much worse and happened not to. Luck is no plan.",
        None,
        ("where did we get lucky", "near misses", "luck"),
    ),
    Section(
        "lessons",
        "Lessons learned",
        "What someone outside the team should take from this.",
        "approved",
        (
            "lessons learnt", "learnings", "learnings and risks", "key takeaways", "takeaways", "knowledge gained",
            "lecciones aprendidas",
        ),
    ),
    Section(
        "open_questions",
        "Open questions",
        "What is not known yet, and who will find out.",
        None,
        ("key takeaways/themes/questions", "q&a", "questions"),
    ),
    Section(
        "supporting",
        "Supporting information",
        "Graphs, logs, links and related incidents.",
        None,
        (
            "supporting data", "supporting documents", "appendix", "graphs", "irc logs", "resources", "references",
            "links", "related incidents",
        ),
    ),
)  # fmt: skip

SECTION_KEYS: Final[tuple[str, ...]] = tuple(section.key for section in SECTIONS)
BY_KEY: Final[dict[str, Section]] = {section.key: section for section in SECTIONS}


def normalise_heading(heading: str) -> str:
    """A heading for comparison: lower case, without numbering, markup, emoji, bracketed notes or closing punctuation.

    Idempotent. A heading without any letter stays what it is, apart from spaces.
    """
    text = heading.replace("’", "'").replace("&", " and ").replace("_", " ")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[*`#]+", "", _without_notes(text).casefold())
    if any(map(str.isalpha, text)):
        text = _CLOSING.sub("", _NUMBERING.sub("", text))
    return " ".join(text.split())


def _without_notes(heading: str) -> str:
    """The heading with a space for everything in pairs of round or square brackets."""
    kept: list[str] = []
    opened: list[int] = []
    for char in heading:
        if char in ")]" and opened:
            kept[opened.pop() :] = " "
            continue
        if char in "([":
            opened.append(len(kept))
        kept.append(char)
    return "".join(kept)


def canonical_key(heading: str) -> str | None:
    """The key of the canonical section that goes by this heading, or None."""
    return _headings().get(normalise_heading(heading))


def required(key: str, status: str) -> bool:
    """Whether a section has to be written in an incident of this status; an unknown status counts as a draft."""
    first = BY_KEY[key].required_from
    if first is None:
        return False
    level = STATUSES.index(status) if status in STATUSES else 0
    return level >= STATUSES.index(first)


_NUMBERING: Final = late(r"^[\W\d]+(?=[^\W\d])")
_CLOSING: Final = late(r"(?<=[\w'])[^\w']+$")


@cache
def _headings() -> dict[str, str]:
    """The key of every section by each of its names. Only documents that are read have use for it."""
    return {
        normalise_heading(name): section.key for section in SECTIONS for name in (section.heading, *section.synonyms)
    }

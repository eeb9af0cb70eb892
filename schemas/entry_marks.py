"""The marks that a line of quick entry may carry: `!detected`, `#alert`, `@ana`, and the names they go by."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from schemas.incident import KINDS, MILESTONES
from schemas.patterns import late

MILESTONE_SYNONYMS: Final = {
    "start": "impact-start", "started": "impact-start", "begin": "impact-start", "began": "impact-start",
    "onset": "impact-start",
    "detection": "detected", "noticed": "detected", "alerted": "detected", "identified": "detected",
    "declaration": "declared", "opened": "declared",
    "acked": "acknowledged", "engaged": "acknowledged", "paged": "acknowledged",
    "mitigation": "mitigated", "contained": "mitigated", "stabilised": "mitigated", "stabilized": "mitigated",
    "recovery": "recovered", "restored": "recovered", "healthy": "recovered", "impact-end": "recovered",
    "resolution": "resolved", "fixed": "resolved", "ended": "resolved",
    "closure": "closed", "finished": "closed",
}  # fmt: skip
"""Other words for milestones."""

KIND_SYNONYMS: Final = {
    "page": "alert", "alarm": "alert", "fix": "action", "decided": "decision", "theory": "hypothesis",
    "red-herring": "false-lead", "dead-end": "false-lead", "comms": "communication", "update": "communication",
    "deploy": "change", "rollout": "change", "comment": "note",
}  # fmt: skip
"""Other words for kinds of events."""

_MARK = late(r"(?<!\S)([!#])([A-Za-z][A-Za-z-]*)[,;]?(?=\s|$)")
_MENTION = late(r"(?<!\S)@([^\W_][\w.-]*)")
_LINK = late(r"https?://[^\s<>\"|]+", re.IGNORECASE)
_EVERYBODY: Final = frozenset({"here", "channel", "everyone", "all", "oncall", "on-call"})


class Marks(Struct, frozen=True):
    """A text without its marks, and what they say. `problem` is why they cannot be taken, or empty."""

    text: str
    milestones: tuple[str, ...] = ()
    kind: str = ""
    actor: str = ""
    links: tuple[str, ...] = ()
    problem: str = ""


def milestones_named(word: str) -> tuple[str, ...]:
    """The milestones that a word can mean: a name, the start of one, or another word for one."""
    return _named(word, MILESTONES, MILESTONE_SYNONYMS)


def kinds_named(word: str) -> tuple[str, ...]:
    """The kinds of event that a word can mean: a name, the start of one, or another word for one."""
    return _named(word, KINDS, KIND_SYNONYMS)


def links_in(text: str) -> tuple[str, ...]:
    """The web addresses in a text, each once, without the punctuation of the sentence around them."""
    return tuple(dict.fromkeys(filter(None, (_trimmed(match.group()) for match in _LINK.finditer(text)))))


def read_marks(text: str, *, strict: bool) -> Marks:
    """Take the marks out of a text.

    `!milestone` and `#kind` go wherever they stand. The first `@name` is who did it: at the start it is taken out too,
    elsewhere it stays as a word of the sentence. With `strict`, as in a line that somebody types, a `!word` that is no
    milestone is a problem; without, as in a pasted document, it is a word like any other.
    """
    milestones: list[str] = []
    kinds: list[str] = []
    problems: list[str] = []

    def taken(match: re.Match[str]) -> str:
        sign, word = match.groups()
        found = milestones_named(word) if sign == "!" else kinds_named(word)
        if len(found) == 1:
            (milestones if sign == "!" else kinds).append(found[0])
            return ""
        if strict and (found or sign == "!"):
            problems.append(_unclear(sign, word, found))
        return match.group()

    marked = _MARK.sub(taken, text)
    words = re.sub(r"[ ]{2,}", " ", marked).strip() if marked != text else text.strip()
    if strict and len(set(kinds)) > 1:
        problems.append(f"an event has one kind, not both {kinds[0]} and {kinds[1]}")
    actor = ""
    for match in _MENTION.finditer(words):
        name = match[1].rstrip(".-_")
        if name and name.lower() not in _EVERYBODY:
            actor = name
            if match.start() == 0:
                words = words[len(name) + 1 :].lstrip(" :,;-–—")
            break
    return Marks(
        words, tuple(dict.fromkeys(milestones)), kinds[0] if kinds else "", actor, links_in(words),
        problems[0] if problems else "",
    )  # fmt: skip


def _named(word: str, names: tuple[str, ...], synonyms: dict[str, str]) -> tuple[str, ...]:
    folded = word.casefold().replace("_", "-").replace(" ", "-")
    if folded in names:
        return (folded,)
    if folded in synonyms:
        return (synonyms[folded],)
    starts = tuple(name for name in names if name.startswith(folded)) if folded else ()
    return starts or (tuple({synonyms[key]: 0 for key in synonyms if key.startswith(folded)}) if folded else ())


def _unclear(sign: str, word: str, found: tuple[str, ...]) -> str:
    if found:
        return f"{sign}{word} can be {' or '.join(found)}; write more letters"
    return f"{sign}{word} is no milestone; write one of {', '.join('!' + name for name in MILESTONES)}"


def _trimmed(link: str) -> str:
    surplus = link.count(")") - link.count("(")
    end = len(link)
    while end and (link[end - 1] in ".,;:!?'*_`]}>" or (link[end - 1] == ")" and surplus > 0)):
        surplus -= link[end - 1] == ")"
        end -= 1
    return link[:end] if "://" in link[: max(0, end - 1)] else ""

"""What a length or a time in the middle of a sentence claims, by the words before and behind it."""

from __future__ import annotations

import re

from schemas import claim_words as words
from schemas.patterns import late

_CLAUSE = late(r"[,;]\s(?:and|so|but)\s(?=(?:the|our|this|that|a)\s)", re.IGNORECASE)
"""Between clauses that have subjects of their own."""


def length_by_cue(before: str, behind: str, main: bool) -> tuple[str, bool, bool]:
    """What a length in the middle of a sentence is, whether it is firm, and whether of a full outage."""
    near = before[-110:]
    if (of := words.OF_OUTAGE.match(behind)) is not None:
        if of["part"] or (not of["full"] and words.PART.search(before[-40:])):
            return "", False, False
        return "duration", main or bool(of["full"]), bool(of["full"])
    if words.LASTED.search(near):
        return ("", False, False) if _of_a_part(near) else ("duration", True, False)
    if words.TOTAL.search(near) and words.TROUBLE.search(before + " " + behind):
        return "duration", main and not _of_a_part(near), False
    if words.STATE_FOR.search(near):
        return ("", False, False) if _of_a_part(near) else ("duration", main, False)
    for metric, pattern in words.WITHIN:
        if pattern.search(near):
            return ("", False, False) if _of_a_part(near) else (metric, False, False)
    if words.TOOK.search(near):
        if (to := words.TO_RESOLVE.match(behind)) is not None:
            return (
                {"detect": "detect", "notice": "detect", "mitigate": "mitigate"}.get(to["verb"].lower(), "resolve"),
                False,
                False,
            )
        if words.FROM_START.match(behind):
            return "duration", False, False
    if main and words.FRONT_FOR.match(before) and words.TROUBLE.search(behind[:120]) and not _of_a_part(near):
        return "duration", False, False
    return "", False, False


def _of_a_part(near: str) -> bool:
    """Whether the clause in front of a length speaks of something smaller than the whole."""
    return words.PART.search(_CLAUSE.split(near)[-1]) is not None


def is_unreal(before: str, behind: str) -> bool:
    """Whether the words around a length speak of what did not happen, or not in this incident."""
    if words.UNREAL.search(before) or words.UNREAL.search(behind[:40]):
        return True
    return bool(words.OTHERS.search(before[-120:]) or words.OTHERS.match(behind.lstrip()[:40]))


def is_full(around: str) -> bool:
    """Whether words around a claim speak of a full outage."""
    return re.search(r"\b(?:full|complete|total)\s(?:\w+\s){0,1}(?:outage|downtime)", around, re.IGNORECASE) is not None


def time_by_cue(before: str, behind: str) -> str:
    """What a time in the middle of a sentence is the time of: start, end, or a milestone; empty if of nothing."""
    near = before[-110:]
    if words.NOT_AT.search(near[-40:]):
        return ""
    opening = re.fullmatch(r"\W*(?:at|at\sabout|at\saround|on|a\slas|às|à|um)\s", before, re.IGNORECASE) is not None
    if words.AT_START.search(near) or (opening and words.AT_START_BEHIND.match(behind)):
        return "start"
    if words.AT_END.search(near):
        return "end"
    if words.AT_BACK.search(near) or (opening and words.AT_BACK_BEHIND.match(behind)):
        return "recovered"
    if words.AT_DETECTED.search(near):
        return "detected"
    return "declared" if words.AT_DECLARED.search(near) else ""

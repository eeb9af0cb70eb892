"""Headings that are questions: `How did we fix it?`, `What will we change to avoid another one?`."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.heading_names import ACTIONS

_IT: Final = (
    r"(?:it|this|that|things?|them|us|(?:the|this|our|such)\s(?:\w+\s){0,2}?(?:issues?|incidents?|outages?|problems?"
    r"|bugs?|failures?|errors?|service|services|disruption|event))"
)
_WE: Final = r"(?:we|i|you|they|the\s(?:team|engineers?)|our\s(?:team|engineers?))"
_ASKED: Final = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        (
            ACTIONS,
            rf"(?:what|how|which)\s(?:(?:steps|measures|actions|changes|things)\s)?(?:are|will|can|could|do|did|have|should"
            rf"|would|must|is|to)\b(?:\s{_WE})?.{{0,40}}\b(?:prevent|avoid|stop|reduce|improve|ensure|do\sdifferently"
            r"|do\sbetter|do\snext|change)(?:ed|d|ing)?\b.{0,80}",
        ),
        (
            "resolution",
            rf"how\s(?:did\s{_WE}|(?:was|were|is)\s{_IT}|has\s{_IT}\sbeen|{_IT}\swas)\s(?:\w+ly\s)?(?:get\s)?(?:fix|resolve"
            rf"|solve|mitigate|restore|repair|recover(?:\sfrom)?|correct|address)(?:ed|d)?(?:\s{_IT})?",
        ),
        (
            "detection",
            rf"(?:how|when)\s(?:did\s{_WE}|(?:was|were|is)\s{_IT}|{_IT}\swas)\s(?:first\s)?(?:detect|notice|discover|find"
            rf"|spot|identify|learn\sof|become\saware\sof|know\sabout)(?:ed|d)?(?:\sout)?(?:\sabout)?(?:\s{_IT})?",
        ),
        (
            "impact",
            r"(?:who|what|which\s\w+|how\s(?:many|much)(?:\s\w+)?)\s(?:was|were|is|are|has\sbeen|have\sbeen)\s(?:affected"
            r"|impacted|hit)(?:\sby\s.{0,40})?|how\s(?:were|are|was)\s(?:our\s|the\s)?(?:users?|customers?|people|clients?)"
            r"\s(?:affected|impacted)",
        ),
        (
            "root_cause",
            rf"(?:what|why)\s(?:was\sthe\s(?:root\s)?cause(?:\sof\s{_IT})?|caused\s{_IT}|did\s{_IT}\s(?:happen|occur|fail|break"
            rf"|go\s(?:down|wrong))|was\s{_IT}\s(?:down|caused)|{_IT}\shappened)",
        ),
    )
)


def asked(name: str) -> str | None:
    """The key of the section that a question heads, or None. The name is in small letters and without question mark."""
    if not name.startswith(("how ", "what ", "who ", "which ", "when ", "why ")) or len(name) > 120:
        return None
    return next((key for key, pattern in _ASKED if pattern.fullmatch(name)), None)

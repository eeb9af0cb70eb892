"""Logs that were pasted into the story as they were."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from schemas.checks import told
from schemas.checks.naming import counted, place
from schemas.checks.prose import REMEMBERED
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.incident import Event
from schemas.patterns import late

LONGEST: Final = 15
"""A stretch of log of more lines than this is not read by anybody."""

_LOG_LINE: Final = late(
    r"[ \t>]{0,12}(?:"
    r"\[?\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d|\[?\d\d?[/ ][A-Z][a-z]{2}[/ ]\d{4}[: ]\d\d:\d\d:\d\d"
    r"|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\[?\d\d:\d\d:\d\d[.,]?\d{0,9}\b|\[ {0,6}\d{1,8}\.\d{3,9}\]"
    r"|\d{10,13}(?:\.\d{1,9})?[ \t]|[IWEF]\d{4} \d\d:|time=\"?\d|\d{1,3}(?:\.\d{1,3}){3} - "
    r"|\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC|LOG|DETAIL|STATEMENT|HINT)\b[\]: ]"
    r"|\{\"(?:time|ts|level|timestamp|@timestamp|msg)\"|at [\w$.<>]+\(|File \"[^\"\n]{1,200}\", line \d"
    r"|Caused by: |\.\.\. \d+ more|Traceback \(|goroutine \d"
    r")"
)
"""How a line begins that a machine wrote: a stamp with a clock, a level, a frame of a stack."""

_CONTINUED: Final = (" ", "\t")


@lru_cache(maxsize=REMEMBERED)
def longest_log(text: str) -> int:
    """How many lines the longest stretch of log in a text has; lines that are set in continue the one above.

    A table or a list of times that a person wrote has words between its stamps and `|`, `-` or `*` before them.
    """
    longest = run = begun = 0
    for line in text.split("\n"):
        if _LOG_LINE.match(line):
            run, begun = run + 1, begun + 1
        elif run and line.startswith(_CONTINUED) and line.strip():
            run += 1
        else:
            run = begun = 0
        # A stamp and what is set in below it is an item of a list; a log has several.
        if begun > 2:
            longest = max(longest, run)
    return longest


@rule("C10", "long log in the text", "info", "sections", "other_sections", "timeline")
def pasted(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Many lines of a log stand in the middle of the story, where two of them would do."""
    incident = facts.incident
    hint = "Keep the lines that show it; put the rest into the supporting information, or link to it."
    texts = told.bodies(incident)
    long = facts.timeline.of_events.gathered(_long)
    for where, text in (*texts, *((place("events", event.id, "text"), event.text) for event in long)):
        # What supports the story may be as long as it is.
        if where == "sections/supporting" or text.count("\n") < LONGEST:
            continue
        if (lines := longest_log(text)) > LONGEST:
            yield this.finding(where, f"a log of {counted(lines, 'line')} stands in the text", hint)


def _long(events: tuple[Event, ...]) -> list[Event]:
    return [event for event in events if len(event.text) > LONGEST and event.text.count("\n") >= LONGEST]

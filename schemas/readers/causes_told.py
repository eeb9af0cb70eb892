"""The root cause of a document that has no section for it: the sentences of other sections that say it is the cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.readers.blocks import Line
from schemas.readers.timeline_sentences import sentences

_CAUSE: Final = re.compile(
    r"(?<!into\s)(?<!find\s)(?<!for\s)\b(?:the|our|its|one|main)\s(?:root|underlying|main|primary)\s(?:root\s)?cause\b"
    r"(?:\s(?:of|for|behind)\s[^.;:]{1,80}?)?\s(?:was|is|has been|turned out|lay|lies)\b"
    r"|\b(?:was|were|is)\s(?:the|our|its)\s(?:root|underlying)\scause\b"
    r"|\bla\scausa\s(?:ra[ií]z|principal)\b[^.;:]{0,80}?\s(?:fue|era|es)\b"
    r"|\ba\scausa\s(?:raiz|principal)\b[^.;:]{0,80}?\s(?:foi|era|é)(?!\w)"
    r"|\bla\scause\s(?:racine|profonde|principale)\b[^.;:]{0,80}?\s(?:était|est|a été)\b"
    r"|\bdie\s(?:grund|haupt)?ursache\b[^.;:]{0,80}?\s(?:war|ist|lag)\b",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(
    r"\b(?:unknown|unclear|unbekannt|not\s(?:yet\s)?(?:been\s)?(?:known|identified|found|clear|determined)|suspected"
    r"|assumed|initially|at first|thought|still|ongoing|being|under investigation|carried out|tbd|will"
    r"|to be (?:determined|found|confirmed|investigated|identified))\b",
    re.IGNORECASE,
)
_LOOKED_AT: Final = ("resolution", "summary", "trigger", "response", "detection", "impact", "background", "lessons")
_LONGEST: Final = 2_000
_BEGINNING: Final = 20
_MOST_LINES: Final = 400


def causes_told(sections: Mapping[str, Sequence[Line]]) -> tuple[list[Line], list[str]]:
    """The sentences that name the root cause, with the lines on which they begin, and the keys of their sections."""
    found: list[Line] = []
    keys: list[str] = []
    for key in _LOOKED_AT:
        for lines in _paragraphs(sections.get(key, ())[:_MOST_LINES]):
            text = " ".join(line.text.strip() for line in lines)
            if len(text) > _LONGEST or _CAUSE.search(text) is None:
                continue
            for sentence in sentences(text):
                if _CAUSE.search(sentence) and not _UNSURE.search(sentence):
                    begins = sentence[:_BEGINNING]
                    on = (line for line in lines if begins in line.text or line.text.strip() in sentence)
                    start = next(on, lines[0])
                    found.append(Line(start.number, sentence))
                    keys.append(key)
    return found, list(dict.fromkeys(keys))


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    held: list[Line] = []
    for line in lines:
        if line.text.strip():
            held.append(line)
        elif held:
            yield held
            held = []
    if held:
        yield held

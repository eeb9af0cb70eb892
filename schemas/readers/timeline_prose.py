"""Events from the prose of a document that has no timeline: sentences that say at what time something happened."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.blocks import Block, walk
from schemas.readers.mail_headers import is_mail_header
from schemas.readers.parts import Document
from schemas.readers.timeline_pieces import Entry, joined, labelled
from schemas.readers.timeline_sentences import sentences, tells_range, times_told

_PARTS: Final = frozenset(
    {"preamble", "summary", "background", "trigger", "detection", "response", "resolution", "impact", "root_cause"}
)
_CLAIM: Final = re.compile(
    r"\W*(?:duration|start|end|started|ended|date|time|detected|outage|incident (?:start|end|time|date)|window"
    r"|downtime|impact|generated|created|updated|published"
    r"|duraci[óo]n|inicio|fin|duração|início|durée|début|dauer|beginn|ende)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_MOST_TOLD: Final = 60


def told_in_prose(document: Document) -> list[Entry]:
    """The sentences with a time, in order. Lengths, ranges and fields of a header are claims, not events."""
    found: list[Entry] = []
    for part in document.parts:
        if part.key not in _PARTS:
            continue
        for block in walk(part.blocks):
            if block.kind in ("paragraph", "item") and len(found) < _MOST_TOLD:
                found += entries_in(block)
    return found


def entries_in(block: Block) -> list[Entry]:
    """The sentences of a paragraph or point that name a time, unless its label says that they are fields or claims."""
    text = joined(line.text for line in block.texts)
    label = labelled(text)
    if (label is not None and _CLAIM.fullmatch(label[0])) or is_mail_header(block.texts):
        return []
    numbers = [line.number for line in block.texts]
    found = []
    for sentence in sentences(text):
        told = times_told(sentence)
        if told and not tells_range(sentence):
            found.append(Entry(None, [sentence], _lines_of(block, sentence) or numbers[:1], inner=told[0][1]))
    return found


def _lines_of(block: Block, sentence: str) -> list[int]:
    """The lines that a sentence stands on."""
    return [
        line.number
        for line in block.texts
        if line.text.strip() and (line.text.strip() in sentence or sentence in line.text)
    ] or [line.number for line in block.texts if sentence[:40] in line.text]

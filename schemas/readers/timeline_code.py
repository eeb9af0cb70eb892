"""A code block that is the timeline itself: most of its lines begin with a time, and nothing else in its part does."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from schemas.readers.blocks import Block
from schemas.readers.timeline_lines import read_lines
from schemas.readers.timeline_pieces import Pieces, entry_stamp, is_day

_LOG: Final = re.compile(
    r"\b(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|TRACE|CRIT(?:ICAL)?)\b|\[(?:error|warn|info|notice)\]|\bpid[ =:]\d|^\{"
)
_SAMPLE: Final = 80


def is_timeline(block: Block) -> bool:
    """Whether a code block tells a story and is no log."""
    lines = [line.text for line in block.texts if line.text.strip()][:_SAMPLE]
    if len(lines) < 2:
        return False
    begin = sum(
        1 for line in lines if entry_stamp(line) is not None or is_day(line) is not None or line.startswith(" ")
    )
    timed = sum(1 for line in lines if entry_stamp(line) is not None)
    logs = sum(1 for line in lines if _LOG.search(line))
    return timed >= 2 and begin >= 0.6 * len(lines) and logs < 0.4 * timed


def read_code(block: Block, pieces: Pieces) -> None:
    """The entries of a code block that is a timeline."""
    texts = tuple(line for line in block.texts if line.text.strip())
    before = len(pieces.found)
    read_lines(replace(block, kind="paragraph", texts=texts), pieces)
    if len(pieces.found) > before:
        inner = {line.number for line in block.texts}
        pieces.used.update(number for number in block.numbers if number not in inner)

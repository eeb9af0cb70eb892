"""Entries as status pages have them: `**Monitoring** - A fix is out.` with the time alone on the line below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from schemas.readers.timeline_pieces import entry_stamp
from schemas.readers.timeline_stamp import Stamp

_NAMED: Final = re.compile(r"\s*(\*\*|__)?(?=[^\W\d_a-z])[^\W\d_][\w ]{2,24}(?(1)\1|)(?:\s?[:：]\1?|\s{1,3}[-–—])\s+\S")
_MOST: Final = 40


def update_stamp(texts: Sequence[str]) -> Stamp | None:
    """The time of an update that some lines are, or None: a state and words, and a time on the last line."""
    if not 2 <= len(texts) <= _MOST or _NAMED.match(texts[0]) is None or len(texts[-1]) > _MOST * 2:
        return None
    stamp = entry_stamp(texts[-1].strip().strip("*_`").strip())
    if stamp is None or stamp.rest.strip(" *_`.") or any(entry_stamp(text) is not None for text in texts[:-1]):
        return None
    return stamp

"""Events from what people type: one line each, or a pasted block of many.

A line is a time, words and marks: `14:05 paged the on-call !acknowledged @ana #action`. A line without a time is an
event without one, which stays behind the event before. Reading never raises: a line that cannot be added comes back
with a problem that says what would be right.
"""

from __future__ import annotations

from schemas.entry_block import read_block
from schemas.entry_line import Draft, read_entry
from schemas.entry_preview import describe
from schemas.readings import Context

__all__ = ["Context", "Draft", "describe", "read_block", "read_entry"]

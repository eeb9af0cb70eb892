"""The text of an incident's file, written down without keeping keys waiting."""

from __future__ import annotations

import time
from typing import Final

from schemas.incident import Incident
from schemas.toml_chunks import chunks
from schemas.toml_file import Remark

_TURN: Final = 0.00025
"""Seconds for which the thread holds the interpreter while it writes down a long text …"""

_PAUSE: Final = 0.0002
"""… and for which it then leaves it to others: a key is not to wait for ten thousand events."""


def text_of(incident: Incident, remarks: tuple[Remark, ...], *, at_once: bool) -> bytes:
    """The text of the file; unless it is wanted `at_once`, whoever waits for a key has the interpreter in between."""
    pieces: list[bytes] = []
    since = time.perf_counter()
    for piece in chunks(incident, remarks):
        pieces.append(piece.encode("utf-8", "replace"))
        if not at_once and time.perf_counter() - since > _TURN:
            time.sleep(_PAUSE)
            since = time.perf_counter()
    return b"".join(pieces)

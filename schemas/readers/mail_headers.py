"""The lines above a mail that was sent as the report: `From: …`, `Date: …`, `Subject: …`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from schemas.readers.blocks import Line

_NAMES: Final = (
    "from|to|cc|bcc|date|sent|subject|reply-to|received|importance|attachments|message-id|von|an|datum|gesendet|betreff"
    "|de|para|enviado|enviado el|asunto|assunto|data|à|envoyé|objet"
)
_LINE: Final = re.compile(rf"\s*(?:\*\*)?({_NAMES})\s?:(?:\*\*)?(?:\s+\S.*|\s*)$", re.IGNORECASE)
_SUBJECT: Final = frozenset({"subject", "betreff", "asunto", "assunto", "objet"})
_LEAST: Final = 3


def is_mail_header(lines: Sequence[Line]) -> bool:
    """Whether some lines are the header of a mail: nothing but its names, what it is about among them."""
    found = [_LINE.match(line.text) for line in lines]
    if len(found) < _LEAST or not all(found):
        return False
    return any(match is not None and match[1].casefold() in _SUBJECT for match in found)

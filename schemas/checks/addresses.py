"""Addresses in a text, and what can be told of one without following it: nothing here uses a network."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from schemas.checks.probes import holds
from schemas.checks.prose import REMEMBERED, uncommented
from schemas.patterns import Gated, late

Trouble = Literal["malformed", "yours", "moving", "expiring", "chat"]
"""Why an address will not show a reader what it showed its writer: it is none; only the writer's machine knows it; it
shows the last hour, whenever it is opened; it stops to work; or it needs an account and a message that was kept."""

_ADDRESS: Final = late(r"\b(?:https?|ftp|file|slack)://[^\s<>\"`|\\^\[\]{}]+", re.IGNORECASE)
_BROKEN: Final = late(
    r"(?:h?t?tps?|https?)(?:;//|:/{1}(?!/)|//|:///)|(?:htp|htt|hhtp|htpp|httsp|htps|ttps?)s?://", re.IGNORECASE
)
_SHAPE: Final = late(r"(?:https?|ftp)://(?:[^\s/?#@]*@)?(\[[0-9a-f:.]+\]|[^\s/?#:@]+)(?::\d{1,5})?(?:[/?#]\S*)?", re.I)
_HOST: Final = late(r"[^\W_](?:[\w\-.]{0,250}[^\W_])?\.?")
_YOURS: Final = late(
    r"file:|(?:https?|ftp)://(?:[^/@\s]*@)?(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?=[:/?#]|$)",
    re.IGNORECASE,
)
_MOVING: Final = late(
    r"[?&#(,;](?:from|start|begin|time|from_ts|start_time|_from)[=:]'?(?:now(?:[-/]|$|[&'),])|-\d)"
    r"|[?&#](?:range|timerange|time_range|period|last|since|interval|timeframe|relative)=(?:last[-_]?)?-?(?:PT?)?\d+[a-z]+\b"
    r"|[?&#](?:live|realtime)=(?:true|1)\b|\bearliest=-\d+[a-z]",
    re.IGNORECASE,
)
_DROPPED: Final = Gated(
    "paste|hastebin|termbin|0x0|ix.io|sprunge|transfer|file.io|we.tl|ghostbin|controlc|privatebin|bpa.st",
    r"https?://(?:www\.)?(?:pastebin\.com|paste\.[a-z.]+|hastebin\.com|dpaste\.(?:com|org)|termbin\.com|0x0\.st|ix\.io"
    r"|sprunge\.us|transfer\.sh|file\.io|wetransfer\.com|we\.tl|ghostbin\.com|controlc\.com|privatebin\.net|bpa\.st)"
    r"(?=[/?#]|$)",
    re.IGNORECASE,
)
_SIGNED: Final = late(
    r"[?&](?:X-Amz-Expires|X-Goog-Expires|X-Amz-Signature|X-Goog-Signature)="
    r"|[?&]Expires=\d+&[^#\s]*Signature=|[?&]Signature=[^#\s]*&Expires=\d|[?&]se=\d{4}-[^#\s]*&sig=|[?&]sig=[^#\s]*&se=\d{4}-",
    re.IGNORECASE,
)
_CHAT_PROBES: Final = (
    "slack", "discord", "teams.microsoft", "chat.google", "zoom.us/", "meet.google", "t.me/c/", "/_matrix/", "/#/room/",
)  # fmt: skip
_CHAT: Final = late(
    r"://[\w.\-]*slack\.com/(?:archives|messages)/|^slack:|://(?:\w+\.)?discord(?:app)?\.com/channels/"
    r"|://teams\.microsoft\.com/l/|://chat\.google\.com/(?:room|dm)/|://[\w.\-]*zoom\.us/(?:rec|j)/|://meet\.google\.com/"
    r"|://t\.me/c/|/_matrix/|://[\w.\-]+/#/room/!",
    re.IGNORECASE,
)


_PLAIN: Final = late(r"https://[a-z](?:[a-z0-9\-]{0,62}\.){1,6}[a-z]{2,24}/[\w\-./]*")
"""An address as most are: a public host in small letters, a path, nothing else."""

_CLOSING: Final = ".,;:!?'*_~"
_LONGEST: Final = 2048
"""What stands further behind in an address is not looked at."""


@lru_cache(maxsize=REMEMBERED)
def addresses(text: str) -> tuple[str, ...]:
    """The addresses in a text, without the punctuation of the sentence around them; comments are not looked at."""
    if "://" not in text:
        return ()
    return tuple(dict.fromkeys(_trimmed(found) for found in _ADDRESS.findall(uncommented(text))))


def _trimmed(address: str) -> str:
    address = address.rstrip(_CLOSING)
    surplus = address.count(")") - address.count("(")
    while surplus > 0 and address.endswith(")"):
        surplus -= 1
        address = address[:-1].rstrip(_CLOSING)
    return address


@lru_cache(maxsize=4096)
def trouble(address: str) -> Trouble | None:
    """What is the matter with an address, None if nothing can be seen from here.

    Words without a scheme (`DATA-1182`, `runbooks/oldest-transaction`) are names of something and not looked at.
    """
    if "/" not in address and ":" not in address:
        return None
    address = address[:_LONGEST]
    if _PLAIN.fullmatch(address) and not holds(address, _CHAT_PROBES):
        return "expiring" if _DROPPED.match(address) else None
    if _BROKEN.match(address):
        return "malformed"
    if "://" not in address and not address.casefold().startswith("file:"):
        return None
    if _YOURS.match(address):
        return "yours"
    if address[:4].casefold() == "http" and not _is_address(address):
        return "malformed"
    if _DROPPED.match(address) or ("?" in address and _SIGNED.search(address)):
        return "expiring"
    if ("=" in address or ":now" in address) and _MOVING.search(address):
        return "moving"
    return "chat" if any(probe in address for probe in _CHAT_PROBES) and _CHAT.search(address) else None


def _is_address(address: str) -> bool:
    shape = _SHAPE.fullmatch(address)
    return shape is not None and (
        shape[1][0] == "[" or (".." not in shape[1] and _HOST.fullmatch(shape[1]) is not None)
    )

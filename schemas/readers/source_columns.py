"""What columns of a table and keys of JSON mean, by their names or by what was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from schemas.readers.imported import NotReadable

ROLES: Final = (
    "time", "date", "recorded", "until", "text", "who", "kind", "milestones", "zone", "link",
)  # fmt: skip
"""What a column may be: when (or only the day), when it was written down, the end, what happened, who, …"""

_NAMES: Final[dict[str, str]] = {
    "time": (
        "timestamp|@timestamp|time stamp|date time|datetime|date and time|time and date|occurred at|occurred"
        "|happened at|event time|event timestamp|event date|when|at|time|start time|started at|starts at|start|started"
        "|begin|ts|realtime timestamp|log time|logged at|message time|sent at|posted at|created date time|created at"
        "|created on|created|create time|creation time|date created|opened at|time of event|zeit|zeitpunkt|zeitstempel"
        "|uhrzeit|datum und uhrzeit|hora|fecha y hora|heure|horodatage|date et heure|data e hora|date"
    ),
    "date": "date|day|event date|incident date|datum|tag|fecha|data|jour",
    "recorded": (
        "recorded|recorded at|logged at|logged|created at|created on|created|created date time|written at|entered at"
        "|posted at|sent at"
    ),
    "until": "end|ended|end time|ended at|ends at|until|to|finish|finished|finished at|ende|fin|hasta|bis",
    "text": (
        "text|message|msg|description|event|event description|what happened|what|summary|title|body content|body"
        "|content|note|notes|entry|details|detail|action|activity|update|comment|log|subject|headline|name|nachricht"
        "|beschreibung|ereignis|vorfall|descripción|descripcion|evento|mensaje|suceso|mensagem|descrição|événement"
        "|evenement|message text|action impact|event action"
    ),
    "who": (
        "who|user|user name|username|display name|real name|author|author name|actor|by|sender|from|nick|nickname"
        "|person|engineer|responder|agent|reporter|reported by|created by|posted by|updated by|owner|assignee|member"
        "|who what|wer|autor|quien|quién|quem|qui|auteur|benutzer|usuario|usuário"
    ),
    "kind": "kind|event kind|type|event type|category|tag|label|art|tipo",
    "milestones": "milestone|milestones|phase|stage|meilenstein|hito|étape",
    "zone": "zone|time zone|timezone|tz|zeitzone|zona horaria|fuseau horaire|fuso horário",
    "link": "link|links|url|permalink|html url|href|web url",
}
_RANK: Final = {
    role: {name: place for place, name in enumerate(names.split("|"))} for role, names in _NAMES.items()
}  # fmt: skip
_BRACKET: Final = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ZONE_BEHIND: Final = re.compile(r"\s(?:utc|gmt|local|iso|iso8601|z|pst|pdt|est|edt|cet|cest|eat)$")
_PERSON: Final = frozenset(
    {"name", "display name", "real name", "full name", "login", "username", "user name", "nick", "nickname", "summary"}
)
_LOGGING: Final = frozenset(
    {"level", "log level", "loglevel", "logger", "stream", "pid", "thread", "syslog identifier"}
)
_IDENTITY: Final = re.compile(
    r"(?:.* )?(?:id|ids|uuid|guid|self|href|etag|cursor|hash|sha|checksum|api url|avatar url|icon url|version|nonce)"
)


@lru_cache(maxsize=4096)
def column_name(name: str) -> str:
    """A name of a column as names are compared: small letters, words parted, without what stands in brackets."""
    words = _BRACKET.sub(" ", _HUMP.sub(" ", name)) if len(name) < 200 else name[:200]
    return " ".join(re.sub(r"[\s_./\\:*`\"'-]+", " ", words).strip(" #?").lower().split())


@lru_cache(maxsize=4096)
def rank(name: str, role: str) -> int | None:
    """How well a column with this name fits a role: 0 is best; None where it does not."""
    plain = column_name(name)
    found = _RANK[role].get(plain)
    if found is None and role in ("time", "date", "recorded", "until"):
        found = _RANK[role].get(_ZONE_BEHIND.sub("", plain))
    if found is not None or "." not in name:
        return found
    # `author.name`, `from.user.displayName`, `fields.created`: by the last part, or by whose name it is.
    parts = [column_name(part) for part in name.split(".")]
    if role == "who":
        if parts[-1] in _PERSON:
            ranks = [_RANK["who"][part] for part in parts[:-1] if part in _RANK["who"]]
            return 40 + min(ranks) if ranks else None
        return None
    last = _RANK[role].get(parts[-1])
    return 40 + last + 40 * len(parts) if last is not None else None


def is_logging(names: Sequence[str]) -> bool:
    """Whether columns are those of a program's log, whose words say nothing of milestones."""
    plain = {column_name(name.rsplit(".", 1)[-1]) for name in names}
    return bool(plain & _LOGGING)


def is_identity(name: str) -> bool:
    """Whether a column holds what only machines read: ids, addresses of programs."""
    return _IDENTITY.fullmatch(column_name(name.rsplit(".", 1)[-1])) is not None


def roles_of(names: Sequence[str], asked: Mapping[str, str]) -> dict[str, str]:
    """The column of each role, by what was asked for first, then by the usual names; each column has one role.

    Raises:
        NotReadable: what was asked for names no role or no column.
    """
    found = _asked(names, asked)
    taken = set(found.values())
    for role in ("time", "text", "date", "who", "recorded", "until", "kind", "milestones", "zone", "link"):
        if role in found:
            continue
        ranked = [
            (place, order, name)
            for order, name in enumerate(names)
            if name not in taken and (place := rank(name, role)) is not None
        ]
        if ranked:
            found[role] = min(ranked)[2]
            taken.add(found[role])
    return found


def _asked(names: Sequence[str], asked: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    by_name = {name.strip().casefold(): name for name in reversed(names)}
    by_plain = {column_name(name): name for name in reversed(names)}
    for role, wanted in asked.items():
        if role not in ROLES:
            raise NotReadable(
                f"there is no field “{role}” to map a column to", f"The fields are {', '.join(ROLES)}.",
                "Write it as time=Created,text=Note.",
            )  # fmt: skip
        name = by_name.get(wanted.strip().casefold()) or by_plain.get(column_name(wanted))
        if name is None:
            shown = ", ".join(dict.fromkeys(each for each in names if each.strip()))
            raise NotReadable(
                f"there is no column “{wanted}”", f"There are {shown[:400]}." if shown else "No column has a name.",
                "Name one of these.",
            )  # fmt: skip
        found[role] = name
    return found


def mapping_of(text: str) -> dict[str, str]:
    """A mapping as it is written on a command line: `time=Created,text=Note` gives the column of each field.

    Raises:
        ValueError: it is not written so, or names a field that does not exist; the message says what to write.
    """
    found: dict[str, str] = {}
    for piece in filter(None, (piece.strip() for piece in text.split(","))):
        role, sign, name = (part.strip() for part in piece.partition("="))
        if not sign or not name:
            raise ValueError(f"“{piece}” is no mapping; write it as time=Created,text=Note")
        if role not in ROLES:
            raise ValueError(f"“{role}” is no field; the fields are {', '.join(ROLES)}")
        found[role] = name
    return found

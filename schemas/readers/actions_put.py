"""The fields of an action while they are read: what words each can take, and tickets and addresses among them."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct, field

from schemas.readers.actions_due import Due, whole_due
from schemas.readers.actions_values import is_nothing, priority_of, status_of, type_of
from schemas.readings import Context

TICKET: Final = re.compile(
    r"(?<![\w/#.-])(?:[A-Z][A-Z0-9_]{1,14}-\d{1,7}|(?:[\w.-]{1,60}/[\w.-]{1,60})?[#!]\d{1,9})(?![\w-])"
)
_WEB: Final = re.compile(r"https?://[^\s<>\"|]{1,1000}", re.IGNORECASE)
_BEHIND: Final = re.compile(r"([^()\[\]]{2,80}?)\s*[(\[]([^()\[\]]{1,40})[)\]]")
_LONGEST_NAME: Final = 80
_NO_TICKET: Final = re.compile(
    r"(?:UTF|ISO|SHA|TLS|HTTP|MD|RFC|SEV|P|Q|COVID|AES|RSA|X|PHP|IPV|EC|H|CVE-\d{4})-\d", re.IGNORECASE
)


class Tags(Struct):
    """What was read beside an action's words; empty where nothing stands. `why` says it of fields that are not sure."""

    owner: str = ""
    due: Due | None = None
    type: str = ""
    priority: str = ""
    status: str = ""
    links: list[str] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, words: str, context: Context, *, column: bool = False) -> bool:
        """Take the words of a field; False where they cannot be its value, or it has another one.

        `column` says that the words stand where only such a value can stand.
        """
        if name == "link":
            return self._linked(words)
        if name == "due":
            found = whole_due(words, context)
            if found is None or (found.day is None and not column) or self.due is not None:
                return False
            self.due = found
            return found.day is not None
        if getattr(self, name):
            return False
        if name == "owner" and (behind := _BEHIND.fullmatch(words.strip(" *_`"))) is not None:
            # `Brian Otieno (Completed)`: what stands behind the name is the state, a day, a priority.
            if any(self.put(other, behind[2], context) for other in ("status", "due", "priority")):
                words = behind[1]
            else:
                self.owner = words.strip(" *_`") if len(words) <= _LONGEST_NAME else ""
                return bool(self.owner)
        value = self._value(name, words, column)
        if not value:
            return False
        setattr(self, name, value)
        if name == "priority" and value.casefold() not in words.casefold():
            self.why["priority"] = f"written “{words.strip()}”"
        return True

    def _value(self, name: str, words: str, column: bool) -> str:
        if name == "owner":
            return "" if len(words) > _LONGEST_NAME or is_nothing(words) else words.strip(" \t*_`[]().,;:")
        if name == "priority":
            return priority_of(words, alone=column)
        return status_of(words) if name == "status" else type_of(words)

    def _linked(self, words: str) -> bool:
        """Tickets and addresses, if the words are nothing else."""
        found = tickets_in(words)
        if not found:
            return False
        rest = words
        for each in found:
            rest = rest.replace(each, "", 1)
        self.links += [each for each in found if each not in self.links]
        return not re.search(r"\w{3,}", rest)


def tickets_in(words: str) -> list[str]:
    """The addresses and tickets in a text, in order."""
    found = [(match.start(), match.group().rstrip(".,;:)>]")) for match in _WEB.finditer(words)]
    bare = _WEB.sub(lambda match: " " * len(match.group()), words)
    found += [(match.start(), match.group()) for match in TICKET.finditer(bare) if not _NO_TICKET.match(match.group())]
    return [each for _, each in sorted(found)]

"""Slack's own markup as words: mentions, channels, links, and the entities that it writes for `&`, `<` and `>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

_ANGLE: Final = re.compile(r"<([@#!]?)([^<>|\n]{1,2000})(?:\|([^<>\n]{0,2000}))?>")
_ENTITY: Final = re.compile(r"&(lt|gt|amp);")
_ENTITIES: Final = {"lt": "<", "gt": ">", "amp": "&"}


class Directory(Struct, frozen=True):
    """The names of users and channels by their ids."""

    users: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


def slack_words(text: str, directory: Directory) -> tuple[str, tuple[str, ...]]:
    """A text of Slack as words, and the addresses that its links lead to."""
    links: list[str] = []
    words = _ANGLE.sub(lambda found: _named(found, directory, links), text) if "<" in text else text
    if "&" in words:
        words = _ENTITY.sub(lambda found: _ENTITIES[found[1]], words)
    return words, tuple(dict.fromkeys(links))


def _named(found: re.Match[str], directory: Directory, links: list[str]) -> str:
    sign, inner, label = found[1], found[2], found[3] or ""
    if sign == "@":
        return f"@{directory.users.get(inner) or label or inner}".replace("@@", "@")
    if sign == "#":
        return f"#{label or directory.channels.get(inner) or inner}"
    if sign == "!":
        if inner.startswith("date^") or inner.startswith("subteam^"):
            return label or f"<!{inner}>"
        return label or f"@{inner}"
    address = _ENTITY.sub(lambda entity: _ENTITIES[entity[1]], inner)
    if "://" not in address and not address.startswith("mailto:"):
        return found.group()
    if "://" in address:
        links.append(address)
    if not label or label in address:
        return address.removeprefix("mailto:")
    return label

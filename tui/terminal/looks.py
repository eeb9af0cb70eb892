"""What cells look like, as codes of SGR (ECMA-48, 8.3.117), and how a terminal is taken from one look to another."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

LINK: Final = "\0"
"""Stands between the codes of a cell and the link that it belongs to."""
_SEEN_ON_BLANKS: Final = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})
"""Attributes that make a blank look different: lines, blinking, swapped colours, frames."""
_OFF: Final = {
    "1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29",
    "51": "54", "52": "54", "53": "55",
}  # fmt: skip
"""The code that takes an attribute away, by the code that sets it; some take two away."""


class Look(NamedTuple):
    """What a style asks of a terminal: attributes, colours as codes of SGR, and a link."""

    attributes: tuple[str, ...]
    foreground: str
    background: str
    link: str


@lru_cache(4096)
def look(code: str) -> Look:
    """What some codes, with a link behind `LINK` or none, stand for."""
    codes, _, link = code.partition(LINK)
    numbers = codes.split(";") if codes else []
    attributes: list[str] = []
    foreground = background = ""
    while numbers:
        first = numbers.pop(0)
        if first in ("38", "48"):
            length = 4 if numbers[0] == "2" else 2
            colour = ";".join([first, *numbers[:length]])
            del numbers[:length]
            if first == "38":
                foreground = colour
            else:
                background = colour
        elif 30 <= int(first) <= 39 or 90 <= int(first) <= 97:
            foreground = first
        elif 40 <= int(first) <= 49 or 100 <= int(first) <= 107:
            background = first
        else:
            attributes.append(first)
    return Look(tuple(attributes), foreground, background, link)


@lru_cache(4096)
def blank(code: str) -> str:
    """The codes of a blank that looks the same: without the colour of a letter, unless there is a line or a swap."""
    return look(code).background if erasable(code) else code


@lru_cache(4096)
def erasable(code: str) -> bool:
    """Whether nothing but the colour of the background shows on a blank."""
    shown = look(code)
    return not shown.link and _SEEN_ON_BLANKS.isdisjoint(shown.attributes)


@lru_cache(4096)
def for_blank(on: str, code: str) -> str:
    """The codes to write a blank in: those that are on, with no more changed than shows."""
    now, wanted = look(on), look(code)
    if wanted.link or wanted.attributes or wanted.foreground or not erasable(on):
        return code
    return ";".join(filter(None, (*now.attributes, now.foreground, wanted.background)))


@lru_cache(4096)
def between(old: str, new: str) -> str:
    """The shortest sequence that takes a terminal from one look to another."""
    was, wanted = look(old), look(new)
    link = f"\x1b]8;{wanted.link or ';'}\x1b\\" if was.link != wanted.link else ""
    if was[:3] == wanted[:3]:
        return link
    gone = [each for each in was.attributes if each not in wanted.attributes]
    off = list(dict.fromkeys(_OFF.get(each, "0") for each in gone))
    parts = [*_over(was, wanted, off)]
    if gone:
        anew = ["0", *_over(Look((), "", "", ""), wanted, [])]
        if "0" in off or len(";".join(anew)) < len(";".join(parts)):
            parts = anew
    if not (wanted.attributes or wanted.foreground or wanted.background):
        parts = []
    return f"\x1b[{';'.join(parts)}m{link}"


def _over(was: Look, wanted: Look, off: list[str]) -> list[str]:
    """The codes that are sent, after those that take attributes away."""
    kept = [each for each in was.attributes if _OFF.get(each) not in off]
    parts = [*off, *(each for each in wanted.attributes if each not in kept)]
    if was.foreground != wanted.foreground:
        parts.append(wanted.foreground or "39")
    if was.background != wanted.background:
        parts.append(wanted.background or "49")
    return parts

"""Words of which a rule needs one in a text, or there is nothing for it to find; all rules ask about the same texts.

Looking for each of two hundred words by itself takes longer than all that rules then do with what they find. So a text
is taken apart into its words once. Which of them hold a piece of somebody's probe is remembered by the word: a language
has not many, however many texts there are.
"""

from __future__ import annotations

import re
from typing import Final

_LONG: Final = 300
"""In a shorter text looking for the probes themselves is quicker."""

_MOST_WORDS: Final = 100_000
_APART: Final = {code: " " for code in range(128) if not chr(code).islower()}
"""What parts words, in small letters, for `str.translate`."""


class Probes(tuple[str, ...]):
    """Some words. In small letters they are looked for in texts in small letters, else in texts as they are."""

    bit: int

    def __new__(cls, *probes: str) -> Probes:
        """Note them, so that texts are looked through for them too."""
        made = super().__new__(cls, probes)
        made.bit = 1 << len(_all)
        _all.append(made)
        for probe in probes:
            piece = max(re.findall("[a-z]+", probe.lower()), key=len, default="")
            if len(piece) > 1:
                _pieces[piece] = _pieces.get(piece, 0) | made.bit
            else:
                _signs[probe.lower()] = _signs.get(probe.lower(), 0) | made.bit
        _forget()
        return made

    def may_be_in(self, folded: str) -> bool:
        """Whether one of them may stand in a text, given in small letters. Never says no where one does."""
        return bool(held_in(folded) & self.bit)


def holds(text: str, probes: tuple[str, ...], folded: str = "") -> bool:
    """Whether one of several words occurs in a text; `folded` is the same in small letters, where it is known."""
    if len(text) > _LONG and isinstance(probes, Probes) and not probes.may_be_in(folded or text.lower()):
        return False
    for probe in probes:  # noqa: SIM110 (nothing is quicker than a plain loop)
        if probe in text:
            return True
    return False


_all: Final[list[Probes]] = []
_pieces: Final[dict[str, int]] = {}
"""The longest stretch of letters of each probe, and the probes that it is of, as bits."""
_signs: Final[dict[str, int]] = {}
"""Probes without letters, which are looked for as they are."""

_plain: Final[set[str]] = set()
"""Words that hold no piece of any probe."""
_telling: Final[dict[str, int]] = {}
"""The others, with the probes that they hold a piece of."""
_recent: Final[list[tuple[str, int]]] = []


def _forget() -> None:
    _plain.clear()
    _telling.clear()
    _recent.clear()


def held_in(folded: str) -> int:
    """The probes of which a piece is in a text, as bits; the texts that were asked about last are remembered."""
    for known, held in tuple(_recent):
        if known is folded:
            return held
    held = _looked_for(folded)
    _recent[:] = [(folded, held), *_recent[:5]]
    return held


def _looked_for(folded: str) -> int:
    held = 0
    for sign, bits in _signs.items():
        if sign[0] in folded and sign in folded:  # a single character is looked for thirty times as fast
            held |= bits
    words = set(folded.translate(_APART).split()) - _plain
    unknown = words.difference(_telling)
    if unknown:
        if len(_plain) + len(_telling) > _MOST_WORDS:
            _plain.clear()
            _telling.clear()
        for word in unknown:
            bits = 0
            for piece, those in _pieces.items():
                if piece in word:
                    bits |= those
            if bits:
                _telling[word] = bits
            else:
                _plain.add(word)
    for word in words:
        held |= _telling.get(word, 0)
    return held

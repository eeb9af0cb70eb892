"""Text from the terminal as keys, by Textual's parser, made to live with what that parser fails on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from schemas.patterns import late

_MOUSE_OR_KEY: Final = late("\x1b\\[(?:[\\d:;]*[u~ABCDEFHPQRS]|<\\d+;-?\\d+;-?\\d+[Mm]|[IO])")
_SETTING: Final = late("\x1b\\[(?:\\?20(?:26|48);\\d\\$y|48;[\\d:]+;[\\d:]+;[\\d:]+;[\\d:]+t)")
_ALT: Final = late("\x1b[^\x1b\\[\\]OPX^_]")
_CONTROL: Final = late("\x1b\\[[0-?]*[ -/]*[@-~]")
_LONGEST: Final = 32
"""Characters of a control sequence that Textual reads at most; it takes longer ones for typed text."""


def is_known(sequence: str) -> bool:
    """Whether a control sequence is one that Textual understands."""
    if len(sequence) > _LONGEST:
        return False
    return bool(sequence in ANSI_SEQUENCES_KEYS or _MOUSE_OR_KEY.fullmatch(sequence) or _SETTING.fullmatch(sequence))


class KeyReader:
    """Makes events of text. What Textual's parser fails on (numbers that are no characters) is left out."""

    def __init__(self, *, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)

    def read(self, text: str) -> Iterator[Message]:
        """The events in a text, one by one."""
        edges = {0, len(text)}
        for found in re.finditer("\x1b", text):
            edges.add(found.start())
            # Alt and a letter: with what follows at once the parser would take it for something that it does not know.
            if (alt := _ALT.match(text, found.start())) is not None:
                edges.add(alt.end())
        for start, end in pairwise(sorted(edges)):
            yield from self._events(text[start:end])

    def tick(self) -> Iterable[Message]:
        """What is to be made of the text so far now that nothing follows."""
        return self._parser.tick()

    def count_cells(self) -> None:
        """Take the places of the mouse for cells."""
        self._parser.mouse_pixels = False

    def _events(self, text: str) -> list[Message]:
        """The events in a text with at most one control sequence, at its beginning."""
        found: list[Message] = []
        try:
            # One by one: what was read before a failure counts.
            for event in self._parser.feed(text):
                found.append(event)
        except Exception:
            self._parser = XTermParser(self._debug)
            if sequence := _CONTROL.match(text):
                found += self._events(text[sequence.end() :])
        return found

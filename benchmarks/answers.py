"""What a terminal of today answers to the questions that programs ask it at their start.

Questions about single capabilities (XTGETTCAP, DECRQSS) are left without an answer, as many terminals do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_FIXED: Final = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[0c": b"\x1b[?62;22c",
    b"\x1b[>c": b"\x1b[>0;276;0c",
    b"\x1b[>0c": b"\x1b[>0;276;0c",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b[5n": b"\x1b[0n",
    # Where the cursor is: vim asks after one wide character to learn how wide it is here.
    b"\x1b[6n": b"\x1b[2;2R",
    b"\x1b[>q": b"\x1bP>|terminal(1)\x1b\\",
    b"\x1b[>0q": b"\x1bP>|terminal(1)\x1b\\",
    b"\x1b]10;?\x07": b"\x1b]10;rgb:dddd/dddd/dddd\x1b\\",
    b"\x1b]11;?\x07": b"\x1b]11;rgb:1111/1111/1111\x1b\\",
}
_MODES: Final = frozenset({b"1004", b"1006", b"1016", b"2004", b"2026", b"2048"})
"""Private modes that this terminal knows; 2026 is synchronized output, 2048 tells the size in the stream of keys."""

_ASKED: Final = re.compile(
    rb"\x1b\[\?(?P<mode>\d+)\$p"
    rb"|\x1b\[\?(?P<set>[\d;]+)h"
    rb"|" + b"|".join(re.escape(each) for each in sorted(_FIXED, key=len, reverse=True))
)
_LONGEST: Final = 64


class Answers:
    """Reads what a program sends and gives what the terminal says to it."""

    def __init__(self, columns: int, rows: int) -> None:
        self._size = f"\x1b[48;{rows};{columns};{rows * 16};{columns * 8}t".encode()
        self._rest = b""

    def to(self, data: bytes) -> bytes:
        """The answers to the questions that are complete now, in their order."""
        text, end = self._rest + data, 0
        answers: list[bytes] = []
        for found in _ASKED.finditer(text):
            answers += self._answer(found)
            end = found.end()
        # A question may be cut in two.
        begun = text.rfind(b"\x1b", end)
        self._rest = text[begun:] if begun >= 0 and len(text) - begun < _LONGEST else b""
        return b"".join(answers)

    def _answer(self, found: re.Match[bytes]) -> Iterator[bytes]:
        if (mode := found["mode"]) is not None:
            yield b"\x1b[?%b;%d$y" % (mode, 2 if mode in _MODES else 0)
        elif (modes := found["set"]) is not None:
            if b"2048" in modes.split(b";"):
                yield self._size
        else:
            yield _FIXED[found.group()]

"""What a terminal sends, made fit to be read as keys: bad bytes, pastes, and answers that nobody waits for.

Bytes that are no UTF-8 become U+FFFD. A paste is taken whole, and ends by itself if its end never comes. What terminals
answer to questions of other programs (colours, versions, clipboards; it comes late over a slow line) is dropped:
read as keys it would be typed into the document.
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from schemas.patterns import late

HOLD: Final = 0.1
"""Seconds to wait for the rest of a key, unless the person has set ESCDELAY."""
STRING_LIMIT: Final = 1.0
"""Seconds without a byte after which an answer, or a character, is taken for broken off."""
PASTE_LIMIT: Final = 3.0
"""Seconds without a byte after which a paste is taken for broken off: less would cut pastes over a bad line."""
MOST_PASTED: Final = 1 << 25
"""Characters that are collected before they are handed on."""

_MOST_HELD: Final = 256
_ESC: Final = "\x1b"
_PASTE: Final = "\x1b[200~"
_PASTE_END: Final = "\x1b[201~"
# ESC [ …; the function keys of the Linux console, old mouse reports and the keys of rxvt follow rules of their own.
_CONTROL: Final = late(
    "\x1b\\[(?:\\[[A-E]|M[^\x1b]{3}|<[-\\d;]+[Mm]|[0-?]*[;?][0-?]*\\$[a-z]|\\d+\\$"
    "|[0-?]*[ -#%-/]*[@-LN-Z\\\\-~]|[0-?]+M)"
)
_CONTROL_BEGUN: Final = late("\x1b(?:\\[(?:\\[|M[^\x1b]{0,2}|<[-\\d;]*|[0-?]*[ -/]*)|O|\\]\\d*|P[\\d;]*|_)?")
# Alt+], Alt+P and Alt+_ begin alike: these are followed by what an answer begins with.
_STRING: Final = late("\x1b(?:\\]\\d+;|P[\\d;]*[>!$+=]|_G)")
_STRING_END: Final = late("\x07|\x1b\\\\|\x9c|[\x18\x1a]|\x1b(?=[^\\\\])")


class Piece(NamedTuple):
    """A part of what came: text to be read as `keys`, a whole `paste`, or the `escape` key on its own."""

    kind: Literal["keys", "paste", "escape"]
    text: str


class Incoming:
    """Takes bytes as they come. `known` says whether a control sequence (ESC [ …) is one that keys or mouse send."""

    def __init__(self, known: Callable[[str], bool], *, hold: float = HOLD) -> None:
        self._known = known
        self._hold = hold
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._state: Literal["keys", "paste", "string"] = "keys"
        self._pasted: list[str] = []
        self._length = 0
        self._last = 0.0

    def feed(self, data: bytes, now: float) -> list[Piece]:
        """What the bytes amount to. `now` is a time in seconds that only goes forward."""
        self._last = now
        return self._take(self._decoder.decode(data))

    def tick(self, now: float) -> list[Piece]:
        """What was held back and is complete after all, since nothing more came."""
        waited = now - self._last
        if waited >= STRING_LIMIT and self._state != "paste" and self._decoder.getstate()[0]:
            self._last = now
            rest = self._decoder.decode(b"", final=True)
            self._decoder.reset()
            return self._take(rest)
        if self._state == "paste":
            return self._end_paste(self._held) if waited >= PASTE_LIMIT else []
        if self._state == "string":
            if waited >= STRING_LIMIT:
                self._state, self._held = "keys", ""
            return []
        if not self._held or waited < self._hold:
            return []
        held, self._held = self._held, ""
        return [Piece("escape", held)] if held == _ESC else [Piece("keys", held)]

    def _take(self, came: str) -> list[Piece]:
        text, self._held = self._held + came, ""
        pieces: list[Piece] = []
        at = 0
        while at < len(text):
            if self._state == "paste":
                at = self._in_paste(text, at, pieces)
            elif self._state == "string":
                at = self._in_string(text, at)
            else:
                at = self._in_keys(text, at, pieces)
        return pieces

    def _in_keys(self, text: str, at: int, pieces: list[Piece]) -> int:
        """Read on as keys until something else begins; gives where."""
        keys: list[str] = []
        while at < len(text) and self._state == "keys":
            escape = text.find(_ESC, at)
            if escape < 0:
                escape = len(text)
            keys.append(text[at:escape])
            at = self._at_escape(text, escape, keys) if escape < len(text) else escape
        if found := "".join(keys):
            pieces.append(Piece("keys", found))
        return at

    def _at_escape(self, text: str, at: int, keys: list[str]) -> int:
        limit = at + _MOST_HELD
        if len(text) < limit and _CONTROL_BEGUN.fullmatch(text, at):
            self._held = text[at:]
            return len(text)
        if found := _STRING.match(text, at, limit):
            self._state = "string"
            return found.end()
        if text[at + 1] != "[":
            keys.append(_ESC)
            return at + 1
        found = _CONTROL.match(text, at, limit)
        if found is None:
            # No key begins like this; what it is made of would be typed.
            begun = _CONTROL_BEGUN.match(text, at, limit)
            end = begun.end() if begun else at + 1
            if end == limit:
                self._state = "string"
            return end
        sequence = found.group()
        if sequence == _PASTE:
            self._state = "paste"
        elif sequence != _PASTE_END and self._known(sequence):
            keys.append(sequence)
        return found.end()

    def _in_string(self, text: str, at: int) -> int:
        end = _STRING_END.search(text, at)
        if end is not None:
            self._state = "keys"
            return end.start() if end.group() == _ESC else end.end()
        if text.endswith(_ESC):
            self._held = _ESC
        return len(text)

    def _in_paste(self, text: str, at: int, pieces: list[Piece]) -> int:
        end = text.find(_PASTE_END, at)
        if end >= 0:
            pieces += self._end_paste(text[at:end])
            return end + len(_PASTE_END)
        begun = next((n for n in range(len(_PASTE_END) - 1, 0, -1) if text.endswith(_PASTE_END[:n], at)), 0)
        part = text[at : len(text) - begun]
        self._held = text[len(text) - begun :]
        self._pasted.append(part)
        self._length += len(part)
        if self._length >= MOST_PASTED:
            pieces += self._end_paste("", more=True)
        return len(text)

    def _end_paste(self, last: str, *, more: bool = False) -> list[Piece]:
        pasted = "".join((*self._pasted, last)).replace("\0", "")
        self._pasted.clear()
        self._length = 0
        if not more:
            self._state, self._held = "keys", ""
        return [Piece("paste", pasted)] if pasted else []

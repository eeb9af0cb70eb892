"""JSON with the place of each value, and what is wrong with it in terms of its lines."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Final

from schemas.readers.imported import NotReadable

_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_LIKE_JSON: Final = re.compile(r"\s*(?:\{\s*(?:\"|\})|\[\s*(?:\{|\]))")

Found = dict[str, Any]


def looks_like_json(text: str) -> bool:
    """Whether a text begins as an object of JSON or a list of objects does."""
    return _LIKE_JSON.match(text) is not None


class JsonText:
    """A text that holds one value of JSON, or one after the other (JSON lines)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.breaks = [found.end() for found in _BREAK.finditer(text)]
        self.decoder = json.JSONDecoder(object_pairs_hook=_all_pairs, strict=False)

    def line_at(self, place: int) -> int:
        """The number of the line that a place in the text is in."""
        return bisect_right(self.breaks, place) + 1

    def values(self) -> list[tuple[int, int, Any]]:
        """The values of the text: where each begins and ends, and the value.

        Raises:
            NotReadable: it is no JSON; the message says where.
        """
        found, place = [], self._skip(0)
        while place < len(self.text):
            value, end = self.value_at(place)
            found.append((place, end, value))
            place = self._skip(end)
            if place < len(self.text) and self.text[place] == ",":
                place = self._skip(place + 1)
        return found

    def value_at(self, place: int) -> tuple[Any, int]:
        """The value that begins at a place, and where it ends.

        Raises:
            NotReadable: there is none.
        """
        try:
            return self.decoder.raw_decode(self.text, place)
        except json.JSONDecodeError as error:
            raise self._broken(error.pos, error.msg) from error
        except RecursionError as error:
            raise self._broken(place, "it is nested too deeply") from error
        except ValueError as error:
            raise self._broken(place, "a number has too many figures") from error

    def members(self, place: int) -> Iterator[tuple[str | int, int]]:
        """The keys of the object or list that begins at a place, each with the place of its value."""
        opens = self.text[place]
        place = self._skip(place + 1)
        index = 0
        while place < len(self.text) and self.text[place] not in "]}":
            key: str | int = index
            if opens == "{":
                key, place = self.value_at(place)
                place = self._skip(self._skip(place) + 1)
            yield key, place
            _, place = self.value_at(place)
            place = self._skip(place)
            if place < len(self.text) and self.text[place] == ",":
                place = self._skip(place + 1)
            index += 1

    def lines_of(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers of the lines from one place to another."""
        return tuple(range(self.line_at(start), self.line_at(max(start, end - 1)) + 1))

    def _skip(self, place: int) -> int:
        found = _SPACE.match(self.text, place)
        return found.end() if found is not None else place

    def _broken(self, place: int, what: str) -> NotReadable:
        return NotReadable(
            "the JSON is broken", f"Line {self.line_at(place)}: {what[:1].lower()}{what[1:]}.",
            "Export it again, or repair that line.",
        )  # fmt: skip


def _all_pairs(pairs: list[tuple[str, Any]]) -> Found:
    """An object of JSON of which no value is lost: a name that comes again is numbered."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    found = {}
    for name, value in pairs:
        own, count = name, 1
        while own in found:
            count += 1
            own = f"{name} ({count})"
        found[own] = value
    return found

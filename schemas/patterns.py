"""Regular expressions that are compiled when they are first used.

The rules and readers have some six hundred, and compiling all of them takes longer than checking a file, which needs
few. Once it was used, such a pattern is as quick as any.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _Late:
    """Stands in for a pattern; whatever it is asked for first, it takes from the pattern and keeps."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        # Of the dozen things that a pattern can do most are asked for one: to keep all took four times the memory.
        asked = vars(self)[name] = getattr(self._compiled, name)
        return asked


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is not compiled yet. It has a pattern's methods; the functions of `re` do not take it.

    A fault in it is told only then, so every pattern needs a test that uses it.
    """
    return cast(re.Pattern[str], _Late(pattern, flags))


class Gated:
    """A pattern that takes one of several words, in small letters with bars between, and one of `also` if given.

    A text without any of them is passed at once, in a tenth of the time of a search for an end that fits; and where all
    texts are passed, the pattern is not even compiled.
    """

    def __init__(self, probes: str, pattern: str, flags: int = re.IGNORECASE, *, also: str = "") -> None:
        self._gates = tuple(tuple(words.split("|")) for words in (probes, also) if words)
        self._pattern = late(pattern, flags)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place that fits, as `re.Pattern.search` finds it."""
        return self._pattern.search(text) if self._may_be_in(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """What fits at the beginning, as `re.Pattern.match` finds it."""
        return self._pattern.match(text) if self._may_be_in(text) else None

    def findall(self, text: str) -> list[str]:
        """All that fits, as `re.Pattern.findall` gives it where nothing is captured."""
        return self._pattern.findall(text) if self._may_be_in(text) else []

    def without(self, text: str) -> str:
        """The text without all that fits."""
        return self._pattern.sub("", text) if self._may_be_in(text) else text

    def _may_be_in(self, text: str) -> bool:
        folded = text.lower()
        for words in self._gates:
            for word in words:
                if word in folded:
                    break
            else:
                return False
        return True

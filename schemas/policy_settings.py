"""Reading a table of settings that people wrote: values of the right kind, and the faults found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Final, Literal

from schemas import toml_layout
from schemas.policy import Problem
from schemas.text import clean_line, shorten

MOST_PROBLEMS: Final = 50
"""More faults than this are not told: the file is something else."""

MOST_LETTERS: Final = 60
"""The length of a name."""

Kind = Literal["text", "table", "list"]
_KINDS: Final[dict[Kind, type]] = {"text": str, "table": dict, "list": list}


class Settings:
    """One reading of one TOML text. `data` is what it holds, `file` its name in the problems."""

    def __init__(self, text: str, file: str, data: Mapping[str, Any]) -> None:
        self.text = text
        self.file = clean_line(file)
        self.data = data
        self.problems: list[Problem] = []

    @cached_property
    def _layout(self) -> toml_layout.Layout:
        return toml_layout.scan(self.text)

    @property
    def told(self) -> tuple[Problem, ...]:
        """The faults that were found, in the order of their lines."""
        found = sorted(self.problems, key=lambda problem: problem.line)
        if len(found) > MOST_PROBLEMS:
            more = Problem(self.file, found[MOST_PROBLEMS].line, "there is more that is wrong from here on")
            found = [*found[:MOST_PROBLEMS], more]
        return tuple(found)

    @property
    def told_enough(self) -> bool:
        """Whether there are more faults than are told."""
        return len(self.problems) > MOST_PROBLEMS

    def tell(self, path: toml_layout.Path, message: str, hint: str = "") -> None:
        """A fault at a place, and what to do about it."""
        if not self.told_enough:
            self.problems.append(Problem(self.file, self._layout.line(path), clean_line(message), clean_line(hint)))

    def names(self, table: Mapping[str, Any], known: tuple[str, ...], thing: str, path: toml_layout.Path) -> None:
        """Tell of keys that do not exist."""
        for name in table:
            if name not in known:
                self.unknown((*path, name), name, known, thing)

    def unknown(self, path: toml_layout.Path, word: str, words: tuple[str, ...], thing: str) -> None:
        """Tell of a word that does not exist, with the nearest that does."""
        if self.told_enough:
            return  # looking for the nearest of a thousand words would take long
        name = shorten(word, 40)
        by_case = {each.casefold(): each for each in reversed(words)}
        near = get_close_matches(name.casefold(), by_case, 1, cutoff=0.55)
        if near:
            meant, hint = f"did you mean {by_case[near[0]]}?", f"Write {by_case[near[0]]}, or delete it."
        else:
            meant, hint = f"there {'is' if len(words) == 1 else 'are'} {listed(words)}", "Write one of these."
        self.tell(path, f"there is no {thing} {name or '“”'}; {meant}", hint)

    def value(self, table: Mapping[str, Any], path: toml_layout.Path, kind: Kind, right: str) -> Any:
        """The value of the last key of a path, or None where there is none or it is of another kind."""
        value = table.get(str(path[-1]))
        if value is None or isinstance(value, _KINDS[kind]):
            return value
        self.tell(path, f"{name_of(path)} has to be {right}", "Write it so, or delete it.")
        return None

    def one_of(self, key: str, known: tuple[str, ...], default: str, thing: str) -> str:
        """The text of a key at the top; its default where there is none or one that does not exist."""
        value = self.value(self.data, (key,), "text", f'a text in quotes, such as {key} = "{known[0]}"')
        if value is None or value in known:
            return default if value is None else value
        self.unknown((key,), value, known, thing)
        return default

    def texts(self, table: Mapping[str, Any], path: toml_layout.Path, example: str) -> list[str] | None:
        """A list of texts; one text by itself is a list too. What is no text in it is told and left out."""
        if isinstance(value := table.get(str(path[-1])), str):
            return [value]
        if self.value(table, path, "list", f'a list of texts, such as ["{example}"]') is None:
            return None
        if not all(isinstance(each, str) for each in value or ()):
            self.tell(path, f"{name_of(path)} has to be a list of texts", f'Write each in quotes: ["{example}"].')
        return [each for each in value or () if isinstance(each, str)]

    def table(self, key: str, right: str) -> Mapping[str, Any]:
        """A table at the top; an empty one where there is none or something else."""
        found: Mapping[str, Any] | None = self.value(self.data, (key,), "table", right)
        return found or {}


def name_of(path: toml_layout.Path) -> str:
    """A place as it is written: `checks.select`."""
    return shorten(".".join(step for step in path if isinstance(step, str)), MOST_LETTERS)


def listed(words: tuple[str, ...]) -> str:
    """Words as a sentence lists them: `a, b and c`."""
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else "".join(words)

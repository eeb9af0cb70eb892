"""What a person decided about the conflicts of a merge so far, with every decision there to be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from schemas.merge_conflict import Choice, Conflict

_NOTHING: Final[Mapping[str, Choice]] = {}


class Decisions:
    """The choices for some conflicts, by key. Each change is a step that can be undone and done again."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        self._at = {conflict.key: at for at, conflict in enumerate(self.conflicts)}
        self._choices: Mapping[str, Choice] = _NOTHING
        self._before: list[tuple[str, Mapping[str, Choice]]] = []
        self._after: list[tuple[str, Mapping[str, Choice]]] = []

    @property
    def choices(self) -> Mapping[str, Choice]:
        """What was chosen, by the key of the conflict, for `schemas.merge.resolve`."""
        return self._choices

    @property
    def left(self) -> int:
        """How many are not decided."""
        return len(self.conflicts) - len(self._choices)

    @property
    def any_made(self) -> bool:
        """Whether there is anything that leaving would lose."""
        return bool(self._choices)

    def of(self, conflict: Conflict) -> Choice | None:
        """What was chosen for a conflict."""
        return self._choices.get(conflict.key)

    def choose(self, conflict: Conflict, choice: Choice) -> bool:
        """Decide one; False if it is decided so already.

        Raises:
            KeyError: it is none of these conflicts.
            ValueError: it has no such choice.
        """
        if conflict.key not in self._at:
            raise KeyError(conflict.key)
        if isinstance(choice, str) and choice not in conflict.choices:
            raise ValueError(f"{conflict.key}: there is {', '.join(conflict.choices)}")
        if self._choices.get(conflict.key) == choice:
            return False
        self._step(conflict.key, {**self._choices, conflict.key: choice})
        return True

    def choose_rest(self, choice: Choice) -> int:
        """Decide one way all that are not decided and have this choice; returns how many these are."""
        rest = [each for each in self.conflicts if each.key not in self._choices and choice in each.choices]
        if rest:
            self._step(rest[0].key, {**self._choices, **dict.fromkeys((each.key for each in rest), choice)})
        return len(rest)

    def reopen(self, conflict: Conflict) -> bool:
        """Leave one undecided again; False if it is."""
        if conflict.key not in self._choices:
            return False
        self._step(conflict.key, {key: choice for key, choice in self._choices.items() if key != conflict.key})
        return True

    def undo(self) -> int | None:
        """Take back the last step; returns the index of the conflict that it was about, None if there is none."""
        return self._go(self._before, self._after)

    def redo(self) -> int | None:
        """Do the last step that was taken back again; as `undo`."""
        return self._go(self._after, self._before)

    def next_open(self, at: int, step: int = 1) -> int | None:
        """The index of the next conflict behind (or before) one that is not decided, around the end; None if all are.

        It may be the one at `at` itself, where that is the only one.
        """
        count = len(self.conflicts)
        places = ((at + step * distance) % count for distance in range(1, count + 1))
        return next((place for place in places if self.conflicts[place].key not in self._choices), None)

    def _step(self, key: str, choices: Mapping[str, Choice]) -> None:
        self._before.append((key, self._choices))
        self._after.clear()
        self._choices = choices

    def _go(
        self, source: list[tuple[str, Mapping[str, Choice]]], target: list[tuple[str, Mapping[str, Choice]]]
    ) -> int | None:
        if not source:
            return None
        key, choices = source.pop()
        target.append((key, self._choices))
        self._choices = choices
        return self._at[key]

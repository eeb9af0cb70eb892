"""The one undo history of a document: what it was before and after each change.

A step holds both documents. Frozen models share what a change did not touch, so a step costs little and undoing is
exact: there is no inverse operation that could be wrong.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from schemas.incident import Incident

MERGE_WITHIN: Final = 2.0
"""Seconds of pause after which typing in the same field begins a new step."""

LIMIT: Final = 2_000
"""Steps kept; older ones fall off."""


class Target(Struct, frozen=True):
    """Where a change was made, so that undoing it can show it: a place such as `events/k7q2`, an offset in its text."""

    place: str
    offset: int | None = None


class Step(Struct, frozen=True):
    """One change that can be undone. `label` says what it did, such as "typing in Summary"."""

    before: Incident
    after: Incident
    label: str
    merge_key: str | None
    target: Target | None
    at: float


class History:
    """Steps done and undone. Steps with the same merge key, close in time, become one until `seal` is called."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._sealed = True

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def record(self, step: Step) -> None:
        """Add a step that was just done; what had been undone is forgotten."""
        self._undone.clear()
        last = self._done[-1] if self._done and not self._sealed else None
        if (
            last is not None
            and step.merge_key is not None
            and last.merge_key == step.merge_key
            and step.at - last.at <= MERGE_WITHIN
        ):
            self._done[-1] = Step(last.before, step.after, last.label, step.merge_key, step.target, step.at)
        else:
            self._done.append(step)
            del self._done[:-LIMIT]
        self._sealed = False

    def seal(self) -> None:
        """End the current step: the next change is its own."""
        self._sealed = True

    def undo(self) -> Step | None:
        """Take back the last step and return it, or None."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self._sealed = True
        return step

    def redo(self) -> Step | None:
        """Do the last undone step again and return it, or None."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self._sealed = True
        return step

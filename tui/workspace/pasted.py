"""A text that was pasted, where a person could have named a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pasted:
    """The text, as the terminal gave it."""

    text: str

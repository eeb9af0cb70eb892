"""A text that was pasted, where a person could have named a file."""

from __future__ import annotations

from msgspec import Struct


class Pasted(Struct, frozen=True):
    """The text, as the terminal gave it."""

    text: str

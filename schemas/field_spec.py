"""What there is to know of one field: its label, its help, and how a text becomes its value and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from schemas import field_times as times
from schemas import field_values as values
from schemas.field_values import FieldError
from schemas.readings import Context

Reader = Callable[[str, Context], Any]
"""Reads a text; raises `FieldError` where it means no value."""

Writer = Callable[[Any, Context], str]
"""Writes a value as text that reads as the same value."""

Choices = Callable[[], tuple[str, ...]]
"""Gives values."""

_NOWHERE: Final = Context()

NEEDED: Final = object()
"""Stands for the default of a field that has none."""


class FieldSpec(Struct, frozen=True):
    """One field, named after its list and its key in the file, such as `event.at`.

    `choices` gives values to offer for completion; others may be right too. To find them can take some milliseconds.
    """

    key: str
    label: str
    help: str
    reader: Reader
    writer: Writer
    default: Any
    choices: Choices | None

    @property
    def name(self) -> str:
        """The key within its item, such as `at`."""
        return self.key.partition(".")[2]

    def parse(self, text: str, context: Context = _NOWHERE) -> Any:
        """The value that a text means.

        Raises:
            FieldError: it means none; the message says what would be right.
        """
        return self.reader(text, context) if text.strip() else self._empty()

    def format(self, value: Any, context: Context = _NOWHERE) -> str:
        """A value as text that reads as the same value in the same context."""
        return self.writer(value, context)

    def changes(self, text: str, context: Context = _NOWHERE) -> dict[str, Any]:
        """All fields of the item that a text sets, where it says more than this field holds.

        `~14:05-14:20` in `event.at` sets `until` and `about` too, and `75%` in `impact.amount` the unit.

        Raises:
            FieldError: the text means no value; the message says what would be right.
        """
        if not text.strip():
            empty = self._empty()
            return empty if isinstance(empty, dict) else {self.name: empty}
        if self.key == "event.at":
            said = times.reading(text, context).changes
            return {"at": said["at"]} | {name: value for name, value in said.items() if value}
        if self.key == "impact.amount":
            return values.amount(text)
        value = self.parse(text, context)
        return value if isinstance(value, dict) else {self.name: value}

    def _empty(self) -> Any:
        if self.default is NEEDED:
            raise FieldError(f"{self.label} cannot be empty; write at least a word")
        return dict(self.default) if isinstance(self.default, dict) else self.default

"""Text fields that act on their own keys in the order in which all keys come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events
from textual.widget import Widget

if TYPE_CHECKING:
    _Mixin = Widget
else:
    # Textual looks for the styles of a widget in its first base that is a widget.
    _Mixin = object

_LEADS_ON: Final = frozenset({"enter", "escape"})
"""Keys of a line that end it."""


class OwnKeys(_Mixin):
    """A mixin for fields, to stand before the class of the field.

    Textual acts on a field's binding, such as that of End or Backspace, when the key has come up to the app again. By
    then letters that were typed right behind it have been put in, in the wrong place: on a line where keys come in
    bunches that happens.
    """

    own_keys_lead_on = _LEADS_ON
    """Keys after which the keys that follow may belong to something else."""

    async def _on_key(self, event: events.Key) -> None:
        if (action := self._own_action(event.key)) is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(action)

    def keeps(self, event: events.Key) -> bool:
        """Whether the key that is typed next belongs to this field, too."""
        if event.key in self.own_keys_lead_on:
            return False
        # A terminal sends the letter of a key with Alt along.
        typed = event.is_printable and not event.key.startswith("alt+")
        return typed or event.key == "enter" or self._own_action(event.key) is not None

    def _own_action(self, key: str) -> str | None:
        # A line is a view that could be scrolled, by keys that are meant for what is around it.
        found = (binding.action for binding in self._bindings.key_to_bindings.get(key, ()))
        return next((action for action in found if not action.startswith("scroll_")), None)

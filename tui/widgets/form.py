"""Fields with labels: what makes sense is in the document at once, anything else is refused at the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from tui.widgets.bindings import bindings
from tui.widgets.field_row import Field, FieldRow

Commit = Callable[[str, str], str]
"""Takes a field's key and text into the document; returns what is wrong with it, or nothing."""


class Form(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Rows of fields. `commit` takes each change; `help` of the field in focus is told by `Entered`."""

    DEFAULT_CSS = """
    Form {
        background: $background;
        scrollbar-size: 1 1;
        scrollbar-background: $background;
        scrollbar-color: $panel-lighten-1;
        padding: 0 1 0 0;
    }
    """
    # Of the keys that scroll only these: the others are commands of the document, such as the next section.
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form"),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]

    class Entered(Message):
        """The focus is in a field now."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    class ChoicesWanted(Message):
        """A field's known values are wanted."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, commit: Commit, id: str | None = None) -> None:
        super().__init__(id=id)
        self._commit = commit
        self._fields: tuple[Field, ...] = ()
        self._what = ""
        self._typing = ""
        self._cleared = ""

    @property
    def what(self) -> str:
        """What the form is about, such as `overview` or `events/k7q2`."""
        return self._what

    async def show(self, what: str, fields: Sequence[Field]) -> None:
        """Show fields; the rows are kept where they are about the same thing."""
        keys = [(field.key, field.lines) for field in fields]
        same = what == self._what and keys == [(field.key, field.lines) for field in self._fields]
        self._fields = tuple(fields)
        self._what = what
        if same:
            self.refresh_values(fields)
            return
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(FieldRow(field, self._typed) for field in fields)

    def refresh_values(self, fields: Sequence[Field]) -> None:
        """Show what the document says now, in the same rows."""
        self._fields = tuple(fields)
        for row, field in zip(self.query(FieldRow), fields, strict=False):
            # What the person is typing stays as they type it, even where the document would write it otherwise.
            if field.key in (self._typing, self._cleared):
                row.committed(field.text)
            else:
                row.show(field)

    def row(self, key: str) -> FieldRow | None:
        """The row of a field."""
        return next((row for row in self.query(FieldRow) if row.field.key == key), None)

    def focus_field(self, key: str | None = None) -> bool:
        """Put the focus into a field, or the first one."""
        rows = list(self.query(FieldRow))
        row = next((row for row in rows if row.field.key == key), rows[0] if rows and key is None else None)
        if row is None:
            return False
        self.screen.set_focus(row.control)
        return True

    def focused_row(self) -> FieldRow | None:
        """The row with the focus."""
        focused = self.screen.focused
        return next((row for row in self.query(FieldRow) if focused is not None and row in focused.ancestors), None)

    def settle(self) -> None:
        """Take a field that was cleared as empty, now that the person is done with it."""
        key, self._cleared = self._cleared, ""
        if key:
            self._take(key, "")

    def on_descendant_blur(self) -> None:
        """A field was left."""
        self.settle()

    def _typed(self, key: str, text: str) -> None:
        row = self.row(key)
        if row is not None and row.field.patient and not text.strip():
            self._cleared = key
            row.complain("")
            return
        if key == self._cleared:
            self._cleared = ""
        self._take(key, text)

    def _take(self, key: str, text: str) -> None:
        self._typing = key
        try:
            message = self._commit(key, text)
        finally:
            self._typing = ""
        if row := self.row(key):
            row.complain(message)

    def on_descendant_focus(self) -> None:
        """Tell which field has the focus."""
        if row := self.focused_row():
            self.post_message(self.Entered(row.field))

    def action_choices(self) -> None:
        """Ask for the known values of the field, or go to the next one where there are none."""
        row = self.focused_row()
        if row is None:
            return
        if row.field.choices:
            self.post_message(self.ChoicesWanted(row))
        else:
            self.action_next_field()

    def action_next_field(self) -> None:
        """One field down."""
        self._step(1)

    def action_previous_field(self) -> None:
        """One field up."""
        self._step(-1)

    def _step(self, steps: int) -> None:
        rows = list(self.query(FieldRow))
        here = self.focused_row()
        if here in rows and here is not None:
            at = rows.index(here) + steps
            if 0 <= at < len(rows):
                self.screen.set_focus(rows[at].control)
            elif steps > 0:
                self.screen.focus_next()
            else:
                self.screen.focus_previous()

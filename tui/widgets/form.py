"""Fields with labels: what makes sense is in the document at once, anything else is refused at the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from schemas.text import clean_line
from tui.widgets.bindings import bindings
from tui.widgets.own_keys import OwnKeys
from tui.widgets.prose_editor import ProseEditor
from tui.widgets.rows import fit_right

_LABEL: Final = 15
"""Cells in which a label stands at the right; one more is free before the input."""

Commit = Callable[[str, str], str]
"""Takes a field's key and text into the document; returns what is wrong with it, or nothing."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a form shows of one field. `choices` are offered for completion; `lines` over 1 make it a text.

    A `patient` field is taken as empty only when it is left: whoever clears a time to type another one has not yet
    said that it is unknown.
    """

    key: str
    label: str
    text: str
    help: str = ""
    choices: tuple[str, ...] = ()
    several: bool = False
    lines: int = 1
    patient: bool = False


class FieldInput(OwnKeys, Input, inherit_bindings=False):
    """One line of text in a form, committed as it is typed."""

    DEFAULT_CSS = """
    FieldInput {
        border: none;
        height: 1;
        padding: 0 1;
        background: $surface;
        color: $foreground;
        &:focus { border: none; background: $primary-muted; }
        .input--cursor { background: $foreground; color: $background; }
        .input--suggestion { color: $secondary; }
        .input--placeholder { color: $secondary; }
        .input--selection { background: $primary 40%; }
    }
    """

    # Not those that scroll: where there is nothing to scroll they are commands of the document.
    BINDINGS: ClassVar[list[BindingType]] = [*Input.BINDINGS]

    def __init__(self, field: Field, changed: Callable[[str, str], None]) -> None:
        suggester = SuggestFromList(field.choices, case_sensitive=False) if field.choices else None
        super().__init__(field.text, suggester=suggester, select_on_focus=False, validate_on=())
        self.field = field
        self.cursor_blink = False
        self._changed = changed
        self._quiet = False
        self.shown = field.text

    def show(self, text: str) -> None:
        """Show what the document says now; what is being typed stays unless the document says something else."""
        if text != self.shown:
            self.shown = text
            self._quiet = True
            try:
                self.value = text
            finally:
                self._quiet = False

    def watch_value(self, value: str) -> None:
        """Commit at once: a save right behind the key must see it."""
        if self.is_mounted and not self._quiet:
            self._changed(self.field.key, value)

    async def _on_key(self, event: events.Key) -> None:
        """Leave keys with Alt to the commands; a terminal sends their letter along."""
        if event.key.startswith("alt+"):
            event.prevent_default()

    def _on_paste(self, event: events.Paste) -> None:
        """Take pasted text as one line."""
        event.stop()
        event.prevent_default()
        self.replace(clean_line(event.text.strip("\r\n")), *self.selection)


class FieldRow(Vertical):
    """A label, its input, and below them what is wrong with what was typed.

    The label is drawn by the row itself, and the line below is only there once something is wrong: a form has many
    rows, and each widget costs when a document is opened.
    """

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        color: $secondary;
        &:focus-within { color: $accent; }
        .wrong { display: none; height: auto; padding: 0 1 0 17; color: $error; }
        &.-wrong .wrong { display: block; }
        FieldInput, ProseEditor { margin: 0 0 0 16; }
        ProseEditor { height: 4; background: $surface; &:focus { background: $primary-muted; } }
    }
    """

    def __init__(self, field: Field, changed: Callable[[str, str], None]) -> None:
        super().__init__()
        self.field = field
        self._changed = changed

    def compose(self) -> ComposeResult:
        """What takes the keys."""
        if self.field.lines > 1:
            yield ProseEditor(commit=lambda text: self._changed(self.field.key, text), prompt=self.field.help)
        else:
            yield FieldInput(self.field, self._changed)

    def render(self) -> Content:
        """The label."""
        return Content.styled(fit_right(self.field.label, _LABEL), "bold" if self.has_focus_within else "")

    def on_mount(self) -> None:
        """Fill a text of several lines, which cannot be given on construction."""
        for editor in self.query(ProseEditor):
            editor.styles.height = self.field.lines
            editor.show(self.field.text, fresh=True)

    def show(self, field: Field) -> None:
        """Show what the document says now."""
        for editor in self.query(ProseEditor):
            editor.show(field.text)
        for line in self.query(FieldInput):
            if line.shown != field.text:
                self.complain("")
            line.show(field.text)

    def committed(self, text: str) -> None:
        """What was typed is in the document, which now writes the field so."""
        for line in self.query(FieldInput):
            line.shown = text

    def complain(self, message: str) -> None:
        """Say what is wrong below the field, or nothing any more."""
        self.set_class(bool(message), "-wrong")
        told = self.query_one_optional(".wrong", Static)
        if told is not None:
            told.update(Content(f"✗ {message}" if message else ""))
        elif message:
            self.mount(Static(Content(f"✗ {message}"), classes="wrong"))

    @property
    def control(self) -> FieldInput | ProseEditor:
        """What takes the keys."""
        return next(iter(self.query(ProseEditor)), None) or self.query_one(FieldInput)


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

"""A field of a form: its label, its input, and what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from schemas.text import clean_line
from tui.widgets.own_keys import OwnKeys
from tui.widgets.prose_editor import ProseEditor
from tui.widgets.rows import fit_right

_LABEL: Final = 15
"""Cells in which a label stands at the right; one more is free before the input."""


class Field(Struct, frozen=True):
    """What a form shows of one field. What `choices` gives is offered for completion, if anything is; `lines` over 1
    make it a text.

    A `patient` field is taken as empty only when it is left: whoever clears a time to type another one has not yet
    said that it is unknown.
    """

    key: str
    label: str
    text: str
    help: str = ""
    choices: Callable[[], tuple[str, ...]] | None = None
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
        super().__init__(field.text, select_on_focus=False, validate_on=())
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

    def on_focus(self) -> None:
        """Complete what is typed from here on; to find the names of all zones takes longer than to show the form."""
        if self.suggester is None and self.field.choices is not None:
            self.suggester = SuggestFromList(self.field.choices(), case_sensitive=False)

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

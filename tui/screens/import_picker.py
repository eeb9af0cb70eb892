"""Choosing the document to import: a path with completion over what the folder holds, or pasted text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.screens.dialogs import Dialog
from tui.widgets.rows import Rows, Span, fit, fit_right
from tui.workspace.errors import shown
from tui.workspace.import_paths import (
    Found,
    as_path,
    completed,
    folder_text,
    is_document,
    listing,
    size_text,
    split_path,
    whole_path,
)
from tui.workspace.pasted import Pasted

PASTE: str = "paste"
"""What the dialog gives where the person wants a window to paste into."""


_FOOT = "Paste the document right here, or press ^T"


class _PathLine(Input):
    """The line for the path. Tab completes; what is pasted is a path, or a whole document."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "screen.complete", show=False, priority=True)]

    class Document(Message):
        """A document was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if is_document(event.text):
            self.post_message(self.Document(event.text))
            return
        path = as_path(event.text)
        if path.startswith(("/", "~")):
            self.value = path
            self.cursor_position = len(path)
        else:
            self.insert_text_at_cursor(path)


class _Listing(Rows):
    """What the folder holds."""

    DEFAULT_CSS = "_Listing { height: 1fr; }"
    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self.found: Sequence[Found] = ()

    def show(self, found: Sequence[Found]) -> None:
        """Show other files."""
        self.found = found
        self.rows_changed(len(found), 0)
        self.refresh()

    def empty_text(self) -> Sequence[str]:
        """Nothing fits."""
        return (" No document of that name here. Any file can be named; text can be pasted.",)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """Name, size, day."""
        found = self.found[index]
        here = "▌ " if index == self.index else "  "
        note = ""
        if not found.folder:
            day = f"{found.changed:%Y-%m-%d}" if found.changed else ""
            note = f"{fit_right(size_text(found.size), 8)}  {day} "
        return (
            (here, "accent"),
            (fit(found.name, width - 2 - len(note)), "muted" if found.folder else "text"),
            (note, "muted"),
        )


class ImportPicker(Dialog[Path | Pasted | str]):
    """Gives the path of a document, a pasted text, `PASTE` for a window to paste into, or None."""

    DEFAULT_CSS = """
    ImportPicker > Vertical { width: 84; height: 80%; max-height: 30; }
    ImportPicker Input { margin: 0; }
    ImportPicker .foot { height: auto; color: $secondary; &.wrong { color: $error; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor(-1)", show=False),
        Binding("down", "cursor(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("ctrl+t,f4", "paste", show=False, priority=True),
    ]

    def __init__(self, folder: Path, *, at: Path | None = None) -> None:
        """`folder` is where to look first, `at` a file in it to have the cursor on."""
        super().__init__()
        self._folder = folder.resolve()
        self._at = at
        self._shown = ""

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(" Import a document ")
            box.border_subtitle = "Tab completes · ↑↓ Enter · Esc"
            line = _PathLine(folder_text(self._folder), select_on_focus=False)
            line.cursor_blink = False
            yield line
            yield _Listing()
            yield Static("", classes="foot", markup=False)

    def on_mount(self) -> None:
        """The folder, and the cursor in the line."""
        self.set_focus(self.query_one(Input))
        self._show(self.query_one(Input).value)
        files = self.query_one(_Listing)
        names = [each.path.name for each in files.found]
        if self._at is not None and self._at.name in names:
            files.rows_changed(len(names), names.index(self._at.name))
        self._tell(_FOOT)

    def _tell(self, words: str, *, wrong: bool = False) -> None:
        foot = self.query_one(".foot", Static)
        foot.update(Content(f"✗ {words}" if wrong else words))
        foot.set_class(wrong, "wrong")

    def _show(self, text: str) -> None:
        self._shown = text
        folder, start = split_path(text, self._folder)
        self.query_one(_Listing).show(listing(folder, start))

    def on_input_changed(self, event: Input.Changed) -> None:
        """What fits; the line tells of its first words, too, which are shown already."""
        event.stop()
        if event.value != self._shown:
            self._show(event.value)
            self._tell(_FOOT)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the file that was typed, or what the cursor is on; go into folders."""
        event.stop()
        text = event.value
        path = whole_path(text, self._folder)
        files = self.query_one(_Listing)
        # A folder with its slash stands for what is in it.
        if text.strip() and not text.rstrip().endswith("/") and path.is_file() and not files.index:
            self.dismiss(path)
        elif files.found:
            self._take(files.found[files.index])
        elif path.is_dir():
            self._go(path)
        else:
            self._tell(f"there is no file {shown(path)}", wrong=True)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A click takes it."""
        event.stop()
        self._take(self.query_one(_Listing).found[event.index])

    def _take(self, found: Found) -> None:
        if found.folder:
            self._go(found.path)
        else:
            self.dismiss(found.path)

    def _go(self, folder: Path) -> None:
        line = self.query_one(Input)
        line.value = folder_text(folder)
        line.cursor_position = len(line.value)

    def action_complete(self) -> None:
        """As much of the name as is common to all that fits; with nothing more in common, what the cursor is on."""
        line = self.query_one(Input)
        files = self.query_one(_Listing)
        longer = completed(line.value, self._folder)
        if longer == line.value and files.found:
            found = files.found[files.index]
            folder, start = split_path(line.value, self._folder)
            if start or files.index:
                longer = f"{folder_text(folder.resolve())}{found.path.name}{'/' if found.folder else ''}"
        line.value = longer
        line.cursor_position = len(longer)

    def action_paste(self) -> None:
        """A window to paste into."""
        self.dismiss(PASTE)

    def on__path_line_document(self, event: _PathLine.Document) -> None:
        """A document was pasted: it is what is to be imported."""
        event.stop()
        self.dismiss(Pasted(event.text))

    def action_cursor(self, steps: int) -> None:
        """Move the cursor in the list."""
        self.query_one(_Listing).action_cursor(steps)

    def action_page(self, pages: int) -> None:
        """Move by a screenful."""
        self.query_one(_Listing).action_page(pages)

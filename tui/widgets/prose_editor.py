"""The text editor of a section: what is typed is in the document before the next key is read.

Three things differ from a plain text area. Text is committed synchronously from `edit`, the one place through which
typing, pasting, cutting and deleting all go, so a save or a quit right behind a burst of keys cannot miss any. The
document's history is the only one. And a key repaints only the lines that it changed, which over a slow line is the
difference between typing and waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.document._document import Document, EditResult, Location, Selection
from textual.document._edit import Edit
from textual.geometry import Region
from textual.widgets import TextArea

from schemas.text import clean_prose
from tui.widgets.own_keys import OwnKeys
from tui.widgets.prose_area import ProseArea

_TAKEN = {"f6", "f7", "ctrl+z", "super+z", "ctrl+y", "super+y"}


class ProseEditor(OwnKeys, ProseArea, inherit_bindings=False):
    """A Markdown text. `commit` is called with the whole text after each change that a person made."""

    DEFAULT_CSS = """
    ProseEditor {
        border: none;
        padding: 0 1;
        background: $background;
        color: $foreground;
        scrollbar-size: 1 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $panel-lighten-1;
        &:focus { border: none; }
        .text-area--cursor { background: $foreground; color: $background; }
        .text-area--selection { background: $primary 40%; }
        .text-area--placeholder { color: $secondary; }
        .prose--heading { text-style: bold; color: $accent; }
        .prose--mark { color: $accent; }
        .prose--code { color: $warning; }
        .prose--link { text-style: underline; }
    }
    """
    own_keys_lead_on = frozenset({"escape"})
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            binding
            for binding in TextArea.BINDINGS
            if isinstance(binding, Binding) and not _TAKEN & {key.strip() for key in binding.key.split(",")}
        ),
        Binding("ctrl+home", "cursor_text_end(False)", show=False),
        Binding("ctrl+end", "cursor_text_end(True)", show=False),
        Binding("ctrl+shift+home", "cursor_text_end(False, True)", show=False),
        Binding("ctrl+shift+end", "cursor_text_end(True, True)", show=False),
    ]

    def __init__(self, *, commit: Callable[[str], None], prompt: str = "", id: str | None = None) -> None:
        super().__init__(prompt=Content(prompt), id=id)
        self.cursor_blink = False
        self._commit = commit
        self._showing = False
        self._held = 0
        self._skip_refresh = False

    def show(self, text: str, *, fresh: bool = False) -> None:
        """Show another text, with the smallest change that leads to it; the cursor stays where its words are.

        `fresh` says that it is another section: the cursor goes to the start.
        """
        if fresh:
            self._showing = True
            try:
                self.load_text(text)
            finally:
                self._showing = False
            return
        old = self.text
        if old == text:
            return
        head = _common(old, text)
        tail = _common(old[head:][::-1], text[head:][::-1])
        start = self._plain.get_location_from_index(head)
        end = self._plain.get_location_from_index(len(old) - tail)
        cursor = self.offset_in_text
        if cursor >= len(old) - tail:
            cursor += len(text) - len(old)
        elif cursor > head:
            cursor = len(text) - tail
        self._showing = True
        try:
            self.replace(text[head : len(text) - tail], start, end, maintain_selection_offset=False)
            self.move_cursor(self._plain.get_location_from_index(max(0, min(cursor, len(text)))))
        finally:
            self._showing = False

    def action_cursor_text_end(self, last: bool, select: bool = False) -> None:
        """To the end of the text, or to its start."""
        self.move_cursor(self.document.end if last else (0, 0), select=select)

    @property
    def _plain(self) -> Document:
        assert isinstance(self.document, Document)
        return self.document

    @property
    def offset_in_text(self) -> int:
        """Where the cursor is, counted in characters from the start."""
        return self._plain.get_index_from_location(self.cursor_location)

    def go_to_offset(self, offset: int, length: int = 0) -> None:
        """Put the cursor at a place in the text and select what follows, if a length is given."""
        start = self._plain.get_location_from_index(max(0, min(offset, len(self.text))))
        end = self._plain.get_location_from_index(max(0, min(offset + length, len(self.text))))
        self.selection = Selection(start, end)
        self.scroll_cursor_visible(center=True, animate=False)

    def edit(self, edit: Edit) -> EditResult:
        """Make a change, and commit the text at once unless it came from the document itself."""
        if not self._showing:
            edit.text = clean_prose(edit.text)
        before, row, bracket = self._look(), self._cursor_offset[1], self._matching_bracket_location
        with self._held_repaints():
            result = super().edit(edit)
        changed = self.wrapped_document.changed
        if changed is not None and before == self._look():
            self._refresh_lines({row, self._cursor_offset[1], *range(changed[0], changed[1] + 1)})
            self._refresh_brackets(bracket)
        else:
            self.refresh()
        if not self._showing:
            self._commit(self.text)
        return result

    def _look(self) -> tuple[object, ...]:
        """What stays the same where an edit changes nothing but a few lines; different each time where it cannot."""
        plain = self.selection.is_empty and not self.is_blank
        return self.size, self.wrapped_document.height, self.scroll_offset, None if plain else object()

    @contextmanager
    def _held_repaints(self) -> Iterator[None]:
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Any:
        """Repaint; while an edit is made, a repaint of everything is left to `edit`, which knows what changed."""
        if not regions and repaint and not layout and not recompose:
            if getattr(self, "_held", 0):
                return self
            if getattr(self, "_skip_refresh", False):
                self._skip_refresh = False
                return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        scroll, row, bracket = self.scroll_offset, self._cursor_offset[1], self._matching_bracket_location
        self._skip_refresh = False
        super()._watch_selection(previous_selection, selection)
        if (
            self.is_mounted
            and not self._held
            and not self.is_blank
            and previous_selection.is_empty
            and selection.is_empty
            and self.scroll_offset == scroll
        ):
            # The reactive asks for a repaint of the whole widget right after this; two lines are enough.
            self._refresh_lines({row, self._cursor_offset[1]})
            self._refresh_brackets(bracket)
            self._skip_refresh = True

    def _refresh_lines(self, rows: Collection[int]) -> None:
        """Draw visual lines anew."""
        top, width, height = self.scroll_offset.y, self.size.width, self.size.height
        regions = [Region(0, row - top, width, 1) for row in rows if 0 <= row - top < height]
        if regions:
            self.refresh(*regions)

    def _refresh_brackets(self, before: Location | None) -> None:
        """Draw the lines of the brackets anew that were marked, and that are marked now."""
        now, count = self._matching_bracket_location, self.document.line_count
        if before != now:
            places = (place for place in (before, now) if place is not None and place[0] < count)
            self._refresh_lines({self.wrapped_document.location_to_offset(place)[1] for place in places})

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Leave keys with Alt to the commands; a terminal sends their letter along."""
        return not key.startswith("alt+") and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.key.startswith("alt+"):
            await OwnKeys._on_key(self, event)
            # The text area's own handler comes after this one, and would type the letter.
            event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        """Take pasted text as it is, made safe."""
        if self.read_only:
            return
        event.stop()
        event.prevent_default()
        if result := self._replace_via_keyboard(clean_prose(event.text), *self.selection):
            self.move_cursor(result.end_location)


def _common(a: str, b: str) -> int:
    """How many characters two texts have in common at the start."""
    limit = min(len(a), len(b))
    if a[:limit] == b[:limit]:
        return limit
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low

"""A text area for Markdown that draws only what is seen: a visual line costs its own words, not its paragraph's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, pairwise
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from tui.widgets.content_size import set_content_size
from tui.widgets.prose_wrapping import ProseWrapping

_MARKS: Final = re.compile(
    r"^(#{1,6} .*)$|^(\s*(?:[-*+]|\d+[.)]) )|(`[^`\n]+`)|(\*\*[^*\n]+\*\*)|^(>.*)$|(https?://\S+)"
)
_ROLES: Final = ("heading", "mark", "code", "heading", "mark", "link")
_LONG: Final = 4_000
"""Characters of a line from which on its marks are looked for only near what is seen."""
_NEAR: Final = 1_000
_BRACKETS_WITHIN: Final = 5_000
"""Characters in which the other one of a pair of brackets is looked for."""

_Layer = tuple[int, int, Style]
"""Columns of a line, from a first to behind a last one, and how they look."""


class ProseArea(TextArea, inherit_bindings=False):
    """The text area. Nobody listens to what it would tell of each change: `edit` is where text is committed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"prose--heading", "prose--mark", "prose--code", "prose--link"}

    _styled: object = None
    """The theme that the styles of the widget have been put into."""

    def __init__(self, *, prompt: Content, id: str | None) -> None:
        self._role_styles: dict[str, Style] = {}
        super().__init__(
            "", soft_wrap=True, show_line_numbers=False, tab_behavior="focus", max_checkpoints=0, id=id,
            placeholder=prompt, highlight_cursor_line=False,
        )  # fmt: skip

    @property
    def wrapped_document(self) -> ProseWrapping:
        """Where the text is wrapped."""
        return self._wrapping

    @wrapped_document.setter
    def wrapped_document(self, made: WrappedDocument) -> None:
        self._wrapping = ProseWrapping(made.document, tab_width=made._tab_width)

    @property
    def is_blank(self) -> bool:
        """Whether there is no text."""
        lines = self.document.lines
        return len(lines) < 2 and not any(lines)

    def post_message(self, message: Message) -> bool:
        """Tell what happens; that a text or its selection changed would wake everything around it, for nothing."""
        if isinstance(message, TextArea.Changed | TextArea.SelectionChanged):
            return False
        return super().post_message(message)

    def _yield_character_locations(self, start: Location) -> Iterable[tuple[str, Location]]:
        return islice(super()._yield_character_locations(start), _BRACKETS_WITHIN)

    def _yield_character_locations_reverse(self, start: Location) -> Iterable[tuple[str, Location]]:
        return islice(super()._yield_character_locations_reverse(start), _BRACKETS_WITHIN)

    @property
    def wrap_width(self) -> int:
        """How many cells a line may have; also while the area is hidden, so that it comes up wrapped as it was."""
        return max(0, self.outer_size.width - self.gutter.width - 1)

    def _rewrap_and_refresh_virtual_size(self) -> None:
        if self.wrapped_document.width == self.wrap_width:
            self._refresh_size()
            return
        super()._rewrap_and_refresh_virtual_size()
        # As many lines as before may hold other words.
        self.refresh()

    def _refresh_size(self) -> None:
        size = Size(0, self.wrapped_document.height)
        if size != self.virtual_size:
            set_content_size(self, size)
            self.refresh()
        self._refresh_scrollbars()

    # Drawing

    def notify_style_update(self) -> None:
        """Forget colours of another theme."""
        self._styled = None
        self._role_styles.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget. What its styles come to is found out once, not at every repaint."""
        if self._styled is not self._theme and self._theme is not None:
            self._theme.apply_css(self)
            self._styled = self._theme
        return Widget.render_lines(self, crop)

    def render_line(self, y: int) -> Strip:
        """A visual line."""
        if self.is_blank and self.placeholder:
            return super().render_line(y)
        place = self.wrapped_document.place_of(y + self.scroll_offset.y)
        theme = self._theme
        if theme is None or (place is not None and "\t" in self.document.get_line(place[0])):
            return self._render_line(y)
        base = theme.base_style or self.rich_style
        if place is None:
            return Strip.blank(self.size.width, base)
        row, number = place
        line = self.document.get_line(row)
        start, end = self.wrapped_document.section(row, number)
        words = line[start:end]
        if end == len(line):
            words += self._behind(row)
            end += 1
        layers = [layer for layer in self._layers(row, line, start, end) if layer[0] < end and layer[1] > start]
        strip = Strip(_segments(words, start, base, layers))
        return strip.extend_cell_length(self.scrollable_content_region.width, base)

    def _behind(self, row: int) -> str:
        """What stands behind the words of a line: room for the cursor; half a block where it is empty and selected."""
        top, bottom = sorted(self.selection)
        selected = top != bottom and top[0] <= row <= bottom[0] and row != self.cursor_location[0]
        return "▌" if selected and not self.document.get_line(row) else " "

    def _layers(self, row: int, line: str, start: int, end: int) -> Iterable[_Layer]:
        """How the columns of a line look, at least of those from `start` to `end`; what comes later lies above."""
        for first, last, name in _marks(line, start, end):
            yield first, last, self._role_style(name)
        theme = self._theme
        assert theme is not None
        top, bottom = sorted(self.selection)
        if top != bottom and top[0] <= row <= bottom[0] and (selected := theme.selection_style):
            if not line and row != self.cursor_location[0]:
                yield 0, 1, Style(color=selected.bgcolor)
            else:
                yield top[1] if row == top[0] else 0, bottom[1] if row == bottom[0] else len(line), selected
        other = self._matching_bracket_location if self._has_cursor and self.match_cursor_bracket else None
        paired = theme.bracket_matching_style if other is not None and top == bottom else None
        cursor_row, column = self.cursor_location
        if row == cursor_row and paired:
            yield column, column + 1, paired
        if row == cursor_row and self._draw_cursor and theme.cursor_style:
            yield column, column + 1, theme.cursor_style
        if paired and other is not None and row == other[0]:
            yield other[1], other[1] + 1, paired

    def _role_style(self, name: str) -> Style:
        style = self._role_styles.get(name)
        if style is None:
            style = self._role_styles[name] = self.get_component_rich_style(f"prose--{name}", partial=True)
        return style


def _marks(line: str, start: int, end: int) -> Iterable[tuple[int, int, str]]:
    """Where the Markdown of a line is coloured: from, to, as what."""
    if len(line) <= _LONG:
        return _all_marks(line)
    whole = _MARKS.match(line)
    if whole is not None and whole.end() == len(line):
        return [_mark(whole)]
    return map(_mark, _MARKS.finditer(line, max(0, start - _NEAR), end + _NEAR))


@lru_cache(64)
def _all_marks(line: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(map(_mark, _MARKS.finditer(line)))


def _mark(found: re.Match[str]) -> tuple[int, int, str]:
    group = found.lastindex or 1
    return (*found.span(group), _ROLES[group - 1])


def _segments(words: str, at: int, base: Style, layers: list[_Layer]) -> list[Segment]:
    """Words that begin in column `at`, in pieces that look alike."""
    end = at + len(words)
    edges = sorted({at, end, *(min(max(edge, at), end) for first, last, _ in layers for edge in (first, last))})
    made: list[Segment] = []
    for start, stop in pairwise(edges):
        style = base
        for first, last, above in layers:
            if first <= start < last:
                style = style + above
        made.append(Segment(words[start - at : stop - at], style))
    return made

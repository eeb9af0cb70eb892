"""The two lines at the head of a review: the title and how far one is; the bar, or the lengths of the incident."""

from __future__ import annotations

from itertools import zip_longest

from schemas.comments import by_place, open_threads
from tui.screens.headlines import metric_spans, state_spans
from tui.screens.review_parts import ReviewParts
from tui.widgets.rows import Span
from tui.widgets.step_bar import bar_spans, bar_words, widest_words
from tui.widgets.step_sheet import SheetLine, line_width, two_sided
from tui.workspace.review_pages import Page, pages
from tui.workspace.review_walk import speed_text


class ReviewHead(ReviewParts):
    """The head of the screen. `playing` says that the incident passes by itself."""

    playing = False

    @property
    def found_pages(self) -> tuple[Page, ...]:
        """The pages of the text."""
        return pages(self.doc, self.session.report.findings, by_place(self.doc).keys())

    def sync_head(self) -> None:
        """Say in the head how far one is. What changes with every step stands by itself, as it is all that is sent."""
        width = self.size.width
        first = self._where_spans(width)
        self.where.display = not self.in_text
        title: list[Span] = [(" ", "text"), (self.doc.title or "Untitled incident", "strong")]
        if self.in_text:
            told = metric_spans(self.session.measurements, width - 2) if self.text_is_open else []
            self.title_sheet.show([two_sided(title, first, width), [(" ", "text"), *told]])
            return
        room = self._room_for_where(first)
        words = bar_words(self.walk, room - 2)
        self.where.show([two_sided([], first, room), two_sided([], [(f"{words} ", "muted")], room)])
        self.title_sheet.show([two_sided(title, [], width - room), bar_spans(self.walk, width - room)])

    _where_room = 0
    _where_for: tuple[object, ...] = ()

    def _room_for_where(self, first: SheetLine) -> int:
        """How wide the right side of the head is: as wide as it will have to be, since a new layout repaints all."""
        width = self.size.width
        given = (width, self.habits.no_hindsight, self.walk.timeline)
        fresh = any(a is not b and a != b for a, b in zip_longest(given, self._where_for))
        count = len(self.walk.entries)
        wanted = max(line_width(first) + len(str(count)) - 1, widest_words(self.walk)) + 3
        room = min(max(wanted, 0 if fresh else self._where_room), width * 2 // 3)
        if fresh or room != self._where_room:
            self._where_for, self._where_room = given, room
            self.where.styles.width = room
        return room

    def _where_spans(self, width: int) -> list[Span]:
        """Whether anything is not saved, whether it plays, how far one is, how many comments are open."""
        spans = state_spans(self.session, self.file_mark)
        if self.playing:
            spans += [(f"▶ {speed_text(self.habits.speed)}  ", "accent")]
        if self.habits.no_hindsight:
            spans += [("no hindsight · ", "accent")]
        count = len(self.walk.entries)
        if self.in_text:
            keys = [page.key for page in self.found_pages]
            at = keys.index(self.page_key) + 1 if self.page_key in keys else 1
            spans += [(f"text {at} of {len(keys)}  " if self.text_is_open else "text  ", "muted")]
        elif count:
            spans += [(f"{self.walk.index + 1} of {count}  ", "muted")]
        still_open = len(open_threads(self.doc))
        spans += [("open comments " if width >= 72 else "“", "muted")]
        return [*spans, (f"{still_open} ", "text" if still_open else "muted")]

"""What the review screen shows: the place in the story or in the text, and everything that belongs to it.

A step hands each part its lines; parts compare and repaint the cells that are different.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from textual import on

from schemas import edits
from schemas.checks import Finding
from schemas.comments import Thread, by_place
from tui.screens.review_head import ReviewHead
from tui.widgets.review_text import (
    PageLines,
    closed_page,
    items_page,
    length_lines,
    overview_page,
    prompt_of,
    prose_page,
)
from tui.widgets.step_card import Card, card_lines
from tui.widgets.step_sheet import Sheet
from tui.widgets.thread_lines import count_mark
from tui.workspace.event_marks import EventMarks
from tui.workspace.history import Target
from tui.workspace.outline import LISTS, outline
from tui.workspace.review_pages import Page, page_of, pages
from tui.workspace.review_walk import Habits
from tui.workspace.session import DocumentSession

if TYPE_CHECKING:
    from tui.workspace.services import Services


class ReviewView(ReviewHead):
    """The review screen, kept in step with its session and its place."""

    staying = False
    """Whether a change that is undone is not gone to: it is about to be done again."""

    def __init__(self, session: DocumentSession, services: Services, habits: Habits) -> None:
        super().__init__(session, services, habits)
        self._marks = EventMarks()
        self._marks_for: tuple[object, object] = (None, None)
        self.links: list[str] = []
        self.page_lines = PageLines()
        self._stop_observing = session.observe(self._changed)

    async def on_mount(self) -> None:
        """Show the first event."""
        self.call_after_refresh(self.sync)

    def on_unmount(self) -> None:
        """The session goes on without this screen."""
        with contextlib.suppress(ValueError):
            self._stop_observing()

    def on_resize(self) -> None:
        """What fits depends on the size."""
        self.call_after_refresh(self.sync)

    def _changed(self, _session: DocumentSession, target: Target | None) -> None:
        if self.is_mounted and self.is_current:
            self.sync()
            if target is not None and not self.staying:
                self.call_later(self.reveal, target.place)
        elif self.is_mounted:
            self.call_later(self.sync)

    async def reveal(self, place: str) -> None:
        """Show where something was undone; what was said of it stays."""
        said = self._said
        await self.show_place(place)
        self.say(*said)

    # All of it

    def sync(self) -> None:
        """Everything again: the document, the zone or the size has changed."""
        if not self.is_mounted or not self.size.width:
            return
        self.walk.follow(self.face.shown(self.session.timeline))
        known = (self.session.report.findings, self.session.timeline)
        if any(old is not new for old, new in zip(self._marks_for, known, strict=True)):
            self._marks_for = known
            self._marks = EventMarks(*known)
        self.set_class(self.in_text, "-text")
        self._mark_talk()
        self.sync_place()
        self.sync_status()

    def sync_place(self, *, fresh: bool = False) -> None:
        """What belongs to the place; `fresh` from the top of the page on."""
        self.sync_head()
        self._sync_beside()
        threads = self._page_threads()
        self._sync_page(threads, fresh=fresh)
        self._sync_threads(threads)

    # Beside

    def _mark_talk(self) -> None:
        """How much is said of events and pages, beside each in the lists."""
        events: dict[str, str] = {}
        said: dict[str, list[Thread]] = {}
        for place, threads in by_place(self.doc).items():
            name, _, rest = place.partition("/")
            if name == "events":
                events[rest] = count_mark(threads)
            said.setdefault(name if name in LISTS else place, []).extend(threads)
        self.story.mark_talk(events)
        marks = {page.key: count_mark(said.get(page.place, ())) for page in self.found_pages}
        self.pages_list.mark_talk({key: mark for key, mark in marks.items() if mark})

    def _sync_beside(self) -> None:
        shown = self.has_class("-wide") or self.has_class("-list")
        if not shown:
            return
        if self.in_text:
            found = self.found_pages
            self.pages_list.show(tuple(page.row for page in found), self.page_key)
            if self.text_is_open and self.has_class("-wide"):
                facts = self.query_one("#facts")
                room = max(20, facts.size.width - 2)
                lines = length_lines(self.session.measurements, room)
                self.query_one("#facts").show([[("  Lengths", "strong")], *lines])  # type: ignore[attr-defined]
            return
        entry = self.walk.entry
        told = self.walk.last_told
        last = self.walk.entries[told].event.id if not self.walk.all_told and told >= 0 else None
        self.story.show_up_to(self.walk.timeline, entry.event.id if entry else None, last)

    # The page

    @property
    def current_page(self) -> Page:
        """The page that is read; the overview where it is gone."""
        found = self.found_pages
        return next((page for page in found if page.key == self.page_key), found[0])

    def page_for(self, place: str) -> Page | None:
        """The page that a place is on; of a section without words, one made for it."""
        if (found := page_of(self.found_pages, place)) is not None:
            return found
        rows = outline(self.doc, ())
        return page_of(pages(self.doc, (), {place, place.partition("/")[0]}), place) if rows else None

    def findings_here(self) -> tuple[Finding, ...]:
        """The findings on the event that is looked at."""
        entry = self.walk.entry
        return self._marks.on(entry.event) if entry is not None else ()

    def _sync_page(self, threads: tuple[Thread, ...], *, fresh: bool) -> None:
        page = self.page
        width, height = page.room, page.size.height
        if self.in_text:
            self.page_lines = self._text_lines(threads, width)
            self.links = self.page_lines.links
            page.show(self.page_lines.lines, top=fresh)
            if self.item_id in self.page_lines.items:
                page.show_line(self.page_lines.items[self.item_id])
            return
        entry = self.walk.entry
        found = self.findings_here()
        hidden = self.habits.no_hindsight and not self.walk.all_told
        timeline = self.walk.timeline
        card = Card(
            self.walk,
            zone=timeline.zone_label(entry.wall) if entry is not None and entry.dated else "",
            home=timeline.zone,
            findings=() if hidden else found,
            unseen=len(found) if hidden else 0,
            beside=self.has_class("-wide"),
        )
        self.links = list(entry.event.links) if entry is not None else []
        page.show(card_lines(card, width, height), top=fresh)

    def _text_lines(self, threads: tuple[Thread, ...], width: int) -> PageLines:
        if not self.text_is_open:
            return closed_page(self.walk.reached + 1, len(self.walk.entries), width)
        page = self.current_page
        self.page_key = page.key
        if page.key == "overview":
            return overview_page(self.doc, self.session.measurements, self._summary(), width, told=True)
        if page.key in LISTS:
            items = getattr(self.doc, page.key)
            ids = [item.id for item in items]
            if self.item_id not in ids:
                self.item_id = ids[0] if ids else ""
            known = by_place(self.doc)
            zone = self.walk.timeline.zone
            return items_page(page.row.heading, page.key, items, zone, known, self.item_id, width)
        text = edits.section_text(self.doc, page.key)
        return prose_page(page.row.heading, text, threads, width, prompt_of(page.key))

    def _summary(self) -> list[str]:
        report = self.session.report
        counts = [
            (report.count("error"), "error"),
            (report.count("warning"), "warning"),
            (report.count("info"), "hint"),
        ]
        said = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
        return ["", f"Checks: {said or 'nothing is wrong that a machine can see'} · F8 goes to the first"]

    # The comments

    def remark_place(self) -> tuple[str, str]:
        """Where a new comment goes: on the event, the section, the item, or the whole."""
        entry = self.walk.entry
        if not self.in_text:
            return (f"events/{entry.event.id}" if entry is not None else "", "")
        if not self.text_is_open:
            return "", ""
        page = self.current_page
        if page.key in LISTS and self.item_id:
            return f"{page.key}/{self.item_id}", ""
        return page.place, ""

    def _page_threads(self) -> tuple[Thread, ...]:
        known = by_place(self.doc)
        if self.in_text and not self.text_is_open:
            return ()
        page = self.current_page if self.in_text else None
        if page is not None and page.key in LISTS:
            items = [f"{page.key}/{item.id}" for item in getattr(self.doc, page.key)]
            return tuple(thread for place in (page.key, *items) for thread in known.get(place, ()))
        if page is not None and page.key == "overview":
            fields = [place for place in known if "/" not in place and place not in LISTS]
            return tuple(thread for place in fields for thread in known[place])
        return known.get(self.remark_place()[0], ())

    def _sync_threads(self, threads: tuple[Thread, ...]) -> None:
        panel = self.threads_panel
        several = len({thread.place for thread in threads}) > 1
        names = self.place_name if several else None
        panel.show(threads, names=names, zone=self.walk.timeline.zone)
        if panel.display != bool(threads):
            if not threads and self.focused is panel:
                self.set_focus(None)
            panel.display = bool(threads)
        if threads:
            room = max(3, self.query_one("#body").size.height * 2 // 5)
            height = min(room, panel.height_for(max(20, self.query_one("#main").size.width - 2)) + 1)
            if panel.styles.height is None or panel.styles.height.value != height:
                panel.styles.height = height

    @on(Sheet.Resized, "#page")
    def _page_resized(self) -> None:
        # What stands at its foot has another place now.
        self._sync_page(self._page_threads(), fresh=False)

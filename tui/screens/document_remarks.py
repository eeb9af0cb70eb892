"""Comments and verdicts in the editor: marks beside each place, the threads of the place, answering there."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Final

from textual import on

from schemas.comments import Thread, place_of
from schemas.comments import threads as threads_of
from schemas.incident import Comment, Incident
from schemas.sections import BY_KEY
from schemas.sign_off import CONTENT
from schemas.verdicts import Standing, standing
from tui.screens.document_findings import FindingActions
from tui.screens.remark_actions import RemarkActions
from tui.widgets import thread_lines
from tui.widgets.line import Lines
from tui.widgets.rows import Rows, Span
from tui.widgets.threads_panel import ThreadsPanel
from tui.workspace.outline import LISTS, Spot, spot_of

if TYPE_CHECKING:
    from tui.workspace.history import Target
    from tui.workspace.session import DocumentSession

_NOWHERE: Final[tuple[Thread, ...]] = ()


class DocumentRemarks(FindingActions, RemarkActions):
    """The author's side of a review."""

    _talked: tuple[Thread, ...] | None = None
    _standing: Standing | None = None
    _judged: tuple[object, ...] = ()

    # Where the cursor is

    def remark_place(self) -> tuple[str, str]:
        """The place under the cursor; selected words of a text are quoted."""
        panel = self.talk_panel
        if self.focused_in(panel) and panel.thread and not panel.thread.orphan:
            return panel.thread.place, ""
        if self.focused_in(self.timeline_view) or self.has_class("-timeline"):
            event_id = self.timeline_view.event_id
            return (f"events/{event_id}" if event_id else "events"), ""
        if self.focused_in(self.findings_view) and self.findings_view.finding:
            return place_of(self.doc, self.findings_view.finding.where) or "", ""
        return self._open_place()

    def _open_place(self) -> tuple[str, str]:
        """The place of what is open in the editor."""
        part, item = self.spot.part, self.spot.item
        if item:
            return f"{part}/{item}", ""
        if self.table.display:
            return (f"{part}/{self.table.item_id}" if self.table.item_id else part), ""
        if self.prose.display:
            place = f"sections/{part}" if part in BY_KEY else f"other_sections/{part}"
            return place, self.prose.selected_text.strip() if self.focused_in(self.prose) else ""
        row = self.form.focused_row() if self.form.display else None
        key = row.field.key if row else ""
        return (key if key in Incident.model_fields else ""), ""

    async def show_place(self, place: str) -> None:
        """Go to a place."""
        self.remove_class("-peek", "-list")
        spot = spot_of(place)
        try:
            if spot.part == "events":
                if spot.item:
                    self.timeline_view.place_at(spot.item)
                await self.open_spot(Spot("events"))
            elif spot.part in LISTS and spot.item and not spot.field:
                await self.open_spot(Spot(spot.part))
                self.table.place_at(spot.item)
            else:
                await self.open_spot(spot)
        except KeyError:
            await self.open_spot(Spot(spot.part))

    def show_quote(self, thread: Thread) -> None:
        """Show the quoted words in the text that is open."""
        if thread.quote_at and self.prose.display:
            start, end = thread.quote_at
            self.prose.go_to_offset(start, end - start)

    # Marks

    def sync(self) -> None:
        """Find what is wrong, and whether what was approved still stands there."""
        # While somebody types on the hash of the document is not made at every pause.
        self._judge(again=self._went_back)
        self._went_back = False
        super().sync()

    _went_back = False

    def _changed(self, session: DocumentSession, target: Target | None) -> None:
        self._went_back = self._went_back or target is not None
        super()._changed(session, target)

    def sync_document(self) -> None:
        """Hand every part its slice of the document, and of what is said about it."""
        super().sync_document()
        found = threads_of(self.doc)
        if found is not self._talked:
            self._talked = found
            self._mark(found)
            self._sync_talk()
            self.sync_detail()

    def _mark(self, found: tuple[Thread, ...]) -> None:
        places: dict[str, list[Thread]] = {}
        parts: dict[str, int] = {}
        for thread in found:
            if not thread.orphan:
                places.setdefault(thread.place, []).append(thread)
                if thread.open:
                    part = spot_of(thread.place).part
                    parts[part] = parts.get(part, 0) + 1
        marks = {place: thread_lines.count_mark(those) for place, those in places.items()}
        self.sections.mark_talk({part: f"{thread_lines.MARK}{count}" for part, count in parts.items()})
        self.timeline_view.mark_talk(_of_list(marks, "events"))
        self._marks = marks
        self.table.mark_talk(_of_list(marks, self.spot.part))

    _marks: dict[str, str] = {}  # noqa: RUF012

    def _sync_editor(self) -> None:
        super()._sync_editor()
        self.table.mark_talk(_of_list(self._marks, self.spot.part))
        self._sync_talk()

    def head_notes(self) -> list[Span]:
        """What is being said about what is open, for the line over it."""
        if self.table.display:
            return []
        words = thread_lines.summary(self.threads_at(self._open_place()[0]))
        return [(f"  {words}", "accent")] if words else []

    def sync_detail(self, *, moved: bool = False) -> None:
        """What is known about the event under the cursor; where nothing is wrong with it, what is said about it."""
        super().sync_detail(moved=moved)
        self._sync_talk()
        if self.focused_in(self.timeline_view) and self._told is None and self._marks:
            place, _ = self.remark_place()
            if words := thread_lines.summary(self.threads_at(place)):
                waits = any(thread.open for thread in self.threads_at(place))
                self.tell((words, "accent"), self.key_hint("answer", "answers", " · ") if waits else "", moved=moved)

    @on(Rows.Moved, "#table")
    def _row_moved(self) -> None:
        self._sync_talk()

    # The panel below

    @property
    def talk_panel(self) -> ThreadsPanel:
        """The threads of the place under the cursor."""
        return self.query_one("#talk", ThreadsPanel)

    def action_beside(self) -> None:
        """Show the comments of the place under the cursor below the text; from there, back; or put them away."""
        if not self.has_class("-talk"):
            self.add_class("-talk")
            self._sync_talk()
            self.say(self.key_hint("beside", "again goes into the comments"))
        elif self.focused_in(self.talk_panel):
            self.close_talk()
        else:
            self.set_focus(self.talk_panel)

    def act_on_comment(self, what: str, thread: Thread | None, comment: Comment | None) -> None:
        """Do what is wanted in the panel."""
        self.do_remark(what, thread, comment)

    def close_talk(self) -> None:
        """Put the comments away."""
        inside = self.focused_in(self.talk_panel)
        self.remove_class("-talk")
        if inside:
            self.focus_editor()

    def _sync_talk(self) -> None:
        if not self.has_class("-talk") or (self.focused_in(self.talk_panel) and not self._talk_moved_on()):
            return
        place, _ = self.remark_place()
        self._talk_place = place
        found = self.threads_at(place)
        self.talk_panel.show(
            found, zone=self.remark_zone(),
            empty=f"No comments here{self.key_hint('comment', 'writes one', '; ')}"
            f"{self.key_hint('next-comment', 'goes to the next', ', ')}.",
        )  # fmt: skip
        right: Span = (f"{thread_lines.counted(found)} ", "muted")
        self.query_one("#talk-heading", Lines).show_line(
            0, [("Comments on ", "muted"), (self.place_name(place), "strong")], [right]
        )

    _talk_place = ""

    def _talk_moved_on(self) -> bool:
        """Whether the panel that has the focus shows threads that are not the latest any more."""
        return self.threads_at(self._talk_place) != self.talk_panel.threads

    # Whether what was approved is still what stands there

    def on_descendant_focus(self) -> None:
        """A moment in which nobody types."""
        self._judge(again=True)

    def _judge(self, *, again: bool) -> None:
        doc = self.doc
        given = (doc.reviews, *(getattr(doc, name) for name in CONTENT))
        if self._judged and all(map(is_, given, self._judged)):
            return
        stale = self._standing is not None and bool(self._standing.outdated)
        remarked = not self._judged or doc.reviews is not self._judged[0]
        if again or remarked or not stale:
            self._judged = given
            before, self._standing = self._standing, standing(doc) if doc.reviews else None
            if before != self._standing and self.is_mounted:
                self.sync_masthead()

    def standing_spans(self) -> list[Span]:
        """Who approved, or that it was changed since, for the head of the document."""
        if not self._judged:
            self._judge(again=True)
        now = self._standing
        if now is None:
            return []
        narrow = self.size.width < 80
        if now.outdated and not now.approved:
            name = now.outdated[-1].reviewer or "somebody"
            return [("≠ sign-off  " if narrow else f"≠ changed since {name} approved   ", "warning")]
        if now.changes:
            name = now.changes[-1].reviewer or "somebody"
            return [("! changes  " if narrow else f"! {name} asks for changes   ", "warning")]
        if now.approved:
            name = now.approved[-1].reviewer or "somebody"
            return [("✓ signed  " if narrow else f"✓ {name} approved   ", "good")]
        return []


def _of_list(marks: dict[str, str], name: str) -> dict[str, str]:
    """The marks of the items of one list, by their ids."""
    start = f"{name}/"
    return {place.removeprefix(start): mark for place, mark in marks.items() if place.startswith(start)}

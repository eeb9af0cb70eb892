"""The document screen's view: its parts, and keeping each in step with the session.

After every change of the document `sync_document` hands each widget its slice. Widgets compare what they get with what
they show, so that nothing is painted that did not change. What is typed in the prose stands there already: all else
follows when the person pauses, as findings and their counts do after every change.
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widgets import Static

from schemas import edits
from schemas.checks import Finding
from schemas.edits import section_text, set_section
from schemas.readings import Context
from schemas.sections import BY_KEY
from tui.screens import item_forms
from tui.screens.document_lines import DocumentLines
from tui.screens.item_tables import columns_of, empty_of, rows_of
from tui.screens.pauses import AfterPause
from tui.widgets.field_row import Field
from tui.widgets.line import Lines
from tui.widgets.rows import Span
from tui.workspace.event_marks import EventMarks
from tui.workspace.history import Target
from tui.workspace.outline import LISTS, PartCounts, Spot, outline, spot_of
from tui.workspace.session import DocumentSession

if TYPE_CHECKING:
    from tui.workspace.services import Services


class DocumentView(DocumentLines):
    """The document screen, kept in step with its session."""

    def __init__(self, session: DocumentSession, services: Services) -> None:
        super().__init__(session, services)
        self._marked: tuple[object, object] = (None, None)
        self._detail = ""
        self._typing = False
        self._follow_up = AfterPause(self, services.pause, self.sync)
        self._stop_observing = session.observe(self._changed)

    # Keeping in step

    async def on_mount(self) -> None:
        """Show the document, the cursor where a person would begin."""
        await self.open_spot(self.spot, focus=False)
        self.sync()
        self.set_focus(self.sections)
        if not self.doc.title:
            self.form.focus_field("title")

    def on_unmount(self) -> None:
        """The session goes on without this screen."""
        self._follow_up.drop()
        with contextlib.suppress(ValueError):
            self._stop_observing()

    def _changed(self, _session: DocumentSession, target: Target | None) -> None:
        if self.is_mounted:
            if not self._typing:
                self.sync_document()
            self._follow_up.begin()
            if target is not None:
                self.call_later(self.reveal, target)

    def sync(self) -> None:
        """Find what is wrong with the document as it stands, and hand every part its slice of both."""
        self._follow_up.drop()
        self.report = self.session.report
        known = (self.report.findings, self.session.timeline)
        if known[0] is not self._marked[0]:
            self.counts = PartCounts(self.report.findings)
        if any(old is not new for old, new in zip(self._marked, known, strict=True)):
            self._marked = known
            self.event_marks = EventMarks(*known)
        self.sync_document()

    def sync_file(self) -> None:
        """Show whether anything is unsaved; what was typed meanwhile is followed in a pause."""
        self.sync_masthead()

    def catch_up(self) -> None:
        """See to it that what is shown of the findings is the latest, if it is still to follow."""
        self._follow_up.now()

    def sync_document(self) -> None:
        """Hand every part its slice of the document, and of the findings that are known."""
        session, report = self.session, self.report
        self.sync_masthead()
        rows = outline(session.doc, self.counts)
        self.sections.show(rows, self.spot.part)
        self.timeline_view.show(self.shown_timeline, self.event_marks.marks)
        self.sync_story()
        self.findings_view.show(report.findings)
        active = sum(self.counts.of.values())
        self.query_one("#findings-heading", Lines).show_line(
            0, [("Findings", "strong")], [(f"{active}" if active else "none", "muted"), (" ", "text")]
        )
        self.sync_detail()
        self._sync_editor()
        self.sync_status()

    def sync_detail(self, *, moved: bool = False) -> None:
        """What is known about the place of the cursor, which may have `moved` there just now."""
        del moved
        self.show_finding(self.findings_view.finding)

    def show_finding(self, finding: Finding | None, others: int = 0) -> None:
        """What a finding says in full, and what to do about it; `others` are more of them at the same place."""
        below = self.query_one("#finding-detail", Static)
        text = f"{finding.message}. {finding.hint}" if finding else ""
        if finding and finding.fix:
            text += f" ⚒ {finding.fix.label}."
        if others:
            text += f" ({others} more here)"
        if text != self._detail:
            self._detail = text
            below.update(Content(text))

    def _sync_editor(self) -> None:
        part, item = self.spot.part, self.spot.item
        doc = self.doc
        rows = outline(doc, self.counts)
        current = next((row for row in rows if row.key == part), None)
        if current is None:
            self.call_later(self.open_spot, Spot("overview"))
            return
        heading: list[Span] = [(current.heading, "strong")]
        zone: list[Span] = []
        if item:
            name = {
                "events": "Event",
                "impacts": "Impact",
                "factors": "Factor",
                "actions": "Action",
                "stated": "Stated value",
            }[part]
            heading = [(name, "strong"), ("  Esc closes", "muted")]
            if part == "events" and self.session.timeline.timed:
                label = self.face.label(self.session.timeline)
                text = label if label.startswith("no ") else f"times in {label}"
                zone = [(text, "accent" if self.face.choice else "muted"), (" ", "text")]
        self.query_one("#heading", Lines).show_line(0, [*heading, *self.head_notes()], zone)
        if item:
            try:
                fields = self._item_fields(part, item)
            except KeyError:
                self.call_later(self.open_spot, Spot(part))
                return
            if self.form.what == f"{part}/{item}":
                self.form.refresh_values(fields)
        elif current.part == "overview":
            if self.form.what == "overview":
                self.form.refresh_values(item_forms.overview_fields(doc, self.reading_context()))
        elif current.part == "items":
            self.table.show(columns_of(part), rows_of(doc, part, self.report.findings), empty_of(part))
        elif current.part == "prose":
            self.prose.show(section_text(doc, part))

    def head_notes(self) -> list[Span]:
        """What else is said in the line over what is open."""
        return []

    def reading_context(self) -> Context:
        """What helps to read a time typed where the person is."""
        now, session = self.services.now(), self.session
        context = item_forms.context_of(session.doc, session.timeline, now, session.policy, self.spot.item)
        return self.face.context(context, self.session.timeline) if self.spot.part == "events" else context

    def as_stored(self, changes: dict[str, Any]) -> dict[str, Any]:
        """Fields typed where the person is, as they are kept: times of events are typed in the zone that is shown."""
        return self.face.stored(changes, self.session.timeline) if self.spot.part == "events" else changes

    def _item_fields(self, part: str, item_id: str) -> list[Field]:
        """The fields of an item, with the times of an event in the zone that is shown."""
        context = self.reading_context()
        if part != "events":
            return item_forms.item_fields(self.doc, part, item_id, context)
        event = edits.item(self.doc, "events", item_id)
        seen = partial(self.face.typed_as, event=event, timeline=self.session.timeline)
        return item_forms.item_fields(self.doc, part, item_id, context, seen)

    # What is open

    async def open_spot(self, spot: Spot, *, focus: bool = True) -> None:
        """Open a part of the document, or an item's form in it."""
        self.form.settle()
        self.session.seal()
        rows = {row.key: row for row in outline(self.doc, self.counts)}
        row = rows.get(spot.part) or rows["overview"]
        spot = spot if spot.part in rows else Spot("overview")
        kind = (
            "form"
            if spot.item or row.part == "overview"
            else {"prose": "prose", "items": "table", "timeline": "timeline"}[row.part]
        )
        if spot.item and spot.part not in LISTS:
            kind = row.part
        self.spot = spot
        for widget_id in ("prose", "form", "table"):
            self.query_one(f"#{widget_id}").display = widget_id == kind
        self.set_class(kind == "timeline", "-timeline")
        prompt = ""
        if kind == "prose":
            prompt = BY_KEY[spot.part].prompt if spot.part in BY_KEY else "A section of your own."
            self.prose.placeholder = ""
            self.prose.read_only = bool(self.session.read_only)
            self.prose.show(section_text(self.doc, spot.part), fresh=True)
        elif kind == "form":
            fields = (
                self._item_fields(spot.part, spot.item)
                if spot.item
                else item_forms.overview_fields(self.doc, self.reading_context())
            )
            await self.form.show(f"{spot.part}/{spot.item}" if spot.item else "overview", fields)
            self.form.scroll_home(animate=False)
        below = self.query_one("#prompt", Static)
        below.update(Content(prompt))
        below.display = bool(prompt) or kind == "form"
        self._sync_editor()
        self.sections.show(outline(self.doc, self.counts), spot.part)
        if focus:
            self.focus_editor(spot.field)
        self.sync_status()

    def focus_editor(self, field: str | None = None) -> None:
        """Put the cursor into what is open."""
        if self.has_class("-timeline"):
            self.set_focus(self.timeline_view)
        elif self.form.display:
            if not self.form.focus_field(field):
                self.form.focus_field()
        elif self.table.display:
            self.set_focus(self.table)
        else:
            self.set_focus(self.prose)

    async def reveal(self, target: Target) -> None:
        """Show where an undone or redone change was made."""
        spot = spot_of(target.place)
        rows = {row.key: row for row in outline(self.doc, self.counts)}
        if spot.part == "events":
            if spot.item and self.timeline_view.place_at(spot.item) and self.spot != Spot("events", spot.item):
                if self.spot.part != "events":
                    await self.open_spot(Spot("events"), focus=False)
                self.set_focus(self.timeline_view)
            return
        if spot.part not in rows:
            return
        here = self.spot
        if here.part != spot.part or (
            spot.item and rows[spot.part].part == "items" and here.item not in (None, spot.item)
        ):
            await self.open_spot(Spot(spot.part, None, spot.field))
        if spot.item and self.table.display:
            self.table.place_at(spot.item)
        # In the section that was open, the text's own change has already put the cursor where it was made.
        if target.offset is not None and self.prose.display and here.part != spot.part:
            self.set_focus(self.prose)
            self.prose.go_to_offset(min(target.offset, len(self.prose.text)))

    # What is typed

    def _prose_typed(self, text: str) -> None:
        key = self.spot.part
        heading = BY_KEY[key].heading if key in BY_KEY else "section"
        place = f"sections/{key}" if key in BY_KEY else f"other_sections/{key}"
        before = section_text(self.doc, key)
        # A paste, a deleted stretch and a new line are steps of their own: undo takes back words, not a whole session.
        if abs(len(text) - len(before)) > 1 or text.count("\n") != before.count("\n"):
            self.session.seal()
        self._typing = True
        try:
            self.session.execute(
                lambda doc: set_section(doc, key, text),
                label=f"typing in {heading}",
                merge_key=place,
                target=Target(place, self.prose.offset_in_text),
            )
        finally:
            self._typing = False
        if abs(len(text) - len(before)) > 1:
            self.session.seal()

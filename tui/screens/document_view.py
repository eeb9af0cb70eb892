"""The document screen's view: its parts, and keeping each in step with the session.

After every change of the document `sync` hands each widget its slice. Widgets compare what they get with what they
show, so a typed character repaints one line of text and nothing that did not change.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from schemas.checks import Finding
from schemas.edits import section_text, set_section
from schemas.incident import Incident
from schemas.readings import Context
from schemas.sections import BY_KEY
from tui.screens import item_forms
from tui.screens.base import MainScreen
from tui.screens.headlines import metric_spans, place_name
from tui.screens.item_tables import columns_of, empty_of, rows_of
from tui.widgets.findings_view import FindingsView
from tui.widgets.form import Form
from tui.widgets.item_table import ItemTable
from tui.widgets.line import Lines
from tui.widgets.phase_bar import PhaseBar
from tui.widgets.prose_editor import ProseEditor
from tui.widgets.quick_entry import QuickEntry
from tui.widgets.rows import Span
from tui.widgets.section_list import SectionList
from tui.widgets.timeline_view import TimelineView
from tui.workspace.commands import Command, key_text
from tui.workspace.history import Target
from tui.workspace.outline import LISTS, Spot, outline, spot_of
from tui.workspace.session import DocumentSession

if TYPE_CHECKING:
    from tui.workspace.services import Services


class DocumentView(MainScreen[str]):
    """Sections, editor, timeline and findings over one session.

    `spot` is what is open: a part of the document, and an item of it where its form is shown.
    """

    CSS_PATH = "../styles/document.tcss"
    AUTO_FOCUS = None
    scope = "document"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (80, "-normal"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-short"), (22, "-tall"), (32, "-roomy")]  # noqa: RUF012

    def __init__(self, session: DocumentSession, services: Services) -> None:
        super().__init__()
        self.session = session
        self.services = services
        self.spot = Spot("overview")
        self.visited: tuple[str, str] | None = None
        self._said = ("", "muted")
        self._detail = ""
        self.told_field: str | None = None
        """The field whose help gives way, once, to the finding that was visited there."""
        self._stop_observing = session.observe(self._changed)

    # Parts

    def compose(self) -> ComposeResult:
        """Everything that the first frame shows."""
        yield Lines(height=2, id="masthead")
        with Horizontal(id="body"):
            yield SectionList(id="sections")
            with Vertical(id="editor"):
                yield Lines(height=1, id="heading")
                yield ProseEditor(commit=self._prose_typed, id="prose")
                yield Form(commit=self._field_typed, id="form")
                yield ItemTable(id="table")
                yield Static("", id="prompt", markup=False)
            with Container(id="side"):
                yield Lines(height=1, id="story")
                yield PhaseBar(id="phases")
                yield TimelineView(id="timeline")
                yield QuickEntry(describe=self.describe_entry, id="entry")
                yield Lines(height=1, id="findings-heading")
                yield FindingsView(id="findings")
                yield Static("", id="finding-detail", markup=False)
        yield Lines(height=1, id="status")
        yield Static("Too small to edit here (40x12 at least).\n^S saves, ^Q quits.", id="too-small", markup=False)

    @property
    def sections(self) -> SectionList:
        """The list of sections."""
        return self.query_one("#sections", SectionList)

    @property
    def prose(self) -> ProseEditor:
        """The text editor."""
        return self.query_one("#prose", ProseEditor)

    @property
    def form(self) -> Form:
        """The form of the overview or of an item."""
        return self.query_one("#form", Form)

    @property
    def table(self) -> ItemTable:
        """The table of a list."""
        return self.query_one("#table", ItemTable)

    @property
    def timeline_view(self) -> TimelineView:
        """The timeline."""
        return self.query_one("#timeline", TimelineView)

    @property
    def findings_view(self) -> FindingsView:
        """The findings."""
        return self.query_one("#findings", FindingsView)

    @property
    def entry(self) -> QuickEntry:
        """The quick entry line."""
        return self.query_one("#entry", QuickEntry)

    @property
    def doc(self) -> Incident:
        """The incident as it stands."""
        return self.session.doc

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
        with contextlib.suppress(ValueError):
            self._stop_observing()

    def _changed(self, _session: DocumentSession, target: Target | None) -> None:
        if self.is_mounted:
            self.sync()
            if target is not None:
                self.call_later(self.reveal, target)

    def sync(self) -> None:
        """Hand every part its slice of the document."""
        session = self.session
        report = session.report
        self._sync_masthead()
        rows = outline(session.doc, report.findings)
        self.sections.show(rows, self.spot.part)
        flags: dict[str, str] = {}
        for finding in report.findings:
            spot = spot_of(finding.where)
            if spot.part == "events" and spot.item and finding.severity != "info" and not finding.waived:
                flags.setdefault(spot.item, finding.severity)
        self.timeline_view.show(session.timeline, flags)
        self._sync_story()
        self.findings_view.show(report.findings)
        active = report.active()
        self.query_one("#findings-heading", Lines).show_line(
            0, [("Findings", "strong")], [(f"{len(active)}" if active else "none", "muted"), (" ", "text")]
        )
        self.show_finding(self.findings_view.finding)
        self._sync_editor()
        self.sync_status()

    def show_finding(self, finding: Finding | None) -> None:
        """What the finding under the cursor says in full, and what to do about it."""
        below = self.query_one("#finding-detail", Static)
        text = f"{finding.message}. {finding.hint}" if finding else ""
        if finding and finding.fix:
            text += f" ⚒ {finding.fix.label}."
        if text != self._detail:
            self._detail = text
            below.update(Content(text))

    def _sync_masthead(self) -> None:
        doc, session = self.doc, self.session
        head = self.query_one("#masthead", Lines)
        mark: list[Span] = []
        if session.read_only:
            mark = [("read-only   ", "warning")]
        elif session.dirty:
            mark = [("● unsaved   ", "accent")]
        facts = " · ".join(filter(None, [doc.status, doc.severity or "no severity", place_name(doc.zone)]))
        head.show_line(0, [(doc.title or "Untitled incident", "strong")], [*mark, (facts, "muted"), (" ", "text")])
        report = session.report
        counts: list[Span] = []
        for glyph, severity, role in (("✗", "error", "error"), ("!", "warning", "warning"), ("·", "info", "muted")):
            if count := report.count(severity):  # type: ignore[arg-type]
                counts.append((f"{glyph} {count}  ", role))
        if not counts:
            counts = [("✓ no findings ", "good")]
        room = self.size.width - sum(len(text) for text, _ in counts) - 4
        head.show_line(1, metric_spans(session.measurements, room), counts)

    def _sync_story(self) -> None:
        story = self.query_one("#story", Lines)
        timeline = self.session.timeline
        last = timeline.entries[-1].wall if timeline.entries else None
        label = timeline.zone_label(last) or ("no zone" if timeline.entries else "")
        count = len(timeline.entries)
        right = " · ".join(filter(None, [f"{count} events" if count != 1 else "1 event", label]))
        story.show_line(0, [("Timeline", "strong")], [(right, "muted"), (" ", "text")])
        self.query_one("#phases", PhaseBar).show(timeline)

    def _sync_editor(self) -> None:
        part, item = self.spot.part, self.spot.item
        doc = self.doc
        rows = outline(doc, ())
        current = next((row for row in rows if row.key == part), None)
        if current is None:
            self.call_later(self.open_spot, Spot("overview"))
            return
        heading: list[Span] = [(current.heading, "strong")]
        if item:
            name = {
                "events": "Event",
                "impacts": "Impact",
                "factors": "Factor",
                "actions": "Action",
                "stated": "Stated value",
            }[part]
            heading = [(name, "strong"), ("  Esc closes", "muted")]
        self.query_one("#heading", Lines).show_line(0, heading)
        if item:
            try:
                fields = item_forms.item_fields(doc, part, item, self.reading_context())
            except KeyError:
                self.call_later(self.open_spot, Spot(part))
                return
            if self.form.what == f"{part}/{item}":
                self.form.refresh_values(fields)
        elif current.part == "overview":
            if self.form.what == "overview":
                self.form.refresh_values(item_forms.overview_fields(doc, self.reading_context()))
        elif current.part == "items":
            self.table.show(columns_of(part), rows_of(doc, part, self.session.report.findings), empty_of(part))
        elif current.part == "prose":
            self.prose.show(section_text(doc, part))

    def reading_context(self) -> Context:
        """What helps to read a time typed where the person is."""
        today = self.services.now().date()
        return item_forms.context_of(self.doc, self.session.timeline, today, self.spot.item)

    # What is open

    async def open_spot(self, spot: Spot, *, focus: bool = True) -> None:
        """Open a part of the document, or an item's form in it."""
        self.form.settle()
        self.session.seal()
        rows = {row.key: row for row in outline(self.doc, ())}
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
                item_forms.item_fields(self.doc, spot.part, spot.item, self.reading_context())
                if spot.item
                else item_forms.overview_fields(self.doc, self.reading_context())
            )
            await self.form.show(f"{spot.part}/{spot.item}" if spot.item else "overview", fields)
            self.form.scroll_home(animate=False)
        below = self.query_one("#prompt", Static)
        below.update(Content(prompt))
        below.display = bool(prompt) or kind == "form"
        self._sync_editor()
        self.sections.show(outline(self.doc, self.session.report.findings), spot.part)
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
        rows = {row.key: row for row in outline(self.doc, ())}
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
        self.session.execute(
            lambda doc: set_section(doc, key, text),
            label=f"typing in {heading}",
            merge_key=place,
            target=Target(place, self.prose.offset_in_text),
        )
        if abs(len(text) - len(before)) > 1:
            self.session.seal()

    def _field_typed(self, key: str, text: str) -> str:
        raise NotImplementedError

    def describe_entry(self, line: str) -> tuple[str, bool]:
        """What a quick entry line will become, and whether it can be added."""
        raise NotImplementedError

    # The bottom line

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line, where it stays until something else happens."""
        self._said = (text, role)
        self.sync_status()

    def sync_status(self) -> None:
        """The bottom line: what just happened, and the keys that matter here."""
        keys: list[Span] = []
        tags: list[str] = []
        room = self.size.width - min(len(self._said[0]), self.size.width // 2) - 3
        used = 0
        for command in self._hinted():
            name, word = key_text(command.keys[0]), f" {command.hint}  "
            if used + len(name) + len(word) > room:
                break
            used += len(name) + len(word)
            keys += [(name, "accent"), (word, "muted")]
            tags += [command.id, command.id]
        self.query_one("#status", Lines).show_line(0, [self._said], keys, tags)

    def _hinted(self) -> list[Command]:
        raise NotImplementedError

    def focused_in(self, widget: Widget) -> bool:
        """Whether the focus is in a widget or below it."""
        return self.focused is not None and (self.focused is widget or widget in self.focused.ancestors)

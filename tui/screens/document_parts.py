"""The parts of the document screen, and what each is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from schemas.checks import Report
from schemas.comments import Thread
from schemas.ids import new_id
from schemas.incident import Comment, Incident
from schemas.timeline import Timeline
from tui.screens.base import MainScreen
from tui.widgets.findings_view import FindingsView
from tui.widgets.form import Form
from tui.widgets.item_table import ItemTable
from tui.widgets.line import Lines
from tui.widgets.phase_bar import PhaseBar
from tui.widgets.prose_editor import ProseEditor
from tui.widgets.quick_entry import QuickEntry
from tui.widgets.section_list import SectionList
from tui.widgets.threads_panel import ThreadsPanel
from tui.widgets.timeline_view import TimelineView
from tui.workspace.clock_face import ClockFace
from tui.workspace.event_marks import EventMarks
from tui.workspace.outline import PartCounts, Spot
from tui.workspace.session import DocumentSession

if TYPE_CHECKING:
    from tui.workspace.services import Services


NOTHING_FOUND: Final = Report(())


class DocumentParts(MainScreen[str]):
    """Sections, editor, timeline and findings over one session.

    `spot` is what is open: a part of the document, and an item of it where its form is shown. `face` is the zone that
    times are shown in, `report` the findings that are shown: those of the document as it stood a moment ago.
    `counts` and `event_marks` are made from them.
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
        self.face = ClockFace(services.zone)
        self.report = NOTHING_FOUND
        self.counts = PartCounts()
        self.event_marks = EventMarks()

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
                yield QuickEntry(describe=self.describe_entry, add=self.add_entry, id="entry")
                yield Lines(height=1, id="findings-heading")
                yield FindingsView(id="findings")
                yield Static("", id="finding-detail", markup=False)
        with Vertical(id="talks"):
            yield Lines(height=1, id="talk-heading")
            yield ThreadsPanel(act=self.act_on_comment, id="talk")
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

    @property
    def shown_timeline(self) -> Timeline:
        """The timeline with its clocks in the zone that is shown."""
        return self.face.shown(self.session.timeline)

    def new_id(self) -> str:
        """An id that nothing in the document has."""
        return new_id(self.doc, self.services.rng)

    def focused_in(self, widget: Widget) -> bool:
        """Whether the focus is in a widget or below it."""
        return self.focused is not None and (self.focused is widget or widget in self.focused.ancestors)

    # What the parts ask for

    def _prose_typed(self, text: str) -> None:
        raise NotImplementedError

    def _field_typed(self, key: str, text: str) -> str:
        raise NotImplementedError

    def act_on_comment(self, what: str, thread: Thread | None, comment: Comment | None) -> None:
        """Do what is wanted of a comment."""
        raise NotImplementedError

    def describe_entry(self, line: str) -> tuple[str, bool]:
        """What a quick entry line will become, and whether it can be added."""
        raise NotImplementedError

    def add_entry(self, line: str) -> bool:
        """Add a quick entry line as an event; where it is none, say why and return False."""
        raise NotImplementedError

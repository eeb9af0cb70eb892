"""The parts of the review screen, and its bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from schemas.incident import Incident
from tui.screens.remark_base import RemarkBase
from tui.widgets.line import Lines
from tui.widgets.rows import Span
from tui.widgets.section_list import SectionList
from tui.widgets.step_list import StepList
from tui.widgets.step_sheet import Sheet
from tui.widgets.threads_panel import ThreadsPanel
from tui.workspace.clock_face import ClockFace
from tui.workspace.commands import BY_ID, Command, key_text
from tui.workspace.review_walk import Habits, Walk
from tui.workspace.session import DocumentSession

if TYPE_CHECKING:
    from tui.workspace.services import Services

_STORY_KEYS: Final = ("next", "next-milestone", "text", "comment", "questions", "verdict", "hindsight", "next-gap")
_TEXT_KEYS: Final = ("next", "text", "comment", "questions", "verdict")
_THREAD_KEYS: Final = ("threads.reply", "threads.resolve", "threads.go", "review.back")
_WORDS: Final = {"review.next": "step", "review.back": "back"}


class ReviewParts(RemarkBase):
    """The timeline or the sections beside what is read, with the comments on it below.

    `in_text` says that the text is read, not the timeline; `page_key` which page of it, `item_id` which item there.
    """

    CSS_PATH = "../styles/review.tcss"
    AUTO_FOCUS = ""
    scope = "review"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (80, "-normal"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-short"), (22, "-tall")]  # noqa: RUF012

    def __init__(self, session: DocumentSession, services: Services, habits: Habits) -> None:
        super().__init__()
        self.session = session
        self.services = services
        self.face = ClockFace(services.zone)
        self.walk = Walk(self.face.shown(session.timeline), habits)
        self.in_text = False
        self.page_key = "overview"
        self.item_id = ""
        self._said: Span = ("", "muted")

    def compose(self) -> ComposeResult:
        """Everything that the first frame shows."""
        with Horizontal(id="head"):
            yield Sheet(id="title")
            yield Sheet(id="where")
        with Horizontal(id="body"):
            with Vertical(id="beside"):
                yield StepList(id="story")
                pages = SectionList(id="pages")
                pages.can_focus = False
                yield pages
                yield Sheet(id="facts")
            with Vertical(id="main"):
                yield Sheet(id="page")
                yield ThreadsPanel(id="threads")
        yield Lines(height=1, id="status")
        yield Static("Too small to review here (40x12 at least).\n^S saves, ^Q quits.", id="too-small", markup=False)

    @property
    def title_sheet(self) -> Sheet:
        """The title, and below it the bar or the lengths."""
        return self.query_one("#title", Sheet)

    @property
    def where(self) -> Sheet:
        """At the right of it, how far one is. By itself, since it changes with every step."""
        return self.query_one("#where", Sheet)

    @property
    def page(self) -> Sheet:
        """The event or the page of text."""
        return self.query_one("#page", Sheet)

    @property
    def story(self) -> StepList:
        """The timeline beside it."""
        return self.query_one("#story", StepList)

    @property
    def pages_list(self) -> SectionList:
        """The sections beside it."""
        return self.query_one("#pages", SectionList)

    @property
    def threads_panel(self) -> ThreadsPanel:
        """The comments on what is read."""
        return self.query_one("#threads", ThreadsPanel)

    @property
    def habits(self) -> Habits:
        """How the person reviews."""
        return self.walk.habits

    @property
    def doc(self) -> Incident:
        """The incident as it stands."""
        return self.session.doc

    @property
    def text_is_open(self) -> bool:
        """Whether the text may be read: without hindsight only when the last event has been reached."""
        return self.walk.all_told

    def part_of_scope(self, scope: str) -> Widget | None:
        """The comments, if there are any here."""
        return self.threads_panel if scope == "threads" and self.threads_panel.display else None

    # The bottom line

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line, until something else happens."""
        if (text, role) != self._said:
            self._said = (text, role)
            self.sync_status()

    def sync_status(self) -> None:
        """What just happened, and the keys that matter here."""
        words, role = self._said
        room = self.size.width - (min(len(words), self.size.width // 2) + 3 if words else 2)
        keys: list[Span] = []
        tags: list[str] = []
        for name in self._hinted():
            command = BY_ID[name]
            text = "← →" if name == "review.next" else key_text(command.keys[0])
            word = f" {self._word_for(command)}  "
            if len(text) + len(word) > room:
                continue
            room -= len(text) + len(word)
            keys += [(text, "accent"), (word, "muted")]
            tags += [name, name]
        self.query_one("#status", Lines).show_line(0, [(words, role)] if words else [], keys, tags)

    def _word_for(self, command: Command) -> str:
        if command.id == "review.text":
            return "timeline" if self.in_text else "text"
        return _WORDS.get(command.id) or command.hint or command.title.lower()

    def _hinted(self) -> tuple[str, ...]:
        if self.focused is self.threads_panel:
            return ("app.help", *_THREAD_KEYS)
        names = _TEXT_KEYS if self.in_text else _STORY_KEYS
        return ("app.help", *(f"review.{name}" for name in names))

    @on(Lines.Pressed)
    async def _hint_pressed(self, event: Lines.Pressed) -> None:
        await self.app.run_command(BY_ID[event.tag])  # type: ignore[attr-defined]

    def on_descendant_focus(self) -> None:
        """Other keys matter among the comments."""
        self.sync_status()

    def on_descendant_blur(self) -> None:
        """And again others when they are left."""
        self.call_after_refresh(self.sync_status)

"""The frame of the screen that shows a document beside what was made of it: its parts, its heads, its bottom line."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from schemas.incident import Incident
from schemas.text import clean_line, shorten
from tui.screens.base import MainScreen
from tui.widgets.bindings import bindings
from tui.widgets.line import Lines
from tui.widgets.made_rows import MadeRows
from tui.widgets.question_card import QuestionCard
from tui.widgets.question_list import QuestionList
from tui.widgets.rows import Span
from tui.widgets.source_lines import SourceLines
from tui.workspace.commands import BY_ID, key_text
from tui.workspace.import_outline import MadeRow
from tui.workspace.import_questions import Question
from tui.workspace.import_session import ImportSession
from tui.workspace.import_view import View, counted

_HINTED: Final = (
    ("app.help", 5), ("import.next", 3), ("import.first", 2), ("import.switch", 4), ("import.undo", 6),
    ("import.accept", 1), ("import.back", 7),
)  # fmt: skip
"""The commands of the bottom line from left to right, and which of them stay longest where room is scarce."""

_MOST_SAID: Final = 0.4
"""The part of the bottom line that words may take from the keys."""


class ImportFrame(MainScreen[Incident]):
    """The document at the left, what was made of it at the right, the doubts below."""

    CSS_PATH = "../styles/import.tcss"
    AUTO_FOCUS = None
    scope = "import"
    BINDINGS: ClassVar[list[BindingType]] = bindings("import")
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (72, "-normal"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-short"), (22, "-tall"), (32, "-roomy")]  # noqa: RUF012

    def __init__(self, name: str, *, only_events: bool, size: str = "") -> None:
        """`name` is what the document is called, `size` how large it is, for the person who waits for it."""
        super().__init__()
        self.document_name = clean_line(name)
        self.document_size = size
        self.only_events = only_events
        self.session: ImportSession | None = None
        self.view: View | None = None
        self.at = 0
        """Which of the questions is shown."""
        self._said: Span = ("", "muted")
        self._made_leads = False

    def compose(self) -> ComposeResult:
        """Everything that the first frame shows."""
        yield Lines(height=1, id="head")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield Lines(height=1, id="document-head")
                yield SourceLines(id="document")
            with Vertical(id="right"):
                yield Lines(height=1, id="made-head")
                yield MadeRows(id="made")
        with Horizontal(id="asked"):
            yield QuestionList(id="questions")
            yield QuestionCard(id="card")
        yield Lines(height=1, id="status")
        yield Static("Too small to look at both here (40x12 at least).\n^S accepts, Esc leaves.", id="too-small",
                     markup=False)  # fmt: skip

    @property
    def document(self) -> SourceLines:
        """The document."""
        return self.query_one("#document", SourceLines)

    @property
    def made(self) -> MadeRows:
        """What was made of it."""
        return self.query_one("#made", MadeRows)

    @property
    def question_list(self) -> QuestionList:
        """The doubts."""
        return self.query_one("#questions", QuestionList)

    @property
    def card(self) -> QuestionCard:
        """The doubt that is shown."""
        return self.query_one("#card", QuestionCard)

    @property
    def question(self) -> Question | None:
        """The doubt that is shown."""
        asked = self.view.result.questions if self.view else ()
        return asked[self.at] if self.at < len(asked) else None

    @property
    def row(self) -> MadeRow | None:
        """What the cursor is on, at whichever side it is; None where a line became nothing."""
        row = self.made.row
        if self.view is None or row is None:
            return None
        if self._made_leads:
            return row
        return row if self.made.index in self.view.outline.of_line(self.document.index + 1) else None

    # The heads

    def sync_head(self, waited: int = 0) -> None:
        """Title, counts, and what stands over the two sides; while it is read, for how many seconds that goes on."""
        view = self.view
        head = self.query_one("#head", Lines)
        if view is None:
            size = f"{self.document_size} " if self.document_size else ""
            since = f" {waited} s" if waited else ""
            head.show_line(0, [(f"Reading {self.document_name} …", "strong"), (since, "muted")], [(size, "muted")])
            return
        title = "Events out of pasted text" if self.only_events else view.result.incident.title or "No title was found"
        counts: list[Span] = [(f"{view.counts(only_events=self.only_events)}  ", "muted")]
        faults = view.faults(only_events=self.only_events)
        # Where only events are wanted there is nothing wrong about lines that are left out.
        for mark, said in faults:
            doubtful = mark == "?" or not self.only_events
            counts.append((f"{mark} {said}  " if doubtful else f"{said}  ", "warning" if doubtful else "muted"))
        if not any(mark == "?" for mark, _ in faults):
            counts.insert(1, ("✓ no doubts  " if faults else "✓ all is clear  ", "good"))
        counts[-1] = (f"{counts[-1][0].rstrip()} ", counts[-1][1])
        head.show_line(0, [(title, "strong")], counts)
        lines = counted(len(view.result.lines), "line")
        self.query_one("#document-head", Lines).show_line(
            0, [("Document  ", "accent"), (f"{self.document_name} · {lines}", "muted")], [self._other_side("incident")]
        )
        self.sync_why()

    def sync_why(self) -> None:
        """Say over the right side where what is under the cursor comes from."""
        row = self.row
        told = ""
        if row is not None:
            told = " · ".join(filter(None, ["" if row.missing else lines_text(row.lines), row.note]))
        elif self.view is not None:
            told = f"nothing of its own in line {self.document.index + 1:,}"
        other = self._other_side("document")
        room = self.query_one("#made-head", Lines).size.width - len("Incident") - len(other[0]) - 6
        self.query_one("#made-head", Lines).show_line(
            0, [("Incident  ", "accent"), (shorten(told, max(8, room)), "muted")], [other]
        )

    def _other_side(self, name: str) -> Span:
        """Where only one side is seen: how to get to the other."""
        return ("", "muted") if self.has_class("-wide") else (f"{self.key('switch')} {name} ", "muted")

    # The bottom line

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line."""
        self._said = (text, role)
        self.sync_status()

    def key(self, name: str) -> str:
        """The key of a command, as it is written."""
        return key_text(BY_ID[f"import.{name}"].keys[0])

    def sync_status(self) -> None:
        """What just happened, and the keys that do something now."""
        words, role = self._said
        said = min(len(words) + 2, int(self.size.width * _MOST_SAID)) if words else 0
        room = self.size.width - 2 - said
        shown: dict[str, tuple[str, str]] = {}
        for name, _ in sorted(_HINTED, key=lambda each: each[1]):
            hint = self._hint(name)
            if hint is not None and len("  ".join((*hint,))) + 1 <= room:
                shown[name] = hint
                room -= len(hint[0]) + len(hint[1]) + 3
        keys: list[Span] = []
        tags: list[str] = []
        for name, _ in _HINTED:
            if name in shown:
                keys += [(shown[name][0], "accent"), (f" {shown[name][1]}  ", "muted")]
                tags += [name, name]
        if keys:
            keys[-1] = (keys[-1][0][:-1], "muted")
        self.query_one("#status", Lines).show_line(0, [(words, role)] if words else [], keys, tags)

    def _hint(self, name: str) -> tuple[str, str] | None:
        """The key and the word of a command, None where it would do nothing."""
        command = BY_ID[name]
        key = key_text(command.keys[0])
        if self.view is None:
            return (key, command.hint) if name in ("app.help", "import.back") else None
        if name == "import.first":
            options = len(self.question.options) if self.question is not None else 0
            return (f"1–{options}" if options > 1 else "1", command.hint) if options else None
        if name == "import.switch" and not self.has_class("-wide"):
            return None  # It stands over the side that is seen.
        if name == "import.next" and not self.view.result.open:
            return None
        if name == "import.undo" and not (self.session is not None and self.session.answers):
            return None
        return key, command.hint

    @on(Lines.Pressed)
    async def _hint_pressed(self, event: Lines.Pressed) -> None:
        await self.app.run_command(BY_ID[event.tag])  # type: ignore[attr-defined]


def lines_text(lines: tuple[int, ...]) -> str:
    """`line 12`, `lines 12–14`, `lines 3, 7 and 9`."""
    if not lines:
        return "from no line"
    if len(lines) == 1:
        return f"line {lines[0]:,}"
    if lines[-1] - lines[0] == len(lines) - 1 or len(lines) > 5:
        return f"lines {lines[0]:,}–{lines[-1]:,}"
    return f"lines {', '.join(f'{n:,}' for n in lines[:-1])} and {lines[-1]:,}"

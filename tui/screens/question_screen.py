"""The questions of a review, one a screen: what is asked, what to look at, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from schemas.comments import Thread, threads
from schemas.incident import Comment
from schemas.review_questions import QUESTIONS, Question
from tui.screens.dialogs import Dialog
from tui.screens.question_glance import glance
from tui.widgets.line import Lines
from tui.widgets.rows import Rows, Span
from tui.widgets.threads_panel import ThreadsPanel
from tui.widgets.wrapped import wrapped_spans

if TYPE_CHECKING:
    from tui.screens.comment_actions import CommentActions


class _Glance(Rows):
    """A text to look at, line by line; up and down scroll it."""

    def __init__(self) -> None:
        super().__init__()
        self._source: list[list[Span]] = []
        self._lines: list[list[Span]] = []
        self._width = 0

    def show(self, lines: list[list[Span]]) -> None:
        """Show other lines, from the first one on."""
        self._source = lines
        self._build()
        self.scroll_to(0, 0, animate=False)

    def selectable(self, index: int) -> bool:
        """Nothing: it is read."""
        del index
        return False

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """One line."""
        return [(" ", "text"), *self._lines[index]]

    def action_cursor(self, steps: int) -> None:
        """Scroll by lines."""
        self.scroll_to(0, self.scroll_offset.y + steps, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        self.action_cursor(pages * max(1, self.size.height - 1))

    def action_edge(self, direction: int) -> None:
        """To the first or the last line."""
        self.scroll_to(0, 0 if direction < 0 else self.row_count, animate=False)

    def on_resize(self) -> None:
        """Lines are broken elsewhere at another width."""
        if self.scrollable_content_region.width != self._width:
            self._build()
        super().on_resize()

    def show_cursor_row(self) -> None:
        """There is no cursor to be shown."""

    def _build(self) -> None:
        self._width = self.scrollable_content_region.width
        room = (self._width or 76) - 2
        self._lines = [line for spans in self._source for line in wrapped_spans(spans, room)]
        self.rows_changed(len(self._lines))
        self.refresh()


class QuestionsScreen(Dialog[str]):
    """Gives a place to go to, or None. Answers are comments, made by the screen below, which stays."""

    DEFAULT_CSS = """
    QuestionsScreen > Vertical { width: 110; height: 96%; max-height: 96%; padding: 0; }
    QuestionsScreen Static { padding: 0 1; }
    QuestionsScreen .question { height: auto; max-height: 3; text-style: bold; }
    QuestionsScreen .prompt { height: auto; max-height: 3; color: $secondary; margin: 0 0 1 0; }
    QuestionsScreen _Glance { height: 1fr; min-height: 3; }
    QuestionsScreen ThreadsPanel { height: auto; min-height: 2; max-height: 45%; }
    QuestionsScreen #answers-head { margin: 1 0 0 0; }
    QuestionsScreen .said { height: 1; color: $secondary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,enter", "answer(False)", show=False, priority=True),
        Binding("d", "answer(True)", show=False, priority=True),
        Binding("n,right,pagedown,space", "step(1)", show=False, priority=True),
        Binding("p,left,pageup,b", "step(-1)", show=False, priority=True),
        Binding("u", "unanswered", show=False, priority=True),
        Binding("g", "go", show=False, priority=True),
        Binding("tab,shift+tab", "other_part", show=False, priority=True),
        Binding("ctrl+z,alt+z", "undo", show=False),
    ]

    def __init__(self, host: CommentActions, *, at: int | None = None) -> None:
        """`at` is the question to begin with, counted from 0; None: the first without an answer."""
        super().__init__()
        self._host = host
        self._at = at if at is not None else next(iter(self._open()), 0)

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_subtitle = "c answer · d answer, settled · n p next, previous · u unanswered · g go there"
            yield Static("", classes="question", markup=False)
            yield Static("", classes="prompt", markup=False)
            yield Lines(height=1, id="glance-head")
            yield _Glance()
            yield Lines(height=1, id="answers-head")
            yield ThreadsPanel(act=self._wanted)
            yield Static("", classes="said", markup=False)

    def on_mount(self) -> None:
        """The question, with what there is to look at in focus."""
        self._stop = self._host.session.observe(lambda *_: self._show_answers())
        self._show()
        self.set_focus(self.query_one(_Glance))

    def on_unmount(self) -> None:
        """The document goes on without the questions."""
        self._stop()

    @property
    def question(self) -> Question:
        """The one on the screen."""
        return QUESTIONS[self._at]

    def _open(self) -> list[int]:
        """The questions that nobody answered yet."""
        answered = {thread.root.question for thread in threads(self._host.incident) if thread.root.text.strip()}
        return [at for at, question in enumerate(QUESTIONS) if question.id not in answered]

    def _show(self) -> None:
        question = self.question
        self.query_one(".question", Static).update(Content(question.text))
        self.query_one(".prompt", Static).update(Content(question.prompt))
        heading, lines = glance(self._host.incident, self._host.session.timeline, question.look_at)
        self.query_one("#glance-head", Lines).show_line(0, [(heading, "accent")])
        self.query_one(_Glance).show(lines)
        self._show_answers()

    def _show_answers(self) -> None:
        left = len(self._open())
        count = f"{left} without an answer" if left else "all answered"
        box = self.query_one(Vertical)
        box.border_title = Content(f" Question {self._at + 1} of {len(QUESTIONS)} · {count} ")
        found = [thread for thread in threads(self._host.incident) if thread.root.question == self.question.id]
        self.query_one("#answers-head", Lines).show_line(0, [("Answers", "accent"), (f" · {len(found)}", "muted")])
        panel = self.query_one(ThreadsPanel)
        empty = "No answer yet. c writes one that stays open, d one that is settled."
        panel.show(found, zone=self._host.remark_zone(), empty=empty, questions=False)
        panel.styles.height = max(1, panel.height_for(panel.size.width or 76))

    # Keys

    def action_step(self, steps: int) -> None:
        """The next question, or the one before."""
        to = self._at + steps
        if 0 <= to < len(QUESTIONS):
            self._at = to
            self._say("")
            self._show()
        else:
            self._say("That was the last one" if steps > 0 else "This is the first one")

    def action_unanswered(self) -> None:
        """The next question without an answer, round and round."""
        left = self._open()
        if not left:
            self._say("Every question has an answer")
            return
        self._at = next((at for at in left if at > self._at), left[0])
        self._show()

    def action_answer(self, settled: bool) -> None:
        """Answer as a comment on what the question looks at, settled at once or open until it is resolved."""
        question = self.question
        title = "Answer, settled" if settled else "Answer, open until it is resolved"
        self._host.comment_on(question.look_at, question=question.id, about=question.text, title=title, settled=settled)

    def action_go(self) -> None:
        """Leave for what the question looks at."""
        self.dismiss(self.question.look_at)

    def action_other_part(self) -> None:
        """Between what is looked at and the answers."""
        panel = self.query_one(ThreadsPanel)
        self.set_focus(self.query_one(_Glance) if panel.has_focus else panel)

    def action_undo(self) -> None:
        """Take back the last change."""
        step = self._host.session.undo()
        self._say(f"Undone: {step.label}" if step else "Nothing to undo")

    def _wanted(self, what: str, thread: Thread | None, comment: Comment | None) -> None:
        if thread is not None and what in ("reply", "edit", "resolve", "delete"):
            self._host.do_remark(what, thread, comment)

    def _say(self, text: str) -> None:
        self.query_one(".said", Static).update(Content(text))

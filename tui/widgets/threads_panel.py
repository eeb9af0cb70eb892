"""Threads of comments in full, with a cursor that goes from comment to comment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message

from schemas.comments import Thread
from schemas.incident import Comment
from tui.widgets import thread_lines
from tui.widgets.bindings import bindings
from tui.widgets.rows import Rows, Span, fit

Names = Callable[[str], str]
"""What a place is called."""

Act = Callable[[str, Thread | None, Comment | None], None]
"""Does what is wanted of a comment."""


class _Line(Struct, frozen=True):
    """One drawn line. `comment` is set on the line that the cursor can stand on."""

    spans: Sequence[Span]
    thread: Thread | None = None
    comment: Comment | None = None


class ThreadsPanel(Rows):
    """Threads under the names of their places. A resolved thread is one line until it is unfolded."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("threads")

    class Wanted(Message):
        """Something is wanted of a comment (None where there is none): `reply`, `comment`, `edit`, `resolve`,
        `delete`, `go` or `filter`."""

        def __init__(self, panel: ThreadsPanel, what: str, thread: Thread | None, comment: Comment | None) -> None:
            super().__init__()
            self.panel = panel
            self.what = what
            self.thread = thread
            self.comment = comment

        @property
        def control(self) -> ThreadsPanel:
            """The panel."""
            return self.panel

    def __init__(self, *, act: Act | None = None, id: str | None = None) -> None:
        """`act` is called with what is wanted instead of a message that says so: in time for keys right behind it to go
        into the dialog that it opens."""
        super().__init__(id=id)
        self._act = act
        self.threads: tuple[Thread, ...] = ()
        self._names: Names | None = None
        self._zone: tzinfo | None = None
        self._empty = ""
        self._questions = True
        self._lines: list[_Line] = []
        self._unfolded: set[str] = set()
        self._width = 0

    def show(
        self, threads: Sequence[Thread], *, names: Names | None = None, zone: tzinfo | None = None, empty: str = "",
        questions: bool = True,
    ) -> None:  # fmt: skip
        """Show threads, with the names of their places above them where `names` is given; times on a zone's clock.

        The cursor stays on its comment, or goes to the first one. `empty` is said where there are none; `questions`
        says whether the question of the review script that a comment answers is told.
        """
        threads = tuple(threads)
        same = (threads, zone, empty, questions) == (self.threads, self._zone, self._empty, self._questions)
        if same and names is None and self._names is None:
            return
        self.threads, self._names, self._zone, self._empty = threads, names, zone, empty
        self._questions = questions
        self._build()

    @property
    def thread(self) -> Thread | None:
        """The thread under the cursor."""
        return self._lines[self.index].thread if 0 <= self.index < len(self._lines) else None

    @property
    def comment(self) -> Comment | None:
        """The comment under the cursor."""
        return self._lines[self.index].comment if 0 <= self.index < len(self._lines) else None

    def place_at(self, comment_id: str) -> bool:
        """Put the cursor on a comment, unfolding its thread; False if it is not here."""
        thread = next((each for each in self.threads if any(c.id == comment_id for c in each.comments)), None)
        if thread is None:
            return False
        if not thread.open and thread.id not in self._unfolded:
            self._unfolded.add(thread.id)
            self._build()
        at = next((at for at, line in enumerate(self._lines) if line.comment and line.comment.id == comment_id), None)
        if at is not None:
            self.move_to(at, tell=False)
        return at is not None

    def height_for(self, width: int) -> int:
        """How many lines the threads take at a width."""
        return len(self._laid_out(width))

    # Drawing

    def selectable(self, index: int) -> bool:
        """The first line of each comment."""
        return 0 <= index < len(self._lines) and self._lines[index].comment is not None

    def empty_text(self) -> Sequence[str]:
        """What to do."""
        return (f" {self._empty}" if self._empty else " No comments here; c writes one.",)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """One line; long ones are cut where they were not broken."""
        line = self._lines[index]
        here = "▌" if index == self.index and line.comment else " "
        spans: list[Span] = [(here, "accent")]
        room = width - 1
        for text, role in line.spans:
            shown = text if cell_len(text) <= room else fit(text, room)
            spans.append((shown, role))
            room -= cell_len(shown)
        return spans

    def on_resize(self) -> None:
        """Lines are broken elsewhere at another width."""
        if self._inner_width() != self._width:
            self._build()
        super().on_resize()

    def show_cursor_row(self) -> None:
        """Scroll so that the comment is visible with the name of its place, as much of it as fits."""
        last = self.index
        while last + 1 < len(self._lines) and not self.selectable(last + 1) and self._lines[last + 1].thread:
            last += 1
        first = self.index
        while first and not self.selectable(first - 1) and self._lines[first - 1].thread is None:
            first -= 1
        height = max(1, self.scrollable_content_region.height)
        if last - first + 1 > height:
            first, last = self.index, min(last, self.index + height - 1)
        self.scroll_to_region(Region(0, first, 1, last - first + 1), animate=False, force=True, immediate=True)

    def _inner_width(self) -> int:
        return self.scrollable_content_region.width or self.size.width

    def _build(self) -> None:
        here = self.comment.id if self.comment else ""
        self._width = self._inner_width()
        self._lines = self._laid_out(self._width or 80)
        found = [at for at, line in enumerate(self._lines) if line.comment]
        same = next((at for at in found if self._lines[at].comment.id == here), None)  # type: ignore[union-attr]
        self.rows_changed(len(self._lines), same if same is not None else min(self.index, max(found, default=0)))
        self.refresh()

    def _laid_out(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        place: str | None = None
        for thread in self.threads:
            if self._names is not None and thread.place != place:
                place = thread.place
                if lines:
                    lines.append(_Line(()))
                name = f"gone: {place}" if thread.orphan else self._names(place)
                lines.append(_Line(((fit(name, width - 2).rstrip(), "strong"),)))
            if not thread.open and thread.id not in self._unfolded:
                lines.append(_Line(thread_lines.folded(thread, self._zone), thread, thread.root))
                continue
            for comment in thread.comments:
                lines.append(_Line(thread_lines.header(thread, comment, self._zone), thread, comment))
                lines += [
                    _Line(spans, thread) for spans in thread_lines.body(thread, comment, width - 2, self._questions)
                ]
        return lines

    # Keys

    def want(self, what: str) -> None:
        """Post what is wanted of the comment under the cursor."""
        if self._act is not None:
            self._act(what, self.thread, self.comment)
        else:
            self.post_message(self.Wanted(self, what, self.thread, self.comment))

    def action_want(self, what: str) -> None:
        """The same, for keys."""
        self.want(what)

    def action_choose(self) -> None:
        """Enter goes to what the comment is about."""
        if self.thread:
            self.want("go")

    def action_fold(self) -> None:
        """Unfold a resolved thread, or fold it again."""
        if self.thread and not self.thread.open:
            self._unfolded ^= {self.thread.id}
            self._build()

    def action_thread(self, steps: int) -> None:
        """To the first comment of the next thread, or of the one before."""
        roots = [at for at, line in enumerate(self._lines) if line.thread and line.comment is line.thread.root]
        later = [at for at in roots if at > self.index] if steps > 0 else [at for at in roots if at < self.index]
        if later:
            self.move_to(later[0] if steps > 0 else later[-1])

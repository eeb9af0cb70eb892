"""All comments of a document: read, answered and settled without going anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from schemas.comments import Thread, threads
from schemas.incident import Comment
from tui.screens.dialogs import Dialog
from tui.widgets import thread_lines
from tui.widgets.threads_panel import ThreadsPanel

if TYPE_CHECKING:
    from tui.screens.comment_actions import CommentActions


class CommentsScreen(Dialog[None]):
    """Threads by place, the open ones first. What is wanted of them is done by the screen below, which stays."""

    DEFAULT_CSS = """
    CommentsScreen > Vertical { width: 110; height: 92%; max-height: 92%; padding: 0; }
    CommentsScreen ThreadsPanel { height: 1fr; }
    CommentsScreen .head { height: 1; padding: 0 1; color: $secondary; }
    CommentsScreen .said { height: 1; padding: 0 1; color: $secondary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z,alt+z,u", "undo", show=False),
        Binding("ctrl+y,alt+y", "redo", show=False),
        Binding("ctrl+s,f2", "save", show=False),
    ]

    def __init__(self, host: CommentActions, *, at: str = "", place: str = "") -> None:
        """`at` is the id of the comment to begin with, `place` where a new comment goes."""
        super().__init__()
        self._host = host
        self._at = at
        self._place = place
        self._all = False

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical() as box:
            box.border_title = Content(" Comments ")
            box.border_subtitle = "r answer · x resolve · e d own · f open/all · Enter goes there · Esc"
            yield Static("", classes="head", markup=False)
            yield ThreadsPanel(act=self._wanted)
            yield Static("", classes="said", markup=False)

    def on_mount(self) -> None:
        """The open ones, or all where none is open or a resolved one is meant."""
        found = threads(self._host.incident)
        still_open = [thread for thread in found if thread.open]
        self._all = not still_open or any(thread.id == self._at and not thread.open for thread in found)
        self._stop = self._host.session.observe(lambda *_: self._show())
        self._show()
        panel = self.query_one(ThreadsPanel)
        self.set_focus(panel)
        if self._at:
            self.call_after_refresh(panel.place_at, self._at)

    def on_unmount(self) -> None:
        """The document goes on without this list."""
        self._stop()

    def _show(self) -> None:
        found = threads(self._host.incident)
        shown = sorted(found, key=lambda thread: not thread.open) if self._all else [t for t in found if t.open]
        names = self._host.place_names()
        empty = "Nothing is open; f shows the resolved ones." if found else "No comments yet; c writes one."
        self.query_one(ThreadsPanel).show(shown, names=names.of, zone=self._host.remark_zone(), empty=empty)
        filtered = "all" if self._all else "open only"
        self.query_one(".head", Static).update(Content(f"{thread_lines.counted(found)}  ·  shown: {filtered}"))

    def _wanted(self, what: str, thread: Thread | None, comment: Comment | None) -> None:
        if what == "filter":
            self._all = not self._all
            self._show()
        elif what == "go" and thread is not None and not thread.orphan:
            self.dismiss(None)
            self._host.call_later(self._host.visit_thread, thread)
        elif what == "go":
            self.tell("What this comment was about is gone")
        elif what == "comment" and thread is None:
            self._host.comment_on(self._place)
        else:
            self._host.do_remark(what, thread, comment)

    def tell(self, text: str) -> None:
        """What just happened."""
        self.query_one(".said", Static).update(Content(text))

    def action_undo(self) -> None:
        """Take back the last change."""
        step = self._host.session.undo()
        self.tell(f"Undone: {step.label}" if step else "Nothing to undo")

    def action_redo(self) -> None:
        """Do again what was undone."""
        step = self._host.session.redo()
        self.tell(f"Done again: {step.label}" if step else "Nothing to do again")

    async def action_save(self) -> None:
        """Save as the screen below does."""
        await self._host.run_action("save")

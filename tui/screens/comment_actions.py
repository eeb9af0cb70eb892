"""Comments on a screen: writing, answering, settling, taking away, and going from one to the next."""

from __future__ import annotations

from textual import on

from schemas import comments
from schemas.comments import Thread
from schemas.incident import Comment, Incident
from schemas.quotes import quoted_first
from schemas.text import first_line, shorten
from schemas.verdicts import same_person
from tui.screens.dialogs import Confirm
from tui.screens.remark_base import RemarkBase
from tui.widgets import thread_lines
from tui.widgets.threads_panel import ThreadsPanel


class CommentActions(RemarkBase):
    """What a person does with comments."""

    def action_comment(self) -> None:
        """Write a comment on the place of the cursor."""
        self.comment_on(*self.remark_place())

    def comment_on(
        self, place: str, quote: str = "", *, question: str = "", about: str = "", title: str = "",
        settled: bool = False,
    ) -> None:  # fmt: skip
        """Write a comment on a place, `settled` one that waits for nothing.

        `about` is shown above it, such as the question whose id is `question` and that it answers.
        """
        from tui.screens.comment_dialog import CommentDialog

        if not self.may_remark():
            return

        def write(text: str | None) -> None:
            if text is None:
                return
            made = self.new_remark_id()
            if comments.place_of(self.incident, place) is None:
                self.say("What the comment was to be on is gone", "warning")
                return
            words, said = (quote, text) if quote else quoted_first(comments.text_at(self.incident, place), text)

            def add(doc: Incident) -> Incident:
                added = comments.add_comment(
                    doc, comment_id=made, on=place, author=self.author, at=self.remark_time(), text=said, quote=words,
                    question=question,
                )  # fmt: skip
                return comments.set_resolved(added, made, settled)

            self.remark(add, "a comment", place, f"Commented on {self.place_name(place)}")

        hint = self._signed()
        if not quote and not about and place.partition("/")[0] in ("sections", "other_sections"):
            hint = f"{hint} · a first line such as > these words quotes them"
        dialog = CommentDialog(title or f"Comment on {self.place_name(place)}", quote=quote, answering=about, hint=hint)
        self.app.push_screen(dialog, write)

    def _signed(self) -> str:
        return f"Signed {self.author}" if self.author else "Not signed: set author in your settings, or git's user.name"

    def action_comments(self) -> None:
        """Show all comments, the cursor on those of this place."""
        from tui.screens.comments_screen import CommentsScreen

        here = self.remark_place()[0]
        meant = self.thread_meant()
        self.app.push_screen(CommentsScreen(self, at=meant.id if meant else "", place=here))

    def action_answer(self) -> None:
        """Answer the comment at this place."""
        if thread := self._thread_or_say():
            self.do_remark("reply", thread, thread.last)

    def action_resolve(self) -> None:
        """Settle the comment at this place, or open it again."""
        if thread := self._thread_or_say():
            self.do_remark("resolve", thread, thread.root)

    def _thread_or_say(self) -> Thread | None:
        thread = self.thread_meant()
        if thread is None:
            self.say(f"There is no comment here{self.key_hint('next-comment', 'goes to the next one', '; ')}")
        return thread

    def thread_meant(self) -> Thread | None:
        """The thread under the cursor of a panel, else the one gone to last or the first open one at this place."""
        focused = self.focused
        if isinstance(focused, ThreadsPanel) and focused.thread:
            return focused.thread
        here = self.threads_at(self.remark_place()[0])
        visited = [thread for thread in here if thread.id == self.visited_thread]
        return next((each for each in (*visited, *here) if each.open), (*visited, *here, None)[0])

    visited_thread = ""

    async def action_next_comment(self) -> None:
        """To the next open comment, or the next of all where none is open."""
        await self._step_comment(1)

    async def action_previous_comment(self) -> None:
        """To the one before."""
        await self._step_comment(-1)

    async def _step_comment(self, steps: int) -> None:
        found = comments.open_threads(self.incident) or comments.threads(self.incident)
        if not found:
            self.say(f"No comments yet{self.key_hint('comment', 'writes one', '; ')}")
            return
        ids = [thread.id for thread in found]
        start = -1 if steps > 0 else 0
        at = (ids.index(self.visited_thread) if self.visited_thread in ids else start) + steps
        await self.visit_thread(found[at % len(found)], found)

    async def visit_thread(self, thread: Thread, among: tuple[Thread, ...] = ()) -> None:
        """Go to what a thread is about and say what it says."""
        self.visited_thread = thread.id
        if not thread.orphan:
            await self.show_place(thread.place)
            self.show_quote(thread)
        counted = f"{among.index(thread) + 1} of {len(among)}  " if thread in among else ""
        shows = self.key_hint("comments", "shows it", "; ")
        gone = f" (what it was about is gone{shows})" if thread.orphan else ""
        state = "" if thread.open else " (resolved)"
        words = shorten(first_line(thread.root.text), 200)
        self.say(f"{counted}{thread_lines.who(thread.root)}{state}{gone}: {words}", "accent")
        for panel in self.query(ThreadsPanel):
            panel.place_at(thread.id)

    def show_quote(self, thread: Thread) -> None:
        """Show the quoted words, where their place is a text on the screen."""

    # What a panel asks for

    @on(ThreadsPanel.Wanted)
    def _remark_wanted(self, event: ThreadsPanel.Wanted) -> None:
        event.stop()
        self.do_remark(event.what, event.thread, event.comment)

    def do_remark(self, what: str, thread: Thread | None, comment: Comment | None) -> None:
        """Do what is wanted of a comment."""
        if what == "comment":
            self.comment_on(thread.place if thread and not thread.orphan else self.remark_place()[0])
        elif what == "filter":
            self.action_comments()
        elif thread is None or comment is None:
            self.say("There is no comment here; c writes one")
        elif what == "go":
            self.call_later(self.visit_thread, thread)
        elif self.may_remark():
            {"reply": self._reply, "edit": self._edit, "resolve": self._resolve, "delete": self._delete}[what](
                thread, comment
            )

    def _reply(self, thread: Thread, comment: Comment) -> None:
        from tui.screens.comment_dialog import CommentDialog

        def write(text: str | None) -> None:
            if text is None or not self._still_there(comment):
                return
            made = self.new_remark_id()
            self.remark(
                lambda doc: comments.reply(
                    doc, comment.id, comment_id=made, author=self.author, at=self.remark_time(), text=text
                ),
                "an answer", thread.place, f"Answered {thread_lines.who(comment)}",
            )  # fmt: skip

        asked = comment.text or thread.root.text
        dialog = CommentDialog(
            f"Answer {thread_lines.who(comment)} on {self._on(thread)}", quote=thread.root.quote,
            answering=f"{thread_lines.who(comment)}: {asked}" if asked else "", hint=self._signed(),
        )  # fmt: skip
        self.app.push_screen(dialog, write)

    def _edit(self, thread: Thread, comment: Comment) -> None:
        from tui.screens.comment_dialog import CommentDialog

        if not self._own(comment, "change"):
            return

        def write(text: str | None) -> None:
            if text is None or not self._still_there(comment):
                return
            at = self.remark_time()
            self.remark(
                lambda doc: comments.edit_comment(doc, comment.id, text, at=at),
                "the words of a comment", thread.place, "Changed",
            )  # fmt: skip

        self.app.push_screen(
            CommentDialog(
                f"Your comment on {self._on(thread)}", quote=comment.quote, text=comment.text, hint=self._signed()
            ),
            write,
        )

    def _resolve(self, thread: Thread, comment: Comment) -> None:
        del comment
        done = thread.open
        self.remark(
            lambda doc: comments.set_resolved(doc, thread.id, done),
            "resolving a comment" if done else "reopening a comment",
            thread.place,
            f"Resolved: {shorten(first_line(thread.root.text), 60)} · ^Z takes it back" if done else "Open again",
        )

    def _delete(self, thread: Thread, comment: Comment) -> None:
        if self._own(comment, "delete"):
            self.remark(
                lambda doc: comments.remove_comment(doc, comment.id), "deleting a comment", thread.place,
                "Deleted · ^Z brings it back",
            )  # fmt: skip

    def _own(self, comment: Comment, verb: str) -> bool:
        if same_person(comment.author, self.author):
            return True
        told = f"{thread_lines.who(comment)} wrote this and {self.author or 'nobody'} is at the keyboard"
        self.app.push_screen(
            Confirm(f"Only your own comments can be {verb}d", told, [("o", "All right", "ok")])
        )  # fmt: skip
        return False

    def _still_there(self, comment: Comment) -> bool:
        there = any(each.id == comment.id for each in self.incident.comments)
        if not there:
            self.say("The comment is gone meanwhile", "warning")
        return there

    def _on(self, thread: Thread) -> str:
        return "something that is gone" if thread.orphan else self.place_name(thread.place)

"""Saving a review: into the incident's file, or beside it where that cannot be written; undoing remarks; leaving."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import work

from tui.screens.dialogs import Message
from tui.screens.review_view import ReviewView
from tui.screens.saving import Saving
from tui.workspace.errors import UserError
from tui.workspace.history import Step

if TYPE_CHECKING:
    from tui.workspace.review_file import OpenedReview

Move = Callable[[], Step | None]

_REMARKS: Final = ("comments", "reviews", "waivers", "status")
"""What a review changes of an incident. All else is its content, which it leaves alone."""


class ReviewFiles(ReviewView, Saving):
    """Saving and leaving. `shared` says that an editor below holds the same document and asks about leaving."""

    kept: OpenedReview | None = None

    async def save(self) -> bool:
        """Write comments and verdicts: to the file, or to one beside it if the file is read-only."""
        path = self.session.path
        if path is None or not self.session.read_only:
            return await super().save()
        if not self.session.dirty:
            self.say("Nothing to save: there is nothing new")
            return True
        return await self._save_beside(path)

    async def _save_beside(self, path: Path) -> bool:
        from schemas.review_patch import patch_of
        from tui.workspace import review_file

        session = self.session
        session.seal()
        patch = patch_of(session.in_file, session.doc, file=path.name)
        target = review_file.patch_path(path)
        try:
            self.kept = review_file.save_review(
                target, patch, expect=self.kept.fingerprint if self.kept else None, disk=self.services.disk
            )
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            self.say(f"Not saved: {error.title}", "error")
            return False
        session.mark_kept()
        self.sync()
        self.say(f"Saved {target.name}: hand it to the author, who takes it in", "good")
        return True

    def may_remark(self) -> bool:
        """Always: what cannot go into the file goes beside it."""
        return True

    def action_undo(self) -> None:
        """Take back the last remark; a change of the content is the editor's to undo."""
        self._back_or_forth(self.session.undo, self.session.redo, "Undone", "undo")

    def action_redo(self) -> None:
        """Do the last remark again that was undone."""
        self._back_or_forth(self.session.redo, self.session.undo, "Done again", "redo")

    def _back_or_forth(self, go: Move, come_back: Move, done: str, verb: str) -> None:
        # Whether it changes the content is known once it is done; nobody sees it in between.
        self.staying = True
        step = go()
        content = step is not None and _changes_content(step)
        if content:
            come_back()
        self.staying = False
        if step is None:
            self.say(f"Nothing to {verb}")
        elif content:
            self.say(f"The change here is “{step.label}”: {verb} it in the editor")
        else:
            self.say(f"{done}: {step.label}")
            if step.target is not None:
                self.call_later(self.reveal, step.target.place)

    async def may_leave(self) -> bool:
        """Whether the review can be closed."""
        if not self.shared:
            return await super().may_leave()
        # What is still being written here is marked as saved here: with the screen that would be given up.
        async with self.session.saving:
            return True

    @work
    async def leave(self, *, over: bool) -> None:
        """Back to what is below, or say how to leave the program where there is nothing."""
        if not over:
            self.say("^Q leaves the program")
        elif await self.may_leave():
            self.dismiss("")


def _changes_content(step: Step) -> bool:
    fields = type(step.before).model_fields
    return any(
        getattr(step.before, name) is not getattr(step.after, name) for name in fields if name not in _REMARKS
    )  # fmt: skip

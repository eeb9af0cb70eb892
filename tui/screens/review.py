"""The screen for reviewing an incident: its story step by step, its text, comments, questions and a verdict.

Nothing here changes what the incident says. Without hindsight, what lies behind the last event that was reached is
shown nowhere: not in the list, the bar, the lengths, the findings, the jumps, or the text, which opens at the end.
The title, the number of events and comments on what was reached stay.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from schemas import edits
from schemas.comments import Thread
from schemas.policy import Problem
from tui.screens.picker import Choice, Picker
from tui.screens.remark_actions import RemarkActions
from tui.screens.review_files import ReviewFiles
from tui.screens.review_steps import StepActions
from tui.widgets.bindings import bindings
from tui.widgets.rows import Rows
from tui.workspace import storage
from tui.workspace.library_policy import policy_for
from tui.workspace.review_walk import Habits
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession

if TYPE_CHECKING:
    from tui.workspace.review_file import OpenedReview


class ReviewScreen(StepActions, ReviewFiles, RemarkActions):
    """One incident, open for reading and remarks."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("review")

    def __init__(
        self, session: DocumentSession, services: Services, folder: Path, habits: Habits, *, over: bool,
        shared: bool = False, faults: tuple[Problem, ...] = (),
    ) -> None:  # fmt: skip
        """`over` says that there is a screen to go back to, `shared` that it holds the same document."""
        super().__init__(session, services, habits)
        self.folder = folder
        self.shared = shared
        self._over = over
        self._faults = faults

    def on_screen_resume(self) -> None:
        """Show what changed behind a dialog; tell what of the team's settings could not be used, once."""
        faults, self._faults = self._faults, ()
        self.tell_faults(faults)

    # What is shown

    def action_hindsight(self) -> None:
        """With or without what came later."""
        self.pause()
        habits = self.habits
        habits.no_hindsight = not habits.no_hindsight
        self.walk.reached = self.walk.index
        self.sync()
        said = "What came later is hidden until you get there" if habits.no_hindsight else "With hindsight again"
        self.say(said, "good")

    def action_switch(self) -> None:
        """Between the timeline and the text."""
        self.pause()
        self.in_text = not self.in_text
        self.set_focus(None)
        self.say("")
        self.sync()
        self.sync_place(fresh=True)

    def action_list(self) -> None:
        """The list in place of the page, where there is no room beside it."""
        if self.has_class("-wide"):
            self.say("The list is at the left")
            return
        self.toggle_class("-list")
        self.call_after_refresh(self.sync)

    def action_next_zone(self) -> None:
        """Show the clocks in the next zone."""
        story = self.session.timeline
        following = self.face.next_choice(story)
        if following == self.face.choice:
            self.say(self.face.why_not(story, "utc") or "UTC and your own zone show these times no other")
            return
        self.face.choose(story, following)
        self.sync()
        entry = self.walk.entry
        label = self.face.label_at(story, entry.wall) if entry is not None else ""
        self.say(f"Times are shown in {label or 'the incident’s zone'}", "good")

    # Scrolling

    def action_scroll(self, lines: int) -> None:
        """Scroll the page; in a list of items go to the next one."""
        items = list(self.page_lines.items) if self.in_text else []
        if len(items) > 1 and self.item_id in items:
            at = min(max(items.index(self.item_id) + lines, 0), len(items) - 1)
            self.item_id = items[at]
            self.sync_place()
        elif not self.page.scroll_lines(lines) and not self.in_text:
            self.action_step(lines)

    def action_page(self, pages: int) -> None:
        """Scroll by what fits."""
        self.page.scroll_pages(pages)

    @on(Rows.Moved, "#story")
    def _event_clicked(self) -> None:
        if (event_id := self.story.event_id) is not None:
            self.pause()
            self.go_to_event(self.walk.index_of(event_id))

    @on(Rows.Moved, "#pages")
    def _page_clicked(self, event: Rows.Moved) -> None:
        self.go_to_page(self.pages_list.part_at(event.index))

    # Links

    def action_copy_link(self) -> None:
        """Put the address of a link on the clipboard."""
        links = self.links
        if not links:
            self.say("There is no link here")
        elif len(links) == 1:
            self._copy_link(links[0])
        else:
            choices = [Choice(link, link, str(number)) for number, link in enumerate(links, 1)]
            self.app.push_screen(Picker("Copy a link", choices), self._copy_link)

    def _copy_link(self, link: str | None) -> None:
        if link is not None:
            self.copy_out(link, "the address")

    # Remarks

    def action_into_threads(self) -> None:
        """Into the comments on this place."""
        if self.threads_panel.display:
            self.set_focus(self.threads_panel)
        else:
            self.say("No comments here; c writes one")

    def action_all_comments(self) -> None:
        """All comments; without hindsight they would tell what is ahead."""
        if self._may_look_ahead("The list of all comments"):
            self.action_comments()

    def action_what_changed(self) -> None:
        """What changed; it tells the end, too."""
        if self._may_look_ahead("What changed"):
            self.action_changes()

    def _may_look_ahead(self, what: str) -> bool:
        if not self.walk.all_told:
            self.say(f"{what} would tell what is ahead; h turns hindsight on")
        return self.walk.all_told

    async def visit_thread(self, thread: Thread, among: tuple[Thread, ...] = ()) -> None:
        """Go to what a thread is about; not into the text while that is closed."""
        if self.text_is_open or thread.place.startswith("events/"):
            await super().visit_thread(thread, among)
            return
        self.visited_thread = thread.id
        number = f"{among.index(thread) + 1} of {len(among)}  " if thread in among else ""
        self.say(f"{number}a comment on the text, which opens at the end; h turns hindsight on")

    # Leaving

    def action_back(self) -> None:
        """Out of the comments, out of the list, out of the review."""
        if self.focused is self.threads_panel:
            self.set_focus(None)
        elif self.has_class("-list"):
            self.action_list()
        else:
            self.leave(over=self._over)


def open_review(path: Path, services: Services, habits: Habits, *, over_library: bool) -> ReviewScreen:
    """A review of a file; one that is kept beside a read-only file is taken up again.

    Raises:
        UserError: the file, or the review beside it, cannot be read.
    """
    agreed = policy_for(path)
    opened = storage.open_file(path)
    incident = edits.with_ids(opened.loaded.incident, services.rng)
    session = DocumentSession(
        incident,
        path=path,
        fingerprint=opened.fingerprint,
        remarks=opened.loaded.remarks,
        read_only="" if opened.writable else opened.why_not,
        now=services.now,
        policy=agreed.policy,
    )
    faults = () if over_library else agreed.problems
    screen = ReviewScreen(session, services, path.parent, habits, over=over_library, faults=faults)
    if not opened.writable:
        screen.kept = _taken_up(session, path, services)
    return screen


def _taken_up(session: DocumentSession, path: Path, services: Services) -> OpenedReview | None:
    """The review that was kept beside a file, with its remarks put into the session."""
    from schemas.review_patch import take_in
    from tui.workspace import review_file

    beside = review_file.patch_path(path)
    if not os.path.exists(beside):  # noqa: PTH110 (never raises)
        return None
    kept = review_file.open_review(beside, disk=services.disk)
    session.mark_kept(take_in(session.doc, kept.patch)[0])
    return kept

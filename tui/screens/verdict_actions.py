"""Verdicts, the status, what changed, and the questions of a review, on a screen over one session."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from schemas import verdicts
from schemas.comments import open_threads, thread_of
from schemas.incident import Incident, Review
from schemas.verdicts import same_person, standing
from schemas.writers.times import moment_text
from tui.screens.comment_actions import CommentActions
from tui.screens.dialogs import Ask, Message
from tui.screens.picker import Choice, Picker
from tui.widgets.rows import Span
from tui.workspace.errors import UserError

if TYPE_CHECKING:
    from schemas import gates

_VERDICT_WORDS = {"approve": "approved", "changes": "asked for changes", "withdrawn": "took the verdict back"}
_SHOWN_DIGITS = 12


class VerdictActions(CommentActions):
    """What a person does to sign a document, to move it on, and to see what changed since."""

    # Verdicts

    def action_verdict(self) -> None:
        """Approve, ask for changes, or take a verdict back."""
        from tui.screens.verdict_dialog import VerdictDialog

        if not self.may_remark():
            return
        last = verdicts.last_verdict(self.incident, self.author) if self.author else None
        offered: list[verdicts.Verdict] = ["approve", "changes"]
        if last is not None and verdicts.verdict_of(last) != "withdrawn":
            offered.append("withdrawn")
        self.app.push_screen(VerdictDialog(self._facts(last), offered), self._give)

    def _give(self, given: tuple[verdicts.Verdict, str] | None) -> None:
        if given is None:
            return
        from tui.workspace import versions

        verdict, summary = given
        made, at = self.new_remark_id(), self.remark_time()
        self.remark(
            lambda doc: verdicts.give_verdict(
                doc, review_id=made, reviewer=self.author, at=at, verdict=verdict, summary=summary
            ),
            "a verdict", f"reviews/{made}", f"{self.author or 'Somebody'} {_VERDICT_WORDS[verdict]}",
        )  # fmt: skip
        if self.session.path is not None:
            versions.keep_version(
                self.session.path, standing(self.incident).content, self.session.text(),
                now=self.services.now(), disk=self.services.disk,
            )  # fmt: skip

    def _facts(self, last: Review | None) -> list[Span]:
        """Whose verdict it is, what it is bound to, and what to know before it is given."""
        doc = self.incident
        digits = standing(doc).content.rpartition(":")[2][:_SHOWN_DIGITS]
        name = self.author or "nobody: set author in your settings, or git's user.name"
        facts: list[Span] = [(f"From {name}", "strong" if self.author else "warning")]
        facts.append((f"On the content as it is now ({digits}…); a later change of it will show.", "muted"))
        if last is not None:
            facts.append((f"Your last word: {self.said(last)}", "muted"))
        if any(same_person(self.author, name) for name in (doc.owner, *doc.authors) if name):
            facts.append(("! You wrote or own this: your approval is kept, but does not count.", "warning"))
        if left := len(open_threads(doc)):
            facts.append((f"! {left} comment{'s are' if left > 1 else ' is'} still open.", "warning"))
        if self.session.dirty:
            facts.append(("The verdict is in the file once it is saved.", "muted"))
        return facts

    def said(self, review: Review) -> str:
        """A verdict in words, with when it was given: `asked for changes, 2025-04-02 11:30`."""
        words = _VERDICT_WORDS.get(verdicts.verdict_of(review), review.verdict)
        return words if review.at is None else f"{words}, {moment_text(review.at, self.remark_zone())}"

    # The status

    def action_stage(self) -> None:
        """Take the next step of the status, see what stops it, or go back."""
        from schemas import gates
        from tui.screens.stage_dialog import GoTo, StageDialog, Taken

        if not self.may_remark():
            return
        before = self.incident
        steps = [(to, self._in_the_way(before, to)) for to in gates.steps_from(before.status)]

        async def answered(answer: Taken | GoTo | None) -> None:
            if isinstance(answer, GoTo):
                await self.go_to_obstacle(answer.where)
            elif isinstance(answer, Taken):
                self._take(answer.to, answer.reason, dict(steps)[answer.to])

        self.app.push_screen(StageDialog(before.status, steps, by=self.author), answered)

    def _take(self, to: str, reason: str, found: tuple[gates.Obstacle, ...]) -> None:
        from schemas import gates

        made, at, author = self.new_remark_id(), self.remark_time(), self.author
        words = to.replace("-", " ")
        self.remark(
            lambda doc: gates.advance(doc, to, by=author, at=at, reason=reason, review_id=made, found=found),
            f"the status {words}", "status", f"Now {words}" + (", with your reason kept" if reason else ""),
        )  # fmt: skip

    def _in_the_way(self, doc: Incident, to: str) -> tuple[gates.Obstacle, ...]:
        from schemas import gates

        session = self.session
        report = gates.report_for(doc, to, self.services.now(), session.policy, session.neighbours)
        return gates.obstacles(doc, report, to)

    async def go_to_obstacle(self, where: str) -> None:
        """Go to what stands in the way of a step."""
        head, _, rest = where.partition("/")
        if head == "comments":
            try:
                thread = thread_of(self.incident, rest)
            except KeyError:
                return
            await self.visit_thread(thread)
        elif head == "reviews":
            review = next((each for each in self.incident.reviews if each.id == rest), None)
            said = f"{review.reviewer} {self.said(review)}: {review.summary}" if review else "Nobody approved it yet"
            self.say(" ".join(said.split()), "warning")
        else:
            await self.show_place(where)

    # What changed

    def action_changes(self) -> None:
        """Choose what to compare with, and show what changed since."""
        if choices := self._sources():
            self.app.push_screen(Picker("What changed since …", choices), self._compare)
        else:
            self.say("There is nothing to compare with: save the file, or give a verdict first")

    def _compare(self, source: str | None) -> None:
        if source == "git":
            ask = Ask("A revision of git", detail="HEAD~1, main, v1.2, or a commit:", value="HEAD")
            self.app.push_screen(ask, self._compare_revision)
        elif source is not None:
            self.show_changes(source)

    def _compare_revision(self, revision: str | None) -> None:
        if revision:
            self.show_changes("git", revision)

    @work
    async def show_changes(self, source: str, revision: str = "") -> None:
        """Show what changed since a version that `_sources` named, and go to a place of it that is chosen."""
        from schemas.differences import differences
        from tui.screens.changes_screen import ChangesScreen

        try:
            before, since = await self._version(source, revision)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        place = await self.app.push_screen_wait(ChangesScreen(differences(before, self.incident), since=since))
        if place is not None:
            await self.go_to_obstacle(place)

    def _sources(self) -> list[Choice]:
        """What can be compared with: verdicts, mine first and the latest first, the file, git."""
        choices: list[Choice] = []
        if self.session.path is not None:
            given = [
                review for review in verdicts.in_time_order(self.incident.reviews)
                if verdicts.verdict_of(review) in verdicts.VERDICTS and review.content
            ]  # fmt: skip
            given.reverse()
            given.sort(key=lambda review: not same_person(review.reviewer, self.author))
            for review in given:
                mine = " (you)" if same_person(review.reviewer, self.author) else ""
                choices.append(Choice(f"review:{review.id}", f"{review.reviewer}{mine} {self.said(review)}", "verdict"))
        if self.session.path is not None and self.session.dirty:
            choices.append(Choice("saved", "The last save", "file"))
        if self.session.path is not None:
            choices.append(Choice("git", "A revision of git …", "git"))
        return choices

    async def _version(self, source: str, revision: str) -> tuple[Incident, str]:
        """The version to compare with, and what it is called. Git may take its time.

        Raises:
            UserError: it cannot be found.
        """
        from tui.workspace import versions

        path = self.session.path
        if path is None or source == "saved":
            return self.session.saved, "the last save"
        if source == "git":
            return await asyncio.to_thread(versions.version_at, path, revision), revision
        review = next(each for each in self.incident.reviews if f"review:{each.id}" == source)
        found = await asyncio.to_thread(versions.version_at_verdict, path, review)
        if found is None:
            raise UserError(
                "The version of that verdict cannot be found",
                "It was not kept on this machine, and no commit of the file in git has that content.",
                "Compare with a revision of git instead, or have the verdict given again.",
            )
        return found, f"{review.reviewer} {self.said(review)}"

    # Questions

    def action_questions(self) -> None:
        """Walk the questions of a review."""
        from tui.screens.question_screen import QuestionsScreen

        async def answered(place: str | None) -> None:
            if place is not None:
                await self.show_place(place)

        self.app.push_screen(QuestionsScreen(self), answered)

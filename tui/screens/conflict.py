"""Conflicts between two versions of an incident, put before a person one by one; nothing is changed until all that was
chosen is accepted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import on, work

from schemas.merge import Merged, resolve
from schemas.merge_conflict import Choice
from schemas.merge_file import MergedFile
from schemas.toml_remarks import Remark
from tui.screens.conflict_parts import ConflictParts, Resolved
from tui.screens.dialogs import Confirm
from tui.widgets.conflict_sheet import ConflictSheet
from tui.widgets.rows import Rows
from tui.workspace.conflict_own import OwnValue, may_be_own
from tui.workspace.conflict_words import Labels

__all__ = ["ConflictScreen", "Resolved"]


class ConflictScreen(ConflictParts):
    """Gives what came of the choices, or None where the person left and nothing is to change."""

    asks = True

    def __init__(
        self,
        merge: MergedFile | Merged,
        *,
        labels: Labels = ("yours", "theirs"),
        title: str = "",
        explain: str = "",
        remarks: tuple[Remark, ...] = (),
        now: Callable[[], datetime] | None = None,
    ) -> None:
        """`labels` are what the two versions are called, `title` stands over them, and `explain`, a sentence, below it.

        `remarks` are the TOML comments to give back where `merge` is of incidents only. `now` is the clock that
        times are read by, the real one if none is given.
        """
        file = merge if isinstance(merge, MergedFile) else MergedFile(merge, remarks)
        super().__init__(file.merged, labels, title, explain)
        self._remarks = file.remarks
        self._now = now or (lambda: datetime.now().astimezone())

    # Choosing

    def action_take(self, choice: str) -> None:
        """Decide the one under the cursor."""
        conflict = self.conflict
        if conflict is None:
            self.say("Choose one of the conflicts in the list first")
        elif choice not in conflict.choices:
            self.say(_not_there(choice), "warning")
        else:
            self._decide(choice)  # type: ignore[arg-type]

    def _decide(self, choice: Choice) -> None:
        conflict = self.conflict
        if conflict is None:
            return
        self.decisions.choose(conflict, choice)
        left = self.decisions.left
        more = f"{left} left" if left else f"all decided · {self.key('accept')} accepts"
        self.say(f"{self.words.place(conflict).thing}: {self.words.choice(choice)} · {more}", "good")
        self.sync()

    def action_take_rest(self, choice: str) -> None:
        """Decide all that are left one way."""
        count = self.decisions.choose_rest(choice)  # type: ignore[arg-type]
        if not count:
            self.say("Nothing is left to decide")
            return
        label = self.words.labels[0 if choice == "ours" else 1]
        self.say(f"{count} taken from {label} · {self.key('undo')} takes that back", "good")
        self.sync()

    @on(ConflictSheet.Picked)
    def _picked(self, event: ConflictSheet.Picked) -> None:
        event.stop()
        if event.choice == "own":
            self.action_own()
        else:
            self.action_take(event.choice)

    def action_own(self) -> None:
        """Write something else instead."""
        from tui.screens.conflict_own_dialog import ask_own

        conflict = self.conflict
        if conflict is None or not may_be_own(conflict):
            self.say("Nothing of your own can stand here; take one of the versions", "warning")
            return
        reader = OwnValue(self.merged, conflict, self._now())
        ask_own(self.app, self.words, conflict, reader, self.decisions.of(conflict), self._decide)

    def action_reopen(self) -> None:
        """Leave the one under the cursor undecided again."""
        conflict = self.conflict
        if conflict is not None and self.decisions.reopen(conflict):
            self.say(f"{self.words.place(conflict).thing}: undecided again")
            self.sync()

    def action_undo(self) -> None:
        """Take back the last choice."""
        self._went(self.decisions.undo(), "Taken back", "Nothing to undo")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._went(self.decisions.redo(), "Done again", "Nothing to do again")

    def _went(self, at: int | None, done: str, nothing: str) -> None:
        if at is None:
            self.say(nothing)
            return
        self.conflict_list.move_to(at, tell=False)
        self.say(f"{done}: {self.words.place(self.merged.conflicts[at]).thing}")
        self.sync()

    # Moving and looking

    def action_open(self, step: int) -> None:
        """To the next one that is not decided."""
        at = self.decisions.next_open(min(self.conflict_list.index, len(self.merged.conflicts) - 1), step)
        if at is None:
            self.say(f"All are decided · {self.key('accept')} accepts", "good")
        else:
            self.conflict_list.move_to(at)

    @on(Rows.Chosen, "#conflicts")
    def _row_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if self.conflict_list.at_merged:
            self.action_merged()

    def action_before(self) -> None:
        """Show what both came from, or put it away."""
        if self.conflict is not None and not self.conflict.based:
            self.say("What was there before is not known")
            return
        self.with_base = not self.with_base
        self.sync_versions(top=True)

    def action_scroll(self, lines: int) -> None:
        """Scroll the versions."""
        self.sheet.scroll_lines(lines)

    def action_page(self, pages: int) -> None:
        """Scroll the versions by what fits."""
        self.sheet.scroll_pages(pages)

    def action_merged(self) -> None:
        """Look at what was merged without a question."""
        if self.brought is None or not any(self.brought):
            self.say("Nothing else was changed" if self.brought is not None else "Still counting")
            return
        from tui.screens.conflict_merged import MergedChanges

        self.app.push_screen(MergedChanges(self.brought, self.words.labels))

    # Leaving

    def action_go_on(self) -> None:
        """The next one; accept where there is none."""
        if self.conflict_list.at_merged and self.decisions.left:
            self.action_merged()
        elif self.decisions.left:
            self.action_open(1)
        else:
            self.action_accept()

    @work(exclusive=True, group="leaving")
    async def action_accept(self) -> None:
        """Take over what was chosen; what is not decided is asked about."""
        left = self.decisions.left
        if left:
            first, second = self.words.labels
            those = "the one" if left == 1 else f"the {left}"
            answer = await self.app.push_screen_wait(
                Confirm(
                    f"{left} not decided yet",
                    "Nothing is taken over before all are decided.",
                    [
                        ("n", "Go to the next one", "next"),
                        ("o", f"Take {first} for {those} left", "ours"),
                        ("t", f"Take {second} for {those} left", "theirs"),
                        ("c", "Go on here", "stay"),
                    ],
                )
            )
            if answer in ("ours", "theirs"):
                self.action_take_rest(answer)
            else:
                if answer == "next":
                    self.action_open(1)
                return
        self.dismiss(Resolved(resolve(self.merged, self.decisions.choices), self._remarks))

    @work(exclusive=True, group="leaving")
    async def action_back(self) -> None:
        """Leave with nothing changed."""
        if await self.may_leave():
            self.dismiss(None)

    async def may_leave(self) -> bool:
        """Whether the choices so far may be lost; asks where there are some."""
        if not self.decisions.any_made:
            return True
        made = len(self.decisions.choices)
        answer = await self.app.push_screen_wait(
            Confirm(
                "Leave without merging?",
                f"{made} decision{' is' if made == 1 else 's are'} lost then; nothing else is.",
                [("c", "Stay here", "stay"), ("d", "Leave, and change nothing", "leave")],
            )
        )
        return answer == "leave"


def _not_there(choice: str) -> str:
    return "What was there before is not known" if choice == "base" else "Only one of the two can stand here"

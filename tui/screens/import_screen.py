"""A document beside what was made of it: doubts are settled, slips put right, and all is accepted or left."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from textual import on, work

from schemas.incident import Incident
from schemas.readers.found import Choice
from schemas.readers.imported import NotReadable
from tui.screens.dialogs import Confirm, Message
from tui.screens.import_asking import ImportAsking
from tui.widgets.question_card import QuestionCard
from tui.widgets.rows import Rows
from tui.workspace.behind import behind
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.import_questions import noun_of
from tui.workspace.import_session import ImportSession, Read
from tui.workspace.import_view import View, view_of

__all__ = ["ImportScreen"]

T = TypeVar("T")


class ImportScreen(ImportAsking):
    """Gives the incident as the person accepted it, or None where nothing is to be imported."""

    def __init__(
        self, name: str, read: Read, *, large: bool = False, size: str = "", only_events: bool = False,
        keep: Callable[[Incident], bool] | None = None,
    ) -> None:  # fmt: skip
        """`name` is what the document is called. A `large` one is read anew behind the screen, not at once.

        With `only_events` the events are all that is wanted of it: for a timeline that is open already. `keep` puts
        what was made of it where it is found at the next start, should the program end before it is accepted.
        """
        super().__init__(name, only_events=only_events, size=size)
        self._read = read
        self._large = large
        self._keep = keep
        self._kept: tuple[Incident, bool] | None = None
        self._busy = True

    def on_mount(self) -> None:
        """Read it, behind the first frame. What is typed behind the name of a document that is read in a moment waits
        until it can be meant for what was read."""
        self.set_class(True, "-reading")
        if not self._large:
            self.app.hold_keys()  # type: ignore[attr-defined]
        self.sync_head()
        self.sync_status()
        self.begin()

    def on_unmount(self) -> None:
        """Whatever became of the document, the keys are not held."""
        self._let_keys_go()

    def _let_keys_go(self) -> None:
        if not self._large:
            self.app.let_keys_go()  # type: ignore[attr-defined]

    @work(exclusive=True, group="reading")
    async def begin(self) -> None:
        """Read the document; one that cannot be read is told about, and nothing is shown."""
        try:
            self.session, view = await self._waited_for(self._begun)
        except (NotReadable, UserError) as error:
            if isinstance(error, NotReadable):
                error = UserError(f"{self.document_name}: {error.title}", error.detail, error.hint, EXIT_FILE)
            self._let_keys_go()
            await self.app.push_screen_wait(Message.of(error))
            self.dismiss(None)
            return
        self._busy = False
        self.set_class(False, "-reading")
        self.set_class(True, "-made-side")
        self._made_leads = not self.has_class("-wide")
        self.show_view(view, first=True)
        self.set_focus(self.made if self._made_leads else self.document)
        self._look_at_first()
        self.say("Nothing is written before you save" if self.has_class("-wide") else "")
        self._let_keys_go()

    async def _waited_for(self, work: Callable[[], T]) -> T:
        """What some work behind the screen gives; the head says how long it takes."""
        began = monotonic()
        ticking = self.set_interval(1.0, lambda: self._tick(int(monotonic() - began)))
        try:
            return await behind(work)
        finally:
            ticking.stop()

    def _tick(self, seconds: int) -> None:
        if self.view is None:
            self.sync_head(seconds)
        else:
            self.say(f"Reading it again … {seconds} s")

    def _begun(self) -> tuple[ImportSession, View]:
        session = ImportSession(self._read)
        return session, view_of(session.result, only_events=self.only_events)

    def _look_at_first(self) -> None:
        """The cursor on the first line with words, at both sides."""
        lines = self.view.result.lines if self.view else ()
        first = next((at for at, line in enumerate(lines) if line.text.strip()), 0)
        if first and not self._made_leads:
            self.document.move_to(first)

    # Answering

    def change(self, act: Callable[[ImportSession], str]) -> None:
        """Do something to the session and show what comes of it; `act` gives the words for the bottom line."""
        if self.session is None or self._busy:
            self.say("Still reading")
        elif self._large:
            self._busy = True
            self.say("Reading it again …")
            self._change_behind(act)
        else:
            said = act(self.session)
            self._shown(said, self.new_view())

    @work(exclusive=True, group="reading")
    async def _change_behind(self, act: Callable[[ImportSession], str]) -> None:
        session = self.session
        assert session is not None

        def acted() -> tuple[str, View]:
            return act(session), self.new_view()

        try:
            said, view = await self._waited_for(acted)
        finally:
            self._busy = False
        self._shown(said, view)

    def _shown(self, said: str, view: View) -> None:
        self.show_view(view)
        left = len(self.view.result.open) if self.view else 0
        more = f"{left} left" if left else "all is settled"
        self.say(f"{said} · {more}", "good")

    def action_pick(self, number: int) -> None:
        """Settle the doubt that is shown."""
        question = self.question
        if question is None or not 0 < number <= len(question.options):
            self.say("There is no such choice" if question else "Nothing is in doubt")
            return
        option = question.options[number - 1]
        if option.asks:
            self.ask_for(option.asks, option.choice, question)
            return
        self.settle(question, option.choice)

    @on(QuestionCard.Picked)
    def _picked(self, event: QuestionCard.Picked) -> None:
        event.stop()
        self.action_pick(event.number)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """A double click shows the doubt about a line; Enter is the screen's."""
        event.stop()

    def action_reopen(self) -> None:
        """Leave the doubt that is shown open again."""
        question = self.question
        if question is not None:
            self.change(lambda session: "Open again" if session.reopen(question) else "It is open")

    def action_undo(self) -> None:
        """Take back the last answer."""
        self.change(lambda session: "Taken back" if session.undo() else "Nothing to undo")

    def action_redo(self) -> None:
        """Give again what was taken back."""
        self.change(lambda session: "Done again" if session.redo() else "Nothing to do again")

    def action_drop(self) -> None:
        """Take what is under the cursor out; its lines are kept."""
        row = self.row
        if row is None or not row.path or row.kind in ("text", "unplaced"):
            self.say("Go to an event, action or claim first; text goes elsewhere with " + self.key("move"), "warning")
            return
        noun = noun_of(row.path) or row.label
        self.change(lambda session: (session.change(row.path, Choice(f"not {noun}", "drop")), f"Not {noun}")[1])

    # Moving and looking

    def action_open(self, step: int) -> None:
        """To the next doubt that is not settled."""
        if self.view is None:
            return
        asked = self.view.result.questions
        answers = self.view.result.answers
        order = range(1, len(asked) + 1)
        for away in order:
            index = (self.at + step * away) % len(asked)
            if asked[index].key not in answers:
                first = not self._walked and asked[self.at].key not in answers
                self._walked = True
                self.look_at(self.at if first else index)
                self.sync_status()
                return
        self.say(f"All is settled · {self.key('accept')} accepts", "good")

    _walked = False

    def action_switch(self) -> None:
        """To the other side, and on a wide screen to the doubts."""
        self._go(1)

    def action_switch_back(self) -> None:
        """The same the other way round."""
        self._go(-1)

    def _go(self, step: int) -> None:
        panes: list[Rows] = [self.document, self.made]
        if self.question_list.display and self.question is not None:
            panes.append(self.question_list)
        at = next((index for index, pane in enumerate(panes) if pane is self.focused), 0)
        pane = panes[(at + step) % len(panes)]
        self.set_class(pane is self.made, "-made-side")
        self.set_focus(pane)
        if pane is not self.question_list:
            self._made_leads = pane is self.made
            self.sync_why()

    # Leaving

    @work(exclusive=True, group="leaving")
    async def action_accept(self) -> None:
        """Take it as it is; what is still in doubt is asked about once."""
        if self.view is None or self._busy:
            self.say("Still reading")
            return
        result = self.view.result
        if self.only_events and not result.incident.events:
            self.say("There is no event to add", "warning")
            return
        if result.doubts:
            count = result.doubts
            answer = await self.app.push_screen_wait(
                Confirm(
                    "One doubt is open" if count == 1 else f"{count} doubts are open",
                    "What is in doubt is taken as it was read. All of it can be changed in the draft, too.",
                    [
                        ("n", "Go to the next one", "next"),
                        ("a", "Accept it as it is", "accept"),
                        ("c", "Stay here", "stay"),
                    ],
                )
            )
            if answer == "next":
                self.action_open(1)
            if answer != "accept":
                return
        self.dismiss(result.incident)

    @work(exclusive=True, group="leaving")
    async def action_back(self) -> None:
        """Leave and import nothing."""
        if await self.may_leave():
            self.dismiss(None)

    def keep_all(self, *, at_once: bool = False) -> bool | None:
        """Keep what was made of the document, if something was answered about it; see `MainScreen.keep_all`."""
        del at_once
        if self._keep is None or self.session is None or not self.session.answers:
            return None
        incident = self.session.result.incident
        if self._kept is None or self._kept[0] is not incident:
            self._kept = incident, self._keep(incident)
        return self._kept[1]

    async def may_leave(self) -> bool:
        """Whether the answers so far may be lost; asks where there are some."""
        made = len(self.session.answers) if self.session is not None else 0
        if not made:
            return True
        answer = await self.app.push_screen_wait(
            Confirm(
                "Leave without importing?",
                f"{made} answer{' is' if made == 1 else 's are'} lost then; the document stays as it is.",
                [("c", "Stay here", "stay"), ("d", "Leave, and import nothing", "leave")],
            )
        )
        return answer == "leave"

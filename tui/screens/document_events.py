"""What a person does with events: quick entry, pasting, shifting, milestones, kinds, deleting."""

from __future__ import annotations

from datetime import date, timedelta
from operator import is_not
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from textual import on, work

from schemas import edits, event_edits
from schemas.entry_context import context_for
from schemas.field_values import FieldError
from schemas.ids import new_id
from schemas.incident import KINDS, MILESTONES, Event, Incident
from schemas.lengths import NotALength, read_shift
from schemas.readings import Context
from tui.screens.dialogs import Ask
from tui.screens.document_view import DocumentView
from tui.screens.picker import Choice, Picker
from tui.widgets.event_line import MILESTONE_GLYPHS
from tui.widgets.quick_entry import QuickEntry
from tui.widgets.timeline_view import TimelineView
from tui.workspace.history import Target
from tui.workspace.outline import Spot

if TYPE_CHECKING:
    from schemas.quick_entry import Draft

_CHANGES: Final = frozenset({"add", "delete", "shift", "milestone", "kind"})


class EventActions(DocumentView):
    """Actions on the timeline."""

    def entry_context(self) -> Context:
        """What a typed time refers to: the event under the cursor if the timeline was in use, else the last one."""
        now = self.services.now()
        # Asked for at every letter of a line, and looks at every event.
        read, known = (self.doc, self.session.policy), self._read_before
        given = (self._entry_after, self.face.choice, now.replace(second=0, microsecond=0))
        if known is None or given != known[1] or any(map(is_not, read, known[0])):
            context = context_for(
                self.doc, self.session.timeline, now.date(), self._entry_after, policy=self.session.policy, now=now
            )
            known = self._read_before = (read, given, self.face.context(context, self.session.timeline))
        return known[2]

    _read_before: tuple[tuple[object, ...], tuple[object, ...], Context] | None = None

    def _made(self, draft: Draft, event_id: str) -> Event:
        """The event of a draft, which was read in the zone that is shown."""
        if draft.reading is not None:
            draft = replace(draft, reading=self.face.stored_reading(draft.reading, self.session.timeline))
        return draft.event(event_id)

    _entry_after: str | None = None

    def describe_entry(self, line: str) -> tuple[str, bool]:
        """What a quick entry line will become, and whether it can be added."""
        from schemas.quick_entry import describe, read_entry  # late: it reads what is typed, and nothing is yet

        context = self.entry_context()
        draft = read_entry(line, context)
        return (draft.problem, False) if draft.problem else (describe(draft, context), True)

    def action_add_event(self) -> None:
        """Open the quick entry line."""
        if not self.may_change():
            return
        self._entry_after = self.timeline_view.event_id if self.focused_in(self.timeline_view) else None
        self._before_entry = self.focused
        self.add_class("-peek")
        self.entry.open()

    _before_entry: object = None

    def add_entry(self, line: str) -> bool:
        """Add a quick entry line as an event; where it is none, say why and return False."""
        from schemas.quick_entry import read_entry  # late: as above

        draft = read_entry(line, self.entry_context())
        if draft.problem:
            self.say(draft.problem, "error")
            return False
        made = self._made(draft, self.new_id())
        after = self._last_event_id() if not isinstance(made.at, date) else None
        self.session.seal()
        self.session.execute(
            lambda doc: event_edits.add_event(doc, made, after=after),
            label="new event",
            target=Target(f"events/{made.id}"),
        )
        self.timeline_view.place_at(made.id)
        self._entry_after = made.id
        self.say(f"Added: {made.text or 'event'}", "good")
        return True

    def _last_event_id(self) -> str | None:
        entries = self.session.timeline.entries
        return self._entry_after or (entries[-1].event.id if entries else None)

    @on(QuickEntry.Pasted)
    def _many_lines(self, event: QuickEntry.Pasted) -> None:
        self.look_at_pasted(event.text)

    @on(QuickEntry.Left)
    def _leave_entry(self) -> None:
        self.close_entry()

    def close_entry(self) -> None:
        """Put the quick entry line away and go back to where the person was."""
        self.entry.close()
        before = self._before_entry
        if before is self.timeline_view or self.has_class("-timeline"):
            self.set_focus(self.timeline_view)
            return
        self.remove_class("-peek")
        if before is not None and before in self.focus_chain:
            self.set_focus(before)
        else:
            self.focus_editor()

    def action_paste_events(self) -> None:
        """Open the window for pasting many events."""
        if self.may_change():
            self.look_at_pasted("")

    @work
    async def look_at_pasted(self, text: str) -> None:
        """Show what a pasted block would become, and add it if the person says so."""
        # All readers of documents come with these: nothing that opening an incident should wait for.
        from tui.screens.paste import PasteEvents
        from tui.screens.pasted_events import is_conversation, reviewed_events
        from tui.workspace.pasted import Pasted

        made: list[Event] = []
        if is_conversation(text):
            made += await reviewed_events(self, Pasted(text))
        while not made:
            answer = await self.app.push_screen_wait(PasteEvents(text, self.entry_context()))
            if answer is None:
                return
            if isinstance(answer, Pasted):
                # Where nothing is taken of it the words are in the window again.
                made, text = list(await reviewed_events(self, answer)), answer.text
            else:
                made = self._drafted(answer)
        self.session.seal()
        self.session.execute(
            lambda doc: event_edits.add_events(doc, made),
            label=f"{len(made)} events",
            target=Target(f"events/{made[0].id}"),
        )
        self.timeline_view.place_at(made[0].id)
        self.say(f"Added {len(made)} events", "good")

    def _drafted(self, drafts: tuple[Draft, ...]) -> list[Event]:
        made: list[Event] = []
        taken = self.doc
        for draft in drafts:
            event = self._made(draft, new_id(taken, self.services.rng))
            taken = taken.model_copy(update={"events": (*taken.events, event)})
            made.append(event)
        return made

    @on(TimelineView.Wanted)
    def _event_wanted(self, event: TimelineView.Wanted) -> None:
        if event.what not in _CHANGES or not self.may_change():
            return
        if event.what == "add":
            self.action_add_event()
        elif not event.ids:
            self.say("There is no event to do that with; n adds one")
        elif event.what == "delete":
            self._delete_events(event.ids)
        elif event.what == "shift":
            self.shift_events(event.ids)
        elif event.what == "milestone":
            self.choose_milestones(event.ids)
        elif event.what == "kind":
            self.choose_kind(event.ids)

    def _delete_events(self, ids: tuple[str, ...]) -> None:
        self.session.seal()
        self.session.execute(
            lambda doc: edits.remove_items(doc, "events", set(ids)),
            label="deleting events",
            target=Target(f"events/{ids[0]}"),
        )
        self.timeline_view.unmark()
        self.say(
            f"Deleted {len(ids)} event{'s' if len(ids) > 1 else ''} · ^Z brings {'them' if len(ids) > 1 else 'it'} back"
        )

    @work
    async def shift_events(self, ids: tuple[str, ...]) -> None:
        """Ask for a length and move events by it."""
        several = f"{len(ids)} events" if len(ids) > 1 else "the event"

        def wrong(text: str) -> str:
            try:
                event_edits.shift_events(self.doc, set(ids), read_shift(text))
            except (NotALength, FieldError) as problem:
                return str(problem)
            except OverflowError:
                return "that leads outside the calendar"
            return ""

        text = await self.app.push_screen_wait(
            Ask(f"Shift {several}", detail="By how much? +3h, -45m, +1d 2h", value="+", check=wrong)
        )
        if text is None:
            return
        by: timedelta = read_shift(text)
        self.session.seal()
        self.session.execute(
            lambda doc: event_edits.shift_events(doc, set(ids), by),
            label=f"shifting by {text}",
            target=Target(f"events/{ids[0]}"),
        )
        self.timeline_view.unmark()
        self.say(f"Shifted {several} by {text}", "good")

    @work
    async def choose_milestones(self, ids: tuple[str, ...]) -> None:
        """Ask which milestones events are."""
        event = edits.item(self.doc, "events", ids[0])
        choices = [Choice(name, name, MILESTONE_GLYPHS[name][0]) for name in MILESTONES]
        picked = await self.app.push_screen_wait(Picker("Milestones of this event", choices, chosen=event.milestones))
        if picked is None:
            return
        milestones = tuple(name for name in picked.split(",") if name)
        self._change_events(ids, "milestones", milestones)

    @work
    async def choose_kind(self, ids: tuple[str, ...]) -> None:
        """Ask what kind events are."""
        choices = [Choice(name, name) for name in KINDS]
        picked = await self.app.push_screen_wait(Picker("Kind of event", choices))
        if picked is not None:
            self._change_events(ids, "kind", picked)

    def _change_events(self, ids: tuple[str, ...], field: str, value: object) -> None:
        def edit(doc: Incident) -> Incident:
            for event_id in ids:
                doc = edits.update_item(doc, "events", event_id, **{field: value})
            return doc

        self.session.seal()
        self.session.execute(edit, label=f"setting {field}", target=Target(f"events/{ids[0]}"))
        self.timeline_view.unmark()

    async def open_event(self, event_id: str, field: str | None = None) -> None:
        """Open the form of an event."""
        self.remove_class("-peek")
        self.timeline_view.place_at(event_id)
        await self.open_spot(Spot("events", event_id, field))

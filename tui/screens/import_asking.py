"""What a choice about an imported document needs to be told: a zone, a day, a time, a section."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from msgspec.structs import replace
from textual import work

from schemas import edits, field_times, timeline
from schemas.entries import zone_of
from schemas.field_values import FieldError
from schemas.fields import FIELDS
from schemas.readers.found import Choice
from schemas.readings import Context
from schemas.section_order import section_order
from schemas.sections import BY_KEY
from tui.screens.dialogs import Ask, Confirm
from tui.screens.import_parts import ImportParts
from tui.screens.picker import Choice as Pick
from tui.screens.picker import Picker
from tui.workspace.import_addresses import address, addresses, item_of
from tui.workspace.import_changes import unplaced_section
from tui.workspace.import_questions import Asks, Question
from tui.workspace.import_session import ImportSession

_UNPLACED = "-"


class ImportAsking(ImportParts):
    """Asks, and hands the answer on."""

    def change(self, act: Callable[[ImportSession], str]) -> None:
        """Do something to the session and show what comes of it."""
        raise NotImplementedError

    def settle(self, question: Question, choice: Choice) -> None:
        """Answer a question."""
        self.change(lambda session: (session.answer(question, choice), choice.label)[1])

    @work(exclusive=True, group="asking")
    async def ask_for(self, asks: Asks, choice: Choice, question: Question | None, path: str = "") -> None:
        """Ask for what a choice lacks, and take it: as the answer to a question, or of what stands at a path."""
        path = question.path if question is not None else path
        told: tuple[Any, str] | None
        if asks == "section":
            told = await self._section(path)
        elif asks == "zone":
            told = await self._zone()
        elif asks == "day":
            told = await self._day()
        else:
            told = await self._time(path)
        if told is None:
            return
        value, words = told
        made = replace(choice, label=words, value=value)
        if question is not None:
            self.settle(question, made)
        else:
            self.change(lambda session: (session.change(path, made), words)[1])

    def action_move(self) -> None:
        """Put what is under the cursor into another section."""
        row = self.row
        if self.only_events:
            self.say("Only events are taken from it; d leaves one out", "warning")
        elif row is None or not row.path or row.kind in ("field", "assumed", "stated", "impact"):
            self.say("Go to a text, an event or an action first", "warning")
        else:
            self.ask_for("section", Choice("another section", "move"), None, row.path)

    def action_time(self) -> None:
        """Give the event under the cursor another time."""
        row = self.row
        if row is None or row.kind != "event":
            self.say("Go to an event first", "warning")
        else:
            self.ask_for("time", Choice("another time", "set", "at"), None, row.path)

    def action_zone(self) -> None:
        """Read the whole document in another zone."""
        if self.view is not None:
            self.ask_for("zone", Choice("another zone", "reread", "zone"), None, "zone")

    def action_day(self) -> None:
        """Read the whole document from another day on."""
        if self.view is not None:
            self.ask_for("day", Choice("another day", "reread", "date"), None, "")

    @work(exclusive=True, group="asking")
    async def action_order(self) -> None:
        """Read dates in figures the other way round."""
        if self.view is None:
            return
        answer = await self.app.push_screen_wait(
            Confirm(
                "How are dates in figures written?", "As 04/05/2024 and the like, in the whole document.",
                [("d", "Day first: 4 May", "day"), ("m", "Month first: April 5", "month")],
            )
        )  # fmt: skip
        if answer is not None:
            words = f"{answer} first everywhere"
            made = Choice(words, "reread", "day_first", answer == "day")
            self.change(lambda session: (session.change("", made), words)[1])

    async def _section(self, path: str) -> tuple[str, str] | None:
        assert self.view is not None
        result = self.view.result
        incident = result.incident
        known = addresses(result.imported)
        others = {each.id: each for each in incident.other_sections}
        left = unplaced_section(incident)
        own = item_of(path)
        choices = []
        for key in section_order(incident):
            other = others.get(key)
            where = f"other_sections/{key}" if other else f"sections/{key}"
            if where == own or (left is not None and other is left):
                continue
            words = other.heading if other else BY_KEY[key].heading
            filled = "" if other or incident.sections.get(key) else "empty"
            choices.append(Pick(address(where, known) if other else key, words, filled))
        if not own.startswith("unplaced"):
            choices.append(Pick(_UNPLACED, "Unplaced text"))
        picked = await self.app.push_screen_wait(Picker("Put it into", choices))
        if picked is None:
            return None
        label = next(each.label for each in choices if each.value == picked)
        return ("" if picked == _UNPLACED else picked), f"put into {label}"

    async def _zone(self) -> tuple[str, str] | None:
        assert self.view is not None
        field = FIELDS["incident.zone"]
        told = await self.app.push_screen_wait(
            Ask(
                "Zone of all times", detail="Africa/Nairobi, UTC, +05:30, or a city:",
                value=self.view.result.incident.zone, check=_checked(lambda text: field.parse(_some(text))),
            )
        )  # fmt: skip
        if told is None:
            return None
        zone = str(field.parse(told))
        return zone, f"all times in {zone}"

    async def _day(self) -> tuple[date, str] | None:
        told = await self.app.push_screen_wait(
            Ask("Day on which it begins", detail="2024-05-02, 2 May 2024:", check=_checked(_as_day))
        )
        if told is None:
            return None
        day = _as_day(told)
        return day, f"it begins on {day.isoformat()}"

    async def _time(self, path: str) -> tuple[Any, str] | None:
        assert self.view is not None
        context = self._reading_context(path)
        told = await self.app.push_screen_wait(
            Ask(
                "Time of the event", detail="14:05, May 3 02:00, 2024-05-03 02:00:", value=self._time_now(path),
                check=_checked(lambda text: _as_moment(text, context)),
            )
        )  # fmt: skip
        if told is None:
            return None
        return _as_moment(told, context), f"the time is {told.strip()}"

    def _reading_context(self, path: str) -> Context:
        """What a typed time refers to: the day of the event as it is."""
        assert self.view is not None
        incident = self.view.result.incident
        zone, _ = zone_of(incident)
        entry = timeline.build(incident).by_id.get(item_of(path).partition("/")[2])
        dated = entry is not None and entry.wall is not None and entry.dated
        own = datetime.combine(entry.wall.date(), time()) if dated and entry and entry.wall else None
        return Context(zone=zone, zone_name=incident.zone, own=own, undated=own is None)

    def _time_now(self, path: str) -> str:
        assert self.view is not None
        try:
            event = edits.item(self.view.result.incident, "events", item_of(path).partition("/")[2])
        except KeyError:
            return ""
        return field_times.moment_text(event.at, self._reading_context(path))


def _checked(read: Callable[[str], object]) -> Callable[[str], str]:
    """What is wrong with a text that something reads, or nothing."""

    def wrong(text: str) -> str:
        try:
            read(text)
        except FieldError as problem:
            return str(problem)
        return ""

    return wrong


def _some(text: str) -> str:
    if not text.strip():
        raise FieldError("name a zone")
    return text


def _as_moment(text: str, context: Context) -> Any:
    found = field_times.moment(_some(text), context)
    if found is None:
        raise FieldError("write a time, such as 14:05")
    return found


def _as_day(text: str) -> date:
    found = _as_moment(text, Context(undated=True))
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    raise FieldError("write a day, such as 2024-05-02")

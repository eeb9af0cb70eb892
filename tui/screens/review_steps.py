"""Stepping through the story and the text: by events, turning points, silences, findings and times; and playing."""

from __future__ import annotations

from textual.timer import Timer

from schemas.checks import Finding
from schemas.entry_context import context_for
from schemas.readings import NotATime
from schemas.text import first_line, shorten
from tui.screens.dialogs import Ask
from tui.screens.picker import Choice, Picker
from tui.screens.review_view import ReviewView
from tui.widgets.event_line import time_text
from tui.widgets.findings_view import GLYPHS
from tui.workspace.outline import LISTS
from tui.workspace.review_times import instant_meant
from tui.workspace.review_walk import delay_to_next, next_speed, read_speed, speed_text


class StepActions(ReviewView):
    """Going from place to place."""

    _timer: Timer | None = None
    _visited: tuple[str, str, str] | None = None

    # Places

    def go_to_event(self, index: int | None, otherwise: str = "") -> None:
        """Look at another event; with None say why there is none."""
        if index is None:
            self.say(otherwise)
            return
        turned, self.in_text = self.in_text, False
        self.walk.go(index)
        self.say("")
        if turned:
            self.sync()
        else:
            self.sync_place(fresh=True)

    def go_to_page(self, key: str, item_id: str = "") -> None:
        """Read another page of the text."""
        self.pause()
        turned, self.in_text = not self.in_text, True
        self.page_key, self.item_id = key, item_id
        self.say("")
        if turned:
            self.sync()
        self.sync_place(fresh=True)

    async def show_place(self, place: str) -> None:
        """Go to a place in the story or in the text."""
        name, _, rest = place.partition("/")
        self.pause()
        self.remove_class("-list")
        if name == "events":
            index = self.walk.index_of(rest.partition("/")[0])
            self.go_to_event(index if index is not None else self.walk.index)
        elif name in ("comments", "reviews", "waivers"):
            return
        elif (page := self.page_for(place)) is not None:
            self.go_to_page(page.key, rest.partition("/")[0] if page.key in LISTS else "")

    # One step

    def action_step(self, steps: int) -> None:
        """The next or the previous event or section."""
        self.pause()
        if self.in_text:
            self._turn_page(steps)
            return
        before = self.walk.index
        self.go_to_event(before + steps)
        if self.walk.index == before and self.walk.entries:
            self.say("This is the last event" if steps > 0 else "This is the first event")

    def _turn_page(self, steps: int) -> None:
        found = self.found_pages
        at = next((i for i, page in enumerate(found) if page.key == self.page_key), 0)
        if not 0 <= at + steps < len(found):
            self.say("This is the last page" if steps > 0 else "This is the first page")
            return
        self.go_to_page(found[at + steps].key)

    def action_edge(self, direction: int) -> None:
        """The first or the last event or section; without hindsight the last one that was reached."""
        self.pause()
        if self.in_text:
            self.go_to_page(self.found_pages[0 if direction < 0 else -1].key)
        else:
            self.go_to_event(0 if direction < 0 else max(0, len(self.walk.entries) - 1))

    def action_milestone(self, direction: int) -> None:
        """The next turning point or the one before."""
        self.pause()
        self.go_to_event(self.walk.find_milestone(direction), _none("turning point", direction))

    def action_gap(self, direction: int) -> None:
        """The next event after a long silence, or the one before."""
        self.pause()
        index = self.walk.find_gap(direction)
        self.go_to_event(index, _none("long silence", direction))

    async def action_finding(self, direction: int) -> None:
        """The next finding or the one before, in the story or in the text."""
        self.pause()
        if not self.walk.all_told:
            self.say("Findings know the whole story; h turns hindsight on")
            return
        found = self.session.report.active()
        if not found:
            self.say("Nothing is wrong that a machine can see", "good")
            return
        faces = [(each.rule, each.where, each.message) for each in found]
        at = faces.index(self._visited) + direction if self._visited in faces else (0 if direction > 0 else -1)
        await self.visit(found[at % len(found)])

    async def visit(self, finding: Finding) -> None:
        """Show where a finding is and what it says."""
        self._visited = (finding.rule, finding.where, finding.message)
        await self.show_place(finding.where)
        active = self.session.report.active()
        glyph, role = GLYPHS[finding.severity]
        number = f" {active.index(finding) + 1} of {len(active)}" if finding in active else ""
        self.say(f"{glyph} {finding.rule}{number}  {finding.message}", role)

    # A time

    def action_go_to_time(self) -> None:
        """Ask for a time and go to what was known then."""
        self.pause()
        self.app.push_screen(
            Ask("Go to a time", detail="14:30, +2h, T+1h 30m, May 3 02:00:", check=self._wrong_time), self._go_to_time
        )

    def _instant(self, text: str) -> int:
        session = self.session
        now = self.services.now()
        context = context_for(session.doc, session.timeline, now.date(), policy=session.policy, now=now)
        context = self.face.context(context, session.timeline)
        return instant_meant(text, context, self.walk.timeline, self.walk.entry)

    def _wrong_time(self, text: str) -> str:
        try:
            self._instant(text)
        except NotATime as problem:
            return str(problem)
        return ""

    def _go_to_time(self, text: str | None) -> None:
        if text is None:
            return
        self.go_to_event(self.walk.find_instant(self._instant(text)))
        self.say(f"{text}: the last event by then")

    # Everything

    def action_go_to(self) -> None:
        """Choose an event, a section or an item and go there."""
        self.pause()

        async def go(place: str | None) -> None:
            if place is not None:
                await self.go_to(place)

        self.app.push_screen(Picker("Go to", self.place_choices()), go)

    def place_choices(self) -> list[Choice]:
        """Every place that may be gone to: without hindsight only what was reached."""
        choices = [
            Choice(
                f"events/{entry.event.id}", f"{time_text(entry)}  {shorten(first_line(entry.event.text), 90)}", "event"
            )
            for entry in self.walk.entries[: self.walk.last_told + 1]
        ]
        if not self.text_is_open:
            return choices
        choices = [*(Choice(f"page:{page.key}", page.row.heading, "text") for page in self.found_pages), *choices]
        for name, note in (("actions", "action"), ("factors", "factor"), ("impacts", "impact")):
            for item in getattr(self.doc, name):
                words = item.what if name == "impacts" else item.text
                choices.append(Choice(f"{name}/{item.id}", shorten(first_line(words), 90), note))
        return choices

    async def go_to(self, place: str) -> None:
        """Go to a place that `place_choices` gave."""
        if place.startswith("page:"):
            self.go_to_page(place.removeprefix("page:"))
        else:
            await self.show_place(place)

    # Playing

    def action_play(self) -> None:
        """Let the incident pass, or stop; in the text, turn a page of the screen."""
        if self.in_text:
            self.page.scroll_pages(1)
        elif self.playing:
            self.pause()
            self.say("Paused")
        elif delay_to_next(self.walk) is None:
            self.say("This is the last event; Home goes to the first")
        else:
            self.playing = True
            self.say(f"Playing at {speed_text(self.habits.speed)} · Space pauses, + and - change the speed", "accent")
            self._play_on()
            self.sync_place()

    def _play_on(self) -> None:
        delay = delay_to_next(self.walk)
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        if delay is None:
            self.playing = False
            self.say("The last event")
        elif self.playing:
            self._timer = self.set_timer(delay, self.play_step)

    def play_step(self) -> None:
        """One event further while it plays."""
        if self.playing:
            self.walk.go(self.walk.index + 1)
            self._play_on()
            self.sync_place(fresh=True)

    def pause(self) -> None:
        """Stop playing."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.playing:
            self.playing = False
            self.say("")
            self.sync_place()

    def on_screen_suspend(self) -> None:
        """Nothing goes on behind a dialog."""
        self.pause()

    def action_speed(self, direction: int) -> None:
        """The next higher or lower speed."""
        self._set_speed(next_speed(self.habits.speed, direction))

    def action_choose_speed(self) -> None:
        """Ask for a speed."""

        def check(text: str) -> str:
            try:
                read_speed(text)
            except ValueError as problem:
                return str(problem)
            return ""

        def chosen(text: str | None) -> None:
            if text is not None:
                self._set_speed(read_speed(text))

        detail = "So many seconds of the incident in one, such as 60x:"
        value = speed_text(self.habits.speed)
        self.app.push_screen(Ask("Speed", detail=detail, value=value, check=check), chosen)

    def _set_speed(self, speed: float) -> None:
        self.habits.speed = speed
        if self.playing:
            self._play_on()
            self.sync_place()
            self.say(f"Playing at {speed_text(speed)} · Space pauses, + and - change the speed", "accent")
        else:
            self.say(f"Plays at {speed_text(speed)}; Space begins")


def _none(what: str, direction: int) -> str:
    return f"No {what} {'after' if direction > 0 else 'before'} this one"

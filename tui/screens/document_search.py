"""Finding words, and jumping to any place of a document."""

from __future__ import annotations

from schemas.text import first_line, shorten
from tui.screens.dialogs import Ask
from tui.screens.document_findings import FindingActions
from tui.screens.picker import Choice, Picker
from tui.widgets.event_line import time_text
from tui.workspace.outline import Spot, outline, spot_of
from tui.workspace.search import Match, search


class SearchActions(FindingActions):
    """Search and jump."""

    _query: str = ""
    _matches: tuple[Match, ...] = ()
    _match: int = -1

    def action_find(self) -> None:
        """Ask for words and go to the first place with them."""
        self.app.push_screen(Ask("Find", detail="Words anywhere in the incident:", value=self._query), self._look_for)

    async def _look_for(self, words: str | None) -> None:
        if words is not None and words.strip():
            self._query = words
            self._match = -1
            await self.find_next()

    async def action_find_next(self) -> None:
        """Go to the next place with the words looked for."""
        if self._query:
            await self.find_next()
        else:
            self.action_find()

    async def find_next(self) -> None:
        """Go to the next match, from the start again after the last."""
        self._matches = search(self.doc, self._query)
        if not self._matches:
            self.say(f"Nowhere: {self._query}", "warning")
            return
        self._match = (self._match + 1) % len(self._matches)
        match = self._matches[self._match]
        spot = spot_of(match.where)
        self.remove_class("-peek", "-list")
        if spot.part == "events" and spot.item:
            self.timeline_view.place_at(spot.item)
        await self.open_spot(spot)
        if match.offset is not None and self.prose.display:
            self.prose.go_to_offset(match.offset, len(self._query))
        self.say(f"{self._match + 1} of {len(self._matches)}: {match.excerpt}  ·  ^R next")

    def action_go_to(self) -> None:
        """Choose a section, event, action or finding and go there."""

        async def go(place: str | None) -> None:
            if place is not None:
                await self.go_to(place)

        self.app.push_screen(Picker("Go to", self.place_choices()), go)

    def place_choices(self) -> list[Choice]:
        """Every place that can be gone to, as choices."""
        choices = [Choice(f"part:{row.key}", row.heading, "section") for row in outline(self.doc, ())]
        for entry in self.session.timeline.entries:
            text = shorten(first_line(entry.event.text), 90)
            choices.append(Choice(f"events/{entry.event.id}", f"{time_text(entry)}  {text}", "event"))
        for name, note in (("actions", "action"), ("factors", "factor"), ("impacts", "impact")):
            for item in getattr(self.doc, name):
                words = item.what if name == "impacts" else item.text
                choices.append(Choice(f"{name}/{item.id}", shorten(first_line(words), 90), note))
        for finding in self.session.report.active():
            choices.append(
                Choice(f"finding:{finding.rule}:{finding.where}", f"{finding.rule} {finding.message}", "finding")
            )
        return choices

    async def go_to(self, place: str) -> None:
        """Go to a place that `place_choices` gave."""
        self.remove_class("-peek", "-list")
        if place.startswith("part:"):
            await self.open_spot(Spot(place.removeprefix("part:")))
        elif place.startswith("finding:"):
            _, rule, where = place.split(":", 2)
            found = next((f for f in self.session.report.active() if (f.rule, f.where) == (rule, where)), None)
            if found:
                await self.visit(found)
        else:
            spot = spot_of(place)
            if spot.part == "events" and spot.item:
                self.timeline_view.place_at(spot.item)
                await self.open_spot(Spot("events"))
            else:
                await self.open_spot(spot)

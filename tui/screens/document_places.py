"""Going places: sections, panes, findings, search, jumping."""

from __future__ import annotations

from textual import on, work
from textual.content import Content
from textual.widgets import Static

from schemas import edits
from schemas.checks import Finding
from schemas.edits import section_text
from schemas.incident import Waiver
from schemas.sections import BY_KEY
from schemas.text import first_line, shorten
from tui.screens.dialogs import Ask
from tui.screens.document_view import DocumentView
from tui.screens.picker import Choice, Picker
from tui.widgets.findings_view import GLYPHS, FindingsView
from tui.widgets.item_table import ItemTable
from tui.widgets.rows import Rows
from tui.widgets.section_list import SectionList
from tui.widgets.timeline_view import TimelineView, time_text
from tui.workspace.history import Target
from tui.workspace.outline import LISTS, Spot, outline, spot_of
from tui.workspace.search import Match, search


class PlaceActions(DocumentView):
    """Moving through the document."""

    _query: str = ""
    _matches: tuple[Match, ...] = ()
    _match: int = -1

    # Sections

    @on(SectionList.Moved)
    async def _section_moved(self, event: Rows.Moved) -> None:
        if isinstance(event.rows, SectionList):
            event.stop()
            await self.open_spot(Spot(event.rows.key_at(event.index)), focus=False)

    @on(Rows.Chosen)
    async def _row_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        rows = event.rows
        if isinstance(rows, SectionList):
            await self.open_spot(Spot(rows.key_at(event.index)))
            self.set_class(False, "-list")
        elif isinstance(rows, ItemTable) and rows.item_id:
            await self.open_spot(Spot(self.spot.part, rows.item_id))
        elif isinstance(rows, TimelineView) and rows.event_id:
            self.remove_class("-peek")
            await self.open_spot(Spot("events", rows.event_id))
        elif isinstance(rows, FindingsView) and rows.finding:
            await self.visit(rows.finding)

    async def action_next_section(self) -> None:
        """Open the part below."""
        await self._step_section(1)

    async def action_previous_section(self) -> None:
        """Open the part above."""
        await self._step_section(-1)

    async def _step_section(self, steps: int) -> None:
        keys = [row.key for row in outline(self.doc, ())]
        at = keys.index(self.spot.part) + steps if self.spot.part in keys else 0
        if 0 <= at < len(keys):
            in_list = self.focused_in(self.sections)
            await self.open_spot(Spot(keys[at]), focus=not in_list)

    # Panes

    def action_next_pane(self) -> None:
        """The next pane."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """The pane before."""
        self._step_pane(-1)

    def _step_pane(self, steps: int) -> None:
        panes = ["sections", "editor", "timeline", "findings"]
        if self.has_class("-timeline"):
            panes.remove("editor")
        here = next((name for name in panes if self.focused_in(self._pane(name))), "sections")
        self.go_to_pane(panes[(panes.index(here) + steps) % len(panes)])

    def _pane(self, name: str) -> Rows:
        return self.query_one(f"#{name}")  # type: ignore[return-value]

    def go_to_pane(self, name: str) -> None:
        """Put the focus into a pane, and show it where there is room for one only."""
        side = name in ("timeline", "findings")
        self.set_class(side and not self.has_class("-timeline"), "-peek")
        self.set_class(name == "sections", "-list")
        if name == "editor":
            self.focus_editor()
        else:
            self.set_focus(self._pane(name))

    def action_toggle_timeline(self) -> None:
        """To the timeline, or back to the editor."""
        if self.focused_in(self.timeline_view) and not self.has_class("-timeline"):
            self.go_to_pane("editor")
        else:
            self.go_to_pane("timeline")

    # Findings

    async def visit(self, finding: Finding) -> None:
        """Show where a finding is and say what to do about it."""
        self.visited = (finding.rule, finding.where)
        spot = spot_of(finding.where)
        if spot.part == "stated" and spot.item and not spot.field:
            spot = Spot(spot.part, spot.item, "value")
        self.remove_class("-peek", "-list")
        if spot.part == "events" and spot.item and not spot.field:
            self.timeline_view.place_at(spot.item)
            await self.open_spot(Spot("events"))
        else:
            if spot.part == "events" and spot.item:
                self.timeline_view.place_at(spot.item)
            try:
                await self.open_spot(spot)
            except KeyError:
                await self.open_spot(Spot(spot.part))
        glyph, role = GLYPHS[finding.severity]
        active = self.session.report.active()
        number = f"{active.index(finding) + 1} of {len(active)}" if finding in active else "waived"
        self.say(f"{glyph} {finding.rule}  {number}" + (" · Alt+X fixes it" if finding.fix else ""), role)
        self.show_finding(finding)
        if not self.query_one("#side").display or self.has_class("-normal", "-narrow"):
            self.told_field = spot.field
            below = self.query_one("#prompt", Static)
            below.display = True
            below.update(Content(f"{glyph} {finding.message}. {finding.hint}"))

    async def action_next_finding(self) -> None:
        """Go to the next finding."""
        await self._step_finding(1)

    async def action_previous_finding(self) -> None:
        """Go to the finding before."""
        await self._step_finding(-1)

    async def _step_finding(self, steps: int) -> None:
        findings = self.session.report.active()
        if not findings:
            self.say("Nothing is wrong that a machine can see", "good")
            return
        faces = [(f.rule, f.where) for f in findings]
        at = faces.index(self.visited) + steps if self.visited in faces else (0 if steps > 0 else -1)
        await self.visit(findings[at % len(findings)])
        self.findings_view.move_to(self.session.report.findings.index(findings[at % len(findings)]), tell=False)

    def _visited_finding(self) -> Finding | None:
        if self.focused_in(self.findings_view):
            return self.findings_view.finding
        found = next((f for f in self.session.report.active() if (f.rule, f.where) == self.visited), None)
        if found is None:
            self.say("Visit a finding first: F8 goes to the next one")
        return found

    def action_fix_finding(self) -> None:
        """Apply the fix of the finding last visited."""
        if finding := self._visited_finding():
            self.apply_fix(finding)

    def apply_fix(self, finding: Finding) -> None:
        """Settle a finding with its fix."""
        if self.session.read_only:
            self.say(f"Read-only: {self.session.read_only}", "warning")
        elif finding.fix is None:
            self.say(f"{finding.rule} has no fix that a machine could make. {finding.hint}")
        else:
            self.session.seal()
            self.session.execute(finding.fix.edit, label=finding.fix.label, target=Target(finding.where))
            self.session.seal()
            self.say(f"Done: {finding.fix.label} · ^Z takes it back", "good")

    def action_waive_finding(self) -> None:
        """Accept the finding last visited."""
        if finding := self._visited_finding():
            self.waive(finding)

    @work
    async def waive(self, finding: Finding) -> None:
        """Ask for a reason and accept a finding."""
        if self.session.read_only:
            self.say(f"Read-only: {self.session.read_only}", "warning")
            return
        if finding.waived:
            self.session.execute(
                lambda doc: edits.unwaive(doc, finding.rule, finding.where),
                label=f"taking the waiver of {finding.rule} back",
            )
            self.say(f"{finding.rule} counts again")
            return
        reason = await self.app.push_screen_wait(
            Ask(
                f"Waive {finding.rule}",
                detail=f"{finding.message}\n\nWhy is this accepted? The reason is kept in the file.",
                check=lambda text: "" if text.strip() else "a reason is needed",
            )
        )
        if reason is None:
            return
        waiver = Waiver(rule=finding.rule, where=finding.where, reason=reason, by=self.services.author)
        self.session.seal()
        self.session.execute(
            lambda doc: edits.waive(doc, waiver), label=f"waiving {finding.rule}", target=Target(finding.where)
        )
        self.say(f"{finding.rule} is waived: {reason}", "good")

    @on(Rows.Moved, "#findings")
    def _finding_moved(self) -> None:
        self.show_finding(self.findings_view.finding)

    @on(FindingsView.Wanted)
    def _finding_wanted(self, event: FindingsView.Wanted) -> None:
        if event.what == "fix":
            self.apply_fix(event.finding)
        else:
            self.waive(event.finding)

    # Search and jump

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

    # Leaving

    async def close_item(self) -> bool:
        """Close an item's form; False if none is open."""
        if not self.spot.item:
            return False
        part, item = self.spot.part, self.spot.item
        await self.open_spot(Spot(part))
        if part in LISTS and part != "events":
            self.table.place_at(item)
        elif part == "events":
            self.timeline_view.place_at(item)
        return True

    def current_place(self) -> str:
        """The place of what is open, as edits and findings name it."""
        spot = self.spot
        if spot.item:
            return f"{spot.part}/{spot.item}"
        return f"sections/{spot.part}" if spot.part in BY_KEY else spot.part

    def current_text(self) -> str | None:
        """The text of the prose section that is open, or None."""
        return section_text(self.doc, self.spot.part) if self.prose.display else None

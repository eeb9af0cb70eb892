"""Findings: going to them, settling them with their fix, accepting them with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual import on, work
from textual.content import Content
from textual.widgets import Static

from schemas import edits
from schemas.checks import Finding
from schemas.entries import Entry
from schemas.incident import Waiver
from schemas.writers.times import ASSUMED_MARK
from tui.screens.dialogs import Ask
from tui.screens.document_view import DocumentView
from tui.widgets.event_line import day_heading
from tui.widgets.findings_view import GLYPHS, FindingsView
from tui.widgets.rows import Rows, Span
from tui.widgets.timeline_view import TimelineView
from tui.workspace.history import Target
from tui.workspace.outline import Spot, spot_of

Face = tuple[str, str, int]
"""The rule and the place of a finding, and how many with the same ones stand before it."""


class FindingActions(DocumentView):
    """What a person does with findings.

    `visited` is the rule and the place of the finding last gone to, and which one it is of several that share both (its
    words may change while the person types); `told_field` is the field whose help gives way,
    once, to what that finding says.
    """

    visited: Face | None = None
    told_field: str | None = None
    _visiting = False

    async def visit(self, finding: Finding) -> None:
        """Show where a finding is and say what to do about it."""
        self.catch_up()
        active = self.session.report.active()
        self.visited = dict(zip(map(id, active), _faces(active), strict=True)).get(id(finding))
        self._visiting = True
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
        faces = _faces(findings)
        at = faces.index(self.visited) + steps if self.visited in faces else (0 if steps > 0 else -1)
        await self.visit(findings[at % len(findings)])
        self.findings_view.move_to(self.session.report.findings.index(findings[at % len(findings)]), tell=False)

    def findings_here(self) -> tuple[Finding, ...]:
        """The findings at the place of the cursor: on the event, on the row, on the field or on the item of a form."""
        self.catch_up()
        if self.focused_in(self.timeline_view):
            entry = self.timeline_view.entry
            return self.event_marks.on(entry.event) if entry else ()
        item = self.table.item_id if self.table.display else self.spot.item
        row = self.form.focused_row() if self.form.display else None
        here = [
            (spot, finding)
            for finding in self.session.report.active()
            if (spot := spot_of(finding.where)).part == self.spot.part and spot.item == item
        ]
        if row is not None:
            here.sort(key=lambda pair: pair[0].field != row.field.key)
        elif not item:
            return ()
        return tuple(finding for _, finding in here)

    def _visited_finding(self) -> Finding | None:
        active = self.session.report.active()
        return next((f for f, face in zip(active, _faces(active), strict=True) if face == self.visited), None)

    def _finding_meant(self) -> Finding | None:
        """The finding that a command is about: the one under the cursor, else the one last visited."""
        self.catch_up()
        if self.focused_in(self.findings_view):
            return self.findings_view.finding
        here = self.findings_here()
        visited = self._visited_finding()
        found = visited if visited in here or not here else _first_fixable(here)
        if found is None:
            self.say("There is no finding here; F8 goes to the next one")
        return found

    # On the event under the cursor

    def sync_detail(self, *, moved: bool = False) -> None:
        """What is wrong with the event under the cursor, where the timeline is in use; else the chosen finding.

        Said at the foot when the cursor `moved` there, or when nothing else was said.
        """
        entry = self.timeline_view.entry if self.focused_in(self.timeline_view) else None
        self._visiting = self._visiting and not moved
        if self._visiting and entry and (visited := self._visited_finding()):
            self.show_finding(visited)
            return
        found = self.event_marks.on(entry.event) if entry else ()
        if not found:
            self.tell(_assumed(entry) if entry else None, moved=moved)
            # Where the list gives way to the event (see the style sheet) there is nothing to say of another finding.
            alone = entry is not None and self.has_class("-short")
            self.show_finding(None if alone else self.findings_view.finding)
            return
        worst, mended = found[0], _first_fixable(found)
        glyph, role = GLYPHS[worst.severity]
        key = f" · f fixes {'it' if mended is worst else mended.rule}" if mended.fix else ""
        self.tell((f"{glyph} {worst.rule} {worst.message}", role), key, moved=moved)
        self.findings_view.place_at(worst)
        self.show_finding(worst, len(found) - 1)

    @on(Rows.Moved, "#timeline")
    def _event_moved(self) -> None:
        self.sync_detail(moved=True)

    @on(TimelineView.Wanted)
    def _finding_of_event_wanted(self, event: TimelineView.Wanted) -> None:
        if event.what not in ("fix", "waive"):
            return
        if found := self.findings_here():
            self._settle(event.what, _first_fixable(found) if event.what == "fix" else found[0])
        else:
            self.say("There is no finding here; F8 goes to the next one")

    # Settling

    def action_fix_finding(self) -> None:
        """Apply the fix of the finding last visited."""
        if finding := self._finding_meant():
            self.apply_fix(finding)

    def apply_fix(self, finding: Finding) -> None:
        """Settle a finding with its fix."""
        if self.session.read_only:
            self.say(f"Read-only: {self.session.read_only}", "warning")
        elif finding.fix is None:
            self.say(f"{finding.rule} has no fix that a machine could make. {finding.hint}")
        else:
            self.form.settle()
            self.session.seal()
            done = self.session.execute(finding.fix.edit, label=finding.fix.label, target=Target(finding.where))
            self.session.seal()
            self.say(f"Done: {finding.fix.label} · ^Z takes it back" if done else "There is nothing to change", "good")

    def action_waive_finding(self) -> None:
        """Accept the finding last visited."""
        if finding := self._finding_meant():
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
        self.catch_up()
        # What was wrong a moment ago may be settled by now.
        face = (event.finding.rule, event.finding.where, event.finding.message)
        found = next((f for f in self.report.findings if (f.rule, f.where, f.message) == face), None)
        if found is None:
            self.say(f"{event.finding.rule} is settled already", "good")
        else:
            self._settle(event.what, found)

    def _settle(self, what: str, finding: Finding) -> None:
        if what == "fix":
            self.apply_fix(finding)
        else:
            self.waive(finding)


def _first_fixable(findings: Sequence[Finding]) -> Finding:
    """The first finding that a machine can settle, or else the first."""
    return next((finding for finding in findings if finding.fix), findings[0])


def _assumed(entry: Entry) -> Span | None:
    """That the date of an event is taken from the events around it."""
    if not entry.assumed or entry.wall is None:
        return None
    return (f"{ASSUMED_MARK} {day_heading(entry.wall.date())} is assumed, from its neighbours", "muted")


def _faces(findings: Sequence[Finding]) -> list[Face]:
    seen: Counter[tuple[str, str]] = Counter()
    faces: list[Face] = []
    for finding in findings:
        shared = finding.rule, finding.where
        faces.append((*shared, seen[shared]))
        seen[shared] += 1
    return faces

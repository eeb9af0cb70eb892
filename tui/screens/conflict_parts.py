"""The parts of the screen that asks about conflicts, and showing in them what is decided."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Final

from msgspec import Struct
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from schemas.differences import Difference, differences
from schemas.incident import Incident
from schemas.merge import Merged, resolve
from schemas.merge_conflict import Conflict
from schemas.toml_remarks import Remark
from tui.screens.base import MainScreen
from tui.widgets.bindings import bindings
from tui.widgets.conflict_list import ConflictList, ConflictRow
from tui.widgets.conflict_sheet import ConflictSheet
from tui.widgets.line import Lines
from tui.widgets.rows import Rows, Span
from tui.widgets.step_sheet import Sheet
from tui.workspace.commands import BY_ID, Command, key_text
from tui.workspace.conflict_card import Card, card_of
from tui.workspace.conflict_decisions import Decisions
from tui.workspace.conflict_words import ConflictWords, Labels

_HINTED: Final = (
    "app.help", "conflict.first", "conflict.next", "conflict.undo", "conflict.merged", "conflict.accept",
)  # fmt: skip


class Resolved(Struct, frozen=True):
    """What came of the choices: the incident, and the TOML comments that go with it."""

    incident: Incident
    remarks: tuple[Remark, ...]


class ConflictParts(MainScreen[Resolved]):
    """The conflicts in a list, beside or over the two versions of the one under the cursor."""

    CSS_PATH = "../styles/conflict.tcss"
    AUTO_FOCUS = "#conflicts"
    scope = "conflict"
    BINDINGS: ClassVar[list[BindingType]] = bindings("conflict")
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (72, "-normal"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-short"), (22, "-tall")]  # noqa: RUF012

    def __init__(self, merged: Merged, labels: Labels, title: str, explain: str) -> None:
        super().__init__()
        self.merged = merged
        self.words = ConflictWords(merged, labels)
        self.decisions = Decisions(merged.conflicts)
        self.with_base = False
        self.brought: tuple[tuple[Difference, ...], tuple[Difference, ...]] | None = None
        self._title = title or merged.incident.title or "Untitled incident"
        self._explain = explain
        self._said: Span = ("", "muted")
        self._card: Card | None = None

    def compose(self) -> ComposeResult:
        """Everything that the first frame shows."""
        yield Lines(height=2, id="head")
        with Horizontal(id="body"):
            yield ConflictList(id="conflicts")
            yield ConflictSheet(id="versions")
        yield Lines(height=1, id="status")
        yield Static("Too small to compare here (40x12 at least).\nEsc leaves and changes nothing.", id="too-small",
                     markup=False)  # fmt: skip

    @property
    def conflict_list(self) -> ConflictList:
        """The conflicts."""
        return self.query_one("#conflicts", ConflictList)

    @property
    def sheet(self) -> ConflictSheet:
        """The two versions."""
        return self.query_one("#versions", ConflictSheet)

    @property
    def conflict(self) -> Conflict | None:
        """The one under the cursor."""
        at = self.conflict_list.index
        conflicts = self.merged.conflicts
        return conflicts[at] if at < len(conflicts) and not self.conflict_list.at_merged else None

    def on_mount(self) -> None:
        """Show the first one; what was merged is counted behind the first frame."""
        self.sync()
        self.count_merged()

    @work(exclusive=True, group="counting")
    async def count_merged(self) -> None:
        """Find out what each side brought that nobody has to be asked about."""
        self.brought = await asyncio.to_thread(_brought, self.merged)
        self.sync()

    # Keeping in step

    def sync(self) -> None:
        """Show what is decided."""
        left, count = self.decisions.left, len(self.merged.conflicts)
        said = f"{count - left} of {count} decided" if count else "nothing is in conflict"
        head = self.query_one("#head", Lines)
        head.show_line(0, [(self._title, "strong")], [(f"{said} ", "warning" if left else "good")])
        head.show_line(1, [(self._explain, "muted")])
        rows = []
        for conflict in self.merged.conflicts:
            place = self.words.place(conflict)
            decided = self.words.choice(self.decisions.of(conflict))
            rows.append(ConflictRow(place.thing, place.field, place.said, decided))
        self.conflict_list.show(rows, self.merged_words())
        self.sync_versions()
        self.sync_status()

    def sync_versions(self, *, top: bool = False) -> None:
        """Show the one under the cursor; with `top` from its first line on."""
        conflict = self.conflict
        if conflict is None:
            self._card = None
            self.sheet.show_words(self._merged_lines())
            return
        self._card = card_of(self.words, conflict, self.decisions.of(conflict), with_base=self.with_base)
        self.sheet.show_card(self._card, top=top)

    def merged_words(self) -> str:
        """What was merged without a question, in a line."""
        if self.brought is None:
            return "counting what was merged …"
        ours, theirs = map(len, self.brought)
        if not ours and not theirs:
            return "" if self.merged.conflicts else "both say the same"
        return f"merged: {ours} of {self.words.labels[0]}, {theirs} of {self.words.labels[1]}"

    def _merged_lines(self) -> list[list[Span]]:
        if self.brought is None or not any(self.brought):
            return [[(self.merged_words(), "muted")]]
        lines: list[list[Span]] = [[("Merged without a question", "strong")], []]
        for label, found in zip(self.words.labels, self.brought, strict=True):
            lines.append([(f"{len(found)} change{'' if len(found) == 1 else 's'} of {label}", "text")])
        lines += [[], [(f"They touch nothing that the other side touched. {self.key('merged')} shows them.", "muted")]]
        return lines

    @on(Rows.Moved, "#conflicts")
    def _moved(self) -> None:
        self.sync_versions(top=True)

    @on(Sheet.Resized)
    def _resized(self) -> None:
        if self._card is not None:
            self.sheet.show_card(self._card)
        else:
            self.sync_versions()
        self.sync_status()

    # The bottom line

    def key(self, name: str) -> str:
        """The first key of a command of this screen."""
        return key_text(BY_ID[f"conflict.{name}"].keys[0])

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line."""
        self._said = (text, role)
        self.sync_status()

    def sync_status(self) -> None:
        """What just happened, and the keys that matter here."""
        words, role = self._said
        room = self.size.width - (min(len(words), self.size.width // 2) + 3 if words else 2)
        keys: list[Span] = []
        tags: list[str] = []
        useless = {"conflict.next"} if not self.decisions.left else set()
        if self.brought is not None and not any(self.brought):
            useless.add("conflict.merged")
        for name in _HINTED:
            if name in useless:
                continue
            command: Command = BY_ID[name]
            text, word = key_text(command.keys[0]), f" {command.hint}  "
            if name == "conflict.first":
                text = f"{text} {self.key('second')}"
            if len(text) + len(word) > room:
                continue
            room -= len(text) + len(word)
            keys += [(text, "accent"), (word, "muted")]
            tags += [name, name]
        self.query_one("#status", Lines).show_line(0, [(words, role)] if words else [], keys, tags)

    @on(Lines.Pressed)
    async def _hint_pressed(self, event: Lines.Pressed) -> None:
        await self.app.run_command(BY_ID[event.tag])  # type: ignore[attr-defined]


def _brought(merged: Merged) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """What each side changed that is in without a question: what the other side lacks of it when all else is its."""
    if not merged.sides:
        return (), ()
    first, second = merged.sides
    as_first = resolve(merged, {each.key: "ours" for each in merged.conflicts})
    as_second = resolve(merged, {each.key: "theirs" for each in merged.conflicts})
    return differences(second, as_second).all, differences(first, as_first).all

"""The view of unsaved work: the list of what was left, what is known of the selected one, and its changes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from msgspec import Struct
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.screens.base import MainScreen
from tui.widgets.bindings import bindings
from tui.widgets.changes_view import ChangesView
from tui.widgets.left_list import LeftList, LeftRow
from tui.widgets.line import Lines
from tui.widgets.plain_text import PlainText
from tui.widgets.rows import Rows, Span
from tui.workspace import recovery_words as words
from tui.workspace.commands import BY_ID, key_text
from tui.workspace.recovered import Look, look_at
from tui.workspace.recovery import FileState, Recovery
from tui.workspace.time_ago import time_ago

if TYPE_CHECKING:
    from tui.workspace.services import Services

_MOST_SHOWN: Final = 200_000
"""Characters of a text without form that are shown; all of it is saved."""


class Decision(Struct, frozen=True):
    """What a person wants of one recovery. It is not held yet: another process may be quicker."""

    what: Literal["take", "both"]
    recovery: Recovery
    look: Look


class RecoveryView(MainScreen[Decision | None]):
    """Lists what was left. Gives what is to be opened, or None: the rest is for later.

    `folder` is the one that paths are shown from, `elsewhere` how much is left that is not in this list. What is
    discarded stays in the list, to be brought back.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-normal"), (32, "-tall")]  # noqa: RUF012
    CSS_PATH = "../styles/recovery.tcss"
    AUTO_FOCUS = None
    scope = "recovery"
    BINDINGS: ClassVar[list[BindingType]] = bindings("recovery")

    def __init__(self, found: Sequence[Recovery], services: Services, folder: Path, *, elsewhere: int = 0) -> None:
        super().__init__()
        self.found = tuple(found)
        self.services = services
        self.folder = folder
        self._elsewhere = elsewhere
        self._looks: dict[str, Look] = {}
        self._states: dict[str, FileState] = {}
        self._said: Span = ("", "muted")

    def compose(self) -> ComposeResult:
        """The list, what is known of the selected one, and its changes."""
        yield Lines(height=1, id="head")
        yield Static("", id="why", markup=False)
        yield LeftList(id="left")
        with Vertical(id="about"):
            yield Lines(height=2, id="facts")
            yield Static("", id="outlook", markup=False)
        yield Lines(height=1, id="heading")
        yield ChangesView(id="changes")
        yield PlainText(id="remains")
        yield Lines(height=1, id="foot")

    @property
    def left(self) -> LeftList:
        """The list."""
        return self.query_one("#left", LeftList)

    @property
    def recovery(self) -> Recovery:
        """The one under the cursor."""
        return self.found[self.left.index]

    def on_mount(self) -> None:
        """One alone is read at once; of several one is chosen first."""
        self.query_one("#why", Static).update(
            Content("The program ended before this was saved. Take it back, or leave it for later.")
        )
        self.show_list(0)
        self.set_focus(self.left)
        self.show_selected()
        self.look_at_files()

    # What is shown

    def look_of(self, recovery: Recovery) -> Look | None:
        """What is known of one by now."""
        return self._looks.get(_key(recovery))

    def show_list(self, at: int | None = None) -> None:
        """The list as it stands, the cursor on a line or where it was."""
        now = self.services.now()
        rows = [
            LeftRow(
                words.title_of(each), words.file_of(each, self.folder), time_ago(each.at, now), words.count_of(each),
                words.state_of(each, self._states.get(_key(each))), each.discarded,
            )
            for each in self.found
        ]  # fmt: skip
        self.left.show(rows, at)
        waiting = sum(not each.discarded for each in self.found)
        put_away = len(self.found) - waiting
        counted = [
            f"{waiting} left" if waiting else "nothing left",
            f"{put_away} discarded" if put_away else "",
            f"{self._elsewhere} more elsewhere" if self._elsewhere else "",
        ]
        self.query_one("#head", Lines).show_line(
            0, [("Unsaved work", "strong")], [(" · ".join(filter(None, counted)) + " ", "muted")]
        )

    def show_selected(self) -> None:
        """What is known of the one under the cursor."""
        each = self.recovery
        facts = self.query_one("#facts", Lines)
        facts.show_line(0, [(words.place_of(each, self.folder), "text")])
        told = words.when_of(each, self.services.now(), self.services.zone)
        facts.show_line(1, [(" · ".join(filter(None, [told, words.count_of(each)])), "muted")])
        look = self._looks.get(_key(each))
        if look is None:
            self._say_outlook("Comparing with the file …", "muted")
            self.query_one("#heading", Lines).show_line(0, [])
            self.query_one(ChangesView).show(())
            self.read_selected()
        else:
            self._show_look(each, look)
        self.sync_status()

    def _show_look(self, each: Recovery, look: Look) -> None:
        self._say_outlook(*words.outlook(each, look))
        plain = look.changes is None
        self.set_class(plain, "-plain")
        if look.changes is None:
            text = each.text or each.remains
            more = f"\n… and {len(text) - _MOST_SHOWN:,} characters more" if len(text) > _MOST_SHOWN else ""
            self.query_one(PlainText).show(text[:_MOST_SHOWN] + more)
            self._say_heading("What remains", f"{len(text):,} characters")
        else:
            changes = look.changes.all
            self.query_one(ChangesView).show(changes, empty="Nothing is different.")
            count = f"{len(changes)} change{'' if len(changes) == 1 else 's'}" if changes else "no changes"
            self._say_heading(words.heading_of(look), count)

    def _say_outlook(self, text: str, role: str) -> None:
        line = self.query_one("#outlook", Static)
        glyph = {"warning": "! ", "error": "✗ "}.get(role, "")
        line.update(Content(glyph + text))
        line.set_classes(f"-{role}")

    def _say_heading(self, text: str, right: str) -> None:
        self.query_one("#heading", Lines).show_line(0, [(text, "strong")], [(f"{right} ", "muted")])

    @work(exclusive=True, group="looking")
    async def read_selected(self) -> None:
        """Compare the selected one with its file, away from the keys."""
        each = self.recovery
        look = await asyncio.to_thread(look_at, each, disk=self.services.disk)
        self._looks[_key(each)] = look
        self._states[_key(each)] = look.state
        self.show_list()
        if self.recovery is each:
            self.show_selected()

    @work(exclusive=True, group="states")
    async def look_at_files(self) -> None:
        """What became of the files of all of them."""
        for each in self.found:
            if _key(each) not in self._states:
                state = await asyncio.to_thread(each.differs, disk=self.services.disk)
                self._states.setdefault(_key(each), state)
        self.show_list()

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line."""
        self._said = (text, role)
        self.sync_status()

    def sync_status(self) -> None:
        """The bottom line: what just happened, and the keys."""
        names = ["recovery.take", "recovery.both", "recovery.discard", "recovery.later", "app.help"]
        if self.found and self.recovery.discarded:
            names[1:2] = ["recovery.bring-back"]
        elif self.found and (self.recovery.path is None or not self.recovery.text):
            names[1:2] = ["recovery.write"]
        keys: list[Span] = []
        tags: list[str] = []
        for name in names:
            command = BY_ID[name]
            keys += [(key_text(command.keys[0]), "accent"), (f" {command.hint or command.title.lower()}  ", "muted")]
            tags += [name, name]
        self.query_one("#foot", Lines).show_line(0, [self._said], keys, tags)

    # Moving about

    @on(Rows.Moved, "#left")
    def _other_selected(self) -> None:
        self._said = ("", "muted")
        self.show_selected()

    @on(Lines.Pressed)
    async def _hint_pressed(self, event: Lines.Pressed) -> None:
        await self.app.run_command(BY_ID[event.tag])  # type: ignore[attr-defined]

    def action_other_part(self) -> None:
        """From the list to the changes, and back."""
        lower: Rows = self.query_one(PlainText) if self.has_class("-plain") else self.query_one(ChangesView)
        self.set_focus(lower if self.focused is self.left else self.left)

    def action_page(self, pages: int) -> None:
        """Read on below, wherever the keys go."""
        lower: Rows = self.query_one(PlainText) if self.has_class("-plain") else self.query_one(ChangesView)
        step = max(1, lower.size.height - 1)
        lower.scroll_relative(y=pages * step, animate=False, force=True, immediate=True)


def _key(recovery: Recovery) -> str:
    return recovery.journal.name

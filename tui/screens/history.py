"""Earlier versions of an incident: what was saved, signed and committed, and what changed from one to the next."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content as Words
from textual.widgets import Static

from tui.screens.history_files import HistoryFiles
from tui.widgets.bindings import bindings
from tui.widgets.changes_view import ChangesView
from tui.widgets.line import Lines
from tui.widgets.plain_text import PlainText
from tui.widgets.rows import Rows, Span
from tui.widgets.version_list import VersionList, VersionRow
from tui.workspace import version_words as words
from tui.workspace.commands import BY_ID, key_text
from tui.workspace.file_versions import Content, Contents, Version, before_in, listed
from tui.workspace.version_changes import Compared, Comparisons, Pair
from tui.workspace.versions_kept import versions

if TYPE_CHECKING:
    from schemas.incident import Incident
    from tui.workspace.services import Services
    from tui.workspace.session import DocumentSession

_QUICK_BYTES: Final = 200_000
"""Of versions up to this size all that are visible are compared, of larger ones only the one that is looked at."""

_MOST_SHOWN: Final = 200_000
"""Characters of a text without form that are shown; all of it is saved."""

_ROLES: Final = {"verdict": "good", "git": "accent", "outside": "warning"}


class HistoryScreen(HistoryFiles):
    """Lists the versions of a file. Gives the one that is to be restored, or None.

    With a `session` the newest is the document as it is open, else it is the file.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]  # noqa: RUF012
    CSS_PATH = "../styles/history.tcss"
    AUTO_FOCUS = None
    scope = "history"
    BINDINGS: ClassVar[list[BindingType]] = bindings("history")

    def __init__(self, path: Path, services: Services, *, session: DocumentSession | None = None) -> None:
        super().__init__()
        self.path = path
        self.services = services
        self.session = session
        self.contents = Contents(path, services.disk)
        self._compared = Comparisons(self.contents)
        self._kept = versions(path, disk=services.disk)
        self._committed: tuple[Version, ...] = ()
        self._now = Version("now", "now", services.now())
        self.versions = listed(self._kept, (), self._now)
        self._in_file: Incident | None = None
        self._to_now = False
        self._all_are_quick = True
        self._said: Span = ("", "muted")
        self._about_git = "looking into git …"

    def compose(self) -> ComposeResult:
        """The list, and what changed."""
        yield Lines(height=1, id="head")
        with Container(id="parts"):
            yield VersionList(id="versions")
            with Vertical(id="side"):
                yield Lines(height=2, id="about")
                yield Static("", id="why", markup=False)
                yield ChangesView(id="changes")
                yield PlainText(id="text")
        yield Lines(height=1, id="foot")

    @property
    def list(self) -> VersionList:
        """The list."""
        return self.query_one("#versions", VersionList)

    @property
    def version(self) -> Version:
        """The one under the cursor."""
        key = self.list.key
        return next((each for each in self.versions if each.key == key), self._now)

    def on_mount(self) -> None:
        """The list at once; what changed, and what git has, behind the first frame."""
        if self.session is not None:
            self._stop = self.session.observe(lambda *_: self._document_changed())
        first = self.versions[1] if len(self.versions) > 1 else self._now
        self._show_list(first.key)
        self.set_focus(self.list)
        self._show_selected()
        self.call_after_refresh(self.list.show_start)
        self.read_git()

    def on_resize(self) -> None:
        """Other versions can be seen now; what they changed is counted, too."""
        self.call_after_refresh(self.look_at_selected)

    def on_unmount(self) -> None:
        """The document goes on without this list."""
        if self.session is not None:
            self._stop()

    # What is shown

    def _show_list(self, key: str = "") -> None:
        self.list.show([self._row(version) for version in self.versions], key)
        committed = f"{len(self._committed)} in git" if self._committed else ""
        counted = [f"{len(self._kept)} kept", self._about_git or committed]
        self.query_one("#head", Lines).show_line(
            0, [("Earlier versions  ", "strong"), (self.path.name, "muted")],
            [(" · ".join(filter(None, counted)) + " ", "muted")],
        )  # fmt: skip

    def _row(self, version: Version) -> VersionRow:
        now, zone = self.services.now(), self.services.zone
        return VersionRow(
            version.key, words.day_of(version.at, now, zone), words.clock_of(version.at, zone),
            words.age_of(version.at, now), self._what(version), words.size_of(version.size),
            self._compared.count((before_in(self.versions, version), version)),
        )  # fmt: skip

    def _what(self, version: Version) -> Span:
        session = self.session
        unsaved = session.dirty if session is not None else None
        role = "warning" if version.kind == "now" and unsaved else _ROLES.get(version.kind, "text")
        return words.what_of(version, session.doc if session is not None else self._in_file, unsaved), role

    def _show_selected(self) -> None:
        version = self.version
        name = "Now" if version is self._now else words.name_of(version, self.services.now(), self.services.zone)
        told = words.told_of(version) or self._what(version)[0]
        self.query_one("#about", Lines).show_line(0, [(name, "strong"), (f"  {told}", "muted")])
        compared = self._compared.known(self._pair(version))
        if compared is not None:
            self._show_compared(version, compared)
        else:
            self.set_class(False, "-broken")
            self.query_one(ChangesView).show(())
            self._say_heading("Comparing …", "")
        self.look_at_selected()
        self.sync_status()

    def _pair(self, version: Version) -> Pair:
        """What is compared where a version is selected."""
        return ((version,), self._now) if self._to_now else (before_in(self.versions, version), version)

    def _show_compared(self, version: Version, compared: Compared) -> None:
        own = compared.older if self._to_now else compared.newer
        self.set_class(own is None or own.incident is None, "-broken")
        if own is None or own.incident is None:
            self._show_broken(own or compared.newer)
            return
        title = "Since then, until now" if self._to_now else "What it changed"
        if compared.since is not None and not self._to_now:
            title += f" since {words.name_of(compared.since, self.services.now(), self.services.zone)}"
        empty = words.no_changes(compared, to_now=self._to_now, is_now=version is self._now)
        self.query_one(ChangesView).show(compared.found, empty=empty)
        self._say_heading(title, words.counted(len(compared.found)) if compared.count >= 0 else "")

    def _show_broken(self, content: Content) -> None:
        text = content.text
        more = f"\n… and {len(text) - _MOST_SHOWN:,} characters more" if len(text) > _MOST_SHOWN else ""
        self.query_one("#why", Static).update(Words(f"✗ It cannot be read: {content.problem}"))
        self.query_one(PlainText).show(text[:_MOST_SHOWN] + more)
        self._say_heading("Its text, as it is", words.size_of(len(content.data)))

    def _say_heading(self, text: str, right: str) -> None:
        self.query_one("#about", Lines).show_line(1, [(text, "accent")], [(f"{right} ", "muted")])

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line."""
        self._said = (text, role)
        self.sync_status()

    def sync_status(self) -> None:
        """The bottom line: what just happened, and the keys."""
        keys: list[Span] = []
        tags: list[str] = []
        for name in ("history.restore", "history.compare", "history.save-as", "history.back", "app.help"):
            command = BY_ID[name]
            hint = "what it changed" if name == "history.compare" and self._to_now else command.hint
            keys += [(key_text(command.keys[0]), "accent"), (f" {hint}  ", "muted")]
            tags += [name, name]
        self.query_one("#foot", Lines).show_line(0, [self._said], keys, tags)

    # What takes time

    @work(exclusive=True, group="git")
    async def read_git(self) -> None:
        """Add what git has of the file."""
        self._committed = await asyncio.to_thread(self.contents.revisions)
        self._about_git = ""
        if not self._is_open:
            return
        here = self.list.key
        self.versions = listed(self._kept, self._committed, self._now)
        if here == self._now.key and not self._kept and self._committed and not self._to_now:
            here = self._committed[0].key
        self._show_list(here)
        self._show_selected()

    @work(exclusive=True, group="looking")
    async def look_at_selected(self) -> None:
        """Compare the selected version, away from the keys, and then the others that can be seen."""
        if self.session is None and self._in_file is None:
            self._in_file = (await asyncio.to_thread(self.contents.of, self._now)).incident
        version = self.version
        if self._compared.known(self._pair(version)) is None:
            compared = await self._compare(self._pair(version))
            if self._is_open:
                self._show_compared(version, compared)
        for key in self.list.visible_keys if self._is_open else ():
            version = next((each for each in self.versions if each.key == key), self._now)
            pair = (before_in(self.versions, version), version)
            quick = self._all_are_quick and (version.size or 0) <= _QUICK_BYTES
            if quick and self._compared.count(pair) is None:
                await self._compare(pair)

    async def _compare(self, pair: Pair) -> Compared:
        compared = await asyncio.to_thread(self._compared.compare, pair, self.document())
        self._compared.note(pair, compared)
        self._all_are_quick = self._all_are_quick and len(compared.newer.data) <= _QUICK_BYTES
        if self._is_open:
            self._show_list()
        return compared

    def read_kept(self) -> None:
        """There are other versions than before, and another file."""
        self._kept = versions(self.path, disk=self.services.disk)
        self.versions = listed(self._kept, self._committed, self._now)
        self.contents.forget(self._now)
        self._document_changed()

    def _document_changed(self) -> None:
        self._compared.forget_now()
        if self._is_open:
            self._show_list()
            self._show_selected()

    @property
    def _is_open(self) -> bool:
        """Whether it is still to be seen, if only behind a question; a screen that was left is soon without parts."""
        return self in self.app.screen_stack

    # What a person does

    @on(Rows.Moved, "#versions")
    def _other_selected(self) -> None:
        self._said = ("", "muted")
        self._show_selected()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.action_other_part()

    @on(Lines.Pressed)
    async def _hint_pressed(self, event: Lines.Pressed) -> None:
        await self.app.run_command(BY_ID[event.tag])  # type: ignore[attr-defined]

    @property
    def lower(self) -> Rows:
        """What is shown of the version: its changes, or its text."""
        return self.query_one(PlainText) if self.has_class("-broken") else self.query_one(ChangesView)

    def action_switch(self) -> None:
        """What the version changed, or what changed since then until now."""
        self._to_now = not self._to_now
        self._show_selected()

    def action_other_part(self) -> None:
        """From the list to the changes, and back."""
        self.set_focus(self.lower if self.focused is self.list else self.list)

    def action_page(self, pages: int) -> None:
        """Read on in the changes, wherever the keys go."""
        step = max(1, self.lower.size.height - 1)
        self.lower.scroll_relative(y=pages * step, animate=False, force=True, immediate=True)

    def action_back(self) -> None:
        """From the changes to the list; from there leave everything as it is."""
        if self.focused is self.list:
            self.dismiss(None)
        else:
            self.set_focus(self.list)

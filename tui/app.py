"""The application: builds services, sessions and screens; themes, signals and the commands that work everywhere."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from schemas.incident import Incident
from tui.screens.dialogs import Dialog, Message
from tui.screens.document import DocumentScreen
from tui.screens.help import Help, command_choices
from tui.screens.library import LibraryScreen
from tui.screens.picker import Picker
from tui.themes import THEMES
from tui.widgets.bindings import bindings
from tui.workspace import storage
from tui.workspace.commands import BY_ID, Command
from tui.workspace.errors import EXIT_CRASH, UserError
from tui.workspace.keymap import checked
from tui.workspace.services import Services
from tui.workspace.session import DocumentSession
from tui.workspace.settings import Settings, load_settings, save_theme


class PostmortemApp(App[int], inherit_bindings=False):
    """Shows a library (a folder) or one incident (a file)."""

    CSS_PATH = ["styles/document.tcss", "styles/library.tcss"]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        Binding("ctrl+c", "copy_or_hint", show=False, system=True),
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "postmortem"

    def __init__(self, path: Path, services: Services, settings: Settings | None = None) -> None:
        super().__init__()
        settings = settings or Settings()
        keymap, faults = checked(settings.keys)
        self._problems = (*settings.problems, *faults)
        self.set_keymap(keymap)
        self.animation_level = "none"
        self.path = path
        self.services = services
        for each in THEMES:
            self.register_theme(each)
        self.theme = settings.theme if settings.theme in self.available_themes else THEMES[0].name

    def get_default_screen(self) -> Screen[object]:
        """The library of a folder, or the document of a file."""
        if self.path.is_dir():
            return LibraryScreen(self.path, self.services)  # type: ignore[return-value]
        return self.document_screen(self.path, over_library=False)  # type: ignore[return-value]

    def document_screen(self, path: Path | None, *, folder: Path | None = None, over_library: bool) -> DocumentScreen:
        """A screen for a file, or for a new incident where there is none.

        Raises:
            UserError: the file cannot be read or is no incident.
        """
        now = self.services.now
        if path is None:
            session = DocumentSession(Incident(), now=now)
            return DocumentScreen(session, self.services, folder or Path.cwd(), over_library=over_library)
        opened = storage.open_file(path)
        session = DocumentSession(
            opened.loaded.incident,
            path=path,
            fingerprint=opened.fingerprint,
            remarks=opened.loaded.remarks,
            read_only="" if opened.writable else opened.why_not,
            now=now,
        )
        return DocumentScreen(session, self.services, path.parent, over_library=over_library)

    def on_mount(self) -> None:
        """Leave in order when the terminal goes away or the system asks."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGHUP):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(name, self._signalled, name)

        if self._problems:
            self.call_after_refresh(self._tell_problems)

    def _tell_problems(self) -> None:
        self.push_screen(Message("Something in your settings was left out", "\n".join(self._problems)))

    def _signalled(self, name: signal.Signals) -> None:
        self.exit(128 + name, return_code=128 + name)

    # Commands that work everywhere

    def action_palette(self) -> None:
        """Choose any command, or a place in the document."""
        if isinstance(self.screen, Dialog):
            return
        screen = self.screen
        choices = command_choices(commands=tuple(self._commands(screen)))
        if isinstance(screen, DocumentScreen):
            choices += screen.place_choices()
        self.push_screen(Picker("Commands", choices), self._picked)

    async def _picked(self, picked: str | None) -> None:
        screen = self._below()
        if picked in BY_ID:
            await self.run_command(BY_ID[picked])
        elif picked and isinstance(screen, DocumentScreen):
            await screen.go_to(picked)

    def action_help(self) -> None:
        """Show all commands; run the one that is chosen."""
        if not isinstance(self.screen, Dialog):
            self.push_screen(Help(), self._picked)

    async def run_command(self, command: Command) -> None:
        """Run a command as its key would, in the part of the screen that it belongs to."""
        screen = self._below()
        if command.scope == "app":
            await self.run_action(command.action, default_namespace=self)
        elif (command.scope == "document" and isinstance(screen, DocumentScreen)) or (
            command.scope == "library" and isinstance(screen, LibraryScreen)
        ):
            await self.run_action(command.action, default_namespace=screen)
        elif isinstance(screen, DocumentScreen) and (part := screen.part_of_scope(command.scope)) is not None:
            part.focus()
            await self.run_action(command.action, default_namespace=part)
        else:
            self._say(f"{command.title}: not here. {command.help}")

    def _commands(self, screen: Screen[object]) -> Iterable[Command]:
        open_document = isinstance(screen, DocumentScreen)
        for command in BY_ID.values():
            if command.id in ("app.palette", "form.next", "form.previous"):
                continue
            if command.scope == "app" or (command.scope == "library") != open_document:
                yield command

    def _below(self) -> Screen[object]:
        """The screen under any dialog."""
        return next((screen for screen in reversed(self.screen_stack) if not isinstance(screen, Dialog)), self.screen)

    def _say(self, text: str) -> None:
        screen = self._below()
        if isinstance(screen, DocumentScreen | LibraryScreen):
            screen.say(text)

    def action_next_theme(self) -> None:
        """The other theme."""
        names = [theme.name for theme in THEMES]
        at = names.index(self.theme) + 1 if self.theme in names else 0
        self.theme = names[at % len(names)]
        try:
            save_theme(self.theme)
        except (UserError, OSError):
            self._say(f"Theme: {self.theme}, for this time only: the settings cannot be written")
        else:
            self._say(f"Theme: {self.theme}")

    def action_redraw(self) -> None:
        """Paint everything again."""
        self.refresh(layout=True)

    def action_copy_or_hint(self) -> None:
        """Ctrl+C copies where there is a selection; it never quits."""
        self._say("^Q leaves the program")

    @work
    async def action_quit(self) -> None:  # type: ignore[override]
        """Leave; asks for each document that is not saved."""
        if isinstance(self.screen, Dialog):
            self.screen.dismiss(None)
        for screen in reversed(self.screen_stack):
            if isinstance(screen, DocumentScreen) and not await screen.may_leave():
                return
        self.exit(0)

    async def show_error(self, error: UserError) -> None:
        """A failure that a person can act on."""
        await self.push_screen_wait(Message.of(error))


def run_app(path: Path, *, mouse: bool = True) -> int:
    """Open a folder or a file on screen; returns the exit code.

    Raises:
        UserError: the file cannot be read or is no incident.
    """
    settings = load_settings()
    services = Services.real(author=settings.author)
    if path.is_file():
        storage.open_file(path)
    app = PostmortemApp(path, services, settings)
    app.run(mouse=mouse and settings.mouse)
    return EXIT_CRASH if app.return_code is None else app.return_code

"""The application: themes, the first screen, and the commands that work everywhere.

Only what the first frame needs is imported here; the models and the other screens come behind it.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings
from collections.abc import Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import AwaitMount

from tui.screens.base import MainScreen
from tui.screens.opening import OpeningScreen, first_screen
from tui.styles.style_sheet import StyleSheet
from tui.terminal.terminal_app import TerminalApp
from tui.themes import THEMES
from tui.widgets.bindings import bindings
from tui.workspace.commands import BY_ID, Command, works_on
from tui.workspace.errors import UserError
from tui.workspace.keymap import checked
from tui.workspace.settings import Settings, load_settings, save_theme

if TYPE_CHECKING:
    from tui.workspace.services import Services

_TURN: Final = 0.0005
"""Seconds that a thread may go on while another one waits: with a busy one a key took 14 ms longer, and now takes 4."""

Start = Literal["", "review"]
"""What a file is opened for: to edit it, or to review it."""


class PostmortemApp(TerminalApp, inherit_bindings=False):
    """Shows a library (a folder) or one incident (a file)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        Binding("ctrl+c", "copy_or_hint", show=False, system=True),
    ]
    CSS = """
    Toast {
        width: 64;
        max-width: 70%;
        padding: 1;
        background: $surface;
        color: $foreground;
    }
    Toast .toast--title { text-style: bold; }
    """
    ENABLE_COMMAND_PALETTE = False
    TITLE = "postmortem"

    def __init__(
        self, path: Path, services: Services | None = None, settings: Settings | None = None, *, start: Start = ""
    ) -> None:  # fmt: skip
        """`services` are this machine's if there are none; they are made behind the first frame."""
        super().__init__()
        self.start = start
        settings = self._settings = settings or Settings()
        keymap, faults = checked(settings.keys)
        self._problems = (*settings.problems, *faults)
        self.set_keymap(keymap)
        self.animation_level = "none"
        self.sends_all = not settings.screen_diff
        self.path = path
        self._services = services
        self.refused: UserError | None = None
        for each in THEMES:
            self.register_theme(each)
        self.theme = settings.theme if settings.theme in self.available_themes else THEMES[0].name
        self.stylesheet = StyleSheet(variables=self.get_css_variables())

    @cached_property
    def services(self) -> Services:
        """What the program needs from outside."""
        from tui.workspace.services import Services

        return self._services or Services.real(author=self._settings.author, indexes=self._settings.library_index)

    def get_default_screen(self) -> Screen[Any]:
        """The library of a folder, or the document of a file; a quick first frame where those are not loaded yet."""
        if "schemas.incident" in sys.modules:
            screen = first_screen(self.path, self.services, self.start)
            # Textual reads the style sheet of every screen but the default one.
            self._load_screen_css(screen)
            return screen
        self.hold_keys()
        return OpeningScreen(self.path)

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        # From Python 3.12 on the parts of a screen get their styles in this call, and Textual 8.2.8 reads the sheet of
        # the screen after it: they would get them all again, or (see `Fresh`) stay without.
        if isinstance(screen, Screen):
            self._load_screen_css(screen)
        return super()._get_screen(screen)

    def on_mount(self) -> None:
        """Say what is to be said at the start."""
        if not isinstance(self.screen, OpeningScreen):
            self.call_after_refresh(lambda: self.run_worker(self.say_first()))

    async def say_first(self) -> None:
        """What comes up by itself over the first real screen: what of the settings could not be used, and what was left
        unsaved the last time. Then the keys that were held are let go."""
        if not gc.isenabled():
            # What is loaded now stays for good, and the collector need not look at it, not even once: that would take a
            # fifth of the start, to find a few hundred kilobytes.
            gc.freeze()
            gc.enable()
        if self._problems:
            from tui.screens.dialogs import Message

            with self.keys_for_what_comes_up():
                await self.push_screen_wait(
                    Message("Something in your settings was left out", "\n".join(self._problems))
                )
        if self.services.keeps:
            from tui.screens.recovery_start import look_back
            from tui.workspace.keeping import tidy_up

            await look_back(self)
            folder = self.path if self.path.is_dir() else self.path.parent
            self.run_worker(partial(tidy_up, folder, self.services), thread=True)
        self.let_keys_go()

    def keep_all(self, *, at_once: bool = False) -> bool | None:
        """Let every screen write what is not on the disk yet; see `MainScreen.keep_all`. Never raises."""
        answers: set[bool | None] = set()
        for screen in self.get_screen_stack():
            try:
                if isinstance(screen, MainScreen):
                    answers.add(screen.keep_all(at_once=at_once))
            except Exception:  # a fault of one screen: what the others hold is kept all the same
                answers.add(False)
        return False if False in answers else True if True in answers else None

    def interrupted(self) -> None:
        """Like Ctrl+C, SIGINT never quits."""
        self.action_copy_or_hint()

    def refuse(self, error: UserError) -> None:
        """Leave because what was to be opened cannot be."""
        self.refused = error
        self.exit(error.exit_code, return_code=error.exit_code)

    # Commands that work everywhere

    def action_recover(self) -> None:
        """Show what was left unsaved anywhere."""
        from tui.screens.recovery_start import offer_everything

        if not isinstance(self.screen, ModalScreen):
            offer_everything(self)

    def action_palette(self) -> None:
        """Choose any command, or a place in the document."""
        screen = self.main_screen
        if isinstance(self.screen, ModalScreen) or not screen.scope:
            return
        from tui.screens.help import command_choices
        from tui.screens.picker import Picker

        choices = command_choices(commands=tuple(self._commands(screen)))
        self.push_screen(Picker("Commands", choices + screen.place_choices()), self._picked)

    async def _picked(self, picked: str | None) -> None:
        if picked in BY_ID:
            await self.run_command(BY_ID[picked])
        elif picked:
            await self.main_screen.go_to(picked)

    def action_help(self) -> None:
        """Show all commands; run the one that is chosen."""
        if not isinstance(self.screen, ModalScreen):
            from tui.screens.help import Help

            self.push_screen(Help(self.main_screen.scope), self._picked)

    async def run_command(self, command: Command) -> None:
        """Run a command as its key would, in the part of the screen that it belongs to."""
        screen = self.main_screen
        if command.scope == "app":
            await self.run_action(command.action, default_namespace=self)
        elif command.scope == screen.scope:
            await self.run_action(command.action, default_namespace=screen)
        elif (part := screen.part_of_scope(command.scope)) is not None:
            screen.set_focus(part)
            await self.run_action(command.action, default_namespace=part)
        else:
            screen.say(f"{command.title}: not here. {command.help}")

    def _commands(self, screen: MainScreen[Any]) -> Iterable[Command]:
        for command in BY_ID.values():
            if command.id in ("app.palette", "form.next", "form.previous"):
                continue
            if works_on(command.scope, screen.scope):
                yield command

    @property
    def main_screen(self) -> MainScreen[Any]:
        """The screen under any dialog."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, MainScreen))

    def action_next_theme(self) -> None:
        """The other theme."""
        names = [theme.name for theme in THEMES]
        at = names.index(self.theme) + 1 if self.theme in names else 0
        self.theme = names[at % len(names)]
        said = f"Theme: {self.theme}"
        try:
            save_theme(self.theme)
        except (UserError, OSError):
            said += ", for this time only: the settings cannot be written"
        self.main_screen.say(said)

    def action_redraw(self) -> None:
        """Paint everything again."""
        self.forget_screen()
        self.refresh(layout=True)

    def action_copy_or_hint(self) -> None:
        """Ctrl+C copies where there is a selection; it never quits."""
        self.main_screen.say("^Q leaves the program")

    @work
    async def action_quit(self) -> None:  # type: ignore[override]
        """Leave; asks for each document that is not saved."""
        if isinstance(self.screen, ModalScreen):
            self.screen.dismiss(None)
        for screen in reversed(self.screen_stack):
            if not isinstance(screen, MainScreen):
                continue
            if not await screen.may_leave():
                return
            if screen.asks and screen is self.screen:
                # A save below may wait for the answer, and leaving waits for the save.
                screen.dismiss(None)
        self.exit(0)


def run_app(path: Path, *, mouse: bool = True, start: Start = "") -> int:
    """Open a folder or a file on screen, to edit it or with `start="review"` to review it; returns the exit code.

    Raises:
        UserError: the file cannot be read or is no incident.
        Crashed: a fault of the program ended it.
    """
    # A thread that reads keys, writes the screen or keeps the journal gives way, and gets its turn, ten times as soon.
    sys.setswitchinterval(_TURN)
    _trust_the_terminal()
    settings = load_settings()
    app = PostmortemApp(path, settings=settings, start=start)
    if not sys.warnoptions:
        # Such as that something had been begun when the program was ended: nothing for the person's terminal.
        warnings.simplefilter("ignore", RuntimeWarning)
    code = app.run_to_the_end(mouse=mouse and settings.mouse)
    if app.refused is not None:
        raise app.refused
    return code


def _trust_the_terminal() -> None:
    """Take the size from the terminal, which knows it: COLUMNS and LINES may be old or senseless, and never change."""
    try:
        size = os.get_terminal_size(sys.__stderr__.fileno() if sys.__stderr__ else 2)
    except OSError:
        return
    for name, known in (("COLUMNS", size.columns), ("LINES", size.lines)):
        if known or not 0 < len(os.environ.get(name, "")) < 5:
            os.environ.pop(name, None)

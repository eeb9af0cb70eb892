"""Taking unsaved words back: into the document of their file, or as a document of their own beside it.

The words become one step that can be undone. Until they are on the disk in the journal of that document, the old
journal stays; and while this process holds them, no other one offers them.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from schemas import toml_file
from schemas.merge_values import same
from schemas.text import clean_line
from tui.screens.dialogs import Message
from tui.screens.document import DocumentScreen, open_document
from tui.screens.library import LibraryScreen
from tui.screens.saving import Saving
from tui.workspace.errors import UserError, shown
from tui.workspace.recovered import Combined, combined
from tui.workspace.recovery import Recovery
from tui.workspace.recovery_words import title_of

if TYPE_CHECKING:
    from tui.app import PostmortemApp
    from tui.screens.recovery_view import Decision

LABEL: Final = "Recovered unsaved work"
"""What the step is called that the words become."""


async def take(app: PostmortemApp, decision: Decision) -> bool:
    """Open the document of the words with them in it; returns when a document that was opened for it is left.

    False if they stay where they are: another window has them, or the person put off the conflicts.
    """
    recovery = decision.recovery
    if not await _held(app, recovery):
        return False
    screen = _open_here(app, recovery.path) or _opened(app, decision)
    if screen is None or screen.session.read_only:
        why = f"{shown(Path(recovery.path.name))} is read-only" if screen is not None and recovery.path else ""
        return await _as_its_own(app, decision, why=why)
    both = _with_words(screen, decision)
    settled = await _settled(app, both, screen, recovery)
    if settled is None:
        recovery.leave()
        return False
    left = None
    if isinstance(screen, DocumentScreen) and not screen.is_attached:
        left = await _pushed(app, screen)
    _put(screen, settled, recovery)
    if left is not None:
        await left
    return True


async def open_both(app: PostmortemApp, decision: Decision) -> bool:
    """Open the file as it is, and over it the words as a document that has no file yet; returns when both are left.

    False if another window has the words.
    """
    recovery = decision.recovery
    if not await _held(app, recovery):
        return False
    below = None
    if _open_here(app, recovery.path) is None:
        file = _opened(app, decision)
        below = None if file is None else await _pushed(app, file)
    await _as_its_own(app, decision)
    if below is not None:
        await below
    return True


async def _held(app: PostmortemApp, recovery: Recovery) -> bool:
    if await asyncio.to_thread(recovery.take):
        return True
    await app.push_screen_wait(
        Message(
            "Another window has it",
            f"{title_of(recovery)}: another window of this program took these words just now, or discarded them.",
            "Go on there.",
        )
    )
    return False


def _open_here(app: PostmortemApp, path: Path | None) -> Saving | None:
    """The screen on which the file is open already, under whatever else."""
    if path is None:
        return None
    real = os.path.realpath(path)
    for screen in app.screen_stack:
        known = screen.session.path if isinstance(screen, Saving) else None
        if isinstance(screen, Saving) and known is not None and os.path.realpath(known) == real:
            return screen
    return None


def _opened(app: PostmortemApp, decision: Decision) -> DocumentScreen | None:
    """A new screen on the file, or on a new incident where the words never had one; None if there is no such file."""
    recovery = decision.recovery
    library = next((each for each in app.screen_stack if isinstance(each, LibraryScreen)), None)
    if recovery.path is None:
        return _without_file(app, recovery)
    beside = library.library.neighbours(recovery.path) if library is not None else ()
    try:
        screen = open_document(
            recovery.path, app.services, folder=_folder(app, recovery), over_library=True, neighbours=beside
        )
    except UserError:
        return None
    return screen if isinstance(screen, DocumentScreen) else None


def _folder(app: PostmortemApp, recovery: Recovery) -> Path:
    """The folder that the words belong to, as far as it is there."""
    here = app.path if app.path.is_dir() else app.path.parent
    wanted = recovery.begun_in if recovery.path is None else recovery.path.parent
    return wanted if wanted is not None and os.path.isdir(wanted) else here  # noqa: PTH112 (never raises)


def _without_file(app: PostmortemApp, recovery: Recovery) -> DocumentScreen:
    screen = open_document(None, app.services, folder=_folder(app, recovery), over_library=True)
    assert isinstance(screen, DocumentScreen)
    return screen


async def _as_its_own(app: PostmortemApp, decision: Decision, *, why: str = "") -> bool:
    """Open the words as a document without a file; its first save asks for a name."""
    recovery = decision.recovery
    screen = _without_file(app, recovery)
    if recovery.path is not None:
        gone = not os.path.exists(recovery.path) and os.path.isdir(recovery.path.parent)  # noqa: PTH110, PTH112
        name = recovery.path.name if gone else f"{recovery.path.stem}-recovered.toml"
        screen.suggested = screen.folder / name
    both = _with_words(screen, decision)
    left = await _pushed(app, screen)
    _put(screen, both, recovery)
    if why:
        screen.say(f"{why}: this is a document of its own", "warning")
    await left
    return True


def _with_words(screen: Saving, decision: Decision) -> Combined:
    """What the document of a screen is together with the words."""
    look = decision.look
    assert look.words is not None
    if screen.session.path is None:
        return Combined(look.words.incident, look.words.remarks)
    if screen.is_attached:
        screen.settle()
    now = toml_file.parse(screen.session.text())
    return combined(look.words, look.opened, now, rng=screen.services.rng)


async def _settled(app: PostmortemApp, both: Combined, screen: Saving, recovery: Recovery) -> Combined | None:
    """With what the person chose where both sides say something else; None if that is put off."""
    if both.merge is None:
        return both
    from tui.screens.conflict import ConflictScreen

    name = shown(Path(recovery.path.name)) if recovery.path is not None else ""
    screen.settling = True
    try:
        resolved = await app.push_screen_wait(
            ConflictScreen(
                both.merge,
                labels=("recovered", "the file"),
                title=clean_line(screen.session.doc.title) or name,
                explain="The file was changed in the same places as the unsaved words.",
            )
        )
    finally:
        screen.settling = False
    return None if resolved is None else Combined(resolved.incident, resolved.remarks)


async def _pushed(app: PostmortemApp, screen: DocumentScreen) -> asyncio.Future[Any]:
    """Show a document; what is given ends when it is left."""
    left: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def ended(_: object) -> None:
        if not left.done():
            left.set_result(None)

    await app.push_screen(screen, ended)
    # A new incident asks for its title; these words have one.
    screen.set_focus(screen.sections)
    return left


def _put(screen: Saving, both: Combined, recovery: Recovery) -> None:
    """Make the words a step of the document; the old journal goes when they are on the disk again."""
    session = screen.session
    if same(both.incident, session.doc):
        recovery.discard(disk=screen.services.disk)
        screen.say("Nothing in it is new: the document says all of it", "good")
        return
    session.seal()
    session.execute(lambda _: both.incident, label=LABEL)
    session.remarks = both.remarks
    session.seal()
    if screen.keeper is not None:
        screen.keeper.adopt(recovery)
    else:
        recovery.leave()
    screen.sync()
    screen.say("Taken back, not saved yet · ^S saves, ^Z takes it out again", "good")

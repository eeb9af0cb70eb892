"""Offering what was left unsaved: at the start what concerns the place that is opened, on demand everything."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.workspace.commands import BY_ID, key_text

if TYPE_CHECKING:
    from tui.app import PostmortemApp
    from tui.workspace.recovery import Recovery


async def look_back(app: PostmortemApp) -> None:
    """See behind the first screen whether anything was left, and offer it."""
    first = app.main_screen
    found = await asyncio.to_thread(_left, app)
    if not found:
        return
    concerned = await asyncio.to_thread(_of_place, found, app.path)
    others = len(found) - len(concerned)
    if not concerned:
        app.main_screen.say(_kept(others, "other "), "warning")
    elif app.main_screen is not first:
        # The person is somewhere else by now.
        app.main_screen.say(_kept(len(found)), "warning")
    else:
        with app.keys_for_what_comes_up():
            rest = await offer(app, concerned, elsewhere=others)
        if rest:
            app.main_screen.say(_kept(len(rest) + others), "warning")


def offer_everything(app: PostmortemApp) -> None:
    """Offer all that was left anywhere, and what was discarded lately."""
    app.run_worker(_on_demand(app), name="recover")


async def _on_demand(app: PostmortemApp) -> None:
    if app.main_screen.scope == "recovery":
        return
    found = await asyncio.to_thread(_left, app)
    aside = await asyncio.to_thread(_aside, app)
    if not found and not aside:
        app.main_screen.say("Nothing was left unsaved")
        return
    await offer(app, (*found, *aside))


async def offer(app: PostmortemApp, found: Sequence[Recovery], *, elsewhere: int = 0) -> Sequence[Recovery]:
    """Show what was left and do what is wanted of one after the other, until nothing is left or the rest can wait.

    Gives that rest. `elsewhere` is how much more there is of other places.
    """
    from tui.screens.recovery import RecoveryScreen
    from tui.screens.recovery_taking import open_both, take

    at = app.path if app.path.is_dir() else app.path.parent
    while found:
        decision = await app.push_screen_wait(RecoveryScreen(found, app.services, at, elsewhere=elsewhere))
        if decision is None:
            return [each for each in found if not each.discarded and each.journal.exists()]
        done = await (take if decision.what == "take" else open_both)(app, decision)
        if done:
            found = [each for each in found if each is not decision.recovery]
        # What another window took, or this one from another list, is not offered again.
        found = [each for each in found if each.journal.exists()]
        if all(each.discarded for each in found):
            break
    return ()


def _left(app: PostmortemApp) -> Sequence[Recovery]:
    from tui.workspace.recovery import abandoned

    return abandoned(disk=app.services.disk, now=app.services.now())


def _aside(app: PostmortemApp) -> Sequence[Recovery]:
    from tui.workspace.recovery import discarded

    return discarded(disk=app.services.disk, now=app.services.now())


def _of_place(found: Sequence[Recovery], opened: Path) -> Sequence[Recovery]:
    from tui.workspace.recovery import concerns

    return [each for each in found if concerns(each, opened)]


def _kept(count: int, other: str = "") -> str:
    incidents = f"{count} {other}incident{'s' if count > 1 else ''}"
    return f"Unsaved work of {incidents} is kept: {key_text(BY_ID['app.recover'].keys[0])} shows it"

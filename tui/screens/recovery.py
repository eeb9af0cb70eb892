"""What was typed and never saved, because the program ended before its time: what to do with it."""

from __future__ import annotations

import asyncio
from typing import Literal

from textual import on, work

from tui.screens.dialogs import Ask, Confirm, Message
from tui.screens.recovery_view import Decision, RecoveryView
from tui.widgets.rows import Rows
from tui.workspace import recovery_words as words
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.errors import UserError
from tui.workspace.names import typed_path, wrong_file_name
from tui.workspace.recovered import look_at
from tui.workspace.recovery import Recovery


class RecoveryScreen(RecoveryView):
    """Gives what is to be opened, or None: the rest is for later."""

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Open it with its words."""
        self._decide("take")

    def action_both(self) -> None:
        """Open the file, and the words beside it."""
        self._decide("both")

    @work(exclusive=True, group="deciding")
    async def _decide(self, what: Literal["take", "both"]) -> None:
        each = self.recovery
        look = self.look_of(each)
        if look is None:
            look = await asyncio.to_thread(look_at, each, disk=self.services.disk)
        if look.words is None:
            self.say("It is no incident any more: s saves the text to a file", "warning")
            return
        self.dismiss(Decision(what, each, look))

    @work
    async def action_discard(self) -> None:
        """Put the words away, after asking; those that were put away go for good."""
        each = self.recovery
        detail = f"{words.title_of(each)}\n{words.place_of(each, self.folder)}\n"
        if each.discarded:
            title, detail = "Remove it for good?", f"{detail}\nIt cannot be brought back then."
        else:
            title, detail = "Discard these words?", f"{detail}\nThey can be brought back for a fortnight."
        answer = await self.app.push_screen_wait(
            Confirm(title, detail, [("c", "Keep them", "keep"), ("d", "Discard them", "discard")])
        )
        if answer == "discard":
            self._discard(each)

    def _discard(self, each: Recovery) -> None:
        disk = self.services.disk
        if not (each.discard(disk=disk) if each.discarded else each.put_aside(self.services.now(), disk=disk)):
            self.say("Not discarded: another window has it, or it cannot be written there", "warning")
            return
        at = self.found.index(each)
        if not each.journal.exists():
            self.found = (*self.found[:at], *self.found[at + 1 :])
            if not self.found:
                self.dismiss(None)
                return
        waiting = [number for number, one in enumerate(self.found) if not one.discarded]
        self.show_list(next((number for number in waiting if number >= at), waiting[0] if waiting else at))
        self.show_selected()
        self.say("Discarded · u undoes", "good")

    def action_bring_back(self) -> None:
        """Undo the discarding of the selected one, or of the one that is listed first."""
        aside = [one for one in (self.recovery, *self.found) if one.discarded]
        if not aside:
            self.say("Nothing was discarded")
            return
        if not aside[0].bring_back(disk=self.services.disk):
            self.say("It cannot be brought back: it is gone, or another window has it", "warning")
            return
        self.show_list(self.found.index(aside[0]))
        self.show_selected()
        self.say(f"Back: {words.title_of(aside[0])}", "good")

    @work
    async def action_write(self) -> None:
        """Write the text to a new file, and keep the journal."""
        each = self.recovery
        ending = ".toml" if each.text else ".txt"
        stem = each.path.stem if each.path is not None else "unsaved"
        name = await self.app.push_screen_wait(
            Ask("Save the text", detail="File name:", value=f"{stem}-recovered{ending}", check=wrong_file_name)
        )
        if name is None:
            return
        target = typed_path(name, self.folder)
        try:
            data = (each.text or each.remains).encode("utf-8", "replace")
            atomic_write(target, data, new=True, disk=self.services.disk)
        except UserError as error:
            await self.app.push_screen_wait(Message.of(error))
            return
        self.say(f"Saved {target.name}; what was left is kept too, d discards it", "good")

    def action_later(self) -> None:
        """Leave the rest as it is; it is offered again."""
        self.dismiss(None)

"""Going to the earlier versions of an open document, and making one of them the document again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from schemas.incident import Incident
from tui.screens.saving import Saving

if TYPE_CHECKING:
    import random

    from tui.screens.history_files import Restored
    from tui.workspace.session import DocumentSession


class HistoryActions(Saving):
    """A screen over a session whose file has earlier versions."""

    @work
    async def action_history(self) -> None:
        """Look at earlier versions, and restore the one that is chosen."""
        from tui.screens.history import HistoryScreen

        self.settle()
        session = self.session
        session.seal()
        if session.path is None:
            self.say("There are no earlier versions: it was never saved")
            return
        screen = HistoryScreen(session.path, self.services, session=session)
        if (wanted := await self.app.push_screen_wait(screen)) is not None:
            self.bring_back(wanted)

    def bring_back(self, wanted: Restored) -> None:
        """Make a version the document, as one change."""
        session = self.session
        if session.read_only:
            self.say(f"Not restored: read-only, {session.read_only}", "warning")
        elif restore(session, wanted, self.services.rng):
            self.say(f"Restored the version of {wanted.name} · ^Z takes it back", "good")
        else:
            self.say(f"Nothing to restore: it says what the version of {wanted.name} said")


def restore(session: DocumentSession, wanted: Restored, rng: random.Random) -> bool:
    """Make a version the document, as one step; False if the document says the same.

    Comments in the TOML that either has are kept.
    """
    from schemas.merge_remarks import merge_remarks
    from schemas.merge_values import same
    from tui.workspace.changed_underneath import with_known_ids

    doc = session.doc
    incident = with_known_ids(wanted.incident, (doc,), rng)
    if same(incident, doc):
        return False
    both = merge_remarks((Incident(), ()), (doc, session.remarks), (incident, wanted.remarks), incident)
    session.seal()
    session.remarks = both
    session.execute(lambda _: incident, label=f"Restored the version of {wanted.name}")
    session.seal()
    return True

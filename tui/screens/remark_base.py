"""What a screen gives so that people can comment and sign on it, and what all of those actions share."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.comments import Thread, by_place, place_of
from schemas.edits import Edit
from schemas.entries import zone_of
from schemas.ids import remark_id
from schemas.incident import Incident
from tui.screens.base import MainScreen
from tui.workspace.commands import BY_ID, key_text
from tui.workspace.history import Target

if TYPE_CHECKING:
    from schemas.item_words import PlaceNames
    from tui.workspace.services import Services
    from tui.workspace.session import DocumentSession


class RemarkBase(MainScreen[str]):
    """A screen over one session on which remarks are made. The first few methods are what a screen gives."""

    session: DocumentSession
    services: Services

    def remark_place(self) -> tuple[str, str]:
        """Where a new comment goes, and the words of the place that it is about; empty for the whole."""
        return "", ""

    async def show_place(self, place: str) -> None:
        """Go to a place such as `events/k7q2`, `sections/impact`, `actions`, `zone`, or nothing for the whole."""

    def may_remark(self) -> bool:
        """Whether remarks can be kept; says why not."""
        if self.session.read_only:
            self.say(f"Read-only: {self.session.read_only}", "warning")
        return not self.session.read_only

    def after_remark(self) -> None:
        """A remark was made, changed or taken away."""

    # What the actions share

    def key_hint(self, name: str, what: str, before: str = "") -> str:
        """What the key of one of this screen's commands does, such as `Alt+J goes to the next one`; empty for none."""
        command = BY_ID.get(f"{self.scope}.{name}")
        return f"{before}{key_text(command.keys[0])} {what}" if command and command.keys else ""

    @property
    def incident(self) -> Incident:
        """The incident as it stands."""
        return self.session.doc

    @cached_property
    def author(self) -> str:
        """The name that this person signs with."""
        path = self.session.path
        return self.services.name_in(Path(path).resolve().parent if path else None)

    def remark_time(self) -> datetime:
        """Now, to the second: nobody wants to read more of it."""
        return self.services.now().replace(microsecond=0)

    def remark_zone(self) -> tzinfo | None:
        """The zone that the times of remarks are shown in: the incident's."""
        return zone_of(self.incident)[0]

    def new_remark_id(self) -> str:
        """An id that no other remark has, here or on another branch."""
        return remark_id(self.incident, self.services.rng)

    def place_name(self, place: str) -> str:
        """What a place is called: `event “Paged the on-call”`, `section “Impact”`, `the whole`."""
        return self.place_names().of(place)

    def place_names(self) -> PlaceNames:
        """The same for asking often, as the incident is now."""
        from schemas.item_words import PlaceNames  # late: places are named to those who remark on them

        return PlaceNames(self.incident)

    def threads_at(self, place: str) -> tuple[Thread, ...]:
        """The threads on the thing that a place is in."""
        thing = place_of(self.incident, place)
        return () if thing is None else by_place(self.incident).get(thing, ())

    def remark(self, edit: Edit, label: str, place: str, said: str) -> bool:
        """Make one change, as a step of its own that undo shows at its place; False if there was nothing to do."""
        self.session.seal()
        done = self.session.execute(edit, label=label, target=Target(place))
        self.session.seal()
        if done:
            self.say(said, "good")
        self.after_remark()
        return done

"""How a document is shown without changing it: the zone of its clocks, the names of its lengths."""

from __future__ import annotations

from typing import Final

from textual import on

from schemas.metrics import side_by_side
from tui.screens.document_view import DocumentView
from tui.screens.picker import Choice, Picker
from tui.widgets.timeline_view import TimelineView
from tui.workspace import clock_face

_NAMES: Final[dict[clock_face.Choice, str]] = {"": "The incident's zone", "utc": "UTC", "mine": "Your zone"}


class DisplayActions(DocumentView):
    """Actions that change what is seen and nothing else."""

    def action_next_zone(self) -> None:
        """Show the clocks in the next zone: the incident's, UTC, the person's."""
        following = self.face.next_choice(self.session.timeline)
        if following != self.face.choice:
            self.show_zone(following)
            return
        why = self.face.why_not(self.session.timeline, "utc")
        self.say(why or "UTC and your own zone show these times no other than the incident's zone does")

    @on(TimelineView.Wanted)
    def _zone_wanted(self, event: TimelineView.Wanted) -> None:
        if event.what == "zone":
            self.action_next_zone()

    def action_choose_zone(self) -> None:
        """Choose the zone of the clocks from a list."""
        story = self.session.timeline
        choices = []
        for choice in clock_face.CHOICES:
            note = "cannot be shown" if self.face.why_not(story, choice) else self._label_of(choice)
            choices.append(Choice(choice or "incident", _NAMES[choice], note))

        def chosen(value: str | None) -> None:
            for choice in clock_face.CHOICES:
                if value == (choice or "incident"):
                    self.show_zone(choice)

        self.app.push_screen(Picker("Zone of the clocks", choices), chosen)

    def _label_of(self, choice: clock_face.Choice) -> str:
        trial = clock_face.ClockFace(self.services.zone)
        trial.choose(self.session.timeline, choice)
        return trial.label(self.session.timeline).removeprefix("mine: ")

    def show_zone(self, choice: clock_face.Choice) -> None:
        """Show the clocks in a zone, or say why that cannot be."""
        self.form.settle()
        if why := self.face.choose(self.session.timeline, choice):
            self.say(why, "warning")
            return
        self.sync()
        label = self.face.label(self.session.timeline)
        said = f"Times are shown and read in {label}" if choice else f"Times are shown in the incident's zone, {label}"
        self.say(said, "good")

    # Lengths

    def action_compare_metrics(self) -> None:
        """Show what others call the lengths of this incident, and choose whose names the head line uses."""
        from tui.screens.metric_names import MetricNames

        session = self.session
        profiles = session.policy.profiles
        compared = side_by_side(session.timeline, profiles)

        def chosen(name: str | None) -> None:
            if name is not None and name != session.profile:
                session.use_profile(name)
                self.say(f"The head line is by {name}, while this is open", "good")

        self.app.push_screen(MetricNames(compared, tuple(profiles), session.profile), chosen)

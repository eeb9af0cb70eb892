"""A document and what follows from it: its timeline, its metrics, and the findings by what a team has agreed on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime

from schemas import checks, metrics, timeline
from schemas.incident import Incident
from schemas.neighbours import Neighbour
from schemas.policy import Policy
from tui.workspace.history import Target


class JudgedDocument(ABC):
    """A document that changes, with what follows from it at any time; nothing is worked out twice.

    `policy` is what the team has agreed on, `neighbours` are the other incidents of the library. Neither belongs to the
    document, nor does the profile that is shown: undo leaves them alone.
    """

    def __init__(
        self, incident: Incident, *, policy: Policy, neighbours: Sequence[Neighbour], now: Callable[[], datetime]
    ) -> None:
        self._doc = incident
        self._now = now
        self._timeline: timeline.Timeline | None = None
        self._timeline_of: Incident | None = None
        self._report: checks.Report | None = None
        self._report_for: tuple[object, ...] = ()
        self._policy = policy
        self._neighbours = neighbours
        self._profile = policy.profile
        self._measured: dict[str, tuple[timeline.Timeline, tuple[metrics.Measurement, ...]]] = {}

    @abstractmethod
    def _tell(self, target: Target | None) -> None:
        """Say that something is different now; `target` is the place to look at."""

    @property
    def doc(self) -> Incident:
        """The incident as it stands."""
        return self._doc

    @property
    def timeline(self) -> timeline.Timeline:
        """The events in order, kept up to date from one document to the next."""
        if self._timeline is None or self._timeline_of is not self._doc:
            self._timeline = timeline.build(self._doc, self._timeline)
            self._timeline_of = self._doc
        return self._timeline

    @property
    def policy(self) -> Policy:
        """What the team has agreed on."""
        return self._policy

    @property
    def neighbours(self) -> Sequence[Neighbour]:
        """The other incidents of the library, as far as they are known."""
        return self._neighbours

    @property
    def profile(self) -> str:
        """The name of the profile that is shown: the policy's, until another one is chosen."""
        return self._profile

    @property
    def measurements(self) -> tuple[metrics.Measurement, ...]:
        """The metrics of the profile that is shown."""
        return self._measure(self._profile)

    @property
    def report(self) -> checks.Report:
        """The findings by the policy, whatever profile is shown; rules that read nothing that changed are not run
        again."""
        given = (self._doc, self._policy, self._neighbours)
        if self._report is None or any(a is not b for a, b in zip(given, self._report_for, strict=True)):
            measured = self._measure(self._policy.profile)
            facts = checks.Facts(self._doc, self.timeline, measured, self._now(), self._policy, self._neighbours)
            self._report = checks.run(facts, self._report)
            self._report_for = given
        return self._report

    def use_profile(self, name: str) -> None:
        """Show the metrics of another profile. Changes nothing in the document, and no finding.

        Raises:
            KeyError: the policy has no such profile.
        """
        if name not in self._policy.profiles:
            raise KeyError(name)
        if name != self._profile:
            self._profile = name
            self._tell(None)

    def use_policy(self, policy: Policy, neighbours: Sequence[Neighbour] | None = None) -> None:
        """Check and measure by what the team has agreed on now, and beside these other incidents if they are given.

        A profile that was chosen stays chosen as long as the policy has it.
        """
        chosen = self._profile if self._profile != self._policy.profile else policy.profile
        self._policy = policy
        self._profile = chosen if chosen in policy.profiles else policy.profile
        self._measured.clear()
        if neighbours is not None:
            self._neighbours = neighbours
        self._tell(None)

    def _measure(self, profile: str) -> tuple[metrics.Measurement, ...]:
        story = self.timeline
        known = self._measured.get(profile)
        if known is None or known[0] is not story:
            known = self._measured[profile] = (story, metrics.measure(story, self._policy.profiles[profile]))
        return known[1]

"""What stands in for an incident that was looked at before, while it is compared with all others."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from schemas import metrics, timeline
from schemas.checks import Finding
from schemas.incident import Incident
from schemas.neighbours import Others
from schemas.policy import Policy
from schemas.toml_file import LineIndex, Loaded, text_of
from tui.cli.looked import mark_of
from tui.workspace.errors import UserError
from tui.workspace.storage import load_file, read_file


class Later:
    """Stands in for the facts of an incident that was read before: what is short was kept, the rest is read again when
    a rule asks for it."""

    def __init__(self, incident: Remembered, policy: Policy, now: datetime, neighbours: Others) -> None:
        self.incident = incident
        self.now = now
        self.policy = policy
        self.neighbours = neighbours
        self.found: tuple[Finding, ...] = ()

    @cached_property
    def timeline(self) -> timeline.Timeline:
        """The events in order."""
        return timeline.build(self.incident.whole)

    @cached_property
    def measurements(self) -> tuple[metrics.Measurement, ...]:
        """What the metrics of the library come to."""
        return metrics.measure(self.timeline, self.policy.metrics)


class Remembered:
    """Stands in for an incident of which only the short fields were kept, and the mark of the text it was read from.

    The texts of a large library do not fit into memory.
    """

    def __init__(self, path: Path, short: Mapping[str, Any], text: int) -> None:
        self._path = path
        self._short = short
        self._text = text

    @cached_property
    def lines(self) -> LineIndex:
        """Where things stand in the file. One that was not changed since is only read, and not parsed."""
        try:
            text = text_of(read_file(self._path)[0])
        except (UserError, UnicodeDecodeError):
            return self._again.lines
        return LineIndex(text, cast(Incident, self)) if mark_of(text) == self._text else self._again.lines

    @cached_property
    def whole(self) -> Incident:
        """All of the incident."""
        return self._again.incident

    @cached_property
    def _again(self) -> Loaded:
        """The file as it is now; nothing but what was kept if it is gone."""
        try:
            return load_file(self._path)
        except UserError:
            incident = Incident().model_copy(update=self._short)
            return Loaded(incident, (), LineIndex("", incident), newer=False)

    def __getattr__(self, name: str) -> Any:
        # What was kept as text is read when it is asked for; a fault in it is one more reason to read the file.
        with suppress(KeyError, ValueError):
            return self._short[name]
        return getattr(self.whole, name)

"""What a team has agreed on: its metrics, its checks, its deadlines. The content of `postmortem.toml`.

A policy holds for a library, a folder of incidents; without one the defaults below hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from schemas.profiles import PROFILES, Profile
from schemas.sections import SECTIONS, STATUSES

FILE_NAME: Final = "postmortem.toml"
"""The file at the root of a library that holds its policy."""

DateOrder = Literal["", "day-first", "month-first"]

DEADLINES: Final[Mapping[str, int]] = {"SEV0": 5, "SEV1": 5, "SEV2": 10, "": 20}
"""Days from the end of an incident until its postmortem should be out of draft, by severity; `""` for all others."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A team's agreements.

    `profile` names the metrics that are printed, one of `profiles`. `dates` says how figures such as 10/04/2024 are
    meant where nothing else does. `select` and `ignore` name checks, by id or by the letter of a family. `deadlines`
    are days by severity. `required` are keys of sections by severity and status, `""` standing for every severity.
    """

    profile: str = "default"
    profiles: Mapping[str, Profile] = field(default_factory=lambda: PROFILES)
    dates: DateOrder = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    deadlines: Mapping[str, int] = field(default_factory=lambda: DEADLINES)
    required: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def metrics(self) -> Profile:
        """The metrics of the chosen profile."""
        return self.profiles[self.profile]

    def deadline(self, severity: str) -> int | None:
        """The days until a postmortem of this severity is due; None where there is no deadline."""
        return self.deadlines.get(severity, self.deadlines.get(""))

    def wants(self, rule_id: str) -> bool:
        """Whether the team wants to hear of a check."""

        def named(names: tuple[str, ...]) -> bool:
            return rule_id in names or rule_id[0] in names

        return (not self.select or named(self.select)) and not named(self.ignore)

    def required_sections(self, status: str, severity: str) -> tuple[str, ...]:
        """The keys of the sections that an incident must have in a status: what was agreed for its severity, else for
        every severity, else the usual ones."""
        for known in (severity, ""):
            if (keys := self.required.get((known, status))) is not None:
                return keys
        level = STATUSES.index(status) if status in STATUSES else 0
        return tuple(
            section.key
            for section in SECTIONS
            if section.required_from and STATUSES.index(section.required_from) <= level
        )


DEFAULT: Final = Policy()
"""What holds where nothing was agreed."""

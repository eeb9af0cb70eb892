"""What a team has agreed on: its metrics, its checks, its deadlines. The content of `postmortem.toml`.

A policy holds for a library, a folder of incidents; without one the defaults below hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct, field

from schemas.profiles import PROFILES, Profile
from schemas.sections import SECTIONS, STATUSES

FILE_NAME: Final = "postmortem.toml"
"""The file at the root of a library that holds its policy."""

DateOrder = Literal["", "day-first", "month-first"]

DEADLINES: Final[Mapping[str, int]] = {"SEV0": 5, "SEV1": 5, "SEV2": 10, "": 20}
"""Days from the end of an incident until its postmortem should be out of draft, by severity; `""` for all others, 0
for none."""


class Problem(Struct, frozen=True):
    """A fault in the file that holds a policy: where it is, what is wrong, and what to do about it.

    `file` is safe to print; `line` counts from 1.
    """

    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Policy(Struct, frozen=True):
    """A team's agreements.

    `profile` names the metrics that are printed, one of `profiles`. `dates` says how figures such as 10/04/2024 are
    meant where nothing else does. `select` and `ignore` name checks, by id or by the letter of a family. `deadlines`
    are days by severity, 0 for none. `required` are keys of sections by severity and status, `""` standing for every
    severity.
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
        return self.deadlines.get(severity, self.deadlines.get("")) or None

    def wants(self, rule_id: str) -> bool:
        """Whether the team wants to hear of a check."""

        def named(names: tuple[str, ...]) -> bool:
            return rule_id in names or rule_id[0] in names

        return (not self.select or named(self.select)) and not named(self.ignore)

    def required_sections(self, status: str, severity: str) -> tuple[str, ...]:
        """The keys of the sections that an incident must have in a status: what was agreed for its severity, else for
        every severity, else the usual ones.

        What was agreed for a status holds in those after it too, until one of them has an agreement of its own.
        """
        level = STATUSES.index(status) if status in STATUSES else 0
        if self.required:
            for known in (severity, ""):
                for reached in reversed(STATUSES[: level + 1]):
                    if (keys := self.required.get((known, reached))) is not None:
                        return keys
        return _USUAL[level]


_USUAL: Final = tuple(
    tuple(each.key for each in SECTIONS if each.required_from in STATUSES[: level + 1])
    for level in range(len(STATUSES))
)
"""The sections that are usually asked for, by the number of the status."""

DEFAULT: Final = Policy()
"""What holds where nothing was agreed."""

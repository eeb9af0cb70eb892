"""Checking many incidents, each by the agreements of its own library and against the others that are checked with it.

Most rules look at one incident. Those that compare run when all files have been read; until then only what they read
of each incident is kept, so that a library of any size can be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from time import time_ns
from typing import Any, Final, cast

from msgspec import Struct
from msgspec.structs import replace

from schemas import metrics, timeline
from schemas.checks import RULES, Facts, Finding, Rule
from schemas.checks.claimed import lengths_claimed
from schemas.checks.registry import in_order, in_turn
from schemas.checks.stated import unborne
from schemas.incident import Incident
from schemas.neighbours import Index, Neighbour, Others, neighbour_of, others
from schemas.policy import FILE_NAME, Policy, Problem
from schemas.text import shorten
from schemas.toml_file import TomlError
from tui.cli.check_memory import Later, Remembered
from tui.cli.looked import Looked, in_lines, mark_of, no_incident
from tui.cli.reports import Checked, Located, Unread
from tui.workspace.errors import EXIT_FILE, UserError, shown
from tui.workspace.library_policy import Policies
from tui.workspace.storage import load_file

LEVELS: Final = ("error", "warning", "info")
"""The severities, the worst first."""

WAIVED: Final = "waived"
"""Stands in place of the severity of a finding that is accepted."""

_LONG: Final = frozenset({"sections", "other_sections", "events", "comments"})
"""What most of an incident is made of."""


class Wanted(Struct, frozen=True):
    """What the command line asks for. `select` and `ignore` are ids of rules, empty where nothing was said; with
    `skip_others` a named file that is no incident is left out without a word. `lines` says of which
    findings it is told where they stand, by severity, or "waived": looking that up is a good part of the work."""

    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    skip_others: bool = False
    lines: Collection[str] = LEVELS

    def over(self, agreed: Policy) -> Policy:
        """The agreements of a library with what the command line says instead.

        `select` takes the place of both lists, `ignore` adds to the one that was agreed on.

        Raises:
            KeyError: the library has no such profile.
        """
        if self.profile:
            agreed.profiles[self.profile]
            agreed = replace(agreed, profile=self.profile)
        if self.select:
            return replace(agreed, select=self.select, ignore=self.ignore)
        return replace(agreed, ignore=(*agreed.ignore, *self.ignore)) if self.ignore else agreed


class _Agreed(Struct, frozen=True):
    """What holds for the files of a folder: the root of their library (None where nothing was agreed on), the policy,
    and the rules that it wants by when they are run: at once, when all files were read, and after all others."""

    root: Path | None
    policy: Policy
    alone: tuple[Rule, ...]
    across: tuple[Rule, ...]
    last: tuple[Rule, ...]

    @classmethod
    def of(cls, root: Path | None, policy: Policy) -> _Agreed:
        first, last = in_turn(policy, RULES.values())
        alone = tuple(rule for rule in first if "neighbours" not in rule.reads)
        return cls(root, policy, alone, tuple(rule for rule in first if "neighbours" in rule.reads), last)


class _Kept(Struct, frozen=True):
    """What is kept of a file until the others have been read: where its findings are, and what was seen of it. `text`
    is the mark of what it held, `places` are lines of places that may be named yet."""

    number: int
    agreed: _Agreed
    neighbour: Neighbour
    short: Mapping[str, Any]
    text: int
    places: Mapping[str, int]


class Checking:
    """A run over many files: `look` at each and `take` what came of it, then `compare` them.

    `files` are those that were checked, `unread` those that could not be; `policies` knows the faults of the settings
    of their libraries.
    """

    def __init__(
        self, paths: Iterable[Path], now: datetime, wanted: Wanted, named: frozenset[Path], *, keeps: bool = False
    ) -> None:
        """Find out what was agreed for each file. `now` is an aware date-time; `named` are the files that are named
        themselves: only of these it is a fault to be no incident. With `keeps` a look is made a text for later runs.

        Raises:
            KeyError: a library has no such profile as is wanted; its arguments are those it has.
        """
        self.files: list[Checked] = []
        self.unread: list[Unread] = []
        self.policies = Policies()
        self._now = now
        self._wanted = wanted
        self._named = frozenset() if wanted.skip_others else named
        self._fields = kept_fields()
        self._keeps = keeps
        self._libraries: dict[Path | None, list[_Kept]] = {}
        self._agreed: dict[Path, _Agreed] = {}
        for folder in {path.parent for path in paths}:
            loaded = self.policies.of(folder)
            try:
                policy = wanted.over(loaded.policy)
            except KeyError:
                raise KeyError(*loaded.policy.profiles) from None
            self._agreed[folder] = _Agreed.of(loaded.file.parent if loaded.file else None, policy)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults of the settings that hold for the files."""
        return self.policies.problems

    def take(self, path: Path, looked: Looked) -> None:
        """Keep what came of a look at a file; they are told in the order in which they are taken."""
        if isinstance(looked.checked, Unread):
            self.unread.append(looked.checked)
        elif looked.checked is not None:
            if looked.neighbour is not None:
                agreed = self._agreed[path.parent]
                kept = _Kept(len(self.files), agreed, looked.neighbour, looked.short, looked.text, looked.places)
                self._libraries.setdefault(agreed.root, []).append(kept)
            self.files.append(looked.checked)

    def agreement(self, folder: Path) -> tuple[Path | None, str]:
        """The library of the files in a folder (None where nothing was agreed on), and a mark of all that was agreed
        and is wanted of them."""
        from hashlib import sha256

        agreed = self._agreed[folder]
        return agreed.root, sha256(repr(agreed.policy).encode("utf-8", "surrogatepass")).hexdigest()

    def again(self, path: Path, line: str) -> Looked | None:
        """What came of an earlier look at the same file; None if this run wants to know more.

        Raises:
            ValueError: no look was made this line.
        """
        from tui.cli.looked_text import looked_from

        looked = looked_from(line, path, _name(path, self._agreed[path.parent].root), self._fields, self._is_told)
        return None if looked is not None and looked.checked is None and path in self._named else looked

    def look(self, path: Path) -> Looked:
        """Read a file and run the rules that look at nothing else. Changes nothing here."""
        read_at = time_ns()
        try:
            if path.name == FILE_NAME:
                if path in self._named:
                    raise _settings(path)
                return Looked()
            loaded = load_file(path)
            if not _is_incident(loaded.incident):
                if path in self._named:
                    raise _no_incident(path, loaded.incident)
                return Looked(kept=no_incident(read_at))
        except UserError as error:
            if path not in self._named and not _looks_like_one(path):
                # A fault in the text stays one; whether a file may be read can change without a trace in it.
                return Looked(kept=no_incident(read_at) if isinstance(error.__cause__, TomlError) else None)
            line = error.__cause__.line if isinstance(error.__cause__, TomlError) else 1
            return Looked(Unread(path, error, line))
        agreed, incident = self._agreed[path.parent], loaded.incident
        story = timeline.build(incident)
        facts = Facts(incident, story, metrics.measure(story, agreed.policy.metrics), self._now, agreed.policy)
        found = in_order((finding for rule in agreed.alone for finding in rule.check(facts)), incident.waivers)
        located = self._located(found, loaded.lines.of)
        neighbour, short, places, text = None, {}, {}, mark_of(loaded.lines.text)
        if agreed.across or agreed.last:
            short = {name: getattr(incident, name) for name in self._fields}
            neighbour = neighbour_of(_name(path, agreed.root), incident)
            neighbour = replace(neighbour, lengths=lengths_claimed(incident), unborne=unborne(facts))
            if "warning" in self._wanted.lines:
                places = {where: loaded.lines.of(where) or 1 for where, _, _ in neighbour.unborne or ()}
        kept = None
        if self._keeps:
            from tui.cli.looked_text import kept_of

            kept = kept_of(located, neighbour, facts, self._fields, text, places, read_at)
        return Looked(Checked(path, self._told(located)), neighbour, short, text, places, kept)

    def compare(self) -> None:
        """Run the rules that look at other incidents, or at what was found, over all files that were looked at."""
        while self._libraries:
            _, library = self._libraries.popitem()
            index = Index(tuple(each.neighbour for each in library))
            for number, kept in enumerate(library):
                self._compared(kept, others(index, number))

    def _compared(self, kept: _Kept, neighbours: Others) -> None:
        checked = self.files[kept.number]
        remembered = Remembered(checked.path, kept.short, kept.text)
        later = cast(Facts, Later(remembered, kept.agreed.policy, self._now, neighbours))
        more = [finding for rule in kept.agreed.across for finding in rule.check(later)]
        if kept.agreed.last:
            cast(Any, later).found = (*(each.finding for each in checked.found), *more)
            more += [finding for rule in kept.agreed.last for finding in rule.check(later)]
        if more:

            def line(where: str) -> int | None:
                return kept.places.get(where) or remembered.lines.of(where)

            found = self._told(self._located(in_order(more, remembered.waivers), line))
            self.files[kept.number] = Checked(checked.path, in_lines((*checked.found, *found)))

    def _located(self, findings: Iterable[Finding], line: Callable[[str], int | None]) -> list[Located]:
        """Findings with their lines, 0 where none is told; `line` looks up where a place stands."""
        return [
            # A fix may hold on to the whole incident, and nothing is mended here.
            Located(
                replace(each, fix=None) if each.fix else each,
                (line(each.where) or 1) if self._is_told(each) else 0,
            )
            for each in findings
        ]

    def _told(self, located: Iterable[Located]) -> tuple[Located, ...]:
        return in_lines([each if each.line else Located(each.finding, 1) for each in located])

    def _is_told(self, finding: Finding) -> bool:
        return (WAIVED if finding.waived else finding.severity) in self._wanted.lines


def kept_fields() -> frozenset[str]:
    """The fields of an incident that are kept until all files have been read: what the rules that compare read, unless
    it is long, so that a library of any size fits into memory."""
    later = (rule for rule in RULES.values() if {"neighbours", "found"} & set(rule.reads))
    read = {"waivers"}.union(*(rule.reads for rule in later))
    return frozenset(read & set(Incident.model_fields)) - _LONG


def _name(path: Path, root: Path | None) -> str:
    return shown(path.relative_to(root) if root and path.is_relative_to(root) else path)


def _is_incident(incident: Incident) -> bool:
    """Whether there is anything of an incident in what was read; an empty file is one in which nothing is written."""
    return not incident.model_extra or not incident.model_fields_set <= {"format", *incident.model_extra}


def _looks_like_one(path: Path) -> bool:
    """Whether what cannot be read as a whole may be meant as an incident."""
    from tui.workspace.rows import quick_row

    return quick_row(path) is not None


def _settings(path: Path) -> UserError:
    return UserError(
        f"{shown(path)} is no incident",
        "It holds the settings of the library.",
        "Name an incident or the folder; the settings are checked with them.",
        EXIT_FILE,
    )


def _no_incident(path: Path, incident: Incident) -> UserError:
    keys = ", ".join(shorten(key, 40) for key in list(incident.model_extra or ())[:5])
    return UserError(
        f"{shown(path)} is no incident",
        f"No key of an incident stands in it, only others: {keys}.",
        "Name the files that are incidents, or their folder; --skip-others leaves out all others.",
        EXIT_FILE,
    )

"""What a team has agreed on, read from the text of `postmortem.toml`.

A fault in the text never stops anybody: it is told with its line and the nearest right word, and the rest holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from schemas import toml_layout
from schemas.incident import ITEM_LISTS, MILESTONES, SEVERITIES
from schemas.policy import DEADLINES, DEFAULT, FILE_NAME, DateOrder, Policy, Problem
from schemas.policy_settings import MOST_LETTERS, Settings, listed, name_of
from schemas.profiles import PROFILES, Metric, Profile
from schemas.sections import BY_KEY, STATUSES
from schemas.text import shorten
from schemas.toml_faults import not_toml, not_utf8
from schemas.toml_reader import read_toml
from schemas.work_hours import EXAMPLE, WorkHours, read_hours

SETTINGS: Final = ("profile", "dates", "clocks", "profiles", "checks", "deadlines", "required")
"""What may stand at the top of the file."""

METRIC_KEYS: Final = ("id", "label", "from", "to", "clock")
DATE_ORDERS: Final = ("day-first", "month-first")
OTHER: Final = "other"
"""All severities that have no deadline of their own."""
ELAPSED: Final = "elapsed"
"""The clock that counts every hour."""
ALL: Final = "all"
"""Every severity, where sections are required."""

_TABLES: Final = {"select": "checks", "ignore": "checks", **dict.fromkeys((*SEVERITIES, OTHER), "deadlines")}
"""The tables of settings that people write at the top."""

_MOST_DAYS: Final = 3650
_WORDS: Final = {
    "start": "impact-start", "started": "impact-start", "impact": "impact-start", "begin": "impact-start",
    "detect": "detected", "alert": "detected", "triggered": "detected", "declare": "declared", "ack": "acknowledged",
    "acknowledge": "acknowledged", "assigned": "acknowledged", "mitigate": "mitigated", "repaired": "mitigated",
    "recover": "recovered", "restored": "recovered", "fixed": "recovered", "resolve": "resolved", "end": "resolved",
    "close": "closed",
}  # fmt: skip
"""Other words for milestones, to name the right one in a message."""


def parse_bytes(data: bytes, file: str = FILE_NAME) -> tuple[Policy, tuple[Problem, ...]]:
    """The policy in the content of a file, and what is wrong with it. Raises nothing."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = not_utf8(data, error, file)
        return DEFAULT, (Problem(file, fault.line, fault.detail, fault.hint),)
    return parse(text, file)


def parse(text: str, file: str = FILE_NAME) -> tuple[Policy, tuple[Problem, ...]]:
    """The policy in a text, and what is wrong with it, in the order of its lines. `file` is its name in the problems.

    A setting with a fault has its default; of a list, what is right in it holds. Raises nothing.
    """
    text = text.replace("\r\n", "\n")
    try:
        data = read_toml(text)
    except (ValueError, RecursionError) as error:
        fault = not_toml(text, error, file)
        return DEFAULT, (Problem(file, fault.line, fault.detail, fault.hint),)
    reader = _Reader(text, file, data)
    return reader.policy(), reader.told


class _Reader(Settings):
    """The parts of a policy, each read by itself."""

    def policy(self) -> Policy:
        incident = [name for name in ("title", "sections", *ITEM_LISTS) if name in self.data]
        if len(incident) >= 2 or "events" in incident:
            message = "this is an incident, not what a team has agreed on"
            self.tell((incident[0],), message, "Give the file another name.")
            return DEFAULT
        self.names({name: None for name in self.data if not self.belongs_below(name)}, SETTINGS, "setting", ())
        profiles = {**PROFILES, **self.profiles(self.clocks())}
        select, ignore = self.checks()
        return Policy(
            profile=self.one_of("profile", tuple(profiles), DEFAULT.profile, "profile"),
            profiles=profiles,
            dates=cast(DateOrder, self.one_of("dates", DATE_ORDERS, DEFAULT.dates, "order of dates")),
            select=select,
            ignore=ignore,
            deadlines={**DEADLINES, **self.deadlines()},
            required=self.required(),
        )

    def belongs_below(self, name: str) -> bool:
        """Tell of a setting that stands at the top and belongs into a table."""
        if (table := _TABLES.get(name)) is None:
            return False
        self.tell((name,), f"{name} stands outside of its table [{table}]", f"Write a line [{table}] above it.")
        return True

    def clocks(self) -> dict[str, WorkHours]:
        found = {}
        for name, value in self.table("clocks", f'a table, such as [clocks] with support = "{EXAMPLE}"').items():
            path = ("clocks", name)
            if not isinstance(value, str):
                self.tell(path, f"{name_of(path)} has to be hours", f'Write {shorten(name, 40)} = "{EXAMPLE}".')
            elif (hours := self.hours(path, value)) is not None:
                found[name] = hours
        return found

    def hours(self, path: toml_layout.Path, text: str) -> WorkHours | None:
        if self.told_enough:
            return None  # looking for the nearest zone takes time, and nobody would read it
        try:
            return read_hours(text)
        except ValueError as error:
            self.tell(path, f"{name_of(path)}: {error}", f'Hours are written as "{EXAMPLE}".')
            return None

    def profiles(self, clocks: Mapping[str, WorkHours]) -> dict[str, Profile]:
        found = {}
        for written, value in self.table("profiles", "a table of lists: write [[profiles.NAME]]").items():
            path = ("profiles", written)
            name = shorten(written, MOST_LETTERS)
            tables = [value] if isinstance(value, dict) else value
            if not name or not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
                self.tell(
                    path, f"{name_of(path)} has to be a list of metrics", "Begin each with a line [[profiles.NAME]]."
                )
                continue
            metrics: dict[str, Metric] = {}
            for number, table in enumerate(tables):
                here = (*path, number) if isinstance(value, list) else path
                if (metric := self.metric(table, here, clocks)) is None:
                    continue
                if metric.id in metrics:
                    self.tell((*here, "id"), f"two metrics of {name} are called {metric.id}", "Give one another id.")
                else:
                    metrics[metric.id] = metric
            if metrics:
                found[name] = tuple(metrics.values())
            else:
                self.tell(path, f"the profile {name} has no metric that can be measured", "Mend one of its metrics.")
        return found

    def metric(
        self, table: Mapping[str, Any], path: toml_layout.Path, clocks: Mapping[str, WorkHours]
    ) -> Metric | None:
        self.names(table, METRIC_KEYS, "key of a metric", path)
        texts = {}
        for key in METRIC_KEYS:
            value = self.value(table, (*path, key), "text", "a text in quotes")
            texts[key] = shorten(value.strip(), 2 * MOST_LETTERS if key == "clock" else MOST_LETTERS) if value else ""
        ends = [self.milestone(table, (*path, key), texts[key]) for key in ("from", "to")]
        if None in ends:
            return None
        start, end = cast("list[str]", ends)
        if start == end:
            self.tell(
                (*path, "to"), f"from {start} to {end} no time passes", "Write another milestone for one of them."
            )
            return None
        name = texts["id"] or texts["label"]
        if not name:
            self.tell(path, "this metric has no id", 'Give it a name: id = "repair".')
            return None
        hours = None
        if (clock := texts["clock"] or table.get("clock", ELAPSED)) != ELAPSED:
            hours = self.clock((*path, "clock"), clock, clocks) if isinstance(clock, str) else None
            if hours is None:
                return None  # by another clock it would be another number under the same name
        return Metric(name, texts["label"] or name, start, end, hours)

    def milestone(self, table: Mapping[str, Any], path: toml_layout.Path, word: str) -> str | None:
        if word in MILESTONES:
            return word
        if not word:
            if not isinstance(table.get(str(path[-1])), str | None):
                return None  # told already
            self.tell(path, f"this metric has no {path[-1]}", f"Write {path[-1]} = one of {listed(MILESTONES)}.")
        elif meant := _WORDS.get(word.casefold()):
            self.tell(path, f"there is no milestone {word}; did you mean {meant}?", f"Write {meant}.")
        else:
            self.unknown(path, word, MILESTONES, "milestone")
        return None

    def clock(self, path: toml_layout.Path, text: str, clocks: Mapping[str, WorkHours]) -> WorkHours | None:
        if text in clocks:
            return clocks[text]
        if any(letter.isdigit() for letter in text):
            return self.hours(path, text)
        defined = self.data.get("clocks")
        if not isinstance(defined, dict) or text not in defined:  # else it was told what is wrong with it
            self.unknown(path, text, (ELAPSED, *clocks), "clock")
        return None

    def checks(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The checks to run and those not to run."""
        table = self.table("checks", 'a table, such as [checks] with ignore = ["C06"]')
        self.names(table, ("select", "ignore"), "setting of checks", ("checks",))
        return self.rules(table, "select"), self.rules(table, "ignore")

    def rules(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        path = ("checks", key)
        if not (words := self.texts(table, path, "C06")):
            return ()
        from schemas.checks import RULES

        families = tuple(dict.fromkeys(rule[0] for rule in RULES))
        found = []
        for word in words:
            name = word.strip().upper()
            if name in RULES or name in families:
                found.append(name)
            else:
                of_family = tuple(rule for rule in RULES if rule[0] == name[:1])
                self.unknown(path, word, of_family or families, "check")
        return tuple(dict.fromkeys(found))

    def deadlines(self) -> dict[str, int]:
        found = {}
        known = (*SEVERITIES, OTHER)
        for name, value in self.table("deadlines", "a table, such as [deadlines] with SEV1 = 5").items():
            path = ("deadlines", name)
            if name not in known:
                self.unknown(path, name, known, "severity")
            elif value is False or (type(value) is int and 0 <= value <= _MOST_DAYS):
                found["" if name == OTHER else name] = int(value)
            else:
                self.tell(
                    path, f"{name_of(path)} has to be a number of days", f"Write {name} = 5, or 0 for no deadline."
                )
        return found

    def required(self) -> dict[tuple[str, str], tuple[str, ...]]:
        found = {}
        known = (ALL, *SEVERITIES)
        by_status = self.table("required", 'a table, such as [required.in-review] with all = ["summary"]')
        self.names(by_status, STATUSES, "status", ("required",))
        for status in (name for name in by_status if name in STATUSES):
            by_severity = by_status[status]
            if not isinstance(by_severity, dict):
                hint = f'Write [required.{status}] and below it {ALL} = ["summary"].'
                self.tell(("required", status), f"required.{status} has to be a table", hint)
                continue
            self.names(by_severity, known, "severity", ("required", status))
            for severity in (name for name in known if name in by_severity):
                path = ("required", status, severity)
                if (words := self.texts(by_severity, path, "summary")) is None:
                    continue
                for word in words:
                    if word not in BY_KEY:
                        self.unknown(path, word, tuple(BY_KEY), "section")
                keys = tuple(dict.fromkeys(word for word in words if word in BY_KEY))
                if keys or not words:
                    found["" if severity == ALL else severity, status] = keys
        return found

"""What `postmortem check` found, in the forms it is printed in: lines for people, JSON, GitHub annotations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import click
from msgspec import Struct

from schemas.checks import Finding
from schemas.policy import Problem
from schemas.text import clean_line
from tui.cli.console import json_text
from tui.workspace.errors import UserError, shown

Paint = Callable[[str, str], str]
"""Colours a text by its meaning: error, warning, info, quiet or file."""

_COLOURS: Final[dict[str, dict[str, Any]]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
    "quiet": {"dim": True},
    "file": {"bold": True},
}
_GITHUB_LEVELS: Final = {"error": "error", "warning": "warning", "info": "notice"}


class Located(Struct, frozen=True):
    """A finding and the line of its place in the file, from 1."""

    finding: Finding
    line: int


class Checked(Struct, frozen=True):
    """A file that was checked."""

    path: Path
    found: tuple[Located, ...]


class Unread(Struct, frozen=True):
    """A file that could not be checked, with the line of the fault where it has one."""

    path: Path
    error: UserError
    line: int = 1


def plain(text: str, _meaning: str) -> str:
    """No colour."""
    return text


def coloured(text: str, meaning: str) -> str:
    """In colours."""
    return click.style(text, **_COLOURS[meaning])


def listed(files: Iterable[Checked], *, verbose: bool) -> Iterator[tuple[Checked, tuple[Located, ...]]]:
    """The findings that people are shown: waived ones never, remarks (info) only if they are asked for."""
    for file in files:
        shown_ones = tuple(
            each for each in file.found if not each.finding.waived and (verbose or each.finding.severity != "info")
        )
        if shown_ones:
            yield file, shown_ones


def as_text(files: Iterable[Checked], *, verbose: bool, paint: Paint = plain) -> str:
    """A block a file, a line a finding (`FILE:LINE  severity  RULE  message`), and under it what to do."""
    blocks = []
    for file, found in listed(files, verbose=verbose):
        places = [f"{shown(file.path)}:{each.line}" for each in found]
        width = max(map(len, places))
        lines = []
        for place, each in zip(places, found, strict=True):
            finding = each.finding
            word = paint(f"{finding.severity:<7}", finding.severity)
            lines.append(f"{paint(f'{place:<{width}}', 'file')}  {word}  {finding.rule}  {clean_line(finding.message)}")
            if finding.hint:
                lines.append(paint(f"    {clean_line(finding.hint)}", "quiet"))
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def as_json(files: Iterable[Checked]) -> str:
    """A list with every finding, waived ones too."""
    return json_text(
        [
            {
                "file": str(file.path),
                "rule": each.finding.rule,
                "severity": each.finding.severity,
                "where": each.finding.where,
                "message": each.finding.message,
                "hint": each.finding.hint,
                "waived": bool(each.finding.waived),
            }
            for file in files
            for each in file.found
        ]
    )


def as_github(
    files: Iterable[Checked], unread: Iterable[Unread], problems: Iterable[Problem] = (), *, verbose: bool
) -> str:
    """Workflow commands that put each finding beside its line in a pull request.

    See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
    """
    lines = [
        _annotation("error", each.path, each.line, "not checked", f"{each.error.title}. {each.error.detail}")
        for each in unread
    ]
    lines += [
        _annotation("error", Path(each.file), each.line, "settings", _sentences(each.message, each.hint))
        for each in problems
    ]
    for file, found in listed(files, verbose=verbose):
        for each in found:
            finding = each.finding
            level = _GITHUB_LEVELS[finding.severity]
            lines.append(
                _annotation(level, file.path, each.line, finding.rule, _sentences(finding.message, finding.hint))
            )
    return "".join(lines)


def _sentences(message: str, hint: str) -> str:
    return f"{message}. {hint}" if hint else message


def _annotation(level: str, path: Path, line: int, title: str, message: str) -> str:
    place = f"file={_escaped(shown(path), ':,')},line={line},title={_escaped(title, ':,')}"
    return f"::{level} {place}::{_escaped(clean_line(message), '')}\n"


def _escaped(text: str, also: str) -> str:
    return re.sub(f"[%\r\n{also}]", lambda found: f"%{ord(found.group()):02X}", text)


def summary(
    files: Sequence[Checked], unread: Sequence[Unread], problems: Sequence[Problem] = (), *, verbose: bool
) -> str:
    """What it comes to: `3 files: 2 errors, 1 warning; not shown: 4 remarks (-v shows them), 1 waived`."""
    counts = Counter(
        "waived" if each.finding.waived else each.finding.severity for file in files for each in file.found
    )
    names = ["error", "warning", *(["info"] if verbose else [])]
    told = [_counted(counts[name], _WORDS[name]) for name in names if counts[name]]
    hidden = []
    if counts["info"] and not verbose:
        hidden.append(f"{_counted(counts['info'], 'remark')} (-v shows {'it' if counts['info'] == 1 else 'them'})")
    if counts["waived"]:
        hidden.append(f"{counts['waived']} waived")
    if not files and unread:
        return f"no file could be checked: {_counted(len(unread), 'file')} cannot be read"
    text = f"{_counted(len(files), 'file')}: {', '.join(told) or 'nothing to mend'}"
    if hidden:
        text += f"; not shown: {', '.join(hidden)}"
    if unread:
        text += f"; not checked: {_counted(len(unread), 'file')}"
    return text + (f"; {_counted(len(problems), 'fault')} in the settings" if problems else "")


_WORDS: Final = {"error": "error", "warning": "warning", "info": "remark"}


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"

"""What `postmortem check` found as SARIF 2.1.0, which code scanning services and editors read.

The format is OASIS "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from schemas.checks import RULES, Rule
from schemas.checks.explanations import explanation
from schemas.policy import Problem
from schemas.version import VERSION
from tui.cli.console import json_text
from tui.cli.reports import Checked, Located, Unread

_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(files: Iterable[Checked], unread: Sequence[Unread], problems: Sequence[Problem] = ()) -> str:
    """A log with one run. Waived findings are results that are suppressed in the source, with the reason."""
    rules = list(RULES.values())
    index = {rule.id: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "postmortem",
                "version": VERSION,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not unread,
                "toolExecutionNotifications": [_notification(each) for each in unread],
                "toolConfigurationNotifications": [_problem(each) for each in problems],
            }
        ],
        "results": [_result(file.path, each, index) for file in files for each in file.found],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    known = explanation(rule.id)
    # A viewer shows the text as it is, or the Markdown if it can; both say the same.
    words = known.plain.replace("*Why:*", "Why:").replace("*Do:*", "Do:")
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": known.text.partition("\n\n")[0].replace("\n", " ")},
        "help": {"text": words, "markdown": known.markdown()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(path: Path, each: Located, index: dict[str, int]) -> dict[str, Any]:
    finding = each.finding
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join(part for part in (finding.message, finding.hint) if part)},
        "locations": [_location(path, each.line) | {"logicalLocations": [{"fullyQualifiedName": finding.where}]}],
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if finding.waived:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.waived}]
    return result


def _notification(each: Unread) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": " ".join(part for part in (each.error.title, each.error.detail, each.error.hint) if part)},
        "locations": [_location(each.path, each.line)],
    }


def _problem(each: Problem) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": " ".join(part for part in (each.message, each.hint) if part)},
        "locations": [_location(Path(each.file), each.line)],
    }


def _location(path: Path, line: int) -> dict[str, Any]:
    # quote_from_bytes semantics: a name that is no UTF-8 is carried over byte by byte.
    address = quote(str(path).encode("utf-8", "surrogateescape"))
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": f"file://{address}" if path.is_absolute() else address},
            "region": {"startLine": line},
        }
    }

"""What came of a look at one file as a line of text for later runs, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from schemas.checks import Facts, Finding
from schemas.checks.turns import holds_until
from schemas.excerpt import Excerpt, excerpt_text
from schemas.neighbours import Neighbour
from tui.cli.looked import Kept, Looked, in_lines
from tui.cli.reports import Checked, Located


def kept_of(
    found: Sequence[Located],
    neighbour: Neighbour | None,
    facts: Facts,
    names: Collection[str],
    text: int,
    places: Mapping[str, int],
    read_at: int,
) -> Kept | None:
    """What to keep of a file that was looked at; None if it cannot be written so.

    `found` are its findings before they were put in the order of lines, at line 0 where that was not looked up. `names`
    are the fields of the incident that rules may want that are yet to run, `text` is the mark of the file's text.
    """
    findings = [
        (each.finding.rule, each.finding.severity, each.finding.where, each.finding.message, each.finding.hint,
         each.finding.waived, each.line)
        for each in found
    ]  # fmt: skip
    beside = None
    if neighbour is not None:
        beside = (neighbour.title, neighbour.lengths, neighbour.people, neighbour.actions, neighbour.unborne)
    try:
        line = json.dumps((findings, beside, text, places))
        if beside is not None:
            # Both are JSON, which has no tabs. The excerpt stays a text until somebody asks for it.
            line = f"{line}\t{excerpt_text(facts.incident, names)}"
    except ValueError:
        return None
    return Kept(line, holds_until(facts), read_at)


def looked_from(
    line: str, path: Path, name: str, names: Collection[str], is_told: Callable[[Finding], bool]
) -> Looked | None:
    """The file that was made a line. `is_told` says of which findings it is told where they stand.

    None if that was not looked up when it should be told now.

    Raises:
        ValueError: it is no such line.
    """
    text, _, excerpt = line.partition("\t")
    data = json.loads(text)
    if data is None:
        return Looked()
    findings, beside, mark, places = data
    found = []
    for rule, severity, where, message, hint, waived, at in findings:
        finding = Finding(rule, severity, where, message, hint, None, waived)
        told = is_told(finding)
        if told and not at:
            return None
        found.append(Located(finding, at if told else 1))
    checked = Checked(path, in_lines(found))
    if beside is None:
        return Looked(checked)
    title, lengths, people, actions, unborne = beside
    neighbour = Neighbour(
        name, title, tuple(map(tuple, lengths)), tuple(people), tuple(actions),
        None if unborne is None else tuple(map(tuple, unborne)),
    )  # fmt: skip
    return Looked(checked, neighbour, Excerpt(excerpt, names), mark, places)

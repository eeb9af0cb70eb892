"""The sources in `tests/documents/sources`, and what is read from them as lines that people can check.

`NAME.expected.txt` has what the source is, title and zone, then each event as
`TIME | written down (= is the same time) | who | kind | milestones | text`, then what was kept aside, assumed, doubted.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from schemas.incident import Event
from schemas.readers.imported import Imported
from schemas.readers.sources import read_source
from schemas.when_text import format_when

FOLDER = Path(__file__).resolve().parents[2] / "documents" / "sources"
PATHS = tuple(sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected.txt")))


@cache
def imported(path: Path) -> Imported:
    columns = {"time": "Created", "text": "Remark", "who": "By whom"} if "mapped" in path.name else None
    return read_source(path.read_bytes(), name=path.name, columns=columns)


def told(result: Imported) -> str:
    """What was read, line by line."""
    incident = result.incident
    source = next((each.said for each in result.assumptions if each.about == "source"), "this is read as a document,")
    lines = [
        source.removeprefix("this is read as ").split(",")[0],
        f"title: {incident.title}",
        f"zone: {incident.zone}",
    ]
    lines += [_event(event) for event in incident.events]
    lines += [f"kept: {other.heading}: {_one_line(other.body)}" for other in incident.other_sections]
    lines += [f"assumed: {each.said}" for each in result.assumptions if each.about != "source"]
    lines += [
        f"doubt in line {each.line}: {each.why}" for each in result.doubts if each.path.startswith(("ev", "zone"))
    ]
    return "\n".join(lines) + "\n"


def _event(event: Event) -> str:
    recorded = "" if event.recorded is None else "=" if event.recorded == event.at else format_when(event.recorded)
    marks = ", ".join(event.milestones)
    return " | ".join(
        (format_when(event.at), recorded, event.actor, event.kind, marks, _one_line(event.text), *event.links)
    )


def _one_line(text: str) -> str:
    return text.replace("\n", " ⏎ ").replace("\t", "⇥")

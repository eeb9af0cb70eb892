"""How the items of a list look as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from schemas.checks import Finding
from schemas.incident import Action, Factor, Impact, Incident, Stated
from tui.widgets.item_table import Column, TableRow
from tui.workspace.outline import spot_of

_COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "impacts": (
        Column("what was affected", 0),
        Column("how much", 16, right=True),
        Column("of", 12, right=True, from_width=50),
    ),
    "factors": (Column("contributing factor", 0), Column("kind", 14, from_width=46)),
    "actions": (
        Column("action", 0),
        Column("owner", 10, from_width=44),
        Column("due", 10),
        Column("type", 11, from_width=90),
        Column("prio", 4, from_width=84),
        Column("status", 11, from_width=66),
    ),
    "stated": (Column("value", 0), Column("what", 12), Column("where", 18, from_width=50)),
}
_EMPTY: Final[dict[str, str]] = {
    "impacts": "What was affected, and by how much: 75 % of developers, 1,200 failed orders.",
    "factors": "What made it possible, more likely, longer or worse.",
    "actions": "What will be done, by whom, until when.",
    "stated": "Lengths and times that another document claims; they are held against the timeline.",
}


def columns_of(name: str) -> tuple[Column, ...]:
    """The columns of a list's table."""
    return _COLUMNS[name]


def empty_of(name: str) -> tuple[str, ...]:
    """What an empty table says."""
    return ("", f"  {_EMPTY[name]}", "  n adds one.")


def rows_of(incident: Incident, name: str, findings: Iterable[Finding]) -> tuple[TableRow, ...]:
    """The rows of a list's table, flagged where something is wrong."""
    flags: dict[str, str] = {}
    for finding in findings:
        spot = spot_of(finding.where)
        if spot.part == name and spot.item and finding.severity != "info" and not finding.waived:
            flags.setdefault(spot.item, finding.severity)
    return tuple(
        TableRow(
            item.id,
            _cells(item),
            flags.get(item.id, ""),
            isinstance(item, Action) and item.status in ("done", "dropped"),
        )
        for item in getattr(incident, name)
    )


def _cells(item: Impact | Factor | Action | Stated) -> tuple[str, ...]:
    match item:
        case Impact():
            amount = "" if item.amount is None else f"{'~' if item.about else ''}{item.amount:,}"
            unit = "%" if item.unit == "%" else f" {item.unit}" if item.unit else ""
            return (item.what, f"{amount}{unit}" if amount else "—", "" if item.total is None else f"{item.total:,}")
        case Factor():
            return (item.text, item.kind)
        case Action():
            due = item.due.isoformat() if item.due else "—"
            return (item.text, item.owner or "—", due, item.type, item.priority, item.status)
        case Stated():
            return (item.value, item.what, item.where)

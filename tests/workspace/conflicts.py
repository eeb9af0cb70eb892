"""Two versions of an incident that stand in each other's way in every way there is, and files that hold both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas import edits
from schemas.incident import Action, Event, Factor, Incident, Sections
from schemas.merge import Merged, merge
from schemas.merge_conflict import Conflict
from schemas.merge_file import merge_files
from schemas.toml_file import Loaded, dumps, parse

START = datetime(2024, 5, 2, 9, tzinfo=UTC)


def base() -> Incident:
    """What both versions came from."""
    return Incident(
        title="Search is down",
        zone="UTC",
        severity="SEV2",
        owner="@ana",
        tags=("search", "shards", "disk"),
        sections=Sections(
            summary="Search was down until the index was rebuilt.\n",
            root_cause="One shard ran full. Nobody was told that it would.\n",
        ),
        events=tuple(
            Event(id=f"e{number}", at=START + timedelta(minutes=15 * number), text=text)
            for number, text in enumerate(("Shard seven runs full", "The alert fires", "The index is rebuilt"))
        ),
        actions=(Action(id="aaaa", text="Watch the shards", owner="@ana"), Action(id="bbbb", text="Write it down")),
        factors=(Factor(id="ffff", text="No alert on disk space"), Factor(id="gggg", text="One person on call")),
    )


def ours() -> Incident:
    """The first version."""
    doc = edits.set_field(base(), "severity", "SEV1")
    doc = edits.set_field(doc, "owner", "@bo")
    doc = edits.set_section(doc, "root_cause", "One shard ran full overnight. Nobody was told that it would.\n")
    doc = edits.update_item(doc, "events", "e1", at=START + timedelta(minutes=17))
    doc = edits.remove_items(doc, "actions", {"bbbb"})
    doc = edits.set_section(doc, "lessons", "Watch disks.\n")
    return edits.update_item(doc, "events", "e0", actor="@lea")


def theirs() -> Incident:
    """The second version."""
    doc = edits.set_field(base(), "severity", "SEV3")
    doc = edits.set_field(doc, "owner", "@cy")
    doc = edits.set_section(doc, "root_cause", "One shard ran full at last. Nobody was told that it would.\n")
    doc = edits.update_item(doc, "events", "e1", at=START + timedelta(minutes=21))
    doc = edits.update_item(doc, "actions", "bbbb", owner="@cy")
    return edits.update_item(doc, "events", "e2", text="The index is rebuilt from the backup")


def merged(*, based: bool = True) -> Merged:
    """Both as one: five conflicts, and two changes of ours and one of theirs that are none."""
    return merge(base() if based else None, ours(), theirs())


def conflict_at(found: Merged, place: str) -> Conflict:
    """One of its conflicts, by its place."""
    return next(conflict for conflict in found.conflicts if conflict.place == place)


def loaded(incident: Incident) -> Loaded:
    """An incident as it is read from its file."""
    return parse(dumps(incident), "incident.toml")


def marked(*, based: bool = True, labels: tuple[str, str, str] = ("HEAD", "base", "feature")) -> str:
    """The file that git leaves behind."""
    return merge_files(loaded(base()) if based else None, loaded(ours()), loaded(theirs())).marked(labels=labels)


def conflicted_file(folder: Path, *, based: bool = True, name: str = "incident.toml") -> Path:
    """A file with conflict markers."""
    path = folder / name
    path.write_text(marked(based=based), encoding="utf-8")
    return path

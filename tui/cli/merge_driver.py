"""`postmortem merge-driver`: how git merges incidents once `postmortem git-setup` has told it to.

Git's contract (see "Defining a custom merge driver" in `man gitattributes`): the result goes into the file of ours, the
exit code is 0 if it is clean and 1 to 127 if something is in conflict. What cannot be merged as an incident is merged
as text, as git would have done it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

from schemas.text import clean_line
from tui.cli import console
from tui.cli.parameters import PATH, services_of
from tui.workspace.errors import UserError, shown

if TYPE_CHECKING:
    from schemas.merge_file import MergedFile
    from schemas.toml_file import Loaded, Remark
    from tui.workspace.disk import Disk

IN_CONFLICT: Final = 1
LABELS: Final = ("ours", "base", "theirs")
"""What the sides are called where git gives them no names."""

_TOLD: Final = 5
"""So many places in conflict are named."""


class Markers(Struct, frozen=True):
    """How conflict markers are written: how many signs, and what they call ours, the base and theirs."""

    size: int
    labels: tuple[str, str, str]

    @classmethod
    def of(cls, size: int, labels: Sequence[str]) -> Markers:
        """The markers that git asks for. A git before 2.44 knows no names and passes on the `%X` that is one later."""
        given = [clean_line(label).strip() for label in labels]
        ours, base, theirs = (
            label if label and not label.startswith("%") else usual
            for label, usual in zip_longest(given[: len(LABELS)], LABELS, fillvalue="")
        )
        return cls(size, (ours, base, theirs))


@click.command("merge-driver", short_help="Merge an incident for git (see git-setup).")
@click.option("--marker-size", type=click.IntRange(1, 200), default=7, help="How long conflict markers are (git's %L).")
@click.option(
    "-L", "--label", "labels", multiple=True, metavar="NAME", help="What OURS, the BASE and THEIRS are called."
)
@click.argument("base", type=PATH)
@click.argument("ours", type=PATH)
@click.argument("theirs", type=PATH)
@click.argument("path", metavar="[PATH]", required=False, type=PATH)
@click.pass_context
def merge_driver(
    context: click.Context,
    marker_size: int,
    labels: tuple[str, ...],
    base: Path,
    ours: Path,
    theirs: Path,
    path: Path | None,
) -> int:
    """Merge THEIRS into OURS, given the BASE that both started from (git's %O %A %B). PATH is the name to tell.

    Events, actions, comments and fields are merged one by one and by id, texts word by word. What both sides changed
    stands in OURS between conflict markers, and the exit code is 1; --label, up to three times, says what they call the
    sides. Files that are no incidents, or cannot be read, are merged line by line as git does it.
    """
    disk = services_of(context).disk
    name = shown(path or ours)
    markers = Markers.of(marker_size, labels)
    try:
        merged = _merged(base, ours, theirs, name, disk)
        result = _as_incident(merged, base, ours, theirs, markers, disk) if merged is not None else None
    except UserError:
        raise
    except Exception as error:  # a fault of ours must not keep git from merging
        console.say(f"note: {name} is merged as text: {type(error).__name__}: {error}")
        result = None
    if result is None:
        return _as_text(base, ours, theirs, markers, disk)
    data, places = result
    _write(ours, data, disk)
    if not places:
        return 0
    more = f" and {len(places) - _TOLD} more" if len(places) > _TOLD else ""
    console.say(f"conflict in {name}: {', '.join(places[:_TOLD])}{more}")
    return IN_CONFLICT


def _merged(base: Path, ours: Path, theirs: Path, name: str, disk: Disk) -> MergedFile | None:
    """The three files as one; None if one of them is no incident that can be read."""
    from schemas.merge_file import merge_files

    mine, yours = _loaded(ours, disk), _loaded(theirs, disk)
    if mine is None or yours is None or Path(name).name == "postmortem.toml":
        return None
    if not _is_empty(base, disk):
        before = _loaded(base, disk)
        return merge_files(before, mine, yours) if before is not None else None
    return merge_files(None, mine, yours)


def _loaded(path: Path, disk: Disk) -> Loaded | None:
    from schemas.toml_file import TomlError, parse_bytes
    from tui.workspace.storage import read_file

    data, _ = read_file(path, disk=disk)
    try:
        loaded = parse_bytes(data, shown(path))
    except TomlError:
        return None
    return loaded if _is_incident(loaded) and not loaded.newer else None


def _is_incident(loaded: Loaded) -> bool:
    """Whether a file is surely an incident. A `title` alone stands in many files that are none of ours."""
    from schemas.incident import ITEM_LISTS

    known = loaded.incident.model_fields_set & {"sections", "severity", *ITEM_LISTS}
    return bool(known) or ("format",) in loaded.lines.layout.lines


def _is_empty(path: Path, disk: Disk) -> bool:
    """Whether there was nothing before: both sides added the file."""
    from tui.workspace.storage import read_file

    return not read_file(path, disk=disk)[0].strip()


def _as_incident(
    merged: MergedFile, base: Path, ours: Path, theirs: Path, markers: Markers, disk: Disk
) -> tuple[bytes, list[str]]:
    """The merged file, and the places that are in conflict in it."""
    from schemas.conflict_markers import split

    text = merged.marked(size=markers.size, labels=markers.labels)
    places = list(dict.fromkeys(conflict.place for conflict in merged.merged.conflicts))
    if split(text) is None:
        places = []  # both sides of what is in conflict are written the same way, so that there is nothing to choose
    if _is_canonical(ours, disk):
        return text.encode("utf-8"), places
    return _laid_out_as_before(text, base, ours, theirs, markers), places


def _is_canonical(path: Path, disk: Disk) -> bool:
    """Whether a file is laid out as this program does it."""
    from schemas.toml_file import dumps, parse_bytes
    from tui.workspace.storage import read_file

    data, _ = read_file(path, disk=disk)
    loaded = parse_bytes(data, shown(path))
    return dumps(loaded.incident, loaded.remarks).encode("utf-8") == data


def _laid_out_as_before(text: str, base: Path, ours: Path, theirs: Path, markers: Markers) -> bytes:
    """The merged file in the layout that people gave it by hand, where git's own merge comes to the same."""
    from schemas.toml_file import TomlError

    written = text.encode("utf-8")
    try:
        plain, _ = _plainly(base, ours, theirs, markers, with_base=True)
        versions = zip(_versions(text), _versions(plain.decode("utf-8")), strict=True)
        alike = all(_tell_the_same(one, other) for one, other in versions)
    except (TomlError, UserError, ValueError):  # git cannot merge them, or comes to what cannot be read
        return written
    return plain if alike else written


def _versions(text: str) -> list[Loaded]:
    """What a file holds; all three where it is in conflict.

    Raises:
        TomlError: one of them cannot be read.
    """
    from schemas.conflict_markers import split
    from schemas.toml_file import parse

    sides = split(text)
    texts = (text,) if sides is None else (sides.ours, sides.theirs, sides.base or "")
    return [parse(each, "<merged>") for each in texts]


def _tell_the_same(one: Loaded, other: Loaded) -> bool:
    from schemas.merge_values import same

    return same(one.incident, other.incident) and _words_of(one.remarks) == _words_of(other.remarks)


def _words_of(remarks: Iterable[Remark]) -> list[str]:
    """The lines of comments, wherever they stand."""
    return sorted(line.strip() for remark in remarks for line in remark.text.split("\n") if line.strip())


def _as_text(base: Path, ours: Path, theirs: Path, markers: Markers, disk: Disk) -> int:
    try:
        text, clean = _plainly(base, ours, theirs, markers)
    except UserError as error:
        console.fail(error.title, error.detail, error.hint)
        return IN_CONFLICT
    _write(ours, text, disk)
    return 0 if clean else IN_CONFLICT


def _plainly(base: Path, ours: Path, theirs: Path, markers: Markers, *, with_base: bool = False) -> tuple[bytes, bool]:
    from tui.workspace.plain_git import merge_plainly

    return merge_plainly(base, ours, theirs, size=markers.size, labels=markers.labels, with_base=with_base)


def _write(path: Path, data: bytes, disk: Disk) -> None:
    from tui.workspace.atomic_writing import atomic_write

    atomic_write(path, data, disk=disk)

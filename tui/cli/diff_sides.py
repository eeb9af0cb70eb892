"""The two versions that are compared: from files, from standard input, from git, or from a reviewer's last verdict."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui.workspace.errors import EXIT_FILE, EXIT_USAGE, UserError, shown

if TYPE_CHECKING:
    from schemas.difference import Difference
    from schemas.incident import Incident, Review
    from schemas.toml_file import Loaded

STDIN: Final = Path("-")

_RANGE: Final = re.compile(r"(.*?)(\.{2,3})(.*)")


class Side(Struct, frozen=True):
    """One of two versions: what it holds, and the lines of comments in its TOML, None where they are not known."""

    incident: Incident
    notes: tuple[str, ...] | None = None

    @classmethod
    def of(cls, loaded: Loaded) -> Side:
        """The side that a file is."""
        lines = (line.strip() for remark in loaded.remarks for line in remark.text.split("\n"))
        return cls(loaded.incident, tuple(line for line in lines if line))


Sides = tuple[Side, Side]
"""Before and after."""


def two_files(before: Path, after: Path) -> Sides:
    """Two files; one of them may be `-`, standard input.

    Raises:
        UserError: one cannot be read, or is no incident.
    """
    if before == after == STDIN:
        raise UserError("standard input can be only one of the two", "", "Name a file beside it.", EXIT_USAGE)
    return _side(before), _side(after)


def since_revision(path: Path, revision: str) -> Sides:
    """A file at a revision of git and now, or at two: `A..B`, or `A...B` for what B changed since both parted.

    Raises:
        UserError: see `tui.workspace.versions.version_at`.
    """
    from tui.workspace.git import tracked_file
    from tui.workspace.versions import loaded_version

    file = tracked_file(path)
    ends = _RANGE.fullmatch(revision)
    if ends is None:
        # Read first: of a mistyped name it is said that the file is not there, not that git does not have it.
        now = _side(path)
        return Side.of(loaded_version(file, file.commit(revision), revision)), now
    names = ends[1] or "HEAD", ends[3] or "HEAD"
    one, other = map(file.commit, names)
    if ends[2] == "...":
        one = file.common_commit(one, other)
    return Side.of(loaded_version(file, one, names[0])), Side.of(loaded_version(file, other, names[1]))


def since_verdict(path: Path, reviewer: str, own_names: Iterable[str]) -> tuple[Sides, Review]:
    """A file when a reviewer last gave a verdict, and now; with the verdict.

    Without a name the reviewer is the person, by the first of their names that has given one, else whoever was last.

    Raises:
        UserError: the file cannot be read; there is no such verdict; what it was given on is nowhere to be found.
    """
    from schemas.sign_off import still_signed
    from tui.workspace.versions import version_at_verdict

    now = _side(path)
    review = _last_verdict(path, now.incident, reviewer, own_names)
    if still_signed(review.content, now.incident):
        return (Side(now.incident), Side(now.incident)), review
    before = version_at_verdict(path, review)
    if before is None:
        raise UserError(
            f"what {review.reviewer or 'the reviewer'} gave the verdict on is not known here",
            "It was neither kept on this machine nor committed.",
            f"Compare with a revision instead: postmortem diff --git REV {shown(path)}",
            EXIT_FILE,
        )
    return (Side(before), Side(now.incident)), review


def note_differences(before: Side, after: Side) -> tuple[Difference, ...]:
    """The comments in the TOML that came and went."""
    from schemas.difference import Difference
    from schemas.shortest_changes import shortest_changes

    old, new = before.notes, after.notes
    if old is None or new is None or old == new:
        return ()
    found: list[Difference] = []
    for change in shortest_changes(old, new):
        gone, came = old[change.start : change.end], new[change.new_start : change.new_end]
        found += [Difference("removed", "#", f"“{line}”", before=line) for line in gone]
        found += [Difference("added", "#", f"“{line}”", after=line) for line in came]
    return tuple(found)


def _last_verdict(path: Path, incident: Incident, reviewer: str, own_names: Iterable[str]) -> Review:
    from schemas.sign_off import is_hash
    from schemas.verdicts import VERDICTS, in_time_order, same_person, verdict_of

    given = [each for each in in_time_order(incident.reviews) if verdict_of(each) in VERDICTS and is_hash(each.content)]
    if not given:
        hint = f"Compare with a revision instead: postmortem diff --git REV {shown(path)}"
        raise UserError(f"nobody has given a verdict on {shown(path)}", "", hint, EXIT_USAGE)
    names = [reviewer] if reviewer else [name for name in own_names if name]
    by_name = ([each for each in given if same_person(each.reviewer, name)] for name in names)
    own = next((those for those in by_name if those), None)
    if own is None and reviewer:
        others = ", ".join(dict.fromkeys(each.reviewer for each in given))
        hint = f"There is one of {others}."
        raise UserError(f"{reviewer} has given no verdict on {shown(path)}", "", hint, EXIT_USAGE)
    return (own or given)[-1]


def _side(path: Path) -> Side:
    from schemas.text import shorten
    from schemas.toml_file import TomlError, parse_bytes
    from tui.workspace.storage import MOST_BYTES, load_file
    from tui.workspace.versions import holds_incident

    if path != STDIN:
        loaded = load_file(path)
    else:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if sys.stdin is not None else b""
        if len(data) > MOST_BYTES:
            raise UserError("standard input is too large", "", "See whether it is an incident at all.", EXIT_FILE)
        try:
            loaded = parse_bytes(data, "standard input")
        except TomlError as error:
            place = f"{error.file}:{error.line}:{error.column}"
            raise UserError(f"{place}: {error.title}", error.detail, error.hint, EXIT_FILE) from error
    if not holds_incident(loaded.incident):
        keys = ", ".join(shorten(key, 40) for key in list(loaded.incident.model_extra or ())[:5])
        name = "standard input" if path == STDIN else shown(path)
        detail = f"No key of an incident stands in it, only others: {keys}."
        raise UserError(f"{name} is no incident", detail, "Name files that are incidents.", EXIT_FILE)
    return Side.of(loaded)

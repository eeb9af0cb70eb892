"""What git asks for where a file's `diff` attribute names this program: the differences of two files.

See gitattributes(5), "Defining an external diff driver", and GIT_EXTERNAL_DIFF in git(1). Nothing is hidden: what is no
incident, or cannot be read as one, and what is different only in how the file is laid out, is told line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from schemas.text import clean_line
from tui.cli.plain_diff import plain_diff
from tui.cli.styled_lines import Styled, written
from tui.workspace.errors import EXIT_USAGE, UserError, shown

if TYPE_CHECKING:
    from tui.cli.diff_sides import Side

NOTHING: Final = Path("/dev/null")
"""What git names for a file that is not there."""

_ARGUMENTS: Final = (1, 7, 9)


class Change(Struct, frozen=True):
    """What git says of a file: its path, both contents as files, their modes, and how it was renamed."""

    path: Path
    old: Path
    old_mode: str
    new: Path
    new_mode: str
    new_path: Path
    rename: str = ""


def told_to_git(arguments: Sequence[str], *, width: int | None, colour: bool) -> str:
    """The difference of one file as text, by the arguments that git calls a driver with.

    Those are `path old-file old-hex old-mode new-file new-hex new-mode`, with `new-path` and a text about the renaming
    behind them for a file that was renamed, or only `path` for one that is not merged.

    Raises:
        UserError: these are not the arguments of git; exit code 2.
    """
    if len(arguments) not in _ARGUMENTS:
        raise UserError(
            "--driver is for git",
            f"Git gives 7 or 9 arguments, or 1; here are {len(arguments)}.",
            "`postmortem git-setup` has git call it.",
            EXIT_USAGE,
        )
    if len(arguments) == 1:
        return f"* Unmerged path {clean_line(arguments[0])}\n"
    path, old, _, old_mode, new, _, new_mode, *renamed = arguments
    new_path, rename = renamed or (path, "")
    change = Change(Path(path), Path(old), old_mode, Path(new), new_mode, Path(new_path), rename)
    head = "".join(f"{written(line, colour)}\n" for line in _head(change))
    return head + _body(change, width, colour)


def _head(change: Change) -> list[list[Styled]]:
    """The lines above the difference, as git itself writes them."""
    lines = [f"diff --git a/{shown(change.path)} b/{shown(change.new_path)}"]
    if change.old == NOTHING:
        lines.append(f"new file mode {clean_line(change.new_mode)}")
    elif change.new == NOTHING:
        lines.append(f"deleted file mode {clean_line(change.old_mode)}")
    elif change.old_mode != change.new_mode:
        lines += [f"old mode {clean_line(change.old_mode)}", f"new mode {clean_line(change.new_mode)}"]
    lines += [clean_line(line) for line in change.rename.split("\n") if line.strip()]
    return [[("bold", line)] for line in lines]


def _body(change: Change, width: int | None, colour: bool) -> str:
    from schemas.differences import differences
    from tui.cli.diff_sides import note_differences
    from tui.cli.diff_text import as_text

    try:
        before, after = _content(change.old), _content(change.new)
    except UserError as error:
        return f"{error.title}. {error.detail}\n"
    if before == after:
        return ""
    sides = _side(change.old, before), _side(change.new, after)
    if sides[0] is not None and sides[1] is not None:
        found = differences(sides[0].incident, sides[1].incident).all + note_differences(sides[0], sides[1])
        if found:
            return as_text(found, width=width, colour=colour)
    names = ("/dev/null" if file == NOTHING else f"{side}/{shown(path)}" for side, file, path in (
        ("a", change.old, change.path), ("b", change.new, change.new_path)
    ))  # fmt: skip
    return "".join(f"{written(line, colour)}\n" for line in plain_diff(before, after, *names))


def _content(file: Path) -> bytes:
    from tui.workspace.storage import read_file

    return b"" if file == NOTHING else read_file(file)[0]


def _side(file: Path, data: bytes) -> Side | None:
    """What a file holds, None if that is no incident; one that is not there holds nothing."""
    from schemas.incident import Incident
    from schemas.toml_file import TomlError, parse_bytes
    from tui.cli.diff_sides import Side
    from tui.workspace.versions import holds_incident

    if file == NOTHING:
        return Side(Incident(), ())
    try:
        loaded = parse_bytes(data, shown(file))
    except TomlError:
        return None
    return Side.of(loaded) if holds_incident(loaded.incident) else None

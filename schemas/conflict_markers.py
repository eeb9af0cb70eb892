"""Files that git left with conflict markers, taken apart into the versions that they hold (see `man git-merge`).

Git puts markers between whole lines and knows nothing of TOML: they stand in the middle of tables, lists and texts.
A text that talks about markers is no conflict: one that can be read as it stands is in conflict only where a whole
set of markers, with the names that git gives the sides, begins its lines and stands outside a fenced block of code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Final

from msgspec import Struct

from schemas.toml_errors import TomlError
from schemas.toml_file import Loaded, parse

_MARKER: Final = re.compile(r"(<{7,}|\|{7,}|={7,}|>{7,})(?:[ \t]+(.*?))?[ \t]*\r?\n?\Z", re.DOTALL)
_FENCE: Final = re.compile(r"[ \t]*(`{3,}|~{3,})")
_MOST_READINGS: Final = 64
"""So many ways to read the lines of `=======` are tried, where a text has underlined headings."""


@dataclass(frozen=True)
class Sides:
    """The versions in a file with conflict markers, each a whole file.

    Attributes:
        ours: the file as our side has it (git's `HEAD`, mostly).
        base: as both sides had it before, if the markers tell (`merge.conflictStyle` diff3 or zdiff3).
        theirs: as the other side has it.
        labels: what the markers call ours, the base and theirs.
        count: how many places are in conflict.
        numbers: the line in the file with markers, from 1, of each line of a side.
    """

    ours: str
    base: str | None
    theirs: str
    labels: tuple[str, str, str]
    count: int
    numbers: Mapping[str, Sequence[int]] = field(repr=False)

    def line(self, side: str, line: int) -> int:
        """The line in the file with markers of a line of `ours`, `base` or `theirs`, both from 1."""
        known = self.numbers[side]
        return known[min(max(line, 1), len(known)) - 1] if known else 1


class ConflictedError(TomlError):
    """A file with conflict markers of which a side cannot be read by itself.

    `sides` are the texts; `readable` are the sides that can be read, by name (`ours`, `theirs`).
    """

    def __init__(self, error: TomlError, name: str, sides: Sides, side: str, readable: Mapping[str, Loaded]) -> None:
        label = sides.labels[0 if side == "ours" else 2]
        called = f"`{side}`{f' ({label})' if label else ''}"
        other = "The other version can be read and can be taken as it is" if readable else "Mend the file in an editor"
        super().__init__(
            name, sides.line(side, error.line), error.column, f"the version {called} is not right by itself: "
            f"{error.detail}", f"{error.hint} {other}.", fault="conflict",
        )  # fmt: skip
        self.sides = sides
        self.readable = readable


class _Block(Struct, frozen=True):
    """The lines of one set of markers, by index. `splits` are the lines that may be the `=======`."""

    start: int
    base: int | None
    splits: tuple[int, ...]
    end: int
    labels: tuple[str, str, str]
    fenced: bool


def split(text: str, name: str = "<text>") -> Sides | None:
    """The versions in a file with conflict markers, None if it has none.

    Raises:
        TomlError: the file cannot be read, and its markers belong to no set; `fault` is `conflict`.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return None
    lines = [line for line in re.split(r"(?<=\n)", text) if line]
    blocks = list(_blocks(lines))
    if _is_toml(text):
        blocks = [block for block in blocks if not block.fenced and block.labels[0] and block.labels[2]]
        sides = _first_readable(lines, blocks) if blocks else None
        return sides if sides is not None and _is_toml(sides.ours) and _is_toml(sides.theirs) else None
    if not blocks:
        _must_not_stand_alone(text, lines, name)
        return None
    plain = {block.labels for block in blocks if not block.fenced}
    unfenced = [block for block in blocks if not block.fenced or block.labels in plain]
    return _first_readable(lines, unfenced or blocks)


def read_conflicted(text: str, name: str) -> tuple[Loaded | None, Loaded, Loaded]:
    """The base, ours and theirs of a file with conflict markers. A base that cannot be read is left out.

    Raises:
        ValueError: there is no conflict in it.
        ConflictedError: a side cannot be read by itself. The line is that of this file.
        TomlError: the markers belong to no set.
    """
    sides = split(text, name)
    if sides is None:
        raise ValueError(f"there are no conflict markers in {name}")
    read: dict[str, Loaded] = {}
    faults: dict[str, TomlError] = {}
    for side, body in (("ours", sides.ours), ("theirs", sides.theirs)):
        try:
            read[side] = parse(body, name)
        except TomlError as error:
            faults[side] = error
    for side, fault in faults.items():
        raise ConflictedError(fault, name, sides, side, read) from fault
    try:
        base = parse(sides.base, name) if sides.base is not None else None
    except TomlError:
        base = None
    return base, read["ours"], read["theirs"]


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return False
    return True


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """The complete sets of markers, in order. What a base holds of older conflicts has longer markers and stays."""
    fence = ""
    at = 0
    while at < len(lines):
        if (block := _block_at(lines, at, fenced=bool(fence))) is not None:
            yield block
            at = block.end + 1
            continue
        fence = _fence_after(lines[at], fence)
        at += 1


def _fence_after(line: str, fence: str) -> str:
    """The fence that is open behind a line, given the one before it."""
    if '"""' in line or "'''" in line:
        return ""  # a text ends or begins, and no block of code goes on from one into another
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) else fence


def _block_at(lines: Sequence[str], start: int, *, fenced: bool) -> _Block | None:
    opening = _marker(lines[start], "<")
    if opening is None:
        return None
    size = len(opening[0])
    base: tuple[int, str] | None = None
    splits: list[int] = []
    for at in range(start + 1, len(lines)):
        found = _MARKER.match(lines[at])
        if found is None or len(found[1]) != size:
            continue
        sign, label = found[1][0], found[2] or ""
        if sign == "<":
            return None
        if sign == "|" and base is None and not splits:
            base = at, label
        elif sign == "=" and not label:
            splits.append(at)
        elif sign == ">" and splits:
            labels = opening[1], base[1] if base else "", label
            return _Block(start, base[0] if base else None, tuple(splits), at, labels, fenced)
    return None


def _marker(line: str, sign: str) -> tuple[str, str] | None:
    if not line.startswith(sign * 7):
        return None
    found = _MARKER.match(line)
    return (found[1], found[2] or "") if found else None


def _first_readable(lines: Sequence[str], blocks: Sequence[_Block]) -> Sides | None:
    """The first reading of the `=======` lines by which both sides are TOML; the plainest one if none is."""
    readings: Iterable[tuple[int, ...]] = islice(product(*(block.splits for block in blocks)), _MOST_READINGS)
    first: Sides | None = None
    for splits in readings:
        sides = _taken(lines, blocks, splits)
        if first is None:
            first = sides
        if _is_toml(sides.ours) and _is_toml(sides.theirs):
            return sides
    return first


def _taken(lines: Sequence[str], blocks: Sequence[_Block], splits: Sequence[int]) -> Sides:
    """The sides, given which line parts each block."""
    kept: dict[str, list[int]] = {"ours": [], "base": [], "theirs": []}
    done = 0
    for block, parting in zip(blocks, splits, strict=True):
        for side in kept.values():
            side += range(done, block.start)
        kept["ours"] += range(block.start + 1, block.base or parting)
        kept["theirs"] += range(parting + 1, block.end)
        if block.base is not None:
            kept["base"] += range(block.base + 1, parting)
        done = block.end + 1
    for side in kept.values():
        side += range(done, len(lines))
    texts = {name: "".join(lines[at] for at in side) for name, side in kept.items()}
    based = all(block.base is not None for block in blocks)
    numbers = {name: [at + 1 for at in side] for name, side in kept.items()}
    return Sides(
        texts["ours"], texts["base"] if based else None, texts["theirs"], blocks[0].labels, len(blocks), numbers
    )  # fmt: skip


def _must_not_stand_alone(text: str, lines: Sequence[str], name: str) -> None:
    """No set of markers in a file that cannot be read: if it is a marker that is in the way, say so."""
    try:
        parse(text, name)
    except TomlError as error:
        at = error.line - 1
        if at < len(lines) and _MARKER.match(lines[at]):
            detail = "a conflict marker stands here, and the others of its set are missing or out of order"
            hint = "Delete the line, or write back the others: <<<<<<<, ======= and >>>>>>>, in this order."
            raise TomlError(name, error.line, 1, detail, hint, fault="conflict") from error

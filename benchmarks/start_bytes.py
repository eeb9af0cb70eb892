"""What a session sends at its start: every setting and question, and what painting takes.

    python -m benchmarks.start_bytes [COLUMNSxROWS] [FILE]

The terminal answers what it is asked.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.command_line import program
from benchmarks.pseudo_terminal import PseudoTerminal
from benchmarks.samples import LONG

MARKER: Final = "Checkout payments slow"

BURST: Final = 0.02
"""Seconds in which the rest of the first frame follows."""

_KNOWN: Final = {
    "?7l": "no wrapping at the edge", "?25l": "no cursor", "?1000h": "mouse: buttons", "?1003h": "mouse: moves",
    "?1004h": "focus is told", "?1006h": "mouse: as numbers", "?1015h": "mouse: as numbers, the old way",
    "?1016h": "mouse: by pixels", "?1049h": "a screen of its own", "?2004h": "pastes are marked",
    "?2026$p": "asks for synchronized output", "?2026h": "a frame begins", "?2026l": "a frame ends",
    "?2048$p": "asks for sizes among the keys", "?2048h": "sizes among the keys", ">25u": "keys that are not ambiguous",
}  # fmt: skip
_PIECES: Final = re.compile(
    r"\x1b\[(?P<control>[0-?]*[ -/]*[@-~])|\x1b\](?P<string>[^\x1b\x07]*)(?:\x07|\x1b\\)"
    r"|(?P<blanks> +)|(?P<text>[^\x1b ]+)|."
)


def kinds(sent: str) -> Iterator[tuple[str, int]]:
    """Each piece of what was sent: what it is, and its bytes."""
    for piece in _PIECES.finditer(sent):
        size = len(piece.group().encode())
        control = piece["control"]
        if control is None:
            name = "blanks" if piece["blanks"] else "text" if piece["text"] else f"string {piece['string']}"
        elif control.endswith("m") and control[0] not in "<>?":
            name = "colours"
        elif control[-1] in "ABCDGHf":
            name = "moves of the cursor"
        else:
            name = f"ESC [ {control}  {_KNOWN.get(control, '')}".rstrip()
        yield name, size


def phases(file: Path, size: tuple[int, int]) -> list[tuple[str, str]]:
    """What is sent before and behind the first frame."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        copy.write_bytes(file.read_bytes())
        with PseudoTerminal([*program(), str(copy)], *size, Path(folder), answers=True) as terminal:
            terminal.read(20)
            terminal.settle(4)
            first = terminal.seconds_until(lambda screen: MARKER in screen)
            if first is None:
                raise SystemExit(f"{MARKER!r} never appeared:\n{terminal.screen()}")
            parts = [b"", b""]
            for at, data in terminal.received:
                parts[at - terminal.begin > first + BURST] += data
    before, behind = (part.decode("utf-8", "replace") for part in parts)
    return [("before, and the first frame", before), ("behind", behind)]


def main(arguments: list[str]) -> None:
    columns, rows = map(int, (arguments[0] if arguments else "80x24").split("x"))
    for name, sent in phases(Path(arguments[1]) if len(arguments) > 1 else LONG, (columns, rows)):
        sizes, times = Counter[str](), Counter[str]()
        for kind, size in kinds(sent):
            sizes[kind] += size
            times[kind] += 1
        print(f"{name}: {sizes.total():,} B")
        for kind, size in sizes.most_common():
            print(f"  {size:8,} B  {times[kind]:6,} x  {kind}")


if __name__ == "__main__":
    main(sys.argv[1:])

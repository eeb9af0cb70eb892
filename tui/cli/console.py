"""What the command line prints, and where: data on stdout, narration on stderr, nothing that could drive a terminal."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

from schemas.patterns import late
from schemas.text import clean_line
from tui.workspace.errors import shown

if TYPE_CHECKING:
    from pathlib import Path

# What JSON leaves as it is inside strings although a terminal may act on it, or a UTF-8 stream cannot hold it: DEL, C1
# controls, bidi controls, line separators, halves of surrogate pairs.
_UNSAFE_IN_JSON = late("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def prepare() -> None:
    """Make the output independent of the machine: UTF-8 wherever it does not go to a terminal, never an error."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the program
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def say(text: str) -> None:
    """One line of narration, on stderr."""
    print(clean_line(text), file=sys.stderr)


def fail(message: str, detail: str = "", hint: str = "") -> None:
    """What went wrong, in detail, and what to do about it, on stderr."""
    say(f"error: {message}")
    if detail:
        say(f"  {detail}")
    if hint:
        say(f"hint: {hint}")


def json_text(value: Any) -> str:
    """A value as JSON for people and programs: indented, letters as themselves, everything that could act escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def print_path(path: Path) -> None:
    """A path as a line of data: byte by byte for programs, safe to look at on a terminal."""
    if is_terminal(sys.stdout) or not hasattr(sys.stdout, "buffer"):
        print(shown(path))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(os.fsencode(path) + b"\n")
    sys.stdout.buffer.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person sits at the other end of a stream; a closed one has nobody."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to a stream (see https://no-color.org)."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

"""The page that `postmortem --help` shows, laid out without what reads the command line: that takes longer to load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tui.cli.commands import COMMANDS, NAME

USAGE: Final = f"Usage: {NAME} [OPTIONS] [PATH] | COMMAND …"

ABOUT: Final = """\
Write incident postmortems in the terminal, and check the story against its own clock.

With a PATH (or nothing, for this folder) a library or one incident is opened on screen; --no-mouse leaves the mouse to
the terminal. The commands below work without a screen.
"""

OPTIONS: Final = (("--version", "Show the version and exit."), ("-h, --help", "Show this message and exit."))

EXIT_CODES: Final = (
    "Exit codes: 0 fine, 1 findings, 2 usage or settings, 3 a file cannot be read or written, 4 a file was changed by "
    "somebody else, 70 a fault of the program. A file that is called like a command is ./check."
)

WIDEST: Final = 100
"""On a terminal of more columns than this help is not wider: long lines are hard to read."""
_NARROWEST: Final = 50


def width() -> int:
    """How wide the page is on this terminal."""
    import shutil

    return max(_NARROWEST, min(shutil.get_terminal_size().columns, WIDEST) - 2)


def listed() -> list[tuple[str, str]]:
    """The name and the line of each command that people are shown."""
    return [(name, each.short_help) for name, each in COMMANDS.items() if not each.hidden]


def page(columns: int) -> str:
    """The page, with at most so many characters on a line."""
    paragraphs = ABOUT.split("\n\n")
    blocks = [
        [USAGE],
        *(_wrapped(each, columns) for each in paragraphs),
        ["Options:", *_table(OPTIONS, columns)],
        ["Commands:", *_table(listed(), columns)],
        _wrapped(EXIT_CODES, columns),
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _wrapped(words: str, columns: int) -> list[str]:
    import textwrap

    return textwrap.wrap(words, columns, initial_indent="  ", subsequent_indent="  ")


def _table(rows: Iterable[tuple[str, str]], columns: int) -> Iterator[str]:
    import textwrap

    known = list(rows)
    wide = max(len(name) for name, _ in known) + 4
    for name, line in known:
        first, *rest = textwrap.wrap(line, columns - wide)
        yield f"  {name:<{wide - 2}}{first}"
        yield from (f"{'':{wide}}{more}" for more in rest)

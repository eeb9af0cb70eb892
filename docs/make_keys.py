"""Brings the tables of `docs/keys.md` in line with the registry of commands: `python docs/make_keys.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tui.workspace.commands import SCOPES, Command, key_text, of_scope  # noqa: E402

PAGE = ROOT / "docs" / "keys.md"
START = "<!-- commands: written by `python docs/make_keys.py` -->\n"
END = "<!-- end of the commands -->\n"
HEAD = "| Keys | Command | What it does | Id |\n| --- | --- | --- | --- |\n"


def tables() -> str:
    """The commands of each scope under its heading, as Markdown."""
    return "".join(f"\n## {heading}\n\n{HEAD}{''.join(map(row, of_scope(scope)))}" for scope, heading in SCOPES.items())


def row(command: Command) -> str:
    """A command as a row of its table."""
    keys = " ".join(f"`{key_text(key)}`" for key in command.keys)
    return f"| {keys} | {command.title} | {command.help} | `{command.id}` |\n"


def updated(page: str) -> str:
    """The page with the tables as they should be; what stands around them stays."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}{tables()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(PAGE)

"""A person's settings: theme, name, keys. A fault in them is told and never keeps the program from opening."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import tomli_w

from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import shown
from tui.workspace.paths import config_dir
from tui.workspace.storage import atomic_write

_TYPES: Final[dict[str, tuple[type, str]]] = {
    "theme": (str, 'a name in quotes, such as "postmortem-light"'),
    "author": (str, "your name in quotes"),
    "mouse": (bool, "true or false"),
    "keys": (dict, 'a table such as [keys] with "document.save" = "ctrl+s"'),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says, with what is wrong in it in words."""

    theme: str = "postmortem-dark"
    author: str = ""
    mouse: bool = True
    keys: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def settings_path() -> Path:
    """The settings file."""
    return config_dir() / "settings.toml"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings; what is not there or not usable has its default."""
    path = path or settings_path()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return Settings(problems=(f"{shown(path)}: {error}; the defaults are used",))
    problems: list[str] = []
    known: dict[str, Any] = {}
    for name, value in data.items():
        if name not in _TYPES:
            near = difflib.get_close_matches(name, list(_TYPES), 1)
            problems.append(
                f"{shown(path)}: there is no setting {name!r}" + (f"; did you mean {near[0]}?" if near else "")
            )
        elif not isinstance(value, _TYPES[name][0]):
            problems.append(f"{shown(path)}: {name} has to be {_TYPES[name][1]}")
        else:
            known[name] = value
    return Settings(**known, problems=tuple(problems))


def save_theme(theme: str, path: Path | None = None, disk: Disk = REAL_DISK) -> None:
    """Remember a theme; everything else in the file stays, comments aside.

    Raises:
        UserError: the file cannot be written.
        OSError: the folder cannot be made.
    """
    path = path or settings_path()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, ValueError):
        return  # a file that cannot be read is the person's to mend, not ours to overwrite
    if data.get("theme") == theme:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(path, tomli_w.dumps({**data, "theme": theme}).encode("utf-8"), disk=disk)

"""A person's settings: theme, name, mouse, keys. A fault in them is told and never keeps the program from opening."""

from __future__ import annotations

# Most people have no settings file, and nothing is shown before the settings are known: what reads, mends and writes
# one is imported where it is needed.
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from schemas.text import shorten
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import EXIT_USAGE, UserError, shown
from tui.workspace.paths import config_dir

if TYPE_CHECKING:
    from tui.workspace.fingerprint import Fingerprint

MOST_BYTES: Final = 1 << 20

MOST_UNKNOWN: Final = 20
"""So many names that are no settings are told one by one."""

_LETTERS: Final = 40

_TYPES: Final[dict[str, tuple[type, str]]] = {
    "theme": (str, 'a name in quotes, such as "postmortem-light"'),
    "author": (str, "your name in quotes"),
    "mouse": (bool, "true or false"),
    "screen_diff": (bool, "true or false"),
    "library_index": (bool, "true or false"),
    "keys": (dict, 'a table such as [keys] with document.save = "ctrl+s"'),
}


class Settings(Struct, frozen=True):
    """What the settings file says, with what is wrong in it in words.

    `screen_diff`: whether a terminal is sent only what differs from what it shows. `library_index`: whether what was
    read of the files of a library is kept, so that it opens at once the next time. `keys` has key names by command id
    as they were written (see `tui.workspace.keymap`).
    """

    theme: str = "postmortem-dark"
    author: str = ""
    mouse: bool = True
    screen_diff: bool = True
    keys: Mapping[str, object] = field(default_factory=dict)
    library_index: bool = True
    problems: tuple[str, ...] = ()


def settings_path() -> Path:
    """The settings file."""
    return config_dir() / "settings.toml"


def load_settings(path: Path | None = None, *, disk: Disk = REAL_DISK) -> Settings:
    """Read the settings; what is not there or not usable has its default. Raises nothing."""
    path = path or settings_path()
    try:
        data, _ = _read(path, disk)
    except UserError as error:
        said = f"{error.title}: {error.detail}" if error.detail else error.title
        return Settings(problems=(f"{said} The defaults are used.",))
    problems: list[str] = []
    known: dict[str, Any] = {}
    unknown = 0
    for name, value in data.items():
        if name not in _TYPES:
            unknown += 1
            if unknown > MOST_UNKNOWN:
                continue
            near = get_close_matches(name.lower()[:_LETTERS], _TYPES, 1)
            meant = f"did you mean {near[0]}?" if near else f"there is {', '.join(_TYPES)}"
            problems.append(f"{shown(path)}: there is no setting {shorten(name, _LETTERS)!r}; {meant}")
        elif not isinstance(value, _TYPES[name][0]):
            problems.append(f"{shown(path)}: {name} has to be {_TYPES[name][1]}")
        else:
            known[name] = dict(_flat(value)) if isinstance(value, dict) else value
    if unknown > MOST_UNKNOWN:
        problems.append(f"{shown(path)}: there are {unknown - MOST_UNKNOWN} more names that are no settings")
    return Settings(**known, problems=tuple(problems))


def save_theme(theme: str, path: Path | None = None, disk: Disk = REAL_DISK) -> None:
    """Remember a theme; everything else in the file stays as it is, comments too.

    Raises:
        UserError: the file is not valid TOML, which is the person's to mend and not ours to overwrite, or it cannot be
            written.
    """
    path = path or settings_path()
    from tui.workspace.atomic_writing import atomic_write
    from tui.workspace.disk_errors import could_not_save

    data, before = _read(path, disk)
    if data.get("theme") == theme:
        return
    text = before[0].decode("utf-8-sig") if before else ""
    changed = _with_theme(text, theme)
    if not _is(changed, {**data, "theme": theme}):
        raise UserError(
            f"{path} was left as it is",
            "The theme is set in it in an unusual way.",
            f'Write theme = "{theme}" there yourself.',
        )
    try:
        disk.make_folder(path.parent, 0o700)
    except OSError as error:
        raise could_not_save(path, error) from error
    expect = before[1] if before else None
    atomic_write(path, changed.encode("utf-8"), expect=expect, new=before is None, disk=disk)


def _read(path: Path, disk: Disk) -> tuple[dict[str, Any], tuple[bytes, Fingerprint] | None]:
    """The settings and the file they are from; nothing and None where there is no file."""
    try:
        disk.lstat(path)
    except FileNotFoundError:
        return {}, None
    except OSError:
        pass  # reading it says why
    import tomllib

    from tui.workspace.storage import read_file

    content, fingerprint = read_file(path, limit=MOST_BYTES, disk=disk)
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n")), (content, fingerprint)
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8 text", "", "Save it as UTF-8.", EXIT_USAGE) from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path} is not valid TOML", f"{error}.", "Mend it in an editor.", EXIT_USAGE) from error


def _is(text: str, data: Mapping[str, Any]) -> bool:
    import tomllib

    try:
        return tomllib.loads(text) == data
    except ValueError:
        return False


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, object]]:
    """A table of keys; `document.save = …` without quotes is a table in a table to TOML, and means the same here."""
    found: list[tuple[str, object]] = []
    for name, value in table.items():
        found += _flat(value, f"{before}{name}.") if isinstance(value, dict) else [(before + name, value)]
    return found


def _with_theme(text: str, theme: str) -> str:
    """The text with the theme set in the line that sets it, or in a new line before the first table."""
    import json

    line = f"theme = {json.dumps(theme, ensure_ascii=False)}"
    table = re.search(r"^[ \t]*\[", text, re.MULTILINE)
    top, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    setting = re.compile(r"""^([ \t]*)theme[ \t]*=[ \t]*(?:"[^"\n]*"|'[^'\n]*'|[^\s#]+)""", re.MULTILINE)
    if setting.search(top):
        return setting.sub(lambda found: found[1] + line, top, count=1) + rest
    if top and not top.endswith("\n"):
        top += "\n"
    return f"{top}{line}\n" + (f"\n{rest}" if rest else "")

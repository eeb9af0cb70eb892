"""Names for new files, made from titles: safe on any file system, readable, and never outside their folder."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

NOT_INCIDENTS: Final = frozenset(
    {
        "book.toml", "cargo.toml", "config.toml", "fly.toml", "gitleaks.toml", "hugo.toml", "mise.toml",
        "netlify.toml", "pipfile.toml", "poetry.toml", "postmortem.toml", "project.toml", "pyproject.toml",
        "ruff.toml", "rustfmt.toml", "settings.toml", "taplo.toml", "typos.toml", "uv.toml", "wrangler.toml",
    }
)  # fmt: skip
"""Names, in small letters, of TOML files that are something else, such as the settings of this program."""

NOT_INCIDENT_ENDINGS: Final = (".review.toml",)
"""How the names of files end, in small letters, that belong to an incident and are none."""

MOST_LETTERS: Final = 60
"""The length of the part of a name that comes from a title."""

_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "œ": "oe", "Œ": "oe", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
     "ð": "d", "þ": "th", "ı": "i", "'": None, "’": None}
)  # fmt: skip


def may_be_incident(name: str) -> bool:
    """Whether a file with this name may hold an incident."""
    small = name.lower()
    return small.endswith(".toml") and small not in NOT_INCIDENTS and not small.endswith(NOT_INCIDENT_ENDINGS)


def slug(text: str, most: int = MOST_LETTERS) -> str:
    """A text as part of a file name: small ASCII letters, digits and hyphens, cut at a word; may be empty."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
    if len(words) <= most:
        return words
    cut = words[: most + 1].rpartition("-")[0]
    return cut if len(cut) >= most // 2 else words[:most]


def typed_path(name: str, folder: Path, ending: str = "") -> Path:
    """The path that a typed name means: in the folder unless it says another one, with the ending if it lacks that."""
    path = folder / os.path.expanduser(name.strip())  # noqa: PTH111 (a home that is not known stays as it is typed)
    if ending and path.suffix.lower() != ending:
        path = path.with_name(f"{path.name}{ending}")
    return path


def wrong_file_name(name: str) -> str:
    """Why a typed name cannot be that of a file; empty where it can."""
    if not name.strip():
        return "a file name is needed"
    if "\0" in name or os.path.basename(name.strip()) in ("", ".", ".."):  # noqa: PTH119 (a path has no last slash)
        return "that is no file name"
    return ""


def free_name(path: Path, taken: Callable[[Path], bool] = os.path.lexists) -> Path:
    """The path, or with `-2`, `-3` … before its ending if it is taken."""
    return next(candidate for candidate in numbered(path) if not taken(candidate))


def numbered(path: Path) -> Iterator[Path]:
    """The path, then the same with `-2`, `-3` … before its ending, without end."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


def new_file_name(title: str, day: date | None, folder: Path) -> Path:
    """A name in the folder for a new incident that no file there has, such as `2024-05-02-dev-server-down.toml`."""
    stem = slug(title) or "incident"
    if day is not None:
        stem = f"{day.isoformat()}-{stem}"
    elif f"{stem}.toml" in NOT_INCIDENTS:
        stem = f"incident-{stem}"
    return free_name(folder / f"{stem}.toml")

"""What is really wrong with a file that cannot be read: git's conflict markers, or what they stand around."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from schemas.conflict_markers import split
from schemas.toml_errors import TomlError
from tui.workspace.errors import shown

_MARKER: Final = re.compile(r"^<{7,}(?=\s|\Z)", re.MULTILINE)


def real_fault(path: Path, data: bytes, error: TomlError) -> tuple[bool, TomlError]:
    """Whether git left both versions of a merge in the `data` of a file, and the fault to tell.

    `error` is what reading the data as an incident came to.
    """
    if error.fault == "encoding" or (b"<<<<<<<" not in data and b">>>>>>>" not in data):
        return False, error
    text = data.decode("utf-8-sig")
    try:
        if split(text, str(path)) is None:
            return False, error
    except TomlError as alone:
        return False, alone
    marker = _MARKER.search(text)
    line = text.count("\n", 0, marker.start()) + 1 if marker else 1
    detail = "Git left both versions in it, between `<<<<<<<` and `>>>>>>>`."
    hint = f"`postmortem {shown(path)}` shows them side by side and lets you choose."
    return True, TomlError(str(path), line, 1, detail, hint, fault="conflict")

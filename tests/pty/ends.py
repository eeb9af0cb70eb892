"""Opening the program, whole or with a fault put into it, on a small incident, in order to end it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.pty.terminal import Terminal

ROOT = Path(__file__).parents[2]
FAULTY = (str(Path(__file__).with_name("crashing.py")),)
READY = "Overview"
"""Shown once the document is there; the head and the foot of the screen come before it."""
_INCIDENT = """\
format = 1
title = "Search is down"
status = "draft"
zone = "UTC"

[sections]
summary = "Inside."
"""


def environ(folder: Path, **more: str | None) -> dict[str, str | None]:
    """An environment in which everything that the program keeps is in a folder."""
    homes = {f"XDG_{name.upper()}_HOME": str(folder / name) for name in ("state", "config", "cache", "data")}
    return {"PYTHONPATH": str(ROOT), "HOME": str(folder), **homes, **more}


def opened(
    folder: Path,
    fault: str = "",
    *,
    size: tuple[int, int] = (80, 24),
    before: Callable[[], object] | None = None,
    env: Mapping[str, str | None] | None = None,
) -> Terminal:
    """A terminal with the program in it, on `incident.toml` in the folder; F11 brings about the fault, if any."""
    file = folder / "incident.toml"
    if not file.exists():
        file.write_text(_INCIDENT, encoding="utf-8")
    arguments = [fault, file.name] if fault else [file.name]
    wanted = environ(folder, **(env or {}))
    if not fault:
        return Terminal(*arguments, cwd=folder, size=size, environ=wanted, before=before)
    return Terminal(*arguments, cwd=folder, size=size, environ=wanted, before=before, program=FAULTY)


def slow(*values: object) -> list[ParameterSet]:
    """Parameters of a test that are tried where there is time for them."""
    return [pytest.param(each, marks=pytest.mark.slow) for each in values]


def reports(folder: Path) -> list[Path]:
    """The reports about faults that were written."""
    return sorted((folder / "state" / "postmortem" / "crashes").glob("*"))


def bring_about(terminal: Terminal, folder: Path) -> None:
    """Press F11 and wait until the fault is there."""
    terminal.expect(READY)
    terminal.press("f11")
    terminal.until((folder / "begun").exists)

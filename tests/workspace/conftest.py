"""A file that many tests of reading and writing begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.incident import Event, Incident
from schemas.toml_file import dumps

INCIDENT = Incident(title="Disk full", events=(Event(id="a", text="It stopped"),))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "incident.toml"
    path.write_text(dumps(INCIDENT), encoding="utf-8")
    return path

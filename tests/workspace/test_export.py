"""Markdown files are written whole, beside nothing else, into the folder that was named."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path

import pytest

from schemas.incident import Event, Incident
from schemas.writers.markdown import to_markdown
from tests.workspace.disks import FailingDisk, names
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.export import export_markdown, markdown_path

INCIDENT = Incident(
    title="Down",
    owner="Ada",
    events=(Event(id="a", at=datetime(2024, 5, 2, 9), text="secret", audience="internal"),),
)


def test_writes_the_document(tmp_path: Path) -> None:
    target = tmp_path / "down.md"
    assert export_markdown(INCIDENT, target) == target
    assert target.read_text(encoding="utf-8") == to_markdown(INCIDENT)
    assert names(tmp_path) == ["down.md"]


def test_style_and_audience_are_handed_on(tmp_path: Path) -> None:
    target = export_markdown(INCIDENT, tmp_path / "down.md", audience="external")
    text = target.read_text(encoding="utf-8")
    assert "secret" not in text
    assert "Ada" not in text
    with pytest.raises(KeyError):
        export_markdown(INCIDENT, target, style="no such style")
    assert target.read_text(encoding="utf-8") == text


def test_replaces_an_earlier_export_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "down.md"
    target.write_text("earlier", encoding="utf-8")
    target.chmod(0o640)
    export_markdown(INCIDENT, target)
    assert "earlier" not in target.read_text(encoding="utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("step", range(12))
def test_a_failure_leaves_the_earlier_export(tmp_path: Path, step: int) -> None:
    target = tmp_path / "down.md"
    target.write_text("earlier", encoding="utf-8")
    disk = FailingDisk(step)
    raised: UserError | None = None
    try:
        export_markdown(INCIDENT, target, disk=disk)
    except UserError as error:
        raised = error
    if raised is None:
        assert disk.failed in ("", "sync_folder")
        assert target.read_text(encoding="utf-8") == to_markdown(INCIDENT)
    else:
        assert raised.exit_code == EXIT_FILE
        assert target.read_text(encoding="utf-8") == "earlier"
    assert names(tmp_path) == ["down.md"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a/2024-05-02-down.toml", "2024-05-02-down.md"),
        ("../../etc/passwd", "passwd.md"),
        ("/etc/passwd.toml", "passwd.md"),
        ("v1.2 – notes.toml", "v1.2 – notes.md"),
        ("", "incident.md"),
    ],
)
def test_in_a_folder_only_the_file_s_own_name_counts(tmp_path: Path, source: str, name: str) -> None:
    path = markdown_path(Path(source), tmp_path)
    assert path == tmp_path / name
    assert path.parent == tmp_path

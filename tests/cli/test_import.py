"""`postmortem import`: what it writes, what it tells, and that it never takes the place of a file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from schemas.incident import Incident
from schemas.toml_file import loads
from tests.cli.conftest import Cli

REPORT = """\
# Checkout down

Date: 2024-05-02
Duration: 2 hours

## Summary
Nobody could pay.

## Timeline
- 10:00 EAT: alert fired
- 12:00 EAT: service restored

## Action items
- Renew certificates automatically
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "checkout.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


def only(folder: Path) -> Incident:
    (path,) = folder.glob("*.toml")
    return loads(path.read_text(encoding="utf-8"))


def test_a_document_becomes_an_incident(cli: Cli, report: Path, tmp_path: Path) -> None:
    result = cli("import", report, "--output", tmp_path / "out")
    assert result.code == 0
    assert result.out == f"{tmp_path / 'out' / '2024-05-02-checkout-down.toml'}\n"
    assert "2 events, 1 action" in result.err
    incident = only(tmp_path / "out")
    assert (incident.title, incident.zone) == ("Checkout down", "Africa/Nairobi")
    assert [event.text for event in incident.events] == ["alert fired", "service restored"]


def test_what_it_writes_can_be_checked(cli: Cli, report: Path, tmp_path: Path) -> None:
    cli("import", report, "--output", tmp_path / "out")
    findings = json.loads(cli("check", "--format", "json", tmp_path / "out").out)
    assert not [each for each in findings if each["severity"] == "error"]


def test_the_same_document_gives_the_same_incident_beside_the_first(cli: Cli, report: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert cli("import", report, "-o", tmp_path / "out").code == 0
    first, second = sorted((tmp_path / "out").iterdir())
    assert first.read_bytes() == second.read_bytes()


def test_the_report_as_json(cli: Cli, report: Path, tmp_path: Path) -> None:
    report.write_text(REPORT.replace("EAT", "IST").replace("- Renew", "Severity: Critical\n- Renew"), encoding="utf-8")
    (told,) = json.loads(cli("import", report, "-o", tmp_path / "out", "--format", "json").out)
    assert told["source"] == str(report)
    assert Path(told["output"]).is_file()
    assert (told["events"], told["actions"]) == (2, 1)
    assert {"line", "text", "why"} <= told["unsure"][0].keys()
    assert all(each.keys() == {"line", "text"} for each in told["unplaced"])


def test_a_dry_run_writes_nothing(cli: Cli, report: Path, tmp_path: Path) -> None:
    (told,) = json.loads(cli("import", report, "--dry-run", "--format", "json", "-o", tmp_path / "out").out)
    assert (told["output"], told["events"]) == (None, 2)
    assert not (tmp_path / "out").exists()


def test_zone_and_day_from_outside(cli: Cli, report: Path, tmp_path: Path) -> None:
    report.write_text(REPORT.replace(" EAT", "").replace("Date: 2024-05-02\n", ""), encoding="utf-8")
    result = cli("import", report, "-o", tmp_path / "out", "--zone", "europe/paris", "--date", "2024-05-03")
    assert "assumed" in result.err
    first = only(tmp_path / "out").events[0].at
    assert first is not None
    assert first.isoformat() == "2024-05-03T10:00:00+02:00"


def test_a_folder_and_an_archive_and_one_that_fails(cli: Cli, report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "a.md").write_text(REPORT, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"%PDF-1.7")
    (folder / "c.png").write_bytes(b"x")
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr("deep/c.md", REPORT)
        archive.writestr("deep/picture.png", "x")
    result = cli("import", folder, tmp_path / "old.zip", "-o", tmp_path / "out")
    assert result.code == 3
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert "b.txt" in result.err
    assert "PDF" in result.err
    assert "c.png" not in result.err


@pytest.mark.parametrize(
    ("content", "word"), [(b"", "empty"), (b"\x89PNG\r\n\x1a\n", "picture"), (b"\x00\x01\x02\x03" * 50, "no text")]
)
def test_what_cannot_be_read_is_said_plainly(cli: Cli, tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(content)
    result = cli("import", path, "-o", tmp_path / "out")
    assert result.code == 3
    assert word in result.err
    assert "hint:" in result.err
    assert result.out == ""


def test_a_missing_file_and_a_broken_archive(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no archive")
    for name in ("none.md", "x.zip"):
        result = cli("import", tmp_path / name, "-o", tmp_path / "out")
        assert (result.code, result.out) == (3, "")
        assert name in result.err


@pytest.mark.parametrize("arguments", [[], ["--zone", "Mars/Base", "--dry-run"], ["--date", "2 May", "--dry-run"]])
def test_what_it_was_not_told_right(cli: Cli, report: Path, arguments: list[str]) -> None:
    assert cli("import", report, *arguments).code == 2


def test_a_bar_for_many_documents_at_a_terminal(terminal: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.md").write_text(REPORT.replace("Checkout", f"Shop {number}"), encoding="utf-8")
    result = terminal("import", folder, "-o", tmp_path / "out")
    assert result.code == 0
    assert "100%" in result.err


def test_names_from_an_archive_stay_in_the_folder(cli: Cli, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../../evil.md", "The checkout was down for an hour because of a certificate.\n")
    result = cli("import", tmp_path / "evil.zip", "-o", tmp_path / "out")
    assert result.code == 0
    assert [path.parent for path in (tmp_path / "out").iterdir()] == [tmp_path / "out"]

"""`postmortem new`: the file it makes, and what it refuses to write."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from schemas.incident import Incident
from schemas.toml_file import dumps, loads
from tests.cli.conftest import Cli, Result


def made(result: Result) -> tuple[Path, Incident]:
    """The file that was made and what it holds."""
    assert (result.code, result.out.count("\n")) == (0, 1)
    path = Path(result.out.removesuffix("\n"))
    return path, loads(path.read_text(encoding="utf-8"))


def test_it_is_named_after_its_day_and_title(cli: Cli, tmp_path: Path) -> None:
    result = cli("new", tmp_path, "--title", "Dev server: down!", "--severity", "2", "--zone", "africa/nairobi")
    path, incident = made(result)
    assert path == tmp_path / "2026-03-04-dev-server-down.toml"
    assert incident.changed() == Incident(title="Dev server: down!", severity="SEV2", zone="Africa/Nairobi")
    assert path.read_text(encoding="utf-8") == dumps(incident)
    assert result.err == ""


def test_it_is_made_here_if_nothing_is_said(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path, incident = made(cli("new"))
    assert path == Path("2026-03-04-incident.toml")
    assert incident == Incident()


def test_the_start_is_an_event_and_names_the_file(cli: Cli, tmp_path: Path) -> None:
    path, incident = made(cli("new", tmp_path, "--zone", "Africa/Nairobi", "--started", "2024-05-02 09:00"))
    (event,) = incident.events
    assert path.name == "2024-05-02-incident.toml"
    assert isinstance(event.at, datetime)
    assert (event.at.isoformat(), event.milestones) == ("2024-05-02T09:00:00+03:00", ("impact-start",))


def test_a_clock_is_that_of_today_in_the_zone(cli: Cli, tmp_path: Path) -> None:
    # 12:00 UTC on 4 March is past midnight in Kiritimati.
    _, incident = made(cli("new", tmp_path, "--zone", "Pacific/Kiritimati", "--started", "01:30"))
    at = incident.events[0].at
    assert isinstance(at, datetime)
    assert at.isoformat() == "2026-03-05T01:30:00+14:00"


def test_an_approximate_start_stays_approximate(cli: Cli, tmp_path: Path) -> None:
    _, incident = made(cli("new", tmp_path, "--zone", "UTC", "--started", "~2024-05-02 09:00"))
    assert incident.events[0].about


def test_no_file_is_overwritten(cli: Cli, tmp_path: Path) -> None:
    first, _ = made(cli("new", tmp_path, "--title", "Twice"))
    second, _ = made(cli("new", tmp_path, "--title", "Twice"))
    assert first != second
    result = cli("new", first, "--title", "Other")
    assert (result.code, result.out) == (3, "")
    assert loads(first.read_text(encoding="utf-8")).title == "Twice"


def test_a_name_that_ends_in_toml_is_that_of_the_file(cli: Cli, tmp_path: Path) -> None:
    path, _ = made(cli("new", tmp_path / "mine.toml"))
    assert path == tmp_path / "mine.toml"


def test_folders_are_made_and_that_is_said(cli: Cli, tmp_path: Path) -> None:
    result = cli("new", tmp_path / "a" / "b")
    assert made(result)[0].parent == tmp_path / "a" / "b"
    assert "made the folder" in result.err


def test_a_folder_that_cannot_be_made(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = cli("new", tmp_path / "file" / "inside")
    assert (result.code, result.out) == (3, "")
    assert "error: " in result.err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--severity", "awful", "SEV2"),
        ("--zone", "EST", "America/New_York"),
        ("--zone", "Mars/Olympus", "Africa/Nairobi"),
        ("--started", "yesterdayish", "14:05"),
        ("--title", "two\nlines", "line"),
    ],
)
def test_what_is_refused_says_what_would_be_right(cli: Cli, tmp_path: Path, option: str, value: str, said: str) -> None:
    result = cli("new", tmp_path, option, value)
    assert (result.code, result.out) == (2, "")
    assert option in result.err
    assert said in result.err
    assert list(tmp_path.iterdir()) == []


def test_it_opens_what_it_made(terminal: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def run_app(path: Path, *, mouse: bool, start: str) -> int:
        assert mouse
        assert not start
        opened.append(path)
        return 0

    app = ModuleType("tui.app")
    app.run_app = run_app  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.app", app)
    result = terminal("new", tmp_path, "--open")
    assert opened == [made(result)[0]]

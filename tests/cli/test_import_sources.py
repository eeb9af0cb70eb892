"""`postmortem import` of what is no report: chats, logs, tables, JSON and Slack's export, and the options for them."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.incident import Incident
from schemas.toml_file import loads
from tests.cli.conftest import Cli, Result

TICKETS = """\
Nr;Created;Closed;Note
7;2024-05-02 14:01;2024-05-02 15:00;The shop is slow
8;2024-05-02 14:20;2024-05-02 15:01;Nobody can pay
9;2024-05-02 16:40;2024-05-02 17:00;Thanks to all
"""
CHAT = "13:58 ana: disk is full\n14:02 bo: looking\n16:31 bo: all good\n"


def message(at: str, text: str) -> dict[str, str]:
    return {"type": "message", "user": "U1", "ts": str(datetime.fromisoformat(at).timestamp()), "text": text}


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    path = tmp_path / "tickets.csv"
    path.write_text(TICKETS, encoding="utf-8")
    return path


@pytest.fixture
def slack(tmp_path: Path) -> Path:
    path = tmp_path / "slack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", json.dumps([{"id": "U1", "name": "ana", "profile": {"real_name": "Ana Ode"}}]))
        archive.writestr("channels.json", json.dumps([{"id": "C1", "name": "outage"}, {"id": "C2", "name": "random"}]))
        days = {"2024-05-02": "2024-05-02T21:00:00+00:00", "2024-05-03": "2024-05-03T06:00:00+00:00"}
        for day, at in days.items():
            archive.writestr(f"outage/{day}.json", json.dumps([message(at, f"shop on {day}")]))
        archive.writestr("random/2024-05-02.json", json.dumps([message("2024-05-02T09:00:00+00:00", "lunch?")]))
    return path


def told(result: Result) -> dict[str, Any]:
    (found,) = json.loads(result.out)
    assert isinstance(found, dict)
    return found


def only(folder: Path) -> Incident:
    (path,) = folder.glob("*.toml")
    return loads(path.read_text(encoding="utf-8"))


def texts(folder: Path) -> list[str]:
    return [event.text.split("\n")[0] for event in only(folder).events]


def test_columns_are_mapped(cli: Cli, tickets: Path, tmp_path: Path) -> None:
    result = cli("import", tickets, "-o", tmp_path / "out", "--map", "time=Closed, text=Note")
    assert result.code == 0
    assert "  assumed: this is read as a table" in result.err
    assert texts(tmp_path / "out") == ["The shop is slow", "Nobody can pay", "Thanks to all"]
    assert only(tmp_path / "out").events[0].at == datetime(2024, 5, 2, 15, 0)


def test_keys_of_json_are_mapped_by_their_paths(cli: Cli, tmp_path: Path) -> None:
    rows = [{"fields": {"made": f"2024-05-02T09:0{n}:00Z", "note": f"step {n}"}, "text": "row"} for n in range(3)]
    (tmp_path / "x.json").write_text(json.dumps(rows), encoding="utf-8")
    cli("import", tmp_path / "x.json", "-o", tmp_path / "out", "--map", "time=fields.made,text=fields.note")
    assert texts(tmp_path / "out") == ["step 0", "step 1", "step 2"]


@pytest.mark.parametrize(
    ("mapping", "code", "word"),
    [
        ("time", 2, "time=Created,text=Note"),
        ("when=Created", 2, "the fields are time, date"),
        ("time=Due", 3, "There are Nr, Created, Closed, Note."),
    ],
)
def test_a_mapping_that_fits_nothing(cli: Cli, tickets: Path, mapping: str, code: int, word: str) -> None:
    result = cli("import", tickets, "--dry-run", "--map", mapping)
    assert (result.code, result.out) == (code, "")
    assert word in " ".join(result.err.split())


def test_columns_of_a_document(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("# Down\n\n## Summary\n\nNobody could pay.\n", encoding="utf-8")
    result = cli("import", tmp_path / "x.md", "--dry-run", "--map", "time=Created")
    assert result.code == 3
    assert "no table" in result.err


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--since", "2024-05-02 14:10"], ["Nobody can pay", "Thanks to all"]),
        (["--until", "2024-05-02 14:20"], ["The shop is slow", "Nobody can pay"]),
        (["--since", "14:10", "--until", "4:30 pm"], ["Nobody can pay"]),
        (["--since", "2024-05-02", "--until", "2 May 2024"], ["The shop is slow", "Nobody can pay", "Thanks to all"]),
        (["--since", "2024-05-02 17:10 +03:00", "--zone", "UTC"], ["Nobody can pay", "Thanks to all"]),
        (["--since", "14:10", "--date", "2024-05-02"], ["Nobody can pay", "Thanks to all"]),
    ],
)
def test_a_span_of_time(cli: Cli, tickets: Path, tmp_path: Path, options: list[str], left: list[str]) -> None:
    result = cli("import", tickets, "-o", tmp_path / "out", *options)
    assert result.code == 0
    assert texts(tmp_path / "out") == left
    assert ("lie outside the span" in result.err) is (len(left) < 3)


def test_a_span_of_a_chat_with_clocks_alone(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT, encoding="utf-8")
    found = told(cli("import", tmp_path / "chat.txt", "--dry-run", "--format", "json", "--since", "14:00"))
    assert found["events"] == 2
    assert found["assumed"][0] == {
        "about": "source", "line": None, "said": "this is read as a chat, in which each entry is an event"
    }  # fmt: skip


@pytest.mark.parametrize("when", ["soon", "?", "14:00-15:00", "between 14:00 and 15:00", "25:00", "10/04/2024 14:00"])
@pytest.mark.parametrize("option", ["--since", "--until"])
def test_what_is_no_single_time_is_said(cli: Cli, tickets: Path, option: str, when: str) -> None:
    result = cli("import", tickets, "--dry-run", option, when)
    assert (result.code, result.out) == (2, "")
    assert option in result.err


def test_a_slack_export_is_one_document(cli: Cli, slack: Path, tmp_path: Path) -> None:
    result = cli("import", slack, "-o", tmp_path / "out", "--channel", "#outage")
    assert result.code == 0
    assert "  assumed: this is read as" in result.err
    assert texts(tmp_path / "out") == ["shop on 2024-05-02", "shop on 2024-05-03"]
    incident = only(tmp_path / "out")
    assert (incident.title, incident.events[0].actor) == ("#outage", "Ana Ode")


def test_without_a_channel_the_channels_are_listed(cli: Cli, slack: Path) -> None:
    result = cli("import", slack, "--dry-run")
    assert (result.code, result.out) == (3, "")
    assert "There are #outage, #random." in result.err
    assert "--channel" in result.err


def test_a_channel_that_is_not_there(cli: Cli, slack: Path) -> None:
    result = cli("import", slack, "--dry-run", "--channel", "sales")
    assert result.code == 3
    assert "#outage, #random" in result.err


def test_a_span_of_a_channel(cli: Cli, slack: Path, tmp_path: Path) -> None:
    cli("import", slack, "-o", tmp_path / "out", "--channel", "outage", "--since", "2024-05-03")
    assert texts(tmp_path / "out") == ["shop on 2024-05-03"]


def test_a_document_tells_that_it_has_no_channel(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("# Down\n\n## Summary\n\nNobody could pay.\n", encoding="utf-8")
    result = cli("import", tmp_path / "x.md", "--dry-run", "--channel", "outage")
    assert result.code == 0
    assert "no channels and no span" in result.err

"""`postmortem import` of folders and archives: what is taken out of them, what fails alone, the bar, the report."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tui.workspace import import_files

REPORT = """\
# Checkout down

Date: 2024-05-02

## Timeline
- 10:00 EAT: alert fired
- 12:00 EAT: service restored

## Action items
- Renew certificates automatically
"""
SHAPE = {
    "source": str, "output": str, "events": int, "actions": int, "assumed": list, "unsure": list, "unplaced": list,
}  # fmt: skip


def named(name: str) -> str:
    return REPORT.replace("Checkout", name)


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_all_kinds_of_documents_are_taken_out_of_a_folder(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    (folder / ".git").mkdir(parents=True)
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "a.md").write_text(named("A"), encoding="utf-8")
    (folder / "deep" / "b.TXT").write_text(named("B"), encoding="utf-8")
    (folder / "deep" / "er" / "c.csv").write_text("Time,Text\n2024-05-02 10:00,down\n2024-05-02 10:05,up\n")
    rows = [{"time": f"2024-05-02T10:0{n}:00Z", "text": f"step {n}"} for n in range(3)]
    (folder / "d.json").write_text(json.dumps(rows), encoding="utf-8")
    (folder / "e.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for name in (".hidden.md", ".git/x.md", "photo.png", "tool.py", "data.toml"):
        (folder / name).write_text(named("Wrong"), encoding="utf-8")
    result = cli("import", folder, "--dry-run", "--format", "json")
    assert result.code == 0
    found = [(Path(each["source"]).name, each["events"]) for each in json.loads(result.out)]
    assert found == [("a.md", 2), ("d.json", 3), ("e.jsonl", 3), ("b.TXT", 2), ("c.csv", 2)]


def test_what_a_document_is_called_twice_is_read_once(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    result = cli("import", tmp_path, tmp_path / "a.md", "--dry-run", "--format", "json")
    assert len(json.loads(result.out)) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_in_a_folder_is_not_waited_for(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.md")
    assert cli("import", tmp_path, "--dry-run").code == 0


def test_a_link_that_leads_nowhere_fails_alone(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.md").symlink_to(tmp_path / "gone.md")
    result = cli("import", tmp_path, "--dry-run", "--format", "json")
    assert result.code == 3
    assert len(json.loads(result.out)) == 1
    assert "b.md" in result.err


def test_hidden_members_and_those_of_a_mac_are_left_out(cli: Cli, tmp_path: Path) -> None:
    members = {"in/a.md": REPORT, "__MACOSX/in/._a.md": "x", "in/.draft.md": REPORT, "in/b.png": "x", "in/c.md/": ""}
    result = cli("import", zipped(tmp_path / "a.zip", members), "--dry-run", "--format", "json")
    assert [each["source"] for each in json.loads(result.out)] == [f"{tmp_path / 'a.zip'}/in/a.md"]


def test_one_member_that_fails_does_not_stop_the_others(cli: Cli, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.md": named("A"), "b.md": b"%PDF-1.7", "c.md": "", "d.md": named("D")})
    result = cli("import", path, "-o", tmp_path / "out")
    assert result.code == 3
    assert written(tmp_path / "out") == ["2024-05-02-a-down.toml", "2024-05-02-d-down.toml"]
    assert result.out.splitlines() == [str(tmp_path / "out" / name) for name in written(tmp_path / "out")]
    assert "error: " in result.err
    assert f"{path}/b.md" in result.err
    assert f"{path}/c.md" in result.err


def test_a_member_whose_bytes_are_spoilt(cli: Cli, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.md": named("A") * 20, "b.md": named("B")})
    data = bytearray(path.read_bytes())
    at = data.index(b"a.md") + 10
    data[at : at + 12] = b"\xff" * 12
    path.write_bytes(bytes(data))
    result = cli("import", path, "-o", tmp_path / "out")
    assert result.code == 3
    assert written(tmp_path / "out") == ["2024-05-02-b-down.toml"]
    assert "cannot be unpacked" in result.err


def test_an_archive_that_is_none_does_not_stop_the_others(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    result = cli("import", tmp_path / "broken.zip", tmp_path / "none.md", tmp_path / "a.md", "-o", tmp_path / "out")
    assert result.code == 3
    assert len(written(tmp_path / "out")) == 1
    assert "broken.zip" in result.err
    assert "none.md" in result.err


def test_an_archive_is_opened_once_for_all_that_is_in_it(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path / "a.zip", {f"{number}.md": named(f"No {number}") for number in range(12)})
    opened: list[Path] = []

    class Counted(zipfile.ZipFile):
        def __init__(self, file: Path) -> None:
            opened.append(file)
            super().__init__(file)

    monkeypatch.setattr(zipfile, "ZipFile", Counted)
    assert cli("import", path, "-o", tmp_path / "out").code == 0
    assert len(written(tmp_path / "out")) == 12
    assert len(opened) == 2  # once for the names, once for what they hold


def test_too_many_documents_are_refused(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_files, "_MOST_FILES", 3)
    path = zipped(tmp_path / "a.zip", {f"{number}.md": REPORT for number in range(4)})
    result = cli("import", path, "-o", tmp_path / "out")
    assert (result.code, result.out) == (3, "")
    assert "too many documents" in result.err


def test_nothing_to_read_is_said(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"x")
    result = cli("import", tmp_path, "-o", tmp_path / "out")
    assert result.code == 0
    assert "no documents" in result.err


def test_the_report_as_json_has_the_shape_that_is_promised(cli: Cli, tmp_path: Path) -> None:
    doubtful = named("A").replace("EAT", "IST").replace("Date: 2024-05-02", "Date: 02/05/2024")
    chat = "13:58 ana: disk is full\n14:02 bo: looking\n16:31 bo: all good\n"
    path = zipped(tmp_path / "a.zip", {"a.md": doubtful, "b.txt": chat})
    found = json.loads(cli("import", path, "-o", tmp_path / "out", "--format", "json").out)
    assert [each["source"] for each in found] == [f"{path}/a.md", f"{path}/b.txt"]
    for each in found:
        assert {name: type(value) for name, value in each.items()} == SHAPE
        assert list(each) == list(SHAPE)
        assert Path(each["output"]).is_file()
        for item in each["assumed"]:
            assert item.keys() == {"about", "said", "line"}
            assert item["line"] is None or item["line"] >= 1
        for item in each["unsure"]:
            assert item.keys() == {"line", "text", "why"}
            assert item["line"] >= 1
            assert item["why"]
        assert all(item.keys() == {"line", "text"} for item in each["unplaced"])
    assert found[0]["unsure"]
    assert found[1]["assumed"][0]["about"] == "source"


def test_lines_without_a_place_are_in_the_report_and_in_the_file(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPORT.replace("## Timeline", "## Timeline (Kofi's own notes)"), encoding="utf-8")
    result = cli("import", tmp_path / "a.md", "-o", tmp_path / "out")
    (name,) = written(tmp_path / "out")
    assert "Kofi's own notes" in (tmp_path / "out" / name).read_text(encoding="utf-8")
    (told,) = json.loads(cli("import", tmp_path / "a.md", "--dry-run", "--format", "json").out)
    for line in told["unplaced"]:
        assert f"line {line['line']}, no place found: {line['text']}" in result.err


def test_of_many_doubts_the_first_are_told_and_the_rest_counted(cli: Cli, tmp_path: Path) -> None:
    entries = "".join(f"- 1{n}:0{n} IST: step\n- 0{n}:30 PST: step back\n" for n in range(9))
    (tmp_path / "a.md").write_text(f"# Odd\n\nDate: 2024-07-02\n\n## Timeline\n{entries}", encoding="utf-8")
    result = cli("import", tmp_path / "a.md", "--dry-run")
    (told,) = json.loads(cli("import", tmp_path / "a.md", "--dry-run", "--format", "json").out)
    count = len(told["unsure"]) + len(told["unplaced"])
    assert count > 8
    assert result.err.count("  line ") == 8
    assert f"  {count - 8} more; --format json tells all of them" in result.err


def test_the_bar_and_what_failed_do_not_get_in_each_others_way(terminal: Cli, tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {f"{number}.md": named(f"No {number}") for number in range(6)}
    path = zipped(tmp_path / "a.zip", {**members, "3.md": b"%PDF-1.7"})
    result = terminal("import", path, "-o", tmp_path / "out")
    assert result.code == 3
    assert "reading" in result.err
    assert result.err.index("100%") < result.err.index("error: ")
    assert len(written(tmp_path / "out")) == 5


def test_a_few_documents_need_no_bar(terminal: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REPORT, encoding="utf-8")
    assert "reading" not in terminal("import", tmp_path, "--dry-run").err

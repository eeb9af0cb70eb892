"""`postmortem check`: its output forms, what they leave out, and its exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from schemas.checks import RULES
from tests.cli.conftest import STORY, Cli

WAIVED = """
[[waivers]]
rule = "A01"
reason = "There is only one of us."
"""


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """An incident in which nothing is worse than a remark."""
    path = tmp_path / "clean" / "clean.toml"
    path.parent.mkdir()
    path.write_text('title = "A short title that says it"\n[sections]\nsummary = "Short."\n', encoding="utf-8")
    return path


def found(text: str) -> list[tuple[str, str, str]]:
    """File and line, severity and rule of each finding in the text output."""
    return re.findall(r"^(\S+:\d+) +(error|warning|info) +([A-Z]\d\d)  \S", text, re.MULTILINE)


def test_a_line_a_finding_worst_first(cli: Cli, story: Path) -> None:
    result = cli("check", story)
    rows = found(result.out)
    severities = [severity for _, severity, _ in rows]
    assert "T09" in {rule for _, _, rule in rows}
    assert severities == sorted(severities)
    assert set(severities) == {"error", "warning"}
    assert {place.rpartition(":")[0] for place, _, _ in rows} == {str(story)}
    assert result.code == 1


def test_the_line_is_that_of_the_place(cli: Cli, story: Path) -> None:
    (place,) = [place for place, _, rule in found(cli("check", story).out) if rule == "A01"]
    line = int(place.rpartition(":")[2])
    assert STORY.splitlines()[line - 1] in ("[[actions]]", 'id = "eeee"', 'text = "Automate backups"')


def test_the_hint_stands_under_its_finding(cli: Cli, story: Path) -> None:
    data = json.loads(cli("check", story, "--format", "json").out)
    hint = next(row["hint"] for row in data if row["rule"] == "A01")
    lines = cli("check", story).out.splitlines()
    at = next(number for number, line in enumerate(lines) if "  A01  " in line)
    assert lines[at + 1] == f"    {hint}"


def test_remarks_are_counted_and_shown_only_when_asked_for(cli: Cli, story: Path) -> None:
    quiet, verbose = cli("check", story), cli("check", story, "-v")
    remarks = len(found(verbose.out)) - len(found(quiet.out))
    assert remarks > 0
    assert f"not shown: {remarks} remark" in quiet.err
    assert "not shown" not in verbose.err


def test_waived_findings_are_counted_and_not_shown(cli: Cli, story: Path) -> None:
    story.write_text(STORY + WAIVED, encoding="utf-8")
    result = cli("check", story, "--select", "A01", "--fail-on", "info")
    assert (result.code, result.out) == (0, "")
    assert result.err == "1 file: nothing to mend; not shown: 1 waived\n"


def test_the_summary_goes_to_stderr(cli: Cli, clean: Path) -> None:
    result = cli("check", clean, "--select", "A")
    assert (result.code, result.out, result.err) == (0, "", "1 file: nothing to mend\n")


def test_json_is_a_list_of_exactly_these_keys(cli: Cli, story: Path) -> None:
    story.write_text(STORY + WAIVED, encoding="utf-8")
    result = cli("check", story, "--format", "json")
    rows: list[dict[str, Any]] = json.loads(result.out)
    assert result.code == 1
    for row in rows:
        assert list(row) == ["file", "rule", "severity", "where", "message", "hint", "waived"]
        assert row["file"] == str(story)
    assert {row["rule"]: row["waived"] for row in rows}["A01"] is True
    assert {row["severity"] for row in rows} == {"error", "warning", "info"}


def test_json_of_nothing_is_an_empty_list(cli: Cli, clean: Path) -> None:
    assert json.loads(cli("check", clean, "--select", "A", "--format", "json").out) == []


def test_github_annotations(cli: Cli, story: Path) -> None:
    out = cli("check", story, "--format", "github").out
    rows = re.findall(r"^::(error|warning|notice) file=(.*?),line=(\d+),title=([A-Z]\d\d)::(.+)$", out, re.MULTILINE)
    assert len(rows) == len(out.splitlines()) > 1
    assert {file for _, file, *_ in rows} == {str(story)}
    assert "notice" not in {level for level, *_ in rows}
    assert "::notice " in cli("check", story, "--format", "github", "-v").out


def test_github_annotations_escape_what_would_end_them(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a,b:c%.toml"
    path.write_text(STORY.replace("Automate backups", "50% off, now: yes"), encoding="utf-8")
    out = cli("check", path, "--format", "github", "--select", "A01").out
    assert f"file={tmp_path}/a%2Cb%3Ac%25.toml,line=" in out
    assert "50%25 off, now: yes" in out


def test_sarif(cli: Cli, story: Path) -> None:
    story.write_text(STORY + WAIVED, encoding="utf-8")
    log = json.loads(cli("check", story, "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == list(RULES)
    assert run["invocations"] == [
        {"executionSuccessful": True, "toolExecutionNotifications": [], "toolConfigurationNotifications": []}
    ]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == f"file://{story}"
        assert physical["region"]["startLine"] >= 1
    waived = [result for result in run["results"] if result["ruleId"] == "A01"]
    assert [result["suppressions"] for result in waived] == [
        [{"kind": "inSource", "justification": "There is only one of us."}]
    ]


def test_sarif_names_files_as_addresses(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("käse und brot.toml").write_text(STORY, encoding="utf-8")
    log = json.loads(cli("check", "käse und brot.toml", "--format", "sarif", "--select", "A01").out)
    (result,) = log["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "k%C3%A4se%20und%20brot.toml"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-on", "never"], 0),
        (["--select", "A01"], 0),
        (["--select", "A01", "--fail-on", "warning"], 1),
        (["--select", "a", "--fail-on", "warning"], 1),
        (["--select", "T"], 1),
        (["--select", "T", "--ignore", "T09"], 0),
        (["--ignore", "T,C", "--ignore", "A P", "--fail-on", "info"], 0),
    ],
)
def test_what_makes_it_fail(cli: Cli, story: Path, arguments: list[str], code: int) -> None:
    assert cli("check", story, *arguments).code == code


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_is_none_is_a_usage_error(cli: Cli, story: Path, option: str) -> None:
    result = cli("check", story, option, "T09,X99")
    assert (result.code, result.out) == (2, "")
    assert "'X99'" in result.err
    assert "T09" in result.err


def test_a_profile_that_is_none_is_a_usage_error(cli: Cli, story: Path) -> None:
    result = cli("check", story, "--profile", "nobody")
    assert (result.code, result.out) == (2, "")
    assert "there is default" in result.err


def test_no_path_is_a_usage_error(cli: Cli) -> None:
    assert cli("check").code == 2


def test_folders_are_searched_and_no_file_is_checked_twice(cli: Cli, story: Path, clean: Path) -> None:
    (story.parent / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    result = cli("check", story.parent, story, clean, "--format", "json", "--ignore", "P")
    files = {row["file"] for row in json.loads(result.out)}
    assert str(story) in files
    assert files <= {str(story), str(clean)}
    assert result.err.startswith("2 files: ")


def test_a_folder_without_incidents_is_said(cli: Cli, tmp_path: Path) -> None:
    result = cli("check", tmp_path)
    assert (result.code, result.out) == (0, "")
    assert f"note: there are no incidents in {tmp_path}" in result.err


class TestFilesThatCannotBeRead:
    @pytest.fixture
    def broken(self, tmp_path: Path) -> Path:
        path = tmp_path / "broken.toml"
        path.write_text('title = "x"\nseverity = SEV1\n', encoding="utf-8")
        return path

    def test_the_place_is_told_and_the_others_are_checked(self, cli: Cli, broken: Path, story: Path) -> None:
        result = cli("check", broken, story)
        assert result.code == 3
        assert f"error: {broken}:2:" in result.err
        assert "hint: " in result.err
        assert "not checked: 1 file" in result.err
        assert {place.rpartition(":")[0] for place, _, _ in found(result.out)} == {str(story)}

    def test_in_json_the_shape_stays(self, cli: Cli, broken: Path) -> None:
        result = cli("check", broken, "--format", "json")
        assert (result.code, json.loads(result.out)) == (3, [])
        assert str(broken) in result.err

    def test_in_github_it_is_an_error_beside_the_line(self, cli: Cli, broken: Path) -> None:
        out = cli("check", broken, "--format", "github").out
        assert out.startswith(f"::error file={broken},line=2,title=not checked::")

    def test_in_sarif_the_run_was_not_successful(self, cli: Cli, broken: Path) -> None:
        log = json.loads(cli("check", broken, "--format", "sarif").out)
        (invocation,) = log["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is False
        (notification,) = invocation["toolExecutionNotifications"]
        assert notification["locations"][0]["physicalLocation"]["region"]["startLine"] == 2

    def test_a_file_that_is_not_there(self, cli: Cli, tmp_path: Path) -> None:
        result = cli("check", tmp_path / "nothing.toml")
        assert result.code == 3
        assert "There is no such file" in result.err


class TestAtATerminal:
    def test_findings_are_coloured(self, terminal: Cli, story: Path) -> None:
        assert "\x1b[31m" in terminal("check", story).out

    @pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
    def test_unless_that_is_not_wanted(
        self, terminal: Cli, story: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        monkeypatch.setenv(name, value)
        assert "\x1b" not in terminal("check", story).out

    def test_a_bar_is_shown_for_many_files_only(self, terminal: Cli, story: Path, tmp_path: Path) -> None:
        assert "Checking" not in terminal("check", story).err
        for number in range(25):
            (tmp_path / f"{number}.toml").write_text(STORY, encoding="utf-8")
        many = terminal("check", tmp_path)
        assert "Checking" in many.err
        assert "Checking" not in many.out


def test_no_bar_where_nobody_looks(cli: Cli, tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"{number}.toml").write_text(STORY, encoding="utf-8")
    assert "Checking" not in cli("check", tmp_path).err

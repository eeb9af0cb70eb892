"""`postmortem check --explain`: the guide on the command line."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from schemas.checks import RULES
from schemas.checks.explanations import explanation
from tests.cli.conftest import Cli


def test_a_rule_is_explained_in_markdown(cli: Cli) -> None:
    result = cli("check", "--explain", "T06")
    assert (result.code, result.err) == (0, "")
    assert result.out == explanation("T06").markdown()
    rule = RULES["T06"]
    assert result.out.startswith(f"# T06 {rule.title} ({rule.severity})\n")
    order = [result.out.index(part) for part in ("*Why:*", "*Do:*", "Bad:\n\n```toml\n", "Good:\n\n```toml\n")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("t06", ["T06"]),
        ("t06,P02", ["T06", "P02"]),
        ("P02, T06 , p02", ["P02", "T06"]),
        ("all", sorted(RULES, key=lambda name: ("TCAP".index(name[0]), name))),
    ],
)
def test_names_are_taken_as_people_write_them(cli: Cli, asked: str, told: list[str]) -> None:
    assert re.findall(r"^# (\w+) ", cli("check", "--explain", asked).out, re.MULTILINE) == told


@pytest.mark.parametrize(
    ("asked", "said"),
    [("T5", "T05"), ("TO6", "T06"), ("T06,CO1", "C01"), ("X99", "T01"), (",", "T06"), ("", "T06")],
)
def test_an_unknown_rule_is_a_usage_error_with_the_nearest(cli: Cli, asked: str, said: str) -> None:
    result = cli("check", "--explain", asked)
    assert (result.code, result.out) == (2, "")
    assert "--explain" in result.err
    assert said in result.err


def test_on_a_terminal_it_is_set_for_reading(terminal: Cli) -> None:
    out = terminal("check", "--explain", "T06").out
    assert "\x1b[" in out
    assert "```" not in out
    assert "*Why:*" not in out
    assert "America/Los_Angeles" in out


def test_without_colours_where_they_are_not_wanted(terminal: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[\d;]*3\d", terminal("check", "--explain", "T06").out)


def test_neither_the_guide_nor_rich_is_loaded_to_check(tmp_path: object) -> None:
    """What is needed only on request costs nothing otherwise."""
    code = (
        "import sys; from tui.cli.main import run; run(['check', 'sample_incidents/new-incident.toml']);"
        "loaded = {'rich', 'textual', 'schemas.checks.explanations'} & set(sys.modules);"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

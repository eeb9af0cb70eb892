"""`postmortem check --format sarif`: valid by the official schema, with the guide, the waivers and faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest

from schemas.checks import RULES
from tests.cli.conftest import STORY, Cli
from tests.samples import FOLDER

SCHEMA: Final = Path(__file__).parents[1] / "data" / "sarif-schema-2.1.0.json"

WAIVED: Final = """
[[waivers]]
rule = "A01"
reason = "There is only one of us."
"""


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def log(text: str, validator: jsonschema.Draft7Validator) -> Any:
    """The one run of a valid log."""
    data = json.loads(text)
    assert [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(data)] == []
    assert data["version"] == "2.1.0"
    (run,) = data["runs"]
    return run


def test_the_schema_finds_faults(validator: jsonschema.Draft7Validator) -> None:
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"tool": {}}]})
    assert validator.is_valid({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}}]})


def test_the_log_of_the_samples_is_valid(cli: Cli, validator: jsonschema.Draft7Validator) -> None:
    run = log(cli("check", FOLDER, "--format", "sarif").out, validator)
    assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}


def test_of_waived_findings_broken_files_and_faulty_settings_too(
    cli: Cli, story: Path, validator: jsonschema.Draft7Validator
) -> None:
    story.write_text(STORY + WAIVED, encoding="utf-8")
    broken = story.with_name("broken – ü.toml")
    broken.write_text('title = "x"\nseverity = SEV1\n', encoding="utf-8")
    story.with_name("postmortem.toml").write_text("\nselekt = ['T']\n", encoding="utf-8")
    run = log(cli("check", story.parent, broken, "--format", "sarif").out, validator)
    assert [each["suppressions"] for each in run["results"] if each["ruleId"] == "A01"] == [
        [{"kind": "inSource", "justification": "There is only one of us."}]
    ]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (unread,) = invocation["toolExecutionNotifications"]
    (problem,) = invocation["toolConfigurationNotifications"]
    places = [each["locations"][0]["physicalLocation"] for each in (unread, problem)]
    assert [place["region"]["startLine"] for place in places] == [2, 2]
    assert places[1]["artifactLocation"]["uri"].endswith("/postmortem.toml")
    assert "selekt" in problem["message"]["text"]


def test_the_log_of_nothing_is_valid(cli: Cli, story: Path, validator: jsonschema.Draft7Validator) -> None:
    assert log(cli("check", story, "--select", "P07", "--format", "sarif").out, validator)["results"] == []


def test_rules_bring_their_help(cli: Cli, story: Path, validator: jsonschema.Draft7Validator) -> None:
    rules = log(cli("check", story, "--format", "sarif").out, validator)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    for rule in rules:
        level = {"error": "error", "warning": "warning", "info": "note"}[RULES[rule["id"]].severity]
        assert rule["defaultConfiguration"] == {"level": level}
        assert "Why:" in rule["help"]["text"]
        assert "```toml" in rule["help"]["markdown"]
        assert rule["fullDescription"]["text"]

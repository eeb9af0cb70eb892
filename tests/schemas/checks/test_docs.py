"""The description of the checks is complete: it lists every rule with its title and severity, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from schemas.checks import RULES
from schemas.incident import SEVERITIES
from schemas.sections import SECTIONS, STATUSES

TEXT = (Path(__file__).parents[3] / "docs" / "checks.md").read_text(encoding="utf-8")
FAMILIES = "TCAP"


def test_every_rule_is_described_under_its_title() -> None:
    described = re.findall(r"^### (.+)$", TEXT, re.MULTILINE)
    ordered = sorted(RULES.values(), key=lambda rule: (FAMILIES.index(rule.id[0]), rule.id))
    assert described == [f"{rule.id} {rule.title} ({rule.severity})" for rule in ordered]


def test_every_rule_says_why_and_what_to_do() -> None:
    for part in re.split(r"^### ", TEXT, flags=re.MULTILINE)[1:]:
        assert part.count("\n*Why:*") == part.count("\n*Do:*") == 1, part[:40]


def test_the_sections_that_a_status_asks_for_are_the_real_ones() -> None:
    rows = dict(re.findall(r"^\| (`[^|]+`) \| (.+) \|$", TEXT, re.MULTILINE))
    for row, status in (("`draft`", "draft"), ("`in-review`", "in-review"), ("`approved`, `published`", "approved")):
        asked = {section.heading.lower() for section in SECTIONS if section.required_from == status} - {"root cause"}
        assert asked == {heading.lower() for heading in (s.heading for s in SECTIONS) if heading.lower() in rows[row]}


def test_words_that_are_named_exist() -> None:
    assert all(f"`{status}`" in TEXT for status in STATUSES)
    assert f"`{SEVERITIES[0]}` to `{SEVERITIES[-1]}`" in TEXT

"""The rules are explained completely: each has a file, its examples do what they say, and the page is made of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from schemas import policy_file, toml_file
from schemas.checks import RULES, Finding, check
from schemas.checks.explanations import FAMILIES, Example, explained, explanation, in_order, page
from schemas.incident import SEVERITIES
from schemas.neighbours import neighbour_of
from schemas.sections import SECTIONS, STATUSES

PAGE: Final = Path(__file__).parents[3] / "docs" / "checks.md"
NOW: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)
"""The moment at which the examples are checked, as the page says."""


def findings(example: Example) -> tuple[Finding, ...]:
    policy, problems = policy_file.parse(example.settings)
    assert problems == ()
    others = tuple(
        neighbour_of(f"other-{number}.toml", toml_file.loads(other)) for number, other in enumerate(example.others, 1)
    )
    return check(toml_file.loads(example.incident), NOW, policy, others).findings


def test_every_rule_has_a_file_and_every_file_a_rule() -> None:
    assert set(explained()) == set(RULES)


@pytest.mark.parametrize("rule_id", RULES)
def test_the_bad_example_is_found(rule_id: str) -> None:
    found = [finding for finding in findings(explanation(rule_id).bad) if finding.rule == rule_id]
    assert found
    # The heading promises the worst that the rule says; what is milder is said in the text.
    if RULES[rule_id].severity not in {finding.severity for finding in found}:
        assert re.search(f"(?i)\\b{found[0].severity}\\b", explanation(rule_id).text)


@pytest.mark.parametrize("rule_id", RULES)
def test_the_good_example_is_not(rule_id: str) -> None:
    assert [finding for finding in findings(explanation(rule_id).good) if finding.rule == rule_id] == []


@pytest.mark.parametrize("rule_id", RULES)
def test_the_examples_differ_and_are_short(rule_id: str) -> None:
    known = explanation(rule_id)
    assert list(known.bad.blocks) != list(known.good.blocks)
    assert max(map(len, (known.bad.incident.splitlines(), known.good.incident.splitlines()))) <= 40


@pytest.mark.parametrize("rule_id", RULES)
def test_the_text_is_laid_out_like_the_other_documents(rule_id: str) -> None:
    known = explanation(rule_id)
    prose = f"{known.text}\n{known.why}\n{known.do}"
    assert all(len(line) <= 140 for line in prose.splitlines())
    assert not re.search(r"^#", prose, re.MULTILINE), "headings come from the registry"
    assert all(part.rstrip()[-1] in ".)|`" for part in (known.text, known.why, known.do)), "whole sentences"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/checks.md is stale; run: python docs/make_checks.py"


def test_the_page_lists_every_rule_under_its_title_family_by_family() -> None:
    described = re.findall(r"^### (.+)$", page(), re.MULTILINE)
    assert described == [f"{rule.id} {rule.title} ({rule.severity})" for rule in in_order(RULES.values())]
    assert re.findall(r"^## (.+)$", page(), re.MULTILINE) == [heading for heading, _ in FAMILIES.values()]


def test_the_sections_that_a_status_asks_for_are_the_real_ones() -> None:
    rows = dict(re.findall(r"^\| (`[^|]+`) \| (.+) \|$", explanation("C01").text, re.MULTILINE))
    for row, status in (("`draft`", "draft"), ("`in-review`", "in-review"), ("`approved`, `published`", "approved")):
        asked = {section.heading.lower() for section in SECTIONS if section.required_from == status} - {"root cause"}
        assert asked == {heading.lower() for heading in (s.heading for s in SECTIONS) if heading.lower() in rows[row]}


def test_words_that_are_named_exist() -> None:
    assert all(f"`{status}`" in page() for status in STATUSES)
    assert f"`{SEVERITIES[0]}` to `{SEVERITIES[-1]}`" in page()


class TestFilesOfAnotherShape:
    """What a new file may get wrong is said, and not taken for an empty explanation."""

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Only prose.\n", "in this order"),
            ("It fires.\n\n*Why:* so.\n*Do:* that.\n\nBad:\n\nNothing.\n\nGood:\n\n```toml\n```\n", "one ```toml"),
            (
                "It fires.\n\n*Why:* so.\n*Do:* that.\n\nBad:\n\n```toml\n```\n\nSay more.\n\nGood:\n\n```toml\n```\n",
                "more than TOML",
            ),
        ],
    )
    def test_are_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
        (tmp_path / "T02.md").write_text(text, encoding="utf-8")
        monkeypatch.setattr("schemas.checks.explanations._guide", lambda: tmp_path)
        explanation.cache_clear()
        with pytest.raises(ValueError, match=said):
            explanation("T02")

    def test_a_missing_one_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("schemas.checks.explanations._guide", lambda: tmp_path)
        explanation.cache_clear()
        with pytest.raises(ValueError, match=r"T02\.md is not there"):
            explanation("T02")

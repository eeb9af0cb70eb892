"""C15 and P07: placeholders of a template, and lines left by a merge."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.checks.leftovers import placeholders
from schemas.incident import Incident
from schemas.sections import BY_KEY
from tests.schemas.checks.cases import at, event, found, incident, only

LEFT = [
    ("TODO: ask Kim", "TODO"),
    ("Owner TBD", "TBD"),
    ("(TBA)", "TBA"),
    ("FIXME later", "FIXME"),
    ("XXX who?", "XXX"),
    ("Lorem ipsum dolor", "Lorem ipsum"),
    ("by <your text>", "<your text>"),
    ("<insert summary here>", "<insert summary here>"),
    ("<describe the impact>", "<describe the impact>"),
    ("[Time] something happened", "[Time]"),
    ("[Your name]", "[Your name]"),
    ("| [date] | [owner] |", "[date]"),
    ("HH:MM started", "HH:MM"),
    ("at hh:mm", "hh:mm"),
    ("YYYY-MM-DD", "YYYY-MM-DD"),
    ("# ISSUE NAME", "ISSUE NAME"),
    ("…", "…"),
    (" ... ", "..."),
    ("`code` is fine, TODO is not", "TODO"),
]

REAL = [
    "", "A todo list", "the TODO app was down", "TODO lists were lost", "xxx", "10.0.XXX.XXX", "ticket XXX-12", "TODOS",
    "LTBDX",
    "`TODO`", "```\nTODO\n```", "~~~sh\n# FIXME\n~~~\n", "<!-- TODO: hidden -->",
    "[Time](https://x.example/t)", "[time][1]", "[date]: https://x.example", "- [ ] done", "- [x] done", "arr[name]",
    "[name]/[date]",
    "[ERROR] disk full", "[1]", "press [Enter]", "[Insert] key", "[insert into orders] was slow",
    "<br>", '<a href="x">', "<b>bold</b>", "<summary>More</summary>", "<time>09:00</time>", "<https://x.example>",
    "<kim@x.example>",
    "List<Name>", "kill <pid>", "a < your b and c > d", "a <your b = c>",
    "the format HH:MM was read wrong", "dates in the format DD/MM/YYYY", "at 09:30", "The service name was wrong",
    "waiting... and then", "https://x.example/?q=TODO", "[link](https://x.example/TODO)", "[/b][@click=app.quit]",
]  # fmt: skip


class TestPlaceholders:
    @pytest.mark.parametrize(("text", "word"), LEFT)
    def test_found(self, text: str, word: str) -> None:
        assert word in placeholders(text)

    @pytest.mark.parametrize("text", REAL)
    def test_real_text(self, text: str) -> None:
        assert placeholders(text) == ()

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"title": "Outage of <insert service>"}, "title"),
            ({"sections": {"trigger": "TODO: ask Kim"}}, "sections/trigger"),
            ({"sections": {"background": "TBD"}}, "sections/background"),
            ({"sections": {"lucky": BY_KEY["lucky"].prompt}}, "sections/lucky"),
            ({"other_sections": [{"id": "o", "heading": "TODO", "body": ""}]}, "other_sections/o/heading"),
            ({"other_sections": [{"id": "o", "heading": "Notes", "body": "FIXME"}]}, "other_sections/o"),
            ({"impacts": [{"id": "i", "what": "[description]"}]}, "impacts/i/what"),
            ({"factors": [{"id": "f", "text": "TBD"}]}, "factors/f/text"),
            ({"events": [event("e", at("09:00"), text="...")]}, "events/e/text"),
            ({"actions": [{"id": "a", "text": "TODO"}]}, "actions/a/text"),
        ],
    )
    @pytest.mark.parametrize(
        ("status", "severity"), [("draft", "warning"), ("in-review", "warning"), ("approved", "error")]
    )
    def test_everywhere(self, fields: dict[str, Any], where: str, status: str, severity: str) -> None:
        finding = only(incident(status=status, **fields), "C15")
        assert (finding.where, finding.severity) == (where, severity)

    def test_a_required_section_is_told_once(self) -> None:
        known = incident(status="published", sections={"summary": "TODO", "root_cause": "TBD"})
        assert found(known, "C15") == []
        assert "sections/summary" in [finding.where for finding in found(known, "C01")]
        assert only(known, "C05").where == "sections/root_cause"

    def test_many_are_told_in_short(self) -> None:
        known = incident(*(event(f"e{i}", at("09:00"), text=f"[Time] thing {i}") for i in range(20)))
        findings = found(known, "C15")
        assert [finding.where for finding in findings[-2:]] == ["events/e4/text", "events"]
        assert findings[-1].message == 'placeholders left in 15 more texts, such as "[Time]"'


CONFLICT = "before\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> 36f566f\nafter"


class TestMergeMarkers:
    @pytest.mark.parametrize(
        ("known", "where"),
        [
            (incident(title="<<<<<<< HEAD"), "title"),
            (incident(sections={"summary": CONFLICT}), "sections/summary"),
            (incident(sections={"summary": "end\n>>>>>>> feature/x"}), "sections/summary"),
            (incident(sections={"summary": "||||||| merged common ancestors"}), "sections/summary"),
            (incident(other_sections=[{"id": "o", "heading": "h", "body": CONFLICT}]), "other_sections/o"),
            (incident(impacts=[{"id": "i", "what": CONFLICT}]), "impacts/i/what"),
            (incident(factors=[{"id": "f", "text": CONFLICT}]), "factors/f/text"),
            (incident(event("e", text=CONFLICT)), "events/e/text"),
            (incident(actions=[{"id": "a", "text": CONFLICT}]), "actions/a/text"),
            (incident(comments=[{"id": "c", "text": CONFLICT}]), "comments/c/text"),
        ],
    )
    def test_found(self, known: Incident, where: str) -> None:
        finding = only(known, "P07")
        assert (finding.severity, finding.where) == ("error", where)

    @pytest.mark.parametrize(
        "body",
        [
            "Heading\n=======\n\ntext",
            "a <<<<<<< b",
            ">>>> quoted",
            ">>>>>>>",
            "<<<<<<<",
            "<<<<<<<HEAD",
            "1 << 7",
            " >>>>>>> a",
        ],
    )
    def test_not_found(self, body: str) -> None:
        assert found(incident(sections={"summary": body}), "P07") == []

    def test_many_are_told_in_short(self) -> None:
        findings = found(incident(*(event(f"e{i}", text=CONFLICT) for i in range(9))), "P07")
        assert findings[-1].message == "4 more texts hold lines left by a merge"
        assert len(findings) == 6

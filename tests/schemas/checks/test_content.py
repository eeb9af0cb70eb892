"""The content: C01 to C04, C11 and C13."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.checks import check
from schemas.checks.impact import hedges
from schemas.incident import Incident
from schemas.policy import Policy
from schemas.sections import BY_KEY, SECTIONS
from tests.schemas.checks.cases import NOW, at, event, fixed, found, incident, only

FULL = incident(
    event("a", at("09:00"), "detected", text="The alert on errors fires"),
    severity="SEV2",
    sections={section.key: f"All of the {section.key}." for section in SECTIONS},
)


def places(known: Incident, rule: str) -> list[str]:
    return [finding.where for finding in found(known, rule)]


class TestRequiredParts:
    @pytest.mark.parametrize(
        ("status", "missing"),
        [
            ("draft", ["sections/summary"]),
            ("in-review", ["sections/summary", "sections/impact", "sections/resolution", "events"]),
            ("approved", ["sections/summary", "sections/impact", "sections/detection", "sections/resolution",
                          "sections/went_well", "sections/went_poorly", "sections/lessons", "events"]),
            ("Unheard of", ["sections/summary"]),
        ],
    )  # fmt: skip
    def test_by_status(self, status: str, missing: list[str]) -> None:
        assert places(incident(status=status), "C01") == missing
        assert found(FULL.changed(status=status), "C01") == []

    @pytest.mark.parametrize("title", ["", "  ", "Untitled", "TODO", "TBD.", "New incident", "…"])
    def test_no_title(self, title: str) -> None:
        assert places(FULL.changed(title=title), "C01") == ["title"]

    @pytest.mark.parametrize(
        "body",
        ["", " \n", "TODO", "TBD.", "<!-- write here -->", "### Heading\n\n", "- [ ] TODO\n- TBD", "...", "—",
         BY_KEY["summary"].prompt, BY_KEY["summary"].prompt.replace(" ", "\n")],
    )  # fmt: skip
    def test_what_says_nothing(self, body: str) -> None:
        finding = only(FULL.changed(sections=FULL.sections.changed(summary=body)), "C01")
        assert (finding.severity, finding.where, finding.hint) == (
            "error",
            "sections/summary",
            BY_KEY["summary"].prompt,
        )

    @pytest.mark.parametrize(
        "body", ["None.", "N/A", "TODO: ask Kim", "# Heading\n\ntext", "5", "停电", "<!-- a --> b"]
    )
    def test_what_says_something(self, body: str) -> None:
        assert found(FULL.changed(sections=FULL.sections.changed(summary=body)), "C01") == []

    def test_impacts_may_stand_for_the_section(self) -> None:
        known = FULL.changed(status="published", sections=FULL.sections.changed(impact=""))
        assert places(known, "C01") == ["sections/impact"]
        assert found(known.changed(impacts=[{"id": "i", "what": "Logins failed"}]), "C01") == []

    def test_causes_are_left_to_their_own_rule(self) -> None:
        known = FULL.changed(status="published", sections=FULL.sections.changed(root_cause=""))
        assert found(known, "C01") == []
        assert places(known, "C05") == ["sections/root_cause"]


POLICY = Policy(required={("", "in-review"): ("summary",), ("SEV1", "draft"): ("summary", "lucky")})


class TestAgreedParts:
    """What a team has agreed on stands in the place of the usual parts."""

    @pytest.mark.parametrize(
        ("severity", "status", "missing"),
        [
            ("SEV1", "draft", ["sections/summary", "sections/lucky"]),
            ("SEV2", "draft", ["sections/summary"]),
            ("SEV2", "in-review", ["sections/summary", "events"]),
        ],
    )
    def test_required(self, severity: str, status: str, missing: list[str]) -> None:
        report = check(incident(severity=severity, status=status), NOW, POLICY)
        assert [finding.where for finding in report.findings if finding.rule == "C01"] == missing

    def test_what_is_required_is_told_once(self) -> None:
        policy = Policy(required={("", "in-review"): ("detection", "went_well", "root_cause", "summary")})
        known = incident(status="in-review", sections={"summary": "TODO"})
        told = [finding.rule for finding in check(known, NOW, policy).findings]
        assert told.count("C01") == 4
        assert not {"C04", "C11", "C15"} & set(told)
        assert [each.severity for each in check(known, NOW, policy).findings if each.rule == "C05"] == ["error"]

    def test_what_is_not_is_no_error(self) -> None:
        (cause,) = [each for each in check(incident(status="in-review"), NOW, POLICY).findings if each.rule == "C05"]
        assert cause.severity == "warning"


def impact(body: str = "", *items: dict[str, Any]) -> Incident:
    return incident(sections={"impact": body}, impacts=[{"id": str(i), **item} for i, item in enumerate(items)])


class TestImpactNumber:
    @pytest.mark.parametrize(
        ("known", "where"),
        [
            (impact("Users saw errors."), "sections/impact"),
            (impact("Login on PHP7 and v2 failed, see #12."), "sections/impact"),
            (impact("See `curl -m 5` and [the graph](https://x.example/12)."), "sections/impact"),
            (impact("", {"what": "Logins failed"}), "impacts/0"),
            (impact("", {"what": "Logins failed"}, {"what": "Orders lost"}), "impacts"),
            (impact("", {"what": "Logins failed", "amount": 3}, {"what": "Orders lost"}), "impacts/1"),
        ],
    )
    def test_found(self, known: Incident, where: str) -> None:
        finding = only(known, "C02")
        assert (finding.severity, finding.where) == ("warning", where)

    @pytest.mark.parametrize(
        "known",
        [
            impact(),
            impact("12 % of requests failed."),
            impact("About 1,200 users were logged out."),
            impact("Nobody could log in."),
            impact("The service was gone for all users."),
            impact("~75% of developers"),
            impact("", {"what": "Logins failed", "amount": 0}),
            impact("", {"what": "3 of 5 regions down"}),
            impact("75 % of users.", {"what": "Logins failed"}),
            impact("TODO"),
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "C02") == []


class TestVagueImpact:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Some users saw errors.", ("some users",)),
            ("Many of our customers may have lost mail.", ("many of our customers", "may have")),
            ("12 % of logins failed. Data was possibly lost.", ("possibly",)),
            ("A small number of EU customers saw errors.", ("a small number of eu customers",)),
        ],
    )
    def test_found(self, text: str, words: tuple[str, ...]) -> None:
        assert hedges(text) == words
        assert only(impact(text), "C03").severity == "info"
        assert only(impact("", {"what": text}), "C03").where == "impacts/0"

    @pytest.mark.parametrize(
        "text",
        [
            "Some 1,200 users saw errors.",
            "All users saw errors.",
            "It may rain.",
            "`some users` is a table",
            "",
            "For some time",
        ],
    )
    def test_not_found(self, text: str) -> None:
        assert found(impact(text), "C03") == []

    def test_an_amount_speaks_for_itself(self) -> None:
        assert found(impact("", {"what": "Some users saw errors", "amount": 5}), "C03") == []

    def test_one_finding_for_each_part(self) -> None:
        known = impact("Some users. Many users.", {"what": "Some users"}, {"what": "Several sites"})
        assert places(known, "C03") == ["sections/impact", "impacts"]


class TestDetection:
    def test_found(self) -> None:
        known = incident(event("a", at("09:00")), status="in-review")
        finding = only(known, "C04")
        assert (finding.severity, finding.where) == ("warning", "sections/detection")

    @pytest.mark.parametrize(
        "known",
        [
            incident(status="draft"),
            incident(status="in-review", sections={"detection": "A customer called."}),
            incident(event("a", None, "detected", text="A customer calls"), status="in-review"),
            incident(status="approved"),  # C01 speaks of it
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "C04") == []


class TestHindsight:
    @pytest.mark.parametrize(
        ("status", "section", "rules"),
        [
            ("in-review", "", ["C11"]),
            ("draft", "", []),
            ("in-review", "lucky", []),
            ("in-review", "went_poorly", []),
            ("approved", "", []),  # C01 asks for them one by one
        ],
    )
    def test_found(self, status: str, section: str, rules: list[str]) -> None:
        known = incident(status=status, sections={section: "It was a quiet hour."} if section else {})
        assert [finding.rule for finding in found(known, "C11")] == rules
        assert {finding.severity for finding in found(known, "C11")} <= {"warning"}


class TestSeverity:
    @pytest.mark.parametrize(
        ("severity", "status", "expected"),
        [
            ("", "draft", "info"), ("", "in-review", "warning"), (" ", "published", "warning"),
            ("P1", "draft", "error"), ("critical", "draft", "error"), ("SEV9", "draft", "error"),
            ("SEV12", "draft", "error"),
        ],
    )  # fmt: skip
    def test_found(self, severity: str, status: str, expected: str) -> None:
        finding = only(incident(severity=severity, status=status), "C13")
        assert (finding.severity, finding.where, finding.fix) == (expected, "severity", None)

    @pytest.mark.parametrize("written", ["sev2", "Sev 2", "SEV-2", " SEV2 ", "severity 2", "sev: 2"])
    def test_another_way_to_write_it(self, written: str) -> None:
        known = incident(severity=written)
        assert fixed(known, "C13").severity == "SEV2"
        assert found(fixed(known, "C13"), "C13") == []

    @pytest.mark.parametrize("severity", ["SEV0", "SEV5"])
    def test_not_found(self, severity: str) -> None:
        assert found(incident(severity=severity), "C13") == []

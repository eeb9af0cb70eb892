"""The process: P01 to P05, P08 and P09."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from schemas.checks import check
from schemas.incident import Event, Incident
from schemas.policy import Policy
from schemas.sign_off import content_hash
from tests.schemas.checks.cases import NOW, at, event, fixed, found, incident, only


class TestDocumentOwner:
    @pytest.mark.parametrize("owner", ["", "TBD", "Kim and Lee", "Platform team", "@kim @lee"])
    @pytest.mark.parametrize(
        ("status", "severity"), [("draft", "info"), ("in-review", "warning"), ("published", "warning")]
    )
    def test_found(self, owner: str, status: str, severity: str) -> None:
        finding = only(incident(owner=owner, status=status), "P02")
        assert (finding.severity, finding.where) == (severity, "owner")

    @pytest.mark.parametrize("owner", ["Kim", "@kim", "kim@x.example"])
    def test_not_found(self, owner: str) -> None:
        assert found(incident(owner=owner, status="published"), "P02") == []


class TestStatus:
    @pytest.mark.parametrize(
        ("written", "right"), [("Draft", "draft"), ("in review", "in-review"), ("In_Review", "in-review")]
    )
    def test_another_way_to_write_it(self, written: str, right: str) -> None:
        known = incident(status=written)
        assert only(known, "P08").severity == "error"
        assert fixed(known, "P08").status == right

    @pytest.mark.parametrize("status", ["", "final", "done"])
    def test_another_word(self, status: str) -> None:
        finding = only(incident(status=status), "P08")
        assert finding.fix is None
        assert finding.hint == "Use draft, in-review, approved or published."

    @pytest.mark.parametrize("status", ["draft", "in-review", "approved", "published"])
    def test_not_found(self, status: str) -> None:
        assert found(incident(status=status), "P08") == []


def review(verdict: str, reviewer: str = "Kim") -> dict[str, Any]:
    return {"id": "r", "reviewer": reviewer, "verdict": verdict}


class TestApproval:
    @pytest.mark.parametrize("reviews", [[], [review("changes")], [review("approve"), review("changes")]])
    @pytest.mark.parametrize("status", ["approved", "published"])
    def test_found(self, reviews: list[Any], status: str) -> None:
        finding = only(incident(status=status, reviews=reviews), "P09")
        assert (finding.severity, finding.where) == ("warning", "status")

    @pytest.mark.parametrize(
        ("status", "reviews"),
        [
            ("in-review", []),
            ("draft", []),
            ("approved", [review("approve")]),
            ("approved", [review("changes"), review("approve")]),
            ("published", [review("approve"), review("changes", "Lee")]),
        ],
    )
    def test_not_found(self, status: str, reviews: list[Any]) -> None:
        assert found(incident(status=status, reviews=reviews), "P09") == []


class TestDeadline:
    @pytest.mark.parametrize(
        ("severity", "days", "late"),
        [("SEV1", 5, False), ("SEV1", 6, True), ("SEV2", 10, False), ("SEV2", 11, True), ("", 20, False),
         ("", 21, True), ("SEV4", 21, True), ("odd", 21, True)],
    )  # fmt: skip
    def test_by_severity(self, severity: str, days: int, late: bool) -> None:
        known = incident(event("a", at("09:00"), "detected"), event("b", at("12:00"), "resolved"), severity=severity)
        findings = found(known, "P01", at("12:00") + timedelta(days=days))
        assert [(each.severity, each.where) for each in findings] == ([("warning", "status")] if late else [])

    def test_it_says_since_when_and_what_was_agreed(self) -> None:
        known = incident(event("b", at("12:00"), "resolved"), severity="SEV1")
        assert only(known, "P01").message == (
            "still a draft; it was due on 2024-05-07, 5 days after the end as agreed for SEV1"
        )
        unrated = known.changed(severity="")
        assert only(unrated, "P01").message.endswith("due on 2024-05-22, 20 days after the end as agreed")

    @pytest.mark.parametrize(
        ("events", "due"),
        [
            ([event("a", at("12:00"), "resolved"), event("b", at("12:00", "2024-05-29"))], "07"),
            ([event("a", at("12:00"), "recovered"), event("b", at("12:00", "2024-05-29"))], "07"),
            ([event("a", at("12:00")), event("b", at("12:00", "2024-05-09"))], "14"),
            ([event("a", at("12:00"), until=at("12:00", "2024-05-09"))], "14"),
            ([event("a", date(2024, 5, 2))], "07"),
        ],
    )
    def test_the_end_of_the_incident(self, events: list[Event], due: str) -> None:
        assert f"draft; it was due on 2024-05-{due}," in only(incident(*events, severity="SEV1"), "P01").message

    @pytest.mark.parametrize(
        "known",
        [
            incident(),
            incident(event("a", None, "resolved")),
            incident(event("a", time(9), "detected"), event("b", time(12), "resolved")),
            incident(event("a", at("12:00"), "resolved"), status="in-review"),
            incident(event("a", at("12:00", "2024-05-30"), "resolved"), severity="SEV1"),
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "P01") == []

    def test_what_was_agreed(self) -> None:
        known = incident(event("b", at("12:00"), "resolved"), severity="SEV1")

        def told(**deadlines: int) -> list[str]:
            return [each.rule for each in check(known, NOW, Policy(deadlines=deadlines)).findings if each.rule == "P01"]

        assert told(SEV1=29) == ["P01"]
        assert told(SEV1=30) == []
        assert told(SEV1=0) == []
        assert told() == []


class TestSignatures:
    KNOWN = incident(status="approved", title="Search slow", owner="Kim")
    HASH = content_hash(KNOWN)

    def signed(self, *contents: str, status: str = "approved", **changes: Any) -> Incident:
        reviews = [
            {"id": f"r{i}", "reviewer": f"Lee{i}", "verdict": "approve", "content": content, "at": date(2024, 5, 9)}
            for i, content in enumerate(contents)
        ]
        known: Incident = self.KNOWN.changed(status=status, reviews=reviews, **changes)
        return known

    @pytest.mark.parametrize("content", [HASH, HASH[:24], HASH.removeprefix("sha256:")])
    def test_not_found(self, content: str) -> None:
        assert found(self.signed(content), "P03") == []

    @pytest.mark.parametrize("content", ["", "as of Monday", "v2"])
    def test_what_is_no_hash_is_not_looked_at(self, content: str) -> None:
        assert found(self.signed(content, title="Search down"), "P03") == []

    @pytest.mark.parametrize(
        ("status", "severity"),
        [("draft", "info"), ("in-review", "info"), ("approved", "error"), ("published", "error")],
    )
    def test_found(self, status: str, severity: str) -> None:
        finding = only(self.signed(self.HASH, status=status, title="Search down"), "P03")
        assert (finding.severity, finding.where) == (severity, "reviews/r0")
        assert finding.message == 'changed since "Lee0" on 2024-05-09 approved it'

    def test_somebody_has_seen_it_as_it_is(self) -> None:
        now = content_hash(self.KNOWN.changed(title="Search down"))
        assert only(self.signed(self.HASH, now, title="Search down"), "P03").severity == "warning"
        assert only(self.signed(self.HASH, self.HASH, title="Search down"), "P03").where == "reviews"

    def test_only_the_last_word_counts(self) -> None:
        again = content_hash(self.KNOWN.changed(title="Search down"))
        known = self.signed(self.HASH, again, title="Search down")
        reviews = [known.reviews[0], known.reviews[1].changed(reviewer="@lee0")]
        assert found(known.changed(reviews=reviews), "P03") == []
        refused = [known.reviews[0], known.reviews[1].changed(reviewer="@lee0", verdict="changes")]
        assert found(known.changed(reviews=refused), "P03") == []

    def test_what_may_change(self) -> None:
        known = self.signed(self.HASH)
        assert (
            found(known.changed(status="published", waivers=[], comments=[{"id": "c", "text": "Thanks"}]), "P03") == []
        )


class TestReviewers:
    def test_who_wrote_it(self) -> None:
        known = incident(owner="@kim", authors=["Lee Park"], reviews=[review("approve", "kim@")])
        finding = only(known, "P04")
        assert (finding.severity, finding.where) == ("info", "reviews/r")
        assert finding.message == '"kim@" approved what they wrote or own'
        both = [review("approve", "Kim"), {**review("approve", "@lee.park"), "id": "s"}]
        assert only(known.changed(reviews=both), "P04").where == "reviews"

    @pytest.mark.parametrize(
        "reviews", [[], [review("approve", "@ines")], [review("changes", "@kim")], [review("approve", "")]]
    )
    def test_not_found(self, reviews: list[Any]) -> None:
        assert found(incident(owner="@kim", authors=[""], reviews=reviews), "P04") == []


class TestNobodyAsked:
    @pytest.mark.parametrize("reviews", [[], [review("", " ")]])
    def test_found(self, reviews: list[Any]) -> None:
        finding = only(incident(status="in-review", reviews=reviews), "P05")
        assert (finding.severity, finding.where) == ("info", "status")

    @pytest.mark.parametrize(
        ("status", "reviews"), [("in-review", [review("", "Kim")]), ("draft", []), ("approved", []), ("odd", [])]
    )
    def test_not_found(self, status: str, reviews: list[Any]) -> None:
        assert found(incident(status=status, reviews=reviews), "P05") == []

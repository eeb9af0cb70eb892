"""The process: P02, P08 and P09."""

from __future__ import annotations

from typing import Any

import pytest

from tests.schemas.checks.cases import fixed, found, incident, only


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

"""A word that claims more than the figures: C08."""

from __future__ import annotations

from typing import Any

import pytest

from tests.schemas.checks.cases import found, incident, only

PART = {"id": "i", "what": "Searches that failed", "amount": 310, "total": 9800}


@pytest.mark.parametrize(
    ("fields", "where", "word"),
    [
        ({"title": "Search outage"}, "title", "outage"),
        ({"sections": {"summary": "A 40-minute outage of search."}}, "sections/summary", "outage"),
        ({"sections": {"impact": "Search was completely down."}}, "sections/impact", "completely down"),
        ({"title": "Two outages of search"}, "title", "outages"),
        ({"title": "Search entirely unavailable"}, "title", "entirely unavailable"),
    ],
)
def test_found(fields: dict[str, Any], where: str, word: str) -> None:
    finding = only(incident(**{"title": "x", "impacts": [PART], **fields}), "C08")
    assert (finding.severity, finding.where) == ("info", where)
    assert finding.message == f'says "{word}", but at most 3% is told: "Searches that failed"'


@pytest.mark.parametrize(
    "title",
    [
        "Partial outage of search", "Power outage in Berlin", "No outage, but slow", "Not an outage", "Search slow",
        "The outage page was late", "The `outage` flag", "Outage of one replica", "Near outage of search",
        "System-wide, without outage",
    ],
)  # fmt: skip
def test_not_found(title: str) -> None:
    assert found(incident(title=title, impacts=[PART]), "C08") == []


@pytest.mark.parametrize(
    "fields",
    [
        {"impacts": []},
        {"impacts": [{"id": "i", "what": "Searches", "amount": 310}]},
        {"impacts": [PART, {"id": "j", "what": "Users", "amount": 100, "unit": "% of users"}]},
        {"impacts": [PART, {"id": "j", "what": "Shops", "amount": 212, "total": 212}]},
        {"impacts": [PART], "sections": {"impact": "For 4 minutes 100 % of searches failed."}},
        {"impacts": [{"id": "i", "what": "x", "amount": 1, "total": 0}]},
    ],
)
def test_not_told_of_a_part(fields: dict[str, Any]) -> None:
    assert found(incident(title="Search outage", **fields), "C08") == []

"""Owners that are nearly like somebody known: A02."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.checks import Finding, check
from schemas.checks.ownership import mistyped
from schemas.incident import Incident
from schemas.neighbours import Index, Neighbour, others
from tests.schemas.checks.cases import NOW, fixed, found, incident, only


def owned(*owners: str, **fields: Any) -> Incident:
    return incident(
        actions=[{"id": f"a{i}", "text": "Do it", "owner": owner} for i, owner in enumerate(owners)], **fields
    )


def in_library(known: Incident, *people: str) -> list[Finding]:
    records = (Neighbour("self", "", people=("@marcheti",)), Neighbour("other", "", people=people))
    return [each for each in check(known, NOW, neighbours=others(Index(records), 0)).findings if each.rule == "A02"]


class TestMistyped:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("marchetti", "marcheti"),
            ("marchetti", "marhcetti"),
            ("marchetti", "mmarchetti"),
            ("marchetti", "marchettt"),
            ("tomasz", "tomazs"),
            ("priya", "prriya"),
            ("mdylanfour", "dylanfour"),
            ("zielinski", "zeilinksi"),
        ],
    )
    def test_one_person(self, one: str, other: str) -> None:
        assert mistyped(one, other)
        assert mistyped(other, one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("kim", "tim"),
            ("anna", "anne"),
            ("jonas", "jonas"),
            ("daniel", "daniela"),
            ("andrea", "andreas"),
            ("simon", "simone"),
            ("maria", "mario"),
            ("oncall1", "oncall2"),
            ("devone", "devtwo"),
            ("martin", "marion"),
            ("jonas", "tobias"),
            ("", "abcde"),
        ],
    )
    def test_two_people(self, one: str, other: str) -> None:
        assert not mistyped(one, other)
        assert not mistyped(other, one)


class TestInTheDocument:
    @pytest.mark.parametrize(
        "fields",
        [{"owner": "@marchetti"}, {"authors": ["Marchetti"]}, {"reviews": [{"id": "r", "reviewer": "marchetti@"}]}],
    )
    def test_somebody_in_the_header(self, fields: dict[str, Any]) -> None:
        finding = only(owned("@marcheti", **fields), "A02")
        assert (finding.severity, finding.where) == ("warning", "actions/a0/owner")
        assert '"@marcheti"' in finding.message

    def test_somebody_who_owns_twice_as_much(self) -> None:
        assert '"@marchetti"' in only(owned("@marchetti", "@marcheti", "@marchetti"), "A02").message
        assert found(owned("@marchetti", "@marcheti"), "A02") == []

    def test_the_fix_renames_all_of_them(self) -> None:
        known = owned("@marcheti", "@kim", "@Marcheti", owner="@marchetti")
        assert only(known, "A02").message.startswith("2 actions belong to")
        after = fixed(known, "A02")
        assert [action.owner for action in after.actions] == ["@marchetti", "@kim", "@marchetti"]
        assert found(after, "A02") == []

    @pytest.mark.parametrize(
        "known",
        [
            owned("@marchetti", owner="marchetti@mail.example"),
            owned("@kim", owner="@tim"),
            owned("@marcheti team", owner="@marchetti"),
            owned("", "TBD", owner="@marchetti"),
            owned("@marcheti", owner="@marchetti", authors=["@marcheti"]),
            owned(),
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "A02") == []

    def test_what_is_finished_is_left_in_peace(self) -> None:
        known = owned("@marcheti", owner="@marchetti")
        assert found(known.changed(actions=[known.actions[0].changed(status="done")]), "A02") == []


class TestInTheLibrary:
    def test_a_slip_away(self) -> None:
        (finding,) = in_library(owned("@marcheti"), "@kim", "Marchetti")
        assert finding.message == (
            '"Do it" belongs to "@marcheti", whom nothing else names; another incident also names "Marchetti"'
        )

    @pytest.mark.parametrize("people", [("@marcheti", "Marchetti"), ("Marquetti",), ("@kim",), ()])
    def test_not_found(self, people: tuple[str, ...]) -> None:
        assert in_library(owned("@marcheti"), *people) == []

    def test_who_stands_in_the_document_comes_first(self) -> None:
        (finding,) = in_library(owned("@marcheti", owner="@marchettti"), "Marchetti")
        assert '"@marchettti"' in finding.message

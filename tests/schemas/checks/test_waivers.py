"""Waivers that waive nothing: P10."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.checks import Finding, check
from schemas.checks.waiving import Waivers
from schemas.incident import Waiver
from schemas.policy import DEFAULT, Policy
from tests.schemas.checks.cases import NOW, incident


def idle(*waivers: dict[str, str], policy: Policy = DEFAULT, **fields: Any) -> list[Finding]:
    known = incident(waivers=[{"reason": "So it is.", **waiver} for waiver in waivers], **fields)
    return [finding for finding in check(known, NOW, policy).findings if finding.rule == "P10"]


ORPHAN = {"actions": [{"id": "a", "text": "x"}]}


@pytest.mark.parametrize(
    ("waiver", "fields", "where"),
    [
        ({"rule": "P02"}, {"owner": "Kim"}, "waivers/P02"),
        ({"rule": "A01", "where": "actions/b"}, ORPHAN, "waivers/A01 actions/b"),
        ({"rule": "A01", "where": "actions/a/due"}, ORPHAN, "waivers/A01 actions/a/due"),
        ({"rule": "A99"}, {}, "waivers/A99"),
        ({"rule": "a01"}, {}, "waivers/a01"),
        ({"rule": ""}, {}, "waivers"),
    ],
)
def test_found(waiver: dict[str, str], fields: dict[str, Any], where: str) -> None:
    (finding,) = idle(waiver, **fields)
    assert (finding.severity, finding.where) == ("warning", where)
    assert finding.fix is not None
    known = incident(waivers=[{"reason": "So it is.", **waiver}], **fields)
    after = finding.fix.edit(known)
    assert after.waivers == ()


@pytest.mark.parametrize(
    ("waiver", "fields"),
    [
        ({"rule": "P02"}, {}),
        ({"rule": "A01"}, ORPHAN),
        ({"rule": "A01", "where": "actions"}, ORPHAN),
        ({"rule": "A01", "where": "actions/a"}, ORPHAN),
        ({"rule": "P10"}, {}),
        ({"rule": "A02"}, {}),  # depends on incidents that may not be there
        ({"rule": "A09", "where": "actions/a"}, ORPHAN),
    ],
)
def test_not_found(waiver: dict[str, str], fields: dict[str, Any]) -> None:
    assert idle(waiver, **fields) == []


def test_the_nearest_check_is_named() -> None:
    (finding,) = idle({"rule": "t014"})
    assert "T14" in finding.hint


def test_checks_that_are_left_out_are_not_told() -> None:
    assert idle({"rule": "P02"}, owner="Kim", policy=Policy(ignore=("P02",))) == []
    assert idle({"rule": "P02"}, owner="Kim", policy=Policy(select=("P10", "C"))) == []
    assert len(idle({"rule": "P02"}, owner="Kim", policy=Policy(select=("P",)))) == 1


def test_it_can_be_waived_itself() -> None:
    (finding,) = idle({"rule": "P02"}, {"rule": "P10", "where": "waivers/P02"}, owner="Kim")
    assert finding.waived == "So it is."


PLACES = ("", "events", "events/a", "events/a/at", "events/ab", "sections/impact", "events//at", "/at")


@given(
    st.lists(st.tuples(st.sampled_from(("T01", "T09")), st.sampled_from(PLACES)), max_size=6),
    st.sampled_from(("T01", "T09")),
    st.sampled_from(PLACES),
)
def test_the_first_waiver_of_the_place_or_of_what_is_around_it_counts(
    accepted: list[tuple[str, str]], rule: str, where: str
) -> None:
    waivers = [Waiver(rule=each, where=place, reason=f"{number}") for number, (each, place) in enumerate(accepted)]
    speaking = (
        waiver
        for waiver in waivers
        if waiver.rule == rule and (not waiver.where or f"{where}/".startswith(f"{waiver.where}/"))
    )
    assert Waivers(waivers).of(rule, where) is next(speaking, None)

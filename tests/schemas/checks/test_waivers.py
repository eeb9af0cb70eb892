"""Waivers that waive nothing: P10."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.checks import Finding, check
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

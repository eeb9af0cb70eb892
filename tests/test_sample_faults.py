"""The faults that the samples were kept with: the checks find them, and nothing that is not there."""

from __future__ import annotations

import pytest

from tests.samples import ACCOUNTS, CHECKOUT, DEV_SERVER, HARDWARE, NEW, PRIMARY, SHOP, findings


class TestFaults:
    """What the checks are there to find in these documents, and what they must not."""

    @pytest.mark.parametrize(
        ("name", "rules"),
        [
            (DEV_SERVER, {"A01", "A03"}),
            (ACCOUNTS, {"A01", "A03", "T04", "T05"}),
            (SHOP, {"A01", "A03", "A08", "T01", "T06"}),
            (HARDWARE, {"A01", "A03"}),
            (PRIMARY, {"A01", "A03", "T05", "T09"}),
            (CHECKOUT, {"A08"}),
            (NEW, {"C01"}),
        ],
    )
    def test_found(self, name: str, rules: set[str]) -> None:
        assert rules - {each.rule for each in findings(name)} == set()

    @pytest.mark.parametrize(
        ("name", "rules"),
        [
            (DEV_SERVER, {"T02", "T03", "T04", "T05", "T06", "T07", "T09", "T12", "T13", "T18"}),
            (ACCOUNTS, {"T02", "T03", "T06", "T07", "T09", "T12", "T13", "T18"}),
            (SHOP, {"T02", "T03", "T04", "T05", "T07", "T09", "T12", "T13", "T18", "P07"}),
            (HARDWARE, {"T02", "T03", "T04", "T05", "T06", "T07", "T12", "T13", "T18"}),
            (PRIMARY, {"T02", "T03", "T04", "T06", "T07", "T12", "T13", "T18"}),
            (NEW, {"T05", "T09", "A01", "A03"}),
        ],
    )
    def test_not_found(self, name: str, rules: set[str]) -> None:
        assert [each.message for each in findings(name) if each.rule in rules] == []

    def test_the_four_hours_are_told_which_they_are(self) -> None:
        (length,) = [each for each in findings(PRIMARY) if each.rule == "T09"]
        assert "4h 30m" in length.message
        assert "mitigation begins" in length.message + length.hint

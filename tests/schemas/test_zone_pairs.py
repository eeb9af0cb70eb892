"""Zones that are written as a pair, one name for the winter and one for the summer."""

from __future__ import annotations

import pytest

from schemas.zone_words import take_zone


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("PST/PDT", "America/Los_Angeles"),
        ("CST/CDT", "America/Chicago"),
        ("(CET / CEST)", "Europe/Paris"),
        ("GMT/BST", "Europe/London"),
    ],
)
def test_a_pair_is_the_place_that_has_both(written: str, name: str) -> None:
    found = take_zone(written, 0, whole=False)
    assert found is not None
    assert (found[0].name, found[1]) == (name, len(written))


@pytest.mark.parametrize("written", ["PST/CET", "TCP/UDP", "PST/PDT/MST"])
def test_names_of_two_places_are_no_pair(written: str) -> None:
    assert take_zone(written, 0, whole=False) is None

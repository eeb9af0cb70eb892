"""Profiles side by side: what the same incident is called by others, and taking their names for the head line."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.ui.screens import SAMPLES, app_for, document, run, seen

LONG = SAMPLES / "2025-03-29-checkout-payment-latency.toml"
FOUR_HOURS = SAMPLES / "2023-06-01-primary-server-outage.toml"


def boxed(pilot: Pilot[int]) -> str:
    """The words in the dialog, blanks made single."""
    lines = seen(pilot).splitlines()
    top = next(line for line in lines if "╭" in line)
    left, right = top.index("╭") + 1, top.index("╮")
    return " ".join(" ".join(line[left:right] for line in lines).split())


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_another_profile_is_looked_at_and_taken(size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        before = screen.doc
        assert "resolve 2d 2h 06m (detected → resolved)" in seen(pilot)
        await pilot.press("alt+l")
        await pilot.pause()
        assert "▌default" in seen(pilot)
        await pilot.press("right", "right")
        await pilot.pause()
        assert "▌datadog" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "resolve 2d 1h 54m (declared → resolved)" in seen(pilot)
        assert "datadog" in seen(pilot).splitlines()[-1]
        assert screen.doc is before
        assert not screen.session.dirty

    run(app_for(LONG), scenario, size)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_every_length_can_be_reached_with_all_its_names(size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+l", "home")
        await pilot.pause()
        assert "Called detect (default, firehydrant, datadog, gitlab, firefighter, kehoe)." in boxed(pilot)
        await pilot.press("end")
        await pilot.pause()
        assert "Called resolve (datadog)." in boxed(pilot)

    run(app_for(LONG), scenario, size)


def test_what_is_unknown_says_why() -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+l")
        await pilot.pause()
        assert "unknown (no impact start)" in seen(pilot)

    run(app_for(FOUR_HOURS), scenario)


def test_escape_changes_nothing() -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        before = seen(pilot).splitlines()[:2]
        await pilot.press("alt+l")
        await pilot.pause()
        await pilot.press("right", "escape")
        await pilot.pause()
        assert seen(pilot).splitlines()[:2] == before

    run(app_for(LONG), scenario)


def test_the_mouse_chooses_and_takes_a_profile() -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+l")
        await pilot.pause()
        lines = seen(pilot).splitlines()
        y = next(y for y, line in enumerate(lines) if " kehoe" in line)
        at = (lines[y].index("kehoe"), y)
        await pilot.click(offset=at)
        await pilot.pause()
        assert "▌kehoe" in seen(pilot)
        await pilot.click(offset=at)
        await pilot.pause()
        assert document(pilot).session.profile == "kehoe"

    run(app_for(LONG), scenario)

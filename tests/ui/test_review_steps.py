"""Stepping through the timeline by keys: what is shown of each event, and ways to the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from schemas.incident import Event, Incident
from tests.ui.reviews import event, review, screen, story
from tests.ui.screens import SAMPLES, burst, run, seen, type_text
from tui.app import PostmortemApp
from tui.workspace.services import Services

SIZES = [(80, 24), (120, 40), (200, 50), (60, 20), (40, 12)]


async def press(pilot: Pilot[int], *keys: str) -> str:
    """What is seen after some keys."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()
    return seen(pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_an_event_is_shown_with_all_that_belongs_to_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        shown = await press(pilot, "n")
        for words in ("Thu 2 May 2024", "09:15", "The alert fires", "15m after the impact began"):
            assert words in shown
        assert "2 of 5" in shown
        if size[1] > 12:
            for words in ("exact", "detected", "alert", "https://alerts.example/1"):
                assert words in shown
        if size[0] >= 80:
            assert "open comments 3" in shown
            assert "phase" in shown

    run(review(tmp_path), scenario, size)


def test_keys_go_on_and_back_and_say_where_it_ends(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        at = screen(pilot).walk
        for keys, index in (
            (("n", "right", "j"), 3), (("p", "left"), 1), (("k",), 0), (("end",), 4), (("home",), 0),
            (("m",), 1), (("m",), 3), (("M",), 1), (("g",), 3), (("G",), 3), (("home", "g"), 3),
        ):  # fmt: skip
            await press(pilot, *keys)
            assert at.index == index, keys
        assert "This is the last event" in await press(pilot, "end", "n")
        assert "This is the first event" in await press(pilot, "home", "p")
        assert "No long silence before this one" in await press(pilot, "G")
        assert "No turning point after this one" in await press(pilot, "end", "m")

    run(review(tmp_path), scenario)


def test_a_burst_of_keys_loses_none(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        burst(pilot, *"nnnpn")
        await pilot.pause()
        assert screen(pilot).walk.index == 3

    run(review(tmp_path), scenario, (80, 24))


def test_what_was_known_stands_below_where_no_list_is_beside(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        assert "nothing was known before this" in seen(pilot)
        shown = await press(pilot, "end")
        below = shown[shown.index("known by now") :]
        assert "09:20  Somebody looks at the network" in below
        assert "Everything answers" not in below

    run(review(tmp_path), scenario, (80, 24))


def test_the_list_beside_has_the_place_and_takes_clicks(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await press(pilot, "n", "n")
        at = screen(pilot)
        assert at.story.event_id == "e2"
        row = at.story.row_of("e4")
        await pilot.click("#story", offset=(15, row))
        await pilot.pause()
        assert at.walk.index == 4

    run(review(tmp_path), scenario)


def test_the_list_takes_the_place_of_the_event_where_there_is_no_room(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        assert "Everything answers" not in seen(pilot)
        assert "Everything answers" in await press(pilot, "l")
        await press(pilot, "n", "n")
        assert screen(pilot).story.event_id == "e2"
        assert "Everything answers" not in await press(pilot, "escape")

    run(review(tmp_path), scenario, (80, 24))


def test_a_typed_time_goes_to_what_was_known_by_then(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("t")
        await type_text(pilot, "12:30\n")
        await pilot.pause()
        assert screen(pilot).walk.index == 3
        await pilot.press("t")
        await type_text(pilot, "soon\n")
        assert "✗" in seen(pilot)
        await pilot.press("escape", "t")
        await type_text(pilot, "T+16m\n")
        await pilot.pause()
        assert screen(pilot).walk.index == 1

    run(review(tmp_path), scenario, (80, 24))


def test_comments_and_findings_lead_through_story_and_text(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        at = screen(pilot)
        places = []
        for _ in range(3):
            await press(pilot, "o")
            places.append((at.in_text, at.remark_place()[0]))
        assert places == [(True, "sections/root_cause"), (False, "events/e2"), (True, "actions/bbbb")]
        await press(pilot, "O")
        assert not at.in_text
        visited = set()
        for _ in at.session.report.active():
            await press(pilot, "f8")
            visited.add(at.remark_place()[0])
        assert len(visited) > 1
        assert at.session.report.active()[-1].rule in await press(pilot, "f7", "f8")

    run(review(tmp_path), scenario)


def test_playing_goes_on_by_itself_and_stops_for_a_key_and_at_the_end(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        at = screen(pilot)
        shown = await press(pilot, "space")
        assert "▶ 600x" in shown
        at.play_step()
        assert at.walk.index == 1
        assert at.playing
        assert "▶ 1800x" in await press(pilot, "+")
        assert "▶" not in await press(pilot, "p")
        at.play_step()
        assert at.walk.index == 0
        await press(pilot, "space", "c")
        assert not at.playing
        await press(pilot, "escape", "space")
        for _ in range(9):
            at.play_step()
        assert (at.walk.index, at.playing) == (4, False)
        assert "This is the last event" in await press(pilot, "space")

    run(review(tmp_path), scenario)


def test_the_speed_is_typed(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f6", "ctrl+u")
        await type_text(pilot, "60x\n")
        await pilot.pause()
        assert screen(pilot).habits.speed == 60
        assert "60x" in seen(pilot)

    run(review(tmp_path), scenario, (80, 24))


def test_clocks_are_shown_in_another_zone(tmp_path: Path) -> None:
    incident = story().model_copy(update={"zone": "Africa/Nairobi"})

    async def scenario(pilot: Pilot[int]) -> None:
        assert "12:00 EAT" in seen(pilot)
        assert "09:00 UTC" in await press(pilot, "z")
        await pilot.press("t")
        await type_text(pilot, "09:15\n")
        await pilot.pause()
        assert screen(pilot).walk.index == 1

    run(review(tmp_path, incident), scenario, (80, 24))


def test_links_are_copied_and_never_opened(tmp_path: Path) -> None:
    copied: list[str] = []

    def clipboard(text: str, send: object) -> None:
        copied.append(text)

    async def scenario(pilot: Pilot[int]) -> None:
        assert "There is no link here" in await press(pilot, "y")
        await press(pilot, "n", "y")
        assert copied == ["https://alerts.example/1"]

    run(review(tmp_path, services=Services.fake(clipboard=clipboard)), scenario, (80, 24))


UNUSUAL = {
    "no events": (),
    "one event": (event(0, 0, "Only this"),),
    "no times": (event(0, None, "First"), event(1, None, "Second")),
    "no milestones": (event(0, 0, "a"), event(1, 5, "b")),
    "inexact": (
        event(0, 0, "a", about=True), event(1, 5, "b", margin="2m"), Event(id="d", at=None, as_written="later"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSUAL)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_stories_that_lack_something_are_gone_through(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    incident = Incident(title="Odd", events=UNUSUAL[name])

    async def scenario(pilot: Pilot[int]) -> None:
        for key in (
            "n",
            "n",
            "p",
            "m",
            "M",
            "g",
            "end",
            "home",
            "h",
            "n",
            "space",
            "n",
            "tab",
            "n",
            "tab",
            "l",
            "l",
            "z",
        ):
            await press(pilot, key)
        assert "Odd" in seen(pilot)
        if not incident.events:
            assert "There are no events" in seen(pilot)

    run(review(tmp_path, incident), scenario, size)


def test_every_sample_is_gone_through(tmp_path: Path) -> None:
    for sample in SAMPLES.glob("*.toml"):

        async def scenario(pilot: Pilot[int]) -> None:
            at = screen(pilot)
            for _ in range(len(at.walk.entries) + 1):
                at.action_step(1)
            await pilot.press("tab")
            for _ in at.found_pages:
                at.action_step(1)
                await pilot.pause()

        run(PostmortemApp(sample, Services.fake(), start="review"), scenario, (80, 24))


def test_too_small_says_so_and_still_saves(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        assert "Too small to review" in seen(pilot)
        await press(pilot, "ctrl+s")

    run(review(tmp_path), scenario, (39, 11))


def test_two_thousand_events_repaint_only_what_changed(tmp_path: Path) -> None:
    """A step hands on a few lines: not the list, not the whole event, whatever the length of the story."""
    events = tuple(event(number, number * 3, f"Event {number}", kind="action") for number in range(2_000))

    async def scenario(pilot: Pilot[int]) -> None:
        at = screen(pilot)
        await press(pilot, "n", "n")
        painted: list[int] = []
        for widget in (at.page, at.story, at.title_sheet, at.where):
            original = widget.refresh

            def refresh(*regions: Region, original: Callable[..., object] = original, **more: object) -> object:
                painted.append(sum(region.area for region in regions) if regions else 99_999)
                return original(*regions, **more)

            widget.refresh = refresh  # type: ignore[assignment]
        at.action_step(1)
        assert 0 < sum(painted) < 400
        painted.clear()
        at.action_step(1)
        assert 0 < sum(painted) < 400

    run(review(tmp_path, Incident(title="Long", zone="UTC", events=events)), scenario)

"""Without hindsight nothing on the screen tells what came later, wherever one looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.incident import Action, Comment, Incident, Sections, Stated
from tests.ui.reviews import event, review, screen, story
from tests.ui.screens import app_for, document, run, seen, type_text
from tui.workspace.outline import Spot

pytestmark = pytest.mark.slow


def secret() -> Incident:
    """A story in which whatever is told of the end has the word "secret" in it."""
    return Incident(
        title="Search is down",
        zone="UTC",
        sections=Sections(summary="secret summary", root_cause="secret cause", background="secret past"),
        events=(
            event(0, 0, "Shard runs full", milestones=("impact-start",)),
            event(1, 15, "The alert fires", milestones=("detected",)),
            event(2, 20, "The network is looked at", kind="hypothesis"),
            event(
                3, 3000, "secret rebuild", milestones=("mitigated",), actor="secret hero", links=("https://secret.e",)
            ),
            event(4, 3030, "secret end", milestones=("resolved",)),
        ),
        actions=(Action(id="aaaa", text="secret action"),),
        stated=(Stated(id="ssss", what="duration", value="secret length", minutes=5),),
        comments=(
            Comment(id="cccccc", on="events/e0", author="@lea", text="Full of what?"),
            Comment(id="dddddd", on="sections/root_cause", author="@lea", text="secret question"),
            Comment(id="eeeeee", on="events/e4", author="@lea", text="secret doubt"),
        ),
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (60, 20)], ids=str)
def test_nothing_tells_what_comes(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        async def look(*keys: str) -> None:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            shown = seen(pilot)
            assert "secret" not in shown, keys
            # The length of the whole, the turning points ahead, the phase named by the one that ends it.
            assert "2d 2h" not in shown, keys
            assert "resolve" not in shown, keys
            assert "◐" not in shown, keys

        await pilot.press("h")
        for _ in range(3):
            await look()
            await look("l")
            await look("escape" if size[0] < 110 else "l")
            await look("tab")
            await look("n", "n", "p", "end", "home", "pagedown", "down")
            await look("f4")
            await look("f8", "f7")
            await look("a")
            await look("d")
            await look("ctrl+g")
            await look("escape")
            await look("y")
            await look("z")
            await pilot.press("n")
            await pilot.press("p")
            await pilot.press("n") if screen(pilot).walk.index < 2 else None
        assert screen(pilot).walk.reached == 3

    run(review(tmp_path, secret()), scenario, size)


def test_going_on_reaches_and_going_back_keeps(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        at = screen(pilot)
        await pilot.press("h", "m", "n")
        assert at.walk.last_told == 2
        await pilot.press("home")
        await pilot.pause()
        shown = seen(pilot)
        assert "Somebody looks at" in shown
        assert "The index is rebuilt" not in shown
        assert "no hindsight · 1 of 5" in shown
        await pilot.press("h")
        await pilot.pause()
        assert "The index is rebuilt" in seen(pilot)
        assert "no hindsight" not in seen(pilot)

    run(review(tmp_path), scenario)


def test_the_text_opens_at_the_end(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("h", "tab")
        await pilot.pause()
        assert "stays closed without hindsight" in seen(pilot)
        assert screen(pilot).remark_place() == ("", "")
        await pilot.press("tab", "end", "tab", "n")
        await pilot.pause()
        assert "Search was down until the index was rebuilt" in seen(pilot)

    run(review(tmp_path), scenario, (80, 24))


def test_comments_on_the_closed_text_are_told_and_not_shown(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("h", "o")
        await pilot.pause()
        assert "a comment on the text, which opens at the end" in seen(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert screen(pilot).walk.index == 2
        assert "Why the network?" in seen(pilot)

    run(review(tmp_path), scenario, (120, 40))


def test_it_is_remembered_from_one_review_to_the_next(tmp_path: Path) -> None:
    incident = story()

    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        await pilot.press("alt+h", "h", "escape")
        await pilot.pause()
        assert document(pilot).is_current
        await pilot.press("alt+h")
        await pilot.pause()
        assert "no hindsight" in seen(pilot)

    from tests.ui.screens import written

    run(app_for(written(tmp_path, incident)), scenario)


def test_a_time_beyond_reach_goes_there_and_tells_no_more(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("h", "t")
        await type_text(pilot, "09:30\n")
        await pilot.pause()
        at = screen(pilot)
        assert (at.walk.index, at.walk.last_told) == (2, 2)

    run(review(tmp_path, secret()), scenario)

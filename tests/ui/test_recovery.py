"""Unsaved work at the next start: it is shown with its difference, and taken, discarded, opened beside, or left."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.toml_file import loads
from tests.ui.recoveries import BEFORE, field, killed, left, offered, recovering, summary, until
from tests.ui.screens import document, run, seen, type_text, written
from tests.workspace.journals import NOW
from tui.screens.document import DocumentScreen
from tui.screens.recovery import RecoveryScreen
from tui.workspace.outline import Spot
from tui.workspace.recovery import discarded
from tui.workspace.state_folders import journal_folder

SIZES = [(120, 40), (80, 24), (60, 20)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path, BEFORE)


def names() -> list[str]:
    folder = journal_folder()
    return [each.name for each in folder.iterdir() if each.is_file()] if folder.exists() else []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_it_says_which_when_how_much_and_what_is_different(path: Path, size: tuple[int, int]) -> None:
    killed(path, summary("It broke in the early morning."), field("severity", "SEV1"))

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        shown = seen(pilot)
        for words in ("Unsaved work", "Checkout down", "2026-03-04 12:00", "just now", "unchanged", "SEV2 → SEV1"):
            assert words in shown
        assert "[-night-]{+early morning+}" in shown
        assert "incident.toml" in shown
        assert "2 changes" in shown
        for words in ("Enter take", "b open both", "d discard", "Esc later"):
            assert words in shown

    run(recovering(path), scenario, size)


def test_taken_back_it_is_one_change_of_its_file_that_can_be_undone(path: Path) -> None:
    journal = killed(path, summary("It broke in the early morning."))
    before = path.read_text()

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen))
        screen = document(pilot)
        await until(pilot, lambda: screen.session.dirty)
        assert screen.session.path == path
        assert screen.doc.sections.summary == "It broke in the early morning."
        assert "unsaved" in seen(pilot)
        assert "Taken back" in seen(pilot)
        assert path.read_text() == before
        await until(pilot, lambda: not journal.path.exists())
        assert len(names()) == 1, "the words are in the journal of this session by then"
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "Undone: Recovered unsaved work" in seen(pilot)
        assert screen.doc == BEFORE
        assert not screen.session.dirty
        assert not screen.session.can_undo
        await pilot.press("ctrl+y")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not screen.session.dirty)
        await until(pilot, lambda: not names())

    run(recovering(path), scenario)
    assert loads(path.read_text()).sections.summary == "It broke in the early morning."
    assert left() == ()


def test_for_later_it_stays_and_is_offered_again(path: Path) -> None:
    killed(path, summary("Mine."))

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "is kept: Alt+B" in seen(pilot))
        assert document(pilot).doc == BEFORE
        assert not document(pilot).session.dirty

    for _ in range(2):
        run(recovering(path), scenario)
        assert len(left()) == 1


def test_quitting_on_the_screen_keeps_it(path: Path) -> None:
    killed(path, summary("Mine."))

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()

    assert run(recovering(path), scenario).return_value == 0
    assert len(left()) == 1


def test_discarding_asks_and_can_be_undone(path: Path) -> None:
    killed(path, summary("Mine."))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = await offered(pilot)
        for key in ("c", "escape"):
            await pilot.press("d")
            await pilot.pause()
            assert "Discard these words?" in seen(pilot)
            await pilot.press(key)
            await pilot.pause()
            assert len(left()) == 1
        await pilot.press("d", "d")
        await until(pilot, lambda: screen.recovery.discarded)
        assert "nothing left · 1 discarded" in seen(pilot)
        assert left() == ()
        await pilot.press("u")
        await pilot.pause()
        assert "1 left" in seen(pilot)
        assert len(left()) == 1
        await pilot.press("d", "d")
        await until(pilot, lambda: screen.recovery.discarded)
        await pilot.press("escape")
        await pilot.pause()
        assert "is kept" not in seen(pilot)

    run(recovering(path), scenario)
    assert left() == ()
    assert len(discarded(now=NOW)) == 1


def test_what_was_discarded_is_found_again_on_demand_and_can_be_taken(path: Path) -> None:
    killed(path, summary("Mine."))
    (recovery,) = left()
    assert recovery.put_aside(recovery.at)

    async def scenario(pilot: Pilot[int]) -> None:
        assert isinstance(pilot.app.screen, DocumentScreen)
        await pilot.press("alt+b")
        await offered(pilot)
        assert "discarded" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: document(pilot).session.dirty)
        assert document(pilot).doc.sections.summary == "Mine."
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not recovery.journal.exists())

    run(recovering(path), scenario)


def test_discarded_twice_it_is_gone_for_good(path: Path) -> None:
    killed(path, summary("Mine."))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = await offered(pilot)
        await pilot.press("d", "d")
        await until(pilot, lambda: screen.recovery.discarded)
        await pilot.press("d")
        await pilot.pause()
        assert "for good" in seen(pilot)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen))

    run(recovering(path), scenario)
    assert (left(), discarded(now=NOW)) == ((), ())


def test_both_are_opened_and_the_second_asks_for_a_name(path: Path) -> None:
    journal = killed(path, summary("Mine."))

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen) and document(pilot).session.dirty)
        second = document(pilot)
        assert second.session.path is None
        assert second.doc.sections.summary == "Mine."
        await until(pilot, lambda: not journal.path.exists())
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "incident-recovered.toml" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: not second.session.dirty)
        await pilot.press("escape")
        await until(pilot, lambda: document(pilot) is not second)
        first = document(pilot)
        assert (first.session.path, first.doc) == (path, BEFORE)

    run(recovering(path), scenario)
    assert loads(path.read_text()) == BEFORE
    assert loads((path.parent / "incident-recovered.toml").read_text()).sections.summary == "Mine."
    assert names() == []


def test_several_of_a_folder_one_after_the_other(tmp_path: Path) -> None:
    one = written(tmp_path, BEFORE, "one.toml")
    two = written(tmp_path, BEFORE.changed(title="Search stale"), "two.toml")
    killed(one, summary("Mine of one."))
    killed(two, summary("Mine of two."))
    killed(None, field("title", "Never saved"), begun_in=tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        screen = await offered(pilot)
        assert "3 left" in seen(pilot)
        titles = [each.title for each in screen.found]
        screen.left.move_to(titles.index("Search stale"))
        await offered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen) and document(pilot).session.dirty)
        assert document(pilot).session.path == two
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not document(pilot).session.dirty)
        await pilot.press("escape")
        screen = await offered(pilot)
        assert "2 left" in seen(pilot)
        assert "Search stale" not in seen(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "Unsaved work of 2 incidents is kept" in seen(pilot))

    run(recovering(tmp_path), scenario)
    assert loads(two.read_text()).sections.summary == "Mine of two."
    assert {each.title for each in left()} == {"Checkout down", "Never saved"}


def test_an_incident_that_was_never_saved_comes_back_where_it_was_begun(tmp_path: Path) -> None:
    begun = tmp_path / "incidents"
    begun.mkdir()
    killed(None, field("title", "Search is down"), begun_in=begun)

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        assert "never saved; begun in incidents" in seen(pilot)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen) and document(pilot).session.dirty)
        screen = document(pilot)
        assert (screen.session.path, screen.folder) == (None, begun)
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: not screen.session.dirty)

    run(recovering(tmp_path), scenario)
    (file,) = begun.glob("*.toml")
    assert loads(file.read_text()).title == "Search is down"
    assert left() == ()


def test_what_another_window_takes_is_not_taken_twice(path: Path) -> None:
    killed(path, summary("Mine."))

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        (elsewhere,) = left()
        assert elsewhere.take()
        await pilot.press("enter")
        await until(pilot, lambda: "Another window has it" in seen(pilot))
        await pilot.press("enter")
        await offered(pilot)
        assert document(pilot).doc == BEFORE
        await pilot.press("d", "d")
        await until(pilot, lambda: "Not discarded" in seen(pilot))
        elsewhere.discard()
        await pilot.press("enter")
        await until(pilot, lambda: "Another window has it" in seen(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen))

    run(recovering(path), scenario)


def test_work_of_other_places_is_mentioned_and_listed_on_demand(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    killed(written(other, BEFORE.changed(title="Search stale")), summary("Mine."))
    killed(None, field("title", "Never saved"), begun_in=other)

    async def scenario(pilot: Pilot[int]) -> None:
        await until(pilot, lambda: "Unsaved work of 2 other incidents is kept: Alt+B shows it" in seen(pilot))
        assert isinstance(pilot.app.screen, DocumentScreen)
        await pilot.press("alt+b")
        await offered(pilot)
        assert "2 left" in seen(pilot)
        await pilot.press("alt+b")
        await pilot.pause()
        assert sum(isinstance(each, RecoveryScreen) for each in pilot.app.screen_stack) == 1

    run(recovering(path), scenario)


def test_nothing_is_shown_where_nothing_was_left(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("ctrl+p")
        await type_text(pilot, "recover unsaved")
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing was left unsaved" in seen(pilot))

    run(recovering(path), scenario)
    assert not journal_folder().exists()


def test_the_lists_are_read_by_keys_and_mouse(path: Path) -> None:
    killed(path, *(summary(f"It broke in the night of day {number}. " * 30) for number in range(3)))
    killed(path, field("severity", "SEV4"))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = await offered(pilot)
        assert screen.focused is screen.left
        first = screen.recovery
        await pilot.press("down")
        assert screen.recovery is not first
        await pilot.press("up", "tab")
        assert screen.focused is not screen.left
        await pilot.press("tab")
        assert screen.focused is screen.left
        await offered(pilot)
        while "It broke" not in seen(pilot):
            await pilot.press("down")
            await offered(pilot)
        changes = screen.query_one("#changes")
        assert changes.max_scroll_y > 0
        await pilot.press("pagedown")
        await pilot.pause()
        assert changes.scroll_offset.y > 0
        await pilot.press("pageup")
        await pilot.pause()
        assert changes.scroll_offset.y == 0
        await pilot.click("#foot", offset=(seen(pilot).splitlines()[-1].index("later"), 0))
        await until(pilot, lambda: isinstance(pilot.app.screen, DocumentScreen))

    run(recovering(path), scenario, (80, 24))


def test_what_is_typed_meanwhile_is_kept_too(path: Path) -> None:
    killed(path, field("severity", "SEV1"))

    async def scenario(pilot: Pilot[int]) -> None:
        await offered(pilot)
        await pilot.press("escape")
        await pilot.pause()
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "New. ")
        await pilot.press("alt+b")
        await offered(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: screen.doc.severity == "SEV1")
        assert screen.doc.sections.summary == "New. It broke in the night."
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.doc.severity == "SEV2"
        assert screen.doc.sections.summary == "New. It broke in the night."

    run(recovering(path), scenario)

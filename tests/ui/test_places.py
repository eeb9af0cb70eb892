"""Getting around: sections, panes, findings with their fixes and waivers, search, palette, help."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.geometry import Size
from textual.pilot import Pilot

from schemas.incident import Action, Event, Incident, OtherSection, Sections, Stated
from schemas.toml_file import dumps
from tests.ui.screens import SAMPLES, app_for, document, run, seen, type_text, written
from tests.ui.two_terminals import TwiceShownApp
from tui.screens.document import DocumentScreen
from tui.workspace.outline import Spot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    later = Event(id="aaaa", at=datetime(2024, 5, 2, 10, tzinfo=UTC), text="Later")
    earlier = Event(id="bbbb", at=datetime(2024, 5, 2, 9, tzinfo=UTC), text="Earlier")
    incident = Incident(
        title="Checkout down",
        zone="UTC",
        severity="SEV2",
        owner="ana",
        sections=Sections(summary="The needle is here.", lessons="Another Needle."),
        events=(later, earlier),
        actions=(Action(id="act1", text="Find the needle", owner="bo"),),
        other_sections=(OtherSection(id="own1", heading="Weather", body="Rain."),),
    )
    return written(tmp_path, incident)


def test_another_section_is_laid_out_and_painted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shutil.copy(SAMPLES / "2025-03-29-checkout-payment-latency.toml", tmp_path))
    laid_out: list[bool] = []
    lay_out = DocumentScreen._refresh_layout

    def counted(screen: DocumentScreen, size: Size | None = None, scroll: bool = False) -> None:
        laid_out.append(scroll)
        lay_out(screen, size, scroll)

    monkeypatch.setattr(DocumentScreen, "_refresh_layout", counted)
    app = TwiceShownApp(path)
    steps: list[tuple[str, int, int]] = []

    async def scenario(pilot: Pilot[int]) -> None:
        there_and_back = (*["ctrl+pagedown"] * 14, *["ctrl+pageup"] * 14)
        # What was never seen has no size yet.
        await pilot.press(*there_and_back)
        for key in there_and_back:
            laid_out.clear()
            before = app.painted
            await pilot.press(key)
            await pilot.pause(0.1)
            steps.append((document(pilot).spot.part, len(laid_out), app.painted - before))

    run(app, scenario, size=(80, 24))
    assert len({part for part, _, _ in steps}) > 10
    assert not [step for step in steps if step[1] > 1 or step[2] > 1]


def test_next_finding_goes_there_and_its_fix_is_one_key_and_one_undo(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        rules = [finding.rule for finding in screen.session.report.active()]
        assert "T12" in rules
        for _ in range(rules.index("T12") + 1):
            await pilot.press("f8")
            await pilot.pause()
        assert "T12" in seen(pilot).splitlines()[-1]
        await pilot.press("alt+x")
        await pilot.pause()
        assert [event.id for event in screen.doc.events] == ["bbbb", "aaaa"]
        assert "T12" not in [finding.rule for finding in screen.session.report.active()]
        await pilot.press("ctrl+z")
        assert [event.id for event in screen.doc.events] == ["aaaa", "bbbb"]

    run(app_for(path), scenario)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_a_visited_finding_says_what_is_wrong_at_every_size(path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        for finding in screen.session.report.active():
            await pilot.press("f8")
            await pilot.pause()
            words = " ".join(seen(pilot).replace("│", " ").split())
            assert " ".join(finding.message.split()[:4]) in words, finding

    run(app_for(path), scenario, size)


def test_waiving_needs_a_reason_and_is_kept_in_the_document(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("f8", "alt+w")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "a reason is needed" in seen(pilot)
        await type_text(pilot, "known and accepted\n")
        await pilot.pause()
        (waiver,) = screen.doc.waivers
        assert waiver.reason == "known and accepted"
        assert waiver.by == "tester"
        assert any(finding.waived for finding in screen.session.report.findings)

    run(app_for(path), scenario)


def test_find_walks_through_every_place_and_round_again(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("ctrl+f")
        await pilot.pause()
        await type_text(pilot, "needle\n")
        await pilot.pause()
        places = [screen.spot.part]
        for _ in range(3):
            await pilot.press("ctrl+r")
            await pilot.pause()
            places.append(screen.spot.part)
        assert places == ["summary", "lessons", "actions", "summary"]
        assert screen.prose.selected_text == "needle"

    run(app_for(path), scenario)


def test_sections_of_ones_own_are_added_renamed_moved_and_removed(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("impact"))
        await pilot.press("alt+s")
        await pilot.pause()
        await type_text(pilot, "Partners\n")
        await pilot.pause()
        added = next(section for section in screen.doc.other_sections if section.heading == "Partners")
        assert added.after == "impact"
        assert screen.spot.part == added.id
        await type_text(pilot, "None.")
        await pilot.press("alt+r")
        await pilot.pause()
        await type_text(pilot, " and friends\n")
        await pilot.pause()
        assert "Partners and friends" in seen(pilot)
        keys = [screen.sections.part_at(i) for i in range(screen.sections.row_count)]
        screen.sections.focus()
        await pilot.press("shift+down")
        await pilot.pause()
        assert [screen.sections.part_at(i) for i in range(screen.sections.row_count)].index(added.id) > keys.index(
            added.id
        )
        await pilot.press("d")
        await pilot.pause()
        assert added.id not in [section.id for section in screen.doc.other_sections]
        await pilot.press("ctrl+z", "ctrl+z")
        assert "None." in [section.body for section in screen.doc.other_sections]

    run(app_for(path), scenario)


def test_actions_are_added_filled_in_and_moved(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("actions"))
        await pilot.press("n")
        await pilot.pause()
        await type_text(pilot, "Alert on disk use")
        await pilot.press("escape")
        await pilot.pause()
        assert [action.text for action in screen.doc.actions] == ["Find the needle", "Alert on disk use"]
        await pilot.press("K")
        await pilot.pause()
        assert [action.text for action in screen.doc.actions] == ["Alert on disk use", "Find the needle"]
        await pilot.press("d")
        assert [action.text for action in screen.doc.actions] == ["Find the needle"]

    run(app_for(path), scenario)


def test_a_due_day_that_is_none_is_refused_and_a_right_one_is_taken(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("actions", "act1", "due"))
        await pilot.pause()
        await type_text(pilot, "whenever")
        assert screen.doc.actions[0].due is None
        assert "✗" in seen(pilot)
        await pilot.press("ctrl+u")
        await type_text(pilot, "July 31, 2026")
        due = screen.doc.actions[0].due
        assert due is not None
        assert due.isoformat() == "2026-07-31"

    run(app_for(path), scenario)


def test_the_palette_runs_commands_and_jumps(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause()
        await type_text(pilot, "lessons learned\n")
        await pilot.pause()
        assert screen.spot.part == "lessons"
        await pilot.press("f3")
        await pilot.pause()
        await type_text(pilot, "next theme\n")
        await pilot.pause()
        assert pilot.app.theme == "postmortem-light"

    run(app_for(path), scenario)


def test_help_lists_and_finds_every_command(path: Path) -> None:
    from tui.screens.help import command_choices
    from tui.workspace.commands import COMMANDS

    assert {choice.value for choice in command_choices() if not choice.heading} == {command.id for command in COMMANDS}

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f1")
        await pilot.pause()
        await type_text(pilot, "milestones")
        assert "Set milestones" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "Set milestones" not in seen(pilot)

    run(app_for(path), scenario)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_escape_backs_out_level_by_level_and_never_leaves_the_program(path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("actions", "act1"))
        await pilot.pause()
        for _ in range(4):
            await pilot.press("escape")
            await pilot.pause()
        assert screen.focused is screen.sections
        assert pilot.app.is_running

    run(app_for(path), scenario, size)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_every_pane_is_reached_with_one_key(path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await pilot.pause()
        found = []
        for _ in range(4):
            await pilot.press("f6")
            await pilot.pause()
            assert screen.focused is not None
            assert screen.focused.region.area > 0, "the pane with the focus is visible"
            found.append(screen.focused.id)
        assert found == ["timeline", "findings", "sections", "prose"]

    run(app_for(path), scenario, size)


def test_resizing_keeps_the_focus_and_the_place(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("lessons"))
        await pilot.pause()
        screen.prose.move_cursor((0, 7))
        for width, height in ((80, 24), (60, 20), (30, 8), (200, 50), (120, 40)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
        assert screen.focused is screen.prose
        assert screen.prose.cursor_location == (0, 7)
        assert screen.spot.part == "lessons"

    run(app_for(path), scenario)


def test_a_tiny_window_says_so_and_still_saves(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "Oh. ")
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        assert "Too small" in seen(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert not screen.session.dirty

    run(app_for(path), scenario)
    assert "Oh. The needle" in path.read_text()


def test_a_stated_length_is_corrected_where_the_finding_leads(tmp_path: Path) -> None:
    def at(hour: int, minute: int) -> datetime:
        return datetime(2024, 5, 2, hour, minute, tzinfo=UTC)

    incident = Incident(
        title="Four hours",
        zone="UTC",
        sections=Sections(summary="It broke."),
        events=(
            Event(id="aaaa", at=at(8, 0), text="Noticed", milestones=("impact-start", "detected")),
            Event(id="bbbb", at=at(12, 30), text="Over", milestones=("recovered", "resolved")),
        ),
        stated=(Stated(id="ssss", what="duration", value="4 hours", where="header", minutes=240),),
    )

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("f8")
        await pilot.pause()
        assert "T09" in seen(pilot).splitlines()[-1]
        await pilot.press("end", "ctrl+u")
        await type_text(pilot, "4h 30m")
        (stated,) = screen.doc.stated
        assert (stated.value, stated.minutes) == ("4h 30m", 270)
        assert "T09" not in [finding.rule for finding in screen.session.report.active()]

    run(app_for(written(tmp_path, incident)), scenario)


def test_every_finding_is_visited_once_though_some_share_rule_and_place(path: Path) -> None:
    actions = tuple(Action(id=f"act{number}", text=f"Do the thing {number}", owner="Kim") for number in range(4))
    path.write_text(dumps(Incident(title="Search down", actions=actions)), encoding="utf-8")

    async def scenario(pilot: Pilot[int]) -> None:
        found = document(pilot).session.report.active()
        shared = [(each.rule, each.where) for each in found]
        assert len(set(shared)) < len(shared)
        visited = set()
        for _ in found:
            await pilot.press("f8")
            await pilot.pause()
            visited.add(document(pilot).visited)
        assert len(visited) == len(found)

    run(app_for(path), scenario)


def test_the_next_section_is_one_key_away_from_a_field(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.focus_editor()
        await pilot.press("ctrl+pagedown")
        await pilot.pause()
        assert screen.spot.part == "own1"
        await pilot.press("ctrl+pageup")
        await pilot.pause()
        assert screen.spot == Spot("overview")

    run(app_for(path), scenario)

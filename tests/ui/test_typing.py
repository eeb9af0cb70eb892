"""What is typed is in the document, in the file and on the screen, however fast it comes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from schemas.incident import Event, Incident, Sections
from tests.ui.screens import app_for, burst, document, run, seen, type_text, written
from tui.workspace.outline import Spot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path, Incident(title="Checkout down", zone="UTC", sections=Sections(summary="It broke.")))


def test_two_hundred_keys_then_save_with_no_pause_are_all_in_the_file(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        await pilot.pause()
        burst(pilot, *"abcdefghij" * 20, "ctrl+s")
        await pilot.pause()
        await pilot.pause()
        assert not document(pilot).session.dirty

    run(app_for(path), scenario)
    assert tomllib.loads(path.read_text())["sections"]["summary"] == "abcdefghij" * 20 + "It broke."


def test_two_hundred_keys_then_quit_with_no_pause_ask_before_leaving(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        await pilot.pause()
        burst(pilot, *"abcdefghij" * 20, "ctrl+q")
        await pilot.pause()
        await pilot.pause()
        assert "Not saved yet" in seen(pilot)
        await pilot.press("s")
        await pilot.pause()

    app = run(app_for(path), scenario)
    assert app.return_code == 0
    assert tomllib.loads(path.read_text())["sections"]["summary"].startswith("abcdefghij" * 20)


def test_keys_in_a_form_field_then_save_with_no_pause(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("overview", None, "owner"))
        await pilot.pause()
        burst(pilot, *"anamaria" * 25, "ctrl+s")
        await pilot.pause()
        await pilot.pause()

    run(app_for(path), scenario)
    assert tomllib.loads(path.read_text())["owner"] == "anamaria" * 25


def test_undo_goes_back_to_the_saved_state_and_takes_the_mark_away(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        assert "unsaved" not in seen(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "Oh no. ")
        assert "● unsaved" in seen(pilot)
        assert screen.doc.sections.summary == "Oh no. It broke."
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.doc.sections.summary == "It broke."
        assert "unsaved" not in seen(pilot)
        assert screen.prose.text == "It broke."
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert screen.prose.text == "Oh no. It broke."

    run(app_for(path), scenario)


def test_a_paste_is_a_step_of_its_own_and_undo_leaves_the_cursor_where_it_was_made(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "So ")
        pilot.app.post_message(events.Paste("pasted line\n"))
        await pilot.pause()
        await type_text(pilot, "typed ")
        seen_texts = []
        for _ in range(3):
            await pilot.press("ctrl+z")
            await pilot.pause()
            seen_texts.append(screen.prose.text)
        assert seen_texts == ["So pasted line\nIt broke.", "So It broke.", "It broke."]
        assert screen.prose.cursor_location == (0, 0)

    run(app_for(path), scenario)


def test_undo_reveals_a_change_made_in_another_section(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("impact"))
        await type_text(pilot, "Everybody")
        await screen.open_spot(Spot("lessons"))
        await pilot.pause()
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.spot.part == "impact"
        assert screen.prose.text == ""

    run(app_for(path), scenario)


def test_pasted_text_loses_its_escape_sequences_and_keeps_its_words(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("impact"))
        await pilot.pause()
        pilot.app.post_message(events.Paste("one\x1b]52;c;aGk=\x07two\r\nthree\u2028four"))
        await pilot.pause()
        assert screen.doc.sections.impact == "one␛]52;c;aGk=␇two\nthree\nfour"
        assert screen.prose.text == screen.doc.sections.impact

    run(app_for(path), scenario)


def test_a_typed_character_does_not_repaint_the_timeline(tmp_path: Path) -> None:
    events_ = tuple(Event(id=f"e{n:03}", text=f"step {n}") for n in range(60))
    path = written(tmp_path, Incident(title="Long", events=events_))

    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "a")
        painted: list[int] = []
        original = screen.timeline_view.render_line

        def counted(y: int) -> object:
            painted.append(y)
            return original(y)

        screen.timeline_view.render_line = counted  # type: ignore[method-assign, assignment]
        await type_text(pilot, "bcd")
        assert screen.doc.sections.summary == "abcd"
        assert painted == []

    run(app_for(path), scenario)


def test_refused_values_are_told_at_the_field_and_never_enter_the_document(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("overview", None, "severity"))
        await pilot.pause()
        await type_text(pilot, "purple")
        assert screen.doc.severity == ""
        assert "✗" in seen(pilot)
        assert "SEV" in seen(pilot)
        await pilot.press(*["backspace"] * 6)
        await type_text(pilot, "2")
        assert screen.doc.severity == "SEV2"
        assert not any(row.has_class("-wrong") for row in screen.form.query("FieldRow"))

    run(app_for(path), scenario)


def test_the_cursor_stays_where_it_is_when_an_earlier_part_changes(path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await pilot.press("ctrl+end")
        screen.prose.move_cursor((0, 9))
        screen.session.execute(
            lambda doc: doc.changed(sections=doc.sections.changed(summary="Yes. It broke.")), label="elsewhere"
        )
        await pilot.pause()
        assert screen.prose.cursor_location == (0, 14)

    run(app_for(path), scenario)


@pytest.mark.parametrize(
    ("key", "typed", "shown"),
    [("ctrl+n", "10:05 paged", "paged"), ("ctrl+p", "lessons", "lessons"), ("ctrl+f", "needle", "needle")],
)
def test_what_is_typed_right_behind_a_command_goes_into_the_line_that_it_opens(
    path: Path, key: str, typed: str, shown: str
) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await pilot.pause()
        burst(pilot, *"ab", key, *["space" if char == " " else char for char in typed])
        await pilot.pause()
        await pilot.pause()
        assert screen.doc.sections.summary == "abIt broke."
        assert shown in seen(pilot)

    run(app_for(path), scenario)

"""A document beside what was made of it: what is seen, how the two sides follow each other, answers, and leaving."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from schemas.readers.imported import Imported, NotReadable
from tests.ui.imports import REPORT, Results, importing, read_report, reviewed, settled
from tests.ui.screens import burst, seen, type_text
from tests.ui.test_hostile import HOSTILE
from tests.workspace.imports import reader
from tui.widgets.question_card import Card
from tui.workspace.commands import of_scope
from tui.workspace.import_session import Told

SIZES = [(120, 40), (80, 24), (60, 20)]


# What is seen


def test_both_sides_and_the_doubts_are_seen(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        shown = seen(pilot)
        assert "3 events · 1 action  ? 3 doubts  ! 3 lines unplaced" in shown
        for words in (" 2   e 09:00 deploy", "     09:00   09:00 deploy", "Sat 4 May 2024", "title       Slow"):
            assert words in shown
        for words in ("1 of 5 · line 1 · it can be two days", "1 day first  as it is now", "Unplaced text", "u kiwi"):
            assert words in shown
        await pilot.press("tab", "end")
        await pilot.pause()
        assert "▌  u plum" in seen(pilot)

    reviewed(tmp_path, scenario)


@pytest.mark.parametrize("size", SIZES[1:], ids=str)
def test_a_small_terminal_shows_one_side_and_a_key_shows_the_other(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        assert "severity    SEV2" in seen(pilot)
        assert "**Severity:** SEV2" not in seen(pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert "severity    SEV2" not in seen(pilot)
        assert "**Severity:** SEV2" in seen(pilot)
        assert "1 of " in seen(pilot)

    reviewed(tmp_path, scenario, read=read_report(), size=size)


def test_too_small_says_so_and_comes_back(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        assert "Too small" in seen(pilot)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "severity    SEV2" in seen(pilot)
        await pilot.press("f8")
        await pilot.pause()
        assert "1 of " in seen(pilot)

    reviewed(tmp_path, scenario, read=read_report())


def test_every_word_of_a_long_line_is_seen(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        for side in (0, 60):
            half = " ".join(line[side : side + 58].strip(" │▅▇▆▄▃▂▁█") for line in seen(pilot).splitlines())
            for words in ("Customers of the shop could not find", "shards, and nobody saw it"):
                assert set(words.split()) <= set(half.split())

    reviewed(tmp_path, scenario, read=read_report())


# The two sides follow each other


def test_the_cursor_on_a_line_shows_what_became_of_it(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        screen = importing(pilot)
        for number, line in enumerate(REPORT.splitlines()):
            if "p99" in line:
                screen.document.move_to(number)
        await pilot.pause()
        row = screen.made.row
        assert row is not None
        assert row.text == "Alert: p99 of search above 5 s"
        assert "▌    09:20 ◆" in seen(pilot)
        assert "▌14   - 09:20" in seen(pilot)
        assert "line 14" in seen(pilot).splitlines()[1]

    reviewed(tmp_path, scenario, read=read_report())


def test_the_cursor_on_a_row_shows_where_it_comes_from(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        screen = importing(pilot)
        await pilot.press("tab", "end")
        await pilot.pause()
        assert screen.document.index == len(REPORT.splitlines()) - 1
        assert "- [x] Add an alert" in seen(pilot)
        await pilot.press("tab", "tab")
        assert screen.focused is screen.document

    reviewed(tmp_path, scenario, read=read_report())


def test_a_line_that_became_nothing_says_so(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("down")
        await pilot.pause()
        assert "nothing of its own in line 2" in seen(pilot)
        # The cursor at the right would look as if it belonged to the line.
        assert not [line for line in seen(pilot).splitlines()[:25] if "▌" in line[50:]]
        await pilot.press("d")
        await pilot.pause()
        assert "Go to an event, action or claim first" in seen(pilot)
        assert "6 events" in seen(pilot)

    reviewed(tmp_path, scenario, read=read_report())


# Doubts


def test_doubts_are_walked_through_and_settled(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], results: Results) -> None:
        await pilot.press("f8", "2")
        await pilot.pause()
        assert "✓ 2 month first" in seen(pilot)
        assert "Fri 5 Apr 2024" in seen(pilot)
        await pilot.press("f8", "1", "f8", "3")
        await pilot.pause()
        shown = seen(pilot)
        assert "2 events · 1 action  ✓ no doubts  ! 4 lines unplaced" in shown
        assert "✓ 3 not an event" in shown
        assert "2 left" in shown
        await pilot.press("f8", "1", "n", "1", "f8")
        await pilot.pause()
        assert "All is settled" in seen(pilot)
        await pilot.press("f7")
        await pilot.pause()
        assert "5 of 5" in seen(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert len(results) == 1

    (incident,) = reviewed(tmp_path, scenario)
    assert incident is not None
    assert len(incident.events) == 2
    assert incident.other_sections[-1].body.split("\n")[0] == "e 09:05 calls come in?"
    assert str(incident.events[0].at).startswith("2024-04-05 09:00")


def test_where_room_is_scarce_choices_stand_side_by_side(tmp_path: Path) -> None:
    def where(pilot: Pilot[int], words: str) -> tuple[int, int]:
        return next((x, y) for y, line in enumerate(seen(pilot).splitlines()) if (x := line.find(words)) >= 0)

    async def scenario(pilot: Pilot[int], _: Results) -> None:
        screen = importing(pilot)
        words = "a reason that takes so many words that they do not fit into one line of a small terminal"
        options = tuple(f"SEV{n}" for n in range(1, 8))
        screen.card.show_card(Card("1 of 1 · line 6", "Severity: bad", words, options, None))
        await pilot.pause()
        places = [where(pilot, f"{n} SEV{n}") for n in range(1, 8)]
        assert len({y for _, y in places}) < 7
        screen.card.show_card(Card("1 of 1 · line 6", "Severity: bad", words, options, 4))
        await pilot.pause()
        assert places == [where(pilot, f"{n} SEV{n}") for n in range(1, 8)]
        assert "✓ 5 SEV5" in seen(pilot)
        await pilot.click(offset=(where(pilot, "2 SEV2")[0] + 1, where(pilot, "2 SEV2")[1]))
        await pilot.pause()
        assert "✓ 2 month first" in seen(pilot)

    reviewed(tmp_path, scenario, size=(60, 20))


def test_choices_and_doubts_are_clicked(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.click("#questions", offset=(8, 1))
        await pilot.pause()
        assert "2 of 5 · line 3" in seen(pilot)
        row = next(y for y, line in enumerate(seen(pilot).splitlines()) if "2 noon" in line)
        await pilot.click("#card", offset=(6, row - importing(pilot).card.region.y))
        await pilot.pause()
        assert "✓ 2 noon" in seen(pilot)

    reviewed(tmp_path, scenario)


def test_answers_in_a_burst_all_count(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], results: Results) -> None:
        burst(pilot, "n", "2", "n", "3", "n", "3", "ctrl+s")
        await pilot.pause()
        await pilot.pause()
        assert len(results) == 1

    (incident,) = reviewed(tmp_path, scenario)
    assert incident is not None
    assert [event.text for event in incident.events] == ["09:00 deploy"]
    assert str(incident.events[0].at) == "2024-04-05 09:00:00"


def test_answers_are_taken_back(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("f8", "f8", "3")
        await pilot.pause()
        assert "2 events" in seen(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert "3 events" in seen(pilot)
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert "2 events" in seen(pilot)
        await pilot.press("backspace", "u", "u", "u")
        await pilot.pause()
        assert "Nothing to undo" in seen(pilot)

    reviewed(tmp_path, scenario)


def test_another_time_is_typed(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("tab")
        screen = importing(pilot)
        at = next(i for i, row in enumerate(screen.view.outline.rows) if row.kind == "event") if screen.view else 0
        screen.made.move_to(at)
        await pilot.press("t")
        await pilot.pause()
        assert "Time of the event" in seen(pilot)
        await pilot.press("ctrl+u", "ctrl+k")
        await type_text(pilot, "xx\n")
        await pilot.pause()
        assert "✗" in seen(pilot)
        await pilot.press("ctrl+u", "ctrl+k")
        await type_text(pilot, "23:45\n")
        await pilot.pause()
        assert any("23:45" in line and "deploy" in line for line in seen(pilot).splitlines())

    reviewed(tmp_path, scenario)


def test_zone_day_and_order_for_all(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("z")
        await pilot.pause()
        await type_text(pilot, "Africa/Nairobi\n")
        await pilot.press("b")
        await pilot.pause()
        await type_text(pilot, "2024-06-01\n")
        await pilot.pause()
        shown = seen(pilot)
        assert "Africa/Nairobi" in shown
        assert "Sat 1 Jun 2024" in shown
        await pilot.press("u", "o", "m")
        await pilot.pause()
        assert "Fri 5 Apr 2024" in seen(pilot)

    reviewed(tmp_path, scenario)


def test_a_section_is_chosen_for_lines_without_a_place(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("n", "n", "n", "n", "2")
        await pilot.pause()
        assert "Put it into" in seen(pilot)
        await type_text(pilot, "lessons\n")
        await pilot.pause()
        shown = seen(pilot)
        assert "1 line unplaced" in shown
        assert "put into Lessons" in shown

    reviewed(tmp_path, scenario)


def test_a_large_document_is_read_again_behind_the_screen(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("n", "2")
        await settled(pilot)
        assert "Fri 5 Apr 2024" in seen(pilot)
        assert "month first" in seen(pilot).splitlines()[-1]

    reviewed(tmp_path, scenario, large=True)


# Leaving


def test_leaving_asks_only_if_something_was_answered(tmp_path: Path) -> None:
    async def untouched(pilot: Pilot[int], results: Results) -> None:
        await pilot.press("escape")
        await pilot.pause()
        assert results == [None]

    async def answered(pilot: Pilot[int], results: Results) -> None:
        await pilot.press("n", "2", "escape")
        await pilot.pause()
        assert "1 answer is lost" in seen(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert results == []
        await pilot.press("escape", "d")
        await pilot.pause()
        assert results == [None]

    reviewed(tmp_path, untouched)
    reviewed(tmp_path, answered)


def test_open_doubts_are_asked_about_once(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], results: Results) -> None:
        await pilot.press("enter")
        await pilot.pause()
        assert "3 doubts are open" in seen(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert results == []
        await pilot.press("enter", "a")
        await pilot.pause()
        assert len(results) == 1

    (incident,) = reviewed(tmp_path, scenario)
    assert incident is not None
    assert len(incident.events) == 3


def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path) -> None:
    def refusing(_: Told) -> Imported:
        raise NotReadable("this is no text", "It is a picture.", "Save it as Markdown.")

    async def scenario(pilot: Pilot[int], results: Results) -> None:
        shown = seen(pilot)
        for words in ("notes.md: this is no text", "It is a picture.", "Save it as Markdown."):
            assert words in shown
        await pilot.press("enter")
        await pilot.pause()
        assert results == [None]

    reviewed(tmp_path, scenario, read=refusing, waits=False)


def test_leaving_does_not_wait_for_the_reader(tmp_path: Path) -> None:
    released = Event()

    def slow(told: Told) -> Imported:
        released.wait(20)
        return read_report()(told)

    async def scenario(pilot: Pilot[int], results: Results) -> None:
        shown = seen(pilot)
        assert "Reading notes.md …" in shown
        assert "5.0 MB" in shown
        assert "Nothing in it was in doubt" not in shown
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Still reading" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert results == [None]

    try:
        reviewed(tmp_path, scenario, read=slow, large=True, waits=False, document_size="5.0 MB")
    finally:
        released.set()


def test_every_command_can_be_run_from_the_palette(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], results: Results) -> None:
        screen = importing(pilot)
        for command in of_scope("import"):
            await pilot.press("ctrl+p")
            await type_text(pilot, command.title)
            assert command.title in seen(pilot)
            await pilot.press("escape")
            if command.id not in ("import.accept", "import.back"):
                await screen.app.run_command(command)  # type: ignore[attr-defined]
                await settled(pilot)
                if pilot.app.screen is not screen:
                    await pilot.press("escape")
                await settled(pilot)
        assert results == []

    reviewed(tmp_path, scenario)


# Hostile and large


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_only_words(tmp_path: Path, text: str) -> None:
    report = f"# {text}\n\n## Timeline\n\n- 09:00 {text}\n- 08:50 {text}\n\n## {text}\n\n{text}\n"

    async def scenario(pilot: Pilot[int], _: Results) -> None:
        for keys in (("f8", "tab"), ("end", "tab"), ("home",)):
            await pilot.press(*keys)
            await pilot.pause()
            shown = seen(pilot)
            assert not [char for char in shown if char != "\n" and (ord(char) < 32 or 0x7F <= ord(char) < 0xA0)]
            assert "\u202e" not in shown

    reviewed(tmp_path, scenario, read=read_report(report))


def test_only_what_is_on_view_is_drawn(tmp_path: Path) -> None:
    text = "\n".join(
        f"{'e' if n % 3 else 's'} line {n} with some words that are long enough to be broken into two"
        for n in range(6_000)
    )

    async def scenario(pilot: Pilot[int], _: Results) -> None:
        screen = importing(pilot)
        drawn: list[int] = []
        plain = screen.document.row_lines

        def counted(index: int, width: int, *, here: bool, linked: bool) -> object:
            drawn.append(index)
            return plain(index, width, here=here, linked=linked)

        screen.document.row_lines = counted  # type: ignore[method-assign, assignment]
        await pilot.press("end", "pageup", "home", "pagedown")
        await pilot.pause()
        assert "line 5999" not in seen(pilot)
        assert 0 < len(drawn) < 300

    reviewed(tmp_path, scenario, read=reader(text))

"""Choosing between two versions: what is seen, what keys and clicks decide, what comes of it, and leaving."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas import edits
from schemas.incident import Event, Incident
from schemas.merge import merge
from tests.ui.conflicts import asked, conflicts
from tests.ui.screens import burst, seen, type_text
from tests.ui.test_hostile import HOSTILE
from tests.workspace.conflicts import START, base, loaded, merged
from tui.screens.conflict import Resolved

SIZES = [(120, 40), (80, 24), (60, 20)]
Results = list[Resolved | None]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_both_versions_are_seen_and_where_they_are(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        shown = seen(pilot)
        for words in ("Search is down", "0 of 5 decided", "Severity", "1 yours", "2 the file", "SEV1", "SEV3"):
            assert words in shown
        await pilot.press("down", "down")
        await pilot.pause()
        shown = seen(pilot)
        assert "overnight" in shown
        assert "at last" in shown
        beside = any("1 yours" in line and "2 the file" in line for line in shown.splitlines())
        assert beside == (size[0] == 120)

    asked(tmp_path, scenario, size=size)


def test_all_is_chosen_and_accepted(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], results: Results) -> None:
        await pilot.press("1", "n", "2", "n", "3", "n", "o", "n", "t")
        await pilot.pause()
        assert "5 of 5 decided" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert len(results) == 1

    (found,) = asked(tmp_path, scenario)
    assert found is not None
    doc = found.incident
    assert (doc.severity, doc.owner) == ("SEV1", "@cy")
    assert doc.sections.root_cause.startswith("One shard ran full overnight. One shard ran full at last. Nobody")
    assert edits.item(doc, "events", "e1").at == START + timedelta(minutes=17)
    assert edits.item(doc, "actions", "bbbb").owner == "@cy"
    # What nobody was asked about is in, from both.
    assert edits.item(doc, "events", "e0").actor == "@lea"
    assert edits.item(doc, "events", "e2").text == "The index is rebuilt from the backup"


def test_the_version_before_is_shown_and_can_be_taken(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        assert "SEV2" not in seen(pilot)
        await pilot.press("v")
        await pilot.pause()
        assert "SEV2" in seen(pilot)
        await pilot.press("4", "T", "ctrl+s")
        await pilot.pause()

    (found,) = asked(tmp_path, scenario)
    assert found is not None
    assert (found.incident.severity, found.incident.owner) == ("SEV2", "@cy")


def test_without_a_version_before_there_is_none_to_take(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        for key in ("4", "v"):
            await pilot.press(key)
            await pilot.pause()
            assert "What was there before is not known" in seen(pilot)
        await pilot.press("3")
        await pilot.pause()
        assert "Only one of the two can stand here" in seen(pilot)
        assert "0 of 5 decided" in seen(pilot)

    asked(tmp_path, scenario, merged(based=False))


def test_a_value_of_ones_own_is_read_and_refused_with_a_reason(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("5")
        await pilot.pause()
        assert "yours: SEV1" in seen(pilot)
        await type_text(pilot, "x\n")
        assert "SEV0, SEV1" in seen(pilot)
        assert "0 of 5 decided" in seen(pilot)
        await pilot.press(*["backspace"] * 5, "0", "enter")
        await pilot.pause()
        assert "it becomes" in seen(pilot)
        await pilot.press("O", "ctrl+s")
        await pilot.pause()

    (found,) = asked(tmp_path, scenario)
    assert found is not None
    assert found.incident.severity == "SEV0"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=str)
def test_words_of_ones_own(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("down", "down", "e")
        await pilot.pause()
        assert "ran full overnight" in seen(pilot)
        await pilot.press("ctrl+k", "delete", "ctrl+k")
        await type_text(pilot, "Two shards ran full.")
        await pilot.press("f2")
        await pilot.pause()
        assert "own words" in seen(pilot)
        await pilot.press("O", "f2")
        await pilot.pause()

    (found,) = asked(tmp_path, scenario, size=size)
    assert found is not None
    assert found.incident.sections.root_cause == "Two shards ran full. Nobody was told that it would.\n"


def test_typed_faster_than_the_dialog_opens(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("down")
        burst(pilot, "5", "x", "y", "enter")
        await pilot.pause()
        await pilot.pause()
        assert "1 of 5 decided" in seen(pilot)
        await pilot.press("T", "ctrl+s")
        await pilot.pause()

    (found,) = asked(tmp_path, scenario)
    assert found is not None
    assert found.incident.owner == "@boxy"


def test_what_was_removed_can_be_kept_or_not(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("end", "up")
        await pilot.pause()
        shown = seen(pilot)
        assert "Removed in yours, changed in the file" in shown
        assert "(removed)" in shown
        await pilot.press("5")
        await pilot.pause()
        assert "Nothing of your own can stand here" in seen(pilot)
        await pilot.press("1", "T", "ctrl+s")
        await pilot.pause()

    (found,) = asked(tmp_path, scenario)
    assert found is not None
    assert [action.id for action in found.incident.actions] == ["aaaa"]


def test_choices_are_undone_done_again_and_opened_again(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        async def count(*keys: str) -> str:
            await pilot.press(*keys)
            await pilot.pause()
            return next(line for line in seen(pilot).splitlines() if "decided" in line).split()[-4]

        assert await count("1", "down", "2") == "2"
        assert await count("O") == "5"
        assert await count("u") == "2"
        assert await count("ctrl+z") == "1"
        assert conflicts(pilot).conflict_list.index == 1
        assert await count("ctrl+y") == "2"
        assert await count("backspace") == "1"

    asked(tmp_path, scenario)


def test_what_is_left_is_asked_about_before_anything_is_taken_over(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], results: Results) -> None:
        await pilot.press("down", "2", "ctrl+s")
        await pilot.pause()
        assert "4 not decided yet" in seen(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert conflicts(pilot).conflict_list.index == 2
        assert results == []
        await pilot.press("ctrl+s", "t")
        await pilot.pause()

    (found,) = asked(tmp_path, scenario)
    assert found is not None
    assert found.incident.severity == "SEV3"


def test_leaving_changes_nothing_and_asks_only_where_something_is_lost(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], results: Results) -> None:
        await pilot.press("1", "escape")
        await pilot.pause()
        assert "1 decision is lost" in seen(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert results == []
        await pilot.press("u", "escape")
        await pilot.pause()
        assert results == [None]

    assert asked(tmp_path, scenario) == [None]


def test_quitting_asks_too(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], results: Results) -> None:
        await pilot.press("1", "ctrl+q")
        await pilot.pause()
        assert "1 decision is lost" in seen(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert pilot.app.is_running
        assert results == []

    asked(tmp_path, scenario)


def test_what_was_merged_is_counted_and_shown(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        assert "merged: 2 of yours, 1 of the file" in seen(pilot)
        await pilot.press("m")
        await pilot.pause()
        assert "from the backup" in seen(pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert "@lea" in seen(pilot)
        await pilot.press("escape", "end")
        await pilot.pause()
        assert "2 changes of yours" in seen(pilot)

    asked(tmp_path, scenario)


def test_the_mouse_chooses(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.click("#conflicts", offset=(5, 2))
        await pilot.pause()
        lines = seen(pilot).splitlines()
        row = next(y for y, line in enumerate(lines) if "2 the file" in line)
        await pilot.click(offset=(lines[row].index("2 the file") + 3, row))
        await pilot.pause()
        assert "1 of 5 decided" in seen(pilot)
        lines = seen(pilot).splitlines()
        row = next(y for y, line in enumerate(lines) if "3 both" in line)
        await pilot.click(offset=(lines[row].index("3 both") + 3, row))
        await pilot.pause()
        assert "Root cause: both" in seen(pilot)
        lines = seen(pilot).splitlines()
        await pilot.click(offset=(lines[-1].index("undo"), len(lines) - 1))
        await pilot.pause()
        assert "Taken back: Root cause" in seen(pilot)

    asked(tmp_path, scenario)


def test_help_and_palette_know_its_commands(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("ctrl+p")
        await type_text(pilot, "first version for")
        await pilot.pause()
        assert "First version for all the rest" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "5 of 5 decided" in seen(pilot)

    asked(tmp_path, scenario)


def test_nothing_in_conflict_is_said(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        assert "nothing is in conflict" in seen(pilot)
        await pilot.press("1", "n", "e", "u", "v", "backspace", "down", "enter")
        await pilot.pause()

    start = base()
    clean = merge(start, edits.set_field(start, "title", "A"), edits.set_field(start, "owner", "@b"))
    (found,) = asked(tmp_path, scenario, clean)
    assert found is not None
    assert (found.incident.title, found.incident.owner) == ("A", "@b")


def test_long_texts_scroll(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        assert "Line 0 of" in seen(pilot)
        await pilot.press("pagedown", "space")
        await pilot.pause()
        assert "Line 0 of" not in seen(pilot)
        assert conflicts(pilot).conflict_list.index == 0
        await pilot.press("pageup", "pageup", "shift+down")
        await pilot.pause()
        assert "Line 1 of" in seen(pilot)

    start = base()
    one, other = (
        edits.set_section(start, "summary", "".join(f"Line {at} of {name}.\n" for at in range(300)))
        for name in ("mine", "theirs")
    )
    asked(tmp_path, scenario, merge(start, one, other), (80, 24))


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        found = conflicts(pilot)
        for at in range(0, len(found.merged.conflicts), 4):
            found.conflict_list.move_to(at)
            await pilot.press("3")
            await pilot.pause()
            shown = seen(pilot)
            assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in shown)
            assert "\u202e" not in shown
        await pilot.press("home", "5")
        await pilot.pause()
        seen(pilot)

    def side(name: str) -> Incident:
        events = tuple(Event(id=f"e{at}", text=f"{text} {name}") for at, text in enumerate(HOSTILE))
        doc = Incident(title=f"{HOSTILE[0]} {name}", owner=f"{name}{HOSTILE[1]}", events=events)
        return edits.set_section(doc, "summary", "\n".join(f"{text} {name}" for text in HOSTILE))

    asked(tmp_path, scenario, merge(side("x"), side("a"), side("b")), (60, 20))


@pytest.mark.parametrize("size", [(45, 12), (1, 1)], ids=str)
def test_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("down", "v", "2")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "1 of 5 decided" in seen(pilot)
        await pilot.resize_terminal(*size)
        await pilot.pause()

    asked(tmp_path, scenario, size=size)


def test_many_conflicts_of_many_events_are_quick(tmp_path: Path) -> None:
    events = tuple(Event(id=f"e{at}", at=START + timedelta(minutes=at), text=f"Event {at}") for at in range(5_000))
    start = Incident(title="Big", zone="UTC", events=events)
    sides = []
    for name in ("one", "other"):
        mine = [
            event.changed(text=f"{event.text} {name}") if at % 16 == 0 else event for at, event in enumerate(events)
        ]
        sides.append(start.model_copy(update={"events": tuple(mine)}))
    made = merge(start, *sides)
    assert len(made.conflicts) == 313

    async def scenario(pilot: Pilot[int], _: Results) -> None:
        began = time.process_time()
        for _key in range(6):
            await pilot.press("1", "n")
        spent = (time.process_time() - began) / 12
        assert spent < 0.15, f"{spent:.3f} s of work for a key"
        await pilot.press("T", "ctrl+s")
        await pilot.pause()

    (found,) = asked(tmp_path, scenario, made)
    assert found is not None
    assert found.incident.events[0].text == "Event 0 one"
    assert found.incident.events[4992].text.endswith("other")


def test_what_was_loaded_from_a_file_comes_back_with_its_comments(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int], _: Results) -> None:
        await pilot.press("O", "enter")
        await pilot.pause()

    (found,) = asked(tmp_path, scenario)
    assert found is not None
    assert found.remarks == loaded(base()).remarks == ()

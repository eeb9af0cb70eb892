"""Dialogs in little room, and the mouse over what is just being removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widget import Widget

from schemas.incident import Incident
from tests.ui.screens import app_for, document, run, seen, written
from tui.screens.base import still_there
from tui.screens.dialogs import Confirm


@pytest.mark.parametrize("size", [(38, 10), (60, 12), (80, 24), (120, 40)])
def test_the_answers_of_a_question_are_always_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    answers = [("s", "Save and leave", "save"), ("d", "Discard the changes", "discard"), ("c", "Stay here", "stay")]

    async def scenario(pilot: Pilot[int]) -> None:
        pilot.app.push_screen(Confirm("Not saved yet", "A very long title of an incident. " * 40, answers))
        await pilot.pause()
        for _, label, _ in answers:
            assert label in seen(pilot)

    run(app_for(written(tmp_path, Incident(title="x"))), scenario, size)


def test_a_widget_that_is_being_removed_is_nothing_under_the_mouse(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        found = (screen.sections, Offset(1, 1))
        assert still_there(found) == found
        assert still_there((screen, None)) == (screen, None)
        assert still_there((Widget(), Offset(1, 1))) == (None, None)

    run(app_for(written(tmp_path, Incident(title="x"))), scenario)

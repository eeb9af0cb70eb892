"""The bar of phases: to scale, every name and length to be read somewhere, nothing wider than the line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot

from schemas.incident import Event, Incident
from schemas.moments import DAY, HOUR, MINUTE, Duration
from schemas.phases import PHASE_NAMES, Phase
from tests.ui.screens import app_for, run, seen, type_text, written
from tui.widgets.phase_bar import LEAST, length_text, phase_lines
from tui.widgets.rows import Span

NAMES = tuple(PHASE_NAMES)


def phases(*lengths: int) -> tuple[Phase, ...]:
    """Phases of these lengths, one behind the other."""
    found, at = [], 0
    for name, after, length in zip(NAMES, NAMES[1:], lengths, strict=False):
        found.append(Phase(PHASE_NAMES[after], name, after, at, at + length, Duration(length, length, length)))
        at += length
    return tuple(found)


def text(line: list[Span]) -> str:
    return "".join(part for part, _ in line)


def test_no_phase_no_bar() -> None:
    assert phase_lines((), 46) == []


def test_one_phase_fills_the_bar_with_its_name_and_length() -> None:
    (bar,) = phase_lines(phases(90 * MINUTE), 40)
    assert cell_len(text(bar)) == 40
    assert "detect 1h 30m" in text(bar)


def test_phases_are_as_wide_as_they_were_long() -> None:
    (bar, *_) = phase_lines(phases(HOUR, 3 * HOUR), 80)
    assert [cell_len(part) for part, _ in bar] == [20, 60]


def test_a_phase_too_short_for_its_name_is_numbered_and_named_below() -> None:
    bar, below = phase_lines(phases(MINUTE, 9 * HOUR), 46)
    assert [cell_len(part) for part, _ in bar] == [LEAST, 46 - LEAST]
    assert "1" in bar[0][0]
    assert "declare 9h" in bar[1][0]
    assert text(below) == "1 detect 1m"


def test_phases_tell_apart_without_colour() -> None:
    (bar, *_) = phase_lines(phases(HOUR, HOUR, HOUR), 60)
    assert text(bar).count("╾") == text(bar).count("╼") == 3


@given(
    st.lists(st.integers(min_value=1, max_value=3650 * DAY), min_size=1, max_size=7),
    st.integers(min_value=36, max_value=140),
)
def test_every_phase_can_be_read_and_no_line_is_too_wide(lengths: list[int], width: int) -> None:
    known = phases(*lengths)
    lines = phase_lines(known, width)
    assert cell_len(text(lines[0])) == width
    assert all(cell_len(text(line)) <= width for line in lines[1:])
    shown = "\n".join(map(text, lines))
    for index, phase in enumerate(known):
        label = f"{phase.name} {length_text(phase.length)}"
        assert f" {label} " in text(lines[0]) or f"{index + 1} {label}" in shown


def test_where_not_even_numbers_fit_the_names_are_left() -> None:
    first, *_ = phase_lines(phases(*[HOUR] * 7), 20)
    assert text(first).startswith("detect 1h")


def test_inexact_lengths_keep_their_bounds() -> None:
    assert length_text(Duration(HOUR, 90 * MINUTE, HOUR)) == "1h–1h 30m"
    assert length_text(Duration(HOUR, 90 * MINUTE, 75 * MINUTE, about=True)) == "~1h 15m"
    assert length_text(Duration(0, 90 * MINUTE, 75 * MINUTE, about=True)) == "0m–1h 30m"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
def test_it_is_over_the_timeline_once_there_are_phases(tmp_path: Path, size: tuple[int, int]) -> None:
    first = Event(id="aaaa", at=datetime(2024, 5, 2, 9, tzinfo=UTC), text="Down", milestones=("detected",))
    last = Event(id="bbbb", at=datetime(2024, 5, 2, 10, 30, tzinfo=UTC), text="Up")
    path = written(tmp_path, Incident(title="Down", zone="UTC", events=(first, last)))

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f4", "end")
        await pilot.pause()
        assert "╾" not in seen(pilot)
        await pilot.press("m")
        await pilot.pause()
        await type_text(pilot, "resolved")
        await pilot.press("space", "enter")
        await pilot.pause()
        assert " resolve 1h 30m " in seen(pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "╾" not in seen(pilot)

    run(app_for(path), scenario, size)

"""Stepping through a timeline: where one is, what is told by then, and how fast it passes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import timeline
from schemas.incident import Event, Incident
from tui.workspace.review_walk import (
    LEAST,
    MOST,
    Habits,
    Walk,
    delay_to_next,
    next_speed,
    read_speed,
    speed_text,
)

START = datetime(2024, 5, 2, 9, tzinfo=UTC)


def story(*minutes: int | None, milestones: dict[int, str] | None = None) -> timeline.Timeline:
    events = tuple(
        Event(
            id=f"e{at}",
            at=None if minute is None else START + timedelta(minutes=minute),
            milestones=((milestones or {})[at],) if at in (milestones or {}) else (),
        )
        for at, minute in enumerate(minutes)
    )
    return timeline.build(Incident(zone="UTC", events=events))


def walk(*minutes: int | None, milestones: dict[int, str] | None = None, hidden: bool = False) -> Walk:
    return Walk(story(*minutes, milestones=milestones), Habits(no_hindsight=hidden))


def test_going_stays_inside_and_says_whether_it_moved() -> None:
    steps = walk(0, 5, 10)
    assert [steps.go(1), steps.index] == [True, 1]
    assert [steps.go(99), steps.index] == [True, 2]
    assert [steps.go(99), steps.index] == [False, 2]
    assert [steps.go(-4), steps.index] == [True, 0]


@given(st.lists(st.integers(-3, 12), max_size=12), st.booleans())
def test_nothing_behind_the_furthest_event_is_told_without_hindsight(moves: list[int], hidden: bool) -> None:
    steps = walk(*range(0, 50, 5), hidden=hidden)
    furthest = 0
    for move in moves:
        steps.go(move)
        furthest = max(furthest, steps.index)
        assert steps.last_told == (furthest if hidden else 9)
        assert steps.all_told == (not hidden or furthest == 9)
        assert 0 <= steps.fraction <= 1
        assert len(steps.known) == steps.index
        if not steps.all_told:
            assert steps.phase is None


def test_turning_points_and_silences_are_found_both_ways() -> None:
    steps = walk(0, 5, 10, 300, 305, milestones={0: "impact-start", 2: "detected", 4: "resolved"})
    assert steps.find_milestone(1) == 2
    assert steps.find_milestone(-1) is None
    steps.go(4)
    assert steps.find_milestone(-1) == 2
    assert steps.find_gap(-1) == 3
    assert steps.find_gap(1) is None
    steps.go(0)
    assert steps.find_gap(1) == 3


def test_few_events_have_no_silence() -> None:
    assert walk(0, 500).find_gap(1) is None


def test_lengths_count_from_the_impact_once_it_is_told() -> None:
    steps = walk(0, 30, 45, milestones={1: "impact-start"}, hidden=True)
    assert steps.origin is not None
    assert steps.origin[0] == "the first event"
    assert steps.since_origin is None
    steps.go(2)
    since = steps.since_origin
    assert since is not None
    assert (since[0].text, since[1], since[2]) == ("15m", False, "the impact began")
    steps.go(0)
    since = steps.since_origin
    assert since is not None
    assert (since[0].text, since[1]) == ("30m", True)


def test_without_hindsight_the_last_turning_point_is_told_in_place_of_the_phase() -> None:
    steps = walk(0, 10, 40, 60, milestones={0: "impact-start", 1: "detected", 3: "resolved"}, hidden=True)
    steps.go(2)
    assert steps.phase is None
    assert steps.last_milestone == ("detected", "30m")
    steps.habits.no_hindsight = False
    assert steps.phase is not None
    assert steps.phase.name == "resolve"


def test_the_place_is_kept_when_events_come_and_go() -> None:
    steps = walk(0, 5, 10)
    steps.go(2)
    steps.go(1)
    assert steps.follow(story(0, 5)) is True
    assert (steps.index, steps.reached) == (1, 1)
    assert steps.follow(steps.timeline) is False
    steps.follow(story())
    assert (steps.index, steps.entry, steps.known) == (0, None, ())
    assert steps.fraction == 0
    assert steps.since_origin is None


def test_events_without_times_are_gone_through_by_number() -> None:
    steps = walk(None, None, None)
    steps.go(1)
    assert steps.fraction == 0.5
    assert steps.origin is None


def test_playing_waits_by_the_speed_within_bounds() -> None:
    steps = walk(0, 1, 61, 10_000)
    steps.habits.speed = 60
    assert delay_to_next(steps) == LEAST
    steps.habits.speed = 15
    assert delay_to_next(steps) == 4
    steps.go(1)
    assert delay_to_next(steps) == MOST
    steps.go(3)
    assert delay_to_next(steps) is None
    assert delay_to_next(walk(None, None)) == LEAST


@pytest.mark.parametrize(("text", "speed"), [("60x", 60), ("x60", 60), (" 0.5 X", 0.5), ("3600", 3600), ("10×", 10)])
def test_speeds_are_read_as_people_write_them(text: str, speed: float) -> None:
    assert read_speed(text) == speed
    assert read_speed(speed_text(speed)) == speed


@pytest.mark.parametrize("text", ["", "x", "fast", "0", "-5x", "nan", "inf", "1e9x"])
def test_what_is_no_speed_is_refused_with_words(text: str) -> None:
    with pytest.raises(ValueError, match="x"):
        read_speed(text)


def test_speeds_are_stepped_through_and_end() -> None:
    assert next_speed(60, 1) == 300
    assert next_speed(60, -1) == 10
    assert next_speed(45, 1) == 60
    assert next_speed(1, -1) == 1
    assert next_speed(99_999, 1) == 99_999

"""Laws of time that hold for every story: lengths, phases and gaps, in whatever order they are told."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from schemas import timeline
from schemas.incident import Incident
from schemas.metrics import measure
from schemas.moments import DAY, MINUTE, Interval, between
from schemas.profiles import PROFILES
from tests.schemas import stories

instants = st.integers(0, 400 * DAY).map(lambda at: at // MINUTE * MINUTE)
widths = st.sampled_from([0, 0, MINUTE, 15 * MINUTE, DAY])
intervals = st.builds(
    lambda at, before, after: Interval(at - before, at + after, at, "about" if before or after else "exact"),
    instants, widths, widths,
)  # fmt: skip


@given(intervals, intervals)
def test_a_length_is_never_negative_and_its_bounds_hold_what_is_shown(start: Interval, end: Interval) -> None:
    length = between(start, end)
    assert 0 <= length.shortest <= length.longest or length.backwards
    assert length.shortest <= length.nominal
    assert length.nominal <= length.longest or length.backwards
    assert length.backwards == (end.latest < start.earliest)


@given(intervals, intervals)
def test_a_length_is_as_wide_as_what_it_is_made_of(start: Interval, end: Interval) -> None:
    length = between(start, end)
    widths_of_both = (start.latest - start.earliest) + (end.latest - end.earliest)
    if end.earliest >= start.latest:
        assert length.longest - length.shortest == widths_of_both
    elif not length.backwards:
        # Only what would be a negative length is cut off.
        assert length.shortest == 0
        assert length.longest == end.latest - start.earliest


@given(stories.stories(), st.sampled_from(sorted(PROFILES)))
def test_measured_lengths_hold_what_they_show(known: Incident, profile: str) -> None:
    for measured in measure(timeline.build(known), PROFILES[profile]):
        if measured.length is not None and measured.known:
            assert 0 <= measured.length.shortest <= measured.length.nominal <= measured.length.longest


@given(stories.stories())
def test_phases_tile_the_time_from_the_first_milestone_to_the_last(known: Incident) -> None:
    story = timeline.build(known)
    nominal = [moment.nominal for moment in story.reached.values()]
    phases = story.phases
    if not phases:
        assert len(set(nominal)) <= 1
        return
    assert (phases[0].start, phases[-1].end) == (min(nominal), max(nominal))
    assert [phase.start for phase in phases[1:]] == [phase.end for phase in phases[:-1]]
    assert sum(phase.length.nominal for phase in phases) == max(nominal) - min(nominal)


@given(stories.stories())
def test_gaps_add_up_to_the_time_from_the_first_event_to_the_last(known: Incident) -> None:
    timed = timeline.build(known).timed
    gaps = [entry.gap for entry in timed[1:]]
    assert all(gap is not None and gap >= 0 for gap in gaps)
    if timed and timed[0].start and timed[-1].start:
        assert sum(gap or 0 for gap in gaps) == timed[-1].start.nominal - timed[0].start.nominal


dated = stories.stories(stories.events(stories.exact_times), zone=st.sampled_from(["UTC", "Europe/Berlin", "+05:30"]))


@given(dated, st.randoms(use_true_random=False))
def test_dated_events_happen_when_they_happen_in_whatever_order_they_are_told(
    known: Incident, rng: random.Random
) -> None:
    events = list(known.events)
    rng.shuffle(events)
    told, again = timeline.build(known), timeline.build(known.changed(events=tuple(events)))
    assert {e.event.id: e.start for e in told.entries} == {e.event.id: e.start for e in again.entries}
    shown = [entry.start.nominal for entry in told.timed if entry.start]
    assert shown == [entry.start.nominal for entry in again.timed if entry.start] == sorted(shown)
    assert told.milestones.keys() == again.milestones.keys()
    assert {name: at.nominal for name, at in told.reached.items()} == {n: at.nominal for n, at in again.reached.items()}

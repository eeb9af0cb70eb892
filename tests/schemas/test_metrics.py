from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import timeline
from schemas.incident import MILESTONES, Event, Incident
from schemas.metrics import headline, measure, measured
from schemas.moments import MINUTE
from schemas.profiles import PROFILES, Metric
from tests.schemas import stories


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 5, 2, hour, minute)


def event(at: datetime | date | None, *milestones: str, **more: Any) -> Event:
    return Event(id=f"{at}{milestones}", at=at, milestones=milestones, **more)


def built(*events: Event) -> timeline.Timeline:
    return timeline.build(Incident(zone="UTC", events=events))


def texts(*events: Event) -> dict[str, str]:
    return {m.metric.id: m.text for m in measure(built(*events))}


def head(*events: Event) -> tuple[str, str] | None:
    story = built(*events)
    found = headline(measure(story), story)
    return (found[0], found[1].text) if found else None


@pytest.mark.parametrize("profile", PROFILES)
def test_profiles_are_pairs_of_milestones_with_ids_of_their_own(profile: str) -> None:
    metrics = PROFILES[profile]
    assert len({metric.id for metric in metrics}) == len(metrics)
    for metric in metrics:
        assert {metric.start, metric.end} <= set(MILESTONES)
        assert MILESTONES.index(metric.start) < MILESTONES.index(metric.end)
        assert metric.clock == "elapsed"
        assert metric.label


def test_the_usual_metrics_of_a_whole_incident() -> None:
    assert texts(
        event(at(9), "impact-start"),
        event(at(9, 15), "detected"),
        event(at(9, 20), "declared", "acknowledged"),
        event(at(12), "mitigated"),
        event(at(13), "recovered"),
        event(at(14, 30), "resolved"),
    ) == {"detect": "15m", "acknowledge": "5m", "mitigate": "2h 45m", "resolve": "5h 15m", "impact": "4h 00m"}


def test_a_number_has_its_pair() -> None:
    assert [metric.pair for metric in PROFILES["default"]] == [
        "impact → detected",
        "detected → acknowledged",
        "detected → mitigated",
        "detected → resolved",
        "impact → recovered",
    ]


def test_what_is_missing_is_said() -> None:
    assert texts(event(at(9), "detected"), event(None, "resolved")) == {
        "detect": "unknown (no time for impact start)",
        "acknowledge": "unknown (no time for acknowledged)",
        "mitigate": "unknown (no time for mitigated)",
        "resolve": "unknown (no time for resolved)",
        "impact": "unknown (no time for impact start and recovered)",
    }


def test_an_end_before_its_start_is_no_length() -> None:
    found = measured(built(event(at(9), "detected"), event(at(10), "impact-start")), PROFILES["default"][0])
    assert found.text == "unknown (detected is before impact start)"
    assert not found.known
    assert found.missing == ()


def test_rough_times_give_rough_lengths() -> None:
    start = event(at(9), "impact-start")
    assert texts(start, event(at(10), "detected", about=True))["detect"] == "about 1h 00m"
    assert texts(start, event(at(10), "detected", latest=at(11)))["detect"] == "1h 00m–2h 00m"
    # On a day, at some time: not before the start, and not after the day.
    assert texts(start, event(date(2024, 5, 2), "detected"))["detect"] == "0m–15h 00m"


def test_two_milestones_of_one_event_are_no_time_apart_however_rough_it_is() -> None:
    story = built(event(date(2024, 5, 2), "impact-start", "detected", about=True))
    found = measured(story, Metric("detect", "detect", "impact-start", "detected"))
    assert (found.text, found.known) == ("0m", True)
    contradictory = event(at(9), "detected", "resolved", about=True, until=at(7))
    assert texts(contradictory)["resolve"] == "0m"


def test_a_span_that_ends_an_incident_ends_it_at_its_end() -> None:
    repair = event(at(12), "acknowledged", "resolved", until=at(12, 45))
    assert texts(event(at(9), "detected"), repair)["acknowledge"] == "3h 00m"
    assert texts(event(at(9), "detected"), repair)["resolve"] == "3h 45m"


@given(stories.stories(stories.exact_events()))
def test_exact_times_give_exact_lengths(incident: Incident) -> None:
    story = timeline.build(incident)
    for found in measure(story):
        start, end = story.reached.get(found.metric.start), story.reached.get(found.metric.end)
        if start is None or end is None:
            assert found.length is None
            assert set(found.missing) == {n for n in (found.metric.start, found.metric.end) if n not in story.reached}
        else:
            assert found.known == (end.nominal >= start.nominal)
            if found.known:
                assert found.length is not None
                assert found.length.shortest == found.length.longest == end.nominal - start.nominal


@given(stories.stories())
def test_every_story_can_be_measured(incident: Incident) -> None:
    story = timeline.build(incident)
    found = measure(story)
    assert [m.metric for m in found] == list(PROFILES["default"])
    assert all(m.text.startswith("unknown") != m.known for m in found)
    length = headline(found, story)
    assert length is None or (length[0] and not length[1].backwards)


@given(stories.stories(), st.sampled_from(MILESTONES), st.sampled_from(MILESTONES))
def test_lengths_are_as_wide_as_their_ends_allow(incident: Incident, first: str, last: str) -> None:
    story = timeline.build(incident)
    length = measured(story, Metric("x", "x", first, last)).length
    if length is None or length.backwards:
        return
    start, end = story.reached[first], story.reached[last]
    if start is end:
        assert length.longest == 0
    else:
        assert length.longest == end.latest - start.earliest
        assert length.shortest == max(0, end.earliest - start.latest)


def test_the_headline_is_the_impact_or_the_next_best_thing() -> None:
    first, start, seen = event(at(8)), event(at(9), "impact-start"), event(at(9, 15), "detected")
    over, solved, last = event(at(11), "recovered"), event(at(12), "resolved"), event(at(20))
    assert head(first, start, seen, over, solved, last) == ("impact → recovered", "2h 00m")
    assert head(first, start, seen, solved, last) == ("detected → resolved", "2h 45m")
    assert head(first, start, solved, last) == ("impact → resolved", "3h 00m")
    assert head(first, seen, over, last) == ("detected → recovered", "1h 45m")
    assert head(first, seen, last) == ("first event → last event", "12h 00m")
    assert head(first) is None
    assert head() is None


def test_a_headline_is_never_a_contradiction() -> None:
    recovered_first = event(at(8), "recovered"), event(at(9), "impact-start")
    assert head(*recovered_first) == ("first event → last event", "1h 00m")


def test_a_profile_without_the_usual_metrics_has_a_headline_too() -> None:
    story = built(event(at(9), "impact-start"), event(at(9, 30), "resolved"))
    found = headline((), story)
    assert found is not None
    assert (found[0], found[1].longest) == ("impact → resolved", 30 * MINUTE)

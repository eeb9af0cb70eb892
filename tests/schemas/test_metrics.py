from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import timeline
from schemas.incident import MILESTONES, Event, Incident
from schemas.metrics import Measurement, headline, measure, measured, side_by_side
from schemas.moments import MINUTE
from schemas.profiles import NOTES, PROFILES, Metric
from schemas.work_hours import read_hours
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


PUBLISHED = {
    "default": "detect impact-start detected, acknowledge detected acknowledged, mitigate detected mitigated, "
    "resolve detected resolved, impact impact-start recovered",
    "firehydrant": "detect impact-start detected, acknowledge impact-start acknowledged, "
    "mitigate impact-start mitigated, resolve impact-start resolved",
    "datadog": "detect impact-start detected, repair detected recovered, resolve declared resolved",
    "gitlab": "detect impact-start detected, mitigate impact-start mitigated, recover impact-start recovered",
    "atlassian": "acknowledge detected acknowledged, respond detected recovered, recover impact-start recovered, "
    "resolve impact-start resolved",
    "pagerduty": "acknowledge detected acknowledged, resolve detected resolved",
    "firefighter": "detect impact-start detected, acknowledge impact-start declared, respond detected recovered, "
    "repair declared mitigated, fix declared recovered, recover impact-start recovered, resolve impact-start resolved",
    "kehoe": "detect impact-start detected, mitigate impact-start mitigated, resolve impact-start resolved",
}
"""What each house says that its numbers run from and to."""


@pytest.mark.parametrize("profile", PROFILES)
def test_profiles_are_pairs_of_milestones_with_ids_of_their_own(profile: str) -> None:
    metrics = PROFILES[profile]
    assert ", ".join(f"{metric.id} {metric.start} {metric.end}" for metric in metrics) == PUBLISHED[profile]
    assert len({metric.id for metric in metrics}) == len(metrics)
    for metric in metrics:
        assert MILESTONES.index(metric.start) < MILESTONES.index(metric.end)
        assert (metric.clock, metric.definition) == ("elapsed", metric.pair)
        assert metric.label


def test_every_profile_has_a_note() -> None:
    assert list(NOTES) == list(PROFILES) == list(PUBLISHED)
    assert all(note.endswith(".") for note in NOTES.values())


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
        "detect": "unknown (no impact start)",
        "acknowledge": "unknown (no acknowledged)",
        "mitigate": "unknown (no mitigated)",
        "resolve": "unknown (no time for resolved)",
        "impact": "unknown (no impact start and no recovered)",
    }
    assert texts(event(None, "resolved", "detected"))["resolve"] == "unknown (no time for detected and resolved)"
    assert texts(event(None, "resolved"))["resolve"] == "unknown (no detected and no time for resolved)"


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


def test_the_headline_of_a_profile_that_has_no_impact_is_the_impact_all_the_same() -> None:
    story = built(event(at(9), "impact-start", "detected"), event(at(10), "recovered"), event(at(11), "closed"))
    found = headline(measure(story, PROFILES["atlassian"]), story)
    assert found is not None
    assert (found[0], found[1].text) == ("impact → recovered", "1h 00m")


# What a number would hide


def test_milestones_that_are_one_event_are_said() -> None:
    found = measured(built(event(at(9), "impact-start", "detected", "declared")), PROFILES["default"][0])
    assert found.text == "0m"
    assert found.note == "impact start and detected are the same event"
    assert found.said == "0m, impact start and detected are the same event"


def test_milestones_of_the_same_minute_are_said() -> None:
    story = built(event(at(9), "impact-start"), event(at(9), "detected"), event(at(9, 1), "acknowledged"))
    detect, acknowledge, *_ = measure(story)
    assert detect.said == "0m, impact start and detected have the same time"
    assert (acknowledge.said, acknowledge.note) == ("1m", "")


def test_milestones_that_may_be_apart_are_not_called_one() -> None:
    story = built(event(date(2024, 5, 2), "impact-start"), event(date(2024, 5, 2), "detected"))
    assert measure(story)[0].said == "0m–24h 00m"


@given(stories.stories())
def test_a_note_stands_by_a_length_of_nothing_only(incident: Incident) -> None:
    for found in measure(timeline.build(incident)):
        nothing = found.known and found.length is not None and not found.length.longest
        assert bool(found.note) == nothing
        assert found.said.startswith(found.text)
        assert bool(found.why) != found.known


# By hours that count

SUPPORT = Metric("repair", "repair", "detected", "recovered", read_hours("Mon-Fri 10:00-17:00 Europe/London"))


def support(*events: Event, zone: str = "UTC") -> Measurement:
    return measured(timeline.build(Incident(zone=zone, events=events)), SUPPORT)


def test_a_length_by_hours_has_its_clock() -> None:
    found = support(event(at(9), "detected"), event(datetime(2024, 5, 3, 10), "recovered"))
    assert found.text == "8h 00m"
    assert found.metric.clock == "Mon-Fri 10:00-17:00 Europe/London"
    assert found.metric.definition == "detected → recovered, Mon-Fri 10:00-17:00 Europe/London"


def test_a_length_outside_of_the_hours_says_so() -> None:
    found = support(event(at(17), "detected"), event(at(20), "recovered"))
    assert found.said == "0m, all of it is outside of Mon-Fri 10:00-17:00 Europe/London"


def test_hours_of_rough_times_have_bounds() -> None:
    found = support(event(at(9, 30), "detected", latest=at(10, 30)), event(at(20), "recovered"))
    assert found.text == "5h 30m–6h 30m"


def test_without_a_date_or_a_zone_hours_are_not_guessed() -> None:
    clocks = Event(id="a", at=time(9), milestones=("detected",)), Event(id="b", at=time(12), milestones=("recovered",))
    assert support(*clocks).text == "unknown (without a date there are no hours to count)"
    local = event(at(9), "detected"), event(at(12), "recovered")
    assert support(*local, zone="").text == "unknown (without a time zone there are no hours to count)"
    assert support(*local, zone="Mars/Base").text == "unknown (without a time zone there are no hours to count)"
    assert measured(timeline.build(Incident(events=local)), Metric("x", "x", "detected", "recovered")).text == "3h 00m"


def test_events_that_name_their_own_zone_need_no_other() -> None:
    aware = event(at(9).replace(tzinfo=UTC), "detected"), event(at(15), "recovered", zone="Africa/Nairobi")
    assert support(*aware, zone="").text == "3h 00m"
    # Of a local time the zone is only assumed from the other event.
    assumed = event(at(9).replace(tzinfo=UTC), "detected"), event(at(12), "recovered")
    assert support(*assumed, zone="").text == "unknown (without a time zone there are no hours to count)"


@given(stories.stories())
def test_hours_of_any_story_are_within_its_elapsed_time(incident: Incident) -> None:
    story = timeline.build(incident)
    by_hours, elapsed = measured(story, SUPPORT), measured(story, Metric("x", "x", SUPPORT.start, SUPPORT.end))
    assert by_hours.missing == elapsed.missing
    if by_hours.length is not None and elapsed.length is not None:
        assert by_hours.length.longest <= elapsed.length.longest
        assert by_hours.length.backwards == elapsed.length.backwards


# Side by side


def test_one_pair_is_one_row_with_all_its_names() -> None:
    story = built(event(at(9), "impact-start"), event(at(9, 10), "detected"), event(at(12), "recovered"))
    ours = {"ours": (SUPPORT,), "theirs": (Metric("repair", "repair", "detected", "recovered"),)}
    rows = {row.measurement.metric.definition: row for row in side_by_side(story, {**PROFILES, **ours})}
    row = rows["detected → recovered"]
    assert row.measurement.text == "2h 50m"
    assert row.names == (
        ("datadog", "repair"), ("atlassian", "respond"), ("firefighter", "respond"), ("theirs", "repair"),
    )  # fmt: skip
    assert row.called == "repair (datadog, theirs), respond (atlassian, firefighter)"
    assert rows["detected → recovered, Mon-Fri 10:00-17:00 Europe/London"].called == "repair (ours)"
    assert rows["declared → resolved"].measurement.text == "unknown (no declared and no resolved)"


@given(stories.stories())
def test_side_by_side_nothing_is_lost_or_repeated(incident: Incident) -> None:
    story = timeline.build(incident)
    rows = side_by_side(story)
    pairs = [
        (MILESTONES.index(row.measurement.metric.start), MILESTONES.index(row.measurement.metric.end)) for row in rows
    ]
    assert pairs == sorted(set(pairs))
    for profile, metrics in PROFILES.items():
        for found in measure(story, metrics):
            (row,) = [row for row in rows if row.measurement.metric.pair == found.metric.pair]
            assert (profile, found.metric.label) in row.names
            assert row.measurement.text == found.text
    assert sum(len(row.names) for row in rows) == sum(map(len, PROFILES.values()))

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import timeline
from schemas.entries import zone_of
from schemas.incident import MILESTONES, Event, Incident
from schemas.moments import DAY, HOUR, MINUTE, UNDATED_DAY, When, span_text, wall_instant
from tests.schemas import stories
from tests.schemas.short_stories import NAIROBI, at, marked, story


def walls(incident: Incident) -> list[str]:
    """The wall clocks of a story in the order of its timeline, `-` for an event without a time."""
    return [f"{e.wall:%d %H:%M}" if e.wall else "-" for e in timeline.build(incident).entries]


def ids(incident: Incident) -> list[str]:
    return [entry.event.id for entry in timeline.build(incident).entries]


# Order


@given(stories.stories())
def test_any_story_has_a_timeline_with_every_event_once(incident: Incident) -> None:
    built = timeline.build(incident)
    assert sorted(map(id, incident.events)) == sorted(id(entry.event) for entry in built.entries)
    assert [entry.event.id for entry in built.timed] == [e.event.id for e in built.entries if e.start is not None]
    # Nothing that is made of it fails either.
    assert built.quiet is None or built.quiet >= HOUR
    assert built.span is None or built.span.text
    assert all(span_text(phase.end - phase.start) for phase in built.phases)
    assert all(isinstance(built.zone_label(entry.wall), str) for entry in built.entries)


@given(stories.stories())
def test_shown_times_never_go_back_and_gaps_are_what_lies_between(incident: Incident) -> None:
    timed = timeline.build(incident).timed
    for before, entry in pairwise(timed):
        assert before.start is not None
        assert entry.start is not None
        assert entry.gap == entry.start.nominal - before.start.nominal >= 0
    assert all(entry.gap is None for entry in timed[:1])


@given(stories.stories(stories.exact_events()), st.randoms(use_true_random=False))
def test_the_order_of_exact_events_does_not_depend_on_the_file(incident: Incident, rng: random.Random) -> None:
    shuffled = list(incident.events)
    rng.shuffle(shuffled)
    one, other = timeline.build(incident), timeline.build(incident.changed(events=tuple(shuffled)))
    assert [(e.start, e.wall, e.gap, e.new_day) for e in one.entries] == [
        (e.start, e.wall, e.gap, e.new_day) for e in other.entries
    ]


@given(stories.stories())
def test_an_event_without_a_time_stays_behind_the_one_it_followed(incident: Incident) -> None:
    in_file = [event.id for event in incident.events]
    in_time = ids(incident)
    for event in incident.events:
        if event.at is None:
            place, shown = in_file.index(event.id), in_time.index(event.id)
            before = in_file[place - 1] if place else None
            assert (in_time[shown - 1] if shown else None) == before


@given(stories.stories())
def test_equal_times_keep_the_order_of_the_file(incident: Incident) -> None:
    in_file = {event.id: place for place, event in enumerate(incident.events)}
    for before, entry in pairwise(timeline.build(incident).timed):
        assert before.start is not None
        assert entry.start is not None
        if before.start.nominal == entry.start.nominal:
            assert in_file[before.event.id] < in_file[entry.event.id]


@given(stories.stories())
def test_a_day_is_new_where_its_date_differs(incident: Incident) -> None:
    shown: date | None = None
    for entry in timeline.build(incident).timed:
        assert entry.wall is not None
        assert entry.new_day == (entry.wall.date() != shown)
        shown = entry.wall.date()


@given(stories.stories())
def test_ordering_an_ordered_story_changes_nothing(incident: Incident) -> None:
    zone, _ = zone_of(incident)
    once = timeline.order(incident.events, zone)
    assert sorted(event.id for event in once) == sorted(event.id for event in incident.events)
    assert timeline.order(once, zone) is once


@given(stories.stories())
def test_ordering_the_file_changes_no_time(incident: Incident) -> None:
    zone, _ = zone_of(incident)
    sorted_one = incident.changed(events=timeline.order(incident.events, zone))
    assert timeline.build(sorted_one).entries == timeline.build(incident).entries


# Clocks without a date


@pytest.mark.parametrize(
    ("moments", "shown"),
    [
        # 02:00 after 23:00 is the next day; a story without any date begins on a day that is never shown.
        ([time(23), time(2)], ["01 23:00", "02 02:00"]),
        ([time(12), time(9), time(6)], ["01 12:00", "02 09:00", "03 06:00"]),
        # Back by less than three hours is a slip on the same day: nobody waits a day to go on a little earlier.
        ([time(9), time(9), time(8, 59)], ["01 08:59", "01 09:00", "01 09:00"]),
        ([time(12), time(6), time(5)], ["01 12:00", "02 05:00", "02 06:00"]),
        ([time(10, 30), time(10, 15), time(11)], ["01 10:15", "01 10:30", "01 11:00"]),
        ([time(12), time(9, 0, 1)], ["01 09:00", "01 12:00"]),
        # Before the first date, midnights are counted back from it.
        ([time(22), time(23), at(1, day=3)], ["02 22:00", "02 23:00", "03 01:00"]),
        ([time(8), at(9, day=3)], ["03 08:00", "03 09:00"]),
        ([time(23), time(1), time(0, 30), at(9, day=5)], ["04 23:00", "05 00:30", "05 01:00", "05 09:00"]),
        # Behind a date, the day goes on.
        ([at(22, day=2), time(23), time(2), time(3)], ["02 22:00", "02 23:00", "03 02:00", "03 03:00"]),
        ([at(9, day=2), time(5), at(9, day=7), time(10)], ["02 09:00", "03 05:00", "07 09:00", "07 10:00"]),
        # A day by itself has no clock that could be gone back from.
        ([date(2024, 5, 2), time(9), time(5)], ["02 00:00", "02 09:00", "03 05:00"]),
        ([time(23), time(1), date(2024, 5, 3)], ["02 23:00", "03 00:00", "03 01:00"]),
        # An event without a time changes nothing.
        ([at(22, day=2), None, time(2)], ["02 22:00", "-", "03 02:00"]),
        ([None, time(22), None, at(1, day=3)], ["-", "02 22:00", "-", "03 01:00"]),
        # The date of an event in another zone is the one that the incident's clocks showed.
        ([time(23), datetime(2024, 5, 2, 21, 30, tzinfo=UTC)], ["02 23:00", "03 00:30"]),
        ([datetime(2024, 5, 2, 21, 30, tzinfo=UTC), time(0, 45)], ["03 00:30", "03 00:45"]),
        # At the ends of the calendar there is no other day to take.
        ([datetime.max, time(1)], ["31 01:00", "31 23:59"]),
        ([time(23), datetime.min], ["01 00:00", "01 23:00"]),
    ],
)
def test_clocks_take_the_date_that_keeps_the_story_moving(moments: list[When | None], shown: list[str]) -> None:
    assert walls(story(*moments)) == shown


def test_a_clock_of_another_zone_is_compared_in_that_zone() -> None:
    # 23:30 in Nairobi is 20:30 in UTC: 21:00 UTC is half an hour later, on the same UTC day.
    events = (Event(id="a", at=at(23, 30)), Event(id="b", at=time(21), zone="UTC"), Event(id="c", at=time(1)))
    assert walls(Incident(zone="Africa/Nairobi", events=events)) == ["02 23:30", "03 00:00", "03 01:00"]
    # The 2nd of May begins in Nairobi when it is 21:00 UTC on the 1st; 20:00 UTC is its 23:00.
    day_first = (Event(id="a", at=date(2024, 5, 2)), Event(id="b", at=time(20), zone="UTC"))
    assert walls(Incident(zone="Africa/Nairobi", events=day_first)) == ["02 00:00", "02 23:00"]


def test_dates_that_were_taken_are_told() -> None:
    assumed = timeline.build(story(at(9), time(10), None, date(2024, 5, 3))).entries
    assert [(entry.dated, entry.assumed) for entry in assumed] == [
        (True, False),
        (True, True),
        (True, False),
        (True, False),
    ]
    undated = timeline.build(story(time(23), time(2))).entries
    assert [(entry.dated, entry.assumed) for entry in undated] == [(False, False)] * 2
    assert undated[0].wall == datetime.combine(UNDATED_DAY, time(23))
    assert [entry.gap for entry in undated] == [None, 3 * HOUR]


def test_a_file_is_not_ordered_where_that_would_change_a_date() -> None:
    # In this order the 09:00 belongs to 5 May; with 3 May in front of it, it would belong to 4 May.
    incident = story(time(9), at(10, day=5), at(10, day=3))
    zone, _ = zone_of(incident)
    assert walls(incident) == ["03 10:00", "05 09:00", "05 10:00"]
    assert timeline.order(incident.events, zone) is incident.events


# Spans, rough times and zones


@pytest.mark.parametrize(
    ("begin", "until", "length"),
    [
        (at(14), at(14, 20), 20 * MINUTE),
        (at(14), time(14, 20), 20 * MINUTE),
        (at(23), time(1), 2 * HOUR),
        (datetime(2024, 5, 2, 23, tzinfo=UTC), time(1), 2 * HOUR),
        (time(23), time(1), 2 * HOUR),
        (date(2024, 5, 2), time(6), 6 * HOUR),
        (at(14), at(13), -HOUR),
        (datetime.max, time(1), -(22 * HOUR + 59 * MINUTE + 59_999_999)),
    ],
)
def test_a_span_ends_when_it_says(begin: When, until: When, length: int) -> None:
    event = Event(id="a", at=begin, until=until)
    entry = timeline.build(Incident(zone="Africa/Nairobi", events=(event,))).entries[0]
    assert entry.start is not None
    assert entry.end is not None
    assert entry.end.nominal - entry.start.nominal == length


def test_between_is_shown_at_its_earlier_end() -> None:
    event = Event(id="a", at=at(10), latest=time(9, 30))
    entry = timeline.build(Incident(zone="UTC", events=(event,))).entries[0]
    assert entry.wall == at(10)  # a clock before the first one is the next day's
    event = Event(id="a", at=at(10), latest=at(9, 30))
    entry = timeline.build(Incident(zone="UTC", events=(event,))).entries[0]
    assert entry.wall == at(9, 30)
    assert entry.precision == "between"


def test_without_a_zone_the_earliest_event_that_has_one_lends_it() -> None:
    aware = datetime(2024, 5, 2, 9, tzinfo=NAIROBI)
    assert zone_of(story(at(8), aware, zone="")) == (NAIROBI, True)
    assert zone_of(story(at(8), aware, zone="Mars/Base")) == (NAIROBI, True)
    later = aware.astimezone(UTC) + timedelta(hours=1)
    assert zone_of(story(later, aware, zone="")) == (NAIROBI, True)
    assert zone_of(story(aware.astimezone(UTC), aware, zone="")) == (UTC, True)
    assert zone_of(story(aware, aware.astimezone(UTC), zone="")) == (UTC, True)
    assert zone_of(story(at(8), zone="")) == (None, False)
    named = Incident(events=(Event(id="a", at=at(8)), Event(id="b", at=at(9), zone="Africa/Nairobi")))
    zone, assumed = zone_of(named)
    assert (str(zone), assumed) == ("Africa/Nairobi", True)
    built = timeline.build(named)
    assert [entry.gap for entry in built.entries] == [None, HOUR]
    assert built.zone_assumed


def test_clock_changes_lengthen_and_shorten_gaps_but_not_the_order() -> None:
    spring = story(datetime(2024, 3, 31, 1, 30), datetime(2024, 3, 31, 3, 30), zone="Europe/Berlin")
    assert timeline.build(spring).entries[1].gap == HOUR
    autumn = story(datetime(2024, 10, 27, 1, 30), datetime(2024, 10, 27, 3, 30), zone="Europe/Berlin")
    assert timeline.build(autumn).entries[1].gap == 3 * HOUR
    # 02:30 does not exist that night. It is kept as it was written, and read an hour later.
    skipped = timeline.build(story(datetime(2024, 3, 31, 2, 30), zone="Europe/Berlin")).entries[0]
    assert skipped.wall == datetime(2024, 3, 31, 2, 30)


def test_a_day_keeps_its_date_where_its_midnight_was_skipped() -> None:
    entry = timeline.build(story(date(2018, 11, 4), zone="America/Sao_Paulo")).entries[0]
    assert entry.wall == datetime(2018, 11, 4)


@given(
    stories.stories(stories.exact_events(stories.local_times), zone=st.sampled_from(["", "UTC", "+05:30", "Mars/Base"]))
)
def test_local_times_are_shown_as_they_were_written(incident: Incident) -> None:
    for entry in timeline.build(incident).entries:
        assert entry.wall == entry.event.at
        assert entry.start is not None
        assert isinstance(entry.event.at, datetime)
        assert abs(entry.start.nominal - wall_instant(entry.event.at)) < DAY


# Milestones


def test_of_a_beginning_the_first_counts_and_of_an_end_the_last() -> None:
    built = marked(
        ("a", at(9), "impact-start detected"),
        ("b", at(10), "detected mitigated resolved"),
        ("c", at(11), "impact-start acknowledged"),
        ("d", at(12), "acknowledged mitigated"),
        ("e", None, "resolved declared"),
    )
    assert {name: entry.event.id for name, entry in built.milestones.items()} == {
        "impact-start": "a",
        "detected": "a",
        "mitigated": "d",
        "resolved": "b",
        "acknowledged": "c",
        "declared": "e",
    }
    assert "declared" not in built.reached


@given(stories.stories(stories.exact_events()))
def test_a_milestone_counts_wherever_its_event_stands_in_the_file(incident: Incident) -> None:
    built = timeline.build(incident)
    lasting = ("mitigated", "recovered", "resolved", "closed")
    for name in MILESTONES:
        times = [e.start.nominal for e in built.entries if e.start and name in e.event.milestones]
        if times:
            assert built.reached[name].nominal == (max(times) if name in lasting else min(times))
        else:
            assert name not in built.milestones


def test_a_milestone_with_a_time_counts_before_one_without() -> None:
    built = marked(("a", None, "detected"), ("b", at(9), "detected"), ("c", None, "detected"))
    assert built.milestones["detected"].event.id == "b"


def test_a_span_reaches_a_beginning_at_its_start_and_an_end_at_its_end() -> None:
    event = Event(id="a", at=at(14), until=at(14, 20), milestones=("acknowledged", "recovered"))
    built = timeline.build(Incident(zone="UTC", events=(event,)))
    assert built.reached["recovered"].nominal - built.reached["acknowledged"].nominal == 20 * MINUTE
    backwards = Event(id="a", at=at(14), until=at(13), milestones=("recovered",))
    built = timeline.build(Incident(zone="UTC", events=(backwards,)))
    assert built.reached["recovered"] == built.entries[0].start


# Silence and the whole length


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [
        ([], None),
        ([9], None),
        ([9, 9], None),
        ([9, 14], HOUR),
        ([9, 9.1, 9.2, 14], HOUR),
        ([0, 1, 2, 3, 4], 3 * HOUR),
        ([0, 6, 12, 18], 18 * HOUR),
    ],
)
def test_silence_is_three_times_the_usual_gap_and_an_hour_at_least(hours: list[float], quiet: int | None) -> None:
    assert timeline.build(story(*(at(0) + timedelta(hours=hour) for hour in hours))).quiet == quiet


def spanned(*events: Event) -> str | None:
    span = timeline.build(Incident(zone="UTC", events=events)).span
    return span.text if span else None


def test_the_span_reaches_from_the_first_event_to_the_end_of_the_last() -> None:
    nine, ten = Event(id="a", at=at(9)), Event(id="b", at=at(10))
    assert spanned() is None
    assert spanned(nine) is None
    assert spanned(Event(id="x")) is None
    assert spanned(nine, ten) == "1h 00m"
    assert spanned(nine.changed(until=at(12)), ten) == "3h 00m"
    assert spanned(nine, ten.changed(until=at(8))) == "1h 00m"
    assert spanned(nine, ten.changed(about=True)) == "about 1h 00m"
    assert spanned(nine, ten.changed(latest=at(11))) == "1h 00m–2h 00m"
    # A rough one in the middle does not matter.
    first, last = Event(id="f", at=at(9, day=1)), Event(id="l", at=at(10, day=3))
    middle = Event(id="m", at=date(2024, 5, 2))
    assert spanned(first, middle, last.changed(about=True)) == "about 2d 1h 00m"
    # An event of that day, shown at its midnight, may have been the last one.
    assert spanned(Event(id="d", at=date(2024, 5, 2)), nine, ten) == "1h 00m–24h 00m"


@given(stories.stories())
def test_the_span_is_no_narrower_than_what_is_known(incident: Incident) -> None:
    built = timeline.build(incident)
    if built.span is None:
        return
    timed = [entry.start for entry in built.entries if entry.start]
    assert 0 <= built.span.shortest <= built.span.nominal <= built.span.longest
    assert built.span.longest >= max(s.latest for s in timed) - min(s.earliest for s in timed)
    assert built.span.nominal >= timed[-1].nominal - timed[0].nominal
    if all(start.exact for start in timed) and not any(entry.end for entry in built.entries):
        assert built.span.shortest == built.span.longest

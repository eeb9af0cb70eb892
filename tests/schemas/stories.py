"""Strategies for events and stories in time: exact, rough, undated, contradictory, at both ends of the calendar."""

from datetime import date, datetime, time, timedelta, timezone

from hypothesis import strategies as st

from schemas.incident import MILESTONES, Event, Incident
from schemas.moments import When

ZONES = (
    "", "UTC", "Africa/Nairobi", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Apia",
    "America/Sao_Paulo", "Africa/Monrovia", "+05:30", "UTC-11", "Mars/Base", "PST",
)  # fmt: skip
"""Zones with and without clock changes, one that lost a day, one with seconds in its offset, offsets, and no zones."""

offsets = st.integers(-18 * 60, 18 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
zone_names = st.sampled_from(ZONES)
far = st.sampled_from(
    [
        datetime.min,
        datetime.max,
        datetime(2024, 3, 31, 2, 30),  # skipped in Berlin
        datetime(2024, 10, 27, 2, 30),  # twice in Berlin
        datetime(2018, 11, 4),  # a midnight that Sao Paulo skipped
        datetime(2011, 12, 30),  # a day that Apia skipped
    ]
)
near = st.datetimes(datetime(2024, 5, 1), datetime(2024, 5, 4))
coarse = st.builds(
    lambda day, hour, quarter: datetime(2024, 5, day, hour, 15 * quarter),
    st.integers(1, 3),
    st.integers(0, 23),
    st.integers(0, 3),
)
"""Date-times that often fall on one another."""

local_times = st.one_of(coarse, near, far, st.datetimes())
exact_times = st.one_of(
    local_times, st.builds(lambda at, zone: at.replace(tzinfo=zone), st.one_of(coarse, far, st.datetimes()), offsets)
)
days = st.one_of(
    st.dates(date(2024, 5, 1), date(2024, 5, 4)), st.dates(), st.sampled_from([date.min, date.max, date(2011, 12, 30)])
)
clocks = st.one_of(st.times(), st.builds(time, st.integers(0, 23)))
moments: st.SearchStrategy[When | None] = st.one_of(exact_times, days, clocks, st.none())
margins = st.sampled_from(["", "", "0m", "15m", "2 h", "1.5d", "999999999d", "a while"])
milestones = st.lists(st.sampled_from(MILESTONES), max_size=2, unique=True).map(tuple)


def events(at: st.SearchStrategy[When | None] = moments) -> st.SearchStrategy[Event]:
    """Single events; their ids are filled in by `stories`."""
    return st.builds(
        Event,
        id=st.just(""),
        at=at,
        latest=st.one_of(st.none(), moments),
        until=st.one_of(st.none(), moments),
        about=st.booleans(),
        margin=margins,
        zone=st.one_of(st.just(""), zone_names),
        text=st.sampled_from(["Paged", "Restarted", ""]),
        milestones=milestones,
    )


def exact_events(at: st.SearchStrategy[When] = exact_times) -> st.SearchStrategy[Event]:
    """Events whose time is known to the instant by itself."""
    return st.builds(Event, id=st.just(""), at=at, milestones=milestones)


def stories(
    event: st.SearchStrategy[Event] | None = None,
    *,
    zone: st.SearchStrategy[str] = zone_names,
    least: int = 0,
    most: int = 9,
) -> st.SearchStrategy[Incident]:
    """Incidents with events in any order, their ids `e0`, `e1` … by their place in the file."""

    def told(told_events: list[Event], zone_name: str) -> Incident:
        numbered = tuple(event.changed(id=f"e{i}") for i, event in enumerate(told_events))
        return Incident(zone=zone_name, events=numbered)

    return st.builds(told, st.lists(events() if event is None else event, min_size=least, max_size=most), zone)

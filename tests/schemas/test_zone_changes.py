"""When clocks change: the search finds what `zoneinfo` knows, and marks just the local times that are in doubt."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.moments import DAY, HOUR, instant, wall_instant
from schemas.zone_changes import changes_between, changes_in, jump_at, offset_of

ZONES = ("Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Juba", "Asia/Pyongyang")


@pytest.mark.parametrize(
    ("name", "year", "walls"),
    [
        ("Europe/Berlin", 2024, ["2024-03-31 02:00 +60", "2024-10-27 03:00 -60"]),
        ("Europe/Moscow", 2014, ["2014-10-26 02:00 -60"]),
        ("Africa/Juba", 2021, ["2021-02-01 00:00 -60"]),
        ("Asia/Pyongyang", 2015, ["2015-08-15 00:00 -30"]),
        ("Asia/Pyongyang", 2018, ["2018-05-04 23:30 +30"]),
        ("Pacific/Apia", 2011, ["2011-04-02 04:00 -60", "2011-09-24 03:00 +60", "2011-12-30 00:00 +1440"]),
        ("Australia/Lord_Howe", 2023, ["2023-04-02 02:00 -30", "2023-10-01 02:00 +30"]),
        ("Africa/Nairobi", 2024, []),
        ("Europe/Berlin", 1, []),
        ("Europe/Berlin", 9999, ["9999-03-28 02:00 +60", "9999-10-31 03:00 -60"]),
    ],
)
def test_changes_of_a_year(name: str, year: int, walls: list[str]) -> None:
    found = [f"{each.wall:%Y-%m-%d %H:%M} {each.step * 60 // HOUR:+d}" for each in changes_in(ZoneInfo(name), year)]
    assert found == walls


@given(st.sampled_from(ZONES), st.datetimes(datetime(1995, 1, 1), datetime(2030, 1, 1)), st.integers(0, 900))
def test_an_offset_is_another_only_behind_a_change(name: str, start: datetime, days: int) -> None:
    zone, first = ZoneInfo(name), wall_instant(start)
    last = first + days * DAY
    moved = sum(change.step for change in changes_between(zone, first, last))
    assert offset_of(zone, first) + moved == offset_of(zone, last)


@given(st.sampled_from(ZONES), st.integers(1995, 2030), st.integers(-300, 300))
def test_doubtful_local_times_lie_close_to_a_change(name: str, year: int, minutes: int) -> None:
    zone = ZoneInfo(name)
    for change in changes_in(zone, year):
        wall = change.wall + timedelta(minutes=minutes)
        if jump_at(zone, wall):
            assert jump_at(zone, wall) == change.step
            assert abs(instant(wall, zone) - change.at) <= abs(change.step)


def test_over_very_long_times_changes_are_not_counted() -> None:
    assert changes_between(ZoneInfo("Europe/Berlin"), 0, wall_instant(datetime.max)) == ()

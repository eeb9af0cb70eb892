from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import zones

NAMES = sorted(name for name in available_timezones() if name[0].isupper() and name != "Factory")
MOMENTS = st.datetimes()


def test_every_name_of_the_zone_database_is_known_but_those_that_abbreviations_claim() -> None:
    unknown = {name for name in NAMES if zones.resolve(name) is None}
    assert unknown == {"CET", "EET", "EST", "HST", "MST", "WET"} & set(NAMES)


@pytest.mark.parametrize(
    ("name", "hours"),
    [("+3", 3), ("UTC+3", 3), ("gmt-03:30", -3.5), ("+0545", 5.75), ("−07", -7), ("UTC +14", 14), ("-0", 0)],
)
def test_offsets_are_zones(name: str, hours: float) -> None:
    zone = zones.resolve(name)
    assert zone is not None
    assert zone.utcoffset(None) == timedelta(hours=hours)


@pytest.mark.parametrize("name", ["UTC", "utc", " Z ", "GMT"])
def test_names_of_utc(name: str) -> None:
    assert zones.resolve(name) is ZoneInfo("UTC")


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "Mars/Base", "PST", "IST", "CET", "localtime", "posix/Europe/Paris", "right/UTC", "posixrules",
        "Factory", "America", "America/", "/UTC", "../UTC", "Europe/../UTC", "europe/paris", "Europe/Paris\n/x",
        "Europe/Paris\0",
        "+19", "+3:75", "UTC+3+4", "X" * 300, "Europe/" * 900 + "Paris", "Ünited/Kingdom", "\ud800",
    ],
    ids=lambda name: repr(name)[:30],
)  # fmt: skip
def test_what_is_no_zone_is_none(name: str) -> None:
    assert zones.resolve(name) is None
    if name != "europe/paris":
        assert zones.canonical_name(name) is None


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    canonical = zones.canonical_name(text)
    if zones.resolve(text) is not None:
        assert canonical is not None
    if canonical is not None:
        assert zones.resolve(canonical) is not None
        assert zones.canonical_name(canonical) == canonical


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("africa/nairobi", "Africa/Nairobi"),
        ("America/new york", "America/New_York"),
        ("  Europe/Paris ", "Europe/Paris"),
        ("utc", "UTC"),
        ("z", "Z"),
        ("UTC+3", "UTC+3"),
        ("PST8PDT", "PST8PDT"),
    ],
)
def test_names_get_their_capitals(typed: str, name: str) -> None:
    assert zones.canonical_name(typed) == name


def test_names_to_choose_from_are_all_zones() -> None:
    names = zones.zone_names()
    assert list(names) == sorted(set(names))
    assert {"UTC", "Africa/Nairobi", "America/Argentina/Ushuaia"} <= set(names)
    assert all(zones.resolve(name) is not None for name in names)


@pytest.mark.parametrize("label", [label for label, known in zones.ABBREVIATIONS.items() if known.minutes is not None])
def test_abbreviations_have_the_offset_of_their_first_place(label: str) -> None:
    known = zones.ABBREVIATIONS[label]
    zone = zones.resolve(known.zones[0])
    assert zone is not None
    offsets = {zones.offset_minutes(zone, datetime(2024, month, 15)) for month in (1, 7)}
    assert known.minutes in offsets
    assert known.label == label


@pytest.mark.parametrize("label", ["PT", "MT", "CT", "ET"])
def test_names_that_follow_the_season_have_no_offset(label: str) -> None:
    assert zones.ABBREVIATIONS[label].minutes is None


def test_shared_abbreviations_are_ambiguous() -> None:
    shared = {label for label, known in zones.ABBREVIATIONS.items() if known.ambiguous}
    assert shared == {"BST", "IST", "CAT", "CST", "CDT", "AST"}
    assert all(zones.resolve(place) for known in zones.ABBREVIATIONS.values() for place in known.zones)


@pytest.mark.parametrize(
    ("name", "moment", "label"),
    [
        ("Africa/Nairobi", datetime(2024, 5, 2), "EAT"),
        ("America/Los_Angeles", datetime(2024, 6, 1), "PDT"),
        ("America/Los_Angeles", datetime(2024, 1, 1), "PST"),
        ("America/Sao_Paulo", datetime(2024, 1, 1), "UTC-03:00"),
        ("Asia/Kathmandu", datetime(2024, 1, 1), "UTC+05:45"),
        ("+05:30", datetime(2024, 1, 1), "UTC+05:30"),
        ("UTC", datetime.min, "UTC"),
    ],
)
def test_what_a_zone_is_called(name: str, moment: datetime, label: str) -> None:
    zone = zones.resolve(name)
    assert zone is not None
    assert zones.label_at(zone, moment) == label


@given(st.sampled_from(NAMES), MOMENTS | st.sampled_from([datetime.min, datetime.max]))
def test_any_zone_answers_for_any_year(name: str, moment: datetime) -> None:
    zone = zones.resolve(name) or ZoneInfo("UTC")
    assert abs(zones.offset_at(zone, moment)) < timedelta(days=1)
    assert abs(zones.offset_minutes(zone, moment)) < 24 * 60
    assert isinstance(zones.label_at(zone, moment), str)


def test_local_mean_time_keeps_its_seconds() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    assert zones.offset_at(zone, datetime(1800, 1, 1)) % timedelta(minutes=1) != timedelta()

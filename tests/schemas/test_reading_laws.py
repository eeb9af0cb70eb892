"""Laws of reading times and lengths: what is shown reads back, and no text takes long."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timezone
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import zones
from schemas.field_times import due, moment
from schemas.field_values import FieldError
from schemas.lengths import NotALength, read_length, take_length
from schemas.when import Context, NotATime, read_time, take_time
from schemas.when_text import format_when
from tests.schemas.typed_times import NAIROBI, place

NAMES = sorted(name for name in available_timezones() if "/" in name and zones.resolve(name) is not None)
MODULES = (
    "clocks", "date_order", "dates", "entry_block", "entry_line", "entry_marks", "epoch", "field_times", "figure_dates",
    "days", "length_parts", "length_words", "lengths", "month_names", "phrases", "spelled_zones", "story_time", "when",
    "zone_words",
)  # fmt: skip
WALLS = st.datetimes(datetime(1, 1, 1), datetime.max)


class TestWhatIsShownReadsBack:
    @given(st.sampled_from(NAMES), WALLS)
    def test_an_instant_of_any_zone_in_that_zone(self, name: str, wall: datetime) -> None:
        here = place(name)
        value = read_time(format_when(wall), here).at
        assert isinstance(value, datetime)
        assert read_time(format_when(value, zone=here.zone), here).at == value

    @given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 30)))
    def test_an_instant_of_any_zone_in_another(self, one: str, other: str, wall: datetime) -> None:
        value = read_time(format_when(wall), place(one)).at
        assert isinstance(value, datetime)
        assert read_time(format_when(value, zone=ZoneInfo(other)), place(other)).at == value

    @given(st.sampled_from(NAMES), st.datetimes(datetime(1950, 1, 1), datetime(2060, 1, 1)))
    def test_every_wall_clock_is_read_or_told(self, name: str, wall: datetime) -> None:
        reading = read_time(format_when(wall), place(name))
        assert isinstance(reading.at, datetime)
        assert reading.at.replace(tzinfo=None) == wall or "did not exist" in reading.notes[0]

    @given(st.sampled_from(NAMES), st.datetimes(datetime(1950, 1, 1), datetime(2060, 1, 1)), st.integers(0, 100))
    def test_iso_8601_in_its_other_forms(self, name: str, wall: datetime, hundredths: int) -> None:
        here = place(name)
        at = read_time(format_when(wall), here).at
        assert isinstance(at, datetime)
        year, week, weekday = at.isocalendar()
        clock, offset = at.strftime("%H:%M:%S"), format_when(at)[-6:]
        for day in (f"{year:04d}-W{week:02d}-{weekday}", at.strftime("%Y-%j"), at.date().isoformat()):
            text = f"{day}T{clock},{hundredths % 100:02d}{offset}"
            exact = at.replace(microsecond=hundredths % 100 * 10_000)
            assert read_time(text, here).at == exact
        packed = f"{at:%Y%m%dT%H%M%S}{offset.replace(':', '')}"
        assert read_time(packed, here).at == at.replace(microsecond=0)

    @given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31), timezones=st.just(timezone.utc)))  # noqa: UP017
    def test_counts_from_1970(self, moment: datetime) -> None:
        seconds = round(moment.replace(microsecond=0).timestamp())
        assert read_time(f"{seconds}", NAIROBI).at == moment.replace(microsecond=0)
        assert read_time(f"[{seconds}.{moment.microsecond:06d}]", NAIROBI).at == moment
        if seconds >= 10**9:
            assert read_time(f"{seconds}{moment.microsecond // 1000:03d}", NAIROBI).at == moment.replace(
                microsecond=moment.microsecond // 1000 * 1000
            )


WORDS = st.sampled_from(
    ["14:05", "2pm", "14h", "14 Uhr", "midi", "May 3", "2 de mayo", "2. Mai", "2024-W18", "-4", "2024-123", "T14",
     "W53", "10/04/2024", "24/07/25", "2022-02-??", "14:??", "09:4+", "now", "ago", "15m", "1714629600", "[", "]",
     "(", ")", "IST", "Israel Standard Time", "US Eastern", "Pacific Time", "PST8PDT", "Etc/GMT+14", "+14:00", "-14:00",
     "+9", "0001-01-01", "9999-12-31", "23:59:60", "24:00", "a", "às", "between", "and", "..", "-", "~", "999999999d",
     "P", "PT1H"]
)  # fmt: skip
TEXTS = st.text(max_size=60) | st.lists(WORDS, max_size=8).map(" ".join) | st.lists(WORDS, max_size=6).map("".join)
EDGES = [
    place(name, after)
    for name in ("UTC", "Africa/Juba", "Europe/Moscow", "Pacific/Apia", "Pacific/Kiritimati", "America/Los_Angeles")
    for after in (None, datetime(1, 1, 1), datetime.max, datetime(2011, 12, 29, 23, 0), datetime(2024, 3, 10, 1, 30))
]


class TestAnyText:
    @given(TEXTS, st.sampled_from(EDGES), st.sampled_from([None, datetime.min, datetime.max]))
    def test_an_answer_or_a_reason(self, text: str, context: Context, now: datetime | None) -> None:
        known = Context(
            context.zone, context.zone_name, context.after, context.after, context.today, now=now,
            days=(date.min, date.max),
        )  # fmt: skip
        for read in (read_time, take_time):
            with suppress(NotATime):
                read(text, known)
        for field in (moment, due):
            with suppress(FieldError):
                field(text, known)
        with suppress(NotALength):
            read_length(text)
        for pos in range(min(len(text), 5)):
            take_length(text, pos)

    @given(
        st.sampled_from(EDGES), st.times(), st.sampled_from(["", " UTC", " -14:00", " +14:00", " PT", " Pacific/Apia"])
    )
    def test_a_clock_at_the_ends_of_the_calendar(self, context: Context, clock: time, zone: str) -> None:
        reading = read_time(f"{clock:%H:%M}{zone}", context)
        assert isinstance(reading.at, datetime | time)


class TestPatterns:
    """No pattern can take more than a fixed number of steps at a position, but for single runs of characters."""

    @pytest.mark.parametrize("name", MODULES)
    def test_what_repeats_without_end_is_one_run_of_characters(self, name: str) -> None:
        module = importlib.import_module(f"schemas.{name}")
        for label, pattern in patterns(module):
            for repeated in endless(parsed(pattern)):
                assert not any(endless(repeated)), f"{name}.{label} repeats what repeats"


def patterns(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    found = {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    yield from found.items()


def parsed(pattern: re.Pattern[str]) -> Any:
    from re import _parser  # type: ignore[attr-defined]

    return _parser.parse(pattern.pattern, pattern.flags)


def endless(tree: Any) -> Iterator[Any]:
    """What is repeated without a small limit, wherever it stands in a pattern."""
    for operation, argument in tree:
        name = str(operation)
        inner = list(nested(argument))
        if name in ("MAX_REPEAT", "MIN_REPEAT") and argument[1] > 40:
            yield argument[2]
        for part in inner:
            yield from endless(part)


def nested(argument: Any) -> Iterator[Any]:
    if hasattr(argument, "data"):
        yield argument
    elif isinstance(argument, tuple | list):
        for part in argument:
            yield from nested(part)


def test_the_walk_over_patterns_finds_what_it_looks_for() -> None:
    assert any(any(endless(part)) for part in endless(parsed(re.compile(r"(a+b?)*c"))))
    assert not any(any(endless(part)) for part in endless(parsed(re.compile(r"(a{1,3}b?)*c+"))))


@pytest.mark.parametrize(
    "piece", ["1", "1:", "1/", "at ", "~", "(", "[", " ", "+", "T", "14:05 - ", "a ", "1h", "May ", "2024-", "-", "?"]
)
def test_a_long_line_is_looked_at_no_further_than_its_time(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    for text in (line, f"14:05 {line}", f"10/04/2024 {line}", f"May 3 {line}"):
        try:
            _, rest = take_time(text, NAIROBI)
        except NotATime:
            continue
        assert text.endswith(rest)

"""Any incident that the models can hold, for property tests: odd times, hostile text, unknown keys at every level."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from schemas import incident as model
from schemas.incident import Incident, Model
from schemas.moments import When
from schemas.sections import SECTION_KEYS, STATUSES
from schemas.text import clean_line, clean_prose

HOSTILE = (
    "", " ", "\n", "\n\n", "\t", "\\", '"', "'", '"""', "'''", '""""', "\\n", "\\u0041", "\\\n", "a\\", 'ends "', "# no comment",
    "[events]", "[[events]]", "x = 1", "= ", "trailing  ", "line \nnext", "\nleading", "end\n", "two\r\nlines", "cr\ralone",
    "\x00\x1b]52;c;AAAA\x07", "\x1b[31mred", "\x7f\x85\x9b", "\u2028\u2029\u202e\u2066", "\ufeff", "🧯👩‍🚒", "العربية", "é", "e\u0301",
    "[/b][@click=app.quit]", "a | b", "`x`", "<br>", "<<<<<<< HEAD", "=======\n", "2024-05-02", "true", "\U0010ffff", "x" * 300,
)  # fmt: skip
"""Pieces of text that some reader, writer or terminal could trip over."""


def texts() -> st.SearchStrategy[str]:
    """Text as it comes from outside, not yet cleaned; of several lines too."""
    pieces = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.text('ab"\\\n\r\t #=[]', max_size=12))
    return st.one_of(st.just(""), st.lists(pieces, min_size=1, max_size=4).map("".join))


def offsets() -> st.SearchStrategy[timezone]:
    """Offsets from UTC in whole minutes, as far as TOML has them: short of a day on both sides."""
    minutes = st.one_of(st.sampled_from((0, 180, 330, 345, -210, 1439, -1439)), st.integers(-1439, 1439))
    return minutes.map(lambda amount: timezone(timedelta(minutes=amount)))


def moments() -> st.SearchStrategy[When]:
    """Every kind of time: aware and local date-times, days, clocks, from the first year to the last."""
    edges = st.sampled_from(
        (
            datetime.min, datetime.max, date.min, date.max, time.min, time.max, datetime(2024, 5, 2),
            datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
        )
    )  # fmt: skip
    return st.one_of(
        edges,
        st.datetimes(timezones=offsets()),
        st.datetimes(timezones=offsets()).map(lambda moment: moment.replace(microsecond=0)),
        st.datetimes(),
        st.datetimes().map(lambda moment: moment.replace(second=0, microsecond=0)),
        st.dates(),
        st.times(),
        st.times().map(lambda clock: clock.replace(microsecond=0)),
    )


def numbers() -> st.SearchStrategy[int | float]:
    """Whole and broken numbers, very large and very small ones too, but none without end."""
    return st.one_of(
        st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False), st.sampled_from((0, 0.0, -0.0, 1e22))
    )


def ids() -> st.SearchStrategy[str]:
    """Ids, most of them as the program makes them, some as people might write them."""
    usual = st.text("23456789bcdfghjkmnpqrstvwxz", min_size=4, max_size=4)
    odd = st.sampled_from(("1", "a/b", "id with spaces", "é", '"', "a.b", "events"))
    return st.one_of(usual, usual, usual, odd)


def unknown_values() -> st.SearchStrategy[Any]:
    """Whatever TOML can hold: also lists of lists, tables in lists, lists of tables, and empty ones."""
    scalars = st.one_of(
        st.booleans(), numbers(), st.just(float("inf")), moments(), texts().map(clean_prose), st.sampled_from(HOSTILE).map(clean_prose)
    )
    return st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(_keys(), inner, max_size=3),
            st.lists(st.dictionaries(_keys(), inner, max_size=2), max_size=2),
        ),
        max_leaves=5,
    )


def _keys() -> st.SearchStrategy[str]:
    usual = st.sampled_from(("note", "extra", "x-ray", "a b", "a.b", "", "é", '"', "events", "1", "self", "model_config"))
    return st.one_of(usual, texts().map(clean_prose))


def unknown_keys(known: type[Model]) -> st.SearchStrategy[dict[str, Any]]:
    """Keys that a model does not know, with values; mostly none."""
    some = st.dictionaries(_keys().filter(lambda key: key not in known.model_fields), unknown_values(), max_size=3)
    return st.one_of(st.just({}), st.just({}), some)


def _item[T: Model](kind: type[T], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    return st.builds(
        lambda known, unknown: kind.model_validate({**known, **unknown}),
        st.fixed_dictionaries({}, optional=fields),
        unknown_keys(kind),
    )

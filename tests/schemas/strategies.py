"""Any incident that the models can hold, for property tests: odd times, hostile text, unknown keys at every level."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from schemas.incident import (
    ACTION_STATUSES,
    ACTION_TYPES,
    FORMAT,
    ITEM_LISTS,
    KINDS,
    MILESTONES,
    SEVERITIES,
    Action,
    Comment,
    Event,
    Factor,
    Impact,
    Incident,
    Model,
    OtherSection,
    Review,
    Sections,
    Stated,
    Waiver,
)
from schemas.moments import When
from schemas.sections import STATUSES
from schemas.text import clean_prose
from schemas.toml_order import in_file_order
from schemas.toml_shape import shape_of

AnyModel = TypeVar("AnyModel", bound=Model)

HOSTILE = (
    "", " ", "\n", "\n\n", "\t", "\\", '"', "'", '"""', "'''", '""""', "\\n", "\\u0041", "\\\n", "a\\", 'ends "',
    "# no comment", "[events]", "[[events]]", "x = 1", "= ", "trailing  ", "line \nnext", "\nleading", "end\n",
    "two\r\nlines", "cr\ralone", "\x00\x1b]52;c;AAAA\x07", "\x1b[31mred", "\x7f\x85\x9b", "\u2028\u2029\u202e\u2066",
    "\ufeff", "🧯👩\u200d🚒", "العربية", "é", "e\u0301", "[/b][@click=app.quit]", "a | b", "`x`", "<br>",
    "<<<<<<< HEAD", "=======\n", "2024-05-02", "true", "\U0010ffff", "x" * 300,
)  # fmt: skip
"""Pieces of text that some reader, writer or terminal could trip over."""


@cache
def texts() -> st.SearchStrategy[str]:
    """Text as it comes from outside, not yet cleaned; of several lines too."""
    pieces = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.text('ab"\\\n\r\t #=[]', max_size=12))
    return st.one_of(st.just(""), st.lists(pieces, min_size=1, max_size=4).map("".join))


@cache
def offsets() -> st.SearchStrategy[timezone]:
    """Offsets from UTC in whole minutes, as far as TOML has them: short of a day on both sides."""
    minutes = st.one_of(st.sampled_from((0, 180, 330, 345, -210, 1439, -1439)), st.integers(-1439, 1439))
    return minutes.map(lambda amount: timezone(timedelta(minutes=amount)))


@cache
def moments() -> st.SearchStrategy[When]:
    """Every kind of time: aware and local date-times, days, clocks, from the first year to the last."""
    edges = st.sampled_from(
        (
            datetime.min, datetime.max, date.min, date.max, time.min, time.max, datetime(2024, 5, 2),
            datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
        )
    )  # fmt: skip
    local = st.datetimes()
    aware = st.builds(lambda moment, zone: moment.replace(tzinfo=zone), local, offsets())
    clocks = st.times()
    exact = st.one_of(edges, aware, local, st.dates(), clocks)
    rounded = st.one_of(aware, local, clocks).map(lambda moment: moment.replace(second=0, microsecond=0))
    return st.one_of(exact, rounded)


def _once(moment: When) -> When:
    """The moment without the mark of the second hour of a clock change, which no file can hold."""
    return moment.replace(fold=0) if isinstance(moment, datetime | time) else moment


@cache
def numbers() -> st.SearchStrategy[int | float]:
    """Whole and broken numbers, very large and very small ones too, but none without end."""
    return st.one_of(
        st.integers(-(2**70), 2**70),
        st.floats(allow_nan=False, allow_infinity=False),
        st.sampled_from((0, 0.0, -0.0, 1e22)),
    )


@cache
def ids() -> st.SearchStrategy[str]:
    """Ids, most of them as the program makes them, some as people might write them."""
    usual = st.text("23456789bcdfghjkmnpqrstvwxz", min_size=4, max_size=4)
    odd = st.sampled_from(("1", "a/b", "id with spaces", "é", '"', "a.b", "events"))
    return st.one_of(usual, usual, usual, odd)


@cache
def unknown_values() -> st.SearchStrategy[Any]:
    """Whatever TOML can hold: also lists of lists, tables in lists, lists of tables, and empty ones."""
    scalars = st.one_of(
        st.booleans(),
        numbers(),
        st.just(float("inf")),
        moments().map(_once),
        texts().map(clean_prose),
        st.sampled_from(HOSTILE).map(clean_prose),
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


@cache
def _keys() -> st.SearchStrategy[str]:
    usual = st.sampled_from(
        ("note", "extra", "x-ray", "a b", "a.b", "", "é", '"', "events", "1", "self", "model_config")
    )
    return st.one_of(usual, texts().map(clean_prose))


@cache
def unknown_keys(known: type[Model]) -> st.SearchStrategy[dict[str, Any]]:
    """Keys that a model does not know, with values; mostly none."""
    some = st.dictionaries(_keys().filter(lambda key: key not in known.model_fields), unknown_values(), max_size=3)
    return st.one_of(st.just({}), st.just({}), some)


def _item(kind: type[AnyModel], /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[AnyModel]:
    """Models with some of their fields filled, and unknown keys. Text, times and flags need no word here."""
    for name, field in kind.model_fields.items():
        if name not in fields and name != "id":
            fields[name] = _BY_SHAPE[shape_of(kind, name)]()
        if field.is_required() and name != "id":
            fields[name] = st.one_of(fields[name], st.just("x"))
    needed = {
        name: fields.pop(name) for name, field in kind.model_fields.items() if field.is_required() and name in fields
    }
    made = st.builds(
        lambda known, unknown: kind.model_validate({**known, **unknown}),
        st.fixed_dictionaries(needed, optional=fields),
        unknown_keys(kind),
    )
    return st.deferred(lambda: made)  # so that a report shows a name, not ten thousand lines of strategies


def _often(values: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(values), texts())


_BY_SHAPE: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
    "text": texts,
    "texts": lambda: st.lists(texts(), max_size=4),
    "moment": lambda: st.one_of(st.none(), moments()),
    "day": lambda: st.one_of(st.none(), st.dates()),
    "flag": st.booleans,
    "whole": lambda: st.one_of(st.none(), st.integers(-(2**70), 2**70)),
    "number": lambda: st.one_of(st.none(), numbers()),
}


@cache
def events() -> st.SearchStrategy[Event]:
    """Events of every kind, in any state of completion."""
    milestones = st.lists(_often(MILESTONES), max_size=3)
    return _item(Event, id=ids(), milestones=milestones, kind=_often(KINDS), margin=_often(("15m", "2h", "1.5d")))


PLACES = ("", "title", "events", "events/FIRST", "actions/FIRST/text", "other_sections/FIRST", "impacts/FIRST",
          "sections/summary", "sections/lucky", "events/gone")  # fmt: skip
"""What is talked about; FIRST is the first item of the list, if there is one."""

_ITEMS: dict[str, st.SearchStrategy[Model]] = {
    "other_sections": _item(OtherSection, id=ids()),
    "impacts": _item(Impact, id=ids()),
    "factors": _item(Factor, id=ids()),
    "events": events(),
    "stated": _item(Stated, id=st.one_of(st.just(""), ids())),
    "actions": _item(Action, id=ids(), status=_often(ACTION_STATUSES), type=_often(ACTION_TYPES)),
    "comments": _item(Comment, id=ids(), on=_often(PLACES)),
    "reviews": _item(Review, id=ids(), verdict=_often(("approve", "changes"))),
    "waivers": _item(Waiver, where=_often(PLACES)),
}


def _items(name: str) -> st.SearchStrategy[list[Model]]:
    """One list of the file, no id in it twice; entries without one may stand beside each other."""
    alike = st.lists(_ITEMS[name], max_size=4)
    return alike.map(_without_twins)


def _without_twins(items: list[Model]) -> list[Model]:
    seen: set[str] = set()
    kept: list[Model] = []
    for item in items:
        name = item.__dict__.get("id", "")
        if not name or name not in seen:
            kept.append(item)
        seen.add(name)
    return kept


@cache
def incidents() -> st.SearchStrategy[Incident]:
    """Whole incidents, from empty to everything at once; of a newer format too. Remarks stand as in a file."""
    found = _item(
        Incident,
        format=st.sampled_from((FORMAT, FORMAT, FORMAT, FORMAT + 1, 99)),
        status=_often(STATUSES),
        severity=_often(SEVERITIES),
        zone=_often(("Africa/Nairobi", "America/Los_Angeles", "UTC")),
        sections=_item(Sections),
        **{name: _items(name) for name in ITEM_LISTS},
    )
    return found.map(_with_first_items).map(in_file_order)


def _with_first_items(incident: Incident) -> Incident:
    """The incident with the ids of its first items where remarks speak of them."""
    first = {name: getattr(incident, name)[0].id for name in ITEM_LISTS[:6] if getattr(incident, name)}

    def place(where: str) -> str:
        return where.replace("FIRST", first.get(where.partition("/")[0], "gone"))

    known: Incident = incident.changed(
        comments=tuple(comment.changed(on=place(comment.on)) for comment in incident.comments),
        waivers=tuple(waiver.changed(where=place(waiver.where)) for waiver in incident.waivers),
    )
    return known


def same(one: object, other: object) -> bool:
    """Whether two values are equal in kind too: `1`, `1.0` and `True` differ, and so do `09:00Z` and `12:00+03:00`."""
    if isinstance(one, Model) and isinstance(other, Model):
        return type(one) is type(other) and same(_content(one), _content(other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, datetime) and isinstance(other, datetime) and one.utcoffset() != other.utcoffset():
        return False
    return type(one) is type(other) and repr(one).split("tzinfo")[0] == repr(other).split("tzinfo")[0]


def _content(item: Model) -> dict[str, Any]:
    return {**item.__dict__, **(item.model_extra or {})}

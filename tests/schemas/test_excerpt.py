"""An excerpt of an incident as text, and back: the same fields, read only where something stands in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import toml_file
from schemas.excerpt import Excerpt, excerpt_text
from schemas.incident import ITEM_LISTS, Action, Incident, Model, Stated
from schemas.moments import When
from tests.schemas import strategies

NAMES = ("title", "owner", "authors", *ITEM_LISTS)


def plain(value: object) -> object:
    """A value without keys that a hand has added."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return {name: getattr(value, name) for name in type(value).model_fields} if isinstance(value, Model) else value


@given(strategies.incidents(), st.sets(st.sampled_from(NAMES)))
@settings(max_examples=200)
def test_comes_back_as_it_was(known: Incident, names: set[str]) -> None:
    text = excerpt_text(known, names)
    assert "\t" not in text
    assert "\n" not in text
    again = Excerpt(text, names)
    assert {name: plain(value) for name, value in again.items()} == {
        name: plain(getattr(known, name)) for name in names
    }


@pytest.mark.parametrize(
    "at",
    [
        date(1, 1, 1), date(9999, 12, 31), time(0), time(23, 59, 59, 999999), datetime(1, 1, 1),
        datetime(9999, 12, 31, 23, 59, 59, 999999), datetime(2024, 5, 2, tzinfo=UTC),
        datetime(2024, 5, 2, 9, 0, 0, 5, timezone(timedelta(hours=-3, minutes=-30))),
    ],
)  # fmt: skip
def test_every_kind_of_time_does(at: When) -> None:
    known = Incident(stated=(Stated(what="start", at=at),))
    again = Excerpt(excerpt_text(known, {"stated"}), {"stated"})
    assert repr(again["stated"]) == repr(known.stated)


def test_keys_of_a_hand_do_no_harm() -> None:
    text = '[[actions]]\nid = "a"\ntext = "Do"\nat = [nan, 2024-05-02, {x = 09:00:00}]\nowners = -inf\n'
    known = toml_file.loads(text)
    again = Excerpt(excerpt_text(known, {"actions"}), {"actions"})
    assert plain(again["actions"]) == plain(known.actions)


def test_is_not_read_for_what_is_not_in_it() -> None:
    again = Excerpt('{"title":', {"title", "actions"})
    assert again["actions"] == ()
    assert "owner" not in again
    with pytest.raises(KeyError):
        again["owner"]
    with pytest.raises(ValueError, match="Expecting value"):
        again["title"]


def test_says_nothing_of_what_was_not_asked_for() -> None:
    known = Incident(title="Search down", actions=(Action(id="a", text="Do"),))
    assert excerpt_text(known, {"title"}) == '{"title":"Search down"}'

import random
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.ids import ID_ALPHABET, new_id, new_ids
from schemas.incident import (
    ITEM_LISTS,
    Action,
    Event,
    Impact,
    Incident,
    Model,
    OtherSection,
    Sections,
)
from schemas.sections import SECTION_KEYS
from tests.schemas import stories

MODELS = [Incident, Event, Impact, Action, OtherSection, Sections]


def sample(model: type[Model]) -> Model:
    needed = {name: "x" for name, field in model.model_fields.items() if field.is_required()}
    return model(**needed)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_can_be_replaced_and_is_validated(model: type[Model]) -> None:
    one = sample(model)
    for name in model.model_fields:
        assert one.changed(**{name: getattr(one, name)}) == one
        with pytest.raises(ValidationError):
            one.changed(**{name: object()})


def test_a_field_that_is_not_there_is_refused_before_anything_else() -> None:
    with pytest.raises(KeyError, match="colour"):
        Event(id="a").changed(colour="red", at="not a time")


def test_what_did_not_change_is_shared() -> None:
    event = Event(id="a", links=("https://example.com",))
    incident = Incident(events=(event,))
    renamed = incident.changed(title="Outage")
    assert renamed.events is incident.events
    assert renamed.sections is incident.sections
    assert event.changed(text="Paged").links is event.links


def test_unknown_keys_survive_changes() -> None:
    event = Event.model_validate({"id": "a", "ticket": {"number": 7}})
    assert event.changed(text="Paged").model_extra == {"ticket": {"number": 7}}


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (Impact, "amount", True),
        (Impact, "amount", float("nan")),
        (Impact, "amount", float("inf")),
        (Impact, "amount", "7"),
        (Action, "due", datetime(2024, 5, 2)),
        (Action, "due", "2024-05-02"),
        (Event, "about", 1),
        (Event, "at", "09:00"),
        (Event, "at", timedelta(hours=1)),
        (Event, "milestones", "detected"),
        (Event, "id", 7),
        (Incident, "events", ({"id": 7},)),
        (Incident, "format", "1"),
    ],
)
def test_a_wrong_shape_cannot_enter_at_either_door(model: type[Model], name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        model.model_validate({**sample(model).model_dump(), name: value})
    with pytest.raises(ValidationError):
        sample(model).changed(**{name: value})


def test_lists_become_tuples() -> None:
    incident = Incident.model_validate({"services": ["api"], "events": [{"id": "a", "milestones": ["detected"]}]})
    assert incident.services == ("api",)
    assert incident.events == (Event(id="a", milestones=("detected",)),)
    assert incident.changed(tags=["x"]).tags == ("x",)


def test_text_is_made_safe_at_both_doors() -> None:
    assert Event(id="a", text="a\x1bb\r\n", actor="two\nlines").text == "a␛b\n"
    event = Event(id="a").changed(text="a\u202eb", actor="two\nlines", links=("x\ty",))
    assert (event.text, event.actor, event.links) == ("ab", "two lines", ("x y",))


@given(stories.exact_times | stories.clocks)
def test_moments_are_such_as_a_file_can_hold(at: datetime | time) -> None:
    kept = Event(id="a", at=at).at
    assert kept == at
    assert isinstance(kept, datetime | time)
    assert kept.fold == 0
    assert isinstance(kept, datetime) or kept.tzinfo is None


def test_an_offset_with_seconds_is_told_in_utc() -> None:
    odd = timezone(timedelta(minutes=-44, seconds=-30))
    event = Event(id="a", at=datetime(1970, 1, 1, tzinfo=odd))
    assert isinstance(event.at, datetime)
    assert event.at == datetime(1970, 1, 1, 0, 44, 30, tzinfo=UTC)
    assert event.at.utcoffset() == timedelta()


@pytest.mark.parametrize(
    "at",
    [
        datetime.min.replace(tzinfo=timezone(timedelta(seconds=30))),
        datetime.max.replace(tzinfo=timezone(timedelta(seconds=-30))),
    ],
)
def test_an_offset_that_leaves_the_calendar_is_refused_and_nothing_worse(at: datetime) -> None:
    with pytest.raises(ValidationError, match="leaves the calendar"):
        Event(id="a", at=at)


@pytest.mark.parametrize("at", [datetime.min, datetime.max, date.min, date.max, time.min, time.max, None])
def test_the_ends_of_the_calendar_are_times(at: datetime | date | time | None) -> None:
    assert Event(id="a", at=at).at == at
    assert type(Event(id="a").changed(at=at).at) is type(at)


def test_the_repeated_hour_keeps_the_instant_of_an_aware_time() -> None:
    from zoneinfo import ZoneInfo

    second = datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    kept = Event(id="a", at=second).at
    assert isinstance(kept, datetime)
    assert kept.utcoffset() == timedelta(hours=1)


def test_sections_answer_for_their_keys_only() -> None:
    sections = Sections(summary="Down.")
    assert sections.get("summary") == "Down."
    for wrong in ("get", "timeline", "", "model_fields"):
        with pytest.raises(KeyError):
            sections.get(wrong)


def test_item_lists_are_all_the_lists_of_items() -> None:
    lists = [name for name, value in Incident() if value == () and name not in ("authors", "services", "tags")]
    assert tuple(lists) == ITEM_LISTS


@given(st.integers(), st.integers(0, 200))
def test_new_ids_are_new_short_and_all_different(seed: int, count: int) -> None:
    incident = Incident(events=tuple(Event(id=letter) for letter in ID_ALPHABET))
    made = new_ids(incident, random.Random(seed), count)
    assert len(set(made)) == count
    assert not {event.id for event in incident.events} & set(made)
    assert all(set(each) <= set(ID_ALPHABET) for each in made)
    assert all(len(each) == 4 for each in made)


class StuckOnce(random.Random):
    """Gives the same id for a while."""

    def choices(self, population: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return [population[0]] * kwargs["k"]


def test_ids_grow_when_they_get_crowded() -> None:
    incident = Incident(actions=(Action(id="aaaa"),), events=(Event(id="aaaaa"),))
    assert new_id(incident, StuckOnce()) == "aaaaaa"


def test_ids_never_take_the_key_of_a_section() -> None:
    assert not any(set(key) <= set(ID_ALPHABET) and len(key) == 4 for key in SECTION_KEYS)

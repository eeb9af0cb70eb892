"""The JSON Schema of the TOML file."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given

from schemas import json_schema
from schemas.incident import KINDS, MILESTONES, SEVERITIES, Incident, Model, Sections
from schemas.moments import When
from schemas.sections import STATUSES
from schemas.toml_shape import ITEM_MODELS
from schemas.toml_text import value_text
from tests.schemas.strategies import moments

MODELS: tuple[type[Model], ...] = (Incident, Sections, *ITEM_MODELS.values())
SCHEMA = json_schema.generate()


def table(model: type[Model]) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA if model is Incident else SCHEMA["$defs"][model.__name__]
    return found


def test_the_checked_in_copy_is_the_one_that_is_made() -> None:
    assert json_schema.PATH.read_text(encoding="utf-8") == json_schema.text(), "run: python -m schemas.json_schema"


def test_it_is_the_same_each_time() -> None:
    assert json_schema.text() == json_schema.text()
    assert json.loads(json_schema.text()) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("model", MODELS)
def test_every_key_is_there_and_described(model: type[Model]) -> None:
    properties = table(model)["properties"]
    assert list(properties) == list(model.model_fields)
    assert all(each["description"] for each in properties.values())
    assert table(model)["description"]


def test_nothing_is_described_that_is_not_there() -> None:
    for name, keys in json_schema.DESCRIPTIONS.items():
        model = next(model for model in MODELS if model.__name__ == name)
        assert keys.keys() == model.model_fields.keys()


@pytest.mark.parametrize("model", MODELS)
def test_keys_that_nobody_knows_are_allowed(model: type[Model]) -> None:
    assert table(model)["additionalProperties"] is True


def test_only_what_loading_cannot_do_without_is_required() -> None:
    required = {model.__name__: table(model).get("required", []) for model in MODELS}
    assert {name: keys for name, keys in required.items() if keys} == {
        "Stated": ["what"],
        "OtherSection": ["heading"],
        "Waiver": ["rule"],
    }


def test_every_reference_leads_somewhere() -> None:
    found = set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', json_schema.text()))
    assert found == SCHEMA["$defs"].keys()


def test_usual_values_are_examples_and_no_limits() -> None:
    event = table(ITEM_MODELS["events"])["properties"]
    assert SCHEMA["properties"]["severity"]["examples"] == list(SEVERITIES)
    assert SCHEMA["properties"]["status"]["examples"] == list(STATUSES)
    assert event["milestones"]["items"]["examples"] == list(MILESTONES)
    assert event["kind"]["examples"] == list(KINDS)
    assert '"enum"' not in json_schema.text()


@given(moments())
def test_a_moment_as_it_is_written_fits_exactly_one_kind(at: When) -> None:
    kinds = SCHEMA["$defs"]["Moment"]["anyOf"]
    fitting = [kind["title"] for kind in kinds if re.search(kind["pattern"], value_text(at))]
    if isinstance(at, datetime):
        assert fitting == ["Local date-time" if at.tzinfo is None else "Offset date-time"]
    else:
        assert fitting == ["Local date" if isinstance(at, date) else "Local time"]
    assert isinstance(at, date | time)

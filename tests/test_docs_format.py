"""The file format and the metrics are described as they are: every key, every value, every definition."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas import policy_file, review_toml, toml_file
from schemas.checks import check
from schemas.incident import (
    ACTION_STATUSES,
    ACTION_TYPES,
    FORMAT,
    ITEM_LISTS,
    KINDS,
    MILESTONES,
    PRIORITIES,
    SEVERITIES,
    Event,
    Incident,
)
from schemas.metrics import Measurement, measure
from schemas.moments import HOUR, MINUTE, Interval, between, interval, wall_clock
from schemas.policy import DEADLINES
from schemas.profiles import NOTES, PROFILES, Metric
from schemas.sections import SECTIONS, STATUSES
from schemas.timeline import build
from schemas.toml_shape import ITEM_MODELS, Shape, shape_of
from schemas.work_hours import read_hours
from tests.documents import DOCS, README, blocks, code, names, pages, paragraphs, read, rows, section

FILE_FORMAT = DOCS / "file-format.md"
METRICS = DOCS / "metrics.md"
LIBRARY_SETTINGS = DOCS / "library-settings.md"
SECTIONS_OF_LISTS = {
    "events": "Events",
    "impacts": "Impact figures",
    "factors": "Contributing factors",
    "actions": "Actions",
    "stated": "Stated values",
    "comments": "Comments",
    "reviews": "Reviews",
    "waivers": "Waivers",
}
HOLDS: dict[Shape, str] = {
    "text": "text",
    "texts": "list of texts",
    "moment": "time",
    "day": "day",
    "flag": "true or false",
    "whole": "whole number",
    "number": "number",
}


# The file format


def test_the_keys_at_the_top_are_described() -> None:
    described = {row[0]: row[1] for row in rows(section(read(FILE_FORMAT), "The top of the file"))}
    tables = {"sections", *ITEM_LISTS}
    top = [name for name in Incident.model_fields if name not in tables]
    assert described == {f"`{name}`": HOLDS[shape_of(Incident, name)] for name in top}
    text = section(read(FILE_FORMAT), "The top of the file")
    assert [name for name in code(text) if name.startswith("[")] == ["[sections]", *(f"[[{n}]]" for n in ITEM_LISTS)]
    assert f"this format: {FORMAT}" in text
    assert {*STATUSES, SEVERITIES[0], SEVERITIES[-1]} <= set(code(text))


@pytest.mark.parametrize("name", [*SECTIONS_OF_LISTS, "other_sections"])
def test_the_keys_of_a_table_are_described(name: str) -> None:
    text = section(read(FILE_FORMAT), SECTIONS_OF_LISTS.get(name, "Sections"))
    described = {row[0]: row[1] for row in rows(text.partition("`[[other_sections]]`")[2] or text) if len(row) == 3}
    model = ITEM_MODELS[name]
    expected = {f"`{key}`": HOLDS[shape_of(model, key)] for key in model.model_fields}
    assert {key: described.get(key) for key in expected} == expected
    assert described.keys() - expected.keys() <= {f"`{milestone}`" for milestone in MILESTONES}


def test_no_table_is_forgotten() -> None:
    assert {*SECTIONS_OF_LISTS, "other_sections"} == set(ITEM_LISTS)


def test_the_sections_are_described() -> None:
    text = section(read(FILE_FORMAT), "Sections").partition("`[[other_sections]]`")[0]
    expected = [[f"`{s.key}`", s.heading, f"`{s.required_from}`" if s.required_from else ""] for s in SECTIONS]
    assert rows(text)[-len(expected) :] == expected


def test_milestones_kinds_and_other_values_are_described() -> None:
    events = section(read(FILE_FORMAT), "Events")
    assert [row[0] for row in rows(events) if len(row) == 2] == [f"`{name}`" for name in MILESTONES]
    (kinds,) = [line for line in paragraphs(events) if line.startswith("The kinds:")]
    assert code(kinds) == list(KINDS)
    actions = {row[0]: code(row[2]) for row in rows(section(read(FILE_FORMAT), "Actions"))}
    assert actions["`type`"] == list(ACTION_TYPES)
    assert actions["`status`"] == list(ACTION_STATUSES)
    assert actions["`priority`"] == [PRIORITIES[0], PRIORITIES[-1]]


@pytest.mark.parametrize("name", [*SECTIONS_OF_LISTS, "other_sections"])
def test_it_is_told_which_keys_have_to_be_there(name: str) -> None:
    text = section(read(FILE_FORMAT), SECTIONS_OF_LISTS.get(name, "Sections"))
    told = {row[0] for row in rows(text) if len(row) == 3 and "Has to be there" in row[2]}
    needed = {key for key, field in ITEM_MODELS[name].model_fields.items() if field.is_required()} - {"id"}
    assert told == {f"`{key}`" for key in needed}


@pytest.mark.parametrize("page", [README, FILE_FORMAT], ids=names([README, FILE_FORMAT]))
def test_the_sample_incident_loads_and_has_no_errors(page: Path) -> None:
    (shown,) = [block for block in blocks(read(page), "toml") if block.startswith("format = ")]
    loaded = toml_file.parse(shown)
    assert loaded.notes == ()
    assert toml_file.dumps(loaded.incident) == shown
    findings = check(loaded.incident, datetime(2024, 5, 20, tzinfo=UTC)).findings
    assert [each.message for each in findings if each.severity == "error"] == []


@pytest.mark.parametrize("page", pages(), ids=names(pages()))
def test_every_other_toml_is_toml(page: Path) -> None:
    for block in blocks(read(page), "toml"):
        if "[review_of]" in block:
            assert review_toml.loads(block)
            continue
        toml_file.parse(re.sub(r"^\[keys\].*", "", block, flags=re.DOTALL | re.MULTILINE))


# Metrics and checks


def test_the_metrics_are_described() -> None:
    described = [[*row[:3]] for row in rows(section(read(METRICS), "The default profile"))]
    assert described == [[f"`{m.id}`", f"`{m.start}`", f"`{m.end}`"] for m in PROFILES["default"]]


def test_every_profile_is_described() -> None:
    text = section(read(METRICS), "Other profiles")
    assert re.findall(r"^### `(.+)`$", text, re.MULTILINE) == [name for name in PROFILES if name != "default"]


@pytest.mark.parametrize("name", [name for name in PROFILES if name != "default"])
def test_a_profile_is_described_with_its_pairs_and_its_note(name: str) -> None:
    text = section(read(METRICS), f"`{name}`")
    assert rows(text) == [[metric.label, f"`{metric.start}`", f"`{metric.end}`"] for metric in PROFILES[name]]
    assert NOTES[name] in paragraphs(text)


def test_hours_are_read_as_told() -> None:
    told = [code(row[0])[0] for row in rows(section(read(METRICS), "Clocks"))]
    assert len(told) > 3
    assert [read_hours(text).text for text in told] == told
    for text in code(section(read(METRICS), "Clocks")):
        if "outside of" in text:
            assert read_hours(text.partition("outside of ")[2]).text


def test_what_a_number_would_hide_is_told_as_it_is_printed() -> None:
    event = Event(id="a", at=datetime(2024, 5, 2, 9), milestones=("impact-start", "detected"))
    found = measure(build(Incident(events=(event,))))[0]
    (shown,) = [
        text for text in code(" ".join(section(read(METRICS), "What a number would hide").split())) if "0m" in text
    ]
    assert shown == found.said


# What a team has agreed on


def test_the_settings_of_a_library_are_read_without_a_fault() -> None:
    (shown,) = blocks(read(LIBRARY_SETTINGS), "toml")
    policy, problems = policy_file.parse(shown)
    assert problems == ()
    assert policy.profile == "ours"
    named = {line.strip("[]").partition(" =")[0].partition(".")[0] for line in shown.splitlines() if line}
    assert set(policy_file.SETTINGS) <= named


def test_the_settings_of_a_library_are_all_described() -> None:
    text = section(read(LIBRARY_SETTINGS), "The settings")
    told = [code(row[0]) for row in rows(text)]
    assert [each[0].strip("[]").partition(".")[0] for each in told if len(each) == 1][
        : len(policy_file.SETTINGS)
    ] == list(policy_file.SETTINGS)
    keys = [key for each in told[len(policy_file.SETTINGS) :] for key in each]
    assert keys == list(policy_file.METRIC_KEYS)
    assert set(policy_file.DATE_ORDERS) <= set(code(text))
    days = [f"{DEADLINES[severity]}" for severity in ("SEV1", "SEV2", "")]
    (line,) = [each for each in paragraphs(text) if each.startswith("The deadlines are")]
    assert re.findall(r"(?<!SEV)\b\d+\b", line) == days


def test_a_fault_in_the_settings_of_a_library_is_told_as_shown() -> None:
    (shown,) = blocks(read(LIBRARY_SETTINGS), "text")
    (problem,) = policy_file.parse('profil = "gitlab"\n')[1]
    assert shown == f"{problem}\n"


def _clock(at: int) -> str:
    return f"{wall_clock(at, None):%H:%M}"


def test_times_that_are_not_exact_are_as_told() -> None:
    at, later = datetime(2024, 5, 2, 14, 5), datetime(2024, 5, 2, 14, 20)
    known = {
        "14:05": interval(at, zone=None),
        "about 14:05": interval(at, zone=None, about=True),
        'about 14:05, `margin = "5m"`': interval(at, zone=None, about=True, margin="5m"),
        "between 14:00 and 14:20": interval(datetime(2024, 5, 2, 14), zone=None, latest=later),
    }
    told = {row[0]: row[1:] for row in rows(section(read(METRICS), "Times that are not exact")) if len(row) == 3}
    assert {name: [_clock(known[name].earliest), _clock(known[name].latest)] for name in known} == {
        name: told[name] for name in known
    }
    day = interval(date(2024, 5, 2), zone=None)
    assert told["2 May"] == ["2 May 00:00", "the last instant of that day"]
    assert day.latest - day.earliest == 24 * HOUR - 1


def test_lengths_are_printed_as_told() -> None:
    told = [row[0] for row in rows(section(read(METRICS), "Times that are not exact")) if len(row) == 2]
    zero = Interval(0, 0, 0)
    ends = (
        Interval(84 * MINUTE, 84 * MINUTE, 84 * MINUTE),
        Interval(79 * MINUTE, 89 * MINUTE, 84 * MINUTE, "about"),
        Interval(60 * MINUTE, 90 * MINUTE, 60 * MINUTE, "between"),
    )
    metric = Metric("resolve", "resolve", "detected", "resolved")
    texts = [between(zero, end).text for end in ends]
    texts.append(Measurement(metric, None, ("detected",)).text)
    texts.append(Measurement(metric, None, ("detected",), ("detected",)).text)
    texts.append(Measurement(metric, between(ends[0], zero)).text)
    assert told == [f"`{text}`" for text in texts]

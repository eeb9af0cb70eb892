"""Incidents at the edges of time, through everything that reads one: the right answer or a message, no traceback.

Clock changes and their folds, zones whose rules changed, New Year, a leap day, the date line, the first and the last
year, ten years, ten thousand events at one instant, and no time at all.
"""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from schemas import timeline, toml_file
from schemas.checks import check
from schemas.incident import Event, Incident
from schemas.metrics import measure
from schemas.profiles import PROFILES
from schemas.writers.markdown import to_markdown
from tests.cli.conftest import Cli
from tests.cli.conftest import cli as cli

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def at(written: str) -> Any:
    """A time as TOML writes it: date-time with or without an offset, day, or clock."""
    for read in (date.fromisoformat, time.fromisoformat, datetime.fromisoformat):
        try:
            return read(written)
        except ValueError:
            continue
    raise ValueError(written)


def incident(zone: str, *times: tuple[str, ...], **fields: Any) -> Incident:
    """An incident of events, each a time and its milestones."""
    events = tuple(
        Event(id=f"e{i}", at=at(when), text=f"Step {i}", milestones=tuple(marks))
        for i, (when, *marks) in enumerate(times)
    )
    return Incident(title="At the edge", zone=zone, events=events, **fields)


D, R = "detected", "resolved"

CASES = {
    # name: the incident, `detected → resolved`, rules that must speak, rules that must not
    "forward": (
        incident("Europe/Berlin", ("2024-03-31T01:30:00", D), ("2024-03-31T03:30:00", R)),
        "1h 00m", "T08", "T07",
    ),
    "skipped": (
        incident("Europe/Berlin", ("2024-03-31T01:30:00", D), ("2024-03-31T02:30:00", R)),
        "1h 00m", "T07", "",
    ),
    "back": (
        incident("Europe/Berlin", ("2023-10-29T01:30:00", D), ("2023-10-29T03:30:00", R)),
        "3h 00m", "T08", "T07",
    ),
    "first of two": (
        incident("Europe/Berlin", ("2023-10-29T01:30:00", D), ("2023-10-29T02:30:00", R)),
        "1h 00m", "T07", "",
    ),
    "both of two": (
        incident("Europe/Berlin", ("2023-10-29T02:30:00+02:00", D), ("2023-10-29T02:30:00+01:00", R)),
        "1h 00m", "T08", "T02 T07 T15",
    ),
    "Moscow 2014": (
        incident("Europe/Moscow", ("2014-10-25T23:00:00", D), ("2014-10-26T03:00:00", R)),
        "5h 00m", "T08", "T07",
    ),
    "Moscow 2013": (
        incident("Europe/Moscow", ("2013-10-26T23:00:00", D), ("2013-10-27T03:00:00", R)),
        "4h 00m", "", "T08",
    ),
    "Juba 2021": (
        incident("Africa/Juba", ("2021-01-31T22:00:00", D), ("2021-02-01T02:00:00", R)),
        "5h 00m", "T08", "",
    ),
    "Pyongyang 2015": (
        incident("Asia/Pyongyang", ("2015-08-14T23:00:00", D), ("2015-08-15T01:00:00", R)), "2h 30m", "T08", "",
    ),
    "Pyongyang 2018": (
        incident("Asia/Pyongyang", ("2018-05-04T23:00:00", D), ("2018-05-05T01:00:00", R)), "1h 30m", "T08", "T07",
    ),
    "New Year": (incident("UTC", ("2023-12-31T23:45:00", D), ("2024-01-01T00:15:00", R)), "30m", "", "T03 T08 T13"),
    "New Year by the clock": (incident("UTC", ("23:45", D), ("00:15", R)), "30m", "T13", "T02"),
    "leap day": (incident("UTC", ("2024-02-28T23:00:00", D), ("2024-03-01T01:00:00", R)), "26h 00m", "", "T03 T19"),
    "no leap day": (incident("UTC", ("2023-02-28T23:00:00", D), ("2023-03-01T01:00:00", R)), "2h 00m", "", "T03"),
    "on the leap day": (incident("UTC", ("2024-02-29", D), ("2024-02-29T12:00:00", R)), "0m–12h 00m", "", "T02 T03"),
    "a day that was skipped": (
        incident("Pacific/Apia", ("2011-12-29T23:00:00", D), ("2011-12-31T01:00:00", R)), "2h 00m", "T08", "T07",
    ),
    "in the day that was skipped": (
        incident("Pacific/Apia", ("2011-12-29T23:00:00", D), ("2011-12-30T01:00:00", R)), "2h 00m", "T07", "",
    ),
    "the skipped day itself": (
        incident("Pacific/Apia", ("2011-12-29T23:00:00", D), ("2011-12-30", R)),
        "1h 00m", "", "T02",
    ),
    "both sides of the date line": (
        Incident(
            title="Two sides", zone="Pacific/Kiritimati",
            events=(
                Event(id="e0", at=at("2024-05-03T00:30:00"), text="Step 0", milestones=(D,)),
                Event(id="e1", at=at("2024-05-02T00:45:00"), text="Step 1", zone="Pacific/Pago_Pago", milestones=(R,)),
            ),
        ),
        "1h 15m", "", "T02 T03 T12",
    ),
    "the first year": (incident("UTC", ("0001-01-01T00:00:00", D), ("0001-01-01T05:00:00", R)), "5h 00m", "T03", ""),
    "the first year far east": (
        incident("Pacific/Kiritimati", ("0001-01-01T00:00:00", D), ("0001-01-01T05:00:00", R)), "5h 00m", "T03", "",
    ),
    "the last year": (incident("UTC", ("9999-12-31T20:00:00", D), ("9999-12-31T23:59:59", R)), "3h 59m", "T03", ""),
    "the last year far west": (
        incident("Pacific/Pago_Pago", ("9999-12-31T20:00:00", D), ("9999-12-31T23:00:00", R)), "3h 00m", "T03", "",
    ),
    "from the first to the last": (
        incident("Europe/Berlin", ("0001-01-01T00:00:00+14:00", D), ("9999-12-31T23:59:59-12:00", R)),
        "3652060d 1h 59m", "T03", "T02",
    ),
    "ten years": (
        incident("Europe/Berlin", ("2014-05-02T09:00:00", D), ("2024-05-02T09:00:00", R)),
        "3653d 0h 00m", "", "T08",
    ),
    "no time between": (incident("UTC", ("2024-05-02T09:00:00", D), ("2024-05-02T09:00:00", R)), "0m", "", "T02"),
    "one event": (incident("UTC", ("2024-05-02T09:00:00", D, R)), "0m", "", "T02"),
    "the same instant in two zones": (
        incident("UTC", ("2024-05-02T09:00:00+03:00", D), ("2024-05-02T06:00:00Z", R)), "0m", "", "T02",
    ),
    "a clock and an instant": (
        incident("", ("23:00", D), ("2024-05-03T02:00:00+02:00", R)), "3h 00m", "T05", "T02",
    ),
}  # fmt: skip
CASE_NAMES = pytest.mark.parametrize("name", CASES)


@CASE_NAMES
def test_the_length_is_what_passed(name: str) -> None:
    known, length, _, _ = CASES[name]
    lengths = {each.metric.id: each.text for each in measure(timeline.build(known))}
    assert lengths["resolve"] == length


@CASE_NAMES
def test_the_checks_say_what_is_odd_and_no_more(name: str) -> None:
    known, _, speak, silent = CASES[name]
    rules = {finding.rule for finding in check(known, NOW).findings}
    assert set(speak.split()) <= rules
    assert not set(silent.split()) & rules


@CASE_NAMES
def test_every_fix_can_be_made(name: str) -> None:
    known = CASES[name][0]
    for finding in check(known, NOW).findings:
        if finding.fix is not None:
            after = finding.fix.edit(known)
            again = [each.message for each in check(after, NOW).findings if each.rule == finding.rule]
            assert finding.message not in again


@CASE_NAMES
@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_has_an_answer(name: str, profile: str) -> None:
    story = timeline.build(CASES[name][0])
    for measured in measure(story, PROFILES[profile]):
        assert measured.text
        if measured.length is not None:
            assert 0 <= measured.length.shortest <= measured.length.nominal <= measured.length.longest


@CASE_NAMES
def test_the_file_and_the_document_hold_it(name: str) -> None:
    known = CASES[name][0]
    text = toml_file.dumps(known)
    again = toml_file.loads(text)
    assert toml_file.dumps(again) == text
    assert [entry.start for entry in timeline.build(again).entries] == [e.start for e in timeline.build(known).entries]
    assert "Step 0" in to_markdown(known)


@CASE_NAMES
def test_it_is_shown_and_checked_at_the_command_line(name: str, cli: Cli, tmp_path: Path) -> None:
    known, length, _, _ = CASES[name]
    path = tmp_path / "incident.toml"
    path.write_text(toml_file.dumps(known), encoding="utf-8")
    shown = cli("show", path, "--format", "json")
    assert (shown.code, shown.err) == (0, "")
    told = {metric["id"]: metric["text"] for metric in json.loads(shown.out)["metrics"]}
    assert told["resolve"] == length
    assert cli("show", path).code == 0
    assert cli("check", path, "--format", "json").code in (0, 1)


def test_ten_thousand_events_at_one_instant() -> None:
    events = tuple(Event(id=f"e{i}", at=at("2024-03-31T02:30:00"), text=f"Step {i}") for i in range(10_000))
    known = Incident(title="All at once", zone="Europe/Berlin", events=events)
    story = timeline.build(known)
    assert story.span is None
    assert {entry.gap for entry in story.entries[1:]} == {0}
    assert [entry.event.id for entry in story.entries[:3]] == ["e0", "e1", "e2"]
    findings = check(known, NOW).findings
    assert len([finding for finding in findings if finding.rule == "T07"]) == 6
    assert len(findings) < 60
    assert len(timeline.build(toml_file.loads(toml_file.dumps(known))).entries) == 10_000


def test_the_order_of_the_file_does_not_change_when_things_happened() -> None:
    rng = random.Random(4)
    for known, _, _, _ in CASES.values():
        if not timeline.build(known).stands_alone:
            continue
        shuffled = list(known.events)
        rng.shuffle(shuffled)
        other = known.changed(events=tuple(shuffled))
        assert {e.event.id: e.start for e in timeline.build(other).entries} == {
            e.event.id: e.start for e in timeline.build(known).entries
        }
        assert [m.text for m in measure(timeline.build(other))] == [m.text for m in measure(timeline.build(known))]


def test_years_apart_are_a_doubt_and_no_contradiction() -> None:
    known = incident("UTC", *[(f"2024-05-02T09:0{i}:00",) for i in range(6)], ("2014-05-02T09:03:00", R))
    (finding,) = (each for each in check(known, NOW).findings if each.rule == "T03")
    assert finding.fix is not None
    after = finding.fix.edit(known)
    assert [each.at for each in after.events].count(at("2024-05-02T09:03:00")) == 2

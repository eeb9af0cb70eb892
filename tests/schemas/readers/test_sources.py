"""Chats, logs, tables and JSON: each fixture is read as its `.expected.txt` says; columns, channels and spans."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from schemas.readers.imported import Imported, NotReadable
from schemas.readers.source_columns import mapping_of
from schemas.readers.sources import read_source
from tests.schemas.readers.source_files import PATHS, imported, told

CHAT = "13:58 ana: disk is full\n14:02 bo: looking\n14:40 ana: still full\n16:31 bo: all good\n"
LOG = "".join(
    f"2024-05-{at}:00,123 {text}\n"
    for at, text in (
        ("02 23:40", "INFO [main] start"),
        ("02 23:50", "WARN [main] slow"),
        ("03 00:10", "ERROR [main] down"),
        ("03 02:00", "INFO [main] up"),
    )
)


def texts(result: Imported) -> list[str]:
    return [event.text for event in result.incident.events]


def said(result: Imported, about: str) -> list[str]:
    return [each.said for each in result.assumptions if each.about == about]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_source_is_read_as_expected(path: Path) -> None:
    expected = path.with_name(f"{path.name}.expected.txt").read_text(encoding="utf-8")
    assert told(imported(path)) == expected


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_the_same_source_is_the_same_incident(path: Path) -> None:
    columns = {"time": "Created", "text": "Remark", "who": "By whom"} if "mapped" in path.name else None
    assert read_source(path.read_bytes(), name=path.name, columns=columns) == imported(path)


@pytest.mark.parametrize(
    ("since", "until", "left"),
    [
        (time(14, 0), time(16, 30), ["looking", "still full"]),
        (time(14, 2), time(14, 40), ["looking", "still full"]),
        (time(15, 0), None, ["all good"]),
        (None, time(14, 0), ["disk is full"]),
        (time(16, 0), time(14, 0), ["disk is full", "all good"]),
    ],
)
def test_a_span_of_clocks_in_a_chat_without_days(since: time | None, until: time | None, left: list[str]) -> None:
    assert texts(read_source(CHAT, name="chat.txt", since=since, until=until)) == left


@pytest.mark.parametrize(
    ("since", "until", "left"),
    [
        (datetime(2024, 5, 2, 23, 45), None, 3),
        (datetime(2024, 5, 2, 23, 45), datetime(2024, 5, 3, 0, 10), 2),
        (datetime(2024, 5, 3, 0, 0, tzinfo=UTC), None, 2),
        (time(23, 45), time(0, 10), 2),
        (time(23, 50), time(1, 0), 2),
        (datetime(2024, 5, 2, 23, 45), time(0, 30), 2),
        (None, time(23, 45), 1),
    ],
)
def test_a_span_over_midnight(since: Any, until: Any, left: int) -> None:
    result = read_source(LOG, name="app.log", since=since, until=until)
    assert len(result.incident.events) == left
    assert any(f"{4 - left} of 4 entries lie outside the span" in each for each in said(result, "date"))


def test_a_clock_of_the_span_is_of_the_first_day_or_of_the_one_asked_for() -> None:
    first = read_source(LOG, name="app.log", since=time(1, 0))
    assert "01:00 is of 2 May 2024, the day of the first entry" in said(first, "date")
    assert len(texts(first)) == 4
    asked = read_source(LOG, name="app.log", date=date(2024, 5, 3), since=time(0, 5), until=time(1, 0))
    assert "00:05 and 01:00 are of 3 May 2024, as asked" in said(asked, "date")
    assert len(texts(asked)) == 1


def test_a_span_is_of_the_zone_in_which_the_times_are_shown() -> None:
    data = json.dumps([{"time": f"2024-05-02T{hour}:00:00Z", "text": f"at {hour}"} for hour in (10, 11, 12)])
    result = read_source(data, name="x.json", zone="Africa/Nairobi", since=datetime(2024, 5, 2, 14, 0))
    assert texts(result) == ["at 11", "at 12"]


def test_a_document_says_that_it_has_no_span() -> None:
    result = read_source("# Shop down\n\n## Summary\n\nNobody could pay.\n", name="x.md", since=time(14, 0))
    assert result.assumptions[0].about == "source"
    assert "all of it counts" in result.assumptions[0].said


def test_columns_are_those_that_were_asked_for() -> None:
    data = "Opened;Changed;Note\n2024-05-02 09:00;2024-05-02 10:00;paged\n2024-05-02 09:05;2024-05-02 10:05;fixed\n"
    result = read_source(data, name="t.csv", columns=mapping_of("time=Changed, text=note"))
    assert [event.at for event in result.incident.events] == [datetime(2024, 5, 2, 10), datetime(2024, 5, 2, 10, 5)]
    with pytest.raises(NotReadable, match="no column “Due”"):
        read_source(data, name="t.csv", columns={"time": "Due"})
    with pytest.raises(NotReadable, match="no table and no JSON"):
        read_source("Only words.\n", name="t.md", columns={"time": "Due"})


def test_keys_of_json_are_paths() -> None:
    notes = [{"made": "2024-05-02T09:00:00Z", "note": "paged"}, {"made": "2024-05-02T09:10:00Z", "note": "fixed"}]
    data = json.dumps([{"fields": each, "created": "2024-06-01T00:00:00Z", "text": "row"} for each in notes])
    result = read_source(data, name="t.json", columns=mapping_of("time=fields.made,text=fields.note"))
    assert [text.split("\n")[0] for text in texts(result)] == ["paged", "fixed"]
    assert result.incident.events[0].at == datetime(2024, 5, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["time", "time=", "when=Created", "=Created"])
def test_what_is_no_mapping_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"mapping|field"):
        mapping_of(text)


def slack(**channels: dict[str, list[tuple[str, str]]]) -> bytes:
    """An export of Slack: for each channel its days, for each day its messages as time and words."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("users.json", json.dumps([{"id": "U1", "name": "ana", "profile": {"real_name": "Ana Ode"}}]))
        archive.writestr("channels.json", json.dumps([{"id": "C1", "name": name} for name in channels]))
        for name, days in channels.items():
            for day, messages in days.items():
                found = [
                    {"type": "message", "user": "U1", "text": text, "ts": f"{datetime.fromisoformat(at).timestamp()}"}
                    for at, text in messages
                ]
                archive.writestr(f"{name}/{day}.json", json.dumps(found))
    return held.getvalue()


ONE = {
    "2024-05-02": [("2024-05-02T09:00:00+00:00", "shop is down")],
    "2024-05-03": [("2024-05-03T00:10:00+00:00", "up")],
}


def test_the_channel_of_a_slack_export() -> None:
    result = read_source(slack(outage=ONE), name="x.zip")
    assert texts(result) == ["shop is down", "up"]
    assert (result.incident.title, result.incident.events[0].actor) == ("#outage", "Ana Ode")
    assert result.lines[0].text.endswith("Ana Ode: shop is down")
    assert result.assumptions[0].about == "source"


def test_of_several_channels_one_is_named() -> None:
    data = slack(outage=ONE, random={"2024-05-02": [("2024-05-02T09:00:00+00:00", "lunch?")]})
    with pytest.raises(NotReadable) as told_:
        read_source(data, name="x.zip")
    assert told_.value.detail == "There are #outage, #random."
    assert texts(read_source(data, name="x.zip", channel="#Random")) == ["lunch?"]
    with pytest.raises(NotReadable, match="no channel “sales”"):
        read_source(data, name="x.zip", channel="sales")


def test_a_span_of_a_slack_export() -> None:
    data = slack(outage=ONE)
    assert texts(read_source(data, name="x.zip", since=datetime(2024, 5, 2, 12, 0))) == ["up"]
    assert texts(read_source(data, name="x.zip", since=time(8, 0), until=time(10, 0))) == ["shop is down"]
    with pytest.raises(NotReadable, match="no messages"):
        read_source(data, name="x.zip", since=datetime(2025, 1, 1))

"""T19: dates that can be read two ways."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from msgspec.structs import replace

from schemas import metrics, timeline
from schemas.checks import RULES, Facts, Finding
from schemas.incident import Event, Incident
from schemas.policy import DEFAULT
from tests.schemas.checks.cases import NOW, event, fixed, found, incident, only, stated, wall

MARCH, APRIL = "2024-03-04", "2024-04-03"


def doubtful(day: str = MARCH, words: str = "03/04/2024 10:00", **fields: Any) -> Event:
    return event("a", wall("10:00", day), as_written=words, **fields)


def agreed(known: Incident, dates: Any) -> list[Finding]:
    story = timeline.build(known)
    return list(
        RULES["T19"].check(Facts(known, story, metrics.measure(story), NOW, replace(DEFAULT, dates=dates)))
    )  # fmt: skip


class TestUndecided:
    def test_found(self) -> None:
        finding = only(incident(doubtful()), "T19")
        assert (finding.severity, finding.where) == ("warning", "events/a/as_written")
        assert finding.message == '"03/04/2024" can be 3 April 2024 or 4 March 2024; it was read as 4 March 2024'

    def test_several_are_told_once_and_swapped_together(self) -> None:
        known = incident(doubtful(), event("b", wall("11:00", MARCH), as_written="03/04/2024 11:00"))
        assert "and 1 more date like it" in only(known, "T19").message
        after = fixed(known, "T19")
        assert [each.at for each in after.events] == [wall("10:00", APRIL), wall("11:00", APRIL)]
        assert found(after, "T19") == []

    def test_a_claim(self) -> None:
        known = incident(stated=[stated("start", "03/04/2024", at=date(2024, 3, 4))])
        assert only(known, "T19").where == "stated/s"
        assert fixed(known, "T19").stated[0].at == date(2024, 4, 3)


class TestAgainst:
    @pytest.mark.parametrize(
        ("known", "says"),
        [
            (
                incident(doubtful(), event("b", wall("10:00", "2024-04-14"), as_written="14/04/2024 10:00")),
                "14/04/2024",
            ),
            (incident(doubtful(APRIL), sections={"summary": "Closed on 03/25/2024."}), "the month comes first"),
            (incident(doubtful(), event("b", wall("12:00", APRIL))), "the document speaks of 3 April 2024"),
            (incident(doubtful(), title="Outage of 3 April 2024"), "the document speaks of 3 April 2024"),
        ],
    )
    def test_found_and_swapped(self, known: Incident, says: str) -> None:
        finding = only(known, "T19")
        assert finding.severity == "warning"
        assert says in finding.message
        after = fixed(known, "T19")
        assert found(after, "T19") == []
        assert {each.as_written for each in known.events} == {each.as_written for each in after.events}

    def test_what_was_agreed(self) -> None:
        assert agreed(incident(doubtful()), "month-first") == []
        (finding,) = agreed(incident(doubtful()), "day-first")
        assert "the day comes first" in finding.message


@pytest.mark.parametrize(
    "known",
    [
        incident(doubtful(words="4 March 2024 10:00")),
        incident(doubtful(words="04/04/2024 10:00")),
        incident(doubtful("2024-04-14", "14/04/2024 10:00")),
        incident(doubtful(APRIL, "03.04.2024 10:00")),
        incident(doubtful(APRIL), title="Outage of 3 April 2024"),
        incident(doubtful(APRIL), event("b", wall("12:00", APRIL))),
        incident(doubtful("2024-06-01")),  # somebody has put it right
        incident(event("a", None, as_written="03/04/2024 ??")),
        incident(event("a", time(10), as_written="03/04/2024 10:00")),
        incident(),
    ],
)
def test_not_found(known: Incident) -> None:
    assert found(known, "T19") == []


class TestAmongTheOthers:
    def test_a_lone_event(self) -> None:
        others = [event(f"e{i}", wall(f"1{i}:00", APRIL)) for i in range(4)]
        known = incident(*others, event("odd", wall("12:30", MARCH)))
        finding = only(known, "T19")
        assert finding.where == "events/odd/at"
        assert "lies 29 days from the other events" in finding.message
        after = fixed(known, "T19")
        assert found(after, "T19") == []
        assert [each.id for each in after.events] == ["e0", "e1", "e2", "odd", "e3"]

    @pytest.mark.parametrize(
        "odd", ["2024-04-02", "2024-03-05", "2024-06-03", "2024-04-28", "2025-06-04"]
    )  # fmt: skip
    def test_not_found(self, odd: str) -> None:
        others = [event(f"e{i}", wall(f"1{i}:00", APRIL)) for i in range(4)]
        assert found(incident(*others, event("odd", wall("12:30", odd))), "T19") == []

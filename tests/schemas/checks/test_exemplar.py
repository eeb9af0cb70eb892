"""A good postmortem with faults that its readers missed: as in a well-known published one, told of something else.

An owner is mistyped, five people own the document, and the stated start is the moment of the first page, although an
action knows of something half an hour earlier. What is right in it stays unfound: a length that fits, and a zone with
an unusual name.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from schemas import metrics, timeline, toml_file
from schemas.checks import Finding, check
from schemas.incident import Incident
from schemas.zones import resolve

NOW = datetime(2014, 8, 20, 12, tzinfo=UTC)


@cache
def exemplar() -> Incident:
    return toml_file.loads((Path(__file__).parent / "exemplar.toml").read_text(encoding="utf-8"))


def found(*rules: str) -> list[Finding]:
    return [finding for finding in check(exemplar(), NOW).findings if finding.rule in rules]


class TestHits:
    def test_the_mistyped_owner(self) -> None:
        (finding,) = found("A02")
        assert finding.where == "actions/see3/owner"
        assert '"mlindqvist@"' in finding.message
        assert finding.fix is not None
        assert finding.fix.edit(exemplar()).actions[2].owner == "lindqvist@"

    def test_the_five_owners(self) -> None:
        (finding,) = found("P02")
        assert (finding.severity, finding.where) == ("warning", "owner")

    def test_the_start_that_is_the_detection(self) -> None:
        (finding,) = found("T15")
        assert (finding.severity, finding.where) == ("warning", "stated/beg1")
        assert "17:10" in finding.message

    def test_what_happened_before(self) -> None:
        (finding,) = found("T16")
        assert finding.where == "events/pag1"
        assert "16:38" in finding.message


class TestControls:
    def test_the_stated_length_fits(self) -> None:
        assert found("T09", "T11") == []

    def test_the_zone_is_one(self) -> None:
        assert resolve("PST8PDT") is not None
        assert found("T05", "T06") == []
        first = timeline.build(exemplar()).entries[0].start
        assert first is not None
        assert datetime.fromtimestamp(first.nominal / 1e6, UTC).hour == 0  # 17:10 with summer time

    def test_the_metrics_are_those_of_the_header(self) -> None:
        told = {each.metric.id: each.text for each in metrics.measure(timeline.build(exemplar()))}
        assert told["resolve"] == "40m"
        assert told["detect"].startswith("unknown")

    @pytest.mark.parametrize("family", "TCAP")
    def test_there_is_nothing_else_that_is_wrong(self, family: str) -> None:
        rules = {finding.rule for finding in check(exemplar(), NOW).findings if finding.severity != "info"}
        known = {"A02", "P02", "T15", "T01"}
        assert {rule for rule in rules - known if rule[0] == family} == set()

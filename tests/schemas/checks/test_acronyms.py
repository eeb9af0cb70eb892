"""Short forms that are not explained: C09."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.checks.acronyms import short_forms
from schemas.checks.common_acronyms import COMMON
from tests.schemas.checks.cases import found, incident, only


def told(body: str, **fields: Any) -> list[str]:
    known = incident(**{"status": "in-review", "sections": {"response": body}, **fields})
    return [finding.message for finding in found(known, "C09")]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("The RBQ was drained.", "RBQ"),
        ("drained (by hand), then the RBQ", "RBQ"),
        ("**RBQ** drained", "RBQ"),
        ("two QRXs failed", "QRX"),
        ("the XDR's alert", ""),
        ("first the OBX3, then the rest", "OBX3"),
        ("RBQ/OBX", ""),
        ("It says RBQ", "RBQ"),
    ],
)
def test_found(text: str, form: str) -> None:
    expected = [f'"{form}" is not explained'] if form else []
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "CPU, DNS and TLS of the DB; p99 SLO",
        "The rebill queue (RBQ) was drained. The RBQ is small.",
        "The RBQ (rebill queue) was drained.",
        "The RBQ is our queue of rebills.",
        "RBQ: the rebill queue",
        "See OPS-812 and PAY-2210.",
        "`RBQ` is a table",
        "https://wiki.example/RBQ",
        "We did NOT restart it; it was not needed. STOP means stop.",
        "Part II and appendix IV",
        "SELECT, VACUUM, GET and POST",
        "at 10:00 CET, 12 EUR",
        "ATTENTION THIS ROW LOCKS ITSELF",
        "the file AB.CD and $HOME_DIR",
        "P1 and SEV2",
        "KL and RW looked at it",
        "ROOT CAUSE: a full disk",
        "QRX OBX RBQ",
        "",
    ],
)
def test_not_found(text: str) -> None:
    assert told(text) == []


def test_all_are_told_at_once() -> None:
    known = incident(status="approved", sections={"summary": "RBQ and OBX", "lessons": "OBX, QQQ and RBQ"})
    finding = only(known, "C09")
    assert (finding.severity, finding.where) == ("info", "sections")
    assert finding.message == '"RBQ", "OBX" and "QQQ" are not explained'


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"services": ["RBQ"]},
        {"services": ["rbq-worker"]},
        {"tags": ["rbq"]},
        {"sections": {"response": "The RBQ.", "background": "| RBQ | the queue |"}},
        {"sections": {"response": "The RBQ."}, "other_sections": [
            {"id": "g", "heading": "Glossary", "body": "| RBQ | the queue |"}]},
    ],
)  # fmt: skip
def test_terms_that_readers_know(fields: dict[str, Any]) -> None:
    assert told("The RBQ was drained.", **fields) == []


def test_the_common_ones_are_short_forms() -> None:
    assert all(form == form.upper() and 2 <= len(form) <= 6 for form in COMMON)


def test_hostile_text_is_read_to_the_end() -> None:
    for text in ("RBQ " * 40_000, "A" * 100_000, "A(" * 50_000, "AB-" * 50_000):
        assert len(short_forms(text)) <= 1

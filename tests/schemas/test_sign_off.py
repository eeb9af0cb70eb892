"""The hash of the content that a reviewer signs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from schemas import event_edits, toml_file
from schemas.incident import Incident
from schemas.sign_off import content_hash, is_hash, still_signed
from tests.samples import ALL, CHECKOUT, sample
from tests.schemas import strategies

KNOWN = sample(CHECKOUT)


def test_the_form() -> None:
    assert content_hash(Incident()) == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert is_hash(content_hash(KNOWN))


def test_what_is_written_differently_is_not_the_same() -> None:
    assert len({content_hash(sample(name)) for name in ALL}) == len(ALL)


@pytest.mark.parametrize(
    "change",
    [
        {"comments": []},
        {"comments": [{"id": "new", "text": "Why?"}]},
        {"reviews": [{"id": "r", "verdict": "approve", "content": "abc"}]},
        {"waivers": []},
        {"status": "published"},
        {"events": [KNOWN.events[1], KNOWN.events[0], *KNOWN.events[2:]]},
        {"actions": [action.changed(status="done", link="https://tracker.example/1") for action in KNOWN.actions]},
        {"actions": [action.changed(id=f"{action.id}2") for action in KNOWN.actions]},
    ],
)
def test_what_may_change(change: dict[str, Any]) -> None:
    assert content_hash(KNOWN.changed(**change)) == content_hash(KNOWN)


@pytest.mark.parametrize(
    "change",
    [
        {"title": KNOWN.title + "."},
        {"severity": "SEV2"},
        {"zone": "UTC"},
        {"owner": "@kim"},
        {"authors": []},
        {"tags": KNOWN.tags[1:]},
        {"sections": KNOWN.sections.changed(lessons="None.")},
        {"other_sections": []},
        {"impacts": [KNOWN.impacts[0].changed(amount=0), *KNOWN.impacts[1:]]},
        {"impacts": [KNOWN.impacts[0].changed(amount=None), *KNOWN.impacts[1:]]},
        {"factors": KNOWN.factors[:-1]},
        {"events": KNOWN.events[:-1]},
        {"events": [KNOWN.events[0].changed(about=True), *KNOWN.events[1:]]},
        {"events": [KNOWN.events[0].changed(milestones=("detected",)), *KNOWN.events[1:]]},
        {"stated": []},
        {"actions": [KNOWN.actions[0].changed(due=date(2025, 12, 1)), *KNOWN.actions[1:]]},
        {"actions": [KNOWN.actions[0].changed(owner="@kim"), *KNOWN.actions[1:]]},
    ],
)
def test_what_is_content(change: dict[str, Any]) -> None:
    after = KNOWN.changed(**change)
    assert content_hash(after) != content_hash(KNOWN)
    assert not still_signed(content_hash(KNOWN), after)


def test_none_and_nothing_are_told_apart() -> None:
    def impact(amount: int | None) -> str:
        return content_hash(Incident.model_validate({"impacts": [{"id": "i", "amount": amount}]}))

    assert impact(0) != impact(None)
    assert impact(5) == content_hash(Incident.model_validate({"impacts": [{"id": "i", "amount": 5.0}]}))


def test_shortened_and_in_capitals() -> None:
    whole = content_hash(KNOWN)
    digits = whole.removeprefix("sha256:")
    assert all(still_signed(signed, KNOWN) for signed in (whole, digits, digits[:12], f" {whole.upper()} "))
    assert not any(still_signed(signed, KNOWN) for signed in ("", digits[:11], digits[1:20], "sha256:", digits + "0"))
    assert is_hash(digits[:12])
    assert not any(map(is_hash, ("", "draft of Monday", digits[:8], digits + "0", "v2")))


@given(strategies.incidents())
def test_saving_changes_no_hash(incident: Incident) -> None:
    again = toml_file.loads(toml_file.dumps(event_edits.sort_events(incident)))
    assert content_hash(again) == content_hash(toml_file.loads(toml_file.dumps(incident)))

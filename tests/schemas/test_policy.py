"""What a team's agreements come to: deadlines, sections, checks."""

from __future__ import annotations

import pytest

from schemas.policy import DEFAULT, Policy
from schemas.profiles import PROFILES
from schemas.sections import SECTIONS, STATUSES


def test_without_an_agreement_the_usual_holds() -> None:
    assert DEFAULT.metrics == PROFILES["default"]
    assert [DEFAULT.deadline(severity) for severity in ("SEV0", "SEV1", "SEV2", "SEV3", "")] == [5, 5, 10, 20, 20]
    assert DEFAULT.wants("C06")
    for status in STATUSES:
        reached = STATUSES[: STATUSES.index(status) + 1]
        usual = tuple(section.key for section in SECTIONS if section.required_from in reached)
        assert DEFAULT.required_sections(status, "SEV1") == usual
    assert DEFAULT.required_sections("no status", "") == DEFAULT.required_sections("draft", "")


def test_a_deadline_of_nothing_is_none() -> None:
    policy = Policy(deadlines={"SEV1": 3, "SEV5": 0, "": 0})
    assert [policy.deadline(severity) for severity in ("SEV1", "SEV5", "SEV3")] == [3, None, None]
    assert Policy(deadlines={"SEV1": 3}).deadline("SEV2") is None


@pytest.mark.parametrize(
    ("status", "severity", "keys"),
    [
        ("draft", "SEV1", DEFAULT.required_sections("draft", "SEV1")),
        ("in-review", "SEV3", ("summary",)),
        ("approved", "SEV3", ("summary",)),  # what was agreed for in-review holds on
        ("published", "SEV3", ("summary", "lessons")),
        ("in-review", "SEV1", ("summary", "impact")),
        ("published", "SEV1", ("summary", "impact")),  # its own agreement goes before that for all
    ],
)
def test_what_is_required_holds_from_its_status_on(status: str, severity: str, keys: tuple[str, ...]) -> None:
    policy = Policy(
        required={
            ("", "in-review"): ("summary",),
            ("", "published"): ("summary", "lessons"),
            ("SEV1", "in-review"): ("summary", "impact"),
        }
    )
    assert policy.required_sections(status, severity) == keys


def test_checks_are_chosen_by_id_and_by_family() -> None:
    policy = Policy(select=("T", "C06"), ignore=("T09",))
    assert [policy.wants(rule) for rule in ("T01", "T09", "C06", "C01")] == [True, False, True, False]

"""A length and a range that agree with each other, and the ends of an outage told one after the other."""

from __future__ import annotations

import pytest

from schemas.claims_in_prose import Found, claims_in


def ends(text: str) -> list[tuple[str, str]]:
    """What the claims of a text are, and when."""
    found: list[tuple[str, str]] = []
    for claim in claims_in(text, "summary"):
        if claim.stated.minutes is not None:
            found.append((claim.stated.what, f"{float(claim.stated.minutes):g}"))
        for stated in filter(None, (claim.stated if claim.stated.at else None, claim.until)):
            found.append((stated.what, f"{stated.at:%H:%M}"))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "The kettle went on strike for a whole hour, from 10:00 AM to 11:00 AM (UTC).",
        "Our tap was dry, an ordeal that took one hour from 10:00 to 11:00 UTC, and nobody liked it.",
    ],
)
def test_a_length_that_agrees_with_a_range_is_one_claim_with_it(text: str) -> None:
    assert sorted(ends(text)) == [("duration", "60"), ("end", "11:00"), ("start", "10:00")]


def test_a_length_that_does_not_agree_claims_nothing_without_its_words() -> None:
    assert not ends("We met for an hour and looked at the graphs from 10:00 to 10:20.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The outage lasted for 2 hours and 30 minutes, starting at 2:00 PM and ending at 4:30 PM (UTC).",
            [("duration", "150"), ("end", "16:30"), ("start", "14:00")],
        ),
        (
            "The outage gave us three hours of fun on May 4, starting at 14:00 UTC, but it ended well at 16:45 UTC.",
            [("duration", "180"), ("end", "16:45"), ("start", "14:00")],
        ),
        (
            "An outage of the ferry desk that lasted for two hours from 2:00 PM to 4:00 PM Eastern Standard Time.",
            [("duration", "120"), ("end", "16:00"), ("start", "14:00")],
        ),
    ],
)
def test_the_ends_are_found(text: str, told: list[tuple[str, str]]) -> None:
    assert sorted(ends(f"Duration: {text}")) == told


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("A complete stop of the belts, affecting all parcels in the hall for 5 hours.", 300),
        ("All callers faced a busy tone for approximately 8 minutes.", 8),
        ("The shop took an unplanned nap for 3 hours and 15 minutes.", 195),
        ("The lamps were out of service for two whole hours.", 120),
        ("The gate was unavailable for a full hour.", 60),
    ],
)
def test_a_length_is_found(text: str, minutes: int) -> None:
    assert [claim.stated.minutes for claim in claims_in(text, "summary")] == [minutes]


def test_a_sentence_behind_the_label_that_begins_with_for_belongs_to_it() -> None:
    text = (
        "Duration of Outage: Picture the quay in the rain on May 2, 2023. "
        "For two whole hours, from 2:00 PM to 4:00 PM UTC, the ferry stayed where it was."
    )
    assert sorted(ends(text)) == [("duration", "120"), ("end", "16:00"), ("start", "14:00")]


def test_one_number_of_others_is_no_length_of_others() -> None:
    assert not ends("The two outages ran from 10:00 to 11:00.")


def test_a_line_that_is_called_a_timeline_may_be_a_range() -> None:
    found: list[Found] = list(claims_in("- **Timeline**: `March 10, 2024, 08:00 - 10:30 WAT`", "summary"))
    assert [(f"{each.stated.at:%H:%M}", f"{each.until.at:%H:%M}") for each in found if each.until] == [
        ("08:00", "10:30")
    ]

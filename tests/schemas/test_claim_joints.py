"""Claims whose dates, joints or subjects are written in ways that hide them."""

from __future__ import annotations

import pytest

from schemas.claims_in_prose import claims_in


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Duration of the outage: Feb. 3, 2023 from 10:00 AM to 11:00 AM (UTC)", "10:00"),
        (
            "Duration: Sunday, May 14th, 2023, 10:20 pm (UTC) - Monday, May 15th, 2023, 3:00 pm (UTC)",
            "2023-05-14 22:20",
        ),
        ("From **Jun 26, 2023 6:00 AM**  to **Jun 28, 2023 6:00 AM (UTC)** the pump was down.", "2023-06-26 06:00"),
    ],
)
def test_a_range_is_found(text: str, start: str) -> None:
    (claim,) = claims_in(text, "summary")
    assert claim.until is not None
    assert claim.stated.at is not None
    assert f"{claim.stated.at:%Y-%m-%d %H:%M}".endswith(start)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("The fault led to a halt in our printing for 5 days.", 7200),
        ("All pods were stopped, and the hub was inaccessible for ~1hr.", 60),
        ("The pump was not operational for 20 minutes.", 20),
    ],
)
def test_a_length_is_found(text: str, minutes: int) -> None:
    assert [claim.stated.minutes for claim in claims_in(text, "summary")] == [minutes]


def test_a_length_of_a_part_is_left_in_peace() -> None:
    assert claims_in("One of the pods, which had hung, was down for 2 hours.", "summary") == ()

"""A story without a date is told by today's clocks, also where its entries have offsets of their own."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from schemas import zones
from schemas.moments import UNDATED_DAY, instant, wall_clock
from schemas.readers.document import read_document


@pytest.mark.parametrize("name", ["Africa/Maputo", "America/Los_Angeles", "Europe/Amsterdam", "Asia/Kolkata"])
def test_the_clock_of_a_zone_is_today_s(name: str) -> None:
    zone = ZoneInfo(name)
    noon = datetime.combine(UNDATED_DAY, time(12))
    assert zones.offset_at(zone, noon) == zones.offset_at(zone, datetime(2024, 1, 1, 12))
    assert wall_clock(instant(noon, zone), zone) == noon


def test_entries_in_two_zones_keep_their_clocks() -> None:
    text = (
        "# Mill\n## Timeline\n3:00 PM CAT - It stopped\n\n4:00 PM EDT - A cog was found\n\n4:30 PM CAT - It ran again\n"
    )
    events = read_document(text, name="mill.md").incident.events
    assert [f"{event.at:%H:%M}" for event in events if event.at] == ["15:00", "16:00", "16:30"]

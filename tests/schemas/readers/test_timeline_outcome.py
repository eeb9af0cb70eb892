"""The end of a story that its timeline leaves out and its resolution tells."""

from __future__ import annotations

import pytest

from schemas.readers.document import read_document
from schemas.readers.imported import Imported

REPORT = """# Shop down

Date: 2 May 2024

## Timeline (UTC)

{timeline}

## Resolution

{resolution}
"""
TOLD = "- 14:05 checkout fails\n- 14:20 Ana looks at the database"


def imported(resolution: str, timeline: str = TOLD) -> Imported:
    return read_document(REPORT.format(timeline=timeline, resolution=resolution), name="report.md")


def test_the_end_becomes_an_event_with_a_doubt() -> None:
    result = imported("The database was rebuilt. By 16:30 the shop was back to normal.")
    last = result.incident.events[-1]
    assert str(last.at) == "2024-05-02 16:30:00+00:00"
    assert last.milestones == ("recovered",)
    (doubt,) = result.doubts
    assert doubt.path == f"events/{last.id}"
    assert "“Resolution”" in doubt.why
    assert result.provenance[f"events/{last.id}"].sure == "likely"
    assert "By 16:30 the shop was back to normal." in result.incident.sections.resolution
    assert result.unplaced == ()


@pytest.mark.parametrize(
    "resolution",
    [
        "The database was rebuilt.",
        "The cleaner is to run daily at 16:30, so that everything is back to normal in the morning.",
        "At 16:30 a second look was taken at the logs.",
        "At 14:10 the shop was back to normal for a moment.",
        "The shop will be back to normal at 16:30.",
    ],
)
def test_other_times_of_a_resolution_are_no_events(resolution: str) -> None:
    assert len(imported(resolution).incident.events) == 2


def test_a_timeline_that_tells_its_end_needs_no_other() -> None:
    result = imported("By 16:30 the shop was back to normal.", f"{TOLD}\n- 15:10 the shop has recovered")
    assert len(result.incident.events) == 3
    assert result.doubts == ()


def test_a_document_without_days_is_left_alone() -> None:
    text = REPORT.format(timeline=TOLD, resolution="By 16:30 the shop was back to normal.")
    assert len(read_document(text.replace("Date: 2 May 2024\n", ""), name="report.md").incident.events) == 2

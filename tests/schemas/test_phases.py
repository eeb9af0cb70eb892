"""The phases of an incident lie between the milestones that were reached, and follow one another."""

from itertools import pairwise

from hypothesis import given

from schemas import timeline
from schemas.incident import Incident
from tests.schemas import stories
from tests.schemas.short_stories import at, marked


def test_phases_run_from_milestone_to_milestone() -> None:
    built = marked(
        ("a", at(9), "impact-start"),
        ("b", at(9, 15), "detected declared"),
        ("c", at(10), "mitigated"),
        ("d", at(12), "recovered resolved"),
    )
    assert [(phase.name, phase.start_milestone, phase.length.text) for phase in built.phases] == [
        ("detect", "impact-start", "15m"),
        ("mitigate", "declared", "45m"),
        ("recover", "mitigated", "2h 00m"),
    ]
    first, last = built.phases[0], built.phases[-1]
    assert built.phase_at(first.start) is first
    assert built.phase_at(first.end) is built.phases[1]
    assert built.phase_at(first.start - 1) is None
    assert built.phase_at(last.end) is None


def test_an_alert_before_the_impact_leads_up_to_it() -> None:
    built = marked(("a", at(9), "detected"), ("b", at(9, 30), "impact-start"))
    assert [phase.name for phase in built.phases] == ["lead-up"]


@given(stories.stories())
def test_phases_follow_one_another_without_holes(incident: Incident) -> None:
    phases = timeline.build(incident).phases
    assert all(phase.start < phase.end and not phase.length.backwards for phase in phases)
    assert all(before.end == after.start for before, after in pairwise(phases))
    assert all(phase.name for phase in phases)

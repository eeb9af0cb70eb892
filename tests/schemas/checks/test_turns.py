"""Until when findings hold: as long as it says, another day and another time zone find as much."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas import metrics, timeline
from schemas.checks import RULES, Facts, Finding, run
from schemas.checks.turns import NEVER, RULES_WITH_A_CLOCK, holds_until
from schemas.incident import Action, Event, Incident
from schemas.moments import instant, wall_clock
from tests.schemas import strategies
from tests.schemas.checks.test_laws import incidents

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
nows = st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1), timezones=zones)
dues = st.dates(date(2025, 12, 1), date(2026, 6, 1))
stories = st.builds(
    Incident,
    severity=st.sampled_from(("SEV1", "SEV3", "")),
    status=st.sampled_from(("draft", "in-review")),
    events=st.lists(
        st.builds(
            Event,
            id=st.sampled_from("abcdef"),
            at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 4, 1)) | dues,
            text=st.just("x"),
        ),
        max_size=3,
        unique_by=lambda event: event.id,
    ).map(tuple),
    actions=st.lists(
        st.builds(Action, id=st.sampled_from("uvw"), text=st.just("Do"), due=dues, status=st.just("open")),
        max_size=2,
        unique_by=lambda action: action.id,
    ).map(tuple),
)


def facts(known: Incident, now: datetime) -> Facts:
    story = timeline.build(known)
    return Facts(known, story, metrics.measure(story), now)


def told(known: Facts) -> list[Finding]:
    """All that is found, to the word."""
    return [replace(each, fix=None) for each in run(known).findings]


@given(stories | incidents | strategies.incidents(), nows, st.data())
@settings(max_examples=200)
def test_nothing_turns_before_that(known: Incident, now: datetime, data: st.DataObject) -> None:
    then = facts(known, now)
    begin, until = instant(now, None), holds_until(then)
    assert until >= begin
    if until == begin:
        return
    last = min(until, instant(datetime(2040, 1, 1), None)) - 1
    at = data.draw(st.integers(begin, max(begin, last)) | st.just(max(begin, last)))
    zone = data.draw(zones)
    later = wall_clock(at, None).replace(tzinfo=UTC).astimezone(zone)
    assert told(facts(known, later)) == told(then)


def test_what_lies_behind_for_good_holds_for_ever() -> None:
    over = Event(id="a", at=datetime(2024, 5, 2, 9, tzinfo=UTC), text="over", milestones=("resolved",))
    assert holds_until(facts(Incident(events=(over,), status="published"), NOW)) == NEVER


def test_an_action_turns_with_the_first_midnight_after_its_day() -> None:
    action = Action(id="u", text="Do", due=date(2026, 3, 10), status="open")
    until = holds_until(facts(Incident(actions=(action,), status="published"), NOW))
    assert wall_clock(until, None) == datetime(2026, 3, 10, 10)


def test_the_rules_that_look_at_a_clock_are_those_that_are_known_here() -> None:
    assert {rule.id for rule in RULES.values() if "now" in rule.reads} == RULES_WITH_A_CLOCK

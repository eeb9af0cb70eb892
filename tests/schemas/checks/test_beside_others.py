"""What a library knows of an incident spares reading it again, and changes nothing that is found (A02, A09)."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas.checks import Finding, check
from schemas.incident import Action, Incident
from schemas.neighbours import Index, Neighbour, neighbour_of, others

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
names = st.sampled_from(("Kimberly Larsen", "Kimberley Larsen", "@ona.petrauskas", "Ona Petrauskas", "--", ""))
texts = st.sampled_from(("Alert on a full session cache", "Alert on a full session cache at 80 %", "Buy a cake", ""))
incidents = st.builds(
    Incident,
    owner=names,
    actions=st.lists(
        st.builds(Action, id=st.sampled_from("abc"), text=texts, owner=names, status=st.sampled_from(("open", "done"))),
        max_size=3,
    ).map(tuple),
)
SLIP = [
    Incident(actions=(Action(id="a", text="Buy a cake", owner="Kimberly Larsen"),)),
    Incident(owner="Kimberley Larsen", actions=(Action(id="a", text="Alert on a full session cache"),)),
]


def beside(known: Incident, records: tuple[Neighbour, ...]) -> list[Finding]:
    """What is found in the first of some incidents by the rules that look at the others."""
    findings = check(known, NOW, neighbours=others(Index(records), 0)).findings
    return [replace(each, fix=None) for each in findings if each.rule in ("A02", "A09")]


@example(SLIP)
@example([SLIP[1], SLIP[1]])
@given(st.lists(incidents, min_size=1, max_size=4))
def test_as_much_is_found(library: list[Incident]) -> None:
    records = tuple(neighbour_of(f"{number}.toml", each) for number, each in enumerate(library))
    current = tuple(replace(each, unborne=()) for each in records)
    assert beside(library[0], current) == beside(library[0], records)


@given(incidents, st.lists(incidents, min_size=1, max_size=4))
def test_what_was_typed_since_counts(typed: Incident, library: list[Incident]) -> None:
    records = tuple(neighbour_of(f"{number}.toml", each) for number, each in enumerate(library))
    assert not records[0].is_current
    assert beside(typed, records) == beside(typed, (neighbour_of("0.toml", typed), *records[1:]))

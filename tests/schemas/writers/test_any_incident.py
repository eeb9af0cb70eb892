"""Whatever is in an incident: its document is valid, and shows what was written."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.incident import (
    Action,
    Factor,
    Impact,
    Incident,
    OtherSection,
    Sections,
    Stated,
    Waiver,
)
from schemas.text import clean_line, clean_prose
from schemas.writers.markdown import to_markdown
from tests.schemas import strategies
from tests.schemas.writers import reading
from tests.schemas.writers.documents import at, document, timeline
from tests.schemas.writers.reading import hostile, hostile_prose


def joined(*texts: str) -> str:
    """Lines as a cell shows them."""
    return "\n".join(
        line.strip() for text in texts if text.strip() for line in clean_prose(text).strip().split("\n")
    ).strip()


class TestAnyIncident:
    @given(strategies.incidents(), st.booleans(), st.sampled_from(("internal", "external")))
    @settings(max_examples=60)
    def test_makes_a_document(self, incident: Incident, remarks: bool, audience: Any) -> None:
        written = to_markdown(incident, remarks=remarks, audience=audience)
        assert written == to_markdown(incident, remarks=remarks, audience=audience)
        assert written == clean_prose(written).rstrip(" \t\n") + "\n"
        assert all(line == line.rstrip(" \t") for line in written.split("\n"))
        found = reading.read(written)
        assert found.headings[0][0] == 1
        assert len(found.level(1)) == 1
        assert all(len(row) == len(table.head) for table in found.tables for row in table.rows)

    @given(hostile(), st.lists(hostile_prose(), min_size=3, max_size=3), st.lists(hostile(), min_size=2, max_size=2))
    @settings(max_examples=60)
    def test_has_its_headings_and_no_others(self, title: str, prose: list[str], headings: list[str]) -> None:
        others = [
            OtherSection(id=str(n), heading=heading, after="lessons", body="x") for n, heading in enumerate(headings)
        ]
        incident = Incident(
            title=title, sections=Sections(summary=prose[0], impact=prose[1], lessons=prose[2]), other_sections=others,
            events=[at(9)],
        )  # fmt: skip
        found = reading.read(to_markdown(incident))
        written = [("Summary", prose[0]), ("Impact", prose[1]), ("Timeline", "x"), ("Lessons learned", prose[2])]
        own = [heading for heading, body in written if clean_prose(body).strip()]
        assert found.level(1) == [clean_line(title).strip() or "Untitled incident"]
        assert found.level(2) == [*own, *(clean_line(heading).strip() or "Untitled section" for heading in headings)]

    @given(st.lists(st.tuples(hostile(), hostile(), hostile(), hostile()), min_size=1, max_size=4))
    @settings(max_examples=60)
    def test_shows_its_events_as_they_are(self, events: list[tuple[str, str, str, str]]) -> None:
        found = timeline(
            *(at(n, text=text, kind=kind, actor=actor, milestones=[milestone], links=["ftp://x"])
              for n, (text, kind, actor, milestone) in enumerate(events))
        ).table("Thu 2 May 2024")  # fmt: skip
        assert found.column("Event") == [joined(text, "ftp://x") for text, *_ in events]
        for name, number in (("Kind", 1), ("Who", 2), ("Milestone", 3)):
            expected = [clean_line(event[number]).strip() for event in events]
            assert (found.column(name) if name in found.head else [""] * len(events)) == expected

    @given(hostile(), hostile(), hostile(), hostile())
    @settings(max_examples=60)
    def test_shows_its_lists_as_they_are(self, one: str, two: str, three: str, four: str) -> None:
        line = clean_line(two).strip()
        found = document(
            actions=[Action(id="a", text=one, owner=two, type="x", link=three)],
            impacts=[Impact(id="i", what=three, unit="x")],
            stated=[Stated(what=two, value=four, where="x")],
            waivers=[Waiver(rule=two, reason=four, by="x")],
        )
        action = found.table("Action items")
        assert action.column("Action") == [joined(one)]
        assert (action.column("Owner") if "Owner" in action.head else [""]) == [line]
        assert (action.column("Link") if "Link" in action.head else [""]) == [clean_line(three).strip()]
        assert found.table("Impact").column("What was affected") == [joined(three)]
        assert found.table("Stated times").rows == [[line, clean_line(four).strip(), "x"]]
        assert found.table("Accepted findings").column("Reason") == [joined(four)]

    @given(hostile(), hostile(), hostile())
    @settings(max_examples=60)
    def test_shows_its_factors_as_they_are(self, text: str, kind: str, link: str) -> None:
        written = to_markdown(Incident(factors=[Factor(id="f", text=text, kind=f"x{kind}", links=[f"x{link}"])]))
        tokens = reading.parsed(written.split("## Contributing factors\n")[1])
        shown = "\n".join(reading.seen(token) for token in tokens if token.type == "inline")
        details = [f"Kind: {clean_line(f'x{kind}').strip()}", f"Link: {clean_line(f'x{link}').strip()}"]
        assert shown.split("\n") == [
            *(line for line in joined(text).split("\n") if line), " · ".join(detail for detail in details if detail),
        ]  # fmt: skip

"""Incidents that say all that the standard style can say, and what of them has to come back from their document."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from schemas import zones
from schemas.entries import need_neighbours
from schemas.incident import (
    ACTION_STATUSES,
    ACTION_TYPES,
    KINDS,
    MILESTONES,
    PRIORITIES,
    SEVERITIES,
    Action,
    Event,
    Factor,
    Impact,
    Incident,
    OtherSection,
    Sections,
    Stated,
)
from schemas.moments import instant
from schemas.readers.document import read_document
from schemas.section_order import section_order
from schemas.sections import SECTION_KEYS, STATUSES
from schemas.timeline import build, order
from schemas.writers.markdown import to_markdown
from schemas.writers.times import time_text

ZONES = ("", "UTC", "Africa/Nairobi", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu")
LINES = ("a", "Ada Byron, lead", "x | y", "*bold*", "C:\\dir", "`code`", "<br>", "a,b", "1. one", "# no", "— dash", "ü")


def read_back(incident: Incident) -> Incident:
    return read_document(to_markdown(incident), name="export.md").incident


def moment(value: Any, incident: Incident, zone_name: str = "") -> Any:
    """A moment for comparison: an instant where a zone is known, for date-times; days and clocks as they are."""
    zone = (zones.resolve(zone_name) if zone_name else None) or build(incident).zone
    return instant(value, zone) if isinstance(value, datetime) else value


def is_in_order(incident: Incident) -> bool:
    """Whether the events stand as in the files that we write, where clocks take their date from the line above."""
    return build(incident).in_file_order or not need_neighbours(incident.events)


def content(incident: Incident) -> dict[str, Any]:
    """All that an incident says, without ids, in the order in which it is read."""
    found = incident.model_dump(exclude={"events", "other_sections", "waivers", "format", "comments", "reviews"})
    for name in ("impacts", "factors", "actions", "stated"):
        for item in found[name]:
            item.pop("id")
    for claim in found["stated"]:
        claim["at"] = moment(claim["at"], incident)
    for key, text in found["sections"].items():
        found["sections"][key] = text.strip("\n")
    names = {section.id: (section.heading, section.body.strip("\n")) for section in incident.other_sections}
    order = [names.get(key, key) for key in section_order(incident)]
    found["order"] = [
        each for each in order if (each[1] if isinstance(each, tuple) else incident.sections.get(each))
    ]  # fmt: skip
    timeline = build(incident)
    found["events"] = []
    for entry in timeline.entries:
        event = entry.event
        told = event.model_dump(exclude={"id"})
        for key in ("at", "latest", "until", "recorded"):
            told[key] = moment(told[key], incident, "" if key == "recorded" else event.zone)
        if told["margin"]:
            told["about"] = True  # a margin says that it is approximate
        if told["as_written"] == time_text(entry, timeline.zone):
            told["as_written"] = ""  # words that say what stands there anyway
        found["events"].append(told)
    return found


def lines() -> st.SearchStrategy[str]:
    return st.sampled_from(LINES)


def words() -> st.SearchStrategy[str]:
    return st.lists(
        st.one_of(lines(), st.just("see https://example.org/x?a=1&b=2 for more")), min_size=1, max_size=3
    ).map("\n".join)


def moments(zone: str) -> st.SearchStrategy[datetime]:
    near = st.datetimes(datetime(2024, 10, 26), datetime(2024, 10, 29)).map(
        lambda at: at.replace(second=at.second % 2 * 30, microsecond=0)
    )
    if not zone:
        return near
    offset = st.sampled_from((UTC, timezone(timedelta(hours=3)), timezone(timedelta(hours=-7, minutes=-30))))
    return st.builds(lambda at, shift: at.replace(tzinfo=shift), near, offset)


@st.composite
def events(draw: st.DrawFn, zone: str, dated: bool) -> Event:
    shape = draw(st.sampled_from(("exact", "about", "margin", "span", "between", "day", "unknown", "clock")))
    fields: dict[str, Any] = {
        "text": draw(words()),
        "milestones": tuple(draw(st.lists(st.sampled_from(MILESTONES), max_size=2, unique=True))),
        "kind": draw(st.sampled_from(("", *KINDS))),
        "actor": draw(st.sampled_from(("", *LINES))),
        "links": tuple(draw(st.lists(st.sampled_from(("https://example.org/a|b", "OPS-12")), max_size=2))),
        "audience": draw(st.sampled_from(("", "", "internal", "external"))),
        "recorded": draw(st.one_of(st.none(), moments(zone))),
    }
    if not dated:
        clocks = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30)))
        fields |= {"at": draw(clocks)} if shape != "unknown" else {"as_written": draw(st.sampled_from(("", "later")))}
        return Event(id="", **fields)
    at = draw(moments(zone))
    if shape == "unknown":
        return Event(id="", **fields, as_written=draw(st.sampled_from(("", "some time later", "14:05", "between"))))
    if shape == "exact":
        fields["zone"] = draw(st.sampled_from(("", "", "Asia/Tokyo"))) if zone else ""
    if shape == "clock":
        return Event(id="", **fields, at=at.replace(tzinfo=None).time())
    fields["at"] = at.date() if shape == "day" else at
    if shape == "span":
        fields["until"] = at + timedelta(minutes=draw(st.integers(1, 3000)))
    elif shape == "between":
        fields["latest"] = at + timedelta(minutes=draw(st.integers(1, 3000)))
    elif shape == "about":
        fields["about"] = True
    elif shape == "margin":
        fields["margin"] = draw(st.sampled_from(("15m", "2h")))
    fields["as_written"] = draw(st.sampled_from(("", "", "half past", "02:00 EAT")))
    return Event(id="", **fields)


def others() -> st.SearchStrategy[OtherSection]:
    return st.builds(
        OtherSection,
        id=st.just(""),
        heading=st.sampled_from(("Monitoring", "What we *learnt*", "1. Steps #", "Chat log")),
        after=st.sampled_from(("", "summary", "timeline", *SECTION_KEYS)),
        body=prose(),
    )


def prose() -> st.SearchStrategy[str]:
    """Sections as people write them; their headings are of the third level, as export makes them."""
    pieces = (
        "One sentence.", "Two\nlines of it.", "- item\n- item\n  - nested", "### Sub-heading", "```\n## none\n```",
        "| a | b |\n| --- | --- |\n| 1 | 2 |", "1. first\n2. second", "> quoted", "Line\\\nbreak", "x\n\n\ny",
    )  # fmt: skip
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=4).map("\n\n".join)


def impacts() -> st.SearchStrategy[Impact]:
    amounts = st.one_of(st.none(), st.integers(0, 10**6), st.sampled_from((0.5, 99.95, 12.25)))
    whole = st.one_of(st.none(), st.integers(1, 5000))
    made = st.builds(
        Impact, id=st.just(""), what=words(), amount=amounts, unit=st.sampled_from(("", "users", "%", "% of users")),
        total=whole, about=st.booleans(), audience=st.sampled_from(("", "internal")),
    )  # fmt: skip
    return made.map(lambda impact: impact if impact.amount is not None else impact.changed(about=False))


def factors() -> st.SearchStrategy[Factor]:
    links = st.sampled_from(((), ("https://a.b/c",), ("OPS-1", "https://a.b")))
    return st.builds(Factor, id=st.just(""), text=words(), kind=st.sampled_from(("", "technical")), links=links)


def actions() -> st.SearchStrategy[Action]:
    return st.builds(
        Action, id=st.just(""), text=words(), owner=st.sampled_from(("", *LINES)), due=st.one_of(st.none(), st.dates()),
        type=st.sampled_from(("", *ACTION_TYPES)), priority=st.sampled_from(("", *PRIORITIES)),
        status=st.sampled_from(ACTION_STATUSES), link=st.sampled_from(("", "https://a.b/1", "OPS-3")),
    )  # fmt: skip


def claims() -> st.SearchStrategy[Stated]:
    return st.builds(
        Stated, id=st.just(""), what=st.sampled_from(("duration", "start")), value=lines(),
        where=st.sampled_from(("", "Header")), line=st.one_of(st.none(), st.integers(1, 99)),
        minutes=st.one_of(st.none(), st.integers(0, 9000)), about=st.booleans(),
    )  # fmt: skip


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    """Incidents that say all that the standard style can say."""
    zone = draw(st.sampled_from(ZONES))
    dated = draw(st.sampled_from((True, True, True, False)))
    found = draw(st.lists(events(zone, dated), max_size=6))
    numbered = order(tuple(event.changed(id=f"e{at}") for at, event in enumerate(found)), zones.resolve(zone))
    texts = draw(st.lists(others(), max_size=2, unique_by=lambda section: section.heading))
    return Incident(
        title=draw(lines()),
        status=draw(st.sampled_from(STATUSES)),
        severity=draw(st.sampled_from(("", *SEVERITIES))),
        zone=zone,
        owner=draw(st.sampled_from(("", *LINES))),
        authors=tuple(draw(st.lists(lines(), max_size=3))),
        services=tuple(draw(st.lists(lines(), max_size=3))),
        tags=tuple(draw(st.lists(lines(), max_size=3))),
        sections=Sections(**draw(st.dictionaries(st.sampled_from(SECTION_KEYS), prose(), max_size=4))),
        other_sections=tuple(section.changed(id=f"o{at}") for at, section in enumerate(texts)),
        events=numbered,
        impacts=tuple(draw(st.lists(impacts(), max_size=2))),
        factors=tuple(draw(st.lists(factors(), max_size=2))),
        actions=tuple(draw(st.lists(actions(), max_size=3))),
        stated=tuple(draw(st.lists(claims(), max_size=2))),
    )

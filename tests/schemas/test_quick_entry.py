"""Events from typed lines: what a line becomes, and what is said before it is added."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas import event_edits, timeline, zones
from schemas.entry_context import context_at, context_for
from schemas.incident import KINDS, MILESTONES, Event, Incident
from schemas.moments import UNDATED_DAY
from schemas.quick_entry import Context, Draft, describe, read_entry
from schemas.text import is_clean
from tests.schemas.typed_times import said

EAT = timezone(timedelta(hours=3))
STORY = Context(
    zone=zones.resolve("Africa/Nairobi"),
    zone_name="Africa/Nairobi",
    after=datetime(2024, 5, 2, 23, 0),
    origin=datetime(2024, 5, 2, 9, 0),
    today=date(2024, 5, 6),
)


def parts(draft: Draft) -> tuple[str, str]:
    """When, and the text."""
    return (said(draft.reading) if draft.reading else "no time"), draft.text


@pytest.mark.parametrize(
    ("line", "when", "text"),
    [
        ("23:05 paged the on-call", "2024-05-02 23:05", "paged the on-call"),
        ("02:00 restored data", "2024-05-03 02:00", "restored data"),
        ("+15m rolled back", "2024-05-02 23:15", "rolled back"),
        ("~23:05 noticed it", "~2024-05-02 23:05", "noticed it"),
        ("23:05-23:20 rebooted", "2024-05-02 23:05 – 2024-05-02 23:20", "rebooted"),
        ("May 3 02:00 fixed", "2024-05-03 02:00", "fixed"),
        ("23:05 UTC hello", "2024-05-02 23:05 +00:00", "hello"),
        ("? somebody rebooted it", "?", "somebody rebooted it"),
        ("paged the on-call", "no time", "paged the on-call"),
        ("2 engineers joined", "no time", "2 engineers joined"),
        # bullets, tables, brackets, separators
        ("- 23:05 a", "2024-05-02 23:05", "a"),
        ("* 23:05: a", "2024-05-02 23:05", "a"),
        ("• 23:05 – a", "2024-05-02 23:05", "a"),
        ("1. 23:05 a", "2024-05-02 23:05", "a"),
        ("1. restarted it", "no time", "1. restarted it"),
        ("- restarted it", "no time", "restarted it"),
        ("| 23:05 | a | b |", "2024-05-02 23:05", "a | b"),
        ("| 2024-05-03 | 23:05 UTC | a |", "2024-05-03 23:05 +00:00", "a"),
        ("### 23:05 a", "2024-05-02 23:05", "a"),
        ("[23:05] **Alert fired**", "2024-05-02 23:05", "**Alert fired**"),
        ("**23:05:** a", "2024-05-02 23:05", "a"),
        ("**23:05 - checked the status** twice", "2024-05-02 23:05", "checked the status twice"),
        ("`23:05` a", "2024-05-02 23:05", "a"),
        ("(23:05) a", "2024-05-02 23:05", "a"),
        ("23:05, a", "2024-05-02 23:05", "a"),
        ("23:05 -> a", "2024-05-02 23:05", "a"),
        ("23:05 - 2 servers died", "2024-05-02 23:05", "2 servers died"),
        ("23:05 -5 degrees", "2024-05-02 23:05", "-5 degrees"),
        ("23:05 ... and then", "2024-05-02 23:05", "... and then"),
        ("11:05 PM EAT- a", "2024-05-02 23:05", "a"),
        ("\t23:05\ta", "2024-05-02 23:05", "a"),
        ("[the dashboard](https://x.example) was red", "no time", "[the dashboard](https://x.example) was red"),
    ],
)
def test_what_a_line_becomes(line: str, when: str, text: str) -> None:
    draft = read_entry(line, STORY)
    assert draft.problem == ""
    assert parts(draft) == (when, text)


class TestMarks:
    @pytest.mark.parametrize(
        ("line", "milestones"),
        [
            ("23:05 !detected alert fired", ("detected",)),
            ("23:05 alert fired !detected", ("detected",)),
            ("23:05 !detected", ("detected",)),
            ("!detected 23:05 alert fired", ("detected",)),
            ("23:05 !detected !declared alert fired", ("detected", "declared")),
            ("23:05 !ack on it", ("acknowledged",)),
            ("23:05 !impact down", ("impact-start",)),
            ("23:05 !start down", ("impact-start",)),
            ("23:05 !Mitigate rolled back", ("mitigated",)),
            ("23:05 !resolve, done", ("resolved",)),
            ("23:05 !res done", ("resolved",)),
            ("23:05 !restored done", ("recovered",)),
            ("23:05 !rec !recovered done", ("recovered",)),
            ("23:05 wait!important", ()),
            ("23:05 it != 3 !!", ()),
        ],
    )
    def test_milestones(self, line: str, milestones: tuple[str, ...]) -> None:
        draft = read_entry(line, STORY)
        assert (draft.problem, draft.milestones) == ("", milestones)
        assert not any(f"!{name}" in draft.text for name in MILESTONES)

    @pytest.mark.parametrize("name", MILESTONES)
    def test_every_milestone_by_its_own_name(self, name: str) -> None:
        assert read_entry(f"23:05 !{name} x", STORY).milestones == (name,)

    @pytest.mark.parametrize("name", KINDS)
    def test_every_kind_by_its_own_name(self, name: str) -> None:
        assert read_entry(f"23:05 x #{name}", STORY).kind == name

    @pytest.mark.parametrize(
        ("line", "kind", "text"),
        [
            ("23:05 asked in #ops about it", "", "asked in #ops about it"),
            ("23:05 see #1234", "", "see #1234"),
            ("23:05 #hyp the cache is cold", "hypothesis", "the cache is cold"),
            ("23:05 said so in #ops #comm", "communication", "said so in #ops"),
        ],
    )
    def test_kinds_and_channels(self, line: str, kind: str, text: str) -> None:
        draft = read_entry(line, STORY)
        assert (draft.problem, draft.kind, draft.text) == ("", kind, text)

    @pytest.mark.parametrize(
        ("line", "actor", "text"),
        [
            ("23:05 @ana rolled back", "ana", "rolled back"),
            ("23:05 @ana: rolled back", "ana", "rolled back"),
            ("@ana 23:05 rolled back", "ana", "rolled back"),
            ("23:05 rolled back by @ana.lima.", "ana.lima", "rolled back by @ana.lima."),
            ("23:05 !ack @ana #action on it", "ana", "on it"),
            ("23:05 @here look", "", "@here look"),
            ("23:05 wrote to a@b.example", "", "wrote to a@b.example"),
            ("23:05 @ nine", "", "@ nine"),
        ],
    )
    def test_who(self, line: str, actor: str, text: str) -> None:
        draft = read_entry(line, STORY)
        assert (draft.actor, draft.text) == (actor, text)

    def test_links_stay_in_the_text_and_are_listed(self) -> None:
        draft = read_entry(
            "23:05 see https://a.example/x(y), [b](http://b.example/?q=1#z) and https://a.example/x(y).", STORY
        )
        assert draft.links == ("https://a.example/x(y)", "http://b.example/?q=1#z")
        assert "https://a.example/x(y)" in draft.text


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("", "write a time and what happened"),
        ("   ", "write a time and what happened"),
        ("23:05", "write what happened"),
        ("### 23:05", "write what happened"),
        ("25:10 boom", "hours go to 23"),
        ("23:05 CST boom", "America/Chicago"),
        ("10/04/2024 boom", "2024-04-10 or 2024-10-04"),
        ("HH:MM boom", "template"),
        ("23:05 !importnat boom", "!impact-start, !detected"),
        ("23:05 !d boom", "detected or declared"),
        ("23:05 #a boom", "alert or action"),
        ("23:05 #alert #action boom", "one kind"),
    ],
)
def test_what_cannot_be_added_says_what_would_be_right(line: str, advice: str) -> None:
    draft = read_entry(line, STORY)
    assert advice in draft.problem
    assert describe(draft, STORY) == draft.problem
    with pytest.raises(ValueError, match=r"\w"):
        draft.event("e1")


def test_the_event_has_all_that_the_line_said() -> None:
    line = "~02:00-02:20 UTC !recovered #action @ana restored it, see https://a.example/1"
    assert read_entry(line, STORY).event("k7q2") == Event(
        id="k7q2",
        at=datetime(2024, 5, 3, 2, 0, tzinfo=timezone.utc),  # noqa: UP017
        until=datetime(2024, 5, 3, 2, 20, tzinfo=timezone.utc),  # noqa: UP017
        about=True,
        as_written="~02:00-02:20 UTC",
        text="restored it, see https://a.example/1",
        milestones=("recovered",),
        kind="action",
        actor="ana",
        links=("https://a.example/1",),
    )


def test_an_event_without_a_time() -> None:
    assert read_entry("rebooted it", STORY).event("k7q2") == Event(id="k7q2", text="rebooted it")


class TestThePreview:
    @pytest.mark.parametrize(
        ("line", "shown"),
        [
            (
                "02:00 !recovered restored data",
                "Fri 3 May 02:00 EAT  (+3h after 23:00 · next day, because the story moves forward)   recovered",
            ),
            ("23:05 paged", "Thu 2 May 23:05 EAT  (+5m after 23:00)"),
            ("23:00 paged", "Thu 2 May 23:00 EAT  (at the same time as the event before, 23:00)"),
            ("2024-05-02 14:00 paged", "Thu 2 May 14:00 EAT  (9h before 23:00)"),
            ("~23:05 a", "Thu 2 May ~23:05 EAT  (+5m after 23:00)"),
            ("23:05 ±5m a", "Thu 2 May 23:05 EAT ±5m  (+5m after 23:00)"),
            ("23:05-23:20 a", "Thu 2 May 23:05–23:20 EAT  (+5m after 23:00)"),
            ("23:05-00:20 a", "Thu 2 May 23:05–Fri 3 May 00:20 EAT  (+5m after 23:00)"),
            ("23:05..23:20 a", "between Thu 2 May 23:05 and 23:20 EAT  (+5m after 23:00)"),
            ("20:30 UTC a", "Thu 2 May 23:30 EAT  (+30m after 23:00 · 20:30 UTC)"),
            ("23:59 PM a", "Thu 2 May 23:59 EAT  (+59m after 23:00 · 23:59 PM can only mean 23:59)"),
            ("2024-05-03 migration", "Fri 3 May"),
            ("2023-05-03 migration", "Wed 3 May 2023"),
            ("? a", "time unknown  (behind the event before)"),
            ("a #alert @ana !det", "no time  (behind the event before)   detected · alert · by ana"),
            ("23:05 a https://x.example https://y.example", "Thu 2 May 23:05 EAT  (+5m after 23:00)   2 links"),
        ],
    )
    def test_it_says_what_will_be_added(self, line: str, shown: str) -> None:
        assert describe(read_entry(line, STORY), STORY) == shown

    def test_without_a_zone_or_an_event_before(self) -> None:
        bare = Context(today=date(2024, 5, 6))
        assert describe(read_entry("14:05 a", bare), bare) == "Mon 6 May 14:05  (today's date)"
        assert describe(read_entry("a", bare), bare) == "no time"

    def test_in_a_story_without_dates(self) -> None:
        undated = Context(after=datetime.combine(UNDATED_DAY, time(23, 0)), undated=True)
        assert describe(read_entry("02:00 a", undated), undated) == "02:00  (+3h after 23:00)"
        assert describe(read_entry("02:00-02:10 UTC a", undated), undated) == "02:00–02:10 UTC  (+3h after 23:00)"


class TestTheContext:
    def story(self, *events: Event, zone: str = "Africa/Nairobi") -> tuple[Incident, timeline.Timeline]:
        incident = Incident(zone=zone, events=events)
        return incident, timeline.build(incident)

    def test_behind_the_last_event(self) -> None:
        incident, story = self.story(
            Event(id="a", at=datetime(2024, 5, 2, 9, 0)),
            Event(id="b", at=datetime(2024, 5, 2, 10, 0, tzinfo=EAT), milestones=("impact-start",)),
            Event(id="c", at=datetime(2024, 5, 2, 8, 30, tzinfo=timezone.utc)),  # noqa: UP017
            Event(id="d"),
        )
        context = context_for(incident, story, date(2024, 5, 6))
        assert context.after == datetime(2024, 5, 2, 11, 30)
        assert context.origin == datetime(2024, 5, 2, 10, 0)
        assert (context.zone_name, context.today, context.undated) == ("Africa/Nairobi", date(2024, 5, 6), False)

    def test_behind_the_selected_event(self) -> None:
        incident, story = self.story(
            Event(id="a", at=datetime(2024, 5, 2, 9, 0)), Event(id="b"), Event(id="c", at=datetime(2024, 5, 2, 10, 0))
        )
        assert context_for(incident, story, None, "a").after == datetime(2024, 5, 2, 9, 0)
        assert context_for(incident, story, None, "b").after == datetime(2024, 5, 2, 9, 0)
        assert context_for(incident, story, None, "gone").after == datetime(2024, 5, 2, 10, 0)
        assert context_for(incident, story, None, "c").origin == datetime(2024, 5, 2, 9, 0)

    def test_an_empty_incident(self) -> None:
        incident, story = self.story(zone="")
        context = context_for(incident, story, date(2024, 5, 6))
        assert context == Context(today=date(2024, 5, 6))
        assert read_entry("14:05 a", context).event("a").at == datetime(2024, 5, 6, 14, 5)

    def test_a_story_without_dates(self) -> None:
        incident, story = self.story(Event(id="a", at=time(23, 0)), zone="")
        context = context_for(incident, story, date(2024, 5, 6))
        assert context.undated
        assert read_entry("02:00 a", context).event("b").at == time(2, 0)

    def test_where_an_event_is_corrected_it_keeps_its_day(self) -> None:
        incident, story = self.story(
            Event(id="a", at=datetime(2024, 5, 2, 9, 0)), Event(id="b", at=datetime(2024, 5, 3, 10, 0))
        )
        context = context_at(incident, story, date(2024, 5, 6), "b")
        assert (context.own, context.after) == (datetime(2024, 5, 3, 10, 0), datetime(2024, 5, 2, 9, 0))
        assert parts(read_entry("08:00 x", context))[0] == "2024-05-03 08:00"
        assert context_at(incident, story, None, "a").after is None
        assert context_at(incident, story, None, "gone") == context_for(incident, story, None)

    def test_what_is_added_stands_where_the_preview_says(self) -> None:
        incident, story = self.story(Event(id="a", at=datetime(2024, 5, 2, 23, 0, tzinfo=EAT)))
        for number, line in enumerate(["+15m one", "02:00 two", "no time", "02:00 UTC three"]):
            context = context_for(incident, story, date(2024, 5, 6))
            incident = event_edits.add_event(incident, read_entry(line, context).event(f"n{number}"))
            story = timeline.build(incident)
        assert [entry.event.text for entry in story.entries] == ["", "one", "two", "no time", "three"]


WORDS = st.sampled_from(
    ["14:05", "~", "2pm", "-", "|", "*", "**", "[", "]", "!detected", "!", "!x", "#alert", "#", "@ana", "@", "UTC",
     "CST", "https://a.example/", "http://", "May", "3", "+15m", "?", "paged", "10/04/2024",
     "\t", "\n", "\x1b[31m", "\u202e"]
)  # fmt: skip
LINES = st.text(max_size=50) | st.lists(WORDS, max_size=8).map(" ".join) | st.lists(WORDS, max_size=6).map("".join)
CONTEXTS = st.sampled_from(
    [Context(), STORY, replace(STORY, after=datetime.max), replace(STORY, after=datetime.min, origin=datetime.min)]
)


@given(LINES, CONTEXTS)
def test_any_line_becomes_a_draft_that_can_be_shown(line: str, context: Context) -> None:
    draft = read_entry(line, context)
    shown = describe(draft, context)
    assert shown
    assert is_clean(shown)
    assert "\n" not in shown
    if not draft.problem:
        event = draft.event("e1")
        assert event.text or event.milestones
        assert is_clean(event.text)


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=8))
def test_no_word_of_a_line_is_lost(words: list[str]) -> None:
    draft = read_entry(f"23:05 xx {' '.join(words)}", STORY)
    assert draft.text.split() == ["xx", *words]

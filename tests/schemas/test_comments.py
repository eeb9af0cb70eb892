"""Comments as threads, and what can be done with them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given

from schemas import edits, event_edits
from schemas.comments import (
    Thread,
    add_comment,
    by_place,
    edit_comment,
    open_threads,
    place_of,
    remove_comment,
    reply,
    set_resolved,
    text_at,
    thread_of,
    threads,
)
from schemas.incident import Action, Comment, Event, Factor, Impact, Incident, OtherSection, Sections, Stated
from schemas.toml_file import loads
from tests.schemas.strategies import incidents

START = datetime(2024, 5, 2, 9, tzinfo=UTC)

INCIDENT = Incident(
    title="Push failed",
    zone="UTC",
    sections=Sections(summary="For 62 minutes a third of all logins failed.", impact="Much."),
    other_sections=(OtherSection(id="m3x9", heading="Costs", after="summary", body="A lot."),),
    impacts=(Impact(id="p4w2", what="Logins"),),
    factors=(Factor(id="f2h8", text="A limit"),),
    events=(
        Event(id="k7q2", at=START + timedelta(hours=1), text="Paged"),
        Event(id="none", text="Somebody remembers"),
        Event(id="b8d3", at=START, text="Push failed"),
    ),
    stated=(Stated(id="s9n4", what="duration", value="4 hours"),),
    actions=(Action(id="c5f6", text="Add an alert"),),
)


def talked(*comments: Comment, **fields: Any) -> Incident:
    changed: Incident = INCIDENT.changed(comments=comments, **fields)
    return changed


def on(*places: str) -> Incident:
    return talked(*(Comment(id=f"c{at}", on=place) for at, place in enumerate(places)))


def places(incident: Incident) -> list[str]:
    return [thread.place for thread in threads(incident)]


class TestPlaces:
    @pytest.mark.parametrize(
        ("place", "thing", "text"),
        [
            ("", "", ""),
            ("title", "title", "Push failed"),
            ("title/x", "title", "Push failed"),
            ("events", "events", ""),
            ("events/k7q2", "events/k7q2", "Paged"),
            ("events/k7q2/text", "events/k7q2", "Paged"),
            ("impacts/p4w2", "impacts/p4w2", "Logins"),
            ("factors/f2h8", "factors/f2h8", "A limit"),
            ("stated/s9n4", "stated/s9n4", "4 hours"),
            ("actions/c5f6", "actions/c5f6", "Add an alert"),
            ("sections/impact", "sections/impact", "Much."),
            ("sections/lucky", "sections/lucky", ""),
            ("other_sections/m3x9", "other_sections/m3x9", "A lot."),
            ("sections/m3x9", "other_sections/m3x9", "A lot."),
        ],
    )
    def test_a_place_means_a_thing_with_its_words(self, place: str, thing: str, text: str) -> None:
        assert place_of(INCIDENT, place) == thing
        assert text_at(INCIDENT, thing) == text

    @pytest.mark.parametrize("place", ["events/gone", "sections/gone", "gone", "other_sections/impact", "x/y"])
    def test_what_is_not_there_is_gone(self, place: str) -> None:
        assert place_of(INCIDENT, place) is None

    def test_an_id_may_hold_a_slash(self) -> None:
        incident = Incident(events=(Event(id="a"), Event(id="a/at", text="x")))
        assert place_of(incident, "events/a/at/text") == "events/a/at"
        assert text_at(incident, "events/a/at") == "x"

    def test_unknown_keys_can_be_talked_about(self) -> None:
        incident = loads("region = 'eu'\n[sections]\nmood = 'calm'\n")
        assert place_of(incident, "region") == "region"
        assert place_of(incident, "sections/mood") == "sections/mood"
        assert text_at(incident, "sections/mood") == ""


class TestOrder:
    def test_it_is_the_order_of_the_document(self) -> None:
        inside_out = [
            "gone", "", "actions/c5f6", "actions", "stated/s9n4", "events/k7q2", "events/none", "events/b8d3", "events",
            "factors/f2h8", "impacts/p4w2", "sections/supporting", "sections/impact", "other_sections/m3x9",
            "sections/summary", "severity", "title",
        ]  # fmt: skip
        assert places(on(*inside_out)) == [
            "title", "severity", "sections/summary", "other_sections/m3x9", "sections/impact", "sections/supporting",
            "impacts/p4w2", "factors/f2h8", "events", "events/b8d3", "events/k7q2", "events/none", "stated/s9n4",
            "actions", "actions/c5f6", "", "gone",
        ]  # fmt: skip

    def test_clocks_without_a_date_stand_where_the_story_has_them(self) -> None:
        events = (Event(id="late", at=time(23)), Event(id="next", at=time(2)), Event(id="early", at=time(22)))
        incident = talked(*(Comment(id=name, on=f"events/{name}") for name in ("next", "late", "early")), events=events)
        order = [entry.id for entry in event_edits.sort_events(incident).events]
        assert [thread.id for thread in threads(incident)] == order

    def test_threads_on_one_thing_come_by_time(self) -> None:
        late = Comment(id="a", on="events/k7q2", at=START + timedelta(hours=2))
        assert [thread.id for thread in threads(talked(late, Comment(id="b", on="events/k7q2", at=START)))] == [
            "b",
            "a",
        ]

    def test_asking_twice_is_asking_once(self) -> None:
        incident = on("title", "events/k7q2")
        assert threads(incident) is threads(incident.changed(status="in-review"))
        assert threads(incident) is not threads(edits.set_section(incident, "summary", "new"))

    @given(incidents())
    def test_every_comment_is_in_one_thread(self, incident: Incident) -> None:
        found = [comment for thread in threads(incident) for comment in thread.comments]
        assert sorted(map(id, found)) == sorted(map(id, incident.comments))
        assert sum(map(len, by_place(incident).values())) == len(threads(incident))


class TestThreads:
    def one(self, *comments: Comment) -> Thread:
        (thread,) = threads(talked(*comments))
        return thread

    def test_answers_are_flat_and_the_first_says_whether_it_is_open(self) -> None:
        thread = self.one(
            Comment(id="c", reply_to="b", at=START + timedelta(minutes=2)),
            Comment(id="b", reply_to="a", at=START + timedelta(minutes=1), resolved=True),
            Comment(id="a", on="title", at=START),
        )
        assert [comment.id for comment in thread.comments] == ["a", "b", "c"]
        assert (thread.id, thread.open, thread.last.id) == ("a", True, "c")
        assert not self.one(Comment(id="a", resolved=True), Comment(id="b", reply_to="a")).open

    def test_what_is_removed_leaves_an_orphan_that_knows_where_it_was(self) -> None:
        incident = on("events/k7q2", "sections/m3x9", "title")
        incident = edits.remove_items(incident, "events", {"k7q2"})
        incident = edits.remove_items(incident, "other_sections", {"m3x9"})
        assert len(incident.comments) == 3
        assert [(thread.place, thread.orphan) for thread in threads(incident)] == [
            ("title", False), ("events/k7q2", True), ("sections/m3x9", True),
        ]  # fmt: skip

    def test_it_stays_while_the_thing_is_edited(self) -> None:
        incident = talked(Comment(id="a", on="events/k7q2", quote="Paged"))
        moved = edits.update_item(incident, "events", "k7q2", at=START - timedelta(days=1), text="Paged the on-call")
        (thread,) = threads(moved)
        assert (thread.place, thread.orphan, thread.quote_at) == ("events/k7q2", False, (0, 5))

    @pytest.mark.parametrize(
        ("quote", "at", "lost"),
        [("a third", (15, 22), False), ("", None, False), (" ", None, False), ("a quarter of nothing", None, True)],
    )
    def test_the_quoted_words_are_looked_for(self, quote: str, at: tuple[int, int] | None, lost: bool) -> None:
        thread = self.one(Comment(id="a", on="sections/summary", quote=quote))
        assert (thread.quote_at, thread.lost) == (at, lost)

    def test_of_an_orphan_the_quoted_words_are_lost(self) -> None:
        assert self.one(Comment(id="a", on="events/gone", quote="Paged")).lost

    def test_one_is_found_by_any_of_its_comments(self) -> None:
        incident = talked(Comment(id="a"), Comment(id="b", reply_to="a"))
        assert thread_of(incident, "b").id == thread_of(incident, "a").id == "a"
        with pytest.raises(KeyError, match="comments/c"):
            thread_of(incident, "c")

    def test_open_ones_can_be_told(self) -> None:
        incident = talked(Comment(id="a"), Comment(id="b", resolved=True))
        assert [thread.id for thread in open_threads(incident)] == ["a"]


class TestChanges:
    def test_a_thread_is_begun(self) -> None:
        incident = add_comment(
            INCIDENT, comment_id="q4m7xd", on="events/k7q2", author="ana", at=START, text="Who?\r\n\x1b[31m",
            quote="Paged", question="what-they-knew",
        )  # fmt: skip
        (comment,) = incident.comments
        assert comment == Comment(
            id="q4m7xd", on="events/k7q2", author="ana", at=START, text="Who?\n␛[31m", quote="Paged",
            question="what-they-knew",
        )  # fmt: skip
        assert incident.events is INCIDENT.events

    def test_there_has_to_be_something_at_the_place(self) -> None:
        with pytest.raises(KeyError, match="events/gone"):
            add_comment(INCIDENT, comment_id="a", on="events/gone", text="x")

    def test_an_answer_goes_to_the_thread_and_knows_its_place(self) -> None:
        incident = add_comment(INCIDENT, comment_id="a", on="events/k7q2", text="x")
        incident = reply(incident, "a", comment_id="b", author="ben", text="y")
        incident = reply(incident, "b", comment_id="c", author="ana", text="z")
        assert [(each.reply_to, each.on) for each in incident.comments[1:]] == [("a", "events/k7q2")] * 2
        assert len(thread_of(incident, "a").replies) == 2
        with pytest.raises(KeyError):
            reply(incident, "gone", comment_id="d", text="x")

    def test_words_are_edited_and_it_is_kept_when(self) -> None:
        incident = talked(Comment(id="a", text="x"))
        later = START + timedelta(hours=1)
        (comment,) = edit_comment(incident, "a", "y", at=later).comments
        assert (comment.text, comment.edited) == ("y", later)
        assert edit_comment(incident, "a", "x", at=later) is incident
        assert edit_comment(incident, "a", "y").comments[0].edited is None
        with pytest.raises(KeyError):
            edit_comment(incident, "gone", "y")

    def test_one_that_was_answered_keeps_its_place_when_it_is_removed(self) -> None:
        incident = talked(Comment(id="a", on="title", text="x", quote="Push"), Comment(id="b", reply_to="a", text="y"))
        (thread,) = threads(remove_comment(incident, "a", at=START))
        assert (thread.id, thread.root.text, thread.root.quote, len(thread.replies)) == ("a", "", "Push", 1)
        assert remove_comment(incident, "b").comments == incident.comments[:1]
        assert remove_comment(remove_comment(incident, "b"), "a").comments == ()
        with pytest.raises(KeyError):
            remove_comment(incident, "gone")

    def test_a_thread_is_settled_and_opened_again_by_any_of_its_comments(self) -> None:
        incident = talked(Comment(id="a"), Comment(id="b", reply_to="a"))
        settled = set_resolved(incident, "b", True)
        assert [comment.resolved for comment in settled.comments] == [True, False]
        assert set_resolved(settled, "a", True) is settled
        assert set_resolved(settled, "b", False) == incident
        with pytest.raises(KeyError):
            set_resolved(incident, "gone", True)

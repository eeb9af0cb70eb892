"""A review in a file of its own: what is in it, and what taking it in makes of an incident."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import edits
from schemas.comments import add_comment, edit_comment, remove_comment, reply, set_resolved, threads
from schemas.incident import Comment, Event, Incident, Review, Sections
from schemas.review_patch import Patch, ReviewOf, TakenIn, patch_name, patch_of, take_in
from schemas.review_toml import dumps, loads
from schemas.sign_off import content_hash
from schemas.toml_order import in_file_order
from schemas.verdicts import give_verdict

START = datetime(2024, 5, 2, 9, tzinfo=UTC)
BASE = Incident(
    title="Push failed",
    sections=Sections(summary="For 62 minutes a third of all logins failed."),
    events=(Event(id="k7q2", text="Paged"), Event(id="b8d3", text="Push failed")),
    comments=(
        Comment(id="old", on="events/k7q2", author="ana", at=START, text="Who?"),
        Comment(id="done", on="title", author="ben", at=START, text="Longer?", resolved=True),
    ),
)


def later(minutes: int) -> datetime:
    return START + timedelta(days=1, minutes=minutes)


def reviewed() -> Incident:
    """The base after a reviewer said something of every kind."""
    now = add_comment(
        BASE, comment_id="new", on="sections/summary", author="cleo", at=later(1), text="All?", quote="a third"
    )
    now = reply(now, "old", comment_id="answer", author="cleo", at=later(2), text="Me.")
    now = set_resolved(now, "old", True)
    now = edit_comment(now, "done", "Even longer?", at=later(3))
    return give_verdict(now, review_id="v", reviewer="cleo", at=later(4), verdict="changes", summary="See there.")


def test_the_name_says_whose_review_it_is() -> None:
    assert patch_name("outage.toml") == "outage.review.toml"
    assert patch_name("/somewhere/outage.toml") == "outage.review.toml"
    assert patch_name("outage") == "outage.review.toml"
    assert patch_name(".toml") == "incident.review.toml"


class TestPatchOf:
    def test_it_holds_what_is_new_and_what_became_of_the_rest(self) -> None:
        patch = patch_of(BASE, reviewed(), file="/somewhere/outage.toml")
        assert patch.review_of == ReviewOf(file="outage.toml", title="Push failed", content=content_hash(BASE))
        assert [comment.id for comment in patch.comments] == ["new", "answer"]
        assert [(each.id, each.resolved, each.text, each.edited) for each in patch.changes] == [
            ("old", True, None, None),
            ("done", None, "Even longer?", later(3)),
        ]
        assert [review.id for review in patch.reviews] == ["v"]
        assert patch.removed == ()
        assert patch

    def test_of_nothing_it_is_nothing(self) -> None:
        assert not patch_of(BASE, BASE)
        assert take_in(BASE, patch_of(BASE, BASE)) == (BASE, TakenIn())

    def test_the_content_has_no_part_in_it(self) -> None:
        assert not patch_of(BASE, edits.set_section(BASE, "summary", "Another."))


class TestTakingIn:
    def test_everything_comes_in(self) -> None:
        patch = patch_of(BASE, reviewed())
        result, taken = take_in(BASE, patch)
        assert result == in_file_order(reviewed())
        assert (taken.new, taken.changed, taken.reviews) == (("new", "answer"), ("old", "done"), ("v",))
        assert (taken.known, taken.on_changed_text, taken.orphans, taken.missing) == ((), (), (), ())
        assert (taken.nothing, taken.other_content, taken.other_title) == (False, False, False)
        assert taken.summary == "2 comments, 2 changes of comments and 1 verdict"

    def test_a_second_time_changes_nothing(self) -> None:
        patch = patch_of(BASE, reviewed())
        result, _ = take_in(BASE, patch)
        again, taken = take_in(result, patch)
        assert again is result
        assert taken.nothing
        assert taken.known == ("new", "answer")
        assert taken.summary == "nothing new; 2 comments were there already"

    def test_the_content_stays_that_of_the_author(self) -> None:
        mine = edits.update_item(edits.set_field(BASE, "title", "Another title"), "events", "b8d3", text="Changed")
        result, taken = take_in(mine, patch_of(BASE, reviewed()))
        assert (result.title, result.events) == (mine.title, mine.events)
        assert taken.other_content
        assert taken.other_title

    def test_what_was_changed_since_is_told(self) -> None:
        mine = edits.set_section(BASE, "summary", "For 62 minutes a fifth of all logins failed.")
        mine = edits.remove_items(mine, "events", {"k7q2"})
        result, taken = take_in(mine, patch_of(BASE, reviewed()))
        assert taken.on_changed_text == ("new",)
        assert taken.orphans == ("answer",)
        assert taken.summary.startswith("2 comments (1 on words that were changed since, 1 on something that is gone)")
        assert [thread.id for thread in threads(result) if thread.orphan] == ["old"]

    def test_what_it_speaks_of_may_be_gone(self) -> None:
        mine = remove_comment(BASE, "old")
        result, taken = take_in(mine, patch_of(BASE, reviewed()))
        assert taken.missing == ("old",)
        assert [comment.id for comment in result.comments if comment.reply_to == "old"] == ["answer"]
        assert "1 comment that it speaks of is gone" in taken.summary

    def test_a_comment_is_taken_back(self) -> None:
        patch = patch_of(BASE, remove_comment(BASE, "done"))
        result, taken = take_in(BASE, patch)
        assert [comment.id for comment in result.comments] == ["old"]
        assert taken.changed == ("done",)
        assert take_in(result, patch)[0] is result

    def test_of_two_edits_the_later_one_holds(self) -> None:
        first = patch_of(BASE, edit_comment(BASE, "old", "zzz", at=later(1)))
        second = patch_of(BASE, edit_comment(BASE, "old", "aaa", at=later(2)))
        one, _ = take_in(take_in(BASE, first)[0], second)
        other, _ = take_in(take_in(BASE, second)[0], first)
        assert one == other
        assert one.comments[1].text == "aaa"

    def test_words_the_author_edited_later_stay(self) -> None:
        mine = edit_comment(BASE, "old", "Mine.", at=later(9))
        result, _ = take_in(mine, patch_of(BASE, edit_comment(BASE, "old", "Theirs.", at=later(5))))
        assert result is mine

    def test_a_later_state_of_the_same_review_brings_what_is_new_in_it(self) -> None:
        now = reviewed()
        first = patch_of(BASE, now)
        now = edit_comment(set_resolved(now, "new", True), "answer", "Me too.", at=later(8))
        second = patch_of(BASE, now)
        assert take_in(take_in(BASE, first)[0], second)[0] == in_file_order(now)
        assert take_in(take_in(BASE, second)[0], first)[0] == in_file_order(now)

    def test_an_id_that_somebody_else_has_by_chance_gets_another_one(self) -> None:
        mine = add_comment(BASE, comment_id="new", on="title", author="ben", at=later(0), text="Mine.")
        mine = give_verdict(mine, review_id="v", reviewer="ben", at=later(0), verdict="approve")
        theirs = reply(reviewed(), "new", comment_id="more", author="cleo", at=later(7), text="And?")
        patch = patch_of(BASE, theirs)
        result, taken = take_in(mine, patch)
        fresh = taken.new[0]
        assert fresh not in ("new", "old", "done", "answer", "more")
        by_id = {comment.id: comment for comment in result.comments}
        assert (by_id["new"].text, by_id[fresh].text, by_id["more"].reply_to) == ("Mine.", "All?", fresh)
        assert len(result.reviews) == 2
        assert take_in(result, patch)[0] is result

    def test_a_verdict_that_is_there_is_not_there_twice(self) -> None:
        review = Review(id="v", reviewer="cleo", verdict="approve")
        patch = Patch(reviews=(review,))
        result, taken = take_in(BASE, patch)
        assert (result.reviews, taken.reviews) == ((review,), ("v",))
        assert take_in(result, patch)[0] is result


@st.composite
def review_of_base(draw: st.DrawFn, who: str) -> Incident:
    """The base after somebody reviewed it. Only people's own words are edited."""
    rng = random.Random(draw(st.integers(0, 999)))
    now = BASE
    mine = [comment.id for comment in BASE.comments if comment.author == who]
    for number in range(draw(st.integers(0, 6))):
        name, at = f"{who}{number}", later(rng.randrange(5))
        place = rng.choice(("", "title", "events/k7q2", "sections/summary", "events/b8d3"))
        step = draw(st.sampled_from(("add", "add", "reply", "resolve", "open", "edit", "verdict")))
        if step == "add":
            now = add_comment(now, comment_id=name, on=place, author=who, at=at, text=rng.choice("xyz"))
            mine.append(name)
        elif step == "reply":
            now = reply(now, rng.choice(now.comments).id, comment_id=name, author=who, at=at, text="y")
            mine.append(name)
        elif step == "resolve":
            now = set_resolved(now, rng.choice(now.comments).id, True)
        elif step == "open":
            now = set_resolved(now, rng.choice(now.comments).id, False)
        elif step == "edit" and mine:
            now = edit_comment(now, rng.choice(mine), rng.choice("abc"), at=later(10 + rng.randrange(5)))
        else:
            now = give_verdict(now, review_id=name, reviewer=who, at=at, verdict="approve")
    return now


def authored(choice: int) -> Incident:
    """What the author may have done to the document meanwhile."""
    return (
        BASE,
        edits.set_section(BASE, "summary", "Something else."),
        edits.remove_items(BASE, "events", {"k7q2"}),
        edit_comment(BASE, "old", "Mine.", at=later(12)),
        set_resolved(BASE, "old", True),
        remove_comment(BASE, "done"),
        add_comment(BASE, comment_id="ana0", on="title", author="olga", at=later(0), text="x"),
    )[choice]


class TestLaws:
    @given(review_of_base("ana"), review_of_base("ben"), st.integers(0, 6))
    @settings(max_examples=300)
    def test_the_order_does_not_matter_and_twice_is_once(self, one: Incident, other: Incident, mine: int) -> None:
        patches = [patch_of(BASE, each) for each in (one, other)]
        straight = taken_in(authored(mine), *patches)
        assert straight == taken_in(authored(mine), *patches[::-1])
        for patch in patches:
            assert take_in(straight, patch)[0] is straight

    @given(review_of_base("ana"))
    def test_into_the_base_it_gives_what_the_reviewer_saw(self, now: Incident) -> None:
        assert taken_in(BASE, patch_of(BASE, now)) == in_file_order(now)

    @given(review_of_base("ana"))
    def test_what_is_written_is_read_back(self, now: Incident) -> None:
        patch = patch_of(BASE, now, file="outage.toml")
        assert loads(dumps(patch)) == patch
        assert dumps(loads(dumps(patch))) == dumps(patch)

    @given(review_of_base("ana"))
    def test_what_is_told_adds_up(self, now: Incident) -> None:
        patch = patch_of(BASE, now)
        _, taken = take_in(BASE, patch)
        assert set(taken.new) == {comment.id for comment in patch.comments}
        assert set(taken.changed) == {change.id for change in patch.changes}
        assert taken.summary


def taken_in(incident: Incident, *patches: Patch) -> Incident:
    for patch in patches:
        incident = in_file_order(take_in(incident, patch)[0])
    return incident


@pytest.mark.parametrize("field", ["new", "known", "changed", "missing", "reviews"])
def test_the_summary_counts(field: str) -> None:
    one: Any = {field: ("a",)}
    several: Any = {field: ("a", "b", "c")}
    assert "1 " in TakenIn(**one).summary
    assert "3 " in TakenIn(**several).summary
    assert TakenIn().summary == "nothing new"

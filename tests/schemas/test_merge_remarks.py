"""What a merge makes of comments, verdicts and waivers: everybody's are taken, and none speaks for another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas import edits
from schemas.comments import add_comment, edit_comment, remove_comment, reply, set_resolved
from schemas.incident import Comment, Event, Incident, Review, Sections, Waiver
from schemas.merge import Merged, merge
from schemas.review_patch import patch_of, take_in
from schemas.toml_file import dumps, loads
from schemas.toml_order import in_file_order
from schemas.verdicts import ask, content_of, give_verdict, standing

START = datetime(2024, 5, 2, 9, tzinfo=UTC)

BASE = Incident(
    title="Push failed",
    sections=Sections(summary="Nobody could push."),
    events=(Event(id="k7q2", text="Paged"), Event(id="b8d3", text="Rolled back")),
    comments=(Comment(id="first2", on="events/k7q2", author="ana", at=START, text="Who was paged?"),),
)


def later(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def said(incident: Incident, author: str, text: str, minutes: int, *, name: str = "", on: str = "events/k7q2") -> Any:
    return add_comment(
        incident, comment_id=name or f"{author}{minutes}", on=on, author=author, at=later(minutes), text=text
    )


def both_ways(base: Incident | None, ours: Incident, theirs: Incident) -> Merged:
    """The merge, which is the same whichever side is ours, and as it is read from a file."""
    merged, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert merged.incident == other.incident
    assert merged.conflicts == other.conflicts == ()
    assert loads(dumps(merged.incident)) == merged.incident
    return merged


def texts(merged: Merged) -> list[str]:
    return [comment.text for comment in merged.incident.comments]


@pytest.mark.parametrize("on", ["events/k7q2", "sections/summary", "title", "events", ""])
def test_two_who_talk_about_the_same_thing(on: str) -> None:
    merged = both_ways(BASE, said(BASE, "ben", "At nine.", 1, on=on), said(BASE, "cleo", "By whom?", 2, on=on))
    assert set(texts(merged)) == {"Who was paged?", "At nine.", "By whom?"}


def test_two_who_answer_the_same_comment_and_one_who_settles_it() -> None:
    ours = set_resolved(
        reply(BASE, "first2", comment_id="aaaaaa", author="ben", at=later(2), text="I was."), "first2", True
    )
    theirs = reply(BASE, "first2", comment_id="bbbbbb", author="cleo", at=later(1), text="Ben.")
    merged = both_ways(BASE, ours, theirs)
    assert texts(merged) == ["Who was paged?", "Ben.", "I was."]
    assert merged.incident.comments[0].resolved


@pytest.mark.parametrize("base", [BASE, None])
def test_two_comments_under_one_id_are_both_kept_with_their_answers(base: Incident | None) -> None:
    ours, theirs = said(BASE, "ben", "Too long.", 1, name="sameid"), said(BASE, "cleo", "Too short.", 2, name="sameid")
    ours = reply(ours, "sameid", comment_id="answer", author="ben", at=later(3), text="By half.")
    theirs = reply(theirs, "sameid", comment_id="answer", author="cleo", at=later(4), text="By far.")
    merged = both_ways(base, ours, theirs)
    by_text = {comment.text: comment for comment in merged.incident.comments}
    assert len(by_text) == len({comment.id for comment in by_text.values()}) == 5
    assert by_text["By half."].reply_to == by_text["Too long."].id
    assert by_text["By far."].reply_to == by_text["Too short."].id
    for side in (ours, theirs):
        assert both_ways(base, merged.incident, side).incident == merged.incident


def test_an_answer_that_both_have_stays_with_what_it_answers() -> None:
    """Of two comments with one id, the one that is called anew takes along what answered it, also when merged twice."""
    ours = said(BASE, "ben", "Too long.", 1, name="sameid")
    theirs = reply(
        said(BASE, "cleo", "Too short.", 2, name="sameid"), "sameid", comment_id="answer", author="dan", at=later(4),
        text="No.",
    )  # fmt: skip
    merged = both_ways(BASE, ours, theirs)
    edited = edit_comment(theirs, "answer", "No!", at=later(9))
    for base, side in ((BASE, ours), (BASE, theirs), (theirs, edited)):
        again = both_ways(base, merged.incident, side)
        by_id = {comment.id: comment for comment in again.incident.comments}
        (answer,) = (comment for comment in by_id.values() if comment.author == "dan")
        assert by_id[answer.reply_to].text == "Too short."
        assert len(by_id) == 4


def test_words_edited_by_both_in_different_sentences_count_from_the_later_edit() -> None:
    base = edit_comment(BASE, "first2", "Who was paged? And why?", at=later(1))
    ours = edit_comment(base, "first2", "Who was called? And why?", at=later(7))
    theirs = edit_comment(base, "first2", "Who was paged? And why then?", at=later(5))
    (comment,) = both_ways(base, ours, theirs).incident.comments
    assert (comment.text, comment.edited) == ("Who was called? And why then?", later(7))


def test_when_a_comment_was_edited_is_taken_from_the_only_side_that_changed_it() -> None:
    base = edit_comment(BASE, "first2", "Who?", at=later(9))
    ours = edits.update_item(base, "comments", "first2", edited=None)
    (comment,) = both_ways(base, ours, said(base, "ben", "Me.", 1)).incident.comments[:1]
    assert comment.edited is None


def test_the_same_words_edited_by_both_are_in_conflict() -> None:
    ours, theirs = (edit_comment(BASE, "first2", f"Who was {word}?", at=later(1)) for word in ("called", "woken"))
    (conflict,) = merge(BASE, ours, theirs).conflicts
    assert (conflict.kind, conflict.place) == ("text", "comments/first2/text")


def test_a_comment_taken_back_while_somebody_edits_it_is_in_conflict_and_one_that_was_answered_is_gone() -> None:
    ours = remove_comment(BASE, "first2")
    (conflict,) = merge(BASE, ours, edit_comment(BASE, "first2", "Who?", at=later(1))).conflicts
    assert (conflict.kind, conflict.place) == ("removed", "comments/first2")
    answered = reply(BASE, "first2", comment_id="answer", author="ben", at=later(2), text="I was.")
    assert texts(both_ways(BASE, ours, answered)) == ["I was."]


def test_a_comment_on_what_the_other_side_removed_stays() -> None:
    ours = edits.remove_items(BASE, "events", {"b8d3"})
    merged = both_ways(BASE, ours, said(BASE, "ben", "Why so late?", 1, on="events/b8d3"))
    assert texts(merged) == ["Who was paged?", "Why so late?"]


def test_verdicts_of_two_are_both_there_and_the_order_of_remarks_is_no_question() -> None:
    comments = tuple(Comment(id=f"c{n}", on="title", text=str(n)) for n in range(3))
    base = in_file_order(BASE.changed(comments=comments))
    ours = give_verdict(base, review_id="aaaaaa", reviewer="ben", at=later(1), verdict="approve")
    theirs = give_verdict(base, review_id="bbbbbb", reviewer="ben", at=later(2), verdict="changes")
    turned = ours.model_copy(update={"comments": comments[::-1]}), theirs.model_copy(update={"comments": comments[1:]})
    merged = both_ways(base, *turned)
    assert [review.verdict for review in standing(merged.incident).changes] == ["changes"]
    assert {comment.id for comment in merged.incident.comments} == {"c1", "c2"}


def test_a_verdict_never_signs_what_the_other_side_wrote() -> None:
    ours = give_verdict(BASE, review_id="aaaaaa", reviewer="ben", at=later(1), verdict="approve")
    theirs = edits.set_section(BASE, "summary", "Nobody could push or pull.")
    found = standing(both_ways(BASE, ours, theirs).incident)
    assert (found.approved, [review.reviewer for review in found.outdated]) == ((), ["ben"])


def test_two_verdicts_made_of_one_entry_are_both_kept_whole() -> None:
    base = ask(BASE, review_id="aaaaaa", reviewer="ben")
    ours = edits.update_item(base, "reviews", "aaaaaa", verdict="approve", content="sha256:" + "1" * 64)
    theirs = edits.update_item(base, "reviews", "aaaaaa", verdict="changes", content="sha256:" + "2" * 64)
    merged = both_ways(base, ours, theirs)
    assert {(review.verdict, review.content[-1]) for review in merged.incident.reviews} == {
        ("approve", "1"), ("changes", "2"),
    }  # fmt: skip
    assert both_ways(base, merged.incident, theirs).incident == merged.incident
    assert both_ways(None, ours, theirs).incident.reviews == merged.incident.reviews


def test_a_summary_changed_here_and_a_verdict_given_there_are_one_entry() -> None:
    base = ask(BASE, review_id="aaaaaa", reviewer="ben")
    ours = edits.update_item(base, "reviews", "aaaaaa", verdict="approve", content=content_of(base))
    theirs = edits.update_item(base, "reviews", "aaaaaa", summary="Until Friday, please.")
    (review,) = both_ways(base, ours, theirs).incident.reviews
    assert review == Review(
        id="aaaaaa", reviewer="ben", verdict="approve", content=content_of(base), summary="Until Friday, please."
    )


def test_waivers_of_different_findings_come_together_and_of_one_are_asked_about() -> None:
    def waived(rule: str, reason: str, by: str) -> Incident:
        return edits.waive(BASE, Waiver(rule=rule, where="events/k7q2", reason=reason, by=by))

    merged = both_ways(BASE, waived("T004", "Known.", "ben"), waived("C001", "Meant so.", "cleo"))
    assert {waiver.rule for waiver in merged.incident.waivers} == {"T004", "C001"}
    conflicts = merge(BASE, waived("T004", "Known.", "ben"), waived("T004", "Meant so.", "cleo")).conflicts
    assert {conflict.name for conflict in conflicts} == {"reason", "by"}


def test_taking_a_review_in_and_merging_the_branch_it_was_made_on_come_to_the_same() -> None:
    now = said(BASE, "ben", "At nine.", 1)
    now = set_resolved(
        reply(now, "first2", comment_id="answer", author="ben", at=later(2), text="I was."), "first2", True
    )
    now = give_verdict(now, review_id="aaaaaa", reviewer="ben", at=later(3), verdict="approve")
    mine = said(edits.set_section(BASE, "summary", "Nobody could push or pull."), "cleo", "Twice.", 4)
    taken, _ = take_in(mine, patch_of(BASE, now))
    assert taken == both_ways(BASE, mine, now).incident
    assert both_ways(BASE, taken, now).incident == taken

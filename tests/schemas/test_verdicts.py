"""Whose word counts, and for which content."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import edits
from schemas.incident import Incident, Review, Sections
from schemas.sign_off import content_hash
from schemas.verdicts import (
    VERDICTS,
    Standing,
    ask,
    content_of,
    forced_entry,
    give_verdict,
    last_verdict,
    same_person,
    standing,
)

START = datetime(2024, 5, 2, 9, tzinfo=UTC)
INCIDENT = Incident(title="Push failed", owner="@olga", authors=("Ada",), sections=Sections(summary="One line."))


def said(incident: Incident, *words: tuple[str, str]) -> Incident:
    """The incident after reviewers gave verdicts, a minute after each other."""
    for who, verdict in words:
        number = len(incident.reviews)
        at = START + timedelta(minutes=number)
        if verdict == "ask":
            incident = ask(incident, review_id=f"r{number}", reviewer=who, at=at)
        else:
            incident = give_verdict(incident, review_id=f"r{number}", reviewer=who, at=at, verdict=verdict)
    return incident


def names(found: Standing) -> dict[str, list[str]]:
    """Who is where, without what is empty."""
    groups = ("approved", "own", "outdated", "unbound", "changes", "asked", "forced")
    known = {name: [review.reviewer for review in getattr(found, name)] for name in groups}
    return {name: people for name, people in known.items() if people}


def test_a_verdict_is_of_the_content_as_it_is() -> None:
    (review,) = give_verdict(INCIDENT, review_id="r", reviewer="ben", at=START, verdict="approve", summary="ok").reviews
    assert review == Review(
        id="r", reviewer="ben", at=START, verdict="approve", summary="ok", content=content_hash(INCIDENT)
    )
    with pytest.raises(ValueError, match="perhaps"):
        give_verdict(INCIDENT, review_id="r", reviewer="ben", at=START, verdict="perhaps")
    with pytest.raises(ValueError, match="forced"):
        give_verdict(INCIDENT, review_id="r", reviewer="ben", at=START, verdict="forced")


@pytest.mark.parametrize(
    ("words", "where", "passed"),
    [
        ([], {}, False),
        ([("ben", "approve")], {"approved": ["ben"]}, True),
        ([("@Olga", "approve"), ("ada", "approve")], {"own": ["@Olga", "ada"]}, False),
        ([("ben", "approve"), ("cleo", "changes")], {"approved": ["ben"], "changes": ["cleo"]}, False),
        ([("ben", "changes"), ("@Ben", "approve")], {"approved": ["@Ben"]}, True),
        ([("ben", "approve"), ("ben", "changes")], {"changes": ["ben"]}, False),
        ([("ben", "changes"), ("ben", "withdrawn")], {}, False),
        ([("ben", "approve"), ("cleo", "changes"), ("cleo", "withdrawn")], {"approved": ["ben"]}, True),
        ([("ben", "ask")], {"asked": ["ben"]}, False),
        ([("ben", "ask"), ("BEN", "approve")], {"approved": ["BEN"]}, True),
        ([("ben", "changes"), ("ben", "ask")], {"changes": ["ben"], "asked": ["ben"]}, False),
        ([("ben", "approve"), ("ben", "ask")], {"approved": ["ben"], "asked": ["ben"]}, True),
        ([("ben", "ask"), ("ben", "ask")], {"asked": ["ben"]}, False),
    ],
)
def test_the_last_word_counts(words: list[tuple[str, str]], where: dict[str, list[str]], passed: bool) -> None:
    found = standing(said(INCIDENT, *words))
    assert names(found) == where
    assert found.passed is passed


def test_all_of_them_are_kept() -> None:
    assert [review.verdict for review in said(INCIDENT, ("ben", "changes"), ("ben", "approve")).reviews] == [
        "changes",
        "approve",
    ]


def test_who_is_asked_already_is_not_asked_twice() -> None:
    asked = said(INCIDENT, ("ben", "ask"))
    assert ask(asked, review_id="x", reviewer="@Ben") is asked


def test_a_change_outdates_an_approval_and_taking_it_back_renews_it() -> None:
    incident = said(INCIDENT, ("ben", "approve"), ("cleo", "changes"))
    changed = edits.set_section(incident, "summary", "Another line.")
    assert names(standing(changed)) == {"outdated": ["ben"], "changes": ["cleo"]}
    assert names(standing(edits.set_section(changed, "summary", "One line."))) == {
        "approved": ["ben"],
        "changes": ["cleo"],
    }
    assert names(standing(edits.set_field(incident, "status", "approved")))["approved"] == ["ben"]


def test_an_approval_in_other_hands() -> None:
    digits = content_hash(INCIDENT).removeprefix("sha256:")
    reviews = (
        Review(id="1", reviewer="ben", verdict=" Approved ", content=digits[:12].upper()),
        Review(id="2", reviewer="cleo", verdict="approve"),
        Review(id="3", reviewer="dana", verdict="approve", content=digits[:8]),
        Review(id="4", reviewer="eve", verdict="hm", content=digits),
        Review(id="5", reviewer="fay", verdict="request-changes"),
    )
    found = standing(INCIDENT.changed(reviews=reviews))
    assert names(found) == {"approved": ["ben"], "unbound": ["cleo", "dana"], "changes": ["fay"]}


def test_a_forced_step_is_nobodys_verdict() -> None:
    incident = said(INCIDENT, ("ben", "approve"))
    incident = forced_entry(incident, review_id="f", by="ben", at=START + timedelta(days=1), reason="Customers wait.")
    found = standing(incident)
    assert names(found) == {"approved": ["ben"], "forced": ["ben"]}
    assert found.forced[0].summary == "Customers wait."
    assert found.forced[0].content == found.content


def test_the_time_says_which_word_is_the_last_where_there_is_one() -> None:
    reviews = (
        Review(id="late", reviewer="ben", at=START + timedelta(days=1), verdict="changes"),
        Review(id="early", reviewer="ben", at=START, verdict="approve", content=content_hash(INCIDENT)),
    )
    assert names(standing(INCIDENT.changed(reviews=reviews))) == {"changes": ["ben"]}
    undated = tuple(review.changed(at=None) for review in reviews)
    assert names(standing(INCIDENT.changed(reviews=undated))) == {"approved": ["ben"]}


def test_the_last_verdict_of_somebody() -> None:
    incident = said(INCIDENT, ("ben", "changes"), ("ben", "approve"), ("ben", "ask"), ("cleo", "withdrawn"))
    assert (last := last_verdict(incident, "@BEN")) is not None
    assert last.verdict == "approve"
    assert last_verdict(incident, "dana") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("@Kim.Lee", "Kim Lee", True), ("kim", "lee", False), ("…", "???", False), ("", "", True)],
)
def test_people(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


def test_the_hash_is_made_once_for_one_content(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Incident] = []

    def counted(incident: Incident) -> str:
        made.append(incident)
        return content_hash(incident)

    monkeypatch.setattr("schemas.verdicts.content_hash", counted)
    incident = Incident(title="Another one", owner="x")
    assert content_of(incident) == content_of(incident.changed(status="approved")) == content_hash(incident)
    assert len(made) == 1
    assert content_of(incident.changed(title="Changed")) == content_hash(incident.changed(title="Changed"))


@given(st.lists(st.tuples(st.sampled_from(("ana", "ben", "olga")), st.sampled_from((*VERDICTS, "ask"))), max_size=8))
def test_nobody_is_in_two_places_with_one_word(words: list[tuple[str, Any]]) -> None:
    found = standing(said(INCIDENT, *words))
    people = [review.reviewer for name in ("approved", "own", "outdated", "changes") for review in getattr(found, name)]
    assert len(people) == len(set(people))
    assert found.passed == (bool(found.approved) and not found.changes)

"""What is kept of another incident."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from schemas.incident import Action, Incident
from schemas.likeness import overlap, slips_between
from schemas.neighbours import Index, Neighbour, asked, finished, index_of, neighbour_of, others, people
from tests.schemas import strategies

KNOWN = Incident.model_validate(
    {
        "title": "Mail delayed",
        "owner": "@kim ",
        "authors": ["@kim", "Lee Ann"],
        "stated": [
            {"id": "a", "what": "duration", "value": "35h 36m", "minutes": 2136},
            {"id": "b", "what": "start", "value": "9 am"},
            {"id": "c", "what": "detect", "value": "20 s", "minutes": 1 / 3},
        ],
        "actions": [
            {"id": "a", "text": "Alert on the queue", "owner": "@noor"},
            {"id": "b", "text": "Buy disks", "owner": "Lee Ann", "status": "Done"},
            {"id": "c", "text": " ", "status": "in-progress"},
            {"id": "d", "text": "Write the runbook", "status": "in-progress"},
        ],
        "reviews": [{"id": "r", "reviewer": "@henrik"}, {"id": "s", "reviewer": " "}],
    }
)


def test_what_is_kept() -> None:
    kept = neighbour_of("2024-05-02-mail", KNOWN)
    assert (kept.name, kept.title) == ("2024-05-02-mail", "Mail delayed")
    assert kept.lengths == (("duration", 2136.0, "35h 36m"), ("detect", 1 / 3, "20 s"))
    assert kept.people == ("@kim", "Lee Ann", "@noor", "@henrik")
    assert kept.actions == ("Alert on the queue", "Write the runbook")


def test_lengths_that_no_calendar_holds_are_left_out() -> None:
    claims: list[Any] = [{"what": "duration", "minutes": number} for number in (10**400, 1e300, -(10**30))]
    assert neighbour_of("x", KNOWN.changed(stated=claims)).lengths == ()


def test_words_for_finished() -> None:
    def state(status: str) -> bool:
        return finished(Action(id="a", status=status))

    assert all(map(state, ("done", "dropped", " Closed", "CANCELLED", "fixed")))
    assert not any(map(state, ("open", "in-progress", "", "not done", "almost done")))


@given(strategies.incidents())
def test_of_any_incident(incident: Incident) -> None:
    kept = neighbour_of("x", incident)
    assert set(kept.people) == set(people(incident))
    assert all(person == person.strip() != "" for person in kept.people)
    assert len(set(kept.people)) == len(kept.people)
    assert len(kept.actions) <= len(incident.actions)


def record(name: str, *actions: str, people: tuple[str, ...] = ()) -> Neighbour:
    return Neighbour(name, name, people=people, actions=actions)


class TestIndex:
    def test_lengths(self) -> None:
        one, other = neighbour_of("one", KNOWN), neighbour_of("other", KNOWN)
        hits = Index((one, other)).by_length[2136.0]
        assert [(hit.name, what, words) for hit, what, words in hits] == [
            ("one", "duration", "35h 36m"),
            ("other", "duration", "35h 36m"),
        ]

    def test_people(self) -> None:
        index = Index((record("one", people=("@kim.lee", "Ines")), record("two", people=("Kim Lee", "?"))))
        assert {key: [hit.name for hit, _ in hits] for key, hits in index.by_person.items()} == {
            "kimlee": ["one", "two"],
            "ines": ["one"],
        }

    @given(st.lists(st.text("abc", min_size=1, max_size=6), max_size=8), st.text("abc", min_size=1, max_size=6))
    def test_names_a_slip_away_are_among_those_found(self, names: list[str], wanted: str) -> None:
        index = Index((record("one", people=tuple(names)),))
        near = {name for name in names if slips_between(wanted, name, 1) == 1}
        assert near <= set(index.a_slip_away(wanted)) <= set(names) - {wanted}

    @example(["abcdefghijklmnop", "abcdefghijklmnopq", "mnopabcdefgh", "abcdefghi"], "abcdefghijkl", 0.75)
    @example(["abcdefghijkl", "abcdefghijklm"], "abcdefghijklmnop", 0.75)
    @given(st.lists(st.text("abcdef ", max_size=12), max_size=8), st.text("abcdef ", max_size=12), st.floats(0.3, 1))
    def test_like_actions_are_found_and_no_others(self, texts: list[str], wanted: str, least: float) -> None:
        spaced = [" ".join(f"{letter}{letter}x" for letter in text if letter != " ") for text in (wanted, *texts)]
        index = Index(tuple(record(str(number), text) for number, text in enumerate(spaced[1:])))
        found = {hit.name for _, hits in index.like_action(spaced[0], least) for hit, _ in hits}
        assert found == {
            str(number)
            for number, text in enumerate(spaced[1:])
            if overlap(asked(spaced[0]), asked(text)) >= least and asked(text)
        }

    def test_most_alike_first(self) -> None:
        index = Index((record("far", "alert on the queue of mails"), record("near", "alert on the mail queue depth")))
        shares = [share for share, _ in index.like_action("Alert on the depth of the mail queue", 0.5)]
        assert shares == sorted(shares, reverse=True)
        assert shares[0] == 1


class TestOthers:
    def test_all_but_one(self) -> None:
        index = Index(tuple(map(record, "abcd")))
        rest = others(index, 2)
        assert [each.name for each in rest] == ["a", "b", "d"]
        assert index_of(rest) == (index, index.records[2])

    def test_any_others(self) -> None:
        rest = tuple(map(record, "ab"))
        index, own = index_of(rest)
        assert (index.records, own) == (rest, None)

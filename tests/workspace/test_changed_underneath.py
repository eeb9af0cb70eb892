"""A file that somebody else wrote while it was open: what is taken, merged or asked about, for any two branches."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import edits
from schemas.incident import Incident, Stated
from schemas.merge_file import merge_files
from schemas.merge_values import same
from schemas.toml_file import Loaded, dumps, parse
from tests.schemas.branches import edited
from tests.workspace.conflicts import base, loaded, ours, theirs
from tui.workspace.changed_underneath import InConflict, MergedClean, Outcome, Same, TakeTheirs, compare

SEEDS = st.integers(0, 10_000).map(str)


def opened(incident: Incident) -> Incident:
    """An incident as a session has it: read from its file, with an id for everything."""
    return edits.with_ids(loaded(incident).incident, random.Random(1))


def result(found: Outcome, doc: Incident) -> Incident:
    """The document afterwards, ours where something is in conflict."""
    if isinstance(found, TakeTheirs | MergedClean):
        return found.incident
    return found.merge.merged.incident if isinstance(found, InConflict) else doc


def test_a_file_that_was_written_again_as_it_was_is_nothing_to_talk_of() -> None:
    before = opened(base())
    for doc in (before, opened(ours())):
        assert isinstance(compare(before, doc, (), loaded(base())), Same)


def test_without_changes_of_our_own_theirs_is_taken() -> None:
    before = opened(base())
    found = compare(before, before, (), loaded(theirs()))
    assert isinstance(found, TakeTheirs)
    assert same(found.incident, loaded(theirs()).incident)
    assert "severity" in {each.where for each in found.changes.all}


def test_changes_of_other_things_come_together_and_are_told() -> None:
    before = opened(base())
    doc = edits.set_field(before, "title", "Search was down")
    found = compare(before, doc, (), loaded(edits.set_field(base(), "owner", "@cy")))
    assert isinstance(found, MergedClean)
    assert (found.incident.title, found.incident.owner) == ("Search was down", "@cy")
    assert [each.where for each in found.changes.all] == ["owner"]


def test_changes_of_the_same_things_are_asked_about() -> None:
    found = compare(opened(base()), opened(ours()), (), loaded(theirs()))
    assert isinstance(found, InConflict)
    assert {each.place for each in found.merge.merged.conflicts} == {
        "severity", "owner", "sections/root_cause", "events/e1/at", "actions/bbbb",
    }  # fmt: skip
    assert same(found.theirs, loaded(theirs()).incident)


def test_the_same_change_made_on_both_sides_is_none() -> None:
    before = opened(base())
    assert isinstance(compare(before, opened(ours()), (), loaded(ours())), Same)


def test_comments_of_the_file_are_kept_and_taken_over() -> None:
    text = dumps(base())
    before = parse(f"# first\n{text}", "x")
    after = parse(f"# first\n# second\n{text}", "x")
    doc = edits.set_field(before.incident, "title", "T")
    for found in (compare(before.incident, doc, before.remarks, after),
                  compare(before.incident, before.incident, before.remarks, after)):  # fmt: skip
        assert "# second" in dumps(result(found, doc), found.remarks)


class TestStatedValuesWithoutIds:
    """The file format allows them; a session gives them ids, which the file then lacks."""

    def file(self, *values: str) -> Loaded:
        stated = tuple(Stated(what="duration", where="header", value=value) for value in values)
        return loaded(Incident(title="T", stated=stated))

    def test_they_are_the_same_as_before(self) -> None:
        file = self.file("4 hours", "5 hours")
        before = edits.with_ids(file.incident, random.Random(1))
        found = compare(before, before, (), file)
        assert isinstance(found, Same)
        assert [each.id for each in found.theirs.stated] == [each.id for each in before.stated]

    def test_one_that_says_something_else_keeps_its_id(self) -> None:
        before = edits.with_ids(self.file("4 hours").incident, random.Random(1))
        found = compare(before, before, (), self.file("5 hours"))
        assert isinstance(found, TakeTheirs)
        assert [(each.id, each.value) for each in found.incident.stated] == [(before.stated[0].id, "5 hours")]

    def test_new_ones_get_an_id_that_nothing_has(self) -> None:
        before = edits.with_ids(self.file("4 hours").incident, random.Random(1))
        found = compare(before, before, (), self.file("4 hours", "5 hours"), rng=random.Random(1))
        assert isinstance(found, TakeTheirs)
        ids = [each.id for each in found.incident.stated]
        assert all(ids)
        assert len({*ids}) == 2


@given(SEEDS)
def test_for_any_two_branches(seed: str) -> None:
    start = opened(base())
    doc, other = edited(start, seed, "our"), edited(start, seed, "their")
    file = loaded(other)
    found = compare(start, doc, (), file, rng=random.Random(seed))
    assert same(loaded(found.theirs).incident, file.incident)
    clean = merge_files(loaded(start), loaded(doc), file).merged
    assert isinstance(found, InConflict) == bool(clean.conflicts)
    # What came of it needs nothing more: the file is the new base, and there is nothing left to merge.
    after = result(found, doc)
    again = compare(found.theirs, after, found.remarks, file)
    assert isinstance(again, Same)
    if isinstance(found, TakeTheirs | MergedClean):
        assert found.changes.all or same(found.incident, doc) or found.incident is doc
        assert same(found.changes.before, doc)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_of_either_side_is_lost(seed: int) -> None:
    start = opened(base())
    doc, other = edited(start, str(seed), "our", most=3), edited(start, str(seed), "their", most=3)
    found = compare(start, doc, (), loaded(other))
    text = dumps(result(found, doc))
    told = text + repr(found.merge.merged.conflicts) if isinstance(found, InConflict) else text
    for side, name in ((doc, "our"), (other, "their")):
        words = {word for word in dumps(side).replace('"', " ").replace(".", " ").split() if word.startswith(name)}
        assert {word for word in words if word.lower() not in told.lower()} == set()

"""Documents with git's conflict markers: both sides as one, and what differs is said."""

from __future__ import annotations

from schemas.readers.document import read_document

BOTH = """\
<<<<<<< HEAD
# Search down

## Summary
Search was down for an hour.
=======
#Search down

#Summary:
Search was down for two hours.
>>>>>>> 36f566f5df308dacc2ccfeadaebd69db3fcd0d31

## Resolution
<<<<<<< HEAD
* We restarted it.
||||||| 1234567
* We waited.
=======
We restarted it.
>>>>>>> other
"""


def test_lines_that_say_the_same_are_one_and_others_are_both_kept() -> None:
    imported = read_document(BOTH, name="x")
    incident = imported.incident
    assert incident.title == "Search down"
    assert incident.sections.summary == "Search was down for an hour.\nSearch was down for two hours."
    assert incident.sections.resolution == "* We restarted it."
    assert imported.unplaced == ()
    assert [said.about for said in imported.assumptions] == ["conflict"]
    (doubt,) = imported.doubts
    assert (doubt.line, doubt.text) == (10, "Search was down for two hours.")
    assert [choice.value for choice in doubt.choices] == ["", "ours", "theirs"]


def test_one_side_can_be_asked_for() -> None:
    assert read_document(BOTH, name="x", side="ours").incident.sections.summary == "Search was down for an hour."
    assert read_document(BOTH, name="x", side="theirs").incident.sections.summary == "Search was down for two hours."


def test_underlines_alone_are_no_conflict() -> None:
    imported = read_document("Search down\n=======\n\nSummary\n=======\nIt was down.\n", name="x")
    assert (imported.incident.title, imported.incident.sections.summary) == ("Search down", "It was down.")
    assert imported.assumptions == ()

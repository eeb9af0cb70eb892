"""Times that there are not stay words, and a person is told where."""

from __future__ import annotations

import pytest

from schemas.readers.document import read_document

DOCUMENT = """\
# The lift stood still

## Timeline (UTC)
- 2024-05-02 05:00 the lift stops
- {entry}
- 2024-05-02 06:10 the lift moves again

## Actions
- {action}
"""


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("2024-02-30 05:10 the caretaker is called", "2024-02-30"),
        ("31/02/2024 05:10 the caretaker is called", "31/02/2024"),
        ("2024-05-02 25:10 the caretaker is called", "25:10"),
        ("05:75 the caretaker is called", "05:75"),
    ],
)
def test_an_entry(entry: str, said: str) -> None:
    read = read_document(DOCUMENT.format(entry=entry, action="Oil the rope"), name="lift.md")
    (doubt,) = [each for each in read.doubts if said in each.why]
    assert (doubt.line, doubt.path.startswith("events/"), doubt.path.endswith("/at")) == (5, True, True)
    (event,) = [each for each in read.incident.events if each.at is None]
    assert entry in (event.text, f"{event.as_written} {event.text}")


def test_a_due_date() -> None:
    action = "Oil the rope (owner: Ana, due 31/02/2024)"
    read = read_document(DOCUMENT.format(entry="05:10 the caretaker is called", action=action), name="lift.md")
    (doubt,) = [each for each in read.doubts if "31/02/2024" in each.why]
    assert doubt.line == 9
    assert "31/02/2024" in read.incident.actions[0].text


@pytest.mark.parametrize("entry", ["the pager says 24:00 and nothing else", "ports 80:90 are shut", "version 1.2.2024"])
def test_what_may_be_meant_otherwise_is_let_be(entry: str) -> None:
    read = read_document(DOCUMENT.format(entry=entry, action="Oil the rope"), name="lift.md")
    assert not [each for each in read.doubts if "that there is" in each.why]

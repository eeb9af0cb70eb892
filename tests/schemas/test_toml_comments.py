"""Comments in a TOML file: where they are found, that they stay through edits, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import toml_layout
from schemas.incident import (
    Event,
    Incident,
)
from schemas.toml_file import Remark, dumps, parse
from schemas.toml_layout import may_hold_comments
from tests.schemas.commented import COMMENTED, with_comments
from tests.schemas.strategies import incidents


class TestComments:
    """What a change of the incident does to the comments around it."""

    def test_each_is_kept_with_what_it_stands_by(self) -> None:
        loaded = parse(COMMENTED)
        assert dumps(loaded.incident, loaded.remarks) == COMMENTED
        assert loaded.remarks[:2] == (
            Remark((), "head", "# Licence: CC0\n"),
            Remark(("title",), "beside", "  # as in the chat"),
        )
        assert Remark(("events", "k7q2", "at"), "above", "# from the log") in loaded.remarks

    def test_they_move_with_their_event(self) -> None:
        loaded = parse(COMMENTED)
        turned = loaded.incident.changed(events=loaded.incident.events[::-1])
        assert dumps(turned, loaded.remarks).endswith(
            """
# about the second
[[events]]
id = "b8d3"

# about the first

# two blocks of it
[[events]]
id = "k7q2"
# from the log
at = 2024-05-02
kind = "alert"  # paging
# foot of the first

# end of the file
"""
        )

    def test_those_of_a_key_that_went_stay_with_its_table(self) -> None:
        loaded = parse(COMMENTED)
        first = loaded.incident.events[0].changed(at=None, kind="")
        assert """
id = "k7q2"
# from the log
# paging
# foot of the first

# about the second
""" in dumps(loaded.incident.changed(events=(first, loaded.incident.events[1])), loaded.remarks)

    def test_those_of_an_event_that_went_go_to_the_end(self) -> None:
        loaded = parse(COMMENTED)
        assert dumps(loaded.incident.changed(events=loaded.incident.events[1:]), loaded.remarks).endswith(
            """
# about the second
[[events]]
id = "b8d3"

# about the first
# two blocks of it

# from the log

# paging

# foot of the first

# end of the file
"""
        )

    def test_those_in_a_list_stay_in_it(self) -> None:
        loaded = parse(COMMENTED)
        assert """
authors = [
    "Ada",  # on call
    # not sure
    # ask the rest
]
# foot of the top
""" in dumps(loaded.incident.changed(authors=("Ada",)), loaded.remarks)

    def test_they_come_back_with_what_they_were_about(self) -> None:
        loaded = parse(COMMENTED)
        dumps(loaded.incident.changed(events=()), loaded.remarks)
        assert dumps(loaded.incident, loaded.remarks) == COMMENTED

    def test_waivers_and_claims_without_an_id_are_told_apart(self) -> None:
        waivers = '\n# one\n[[waivers]]\nrule = "T09"\n\n# two\n[[waivers]]\nrule = "T09"\n'
        text = dumps(Incident()) + '\n# claim\n[[stated]]\nwhat = "duration"\nwhere = "header"\n' + waivers
        loaded = parse(text)
        assert dumps(loaded.incident, loaded.remarks) == text
        assert [remark.path[-1] for remark in loaded.remarks] == ["duration header", "T09", "T09 (2)"]

    def test_an_unknown_key_may_be_called_id(self) -> None:
        text = dumps(Incident()) + '\n# why\n[[waivers]]\nrule = "T09"\nid = [1]\n'
        loaded = parse(text)
        assert dumps(loaded.incident, loaded.remarks) == text

    def test_a_control_character_in_one_becomes_visible(self) -> None:
        remarks = parse("title = ''\n# a\x9bb\u2028c\n").remarks
        assert [remark.text for remark in remarks] == ["# a\ufffdb c"]

    def test_a_file_in_another_hand_keeps_them_too(self) -> None:
        loaded = parse(
            "# top\ntags = ['a', # one\n'b']\nsections.summary = 'x' # prose\n"
            "events = [{ id = 'e' }, # event\n]\n# last\n"
        )
        assert dumps(loaded.incident, loaded.remarks) == (
            '# top\nformat = 1\ntitle = ""\nstatus = "draft"\ntags = [\n    "a", # one\n    "b",\n]\n# last\n'
            '\n[sections]\nsummary = "x" # prose\n\n[[events]] # event\nid = "e"\n\n# Remarks on sections/summary\n'
        )


class TestNoComments:
    """A text is gone through for comments only where there may be some."""

    @pytest.mark.parametrize(
        "told",
        ["#incidents", 'ticket #12, see \\ and "#x"', "a\n# Heading\nb #c", '"""\n# x', "it's #1", '\\"""\n# x'],
    )
    def test_words_are_no_comments(self, told: str) -> None:
        text = dumps(Incident(title="x", events=(Event(id="a", text=told, actor="#ops", links=("#a", "b")),)))
        assert parse(text).remarks == ()
        assert not may_hold_comments(text) or '\\"' in text

    @given(st.data())
    @settings(max_examples=300)
    def test_none_is_overlooked(self, data: st.DataObject) -> None:
        known = data.draw(incidents())
        text = with_comments(dumps(known), data)
        if toml_layout.scan(text).comments:
            assert may_hold_comments(text)

    def test_a_block_that_looks_closed_hides_none(self) -> None:
        text = 'title = """\nfoo \\"""\nkey = """\n# a comment\nstatus = "draft"\n'
        assert toml_layout.scan(text).comments
        assert may_hold_comments(text)

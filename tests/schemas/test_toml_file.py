"""An incident as a TOML file: what is written, what is read back, what comes through, and what is said of a fault."""

from __future__ import annotations

import gc
import itertools
import re
import weakref
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import toml_file
from schemas.comments import add_comment
from schemas.edits import update_item
from schemas.incident import (
    FORMAT,
    ITEM_LISTS,
    Action,
    Event,
    Impact,
    Incident,
    Model,
    OtherSection,
    Sections,
    Stated,
    Waiver,
)
from schemas.pieces import MOST
from schemas.text import is_clean
from schemas.toml_chunks import chunks
from schemas.toml_file import dumps, loads, parse, parse_bytes
from schemas.toml_order import in_file_order
from tests.schemas.commented import COMMENTED, with_comments
from tests.schemas.strategies import incidents, same

FULL = '''\
format = 1
title = "Push failed"
status = "in-review"
severity = "SEV2"
zone = "Africa/Nairobi"
authors = ["Ada", "Grace"]

[sections]
summary = "One line."
impact = """
First line with "quotes" and a \\\\ in it.

Last line."""

[[other_sections]]
id = "m3x9"
heading = "Costs"
after = "impact"

[[impacts]]
id = "p4w2"
what = "Requests"
amount = 1.5

[[events]]
id = "k7q2"
at = 2024-05-02T09:00:00+03:00
about = true
milestones = ["detected"]

[[events]]
id = "b8d3"
at = 2024-05-02T06:30:00Z
links = [
    "https://graphs.example.org/d/abcdefgh/requests?from=1714629600000",
    "https://chat.example.org/archives/C0123456789/p1714629600000",
]

[[stated]]
what = "duration"
value = "4 hours"

[[actions]]
id = "c5f6"
due = 2024-06-01

# Remarks on sections/summary
# Remarks on sections/background
# Remarks on sections/impact
# Remarks on sections/trigger
# Remarks on sections/detection
# Remarks on sections/response
# Remarks on sections/root_cause
# Remarks on sections/resolution
# Remarks on sections/went_well
# Remarks on sections/went_poorly
# Remarks on sections/lucky
# Remarks on sections/lessons
# Remarks on sections/open_questions
# Remarks on sections/supporting
# Remarks on events
# Remarks on actions
# Verdicts of A and N
# Verdicts of B and O
# Verdicts of C and P
# Verdicts of D and Q
# Verdicts of E and R
# Verdicts of F and S
# Verdicts of G and T
# Verdicts of H and U
# Verdicts of I and V
# Verdicts of J and W
# Verdicts of K and X
# Verdicts of L and Y
# Verdicts of M and Z

[[waivers]]
rule = "T09"
'''


def full() -> Incident:
    links = (
        "https://graphs.example.org/d/abcdefgh/requests?from=1714629600000",
        "https://chat.example.org/archives/C0123456789/p1714629600000",
    )
    nairobi = timezone(timedelta(hours=3))
    return Incident(
        title="Push failed",
        status="in-review",
        severity="SEV2",
        zone="Africa/Nairobi",
        authors=("Ada", "Grace"),
        sections=Sections(summary="One line.", impact='First line with "quotes" and a \\ in it.\n\nLast line.'),
        other_sections=(OtherSection(id="m3x9", heading="Costs", after="impact"),),
        impacts=(Impact(id="p4w2", what="Requests", amount=1.5),),
        events=(
            Event(id="k7q2", at=datetime(2024, 5, 2, 9, tzinfo=nairobi), about=True, milestones=("detected",)),
            Event(id="b8d3", at=datetime(2024, 5, 2, 6, 30, tzinfo=UTC), links=links),
        ),
        stated=(Stated(what="duration", value="4 hours"),),
        actions=(Action(id="c5f6", due=date(2024, 6, 1)),),
        waivers=(Waiver(rule="T09"),),
    )


class TestCanonicalForm:
    def test_everything_has_its_place_and_defaults_are_left_out(self) -> None:
        assert dumps(full()) == FULL
        assert same(loads(FULL), full())

    def test_the_least_there_is(self) -> None:
        assert dumps(Incident()) == 'format = 1\ntitle = ""\nstatus = "draft"\n'

    @pytest.mark.parametrize(
        ("at", "written"),
        [
            (datetime(2024, 5, 2, 9, 0, 1, 250000), "2024-05-02T09:00:01.250000"),
            (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30))), "0001-01-01T00:00:00-03:30"),
            (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "9999-12-31T23:59:00Z"),
            (date(2024, 5, 2), "2024-05-02"),
            (time(9), "09:00:00"),
        ],
    )
    def test_a_moment_is_written_as_the_kind_it_is(self, at: Any, written: str) -> None:
        assert f"\nat = {written}\n" in dumps(Incident(events=(Event(id="a", at=at),)))

    @pytest.mark.parametrize(
        ("prose", "written"),
        [
            ("two\nlines", '"""\ntwo\nlines"""'),
            ("\nleading", '"""\n\nleading"""'),
            ('a\n"""b""', '"""\na\n\\"\\"\\"b\\"\\""""'),
            ('say "x"\n', '"""\nsay "x"\n"""'),
            ("back\\\nslash\\", '"""\nback\\\\\nslash\\\\"""'),
            ("tab\t\nspace ", '"""\ntab\t\nspace """'),
            ('one "line"', '"one \\"line\\""'),
        ],
    )
    def test_prose_stays_readable(self, prose: str, written: str) -> None:
        text = dumps(Incident(sections=Sections(summary=prose)))
        assert text.endswith(f"\n[sections]\nsummary = {written}\n\n# Remarks on sections/summary\n")
        assert loads(text).sections.summary == prose

    def test_a_list_breaks_over_lines_only_where_it_is_long(self) -> None:
        # `tags = ["` and `"]` around the text: 100 characters in all.
        assert f'\ntags = ["{"x" * 89}"]\n' in dumps(Incident(tags=("x" * 89,)))
        assert f'\ntags = [\n    "{"x" * 90}",\n]\n' in dumps(Incident(tags=("x" * 90,)))

    def test_events_stay_in_the_order_they_are_held_in(self) -> None:
        incident = Incident(events=(Event(id="b", at=date(2024, 5, 3)), Event(id="a", at=date(2024, 5, 2))))
        assert [event.id for event in loads(dumps(incident)).events] == ["b", "a"]

    def test_the_pieces_make_the_whole(self) -> None:
        assert "".join(chunks(full())) == FULL


FOREIGN = (
    "", "#", "# words", "  # indented", "KEY = 1 #", "KEY=1#", "KEY = [ #\n 1, #\n#\n\n2 #\n, 3 #\n #\n] #",
    "KEY = [[#\n1]#\n]#", "KEY = [{ a = [ #\n1] }, #\n#\n{ a = 2 }]", "KEY = { a = [1, #\n#\n2] } #",
    "KEY.a.'b c' = 1 #", "KEY = '''\nx\n''' #", "[[events]] #", "[[ events ]]", "at = 2024-05-02 09:00:00 #",
    "links = [#\n#\n]#", "[events.KEY]", "[[events.KEY]] #", "[sections] #", 'summary = """x\n""" #',
    "sections.trigger = 'x' #", "[KEY]", "[KEY.a] #", "[[KEY]] #", "tags = [ 'a' #\n]", "[[waivers]]\nrule = 'T01' #",
    "[[stated]]\nwhat = 'end' #", "events = [ #\n{ id = 'a' }, #\n#\n]", "title = 'x' #", "owner = '' #",
)  # fmt: skip
"""Pieces of files as other people and programs write them; each KEY becomes another name, each # another comment."""


class TestLaws:
    @given(incidents())
    @settings(max_examples=200)
    def test_what_is_written_is_read_back_and_written_the_same(self, incident: Incident) -> None:
        text = dumps(incident)
        loaded = parse(text)
        assert loaded.incident == incident
        assert same(loaded.incident, incident)
        assert dumps(loaded.incident) == text
        if incident.format == FORMAT:
            assert loaded.notes == ()

    @given(incidents(), st.data())
    @settings(max_examples=200)
    def test_comments_anywhere_in_a_file_of_ours_come_through_byte_for_byte(
        self, incident: Incident, data: st.DataObject
    ) -> None:
        text = with_comments(dumps(incident), data)
        loaded = parse(text)
        assert same(loaded.incident, incident)
        assert dumps(loaded.incident, loaded.remarks) == text

    @given(incidents(), st.data())
    @settings(max_examples=200)
    def test_a_comment_is_never_lost_whatever_goes(self, incident: Incident, data: st.DataObject) -> None:
        text = with_comments(dumps(incident), data)
        loaded = parse(text)
        fewer = loaded.incident.changed(
            **{name: data.draw(st.sampled_from(((), items, items[1:], items[::-1]))) for name in ITEM_LISTS
               if (items := getattr(loaded.incident, name))},
            sections=data.draw(st.sampled_from((Sections(), loaded.incident.sections))),
            authors=(), owner="", title="Another",
        )  # fmt: skip
        fewer = in_file_order(fewer)
        written = dumps(fewer, loaded.remarks)
        again = parse(written)
        assert same(again.incident, fewer)
        words = sorted(line.strip() for remark in loaded.remarks for line in remark.text.split("\n") if line.strip())
        kept = sorted(line.strip() for remark in again.remarks for line in remark.text.split("\n") if line.strip())
        assert kept == words
        assert dumps(again.incident, again.remarks) == written

    @given(st.lists(st.sampled_from(FOREIGN), max_size=12))
    def test_no_comment_of_a_file_in_another_hand_is_lost(self, pieces: list[str]) -> None:
        numbers = itertools.count()
        text = re.sub("#", lambda _: f"#{next(numbers)}.", "\n".join(pieces))
        text = re.sub("KEY", lambda _: f"k{next(numbers)}", text)
        try:
            loaded = parse(text)
        except toml_file.TomlError:
            return
        written = dumps(loaded.incident, loaded.remarks)
        assert sorted(re.findall(r"#\d+\.", written)) == sorted(re.findall(r"#\d+\.", text))
        assert dumps(loaded.incident, parse(written).remarks) == written

    @given(st.text())
    def test_any_text_is_read_or_said_to_be_wrong(self, text: str) -> None:
        _read_or_said(text)

    @given(
        st.text("ae1\"'\\\n\t #=[]{},.-:T\x00\x85", max_size=30),
        st.sampled_from(("", "events = ", "[[events]]\nat = ")),
    )
    def test_any_near_toml_is_read_or_said_to_be_wrong(self, text: str, start: str) -> None:
        _read_or_said(start + text)

    @given(st.data())
    @settings(max_examples=200)
    def test_a_damaged_file_is_read_or_said_to_be_wrong(self, data: st.DataObject) -> None:
        text = data.draw(st.one_of(st.just(FULL), incidents().map(dumps)))
        for _ in range(data.draw(st.integers(1, 3))):
            start = data.draw(st.integers(0, len(text)))
            end = data.draw(st.sampled_from((start, start + 1, start + 7, start + 40)))
            scrap = data.draw(
                st.sampled_from(("", '"', "[", "]", "\n", "=", "[[events]]\n", "x", "1", "{", "#", '"""', "\x00"))
            )
            text = text[:start] + scrap + text[end:]
        _read_or_said(text)

    @given(st.binary())
    def test_any_bytes_are_read_or_said_to_be_wrong(self, data: bytes) -> None:
        try:
            parse_bytes(data, "any.toml")
        except toml_file.TomlError as error:
            _well_said(error, data.decode("utf-8", "replace"))


class TestReading:
    def test_what_is_missing_is_the_default(self) -> None:
        assert loads("") == Incident()
        assert loads("severity = 'no such'\n[[events]]\nid = 'a'\nmilestones = ['x']").events[0].milestones == ("x",)

    def test_windows_line_ends_and_byte_order_marks_make_no_difference(self) -> None:
        assert same(loads(FULL.replace("\n", "\r\n")), full())
        assert same(parse_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode(), "any.toml").incident, full())
        assert same(loads("\ufeff" + FULL), full())

    def test_a_comment_of_a_file_with_windows_line_ends_has_none(self) -> None:
        assert parse(COMMENTED.replace("\n", "\r\n")).remarks == parse(COMMENTED).remarks

    def test_unknown_keys_come_through_at_every_level(self) -> None:
        text = dumps(Incident()) + (
            'x = [[1, 2.0], { a = "b" }]\n\n[team]\nname = "core"\n\n[team.lead]\nsince = 2020-01-01\n'
            '\n[sections]\n"own words" = """\na\nb"""\n\n[sections.inner]\n'
            '\n[[events]]\nid = "a"\nmood = "calm"\n\n[[events.seen]]\nby = "x"\n\n[[events.seen]]\nby = "y"\n'
        )
        loaded = parse(text)
        assert dumps(loaded.incident) == text
        assert loaded.notes == ()
        assert (loaded.incident.events[0].model_extra or {})["mood"] == "calm"


class TestLines:
    def test_a_place_has_its_line(self) -> None:
        lines = parse(FULL).lines
        found = {where: lines.of(where) for where in ("title", "sections/impact", "events/k7q2", "events/b8d3/at")}
        assert found == {"title": 2, "sections/impact": 10, "events/k7q2": 25, "events/b8d3/at": 33}

    def test_what_does_not_stand_in_the_file_has_the_line_of_what_is_around_it(self) -> None:
        lines = parse(FULL).lines
        assert lines.of("actions/c5f6/owner") == lines.of("actions/c5f6") == 43
        assert lines.of("sections/trigger") == lines.of("sections") == 8
        assert lines.of("events/gone") == lines.of("events") == 25
        assert lines.of("owner") == lines.of("") == 1

    def test_an_empty_file_has_no_line(self) -> None:
        assert parse("").lines.of("title") is None

    def test_an_id_may_hold_a_slash(self) -> None:
        assert parse("[[events]]\nid = 'a'\n[[events]]\nid = 'a/at'\nat = 2024-05-02").lines.of("events/a/at/at") == 5

    def test_the_text_is_gone_through_only_when_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def never(text: str) -> Any:
            raise AssertionError(text)

        monkeypatch.setattr("schemas.toml_layout.scan", never)
        assert parse(FULL).remarks == ()


class TestKeptTexts:
    """The text of an item is made once for as long as the item stands."""

    @staticmethod
    def _watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
        written: list[str] = []

        def text(name: str, _: Model) -> str:
            written.append(name)
            return ""

        monkeypatch.setattr("schemas.toml_chunks._item_text", text)
        return written

    def test_only_what_changed_is_written_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        incident = full().changed(events=tuple(Event(id=str(number)) for number in range(1000)))
        dumps(incident)
        written = self._watched(monkeypatch)
        dumps(update_item(incident, "events", "500", text="new"))
        assert 0 < len(written) <= MOST
        assert set(written) == {"events"}

    def test_a_comment_among_many_events_is_nearly_all_that_is_written_anew(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:  # fmt: skip
        incident = Incident(events=tuple(Event(id=str(number)) for number in range(500)))
        dumps(incident)
        written = self._watched(monkeypatch)
        dumps(add_comment(incident, comment_id="c", on="events/250", text="new"))
        assert written.count("comments") == 1
        assert written.count("events") <= MOST

    def test_what_was_replaced_is_not_held_for_ever(self) -> None:
        event = Event(id="a", text="first")
        dumps(Incident(events=(event,)))
        gone = weakref.ref(event)
        del event
        for number in range(20):
            dumps(Incident(events=(Event(id=str(number)),)))
        gc.collect()
        assert gone() is None


def _read_or_said(text: str) -> None:
    try:
        loaded = parse(text, "any.toml")
    except toml_file.TomlError as error:
        _well_said(error, text)
        return
    written = dumps(loaded.incident, loaded.remarks)
    again = parse(written)
    assert same(again.incident, in_file_order(loaded.incident))
    assert dumps(again.incident, again.remarks) == written


def _well_said(error: toml_file.TomlError, text: str) -> None:
    assert 1 <= error.line <= text.count("\n") + 1
    assert error.column >= 1
    assert error.title
    assert error.detail
    assert error.hint
    assert str(error) == f"any.toml:{error.line}:{error.column}: {error.detail}"
    assert is_clean(f"{error}{error.hint}")
    assert "\n" not in f"{error}{error.hint}"

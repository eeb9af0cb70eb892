"""An incident as a TOML file: what is written, what is read back, what comes through, and what is said of a fault."""

from __future__ import annotations

import gc
import tomllib
import weakref
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import toml_file
from schemas.incident import FORMAT, ITEM_LISTS, Action, Event, Impact, Incident, OtherSection, Sections, Stated, Waiver
from schemas.toml_file import Remark, chunks, dumps, loads, parse, parse_bytes
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
        assert text.endswith(f"\n[sections]\nsummary = {written}\n")
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
        text = _with_comments(dumps(incident), data)
        loaded = parse(text)
        assert same(loaded.incident, incident)
        assert dumps(loaded.incident, loaded.remarks) == text

    @given(incidents(), st.data())
    @settings(max_examples=200)
    def test_a_comment_is_never_lost_whatever_goes(self, incident: Incident, data: st.DataObject) -> None:
        text = _with_comments(dumps(incident), data)
        loaded = parse(text)
        fewer = loaded.incident.changed(
            **{name: data.draw(st.sampled_from(((), items, items[1:], items[::-1]))) for name in ITEM_LISTS
               if (items := getattr(loaded.incident, name))},
            sections=data.draw(st.sampled_from((Sections(), loaded.incident.sections))),
            authors=(), owner="", title="Another",
        )  # fmt: skip
        written = dumps(fewer, loaded.remarks)
        again = parse(written)
        assert same(again.incident, fewer)
        words = sorted(line.strip() for remark in loaded.remarks for line in remark.text.split("\n") if line.strip())
        kept = sorted(line.strip() for remark in again.remarks for line in remark.text.split("\n") if line.strip())
        assert kept == words
        assert dumps(again.incident, again.remarks) == written

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
    @settings(max_examples=300)
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


def _with_comments(text: str, data: st.DataObject) -> str:
    """The text with comments put in at some places where they change no value."""
    block = st.sampled_from(("# a", "#", "    # indented", "# a\n# b", "# a\n\n# b", "#[events]", "# x = 1\t", '# """'))
    tail = st.sampled_from(("# why", "  # why", "\t#"))
    whole = tomllib.loads(text)
    for _ in range(data.draw(st.integers(1, 5))):
        lines = text.split("\n")
        index = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            lines.insert(index, data.draw(block))
        elif lines[index] and "#" not in lines[index] and not lines[index].endswith("["):
            lines[index] += data.draw(tail)
        try:
            if tomllib.loads("\n".join(lines)) == whole:
                text = "\n".join(lines)
        except tomllib.TOMLDecodeError:
            continue
    return text


def _read_or_said(text: str) -> None:
    try:
        loaded = parse(text, "any.toml")
    except toml_file.TomlError as error:
        _well_said(error, text)
        return
    written = dumps(loaded.incident, loaded.remarks)
    again = parse(written)
    assert same(again.incident, loaded.incident)
    assert dumps(again.incident, again.remarks) == written


def _well_said(error: toml_file.TomlError, text: str) -> None:
    assert 1 <= error.line <= text.count("\n") + 1
    assert error.column >= 1
    assert error.title
    assert error.detail
    assert error.hint
    assert str(error) == f"any.toml:{error.line}:{error.column}: {error.detail}"
    assert str(error).isprintable()

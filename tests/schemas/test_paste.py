"""Events from a pasted block of lines."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import zones
from schemas.quick_entry import Context, read_block
from tests.schemas.typed_times import said

NAIROBI = Context(zones.resolve("Africa/Nairobi"), "Africa/Nairobi", None, None, date(2024, 5, 6))
NOWHERE = Context()


def events(text: str, context: Context = NAIROBI) -> list[tuple[str, str]]:
    """When and what, an event each."""
    return [
        ((said(draft.reading) if draft.reading else "no time") if not draft.problem else "✗", draft.text)
        for draft in read_block(text, context)
    ]


def test_each_line_that_begins_with_a_time_is_an_event() -> None:
    assert events("2024-05-02 09:00 a\n10:00 b\n\n23:30 c\n00:10 d\n12:00 e") == [
        ("2024-05-02 09:00", "a"),
        ("2024-05-02 10:00", "b"),
        ("2024-05-02 23:30", "c"),
        ("2024-05-03 00:10", "d"),
        ("2024-05-03 12:00", "e"),
    ]


def test_what_is_indented_or_stands_below_continues_the_event() -> None:
    text = "- 09:00 a\n  - with details\n  and more, see https://a.example\nand the end\n- 10:00 b"
    first, second = read_block(text, NAIROBI)
    assert first.text == "a\n- with details\nand more, see https://a.example\nand the end"
    assert first.links == ("https://a.example",)
    assert second.text == "b"


def test_a_bullet_like_those_of_the_events_is_an_event_without_a_time() -> None:
    assert events("* 09:00 a\n* somebody rebooted it\n  twice\n* 10:00 b") == [
        ("2024-05-06 09:00", "a"),
        ("no time", "somebody rebooted it\ntwice"),
        ("2024-05-06 10:00", "b"),
    ]


def test_a_date_on_a_line_of_its_own_is_the_date_of_what_follows() -> None:
    text = "## Thu 2 May 2024\n- 09:00 a\n**3 May 2024**\n- 08:00 b\n2024-05-04:\n- 23:00 c\n- 01:00 d"
    assert events(text) == [
        ("2024-05-02 09:00", "a"),
        ("2024-05-03 08:00", "b"),
        ("2024-05-04 23:00", "c"),
        ("2024-05-05 01:00", "d"),
    ]


def test_a_date_may_name_the_zone_of_what_follows() -> None:
    text = "### 2024-06-15 (UTC)\n* [10:30] **Alert fired**\n* [23:50] Mitigated\n* [00:10] Done"
    assert events(text) == [
        ("2024-06-15 10:30 +00:00", "**Alert fired**"),
        ("2024-06-15 23:50 +00:00", "Mitigated"),
        ("2024-06-16 00:10 +00:00", "Done"),
    ]


def test_a_table() -> None:
    text = "| Time (PST) | Event |\n|:---|---|\n| 2024-05-02 09:00 | a | b |\n| 09:30 | c |\n|  | d |"
    assert events(text) == [
        ("2024-05-02 09:00 -07:00", "a | b"),
        ("2024-05-02 09:30 -07:00", "c"),
        ("no time", "d"),
    ]


def test_headings_that_hold_only_the_time() -> None:
    assert events("### 07:59\nthe site was slow\n\n### 08:11\nand down") == [
        ("2024-05-06 07:59", "the site was slow"),
        ("2024-05-06 08:11", "and down"),
    ]


def test_lengths_count_from_the_line_before() -> None:
    assert events("2024-05-02 09:00 a\n+15m b\n+1h c") == [
        ("2024-05-02 09:00", "a"),
        ("2024-05-02 09:15", "b"),
        ("2024-05-02 10:15", "c"),
    ]


def test_clocks_without_any_date_stay_clocks() -> None:
    drafts = read_block("23:00 a\n00:10 b\n+10m c", NOWHERE)
    assert [draft.reading and draft.reading.at for draft in drafts] == [time(23, 0), time(0, 10), time(0, 20)]


def test_times_in_another_zone_move_the_story_on_in_the_incidents() -> None:
    drafts = read_block("2024-05-02 21:00 UTC a\n00:30 b", NAIROBI)
    assert drafts[1].reading is not None
    assert drafts[1].reading.at == datetime(2024, 5, 3, 0, 30, tzinfo=timezone(timedelta(hours=3)))


def test_a_line_that_cannot_be_read_is_kept_with_its_problem() -> None:
    drafts = read_block("09:00 a\n10:00 CST b\n10/04/2024 c\n11:00 !wow d", NAIROBI)
    assert [bool(draft.problem) for draft in drafts] == [False, True, True, False]
    assert drafts[1].text == "10:00 CST b"
    assert drafts[3].text == "!wow d"


def test_a_time_with_nothing_behind_it_is_told() -> None:
    (draft,) = read_block("09:00", NAIROBI)
    assert "what happened" in draft.problem


@pytest.mark.parametrize("text", ["", "\n\n", "|---|---|", " \t "])
def test_nothing(text: str) -> None:
    assert read_block(text, NAIROBI) == ()


STARTS = st.sampled_from(["", "- ", "* ", "  ", "    - ", "| ", "# ", "09:00 ", "- 23:10 ", "[10:30] ", "+5m ", "? "])
WORDS = st.lists(st.from_regex(r"x[a-z]{0,6}", fullmatch=True), min_size=1, max_size=4).map(" ".join)


@given(st.lists(st.tuples(STARTS, WORDS), max_size=8))
def test_every_word_is_kept_in_its_order(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(start + words for start, words in lines)
    kept = " ".join(draft.text for draft in read_block(text, NAIROBI))
    assert re.findall(r"x[a-z]*", kept) == re.findall(r"x[a-z]*", text)


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["09:00", "|", "---", "-", "\n", " ", "2024-05-02", "(UTC)", "x", "CST", "?"])).map(
        "".join
    )
)
def test_any_text_is_read(text: str) -> None:
    for draft in read_block(text, NOWHERE):
        assert draft.problem or draft.event("e1")

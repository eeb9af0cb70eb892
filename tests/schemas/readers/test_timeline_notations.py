"""What each notation of a timeline keeps: details, labels, links, people, columns, and what is left where it stands."""

from __future__ import annotations

import re
import time as clock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.readers.decoding import lines_of
from schemas.readers.document import read_document
from schemas.readers.found import Gathered, Item
from schemas.readers.ground import Ground
from schemas.readers.imported import Imported
from schemas.readers.taking_apart import take_apart
from schemas.readers.timeline_order import likelier
from schemas.readers.timeline_reader import read_events
from schemas.readers.timeline_words import plain_words


def story(body: str, before: str = "", after: str = "") -> Imported:
    text = (
        f"# Report\n\nDate: 2024-05-02\n\n{before}\n## Timeline\n\n{body}\n\n{after}\n## Summary\n\nSomething broke.\n"
    )
    return read_document(text, name="report.md")


def texts(result: Imported) -> list[str]:
    return [event.text for event in result.incident.events]


def events(body: str) -> Gathered[Item]:
    lines = lines_of(f"# Report\n\n## Timeline\n\n{body}\n")
    return read_events(take_apart(lines, "report.md"), Ground())


def test_details_below_an_entry_stay_with_it() -> None:
    result = story("- 10:00 - a deploy\n  - of the router\n  - at 10:02 of the proxy\n- 10:30 - an alert")
    assert texts(result) == ["a deploy\n- of the router\n- at 10:02 of the proxy", "an alert"]


def test_code_between_entries_stays_with_the_one_above() -> None:
    result = story("- 10:00 - a log\n\n```\n2024-05-02 10:00:01 ERROR no\n```\n\n- 10:30 - an alert")
    assert texts(result) == ["a log\n```\n2024-05-02 10:00:01 ERROR no\n```", "an alert"]


def test_wrapped_lines_are_joined() -> None:
    body = "- 10:00 - a long story that is told over\n  two lines of the document\n- 10:30 - an alert"
    assert texts(story(body))[0] == "a long story that is told over two lines of the document"


def test_words_before_and_after_the_entries_stay_in_the_document() -> None:
    result = story("We were slow that day.\n\n- 10:00 - a\n- 10:30 - b\n\nNobody was harmed.")
    assert len(result.incident.events) == 2
    kept = "\n".join(section.body for section in result.incident.other_sections)
    assert "We were slow that day." in kept
    assert "Nobody was harmed." in kept
    assert result.unplaced == ()


def test_a_person_and_links_get_their_fields() -> None:
    result = story(
        "- 10:00 - @noor [opens a ticket](https://tickets.example/1)\n- 10:30 - see https://graph.example/2."
    )
    first, second = result.incident.events
    assert (first.actor, first.text, first.links) == ("noor", "@noor opens a ticket", ("https://tickets.example/1",))
    assert second.links == ("https://graph.example/2",)


def test_columns_of_a_table_become_fields_or_lines() -> None:
    body = (
        "| Time | Event | Who | Status |\n|---|---|---|---|\n| 10:00 | Alert | Ana | red |\n| 10:30 | Fixed | Ben | |"
    )
    first, second = story(body).incident.events
    assert (first.text, first.actor) == ("Alert\nStatus: red", "Ana")
    assert (second.text, second.actor) == ("Fixed", "Ben")


def test_what_the_program_exports_is_read_back() -> None:
    body = (
        "All times in UTC.\n\n### Thu 2 May 2024\n\n"
        "| Time | Milestone | Kind | Event | Who | Notes |\n|---|---|---|---|---|---|\n"
        "| about 09:00 (± 10m) | **detected** | alert | first \\*alert\\* | Ana |  |\n"
        "| between 09:10 and 09:20 |  | note | looked at |  | recorded 2024-05-02 11:00 |\n"
        "| 23:30 to Fri 3 May 2024 00:15 | **resolved** | action | mended | Ben |  |\n"
        "| — |  |  | somebody was told |  | as written: later |"
    )
    first, second, third, last = story(body).incident.events
    assert (first.about, first.margin, first.text) == (True, "10m", "first *alert*")
    assert (first.milestones, first.kind, first.actor) == (("detected",), "alert", "Ana")
    assert second.latest is not None
    assert second.recorded is not None
    assert third.until is not None
    assert (last.at, last.as_written, last.text) == (None, "later", "somebody was told")


def test_schedules_and_plans_are_no_events() -> None:
    text = (
        "# Wiki\n\nThe wiki was down on 2 May 2024.\n\n## Prevention\n\nBackups run daily at 02:00.\n\n## Summary\n\n"
    )
    assert read_document(f"{text}A review will be held at 15:00.", name="x").incident.events == ()


def test_log_lines_of_other_sections_are_no_events() -> None:
    log = "```\n" + "\n".join(f"2024-05-02 10:0{i}:00 ERROR no" for i in range(9)) + "\n```"
    result = story("- 10:00 - a\n- 10:30 - b", after=f"## Evidence\n\n{log}\n")
    assert len(result.incident.events) == 2


def test_prose_is_read_only_without_a_timeline() -> None:
    prose = "## Detection\n\nAt 10:05 an alert fired.\n"
    assert len(story("- 10:00 - a\n- 10:30 - b", before=prose).incident.events) == 2
    (event,) = read_document(f"# Report of 2024-05-02\n\n{prose}", name="x").incident.events
    assert event.text == "At 10:05 an alert fired."


def test_key_stamps_name_the_milestones_of_the_story() -> None:
    keys = "- **Key events**\n  - First detected: 2024-05-02 10:00\n  - Repaired: 2024-05-02 11:00\n"
    told = (
        "- **Context**\n  - 2024-05-02 10:00 Odd graphs\n  - 2024-05-02 10:20 Search\n  - 2024-05-02 11:00 New disk\n"
    )
    result = read_document(f"# Disk\n\n{keys}\n{told}", name="x")
    assert [event.milestones for event in result.incident.events] == [("detected",), (), ("recovered",)]


def test_a_short_story_beside_key_stamps_counts() -> None:
    keys = "- **Key events**\n  - First detected: 2024-05-02 10:00\n  - Resolved: 2024-05-02 11:00\n"
    told = "- **Context**:\n  - 2024-05-02 09:50 Odd graphs\n  - 2024-05-02 11:00 New disk\n"
    result = read_document(f"# Disk\n\n{keys}\n{told}", name="x")
    assert {event.text for event in result.incident.events} == {"Odd graphs", "First detected", "New disk"}


@pytest.mark.parametrize(
    ("markdown", "words", "links"),
    [
        ("**bold** and *thin*", "bold and thin", ()),
        ("`**kept**` **off**", "`**kept**` off", ()),
        ("snake_case_name and 2 * 3", "snake_case_name and 2 * 3", ()),
        ("[words](https://a.example/b)", "words", ("https://a.example/b",)),
        ("see <https://a.example/b>.", "see https://a.example/b.", ("https://a.example/b",)),
        (r"a \*star\* and \[brackets\]", "a *star* and [brackets]", ()),
        ("one<br>two", "one\ntwo", ()),
    ],
)
def test_words_without_markup(markdown: str, words: str, links: tuple[str, ...]) -> None:
    assert plain_words(markdown) == (words, links)


@pytest.mark.parametrize(
    ("dates", "day_first"),
    [
        (("2/6/23", "2/7/23", "2/8/23"), False),
        (("6/2/23", "7/2/23", "8/2/23"), True),
        (("2/6/23",), None),
        (("2/6/23", "6/2/23"), None),
        (("14/6/23", "2/7/23"), None),
    ],
)
def test_the_order_by_which_the_story_is_shorter(dates: tuple[str, ...], day_first: bool | None) -> None:
    assert likelier(dates) is day_first


_WORDS = st.text(alphabet="abcdefg hijk", min_size=3, max_size=30).filter(lambda text: len(text.split()) > 0)
_CLOCKS = st.times().map(lambda at: at.strftime("%H:%M"))
_LINES = st.one_of(
    st.tuples(_CLOCKS, _WORDS).map(lambda pair: f"- {pair[0]} - {pair[1]}"),
    st.tuples(_CLOCKS, _WORDS).map(lambda pair: f"**{pair[0]}** {pair[1]}"),
    st.tuples(_CLOCKS, _WORDS).map(lambda pair: f"| {pair[0]} | {pair[1]} |"),
    st.tuples(_CLOCKS, _WORDS).map(lambda pair: f"### {pair[0]}: {pair[1]}"),
    st.tuples(_WORDS, _CLOCKS).map(lambda pair: f"* {pair[0]} ({pair[1]})"),
    _WORDS,
    _WORDS.map(lambda text: f"  - {text}"),
    _WORDS.map(lambda text: f"Label: {text}"),
    st.sampled_from(
        ["", "2024-05-02", "**Day 2**", "```", "---", "> quoted", "1. ", "T+5m: x", "14:?? y", "HH:MM - z"]
    ),
    st.text(max_size=40),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LINES, max_size=25))
def test_no_word_of_a_line_that_was_used_is_lost(lines: list[str]) -> None:
    body = "\n".join(lines)
    found = events(body)
    given = lines_of(f"# Report\n\n## Timeline\n\n{body}\n")
    have = " ".join(
        f"{item.fields.get('text', '')} {item.fields.get('as_written', '')} {' '.join(item.fields.get('links', ()))}"
        for item in found.items
    ).casefold()
    in_items = {number for item in found.items for number in item.source.lines}
    for number in found.used & in_items:
        for word in re.findall(r"[a-k]{5,}", given[number - 1].text):
            assert word in have


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_nothing_that_is_written_makes_it_fail(body: str) -> None:
    events(body)


@settings(max_examples=40, deadline=None)
@given(st.lists(_LINES, max_size=25))
def test_the_same_document_gives_the_same_events(lines: list[str]) -> None:
    body = "\n".join(lines)
    assert events(body) == events(body)


@pytest.mark.parametrize(
    "line",
    [
        "- {0:02d}:{1:02d} UTC - looked at host number {2}",
        "At {0:02d}:{1:02d} UTC somebody looked at host number {2}.",
        "| {0:02d}:{1:02d} | looked at host number {2} |",
    ],
)
def test_time_grows_with_the_length(line: str) -> None:
    def taken(count: int) -> float:
        body = "\n".join(line.format(i // 60 % 24, i % 60, i) for i in range(count))
        start = clock.process_time()
        events(body)
        return clock.process_time() - start

    taken(50)
    assert taken(1_200) < 16 * taken(300) + 0.2


def test_one_long_line_takes_no_longer_than_many() -> None:
    body = " ".join(f"{i // 60 % 24:02d}:{i % 60:02d} UTC: Host {i} was looked at." for i in range(1_500))
    start = clock.process_time()
    assert len(events(body).items) == 1_500
    assert clock.process_time() - start < 5

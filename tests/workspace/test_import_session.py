"""Answers about an imported document: what comes of them, what belongs to which line, and that nothing is lost."""

from __future__ import annotations

import random
from datetime import date, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas import edits
from schemas.incident import Incident
from schemas.readers.accounting import unplaced
from schemas.readers.document import UNPLACED, read_document
from schemas.readers.found import Choice
from schemas.toml_file import dumps
from tests.workspace.imports import DOCUMENT, session
from tui.workspace.import_outline import outline
from tui.workspace.import_questions import Question
from tui.workspace.import_session import ImportSession
from tui.workspace.import_view import view_of

DROP = Choice("not an event", "drop")


def texts(incident: Incident) -> list[str]:
    return [event.text for event in incident.events]


def left_over(incident: Incident) -> str:
    return next((each.body for each in incident.other_sections if each.heading == UNPLACED), "")


def asked(it: ImportSession, words: str) -> Question:
    return next(each for each in it.result.questions if words in f"{each.why} {each.text}")


def path_of(it: ImportSession, words: str) -> str:
    return next(row.path for row in outline(it.result).rows if words in row.text)


# Answers


def test_every_doubt_and_every_stretch_without_a_place_is_asked_about_in_order() -> None:
    found = session().result
    assert [(each.line, each.kind) for each in found.questions] == [
        (1, "doubt"), (3, "doubt"), (5, "doubt"), (7, "unplaced"), (10, "unplaced"),
    ]  # fmt: skip
    assert found.doubts == 3
    assert "these 2 lines" in found.questions[3].why


def test_a_value_is_chosen_and_the_question_is_settled() -> None:
    it = session()
    question = asked(it, "alert?")
    it.answer(question, question.options[1].choice)
    event = next(each for each in it.result.incident.events if each.text == "09:10 alert?")
    assert event.at == datetime(2024, 5, 4, 12)
    assert it.result.taken(asked(it, "alert?")) == 1
    assert it.result.doubts == 2


def test_what_was_taken_can_be_confirmed_and_changes_nothing() -> None:
    it = session()
    before = it.result.incident
    for question in it.result.questions:
        it.answer(question, question.options[0].choice)
    assert it.result.incident == before
    assert it.result.open == ()


def test_another_answer_replaces_the_first_one() -> None:
    it = session()
    question = asked(it, "alert?")
    it.answer(question, question.options[2].choice)
    assert "09:10 alert?" not in texts(it.result.incident)
    it.answer(asked(it, "alert?"), question.options[1].choice)
    assert "09:10 alert?" in texts(it.result.incident)
    assert len(it.answers) == 1


def test_what_is_no_event_goes_back_to_the_lines_without_a_place() -> None:
    it = session()
    question = asked(it, "calls")
    it.answer(question, DROP)
    assert texts(it.result.incident) == ["09:00 deploy", "09:10 alert?"]
    assert left_over(it.result.incident).split("\n") == ["e 09:05 calls come in?", "u kiwi", "u mango", "u plum"]
    assert [line.number for line in it.result.working.unplaced] == [5, 7, 8, 10]


def test_a_line_that_a_section_holds_is_not_kept_twice() -> None:
    text = "# Slow\n\n## Summary\n\nAt 09:00 on 2024-05-02 it broke.\n\n## Timeline\n\n- 09:10 fixed\n"
    it = ImportSession(lambda told: read_document(text, name="n", **told.keywords()))
    for event in it.result.incident.events:
        it.change(f"events/{event.id}", DROP)
    assert it.result.incident.events == ()
    assert it.result.incident.sections.summary.count("At 09:00") == 1
    assert "At 09:00" not in left_over(it.result.incident)


def test_the_whole_is_read_again_and_answers_about_one_line_stay() -> None:
    it = session()
    calls = asked(it, "calls")
    it.answer(calls, DROP)
    order = asked(it, "two days")
    it.answer(order, order.options[1].choice)
    incident = it.result.incident
    assert [event.at for event in incident.events] == [datetime(2024, 4, 5, 9), datetime(2024, 4, 5, 9, 1)]
    assert "09:05 calls come in?" not in texts(incident)
    # The doubt is gone with the new reading, and can still be thought better of.
    again = asked(it, "two days")
    assert it.result.taken(again) == 1
    it.answer(again, again.options[0].choice)
    assert it.result.incident.events[0].at == datetime(2024, 5, 4, 9)
    assert "09:05 calls come in?" not in texts(it.result.incident)


def test_zone_and_day_are_told_without_a_question() -> None:
    it = session()
    it.change("zone", Choice("Kenya", "reread", "zone", "Africa/Nairobi"))
    it.change("", Choice("another day", "reread", "date", date(2024, 6, 1)))
    it.change("zone", Choice("Chile", "reread", "zone", "America/Santiago"))
    assert it.result.incident.zone == "America/Santiago"
    assert it.result.incident.events[0].at == datetime(2024, 6, 1, 9)
    assert len(it.answers) == 2


def test_lines_without_a_place_are_put_into_a_section() -> None:
    it = session()
    it.answer(asked(it, "kiwi"), Choice("put into Lessons", "move", value="lessons"))
    assert it.result.incident.sections.lessons == "u kiwi\nu mango"
    assert left_over(it.result.incident) == "u plum"
    it.answer(asked(it, "plum"), Choice("put into Lessons", "move", value="lessons"))
    assert it.result.incident.sections.lessons == "u kiwi\nu mango\n\nu plum"
    assert left_over(it.result.incident) == ""
    assert len(it.result.incident.other_sections) == 1


def test_a_section_moves_with_its_heading_to_where_it_stood_in_the_document() -> None:
    it = session()
    it.change(path_of(it, "Weather"), Choice("put into Summary", "move", value="summary"))
    assert it.result.incident.sections.summary == "s It was slow for two hours\n\n### Other\n\no Weather was fine"
    assert it.result.working.sources["sections/summary"].lines == (1, 4)
    it = session()
    other = path_of(it, "Weather")
    it.change("sections/summary", Choice("put into Other", "move", value="other_sections@4#0"))
    assert edits.section_text(it.result.incident, other.partition("/")[2]).startswith("s It was slow")
    assert it.result.incident.sections.summary == ""


def test_an_event_is_put_into_a_section_as_words() -> None:
    it = session()
    it.change(path_of(it, "deploy"), Choice("put into Trigger", "move", value="trigger"))
    assert it.result.incident.sections.trigger == "e 09:00 deploy"
    assert "09:00 deploy" not in texts(it.result.incident)


def test_an_answer_about_what_is_gone_does_nothing() -> None:
    it = session()
    calls = asked(it, "calls")
    path = calls.path
    it.change(path.rpartition("/")[0], DROP)
    before = it.result.incident
    it.change(path, Choice("noon", "set", "at", datetime(2024, 5, 4, 12)))
    it.change(path, Choice("another section", "move", value="nowhere"))
    assert it.result.incident == before


def test_a_value_of_the_wrong_shape_changes_nothing() -> None:
    it = session()
    before = it.result.incident
    it.change(path_of(it, "deploy"), Choice("?", "set", "at", "not a time"))
    it.change(path_of(it, "deploy"), Choice("?", "set", "nonsense", 1))
    assert it.result.incident == before


# Taking back


def test_answers_are_taken_back_and_given_again() -> None:
    it = session()
    steps = [it.result.incident]
    it.answer(asked(it, "alert?"), DROP)
    steps.append(it.result.incident)
    it.change("zone", Choice("Kenya", "reread", "zone", "Africa/Nairobi"))
    steps.append(it.result.incident)
    assert it.undo()
    assert it.result.incident == steps[1]
    assert it.undo()
    assert it.result.incident == steps[0]
    assert not it.undo()
    assert it.redo()
    assert it.redo()
    assert it.result.incident == steps[2]
    assert not it.redo()
    assert it.reopen(asked(it, "alert?"))
    assert not it.reopen(asked(it, "alert?"))
    assert "09:10 alert?" in texts(it.result.incident)


# Laws, over random documents and answers

DOCUMENTS = st.lists(
    st.builds(lambda kind, words: f"{kind} {words}" if kind else "",
              st.sampled_from("eeeasouu") | st.just(""), st.sampled_from(["alpha beta", "gamma?", "delta", "beta?"])),
    min_size=1, max_size=14,
).map("\n".join)  # fmt: skip


def answered(text: str, seed: int, count: int) -> ImportSession:
    """A session with some answers, chosen by chance from all that can be done."""
    rng = random.Random(seed)
    it = session(text)
    for _ in range(count):
        result = it.result
        paths = sorted({row.path for row in outline(result).rows if "/" in row.path})
        acts = rng.randrange(3)
        if acts == 0 and result.questions:
            question = rng.choice(result.questions)
            plain = [option.choice for option in question.options if not option.asks]
            it.answer(question, rng.choice(plain))
        elif acts == 1 and paths:
            it.change(rng.choice(paths), Choice("x", "move", value=rng.choice(["lessons", "summary", ""])))
        elif paths:
            path = rng.choice(paths)
            it.change(path, Choice("x", "drop"))
    return it


@settings(max_examples=150)
@given(text=DOCUMENTS, seed=st.integers(0, 10_000), count=st.integers(0, 8))
def test_no_word_is_lost_whatever_is_answered(text: str, seed: int, count: int) -> None:
    it = answered(text, seed, count)
    assert unplaced(it.result.lines, it.result.incident, frozenset()) == ()
    held = left_over(it.result.incident).split("\n")
    assert [line.text for line in it.result.working.unplaced] == (held if held != [""] else [])


@settings(max_examples=80)
@given(text=DOCUMENTS, seed=st.integers(0, 10_000), count=st.integers(0, 8))
def test_the_same_answers_give_the_same_and_all_of_them_can_be_taken_back(text: str, seed: int, count: int) -> None:
    it = answered(text, seed, count)
    assert dumps(it.result.incident) == dumps(answered(text, seed, count).result.incident)
    now = it.result.incident
    steps = 0
    while it.undo():
        steps += 1
    assert it.result.incident == session(text).result.incident
    assert it.answers == ()
    for _ in range(steps):
        assert it.redo()
    assert it.result.incident == now


@settings(max_examples=80)
@given(text=DOCUMENTS, seed=st.integers(0, 10_000), count=st.integers(0, 5))
@example(text="e alpha beta\ns alpha beta\ne alpha beta\ns alpha beta", seed=0, count=3)
def test_lines_and_rows_belong_to_each_other(text: str, seed: int, count: int) -> None:
    view = view_of(answered(text, seed, count).result)
    for index, row in enumerate(view.outline.rows):
        for number in row.lines:
            assert index in view.outline.of_line(number)
            assert 1 <= number <= len(view.result.lines)
    for line in view.result.lines:
        if line.text:
            assert view.outline.of_line(line.number), line


def test_rows_of_a_section_know_their_own_line() -> None:
    rows = outline(session(DOCUMENT + "\ns and then it was not").result).rows
    assert [(row.text, row.lines) for row in rows if row.path == "sections/summary"] == [
        ("s It was slow for two hours", (1,)), ("s and then it was not", (11,)),
    ]  # fmt: skip

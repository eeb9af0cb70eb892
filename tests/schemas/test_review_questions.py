"""The script of questions."""

from __future__ import annotations

from schemas.comments import add_comment, place_of
from schemas.incident import Incident
from schemas.review_questions import BY_ID, QUESTIONS, answers
from schemas.text import is_clean
from schemas.toml_file import dumps, loads


def test_there_are_thirteen_each_with_a_place_that_every_document_has() -> None:
    assert len(BY_ID) == len(QUESTIONS) == 13
    for question in QUESTIONS:
        assert place_of(Incident(), question.look_at) == question.look_at
        assert question.text.endswith("?")
        assert question.prompt.endswith((".", "?"))
        assert is_clean(question.text + question.prompt)
        assert question.id.replace("-", "").isalpha()


def test_they_fit_on_a_small_screen() -> None:
    assert all(len(question.text) <= 2 * 76 and len(question.prompt) <= 2 * 76 for question in QUESTIONS)


def test_an_answer_is_a_comment_that_a_file_keeps() -> None:
    incident = Incident(title="x")
    for number, question in enumerate(QUESTIONS):
        incident = add_comment(
            incident, comment_id=f"c{number}", on=question.look_at, text="Yes.", question=question.id
        )  # fmt: skip
    again = loads(dumps(incident))
    for number, question in enumerate(QUESTIONS):
        assert [comment.id for comment in answers(again, question.id)] == [f"c{number}"]
    assert answers(again, "none") == ()

"""A review as TOML: how it looks, and what is said of a fault in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.incident import Comment, Review
from schemas.review_patch import CommentChange, Patch, ReviewOf
from schemas.review_toml import dumps, loads, parse_bytes
from schemas.toml_errors import TomlError
from tests.schemas.strategies import texts

AT = datetime(2024, 5, 6, 10, 12, tzinfo=UTC)

TEXT = '''\
format = 1
removed = ["z2k4"]

[review_of]
file = "outage.toml"
title = "Push failed"
content = "sha256:abc"

[[comments]]
id = "q4m7xd"
on = "events/k7q2"
at = 2024-05-06T10:12:00Z
text = """
Two
lines"""

[[changes]]
id = "t8w2kc"
resolved = false
text = ""
edited = 2024-05-06T10:12:00Z

[[reviews]]
id = "n3h9vr"
verdict = "changes"
'''

PATCH = Patch(
    review_of=ReviewOf(file="outage.toml", title="Push failed", content="sha256:abc"),
    removed=("z2k4",),
    comments=(Comment(id="q4m7xd", on="events/k7q2", at=AT, text="Two\nlines"),),
    changes=(CommentChange(id="t8w2kc", resolved=False, text="", edited=AT),),
    reviews=(Review(id="n3h9vr", verdict="changes"),),
)


def test_it_is_written_and_read() -> None:
    assert dumps(PATCH) == TEXT
    assert loads(TEXT) == PATCH
    assert parse_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(), "x") == PATCH


def test_an_empty_one() -> None:
    assert dumps(Patch()) == "format = 1\n\n[review_of]\n"
    assert loads(dumps(Patch())) == Patch()


def test_a_comment_without_an_id_is_given_one() -> None:
    (comment,) = loads("[review_of]\n[[comments]]\ntext = 'x'\n").comments
    assert len(comment.id) == 4


def test_what_a_terminal_would_act_on_is_made_visible() -> None:
    (comment,) = loads('[review_of]\ntitle = "a\\u001bb"\n[[comments]]\nid = "a"\ntext = "\\u001b[31m"\n').comments
    assert comment.text == "␛[31m"
    assert loads('[review_of]\ntitle = "a\\u001bb"\n').review_of.title == "a␛b"


@pytest.mark.parametrize(
    ("text", "line", "words", "hint"),
    [
        ("title = 'x'\n", 1, "this is an incident", ".review.toml"),
        ("[[events]]\nid = 'a'\n", 1, "this is an incident", ".review.toml"),
        ("profile = 'x'\n", 1, "not the review of an incident", "[review_of]"),
        ("", 1, "not the review of an incident", "[review_of]"),
        ("[review_of]\ntitle = Push\n", 2, "", ""),
        ("format = 2\n[review_of]\n", 1, "newer program (format 2)", "newer version"),
        ("format = 'x'\n[review_of]\n", 1, "`format` must be a whole number", "format = 1"),
        ("format = 0\n[review_of]\n", 1, "`format` must be a whole number", "format = 1"),
        ("review_of = 'x'\n", 1, 'the table [review_of] is "x"', "[review_of]"),
        ("[review_of]\nfile = 1\n", 2, "key `file` is 1", "in quotes"),
        ("removed = 'a'\n[review_of]\n", 1, "`removed` must be a list of ids", "removed ="),
        ("removed = [1]\n[review_of]\n", 1, "`removed` must be a list of ids", "removed ="),
        ("changes = 1\n[review_of]\n", 1, "`changes` must be a list of tables", "[[changes]]"),
        ("[review_of]\n[[changes]]\n[[changes]]\nid = 'b'\n", 2, "change 1: key `id` is missing", "id ="),
        ("[review_of]\n[[changes]]\nid = 'a'\nresolved = 'yes'\n", 4, 'key `resolved` is "yes"', "resolved = true"),
        ("[review_of]\n[[changes]]\nid = 'a'\nedited = 'now'\n", 4, 'key `edited` is "now"', "without quotes"),
        ("[review_of]\n\n[[comments]]\nid = 'a'\nat = '2024-05-02'\n", 5, "comment 1 (a), key `at`", "at = 2024-05-02"),
        ("[review_of]\n[[reviews]]\nid = 'a'\nverdict = 1\n", 4, "review 1 (a), key `verdict`", "in quotes"),
        ("<<<<<<< HEAD\n[review_of]\n=======\n>>>>>>> x\n", 1, "git conflict", "Keep"),
    ],
)
def test_a_fault_has_its_place_and_a_way_out(text: str, line: int, words: str, hint: str) -> None:
    with pytest.raises(TomlError) as raised:
        loads(text, "x.review.toml")
    error = raised.value
    assert (error.file, error.line) == ("x.review.toml", line)
    assert words in error.detail
    assert error.hint
    assert hint in error.hint


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(TomlError, match="UTF-8"):
        parse_bytes(b"[review_of]\ntitle = '\xff'\n", "x")


@given(texts(), texts(), st.booleans())
def test_any_text_comes_through(one: str, other: str, resolved: bool) -> None:
    patch = Patch(
        review_of=ReviewOf(title=one),
        comments=(Comment(id="a", text=one, quote=other),),
        changes=(CommentChange(id="b", text=other, resolved=resolved),),
    )
    assert loads(dumps(patch)) == patch


@given(st.text("[]\nreviw_of='x\"1ach nges#{}", max_size=60))
def test_anything_is_read_or_said_to_be_wrong(text: str) -> None:
    try:
        loads(f"[review_of]\n{text}")
    except TomlError as error:
        said = (error.detail, error.hint)
    else:
        return
    assert all(said)

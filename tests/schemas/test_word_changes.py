"""The words that were taken out and put in, as a reader would mark them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.word_changes import Piece, word_changes
from tests.schemas.strategies import texts

MARKS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}

few_letters = st.text("ab ,.\n", max_size=20)
some_words = st.lists(st.sampled_from(["the", "cache", "was", "full", " ", ", ", "\n", "10:30", "é"]), max_size=12).map(
    "".join
)
pairs = st.one_of(st.tuples(texts(), texts()), st.tuples(few_letters, few_letters), st.tuples(some_words, some_words))


def marked(before: str, after: str) -> str:
    return "".join(MARKS[piece.kind].format(piece.text) for piece in word_changes(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("rolled back by ana", "rolled back by ben", "rolled back by [-ana-]{+ben+}"),
        ("at 10:30 on db-2.test", "at 10:45 on db-3.test", "at [-10:30-]{+10:45+} on [-db-2.test-]{+db-3.test+}"),
        ("logins work", "logins work again", "logins work{+ again+}"),
        ("they all work again", "they work again", "they [-all -]work again"),
        ("it failed.", "it failed!", "it failed[-.-]{+!+}"),
        ("", "All of it.", "{+All of it.+}"),
        ("All of it.", "", "[-All of it.-]"),
        ("一二三四", "一二五四", "一二[-三-]{+五+}四"),
        ("हिन्दी में", "हिन्दी से", "हिन्दी [-में-]{+से+}"),
        ("e\u0301te\u0301 chaud", "e\u0301te\u0301 froid", "e\u0301te\u0301 [-chaud-]{+froid+}"),
        ("“done”", "“undone”", "“[-done-]{+undone+}”"),
        ("same", "same", "same"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_whole_words_are_marked(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_a_space_between_changed_words_is_part_of_the_change() -> None:
    assert marked("set for half then", "set for a third then") == "set for [-half-]{+a third+} then"
    assert marked("foo bar baz", "entirely new text") == "[-foo bar baz-]{+entirely new text+}"


def test_a_short_word_between_long_changes_is_no_common_ground() -> None:
    before = "one two three four of five six seven eight"
    after = "eins zwei drei vier of sieben acht neun zehn"
    assert marked(before, after) == f"[-{before}-]{{+{after}+}}"
    # Between short changes it helps the reader.
    assert marked("ana of api", "ben of web") == "[-ana-]{+ben+} of [-api-]{+web+}"


def test_lines_that_did_not_change_stay_whole() -> None:
    before = "First.\n\nThe cache was full.\n\nLast.\n"
    assert marked(before, before.replace("full", "empty")) == "First.\n\nThe cache was [-full-]{+empty+}.\n\nLast.\n"


def test_lines_that_came_begin_at_the_beginning_of_a_line() -> None:
    assert marked("One.\nTwo.\n", "One.\nTwo.\nThree.\n") == "One.\nTwo.\n{+Three.\n+}"
    assert marked("It is 2.\n", "It was 2.\n\nThen 3.\n") == "It [-is-]{+was+} 2.\n{+\nThen 3.\n+}"


def test_lines_that_were_broken_elsewhere_keep_their_words() -> None:
    assert marked("one two\nthree", "one\ntwo three") == "one[- -]{+\n+}two[-\n-]{+ +}three"


@given(pairs)
def test_the_pieces_make_up_both_texts(pair: tuple[str, str]) -> None:
    before, after = pair
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


@given(pairs)
def test_the_pieces_are_in_order_and_none_is_empty(pair: tuple[str, str]) -> None:
    pieces = word_changes(*pair)
    assert all(piece.text for piece in pieces)
    allowed = {("same", "gone"), ("same", "new"), ("gone", "new"), ("gone", "same"), ("new", "same")}
    assert {(one.kind, other.kind) for one, other in pairwise(pieces)} <= allowed


@given(texts())
def test_a_text_has_no_changes_against_itself(text: str) -> None:
    assert word_changes(text, text) == ((Piece("same", text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 20_000, "b a " * 20_000),
        ("a\n" * 30_000, "b\na\n" * 20_000),
        ("x" * 300_000, "x-" * 150_000),
        ("!" * 100_000, "?" * 100_000),
        (" ".join(map(str, range(20_000))), " ".join(map(str, range(20_000, 0, -1)))),
    ],
    ids=["words", "lines", "one word", "signs", "backwards"],
)
def test_texts_that_are_made_to_take_long_are_told_as_a_whole(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after

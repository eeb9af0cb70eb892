"""Where keys, tables and comments stand in a TOML text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.toml_file import dumps
from schemas.toml_grammar import key_parts
from schemas.toml_layout import Path, may_hold_comments, scan
from tests.schemas.strategies import incidents

TEXT = '''\
# head

format = 1 # why
# above title
title = """
# in the text
\\""" # in the text
"""   # beside title
tags = [ # opening
  "a", # beside a

  # above b
  "b#",
  # before the bracket
] # beside tags
x.y = 2024-05-02 09:00:00 # beside a date
table = { one = "x", 'a b'.c = [1,
# in a table
2] }
# foot of the top

# above the event
[[events]] # beside the heading
id = "a"
# foot of the event

# above a table inside
[events."cu st"]
k = 1
[[events]]
at=2024-05-02

[[events.inner]]
n = 1
[[events.inner]]
n = 2
# foot

# end

# of the file
'''


def found() -> set[tuple[Path, str, tuple[str, ...], int]]:
    return {(comment.path, comment.place, comment.lines, comment.line) for comment in scan(TEXT).comments}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("format",), 3),
        (("title",), 5),
        (("tags",), 9),
        (("tags", 0), 10),
        (("tags", 1), 13),
        (("x",), 16),
        (("x", "y"), 16),
        (("table", "one"), 17),
        (("table", "a b", "c"), 17),
        (("table", "a b", "c", 1), 19),
        (("events",), 23),
        (("events", 0), 23),
        (("events", 0, "id"), 24),
        (("events", 0, "cu st", "k"), 29),
        (("events", 1), 30),
        (("events", 1, "at"), 31),
        (("events", 1, "inner", 0, "n"), 34),
        (("events", 1, "inner", 1), 35),
    ],
)
def test_everything_has_its_line(path: Path, line: int) -> None:
    tomllib.loads(TEXT)
    assert scan(TEXT).lines[path] == line


@pytest.mark.parametrize(
    "comment",
    [
        ((), "head", ("# head", ""), 1),
        (("format",), "beside", (" # why",), 3),
        (("title",), "above", ("# above title",), 4),
        (("title",), "beside", ("   # beside title",), 8),
        (("tags", 0), "above", (" # opening",), 9),
        (("tags", 0), "beside", (" # beside a",), 10),
        (("tags", 1), "above", ("", "  # above b"), 12),
        (("tags",), "inside", ("  # before the bracket",), 14),
        (("tags",), "beside", (" # beside tags",), 15),
        (("x", "y"), "beside", (" # beside a date",), 16),
        (("table",), "above", ("# in a table",), 18),
        ((), "below", ("# foot of the top",), 20),
        (("events", 0), "above", ("# above the event",), 22),
        (("events", 0), "beside", (" # beside the heading",), 23),
        (("events", 0), "below", ("# foot of the event",), 25),
        (("events", 0, "cu st"), "above", ("# above a table inside",), 27),
        (("events", 1, "inner", 1), "below", ("# foot",), 37),
        ((), "end", ("# end", "", "# of the file"), 39),
    ],
)
def test_every_comment_is_found_with_what_it_stands_by(comment: tuple[Path, str, tuple[str, ...], int]) -> None:
    assert comment in found()


def test_there_are_no_other_comments() -> None:
    assert len(found()) == 18
    assert scan(TEXT).stopped is None
    assert scan(TEXT).repeated == []


def test_a_comment_right_on_a_first_heading_is_not_the_head_of_the_file() -> None:
    places = [(comment.path, comment.place) for comment in scan("# head\n\n# event\n[[events]]\n").comments]
    assert places == [((), "head"), (("events", 0), "above")]


def test_a_place_that_is_not_there_has_the_line_of_what_is_around_it() -> None:
    layout = scan(TEXT)
    assert layout.line(("events", 1, "text")) == 30
    assert layout.line(("events", 1, "milestones", 2)) == 30
    assert layout.line(("severity",)) == 1


def test_what_stands_twice_is_told() -> None:
    assert scan("a = 1\nb = 2\na = 3\n").repeated == [(("a",), 3, 1)]
    assert scan("[s]\n[t]\n[s]\n").repeated == [(("s",), 3, 1)]
    assert scan("[s.t]\n[s]\n[[e]]\nk = 1\n[[e]]\nk = 1\n").repeated == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a = 1\nb = """\nnever\n', 2),
        ("a = 1\nplain words\nb = 2\n", 2),
        ("a = 1\nb = [1,\n2\n", 2),
        ("a =\n", 1),
        ("a = [1]]\n", 1),
        ("a = { b\n", 1),
    ],
)
def test_it_stops_where_it_makes_no_sense(text: str, line: int) -> None:
    stopped = scan(text).stopped
    assert stopped is not None
    assert line <= stopped <= text.count("\n") + 1


@given(st.text("ab\"'\\\n\t #=[]{},.1"))
def test_any_text_can_be_scanned(text: str) -> None:
    lines = scan(text).lines
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@given(st.text("a\"'\\\n\t #=[]{},.1", max_size=12), st.sampled_from(("a = [", "a = 1", "[a]", "", 'a = "')))
def test_the_quick_look_never_misses_a_comment(text: str, start: str) -> None:
    try:
        tomllib.loads(start + text)
    except tomllib.TOMLDecodeError:
        return
    if scan(start + text).comments:
        assert may_hold_comments(start + text)


@given(st.lists(st.text(min_size=0, max_size=5), min_size=1, max_size=3))
def test_dotted_keys_come_apart_as_tomllib_takes_them(names: list[str]) -> None:
    quoted = [json.dumps(name).replace("\x7f", "\\u007f") for name in names]
    try:
        data: Any = tomllib.loads(f"{' . '.join(quoted)} = 1")
    except tomllib.TOMLDecodeError:
        return  # a lone half of a surrogate pair
    for name in key_parts(" . ".join(quoted)):
        data = data[name]
    assert data == 1


@given(incidents())
def test_every_value_is_found_on_a_line_that_begins_with_its_key(incident: Any) -> None:
    text = dumps(incident)
    layout = scan(text)
    lines = text.split("\n")
    assert layout.stopped is None
    assert layout.repeated == []
    for path in _paths(tomllib.loads(text), ()):
        line = lines[layout.lines[path] - 1]
        written = key_parts(line.strip("[]") if line.startswith("[") else line)
        assert path[-1] in written or isinstance(path[-1], int)


def _paths(data: dict[str, Any], at: Path) -> Iterator[Path]:
    """The places of all keys that have a line of their own."""
    for key, value in data.items():
        path = (*at, key)
        yield path
        if isinstance(value, dict):
            yield from _paths(value, path)
        elif isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value):
            for index, entry in enumerate(value):
                yield from _paths(entry, (*path, index))

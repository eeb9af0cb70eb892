"""What is said of a file that cannot be read: where, what is wrong, what to do."""

from __future__ import annotations

import pytest

from schemas.toml_file import TomlError, parse, parse_bytes


def fault(text: str | bytes) -> TomlError:
    with pytest.raises(TomlError) as raised:
        parse(text, "a.toml") if isinstance(text, str) else parse_bytes(text, "a.toml")
    return raised.value


@pytest.mark.parametrize(
    ("text", "position", "detail", "hint"),
    [
        ('title = "a\n', "1:11", "not closed before the line ends", "closing quote"),
        ("title = Push failed\n", "1:9", "`Push failed` is not in quotes", 'title = "Push failed"'),
        ("a = 1\nat = 2024-05-02T09:00\n", "2:16", "needs its seconds", "at = 2024-05-02T09:00:00."),
        ("at = 2024-05-02 09:00+03:00 # x", "1:17", "needs its seconds", "at = 2024-05-02T09:00:00+03:00."),
        ("at = 9:05", "1:7", "two digits each", "at = 09:05:00."),
        ("at = 2/5/2024", "1:7", "`2/5/2024` is not a date", "year-month-day"),
        ("at = May 2, 2024", "1:6", "is not a date", "year-month-day"),
        ("at = 2024-02-30", "1:6", "no such date", "year-month-day"),
        ("title: x", "1:6", "no `=` after `title`", "instead of `:`"),
        ("just prose here", "1:6", "no `=` in this line", '"""'),
        ("= 3", "1:1", "cannot begin with `=`", "quotes"),
        ("title = “x”", "1:9", "not plain quotes", 'title = "x"'),
        ("owner = None", "1:9", "no `None`", "Delete the line"),
        ("about = True", "1:9", "`True` is not known", "about = true"),
        ("about = no", "1:9", "`no` is not known", "about = false"),
        ("owner = # later", "1:9", "`owner` has no value", '""'),
        ("a = 1,", "1:6", "comma", "Delete the comma"),
        ("a = 1 b = 2", "1:7", "two keys", "line of its own"),
        ('[sections] summary = "x"', "1:12", "behind the heading", "line of its own"),
        ("a = 1\na = 2", "2:1", "the key `a` stands here a second time", "line 1"),
        ('[[events]]\nid = "a"\nid = "b"', "3:1", "the key `id`", "write [[events]] above it"),
        ("[sections]\n[sections]", "2:1", "the table `[sections]`", "[[sections]]"),
        ("events = 1\n[[events]]", "2:9", "written before, in another form", "Keep one"),
        ('title = "say "x" now"', "1:15", "behind the closing quote", '\\"'),
        ("title = 'it's'", "1:13", "behind the closing quote", "double quotes"),
        ('title = "C:\\path"', "1:14", "backslash", "single quotes"),
        ('title = "\\u12"', "1:12", "four hexadecimal digits", "\\u0041"),
        ('a = 1\n[sections]\nsummary = """\nabc\n\n[[events]]\n', "3:11", "never closed", '"""'),
        ("a = 1\nsummary = '''\nabc", "2:11", "never closed", "'''"),
        ("title = 'abc", "1:9", "never closed", "closing quote"),
        ('tags = ["a" "b"]', "1:13", "comma is missing", '["one", "two"]'),
        ("tags = [a, b]", "1:9", "not known", "in quotes"),
        ("x = { a = 1\n}", "1:12", "not closed on its line", "one line"),
        ("[events", "1:8", "heading is not closed", "one bracket"),
        ("[[events]\nid = 1", "1:9", "heading is not closed", "two brackets"),
        ("[]", "1:2", "name is missing", "quotes"),
        ('title = "a\x1bb"', "1:11", "U+001B", "\\u001b"),
        ("# a\x00", "1:4", "U+0000", "Delete it"),
        ('title = "x"\ry', "1:12", "U+000D", "Delete it"),
        ("title\u00a0= 3", "1:6", "invisible character U+00A0", "Delete it"),
        ("x = " + "[" * 3000, "1:1", "nested too deeply", "fewer levels"),
        ("a = 1\nx = " + "9" * 5000, "2:1", "too large", "quotes"),
    ],
)
def test_what_is_no_toml(text: str, position: str, detail: str, hint: str) -> None:
    error = fault(text)
    assert error.fault == "syntax"
    assert error.title == "This file is not valid TOML"
    assert str(error) == f"a.toml:{position}: {error.detail}"
    assert detail in error.detail
    assert hint in error.hint


def test_both_sides_of_a_conflict() -> None:
    error = fault('format = 1\n<<<<<<< HEAD\ntitle = "a"\n=======\ntitle = "b"\n>>>>>>> other\n')
    assert (error.fault, error.line, error.column) == ("conflict", 2, 1)
    assert "both versions are in the file" in error.detail
    assert "=======" in error.hint


def test_markers_in_prose_are_no_conflict_of_the_file() -> None:
    text = 'format = 1\n[sections]\nsummary = """\n<<<<<<< HEAD\n"""\n'
    assert parse(text).incident.sections.summary == "<<<<<<< HEAD\n"


@pytest.mark.parametrize(
    ("text", "line", "detail", "hint"),
    [
        ('[[events]]\nid="k7q2"\nat="2024-05-02T09:00"', 3, "event 1 (k7q2), key `at` must be a date or time, but is",
         "Write it without quotes: at = 2024-05-02T09:00:00."),
        ('[[events]]\nat="09:00"', 2, "event 1, key `at`", "without quotes: at = 09:00:00."),
        ('[[events]]\nat="about nine"', 2, "event 1, key `at`", "as_written"),
        ("\nevents = 3", 2, "key `events` must be a list of tables, but is 3", "[[events]]"),
        ('[events]\nid="a"', 1, "must be a list of tables, but is a table", "[[events]]"),
        ("events = [1]", 1, "event 1 is 1, not a table", "[[events]]"),
        ("[[sections]]", 1, "key `sections` must be a table, but is a list", "[sections]"),
        ("title = 5", 1, "key `title` must be text in quotes, but is 5", 'title = "5"'),
        ('title = ["a"]', 1, "but is a list", "one text in quotes"),
        ('tags = "a"', 1, 'a list of texts, but is "a"', 'tags = ["a"]'),
        ('tags = ["a",\n1]', 2, "one of them is 1", 'tags = ["…"]'),
        ('[[impacts]]\namount = "12"', 2, "impact 1, key `amount` must be a number", "amount = 12."),
        ("[[impacts]]\namount = inf", 2, "but is inf", "a number"),
        ('[[events]]\nabout = "yes"', 2, "must be true or false", "about = true or about = false"),
        ("[[actions]]\ndue = 2024-05-02T09:00:00", 2, "but is 2024-05-02T09:00:00", "due = 2024-05-02."),
        ('[[actions]]\ndue = "2024-05-02"', 2, "must be a date", "without quotes: due = 2024-05-02."),
        ('[[actions]]\ndue = "soon"', 2, "must be a date", "year-month-day"),
        ('a = 1\n[[stated]]\nvalue = "x"', 2, "stated entry 1, key `what` is missing", 'what = "…"'),
        ('[[stated]]\nwhat="x"\nline="3"', 3, "must be a whole number", "line = 3."),
        ("[sections]\nsummary = 3", 2, "[sections], key `summary` must be text", 'summary = "3"'),
        ("[[events]]\nid = 5", 2, "event 1, key `id` must be text", 'id = "5"'),
        ("[[impacts]]\namount = 0x" + "f" * 5000, 2, "`amount` is too large", "quotes"),
        ("x = 1\n" + ".".join("a" * 150) + " = 1", 2, "nested too deeply", "fewer levels"),
    ],
)  # fmt: skip
def test_what_is_no_incident(text: str, line: int, detail: str, hint: str) -> None:
    error = fault(text)
    assert error.fault == "shape"
    assert str(error) == f"a.toml:{line}:1: {error.detail}"
    assert detail in error.detail
    assert hint in error.hint


def test_the_first_of_several_is_told_and_the_rest_counted() -> None:
    error = fault('title = 1\n[[events]]\nat = "x"\nabout = 1\n')
    assert error.line == 1
    assert error.detail.endswith("(and 2 more)")


@pytest.mark.parametrize("value", ["0", "-3", "true", "1.0", '"1"'])
def test_a_format_that_cannot_be(value: str) -> None:
    error = fault(f"title = 'x'\nformat = {value}\n")
    assert (error.fault, error.line) == ("format", 2)
    assert error.hint == "Write format = 1."


@pytest.mark.parametrize(
    ("data", "position", "detail"),
    [
        (b"title = '\xe9'", "1:10", "0xE9 (`é` in Windows-1252)"),
        (b"a = 1\nt = '\xc3\xa9\xff'", "2:7", "0xFF"),
        ("title = 'x'".encode("utf-16"), "1:1", "UTF-16"),
        (b"\x81", "1:1", "0x81 is not UTF-8"),
    ],
)
def test_what_is_no_utf8(data: bytes, position: str, detail: str) -> None:
    error = fault(data)
    assert error.fault == "encoding"
    assert str(error).startswith(f"a.toml:{position}: ")
    assert detail in error.detail
    assert "UTF-8" in error.hint


def test_what_the_file_holds_cannot_drive_the_terminal() -> None:
    error = fault("owner = \u009b31m\u202eada")
    assert "\u009b" not in f"{error}{error.hint}"
    assert "\u202e" not in f"{error}{error.hint}"

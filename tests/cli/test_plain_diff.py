"""The unified diff that is the last resort says what `diff -u` says, and leads from one text to the other."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.plain_diff import plain_diff
from tui.cli.styled_lines import written

some_lines = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "d d\n"]), max_size=30).map("".join)
some_texts = st.tuples(some_lines, st.sampled_from(["", "end", "a"])).map("".join)


def told(before: str, after: str) -> str:
    lines = plain_diff(before.encode(), after.encode(), "a/x", "b/x")
    return "".join(f"{written(line, False)}\n" for line in lines)


def test_changes_that_are_near_share_a_hunk_and_those_far_apart_do_not() -> None:
    before = "".join(f"{number}\n" for number in range(1, 31))
    after = before.replace("2\n", "two\n", 1).replace("\n6\n", "\nsix\n").replace("\n25\n", "\n")
    assert [line for line in told(before, after).splitlines() if line.startswith("@@")] == [
        "@@ -1,9 +1,9 @@", "@@ -22,7 +22,6 @@",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "hunk"),
    [
        ("", "one\n", "@@ -0,0 +1 @@\n+one\n"),
        ("one\n", "", "@@ -1 +0,0 @@\n-one\n"),
        ("one\n", "one", "@@ -1 +1 @@\n-one\n+one\n\\ No newline at end of file\n"),
        ("a\r\n", "a\n", "@@ -1 +1 @@\n-a␍\n+a\n"),
        ("a \n", "a\n", "@@ -1 +1 @@\n-a \n+a\n"),
    ],
)
def test_the_ends_of_files_and_lines(before: str, after: str, hunk: str) -> None:
    assert told(before, after) == f"--- a/x\n+++ b/x\n{hunk}"


def test_nothing() -> None:
    assert told("same\n", "same\n") == ""


def test_control_characters_are_shown_and_do_nothing() -> None:
    assert "+a␛[31mb�c" in told("", "a\x1b[31mb\x9bc\u2028d\x0be\n")
    assert len(told("", "a\x1b[31mb\x9bc\u2028d\x0be\n").splitlines()) == 4


def test_bytes_that_are_no_text() -> None:
    assert plain_diff(b"\0a", b"b", "a/x", "b/x") == [[("", "Binary files a/x and b/x differ")]]
    assert written(plain_diff(b"\xff\n", b"b\n", "a/x", "b/x")[3], False) == "-\ufffd"


@given(some_texts, some_texts)
def test_it_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    assert applied(before, told(before, after)) == after


def applied(before: str, diff: str) -> str:
    """The text with the hunks applied, as a reader would apply them: each stands where its numbers say."""
    old, made, at, last = before.splitlines(keepends=True), "", 0, ""
    for line in diff.splitlines(keepends=True)[2:]:
        if line.startswith("@@"):
            start, count = ([*map(int, line.split()[1][1:].split(",")), 1])[:2]
            begin = start if count == 0 else start - 1
            made += "".join(old[at:begin])
            at = begin
        elif line.startswith("\\"):
            made = made if last == "-" else made.removesuffix("\n")
        else:
            if line[0] in " -":
                assert old[at].rstrip("\n") == line[1:].rstrip("\n")
                at += 1
            if line[0] in " +":
                made += line[1:]
        last = line[0]
    return made + "".join(old[at:])


def test_long_files_of_the_same_line() -> None:
    before, after = "same\n" * 100_000, "same\n" * 60_000 + "other\nsame\n" * 20_000
    assert applied(before, told(before, after)) == after


@pytest.mark.skipif(shutil.which("diff") is None, reason="diff is not installed")
def test_the_same_as_diff(tmp_path: Path) -> None:
    before = "".join(f"{number}\n" for number in range(40))
    after = before.replace("\n7\n", "\n").replace("\n20\n", "\n20\n20b\n20c\n").replace("39\n", "the end")
    (tmp_path / "a").write_text(before)
    (tmp_path / "b").write_text(after)
    command = ["diff", "-u", "--label", "a/x", "--label", "b/x", "a", "b"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told(before, after) == done.stdout

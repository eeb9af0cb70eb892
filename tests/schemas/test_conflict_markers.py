"""Files with git's conflict markers: taken apart into versions that can be read, wherever the markers stand."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from schemas.conflict_markers import ConflictedError, Sides, read_conflicted, split
from schemas.toml_errors import TomlError
from schemas.toml_file import dumps, loads
from tests.samples import PRIMARY, sample

TWO_WAY = """\
title = "Shop down"
<<<<<<< HEAD
severity = "SEV1"
=======
severity = "SEV2"
>>>>>>> fix/severity
status = "draft"
"""

DIFF3 = """\
title = "Shop down"

[sections]
summary = \"\"\"
The shop was down.
<<<<<<< HEAD
Nobody could pay.
||||||| 1a2b3c4
Nobody could buy.
=======
Nobody could order.
>>>>>>> theirs
\"\"\"
"""


def taken(text: str) -> Sides:
    sides = split(text)
    assert sides is not None
    return sides


def test_two_way() -> None:
    sides = taken(TWO_WAY)
    assert sides.ours == 'title = "Shop down"\nseverity = "SEV1"\nstatus = "draft"\n'
    assert sides.theirs == 'title = "Shop down"\nseverity = "SEV2"\nstatus = "draft"\n'
    assert (sides.base, sides.labels, sides.count) == (None, ("HEAD", "", "fix/severity"), 1)


def test_diff3_in_the_middle_of_a_text() -> None:
    base, ours, theirs = read_conflicted(DIFF3, "x.toml")
    assert base is not None
    assert [each.incident.sections.summary for each in (base, ours, theirs)] == [
        f"The shop was down.\nNobody could {word}.\n" for word in ("buy", "pay", "order")
    ]


def test_crlf() -> None:
    base, ours, theirs = read_conflicted(DIFF3.replace("\n", "\r\n"), "x.toml")
    assert base is not None
    assert (ours.incident, theirs.incident) == tuple(each.incident for each in read_conflicted(DIFF3, "x")[1:])


def test_several_in_one_file_also_right_after_one_another() -> None:
    text = TWO_WAY + TWO_WAY.partition("\n")[2].replace("severity", "owner").replace('status = "draft"\n', "")
    sides = taken(text)
    assert sides.count == 2
    assert (loads(sides.ours).severity, loads(sides.ours).owner) == ("SEV1", "SEV1")
    assert (loads(sides.theirs).severity, loads(sides.theirs).owner) == ("SEV2", "SEV2")


def test_across_tables_and_in_a_list() -> None:
    text = """\
tags = [
<<<<<<< ours
    "a",
=======
    "b",
>>>>>>> theirs
]
<<<<<<< ours
[[events]]
id = "aaaa"
text = "one"
=======
[[events]]
id = "bbbb"
text = \"\"\"
two
>>>>>>> theirs
lines\"\"\"
"""
    with pytest.raises(ConflictedError):
        read_conflicted(text, "x.toml")
    whole = text.replace('>>>>>>> theirs\nlines"""\n', 'lines"""\n>>>>>>> theirs\n')
    _, ours, theirs = read_conflicted(whole, "x.toml")
    assert (ours.incident.tags, theirs.incident.tags) == (("a",), ("b",))
    assert [event.id for event in ours.incident.events] == ["aaaa"]
    assert [event.text for event in theirs.incident.events] == ["two\nlines"]


@pytest.mark.parametrize("size", [7, 8, 12])
def test_other_sizes_of_markers(size: int) -> None:
    text = TWO_WAY
    for sign in "<=>":
        text = text.replace(sign * 7, sign * size)
    assert loads(taken(text).theirs).severity == "SEV2"


def test_an_older_conflict_in_the_base_leaves_two_sides() -> None:
    text = DIFF3.replace(
        "Nobody could buy.\n",
        "<<<<<<<<< Temporary merge branch 1\nNobody could a.\n=========\n"
        "Nobody could b.\n>>>>>>>>> Temporary merge branch 2\n",
    )
    sides = taken(text)
    assert loads(sides.ours).sections.summary.endswith("pay.\n")
    assert loads(sides.theirs).sections.summary.endswith("order.\n")


def test_a_base_that_is_no_toml_is_left_out() -> None:
    text = TWO_WAY.replace("=======", "||||||| base\nseverity = \n=======")
    base, ours, theirs = read_conflicted(text, "x.toml")
    assert base is None
    assert (ours.incident.severity, theirs.incident.severity) == ("SEV1", "SEV2")


def test_a_line_of_equal_signs_in_a_text_is_not_the_middle() -> None:
    text = """\
[sections]
<<<<<<< HEAD
summary = \"\"\"
Heading
=======
ours
\"\"\"
=======
summary = "theirs"
>>>>>>> other
"""
    sides = taken(text)
    assert loads(sides.ours).sections.summary == "Heading\n=======\nours\n"
    assert loads(sides.theirs).sections.summary == "theirs"


TALK = """\
[sections]
lessons = \"\"\"
Git left this in our file:

```
<<<<<<< HEAD
a = 1
=======
a = 2
>>>>>>> other
```
\"\"\"
"""


@pytest.mark.parametrize(
    "text",
    [
        "title = 'x'\n",
        TALK,
        TALK.replace("```", "~~~~"),
        '[sections]\nsummary = """\nA line <<<<<<< HEAD and\n=======\n>>>>>>> other\n"""\n',
        '[sections]\nsummary = """\n<<<<<<< HEAD\nis how it begins, then comes\n=======\n"""\n',
        '[sections]\nsummary = """\n<<<<<<<\na\n=======\nb\n>>>>>>>\n"""\n',
        '[sections]\nsummary = """\n    <<<<<<< HEAD\n    a\n    =======\n    b\n    >>>>>>> other\n"""\n',
        "title = 'not closed\n",
    ],
)
def test_what_only_talks_about_markers_is_no_conflict(text: str) -> None:
    assert split(text) is None
    with pytest.raises(ValueError, match="no conflict markers"):
        read_conflicted(text, "x.toml")


def test_talk_stays_whole_beside_a_real_conflict() -> None:
    sides = taken(TWO_WAY.replace("HEAD", "main") + TALK)
    assert sides.count == 1
    assert loads(sides.ours).sections.lessons == loads(TALK).sections.lessons
    # In a block of code a conflict of the same merge is one too.
    assert taken(TWO_WAY.replace("fix/severity", "other") + TALK).count == 2


def test_a_side_that_is_not_toml_is_told_with_its_line_and_what_can_be_read() -> None:
    text = TWO_WAY.replace('severity = "SEV2"', "severity = SEV2")
    with pytest.raises(ConflictedError) as caught:
        read_conflicted(text, "x.toml")
    error = caught.value
    assert str(error).startswith("x.toml:5:12: the version `theirs` (fix/severity) is not right by itself: ")
    assert (error.fault, list(error.readable)) == ("conflict", ["ours"])
    assert error.readable["ours"].incident.severity == "SEV1"
    assert error.hint == 'Write severity = "SEV2". The other version can be read and can be taken as it is.'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TWO_WAY.replace("<<<<<<< HEAD\n", ""), 3),
        (TWO_WAY.replace(">>>>>>> fix/severity\n", ""), 2),
        (TWO_WAY.replace("=======\n", ""), 2),
    ],
)
def test_a_marker_that_stands_alone_is_told(text: str, line: int) -> None:
    with pytest.raises(TomlError) as caught:
        split(text, "x.toml")
    assert (caught.value.fault, caught.value.line) == ("conflict", line)


@pytest.mark.parametrize("style", ["--diff3", "--zdiff3", ""])
@pytest.mark.parametrize("seed", range(10))
def test_what_git_itself_leaves_is_read(tmp_path: Path, style: str, seed: int) -> None:
    base = sample(PRIMARY)
    summary = base.sections.summary
    versions = {
        "base": base,
        "ours": base.changed(title="Ours", sections=base.sections.changed(summary=summary + "\nOurs.\n" * seed)),
        "theirs": base.changed(title="Theirs", sections=base.sections.changed(summary="Theirs.\n" + summary)),
    }
    for name, incident in versions.items():
        (tmp_path / name).write_text(dumps(incident), encoding="utf-8")
    done = subprocess.run(
        ["git", "merge-file", "-p", *filter(None, [style]), "ours", "base", "theirs"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode > 0
    known, ours, theirs = read_conflicted(done.stdout.decode(), "x.toml")
    assert (ours.incident.title, theirs.incident.title) == ("Ours", "Theirs")
    assert (known is None) == (not style)
    if known is not None:
        assert known.incident.title == base.title

"""Someone's Markdown inside a document: it says what it said, and nothing of it reaches beyond its section."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given

from schemas.text import clean_prose
from schemas.writers.prose import embedded
from tests.schemas.writers import reading
from tests.schemas.writers.reading import hostile_prose

ROOT = Path(__file__).parents[3]


def framed(prose: str) -> str:
    return f"# T\n\n## A\n\n{embedded(prose)}\n\n## B\n\n| h |\n| --- |\n| cell |\n"


@given(hostile_prose())
@example("```\nopen")
@example("- item\n  ```\n  open in a list")
@example("> ```\n> open in a quotation")
@example("````\n```\n")
@example("~~~\n```")
@example("<!-- hidden")
@example("- <!-- hidden in a list")
@example("<pre>\n\nstill")
@example("<?php\n\nstill")
@example("---\ntitle: x\n---")
@example("# One\n\nTwo\n===\n\nThree\n---")
@example("> # One\n\n- # Two\n- > Three\n  > ---")
@example("a\n    ---\n    b\n===")
def test_what_stands_behind_a_section_is_not_touched(prose: str) -> None:
    document = reading.read(framed(prose))
    assert document.level(1) == ["T"]
    assert document.level(2) == ["A", "B"]
    assert document.headings[-1] == (2, "B")
    assert document.table("B").rows == [["cell"]]


@given(hostile_prose())
def test_no_heading_stands_above_its_section(prose: str) -> None:
    ranks = [int(token.tag[1]) for token in reading.parsed(embedded(prose)) if token.type == "heading_open"]
    assert all(rank >= 3 for rank in ranks)


def content(markdown: str) -> list[tuple[str, str]]:
    """What a text shows, block by block, whatever rank its headings have and however its lines are broken."""
    shown = []
    for token in reading.parsed(markdown):
        if token.type == "inline":
            shown.append((token.type, " ".join(reading.seen(token).split())))
        elif not token.hidden:
            shown.append((token.type, "\n".join(line.rstrip() for line in token.content.rstrip().split("\n"))))
    return shown


@given(hostile_prose())
@example("text  \nmore")
@example("text\\  \nmore")
@example("`a  \nb`")
@example("> a  \n> b")
@example("- a  \n  b")
@example("    indented\n\ttabbed")
@example("Two lines\nof heading #\n===")
@example("\u00a0\n# One")
@example("one  \ntwo\\\nthree\n---")
def test_it_says_what_it_said(prose: str) -> None:
    if "<" in prose or not prose.strip():
        return  # open tags are closed, which shows; a text of blanks is none
    assert content(embedded(prose)) == content(clean_prose(prose))


def breaks(markdown: str) -> list[str]:
    return [
        child.type for token in reading.parsed(markdown) for child in token.children or () if child.type == "hardbreak"
    ]


@pytest.mark.parametrize("prose", ["a  \nb", "> a  \n> b", "- a   \n  b\n- c", "a\\\nb", "a \nb  ", "- [ ] x  \n  y"])
def test_broken_lines_stay_broken_without_spaces_at_their_ends(prose: str) -> None:
    written = embedded(prose)
    assert breaks(written) == breaks(prose)
    assert all(line == line.rstrip(" \t") for line in written.split("\n"))


@given(hostile_prose())
def test_it_is_clean(prose: str) -> None:
    written = embedded(prose)
    assert clean_prose(written) == written
    assert all(line == line.rstrip(" \t") for line in written.split("\n"))
    assert written == written.strip("\n")


@given(hostile_prose())
def test_doing_it_twice_changes_nothing(prose: str) -> None:
    once = embedded(prose)
    assert embedded(once) == once


@pytest.mark.parametrize(
    "prose",
    [
        "Plain text, with `code`, **bold** and a [link](https://x.y).\n\nAnother paragraph.",
        "- a\n- b\n  - c\n\n1. one\n2. two",
        "```sh\n# no heading\nrm -rf /\n```",
        "### Already low\n\n#### Lower",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "> quoted",
        "<details>\n<summary>More</summary>\n\ntext\n\n</details>",
        "C# and #hashtag, 5 < 6",
    ],
)
def test_well_formed_text_passes_through_as_it_is(prose: str) -> None:
    assert embedded(prose) == prose


@pytest.mark.parametrize(
    ("prose", "written"),
    [
        ("# One\n\n## Two\n\n###### Six", "### One\n\n#### Two\n\n###### Six"),
        ("## One ##", "### One ##"),
        ("Title\n=====\n\nSub\n---\ntext", "### Title\n\n#### Sub\ntext"),
        ("Two\nlines\n---", "### Two lines"),
        ("> # Quoted", "> ### Quoted"),
        ("- # Listed", "- ### Listed"),
        ("> Quoted\n> ---\n> text", "> ### Quoted\n> text"),
        ("    # code, no heading", "    # code, no heading"),
        ("```\n# no heading\n```\n# One", "```\n# no heading\n```\n### One"),
    ],
)
def test_headings_move_below_the_section(prose: str, written: str) -> None:
    assert embedded(prose) == written


def test_headings_move_as_far_as_the_section_asks() -> None:
    assert embedded("# One\n## Two", level=3) == "#### One\n##### Two"


@pytest.mark.parametrize(
    ("prose", "end"),
    [
        ("```sh\nls", "\n```"),
        ("~~~~\nls\n~~~", "\n~~~~"),
        ("```", "\n```"),
        ("<!-- note", " -->"),
        ("<pre>\nx", " </pre>"),
        ("<details>\n<summary>More</summary>\n\ntext", "\n\n</details>"),
        ("a <b>bold <i>both</i> text", "\n\n</b>"),
        ('<a name="x"/>', "\n\n</a>"),
        ("<div><span>", "\n\n</span></div>"),
    ],
)
def test_what_was_opened_is_closed(prose: str, end: str) -> None:
    assert embedded(prose) == prose + end


@pytest.mark.parametrize(
    "prose", ["a<br>b", '<img src="x">', "`<b>`", "\\<b>", "<br/>", "<!-- <b> -->", "x </div> y", "<your name>"]
)
def test_nothing_is_closed_that_is_not_open(prose: str) -> None:
    assert embedded(prose) == prose


def test_plain_text_is_not_parsed() -> None:
    """The parser costs more than the rest of an export; most texts need none."""
    program = (
        "import sys; from schemas.writers.prose import embedded; embedded('Text, `code` - **bold**.\\n\\n- a\\n- b');"
        "print('markdown_it' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout == "False\n"

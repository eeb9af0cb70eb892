"""Marks that are not Markdown's: wikis, reStructuredText, banners, numbers with points; and several facts on a line."""

from __future__ import annotations

import pytest

from schemas.readers.blocks import Line
from schemas.readers.document import read_document
from schemas.readers.imported import Imported
from schemas.readers.markdown_blocks import blocks_of
from schemas.readers.wiki_marks import without_wiki_marks


def lines_of(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def changed(text: str) -> str:
    return "\n".join(line.text for line in without_wiki_marks(lines_of(text)))


def read(text: str) -> Imported:
    return read_document(text, name="report.md")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("h1. Title\nh2. Impact\n# one\n## deeper\n** nested", "# Title\n## Impact\n1. one\n   1. deeper\n  * nested"),
        ("h2. A\n||Time||Event||\n|10:05|down|", "## A\n| Time | Event |\n| --- | --- |\n|10:05|down|"),
        ("h2. A\n{code:java}\n* x = 1\n{code}", "## A\n```java\n* x = 1\n```"),
        ("h2. A\n*Owner:* {{ana}} [wiki|https://w.example/a]", "## A\n**Owner:** `ana` [wiki](https://w.example/a)"),
        ("h2. A\n{color:red}down{color} again", "## A\ndown again"),
        ("== A ==\n'''bold''' ''soft''\n=== B ===", "## A\n**bold** *soft*\n### B"),
        ("= A\n\n== B\n* x", "# A\n\n## B\n* x"),
        ("*** A ***\nx\n*** B ***", "## A\nx\n## B"),
    ],
)
def test_the_marks_of_wikis_become_markdown(written: str, meant: str) -> None:
    assert changed(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n## B\n\n# C\n| a | b |",
        "a == b and c == d\nx",
        "one\n=====\ntwo\n=====",
        "-- the team\n-- again",
        "*** once ***\nonly",
        "=======\n<<<<<<<\n>>>>>>>",
    ],
)
def test_what_is_no_wiki_stays_as_it_is(text: str) -> None:
    assert changed(text) == text


def test_lines_keep_their_numbers() -> None:
    found = without_wiki_marks(lines_of("== A ==\n{|\n! Time !! Event\n|-\n| 10:05 || down\n|}\n== B =="))
    assert [(line.number, line.text) for line in found if line.text] == [
        (1, "## A"), (3, "| Time | Event |"), (3, "| --- | --- |"), (5, "| 10:05 | down |"), (7, "## B"),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["=", "-", "~", "#", "*", "^", '"', "+"])
def test_every_sign_may_underline_a_heading(sign: str) -> None:
    text = f"The night\n=========\n\nImpact\n{sign * 6}\n\nNobody could pay.\n\nRoot cause\n{sign * 10}\n\nA full disk."
    incident = read(text).incident
    assert (incident.title, incident.sections.impact, incident.sections.root_cause) == (
        "The night", "Nobody could pay.", "A full disk.",
    )  # fmt: skip


def test_a_short_row_of_signs_underlines_nothing() -> None:
    incident = read("# Night\n\n## Impact\n\nNobody could pay at all that night\n***\nAnd so on.").incident
    assert "Nobody could pay at all that night" in incident.sections.impact
    assert "And so on." in incident.sections.impact


def items(text: str) -> list[str]:
    return [f"{item.number} {item.text}" for block in blocks_of(lines_of(text)) for item in block.children]


def test_numbers_with_points_count_items() -> None:
    assert items("4.1 Raise the limit\n4.2 Watch it\n4.3. Tell them") == [
        "4.1 Raise the limit", "4.2 Watch it", "4.3 Tell them",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["9.15 all down\n9.16 all up", "2.1 GB were lost\nand 3.4 were not", "1.1 alone"])
def test_figures_with_points_are_no_items(text: str) -> None:
    assert items(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "**Severity:** SEV2 | **Status:** Draft | **Owner:** Ana Bo",
        "**Severity:** SEV2 **Status:** Draft **Owner:** Ana Bo",
        "<p><b>Severity:</b> SEV2<br/><b>Status:</b> Draft<br/><b>Owner:</b> Ana Bo</p>",
        "Severity: SEV2 · Status: Draft · Owner: Ana Bo",
        ":Severity: SEV2\n:Status: Draft\n:Owner: Ana Bo",
    ],
)
def test_a_line_may_hold_several_facts(line: str) -> None:
    incident = read(f"# The desk froze\n\n{line}\n\n## Impact\n\nNobody could pay.").incident
    assert (incident.severity, incident.status, incident.owner) == ("SEV2", "draft", "Ana Bo")
    assert incident.other_sections == ()


def test_a_line_stays_where_one_of_its_facts_has_no_field() -> None:
    found = read("# The desk froze\n\n**Room:** 12 | **Severity:** SEV2\n\n## Impact\n\nNobody could pay.")
    assert found.incident.severity == "SEV2"
    assert "**Room:** 12" in found.incident.other_sections[0].body
    assert found.unplaced == ()


def test_comments_and_words_in_angle_brackets_are_words() -> None:
    found = read("# The desk froze\n\n## Impact\n\nNobody could pay.\n\n## Action items\n<!-- ask the vendor -->")
    kept = found.incident.model_dump_json()
    assert "ask the vendor" in kept

"""Whatever stands in a document: no traceback, no lost word, the same result twice, time in proportion to its size."""

from __future__ import annotations

import re
from collections import Counter
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.readers.document import read_document
from schemas.readers.imported import Imported, NotReadable
from schemas.toml_file import dumps, loads

WORDS = re.compile(r"q[a-z]{5}")
"""Made-up words, which no rule knows."""

SHAPES = (
    "# {}",
    "## Summary",
    "## {} {}",
    "Timeline:",
    "**Impact:** {} {}",
    "- **Context**:",
    "  - 2024-01-01 10:00 {} {}",
    "10:00 AM - {} {}",
    "```",
    "~~~",
    "---",
    "+++",
    "<h2>Impact {}</h2>",
    "| {} | {} |",
    "|---|---|",
    "| 10:00 | {} {} |",
    "> {} {}",
    "* Improvements:",
    "1. Root Cause",
    "\\## Resolution",
    "<!-- {} -->",
    "\t{} {}",
    "      {}",
    "ACTION ITEMS",
    "Duration: 2 hours {}",
    "Start: 10/04/2024, 5:00 AM",
    "All times in CET",
    "",
    "",
    "{} {} {} {}.",
    "- [ ] {} {} @ana",
    "•{} {}",
    "<ul><li>{} {}</li></ul>",
    "<span style='x'>**10:00**</span> {}",
    "&nbsp;{}",
    "{}: {} {}",
    "{} = '{}'",
    "T+0:15 - {} {}",
    "🚨 Impact",
    "===",
    "\x1b[31m{}",
    "What went wrong?",
    "99:99 {}",
    "23:59 PM {}",
    "-" * 80 + " {}",
    "[{}](https://example.org/{})",
    "`{}` and *{}*",
    "Root cause and resolution",
    "### 10:42",
    "{}{}",
    "2. {}",
    "**{} {}**",
    "Severity: {}",
    "Authors: {} {}, {}",
    "Status: {}",
)

word = st.from_regex(r"q[a-z]{5}", fullmatch=True)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Lines of all shapes with made-up words in them."""
    shapes = draw(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=30))
    return "\n".join(shape.format(*(draw(word) for _ in range(shape.count("{}")))) for shape in shapes)


def read(data: str | bytes) -> Imported | None:
    try:
        return read_document(data, name="x")
    except NotReadable:
        return None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_no_word_is_lost(text: str) -> None:
    imported = read(text)
    if imported is None:
        return
    kept = Counter(WORDS.findall(dumps(imported.incident)))
    assert Counter(WORDS.findall(text)) - kept == Counter()
    assert imported == read(text)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_what_is_read_can_be_written(text: str) -> None:
    imported = read(text)
    if imported is not None:
        assert loads(dumps(imported.incident)).changed() == imported.incident.changed()
        ids = [path.split("/")[1] for path in imported.provenance if "/" in path]
        known = {
            each.id
            for name in ("events", "actions", "stated", "other_sections", "impacts")
            for each in getattr(imported.incident, name)
        }
        assert {each for each in ids if len(each) == 4} <= known | {"lucky"}


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_give_an_answer(data: bytes) -> None:
    read(data)


TRAPS = {
    "dashes": "-" * 200_000,
    "spaces": " " * 200_000 + "x",
    "hashes": "#" * 200_000 + " x",
    "brackets": "[" * 100_000,
    "quotes": ">" * 100_000,
    "stars": "*" * 200_000,
    "colons": "a:" * 100_000,
    "tags": "<a " * 60_000,
    "pipes": "|" * 150_000,
    "fences": "```\n~~~\n" * 20_000,
    "bullets": "- x\n" * 20_000,
    "nested": "".join(" " * (2 * depth) + "- x\n" for depth in range(300)),
    "comments": "<!--\n" * 30_000,
    "one long item": "• x\n" + "y\n" * 40_000,
    "headings": "## x\n" * 15_000,
}


@pytest.mark.parametrize("trap", TRAPS)
def test_no_line_is_a_trap(trap: str) -> None:
    begun = process_time()
    read(f"# T\n\n{TRAPS[trap]}\n")
    assert process_time() - begun < 6


def test_time_grows_with_the_size() -> None:
    piece = "## Notes\n\n- a b c\n- d e f\n\nSome words of a sentence, and some more.\n\n10:00 UTC - x y\n\n"
    small, large = "# T\n\n" + piece * 100, "# T\n\n" + piece * 800
    read(small)
    times = []
    for text in (small, large):
        begun = process_time()
        read(text)
        times.append(process_time() - begun)
    assert times[1] < 25 * times[0]


def test_lines_without_a_place_are_kept_and_listed() -> None:
    imported = read("# T\n\n## Lessons Learned\n\n## Whale song (in the deep)\n")
    assert imported is not None
    assert "in the deep" in imported.incident.model_dump_json()

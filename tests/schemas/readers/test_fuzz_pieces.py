"""Documents made of pieces of all notations, by chance: never a traceback, never a lost word, always the same.

`IMPORT_FUZZ=5000 pytest tests/schemas/readers/test_fuzz_pieces.py` takes longer and tries more.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.readers.imported import Imported, NotReadable
from schemas.readers.sources import read_source
from schemas.toml_file import dumps, loads

MANY: Final = int(os.environ.get("IMPORT_FUZZ", "0"))
FIXTURES: Final = tuple(
    sorted(
        path.read_bytes()
        for path in (Path(__file__).resolve().parents[2] / "documents").rglob("*.*")
        if path.stat().st_size < 8_000 and not path.name.endswith((".expected.txt", ".expect.txt", ".events.txt"))
    )
)

WORD: Final = "§"
"""Stands for a made-up word in a piece; each gets one of its own, so that a lost one is seen."""

TIMES: Final = (
    "14:05", "2:05 PM", "14:05 UTC", "1405hrs", "2024-05-02 14:05", "02/05/2024 14:05", "~14:05", "14:05-14:20",
    "14h05", "[14:05]", "**14:05**", "+15m", "May 2, 2024 2:05 PM", "2024-05-02T14:05:00Z", "00:10", "14.05", "25:61",
    "14:05 IST", "2 May", "14:05:33.120", "T+5",
)  # fmt: skip
HEADINGS: Final = (
    "Timeline", "Summary", "Root cause and resolution", "Action items", "Impact", "What went wrong", "Lessons", "§ §",
    "Timeline (all times PST)", "Cronología", "Ursache", "2 May 2024", "Resolution", "Status", "14:05", "Appendix §",
    "Detection", "Contributing factors", "Metrics", "People: §", "What went well",
)  # fmt: skip
MARKED: Final = (
    "# {}", "## {}", "### {} ###", "{}\n======", "{}\n------", "**{}**", "**{}:**", "- **{}**", "{}:", "<h2>{}</h2>",
    "1. {}", "🧯 {}", "\\## {}", "__{}__", "> ## {}", "## **{}** §", "{}", "{}: § §",
)  # fmt: skip
ENTRIES: Final = (
    "- {} § §", "* {} - § §", "{} § §", "{}: § §", "| {} | § § |", "1. {} § §", "  - {} § §", "§ § ({})", "### {}",
    "{} — § — § §", "- **{}** - § §", "{}\n§ §", "- [ ] {} §", "> {} § §", "{} <§> § §", "[{}] §: § §", "\t{}\t§ §",
    "<li>{} § §</li>", "Detection: § at {}", "{}, §: § §", "{} INFO [§] §=§ §", "Between {} and 15:00 § §",
)  # fmt: skip
BLOCKS: Final = (
    "§ § §. § §.", "- § §\n  § §\n- §", "```\n14:05 § §\n```", "```\n§ §", "~~~ text\n§\n~~~", "---", "|", "#", "- ",
    "| Time | Event |\n| --- | --- |", "| § | § |\n|:--|--:|\n| § | § |", "<p>§ <b>§</b><br>§</p>", "<!-- § -->",
    "[§](https://example.org/§)", "![§](§.png)", "<<<<<<< HEAD\n§\n=======\n§\n>>>>>>> main", "1.", ">", "**",
    "---\ntitle: §\nseverity: SEV2\n---", "+++\ntitle = '§'\n+++", "Severity: §", "Owner: §", "§,§,§", "§;14:05;§",
    "- [x] § § (@§, due 2024-05-09)", "Duration: 2 hours §", '{"time": "14:05", "§": "§"}', "@§: § §", "TODO: § §",
    "May  2 14:05:01 § §[12]: §", "    § §", "[§]: https://example.org/§", "`§` **§** *§* ~~§~~", "§\\\n§", ": §",
    "<details><summary>§</summary>\n§\n</details>", "&lt;§&gt; &amp; §", "Joined: §", "§ has joined the channel",
    "§  2:05 PM\n§ §", "<https://example.org/§|§>", "Date: 02/05/2024 §", "[^1]: § §", "\x00§", "\u200b§",
    "## Timeline\n- 14:05 §\n- 13:00 §\n- 00:10 §", "| 14:05 |\n| § |",
)  # fmt: skip


NAMES: Final = re.compile(
    r"</?[A-Za-z][^<>]*>|^[ \t>]*(?:`{3,}|~{3,})[ \t]?\w*$|^(?:<{7}|>{7}|\|{7}) .*$", re.MULTILINE
)


def pieces() -> st.SearchStrategy[str]:
    """One piece of a document."""
    headings = st.builds(str.format, st.sampled_from(MARKED), st.sampled_from(HEADINGS))
    entries = st.builds(str.format, st.sampled_from(ENTRIES), st.sampled_from(TIMES))
    return st.one_of(headings, entries, entries, st.sampled_from(BLOCKS))


def documents(most: int = 14) -> st.SearchStrategy[str]:
    """Documents of some pieces, joined in several ways, indented here and there."""
    joints = st.sampled_from(("\n", "\n", "\n\n", "\n\n", "\r\n", "\n  ", "\n> ", "\n\t", " "))
    told = st.lists(st.tuples(pieces(), joints), min_size=1, max_size=most)
    return told.map(lambda found: numbered("".join(piece + joint for piece, joint in found)))


def numbered(text: str) -> str:
    """The text with words of its own in the places that want one."""
    count = iter(range(10**9))
    return re.sub(WORD, lambda _: word(next(count)), text)


def word(number: int) -> str:
    """A word that nobody knows: `qbcaaz`, one for each number."""
    letters = ""
    for _ in range(4):
        number, place = divmod(number, 20)
        letters += "bcdfghjklmnprstvwxka"[place]
    return f"q{letters}z"


def read(data: str | bytes) -> Imported | None:
    try:
        return read_source(data, name="x")
    except NotReadable:
        return None


def lost(text: str, imported: Imported) -> list[str]:
    """The made-up words that stand nowhere in the incident; the names of tags, fences and git's sides are no words."""
    said = NAMES.sub(" ", text)
    return [*(Counter(re.findall(r"q[a-z]{4}z", said)) - Counter(re.findall(r"q[a-z]{4}z", dumps(imported.incident))))]


@given(documents())
@example("# Timeline\n<h2>qbbbbz qcbbbz</h2> 14:05\n")
@settings(max_examples=MANY or 150)
def test_no_word_of_a_document_is_lost(text: str) -> None:
    imported = read(text)
    if imported is not None:
        assert lost(text, imported) == []


@given(documents())
@settings(max_examples=MANY // 4 or 40)
def test_the_same_document_is_the_same_incident_and_can_be_written(text: str) -> None:
    imported = read(text)
    assert imported == read(text)
    if "\x00" not in text:
        assert imported == read(text.encode())
    if imported is not None:
        again = loads(dumps(imported.incident))
        assert again.model_dump() == imported.incident.model_dump()
        assert {line.number for line in imported.unplaced} <= {line.number for line in imported.lines}


@given(
    st.one_of(
        st.binary(max_size=300), documents(6).map(lambda text: text.encode("utf-16")), documents(6).map(str.encode)
    )
)
@settings(max_examples=MANY or 120)
def test_any_bytes_give_an_answer(data: bytes) -> None:
    read(data)


@given(st.sampled_from(FIXTURES), st.sampled_from(FIXTURES), st.data())
@settings(max_examples=MANY // 4 or 60)
def test_fixtures_that_are_cut_off_and_mixed_give_an_answer(one: bytes, other: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(one)))
    begin = data.draw(st.integers(0, len(other)))
    for mixed in (one[:cut], one[:cut] + other[begin:], one[:cut] + b"\n" + other[begin:] + b"\n" + one[cut:]):
        assert read(mixed) == read(mixed)


def calls(work: Callable[[], Any]) -> int:
    """How many functions are called for a work: the same number on every machine, however busy."""
    count = 0

    def counted(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


REPEATED: Final[dict[str, str]] = {
    "entries": "- 14:0{n} § §\n",
    "dated entries": "- 2024-05-02 14:0{n} § §\n",
    "bare lines": "14:0{n} § §\n",
    "table": "| 14:0{n} | § § | § |\n",
    "nested": "- §\n  - 14:0{n} §\n    - § §\n",
    "headings": "### 14:0{n}\n\n§ §\n\n",
    "sections": "## § {n}\n\n§ §.\n\n",
    "known sections": "## Impact\n\n§ §.\n\n## Timeline\n\n- 14:0{n} §\n\n",
    "actions": "## Action items\n\n- [ ] § § (@§, due 2024-05-0{n})\n\n",
    "prose": "At 14:0{n} § § § again. § was § for {n} hours. ",
    "fences": "```\n14:0{n} §\n```\n",
    "html": "<p>14:0{n} § <b>§</b></p>\n",
    "quotes": "> 14:0{n} § §\n",
    "one paragraph": "14:0{n} § § ",
    "conflicts": "<<<<<<< HEAD\n- 14:0{n} §\n=======\n- 14:1{n} §\n>>>>>>> x\n",
    "chat": "14:0{n} §: § §\n",
    "log": "2024-05-02 14:00:0{n},120 INFO [§] § §\n",
    "CSV": "2024-05-02 14:00:0{n},§ §,§\n",
    "JSON lines": '{{"time": "2024-05-02T14:00:0{n}Z", "text": "§"}}\n',
    "brackets": "[[((**",
    "blank lines": "\n\n \n",
}
FRONTS: Final = {"table": "| Time | Event | Who |\n| --- | --- | --- |\n", "CSV": "Time,Text,Who\n"}


def repeated(name: str, times: int) -> str:
    return FRONTS.get(name, "# §\n\n## Timeline\n\n" if name in ("entries", "bare lines", "quotes") else "") + numbered(
        "".join(REPEATED[name].format(n=number % 10) for number in range(times))
    )


@pytest.mark.parametrize("name", REPEATED)
def test_work_grows_with_the_size_and_no_faster(name: str) -> None:
    """Four times as long: at most six times the calls."""
    once, more = repeated(name, 50), repeated(name, 200)
    for text in (once, more):
        read(text)  # what is kept from one time to the next is there
    assert calls(lambda: read(more)) < 6 * calls(lambda: read(once)) + 5_000

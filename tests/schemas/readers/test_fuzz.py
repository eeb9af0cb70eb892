"""Documents that nobody would write: the fixtures cut, mixed and spoilt. Never a traceback, never a lost word.

A few hundred in the usual run. `IMPORT_FUZZ=20000 pytest tests/schemas/readers/test_fuzz.py` takes longer; each
document is told by its number, which makes the same one again.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time
from typing import Final

import pytest

from schemas.readers.document import read_document
from schemas.readers.imported import Imported, NotReadable
from schemas.toml_file import dumps, loads

LONG: Final = int(os.environ.get("IMPORT_FUZZ", "0"))
FIRST: Final = int(os.environ.get("IMPORT_FUZZ_FROM", "0"))
USUAL: Final = 240
CHUNKS: Final = 8

FOLDER = Path(__file__).resolve().parents[2] / "documents"
FIXTURES: Final = sorted(
    path.read_text(encoding="utf-8", errors="replace")
    for path in FOLDER.rglob("*.md")
    if path.stat().st_size < 20_000
)  # fmt: skip
MADE_UP: Final = re.compile(r"q[a-z]{6}z")
"""Words that no rule knows; each stands once in a document."""

TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|^[ \t]*(?:`{3,}|~{3,})[ \t]?\w*$|^[ \t]*\{\|.*$", re.MULTILINE)
"""What stands in tags is no word of the document, nor is the language of a fence or the look of a wiki's table."""

PIECES: Final = (
    "#", "##", "###", "- ", "* ", "1. ", "| ", "|", "> ", "```", "~~~", "---", "===", "**", "__", "`", "[", "](",
    "<br>", "<ul>", "</li>", "<!--", "-->", "<<<<<<< HEAD", "=======", ">>>>>>> other", "10:00", "25:61", "23:59 PM",
    "+15m", "2024-02-30", "10/04/2024", "2022-02-??", "9999-12-31", "0001-01-01", "IST", "UTC", "T+5", "TBD", ":",
    " - ", "\t", "\u00a0", "\u200b", "\ufeff", "\x00", "\x1b[31m", "🧯", "Timeline", "Summary:", "Action Items",
    "[ ] ", "@ana", "2 hours", "about", "between", "\\", "&nbsp;", "&lt;", "{", "}", "Thu 2 May 2024", "yesterday",
    "midnight", "%",
)  # fmt: skip


def words(rng: Random) -> str:
    """A made-up word."""
    return "q" + "".join(rng.choice("abcdefghijklmnoprstuvwy") for _ in range(6)) + "z"


def _said(rng: Random, text: str) -> str:
    """Some words made up, so that a lost one is seen."""
    return re.sub(r"[^\W\d_]{4,}", lambda match: words(rng) if rng.random() < 0.15 else match.group(), text)


def _cut(rng: Random, text: str) -> str:
    begin, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    return text[begin:end] if rng.random() < 0.5 else text[:begin] + text[end:]


def _mixed(rng: Random, text: str) -> str:
    other = rng.choice(FIXTURES).split("\n")
    lines = text.split("\n")
    at = rng.randrange(len(lines) + 1)
    begin = rng.randrange(len(other))
    return "\n".join([*lines[:at], *other[begin : begin + rng.randrange(1, 12)], *lines[at:]])


def _moved(rng: Random, text: str) -> str:
    lines = text.split("\n")
    for _ in range(rng.randrange(1, 4)):
        lines.insert(rng.randrange(len(lines)), lines.pop(rng.randrange(len(lines))))
    return "\n".join(lines)


def _spoilt(rng: Random, text: str) -> str:
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(PIECES) + text[at + rng.choice((0, 0, 1, 2)) :]
    return text


def _indented(rng: Random, text: str) -> str:
    return "\n".join(" " * rng.choice((0, 0, 0, 1, 2, 4, 8)) + line for line in text.split("\n"))


def _joined(rng: Random, text: str) -> str:
    return "".join(line + (" " if rng.random() < 0.2 else "\n") for line in text.split("\n"))


def _louder(rng: Random, text: str) -> str:
    return "\n".join(line.upper() if rng.random() < 0.1 and "q" not in line else line for line in text.split("\n"))


def _begun(rng: Random, text: str) -> str:
    return "\n".join((rng.choice(PIECES) if rng.random() < 0.15 else "") + line for line in text.split("\n"))


WAYS: Final[tuple[Callable[[Random, str], str], ...]] = (
    _cut, _mixed, _moved, _spoilt, _indented, _joined, _louder, _begun,
)  # fmt: skip


def document(number: int) -> str:
    """One document, always the same for its number."""
    rng = Random(number)
    text = _said(rng, rng.choice(FIXTURES))
    for _ in range(rng.randrange(1, 4)):
        text = rng.choice(WAYS)(rng, text)
    return text


def read(data: str | bytes) -> Imported | None:
    """What is made of a document, None where it is refused."""
    try:
        return read_document(data, name="x")
    except NotReadable:
        return None


def faults(number: int) -> list[str]:
    """What is wrong with the reading of one document."""
    text = document(number)
    imported = read(text)
    if imported is None:
        return []
    written = dumps(imported.incident)
    found = []
    if lost := Counter(MADE_UP.findall(TAG.sub(" ", text))) - Counter(MADE_UP.findall(written)):
        found.append(f"lost {', '.join(lost)}")
    if number % 10 == 0:
        if loads(written).changed() != imported.incident.changed():
            found.append("cannot be written")
        if imported != read(text):
            found.append("is read in another way the second time")
    return found


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_word_of_a_spoilt_document_is_lost(chunk: int) -> None:
    wrong = {}
    for number in range(FIRST + chunk, FIRST + (LONG or USUAL), CHUNKS):
        try:
            found = faults(number)
        except Exception as trouble:  # the number of the document is worth more than the first traceback
            found = [f"{type(trouble).__name__}: {trouble}"]
        if found:
            wrong[number] = found
    assert wrong == {}


def test_any_bytes_give_an_answer() -> None:
    for number in range(LONG or USUAL):
        rng = Random(number)
        data = bytearray(document(number).encode("utf-8", "surrogatepass"))
        for _ in range(rng.randrange(1, 30)):
            if data:
                data[rng.randrange(len(data))] = rng.randrange(256)
        read(bytes(data) if number % 3 else rng.randbytes(rng.randrange(400)))
        if number % 5 == 0:
            read(document(number).encode("utf-16", "surrogatepass"))


def test_a_document_of_many_kinds_takes_time_in_proportion_to_its_size() -> None:
    """Eight times as long: at most 20 times the work, which leaves room for a machine that is busy."""
    once = "\n\n".join(FIXTURES[::9])
    read(once)
    times = []
    for text in (once, once * 8):
        begun = process_time()
        read(text)
        times.append(process_time() - begun)
    assert times[1] < 20 * times[0]

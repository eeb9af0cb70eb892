"""Bytes become text, or a plain word says why not."""

from __future__ import annotations

import pytest

from schemas.readers.decoding import decode, lines_of
from schemas.readers.document import read_document
from schemas.readers.imported import NotReadable

WORDS = "Ausfall für 2 Stunden – schön\r\n10:00 Störung"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8"),
        (WORDS.encode("utf-16"), "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16"),
        (WORDS.encode("utf-16-be"), "utf-16"),
        (WORDS.encode("cp1252"), "windows-1252"),
    ],
)
def test_the_encodings_of_real_files(data: bytes, encoding: str) -> None:
    text, found = decode(data)
    assert found == encoding
    assert [line.text for line in lines_of(text)] == ["Ausfall für 2 Stunden – schön", "10:00 Störung"]


def test_bytes_that_are_no_windows_text_are_latin() -> None:
    assert decode(b"caf\xe9 \x81") == ("café \x81", "latin-1")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "empty"),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (bytes(range(1, 256)) * 20, "bytes that no text has"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, word: str) -> None:
    with pytest.raises(NotReadable) as caught:
        read_document(data, name="x")
    assert word in f"{caught.value.title} {caught.value.detail}"
    assert caught.value.hint


def test_text_that_could_drive_a_terminal_becomes_visible() -> None:
    incident = read_document("# Out\x1b]0;x\x07age\n\n## Summary\nBad\x1b[31m.", name="x").incident
    assert incident.title == "Out␛]0;x␇age"
    assert incident.sections.summary == "Bad␛[31m."


def test_line_numbers_are_those_of_an_editor() -> None:
    imported = read_document("# A title\r\n\r\n## Impact\r\nAll users.\r\n", name="x")
    assert imported.provenance["sections/impact"].lines == (4,)

"""Bytes of a document as text: UTF-8 with and without BOM, UTF-16, Windows-1252; what is no text is refused."""

from __future__ import annotations

import codecs
import re
from typing import Final

from schemas.readers.blocks import Line
from schemas.readers.imported import NotReadable
from schemas.text import clean_prose

_MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich-text document"),
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT: Final = 65_536
_ACTING: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ALLOWED: Final = 0.02
"""So much of a text may be control characters: pasted terminal output has some."""
_SAVE_AS: Final = "Save or export it as Markdown or plain text, and import that."


def decode(data: bytes) -> tuple[str, str]:
    """The text of a document and the name of its encoding, such as `utf-8` or `windows-1252`.

    Raises:
        NotReadable: there is nothing in it, or it is no text.
    """
    if not data:
        raise _empty()
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise NotReadable("this is no text", f"It is {kind}.", _SAVE_AS)
    text, encoding = _decoded(data)
    start = text[:_LOOKED_AT]
    if len(_ACTING.findall(start)) > _ALLOWED * len(start):
        raise NotReadable("this is no text", "It is full of bytes that no text has.", _SAVE_AS)
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), encoding.removesuffix("-le").removesuffix("-be")
    start = data[:_LOOKED_AT]
    if start.count(0) > len(start) // 4:
        # Latin letters in UTF-16 have a zero in every second byte.
        order = "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
        return data.decode(order, "replace"), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def must_say_something(text: str) -> None:
    """See to it that there is a letter or a figure in a text.

    Raises:
        NotReadable: there is none.
    """
    if not any(map(str.isalnum, text)):
        raise _empty()


def _empty() -> NotReadable:
    return NotReadable("the document is empty", "There is no word in it.", "Name a document that has some text.")


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text, numbered from 1, safe for a terminal, without the spaces at their ends."""
    clean = clean_prose(text.removeprefix("\ufeff"))
    return tuple(Line(number, line.rstrip()) for number, line in enumerate(clean.rstrip("\n").split("\n"), 1))

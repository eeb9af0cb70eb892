"""Text that is safe for a terminal: one rule for line breaks, no control or bidi characters.

Every string enters the model through `clean_line` or `clean_prose`, so nothing that an incident holds can drive
the terminal it is shown on (escape sequences, title changes, clipboard writes) or hide what a reader sees (bidi
overrides, see Unicode Technical Report 36). What would act is shown instead: ESC becomes its picture `␛`.
"""

from __future__ import annotations

import re

from schemas.patterns import late

# Everything that some editor, parser or terminal takes for a line break is one: CR LF, CR, VT, FF, the C0
# separators, NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR. Text widgets split on them too, so that a text which
# was opened and not touched stays equal to itself.
_BREAKS = late("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNSAFE = late("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPACES = late("[ \t\n]+")


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if char in _BIDI:
        return ""
    return "\ufffd"


def _single(match: re.Match[str]) -> str:
    spaces = match.group()
    return " " if "\n" in spaces or "\t" in spaces else spaces


def clean_prose(text: str) -> str:
    """Text of several lines: breaks become ``\\n``, tabs stay, control characters become visible pictures.

    C0 controls and DEL turn into U+2400..U+2421, C1 controls and lone surrogates into U+FFFD, and bidi controls
    are taken out. Idempotent.
    """
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return _UNSAFE.sub(_visible, _BREAKS.sub("\n", text))


def clean_line(text: str) -> str:
    """Text of one line: as `clean_prose`, with each stretch of breaks, tabs and the spaces about them made one space.

    Spaces without a break or tab among them stay as they are. Idempotent.
    """
    cleaned = clean_prose(text)
    return _SPACES.sub(_single, cleaned) if "\n" in cleaned or "\t" in cleaned else cleaned


def is_clean(text: str) -> bool:
    """Whether `clean_prose` would leave the text as it is."""
    return clean_prose(text) == text


def first_line(text: str) -> str:
    """The first line that is not blank, for places that have room for only one."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def shorten(text: str, width: int) -> str:
    """At most `width` characters of one line, ended by an ellipsis if something was left out."""
    line = clean_line(text)
    if len(line) <= width:
        return line
    return line[: width - 1].rstrip() + "…" if width > 0 else ""

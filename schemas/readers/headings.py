"""Headings in every way that people write them: `#`, underlined, bold, ALL CAPS, `Label:`, tags, numbers, plain words.

A line that only may be a heading is one if it goes by a known name; what is marked as one counts whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from schemas.readers.section_names import Meaning, meaning_of

Mark = Literal["#", "underline", "html", "caps", "bold", "plain", "item", "label", "inline"]

LEVELS: Final[dict[str, int]] = {"caps": 7, "plain": 7, "bold": 7, "item": 8, "label": 8, "inline": 9}
"""How deep headings lie that have no number of signs; those with `#` lie at 1 to 6."""

UNKNOWN_LABEL: Final = 10
"""How deep a label lies that nobody knows: it never ends the part that it stands in."""

_ATX: Final = re.compile(r"[ \t]{0,3}\\?(#{1,6})(?![#!])([ \t]*)(.*?)[ \t]*#*[ \t]*$")
_HTML: Final = re.compile(r"[ \t]*<h([1-6])(?:\s[^<>]{0,300})?>(.{1,300}?)</h\1>(.*)$", re.IGNORECASE)
_UNDERLINE: Final = re.compile(r"[ \t]{0,3}(?:(={3,})|(-{3,})|(~{3,})|([#*^\"+])\4{2,})[ \t]*$")
_SIGNS: Final = {"#": 1, "*": 2, "^": 4, '"': 5, "+": 3}
"""How deep a heading lies that reStructuredText underlines; such a line is as long as the words above it."""
_UNDERLINES: Final = frozenset('=-~#*^"+')
_BOLD: Final = re.compile(r"[ \t]*(?:\d{1,2}[.)]\s{1,3})?(\*\*\*?|__)(?=\S)(.{1,160}?)(?<=\S)\1[ \t]*([:：]?)[ \t]*$")
_SLANTED: Final = re.compile(r"([*_])(?=[^\s*_])([^*_]{2,80})(?<=\S)\1[ \t]*([:：]?)[ \t]*$")
_BOLD_IN_FRONT: Final = re.compile(r"(\*\*|__)(?=\S)([^*_:]{2,40})(?<=\S)\1(?:\s*[–—-])?\s+(\S.*)$")
ITEM: Final = re.compile(r"([ \t]*(?:[-*+•·‣]|\d{1,2}[.)])[ \t]+)(\S.*)$")
_LABEL: Final = re.compile(
    r"(?:\*\*\*?|__|`)?(?P<label>[^\W\d_(\[\"“'✅-]?[^:：|]{0,70}?)(?:\*\*\*?|__|`)?\s{0,2}[:：](?:\*\*\*?|__|`)?(?P<rest>\s+\S.*|\s*)$"
)
_TITLE: Final = re.compile(r"post-?\s?mortem|retrospective", re.IGNORECASE)
"""A name of the whole document: what stands behind it is its title."""
_SENTENCE_END: Final = re.compile(r"[.!?;,]\W*$")
_TIME: Final = re.compile(r"\W{0,6}(?:\d{1,2}[:.h]\d\d|\d{4}-\d\d|\d{1,2}\s?[ap]\.?m\b|T[+-])", re.IGNORECASE)
_HASHTAG: Final = re.compile(r"[a-z\d][\w-]*(?:\s|$)|\d")
_TITLE_WORD: Final = re.compile(r"[A-ZÀ-ÞĀ-Ž0-9][^\s]*")
_CENTRED: Final = 12
"""So many spaces in front of a line put it into the middle of the page."""
_MOST_CENTRED: Final = 12
_LONGEST: Final = 100
_MOST: Final = 400
_MOST_WITH_TEXT: Final = 20_000
"""Longer lines are no headings; one with its text behind it may be long."""


class Head(Struct, frozen=True):
    """A heading at a line: how it is marked, how deep it lies, its words, what they mean (None: nobody knows).

    `rest` is what stands behind it on its line; `taken` how many lines it takes; `indent` how far what belongs to
    it is indented at least (below a list item). `doubtful` is a plain line that may as well be words.
    """

    mark: Mark
    level: int
    text: str
    meaning: Meaning | None = None
    rest: str = ""
    taken: int = 1
    indent: int = 0
    doubtful: bool = False


def marked_head(lines: Sequence[str], i: int) -> Head | None:
    """The heading by `#`, underline or tag that begins at a line, or None."""
    line = lines[i]
    if len(line) > _MOST:
        return None
    atx = _ATX.match(line) if "#" in line[:10] else None
    # `#ask-team` is a channel, `#123` a ticket, `#Timeline:` a heading without its space.
    if atx and (text := _unwrapped(atx[3])) and (atx[2] or not _HASHTAG.match(text) or _known(text)):
        return Head("#", len(atx[1]), text, meaning_of(text))
    if "<" in line and (tag := _HTML.match(line)) is not None:
        text = _unwrapped(re.sub(r"<[^<>]{0,300}>", "", tag[2]).strip())
        return Head("html", int(tag[1]), text, meaning_of(text), rest=tag[3].strip()) if text else None
    return _underlined(lines, i)


def _underlined(lines: Sequence[str], i: int) -> Head | None:
    """A line above `===`, `---`, `~~~` and the like, if it is short, no row or item, and above `---` no sentence."""
    following = lines[i + 1] if i + 1 < len(lines) else ""
    under = _UNDERLINE.match(following) if following.lstrip()[:1] in _UNDERLINES else None
    line = lines[i]
    text = _unwrapped(line.strip()) if under else ""
    if under is None or not text or len(text) > _LONGEST:
        return None
    if ITEM.match(line) or "|" in line or line.startswith("    "):
        return None
    if under[1]:
        return Head("underline", 1, text, meaning_of(text), taken=2)
    above = lines[i - 1].strip() if i else ""
    if _UNDERLINE.match(above) and above[:1] == following.strip()[:1]:
        above = ""
    if under[4] and len(under.group().strip()) < len(text) - 1:
        return None
    if above or _SENTENCE_END.search(text) or _TIME.match(text) or ":" in text[:-1]:
        return None
    return Head("underline", _SIGNS[under[4]] if under[4] else 2, text, meaning_of(text), taken=2)


def written_head(lines: Sequence[str], i: int, *, plain_document: bool, free: bool) -> Head | None:
    """The heading that a line is without any of Markdown's signs, or None.

    `plain_document` says that the document has no `#`, so that short lines in title case may be headings. `free`
    says that the line above is blank or a heading.
    """
    line = lines[i]
    stripped = line.strip()
    if len(line) > _MOST_WITH_TEXT or len(stripped) < 2 or stripped[0] in "|>":
        return None
    looks_bold = stripped.startswith(("**", "__")) or (stripped[0].isdigit() and "**" in stripped[:8])
    if looks_bold and (bold := _bold(stripped)) is not None:
        return bold
    if stripped[0] in "*_" and not looks_bold and (slanted := _slanted(stripped)) is not None:
        return slanted
    if (item := ITEM.match(line)) is not None and (head := _labelled_item(item, lines, i, free)) is not None:
        return head
    if item is not None:
        return None
    if (":" in stripped or "：" in stripped) and (head := _label(stripped)) is not None:
        return head
    if len(stripped) > _LONGEST or stripped[0] in "-*+•[(`" or stripped[-1] in ".;,":
        return None
    return _plain(stripped, lines, i, plain_document, free)


def _known(text: str) -> bool:
    found = meaning_of(text, strict=True)
    return found is not None


def _unwrapped(text: str) -> str:
    """A heading's words without bold, code or underlining around all of them, and without its colon."""
    text = text.strip()
    for sign in ("***", "**", "__", "`", "*", "_"):
        if len(text) > 2 * len(sign) and text.startswith(sign) and text.rstrip(":").endswith(sign):
            inner = text.rstrip(":").removesuffix(sign).removeprefix(sign).strip()
            if sign not in inner:
                text = inner
    return text.strip().rstrip(":：").strip() or text


def _bold(stripped: str) -> Head | None:
    """A line that is bold from end to end, and short, and no sentence."""
    found = _BOLD.match(stripped)
    if found is None or found[1] in found[2]:
        return _bold_in_front(stripped)
    text = found[2].strip()
    meaning = meaning_of(text)
    label = bool(found[3]) or text.endswith((":", "："))
    text = text.rstrip(":：").strip()
    if meaning is None and (len(text) > _LONGEST or len(text.split()) > 12 or _SENTENCE_END.search(text)):
        return None
    if meaning is None and stripped[0].isdigit():
        return None
    if meaning is None and label:
        return Head("label", UNKNOWN_LABEL, text)
    if meaning is None and ": " in text and (named := _label(text)) is not None and not _TITLE.fullmatch(named.text):
        return None
    return Head("label" if label else "bold", LEVELS["label" if label else "bold"], text, meaning)


def _slanted(stripped: str) -> Head | None:
    """A known name in italics, alone on its line: `*Timeline:*`."""
    found = _SLANTED.match(stripped)
    text = found[2].strip().rstrip(":：").strip() if found else ""
    meaning = meaning_of(text, strict=True) if text else None
    if found is None or meaning is None or not meaning.key:
        return None
    mark: Mark = "label" if found[3] or found[2].rstrip().endswith((":", "：")) else "bold"
    return Head(mark, LEVELS[mark], text, meaning)


def _bold_in_front(stripped: str) -> Head | None:
    """A known name in bold with its text behind it, and no colon between: `**TL;DR** All was down`."""
    found = _BOLD_IN_FRONT.match(stripped)
    meaning = meaning_of(found[2], strict=True) if found else None
    if found is None or meaning is None or not meaning.exact:
        return None
    return Head("inline", LEVELS["inline"], found[2], meaning, found[3].strip())


def _labelled_item(item: re.Match[str], lines: Sequence[str], i: int, free: bool) -> Head | None:
    """An item that is a section's name: `- **Impact**: …`, `* Timeline:`, `1. Summary`."""
    body, indent = item[2], len(item[1])
    number = item[1].strip()[0].isdigit()
    if len(item[1]) - len(item[1].lstrip()) > 5:
        return None
    found = _LABEL.match(body)
    if found is None:
        bare = _unwrapped(body)
        following = lines[i + 1] if i + 1 < len(lines) else ""
        marked = body.startswith(("**", "__")) or number
        alone = not following.strip() or len(following) - len(following.lstrip()) >= 2 or (number and free)
        meaning = meaning_of(bare, strict=True) if marked or alone else None
        if meaning is None or not meaning.key or len(bare) > _LONGEST or bare[:1].islower():
            return None
        return Head("item", LEVELS["plain" if number else "item"], bare, meaning, indent=0 if number else indent)
    text = _unwrapped(found["label"])
    meaning = meaning_of(text, strict=True)
    if meaning is None:
        return None
    rest = found["rest"].strip()
    return Head("inline" if rest else "item", LEVELS["item"], text, meaning, rest, indent=indent)


def _label(stripped: str) -> Head | None:
    """`Impact: …` and `Timeline:`; a label that nobody knows counts only alone on its line."""
    found = _LABEL.match(stripped)
    if found is None or not found["label"].strip() or _TIME.match(stripped):
        return None
    text, rest = _unwrapped(found["label"]), found["rest"].strip()
    meaning = meaning_of(text, strict=True)
    if meaning is not None:
        mark: Mark = "inline" if rest else "label"
        level = LEVELS["caps"] if mark == "label" and text.isupper() else LEVELS[mark]
        return Head(mark, level, text, meaning, rest)
    if rest or len(text.split()) > 8 or not text[:1].isalpha() or _SENTENCE_END.search(text) or "," in text:
        return None
    return Head("label", UNKNOWN_LABEL, text)


def _is_centred(lines: Sequence[str], i: int) -> bool:
    """Whether a line stands alone in the middle of the page, above lines that begin at its edge."""
    line = lines[i]
    if len(line) - len(line.lstrip(" ")) < _CENTRED or (i + 1 < len(lines) and lines[i + 1].strip()):
        return False
    below = next((each for each in lines[i + 1 : i + 4] if each.strip()), "")
    return bool(below) and len(below) - len(below.lstrip(" \t")) < 4


def _plain(stripped: str, lines: Sequence[str], i: int, plain_document: bool, free: bool) -> Head | None:
    text = _unwrapped(stripped)
    meaning = meaning_of(text, strict=True)
    if meaning is not None and (text[:1].isupper() or not text[:1].isalpha() or free):
        caps = text.isupper()
        return Head("caps" if caps else "plain", LEVELS["caps"], text, meaning, doubtful=not caps)
    letters = [char for char in text if char.isalpha()]
    words = text.split()
    if free and letters and _is_centred(lines, i) and len(words) <= _MOST_CENTRED:
        return Head("plain", LEVELS["plain"], text, meaning_of(text))
    if not free or not letters or _TIME.match(text) or _SENTENCE_END.search(text) or len(words) > 9:
        return None
    if len(letters) >= 4 and text.isupper() and not any(char in "=<>{}();" for char in text):
        return Head("caps", LEVELS["caps"], text, meaning_of(text))
    if not plain_document or len(words) > 6 or not text[0].isalpha() or any(char in "=<>{};:/\\|$@" for char in text):
        return None
    following = lines[i + 1].strip() if i + 1 < len(lines) else ""
    long = [word for word in words if len(word) > 3]
    if not all(_TITLE_WORD.match(word) for word in long) or not text[0].isupper() or not long:
        return None
    below = following or next((line.strip() for line in lines[i + 2 : i + 3]), "")
    if not below:
        return None
    return Head("plain", LEVELS["plain"], text, meaning_of(text), doubtful=True)

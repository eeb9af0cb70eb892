"""What is written beside the words of an action: `(Owner: Jane, due 3 May)`, `[P1]`, `@ana`, `OPS-12`, `— done`.

What is understood completely leaves the text; what stands in the middle of a sentence stays there and is only read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from schemas.readers.actions_due import due_said, iso_days
from schemas.readers.actions_labels import LABEL, field_of
from schemas.readers.actions_put import TICKET, Tags, tickets_in
from schemas.readers.actions_values import (
    STRICT_TYPES,
    is_nothing,
    is_person,
    priority_of,
    status_in_front,
    status_of,
    type_of,
)
from schemas.readings import Context

_LIST: Final = r"@[^\W_][\w./-]{0,60}(?:(?:\s*[,/&+]\s*|\s+(?:and\s+)?)@[^\W_][\w./-]{0,60}){0,4}"
_BRACKET_BEHIND: Final = re.compile(r"\s*[(\[]([^()\[\]]{1,140})[)\]]\s*[.;]?\s*$")
_BRACKET_BEFORE: Final = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]\s*(?:[:–—-]\s+|:)?\s*(?=\S)")
_GLYPH_BEFORE: Final = re.compile(r"\s*(✅|✔️|✔|☑️|☑|☐|⬜|🚧|🔄|⏳)\s*[:–—-]?\s*")
_GLYPH_BEHIND: Final = re.compile(r"\s*[:–—-]?\s*(✅|✔️|✔|☑️|☑|🚧|🔄|⏳)\s*$")
_STRUCTURE: Final = re.compile(
    r"\s*(?:action\s?items?|actions?|tasks?|ai|todo|to-do|follow-?\s?up)(?:\s?#?\d{1,3})?\s?[:：]\s*(?=\S)"
    r"|\s*(?:action\s?items?|actions?|tasks?|ai)\s?#?\d{1,3}\s?[.–—-]\s+(?=\S)",
    re.IGNORECASE,
)
_STATE_BEFORE: Final = re.compile(
    r"\s*(DONE|TODO|WIP|IN PROGRESS|OPEN|CLOSED|PENDING|Done|In progress|Completed)\s?(?:[:–—]|\s-)\s*(?=\S)"
)
_PRIORITY_BEFORE: Final = re.compile(
    r"\s*(P[0-4]|(?:high|medium|low|critical)(?:\spriority)?)\s?(?:[:–—]|\s-)\s*(?=\S)|\s*(P[0-4])\s+(?=[A-Z])",
    re.IGNORECASE,
)
_TYPE_BEFORE: Final = re.compile(r"\s*([^\W\d_]{4,16})\s?[:–—]\s+\S")
_TICKET_BEFORE: Final = re.compile(rf"\s*({TICKET.pattern})(\s?[:–—]\s*|\s-\s+|\s+)(?=\S)")
_MENTION_BEFORE: Final = re.compile(rf"\s*({_LIST})(\s?[:–—]\s*|\s-\s+|\s+)(?=\S)")
_MENTION_BEHIND: Final = re.compile(rf"(\S*)(\s*(?:[–—|:;,→-]|->|=>)\s*|\s+|\.\s*)({_LIST})\s*[.;]?\s*$")
_OF_SENTENCE_WORDS: Final = """
with to from ask for via and or of help the in notify ping tell let contact by at inform involve
"""
_OF_SENTENCE: Final = frozenset(_OF_SENTENCE_WORDS.split())
_SEGMENT: Final = re.compile(r"\s+(?:[–—|•·→]|-{1,2}|->|=>)\s+")
_PIPE: Final = re.compile(r"\s*\|\s*")
_PIECE: Final = re.compile(r"\s*(?:[;|•·]|,(?!\s?\d{4}\b)|/(?=\s)|\s[–—-]\s)\s*")
_STOP: Final = re.compile(r"\s*(?:[|;\n)\]•·]|\.(?=\s|$)|\s[–—-]\s)")
_OWNED: Final = re.compile(
    r"(?:owner|assignee|assigned\sto|owned\sby|assigned|responsible|dri)\s+(?=\S)", re.IGNORECASE
)
_DATED: Final = re.compile(r"(?:due|by|eta|deadline|until|before|target)\b", re.IGNORECASE)
_HUSK: Final = re.compile(r"\s*[(\[]\s*[,;]?\s*[)\]]")
_EDGE: Final = re.compile(r"[\s,;|–—(\[-]+$")
_SMALL: Final = re.compile(r"#\d")
"""In the middle of a sentence this counts something."""
_LONGEST: Final = 6_000
"""A longer text is no line about something to be done; nothing is taken from it."""
_MOST_NAMES: Final = 9
_MOST_MARKS: Final = 8


def take_tags(text: str, tags: Tags, context: Context) -> str:
    """Take what stands before, behind and within an action's words into `tags`; gives the words that are left."""
    if len(text) > _LONGEST:
        return text
    text = _labels(text, tags, context)
    for _ in range(_MOST_MARKS):
        left = _before(text, tags, context)
        left = _behind(left, tags, context)
        if left == text or not left.strip():
            break
        text = left
    _read_along(text, tags, context)
    return text.strip()


def ends_with_name(text: str) -> bool:
    """Whether a text ends with a dash and a name: `Add alerts - Jane`."""
    pieces = _SEGMENT.split(text)
    return len(pieces) > 1 and is_person(pieces[-1].rstrip("."))


def take_name(text: str, tags: Tags) -> str:
    """Take the name at the end of a text as the owner, where the items around it end with names too."""
    pieces = list(_SEGMENT.finditer(text))
    if tags.owner or not pieces:
        return text
    tags.owner = text[pieces[-1].end() :].strip(" .")
    tags.why["owner"] = "the name behind the dash, as in the items around it"
    return text[: pieces[-1].start()].rstrip()


def _labels(text: str, tags: Tags, context: Context) -> str:
    """`… Owner: Jane. Due: 3 May 2024.`: labels with their values, from the last one to the first."""
    found = list(LABEL.finditer(text))
    limit = len(text)
    for match in reversed(found):
        value = text[match.end() : limit]
        stop = _STOP.search(value)
        words = value[: stop.start()] if stop else value
        end = match.end() + len(words)
        if match.start() and _labelled(field_of(match[1]), words.strip(" ,*_"), tags, context):
            end += 1 if text[end : end + 1] in (".", ";", "|") else 0
            front = text[: match.start()]
            rest = text[end:]
            opened = front.rstrip()[-1:] in ("(", "[") and rest.lstrip()[:1] not in (")", "]")
            text = (front if opened else _EDGE.sub(" ", front) if not rest.strip(" )]") else front) + rest
            text = _HUSK.sub("", text)
        limit = match.start()
    return _balanced(text.strip())


def _labelled(key: str, words: str, tags: Tags, context: Context) -> bool:
    """Take what stands behind a label. Behind an owner more may follow: `Owner: Ana, due 3 May`."""
    if key != "owner":
        return tags.put(key, words, context)
    names, *others = [piece for piece in _PIECE.split(words) if piece.strip()] or [""]
    for i, piece in enumerate(others):
        if is_person(piece):
            names = f"{names}, {piece}"
        elif not all(_piece(each, tags, context) for each in others[i:]):
            return False
        else:
            break
    return len(names.split()) <= _MOST_NAMES and tags.put(key, names, context)


def _balanced(text: str) -> str:
    """A text without a closing bracket at its end whose opening one was taken."""
    text = _EDGE.sub("", text) if text[-1:] in "(,;|–—[" else text
    for opening, closing in ("()", "[]"):
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            text = _EDGE.sub("", text[:-1])
    return text


def _before(text: str, tags: Tags, context: Context) -> str:
    if (match := _GLYPH_BEFORE.match(text)) and match.end() < len(text) and tags.put("status", match[1], context):
        return text[match.end() :]
    if (match := _BRACKET_BEFORE.match(text)) and _pieces(match[1], tags, context):
        return text[match.end() :]
    if (match := _STRUCTURE.match(text)) is not None:
        return text[match.end() :]
    if (match := _STATE_BEFORE.match(text)) and tags.put("status", match[1], context):
        return text[match.end() :]
    if (match := _PRIORITY_BEFORE.match(text)) and tags.put("priority", match[1] or match[2], context):
        return text[match.end() :]
    if (match := _MENTION_BEFORE.match(text)) is not None and not tags.owner:
        tags.owner = match[1]
        return text[match.end() :] if match[2].strip() else text
    if (match := _TICKET_BEFORE.match(text)) is not None and match[2].strip() and tags.put("link", match[1], context):
        return text[match.end() :]
    if (match := _TYPE_BEFORE.match(text)) is not None and match[1].casefold() in STRICT_TYPES and not tags.type:
        tags.type = type_of(match[1])
        tags.why["type"] = f"as its label “{match[1]}” says"
    return text


def _behind(text: str, tags: Tags, context: Context) -> str:
    if (match := _BRACKET_BEHIND.search(text[-160:])) is not None:
        start = max(0, len(text) - 160) + match.start()
        if text[:start].strip() and _pieces(match[1], tags, context):
            return text[:start]
    if (
        (match := _GLYPH_BEHIND.search(text))
        and text[: match.start()].strip()
        and tags.put("status", match[1], context)
    ):
        return text[: match.start()]
    if (match := _MENTION_BEHIND.search(text[-400:])) is not None and not tags.owner:
        before = match[1].casefold().strip("*_(")
        if match[2].strip() or before not in _OF_SENTENCE:
            tags.owner = match[3]
            return text[: max(0, len(text) - 400) + match.end(1)].rstrip(" ,;–—-|:")
    return _segments(text, tags, context)


def _segments(text: str, tags: Tags, context: Context) -> str:
    """`Add alerts | Jane | 2024-05-03`, `Add alerts — P1 — done`: what stands behind dashes and bars, from the last."""
    piped = " | " in text or text.count("|") > 1
    cuts = list((_PIPE if piped else _SEGMENT).finditer(text))
    if not cuts:
        return text
    taken = len(text)
    names: list[tuple[int, str]] = []
    understood = 0
    for cut in reversed(cuts):
        words = text[cut.end() : taken].strip(" .;")
        if not text[: cut.start()].strip():
            break
        if _piece(words, tags, context):
            understood += 1
        elif is_person(words) and not tags.owner and not names:
            names.append((cut.start(), words))
        elif piped and is_nothing(words):
            pass
        else:
            break
        taken = cut.start()
    if names and (understood or piped):
        tags.owner = names[0][1]
    elif names:
        # A name alone may be the name of anything; `take_name` asks the items around it.
        after = [cut for cut in cuts if cut.start() > names[0][0]]
        taken = after[0].start() if after else len(text)
    return text[:taken]


def _pieces(words: str, tags: Tags, context: Context) -> bool:
    """Whether all that stands in a pair of brackets was understood."""
    pieces = [piece for piece in _PIECE.split(words) if piece.strip()]
    if not pieces or len(pieces) > 8:
        return False
    left = [piece for piece in pieces if not _piece(piece, tags, context)]
    if len(left) == 1 and len(pieces) > 1 and is_person(left[0]) and not tags.owner:
        tags.owner = left[0].strip()
        return True
    return not left


def _piece(words: str, tags: Tags, context: Context) -> bool:
    """One value that says by itself which field it is of."""
    bare = words.strip(" *_`.")
    if not bare:
        return True
    match = LABEL.match(bare)
    if match is not None:
        return tags.put(field_of(match[1]), bare[match.end() :], context)
    if (owned := _OWNED.match(bare)) is not None:
        return tags.put("owner", bare[owned.end() :], context)
    if re.fullmatch(_LIST, bare) and not tags.owner:
        tags.owner = bare
        return True
    if bare.casefold() in STRICT_TYPES and tags.put("type", bare, context):
        return True
    tries: tuple[tuple[str, Callable[[str], object]], ...] = (("status", _state_words), ("priority", priority_of))
    if any(test(bare) and tags.put(name, bare, context) for name, test in tries):
        return True
    if (bare.startswith(("http", "#")) or tickets_in(bare)) and tags.put("link", bare, context):
        return True
    if status_in_front(bare) and not tags.status:
        tags.status = status_in_front(bare)
        return False
    return bool(bare[0].isdigit() or _DATED.match(bare) or len(bare) < 20) and tags.put("due", bare, context)


def _state_words(words: str) -> str:
    """A state in a word that means nothing else where it stands in brackets or behind a dash."""
    return status_of(words) if words.casefold() not in ("yes", "no", "x", "new", "active", "partial", "tbd") else ""


def _read_along(text: str, tags: Tags, context: Context) -> None:
    """What a sentence says in passing: a day by which, a ticket."""
    if tags.due is None and (said := due_said(text, context)) is not None:
        tags.due = said
        if said.day is not None:
            tags.why["due"] = f"“{said.words}” in its words"
    if tags.due is None and len(found := iso_days(text)) == 1 and not text[found[0].end() :].strip(" .)*"):
        tags.put("due", found[0].group(), context)
        tags.why["due"] = "the day at its end"
    tags.links += [each for each in tickets_in(text) if each not in tags.links and not _SMALL.fullmatch(each)]

"""What stands above a group of actions: `Short term`, `High priority`, `Detection`, `Done`, `SRE team`."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct, field

from schemas.readers.actions_due import due_said, whole_due
from schemas.readers.actions_labels import field_line
from schemas.readers.actions_sentences import is_label_line, is_sentence_label
from schemas.readers.actions_values import STRICT_TYPES, is_person, priority_of, status_of, type_of
from schemas.readers.heading_names import ACTIONS
from schemas.readers.section_names import meaning_of
from schemas.readers.timeline_words import plain_words
from schemas.readings import Context

_NUMBERED: Final = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?|[a-hA-H][.)]|[ivxIVX]{1,4}[.)])\s+(?=\S)")
_BRACKETS: Final = re.compile(r"\s*[(\[]([^()\[\]]{1,80})[)\]]")
_GENERIC: Final = re.compile(
    r"\s*\b(?:actions?|measures?|improvements?|items?|tasks?|steps?|work|fixes|follow-?\s?ups?|changes|todos?)\b\s*",
    re.IGNORECASE,
)
_FILLING: Final = re.compile(
    rf"{_GENERIC.pattern}|\b(?:specific|concrete|key|main|major|general|detailed|individual|actionable|necessary|required"
    r"|possible|areas?|of|for|to|and|the|be|done|list)\b\s*",
    re.IGNORECASE,
)
"""Words of a label that say nothing but that actions stand below: `Specific tasks`, `Main areas of improvement`."""
_HORIZON: Final = re.compile(
    r"\b(?:(?:short|medium|mid|middle|long|near)(?:er)?[\s-]{0,3}(?:term|range|run)|immediate(?:ly)?|quick\swins?"
    r"|^(?:now|next|later)$|this\s(?:week|month|quarter|sprint)"
    r"|(?:corto|mediano|medio|largo)\splazo|(?:curto|médio|longo)\sprazo|(?:court|moyen|long)\sterme|kurzfristig\w*"
    r"|mittelfristig\w*|langfristig\w*)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 90


class Group(Struct, frozen=True):
    """What holds for all actions below a heading: `words` that go in front of their text, and `values` of fields.

    `lines` are those of the heading, if nothing of it is missing then; a heading that says more stays in its section.
    """

    words: str = ""
    lines: tuple[int, ...] = ()
    values: tuple[tuple[str, str], ...] = field(default=())


NO_GROUP: Final = Group()


def group_of(heading: str, lines: tuple[int, ...], context: Context, above: Group = NO_GROUP) -> Group:
    """The group that a heading or a label makes, within the one `above`."""
    words, links = plain_words(without_number(heading))
    words = words.strip().rstrip(":： ").strip(" *_`")
    values = dict(above.values)
    whole = not links
    for note in _BRACKETS.findall(words):
        if (told := _value(note, context)) is not None:
            values[told[0]] = told[1]
            words = _without(words, note)
    if (line := field_line(words)) is not None and line[0] in ("owner", "due", "priority", "status", "type"):
        values[line[0]] = line[1]
        words = ""
    elif (told := _value(words, context)) is not None:
        values[told[0]] = told[1]
        words = ""
    elif (
        (meaning := meaning_of(words, strict=True)) is not None
        and meaning.key == ACTIONS
        and not _HORIZON.search(words)
    ):
        whole = whole and not meaning.note
        words = ""
    elif not _FILLING.sub(" ", words).strip(" -–—:&/,"):
        words = ""
    elif is_label_line(words) or is_sentence_label(words):
        return above
    if len(words) > _LONGEST:
        whole = False
        words = ""
    if links:
        words = _BRACKETS.sub("", words).strip()
    together = " – ".join(filter(None, (above.words, words)))
    return Group(together, (*above.lines, *(lines if whole else ())), tuple(values.items()))


def without_number(heading: str) -> str:
    """A heading without the number in front of it."""
    found = _NUMBERED.match(heading)
    return heading[found.end() :] if found else heading


def group_of_part(title: str, lines: tuple[int, ...], context: Context) -> Group:
    """The group that the heading of a whole part makes: only where it says when, how urgent, or how far."""
    words = plain_words(title)[0]
    notes = [told for note in _BRACKETS.findall(words) if (told := _value(note, context)) is not None]
    if not notes and not _HORIZON.search(words) and priority_of(_GENERIC.sub(" ", words)) == "":
        return NO_GROUP
    return group_of(title, lines, context)


def is_group_name(words: str, context: Context) -> bool:
    """Whether a heading only says a value that all actions below it share: `Prevent`, `High priority`, `@ana`."""
    return _value(words, context) is not None


def says_horizon(words: str) -> bool:
    """Whether a heading only says how soon: `Short term`, `Immediate actions`."""
    return _HORIZON.search(words) is not None


def _value(words: str, context: Context) -> tuple[str, str] | None:
    """The field that a heading sets for all that stands below it."""
    bare = words.strip(" *_`:")
    core = _GENERIC.sub(" ", bare).strip(" -–—:&/") or bare
    if status := status_of(bare) or status_of(core):
        return "status", status
    if priority := priority_of(bare) or priority_of(core):
        return "priority", priority if not _HORIZON.search(bare) else ""
    if core.casefold() in {*STRICT_TYPES, "other"} and (kind := type_of(core)):
        return "type", kind
    if bare.startswith("@") and is_person(bare):
        return "owner", bare
    if re.search(r"\bteam\b|\bsquad\b", bare, re.IGNORECASE) and is_person(bare):
        return "owner", bare
    due = whole_due(bare, context) if re.search(r"\d", bare) else None
    due = due or (
        due_said(bare, context) if re.match(r"(?:due|by|until|before|target|deadline|eta)\b", bare, re.I) else None
    )
    if due is not None and due.day is not None and len(due.words) + 16 >= len(bare):
        return "due", due.words
    return None


def _without(words: str, note: str) -> str:
    for pair in ("()", "[]"):
        words = words.replace(f"{pair[0]}{note}{pair[1]}", "")
    return " ".join(words.split())

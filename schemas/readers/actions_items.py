"""Actions as items of the incident: text, owner, due date, type, priority, state, link, and where each is from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from schemas.readers.actions_found import Found, Gathering, joined
from schemas.readers.actions_people import take_known
from schemas.readers.actions_put import Tags
from schemas.readers.actions_sentences import is_done_deed
from schemas.readers.actions_tags import ends_with_name, take_name, take_tags
from schemas.readers.actions_values import is_nothing, says_more, status_in_front
from schemas.readers.blocks import Line
from schemas.readers.found import Item, Source, Sure
from schemas.readers.timeline_words import plain_words
from schemas.readings import Context

_REFERENCE: Final = re.compile(r"\[([^\[\]\n]{1,200})\](?:\[([^\[\]\n]{0,200})\])?(?!\()")
_TARGET: Final = re.compile(r"\s{0,3}\[([^\[\]\n]{1,200})\]:\s*<?(\S{1,2000}?)>?(?:\s.*)?$")
_WEB_OR_TICKET: Final = re.compile(
    r"https?://\S+|[A-Z][A-Z0-9_]{0,19}-\d{1,9}|(?:[\w.-]{1,100}/){0,3}(?:[\w.-]{1,100})?[#!]\d{1,9}"
)
_LINK_WORD: Final = re.compile(r"\s*[(\[]{0,2}\b(?:PR|MR|link|issue|ticket|here)\b[)\]]{0,2}\s*$")
"""What is left of a link at the end of a text, whose target is the action's own."""
_LONGEST: Final = 6_000
_STRUCK: Final = re.compile(r"\s*~~(?=\S).+~~\W*$", re.DOTALL)


def targets_in(lines: Sequence[Line]) -> Mapping[str, tuple[str, int]]:
    """The targets of links that a document gives by name, `[name]: https://…`, with their lines."""
    found: dict[str, tuple[str, int]] = {}
    for line in lines:
        if line.text.lstrip()[:1] == "[" and (match := _TARGET.match(line.text)) is not None:
            found.setdefault(match[1].casefold(), (match[2], line.number))
    return found


def items_of(gathering: Gathering) -> list[Item]:
    """The items of what was gathered in one part."""
    made = []
    words = [_words(found, gathering) for found in gathering.found]
    tags = [Tags() for _ in gathering.found]
    left = []
    for (text, _), each in zip(words, tags, strict=True):
        left.append(take_tags(take_known(text, each, gathering.people), each, gathering.context))
    # A name behind a dash is an owner where most of the items end so.
    named = [ends_with_name(text) and not each.owner for text, each in zip(left, tags, strict=True)]
    by_name = sum(named) > 1 and sum(named) * 2 >= len(named)
    for found, (_, links), each, text, has_name in zip(gathering.found, words, tags, left, named, strict=True):
        if by_name and has_name:
            text = take_tags(take_name(text, each), each, gathering.context)
        made.append(_item(found, text, links, each, gathering))
    return made


def _words(found: Found, gathering: Gathering) -> tuple[str, tuple[str, ...]]:
    text, links = plain_words(joined(found.texts))
    for match in _REFERENCE.finditer(text, 0, _LONGEST):
        target = gathering.references.get((match[2] or match[1]).casefold())
        if target is not None:
            links = (*links, target[0])
            gathering.used.add(target[1])
            found.lines.append(target[1])
            if match[2] is not None:
                text = text.replace(match.group(), match[1])
    return text, links


def _item(found: Found, text: str, links: tuple[str, ...], tags: Tags, gathering: Gathering) -> Item:
    details = list(found.details)
    _take_beside(found, tags, details, gathering.context)
    fields: dict[str, Any] = {}
    parts: dict[str, Source] = {}
    lines = tuple(sorted({*found.lines, *found.group.lines}))
    values = dict(found.group.values)
    if found.checked is not None and not tags.status:
        tags.status = "done" if found.checked else "open"
    if not tags.status and _STRUCK.match("\n".join(found.texts)):
        tags.status = "done"
        tags.why["status"] = "its words are struck through"
    for name in ("status", "priority", "type", "owner"):
        if values.get(name) and not getattr(tags, name):
            setattr(tags, name, values[name])
            tags.why.setdefault(name, "as the heading above says")
    if values.get("due") and tags.due is None:
        tags.put("due", values["due"], gathering.context)
        tags.why["due"] = "as the heading above says"
    if not tags.status and is_done_deed(text):
        tags.status = "done"
        tags.why["status"] = "told as done"
    every = list(dict.fromkeys((*links, *tags.links)))
    link = next((each for each in every if _WEB_OR_TICKET.fullmatch(each)), "")
    if link:
        text = _LINK_WORD.sub("", text) or text
    whole = f"{found.group.words}: {text}" if found.group.words else text
    details += [each for each in links if each != link and each not in whole and not each.startswith("mailto:")]
    fields["text"] = "\n".join(
        [whole, *(plain_words(line)[0] if line.lstrip() == line else _indented(line) for line in details)]
    )
    for name in ("owner", "type", "priority", "status"):
        if value := getattr(tags, name):
            fields[name] = value
            if name in tags.why:
                parts[name] = Source(lines, "likely", tags.why[name])
    if link:
        fields["link"] = link
    doubts = found.doubts
    if tags.due is not None:
        if tags.due.day is not None:
            fields["due"] = tags.due.day
            why = ", ".join(filter(None, (tags.why.get("due", ""), tags.due.assumed)))
            if why or len(tags.due.days) > 1:
                sure: Sure = "guess" if len(tags.due.days) > 1 else "likely"
                parts["due"] = Source(lines, sure, why or f"read from “{tags.due.words}”")
        doubts = (*doubts, *tags.due.doubts(found.lines[0], text.split("\n")[0]))
    return Item(fields, Source(lines, found.sure, found.why), parts, doubts)


def _indented(line: str) -> str:
    bare = line.lstrip()
    return line[: len(line) - len(bare)] + plain_words(bare)[0]


def _take_beside(found: Found, tags: Tags, details: list[str], context: Context) -> None:
    """Fields in places of their own; what cannot be the value of its field stays as a line `Name: words`."""
    for key, name, raw in found.beside:
        words, links = plain_words(raw)
        tags.links += [each for each in links if each not in tags.links and _WEB_OR_TICKET.fullmatch(each)]
        if not words or (is_nothing(words) and not links):
            continue
        if key == "owner" and tags.owner and raw:
            tags.owner = ""
        if key == "link" and links and not tags.put("link", words, context):
            details += [] if words in links else [f"{name}: {words}"]
            continue
        if tags.put(key, words, context, column=True):
            if key == "status" and says_more(words):
                details.append(f"{name}: {words}" if name else words)
            continue
        if key in ("status", "link") and not tags.status and (status := status_in_front(words) or _state_behind(words)):
            tags.status = status
        details.append(f"{name}: {words}" if name else words)


def _state_behind(words: str) -> str:
    """The state at the end of a cell that holds a ticket too: `n/a DONE`, `bug 12 – done`."""
    last = words.split()[-1] if words.split() else ""
    return status_in_front(last) if len(words.split()) > 1 else ""


def key_of(item: Item) -> str:
    """The words of an action, without signs and capitals."""
    return " ".join(re.findall(r"\w+", str(item.fields.get("text", "")).casefold()))

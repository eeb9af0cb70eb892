"""Messages of Slack as its exports have them: who, when to the second, the words, what was attached, reactions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from schemas.readers.slack_markup import Directory, slack_words
from schemas.readers.source_records import Heard, Record
from schemas.text import shorten

_STAMP: Final = re.compile(r"(\d{9,10})\.(\d{1,9})")
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ASIDE_TYPES: Final = """
channel_join channel_leave group_join group_leave bot_add bot_remove pinned_item unpinned_item channel_archive
channel_unarchive channel_convert_to_private joiner_notification
"""
_ASIDE: Final = frozenset(_ASIDE_TYPES.split())
_TEXTS: Final = ("pretext", "title", "text", "fallback")

Told = Sequence[tuple[Mapping[str, Any], tuple[int, ...]]]


def is_message(value: Mapping[str, Any]) -> bool:
    """Whether an object is a message of a Slack export."""
    stamp = value.get("ts")
    if not isinstance(stamp, str) or _STAMP.fullmatch(stamp) is None:
        return False
    return value.get("type") == "message" or ("text" in value and bool({"user", "bot_id", "username"} & value.keys()))


def hear_messages(messages: Told, users: Mapping[str, str], channels: Mapping[str, str]) -> Heard:
    """What messages say, in the order of time; names that the messages themselves bring count too."""
    names = {own: name for value, _ in messages if (own := str(value.get("user", ""))) and (name := _profile(value))}
    directory = Directory({**names, **users}, channels)
    heard = Heard("a Slack export", said_later=True, infers=True, zone="UTC", accounted=True)
    for value, lines in sorted(messages, key=lambda each: _seconds(each[0])):
        heard.records.append(message_record(value, lines, directory))
        if reactions := _reactions(value, directory):
            heard.records.append(Record([lines[0]], None, "", [reactions], aside=True))
    return heard


def moment_of(value: Mapping[str, Any]) -> datetime | None:
    """When a message was written, to the second; None where its stamp cannot be read."""
    found = _STAMP.fullmatch(str(value.get("ts", "")))
    return _START + timedelta(seconds=int(found[1])) if found is not None else None


def message_record(value: Mapping[str, Any], lines: Sequence[int], directory: Directory) -> Record:
    """One message as an entry."""
    aside = str(value.get("subtype", "")) in _ASIDE
    texts: list[str] = []
    links: list[str] = []
    for raw in _texts(value):
        words, found = slack_words(raw, directory)
        links += found
        if words.strip() and words.strip() not in "\n".join(texts):
            texts.append(words.strip())
    for each in _list(value.get("files")):
        name = str(each.get("title") or each.get("name") or "") if isinstance(each, dict) else ""
        link = str(each.get("permalink") or each.get("url_private") or "") if isinstance(each, dict) else ""
        if name or link:
            texts.append(f"[file: {name or link}]")
        links += [link] if link.startswith("http") else []
    record = Record(list(lines), None, who(value, directory), "\n".join(texts).split("\n"), aside=aside)
    moment = moment_of(value)
    if moment is not None:
        record.fields["at"] = moment
        record.fields["recorded"] = moment
    if links:
        record.fields["links"] = tuple(dict.fromkeys(links))
    return record


def who(value: Mapping[str, Any], directory: Directory) -> str:
    """The name of who wrote a message; the id where nothing names it."""
    own = str(value.get("user") or "")
    bot = value.get("bot_profile")
    name = directory.users.get(own) or _profile(value) or str(value.get("username") or "")
    if not name and isinstance(bot, dict):
        name = str(bot.get("name") or "")
    return " ".join((name or own or str(value.get("bot_id") or "")).split())


def _profile(value: Mapping[str, Any]) -> str:
    profile = value.get("user_profile")
    if not isinstance(profile, dict):
        return ""
    return str(profile.get("real_name") or profile.get("display_name") or profile.get("name") or "")


def _texts(value: Mapping[str, Any]) -> list[str]:
    """All texts of a message: its own, those of what is attached, and those of its blocks where it has no other."""
    found = [str(value["text"])] if value.get("text") else []
    for each in _list(value.get("attachments")):
        if isinstance(each, dict):
            found += [str(each[key]) for key in _TEXTS if each.get(key) and (key != "fallback" or len(found) == 0)]
            for part in _list(each.get("fields")):
                if isinstance(part, dict) and part.get("value"):
                    found.append(f"{part.get('title') or ''}: {part['value']}".removeprefix(": "))
    return found or _in_blocks(value.get("blocks"))


def _in_blocks(blocks: Any) -> list[str]:
    """The texts in blocks, in order."""
    found, waiting = [], [blocks]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(reversed(each))
        elif isinstance(each, dict):
            text = each.get("text")
            if isinstance(text, str) and text.strip():
                found.append(text)
            else:
                waiting.extend(
                    each[key] for key in ("fields", "elements", "text") if isinstance(each.get(key), list | dict)
                )
    return found


def _reactions(value: Mapping[str, Any], directory: Directory) -> str:
    told = []
    for each in _list(value.get("reactions")):
        if isinstance(each, dict) and each.get("name"):
            people = [directory.users.get(str(own), str(own)) for own in _list(each.get("users"))]
            told.append(f":{each['name']}: {', '.join(people) or each.get('count', '')}".strip())
    if not told:
        return ""
    words = slack_words(str(value.get("text") or ""), directory)[0]
    return f"Reactions to “{shorten(words, 40)}”: {'; '.join(told)}"


def _seconds(value: Mapping[str, Any]) -> float:
    found = _STAMP.fullmatch(str(value.get("ts", "")))
    return float(found.group()) if found is not None else 0.0


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

"""What a chat says of itself: who came and went, reactions, `3 replies`, and the lines that only name a day."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.source_days import said_day
from schemas.readers.source_stamps import DAY, take_stamp

_ROOM: Final = r"(?:the )?(?:channel|group|server|call|huddle|conversation|meeting|team|irc)"
_CAME_AND_WENT: Final = re.compile(
    r"(?:\S{1,40}(?:\s[\[(][^\])]{0,120}[\])])?\s)?(?:(?:has|have|was|were)\s)?"
    r"(?:joined|left|quits?|parted|disconnected|reconnected|kicked|invited)\b"
    rf"(?:\s(?:#\S|{_ROOM}\b|to (?:#\S|{_ROOM}\b)|by\b).{{0,160}}|\s?[\[(].{{0,160}}|[.!]?)"
    r"|(?:\*\s)?(?:joins|quits|parts|leaves):\s.{1,200}|\S{1,40} is now known as \S{1,40}"
    r"|\S{1,60} (?:sets|gives|changes) (?:the )?(?:mode|topic|channel operator)\b.{0,300}"
    r"|mode/?\s?#?\S+ .{1,120}|topic for #\S+ .{1,300}|netsplit .{1,200}|now talking (?:on|in) \S{1,60}"
    rf"|.{{0,60}}\bcreated (?:this|the)? ?{_ROOM}\b.{{0,120}}|messages and calls are end-to-end encrypted\b.{{0,200}}"
    rf"|(?:\w\S{{0,30}} ){{1,3}}(?:added|removed) (?:\w\S{{0,30}}(?: |$)){{1,3}}(?:(?:to|from) {_ROOM}.{{0,80}})?"
    rf"|.{{0,60}}\bwas (?:added|removed) (?:to|from) (?:#\S+|{_ROOM})\b.{{0,80}}"
    rf"|.{{0,60}}\b(?:started|ended) (?:a|the) (?:call|huddle|meeting)\b.{{0,80}}",
    re.IGNORECASE,
)
_PICTURES: Final = "\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d\U0001f000-\U0001faff"
_EMOJI: Final = rf"(?::[a-z0-9_+'\-]{{2,40}}:(?::skin-tone-\d:)?|[{_PICTURES}]{{1,8}})"
_REACTION: Final = re.compile(rf"(?:{_EMOJI}\s?\d{{0,4}}\s?){{1,12}}", re.IGNORECASE)
_FURNITURE: Final = re.compile(
    r"new(?: messages?)?|\(?edited\)?|\d+ repl(?:y|ies)|last reply .{1,60}|view thread|reply in thread"
    r"|replied to a thread:?.{0,200}|also sent to the channel|pinned by .{1,60}|seen by .{1,60}|saved for later"
    r"|view (?:reactions|message|newer replies)|\d+ (?:new )?messages?|show (?:more|less)|see more|begin reply"
    r"|(?:like|heart|laugh|surprised|sad|angry)(?: \d{1,3})?|role icon, .{1,60}|add reaction",
    re.IGNORECASE,
)
_ANNOUNCED: Final = re.compile(
    r"(?:---|\*{2,4}|--|==+|—+|─+)?\s?(?:log (?:opened|closed)|day changed(?: to)?|(?:begin|ending) logging at"
    r"|session (?:start|time|close|ident)\s?:|conversation with .{1,80}? at)\s?",
    re.IGNORECASE,
)
_RULED: Final = re.compile(r"[-–—─=_*\s\[\]|•]{0,80}")
_WHOLE_DAY: Final = re.compile(DAY, re.IGNORECASE)


def is_coming_or_going(text: str) -> bool:
    """Whether a message only says that somebody came, went, or changed the channel."""
    return len(text) < 400 and _CAME_AND_WENT.fullmatch(text.strip()) is not None


def is_reaction(text: str) -> bool:
    """Whether a line is nothing but reactions and their counts."""
    words = text.strip()
    return 0 < len(words) < 120 and words[0] not in "0123456789" and _REACTION.fullmatch(words) is not None


def is_furniture(text: str) -> bool:
    """Whether a line is what a chat program shows around messages: `3 replies`, `New`, `(edited)`."""
    return len(text) < 240 and _FURNITURE.fullmatch(text.strip()) is not None


def day_alone(text: str) -> str:
    """The words of the day that a line names and nothing else: a divider, or the start of a log; empty otherwise."""
    if not 4 < len(text) < 160:
        return ""
    announced = _ANNOUNCED.match(text.strip())
    words = text.strip()[announced.end() :] if announced is not None else text
    ruled = _RULED.match(words)
    words = words[ruled.end() if ruled else 0 :].rstrip(" -–—─=_*[]|•\t,.")
    if announced is not None and (found := take_stamp(words)) is not None:
        stamp = found[0]
        return stamp.at.date().isoformat() if stamp.at is not None else stamp.day
    if len(words) > 40 or _WHOLE_DAY.fullmatch(words) is None or ":" in words:
        return ""
    return words if said_day(words) is not None else ""


def is_announcement(text: str) -> bool:
    """Whether a line says that a log begins, ends or goes on."""
    return len(text) < 200 and _ANNOUNCED.match(text.strip()) is not None

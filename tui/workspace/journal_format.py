"""How unsaved words are written down: blocks that follow one another, each with a checksum of its own.

The first block holds the file as it was opened, if there is one, and the next the whole text; those after it hold what
was changed since the one before, and now and then the whole text again. A block is a line with its kind, two lengths
and a checksum, a line of JSON, and the text itself, so that a person can read it too. A process may be killed, and the
power may fail, at any byte: what cannot be trusted is left out, and what follows it is used as far as it does not build
on it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from schemas.text import clean_line
from tui.workspace.fingerprint import Fingerprint
from tui.workspace.processes import Process

HEADING: Final = b"# What was typed and not yet saved. Open postmortem to get it back.\n"

_MARK: Final = b"%%% "
_LINE: Final = re.compile(rb"%%% (opened|whole|change) (\d{1,9}) (\d{1,9}) ([0-9a-f]{32})\n")
_MOST_FAULTS: Final = 1_000
"""After so many blocks that are none, the rest is not looked at: it is not a journal."""


class About(Struct, frozen=True):
    """What is known of a document beside its text.

    `path` is absolute, None before the first save; `fingerprint` is of the file as it was opened or last saved; `began`
    is when the first change was made that is not saved. `begun_in` is the folder that an incident without a file would
    be saved to, absolute, where that is known.
    """

    path: Path | None
    fingerprint: Fingerprint | None
    title: str
    process: Process | None
    began: datetime
    app: str
    begun_in: Path | None = None


class Story(Struct, frozen=True):
    """What could be read of a journal. `text` is None if nothing can be trusted.

    `at` is the time of the last change in the text, `changes` how many there were; `damaged`: something that was
    written could not be read, so that the last changes may be missing. `opened` is the file as it was opened, None if
    there was none or it cannot be trusted.
    """

    text: bytes | None
    about: About | None
    at: datetime | None
    changes: int
    damaged: bool
    opened: bytes | None = None


def checksum(data: bytes) -> str:
    """What tells two texts apart."""
    return blake2b(data, digest_size=16).hexdigest()


def opened(key: str, text: bytes) -> bytes:
    """A block with the text of the file before any of the changes."""
    return _block(key, b"opened", {}, text)


def whole(key: str, text: bytes, about: About, at: datetime, changes: int) -> bytes:
    """A block with the whole text. `key` is the journal's own: no text can hold what passes for a block of it."""
    data = {
        "at": at.isoformat(),
        "changes": changes,
        "path": None if about.path is None else os.fspath(about.path),
        "fingerprint": about.fingerprint and [getattr(about.fingerprint, name) for name in _FINGERPRINT],
        "title": about.title,
        "process": about.process and about.process.as_data(),
        "began": about.began.isoformat(),
        "app": about.app,
        "begun_in": None if about.begun_in is None else os.fspath(about.begun_in),
    }
    return _block(key, b"whole", data, text)


_FINGERPRINT: Final = ("size", "mtime_ns", "inode", "sha256")


def change(key: str, before: bytes, after: bytes, was: str, now: str, at: datetime, changes: int) -> bytes:
    """A block with what turns one text into another. `was` and `now` are their checksums."""
    start = _shared(before, after)
    end = _shared_end(before, after, min(len(before), len(after)) - start)
    data = {"at": at.isoformat(), "changes": changes, "start": start, "end": end, "was": was, "is": now}
    return _block(key, b"change", data, after[start : len(after) - end])


def _block(key: str, kind: bytes, data: Mapping[str, Any], text: bytes) -> bytes:
    meta = json.dumps(data).encode("ascii")
    seal = _seal(key, kind, meta, text)
    return b"%b%b %d %d %b\n%b\n%b\n" % (_MARK, kind, len(meta), len(text), seal.encode(), meta, text)


def _seal(key: str, kind: bytes, meta: bytes, text: bytes) -> str:
    seal = blake2b(b"%b %d\n" % (kind, len(meta)), key=os.fsencode(key)[:64], digest_size=16)
    seal.update(meta)
    seal.update(text)
    return seal.hexdigest()


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two texts have in common at their start, found by comparing ever smaller pieces."""
    low, most = 0, min(len(one), len(other))
    step = 1 << 16
    while step:
        while low + step <= most and one[low : low + step] == other[low : low + step]:
            low += step
        step >>= 1
    return low


def _shared_end(one: bytes, other: bytes, most: int) -> int:
    """How many bytes two texts have in common at their end, at most so many."""
    low = 0
    step = 1 << 16
    while step:
        while low + step <= most and (
            one[len(one) - low - step : len(one) - low] == other[len(other) - low - step : len(other) - low]
        ):
            low += step
        step >>= 1
    return low


def read(key: str, data: bytes) -> Story:
    """Read a journal, whatever became of it. Raises nothing."""
    text: bytes | None = None
    now = ""
    about: About | None = None
    at: datetime | None = None
    before: bytes | None = None
    changes = faults = 0
    damaged = not data.startswith(HEADING)
    place = _next(data, 0) if damaged else len(HEADING)
    while place < len(data) and faults < _MOST_FAULTS:
        found = _checked(key, data, place)
        if found is None:
            faults += 1
            damaged = True
            place = _next(data, place + 1)
            continue
        kind, meta, payload, place = found
        if kind == b"opened":
            before = payload
            continue
        new = payload if kind == b"whole" else _applied(text, now, meta, payload)
        try:
            when, count = _time(meta["at"]), int(meta["changes"])
            if kind == b"whole":
                about = _about(meta)
        except (KeyError, TypeError, ValueError, OverflowError):
            new = None
        if new is None:
            damaged = True
            continue
        text, at, changes = new, when, count
        now = meta["is"] if kind == b"change" else checksum(new)
        # A whole text that stands later heals what was wrong before it.
        damaged = damaged and kind != b"whole"
    return Story(text, about, at, changes, damaged or text is None, before)


def _next(data: bytes, start: int) -> int:
    """Where the next thing that looks like a block stands, or the end."""
    found = _LINE.search(data, start)
    return found.start() if found else len(data)


def _checked(key: str, data: bytes, place: int) -> tuple[bytes, dict[str, Any], bytes, int] | None:
    """The block at a place, and where the next one stands; None if there is no block that can be trusted."""
    found = _LINE.match(data, place)
    if found is None:
        return None
    kind, start, middle = found[1], found.end(), found.end() + int(found[2])
    end = middle + 1 + int(found[3])
    if data[end : end + 1] != b"\n" or data[middle : middle + 1] != b"\n":
        return None
    meta, payload = data[start:middle], data[middle + 1 : end]
    if _seal(key, kind, meta, payload) != found[4].decode():
        return None
    try:
        known = json.loads(meta)
    except (ValueError, RecursionError):
        return None
    return (kind, known, payload, end + 1) if isinstance(known, dict) else None


def _applied(text: bytes | None, now: str, meta: Mapping[str, Any], payload: bytes) -> bytes | None:
    """The text after a change; None if it was made to another text than this one."""
    if text is None or meta.get("was") != now:
        return None
    try:
        new = text[: meta["start"]] + payload + text[len(text) - meta["end"] :]
    except (KeyError, TypeError):
        return None
    return new if checksum(new) == meta.get("is") else None


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _about(meta: Mapping[str, Any]) -> About:
    """What a block says of its document. Raises KeyError, TypeError, ValueError or OverflowError if it is not sound."""
    kept = meta["fingerprint"]
    fingerprint = None
    if kept is not None:
        size, time, inode, sha256 = kept
        fingerprint = Fingerprint(int(size), int(time), int(inode), str(sha256))
    return About(
        _absolute(meta["path"]),
        fingerprint,
        clean_line(str(meta["title"])),
        Process.from_data(meta["process"]),
        _time(meta["began"]),
        clean_line(str(meta["app"])),
        _absolute(meta.get("begun_in")),
    )


def _absolute(path: object) -> Path | None:
    if path is None:
        return None
    if not isinstance(path, str) or "\0" in path or not Path(path).is_absolute():
        raise ValueError(path)
    return Path(path)

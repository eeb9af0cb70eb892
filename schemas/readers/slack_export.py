"""The export of a Slack workspace as a ZIP archive: one channel of it, read in memory; nothing is ever unpacked."""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from schemas.days import moved
from schemas.readers.blocks import Line
from schemas.readers.imported import NotReadable
from schemas.readers.slack_messages import hear_messages, is_message
from schemas.readers.source_records import Asked, Heard, Record
from schemas.text import clean_prose

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_DAY_FILE: Final = re.compile(r"(?:.*/)?(?P<channel>[^/]+)/(?P<day>\d{4}-\d\d-\d\d)\.json")
_MOST_MEMBERS: Final = 200_000
_MOST_OF_ONE: Final = 64 * 1024 * 1024
_MOST_OF_ALL: Final = 256 * 1024 * 1024
"""Bytes: larger files in an archive are refused, whatever it says of their sizes."""
_MOST_NAMED: Final = 20


def is_slack_export(names: Sequence[str]) -> bool:
    """Whether an archive with members of these names is an export of Slack."""
    lists = any(name.rsplit("/", 1)[-1] in ("users.json", "channels.json") for name in names)
    return any(_DAY_FILE.fullmatch(name) for name in names) and (
        lists or all(_DAY_FILE.fullmatch(name) or name.endswith("/") for name in names)
    )


def hear_export(data: bytes, asked: Asked) -> Heard | None:
    """What one channel of an export says; None if the bytes are no export of Slack.

    Raises:
        NotReadable: it has several channels and none of them was asked for, or none by that name; it is broken or
            too large.
    """
    if not data.startswith(b"PK\x03\x04"):
        return None
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if not is_slack_export([info.filename for info in members[:_MOST_MEMBERS]]):
                return None
            if len(members) > _MOST_MEMBERS:
                raise _too_large()
            return _Export(archive, members).heard(asked)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        if isinstance(error, NotReadable):
            raise
        hint = "Export it again, or unpack it and import the files of the days."
        raise NotReadable("the archive cannot be read", str(error)[:200], hint) from error


class _Export:
    """An open archive and what is in it."""

    def __init__(self, archive: ZipFile, members: Sequence[ZipInfo]) -> None:
        self.archive = archive
        self.taken = 0
        self.days: dict[str, list[tuple[str, ZipInfo]]] = {}
        self.lists: dict[str, ZipInfo] = {}
        for info in members:
            found = _DAY_FILE.fullmatch(info.filename)
            if found is not None:
                self.days.setdefault(found["channel"], []).append((found["day"], info))
            else:
                self.lists.setdefault(info.filename.rsplit("/", 1)[-1], info)

    def heard(self, asked: Asked) -> Heard:
        """What the channel that was asked for says."""
        channel = self._channel(asked.channel)
        users = self._names("users.json")
        channels = self._names("channels.json") | self._names("groups.json")
        messages: list[tuple[Mapping[str, Any], tuple[int, ...]]] = []
        for day, info in sorted(self.days[channel], key=lambda each: each[0]):
            if not _may_hold(day, asked):
                continue
            found = self._read(info)
            values = found if isinstance(found, list) else [found]
            messages += [(value, (1,)) for value in values if isinstance(value, dict) and is_message(value)]
        heard = hear_messages(messages, users, channels)
        if not messages:
            raise NotReadable(
                f"there are no messages in #{channel}", "No day of it lies in the span that was asked for.",
                "Ask for another channel or a longer span.",
            )  # fmt: skip
        heard.title = f"#{channel}"
        heard.lines = _transcript(heard.records)
        heard.sections += self._topic(channel)
        return heard

    def _channel(self, wanted: str) -> str:
        name = wanted.strip().lstrip("#").casefold()
        if name:
            found = next((each for each in self.days if each.casefold() == name), None)
            if found is None:
                raise NotReadable(f"there is no channel “{wanted}” in the export", self._listed(), "Name one of these.")
            return found
        if len(self.days) > 1:
            hint = "Name the one of the incident, as in --channel incidents."
            raise NotReadable("the export has several channels", self._listed(), hint)
        return next(iter(self.days))

    def _listed(self) -> str:
        names = sorted(self.days)
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        return f"There are {', '.join(f'#{name}' for name in names[:_MOST_NAMED])}{more}."

    def _names(self, member: str) -> dict[str, str]:
        """The names of users or channels by their ids."""
        found = self._read(self.lists[member]) if member in self.lists else []
        names = {}
        for each in found if isinstance(found, list) else []:
            if isinstance(each, dict) and isinstance(each.get("id"), str):
                inner = each.get("profile")
                profile = inner if isinstance(inner, dict) else {}
                ways = (profile.get("real_name"), each.get("real_name"), profile.get("display_name"), each.get("name"))
                names[each["id"]] = next((way for way in ways if isinstance(way, str) and way), each["id"])
        return names

    def _topic(self, channel: str) -> list[tuple[str, list[Line]]]:
        """The topic and the purpose of a channel, to be kept."""
        found = self._read(self.lists["channels.json"]) if "channels.json" in self.lists else []
        lines = []
        for each in found if isinstance(found, list) else []:
            if isinstance(each, dict) and each.get("name") == channel:
                for key in ("topic", "purpose"):
                    value = each.get(key)
                    words = value.get("value") if isinstance(value, dict) else None
                    if isinstance(words, str) and words.strip():
                        lines.append(Line(1, f"{key.capitalize()}: {words.strip()}"))
        return [("Channel", lines)] if lines else []

    def _read(self, info: ZipInfo) -> Any:
        """The JSON of a member; no more bytes are unpacked than are allowed."""
        most = min(_MOST_OF_ONE, _MOST_OF_ALL - self.taken)
        if info.file_size > most:
            raise _too_large()
        with self.archive.open(info) as member:
            data = member.read(most + 1)
        self.taken += len(data)
        if len(data) > most:
            raise _too_large()
        try:
            return json.loads(data.decode("utf-8-sig", "replace"), strict=False)
        except (ValueError, RecursionError) as error:
            name = clean_prose(info.filename).replace("\n", " ")
            raise NotReadable("the export is broken", f"{name}: {error}", "Export it again.") from error


def _may_hold(day: str, asked: Asked) -> bool:
    """Whether a day, which may be of any zone, can hold messages of the span that was asked for."""
    try:
        own = date.fromisoformat(day)
    except ValueError:
        return True
    if isinstance(asked.since, datetime) and moved(own, 1) < asked.since.date():
        return False
    return not isinstance(asked.until, datetime) or moved(own, -1) <= asked.until.date()


def _transcript(records: Sequence[Record]) -> tuple[Line, ...]:
    """The messages as lines that people can read; the entries get the numbers of theirs."""
    lines: list[Line] = []
    for record in records:
        at = record.fields.get("at")
        front = f"[{at:%Y-%m-%d %H:%M:%S}] " if at is not None else "  "
        texts = clean_prose(f"{front}{record.who}: {record.text}" if record.who else f"{front}{record.text}").split(
            "\n"
        )
        record.lines = list(range(len(lines) + 1, len(lines) + len(texts) + 1))
        lines += [Line(len(lines) + place, text) for place, text in enumerate(texts, 1)]
    return tuple(lines)


def _too_large() -> NotReadable:
    return NotReadable(
        "the archive is too large", f"It unpacks to more than {_MOST_OF_ALL // 1024 // 1024} MB.",
        "Export one channel and a shorter span.",
    )  # fmt: skip

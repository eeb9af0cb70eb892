"""What is said of a version: when it came to be, and what it is."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final

from schemas.text import clean_line
from tui.workspace.file_versions import Version

if TYPE_CHECKING:
    from schemas.incident import Incident
    from tui.workspace.version_changes import Compared

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS: Final = (("min", 60, 60), ("h", 3600, 24), ("d", 86_400, 10_000_000))
_VERDICTS: Final = {"approve": "approved", "changes": "asked for changes"}
_HASH_SHOWN: Final = 7


def day_of(at: datetime, now: datetime, zone: tzinfo | None) -> str:
    """The day as a heading: `Today · Wed 4 Mar`, `Fri 3 Jan 2025`. Without a zone it is that of the machine."""
    here, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    year = f" {here.year}" if here.year != today.year else ""
    name = f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]}{year}"
    near = {0: "Today · ", 1: "Yesterday · "}
    return near.get((today - here).days, "") + name


def clock_of(at: datetime, zone: tzinfo | None) -> str:
    """The time of day: `14:05`."""
    return f"{at.astimezone(zone):%H:%M}"


def name_of(version: Version, now: datetime, zone: tzinfo | None) -> str:
    """A version as it is called in a sentence: `Tue 3 Mar 14:05`."""
    day = day_of(version.at, now, zone).rpartition(" · ")[2]
    return f"{day} {clock_of(version.at, zone)}"


def age_of(at: datetime, now: datetime) -> str:
    """How long ago that was, in a few cells: `now`, `12 min`, `3 h`, `40 d`."""
    seconds = int((now - at).total_seconds())
    for unit, size, most in _UNITS:
        if seconds >= size and seconds < size * most:
            return f"{seconds // size} {unit}"
    return "now"


def what_of(version: Version, incident: Incident | None, unsaved: bool | None) -> str:
    """What a version is: `saved`, `ana approved`, `3f2a1b0 Times corrected`.

    Who gave a verdict is looked up in the incident. `unsaved` is whether what is open now has to be saved, None if it
    is a file that is not open.
    """
    if version.kind == "now":
        return "the file" if unsaved is None else ("not saved yet" if unsaved else "as it is now")
    if version.kind == "git" and version.revision is not None:
        return clean_line(f"{version.revision.commit[:_HASH_SHOWN]} {version.revision.subject}")
    if version.kind == "verdict":
        return _verdict_of(version, incident)
    return {"backup": "found before saving", "outside": "changed outside"}.get(version.kind, "saved")


def told_of(version: Version) -> str:
    """What a version is, in a sentence where its name in the list does not say it all; may be empty."""
    if version.kind == "git" and version.revision is not None:
        return clean_line(f"committed by {version.revision.author}")
    return {
        "backup": "as it was before the first save of a session",
        "outside": "written by another program",
        "verdict": "kept when a verdict was given",
        "save": "saved by this program",
    }.get(version.kind, "")


def size_of(size: int | None) -> str:
    """A size as people say it: `812 B`, `12.1 kB`; empty if it is not known."""
    if size is None:
        return ""
    return f"{size} B" if size < 1000 else f"{size / 1e3:.1f} kB" if size < 1e6 else f"{size / 1e6:.1f} MB"


def counted(count: int) -> str:
    """How many changes: `no changes`, `1 change`."""
    return f"{count or 'no'} change{'' if count == 1 else 's'}"


def no_changes(compared: Compared, *, to_now: bool, is_now: bool) -> str:
    """What is said where there is nothing to show: compared with the version before, or with what is there now."""
    if not to_now:
        oldest = "The oldest version that can be read: n compares it with now."
        return oldest if compared.since is None else "Nothing is different."
    if is_now:
        return "This is now."
    return "Nothing is different." if compared.newer.incident else "What is in the file now cannot be read."


def _verdict_of(version: Version, incident: Incident | None) -> str:
    from schemas.verdicts import verdict_of

    digits = version.kept.verdict if version.kept is not None else ""
    for review in reversed(incident.reviews if incident is not None else ()):
        hashed = review.content.rpartition(":")[2].casefold()
        if hashed and digits.startswith(hashed):
            words = _VERDICTS.get(verdict_of(review), review.verdict)
            return clean_line(f"{review.reviewer or 'somebody'} {words}")
    return "verdict"

"""An incident as a TOML file: reading it, with a word about every fault, and writing it in one canonical form.

Loading what was written gives the same incident; writing what was loaded from a file written here changes no byte.
Unknown keys and comments come through, and a file that cannot be read raises a `TomlError` that says what to do.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct
from pydantic import ValidationError

from schemas import toml_layout, toml_remarks, toml_settle
from schemas.incident import FORMAT, ITEM_LISTS, Incident
from schemas.toml_errors import Fault, TomlError
from schemas.toml_layout import Layout, Path
from schemas.toml_lines import QuickLines
from schemas.toml_reader import read_toml
from schemas.toml_remarks import Remark
from schemas.toml_settle import Change, Data, UnfitError
from schemas.toml_shape import not_an_incident

__all__ = ["LineIndex", "Loaded", "Note", "Remark", "TomlError", "dumps", "loads", "parse", "parse_bytes"]


class Note(Struct, frozen=True):
    """Something that loading had to change, for the reader: the line in the file, from 1, and a sentence."""

    line: int
    message: str


class LineIndex:
    """Where things of an incident stand in the `text` it was read from, which is gone through when first asked."""

    def __init__(self, text: str, incident: Incident) -> None:
        self.text = text
        self._incident = incident
        self._positions: dict[str, dict[str, int]] = {}

    @cached_property
    def layout(self) -> Layout:
        """The lines of all keys and tables, and the comments."""
        return toml_layout.scan(self.text)

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """The comments with what they stand by."""
        if not toml_layout.may_hold_comments(self.text):
            return ()
        return toml_remarks.collect(self.layout, self._incident)

    def _position(self, name: str, key: str) -> int | None:
        """Which item of a list goes by a key. Only that list of the incident is looked at."""
        known = self._positions.get(name)
        if known is None:
            keys = toml_remarks.item_keys(getattr(self._incident, name))
            known = self._positions[name] = {each: index for index, each in enumerate(keys)}
        return known.get(key)

    def of(self, where: str) -> int | None:
        """The line, from 1, of a place such as `events/k7q2/at`, `sections/impact` or `title`.

        If it does not stand in the file, that of the nearest thing around it that does; None for an empty file.
        """
        if not self._anything:
            return None
        name, _, rest = where.partition("/")
        path: Path = (name, *rest.split("/")) if rest else (name,)
        if name in ITEM_LISTS and rest:
            steps = rest.split("/")
            # An id written by hand may hold a slash, so the longest one that fits is meant.
            for length in range(len(steps), 0, -1):
                index = self._position(name, "/".join(steps[:length]))
                if index is not None:
                    path = (name, index, *steps[length:])
                    break
        return self._quick.line(path) or self.layout.line(path)

    @cached_property
    def _anything(self) -> bool:
        """Whether anything but comments stands in the text."""
        return "=" in self.text or bool(self.layout.lines)

    @cached_property
    def _quick(self) -> QuickLines:
        return QuickLines(self.text)


class Loaded(Struct, frozen=True):
    """A file that was read.

    Attributes:
        incident: what it holds.
        notes: what loading had to change.
        lines: where things stand in it.
        newer: it was written by a newer program, so it must not be saved over.
    """

    incident: Incident
    notes: tuple[Note, ...]
    lines: LineIndex
    newer: bool

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Its comments, to be given back to `dumps`. They are looked for when first asked."""
        return self.lines.remarks


def parse_bytes(data: bytes, name: str) -> Loaded:
    """Read the bytes of a file, UTF-8 with or without a byte order mark. `name` is for messages.

    Raises:
        TomlError: it is not UTF-8, not TOML, or not an incident.
    """
    try:
        return parse(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        from schemas.toml_faults import not_utf8  # late: nearly all files can be read

        raise not_utf8(data, error, name) from error


def text_of(data: bytes) -> str:
    r"""The text of a file as `Loaded.lines` has it: without a byte order mark, lines ended by `\n`.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return _plain(data.decode("utf-8-sig"))


def _plain(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n") if "\r" in text else text


def loads(text: str, name: str = "<text>") -> Incident:
    """The incident in a text.

    Raises:
        TomlError: it is not TOML, or not an incident.
    """
    return parse(text, name).incident


def parse(text: str, name: str = "<text>") -> Loaded:
    """Read a text. `name` is for messages.

    Raises:
        TomlError: it is not TOML, or not an incident.
    """
    text = _plain(text)
    try:
        data = read_toml(text)
    except (ValueError, RecursionError) as error:
        from schemas.toml_faults import not_toml  # late: as above

        raise not_toml(text, error, name) from error
    try:
        _must_not_be_a_review(data)
        format_ = _format(data)
        data = toml_settle.migrate(data, format_)
        changes = toml_settle.settle(data)
        incident, left_out = _incident(data, newer=format_ > FORMAT)
        changes += left_out + toml_settle.replaced(data, incident)
    except UnfitError as error:
        line = toml_layout.scan(text).line(error.path)
        fault: Fault = "format" if error.path == ("format",) else "shape"
        raise TomlError(name, line, 1, error.detail, error.hint, fault=fault) from error
    except ValidationError as error:
        raise not_an_incident(error, data, name, toml_layout.scan(text).line) from error
    except RecursionError as error:
        from schemas.toml_faults import not_toml

        raise not_toml(text, error, name) from error
    lines = LineIndex(text, incident)
    return Loaded(incident, _notes(changes, lines), lines, format_ > FORMAT)


def _must_not_be_a_review(data: Data) -> None:
    """A review has comments too, but saved as an incident it would lose what it is of."""
    if isinstance(data.get("review_of"), dict):
        hint = "Open the incident itself; `postmortem review INCIDENT --take REVIEW` takes the review in."
        raise UnfitError(("review_of",), "this is the review of an incident, not an incident", hint)


def _format(data: Data) -> int:
    format_ = data.setdefault("format", FORMAT)
    if type(format_) is not int:
        raise UnfitError(("format",), "`format` must be a whole number", f"Write format = {FORMAT}.")
    return format_


def _incident(data: Data, *, newer: bool) -> tuple[Incident, list[Change]]:
    """The incident; of a newer format, what of it can be understood.

    Raises:
        ValidationError: a value has the wrong shape.
    """
    if not newer:
        return Incident.model_validate(data), []
    changes: list[Change] = []
    while True:
        try:
            return Incident.model_validate(data), changes
        except ValidationError as error:
            changes += toml_settle.without_faults(data, error)


def _notes(changes: list[Change], lines: LineIndex) -> tuple[Note, ...]:
    notes = (Note(lines.layout.line(change.path), change.message) for change in changes)
    return tuple(sorted(notes, key=lambda note: note.line))


def dumps(incident: Incident, remarks: tuple[Remark, ...] = ()) -> str:
    """The text of the file, with the comments of the file it was read from."""
    from schemas.toml_chunks import chunks  # those who only read do without it

    return "".join(chunks(incident, remarks))

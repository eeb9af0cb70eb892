"""The front door for whatever may be imported: documents, chats, exports, tables, logs.

What a source is follows from its content, never from its name, and carefully: in doubt it is a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from msgspec.structs import replace

from schemas.readers.blocks import Line
from schemas.readers.chat_blocks import hear_blocks
from schemas.readers.chat_lines import hear_lines
from schemas.readers.csv_tables import hear_csv
from schemas.readers.decoding import decode, lines_of
from schemas.readers.document import read_document
from schemas.readers.found import Assumption
from schemas.readers.imported import Imported, NotReadable
from schemas.readers.json_records import hear_json
from schemas.readers.log_lines import hear_log
from schemas.readers.slack_export import hear_export
from schemas.readers.source_incident import incident_of
from schemas.readers.source_records import Asked, Heard


def read_source(
    data: bytes | str,
    *,
    name: str,
    zone: str = "",
    date: date | None = None,
    day_first: bool | None = None,
    written: date | None = None,
    side: str = "",
    columns: Mapping[str, str] | None = None,
    channel: str = "",
    since: datetime | time | None = None,
    until: datetime | time | None = None,
) -> Imported:
    """The incident that a source describes, whatever it is, and where everything in it comes from.

    `name`, `zone`, `date`, `day_first`, `written` and `side` are as for `schemas.readers.document.read_document`;
    `date` also tells which day `Today` or `2 May` is, and `written` the year of dates without one. `columns` says what
    columns of a table or keys of JSON mean: `{"time": "Created", "text": "Note"}` (see
    `schemas.readers.source_columns`). `channel` is the channel of a Slack export; `since` and `until` are the span of
    which the entries count, both included: local times are of the incident's zone, clocks by themselves of the day on
    which the entries begin. A document has none of these, which it says.

    Raises:
        NotReadable: it is broken, no text, or tells of no incident; or it has not what was asked for.
    """
    asked = Asked(zone, date, day_first, written, columns or {}, channel, since, until)
    if isinstance(data, bytes) and (export := hear_export(data, asked)) is not None:
        return incident_of(export, export.lines, asked)
    text = data if isinstance(data, str) else decode(data)[0]
    lines = lines_of(text)
    heard = _heard(text, lines, asked)
    if heard is not None and heard.records:
        return incident_of(heard, lines, asked)
    if asked.columns:
        raise NotReadable(
            "this is no table and no JSON", "Columns were mapped, but there are none.", "Leave the mapping out."
        )
    found = read_document(text, name=name, zone=zone, date=date, day_first=day_first, written=written, side=side)
    if not channel and since is None and until is None:
        return found
    said = "this is read as a document, which has no channels and no span: all of it counts"
    return replace(found, assumptions=(Assumption("source", said), *found.assumptions))


def _heard(text: str, lines: tuple[Line, ...], asked: Asked) -> Heard | None:
    """What a text says if it is no document; the notations that are hardest to mistake come first."""
    return (
        hear_json(text, asked) or hear_log(lines) or hear_csv(lines, asked) or hear_lines(lines) or hear_blocks(lines)
    )

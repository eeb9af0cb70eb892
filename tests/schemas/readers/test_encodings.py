"""The same document as different editors save it: encodings, byte order marks, line ends. Git leaves it as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.incident import Incident
from schemas.readers.sources import read_source

FOLDER = Path(__file__).resolve().parents[2] / "documents" / "encodings"
BEGINS = {
    "utf8": b"# B",
    "utf8_bom_crlf": b"\xef\xbb\xbf# B",
    "utf16_little_endian": b"\xff\xfe#\x00",
    "utf16_big_endian": b"\xfe\xff\x00#",
    "utf16_no_mark": b"#\x00 \x00",
    "windows_1252_crlf": b"# B",
    "old_mac_line_ends": b"# B",
    "mixed_line_ends": b"# B",
    "latin_1": b"# B",
}


def read(name: str) -> Incident:
    return read_source((FOLDER / f"{name}.md").read_bytes(), name=f"{name}.md").incident


def content(incident: Incident) -> object:
    found = incident.model_dump()
    for name in ("events", "actions", "stated", "impacts", "other_sections"):
        for item in found[name]:
            item.pop("id")
    return found


def test_every_file_is_there() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(BEGINS)


@pytest.mark.parametrize("name", BEGINS)
def test_the_bytes_are_as_they_were_saved(name: str) -> None:
    data = (FOLDER / f"{name}.md").read_bytes()
    assert data.startswith(BEGINS[name])
    ends = {"utf8_bom_crlf": b"\r\n", "windows_1252_crlf": b"\r\n", "old_mac_line_ends": b"\r"}
    if name in ends:
        assert data.endswith(ends[name])


@pytest.mark.parametrize("name", [name for name in BEGINS if name not in ("utf8", "latin_1")])
def test_it_is_the_same_incident_however_it_was_saved(name: str) -> None:
    assert content(read(name)) == content(read("utf8"))


def test_what_latin_1_has_is_read_from_it() -> None:
    incident = read("latin_1")
    assert incident.sections.summary == "Für 40 Minuten wurde jede Bestellung zweimal gebucht."
    assert [event.text.split()[-1] for event in incident.events] == ["Buchungen", "nicht", "behoben"]
    assert (incident.zone, len(incident.actions)) == ("Europe/Berlin", 1)

"""What the screens read: files, members of archives, pasted text, exports of chats; and what is more than entries."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from schemas.readers.imported import NotReadable
from tui.workspace.errors import UserError
from tui.workspace.import_files import Source
from tui.workspace.import_reading import channels_in, documents_in, is_conversation, is_large, name_of, reader_of
from tui.workspace.import_session import Told
from tui.workspace.pasted import Pasted

NOTES = "# Slow\n\n## Timeline\n\n- 09:00 search is slow\n- 09:30 search is fast again\n"


def test_a_file_is_read_once_and_by_what_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(NOTES)
    read = reader_of(Source(path))
    assert len(read(Told()).incident.events) == 2
    path.unlink()
    told = read(Told(zone="Africa/Nairobi", date=date(2024, 5, 2)))
    assert told.incident.zone == "Africa/Nairobi"
    assert [str(event.at)[:10] for event in told.incident.events] == ["2024-05-02", "2024-05-02"]


def test_zone_and_day_count_where_nothing_else_says_which() -> None:
    read = reader_of(Pasted(NOTES), zone="Africa/Nairobi", day=date(2024, 5, 2))
    assert [str(event.at)[:16] for event in read(Told()).incident.events] == ["2024-05-02 09:00", "2024-05-02 09:30"]
    assert str(read(Told(date=date(2024, 6, 1))).incident.events[0].at).startswith("2024-06-01")
    assert read(Told(zone="Asia/Tokyo")).incident.zone == "Asia/Tokyo"
    dated = reader_of(Pasted(NOTES.replace("- 09:00", "- 2023-01-01 09:00")), day=date(2024, 5, 2))
    first = dated(Told()).incident.events[0].at
    assert isinstance(first, datetime)
    assert first.year == 2023


def test_what_cannot_be_read_says_so_each_time(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        reader_of(Source(tmp_path / "nowhere.md"))(Told())
    with pytest.raises(NotReadable):
        reader_of(Pasted("  \n "))(Told())


def test_names_are_short_and_safe(tmp_path: Path) -> None:
    assert name_of(Source(tmp_path / "a\x1b[5m.md")) == "a␛[5m.md"
    assert name_of(Source(tmp_path / "a.zip", "in/b.md")) == "b.md"
    assert name_of(Pasted("x")) == "pasted text"
    assert not is_large(Source(tmp_path / "nowhere.md"))
    assert is_large(Pasted("x" * 400_000))


def test_an_archive_gives_its_documents_and_an_export_its_channels(tmp_path: Path) -> None:
    wiki, slack = tmp_path / "wiki.zip", tmp_path / "slack.zip"
    with zipfile.ZipFile(wiki, "w") as archive:
        archive.writestr("one.md", NOTES)
        archive.writestr("two.txt", NOTES)
    with zipfile.ZipFile(slack, "w") as archive:
        archive.writestr("users.json", "[]")
        archive.writestr("channels.json", "[]")
        for channel in ("inc-7", "general"):
            said = [{"type": "message", "user": "U1", "ts": "1714640400.000100", "text": f"slow in {channel}"}]
            archive.writestr(f"{channel}/2024-05-02.json", json.dumps(said))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    assert [each.member for each in documents_in(wiki)] == ["one.md", "two.txt"]
    assert channels_in(wiki) == []
    assert channels_in(tmp_path / "broken.zip") == []
    assert channels_in(slack) == ["inc-7", "general"]
    (source,) = documents_in(slack)
    read = reader_of(source, channel="inc-7")(Told())
    assert [event.text for event in read.incident.events] == ["slow in inc-7"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("14:05 ana: paging bo\n14:06 bo: looking\n14:09 ana: rolled back", True),
        ("[14:05] <ana> hi\n[14:06] <bo> yes", True),
        ("14:05 paged the on-call\n14:10 rolled back\n+15m fine", False),
        ("- 09:00 down\n- 09:10 up", False),
        ("09:00 down", False),
        ("", False),
    ],
)
def test_chats_are_told_from_entries(text: str, is_one: bool) -> None:
    assert is_conversation(text) is is_one

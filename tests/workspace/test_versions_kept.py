"""Versions of saved files: each save keeps one, any can be read again, and they do not grow without end."""

from __future__ import annotations

import errno
import gzip
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workspace.disks import FailingDisk, OtherFileSystems, names
from tui.workspace import version_limits
from tui.workspace.errors import UserError
from tui.workspace.version_files import BACKUP, OUTSIDE, SAVE, VERDICT, Kept, note_path, place_of
from tui.workspace.version_limits import CLOSE_KEPT, MOST_VERSIONS, tidy
from tui.workspace.versions_kept import SaveHistory, keep, read, versions, versions_of_verdict

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "incident.toml"


def kept(path: Path, folder: Path, *texts: str, start: datetime = NOW) -> list[Kept]:
    return [
        keep(path, text.encode(), now=start + timedelta(minutes=number), folder=folder)
        for number, text in enumerate(texts)
    ]


def texts(path: Path, folder: Path) -> list[str]:
    return [read(each) for each in versions(path, folder=folder)]


class TestKeeping:
    def test_the_newest_first_with_time_size_and_hash(self, path: Path, folder: Path) -> None:
        made = kept(path, folder, "one", "twö", "")
        assert list(versions(path, folder=folder)) == made[::-1]
        assert texts(path, folder) == ["", "twö", "one"]
        assert [(each.at, each.size) for each in made[:2]] == [(NOW, 3), (NOW + timedelta(minutes=1), 4)]

    def test_not_what_was_kept_last(self, path: Path, folder: Path) -> None:
        made = kept(path, folder, "one", "one")
        assert made[0] == made[1]
        assert len(versions(path, folder=folder)) == 1

    def test_what_comes_back_takes_no_room(self, path: Path, folder: Path) -> None:
        made = kept(path, folder, "one", "two", "one")
        assert texts(path, folder) == ["one", "two", "one"]
        assert made[0].file.stat().st_ino == made[2].file.stat().st_ino

    def test_even_without_hard_links(self, path: Path, folder: Path) -> None:
        for number, text in enumerate((b"one", b"two", b"one")):
            keep(path, text, now=NOW + timedelta(minutes=number), folder=folder, disk=OtherFileSystems())
        assert texts(path, folder) == ["one", "two", "one"]

    def test_what_comes_back_is_not_a_second_name_of_a_spoiled_version(self, path: Path, folder: Path) -> None:
        first, _ = kept(path, folder, "one", "two")
        first.file.write_bytes(b"spoiled")
        third = keep(path, b"one", now=NOW + timedelta(hours=1), folder=folder)
        assert read(third) == "one"

    def test_in_the_order_of_saving_whatever_the_clock_says(self, path: Path, folder: Path) -> None:
        for number, text in enumerate((b"one", b"two", b"three")):
            keep(path, text, now=NOW - timedelta(days=number), folder=folder)
        assert texts(path, folder) == ["three", "two", "one"]

    def test_each_file_has_its_own_and_a_link_means_what_it_leads_to(self, path: Path, folder: Path) -> None:
        path.write_text("x")
        link = path.with_name("link.toml")
        link.symlink_to(path)
        kept(path, folder, "one")
        kept(link, folder, "two")
        kept(path.with_name("other.toml"), folder, "three")
        assert texts(path, folder) == ["two", "one"]

    def test_only_for_this_person(self, path: Path, folder: Path) -> None:
        before = os.umask(0)
        try:
            (made,) = kept(path, folder, "secret")
        finally:
            os.umask(before)
        assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.file.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    @given(st.lists(st.binary(max_size=5), max_size=12))
    def test_any_row_of_saves(self, tmp_path_factory: pytest.TempPathFactory, saves: list[bytes]) -> None:
        folder = tmp_path_factory.mktemp("state") / "history"
        for number, data in enumerate(saves):
            keep(Path("/x.toml"), data, now=NOW + timedelta(seconds=number), folder=folder)
        expected = [data for number, data in enumerate(saves) if number == 0 or saves[number - 1] != data]
        assert [each.size for each in versions(Path("/x.toml"), folder=folder)] == [len(d) for d in expected[::-1]]

    def test_why_it_was_kept_stands_with_it(self, path: Path, folder: Path) -> None:
        marks = [SAVE, BACKUP, OUTSIDE, VERDICT + "0a" * 32]
        for number, mark in enumerate(marks):
            keep(path, mark.encode(), now=NOW + timedelta(minutes=number), mark=mark, folder=folder)
        found = versions(path, folder=folder)[::-1]
        assert [each.mark for each in found] == marks
        assert [each.verdict for each in found] == ["", "", "", "0a" * 32]

    def test_a_verdict_on_what_was_saved_last_is_a_version_that_takes_no_room(self, path: Path, folder: Path) -> None:
        saved = keep(path, b"one", now=NOW, folder=folder)
        for _ in range(2):
            signed = keep(path, b"one", now=NOW, mark=VERDICT + "a" * 64, folder=folder)
        assert [each.mark for each in versions(path, folder=folder)] == [signed.mark, SAVE]
        assert signed.file.stat().st_ino == saved.file.stat().st_ino
        # Saving just that needs no other version.
        assert keep(path, b"one", now=NOW, folder=folder) == signed

    def test_verdicts_are_found_in_every_folder_the_own_one_first(self, path: Path, folder: Path) -> None:
        for number, name in enumerate(("b.toml", path.name, "a.toml")):
            keep(path.with_name(name), name.encode(), now=NOW, mark=VERDICT + f"{'a' * 63}{number}", folder=folder)
        keep(path, b"saved", now=NOW, folder=folder)
        found = [read(each) for each in versions_of_verdict(path, "a" * 12, folder=folder)]
        assert found[0] == path.name
        assert sorted(found) == ["a.toml", "b.toml", path.name]
        assert versions_of_verdict(path, "", folder=folder) == versions_of_verdict(path, "a", folder=folder)
        assert versions_of_verdict(path, "b", folder=folder) == ()


class TestForgetting:
    def test_too_many(self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(version_limits, "MOST_VERSIONS", 3)
        kept(path, folder, *"abcde")
        assert len(texts(path, folder)) == 3

    def test_a_night_of_saves_does_not_push_out_the_days_before(
        self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(version_limits, "MOST_VERSIONS", 12)
        monkeypatch.setattr(version_limits, "CLOSE_KEPT", 6)
        days = [f"day {number}" for number in range(4)]
        for number, text in enumerate(days):
            keep(path, text.encode(), now=NOW - timedelta(days=4 - number), folder=folder)
        night = [f"save {number}" for number in range(40)]
        kept(path, folder, *night)
        left = texts(path, folder)
        assert len(left) == 12
        assert left[:6] == night[:-7:-1]
        assert {"day 3", "day 0"} < set(left)

    def test_there_is_room_for_both(self) -> None:
        assert MOST_VERSIONS >= 2 * CLOSE_KEPT

    def test_what_a_verdict_was_given_on_is_neither_too_old_nor_too_many(
        self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(version_limits, "MOST_VERSIONS", 2)
        for number, digit in enumerate("abc"):
            keep(path, digit.encode(), now=NOW + timedelta(hours=number), mark=VERDICT + digit * 64, folder=folder)
        kept(path, folder, *"123456", start=NOW + timedelta(days=3000))
        assert texts(path, folder)[-3:] == ["c", "b", "a"]
        assert len(texts(path, folder)) == 5

    def test_of_two_verdicts_on_the_same_content_the_newer_stays(
        self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(version_limits, "ALWAYS_KEPT", 1)
        for number, text in enumerate(("first", "second")):
            keep(path, text.encode(), now=NOW + timedelta(hours=number), mark=VERDICT + "a" * 64, folder=folder)
        keep(path, b"new", now=NOW + timedelta(days=200), folder=folder)
        assert texts(path, folder) == ["new", "second"]

    def test_verdicts_of_a_file_that_is_gone_go_too(self, path: Path, folder: Path) -> None:
        other = path.with_name("gone.toml")
        path.write_text("still there")
        for file in (path, other):
            keep(file, b"signed", now=NOW, mark=VERDICT + "a" * 64, folder=folder)
            keep(file, b"saved", now=NOW + timedelta(hours=1), folder=folder)
        tidy(now=NOW + timedelta(days=200), folder=folder)
        assert texts(other, folder) == ["saved", "signed"]
        tidy(now=NOW + timedelta(days=370), folder=folder)
        assert texts(path, folder) == ["signed"]
        assert texts(other, folder) == []
        assert len(names(folder)) == 1

    def test_verdicts_go_last_where_all_take_too_much(
        self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path.write_text("still there")
        keep(path, b"signed", now=NOW, mark=VERDICT + "a" * 64, folder=folder)
        kept(path, folder, "a", "b", start=NOW + timedelta(days=1))
        monkeypatch.setattr(version_limits, "MOST_TOTAL_BYTES", 60)
        tidy(now=NOW, folder=folder)
        assert texts(path, folder) == ["b", "signed"]

    def test_too_old_but_for_the_newest_five(self, path: Path, folder: Path) -> None:
        kept(path, folder, *"abcdefgh")
        keep(path, b"new", now=NOW + timedelta(days=200), folder=folder)
        assert texts(path, folder) == ["new", "h", "g", "f", "e"]

    def test_too_much_but_never_the_newest(self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(version_limits, "MOST_KEPT_BYTES", 60)
        kept(path, folder, "a", "b", "c")
        assert texts(path, folder) == ["c", "b"]
        monkeypatch.setattr(version_limits, "MOST_KEPT_BYTES", 1)
        kept(path, folder, "d", start=NOW + timedelta(hours=1))
        assert texts(path, folder) == ["d"]

    def test_what_came_back_is_counted_once(self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(version_limits, "MOST_KEPT_BYTES", 60)
        kept(path, folder, *"abababab")
        assert len(versions(path, folder=folder)) == 8

    def test_files_that_nobody_saves_any_more(self, path: Path, folder: Path) -> None:
        kept(path, folder, "a", "b")
        kept(path.with_name("new.toml"), folder, "c", start=NOW + timedelta(days=300))
        tidy(now=NOW + timedelta(days=370), folder=folder)
        assert texts(path, folder) == []
        assert texts(path.with_name("new.toml"), folder) == ["c"]
        assert len(names(folder)) == 1

    def test_more_than_all_may_take_together(self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        kept(path, folder, "a", "b")
        kept(path.with_name("new.toml"), folder, "c", start=NOW + timedelta(days=1))
        monkeypatch.setattr(version_limits, "MOST_TOTAL_BYTES", 50)
        tidy(now=NOW, folder=folder)
        assert texts(path, folder) == ["b"]
        assert texts(path.with_name("new.toml"), folder) == ["c"]
        tidy(now=NOW, folder=folder / "nowhere")


class TestFailures:
    @pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EIO])
    @pytest.mark.parametrize("step", range(24))
    def test_any_step_fails(self, path: Path, folder: Path, step: int, error: int) -> None:
        kept(path, folder, "one")
        disk = FailingDisk(step, error)
        raised: UserError | None = None
        try:
            keep(path, b"two", now=NOW + timedelta(hours=1), folder=folder, disk=disk)
        except UserError as caught:
            raised = caught
        assert texts(path, folder) == (["one"] if raised else ["two", "one"])
        assert raised is None or ("could be kept" in raised.title and raised.hint)
        left = names(versions(path, folder=folder)[0].file.parent)
        assert not [name for name in left if name.endswith(".tmp")] or disk.failed == "remove"
        assert disk.open == set()

    @pytest.mark.parametrize("how", ["cut", "noise", "empty", "other", "gone", "bomb"])
    def test_a_spoiled_version_is_told(self, path: Path, folder: Path, how: str) -> None:
        (made,) = kept(path, folder, "one" * 1000)
        data = made.file.read_bytes()
        if how == "gone":
            made.file.unlink()
        else:
            made.file.write_bytes(
                {
                    "cut": data[:-5], "noise": b"noise", "empty": b"", "other": gzip.compress(b"two" * 1000),
                    "bomb": gzip.compress(b"\0" * 50_000_000),
                }[how]
            )  # fmt: skip
        with pytest.raises(UserError):
            read(made)

    def test_what_else_lies_there_is_left_alone(self, path: Path, folder: Path, tmp_path: Path) -> None:
        (made,) = kept(path, folder, "one")
        victim = tmp_path / "victim"
        victim.write_bytes(gzip.compress(b"two"))
        (made.file.parent / f"{'9' * 20}-3-{'a' * 64}.toml.gz").symlink_to(victim)
        (made.file.parent / "notes.toml.gz").write_bytes(b"mine")
        assert texts(path, folder) == ["one"]
        assert (made.file.parent / "notes.toml.gz").exists()

    def test_times_that_no_calendar_has(self, path: Path, folder: Path) -> None:
        (made,) = kept(path, folder, "one")
        (made.file.parent / f"{'9' * 20}-3-{'a' * 64}.toml.gz").write_bytes(b"")
        assert texts(path, folder) == ["one"]


class TestTheEarlierStore:
    """Versions of verdicts used to lie in a folder of their own, each as it was, named after hash and path."""

    def test_is_taken_over(self, path: Path, folder: Path) -> None:
        earlier = folder.with_name("versions")
        earlier.mkdir(parents=True)
        own = place_of(path, folder).path.name
        for name, content in ((f"{'a' * 64}-{own}", "mine"), (f"{'b' * 64}-{'0' * 12}", "of another")):
            (earlier / f"{name}.toml").write_text(content)
            os.utime(earlier / f"{name}.toml", (1_700_000_000, 1_700_000_000))
        (found,) = versions(path, folder=folder)
        assert (found.verdict, found.at.timestamp(), read(found)) == ("a" * 64, 1_700_000_000, "mine")
        assert stat.S_IMODE(found.file.stat().st_mode) == 0o600
        assert [read(each) for each in versions_of_verdict(path, "b" * 12, folder=folder)] == ["of another"]
        assert not earlier.exists()

    def test_what_is_not_its_own_stays(self, path: Path, folder: Path) -> None:
        earlier = folder.with_name("versions")
        earlier.mkdir(parents=True)
        (earlier / "notes.toml").write_text("mine")
        (earlier / f"{'a' * 64}-{'0' * 12}.toml").symlink_to(earlier / "notes.toml")
        keep(path, b"one", now=NOW, folder=folder)
        assert len(names(earlier)) == 2

    @pytest.mark.parametrize("step", range(12))
    def test_nothing_is_lost_if_a_step_fails(self, path: Path, folder: Path, step: int) -> None:
        earlier = folder.with_name("versions")
        earlier.mkdir(parents=True)
        (earlier / f"{'a' * 64}-{place_of(path, folder).path.name}.toml").write_text("mine")
        versions(path, folder=folder, disk=FailingDisk(step))
        assert texts(path, folder) == ["mine"]


def test_whose_versions_they_are_is_written_down_once(path: Path, folder: Path) -> None:
    kept(path, folder, "one")
    place = place_of(path, folder)
    assert (place.path / "path").read_bytes() == os.fsencode(path)
    note_path(place, path.with_name("other.toml"))
    assert (place.path / "path").read_bytes() == os.fsencode(path)


class TestOneSession:
    def test_what_was_there_before_the_first_save_and_each_save(self, path: Path, folder: Path) -> None:
        path.write_text("before")
        times = iter(NOW + timedelta(minutes=number) for number in range(9))
        history = SaveHistory(now=lambda: next(times), folder=folder)
        for text in ("first", "second"):
            assert history.before_save(path) is None
            path.write_text(text)
            assert history.after_save(path, text.encode()) is None
        assert texts(path, folder) == ["second", "first", "before"]

    def test_what_others_wrote_is_kept_before_it_is_replaced(self, path: Path, folder: Path) -> None:
        path.write_text("before")
        times = iter(NOW + timedelta(minutes=number) for number in range(9))
        history = SaveHistory(now=lambda: next(times), folder=folder)
        for text in ("first", "second"):
            history.before_save(path)
            path.write_text(text)
            history.after_save(path, text.encode())
            path.write_text(f"pulled after {text}")
        assert texts(path, folder) == ["second", "pulled after first", "first", "before"]
        assert [each.mark for each in versions(path, folder=folder)] == [SAVE, OUTSIDE, SAVE, BACKUP]

    def test_a_verdict_between_two_saves_makes_no_version_of_what_was_saved(self, path: Path, folder: Path) -> None:
        times = iter(NOW + timedelta(minutes=number) for number in range(9))
        history = SaveHistory(now=lambda: next(times), folder=folder)
        path.write_text("first")
        history.after_save(path, b"first")
        for digit in "ab":
            keep(path, digit.encode(), now=next(times), mark=VERDICT + digit * 64, folder=folder)
        assert history.before_save(path) is None
        assert texts(path, folder) == ["b", "a", "first"]

    def test_a_new_file_has_nothing_to_keep(self, path: Path, folder: Path) -> None:
        assert SaveHistory(now=lambda: NOW, folder=folder).before_save(path) is None
        assert versions(path, folder=folder) == ()

    def test_a_failure_is_told_once_and_the_backup_is_tried_again(self, path: Path, folder: Path) -> None:
        path.write_text("before")
        folder.parent.mkdir()
        folder.write_text("in the way")
        history = SaveHistory(now=lambda: NOW, folder=folder)
        assert history.before_save(path) is not None
        assert history.after_save(path, b"first") is None
        folder.unlink()
        assert history.before_save(path) is None
        assert texts(path, folder) == ["before"]
        assert history.after_save(path, b"second") is None
        folder.rename(folder.with_name("away"))
        folder.write_text("in the way")
        assert history.after_save(path, b"third") is not None

    def test_a_file_that_cannot_be_read_is_told(self, path: Path, folder: Path) -> None:
        path.mkdir()
        problem = SaveHistory(now=lambda: NOW, folder=folder).before_save(path)
        assert problem is not None
        assert "is a folder" in problem.title

"""What was found in unchanged files is not looked for again, and `check` says the same as if it had been."""

from __future__ import annotations

import errno
import json
import os
import random
import stat
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import STORY, Result
from tui.cli import check as command
from tui.cli import earlier
from tui.cli.checking import Checking, Wanted
from tui.cli.looked import Looked
from tui.cli.main import run
from tui.workspace import library_place, library_walk, paths, program
from tui.workspace.disk import RealDisk
from tui.workspace.kept_lines import KeptLines
from tui.workspace.library_place import memory_folder, tidy_memories
from tui.workspace.services import Services

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
FORMS = ("text", "json", "github", "sarif")

Told = Callable[..., Result]


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_MANY_TO_KNOW", 1)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs `check` as a person's own, who keeps what was found; `now` is the time."""

    def call(*arguments: str | Path, now: datetime = NOW) -> Result:
        capsys.readouterr()
        code = run(["check", *map(str, arguments)], Services.fake(indexes=True, now=now))
        return Result(code, *capsys.readouterr())

    return call


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were looked at."""
    names: list[str] = []
    look = Checking.look

    def counted(self: Checking, path: Path) -> Looked:
        names.append(path.name)
        return look(self, path)

    monkeypatch.setattr(Checking, "look", counted)
    return names


def incident(number: int) -> str:
    """A file with much to find, alone and beside others, waived and not."""
    waiver = (
        f'[[waivers]]\nrule = "{("A01", "P10", "C01")[number % 3]}"\nreason = "known"\nat = 2024-05-0{number % 9 + 1}\n'
    )
    odd = '[[stated]]\nid = "odd"\nwhat = "duration"\nvalue = "35h 36m"\nminutes = 2136\n'
    text = STORY.replace("Development server", f"Server {number}").replace("2026-06-01", f"2026-06-0{number % 9 + 1}")
    owner = f'owner = "{"Kimberly" if number == 1 else "Kimberley"} Larsen"\n'
    text = text.replace("backups", "backups of the database every night")
    return text.replace("due = ", owner + "due = ") + (odd if number % 2 else "") + (waiver if number % 4 else "")


def settle() -> None:
    """Wait until no file can be written again with the date that it has."""
    time.sleep(0.03)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "incidents"
    (place / "2024").mkdir(parents=True)
    for number in range(6):
        (place / f"{number}.toml").write_text(incident(number), encoding="utf-8")
        (place / "2024" / f"{number}.toml").write_text(incident(number + 6), encoding="utf-8")
    (place / "half.toml").write_text('title = "Half\n', encoding="utf-8")
    (place / "other.toml").write_text("[server]\nport = 1\n", encoding="utf-8")
    (place / "garbled.toml").write_text("[server\n", encoding="utf-8")
    settle()
    return place


def memories() -> list[Path]:
    place = memory_folder()
    assert place is not None
    return sorted(place.iterdir()) if place.exists() else []


class TestAgain:
    @pytest.mark.parametrize("form", FORMS)
    def test_only_what_cannot_be_read_is_looked_at_again(
        self, folder: Path, told: Told, looked: list[str], form: str
    ) -> None:
        first = told(folder, "--format", form)
        assert len(looked) == 15
        looked.clear()
        assert told(folder, "--format", form) == first
        assert looked == ["half.toml"]

    def test_incidents_are_compared_as_before(self, folder: Path, told: Told) -> None:
        told(folder)
        rules = {each["rule"] for each in json.loads(told(folder, "--format", "json").out)}
        assert {"A02", "A09", "T10", "P10"} <= rules

    def test_lines_are_looked_up_once_somebody_wants_them(self, folder: Path, told: Told, looked: list[str]) -> None:
        in_json = told(folder, "--format", "json")
        in_text = told(folder)
        looked.clear()
        assert told(folder, "--format", "json") == in_json
        assert told(folder) == in_text == told(folder, "--no-cache")
        assert set(looked[:2]) == {"half.toml"}

    def test_a_changed_file_is_looked_at(self, folder: Path, told: Told, looked: list[str]) -> None:
        told(folder)
        (folder / "3.toml").write_text(incident(30), encoding="utf-8")
        looked.clear()
        assert "Server 30" not in told(folder).out
        assert looked == ["3.toml", "half.toml"]

    def test_the_same_size_at_the_same_date_is_another_file(self, folder: Path, told: Told) -> None:
        file = folder / "3.toml"
        before = file.stat()
        first = told(folder)
        file.write_text(file.read_text().replace("2026-06-04", "2026-01-04"), encoding="utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert file.stat().st_size == before.st_size
        assert told(folder) == told(folder, "--no-cache") != first

    def test_a_file_that_was_read_as_it_was_written_is_read_again(
        self, folder: Path, told: Told, looked: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(library_walk, "_TICK", 3_600_000_000_000)
        told(folder)
        looked.clear()
        told(folder)
        assert len(looked) == 15

    def test_named_files_are_known_from_their_library(self, folder: Path, told: Told, looked: list[str]) -> None:
        (folder / "postmortem.toml").write_text("", encoding="utf-8")
        told(folder)
        looked.clear()
        told(folder / "3.toml", folder / "2024" / "3.toml")
        told(folder / "2024")
        assert looked == []

    def test_a_named_file_that_is_no_incident_is_a_fault_each_time(self, folder: Path, told: Told) -> None:
        (folder / "postmortem.toml").write_text("", encoding="utf-8")
        told(folder)
        for name in ("other.toml", "garbled.toml", "postmortem.toml"):
            assert told(folder / name).code == 3
            assert told(folder / name, "--skip-others") == told(folder / name, "--skip-others", "--no-cache")

    def test_a_moved_library_names_its_files_anew(self, folder: Path, told: Told) -> None:
        told(folder)
        moved = folder.rename(folder.with_name("moved"))
        assert told(moved) == told(moved, "--no-cache")


class TestWhatItHangsOn:
    def again(self, folder: Path, told: Told, looked: list[str], *options: str) -> bool:
        """Whether the files are looked at again; what is told is right in any case."""
        looked.clear()
        found = told(folder, *options)
        anew = len(looked) == 15
        assert found == told(folder, "--no-cache", *options)
        return anew

    def test_agreements(self, folder: Path, told: Told, looked: list[str]) -> None:
        told(folder)
        policy = folder / "postmortem.toml"
        for text in ("[deadlines]\nSEV2 = 0\n", '[checks]\nignore = ["T"]\n', '[required.draft]\nall = ["lessons"]\n'):
            policy.write_text(text, encoding="utf-8")
            assert self.again(folder, told, looked)
            assert not self.again(folder, told, looked)

    @pytest.mark.parametrize("options", [("--select", "T,A09"), ("--ignore", "A"), ("--profile", "firehydrant")])
    def test_the_command_line(self, folder: Path, told: Told, looked: list[str], options: tuple[str, ...]) -> None:
        told(folder)
        assert self.again(folder, told, looked, *options)
        assert not self.again(folder, told, looked, *options)
        assert not self.again(folder, told, looked)

    def test_days_that_pass(self, folder: Path, told: Told, looked: list[str]) -> None:
        before = told(folder)
        for days in (1, 89, 90, 91, 95, 96, 365, -700):
            now = NOW + timedelta(days=days)
            assert told(folder, now=now) == told(folder, "--no-cache", now=now)
        assert told(folder) == before
        now = NOW + timedelta(days=365)
        overdue = told(folder, now=now)
        looked.clear()
        assert told(folder, now=now + timedelta(days=1)) == overdue != before
        assert looked == ["half.toml"]

    def test_the_program(self, folder: Path, told: Told, looked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        told(folder)
        monkeypatch.setattr(earlier, "program", lambda *_: "another one")
        assert self.again(folder, told, looked)

    def test_the_zone_database(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        before = program.program(("tui/cli",))
        assert before == program.program(("tui/cli",)) != program.program()
        monkeypatch.setattr("zoneinfo.TZPATH", (str(tmp_path),))
        other = program.program(("tui/cli",))
        os.utime(tmp_path, (1, 1))
        assert before != other != program.program(("tui/cli",))


class TestTheMemory:
    def test_is_private(self, folder: Path, told: Told) -> None:
        told(folder)
        (file,) = memories()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700

    def test_is_not_written_without_need(self, folder: Path, told: Told) -> None:
        told(folder)
        (file,) = memories()
        number = file.stat().st_ino
        os.utime(file, (1, 1))
        told(folder)
        assert file.stat().st_ino == number
        assert file.stat().st_mtime > 1, "this says that it is of use"

    def test_forgets_files_that_are_gone(self, folder: Path, told: Told) -> None:
        told(folder)
        (file,) = memories()
        assert b"Server 9" in file.read_bytes()
        (folder / "2024" / "3.toml").unlink()
        told(folder / "0.toml", folder / "1.toml")
        told(folder)
        assert b"Server 9" not in file.read_bytes()
        assert b"Server 4" in file.read_bytes()

    def test_keeps_what_a_smaller_check_did_not_ask_for(self, folder: Path, told: Told, looked: list[str]) -> None:
        (folder / "postmortem.toml").write_text("", encoding="utf-8")
        told(folder)
        (folder / "3.toml").write_text(incident(30), encoding="utf-8")
        settle()
        told(folder / "3.toml")
        looked.clear()
        told(folder)
        assert looked == ["half.toml"]

    def test_forgets_what_does_not_hold(self, folder: Path, told: Told) -> None:
        told(folder)
        (file,) = memories()
        (folder / "3.toml").write_text(incident(3) + "\nat = \n", encoding="utf-8")
        ahead = incident(4).replace("2024-05-03T05", "2026-03-04T09")
        (folder / "4.toml").write_text(ahead, encoding="utf-8")
        settle()
        told(folder)
        assert b"Server 3" not in file.read_bytes(), "it cannot be read any more"
        now = NOW - timedelta(hours=12)
        assert told(folder, now=now) == told(folder, "--no-cache", now=now)
        assert b"Server 4" not in file.read_bytes(), "what lies ahead may turn at any moment"
        assert b"Server 5" in file.read_bytes()

    def test_is_one_file_for_all_that_are_named(self, folder: Path, told: Told, looked: list[str]) -> None:
        names = (folder / "3.toml", folder / "2024" / "3.toml", folder / "5.toml")
        told(*names)
        looked.clear()
        told(*names)
        assert looked == []
        assert len(memories()) == 1

    @pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
    def test_several_processes_keep_what_one_keeps(self, folder: Path) -> None:
        kept = []
        for workers in (1, 2):
            command.checked((folder,), NOW, Wanted(), workers, keeps=True)
            (file,) = memories()
            kept.append(file.read_bytes())
            file.unlink()
        assert kept[0] == kept[1]

    def test_two_at_once(self, folder: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
        right = told(folder, "--no-cache")
        keep = earlier.Earlier._write
        inside: list[Result] = []

        def late(self: earlier.Earlier) -> None:
            if not inside:
                inside.append(right)
                (folder / "3.toml").write_text(incident(30), encoding="utf-8")
                settle()
                inside.append(told(folder))
            keep(self)

        monkeypatch.setattr(earlier.Earlier, "_write", late)
        told(folder)
        assert told(folder) == told(folder, "--no-cache") == inside[1] != right

    def test_damage_is_not_believed(self, folder: Path, told: Told) -> None:
        right = told(folder)
        (file,) = memories()
        data = file.read_bytes()
        chance = random.Random(7)
        for at in [0, 1, len(data) - 1, *(chance.randrange(len(data)) for _ in range(20))]:
            file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            assert told(folder) == right
            file.write_bytes(data[:at])
            assert told(folder) == right
        file.write_bytes(data)
        assert told(folder) == right

    @pytest.mark.parametrize(
        "line", ["", "[]", "[[], null, 1]", "{}", "7", "[[[]], null, 1, {}]", '[[], ["x"], 1, {}]\t{']
    )
    def test_nor_is_what_makes_no_sense(self, folder: Path, told: Told, line: str) -> None:
        right = told(folder)
        (file,) = memories()
        made_by = file.read_bytes().partition(b"\n")[0].rpartition(b" ")[0].decode().partition(" ")[2]
        known = KeptLines(file, made_by)
        assert known.lines
        known.lines = {name: rest.partition(b"\t")[0] + b"\t" + line.encode() for name, rest in known.lines.items()}
        known.write()
        assert KeptLines(file, made_by).lines == known.lines
        assert told(folder) == right

    @pytest.mark.parametrize("what", ["a file in its place", "a link in its place", "no room", "no place"])
    def test_where_it_cannot_be_kept_it_is_gone_without(
        self, folder: Path, told: Told, looked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "no room")

        place = memory_folder()
        assert place is not None
        if what == "a file in its place":
            place.parent.parent.mkdir(parents=True, exist_ok=True)
            place.parent.write_text("")
        elif what == "a link in its place":
            place.parent.mkdir(parents=True)
            (tmp_path / "elsewhere").mkdir()
            place.symlink_to(tmp_path / "elsewhere")
        elif what == "no room":
            monkeypatch.setattr(RealDisk, "write", full)
        else:
            monkeypatch.setattr("tui.workspace.library_place.cache_dir", lambda: Path("~/.cache/postmortem"))
        right = told(folder, "--no-cache")
        assert told(folder) == right
        looked.clear()
        assert told(folder) == right
        assert len(looked) == 15
        assert not (tmp_path / "elsewhere").exists() or not list((tmp_path / "elsewhere").iterdir())
        assert not list(Path().glob("~*"))

    def test_without_a_cache_nothing_is_read_or_kept(self, folder: Path, told: Told, looked: list[str]) -> None:
        told(folder, "--no-cache")
        assert memories() == []
        told(folder)
        looked.clear()
        told(folder, "--no-cache")
        assert len(looked) == 15

    def test_who_does_not_want_it_has_none(self, folder: Path, told: Told, looked: list[str]) -> None:
        told(folder)
        config = paths.config_dir()
        config.mkdir(parents=True)
        (config / "settings.toml").write_text("library_index = false\n")
        looked.clear()
        told(folder)
        assert len(looked) == 15
        assert memories() == []

    def test_a_few_files_are_just_checked(self, folder: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(command, "_MANY_TO_KNOW", 16)
        told(folder)
        assert memories() == []

    def test_is_tidied(self, folder: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
        told(folder)
        (file,) = memories()
        others = [file.with_name(f"{number}.lines") for number in range(5)]
        for number, other in enumerate(others):
            other.write_bytes(file.read_bytes())
            os.utime(other, (time.time() - number - 9, time.time() - number - 9))
        monkeypatch.setattr(library_place, "MOST_REMEMBERED", 3 * file.stat().st_size)
        tidy_memories(wanted=True)
        assert memories() == sorted([file, *others[:2]])
        os.utime(others[0], (1, 1))
        tidy_memories(wanted=True)
        assert memories() == sorted([file, others[1]])
        others[1].unlink()
        os.utime(file, (1, 1))
        tidy_memories(wanted=True)
        assert file not in memories()
        tidy_memories(wanted=False)
        assert memories() == []


WAYS = ("edit", "touch", "rename", "remove", "add", "break", "agree", "clock", "swap", "empty", "same size", "chmod")


@pytest.mark.parametrize("seed", range(12))
def test_with_it_all_is_told_as_without(folder: Path, told: Told, seed: int) -> None:
    """The law: whatever happens to the files, what was known of them is never seen."""
    chance = random.Random(seed)
    now, number = NOW, 100
    for _ in range(8):
        way = chance.choice(WAYS)
        files = sorted(each for each in folder.rglob("*.toml") if each.name != "postmortem.toml")
        file, other = chance.choice(files), chance.choice(files)
        number += 1
        if way == "edit":
            file.write_text(incident(number), encoding="utf-8")
        elif way == "touch":
            os.utime(file, (chance.randrange(1 << 31),) * 2)
        elif way == "rename":
            file.rename(file.with_name(f"{number}.toml"))
        elif way == "remove":
            file.unlink()
        elif way == "add":
            (chance.choice((folder, folder / "2024")) / f"{number}.toml").write_text(incident(number), encoding="utf-8")
        elif way == "break":
            file.write_text(f"{incident(number)}\nat = \n", encoding="utf-8")
        elif way == "agree":
            days, ignored = chance.randrange(3), chance.choice(("T10", "A", "P10", "C"))
            text = f'[deadlines]\nSEV2 = {days}\n[checks]\nignore = ["{ignored}"]\n'
            (folder / "postmortem.toml").write_text(text, encoding="utf-8")
        elif way == "clock":
            now += timedelta(hours=chance.randrange(-3000, 6000))
        elif way == "swap":
            one, two = file.read_bytes(), other.read_bytes()
            file.write_bytes(two)
            other.write_bytes(one)
        elif way == "empty":
            file.write_text(chance.choice(("", "# nothing\n", "[server]\nport = 1\n")), encoding="utf-8")
        elif way == "same size":
            known = file.stat()
            file.write_bytes(file.read_bytes().replace(b"Server", b"Sorver"))
            os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))
        else:
            file.chmod(chance.choice((0o600, 0o644)))
        if chance.random() < 0.7:
            settle()
        options = chance.choice(
            ((), ("-v",), ("--select", "T,A,P10"), ("--ignore", "T10"), ("--profile", "firehydrant"))
        )
        forms = chance.sample(FORMS, len(FORMS))
        known_ones = [told(folder, "--format", form, *options, now=now) for form in forms]
        plain = [told(folder, "--format", form, *options, "--no-cache", now=now) for form in forms]
        assert known_ones == plain, (way, options, forms)

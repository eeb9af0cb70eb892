"""Earlier versions are found again: those kept at a verdict, and those in git's history."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas import toml_file
from schemas.incident import Incident, Review
from schemas.sign_off import content_hash
from tests.repositories import FIRST_DAY, Repository, needs_git
from tests.workspace.disks import FailingDisk
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.versions import (
    keep_version,
    kept_version,
    version_at,
    version_at_verdict,
)
from tui.workspace.versions_kept import keep, versions

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def text(title: str, event: str = "k7q2") -> str:
    return f'format = 1\ntitle = "{title}"\nstatus = "draft"\n\n[[events]]\nid = "{event}"\ntext = "Down"\n'


def hash_of(title: str) -> str:
    return content_hash(toml_file.loads(text(title)))


def verdict(title: str, at: datetime | None = None) -> Review:
    return Review(id="r", reviewer="kim", verdict="approve", at=at, content=hash_of(title))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "incident.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history"


class TestKept:
    def test_it_comes_back(self, path: Path) -> None:
        assert keep_version(path, hash_of("One"), text("One"), now=NOW)
        assert kept_version(path, hash_of("One")) == toml_file.loads(text("One"))
        assert kept_version(path, hash_of("Two")) is None
        assert version_at_verdict(path, verdict("One")) == toml_file.loads(text("One"))

    @pytest.mark.parametrize("digits", [12, 20, 64])
    def test_by_a_shortened_hash(self, path: Path, folder: Path, digits: int) -> None:
        keep_version(path, hash_of("One"), text("One"), folder=folder, now=NOW)
        assert kept_version(path, hash_of("One").removeprefix("sha256:")[:digits], folder=folder) is not None

    @pytest.mark.parametrize("known", ["", "*", "../../etc/passwd", "sha256:", "draft of Monday", "abc", "0" * 65])
    def test_what_is_no_hash(self, path: Path, folder: Path, known: str) -> None:
        assert not keep_version(path, known, text("One"), folder=folder, now=NOW)
        assert kept_version(path, known, folder=folder) is None
        assert not folder.exists()

    def test_the_own_file_comes_first_as_ids_may_differ(self, path: Path, folder: Path, tmp_path: Path) -> None:
        other = tmp_path / "copy.toml"
        for number in range(4):
            keep_version(
                tmp_path / f"{number}.toml", hash_of("One"), text("One", f"id{number}"), folder=folder, now=NOW
            )
        keep_version(path, hash_of("One"), text("One", "mine"), folder=folder, now=NOW)
        mine, theirs = (kept_version(each, hash_of("One"), folder=folder) for each in (path, other))
        assert mine is not None
        assert theirs is not None
        assert [event.id for event in mine.events] == ["mine"]
        # A file that was renamed, or another clone, finds the content all the same.
        assert content_hash(theirs) == hash_of("One")

    def test_a_copy_that_was_tampered_with_is_not_believed(self, path: Path, folder: Path) -> None:
        keep_version(path, hash_of("One"), text("One"), folder=folder, now=NOW)
        (kept,) = versions(path, folder=folder)
        for content in (text("Two"), "title = ", "\xff"):
            kept.file.write_bytes(gzip.compress(content.encode("latin-1")))
            assert kept_version(path, hash_of("One"), folder=folder) is None


@pytest.mark.parametrize("step", range(5))
def test_a_disk_that_fails_keeps_nobody_from_a_verdict(path: Path, folder: Path, step: int) -> None:
    disk = FailingDisk(fail_at=step)
    keep_version(path, hash_of("One"), text("One"), folder=folder, disk=disk, now=NOW)
    assert disk.failed
    assert not disk.open


class TestSavedHere:
    """A verdict that was given elsewhere is about what was saved here."""

    def test_is_found_among_what_was_saved(self, path: Path) -> None:
        for number, title in enumerate(("One", "Two", "Three")):
            keep(path, text(title).encode(), now=NOW + timedelta(hours=number))
        for at in (None, NOW, NOW.replace(tzinfo=None)):
            found = version_at_verdict(path, verdict("Two", at))
            assert found is not None
            assert found.title == "Two"
        assert version_at_verdict(path, verdict("Four")) is None

    def test_what_is_no_incident_is_passed_over(self, path: Path) -> None:
        keep(path, text("One").encode(), now=NOW)
        keep(path, b"title = ", now=NOW)
        spoiled = keep(path, text("Two").encode(), now=NOW)
        spoiled.file.write_bytes(b"")
        assert version_at_verdict(path, verdict("One")) is not None
        assert version_at_verdict(path, verdict("Two")) is None


@needs_git
class TestInGit:
    @pytest.fixture
    def repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
        made = Repository(tmp_path / "library", monkeypatch)
        for title in ("One", "Two", "Three", "Two"):
            made.write("incident.toml", text(title))
            made.commit(title)
        return made

    @pytest.fixture
    def tracked(self, repository: Repository) -> Path:
        return repository.folder / "incident.toml"

    def test_at_a_revision(self, tracked: Path) -> None:
        assert [version_at(tracked, revision).title for revision in ("HEAD~3", "HEAD~1", "main")] == [
            "One",
            "Three",
            "Two",
        ]

    def test_at_a_verdict(self, tracked: Path) -> None:
        found = version_at_verdict(tracked, verdict("One"))
        assert found is not None
        assert found.title == "One"
        assert version_at_verdict(tracked, verdict("Four")) is None

    def test_each_content_is_read_once_the_nearest_to_the_verdict_first(
        self, tracked: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read: list[str] = []

        def note(data: bytes) -> Incident:
            incident = toml_file.loads(data.decode())
            read.append(incident.title)
            return incident

        monkeypatch.setattr("tui.workspace.versions._incident", note)
        third = datetime.fromtimestamp(FIRST_DAY + 2 * 3600 + 60, UTC)
        assert version_at_verdict(tracked, verdict("Three", third)) is not None
        assert read == ["Three"]
        read.clear()
        assert version_at_verdict(tracked, verdict("Four", third)) is None
        assert sorted(read) == ["One", "Three", "Two"]

    def test_a_revision_in_which_it_was_broken_is_passed_over(self, repository: Repository, tracked: Path) -> None:
        repository.write("incident.toml", "title = \n<<<<<<<\n")
        repository.commit()
        assert version_at_verdict(tracked, verdict("One")) is not None

    def test_under_another_name(self, repository: Repository) -> None:
        repository.git("mv", "incident.toml", "renamed.toml")
        repository.commit()
        assert version_at_verdict(repository.folder / "renamed.toml", verdict("One")) is not None
        assert version_at(repository.folder / "renamed.toml", "HEAD~4").title == "One"

    def test_what_was_kept_here_is_preferred(self, tracked: Path) -> None:
        keep_version(tracked, hash_of("One"), text("One", "kept"), now=NOW)
        found = version_at_verdict(tracked, verdict("One"))
        assert found is not None
        assert [event.id for event in found.events] == ["kept"]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (None, "incident.toml is not in HEAD"),
            ("title = \n", "incident.toml at HEAD:1:9: "),
            ('[project]\nname = "x"\n', "is no incident at HEAD"),
            ("\udcff", "incident.toml at HEAD"),
        ],
    )
    def test_what_cannot_be_compared_is_told(
        self, repository: Repository, tracked: Path, content: str | None, words: str
    ) -> None:
        tracked.unlink()
        if content is not None:
            tracked.write_bytes(content.encode("utf-8", errors="surrogateescape"))
        repository.commit()
        with pytest.raises(UserError) as caught:
            version_at(tracked, "HEAD")
        assert words in caught.value.title
        assert caught.value.exit_code == EXIT_FILE

    def test_outside_of_a_repository_there_is_no_history(self, repository: Repository, tmp_path: Path) -> None:
        assert version_at_verdict(tmp_path / "incident.toml", verdict("One")) is None


def test_a_verdict_without_a_hash_names_no_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.workspace.versions.tracked_file", None)
    assert version_at_verdict(path, Review(id="r", verdict="approve", content="Monday's draft")) is None

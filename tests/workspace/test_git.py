"""Git is asked what it knows of a file, and can be made to do nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.repositories import FIRST_DAY, Repository, needs_git
from tui.workspace.errors import EXIT_FILE, EXIT_USAGE, UserError
from tui.workspace.git import ask, tracked_file

pytestmark = needs_git

LONG = "".join(f"line {number}\n" for number in range(30))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    return Repository(tmp_path / "library", monkeypatch)


def refusal(path: Path, revision: str) -> UserError:
    with pytest.raises(UserError) as caught:
        tracked_file(path).commit(revision)
    return caught.value


class TestContent:
    def test_at_every_commit(self, repository: Repository) -> None:
        path = repository.write("2024/outage.toml", "one\n")
        first = repository.commit()
        repository.write("2024/outage.toml", "two\n")
        second = repository.commit()
        repository.write("2024/outage.toml", "three\n")
        file = tracked_file(path)
        assert file.name == "2024/outage.toml"
        assert [file.commit(name) for name in ("HEAD", "main", "HEAD~1", first[:12])] == [second, second, first, first]
        assert [file.content(commit) for commit in (first, second)] == [b"one\n", b"two\n"]

    def test_before_it_was_there(self, repository: Repository) -> None:
        repository.write("other.toml", "x\n")
        first = repository.commit()
        path = repository.write("new.toml", "y\n")
        assert tracked_file(path).content(first) is None

    def test_under_the_names_that_it_had_before(self, repository: Repository) -> None:
        repository.write("one.toml", LONG)
        first = repository.commit()
        repository.git("mv", "one.toml", "two.toml")
        repository.commit()
        (repository.folder / "sub").mkdir()
        repository.git("mv", "two.toml", "sub/three four.toml")
        repository.commit()
        file = tracked_file(repository.write("sub/three four.toml", "now\n"))
        assert file.content(first) == LONG.encode()
        assert [each.name for each in file.history(9)] == ["two.toml", "one.toml", "one.toml"]

    def test_of_a_file_that_is_gone_with_its_folder(self, repository: Repository) -> None:
        path = repository.write("old/years/gone.toml", "x\n")
        first = repository.commit()
        path.unlink()
        path.parent.rmdir()
        path.parent.parent.rmdir()
        assert tracked_file(path).content(first) == b"x\n"

    def test_through_a_link(self, repository: Repository, tmp_path: Path) -> None:
        path = repository.write("a.toml", "x\n")
        first = repository.commit()
        link = tmp_path / "link.toml"
        link.symlink_to(path)
        assert tracked_file(link).content(first) == b"x\n"

    def test_a_folder_has_none(self, repository: Repository) -> None:
        repository.write("folder/a.toml", "x\n")
        assert tracked_file(repository.folder / "folder").content(repository.commit()) is None

    def test_names_that_mean_something_to_git_or_a_shell(self, repository: Repository) -> None:
        names = ["-n.toml", "*.toml", ":(top)a.toml", "$(id).toml", "a b\nc.toml", "caf\u00e9.toml", '"q".toml']
        paths = [repository.write(name, f"{number}\n" * 20) for number, name in enumerate(names)]
        first = repository.commit()
        for number, path in enumerate(paths):
            file = tracked_file(path)
            assert file.content(first) == f"{number}\n".encode() * 20
            assert len(file.history(9)) == 1


class TestHistory:
    def test_the_newest_first_and_no_more_than_asked_for(self, repository: Repository) -> None:
        path = repository.folder / "a.toml"
        commits = []
        for number in range(4):
            repository.write("a.toml", f"{number}\n")
            commits.append(repository.commit())
            repository.write("b.toml", f"{number}\n")
            repository.commit()
        found = tracked_file(path).history(3)
        assert [each.commit for each in found] == commits[:0:-1]
        assert [each.seconds for each in found] == [FIRST_DAY + 3600 * number for number in (6, 4, 2)]
        assert tracked_file(path).blob(found[0]) == b"3\n"

    def test_who_wrote_it_and_why(self, repository: Repository) -> None:
        path = repository.write("a.toml", "x\n")
        repository.commit("Zeiten geprüft\n\nMore of it.")
        repository.write("a.toml", "y\n")
        repository.git("config", "i18n.commitEncoding", "ISO-8859-1")
        repository.commit("odd \x02 \x01 signs")
        repository.write("a.toml", "z\n")
        repository.commit("and \x01" + "a" * 40 + " 12 b\x02c")
        found = tracked_file(path).history(9)
        assert [each.author for each in found] == ["Kim Lee"] * 3
        assert [each.subject for each in found[1:]] == ["odd \x02 \x01 signs", "Zeiten geprüft"]
        assert len({each.commit for each in found}) == 3

    def test_without_the_commit_that_removed_it(self, repository: Repository) -> None:
        path = repository.write("a.toml", "x\n")
        first = repository.commit()
        path.unlink()
        repository.commit()
        assert [each.commit for each in tracked_file(path).history(9)] == [first]

    def test_of_what_was_never_committed(self, repository: Repository) -> None:
        path = repository.write("a.toml", "x\n")
        assert tracked_file(path).history(9) == ()


class TestRefusals:
    @pytest.mark.parametrize("revision", ["", "-n", "--output=/tmp/x", "--all", "HEAD\n", "a\0b"])
    def test_what_is_no_revision_never_reaches_git(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch, revision: str
    ) -> None:
        file = tracked_file(repository.write("a.toml", "x\n"))

        def fail(*_: object, **__: object) -> None:
            raise AssertionError("asked")

        monkeypatch.setattr("tui.workspace.git.subprocess.Popen", fail)
        with pytest.raises(UserError, match="is no revision") as caught:
            file.commit(revision)
        assert caught.value.exit_code == EXIT_USAGE

    @pytest.mark.parametrize("revision", ["HEAD~7", "nowhere", "^HEAD", "HEAD:a.toml", "main..HEAD", "$(id)"])
    def test_a_revision_that_is_not_there(self, repository: Repository, revision: str) -> None:
        path = repository.write("a.toml", "x\n")
        repository.commit()
        error = refusal(path, revision)
        assert error.title == f"there is no revision {revision}"
        assert "git log" in error.hint
        assert error.exit_code == EXIT_USAGE

    def test_a_repository_without_a_commit(self, repository: Repository) -> None:
        assert refusal(repository.write("a.toml", "x\n"), "HEAD").title == "there is no revision HEAD"

    def test_no_repository(self, repository: Repository, tmp_path: Path) -> None:
        place = tmp_path / "plain"
        place.mkdir()
        error = refusal(place / "a.toml", "HEAD")
        assert error.title.endswith("plain is in no git repository")
        assert "postmortem diff BEFORE AFTER" in error.hint
        assert error.exit_code == EXIT_FILE

    def test_a_repository_that_git_does_not_trust_is_told_in_its_words(self, repository: Repository) -> None:
        (repository.folder / ".git" / "config").write_text("[core\n")
        error = refusal(repository.folder / "a.toml", "HEAD")
        assert error.title.startswith("git does not work in ")
        assert "bad config" in error.detail

    def test_no_git(self, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        error = refusal(repository.folder / "a.toml", "HEAD")
        assert (error.title, error.exit_code) == ("git cannot be run", EXIT_FILE)

    def test_revisions_without_a_common_one(self, repository: Repository) -> None:
        path = repository.write("a.toml", "x\n")
        first = repository.commit()
        repository.git("checkout", "--quiet", "--orphan", "other")
        second = repository.commit()
        with pytest.raises(UserError, match="no commit in common"):
            tracked_file(path).common_commit(first, second)


class TestLimits:
    def test_a_long_answer(self, repository: Repository) -> None:
        repository.write("a.toml", "x" * 5000)
        first = repository.commit()
        assert len(ask(repository.folder, "cat-file", "blob", f"{first}:a.toml", limit=5000) or b"") == 5000
        with pytest.raises(UserError, match="too much to say"):
            ask(repository.folder, "cat-file", "blob", f"{first}:a.toml", limit=4999)

    def test_a_git_that_does_not_answer(self, tmp_path: Path) -> None:
        stuck = tmp_path / "git"
        stuck.write_text("#!/bin/sh\nexec sleep 600\n")
        stuck.chmod(0o755)
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        with pytest.raises(UserError, match="no answer"):
            ask(tmp_path, "version", seconds=0.01, environ={"PATH": path})


class TestWhatItMustNotDo:
    def test_it_runs_nothing_that_a_repository_names(
        self, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        trap, mark = tmp_path / "trap", tmp_path / "sprung"
        trap.write_text(f"#!/bin/sh\ntouch {mark}\n")
        trap.chmod(0o755)
        repository.write(".gitattributes", "*.toml diff=evil filter=evil\n")
        path = repository.write("a.toml", LONG)
        first = repository.commit()
        repository.git("mv", "a.toml", "b.toml")
        repository.commit()
        commit = repository.git("cat-file", "commit", "HEAD").replace(
            "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n x\n\n", 1
        )
        signed = repository.write("signed", commit)
        repository.git("reset", "--soft", repository.git("hash-object", "-t", "commit", "-w", signed).strip())
        signed.unlink()
        for setting in (
            "core.fsmonitor", "core.pager", "pager.log", "gpg.program", "diff.external", "diff.evil.textconv",
            "diff.evil.command", "filter.evil.smudge", "core.editor", "core.askPass", "core.sshCommand",
        ):  # fmt: skip
            repository.git("config", setting, trap)
        repository.git("config", "log.showSignature", "true")
        monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
        monkeypatch.setenv("GIT_PAGER", str(trap))
        file = tracked_file(path.with_name("b.toml"))
        assert file.content(file.commit(first)) == LONG.encode()
        assert len(file.history(9)) == 2
        assert not mark.exists()

    def test_it_asks_about_the_file_s_own_repository(
        self, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = repository.write("a.toml", "x\n")
        first = repository.commit()
        monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
        monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
        assert tracked_file(path).commit("HEAD") == first

    def test_it_changes_nothing(self, repository: Repository) -> None:
        path = repository.write("a.toml", "x\n")
        repository.commit()
        before = {each: each.stat().st_mtime_ns for each in (repository.folder / ".git").rglob("*")}
        file = tracked_file(path)
        file.content(file.commit("HEAD"))
        file.history(9)
        assert {each: each.stat().st_mtime_ns for each in (repository.folder / ".git").rglob("*")} == before


def test_git_s_own_folder_is_no_place_for_a_file(repository: Repository) -> None:
    with pytest.raises(UserError, match="git's own folder"):
        tracked_file(repository.folder / ".git" / "config")

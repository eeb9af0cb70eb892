"""Finding and reading what a team has agreed on."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from schemas.policy import DEFAULT, FILE_NAME
from tests.workspace.disks import FailingDisk
from tui.workspace.library_policy import MOST_BYTES, LoadedPolicy, Policies, load_policy, policy_file, policy_for

GITLAB = 'profile = "gitlab"\n'


def agree(folder: Path, text: str = GITLAB) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE_NAME
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder that nothing around it has a say in."""
    (tmp_path / ".git").mkdir()
    return tmp_path.resolve()


class TestWhere:
    def test_the_nearest_one_holds_for_a_file_and_for_a_folder(self, top: Path) -> None:
        outer, inner = agree(top), agree(top / "2024" / "may", 'profile = "kehoe"\n')
        assert policy_for(top / "2024" / "one.toml").file == outer
        assert policy_for(top / "2024").file == outer
        assert policy_for(top / "2024" / "may" / "one.toml").policy.profile == "kehoe"
        assert policy_for(top / "2024" / "may").file == inner
        assert policy_for(top).policy.profile == "gitlab"

    def test_nothing_was_agreed(self, top: Path) -> None:
        assert policy_for(top / "one.toml") == LoadedPolicy(DEFAULT, (), None)
        assert policy_for(top / "no" / "such" / "folder" / "one.toml") == LoadedPolicy()

    @pytest.mark.parametrize("as_file", [False, True], ids=["folder", "file of a worktree"])
    def test_the_search_ends_with_the_repository(self, top: Path, as_file: bool) -> None:
        agree(top)
        repository = top / "repository"
        repository.mkdir()
        git = repository / ".git"
        git.write_text("gitdir: elsewhere\n") if as_file else git.mkdir()
        assert policy_for(repository / "incidents" / "one.toml").file is None
        own = agree(repository)
        assert policy_for(repository / "one.toml").file == own

    def test_the_search_ends_at_home(self, top: Path) -> None:
        agree(top)
        home = top / "home"
        (home / "incidents").mkdir(parents=True)
        assert policy_for(home / "incidents", home=home).file is None
        assert policy_for(home / "incidents", home=top / "other").file == top / FILE_NAME
        own = agree(home)
        assert policy_for(home / "incidents", home=home).file == own

    def test_home_is_asked_for_where_it_is_not_given(self, top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        agree(top)
        (top / "home").mkdir()
        monkeypatch.setenv("HOME", str(top / "home"))
        assert policy_for(top / "home").file is None

    def test_strangers_have_no_say(self, top: Path) -> None:
        shared = top / "shared"
        agree(shared)
        (shared / "mine").mkdir()
        shared.chmod(0o1777)
        assert policy_for(shared / "mine" / "one.toml").file is None
        # Who works in such a folder sees what is in it.
        assert policy_for(shared / "one.toml").file == shared / FILE_NAME

    def test_the_search_ends_at_the_root(self) -> None:
        class Empty(FailingDisk):
            def lstat(self, path: Path) -> os.stat_result:
                raise FileNotFoundError(errno.ENOENT, "nothing", str(path))

        assert policy_file(Path("/usr/share"), disk=Empty()) is None

    def test_a_link_to_an_incident_or_folder_is_where_it_leads(self, top: Path) -> None:
        own = agree(top / "library")
        (top / "library" / "2024").mkdir()
        (top / "link").symlink_to(top / "library" / "2024")
        assert policy_for(top / "link" / "one.toml").file == own
        assert policy_for(top / "link").file == own


class TestReading:
    def test_faults_are_told_with_the_file(self, top: Path) -> None:
        file = agree(top, '\nprofil = "gitlab"\ndates = "day-first"\n')
        loaded = policy_for(top / "one.toml")
        assert loaded.policy.dates == "day-first"
        assert [str(each) for each in loaded.problems] == [
            f"{file}:2: there is no setting profil; did you mean profile?"
        ]

    def test_a_folder_of_that_name(self, top: Path) -> None:
        (top / FILE_NAME).mkdir()
        loaded = policy_for(top)
        assert loaded.policy is DEFAULT
        (problem,) = loaded.problems
        assert problem.line == 1
        assert problem.message == "this is a folder. A file is needed here."

    def test_a_link_that_leads_nowhere(self, top: Path) -> None:
        (top / FILE_NAME).symlink_to(top / "nowhere")
        (problem,) = policy_for(top).problems
        assert problem.message

    def test_a_file_that_is_too_large(self, top: Path) -> None:
        agree(top, "#" * (MOST_BYTES + 1))
        (problem,) = policy_for(top).problems
        assert "MB" in problem.message

    @pytest.mark.parametrize("fail_at", range(12))
    def test_a_disk_that_fails_is_a_problem_and_never_an_error(self, top: Path, fail_at: int) -> None:
        file = agree(top)
        disk = FailingDisk(fail_at, errno.EACCES)
        loaded = policy_for(top / "2024" / "one.toml", disk=disk)
        if not disk.failed:
            assert (loaded.policy.profile, loaded.problems, loaded.file) == ("gitlab", (), file)
        elif loaded.file is not None and loaded.policy is DEFAULT:
            assert loaded.problems

    def test_a_file_name_that_drives_a_terminal(self, top: Path) -> None:
        agree(top / "a\x1b[31m", "x = 1\n")
        (problem,) = policy_for(top / "a\x1b[31m").problems
        assert "\x1b" not in str(problem)

    def test_it_can_be_read_by_itself(self, top: Path) -> None:
        file = agree(top)
        assert load_policy(file).policy.profile == "gitlab"


def test_for_many_files_each_folder_is_looked_at_once(top: Path) -> None:
    agree(top, "x = 1\n")
    agree(top / "kehoe", 'profile = "kehoe"\n')
    disk = FailingDisk()
    policies = Policies(disk=disk)
    found = [policies.of(top / folder / f"{n}.toml") for n in range(20) for folder in ("2023", "2024", "kehoe")]
    assert {loaded.policy.profile for loaded in found} == {"default", "kehoe"}
    assert disk.calls.count("read") == 2
    assert disk.calls.count("resolve") == 3
    assert disk.calls.count("lstat") < 12
    assert [problem.line for problem in policies.problems] == [1]

"""`postmortem diff` against a revision of git, and against what a reviewer last gave a verdict on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas import edits, toml_file
from schemas.incident import Incident
from schemas.verdicts import give_verdict
from tests.cli.conftest import STORY, Cli
from tests.repositories import Repository, needs_git
from tui.workspace.versions import keep_version


def saved(path: Path, incident: Incident) -> Path:
    path.write_text(toml_file.dumps(incident), encoding="utf-8")
    return path


@needs_git
class TestRevisions:
    @pytest.fixture
    def repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
        made = Repository(tmp_path / "library", monkeypatch)
        made.write("story.toml", STORY)
        made.commit("First")
        made.write("story.toml", STORY.replace("SEV2", "SEV3"))
        made.commit("Second")
        return made

    @pytest.fixture
    def tracked(self, repository: Repository) -> Path:
        return repository.folder / "story.toml"

    @pytest.mark.parametrize(
        ("revision", "change"),
        [
            ("HEAD", "SEV3 → SEV1"),
            ("HEAD~1", "SEV2 → SEV1"),
            ("HEAD~1..HEAD", "SEV2 → SEV3"),
            ("HEAD~1..", "SEV2 → SEV3"),
            ("..HEAD~1", "SEV3 → SEV2"),
            ("main...side", "SEV3 → SEV0"),
            ("main..side", "SEV4 → SEV0"),
        ],
    )
    def test_against_now_or_one_another(
        self, cli: Cli, repository: Repository, tracked: Path, revision: str, change: str
    ) -> None:
        if "side" in revision:
            repository.git("checkout", "--quiet", "-b", "side")
            repository.write("story.toml", STORY.replace("SEV2", "SEV0"))
            repository.commit("Side")
            repository.git("checkout", "--quiet", "main")
            repository.write("story.toml", STORY.replace("SEV2", "SEV4"))
            repository.commit("Main")
        repository.write("story.toml", STORY.replace("SEV2", "SEV1"))
        result = cli("diff", "--git", revision, tracked)
        assert (result.code, result.err, result.out) == (0, "", f"Incident\n  severity {change}\n")

    def test_between_revisions_the_file_may_be_gone(self, cli: Cli, tracked: Path) -> None:
        tracked.unlink()
        assert "SEV2 → SEV3" in cli("diff", "--git", "HEAD~1..HEAD", tracked).out
        assert cli("diff", "--git", "HEAD", tracked).code == 3

    @pytest.mark.parametrize(
        ("revision", "code", "words"),
        [
            ("nowhere", 2, "there is no revision nowhere"),
            ("HEAD..nowhere", 2, "there is no revision nowhere"),
            ("HEAD~9", 2, "there is no revision HEAD~9"),
            ("--output=x", 2, "'--output=x' is no revision"),
            ("HEAD..-x", 2, "'-x' is no revision"),
            ("", 2, "'' is no revision"),
        ],
    )
    def test_a_revision_that_is_not_there(self, cli: Cli, tracked: Path, revision: str, code: int, words: str) -> None:
        result = cli("diff", f"--git={revision}", tracked)
        assert (result.code, result.out) == (code, "")
        assert f"error: {words}" in result.err
        assert "hint: " in result.err

    def test_a_file_that_was_not_there_yet(self, cli: Cli, repository: Repository) -> None:
        result = cli("diff", "--git", "HEAD", repository.write("new.toml", STORY))
        assert result.code == 3
        assert "new.toml is not in HEAD" in result.err

    def test_outside_of_a_repository(self, cli: Cli, repository: Repository, story: Path) -> None:
        result = cli("diff", "--git", "HEAD", story)
        assert result.code == 3
        assert "is in no git repository" in result.err

    def test_without_git(self, cli: Cli, tracked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        result = cli("diff", "--git", "HEAD", tracked)
        assert result.code == 3
        assert "error: git cannot be run" in result.err


class TestSinceTheVerdict:
    """The reviewer `tester` is who the command line takes the person for."""

    @pytest.fixture(autouse=True)
    def _nobody_else(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
        for name in ("USER", "LOGNAME", "USERNAME"):
            monkeypatch.delenv(name, raising=False)

    def reviewed(self, path: Path, *reviewers: str) -> Path:
        """The story, on which each reviewer in turn gave a verdict before its severity was changed."""
        incident, noon = toml_file.loads(STORY), datetime(2024, 5, 6, 12, tzinfo=UTC)
        for number, reviewer in enumerate(reviewers):
            incident = give_verdict(
                incident, review_id=f"r{number}", reviewer=reviewer, at=noon.replace(hour=number), verdict="approve"
            )
            saved(path, incident)
            keep_version(path, incident.reviews[-1].content, path.read_text(encoding="utf-8"), now=noon)
            incident = edits.set_field(incident, "severity", f"SEV{number + 3}")
        return saved(path, incident)

    @pytest.mark.parametrize(
        ("arguments", "change"),
        [
            (["{}", "--since-verdict"], "SEV3 → SEV5"),
            (["--since-verdict", "{}"], "SEV3 → SEV5"),
            (["--since-verdict", "tester", "{}"], "SEV3 → SEV5"),
            (["--since-verdict=@Kim.Lee", "{}"], "SEV2 → SEV5"),
            (["--since-verdict", "kim lee", "{}"], "SEV2 → SEV5"),
            (["{}", "--since-verdict", "ana"], "SEV4 → SEV5"),
        ],
    )
    def test_of_the_one_who_is_named_or_the_person(
        self, cli: Cli, tmp_path: Path, arguments: list[str], change: str
    ) -> None:
        path = self.reviewed(tmp_path / "incident.toml", "Kim Lee", "tester", "ana")
        result = cli("diff", *(argument.format(path) for argument in arguments))
        assert result.code == 0
        assert result.out.startswith(f"Incident\n  severity {change}\n")
        assert result.err.startswith("since the verdict of ")

    def test_of_whoever_was_last_if_the_person_gave_none(self, cli: Cli, tmp_path: Path) -> None:
        result = cli("diff", "--since-verdict", self.reviewed(tmp_path / "incident.toml", "ana", "kim"))
        assert "severity SEV3 → SEV4" in result.out
        assert result.err == "since the verdict of kim (approve, 2024-05-06 01:00 UTC)\n"

    def test_nothing_changed_since(self, cli: Cli, tmp_path: Path) -> None:
        incident = give_verdict(toml_file.loads(STORY), review_id="r", reviewer="kim", at=None, verdict="changes")
        result = cli("diff", "--since-verdict", saved(tmp_path / "incident.toml", incident))
        assert (result.code, result.out) == (0, "")
        assert result.err == "since the verdict of kim (changes)\nnothing is different\n"

    def test_nobody_reviewed(self, cli: Cli, story: Path) -> None:
        result = cli("diff", "--since-verdict", story)
        assert result.code == 2
        assert "nobody has given a verdict" in result.err

    def test_somebody_else_reviewed(self, cli: Cli, tmp_path: Path) -> None:
        path = self.reviewed(tmp_path / "incident.toml", "kim", "ana")
        result = cli("diff", "--since-verdict", "zoe", path)
        assert result.code == 2
        assert "zoe has given no verdict" in result.err
        assert "hint: There is one of kim, ana." in result.err

    def test_what_was_reviewed_is_not_known_here(self, cli: Cli, tmp_path: Path, home: Path) -> None:
        path = self.reviewed(tmp_path / "incident.toml", "kim")
        for kept in (home / "state").rglob("*.toml.gz"):
            kept.unlink()
        result = cli("diff", "--since-verdict", path)
        assert result.code == 3
        assert "is not known here" in result.err
        assert "hint: Compare with a revision instead: postmortem diff --git REV" in result.err

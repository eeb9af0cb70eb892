"""A real git that merges with `postmortem merge-driver`: two hundred pairs of branches, and what people do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.conflict_markers import read_conflicted, split
from schemas.merge import merge
from schemas.merge_file import merge_files
from schemas.toml_file import dumps, loads, parse
from tests.cli.conftest import STORY, Cli
from tests.cli.warm_driver import ROOT, Warm, warm_driver
from tests.repositories import Repository, needs_git
from tests.schemas.strategies import same
from tests.schemas.test_merge_file import all_of, comments, places, three

pytestmark = needs_git

ARGUMENTS = "--marker-size %L -L %X -L %S -L %Y -- %O %A %B %P"
PAIRS = 50


@pytest.fixture
def clone(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository that was set up with `git-setup`, for this program and not for one that is installed."""
    repository = Repository(tmp_path / "clone", monkeypatch)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    which = shutil.which
    monkeypatch.setattr("shutil.which", lambda name: None if name == "postmortem" else which(name))
    assert cli("git-setup", repository.folder, "--yes").code == 0
    repository.commit("Set up")
    return repository


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    with warm_driver(tmp_path_factory.mktemp("warm") / "driver") as started:
        yield started


@pytest.fixture
def warm(clone: Repository, driver: Warm) -> Repository:
    """The same where git calls a program that is loaded already."""
    written = clone.git("config", "merge.postmortem.driver").strip()
    program, asked, rest = written.partition(f" merge-driver {ARGUMENTS} ||")
    assert program.endswith("-m tui")
    clone.git("config", "merge.postmortem.driver", driver.command + asked.removeprefix(" merge-driver") + rest)
    return clone


def commit_all(repository: Repository, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        repository.write(name, text)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--allow-empty", "--message", "Edit")


def branches(repository: Repository, versions: dict[str, tuple[str, str, str]]) -> None:
    """Commits on `main` and `theirs`, of files that are given as (base, ours, theirs); on `main` at the end."""
    commit_all(repository, {name: texts[0] for name, texts in versions.items()})
    repository.git("checkout", "--quiet", "-b", "theirs")
    commit_all(repository, {name: texts[2] for name, texts in versions.items()})
    repository.git("checkout", "--quiet", "main")
    commit_all(repository, {name: texts[1] for name, texts in versions.items()})


def unmerged(repository: Repository) -> set[str]:
    return set(filter(None, repository.git("diff", "-z", "--name-only", "--diff-filter=U").split("\0")))


def text_of(repository: Repository, name: str) -> str:
    return (repository.folder / name).read_text(encoding="utf-8")


def check(text: str, base: str, ours: str, theirs: str, *, conflicted: bool) -> None:
    """Git came to what the merge of the three files comes to, whichever side is ours."""
    before, mine, yours = parse(base), parse(ours), parse(theirs)
    expected = merge_files(before, mine, yours)
    assert conflicted == bool(expected.merged.conflicts)
    if not conflicted:
        found = parse(text)
        assert same(found.incident, expected.merged.incident)
        assert comments(text) == comments(expected.text())
        assert same(found.incident, merge(before.incident, yours.incident, mine.incident).incident)
        return
    sides = split(text)
    assert sides is not None
    assert same(loads(sides.ours), loads(expected.text(all_of(expected, "ours"))))
    assert same(loads(sides.theirs), loads(expected.text(all_of(expected, "theirs"))))
    again = merge_files(*read_conflicted(text, "x.toml"))
    assert places(again) == places(expected)
    assert comments(again.text()) == comments(expected.text())


@pytest.mark.parametrize("batch", range(4))
def test_fifty_pairs_of_branches(warm: Repository, driver: Warm, batch: int) -> None:
    first = 1000 + PAIRS * batch
    versions = {f"incident {seed}.toml": three(seed, 12) for seed in range(first, first + PAIRS)}
    branches(warm, versions)
    said_before = driver.said.stat().st_size
    warm.git("merge", "--quiet", "theirs", "--message", "Both", check=False)
    in_conflict = unmerged(warm)
    for name, texts in versions.items():
        check(text_of(warm, name), *texts, conflicted=name in in_conflict)
    assert 5 <= len(in_conflict) <= 45
    said = driver.said.read_bytes()[said_before:].decode("utf-8").splitlines()
    assert {line.partition(":")[0].removeprefix("conflict in ") for line in said} == in_conflict


def test_git_calls_what_git_setup_wrote(clone: Repository) -> None:
    versions = {f"incident {seed}.toml": three(seed, 12) for seed in (0, 1, 4, 1003)}
    branches(clone, versions)
    clone.git("merge", "--quiet", "theirs", "--message", "Both", check=False)
    in_conflict = unmerged(clone)
    assert len(in_conflict) == 2
    for name, texts in versions.items():
        check(text_of(clone, name), *texts, conflicted=name in in_conflict)


CANONICAL = dumps(loads(STORY))
KIM, LEE = (
    CANONICAL.replace("Push to the server fails", f"{name}'s push to the server fails") for name in ("Kim", "Lee")
)
SEVERE = CANONICAL.replace("SEV2", "SEV1")
NAME = "story.toml"


@pytest.fixture
def story(warm: Repository) -> Repository:
    """A repository with one incident, that was severe for `theirs` while `main` is not changed yet."""
    branches(warm, {NAME: (CANONICAL, CANONICAL, SEVERE)})
    return warm


def both(text: str) -> str:
    return text.replace("SEV2", "SEV1")


@pytest.mark.parametrize(
    "command", [("rebase", "theirs"), ("cherry-pick", "theirs"), ("merge", "theirs", "-m", "Both")]
)
def test_what_others_did_comes_in(story: Repository, command: tuple[str, ...]) -> None:
    commit_all(story, {NAME: KIM})
    story.git(*command)
    assert text_of(story, NAME) == both(KIM)
    assert story.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("command", "ours"),
    [(("rebase", "lees"), LEE), (("cherry-pick", "lees"), KIM), (("merge", "lees"), KIM)],
    ids=["rebase", "cherry-pick", "merge"],
)
def test_what_both_changed_is_asked_about(story: Repository, command: tuple[str, ...], ours: str) -> None:
    """In a rebase, ours are those whose work one's own is put upon."""
    story.git("checkout", "--quiet", "-b", "lees")
    commit_all(story, {NAME: LEE})
    story.git("checkout", "--quiet", "main")
    commit_all(story, {NAME: KIM})
    story.git(*command, check=False)
    assert unmerged(story) == {NAME}
    sides = split(text_of(story, NAME))
    assert sides is not None
    assert (sides.ours, sides.base, sides.theirs) == (ours, CANONICAL, LEE if ours == KIM else KIM)


def test_what_was_stashed_comes_back_into_what_changed_meanwhile(story: Repository) -> None:
    story.write(NAME, KIM)
    story.git("stash")
    story.git("merge", "--quiet", "theirs", "-m", "Severe")
    story.git("stash", "pop")
    assert text_of(story, NAME) == both(KIM)
    assert story.git("stash", "list") == ""


def test_a_stash_that_is_in_conflict_is_kept(story: Repository) -> None:
    story.write(NAME, KIM)
    story.git("stash")
    commit_all(story, {NAME: LEE})
    story.git("stash", "pop", check=False)
    sides = split(text_of(story, NAME))
    assert sides is not None
    assert (sides.ours, sides.theirs) == (LEE, KIM)
    assert story.git("stash", "list") != ""


def test_a_file_that_was_renamed_on_one_side(story: Repository) -> None:
    story.git("mv", NAME, "push.toml")
    commit_all(story, {"push.toml": KIM})
    story.git("merge", "--quiet", "theirs", "-m", "Both")
    assert text_of(story, "push.toml") == both(KIM)
    assert not (story.folder / NAME).exists()


def test_a_file_that_both_added(story: Repository) -> None:
    story.git("checkout", "--quiet", "theirs")
    commit_all(story, {"new.toml": KIM})
    story.git("checkout", "--quiet", "main")
    commit_all(story, {"new.toml": LEE})
    story.git("merge", "--quiet", "theirs", "-m", "Both", check=False)
    assert unmerged(story) == {"new.toml"}
    sides = split(text_of(story, "new.toml"))
    assert sides is not None
    assert (sides.ours, sides.base, sides.theirs) == (LEE, None, KIM)


@pytest.mark.parametrize("program", ["postmortem-that-was-removed", "false", "sh -c 'exit 70'"])
def test_without_a_program_that_works_git_merges_lines(story: Repository, program: str) -> None:
    """Otherwise ours would stand there without a marker, and the next commit would drop theirs."""
    written = story.git("config", "merge.postmortem.driver").strip()
    story.git("config", "merge.postmortem.driver", program + written[written.index(f" {ARGUMENTS} ||") :])
    commit_all(story, {NAME: KIM})
    story.git("merge", "--quiet", "theirs", "-m", "Both")
    assert text_of(story, NAME) == both(KIM)
    story.git("checkout", "--quiet", "-b", "lees", "HEAD~2")
    commit_all(story, {NAME: LEE})
    story.git("merge", "--quiet", "main", "-m", "Both", check=False)
    assert unmerged(story) == {NAME}
    sides = split(text_of(story, NAME))
    assert sides is not None
    assert (loads(sides.ours).events[0].text[:3], loads(sides.theirs).events[0].text[:3]) == ("Lee", "Kim")


def test_the_sides_are_called_as_git_calls_them(cli: Cli, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, (CANONICAL, KIM, LEE), strict=True):
        path.write_text(text, encoding="utf-8")
    names = ["-L", "HEAD", "-L", "1a2b3c", "-L", "9f8e7d (Say who)"]
    assert cli("merge-driver", *names, "--", *paths, NAME).code == 1
    sides = split(paths[1].read_text(encoding="utf-8"))
    assert sides is not None
    assert sides.labels == ("HEAD", "1a2b3c", "9f8e7d (Say who)")

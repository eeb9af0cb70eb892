"""`postmortem check` over libraries: what each has agreed on, and incidents that are compared with each other."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest.mock import MagicMock

import pytest

from schemas.checks import RULES, Facts, Finding, Rule
from schemas.incident import Event
from tests.cli.conftest import STORY, Cli
from tui.cli import check_memory, checking
from tui.cli.checking import Checking, Wanted
from tui.workspace import storage

NOW: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)


def rules_of(text: str) -> dict[str, set[str]]:
    """The rules that found something, by the name of the file."""
    found: dict[str, set[str]] = {}
    for row in json.loads(text):
        found.setdefault(Path(row["file"]).name, set()).add(row["rule"])
    return found


Library = Callable[[str, str], Path]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Makes a library with the story in it and some settings."""

    def make(name: str, settings: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / f"{name}.toml").write_text(STORY, encoding="utf-8")
        (folder / "postmortem.toml").write_text(settings, encoding="utf-8")
        return folder

    return make


class TestAgreements:
    def test_each_library_is_checked_by_its_own(self, cli: Cli, library: Library) -> None:
        a, b = library("a", '[checks]\nselect = ["A01"]\n'), library("b", '[checks]\nignore = ["A"]\n')
        found = rules_of(cli("check", a, b, "--format", "json").out)
        assert found["a.toml"] == {"A01"}
        assert "T09" in found["b.toml"]
        assert not {rule for rule in found["b.toml"] if rule[0] == "A"}

    @pytest.mark.parametrize(
        ("settings", "arguments", "told"),
        [
            ('select = ["A01"]', ["--select", "T09"], {"T09"}),
            ('ignore = ["T"]', ["--select", "T09"], {"T09"}),
            ('select = ["A01", "T09"]', ["--ignore", "T09"], {"A01"}),
            ('ignore = ["A01"]', ["--ignore", "T,C,P"], set()),
            ('select = ["A01"]', [], {"A01"}),
        ],
    )
    def test_the_command_line_wins(
        self, cli: Cli, library: Library, settings: str, arguments: list[str], told: set[str]
    ) -> None:
        result = cli("check", library("a", f"[checks]\n{settings}\n"), *arguments, "--format", "json")
        found = rules_of(result.out).get("a.toml", set())
        assert {rule for rule in found if rule in ("A01", "T09") or "A01" in told} == told
        assert "in the settings" not in result.err

    def test_faults_in_the_settings_are_told_with_their_line_and_everything_is_checked(
        self, cli: Cli, library: Library
    ) -> None:
        a, b = library("a", '[checks]\nselect = ["A01"]\nignroe = ["T"]\n'), library("b", "")
        result = cli("check", a, b)
        assert result.code == 2
        assert f"error: {a / 'postmortem.toml'}:3: " in result.err
        assert "ignore" in result.err
        assert result.err.endswith("1 fault in the settings\n")
        assert f"{a / 'a.toml'}:" in result.out
        assert f"{b / 'b.toml'}:" in result.out

    def test_a_file_that_cannot_be_read_weighs_more(self, cli: Cli, library: Library) -> None:
        a = library("a", "ignroe = []\n")
        result = cli("check", a, a / "nothing.toml")
        assert result.code == 3
        assert "ignroe" in result.err

    def test_on_github_they_stand_beside_their_line(self, cli: Cli, library: Library) -> None:
        a = library("a", "\nignroe = []\n")
        assert f"::error file={a / 'postmortem.toml'},line=2,title=settings::" in cli(
            "check", a, "--format", "github"
        ).out  # fmt: skip

    def test_a_profile_that_one_of_the_libraries_does_not_have_is_a_usage_error(
        self, cli: Cli, library: Library
    ) -> None:
        result = cli("check", library("a", ""), "--profile", "ours")
        assert (result.code, result.out) == (2, "")
        assert "'ours'" in result.err
        assert "default" in result.err


A: Final = """
title = "Mail late"
owner = "ines"
authors = ["Ines Aaltonen"]
[[actions]]
id = "aaaa"
text = "Alert when the oldest mail in the outgoing queue waits longer than ten minutes"
owner = "Ines Aaltonen"
due = 2026-04-01
"""
B: Final = A.replace('title = "Mail late"', 'title = "Mail late again"').replace(
    'owner = "Ines Aaltonen"\n', 'owner = "Ines Aaltonnen"\n'
)  # fmt: skip


class TestNeighbours:
    @pytest.fixture
    def pair(self, tmp_path: Path) -> tuple[Path, Path]:
        first, second = tmp_path / "first.toml", tmp_path / "second.toml"
        first.write_text(A, encoding="utf-8")
        second.write_text(B, encoding="utf-8")
        return first, second

    def test_files_that_are_checked_together_are_compared(self, cli: Cli, pair: tuple[Path, Path]) -> None:
        rows = json.loads(cli("check", *pair, "--format", "json").out)
        copied = [row for row in rows if row["rule"] == "A09"]
        assert {Path(row["file"]).name for row in copied} <= {"first.toml", "second.toml"}
        assert copied

    def test_a_file_alone_is_not(self, cli: Cli, pair: tuple[Path, Path]) -> None:
        assert "A09" not in cli("check", pair[1], "-v").out

    def test_nor_are_files_of_two_libraries(self, cli: Cli, pair: tuple[Path, Path]) -> None:
        inner = pair[0].parent / "inner"
        inner.mkdir()
        (inner / "postmortem.toml").touch()
        moved = pair[1].rename(inner / "second.toml")
        assert "A09" not in cli("check", pair[0], moved, "-v").out

    def test_the_finding_has_its_line(self, cli: Cli, pair: tuple[Path, Path]) -> None:
        out = cli("check", *pair, "--format", "github", "--select", "A09", "-v").out
        assert out
        assert all(int(line.partition("line=")[2].partition(",")[0]) > 5 for line in out.splitlines())


class Spy:
    """A rule that compares, and writes down what it was given."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.found: list[set[str]] = []

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        self.seen.append((facts.incident.title, tuple(each.title for each in facts.neighbours)))
        self.found.append({finding.rule for finding in facts.found})
        yield Finding("A99", "info", "title", "looked at", "Do nothing.")


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    made = Spy()
    monkeypatch.setitem(RULES, "A99", Rule("A99", "a spy", "info", ("title", "neighbours", "found"), made))
    return made


def run(paths: list[Path], **wanted: Any) -> Checking:
    made = Checking(paths, NOW, Wanted(**wanted), frozenset(paths))
    for path in paths:
        made.take(path, made.look(path))
    made.compare()
    return made


def test_rules_that_compare_see_all_the_others_and_what_was_found(tmp_path: Path, spy: Spy) -> None:
    paths = [tmp_path / f"{name}.toml" for name in "abc"]
    for path in paths:
        path.write_text(f'title = "{path.stem}"\n', encoding="utf-8")
    made = run(paths)
    assert sorted(spy.seen) == [("a", ("b", "c")), ("b", ("a", "c")), ("c", ("a", "b"))]
    assert all("C01" in found for found in spy.found)
    assert [file.path for file in made.files] == paths
    assert all("A99" in {each.finding.rule for each in file.found} for file in made.files)


def test_a_file_that_is_gone_by_then_keeps_its_findings(tmp_path: Path, spy: Spy) -> None:
    path = tmp_path / "a.toml"
    path.write_text('title = "a"\n', encoding="utf-8")
    made = Checking([path], NOW, Wanted(), frozenset([path]))
    made.take(path, made.look(path))
    path.unlink()
    made.compare()
    assert {"C01", "A99"} <= {each.finding.rule for each in made.files[0].found}
    assert made.unread == []


@pytest.mark.parametrize("changed", [False, True])
def test_a_finding_of_comparing_is_told_at_its_line_in_the_file_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: bool
) -> None:
    def about_the_owner(_facts: Facts) -> Iterator[Finding]:
        yield Finding("A99", "error", "owner", "whoever", "")

    rule = Rule("A99", "whoever", "error", ("owner", "neighbours"), about_the_owner)
    monkeypatch.setattr(checking, "RULES", {"A99": rule})
    path = tmp_path / "a.toml"
    path.write_bytes(b'\xef\xbb\xbftitle = "a"\r\nzone = "UTC"\r\nowner = "Kim"\r\n')
    made = Checking([path], NOW, Wanted(), frozenset([path]))
    made.take(path, made.look(path))
    if changed:
        path.write_text('title = "a"\nowner = "Kim"\n', encoding="utf-8")
    load = MagicMock(side_effect=storage.load_file)
    monkeypatch.setattr(check_memory, "load_file", load)
    made.compare()
    assert [each.line for each in made.files[0].found] == ([2] if changed else [3])
    assert load.called is changed, "a file that was not changed is not parsed again"


def test_what_was_looked_at_is_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between reading the files and comparing them there are no events and no prose, whatever was found."""
    paths = [tmp_path / f"{number}.toml" for number in range(20)]
    for path in paths:
        # Out of order, so that there is something to mend, which needs the incident.
        story = STORY.replace("2024-05-02", "2024-05-05").replace("Somebody remembers", "Nobody else remembers")
        path.write_text(story + "\n", encoding="utf-8")
    made = Checking(paths, NOW, Wanted(), frozenset(paths))
    for path in paths:
        made.take(path, made.look(path))
    gc.collect()
    held = [
        each for each in gc.get_objects() if isinstance(each, Event) and each.text == "Nobody else remembers the update"
    ]
    assert held
    assert len(held) <= 8, "some rules remember what they last looked at"
    made.compare()
    assert len(made.files) == 20


def test_what_is_long_is_read_again_only_for_the_rule_that_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    load = storage.load_file

    def counted(path: Path) -> Any:
        read.append(path.stem)
        return load(path)

    def nosy(facts: Facts) -> Iterator[Finding]:
        assert facts.incident.title == facts.neighbours[0].title.translate(str.maketrans("ab", "ba"))
        if facts.incident.title == "b":
            assert facts.timeline.by_id["x"].event.text == "It begins" == facts.incident.events[0].text
            assert facts.measurements
        return iter(())

    reads = ("title", "events", "timeline", "measurements", "neighbours")
    monkeypatch.setattr(checking, "RULES", {"A99": Rule("A99", "nosy", "info", reads, nosy)})
    for module in (checking, check_memory):
        monkeypatch.setattr(module, "load_file", counted)
    for name in "ab":
        event = '[[events]]\nid = "x"\ntext = "It begins"\n'
        (tmp_path / f"{name}.toml").write_text(f'title = "{name}"\n{event}', encoding="utf-8")
    run([tmp_path / "a.toml", tmp_path / "b.toml"])
    assert read == ["a", "b", "b"]


def test_nothing_long_is_kept() -> None:
    assert not {"events", "sections", "other_sections"} & checking.kept_fields()
    assert "actions" in checking.kept_fields()

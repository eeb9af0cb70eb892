"""The command line over damaged files: a known exit code, nothing that drives a terminal, nothing lost."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Final

import pytest

from schemas.text import is_clean
from tests.cli.conftest import STORY, Cli
from tests.fuzz.mutations import HOSTILE, Case, as_toml, cases, damaged, with_anything
from tests.fuzz.test_incident_files import FILES, KEYS
from tests.fuzz.test_other_files import POLICY, REVIEW

COMMANDS: Final = (
    ("check", "{}"), ("check", "{}", "--format", "json"), ("check", "{}", "--format", "github"),
    ("check", "{}", "--format", "sarif"), ("check", "{}", "-v"), ("show", "{}"), ("show", "{}", "--format", "json"),
    ("export", "{}"), ("export", "{}", "--audience", "external"), ("export", "{}", "--remarks", "all"),
    ("export", "{}", "-o", "{}.md"), ("diff", "{}", "{story}"), ("diff", "{story}", "{}", "--format", "json"),
    ("diff", "{}"), ("diff", "--since-verdict", "{}"), ("review", "{}", "--status"), ("check", "{folder}"),
    ("review", "{}", "--status", "--format", "json"), ("review", "{story}", "--take", "{}"),
    ("export", "{folder}", "-o", "{folder}/out"),
)  # fmt: skip
CODES: Final = frozenset({0, 1, 2, 3, 4})


def answered(cli: Cli, words: list[str | Path]) -> int:
    """What a command line comes to, which is never a crash and never an escape sequence."""
    result = cli(*words)
    assert result.code in CODES, (words, result)
    assert "Traceback" not in result.err
    assert "fault in the program" not in result.err
    assert is_clean(result.err)
    assert is_clean(result.out)
    return result.code


def some_file(rng: random.Random) -> bytes:
    """A damaged incident, or one with other values in it."""
    if rng.random() < 0.5:
        return damaged(rng.choice(FILES), rng, FILES)
    return as_toml(with_anything(tomllib.loads(STORY), KEYS, rng))


def test_every_command_answers_whatever_is_in_the_file(tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    story = folder / "story.toml"
    for case in cases(120, "commands"):
        with case:
            case.data = some_file(case.rng)
            path = folder / "x.toml"
            path.write_bytes(case.data)
            story.write_text(STORY, encoding="utf-8")
            if case.rng.random() < 0.3:
                (folder / "postmortem.toml").write_bytes(damaged(POLICY, case.rng))
            for command in case.rng.sample(COMMANDS, 3):
                answered(cli, [word.format(path, story=story, folder=folder) for word in command])
                assert path.read_bytes() == case.data
                assert "--take" in command or story.read_text(encoding="utf-8") == STORY


def test_merging_damaged_files_loses_none(tmp_path: Path, cli: Cli) -> None:
    for case in cases(60, "merge-driver"):
        with case:
            original = case.rng.choice(FILES)
            names = [tmp_path / name for name in ("base.toml", "ours.toml", "theirs.toml")]
            contents = [original if case.rng.random() < 0.4 else damaged(original, case.rng, FILES) for _ in names]
            for path, case.data in zip(names, contents, strict=True):
                path.write_bytes(case.data)
            code = answered(cli, ["merge-driver", *names])
            assert code in (0, 1, 3)
            assert names[1].exists()
            assert [names[0].read_bytes(), names[2].read_bytes()] == [contents[0], contents[2]]
            if code == 3:
                assert names[1].read_bytes() == contents[1]
            assert sorted(each.name for each in tmp_path.iterdir()) == ["base.toml", "ours.toml", "theirs.toml"]


def test_a_damaged_review_is_taken_in_or_refused(tmp_path: Path, cli: Cli) -> None:
    story, review = tmp_path / "story.toml", tmp_path / "story.review.toml"
    for case in cases(60, "take"):
        with case:
            story.write_text(STORY, encoding="utf-8")
            case.data = damaged(REVIEW, case.rng)
            review.write_bytes(case.data)
            code = answered(cli, ["review", story, "--take", review])
            assert review.read_bytes() == case.data
            assert code == 0 or story.read_text(encoding="utf-8") == STORY


OPTIONS: Final = (
    ("check", "{}", "--select"), ("check", "{}", "--ignore"), ("check", "{}", "--fail-on"), ("check", "{}", "--format"),
    ("check", "--explain"), ("show", "{}", "--profile"), ("export", "{}", "--style"), ("export", "{}", "--audience"),
    ("diff", "{}", "--git"), ("diff", "{}"), ("new", "{folder}", "--title"), ("new", "{folder}", "--zone"),
    ("new", "{folder}", "--severity"), ("new", "{folder}", "--started"), ("review", "{}", "--take"), ("completion",),
    ("merge-driver", "{}", "{}", "{}", "--marker-size"), ("diff", "--driver"), (),
)  # fmt: skip


@pytest.mark.parametrize("option", OPTIONS, ids=" ".join)
def test_every_option_answers_whatever_is_given(tmp_path: Path, cli: Cli, option: tuple[str, ...]) -> None:
    path = tmp_path / "x.toml"
    path.write_text(STORY, encoding="utf-8")
    words = (
        *HOSTILE,
        "",
        "-",
        "--",
        "-1",
        "T",
        "T05",
        "T05,,",
        "default",
        "/dev/null",
        "\udcff",
        "x" * 100_000,
        "@{-1}",
        "HEAD~99",
    )
    for word in words if option else [word for word in words if not word.startswith("-") and word]:
        if "\0" in word:
            continue  # no system hands that to a program
        with Case("option", 0):
            answered(cli, [*(each.format(path, folder=tmp_path) for each in option), word])
    assert path.read_text(encoding="utf-8") == STORY

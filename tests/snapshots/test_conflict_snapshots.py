"""Pictures of the conflicts: beside and over one another, with what was before, in the light theme, in the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.toml_file import dumps
from tests.snapshots.test_review import after
from tests.workspace.conflicts import base, conflicted_file
from tui.app import PostmortemApp
from tui.workspace.services import Services
from tui.workspace.settings import Settings

Compare = Callable[..., bool]


def opened(path: Path, settings: Settings | None = None) -> PostmortemApp:
    return PostmortemApp(path, Services.fake(), settings)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)], ids=["80x24", "120x40", "60x20"])
def test_words_of_both_with_what_was_before(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    keys = after("1", "n", "2", "n", "v", "3")
    assert snap_compare(opened(conflicted_file(tmp_path)), terminal_size=size, run_before=keys)


def test_removed_and_changed_in_the_light_theme(snap_compare: Compare, tmp_path: Path) -> None:
    app = opened(conflicted_file(tmp_path), Settings(theme="postmortem-light"))
    assert snap_compare(app, terminal_size=(120, 40), run_before=after("1", "p", "2"))


def test_a_version_that_cannot_be_read(snap_compare: Compare, tmp_path: Path) -> None:
    path = tmp_path / "incident.toml"
    path.write_text('title = "T"\n<<<<<<< HEAD\nowner = "@a\n=======\nowner = "@b"\n>>>>>>> feature\n')
    assert snap_compare(opened(path), terminal_size=(80, 24), run_before=after())


def test_in_the_library(snap_compare: Compare, tmp_path: Path) -> None:
    folder = tmp_path / "incidents"
    folder.mkdir()
    conflicted_file(folder, name="2024-05-02-search.toml")
    (folder / "2024-04-01-other.toml").write_text(dumps(base()))
    app = opened(folder)

    async def before(pilot: object) -> None:
        del pilot
        await app.workers.wait_for_complete()

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)

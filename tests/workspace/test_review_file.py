"""The file beside an incident that holds a review of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.incident import Comment
from schemas.review_patch import Patch, ReviewOf
from schemas.toml_errors import TomlError
from tui.workspace.atomic_writing import FileChanged, FileExists
from tui.workspace.errors import EXIT_FILE, UserError
from tui.workspace.library import scan
from tui.workspace.library_walk import candidates
from tui.workspace.names import may_be_incident
from tui.workspace.review_file import open_review, patch_path, save_review
from tui.workspace.storage import open_file

PATCH = Patch(review_of=ReviewOf(file="outage.toml"), comments=(Comment(id="q4m7xd", text="Who?"),))


def test_it_is_kept_beside_the_incident(tmp_path: Path) -> None:
    assert patch_path(tmp_path / "outage.toml") == tmp_path / "outage.review.toml"


def test_it_is_saved_and_opened_and_saved_again(tmp_path: Path) -> None:
    path = tmp_path / "outage.review.toml"
    saved = save_review(path, PATCH)
    opened = open_review(path)
    assert opened == saved
    assert opened.patch == PATCH
    more = PATCH.changed(comments=(*PATCH.comments, Comment(id="z2k4mm", text="Why?")))
    save_review(path, more, expect=opened.fingerprint)
    assert open_review(path).patch == more


def test_one_that_is_there_is_never_overwritten_unseen(tmp_path: Path) -> None:
    path = tmp_path / "outage.review.toml"
    opened = save_review(path, PATCH)
    with pytest.raises(FileExists):
        save_review(path, Patch())
    path.write_text("[review_of]\n", encoding="utf-8")
    with pytest.raises(FileChanged):
        save_review(path, PATCH, expect=opened.fingerprint)
    assert path.read_text(encoding="utf-8") == "[review_of]\n"


def test_a_fault_in_it_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "outage.review.toml"
    path.write_text("[review_of]\nfile = 1\n", encoding="utf-8")
    with pytest.raises(UserError) as raised:
        open_review(path)
    assert raised.value.title.startswith(f"{path}:2:1: ")
    assert raised.value.hint
    assert raised.value.exit_code == EXIT_FILE
    assert isinstance(raised.value.__cause__, TomlError)
    with pytest.raises(UserError, match="no such file"):
        open_review(tmp_path / "none.review.toml")


def test_it_is_no_incident_of_a_library(tmp_path: Path) -> None:
    (tmp_path / "outage.toml").write_text("title = 'x'\n", encoding="utf-8")
    save_review(tmp_path / "outage.review.toml", PATCH)
    assert list(candidates(tmp_path)) == scan(tmp_path) == [tmp_path / "outage.toml"]
    (tmp_path / "outage.review.toml").rename(tmp_path / "renamed.toml")
    assert scan(tmp_path) == [tmp_path / "outage.toml"]


def test_it_is_not_opened_as_an_incident(tmp_path: Path) -> None:
    path = save_review(tmp_path / "outage.review.toml", PATCH).path
    with pytest.raises(UserError) as raised:
        open_file(path)
    assert "review of an incident" in raised.value.detail
    assert "--take" in raised.value.hint
    assert ":3:1" in raised.value.title


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("outage.toml", True), ("review.toml", True), ("OUTAGE.TOML", True), ("outage.review.toml", False),
        ("Outage.Review.TOML", False), ("config.toml", False), ("outage.md", False),
    ],
)  # fmt: skip
def test_which_names_an_incident_may_have(name: str, may: bool) -> None:
    assert may_be_incident(name) is may

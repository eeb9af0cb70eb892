"""Remarks made in a review are saved, undone and kept apart from the content, which stays as it is."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from schemas.incident import Incident
from schemas.review_patch import take_in
from schemas.sign_off import content_hash
from schemas.toml_file import dumps, loads
from tests.ui.reviews import review, screen, story
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tui.app import PostmortemApp
from tui.workspace.outline import Spot
from tui.workspace.review_file import open_review, patch_path
from tui.workspace.services import Services


def loaded(path: Path) -> Incident:
    return loads(path.read_text(encoding="utf-8"))


async def comment(pilot: Pilot[int], words: str) -> None:
    """Write a comment on what is read."""
    await pilot.press("c")
    await type_text(pilot, words)
    await pilot.press("ctrl+s")
    await pilot.pause()


def test_a_comment_is_on_what_is_read_and_saved_in_the_file(tmp_path: Path) -> None:
    app = review(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("n")
        await comment(pilot, "Who got it?")
        assert "● unsaved" in seen(pilot)
        assert "open comments 4" in seen(pilot)
        assert "Who got it?" in seen(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Saved incident.toml" in seen(pilot)
        assert "unsaved" not in seen(pilot)
        await pilot.press("tab", "n")
        await comment(pilot, "Clear.")
        await pilot.press("ctrl+s")
        await pilot.pause()

    run(app, scenario, (80, 24))
    saved = loaded(app.path)
    assert {(each.on, each.text, each.author) for each in saved.comments[-2:]} <= {
        (each.on, each.text, each.author) for each in saved.comments
    }
    assert ("events/e1", "Who got it?", "tester") in {(c.on, c.text, c.author) for c in saved.comments}
    assert ("sections/summary", "Clear.", "tester") in {(c.on, c.text, c.author) for c in saved.comments}
    assert content_hash(saved) == content_hash(story())


def test_what_is_typed_right_behind_the_key_is_in_the_comment(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await type_text(pilot, "cnot now")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        at = screen(pilot)
        assert [each.text for each in at.session.doc.comments if each.on == "events/e0"] == ["not now"]
        assert at.walk.index == 0

    run(review(tmp_path), scenario, (80, 24))


def test_answers_and_settling_at_the_place(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        at = screen(pilot)
        await pilot.press("n", "n", "r")
        await type_text(pilot, "It was the last change.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "It was the last change." in seen(pilot)
        await pilot.press("x")
        await pilot.pause()
        (thread,) = at.threads_at("events/e2")
        assert (len(thread.replies), thread.open) == (1, False)
        await pilot.press("x")
        await pilot.pause()
        assert at.threads_at("events/e2")[0].open
        await pilot.press("enter")
        await pilot.pause()
        assert at.focused is at.threads_panel
        await pilot.press("escape", "n")
        await pilot.pause()
        assert at.walk.index == 3

    run(review(tmp_path), scenario, (80, 24))


def test_undo_takes_back_remarks_and_leaves_the_content_alone(tmp_path: Path) -> None:
    path = written(tmp_path, story())

    async def scenario(pilot: Pilot[int]) -> None:
        editor = document(pilot)
        await editor.open_spot(Spot("summary"))
        await type_text(pilot, "More. ")
        await pilot.press("alt+h")
        await pilot.pause()
        await comment(pilot, "Mine")
        count = len(editor.doc.comments)
        await pilot.press("u")
        await pilot.pause()
        assert len(editor.doc.comments) == count - 1
        await pilot.press("u")
        await pilot.pause()
        assert "undo it in the editor" in seen(pilot)
        assert editor.doc.sections.summary.startswith("More. ")
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert len(editor.doc.comments) == count
        await pilot.press("escape")
        await pilot.pause()
        assert editor.is_current
        assert editor.session.dirty

    run(app_for(path), scenario)


def test_leaving_asks_once_for_what_is_not_saved(tmp_path: Path) -> None:
    app = review(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        await comment(pilot, "Mine")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert "Not saved yet" in seen(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert "Not saved yet" not in seen(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()

    run(app, scenario, (80, 24))
    assert any(each.text == "Mine" for each in loaded(app.path).comments)


def test_a_file_that_was_changed_meanwhile_is_merged(tmp_path: Path) -> None:
    app = review(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        await comment(pilot, "Mine")
        theirs = loaded(app.path)
        app.path.write_text(dumps(theirs.model_copy(update={"severity": "SEV4"})) + "\n# by somebody else\n")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Saved" in seen(pilot)
        assert "came in" in seen(pilot)

    run(app, scenario, (80, 24))
    assert app.path.read_text().endswith("# by somebody else\n")
    assert loaded(app.path).severity == "SEV4"
    assert any(each.text == "Mine" for each in loaded(app.path).comments)


def test_a_review_of_a_read_only_file_goes_beside_it_and_is_taken_up_again(tmp_path: Path) -> None:
    path = written(tmp_path, story().model_copy(update={"format": 99}))
    text = path.read_text()
    beside = patch_path(path)

    async def first(pilot: Pilot[int]) -> None:
        assert "read-only" in seen(pilot)
        await comment(pilot, "Mine")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Saved incident.review.toml" in seen(pilot)
        await comment(pilot, "Another")
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert "Not saved yet" not in seen(pilot)

    async def second(pilot: Pilot[int]) -> None:
        assert "Mine" in seen(pilot)
        assert "unsaved" not in seen(pilot)
        await comment(pilot, "Third")
        await pilot.press("ctrl+s")
        await pilot.pause()

    run(PostmortemApp(path, Services.fake(), start="review"), first, (80, 24))
    assert path.read_text() == text
    assert {each.text for each in open_review(beside).patch.comments} == {"Mine", "Another"}
    run(PostmortemApp(path, Services.fake(seed=2), start="review"), second, (80, 24))
    taken, told = take_in(story(), open_review(beside).patch)
    assert {each.text for each in taken.comments} >= {"Mine", "Another", "Third"}
    assert len(told.new) == 3
    assert set(tmp_path.iterdir()) == {path, beside}


def test_from_the_library_and_back(tmp_path: Path) -> None:
    written(tmp_path, story())

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert "1 of 5" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "1 incidents" in seen(pilot)

    run(app_for(tmp_path), scenario, (80, 24))


def test_a_folder_opened_for_review_reviews_what_is_chosen(tmp_path: Path) -> None:
    written(tmp_path, story())

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "1 of 5" in seen(pilot)

    run(PostmortemApp(tmp_path, Services.fake(), start="review"), scenario, (80, 24))


def test_a_verdict_is_given_and_kept(tmp_path: Path) -> None:
    app = review(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("v")
        await pilot.pause()
        assert "erdict" in seen(pilot)
        await pilot.press("escape")
        await pilot.press("q")
        await pilot.pause()
        assert "go deep enough" in seen(pilot)
        await pilot.press("escape")
        await pilot.press("s")
        await pilot.pause()
        assert "in-review" in seen(pilot) or "in review" in seen(pilot)
        await pilot.press("escape")

    run(app, scenario, (80, 24))


def test_the_palette_has_the_commands_of_the_review_and_no_others(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("ctrl+p")
        await pilot.pause()
        await type_text(pilot, "gap")
        await pilot.pause()
        assert "Next gap" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert screen(pilot).walk.index == 3
        await pilot.press("ctrl+p")
        await type_text(pilot, "paste events")
        await pilot.pause()
        assert "Paste events" not in seen(pilot)

    run(review(tmp_path), scenario, (80, 24))

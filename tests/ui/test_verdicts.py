"""Verdicts, the status with its gates, what changed since, and the questions of a review."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas import edits
from schemas.comments import threads
from schemas.incident import Incident, Review
from schemas.review_questions import QUESTIONS
from schemas.sign_off import content_hash
from schemas.toml_file import loads
from schemas.verdicts import Standing, standing
from tests.ui.remarks import AT, TALKED, in_box, talked
from tests.ui.screens import app_for, document, run, seen, type_text
from tui.screens.changes_screen import ChangesScreen
from tui.screens.dialogs import Message
from tui.screens.picker import Picker
from tui.screens.question_screen import QuestionsScreen
from tui.screens.stage_dialog import StageDialog
from tui.screens.verdict_dialog import VerdictDialog
from tui.workspace import versions
from tui.workspace.outline import Spot
from tui.workspace.services import Services

SIZES = [(120, 40), (80, 24), (60, 20)]
QUIET = TALKED.model_copy(update={"comments": (), "owner": "kim"})


def signed(incident: Incident = QUIET, reviewer: str = "ana", verdict: str = "approve") -> Incident:
    review = Review(id="rvwaaa", reviewer=reviewer, at=AT, verdict=verdict, content=content_hash(incident))
    return incident.model_copy(update={"reviews": (review,)})


def change(pilot: Pilot[int], text: str = "The export hung twice.") -> None:
    document(pilot).session.execute(lambda doc: edits.set_section(doc, "summary", text), label="test")


# Verdicts


@pytest.mark.parametrize("size", SIZES)
def test_a_verdict_says_whose_it_is_and_what_it_is_bound_to(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("alt+p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, VerdictDialog)
        digits = content_hash(screen.doc).rpartition(":")[2]
        assert "From tester" in seen(pilot)
        assert digits[:12] in seen(pilot)
        assert "Take back" not in seen(pilot)
        await pilot.press("a")
        await type_text(pilot, "Reads well.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        (review,) = screen.doc.reviews
        assert (review.reviewer, review.verdict, review.summary) == ("tester", "approve", "Reads well.")
        assert review.content.endswith(digits)
        assert standing(screen.doc).passed
        assert "tester approved" in seen(pilot).splitlines()[-1]
        await pilot.press("ctrl+z")
        assert screen.doc.reviews == ()

    run(app_for(talked(tmp_path, QUIET)), scenario, size)


def test_asking_for_changes_takes_words(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+p")
        await pilot.pause()
        await pilot.press("c", "ctrl+s")
        await pilot.pause()
        assert "say in the summary what is to be changed" in seen(pilot)
        assert document(pilot).doc.reviews == ()
        await type_text(pilot, "Say why.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert [each.verdict for each in document(pilot).doc.reviews] == ["changes"]

    run(app_for(talked(tmp_path, QUIET)), scenario)


def test_what_one_wrote_oneself_does_not_count(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+p")
        await pilot.pause()
        words = in_box(pilot)
        assert "your approval is kept, but does not count" in words
        assert "2 comments are still open" in words
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert standing(document(pilot).doc).own
        assert not standing(document(pilot).doc).passed

    run(app_for(talked(tmp_path)), scenario)


def test_a_verdict_can_be_taken_back(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+p")
        await pilot.pause()
        assert "Your last word: approved" in seen(pilot)
        await pilot.press("w", "ctrl+s")
        await pilot.pause()
        assert standing(document(pilot).doc).approved == ()

    run(app_for(talked(tmp_path, signed(reviewer="tester"))), scenario)


def test_the_version_of_a_verdict_is_kept(tmp_path: Path) -> None:
    path = talked(tmp_path, QUIET)

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+p")
        await pilot.pause()
        await pilot.press("ctrl+s", "ctrl+s")
        await pilot.pause()

    run(app_for(path), scenario)
    (review,) = loads(path.read_text(encoding="utf-8")).reviews
    kept = versions.version_at_verdict(path, review)
    assert kept is not None
    assert kept.sections.summary == QUIET.sections.summary


# Whether it still stands


@pytest.mark.parametrize(
    ("size", "words"),
    [((120, 40), "changed since ana approved"), ((80, 24), "changed since ana approved"), ((60, 20), "≠ sign-off")],
)
def test_a_change_after_an_approval_is_said_at_the_head(tmp_path: Path, size: tuple[int, int], words: str) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        assert "changed since" not in seen(pilot)
        await type_text(pilot, "x")
        assert words in seen(pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert words not in seen(pilot)

    run(app_for(talked(tmp_path, signed())), scenario, size)


def test_typing_on_after_that_does_not_hash_the_document_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("summary"))
        await type_text(pilot, "x")
        asked: list[object] = []

        def counted(doc: Incident) -> Standing:
            asked.append(doc)
            return standing(doc)

        monkeypatch.setattr("tui.screens.document_remarks.standing", counted)
        await type_text(pilot, "many letters")
        assert asked == []

    run(app_for(talked(tmp_path, signed())), scenario)


# The status


@pytest.mark.parametrize("size", SIZES)
def test_what_stands_in_the_way_is_listed_and_gone_to(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        before = len(pilot.app.screen_stack)
        await pilot.press("alt+shift+s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, StageDialog)
        assert "→ approved" in seen(pilot)
        assert "things stand in the way" in seen(pilot)
        assert "← back to draft" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, StageDialog)
        assert screen.doc.status == "in-review"
        await pilot.press("down", "enter")
        await pilot.pause()
        assert len(pilot.app.screen_stack) == before
        assert screen.spot.part == "root_cause"

    run(app_for(talked(tmp_path)), scenario, size)


def test_a_forced_step_keeps_its_reason(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("alt+shift+s")
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert screen.doc.status == "in-review"
        await type_text(pilot, "The law wants it today.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert screen.doc.status == "approved"
        (forced,) = standing(screen.doc).forced
        assert (forced.reviewer, forced.summary) == ("tester", "The law wants it today.")
        await pilot.press("ctrl+z")
        assert (screen.doc.status, screen.doc.reviews) == ("in-review", ())

    run(app_for(talked(tmp_path)), scenario)


def test_a_free_step_and_the_way_back_ask_for_nothing(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("alt+shift+s")
        await pilot.pause()
        assert "✓ nothing stands in the way" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.doc.status == "approved"
        await pilot.press("alt+shift+s")
        await pilot.pause()
        await pilot.press("end", "enter")
        await pilot.pause()
        assert screen.doc.status == "draft"
        assert screen.doc.reviews == signed(full).reviews

    full = QUIET.model_copy(update={"actions": ()})
    run(app_for(talked(tmp_path, signed(full))), scenario)


# What changed


@pytest.mark.parametrize("size", SIZES)
def test_what_changed_since_the_last_save_with_signs(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        change(pilot)
        screen.session.execute(
            lambda doc: edits.update_item(doc, "events", "cccc", at=datetime(2024, 5, 2, 10, 45)), label="test"
        )
        await pilot.press("alt+u")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Picker)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChangesScreen)
        words = seen(pilot)
        assert "2 changes of the content" in words
        assert "{+ twice+}" in words
        assert "10:00 → 10:45" in words
        await pilot.press("end", "enter")
        await pilot.pause()
        assert screen.spot == Spot("events")
        assert screen.timeline_view.event_id == "cccc"

    run(app_for(talked(tmp_path, QUIET)), scenario, size)


def test_what_changed_since_a_verdict_that_was_kept_here(tmp_path: Path) -> None:
    path = talked(tmp_path, QUIET)

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+p")
        await pilot.pause()
        await pilot.press("ctrl+s", "ctrl+s")
        await pilot.pause()
        change(pilot, "It hung.")
        await pilot.press("alt+u")
        await pilot.pause()
        assert "tester (you) approved, 2026-03-04 12:00" in seen(pilot)
        await pilot.press("enter")
        for _ in range(20):
            await pilot.pause()
            if isinstance(pilot.app.screen, ChangesScreen):
                break
        words = in_box(pilot)
        assert "Changed since tester approved" in words
        assert "[-The export-]{+It+} hung." in words

    run(app_for(path), scenario)


def test_a_verdict_without_its_version_says_what_to_do(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        change(pilot)
        await pilot.press("alt+u")
        await pilot.pause()
        await pilot.press("enter")
        for _ in range(200):
            await pilot.pause()
            if isinstance(pilot.app.screen, Message):
                break
        assert "Compare with a revision of git instead" in in_box(pilot)

    run(app_for(talked(tmp_path, signed())), scenario)


def test_a_new_file_has_nothing_to_compare_with(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        document(pilot).session.path = None
        await pilot.press("alt+u")
        await pilot.pause()
        assert "nothing to compare with" in seen(pilot).splitlines()[-1]

    run(app_for(talked(tmp_path, QUIET)), scenario)


# Questions


@pytest.mark.parametrize("size", SIZES)
def test_the_script_of_questions(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("alt+q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, QuestionsScreen)
        words = in_box(pilot)
        assert "Question 1 of 13 · 13 without an answer" in words
        assert QUESTIONS[0].text in words
        assert "A flag was on." in words
        await pilot.press("c")
        await type_text(pilot, "No: who may turn a flag on?")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "12 without an answer" in seen(pilot)
        assert "No: who may turn a flag on?" in seen(pilot)
        made = next(each for each in threads(screen.doc) if each.root.question)
        assert (made.root.question, made.place, made.open) == (QUESTIONS[0].id, "sections/root_cause", True)
        await pilot.press("n", "d")
        await type_text(pilot, "Yes.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Question 2 of 13 · 11 without an answer" in seen(pilot)
        settled = next(each for each in threads(screen.doc) if each.root.question == QUESTIONS[1].id)
        assert not settled.open
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "12 without an answer" in seen(pilot)
        await pilot.press("g")
        await pilot.pause()
        assert screen.spot.part == "actions"

    run(app_for(talked(tmp_path)), scenario, size)


def test_walking_the_questions_to_both_ends(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+q")
        await pilot.pause()
        await pilot.press("p")
        await pilot.pause()
        assert "This is the first one" in seen(pilot)
        for number in range(2, 14):
            await pilot.press("n")
            await pilot.pause()
            assert f"Question {number} of 13" in seen(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert "That was the last one" in seen(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert "Question 1 of 13" in seen(pilot)

    run(app_for(talked(tmp_path)), scenario, (80, 24))


def test_names_come_from_the_services(tmp_path: Path) -> None:
    services = Services.fake(author="Ana")

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+p")
        await pilot.pause()
        assert "From Ana" in seen(pilot)

    run(app_for(talked(tmp_path, QUIET), services), scenario)


@pytest.mark.parametrize("size", SIZES)
def test_hostile_words_are_drawn_as_they_are(tmp_path: Path, size: tuple[int, int]) -> None:
    nasty = "[/b] [@click=app.quit]x[/] \x1b[31m 界\u202e"
    review = Review(id="rvwaaa", reviewer=nasty, at=AT, verdict="changes", summary=nasty, content="")
    sections = QUIET.sections.changed(root_cause=nasty, summary=nasty)
    hostile = QUIET.changed(sections=sections, title=nasty, reviews=(review,))

    async def scenario(pilot: Pilot[int]) -> None:
        change(pilot, nasty + " more")
        for keys in (("alt+p",), ("escape", "alt+shift+s"), ("escape", "alt+u", "enter"), ("escape", "alt+q")):
            await pilot.press(*keys)
            await pilot.pause()
            assert "[/b] [@cl" in seen(pilot)
            assert "\x1b" not in seen(pilot)

    run(app_for(talked(tmp_path, hostile)), scenario, size)

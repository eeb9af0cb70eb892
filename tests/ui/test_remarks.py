"""Comments in the editor: written where the cursor is, answered, settled, taken back, found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from schemas import edits
from schemas.comments import threads
from schemas.incident import Comment
from schemas.toml_file import loads
from tests.ui.remarks import CAUSE, TALK, TALKED, line_with, newest, talked, thread
from tests.ui.screens import app_for, burst, document, run, seen, type_text
from tui.screens.comment_dialog import CommentDialog
from tui.screens.comments_screen import CommentsScreen
from tui.screens.dialogs import Confirm
from tui.widgets.threads_panel import ThreadsPanel
from tui.workspace.outline import Spot
from tui.workspace.services import Services

SIZES = [(120, 40), (80, 24), (60, 20)]


async def write(pilot: Pilot[int], text: str, send: str = "ctrl+s") -> None:
    await pilot.pause()
    assert isinstance(pilot.app.screen, CommentDialog)
    await type_text(pilot, text)
    await pilot.press(send)
    await pilot.pause()


# Writing


@pytest.mark.parametrize("size", SIZES)
def test_a_comment_on_the_event_under_the_cursor(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("f4")
        document(pilot).timeline_view.place_at("cccc")
        await pilot.press("alt+a")
        await pilot.pause()
        assert "event “Rolled back”" in seen(pilot)
        await write(pilot, "How long\nwas that?")
        made = newest(pilot)
        assert (made.on, made.author, made.text) == ("events/cccc", "tester", "How long\nwas that?")
        assert made.at == Services.fake().now()
        assert "“1" in line_with(seen(pilot), "Rolled back")

    run(app_for(talked(tmp_path)), scenario, size)


@pytest.mark.parametrize("send", ["ctrl+s", "f2", "alt+enter", "ctrl+enter"])
def test_a_comment_is_sent_with_any_of_several_keys(tmp_path: Path, send: str) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        await pilot.press("alt+a")
        await write(pilot, "More, please", send)
        assert newest(pilot).on == "sections/summary"

    run(app_for(talked(tmp_path)), scenario)


def test_selected_words_become_the_quote(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("root_cause"))
        screen.prose.go_to_offset(CAUSE.index("It stayed"), len("It stayed on"))
        await pilot.press("alt+a")
        await pilot.pause()
        assert "“It stayed on”" in seen(pilot)
        await write(pilot, "Why?")
        assert newest(pilot).quote == "It stayed on"
        assert screen.doc.sections.root_cause == CAUSE

    run(app_for(talked(tmp_path)), scenario)


def test_keys_typed_right_behind_the_command_are_the_comment(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        burst(pilot, "alt+a", *"Hold on", "ctrl+s")
        await pilot.pause()
        await pilot.pause()
        assert newest(pilot).text == "Hold on"
        assert document(pilot).doc.sections.summary == "The export hung."

    run(app_for(talked(tmp_path)), scenario)


@pytest.mark.parametrize(
    ("part", "item", "field", "place"),
    [
        ("overview", None, "severity", "severity"),
        ("actions", None, None, "actions/xxxx"),
        ("actions", "xxxx", "owner", "actions/xxxx"),
        ("events", "bbbb", "at", "events/bbbb"),
        ("impacts", None, None, "impacts"),
    ],
)
def test_the_place_of_a_comment_is_where_the_cursor_is(
    tmp_path: Path, part: str, item: str | None, field: str | None, place: str
) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot(part, item, field))
        await pilot.press("alt+a")
        await write(pilot, "Hm")
        assert newest(pilot).on == place

    run(app_for(talked(tmp_path)), scenario)


def test_alt_and_a_letter_types_nothing_into_a_field(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("overview", None, "title"))
        # A terminal sends the letter along.
        pilot.app.post_message(events.Key("alt+d", "d"))
        await pilot.pause()
        assert screen.doc.title == "Export stuck"
        assert not screen.session.dirty

    run(app_for(talked(tmp_path)), scenario)


def test_escape_asks_only_if_something_was_written(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        await pilot.press("alt+a", "escape")
        await pilot.pause()
        assert pilot.app.screen is document(pilot)
        await pilot.press("alt+a")
        await type_text(pilot, "Worth keeping")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CommentDialog)
        assert "Worth keeping" in seen(pilot)
        await pilot.press("escape", "s")
        await pilot.pause()
        assert newest(pilot).text == "Worth keeping"

    run(app_for(talked(tmp_path)), scenario)


def test_an_empty_comment_is_not_sent(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+a", "space", "ctrl+s")
        await pilot.pause()
        assert "write something first" in seen(pilot)
        assert not document(pilot).session.dirty

    run(app_for(talked(tmp_path)), scenario)


# Marks and the panel


@pytest.mark.parametrize("size", SIZES)
def test_open_comments_are_counted_beside_their_places(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("root_cause"))
        await pilot.pause()
        assert "“1 ana: Who should be?" in line_with(seen(pilot), "Root cause  ")
        await pilot.press("f4")
        screen.timeline_view.place_at("bbbb")
        await pilot.press("up", "down")
        await pilot.pause()
        assert "“1" in line_with(seen(pilot), "Alert rings")
        assert "ana: Who was paged?" in seen(pilot).splitlines()[-1]
        screen.go_to_pane("sections")
        await pilot.pause()
        assert "“1" in line_with(seen(pilot), " Timeline")
        assert "“" not in line_with(seen(pilot), " Actions ")

    run(app_for(talked(tmp_path)), scenario, size)


@pytest.mark.parametrize("size", SIZES)
def test_the_panel_follows_the_cursor_and_keeps_its_height(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("events"))
        screen.timeline_view.place_at("aaaa")
        await pilot.press("alt+i")
        await pilot.pause()
        assert "No comments here" in seen(pilot)
        room = screen.timeline_view.size.height
        await pilot.press("down")
        await pilot.pause()
        assert "Who was paged?" in seen(pilot)
        assert "↳ tester" in seen(pilot)
        assert screen.timeline_view.size.height == room
        await pilot.press("alt+i")
        assert screen.focused is screen.talk_panel
        await pilot.press("escape")
        assert not screen.query_one("#talks").display

    run(app_for(talked(tmp_path)), scenario, size)


def test_a_letter_typed_in_the_text_keeps_the_marks(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("root_cause"))
        await type_text(pilot, "So. ")
        assert thread(pilot, "cmtccc").quote_at == (CAUSE.index("Nobody") + 4, CAUSE.index("Nobody") + 4 + 16)
        assert "“1" in line_with(seen(pilot), "Root cause  ")

    run(app_for(talked(tmp_path)), scenario)


# Answering and settling


def test_an_answer_and_one_undo(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("root_cause"))
        await pilot.press("alt+shift+a")
        await pilot.pause()
        assert "ana: Who should be?" in seen(pilot)
        await write(pilot, "The database team.")
        assert [each.text for each in thread(pilot, "cmtccc").replies] == ["The database team."]
        await pilot.press("ctrl+z")
        assert screen.doc == screen.session.saved
        assert not screen.session.dirty
        await pilot.press("ctrl+y")
        assert len(thread(pilot, "cmtccc").replies) == 1

    run(app_for(talked(tmp_path)), scenario)


def test_resolving_says_so_and_can_be_taken_back(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await screen.open_spot(Spot("root_cause"))
        await pilot.press("alt+d")
        await pilot.pause()
        assert not thread(pilot, "cmtccc").open
        assert "Resolved" in seen(pilot).splitlines()[-1]
        assert "1 resolved comment" in seen(pilot)
        await pilot.press("alt+d")
        await pilot.pause()
        assert thread(pilot, "cmtccc").open
        await pilot.press("ctrl+z", "ctrl+z")
        assert screen.doc == screen.session.saved

    run(app_for(talked(tmp_path)), scenario)


def test_going_from_one_open_comment_to_the_next(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("alt+j")
        await pilot.pause()
        assert screen.spot.part == "root_cause"
        assert screen.prose.selected_text == "Nobody was asked"
        assert "1 of 2" in seen(pilot)
        await pilot.press("alt+j")
        await pilot.pause()
        assert screen.timeline_view.event_id == "bbbb"
        await pilot.press("alt+j")
        await pilot.pause()
        assert screen.spot.part == "root_cause"
        await pilot.press("alt+k")
        await pilot.pause()
        assert screen.timeline_view.event_id == "bbbb"

    run(app_for(talked(tmp_path)), scenario)


def test_where_nothing_is_said_the_keys_say_so(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        for key in ("alt+shift+a", "alt+d"):
            await pilot.press(key)
            await pilot.pause()
            assert "no comment here" in seen(pilot).splitlines()[-1]
        assert pilot.app.screen is document(pilot)

    run(app_for(talked(tmp_path)), scenario)


# All comments


@pytest.mark.parametrize("size", SIZES)
def test_all_comments_open_ones_first_by_their_places(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+shift+i")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CommentsScreen)
        words = seen(pilot)
        assert "2 open comments, 1 resolved" in words
        assert "section “Root cause”" in words
        assert "○ open  ana  2024-05-04 10:22" in words
        assert "By when?" not in words
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        assert "✓ resolved  kim" in seen(pilot)
        assert "By when?" in seen(pilot)

    run(app_for(talked(tmp_path)), scenario, size)


def test_answering_and_settling_in_the_list(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        before = len(pilot.app.screen_stack)
        await pilot.press("alt+shift+i")
        await pilot.pause()
        await pilot.press("r")
        await write(pilot, "I ask around.")
        assert isinstance(pilot.app.screen, CommentsScreen)
        assert "I ask around." in seen(pilot)
        await pilot.press("x")
        await pilot.pause()
        assert "1 open comment, 2 resolved" in seen(pilot)
        await pilot.press("ctrl+z", "ctrl+z")
        await pilot.pause()
        assert document(pilot).doc == document(pilot).session.saved
        await pilot.press("enter")
        await pilot.pause()
        assert len(pilot.app.screen_stack) == before

    run(app_for(talked(tmp_path)), scenario)


def test_only_ones_own_words_are_changed_or_deleted(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        await pilot.press("alt+shift+i")
        await pilot.pause()
        panel = pilot.app.screen.query_one(ThreadsPanel)
        panel.place_at("cmtaaa")
        for key, verb in (("e", "changed"), ("d", "deleted")):
            await pilot.press(key)
            await pilot.pause()
            assert f"Only your own comments can be {verb}" in seen(pilot)
            await pilot.press("o")
            await pilot.pause()
        assert screen.doc == screen.session.saved
        panel.place_at("cmtbbb")
        await pilot.press("e")
        await write(pilot, " Soon.")
        assert thread(pilot, "cmtaaa").replies[0].text == "Nobody yet. Soon."
        assert "edited" in seen(pilot)
        await pilot.press("d")
        await pilot.pause()
        assert thread(pilot, "cmtaaa").replies == ()
        await pilot.press("ctrl+z", "ctrl+z")
        assert screen.doc == screen.session.saved

    run(app_for(talked(tmp_path)), scenario)


def test_keys_typed_right_behind_an_answer_are_the_answer(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+shift+i")
        await pilot.pause()
        burst(pilot, "r", *"exd", "ctrl+s")
        await pilot.pause()
        await pilot.pause()
        assert newest(pilot).text == "exd"
        assert newest(pilot).reply_to == "cmtccc"

    run(app_for(talked(tmp_path)), scenario)


# What becomes of them


def test_comments_are_in_the_file_after_a_save(tmp_path: Path) -> None:
    path = talked(tmp_path)

    async def scenario(pilot: Pilot[int]) -> None:
        await document(pilot).open_spot(Spot("summary"))
        await pilot.press("alt+a")
        await write(pilot, "More\nof it")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert not document(pilot).session.dirty

    run(app_for(path), scenario)
    saved = loads(path.read_text(encoding="utf-8"))
    assert [each.root.text for each in threads(saved)][:1] == ["More\nof it"]
    assert len(saved.comments) == len(TALK) + 1


def test_what_hung_on_a_deleted_event_is_still_to_be_found(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.session.execute(lambda doc: edits.remove_items(doc, "events", {"bbbb"}), label="test")
        await pilot.pause()
        assert thread(pilot, "cmtaaa").orphan
        await pilot.press("alt+k")
        await pilot.pause()
        assert "is gone" in seen(pilot).splitlines()[-1]
        await pilot.press("alt+shift+i", "end")
        await pilot.pause()
        assert "gone: events/bbbb" in seen(pilot)
        assert "what it was about is gone" in seen(pilot)
        assert "Who was paged?" in seen(pilot)

    run(app_for(talked(tmp_path)), scenario)


def test_a_quote_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.session.execute(lambda doc: edits.set_section(doc, "root_cause", "All new."), label="test")
        await screen.open_spot(Spot("root_cause"))
        await pilot.press("alt+i")
        await pilot.pause()
        assert "the quoted words are no longer there" in seen(pilot)

    run(app_for(talked(tmp_path)), scenario)


@pytest.mark.parametrize("size", SIZES)
def test_hostile_words_are_drawn_as_they_are(tmp_path: Path, size: tuple[int, int]) -> None:
    nasty = "[/b] [@click=app.quit]x[/] \x1b[31m 界\u202e"
    talk = (Comment(id="cmtaaa", on="sections/root_cause", author=nasty, text=nasty, quote=nasty),)
    path = talked(tmp_path, TALKED.model_copy(update={"comments": (), "title": nasty}).changed(comments=talk))

    async def scenario(pilot: Pilot[int]) -> None:
        for keys in (("alt+j",), ("alt+i",), ("alt+i", "r"), ("escape", "escape", "alt+shift+i")):
            await pilot.press(*keys)
            await pilot.pause()
            assert "[@click=app.quit]x[/]"[:12] in seen(pilot)
            assert "\x1b" not in seen(pilot)

    run(app_for(path), scenario, size)


def test_a_read_only_file_takes_no_comment_in_the_editor(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        screen = document(pilot)
        screen.session.read_only = "it is locked"
        await pilot.press("alt+a")
        await pilot.pause()
        assert "Read-only: it is locked" in seen(pilot)
        assert pilot.app.screen is screen

    run(app_for(talked(tmp_path)), scenario)

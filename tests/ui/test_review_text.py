"""Reading the text of an incident: section by section, with its facts, its links and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.incident import Comment, Event, Factor, Incident, OtherSection, Sections
from tests.ui.reviews import review, screen, story
from tests.ui.screens import run, seen, type_text
from tests.ui.test_hostile import HOSTILE, incident
from tui.workspace.services import Services

SIZES = [(80, 24), (120, 40), (60, 20)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_sections_are_read_one_after_the_other(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("tab")
        await pilot.pause()
        assert "Search is down" in seen(pilot)
        await pilot.press("n")
        await pilot.pause()
        shown = seen(pilot)
        assert "Search was down until the index was" in shown
        assert "the dashboard [1]" in shown
        assert "[1] https://graphs.example/7" in shown
        assert "**" not in shown
        await pilot.press("n", "n", "n", "n")
        await pilot.pause()
        assert "This is the last page" in seen(pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert "Shard seven runs full" in seen(pilot)

    run(review(tmp_path), scenario, size)


def test_facts_and_lengths_are_at_hand(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("tab")
        await pilot.pause()
        shown = seen(pilot)
        for words in ("status", "draft", "SEV2", "Lengths", "impact → detected", "3h 35m"):
            assert words in shown
        await pilot.press("n")
        await pilot.pause()
        assert "resolve 3h 35m (detected → resolved)" in seen(pilot).splitlines()[1]

    run(review(tmp_path), scenario, (80, 24))


def test_the_words_that_are_quoted_are_marked_and_their_comments_shown(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("tab", "n", "n")
        await pilot.pause()
        lines = seen(pilot).splitlines()
        assert any(line.startswith("“1 One shard ran full.") for line in lines)
        assert any("Since when?" in line for line in lines)

    run(review(tmp_path), scenario, (80, 24))


def test_items_of_a_list_are_gone_through_and_commented_on(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("tab", "end", "p")
        at = screen(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert at.page_key == "actions"
        assert at.remark_place() == ("actions/aaaa", "")
        await pilot.press("down")
        await pilot.pause()
        assert at.remark_place() == ("actions/bbbb", "")
        assert "Who?" in seen(pilot)

    run(review(tmp_path), scenario, (80, 24))


def test_an_empty_section_that_somebody_speaks_of_is_a_page(tmp_path: Path) -> None:
    said = (Comment(id="cccccc", on="sections/lessons", text="And what did we learn?"),)

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("o")
        await pilot.pause()
        shown = seen(pilot)
        assert "Nothing is written here." in shown
        assert "And what did we learn?" in shown

    run(review(tmp_path, Incident(title="T", comments=said)), scenario, (80, 24))


def test_a_long_section_scrolls_and_costs_little(tmp_path: Path) -> None:
    long = "\n\n".join(f"Paragraph {number} with **some** words and `code`." for number in range(2_000))
    assert len(long) > 80_000

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("tab", "n")
        await pilot.pause()
        assert "Paragraph 0 " in seen(pilot)
        await pilot.press("pagedown", "space", "down")
        await pilot.pause()
        assert "Paragraph 0 " not in seen(pilot)
        await pilot.press("n", "p")
        await pilot.pause()
        assert "Paragraph 0 " in seen(pilot)

    run(review(tmp_path, Incident(title="T", sections=Sections(summary=long, lessons="x"))), scenario, (80, 24))


def test_one_of_several_links_is_chosen_to_be_copied(tmp_path: Path) -> None:
    copied: list[str] = []

    def clipboard(text: str, send: object) -> None:
        copied.append(text)

    text = "[a](https://a.example) and [b](https://b.example)"

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("tab", "n", "y")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert copied == ["https://b.example"]

    made = Incident(title="T", sections=Sections(summary=text))
    run(review(tmp_path, made, Services.fake(clipboard=clipboard)), scenario, (80, 24))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("size", [(120, 40), (60, 20)], ids=str)
def test_hostile_text_is_only_text(tmp_path: Path, text: str, size: tuple[int, int]) -> None:
    base = incident(text)
    made = base.model_copy(
        update={
            "events": (*base.events, Event(id="hhhh", at=None, text=text, links=(text,))),
            "other_sections": (
                *base.other_sections,
                OtherSection(id="qqqq", heading=text, body=f"# {text}\n\n> {text}"),
            ),
            "factors": (*base.factors, Factor(id="gggg", text=text, links=(text,))),
            "comments": tuple(
                Comment(id=f"cccc{at}", on=on, author=text, text=text, quote=text)
                for at, on in enumerate(("", "events/eeee", "sections/summary", "actions/aaaa", "events/gone"))
            ),
        }
    )

    async def scenario(pilot: Pilot[int]) -> None:
        async def look(*keys: str) -> None:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            shown = seen(pilot)
            assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in shown)
            assert "\u202e" not in shown

        await look()
        await look("n")
        await look("h")
        await look("h", "tab")
        for page in screen(pilot).found_pages:
            screen(pilot).go_to_page(page.key)
            await look()
        for keys in (("o",), ("y", "escape"), ("ctrl+g", "escape"), ("f8",), ("a", "escape")):
            await look(keys[0])
            await pilot.press(*keys[1:])
        await look("ctrl+q")

    run(review(tmp_path, made), scenario, size)


def test_nothing_that_is_read_changes_the_incident(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        at = screen(pilot)
        before = at.session.doc
        for key in "njpkmMgGoOtz+-hlbfae y":
            await pilot.press({" ": "space", "+": "plus", "-": "minus"}.get(key, key))
            await pilot.press("escape")
        for key in ("tab", "n", "up", "down", "pagedown", "home", "end", "enter", "escape", "delete", "backspace"):
            await pilot.press(key)
        assert at.session.doc is before

    run(review(tmp_path, story()), scenario, (80, 24))


def test_a_comment_that_begins_with_a_quotation_is_about_those_words(tmp_path: Path) -> None:
    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("tab")
        await pilot.press("n", "n")
        await pilot.pause()
        assert "Nobody was told" in seen(pilot)
        await pilot.press("c")
        await type_text(pilot, "> Nobody was told")
        await pilot.press("enter")
        await type_text(pilot, "Who could have been?")
        await pilot.press("ctrl+s")
        await pilot.pause()
        made = screen(pilot).session.doc.comments[-1]
        assert (made.on, made.quote, made.text) == ("sections/root_cause", "Nobody was told", "Who could have been?")

    run(review(tmp_path), scenario)

"""Wrapping only what an edit moves comes to the same as wrapping all anew, and a line is drawn as Textual draws it."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual._wrap import compute_wrap_offsets
from textual.app import App, ComposeResult
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument
from textual.strip import Strip
from textual.widgets.text_area import Selection

from tui.widgets.prose_editor import ProseEditor
from tui.widgets.prose_wrapping import ProseWrapping, offsets_of

words = st.text(st.sampled_from("ab cd  e—é fgh   界\t"), max_size=60)
simple = st.text(st.sampled_from("ab cd  e—é fghij   "), max_size=160)
widths = st.integers(2, 30)
parts = st.floats(0, 1)
edits = st.lists(
    st.tuples(parts, parts, st.sampled_from(["", "", "x", " ", "x y", "\n", "a\nb c\n", "wide 界"])), max_size=6
)


@given(st.one_of(words, simple), widths)
def test_lines_are_broken_where_textual_breaks_them(line: str, width: int) -> None:
    line = line.replace("\t", "")
    assert offsets_of(line, width) == compute_wrap_offsets(line, width, 4)


@settings(max_examples=300)
@given(st.lists(st.one_of(simple, words), min_size=1, max_size=4), widths, edits)
def test_after_any_edits_all_is_where_it_would_be_anew(
    lines: list[str], width: int, changes: list[tuple[float, float, str]]
) -> None:
    document = Document("\n".join(lines))
    wrapped = ProseWrapping(document, width)
    for start, length, text in changes:
        before = [section for row in range(document.line_count) for section in wrapped.get_sections(row)]
        row = int(start * (document.line_count - 1))
        column = int(start * len(document[row]))
        last = min(row + int(length * 1.2), document.line_count - 1)
        end = (last, max(column if last == row else 0, int(length * len(document[last]))))
        result = document.replace_range((row, column), end, text)
        wrapped.wrap_range((row, column), end, result.end_location)
        anew = WrappedDocument(document, width)
        assert wrapped._wrap_offsets == anew._wrap_offsets
        assert wrapped._offset_to_line_info == anew._offset_to_line_info
        assert wrapped._line_index_to_offsets == anew._line_index_to_offsets
        assert wrapped._tab_width_cache == anew._tab_width_cache
        assert wrapped.height == anew.height
        after = [section for row in range(document.line_count) for section in anew.get_sections(row)]
        if wrapped.changed is not None:
            assert len(before) == len(after)
            first, last = wrapped.changed
            assert all(a == b for y, (a, b) in enumerate(zip(before, after, strict=True)) if not first <= y <= last)
        for column in range(len(document[row]) + 1):
            place = (row, column)
            assert wrapped.location_to_offset(place) == anew.location_to_offset(place)
        for y in range(anew.height):
            assert wrapped.offset_to_location((3, y)) == anew.offset_to_location((3, y))  # type: ignore[arg-type]


def test_a_letter_in_a_long_paragraph_wraps_a_few_lines_of_it() -> None:
    document = Document("word " * 20_000)
    wrapped = ProseWrapping(document, 72)
    result = document.replace_range((0, 50_000), (0, 50_000), "x")
    wrapped.wrap_range((0, 50_000), (0, 50_000), result.end_location)
    assert wrapped.changed is not None
    assert wrapped.changed[1] - wrapped.changed[0] < 40


class One(App[None]):
    """The editor by itself."""

    CSS = "#prose { height: 8; }"

    def compose(self) -> ComposeResult:
        yield ProseEditor(commit=lambda _: None, id="prose")


def pieces(strip: Strip) -> list[tuple[str, object]]:
    """The characters of a line, and how they look."""
    return [(char, style) for text, style, _ in Segment.simplify(strip) for char in text]


def test_lines_look_as_textual_draws_them() -> None:
    text = "plain (words) that go on\n\nand é 界 more, so that it wraps here too\n\tand tabs\n\nend"
    selections = [((0, 0), (0, 0)), ((0, 6), (0, 6)), ((0, 3), (2, 9)), ((2, 30), (0, 2)), ((5, 3), (5, 3))]

    async def go() -> None:
        app = One()
        async with app.run_test(size=(24, 20)) as pilot:
            editor = app.query_one(ProseEditor)
            editor.load_text(text)
            editor.focus()
            for start, end in selections:
                editor.selection = Selection(start, end)
                await pilot.pause()
                for y in range(8):
                    assert pieces(editor.render_line(y)) == pieces(editor._render_line(y)), (start, end, y)

    asyncio.run(go())


def test_at_another_width_other_words_are_drawn_in_as_many_lines() -> None:
    async def go() -> None:
        app = One()
        async with app.run_test(size=(15, 10)) as pilot:
            app.query_one(ProseEditor).load_text("aaaaaa bbbb cc")
            await pilot.pause()
            assert _drawn(app) == ["aaaaaa bbbb", "cc"]
            await pilot.resize_terminal(11, 10)
            await pilot.pause()
            assert _drawn(app) == ["aaaaaa", "bbbb cc"]

    asyncio.run(go())


def _drawn(app: App[None]) -> list[str]:
    """What is on the screen, line by line, as it was drawn last."""
    return [text for strip in app.screen._compositor.render_strips() if (text := strip.text.strip())]


def test_the_last_line_is_deleted_as_a_whole() -> None:
    document = Document("one two\nthree four")
    wrapping = ProseWrapping(document, 5)
    start, end = (1, 0), (2, 0)
    wrapping.wrap_range(start, end, document.replace_range(start, end, "").end_location)
    anew = WrappedDocument(document, 5)
    assert wrapping._wrap_offsets == anew._wrap_offsets
    assert wrapping._offset_to_line_info == anew._offset_to_line_info
    assert wrapping._line_index_to_offsets == anew._line_index_to_offsets

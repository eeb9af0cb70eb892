"""Blocks of a journal: whatever becomes of the bytes, what is read was written, and is the newest possible."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.workspace.fingerprint import Fingerprint
from tui.workspace.journal_format import HEADING, About, change, checksum, read, whole
from tui.workspace.processes import Process

KEY: Final = "0123456789abcdef"
AT: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)
ABOUT: Final = About(
    Path("/home/ana/inc\udcff.toml"), Fingerprint(3, 2, 1, "ab" * 32), "Disk full", Process("host", "ana", 12), AT, "1"
)
STEPS: Final = (b"", b"title = 'one'\n", b"title = 'one two'\n", b"title = 'one'\nowner = 'ana'\n", b"x" * 40 + b"\n")


def written(texts: tuple[bytes, ...], wholes: frozenset[int] = frozenset({0})) -> tuple[bytes, list[int]]:
    """A journal with a state for each text, and where each one is complete."""
    data, ends = HEADING, []
    for number, text in enumerate(texts):
        at = AT + timedelta(seconds=number)
        if number in wholes:
            data += whole(KEY, text, ABOUT, at, number)
        else:
            before = texts[number - 1]
            data += change(KEY, before, text, checksum(before), checksum(text), at, number)
        ends.append(len(data))
    return data, ends


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=8), st.sets(st.integers(0, 7)))
def test_what_was_written_is_read(texts: list[bytes], wholes: set[int]) -> None:
    story = read(KEY, written(tuple(texts), frozenset({0, *wholes}))[0])
    assert story.text == texts[-1]
    assert (story.about, story.changes, story.damaged) == (ABOUT, len(texts) - 1, False)
    assert story.at == AT + timedelta(seconds=len(texts) - 1)


def test_cut_at_any_byte_the_last_complete_state_is_read() -> None:
    data, ends = written(STEPS, frozenset({0, 3}))
    for length in range(len(data) + 1):
        complete = [text for text, end in zip(STEPS, ends, strict=True) if end <= length]
        story = read(KEY, data[:length])
        assert story.text == (complete[-1] if complete else None), length
        assert story.damaged is (length not in ends), length


@pytest.mark.parametrize("flip", [0x01, 0x80])
def test_with_any_byte_changed_nothing_is_read_that_was_never_written(flip: int) -> None:
    data, ends = written(STEPS, frozenset({0, 3}))
    for place in range(len(data)):
        garbled = bytearray(data)
        garbled[place] ^= flip
        story = read(KEY, bytes(garbled))
        hit = next((number for number, end in enumerate(ends) if place < end), len(ends) - 1)
        if place < len(HEADING) or hit < 3:
            # A whole text that stands later makes up for what was before it.
            assert story.text == STEPS[-1], place
            assert not story.damaged
        else:
            # Before the third block only a whole text could be read; after it, changes need it.
            assert story.text == (STEPS[2] if hit == 3 else STEPS[hit - 1]), place
            assert story.damaged, place


@given(st.data())
def test_any_mixture_of_cuts_zeros_and_noise_gives_a_state_or_nothing(data: st.DataObject) -> None:
    journal, _ = written(STEPS, frozenset(data.draw(st.sets(st.integers(0, 4)))) | {0})
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(journal)))
        end = data.draw(st.integers(start, len(journal)))
        filling = data.draw(st.one_of(st.just(b"\0" * (end - start)), st.binary(max_size=30), st.just(journal[:start])))
        journal = journal[:start] + filling + journal[end:]
    assert read(KEY, journal).text in (*STEPS, None)


@given(st.binary(max_size=400))
def test_foreign_bytes_are_no_journal(data: bytes) -> None:
    assert read(KEY, data).text is None
    assert read(KEY, HEADING + data).damaged or not data


def test_another_journal_under_this_name_is_not_believed() -> None:
    assert read("f" * 16, written(STEPS)[0]).text is None


def test_a_change_that_does_not_give_what_it_promises_is_not_believed() -> None:
    first = HEADING + whole(KEY, b"one", ABOUT, AT, 1)
    wrong = change(KEY, b"one", b"two", checksum(b"one"), checksum(b"three"), AT, 2)
    assert read(KEY, first + wrong).text == b"one"


def test_a_text_that_looks_like_a_block_stays_a_text() -> None:
    evil = whole(KEY[::-1], b"evil", ABOUT, AT, 9)
    data = HEADING + whole(KEY, b"\n" + evil + b"\n", ABOUT, AT, 1)
    assert read(KEY, data).text == b"\n" + evil + b"\n"
    # Even if the block around it is spoiled: what was typed cannot know the key of its journal.
    assert read(KEY, data.replace(b'"changes": 1', b'"changes": 2', 1)).text is None


@pytest.mark.parametrize(
    "spoil",
    [
        b"%%% whole 999999999 999999999 " + b"0" * 32 + b"\n",
        b"%%% change 2 0 " + b"0" * 32 + b"\n{}\n\n",
        b"%%% " * 3000,
        b"\n%%% whole 1 1 x" * 3000,
    ],
)
def test_false_blocks_cost_only_themselves(spoil: bytes) -> None:
    data, _ = written(STEPS[:2])
    assert read(KEY, data + spoil).text == STEPS[1]


@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=20), st.binary(max_size=20))
def test_a_change_holds_no_more_than_what_differs(head: bytes, tail: bytes, old: bytes, new: bytes) -> None:
    before, after = head + old + tail, head + new + tail
    block = change(KEY, before, after, checksum(before), checksum(after), AT, 1)
    assert len(block) <= len(new) + 300
    assert read(KEY, HEADING + whole(KEY, before, ABOUT, AT, 0) + block).text == after


def test_a_small_change_of_a_large_text_is_small_and_exact() -> None:
    text = b"".join(b"line %d\n" % number for number in range(300_000))
    place = text.index(b"line 150000\n")
    after = text[:place] + b"new " + text[place:]
    block = change(KEY, text, after, checksum(text), checksum(after), AT, 1)
    assert len(block) < 300
    assert read(KEY, HEADING + whole(KEY, text, ABOUT, AT, 0) + block).text == after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"began": "2026', b'"began": "20x6'),
        (b'"path": "/', b'"path": "x'),
        (b'"path": "/', b'"path": "\\u0000'),
        (b'"path": "', b'"nath": "'),
        (b"[3, 2, 1,", b"[3, 2,   "),
        (b'"changes": 7', b'"changes": []'),
    ],
)
def test_a_block_that_says_nonsense_about_its_document_is_not_believed(
    old: bytes, new: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tui.workspace.journal_format as module

    block = module._block

    def spoiled(key: str, kind: bytes, data: dict[str, object], text: bytes) -> bytes:
        made = block(key, kind, data, text)
        assert old in made
        _, meta, rest = made.split(b"\n", 2)
        meta = meta.replace(old, new)
        seal = module._seal(key, kind, meta, text)
        return b"%%%% %b %d %d %b\n%b\n%b" % (kind, len(meta), len(text), seal.encode(), meta, rest)

    monkeypatch.setattr(module, "_block", spoiled)
    story = read(KEY, HEADING + whole(KEY, b"text", ABOUT, AT, 7))
    assert (story.text, story.damaged) == (None, True)

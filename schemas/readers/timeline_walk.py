"""A timeline whose entries begin with their times, block by block: each notation has its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from schemas.readers.blocks import Block, Line
from schemas.readers.section_names import meaning_of
from schemas.readers.timeline_code import is_timeline, read_code
from schemas.readers.timeline_kinds import kind_said
from schemas.readers.timeline_lines import goes_on, read_lines
from schemas.readers.timeline_lists import begins_with_time, has_entries, items_in, read_list
from schemas.readers.timeline_pieces import DayLine, Entry, Pieces, entry_stamp, is_day, joined, labelled, stamp_of
from schemas.readers.timeline_tables import holds_entries, read_table
from schemas.readers.timeline_updates import update_stamp

_STEPS: Final = frozenset({"detection", "response", "resolution", "trigger"})
"""What a label among entries may mean that is a step of the story, and no section."""


def count_begun(blocks: Iterable[Block]) -> int:
    """How many entries begin with a time of day in some blocks, code aside."""
    count = 0
    for block in blocks:
        if block.kind == "list":
            count += sum(begins_with_time(item) or count_begun(item.children) for item in items_in(block))
        elif block.kind == "table":
            count += len(block.children) if holds_entries(block) else 0
        elif block.kind == "quote":
            count += count_begun(block.children)
        elif block.kind in ("heading", "paragraph"):
            count += sum(1 for line in block.texts if entry_stamp(line.text) is not None)
    return count


def read_begun(blocks: Sequence[Block], lines: Sequence[Line]) -> Pieces:
    """The entries of a part, those that have no time in their places among them."""
    pieces = Pieces(lines)
    in_code = count_begun(blocks) == 0
    for at, block in enumerate(blocks):
        if block.kind == "code" and in_code and is_timeline(block):
            read_code(block, pieces)
        elif block.kind == "heading":
            _read_heading(block, blocks[at + 1 :], pieces)
        elif (reader := _READERS.get(block.kind)) is not None:
            reader(block, pieces)
        elif block.kind in ("code", "rule") and pieces.open is not None:
            pieces.waiting.append(block)
    _close(pieces)
    return pieces


def _read_heading(block: Block, following: Sequence[Block], pieces: Pieces) -> None:
    """A day above entries, an entry of its own with what stands below it, or a name of a stretch of time."""
    text = block.text.replace("\n", " ")
    stamp = stamp_of(text)
    if stamp is None or stamp.says == "blank":
        if block.mark == "label" and following and _tells_more(following[0]) and pieces.open is not None:
            pieces.waiting.append(block)
            return
        if pieces.by == "heading":
            pieces.settle()
        pieces.by = "label"
        return
    if (day := is_day(text)) is not None:
        pieces.add(DayLine(day, block.first, tuple(block.numbers)), "day")
        return
    if stamp.says == "day" and _entries_below(block, following):
        pieces.add(DayLine(stamp, block.first), "day")
        if stamp.rest.strip(" ()[]*_"):
            pieces.add(Entry(None, [stamp.rest], list(block.numbers)), "day")
        return
    pieces.add(Entry(stamp, [stamp.rest], list(block.numbers), links=stamp.links), "heading")


def _tells_more(block: Block) -> bool:
    """Whether a block is a list of details, so that the line with a colon above it belongs to the entry before."""
    return block.kind in ("list", "code") and count_begun((block,)) == 0


def _entries_below(block: Block, following: Sequence[Block]) -> bool:
    """Whether times of day stand below a heading, up to the next one of its level."""
    below = []
    for other in following:
        if other.kind == "heading" and other.level <= block.level:
            break
        below.append(other)
    return count_begun(below) > 0


def _read_paragraph(block: Block, pieces: Pieces) -> None:
    before = len(pieces.found)
    if pieces.by == "line" and (entry := pieces.open) is not None and _is_bare(entry):
        block = _told_below(block, entry)
        if not block.texts:
            return
    elif (stamp := update_stamp([line.text for line in block.texts])) is not None:
        pieces.add(Entry(stamp, [joined(line.text for line in block.texts[:-1])], list(block.numbers)), "line")
        return
    if goes_on(block.texts, pieces):
        return
    if pieces.by == "line" and pieces.open is not None and _is_step(block):
        pieces.add(Entry(None, [block.text], list(block.numbers)), "line")
        return
    read_lines(block, pieces)
    if pieces.by != "label" and len(pieces.found) == before and not set(block.numbers) & pieces.used:
        pieces.waiting.append(block)


def _is_bare(entry: Entry) -> bool:
    """Whether an entry is a time on a line of its own, so far."""
    return entry.stamp is not None and not any(text.strip() for text in entry.texts)


def _told_below(block: Block, entry: Entry) -> Block:
    """Give the words below a bare time to its entry; what is left begins with the next time."""
    texts = block.texts
    end = next((at for at, line in enumerate(texts) if entry_stamp(line.text) is not None), len(texts))
    if end:
        entry.texts = ["\n".join(line.text.strip() for line in texts[:end])]
        entry.lines.extend(line.number for line in texts[:end])
    rest = texts[end:]
    return replace(block, first=rest[0].number if rest else block.last, texts=rest)


def _is_step(block: Block) -> bool:
    """Whether a paragraph among entries is a step without a time: `Escalation: the vendor was called.`"""
    label = labelled(block.text)
    if label is None or not label[1] or entry_stamp(block.text) is not None:
        return False
    meaning = meaning_of(label[0], strict=True)
    return (meaning is not None and meaning.key in _STEPS) or kind_said(label[0]) != ""


def _read_table(block: Block, pieces: Pieces) -> None:
    read_table(block, pieces)


def _read_quote(block: Block, pieces: Pieces) -> None:
    if count_begun(block.children):
        for child in block.children:
            if (reader := _READERS.get(child.kind)) is not None:
                reader(child, pieces)
    elif pieces.open is not None:
        pieces.waiting.append(block)


def _close(pieces: Pieces) -> None:
    """What waits behind the last entry: below a heading it is the entry's, else only its list or code right below."""
    entry = pieces.open
    if entry is None:
        return
    if pieces.by == "heading":
        pieces.settle()
    elif pieces.by == "line" and pieces.waiting:
        first = pieces.waiting[0]
        if first.kind in ("list", "code") and first.first <= entry.lines[-1] + 2:
            pieces.detail(entry, first)
    pieces.waiting.clear()


_READERS: Final[dict[str, Callable[[Block, Pieces], None]]] = {
    "paragraph": _read_paragraph,
    "list": read_list,
    "table": _read_table,
    "quote": _read_quote,
}

__all__ = ["count_begun", "has_entries", "read_begun"]

"""Actions that are rows of a table: which column holds what is read from its name, or from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas.readers.actions_found import Found, Gathering
from schemas.readers.actions_groups import Group, group_of
from schemas.readers.actions_labels import field_of
from schemas.readers.actions_values import is_nothing, is_person, priority_of, status_of, type_of
from schemas.readers.blocks import Block
from schemas.readers.timeline_words import plain_words

_BOX: Final = re.compile(r"\s*\\?\[([ xX✓✔])\\?\]\s*")
_BREAK: Final = re.compile(r"\s*<br\s?/?>\s*", re.IGNORECASE)
_FIELDS: Final = ("owner", "due", "type", "priority", "status", "link")
_CLEAR: Final = frozenset({"owner", "due", "priority", "link"})
_TELLING: Final = frozenset({"owner", "due", "priority", "status"})
_MOSTLY: Final = 0.6
_SAMPLE: Final = 40


class Columns(Struct, frozen=True):
    """Which column holds what: the field by its number; `text` is the one with the action's words, -1 for none."""

    heads: tuple[str, ...]
    text: int
    fields: dict[int, str]
    named: bool


def columns_of(block: Block) -> Columns:
    """What the columns of a table hold."""
    heads = tuple(plain_words(cell)[0] for cell in block.head.cells) if block.head is not None else ()
    width = max((len(row.cells) for row in block.children[:_SAMPLE]), default=0)
    heads = (*heads, *("" for _ in range(width - len(heads))))
    fields: dict[int, str] = {}
    texts: list[int] = []
    for i, head in enumerate(heads):
        key = field_of(head) if head else ""
        if key == "text":
            texts.append(i)
        elif key in (*_FIELDS, "number") and key not in fields.values():
            fields[i] = key
        elif not head and (said := _says(block, i)) and said not in fields.values():
            fields[i] = said
    text = _longest(block, texts) if texts else _longest(block, [i for i in range(width) if i not in fields])
    if text < 0 and fields:
        # “Type | Who | Priority”: the words stand in the column that is longest.
        text = _longest(block, [i for i, key in fields.items() if key not in ("number", "due")])
        fields.pop(text, None)
    return Columns(heads, text, fields, bool(texts))


def is_action_table(block: Block) -> bool:
    """Whether a table says by the names of its columns that it holds actions, wherever it stands."""
    columns = columns_of(with_head(block))
    heads = [field_of(head) for head in columns.heads if head]
    called = any(
        re.match(r"\W*(?:action|task|to-?\s?do|follow|corrective|preventi)", head, re.IGNORECASE)
        for head in columns.heads
    )
    return columns.named and called and bool(_TELLING & set(heads)) and len(columns.heads) > 1


def read_table(block: Block, group: Group, gathering: Gathering) -> bool:
    """The actions in a table; False if it holds none."""
    block = with_head(block)
    columns = columns_of(block)
    if columns.text < 0 or not block.children:
        return False
    if block.head is not None and not columns.named and not _CLEAR & set(columns.fields.values()):
        return False
    if (whole := _one_action(block, group)) is not None:
        gathering.add(whole)
        return True
    before = len(gathering.found)
    inner = group
    heads = [row for row in block.children if _heads_rows(row)]
    for row in block.children:
        if len(heads) * 2 <= len(block.children) and _heads_rows(row):
            name = next(cell for cell in row.cells if not is_nothing(cell))
            inner = group_of(name, (row.first,), gathering.context, group)
            continue
        found = _row(row, columns, inner)
        if found is None:
            continue
        if block.head is not None and (found.details or len(gathering.found) == before):
            # The names of columns are words of the text then.
            found.lines.insert(0, block.head.first)
        gathering.add(found)
    if len(gathering.found) > before:
        rows = {row.first for row in block.children}
        gathering.used.update(number for number in block.numbers if number not in rows)
        return True
    return False


_BOLD: Final = re.compile(r"(\*\*|__)[^*]{1,80}\1")


def with_head(block: Block) -> Block:
    """A table whose first row holds the names of columns, though no rule stands below it."""
    if block.head is not None or len(block.children) < 2:
        return block
    names = [field_of(plain_words(cell)[0]) for cell in block.children[0].cells]
    if sum(map(bool, names)) * 2 > len(names) and "text" in names:
        return replace(block, head=block.children[0], children=block.children[1:])
    return block


def _heads_rows(row: Block) -> bool:
    """Whether a row has nothing but a name in bold."""
    filled = [cell.strip() for cell in row.cells if not is_nothing(cell)]
    return len(filled) == 1 and len(row.cells) > 2 and _BOLD.fullmatch(filled[0]) is not None


def _row(row: Block, columns: Columns, group: Group) -> Found | None:
    cells = [_BREAK.sub("\n", cell) for cell in row.cells]
    words = cells[columns.text].strip() if columns.text < len(cells) else ""
    box = _BOX.match(words)
    words = words[box.end() :] if box else words
    if not words or is_nothing(words):
        return None
    found = Found(words.split("\n"), [row.first], group, checked=box[1] != " " if box else None)
    for i, cell in enumerate(cells):
        cell = cell.strip()
        name = columns.heads[i] if i < len(columns.heads) else ""
        if i == columns.text or not cell:
            continue
        key = columns.fields.get(i, "")
        if key == "number":
            if re.search(r"[^\W\d_]{3}", cell):
                found.beside.append(("link", name, cell))
        elif key:
            found.beside.append((key, name, cell))
        elif not is_nothing(cell):
            found.details.append(f"{name}: {cell}" if name else cell)
    return found


def _one_action(block: Block, group: Group) -> Found | None:
    """A table with a field in each row: `| Action | Add alerts |`, `| Owner | Jane |`."""
    rows = [*((block.head,) if block.head is not None else ()), *block.children]
    if len(rows) < 2 or any(len(row.cells) != 2 for row in rows):
        return None
    keys = [field_of(plain_words(row.cells[0])[0]) for row in rows]
    if not all(keys) or keys.count("text") != 1 or not _TELLING & set(keys) or field_of(rows[0].cells[1]):
        return None
    own = next(row for row, key in zip(rows, keys, strict=True) if key == "text")
    found = Found([_BREAK.sub("\n", own.cells[1])], list(block.numbers), group)
    for row, key in zip(rows, keys, strict=True):
        if key in _FIELDS and row.cells[1].strip():
            found.beside.append((key, plain_words(row.cells[0])[0], row.cells[1].strip()))
        elif row is not own and row.cells[1].strip():
            found.details.append(f"{row.cells[0]}: {row.cells[1]}")
    return found


def _longest(block: Block, columns: Sequence[int]) -> int:
    """The column with the longest cells, -1 without columns."""
    rows = block.children[:_SAMPLE]
    sizes = {i: sum(len(row.cells[i]) for row in rows if i < len(row.cells)) for i in columns}
    return max(sizes, key=lambda i: (sizes[i], -i)) if sizes else -1


def _says(block: Block, column: int) -> str:
    """What a column without a name holds, by most of its cells."""
    cells = [plain_words(row.cells[column])[0] for row in block.children[:_SAMPLE] if column < len(row.cells)]
    cells = [cell for cell in cells if cell and not is_nothing(cell)]
    if not cells:
        return ""
    if all(cell.strip("#. ").isdigit() for cell in cells):
        return "number"
    for key, test in (("status", status_of), ("priority", priority_of), ("type", type_of)):
        if sum(1 for cell in cells if test(cell)) >= _MOSTLY * len(cells):
            return key
    if sum(1 for cell in cells if re.fullmatch(r"\d{4}-\d\d-\d\d", cell)) >= _MOSTLY * len(cells):
        return "due"
    return "owner" if sum(1 for cell in cells if is_person(cell)) >= _MOSTLY * len(cells) else ""

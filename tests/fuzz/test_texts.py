"""What people type and paste, and what others wrote: every text becomes something, in time, and nothing in it acts."""

from __future__ import annotations

import random
from datetime import date, datetime
from typing import Final

from rich.cells import cell_len

from schemas import fields, toml_file, zones
from schemas.field_values import FieldError
from schemas.fields import FIELDS
from schemas.incident import Event, Incident, Sections
from schemas.merge_text import chosen, merge_text
from schemas.quick_entry import Context, describe, read_block, read_entry
from schemas.quotes import find_quote, quoted_first
from schemas.text import clean_line, clean_prose, is_clean
from schemas.word_changes import word_changes
from schemas.writers.markdown import to_markdown
from tests.fuzz.mutations import HOSTILE, cases
from tests.schemas.writers.reading import PIECES, read
from tui.widgets.prose_lines import prose_lines
from tui.workspace.filters import matches
from tui.workspace.rows import Row
from tui.workspace.search import search

TIMES: Final = (
    "14:05", "2024-05-02", "02/05/2024", "May 3", "+15m", "~", "?", "PST", "UTC+3", "25:61", "24:00", "-", "–",
    " to ", "between", "T", "Z", "yesterday", "now", "9999-12-31 23:59", "0001-01-01", "1h 30m", "-2h", "99999999h",
    "1e9", "½", "!detected", "!", "@ana", "@", "#", "10.50", "12am", "23:59 PM", "2022-02-??", "Mon", "next week",
    "½ hour", "1714640400", "١٤:٠٥", "14：05",
)  # fmt: skip
CONTEXT: Final = Context(
    zone=zones.resolve("Africa/Nairobi"), zone_name="Africa/Nairobi", after=datetime(2024, 5, 2, 23),
    origin=datetime(2024, 5, 2, 9), today=date(2024, 5, 6), now=datetime(2024, 5, 6, 12),
)  # fmt: skip
CONTEXTS: Final = (
    CONTEXT, Context(), Context(after=datetime(9999, 12, 31, 23, 59), today=date(9999, 12, 31)),
    Context(after=datetime(1, 1, 1), origin=datetime(1, 1, 1), today=date(1, 1, 1), zone=zones.resolve("UTC+14")),
)  # fmt: skip


def text_of(rng: random.Random, most: int = 12) -> str:
    """A text of pieces that mean something to somebody."""
    kinds = (HOSTILE, PIECES, TIMES, TIMES, (" ", "\n", "words ", "a"))
    return "".join(rng.choice(rng.choice(kinds)) for _ in range(rng.randrange(most)))


def test_what_is_typed_or_pasted_becomes_events() -> None:
    for case in cases(500, "typed"):
        with case:
            text, context = text_of(case.rng), case.rng.choice(CONTEXTS)
            case.data = text.encode("utf-8", "surrogatepass")
            for draft in (read_entry(text, context), *read_block(text, context)):
                assert is_clean(describe(draft, context))
                assert is_clean(draft.problem)
                if not draft.problem:
                    event = Event(id="a", text=draft.text, links=draft.links, milestones=draft.milestones)
                    again = toml_file.loads(toml_file.dumps(Incident(events=(event,)))).events[0]
                    assert again == event


def test_every_field_takes_or_refuses_what_is_typed_into_it() -> None:
    for case in cases(700, "fields"):
        with case:
            text, context = text_of(case.rng, 5), case.rng.choice(CONTEXTS)
            case.data = text.encode("utf-8", "surrogatepass")
            key = case.rng.choice(tuple(FIELDS))
            try:
                value = FIELDS[key].parse(text, context)
                shown = fields.FIELDS[key].format(value, context)
            except FieldError as error:
                shown = str(error)
            assert isinstance(shown, str)
            assert is_clean(shown)
            assert len(shown) < 2000 + len(text)


def test_prose_is_laid_out_exported_and_found_again() -> None:
    for case in cases(200, "prose"):
        with case:
            text = text_of(case.rng, 30)
            case.data = text.encode("utf-8", "surrogatepass")
            width = case.rng.choice((1, 2, 9, 40, 80))
            prose = prose_lines(clean_prose(text), width)
            for line in prose.lines:
                shown = "".join(part for part, _ in line)
                assert is_clean(shown)
                assert "\n" not in shown
                assert cell_len(shown.rstrip()) <= max(width, 12)
            incident = Incident(title=text, sections=Sections(summary=text), events=(Event(id="a", text=text),))
            written = to_markdown(incident)
            assert is_clean(written)
            assert [level for level, _ in read(written).headings].count(1) == 1
            assert incident.title == clean_line(text)
            search(incident, text[:5])
            find_quote(clean_prose(text), text[3:9])
            quoted, said = quoted_first(clean_prose(text), f"> {text[:9]}\n{text[9:]}")
            assert isinstance(quoted + said, str)
            matches(Row(path=None, name="x", title=clean_line(text)), text)  # type: ignore[arg-type]


def test_any_two_texts_are_compared_and_merged_without_loss() -> None:
    for case in cases(150, "texts"):
        with case:
            base, one, other = (clean_prose(text_of(case.rng, 20)) for _ in range(3))
            if case.rng.random() < 0.5:
                one, other = base[:20] + one + base[20:], base[:40] + other + base[40:]
            case.data = repr((base, one, other)).encode()
            pieces = word_changes(base, one)
            assert "".join(piece.text for piece in pieces if piece.kind != "new") == base
            assert "".join(piece.text for piece in pieces if piece.kind != "gone") == one
            merged = merge_text(base, one, other)
            swapped = merge_text(base, other, one)
            mine = chosen(merged, lambda passage: passage.ours)
            assert mine == chosen(swapped, lambda passage: passage.theirs)
            assert merge_text(base, one, base) == (one,)
            assert merge_text(base, base, other) == (other,)

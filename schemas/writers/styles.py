"""House styles as data: which headings a document has, in which order, and what stands under each."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from schemas.sections import BY_KEY, SECTION_KEYS
from schemas.writers.tables import Column


class Block(Struct, frozen=True):
    """A heading and what stands under it, top to bottom: keys of sections and names of `PARTS`.

    A block whose parts are all empty is left out. Without a heading its parts stand where they are.
    """

    heading: str
    parts: tuple[str, ...]


PARTS: Final = (
    "facts", "metrics", "impacts", "factors", "timeline", "actions", "stated", "waivers", "other_fields", "comments",
    "reviews",
)  # fmt: skip
"""What a document is made of besides the sections that people write as text."""

_COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "facts": (Column("name", "Overview", True), Column("value", "", True)),
    "metrics": (Column("name", "Metric", True), Column("length", "Length", True)),
    "impacts": (Column("what", "What was affected", True), Column("amount", "How much"), Column("notes", "Notes")),
    "timeline": (
        Column("time", "Time", True),
        Column("milestones", "Milestone"),
        Column("kind", "Kind"),
        Column("event", "Event", True),
        Column("actor", "Who"),
        Column("notes", "Notes"),
    ),
    "actions": (
        Column("text", "Action", True),
        Column("owner", "Owner"),
        Column("due", "Due", True),
        Column("type", "Type"),
        Column("priority", "Priority"),
        Column("status", "Status", True),
        Column("link", "Link"),
        Column("notes", "Notes"),
    ),
    "stated": (
        Column("what", "What", True),
        Column("value", "As stated", True),
        Column("read", "Read as"),
        Column("where", "Where"),
        Column("notes", "Notes"),
    ),
    "waivers": (
        Column("rule", "Rule", True),
        Column("where", "Where", True),
        Column("reason", "Reason", True),
        Column("by", "By"),
        Column("at", "When"),
        Column("notes", "Notes"),
    ),
    "comments": (
        Column("on", "On", True),
        Column("author", "Who"),
        Column("at", "When"),
        Column("text", "Comment", True),
        Column("state", "State"),
        Column("notes", "Notes"),
    ),
    "reviews": (
        Column("reviewer", "Reviewer", True),
        Column("at", "When"),
        Column("verdict", "Verdict", True),
        Column("summary", "Summary"),
        Column("content", "Content reviewed"),
        Column("notes", "Notes"),
    ),
}


class Style(Struct, frozen=True):
    """How a house lays out its postmortems. Every section and every part stands in exactly one block."""

    label: str
    blocks: tuple[Block, ...]
    columns: dict[str, tuple[Column, ...]] = field(default_factory=lambda: _COLUMNS)


def _section(key: str, *parts: str) -> Block:
    return Block(BY_KEY[key].heading, (*parts, key))


STYLES: Final[dict[str, Style]] = {
    "standard": Style(
        "Standard",
        (
            Block("", ("facts",)),
            Block("Metrics", ("metrics",)),
            _section("summary"),
            _section("background"),
            _section("impact", "impacts"),
            _section("trigger"),
            _section("detection"),
            _section("response"),
            _section("root_cause"),
            Block("Contributing factors", ("factors",)),
            _section("resolution"),
            Block("Timeline", ("timeline",)),
            _section("went_well"),
            _section("went_poorly"),
            _section("lucky"),
            _section("lessons"),
            Block("Action items", ("actions",)),
            _section("open_questions"),
            _section("supporting"),
            Block("Stated times", ("stated",)),
            Block("Accepted findings", ("waivers",)),
            Block("Other fields", ("other_fields",)),
            Block("Comments", ("comments",)),
            Block("Reviews", ("reviews",)),
        ),
    ),
}
"""The house styles by the name that `--style` takes."""

KNOWN_PARTS: Final = frozenset((*SECTION_KEYS, *PARTS))
"""Everything that has to have its place in a style."""

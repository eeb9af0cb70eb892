"""What readers of notations find in a document, each thing with where it stands, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Generic, Literal, TypeVar

from msgspec import Struct, field

Sure = Literal["sure", "likely", "guess"]
"""`sure`: the document says so in so many words; `likely`: a careful reader would take it so; `guess`: ask."""

Does = Literal["set", "drop", "move", "reread"]


class Source(Struct, frozen=True):
    """Where something comes from: line numbers in ascending order, how sure the reader is, and why (words, or none)."""

    lines: tuple[int, ...]
    sure: Sure = "sure"
    why: str = ""


class Choice(Struct, frozen=True):
    """One way to settle a doubt, with the words that a screen shows for it.

    `set` gives the item's `field` another `value`; `drop` takes the item out (its words go to its section); `move`
    puts the text into the section `value` (a key); `reread` reads the whole document again with the keyword `field` of
    `read_document` being `value` (`zone`, `date`, `day_first`).
    """

    label: str
    does: Does
    field: str = ""
    value: Any = None


class Doubt(Struct, frozen=True):
    """Something a person should look at: the line, its words, why, and what could be done about it.

    `path` is where in the incident it is: `events/k7q2/at`, `sections/lessons`, `zone`. A doubt of a found item
    names only the item's own field (`at`), or nothing for the item as a whole; assembling puts the rest in front.
    The first choice, if there are any, is what was taken.
    """

    line: int
    text: str
    why: str
    path: str = ""
    choices: tuple[Choice, ...] = ()


class Assumption(Struct, frozen=True):
    """Something that was decided for the whole document without a word of it: `about` is the key, `said` the sentence.

    `about` is one of `dates` (day or month first), `zone`, `year`, `date`, `midnight`, `conflict`, `sections`.
    """

    about: str
    said: str
    line: int | None = None


class Item(Struct, frozen=True):
    """An event, action, impact, factor or stated value that was found: its fields but for the id, and its source.

    `fields` has keys of the model. `parts` gives single fields a source of their own where it differs.
    """

    fields: Mapping[str, Any]
    source: Source
    parts: Mapping[str, Source] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


T = TypeVar("T")


class Gathered(Struct, Generic[T], frozen=True):
    """What one reader made of a document.

    `used` are the numbers of the lines of which every word that means something is in the items: these lines are taken
    out of the text of their section. Lines that are only read along (a date in a summary) stay out of `used`.
    """

    items: tuple[T, ...] = ()
    used: frozenset[int] = frozenset()
    assumptions: tuple[Assumption, ...] = ()
    doubts: tuple[Doubt, ...] = ()


NOTHING: Final[Gathered[Item]] = Gathered()

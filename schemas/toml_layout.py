"""Where things stand in a TOML text: the line of every key and table, and the comments with what they stand by.

`tomllib` gives values only. This is one pass over the same text that knows headers, keys, comments, strings and
arrays over several lines, and nothing of their values. The lines of `schemas.toml_places` are no comments to it. It
expects text that `tomllib` accepts; in any other it stops at the first line it cannot make sense of and says where.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from msgspec import Struct, field

from schemas.patterns import late
from schemas.text import clean_prose
from schemas.toml_grammar import END_OF_STATEMENT, INLINE_KEY, STATEMENT, TOKEN, key_parts
from schemas.toml_places import KEYS, PATTERN, Key, path_of

Path = tuple[str | int, ...]
"""A place in the data: `("events", 3, "at")`; `()` is the file itself."""

Place = Literal["head", "above", "beside", "inside", "below", "end"]
"""How a comment stands to its thing: at the head of the file, on the lines above it, behind it on its line, inside
an array before the closing bracket, right below the last key of a table, or at the end of the file."""

_DEEPEST: Final = 16
"""How many levels of a dotted key are told apart: each costs as much as all before it."""

_COMMENT_LIKE: Final = late(rf"^(?!(?:{PATTERN})$)[ \t]*#|[\w\"'\[\]}}.,][ \t]*#", re.MULTILINE)
_OPENING: Final = late(r"[A-Za-z0-9_\-]+ = ")
_IN_STRINGS: Final = late(r"""[^#"']*+(?:"(?:[^"\\]|\\.)*+"[^#"']*+)*+""")
"""A line in which no `#` stands outside of strings in double quotes."""


class FoundComment(Struct, frozen=True):
    """A comment as it stands: its lines with their indentation, the blank ones between them too.

    For `beside` the one line begins with the space between the value and the `#`.
    """

    path: Path
    place: Place
    lines: tuple[str, ...]
    line: int


class Layout(Struct):
    """What one pass found. `lines` counts from 1.

    `repeated` lists what is written twice as (path, line, line of the first); `stopped` is the line that made no
    sense, or None where the pass came to the end.
    """

    lines: dict[Path, int] = field(default_factory=dict)
    comments: list[FoundComment] = field(default_factory=list)
    repeated: list[tuple[Path, int, int]] = field(default_factory=list)
    stopped: int | None = None

    def line(self, path: Path) -> int:
        """The line of the thing, or of the nearest enclosing one that stands in the text, or 1."""
        for length in range(len(path), 0, -1):
            if (line := self.lines.get(path[:length])) is not None:
                return line
        return 1


def scan(text: str) -> Layout:
    """One pass over a TOML text; `\\r\\n` must have been turned into `\\n`. Raises nothing."""
    return _Scanner(text).run()


def may_hold_comments(text: str) -> bool:
    """A quick look that never says no where valid TOML has a comment that somebody wrote."""
    return "#" in text and _COMMENT_LIKE.search(text) is not None and not _only_in_strings(text)


def _only_in_strings(text: str) -> bool:
    """Whether every `#` stands in a string, as it does where a text speaks of `#incidents`; False also where only a
    look at the whole text can tell."""
    if "'''" in text or '\\"""' in text:
        return False
    parts = text.split('"""')
    if len(parts) % 2 == 0:
        return False
    for number, part in enumerate(parts[::2]):
        is_last = 2 * number == len(parts) - 1
        if (number and part and part[0] != "\n") or not (is_last or _OPENING.fullmatch(part, part.rfind("\n") + 1)):
            return False
        at = part.find("#")
        while at >= 0:
            end = part.find("\n", at)
            end = len(part) if end < 0 else end
            start = part.rfind("\n", 0, at) + 1
            if not _IN_STRINGS.fullmatch(part, start, end) and part[start:end] not in KEYS:
                return False
            at = part.find("#", end)
    return True


def _own_line(gap: str) -> Key | None:
    """Which of our own lines this is, also if somebody indented it or hid a character in it; None for any other."""
    return KEYS.get(clean_prose(gap.strip())) if gap else None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.line = 1
        self.found = Layout()
        self.implied: dict[Path, int] = {}
        self.tables: dict[Path, int] = {}  # how many entries an array of tables has so far
        self.block: Path = ()
        self.foot: Path = ()  # what a comment right below belongs to
        self.begun = False
        self.gap: list[str] = []
        self.gap_has_comment = False

    def run(self) -> Layout:
        text, size, match = self.text, len(self.text), STATEMENT.match
        while self.pos < size:
            statement = match(text, self.pos)
            if statement is None or not self._take(statement):
                self.found.stopped = self.line
                break
        self._settle((), "end")
        self.found.lines = self.implied | self.found.lines
        return self.found

    def _take(self, statement: re.Match[str]) -> bool:
        """Note one statement and move behind it; False where it is not complete."""
        line = self.line
        kind = statement.lastgroup
        if kind == "gap" and (own := _own_line(statement["gap"])) is not None:
            # One of our own lines: it holds comments apart as a header does, and is none itself.
            path = path_of(own)
            self._settle(path, "above", header=True)
            self.foot = path
        elif kind == "gap":
            self.gap.append(statement["gap"] if "#" in statement["gap"] else "")
            self.gap_has_comment |= bool(self.gap[-1])
        elif kind == "beside":
            path = self._open(key_parts(statement["table"]), array=statement["open"] == "[[")
            self._settle(path, "above", header=True)
            self.block = self.foot = path
            self._beside(path, statement["beside"])
        else:
            key = statement["key"]
            names = (key,) if key.isidentifier() else key_parts(key)
            path = (*self.block, *names)
            for length in range(1, min(len(names), _DEEPEST)):
                self.implied.setdefault((*self.block, *names[:length]), line)
            self._mark(path)
            self._settle(path, "above")
            self.foot = self.block
            if kind == "key":
                self._advance(statement.end())
                return self._container(path)
            self._beside(path, statement["tail"], statement.end("tail"))
        self._advance(statement.end())
        return True

    def _advance(self, pos: int) -> None:
        self.line += self.text.count("\n", self.pos, pos)
        self.pos = pos

    def _mark(self, path: Path) -> None:
        first = self.found.lines.setdefault(path, self.line)
        if first != self.line:
            self.found.repeated.append((path, self.line, first))

    def _open(self, names: tuple[str, ...], *, array: bool) -> Path:
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if len(path) < _DEEPEST:
                self.implied.setdefault(path, self.line)
            if path in self.tables:
                path = (*path, self.tables[path] - 1)
        path = (*path, names[-1])
        if array:
            self.implied.setdefault(path, self.line)
            index = self.tables.get(path, 0)
            self.tables[path] = index + 1
            path = (*path, index)
        self._mark(path)
        return path

    def _comment(self, path: Path, place: Place, lines: list[str], line: int) -> None:
        if any(lines):
            first = next(index for index, text in enumerate(lines) if text)
            self.found.comments.append(FoundComment(path, place, tuple(lines), line + first))

    def _beside(self, path: Path, tail: str, end: int | None = None) -> None:
        if tail and "#" in tail:
            line = self.line if end is None else self.line + self.text.count("\n", self.pos, end)
            self._comment(path, "beside", [tail], line)

    def _settle(self, path: Path, place: Place, *, header: bool = False) -> None:
        """Give the lines between two things to the one they belong to.

        Right below the last key, before any blank line, they are the foot of that table; before the first thing
        they are the head of the file; the rest belongs to what follows.
        """
        gap, begun = self.gap, self.begun
        self.begun = True
        if not gap:
            return
        self.gap = []
        if not self.gap_has_comment:
            return
        self.gap_has_comment = False
        line = self.line - len(gap)
        if not begun:
            cut = len(gap)
            if header:
                cut = max((index + 1 for index, text in enumerate(gap) if not text), default=0)
            self._comment((), "head", gap[:cut], line)
            self._comment(path, place, gap[cut:], line + cut)
        elif header or place == "end":
            cut = gap.index("") if "" in gap else len(gap)
            self._comment(self.foot, "below", gap[:cut], line)
            self._comment(path, place, gap[cut + 1 :], line + cut + 1)
        else:
            self._comment(path, place, gap, line)

    def _container(self, path: Path) -> bool:
        """Walk the array or inline table that comes next, to the end of its statement."""
        text, frames, above = self.text, list[_Frame](), list[str]()
        last: Path | None = None  # the element of the outermost array that began last
        here, space, blank = path, "", False
        while frames or text.startswith(("[", "{"), self.pos):
            inner = frames[-1] if frames else None
            if inner and inner.wants_key and (key := INLINE_KEY.match(text, self.pos)):
                here, inner.wants_key, blank = (*inner.path, *key_parts(key["key"])), False, False
                self._mark(here)
                self._advance(key.end())
                continue
            token = TOKEN.match(text, self.pos)
            if token is None:
                return False
            kind, word = token.lastgroup, token.group()
            if kind == "space":
                space = word
            elif kind == "newline":
                above.extend([""] if blank else [])
                blank, space = True, ""
            elif kind == "comment":
                if blank or last is None:
                    above.append(f"{space or ' ' * 4}{word}" if not blank else space + word)
                else:
                    self._comment(last, "beside", [space + word], self.line)
                blank = False
            else:
                blank, space = False, ""
                if word == ",":
                    inner = inner or _Frame("", path)
                    inner.index += 1
                    inner.wants_key = inner.opening == "{"
                elif word in "]}":
                    frames.pop()
                else:
                    if inner and inner.opening == "[":
                        here = (*inner.path, inner.index)
                        self.found.lines.setdefault(here, self.line)
                        if len(frames) == 1 and here != last:
                            self._comment(here, "above", above, self.line - len(above))
                            last, above = here, []
                    if word in "[{":
                        frames.append(_Frame(word, here, wants_key=word == "{"))
            self._advance(token.end())
            if not frames:
                # What stood in an inline table, or behind the last element of an array.
                place: Place = "inside" if word == "]" else "above"
                lines = above if word == "]" else [*filter(None, above)]
                self._comment(path, place, lines, self.line - len(above))
                end = END_OF_STATEMENT.match(text, self.pos)
                if end is None:
                    return False
                self._beside(path, end["tail"])
                self._advance(end.end())
                return True
        return False


class _Frame(Struct):
    """An open bracket inside a value."""

    opening: str
    path: Path
    index: int = 0
    wants_key: bool = False

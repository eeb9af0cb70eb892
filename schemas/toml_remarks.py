"""The comments of a file kept through a change: each one stays with what it stands by.

A comment is tied to the id of its event or action, not to a line, so that it moves with it. A comment whose key is
gone stays at the foot of the table it was in; one whose table is gone goes to the end of the file. None is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from schemas import text
from schemas.incident import ITEM_LISTS, Incident, Model
from schemas.toml_layout import Layout, Path, Place
from schemas.toml_text import INDENT, Part, key_text

Unit = Path
"""A stretch of the file that is written as one: `()` the top, `("sections",)`, an item, `("events", "k7q2")`, or a line
that keeps remarks apart, `(0, "events")`."""


class Remark(Struct, frozen=True):
    """A comment of the file with what it stands by.

    `path` names an item by its id: `("events", "k7q2", "at")`; `()` is the file. `place` is how it stands there (see
    `schemas.toml_layout.Place`). `text` is its lines as they stand, `#` and indentation included, without the last
    line break; `beside`, the space before the `#` too.
    """

    path: Path
    place: Place
    text: str


def item_keys(items: Sequence[Model]) -> tuple[str, ...]:
    """What tells the items of one list apart: their ids, or for those that have none the words they begin with."""
    seen: dict[str, int] = defaultdict(int)
    keys: list[str] = []
    for item in items:
        known = item.__dict__  # without unknown keys, which may be called `id` too
        key: str = known.get("id") or " ".join(filter(None, map(known.get, ("rule", "what", "where"))))
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key} ({seen[key]})")
    return tuple(keys)


def collect(layout: Layout, incident: Incident) -> tuple[Remark, ...]:
    """The comments of a file that was read as this incident, in the order of the file."""
    keys: dict[str, tuple[str, ...]] = {}
    remarks: list[Remark] = []
    for comment in layout.comments:
        path = comment.path
        if path and path[0] in ITEM_LISTS:
            name = str(path[0])
            if name not in keys:
                keys[name] = item_keys(getattr(incident, name))
            index = path[1] if len(path) > 1 else 0
            if isinstance(index, int) and index < len(keys[name]):
                path = (name, keys[name][index], *path[2:])
        words = "\n".join(_clean(line) for line in comment.lines)
        remarks.append(Remark(path, comment.place, words))
    return tuple(remarks)


def _clean(line: str) -> str:
    # A comment must stay one line: NEL and the like are line breaks to `clean_prose`.
    return line if text.is_clean(line) else text.clean_prose(line).replace("\n", " ")


def unit(path: Path) -> Unit:
    """The unit that a place is written in."""
    if path and (path[0] in ITEM_LISTS or path[0] == 0):
        return path[:2]
    return path[:1] if path[:1] == ("sections",) else ()


def by_unit(remarks: Iterable[Remark]) -> dict[Unit, list[Remark]]:
    """The remarks sorted to the units they stand in; those at the head and the end of the file are left out."""
    units: dict[Unit, list[Remark]] = defaultdict(list)
    for remark in remarks:
        if remark.place not in ("head", "end"):
            units[unit(remark.path)].append(remark)
    return units


def weave(parts: Sequence[Part], remarks: Sequence[Remark], *, at: Unit = ()) -> Iterator[str]:
    """The text of one unit with its remarks; a blank line comes before each header."""
    known = {part.path: part for part in parts}
    blocks = {part.path for part in parts if part.header} | {()}
    above: dict[Path, list[str]] = defaultdict(list)
    beside: dict[Path, str] = {}
    foot: dict[Path, list[str]] = defaultdict(list)
    arrays: dict[Path, list[tuple[int, Remark]]] = defaultdict(list)
    for remark in remarks:
        path = remark.path[len(at) :]
        element = path[-1] if path else None
        if remark.place == "below" and path in blocks:
            foot[path].append(remark.text)
        elif remark.place == "above" and path in known:
            above[path].append(remark.text)
        elif remark.place == "beside" and path in known and path not in beside:
            beside[path] = remark.text
        elif remark.place == "inside" and _elements(known, path) is not None:
            arrays[path].append((len(_elements(known, path) or ()), remark))
        elif isinstance(element, int) and (elements := _elements(known, path[:-1])) is not None:
            arrays[path[:-1]].append((min(element, len(elements)), remark))
        else:
            while path not in blocks:
                path = path[:-1]
            foot[path].append(loose(remark.text))

    block: Path | None = None
    for part in parts:
        if part.header:
            if block is not None:
                yield from _lines(foot.pop(block, ()))
            yield "\n"
        if part.header or block is None:
            block = part.path if part.header else ()
        yield from _lines(above.get(part.path, ()))
        written = _array(part, arrays[part.path]) if part.path in arrays else part.text
        tail = beside.get(part.path)
        yield written if tail is None else f"{written[:-1]}{tail}\n"
    yield from _lines(foot.pop(block or (), ()))


def weave_line(line: str, remarks: Iterable[Remark], *, apart: bool) -> str:
    """A line that keeps remarks apart, with the comments above and below it; `apart` puts a blank line in front."""
    above = [remark.text for remark in remarks if remark.place == "above"]
    below = [remark.text for remark in remarks if remark.place != "above"]
    return "".join((*(("\n",) if apart or above else ()), *_lines(above), f"{line}\n", *_lines(below)))


def loose(words: str) -> str:
    """A remark that lost its place, as lines that can stand anywhere."""
    return "\n".join(line.strip() for line in words.split("\n") if line.strip())


def _elements(known: Mapping[Path, Part], path: Path) -> tuple[str, ...] | None:
    part = known.get(path)
    return part.elements if part else None


def _lines(texts: Iterable[str]) -> Iterator[str]:
    return (f"{words}\n" for words in texts)


def _array(part: Part, remarks: Sequence[tuple[int, Remark]]) -> str:
    """An array with remarks inside: one element a line, whatever its length."""
    lines = [f"{key_text(str(part.path[-1]))} = ["]
    elements = part.elements or ()
    for index in range(len(elements) + 1):
        here = [remark for element, remark in remarks if element == index]
        last = index == len(elements)
        tails = [remark.text for remark in here if remark.place == "beside" and not last]
        for remark in here:
            if remark.place != "beside" or last:
                # Beside an element that is gone, a remark has a line of its own.
                lines.append(remark.text if remark.place != "beside" else INDENT + loose(remark.text))
        if not last:
            lines.append(f"{INDENT}{elements[index]},{''.join(tails[:1])}")
            lines.extend(INDENT + loose(tail) for tail in tails[1:])
    return "\n".join([*lines, "]\n"])

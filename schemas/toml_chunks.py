"""The text of an incident's file in pieces: canonical, the same bytes each time.

The order of keys and tables is fixed, keys that hold their default are left out, and what is said about a thing stands
behind it (see `schemas.toml_order`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from schemas import toml_places, toml_remarks
from schemas.anchors import THINGS
from schemas.incident import ITEM_LISTS, Incident, Model, Sections
from schemas.pieces import Look, pieces_of
from schemas.toml_layout import Path
from schemas.toml_order import Entry, FileOrder, file_order
from schemas.toml_remarks import Remark
from schemas.toml_text import Part, array_text, table_parts, value_text


def chunks(incident: Incident, remarks: tuple[Remark, ...] = ()) -> Iterator[str]:
    """The text of the file in pieces: the top, the sections, each list of items, and what is said about all of them.

    The text of items is kept until one of them is replaced, so that one change among thousands costs next to nothing.
    """
    by_unit = toml_remarks.by_unit(remarks)
    order = file_order(incident)
    names = _names(incident, by_unit)
    yield from (f"{remark.text}\n" for remark in remarks if remark.place == "head")
    yield "".join(toml_remarks.weave(tuple(_top(incident)), by_unit.pop((), ())))
    yield from _entries(order.top, by_unit, names)
    if _is_written(incident.sections):
        yield _text_of("sections", incident.sections, by_unit.pop(("sections",), ()), ("sections",))
    for name in THINGS:
        yield from _things(name, getattr(incident, name), order, by_unit, names)
    apart = True
    for line in order.lines:
        unit = toml_places.path_of(line)
        yield toml_remarks.weave_line(toml_places.TEXTS[line], by_unit.pop(unit, ()), apart=apart)
        below = order.below.get(line, ())
        yield from _entries(below, by_unit, names)
        apart = bool(below)
    yield from _entries(order.end, by_unit, names)
    # Remarks on what is no longer there.
    rest = [toml_remarks.loose(remark.text) for remarks_there in by_unit.values() for remark in remarks_there]
    rest += [remark.text for remark in remarks if remark.place == "end"]
    if rest:
        yield "\n" + "\n\n".join(rest) + "\n"


_Remarks = dict[toml_remarks.Unit, list[Remark]]


def _names(incident: Incident, by_unit: Collection[toml_remarks.Unit]) -> dict[int, str]:
    """What tells the items apart that comments of the file may stand by, by their identity."""
    names: dict[int, str] = {}
    for name in {str(unit[0]) for unit in by_unit if len(unit) > 1 and unit[0] in ITEM_LISTS}:
        items = getattr(incident, name)
        names.update(zip(map(id, items), toml_remarks.item_keys(items), strict=True))
    return names


def _entries(entries: Iterable[Entry], by_unit: _Remarks, names: Mapping[int, str]) -> Iterator[str]:
    """The text of items one after the other, each with its comments."""
    for name, item in entries:
        unit = name, names.get(id(item), "")
        yield _text_of(name, item, by_unit.pop(unit, ()), unit)


def _things(
    name: str, items: tuple[Any, ...], order: FileOrder, by_unit: _Remarks, names: Mapping[int, str]
) -> Iterator[str]:
    """The text of a list of items, with what is said about each behind it."""
    behind = {item_id: entries for (known, item_id), entries in order.behind.items() if known == name}
    if any(unit[0] == name for unit in by_unit if unit):
        for item in items:
            yield from _entries(((name, item), *behind.pop(item.id, ())), by_unit, names)
        return
    for piece in pieces_of(items).pieces:
        if behind and not behind.keys().isdisjoint(piece.found(_ids)):
            for item, text in zip(piece.items, piece.found(_each_text(name)), strict=True):
                yield text
                yield from _entries(behind.pop(item.id, ()), by_unit, names)
        else:
            yield piece.found(_texts(name))[0]


def _ids(items: tuple[Any, ...]) -> list[str]:
    return [item.id for item in items]


@lru_cache(maxsize=len(ITEM_LISTS))
def _each_text(name: str) -> Look[Model, str]:
    return lambda items: [_item_text(name, item) for item in items]


@lru_cache(maxsize=len(ITEM_LISTS))
def _texts(name: str) -> Look[Model, str]:
    """The text of items of a list that follow one another."""
    return lambda items: ("".join([_item_text(name, item) for item in items]),)


_ALWAYS: Final[Mapping[type[Model], frozenset[str]]] = {Incident: frozenset({"format", "title", "status"})}
"""What is written even where it is the default; in items that is the keys that have no default, such as the id."""


def pairs(model: Model) -> Iterator[tuple[str, Any]]:
    """The keys and values that are written: no defaults, and unknown keys last."""
    always = _ALWAYS.get(type(model), frozenset())
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is not None and (name in always or value != field.default):
            yield name, value
    yield from (model.model_extra or {}).items()


def _top(incident: Incident) -> Iterator[Part]:
    apart = {"sections", *ITEM_LISTS}
    return table_parts((), ((key, value) for key, value in pairs(incident) if key not in apart))


def _is_written(sections: Sections) -> bool:
    return next(pairs(sections), None) is not None


def _text_of(name: str, model: Model, remarks: list[Remark] | tuple[()], unit: Path) -> str:
    if remarks:
        return "".join(toml_remarks.weave(tuple(_model_parts(name, model)), remarks, at=unit))
    known = _kept.get(id(model))
    if known is None:
        if sum(len(text) for _, text in _kept.values()) > _MOST_KEPT:
            _kept.clear()
        known = _kept[id(model)] = model, _item_text(name, model)
    return known[1]


def _model_parts(name: str, model: Model) -> Iterator[Part]:
    return table_parts((name,), pairs(model), array=name in ITEM_LISTS)


def _item_text(name: str, model: Model) -> str:
    """The text of a table without comments, with a blank line before its header."""
    if model.model_extra:  # there may be tables in it
        return "".join(toml_remarks.weave(tuple(_model_parts(name, model)), ()))
    lines = [f"\n[[{name}]]\n" if name in ITEM_LISTS else f"\n[{name}]\n"]
    known = model.__dict__
    for key, default in _defaults(type(model)):
        value = known[key]
        if value is None or value == default:
            continue
        if type(value) is tuple:
            lines.append(array_text(key, tuple(map(value_text, value))))
        else:
            lines.append(f"{key} = {value_text(value, block=True)}\n")
    return "".join(lines)


@lru_cache(maxsize=32)
def _defaults(kind: type[Model]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, field.default) for name, field in kind.model_fields.items())


_MOST_KEPT: Final = 1 << 20
"""How many characters of text are remembered; a text that is not there is written anew."""

_kept: dict[int, tuple[Model, str]] = {}
"""Texts by the identity of what they say: of the sections, and of what stands apart from its list. The object is held
too, so that its number stays its own."""

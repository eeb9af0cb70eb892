"""What was chosen for the conflicts of a merge, put into its incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from schemas import text
from schemas.incident import ITEM_LISTS, Incident
from schemas.merge_conflict import Choice, Conflict, Own, Path, Pieces
from schemas.merge_items import MergedList
from schemas.merge_model import AnyModel, unresolved, with_unknown
from schemas.merge_text import Passage


class Resolution:
    """The choices for the conflicts of one merge, by their keys; see `schemas.merge.resolve`."""

    def __init__(
        self, conflicts: Sequence[Conflict], texts: Mapping[Path, Pieces], choices: Mapping[str, Choice]
    ) -> None:
        self._known = {conflict.key: conflict for conflict in conflicts}
        if missing := choices.keys() - self._known.keys():
            raise KeyError(min(missing))
        self._choices = choices
        self._texts = texts
        for key, choice in choices.items():
            _must_fit(self._known[key], choice)

    def top(self, incident: Incident) -> Incident:
        """The incident with what was chosen for its own fields and sections."""
        for path, value, own in self._values():
            if path[0] == "sections" and len(path) > 1:
                sections = _with(incident.sections, path[1:], value, own=own)
                incident = incident.model_copy(update={"sections": sections})
            elif path[0] not in ITEM_LISTS:
                incident = _with(incident, path, value, own=own)
        return incident

    def items(self, name: str, merged: MergedList) -> dict[str, Any]:
        """The items of a list with what was chosen for them and for their fields."""
        items = dict(merged.items)
        for key, choice in self._choices.items():
            conflict = self._known[key]
            if conflict.path[0] != name or len(conflict.path) != 2:
                continue
            item = conflict.path[1]
            if conflict.kind == "twin":
                if choice != "both":
                    items[item] = _side(conflict, choice)
                    items.pop(merged.twins[item], None)
            elif (kept := _side(conflict, choice)) is None:
                items.pop(item, None)
            else:
                items[item] = kept
        for path, value, own in self._values():
            if path[0] == name and len(path) > 2:
                items[path[1]] = _with(items[path[1]], path[2:], value, own=own)
        return items

    def orders(self) -> dict[str, Sequence[str]]:
        """The orders of lists that were chosen, by the name of the list."""
        found: dict[str, Sequence[str]] = {}
        for key, choice in self._choices.items():
            conflict = self._known[key]
            if conflict.kind == "order" and conflict.path[0] in ITEM_LISTS and len(conflict.path) == 1:
                wanted = _side(conflict, choice)
                rest = [each for each in conflict.ours if each not in wanted]  # of an older order that lacks some
                found[conflict.path[0]] = (*wanted, *rest)
        return found

    def _values(self) -> list[tuple[Path, Any, bool]]:
        """What becomes of fields: path, value, and whether that is one of the person's own."""
        values: list[tuple[Path, Any, bool]] = []
        done: set[Path] = set()
        for key, choice in self._choices.items():
            conflict = self._known[key]
            path = conflict.path
            if conflict.kind == "text":
                if path not in done:
                    done.add(path)
                    values.append((path, unresolved(self._pieces(path)), False))
            elif path[0] not in ITEM_LISTS or len(path) > 2:
                values.append((path, _side(conflict, choice), isinstance(choice, Own)))
        return values

    def _pieces(self, path: Path) -> Pieces:
        """The pieces of a text, of which those that were chosen are settled."""
        chosen = {
            conflict.part: self._choices[key]
            for key, conflict in self._known.items()
            if conflict.path == path and conflict.kind == "text" and key in self._choices
        }
        pieces: list[str | Passage] = []
        part = -1
        for piece in self._texts[path]:
            if isinstance(piece, Passage):
                part += 1
                if part in chosen:
                    pieces.append(_passage(piece, chosen[part]))
                    continue
            pieces.append(piece)
        return tuple(pieces)


def _must_fit(conflict: Conflict, choice: Choice) -> None:
    if isinstance(choice, Own):
        fits = conflict.kind in ("value", "text") or (conflict.kind == "order" and len(conflict.path) > 1)
        if conflict.kind == "order" and not fits:
            fits = sorted(choice.value) == sorted(conflict.ours)
    else:
        fits = choice in conflict.choices
    if not fits:
        raise ValueError(f"{conflict.key}: there is {', '.join(conflict.choices)}")


def _side(conflict: Conflict, choice: Choice) -> Any:
    if isinstance(choice, Own):
        return choice.value
    if choice == "both":
        return " / ".join(filter(None, (conflict.ours, conflict.theirs)))
    return {"ours": conflict.ours, "theirs": conflict.theirs, "base": conflict.base}[choice]


def _passage(passage: Passage, choice: Choice) -> str:
    if isinstance(choice, Own):
        return text.clean_prose(choice.value)
    return {"ours": passage.ours, "theirs": passage.theirs, "both": passage.both, "base": passage.base}[choice]


def _with(model: AnyModel, path: Path, value: Any, *, own: bool) -> AnyModel:
    """A thing with another value of a field, or of a key that we do not know: None takes that away."""
    if path[0] in type(model).model_fields:
        changed: AnyModel = model.changed(**{path[0]: value}) if own else model.model_copy(update={path[0]: value})
        return changed
    return with_unknown(model, _with_key(model.model_extra or {}, path, value))


def _with_key(table: Mapping[str, Any], path: Path, value: Any) -> dict[str, Any]:
    key = path[0]
    if len(path) > 1:
        value = _with_key(table[key], path[1:], value)
    if value is None:
        return {name: old for name, old in table.items() if name != key}
    return {**table, key: value}

"""An incident in which every field of every model holds a value of its own, built by walking the models.

A field that is added to a model is filled here without anybody thinking of it, so tests over these values notice it.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from schemas.incident import Incident, Model

UNKNOWN_KEY = "key_that_is_new"


@dataclass
class Maximal:
    """A full incident, and for each field (`Event.text`) the values in it that a document has to show."""

    incident: Incident
    values: dict[str, list[Any]]


@dataclass
class _Builder:
    values: dict[str, list[Any]] = field(default_factory=dict)
    count: int = 0

    def next(self) -> int:
        self.count += 1
        return self.count

    def model(self, kind: type[Model], **fixed: Any) -> Any:
        filled = {
            name: fixed[name] if name in fixed else self.value(f"{kind.__name__}.{name}", info.annotation)
            for name, info in kind.model_fields.items()
        }
        if not issubclass(kind, Incident) or not fixed:
            filled[UNKNOWN_KEY] = self.text(f"{kind.__name__}.{UNKNOWN_KEY}")
        return kind.model_validate(filled)

    def text(self, path: str) -> str:
        # Ended by a letter, so that no value is the beginning of another.
        token = f"token{self.next()}z"
        self.keep(path, token)
        return token

    def keep(self, path: str, value: Any) -> Any:
        self.values.setdefault(path, []).append(value)
        return value

    def value(self, path: str, annotation: Any) -> Any:
        args = typing.get_args(annotation)
        if typing.get_origin(annotation) is typing.Annotated:
            return self.value(path, args[0])
        if typing.get_origin(annotation) is tuple:
            (inner, *_) = args
            many = 2 if _is_text(inner) else 1
            return tuple(self.value(path, inner) for _ in range(many))
        if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
            return self.value(path, next(kind for kind in (datetime, date, int) if kind in args))
        if isinstance(annotation, type) and issubclass(annotation, Model):
            return self.model(annotation)
        if annotation is bool:
            return True
        if annotation is str:
            return self.text(path)
        if annotation is int:
            return self.keep(path, 700_000 + self.next())
        if annotation is datetime:
            return self.keep(path, datetime(2100 + self.next(), 3, 4, 5, 6, tzinfo=UTC))
        if annotation is date:
            return self.keep(path, date(2100 + self.next(), 3, 4))
        raise AssertionError(f"no value is known for {path}: {annotation}")


def _is_text(annotation: Any) -> bool:
    return annotation is str or str in typing.get_args(annotation)


def maximal() -> Maximal:
    """The incident with everything in it."""
    builder = _Builder()
    return Maximal(builder.model(Incident), builder.values)


def with_event_at(full: Incident, at: datetime | date | time | None) -> Incident:
    """The same with another time at its event."""
    (event,) = full.events
    return full.model_copy(update={"events": (event.changed(at=at),)})


def variations(item: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The same model with one field emptied at a time, at every depth, and which one it was."""
    for name, info in type(item).model_fields.items():
        value, here = getattr(item, name), f"{path}.{name}"
        if isinstance(value, Model):
            for where, inner in variations(value, here):
                yield where, item.model_copy(update={name: inner})
        elif isinstance(value, tuple) and value and isinstance(value[0], Model):
            for where, inner in variations(value[0], here):
                yield where, item.model_copy(update={name: (inner,)})
        else:
            empty = () if isinstance(value, tuple) else info.default if not info.is_required() else ""
            yield here, item.model_copy(update={name: empty})

"""What the other incidents of a library may share with one: numbers, people, open actions."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.incident import Incident


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What is kept of another incident. `name` is its file as a person would name it.

    `lengths` are the stated lengths (what is stated, minutes, the words); `people` everybody who owns or wrote
    something; `actions` the texts of its actions that are not finished.
    """

    name: str
    title: str
    lengths: tuple[tuple[str, float, str], ...] = ()
    people: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


def neighbour_of(name: str, incident: Incident) -> Neighbour:
    """What other incidents need to know of this one."""
    return Neighbour(name, incident.title)

"""What the other incidents of a library may share with one: numbers, people, open actions.

Looking through all others for each incident would take time with the square of the library. An `Index` is made once,
over all of them, and says who has what; `Others` are all but one, and bring the index with them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import combinations
from math import ceil
from typing import Final, overload

from msgspec import Struct

from schemas.incident import Action, Incident
from schemas.likeness import LONGEST_NAME, name_key, overlap, subjects

FINISHED: Final = frozenset(
    {"done", "dropped", "closed", "complete", "completed", "fixed", "resolved", "cancelled", "canceled"}
)
"""Words for the status of an action on which nothing is left to do: ours and common other ones."""

_FEW: Final = 12
"""Of so many subjects all that go three together can be looked up; of more it would be too many."""

LONGEST: Final = 10_000 * 366 * 1440
"""No length in minutes reaches beyond the calendar."""


class Neighbour(Struct, frozen=True):
    """What is kept of another incident. `name` is its file as a person would name it.

    `lengths` are the stated lengths (what is stated, minutes, the words); `people` everybody who owns or wrote
    something; `actions` the texts of its actions that are not finished. `unborne` are the odd lengths that its own
    timeline does not bear out (the place in the file, minutes, in words where it was read); None where nobody has
    looked.
    """

    name: str
    title: str
    lengths: tuple[tuple[str, float, str], ...] = ()
    people: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    unborne: tuple[tuple[str, float, str], ...] | None = None

    @property
    def is_current(self) -> bool:
        """Whether the incident is surely still as this says: whoever looked for its odd lengths has just read it. Of
        one that is open in an editor the library knows what stands in its file."""
        return self.unborne is not None


def neighbour_of(name: str, incident: Incident) -> Neighbour:
    """What other incidents need to know of this one."""
    return Neighbour(
        name,
        incident.title,
        tuple(
            (each.what, float(each.minutes), each.value)
            for each in incident.stated
            if each.minutes is not None and abs(each.minutes) <= LONGEST
        ),
        people(incident),
        tuple(action.text for action in incident.actions if not finished(action) and action.text.strip()),
    )


def people(incident: Incident) -> tuple[str, ...]:
    """Everybody who owns, wrote or reviewed something, as they are written and each once: the owner and the authors
    of the document, the owners of its actions, its reviewers."""
    named = (
        incident.owner,
        *incident.authors,
        *(action.owner for action in incident.actions),
        *(review.reviewer for review in incident.reviews),
    )
    return tuple(dict.fromkeys(word for each in named if (word := each.strip())))


def finished(action: Action) -> bool:
    """Whether nothing is left to do."""
    return action.status.strip().casefold() in FINISHED


class Index:
    """Who of a library has what. Each part is made when it is first asked for."""

    def __init__(self, records: tuple[Neighbour, ...]) -> None:
        self.records = records
        self._looked_up: dict[tuple[float, int], dict[tuple[str, ...], list[Subjects]]] = {}

    @cached_property
    def by_length(self) -> dict[float, list[tuple[Neighbour, str, str]]]:
        """Who states a length, by its minutes: the incident, what is stated, and the words."""
        found: dict[float, list[tuple[Neighbour, str, str]]] = defaultdict(list)
        for record in self.records:
            for what, minutes, words in record.lengths:
                found[minutes].append((record, what, words))
        return dict(found)

    @cached_property
    def by_person(self) -> dict[str, list[tuple[Neighbour, str]]]:
        """Where people occur, by `name_key`: the incident, and how they are written there."""
        found: dict[str, list[tuple[Neighbour, str]]] = defaultdict(list)
        for record in self.records:
            for person in record.people:
                if key := name_key(person):
                    found[key].append((record, person))
        return dict(found)

    @cached_property
    def _by_shortened(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.by_person:
            for shortened in _shortened(key):
                found[shortened].append(key)
        return dict(found)

    def a_slip_away(self, key: str) -> list[str]:
        """The `name_key`s that may be one slip away from a name, itself left out: a superset, to be looked at.

        Two names that differ by one slip have a form in common that each gives when one letter, or none, is left out;
        so only these forms have to be looked up ("symmetric delete").
        """
        forms = self._by_shortened
        return sorted({near for form in _shortened(key) for near in forms.get(form, ())} - {key})

    @cached_property
    def _asked(self) -> dict[str, Subjects]:
        """What each open action is about, by its text."""
        return {text: asked(text) for record in self.records for text in record.actions}

    def about(self, text: str) -> Subjects:
        """What an action is about (see `asked`), of the library or not."""
        known = self._asked.get(text)
        return asked(text) if known is None else known

    @cached_property
    def _actions(self) -> dict[Subjects, list[tuple[Neighbour, str]]]:
        """The open actions by what they are about."""
        actions: dict[Subjects, list[tuple[Neighbour, str]]] = defaultdict(list)
        for record in self.records:
            for text in record.actions:
                actions[self._asked[text]].append((record, text))
        return dict(actions)

    @cached_property
    def _common(self) -> Counter[str]:
        """In how many different actions each subject occurs."""
        return Counter(subject for about in self._actions for subject in about)

    def _telling(self, about: Subjects, least: float, together: int) -> Iterator[tuple[str, ...]]:
        """The rarest of some subjects, so many `together` in every way, of which another action that has a share of all
        in common with them has at least one among its own: of n subjects it can miss all but n times the share.

        Two actions that are so much alike have that many of their rarest subjects in common ("prefix filter"); pairs
        are shared by far fewer than single subjects are, and three by fewer still.
        """
        common = self._common
        rarest = sorted(about, key=lambda subject: (common[subject], subject))
        return combinations(rarest[: len(about) - _share(about, least) + together], together)

    def _by_subjects(self, least: float, together: int) -> dict[tuple[str, ...], list[Subjects]]:
        """What some telling subjects are a part of, by the share that is wanted."""
        if (least, together) not in self._looked_up:
            found: dict[tuple[str, ...], list[Subjects]] = defaultdict(list)
            for about in self._actions:
                if together == 3 and len(about) > _FEW / least:
                    continue  # too long to be like one that is looked up so
                for subjects_ in self._telling(about, least, together):
                    found[subjects_].append(about)
            self._looked_up[least, together] = dict(found)
        return self._looked_up[least, together]

    def like_action(self, text: str, least: float) -> list[tuple[float, list[tuple[Neighbour, str]]]]:
        """The open actions that have at least a share (0 to 1) of their subjects in common with a text.

        Those about the very same are one group: the share, and who has them; the most alike come first.
        """
        wanted = self.about(text)
        needed = _share(wanted, least)
        together = 3 if needed > 2 and len(wanted) <= _FEW else 2 if needed > 1 else 1
        actions, by_subjects = self._actions, self._by_subjects(least, together)
        candidates = {
            about for each in self._telling(wanted, least, together) for about in by_subjects.get(each, ())
        }  # fmt: skip
        near = [about for about in candidates if len(wanted & about) >= needed]
        found = [(shared, actions[about]) for about in near if (shared := overlap(wanted, about)) >= least]
        return sorted(found, key=lambda group: (-group[0], group[1][0][1]))


def _share(about: Subjects, least: float) -> int:
    """How many of some subjects are at least a share of them."""
    return ceil(least * len(about) - 1e-9)


Subjects = frozenset[str]


@lru_cache(maxsize=4096)
def asked(text: str) -> Subjects:
    """What an action is about, without its figures: an alert at 10 % and one at 15 % ask for much the same."""
    return frozenset(subject for subject in subjects(text) if not subject.isdigit())


def _shortened(key: str) -> set[str]:
    """A name with one letter, or none, left out."""
    if len(key) > LONGEST_NAME:
        return {key}
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


class Others(Sequence[Neighbour]):
    """All incidents of a library but one. `library` is over all of them; `own` is the one that is left out."""

    def __init__(self, library: Index, position: int) -> None:
        self.library = library
        self.own = library.records[position]
        self._position = position

    def __len__(self) -> int:
        return len(self.library.records) - 1

    @overload
    def __getitem__(self, at: int) -> Neighbour: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Neighbour]: ...

    def __getitem__(self, at: int | slice) -> Neighbour | Sequence[Neighbour]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        return self.library.records[number + (number >= self._position)]


def others(index: Index, own: int) -> Others:
    """All records of an index but the one at a position, which is the incident that is looked at. Copies none."""
    return Others(index, own)


def index_of(neighbours: Sequence[Neighbour]) -> tuple[Index, Neighbour | None]:
    """Who has what, and the record that has to be passed over because it is the incident itself, if there is one."""
    if isinstance(neighbours, Others):
        return neighbours.library, neighbours.own
    return Index(tuple(neighbours)), None

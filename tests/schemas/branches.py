"""What two people do to the same incident on two branches: edits by chance, the same at every run for one seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from schemas import comments as talk
from schemas import edits, event_edits
from schemas.ids import new_id, remark_id
from schemas.incident import (
    ITEM_LISTS,
    KINDS,
    MILESTONES,
    Action,
    Comment,
    Event,
    Factor,
    Impact,
    Incident,
    Model,
    OtherSection,
    Review,
    Stated,
    Waiver,
)
from schemas.merge_model import with_unknown
from schemas.section_order import section_order
from schemas.sections import SECTION_KEYS
from schemas.verdicts import VERDICTS, ask, give_verdict

_START = datetime(2024, 5, 2, 9)
_TEXT_OF = {
    "events": "text", "actions": "text", "impacts": "what", "factors": "text", "comments": "text",
    "other_sections": "body", "reviews": "summary",
}  # fmt: skip
_LINES_OF = {"events": "actor", "actions": "owner", "impacts": "unit", "factors": "kind", "comments": "quote"}


class Branch:
    """One side's edits. `name` begins every word that it writes, so that one can tell where a word is from."""

    def __init__(self, incident: Incident, seed: str, name: str) -> None:
        self.incident = incident
        self.rng = random.Random(seed)
        self.name = name
        self._count = 0

    def word(self) -> str:
        """A word that nobody else writes."""
        self._count += 1
        return f"{self.name}{self._count}"

    def sentence(self) -> str:
        return f"{self.word().capitalize()} {' '.join(self.word() for _ in range(self.rng.randint(1, 6)))}."

    def edited(self, most: int = 6) -> Incident:
        """The incident after up to `most` edits."""
        for _ in range(self.rng.randint(1, most)):
            self.rng.choice(_EDITS)(self)
        return self.incident

    def prose(self, body: str) -> str:
        """A text after somebody worked on it."""
        if not body or self.rng.random() < 0.1:
            return self.sentence() + "\n"
        kind = self.rng.randrange(6)
        if kind == 0:
            return f"{body.rstrip()} {self.sentence()}\n"
        if kind == 1:
            return f"{body.removesuffix(chr(10))}\n- {self.sentence()}\n"
        lines = body.split("\n")
        at = self.rng.randrange(len(lines))
        words = lines[at].split(" ")
        place = self.rng.randrange(len(words))
        if kind == 2:
            words[place] = self.word()
        elif kind == 3:
            words.insert(place, self.word())
        elif kind == 4:
            del words[place]
        else:
            lines.insert(at, self.sentence())
            return "\n".join(lines)
        lines[at] = " ".join(words)
        return "\n".join(lines)

    def an_id(self, name: str) -> str | None:
        ids = [item.id for item in getattr(self.incident, name) if item.id]
        return self.rng.choice(ids) if ids else None

    def moment(self) -> datetime:
        return _START + timedelta(minutes=self.rng.randrange(0, 600, 5))

    def fresh(self) -> str:
        return new_id(self.incident, self.rng)

    def remark_id(self) -> str:
        """The id of a remark; now and then one that the other side gives too, if that is still free here."""
        taken = {comment.id for comment in self.incident.comments} | {review.id for review in self.incident.reviews}
        shared = [name for name in ("sameid", "alikes") if name not in taken]
        return shared[0] if shared and self.rng.random() < 0.2 else remark_id(self.incident, self.rng)


def _section(b: Branch) -> None:
    key = b.rng.choice([*SECTION_KEYS[:4], *(section.id for section in b.incident.other_sections)])
    b.incident = edits.set_section(b.incident, key, b.prose(edits.section_text(b.incident, key)))


def _field(b: Branch) -> None:
    name = b.rng.choice(("title", "severity", "owner", "status"))
    b.incident = edits.set_field(b.incident, name, b.word())


def _words(b: Branch) -> None:
    name = b.rng.choice(("tags", "authors", "services"))
    words = list(getattr(b.incident, name))
    if words and b.rng.random() < 0.4:
        words.pop(b.rng.randrange(len(words)))
    elif len(words) > 1 and b.rng.random() < 0.3:
        b.rng.shuffle(words)
    else:
        words.insert(b.rng.randint(0, len(words)), b.word())
    b.incident = edits.set_field(b.incident, name, words)


def _add(b: Branch) -> None:
    text = b.sentence()
    made: dict[str, Callable[[], Model]] = {
        "events": lambda: Event(id=b.fresh(), at=b.rng.choice((b.moment(), None)), text=text, kind=b.rng.choice(KINDS)),
        "actions": lambda: Action(id=b.fresh(), text=text),
        "impacts": lambda: Impact(id=b.fresh(), what=text),
        "factors": lambda: Factor(id=b.fresh(), text=text),
        "comments": lambda: Comment(id=b.fresh(), text=text, at=b.moment()),
        "reviews": lambda: Review(id=b.fresh(), summary=text, verdict="approve"),
        "stated": lambda: Stated(id=b.fresh(), what="duration", value=text),
        "other_sections": lambda: OtherSection(
            id=b.fresh(), heading=text, after=b.rng.choice(section_order(b.incident)), body=text
        ),
    }
    name = b.rng.choice(list(made))
    b.incident = edits.add_item(b.incident, name, made[name]())


def _event(b: Branch) -> None:
    if (key := b.an_id("events")) is not None:
        changes: dict[str, Any] = b.rng.choice(
            (
                {"at": b.moment()}, {"at": None}, {"about": True}, {"kind": b.rng.choice(KINDS)},
                {"milestones": (b.rng.choice(MILESTONES),)}, {"links": (b.word(),)}, {"until": b.moment()},
            )
        )  # fmt: skip
        b.incident = edits.update_item(b.incident, "events", key, **changes)


def _text(b: Branch) -> None:
    name = b.rng.choice(list(_TEXT_OF))
    if (key := b.an_id(name)) is not None:
        field = _TEXT_OF[name]
        changes = {field: b.prose(getattr(edits.item(b.incident, name, key), field))}
        b.incident = edits.update_item(b.incident, name, key, **changes)


def _line(b: Branch) -> None:
    name = b.rng.choice(list(_LINES_OF))
    if (key := b.an_id(name)) is not None:
        b.incident = edits.update_item(b.incident, name, key, **{_LINES_OF[name]: b.word()})


def _remove(b: Branch) -> None:
    name = b.rng.choice([name for name in ITEM_LISTS if name != "waivers"])
    if (key := b.an_id(name)) is not None:
        b.incident = edits.remove_items(b.incident, name, {key})


def _move(b: Branch) -> None:
    name = b.rng.choice(("actions", "impacts", "events", "other_sections"))
    if (key := b.an_id(name)) is not None:
        steps = b.rng.choice((-2, -1, 1, 2))
        if name == "other_sections":
            b.incident = edits.move_section(b.incident, key, steps)
        else:
            b.incident = edits.move_item(b.incident, name, key, steps)


def _shift(b: Branch) -> None:
    ids = [event.id for event in b.incident.events if isinstance(event.at, datetime) and 1 < event.at.year < 9998]
    if ids:
        some = b.rng.sample(ids, b.rng.randint(1, len(ids)))
        plain = [key for key in some if _plain(edits.item(b.incident, "events", key))]
        b.incident = event_edits.shift_events(b.incident, plain, timedelta(minutes=b.rng.choice((-90, 30))))


def _plain(event: Event) -> bool:
    return event.latest is None and event.until is None


def _waive(b: Branch) -> None:
    waiver = Waiver(rule=b.rng.choice(("C001", "T004", "P002")), where=b.rng.choice(("", "title")), reason=b.sentence())
    b.incident = edits.waive(b.incident, waiver)


PLACES = ("", "title", "sections/summary", "events", "actions")


def _talk(b: Branch) -> None:
    """A comment on something, on what somebody else may be talking about too, or an answer."""
    comments = b.incident.comments
    at, name = b.moment(), b.remark_id()
    if comments and b.rng.random() < 0.4:
        answered = b.rng.choice(comments).id
        b.incident = talk.reply(b.incident, answered, comment_id=name, author=b.name, at=at, text=b.sentence())
        return
    places = [*PLACES, *(f"events/{event.id}" for event in b.incident.events[:2])]
    b.incident = talk.add_comment(
        b.incident, comment_id=name, on=b.rng.choice(places), author=b.name, at=at, text=b.sentence()
    )


def _settle(b: Branch) -> None:
    if b.incident.comments:
        comment = b.rng.choice(b.incident.comments)
        if b.rng.random() < 0.5:
            b.incident = talk.set_resolved(b.incident, comment.id, not comment.resolved)
        else:
            b.incident = talk.edit_comment(b.incident, comment.id, b.prose(comment.text), at=b.moment())


def _say(b: Branch) -> None:
    """Ask for a review, or give a verdict on the content as it is on this branch."""
    who, at, name = b.rng.choice((b.name, "Kim", "Lee")), b.moment(), b.remark_id()
    if b.rng.random() < 0.3:
        b.incident = ask(b.incident, review_id=name, reviewer=who, at=at)
    else:
        said, summary = b.rng.choice(VERDICTS), b.sentence()
        b.incident = give_verdict(b.incident, review_id=name, reviewer=who, at=at, verdict=said, summary=summary)


def _unknown(b: Branch) -> None:
    key = b.rng.choice(("x-one", "x-two", "x-three"))
    value = b.rng.choice((b.word(), 3, {"inner": b.word()}, [b.word()], {"inner": {"deep": b.word()}}))
    name = b.rng.choice(("", "sections", "events", "actions"))
    if name == "":
        b.incident = with_unknown(b.incident, _with(b.incident, key, value))
    elif name == "sections":
        sections = with_unknown(b.incident.sections, _with(b.incident.sections, key, value))
        b.incident = b.incident.model_copy(update={"sections": sections})
    elif items := getattr(b.incident, name):
        at = b.rng.randrange(len(items))
        item = with_unknown(items[at], _with(items[at], key, value))
        b.incident = b.incident.model_copy(update={name: (*items[:at], item, *items[at + 1 :])})


def _with(model: Model, key: str, value: object) -> dict[str, object]:
    known = dict(model.model_extra or {})
    if key in known and value == 3:
        del known[key]
        return known
    return {**known, key: value}


_EDITS: tuple[Callable[[Branch], None], ...] = (
    _section, _section, _section, _field, _words, _words, _add, _add, _add, _event, _event, _text, _text, _line,
    _remove, _remove, _move, _shift, _waive, _unknown, _talk, _talk, _talk, _settle, _say,
)  # fmt: skip


def edited(incident: Incident, seed: str, name: str, most: int = 6) -> Incident:
    """The incident after the edits of one side. Words that it writes begin with `name`."""
    return Branch(incident, f"{seed} {name}", name).edited(most)

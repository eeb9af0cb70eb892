"""Faults in the action items: nobody's, without a date, vague, overdue, with words that nothing knows.

What most items lack is told once for the document; a list that says the same of each item is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from schemas.checks.naming import AT_MOST, choices, counted, listed, named, place, quoted, same_word
from schemas.checks.prose import plain
from schemas.checks.registry import Facts, Finding, Fix, Rule, rule
from schemas.incident import ACTION_STATUSES, ACTION_TYPES, PRIORITIES, Action, Incident
from schemas.neighbours import finished
from schemas.patterns import late

_NOBODY: Final = frozenset({"", "tbd", "tba", "todo", "none", "nobody", "n/a", "na", "unassigned", "unknown", "owner"})
_GROUP: Final = late(
    r"\b(?:teams?|everyone|everybody|all|group|squad|crew|department|dept|engineers|developers|devs|admins|operators|staff"
    r"|we|us|various|multiple|several)\b",
    re.IGNORECASE,
)
_SEVERAL: Final = late(r"[,;&+|]|\band\b|\by\b|\bet\b|\w\s*/\s*\w", re.IGNORECASE)


def nobody(owner: str) -> bool:
    """Whether an owner names no one: blank, or a word such as "TBD"."""
    return owner.strip(" \t-–—?.…_<>[]()").casefold() in _NOBODY


def not_one_person(owner: str) -> bool:
    """Whether an owner is a group or several people. A handle with a slash, such as `@org/name`, is one name."""
    if _GROUP.search(owner):
        return True
    return owner.count("@") > 1 or (not owner.lstrip().startswith("@") and _SEVERAL.search(owner) is not None)


@rule("A01", "action without one owner", "warning", "actions")
def owners(this: Rule, facts: Facts) -> Iterator[Finding]:
    """What belongs to nobody, or to everybody, is not done."""
    unfinished = [action for action in facts.incident.actions if not finished(action)]
    hint = "Name one person who sees to it; others can help."
    orphans = [action for action in unfinished if nobody(action.owner)]
    if _most(orphans, unfinished):
        message = f"{_share(orphans, unfinished)} no owner"
        yield this.finding("actions", message, "Name one person for each; others can help.")
    else:
        for action in orphans:
            yield this.finding(place("actions", action.id, "owner"), f"{named(action)} has no owner", hint)
    groups: dict[str, list[Action]] = {}
    for action in unfinished:
        if not nobody(action.owner) and not_one_person(action.owner):
            groups.setdefault(action.owner.strip(), []).append(action)
    shared = list(groups.items())
    for owner, items in shared[:AT_MOST]:
        if len(items) == 1:
            message = f"{named(items[0])} belongs to {quoted(owner)}, which is not one person"
            yield this.finding(place("actions", items[0].id, "owner"), message, hint)
        else:
            message = f"{counted(len(items), 'action')} belong to {quoted(owner)}, which is not one person"
            yield this.finding("actions", message, "Name one person for each; others can help.")
    if more := shared[AT_MOST:]:
        message = f"{counted(len(more), 'more owner')} are not one person, such as {quoted(more[0][0])}"
        yield this.finding("actions", message, "Name one person for each; others can help.")


@rule("A03", "action without a due date", "warning", "actions")
def due_dates(this: Rule, facts: Facts) -> Iterator[Finding]:
    """Without a date nobody notices that nothing has happened; priority, type and link are told once, as a remark."""
    unfinished = [action for action in facts.incident.actions if not finished(action)]
    undated = [action for action in unfinished if action.due is None]
    if _most(undated, unfinished):
        message = f"{_share(undated, unfinished)} no due date"
        yield this.finding("actions", message, "Agree on a day for each with its owner.")
    else:
        for action in undated:
            hint = "Agree on a day with its owner."
            yield this.finding(place("actions", action.id, "due"), f"{named(action)} has no due date", hint)
    lacking: dict[int, list[str]] = {}
    for field in ("priority", "type", "link"):
        if without := sum(1 for action in unfinished if not getattr(action, field).strip()):
            lacking.setdefault(without, []).append(field)
    if lacking:
        total = len(unfinished)
        parts = [
            f"{'all' if number == total else f'{number} of {total}'} without {listed(fields)}"
            for number, fields in sorted(lacking.items(), reverse=True)
        ]
        hint = "A priority says what comes first, a type what it is good for, a link where it is tracked."
        yield replace(this.finding("actions", f"open actions: {'; '.join(parts)}", hint), severity="info")


def _most(lacking: list[Action], unfinished: list[Action]) -> bool:
    return len(lacking) > 1 and len(lacking) * 2 > len(unfinished)


def _share(lacking: list[Action], unfinished: list[Action]) -> str:
    if len(lacking) == len(unfinished):
        return f"{'both' if len(lacking) == 2 else f'all {len(lacking)}'} open actions have"
    return f"{len(lacking)} of {len(unfinished)} open actions have"


_VAGUE: Final = late(
    r"(?:[^:\n]{1,40}:\s+)?(?:we (?:should|will|need to|must) |please |to )?"
    r"(improve|enhance|strengthen|investigate|consider|explore|look into|think about|foster|raise awareness|try to"
    r"|(?:be|being) (?:more )?careful|pay (?:more )?attention|make (?:\w+ ){0,3}better|better)\b",
    re.IGNORECASE,
)


def vague_verb(action: Action) -> str:
    """The verb that an action begins with if it says no end: `improve`, `look into`; empty otherwise.

    Something to measure it by makes it definite, and to investigate is what an action of that type is for.
    """
    text = plain(action.text).strip()
    match = _VAGUE.match(text)
    if match is None or re.search(r"\d", text):
        return ""
    verb = match[1].casefold()
    looking = verb in ("investigate", "explore", "look into")
    return "" if looking and action.type.strip().casefold() == "investigate" else verb


@rule("A04", "action with a vague verb", "info", "actions")
def vague_verbs(this: Rule, facts: Facts) -> Iterator[Finding]:
    """An action that begins with "improve" or "consider" has no end that could be seen."""
    found = [
        (action, verb) for action in facts.incident.actions if not finished(action) and (verb := vague_verb(action))
    ]
    hint = "Say what will be there or be different when it is done."
    if len(found) > 2:
        verbs = list(dict.fromkeys(verb for _, verb in found))
        message = f"{len(found)} actions begin with a vague verb: {listed([quoted(verb) for verb in verbs], 4)}"
        yield this.finding("actions", message, hint)
        return
    for action, verb in found:
        yield this.finding(place("actions", action.id, "text"), f"{named(action)}: {quoted(verb)} is vague", hint)


@rule("A08", "action overdue", "warning", "actions", "now")
def overdue(this: Rule, facts: Facts) -> Iterator[Finding]:
    """The day has passed and the action is still open."""
    today = facts.now.date()
    late = [(action.due, action) for action in facts.incident.actions
            if action.due is not None and action.due < today and not finished(action)]  # fmt: skip
    hint = "Do it, agree on another day, or drop it and say why."
    for due, action in late[:AT_MOST]:
        message = f"{named(action)} was due on {due.isoformat()} and is still open"
        yield this.finding(place("actions", action.id, "due"), message, hint)
    if more := late[AT_MOST:]:
        yield this.finding("actions", f"{counted(len(more), 'more action is', 'more actions are')} overdue", hint)


@rule("A11", "unknown type, priority or status of an action", "warning", "actions")
def unknown_words(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A word that nothing knows cannot be sorted by or counted."""
    for field, known in (("type", ACTION_TYPES), ("priority", PRIORITIES), ("status", ACTION_STATUSES)):
        unknown: dict[str, list[str]] = {}
        for action in facts.incident.actions:
            word = getattr(action, field)
            if word not in known and (word.strip() or field == "status"):
                unknown.setdefault(word, []).append(action.id)
        for word, ids in list(unknown.items())[:AT_MOST]:
            right = same_word(word, known)
            fix = _write(field, word, right) if right else None
            on = f"{len(ids)} actions have" if len(ids) > 1 else "an action has"
            message = f"{on} the unknown {field} {quoted(word)}" if word.strip() else f"{on} no {field}"
            hint = f"Write {right}." if right else f"Use {choices(known)}."
            yield this.finding(place("actions", ids[0], field), message, hint, fix)
        if more := list(unknown)[AT_MOST:]:
            message = f"{len(more)} more words for the {field} are not known"
            yield this.finding("actions", message, f"Use {choices(known)}.")


def _write(field: str, wrong: str, right: str) -> Fix:
    def edit(incident: Incident) -> Incident:
        actions = tuple(
            action.changed(**{field: right}) if getattr(action, field) == wrong else action
            for action in incident.actions
        )
        return incident.model_copy(update={"actions": actions})

    return Fix(f"write {right} instead of {quoted(wrong)}", edit)

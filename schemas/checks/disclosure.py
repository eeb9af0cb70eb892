"""What must not leave the house: secrets nowhere, and addresses of people and machines not in what outsiders read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from schemas.checks import told
from schemas.checks.naming import AT_MOST, counted, listed, place, quoted
from schemas.checks.probes import Probes, holds
from schemas.checks.prose import REMEMBERED, uncommented
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.secrets import secrets_of
from schemas.checks.stages import reached
from schemas.incident import Event, Incident
from schemas.patterns import late
from schemas.pieces import pieces_of

OUTSIDE: Final = frozenset({"external", "public", "customers", "customer-facing"})
"""Tags of an incident, and audiences of its events and impacts, that say that it is told outside the house."""

_MAIL: Final = late(r"(?<![\w.+\-/:@])([\w.+\-]{1,64})@((?:[\w\-]{1,63}\.){1,8}[a-z]{2,24})\b(?![\w/:])", re.IGNORECASE)
_FOR_ALL: Final = frozenset((
    "abuse", "contact", "feedback", "hello", "help", "hilfe", "info", "legal", "mail", "noreply", "no-reply", "office",
    "postmaster", "press", "privacy", "sales", "security", "service", "status", "support", "webmaster",
))  # fmt: skip
"""Mailboxes that are there for everybody to write to."""

_INSIDE: Final = late(
    r"(?<![\w.\-@])(?:[a-z0-9](?:[a-z0-9\-]{0,62})\.){1,8}"
    r"(?:internal|local|localdomain|lan|corp|intra|intranet|private|home\.arpa|svc|consul)\b(?![\w\-]|\.\w|\()"
    r"|(?<![\w.\-])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}"
    r"|169\.254(?:\.\d{1,3}){2})(?![\w\-]|\.\d)"
    r"|\bip-10(?:-\d{1,3}){3}\b",
    re.IGNORECASE,
)
"""Names that resolve only inside (RFC 6762, RFC 8375, and what is in use), and private addresses (RFC 1918, 3927)."""

_PROBES: Final = Probes(
    ".internal", ".local", ".lan", ".corp", ".intra", ".private", ".home.arpa", ".svc", ".consul", "10.", "192.168.",
    "172.", "169.254.", "ip-10-", "@",
)  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def inside_only(text: str) -> tuple[str, ...]:
    """The people's e-mail addresses and the internal machines that a text names; comments are not looked at."""
    return _inside(text) if _may_be_inside(text, text.lower()) else ()


def _may_be_inside(_: str, folded: str) -> bool:
    return holds(folded, _PROBES, folded)


@lru_cache(maxsize=REMEMBERED)
def _inside(text: str) -> tuple[str, ...]:
    said = uncommented(text) if "<!--" in text else text
    mails = (match[0] for match in _MAIL.finditer(said)) if "@" in said else iter(())
    found = [mail for mail in mails if mail.partition("@")[0].casefold() not in _FOR_ALL]
    return tuple(dict.fromkeys((*found, *(match[0] for match in _INSIDE.finditer(said)))))


@rule(
    "C12", "secret, or something internal for outsiders", "error", "status", "tags", "title", "sections",
    "other_sections", "impacts", "factors", "events", "actions", "comments", "reviews",
)  # fmt: skip
def disclosed(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A password or key stands in the file, or what outsiders read names people's addresses or internal machines."""
    incident = facts.incident
    hint = "Revoke it first, since whoever has the file or its history has it too; then take it out."
    secrets = list(secrets_of(incident))
    for secret in secrets[:AT_MOST]:
        yield this.finding(secret.where, f"this looks like a secret ({secret.kind}): {secret.shown}", hint)
    if more := secrets[AT_MOST:]:
        yield this.finding(
            more[0].where, f"{counted(len(more), 'more secret')} in the file, such as {more[0].shown}", hint
        )
    status = incident.status
    found = dict(_for_outsiders(incident))
    if not found:
        return
    names = tuple(dict.fromkeys(name for each in found.values() for name in each))
    message = f"outsiders would read {listed([quoted(name) for name in names], 3)}"
    finding = this.finding(next(iter(found)), message, "Take it out, or mark the event or impact as internal.")
    if not told_outside(incident):
        yield replace(finding, severity="info")
    else:
        yield finding if reached(status, "approved") else replace(finding, severity="warning")


def told_outside(incident: Incident) -> bool:
    """Whether the incident says of itself that it is told outside the house: by a tag, or by an audience."""
    audiences = {impact.audience.strip().casefold() for impact in incident.impacts}
    tags = {tag.strip().casefold() for tag in incident.tags}
    return bool((audiences | tags | {*pieces_of(incident.events).gathered(_audiences)}) & OUTSIDE)


def _audiences(events: tuple[Event, ...]) -> set[str]:
    return {event.audience.strip().casefold() for event in events if event.audience}


def _for_outsiders(incident: Incident) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is internal in the texts that a document for outsiders shows, with their places."""
    yield from _in_texts(incident)
    yield from pieces_of(incident.events).gathered(_in_events)
    yield from _in_actions(incident)


@told.until_changed("title", "sections", "other_sections", "impacts", "factors", "actions")
def _in_texts(incident: Incident) -> Iterator[tuple[str, tuple[str, ...]]]:
    texts = [*told.bodies(incident)] if told.prose(incident).found(_may_be_inside) else []
    texts += _items(incident) if told.items(incident).found(_may_be_inside) else []
    return ((where, names) for where, text in texts if (names := inside_only(text)))


def _in_events(events: tuple[Event, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """The same of the events that outsiders see."""
    story = told.story(events)
    if not story.holds_folded(_PROBES):
        return []
    return [
        (place("events", event.id, "text"), names)
        for event, text in zip(events, story.texts, strict=True)
        if event.audience.strip().casefold() != "internal" and (names := inside_only(text))
    ]


@told.until_changed("title", "sections", "other_sections", "impacts", "factors", "actions")
def _in_actions(incident: Incident) -> Iterator[tuple[str, tuple[str, ...]]]:
    if told.items(incident).found(_may_be_inside):
        for action in incident.actions:
            if names := inside_only(f"{action.text}\n{action.link}"):
                yield f"actions/{action.id}/text", names


def _items(incident: Incident) -> Iterator[tuple[str, str]]:
    yield "title", incident.title
    for section in incident.other_sections:
        yield f"other_sections/{section.id}/heading", section.heading
    for impact in incident.impacts:
        if impact.audience.strip().casefold() != "internal":
            yield f"impacts/{impact.id}/what", impact.what
    for factor in incident.factors:
        yield f"factors/{factor.id}/text", "\n".join((factor.text, *factor.links))

"""What must not leave the house: secrets nowhere, and addresses of people and machines not in what outsiders read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from schemas.checks import told
from schemas.checks.memory import of_each, of_the_last
from schemas.checks.naming import AT_MOST, counted, listed, place, quoted
from schemas.checks.prose import REMEMBERED, uncommented
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.checks.secrets import secrets_of
from schemas.checks.stages import reached
from schemas.incident import Event, Incident

OUTSIDE: Final = frozenset({"external", "public", "customers", "customer-facing"})
"""Tags of an incident, and audiences of its events and impacts, that say that it is told outside the house."""

_MAIL: Final = re.compile(
    r"(?<![\w.+\-/:@])([\w.+\-]{1,64})@((?:[\w\-]{1,63}\.){1,8}[a-z]{2,24})\b(?![\w/:])", re.IGNORECASE
)
_FOR_ALL: Final = frozenset((
    "abuse", "contact", "feedback", "hello", "help", "hilfe", "info", "legal", "mail", "noreply", "no-reply", "office",
    "postmaster", "press", "privacy", "sales", "security", "service", "status", "support", "webmaster",
))  # fmt: skip
"""Mailboxes that are there for everybody to write to."""

_INSIDE: Final = re.compile(
    r"(?<![\w.\-@])(?:[a-z0-9](?:[a-z0-9\-]{0,62})\.){1,8}"
    r"(?:internal|local|localdomain|lan|corp|intra|intranet|private|home\.arpa|svc|consul)\b(?![\w\-]|\.\w|\()"
    r"|(?<![\w.\-])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}"
    r"|169\.254(?:\.\d{1,3}){2})(?![\w\-]|\.\d)"
    r"|\bip-10(?:-\d{1,3}){3}\b",
    re.IGNORECASE,
)
"""Names that resolve only inside (RFC 6762, RFC 8375, and what is in use), and private addresses (RFC 1918, 3927)."""

_PROBES: Final = (
    ".internal", ".local", ".lan", ".corp", ".intra", ".private", ".home.arpa", ".svc", ".consul", "10.", "192.168.",
    "172.", "169.254.", "ip-10-", "@",
)  # fmt: skip


def inside_only(text: str) -> tuple[str, ...]:
    """The people's e-mail addresses and the internal machines that a text names; comments are not looked at."""
    return _inside(text) if told.holds(text.lower(), _PROBES) else ()


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
    found = {where: names for where, text in _for_outsiders(incident) if (names := inside_only(text))}
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
    return bool((audiences | tags | _audiences(incident.events)) & OUTSIDE)


@of_the_last
def _audiences(events: tuple[Event, ...]) -> set[str]:
    return {event.audience.strip().casefold() for event in events}


@of_each
def _events(events: tuple[Event, ...]) -> list[tuple[str, str] | None]:
    """The texts of the events that outsiders see and that name something internal, with their places."""
    texts = [told.of_event(event) for event in events]
    if not told.holds("\n".join(texts).lower(), _PROBES):
        return [None] * len(events)
    return [
        (place("events", event.id, "text"), text)
        if event.audience.strip().casefold() != "internal" and inside_only(text)
        else None
        for event, text in zip(events, texts, strict=True)
    ]


def _for_outsiders(incident: Incident) -> Iterator[tuple[str, str]]:
    """The texts that a document for outsiders shows and that may name something internal, with their places."""
    if told.holds(told.folded(incident), _PROBES):
        yield from told.bodies(incident)
    suspicious = told.holds(told.folded_items(incident), _PROBES)
    if suspicious:
        yield from _items(incident)
    yield from filter(None, _events(incident.events))
    if suspicious:
        for action in incident.actions:
            yield f"actions/{action.id}/text", f"{action.text}\n{action.link}"


def _items(incident: Incident) -> Iterator[tuple[str, str]]:
    yield "title", incident.title
    for section in incident.other_sections:
        yield f"other_sections/{section.id}/heading", section.heading
    for impact in incident.impacts:
        if impact.audience.strip().casefold() != "internal":
            yield f"impacts/{impact.id}/what", impact.what
    for factor in incident.factors:
        yield f"factors/{factor.id}/text", "\n".join((factor.text, *factor.links))

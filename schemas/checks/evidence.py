"""Evidence that will be gone, or show something else, when a reader comes to look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from schemas.checks import told
from schemas.checks.addresses import Trouble, addresses, trouble
from schemas.checks.naming import counted, place, quoted
from schemas.checks.registry import Facts, Finding, Rule, rule
from schemas.incident import Event, Incident

_SAID: Final[dict[Trouble, tuple[str, str, str]]] = {
    "malformed": ("is no address", "are no addresses", "Correct it, so that it can be opened."),
    "yours": (
        "only opens on the machine of whoever wrote it", "only open on the machine of whoever wrote them",
        "Put the file or the page where readers can get at it, and link to it there.",
    ),
    "moving": (
        "shows another time whenever it is opened", "show another time whenever they are opened",
        "Link to the hours of the incident (from and to as dates), or keep a picture.",
    ),
    "expiring": ("stops working after a while", "stop working after a while", "Keep a copy, and link to that."),
    "chat": (
        "leads to a conversation that readers may not be able to open",
        "lead to conversations that readers may not be able to open",
        "Quote here what it says, or keep a copy: chats are deleted, and not everybody is in them.",
    ),
}  # fmt: skip
"""What is wrong with one address, with several, and what to do about it."""


@rule(
    "P06", "evidence that will not last", "warning", "sections", "other_sections", "factors", "timeline", "actions"
)  # fmt: skip
def fleeting(this: Rule, facts: Facts) -> Iterator[Finding]:
    """A link is malformed, opens for its writer alone, or leads to what moves or expires; told once a sort."""
    found: dict[Trouble, dict[str, str]] = {}
    for where, address in _links(facts):
        if (why := trouble(address)) is not None:
            found.setdefault(why, {}).setdefault(address, where)
    for why, at in found.items():
        one, several, hint = _SAID[why]
        address, where = next(iter(at.items()))
        shown = quoted(_without_query(address), 60)
        if len(at) == 1:
            finding = this.finding(where, f"the link {shown} {one}", hint)
        else:
            finding = this.finding(where, f"{counted(len(at), 'link')} {several}, such as {shown}", hint)
        yield replace(finding, severity="info") if why == "chat" else finding


def _without_query(address: str) -> str:
    """What names an address: a signature in its query is nobody's business."""
    return address.partition("?")[0]


def _links(facts: Facts) -> Iterator[tuple[str, str]]:
    yield from _in_texts(facts.incident)
    yield from facts.timeline.of_events.gathered(_of_events)
    yield from _in_actions(facts.incident)


@told.until_changed("sections", "other_sections", "factors")
def _in_texts(incident: Incident) -> Iterator[tuple[str, str]]:
    if told.prose(incident).found(_may_link):
        for where, body in told.bodies(incident):
            for address in addresses(body):
                yield where, address
    for factor in incident.factors:
        for link in (*factor.links, *addresses(factor.text)):
            yield place("factors", factor.id), link.strip()


@told.until_changed("actions")
def _in_actions(incident: Incident) -> Iterator[tuple[str, str]]:
    for action in incident.actions:
        for link in (*((action.link,) if action.link else ()), *addresses(action.text)):
            yield place("actions", action.id, "link" if link == action.link else "text"), link.strip()


def _may_link(text: str, _: str) -> bool:
    return "://" in text


def _of_events(events: tuple[Event, ...]) -> list[tuple[str, str]]:
    """The links of events that something is the matter with."""
    return [
        (place("events", event.id, "links" if link in event.links else "text"), link.strip())
        for event in events
        if event.links or "://" in event.text
        for link in (*event.links, *addresses(event.text))
        if trouble(link.strip())
    ]

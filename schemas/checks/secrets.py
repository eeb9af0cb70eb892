"""Passwords, keys and tokens that stand in a text. What is found is never repeated: a finding shows how it begins.

The forms are those that issuers document, so that a word about passwords is none: GitHub
(https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github), Slack
(https://api.slack.com/concepts/token-types), AWS (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html),
Google, GitLab, Stripe, npm, JSON Web Tokens (RFC 7519), private keys (RFC 7468), and passwords in connection strings.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from schemas.checks import told
from schemas.checks.naming import place
from schemas.checks.probes import Probes, held_in
from schemas.checks.prose import REMEMBERED
from schemas.incident import Event, Incident
from schemas.patterns import late
from schemas.pieces import pieces_of


class Secret(Struct, frozen=True):
    """Where a secret stands, what it is, and how it begins, the rest being masked."""

    where: str
    kind: str
    shown: str


_NAMES: Final = "password|passwd|pwd|secret|api_key|apikey|api-key|access_key|access-key|auth_token|access_token"
"""What a setting is called that holds a secret."""

_IN_ADDRESS: Final = "password in an address"
_SETTING: Final = "password"

_KINDS: Final = tuple(
    (kind, gate, Probes(*probes.split(" ")), late(pattern))
    for kind, gate, probes, pattern in (
        ("private key", "", "-----BEGIN", r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
        ("AWS access key", "", "AKIA ASIA", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
        ("GitHub token", "_", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
         r"\bgh[pousr]_[A-Za-z0-9]{30,255}\b|\bgithub_pat_[A-Za-z0-9_]{30,255}\b"),
        ("GitLab token", "-", "glpat-", r"\bglpat-[A-Za-z0-9_\-]{20,}"),
        ("Slack token", "-", "xox xapp-", r"\b(?:xox[abprs]|xapp)-[A-Za-z0-9\-]{10,}"),
        ("Slack webhook", "://", "hooks.slack.com",
         r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_\-]{20,}"),
        ("Google API key", "", "AIza", r"\bAIza[0-9A-Za-z_\-]{35}"),
        ("Stripe key", "_", "_live_", r"\b[rs]k_live_[0-9A-Za-z]{16,}"),
        ("API key", "-", "sk-", r"\bsk-(?:[a-z]{2,10}-)?[A-Za-z0-9_\-]{32,}"),
        ("npm token", "_", "npm_", r"\bnpm_[A-Za-z0-9]{36}\b"),
        ("JSON web token", "", "eyJ", r"\beyJ[A-Za-z0-9_\-]{8,}\.eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}"),
        ("bearer token", "", "bearer Bearer BEARER",
         r"\b[Bb][Ee][Aa][Rr][Ee][Rr][ \t]+(?=[A-Za-z_\-.+/=~]*\d)[A-Za-z0-9_\-.+/=~]{20,}"),
        (_IN_ADDRESS, "@", "://",
         r"\b[A-Za-z][A-Za-z0-9+.\-]{1,20}://[^\s:/@<>\"'`]{0,64}:(?P<secret>[^\s/@<>\"'`]{3,128})@[\w.\-]+"),
        (_SETTING, "", "passw pwd secret apikey api_key api-key access_key access-key _token",
         rf"(?i:\b[\w.\-]{{0,32}}(?:{_NAMES})[\w\-]{{0,16}}[\"']?"
         r"(?:(?P<tight>=)|[ \t]{0,3}(?:=|:(?!//)|:=|=>)[ \t]{0,3}))"
         r"(?P<secret>\"[^\"\s]{6,128}\"|'[^'\s]{6,128}'|[^\s\"'`<>(){}\[\],;|&]{6,128})"),
    )
)  # fmt: skip
"""What to look for: its name, a sign and words of which one has to be there, and its form. Looking for a word that is
not there costs more the commoner its letters are; what a setting is called is looked for in small letters."""

_ALL_KINDS: Final = sum(probes.bit for _, _, probes, _ in _KINDS)

_STAND_IN: Final = late(
    r"[*x•.…_\-#?]+|[$%@/{].*|[\w.]+\(.*|[A-Za-z_]+(?:\.[A-Za-z_]+)+|[A-Z_]+"
    r"|(?i:(?:redacted|masked|hidden|removed|change_?me|example|placeholder|none|null|true|false|empty|unset|expired|rotated"
    r"|unknown|default|your|my|the|test|pass|password|passwd|pwd|secret|token|user|enabled|disabled|required|optional"
    r"|unchanged|missing|invalid|wrong|incorrect|not)(?![a-z]).*|.*(?:redacted|\.\.\.|…|\*\*\*|xxxx).*)"
)
"""What stands where a secret would: stars, a variable, a call, a word for one."""

_WORD: Final = late(r"[A-Za-z]+(?:[\-/'][A-Za-z]+)*")
"""A mere word behind "password:" is a sentence about passwords, unless it is written as a setting is."""


def secrets_in(text: str) -> tuple[tuple[str, str], ...]:
    """The secrets in a text: what each is, and how it begins with the rest masked."""
    return _found(text, kinds) if (kinds := _possible(text, text.lower())) else ()


def _possible(text: str, folded: str) -> tuple[int, ...]:
    """Which of the kinds there may be in a text, which is given in small letters too: a word of theirs is there."""
    held = held_in(folded)
    if not held & _ALL_KINDS:
        return ()
    return tuple([
        at for at, (kind, gate, probes, _) in enumerate(_KINDS)
        if held & probes.bit and gate in text and any(map((folded if kind == _SETTING else text).__contains__, probes))
    ])  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def _found(text: str, kinds: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for kind, _, _, pattern in (_KINDS[at] for at in kinds):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            secret = groups.get("secret")
            if secret is None:
                found.setdefault(masked(match[0]), kind)
                continue
            bare = secret.strip("\"'").rstrip(".!?")
            written = kind == _IN_ADDRESS or groups["tight"] or secret[0] in "\"'"
            if bare and not _STAND_IN.fullmatch(bare) and (written or not _WORD.fullmatch(bare)):
                found.setdefault(masked(match[0], secret), kind)
    return tuple((kind, shown) for shown, kind in found.items())


def masked(found: str, secret: str = "") -> str:
    """How a secret may be shown: what stands before it, or its first four characters, then stars."""
    shown = found.partition(secret)[0] if secret else found[:4]
    return f"{shown[-24:]}***"


def secrets_of(incident: Incident) -> Iterator[Secret]:
    """The secrets anywhere in an incident, remarks and reviews included: the file and its history hold them too."""
    yield from _elsewhere(incident)
    yield from pieces_of(incident.events).gathered(_of_events)


@told.until_changed(
    "title", "sections", "other_sections", "impacts", "factors", "actions", "comments", "reviews"
)  # fmt: skip
def _elsewhere(incident: Incident) -> Iterator[Secret]:
    texts = told.prose(incident), told.items(incident), told.remarks(incident)
    if kinds := tuple(sorted({kind for each in texts for kind in each.found(_possible)})):
        for where, text in (*told.bodies(incident), *_items(incident)):
            for kind, shown in _found(text, kinds):
                yield Secret(where, kind, shown)


def _of_events(events: tuple[Event, ...]) -> list[Secret]:
    story = told.story(events)
    kinds = _possible(story.whole, story.folded)
    if not kinds:
        return []
    return [
        Secret(place("events", event.id, "text"), *found)
        for event, text in zip(events, story.texts, strict=True)
        for found in _found(text, kinds)
    ]


def _items(incident: Incident) -> Iterator[tuple[str, str]]:
    """What somebody wrote freely apart from sections and events, with its place."""
    yield "title", incident.title
    for section in incident.other_sections:
        yield f"other_sections/{section.id}/heading", section.heading
    for impact in incident.impacts:
        yield f"impacts/{impact.id}/what", impact.what
    for factor in incident.factors:
        yield f"factors/{factor.id}/text", "\n".join((factor.text, *factor.links))
    for action in incident.actions:
        yield f"actions/{action.id}/text", f"{action.text}\n{action.link}"
    for comment in incident.comments:
        yield f"comments/{comment.id}/text", f"{comment.text}\n{comment.quote}"
    for review in incident.reviews:
        yield f"reviews/{review.id}/summary", review.summary

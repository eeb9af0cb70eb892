"""The incidents that ship with the program, for tests: their names, what is in them and what the checks say."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from schemas import metrics, timeline, toml_file
from schemas.checks import Finding, check
from schemas.incident import Event, Incident

FOLDER: Final = Path(__file__).parent.parent / "sample_incidents"

DEV_SERVER: Final = "2024-05-02-dev-server-package-update"
ACCOUNTS: Final = "2024-04-10-accounts-unreachable"
SHOP: Final = "2023-06-09-shop-database-corruption"
HARDWARE: Final = "2023-08-18-database-hardware-failure"
PRIMARY: Final = "2023-06-01-primary-server-outage"
CHECKOUT: Final = "2025-03-29-checkout-payment-latency"
NEW: Final = "new-incident"

ALL: Final = (DEV_SERVER, ACCOUNTS, SHOP, HARDWARE, PRIMARY, CHECKOUT, NEW)
WRITTEN: Final = ALL[:-1]


def text_of(name: str) -> str:
    """The file as it stands."""
    return (FOLDER / f"{name}.toml").read_bytes().decode("utf-8")


@cache
def sample(name: str) -> Incident:
    """The incident in the file."""
    return toml_file.loads(text_of(name))


def event(name: str, words: str) -> Event:
    """The one event whose text holds these words."""
    (found,) = [each for each in sample(name).events if words in each.text]
    return found


def with_milestone(name: str, milestone: str) -> list[Event]:
    """The events that mark a milestone, in the order of the file."""
    return [each for each in sample(name).events if milestone in each.milestones]


def measured(name: str) -> dict[str, str]:
    """Every metric of the default profile as it is printed."""
    return {each.metric.id: each.text for each in metrics.measure(timeline.build(sample(name)))}


def stated(name: str) -> dict[str, object]:
    """What the document states: minutes of lengths, moments of times."""
    return {each.what: each.at if each.minutes is None else each.minutes for each in sample(name).stated}


def findings(name: str) -> list[Finding]:
    """What the checks say of a sample in the summer of 2025, the waived findings too."""
    return list(check(sample(name), datetime(2025, 7, 7, 12, tzinfo=UTC)).findings)

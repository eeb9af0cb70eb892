"""`postmortem new`: a file for a new incident, filled in as far as it is known."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli import console
from tui.cli.on_screen import must_be_at_a_terminal, open_on_screen
from tui.cli.outputs import make_folder
from tui.cli.parameters import PATH, services_of

if TYPE_CHECKING:
    from schemas.incident import Incident
    from tui.workspace.services import Services


@click.command(short_help="Make a file for a new incident.")
@click.argument("place", metavar="[DIR]", type=PATH, default=Path())
@click.option("--title", default="", help="What happened, in one line.")
@click.option("--severity", default="", help="How bad it was: SEV0 (worst) to SEV5.")
@click.option("--zone", default="", help="The time zone of the story, such as Africa/Nairobi.")
@click.option("--started", metavar="WHEN", default="", help="When the impact began: 2024-05-02 14:05, 14:05, -2h …")
@click.option("--open", "open_it", is_flag=True, help="Open it on screen.")
@click.pass_context
def new(context: click.Context, place: Path, title: str, severity: str, zone: str, started: str, open_it: bool) -> int:
    """Make a file for a new incident in DIR (default: this folder) and print its name.

    A DIR that ends in .toml is the name of the file.
    """
    from schemas.toml_file import dumps
    from tui.workspace.atomic_writing import atomic_write
    from tui.workspace.names import new_file_name

    if open_it:
        must_be_at_a_terminal()
    services = services_of(context)
    incident, day = _drafted(services, title, severity, zone, started)
    path = place if place.suffix == ".toml" and not place.is_dir() else new_file_name(incident.title, day, place)
    make_folder(path.parent, services.disk)
    atomic_write(path, dumps(incident).encode("utf-8"), new=True, disk=services.disk)
    console.print_path(path)
    return open_on_screen(path) if open_it else 0


def _drafted(services: Services, title: str, severity: str, zone: str, started: str) -> tuple[Incident, date]:
    """The incident as far as it is known, and the day that its file is named after."""
    from schemas import zones
    from schemas.ids import new_id
    from schemas.incident import Event, Incident
    from schemas.readings import Context

    incident = Incident(
        title=_field("incident.title", "--title", title),
        severity=_field("incident.severity", "--severity", severity),
        zone=_field("incident.zone", "--zone", zone),
    )
    here = zones.resolve(incident.zone) if incident.zone else None
    now = services.now().astimezone(here)
    if not started.strip():
        return incident, now.date()
    wall = now.replace(tzinfo=None)
    known = Context(zone=here, zone_name=incident.zone, after=None, origin=wall, today=now.date(), now=wall)
    changes = _changes("event.at", "--started", started, known)
    event = Event(
        id=new_id(incident, services.rng), text="Impact begins", milestones=("impact-start",), kind="impact", **changes
    )  # fmt: skip
    day = event.at.date() if isinstance(event.at, datetime) else event.at
    return incident.model_copy(update={"events": (event,)}), day if isinstance(day, date) else now.date()


def _field(key: str, option: str, text: str) -> Any:
    from schemas.field_values import FieldError
    from schemas.fields import FIELDS

    try:
        return FIELDS[key].parse(text)
    except FieldError as error:
        raise click.BadParameter(str(error), param_hint=option) from error


def _changes(key: str, option: str, text: str, context: Any) -> dict[str, Any]:
    from schemas.field_values import FieldError
    from schemas.fields import FIELDS

    try:
        return FIELDS[key].changes(text, context)
    except FieldError as error:
        raise click.BadParameter(str(error), param_hint=option) from error

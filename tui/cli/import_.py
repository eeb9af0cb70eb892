"""`postmortem import`: documents that people wrote become incidents, and nothing in them is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from tui.cli import console
from tui.cli.outputs import make_folder
from tui.cli.parameters import PATH, services_of
from tui.workspace.errors import EXIT_FILE, UserError

if TYPE_CHECKING:
    from tui.workspace.import_files import Source
    from tui.workspace.import_outcomes import Outcome

_MANY: Final = 5
"""From this many documents on a bar shows how far it is."""
_TOLD: Final = 8
"""So many doubts and lines are told of each document; the JSON has all of them."""


class _Day(click.ParamType[date]):
    """A day as `2024-05-02`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2024-05-02", param, ctx)


def _zone(context: click.Context, parameter: click.Parameter, value: str) -> str:
    from schemas.field_values import FieldError
    from schemas.fields import FIELDS

    try:
        return str(FIELDS["incident.zone"].parse(value))
    except FieldError as error:
        raise click.BadParameter(str(error), context, parameter) from error


def _columns(context: click.Context, parameter: click.Parameter, value: str) -> dict[str, str]:
    from schemas.readers.source_columns import mapping_of

    try:
        return mapping_of(value)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


def _since(context: click.Context, parameter: click.Parameter, value: str) -> datetime | time | None:
    return _moment(context, parameter, value, time.min)


def _until(context: click.Context, parameter: click.Parameter, value: str) -> datetime | time | None:
    return _moment(context, parameter, value, time.max)


def _moment(
    context: click.Context, parameter: click.Parameter, value: str, of_day: time
) -> datetime | time | None:  # fmt: skip
    """A time that a person wrote: a day begins or ends the span as a whole, a clock is of the day of the source."""
    from schemas.readings import Context, NotATime
    from schemas.when import read_time

    if not value.strip():
        return None
    try:
        found = read_time(value, Context(undated=True))
    except NotATime as error:
        raise click.BadParameter(str(error), context, parameter) from error
    at = found.at
    if at is None or found.latest is not None or found.until is not None:
        raise click.BadParameter(f"{value!r} is no single time; write 2024-05-02 14:00 or 14:00", context, parameter)
    return at if isinstance(at, datetime | time) else datetime.combine(at, of_day)


@click.command("import", short_help="Make incidents of documents.")
@click.argument("documents", metavar="FILE...", type=PATH, nargs=-1, required=True)
@click.option("--output", "-o", type=PATH, metavar="DIR", help="The folder for the incidents.")
@click.option(
    "--zone",
    metavar="ZONE",
    default="",
    callback=_zone,
    help="The time zone where a document names none: Africa/Nairobi.",
)
@click.option("--date", "day", type=_Day(), metavar="DAY", help="The day on which the story begins: 2024-05-02.")
@click.option(
    "--map",
    "columns",
    metavar="COLUMNS",
    default="",
    callback=_columns,
    help="What columns of a table or keys of JSON mean: time=Created,text=Note.",
)
@click.option("--channel", metavar="NAME", default="", help="Which channel of a Slack export to read.")
@click.option(
    "--since",
    metavar="WHEN",
    default="",
    callback=_since,
    help="Leave out what was written before in a chat, log or table: 2024-05-02 14:00, or 14:00 on its first day.",
)
@click.option("--until", metavar="WHEN", default="", callback=_until, help="Leave out what was written later.")
@click.option("--dry-run", is_flag=True, help="Write no files; only tell what would come of it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to tell what came of it.",
)
@click.pass_context
def import_command(
    context: click.Context,
    documents: tuple[Path, ...],
    output: Path | None,
    zone: str,
    day: date | None,
    columns: dict[str, str],
    channel: str,
    since: datetime | time | None,
    until: datetime | time | None,
    dry_run: bool,
    form: str,
) -> int:
    """Make an incident of each document and tell what was read, assumed and doubtful.

    Documents are reports, chats, logs, tables and JSON; a FILE may be a folder or a ZIP archive of them, or an export
    of Slack. What is not understood is kept under "Unplaced text"; no file is overwritten.
    """
    from tui.workspace.import_files import Opened
    from tui.workspace.import_outcomes import Settled, import_document

    if output is None and not dry_run:
        raise click.UsageError("say where the incidents go: --output DIR (or --dry-run)", context)
    services = services_of(context)
    told = _Telling(form)
    sources = _sources(documents, told)
    if output is not None and not dry_run and sources:
        make_folder(output, services.disk)
    settled = Settled(zone, day, columns, channel, since, until)
    with _bar(len(sources)) as bar, Opened() as opened:
        told.waits = bar is not None
        for source in sources:
            try:
                folder = None if dry_run else output
                told.outcome(import_document(source, folder, settled, opened=opened, disk=services.disk))
            except UserError as error:
                if len(sources) == 1 and not told.failed:
                    raise
                told.failure(error)
            if bar is not None:
                bar.update(1)
    told.end()
    if not sources and not told.failed:
        console.say("note: there are no documents in there")
    return EXIT_FILE if told.failed else 0


def _sources(documents: Sequence[Path], told: _Telling) -> list[Source]:
    """All documents, each once; a folder or archive that cannot be read does not stop the others."""
    from tui.workspace.import_files import sources_of

    found: dict[Source, None] = {}
    for path in documents:
        try:
            found |= dict.fromkeys(sources_of([path]))
        except UserError as error:
            if len(documents) == 1:
                raise
            told.failure(error)
    return list(found)


def _bar(count: int) -> Any:
    if count < _MANY or not console.is_terminal(sys.stderr):
        return nullcontext()
    return click.progressbar(length=count, label="reading", file=sys.stderr)


class _Telling:
    """Tells what came of each document: the file on stdout, everything else on stderr, or all of it as JSON.

    While a bar is shown it `waits`. It keeps words and no documents, of which there may be thousands.
    """

    def __init__(self, form: str) -> None:
        self.failed = False
        self.waits = False
        self._json = form == "json"
        self._data: list[dict[str, Any]] = []
        self._late: list[Callable[[], None]] = []

    def outcome(self, outcome: Outcome) -> None:
        """What came of a document."""
        if self._json:
            self._data.append(outcome.as_json())
        else:
            lines, path = _report(outcome), outcome.output
            self._say(lambda: _tell(lines, path))

    def failure(self, error: UserError) -> None:
        """That a document could not be read, and why."""
        self.failed = True
        self._say(lambda: console.fail(error.title, error.detail, error.hint))

    def end(self) -> None:
        """Everything that has waited."""
        for say in self._late:
            say()
        if self._json:
            sys.stdout.write(console.json_text(self._data))

    def _say(self, say: Callable[[], None]) -> None:
        if self.waits:
            self._late.append(say)
        else:
            say()


def _tell(lines: Sequence[str], path: Path | None) -> None:
    for line in lines:
        console.say(line)
    if path is not None:
        console.print_path(path)


def _report(outcome: Outcome) -> list[str]:
    """What is told of a document in words."""
    imported = outcome.imported
    incident = imported.incident
    counts = f"{_count(len(incident.events), 'event')}, {_count(len(incident.actions), 'action')}"
    told = [f"  line {doubt.line}, unsure: {doubt.why}" for doubt in imported.doubts]
    told += [f"  line {line.number}, no place found: {line.text.strip()[:100]}" for line in imported.unplaced]
    more = [f"  {len(told) - _TOLD} more; --format json tells all of them"] if len(told) > _TOLD else []
    assumed = [f"  assumed: {assumption.said}" for assumption in imported.assumptions]
    return [f"{outcome.source}: {counts}", *assumed, *told[:_TOLD], *more]


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"

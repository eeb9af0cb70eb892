"""`postmortem schema`: the JSON Schema of the file format, for editors that complete and check TOML."""

from __future__ import annotations

import sys

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of the TOML file.

    Editors with a TOML language server complete and check incidents with it.
    """
    from importlib.resources import files

    sys.stdout.write(files("schemas").joinpath("incident.schema.json").read_text(encoding="utf-8"))

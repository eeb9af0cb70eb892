"""The command line as its own tests use it."""

from __future__ import annotations

from tests.cli.conftest import cli

__all__ = ["cli"]

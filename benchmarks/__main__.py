"""Measure the speed: `python -m benchmarks [--keep] [GROUP ...]`, all groups if none is named. Takes about an hour.

Prints one table for each group and exits with 1 where a goal is missed; `--keep` also writes `RESULTS.md`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module

from benchmarks import results
from benchmarks.table import Row, shown

GROUPS = {
    "model": "One change among 10,000 events",
    "saving": "Saving",
    "checking": "Checking many files",
    "library_index": "A library of 10,000 files",
    "importing": "Reading documents",
    "command_line": "Commands",
    "starting": "The start of the screen",
    "dialogs": "Dialogs and sections",
    "typing": "The screen: typing, idling",
    "long_timeline": "The screen of 10,000 events",
    "memory": "Standing still",
    "review_steps": "Stepping through a review",
    "peers": "Other programs",
    "slow_line": "A slow line",
    "growth": "How costs grow",
}
"""Modules that have `rows()`, and what is measured there."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--keep", action="store_true", help="write RESULTS.md")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.groups) - set(GROUPS):
        parser.error(f"there is no group {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    missed = False
    for name in asked.groups or GROUPS:
        rows: list[Row] = import_module(f"benchmarks.{name}").rows()
        print(f"\n{GROUPS[name]}\n\n{shown(rows)}", flush=True)
        if asked.keep:
            results.keep({name: (GROUPS[name], rows)}, date.today())
        missed = missed or not all(row.met for row in rows)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

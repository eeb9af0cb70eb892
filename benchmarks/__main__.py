"""All measurements in one table: `python -m benchmarks`. Takes some minutes; exits with 1 where a goal is missed."""

from __future__ import annotations

import sys

from benchmarks import checking, command_line, importing, model, review_steps, terminal
from benchmarks.table import shown


def main() -> int:
    rows = [
        *model.rows(),
        *checking.rows(),
        *importing.rows(),
        *command_line.rows(),
        *terminal.rows(terminal.setting_of()),
        *review_steps.rows(),
    ]
    print(shown(rows))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

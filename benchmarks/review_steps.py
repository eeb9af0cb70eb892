"""What a step in the review sends over the line, against moving the cursor of a DataTable with the same 2,000 events.

    python -m benchmarks.review_steps [events]

Both fill a terminal of the same size and go down event by event from the first one on; the bare app's table has the
time and the words of each event in a row. A cursor that only moves is the least there is; a table also scrolls, once
the cursor is at its foot, as the review turns the pages of its list.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from benchmarks.command_line import program
from benchmarks.keystrokes import Keystrokes, bare, press
from benchmarks.pseudo_terminal import PseudoTerminal
from benchmarks.samples import long_incident
from benchmarks.table import Row, shown
from schemas.toml_file import dumps

GOAL = 2.0
STEPS = 80
UNSCROLLED = 16
"""So many steps down from the first row the table moves its cursor and does not scroll yet, at every size."""

SIZES = ((80, 24), (120, 40))


def rows(size: int = 2_000) -> list[Row]:
    found = []
    incident = long_incident(size)
    for columns, lines in SIZES:
        with tempfile.TemporaryDirectory() as name:
            home = Path(name)
            file, table = home / "long.toml", home / "table.json"
            file.write_text(dumps(incident), encoding="utf-8")
            told = [[f"{event.at:%H:%M}", event.text.replace("\n", " ")] for event in incident.events]
            table.write_text(json.dumps(told), encoding="utf-8")
            review = [*program(), "review", str(file)]
            with (
                PseudoTerminal(review, columns, lines, home) as ours,
                PseudoTerminal(bare("table", str(table)), columns, lines, home) as floor,
            ):
                for terminal in (ours, floor):
                    terminal.read(20)
                    terminal.settle(2.5)
                if "1 of" not in ours.screen():
                    raise SystemExit(f"the review was not opened:\n{ours.screen()}")
                costs = {ours: Keystrokes(), floor: Keystrokes()}
                for _ in range(STEPS):
                    for terminal, key in ((ours, "n"), (floor, "down")):
                        press(terminal, key, costs[terminal], still=0.12)
        where = f"{columns}x{lines}"
        mine, least = costs[ours], costs[floor]
        against = f"a DataTable, {size:,} rows"
        moved = median(least.bytes[1:UNSCROLLED])
        found += [
            Row(f"{where} a step, sent", median(mine.bytes), moved, "B", f"{against}, not scrolling", GOAL),
            Row(f"{where} a step, most of them", quantiles(mine.bytes, n=10)[-1], moved, "B", "the same"),
            Row(f"{where} {STEPS} steps, sent", sum(mine.bytes), sum(least.bytes), "B", against, GOAL),
            Row(f"{where} a step, taken", median(mine.last), median(least.last), "ms", against, GOAL),
        ]
    return found


if __name__ == "__main__":
    print(shown(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)))

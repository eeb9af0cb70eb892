"""The least that Textual can be: the floor that the real program is measured against.

python -m benchmarks.bare_app static TEXT
python -m benchmarks.bare_app model
python -m benchmarks.bare_app checked FILE
python -m benchmarks.bare_app text WIDTH HEIGHT FILE
python -m benchmarks.bare_app table FILE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

if sys.argv[1:2] == ["static"]:
    # Not more is imported than this app needs: its start is what is measured.
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class OneStatic(App[None]):
        def compose(self) -> ComposeResult:
            yield Static(sys.argv[2])

    app: App[Any] = OneStatic()
elif sys.argv[1:2] in (["model"], ["checked"]):
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    if sys.argv[1] == "model":
        from pydantic import BaseModel

        class Pair(BaseModel):
            number: int
            text: str = ""
    else:
        from datetime import UTC, datetime

        from tui.workspace.rows import full_row

        row = full_row(Path(sys.argv[2]), datetime.now(UTC))

    class OneStaticBesideIt(App[None]):
        def compose(self) -> ComposeResult:
            yield Static("ready")

    app = OneStaticBesideIt()
elif sys.argv[1:2] == ["table"]:
    from textual.app import App, ComposeResult
    from textual.widgets import DataTable

    class OneTable(App[None]):
        def compose(self) -> ComposeResult:
            yield DataTable(cursor_type="row", show_header=False)

        def on_mount(self) -> None:
            table = self.query_one(DataTable)
            table.add_columns("time", "event")
            table.add_rows(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))

    app = OneTable()
else:
    from textual.app import App, ComposeResult
    from textual.widgets import TextArea

    class OneTextArea(App[None]):
        def compose(self) -> ComposeResult:
            area = TextArea(Path(sys.argv[4]).read_text(encoding="utf-8"), soft_wrap=True, show_line_numbers=False)
            area.cursor_blink = False
            area.styles.width, area.styles.height = int(sys.argv[2]), int(sys.argv[3])
            area.styles.border = ("none", "transparent")
            area.styles.padding = (0, 1)
            yield area

    app = OneTextArea()

if __name__ == "__main__":
    app.run()

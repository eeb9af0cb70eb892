"""The least that Textual can be: the floor that the real program is measured against.

python -m benchmarks.bare_app static TEXT
python -m benchmarks.bare_app model
python -m benchmarks.bare_app checked FILE
python -m benchmarks.bare_app text WIDTH HEIGHT FILE
python -m benchmarks.bare_app table FILE
python -m benchmarks.bare_app sections FILE
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
elif sys.argv[1:2] == ["sections"]:
    from textual.app import App, ComposeResult
    from textual.containers import Horizontal, Vertical
    from textual.widgets import OptionList, Static, TextArea

    class Sections(App[None]):
        """Names of sections, and the text of the one that is open between its heading and what belongs into it."""

        CSS = """
        OptionList { width: 24; height: 1fr; border: none; scrollbar-size: 1 1; }
        TextArea { height: 1fr; border: none; padding: 0 1; scrollbar-size: 1 1; }
        #body { height: 1fr; }
        #head { height: 2; }
        #heading, #status { height: 1; }
        #heading { margin-bottom: 1; }
        #prompt { height: auto; max-height: 3; }
        """
        BINDINGS = [("ctrl+pagedown", "step(1)"), ("ctrl+pageup", "step(-1)")]  # noqa: RUF012
        at = 0

        def compose(self) -> ComposeResult:
            self.texts = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
            yield Static("An incident", id="head")
            with Horizontal(id="body"):
                yield OptionList(*(heading for heading, _, _ in self.texts))
                with Vertical():
                    yield Static("", id="heading")
                    yield TextArea("", soft_wrap=True, show_line_numbers=False)
                    yield Static("", id="prompt")
            yield Static("ready", id="status")

        def on_mount(self) -> None:
            self.query_one(TextArea).cursor_blink = False
            self.action_step(0)

        def action_step(self, steps: int) -> None:
            self.at = min(max(self.at + steps, 0), len(self.texts) - 1)
            heading, prompt, text = self.texts[self.at]
            self.query_one("#heading", Static).update(heading)
            self.query_one("#prompt", Static).update(prompt)
            self.query_one(TextArea).load_text(text)
            self.query_one(OptionList).highlighted = self.at

    app = Sections()
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

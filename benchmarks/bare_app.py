"""The least that Textual can be: the floor that the real program is measured against.

python -m benchmarks.bare_app static TEXT
python -m benchmarks.bare_app text WIDTH HEIGHT FILE
"""

from __future__ import annotations

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

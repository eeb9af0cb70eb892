"""How large the prose editor is on a terminal of some size, found by running the program without a screen.

python -m benchmarks.editor_size FILE COLUMNS ROWS KEY ...
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path


async def editor_size(file: Path, columns: int, rows: int, keys: list[str]) -> tuple[int, int]:
    """Width and height, borders and padding included, of what has the focus after some keys."""
    from tui.app import PostmortemApp
    from tui.workspace.services import Services

    app = PostmortemApp(file, Services.fake())
    async with app.run_test(size=(columns, rows)) as pilot:
        await pilot.pause()
        # The first frame comes before the screen with the editor; it is there once nothing is being loaded any more.
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        if app.focused is None:
            raise SystemExit(f"nothing has the focus after {keys}")
        return app.focused.outer_size.width, app.focused.outer_size.height


if __name__ == "__main__":
    width, height = asyncio.run(
        editor_size(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
    )  # fmt: skip
    print(width, height)

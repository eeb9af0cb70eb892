"""Draws `docs/screenshot.svg`, the picture in the README, from the program itself: `python docs/make_screenshot.py`.

It shows the long sample while somebody works on it: a stated length that the timeline does not bear out has just been
typed, and the root cause is open. Clock and ids are fixed, so that the same program draws the same picture.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from textual.pilot import Pilot  # noqa: E402

from tui.app import PostmortemApp  # noqa: E402
from tui.screens.document import DocumentScreen  # noqa: E402
from tui.widgets.form import FieldInput  # noqa: E402
from tui.workspace.outline import Spot  # noqa: E402
from tui.workspace.services import Services  # noqa: E402

PICTURE = ROOT / "docs" / "screenshot.svg"
SAMPLE = ROOT / "sample_incidents" / "2025-03-29-checkout-payment-latency.toml"
SIZE = (120, 40)
FONTS = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono"


async def stage(pilot: Pilot[int]) -> None:
    """Bring the screen to where the picture is taken."""
    screen = pilot.app.screen
    assert isinstance(screen, DocumentScreen)
    row = screen.form.row("stated/duration")
    assert row is not None
    assert isinstance(row.control, FieldInput)
    row.control.value = "5 h 38 min"
    await pilot.pause()
    await pilot.press("f8")
    await pilot.pause()
    await screen.open_spot(Spot("root_cause"))
    await pilot.pause()
    detected = screen.session.timeline.milestones["detected"].event.id
    screen.timeline_view.place_at(detected)
    await pilot.pause()


async def draw() -> str:
    """The picture as SVG."""
    app = PostmortemApp(SAMPLE, Services.fake())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await stage(pilot)
        return with_local_fonts(app.export_screenshot(title="postmortem", simplify=True))


def with_local_fonts(svg: str) -> str:
    """The picture with the reader's own fonts: nothing is fetched to show it."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code,", f"{FONTS},")


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
    print(PICTURE)

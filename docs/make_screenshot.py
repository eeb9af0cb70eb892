"""Draws the pictures in the README from the program itself: `python docs/make_screenshot.py`.

`docs/screenshot.svg` shows the long sample while somebody works on it: a stated length that the timeline does not bear
out has just been typed, and the root cause is open. `docs/review.svg` shows it in review, at a wrong turn, with a
comment. Clock and ids are fixed, so that the same program draws the same pictures.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from textual.pilot import Pilot  # noqa: E402

from tui.app import PostmortemApp, Start  # noqa: E402
from tui.screens.document import DocumentScreen  # noqa: E402
from tui.screens.review import ReviewScreen  # noqa: E402
from tui.widgets.field_row import FieldInput  # noqa: E402
from tui.workspace.outline import Spot  # noqa: E402
from tui.workspace.services import Services  # noqa: E402

SAMPLE = ROOT / "sample_incidents" / "2025-03-29-checkout-payment-latency.toml"
FONTS = "ui-monospace, Menlo, Consolas, DejaVu Sans Mono"


async def stage_editor(pilot: Pilot[int]) -> None:
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


async def stage_review(pilot: Pilot[int]) -> None:
    """Step to the third wrong turn and leave a question there."""
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    await pilot.press("h", "t", *"12:26", "enter", "c", *"What pointed to the number of pods?", "ctrl+s")
    await pilot.pause()


Stage = Callable[[Pilot[int]], Awaitable[None]]

PICTURES: dict[str, tuple[Start, tuple[int, int], Stage]] = {
    "screenshot.svg": ("", (120, 40), stage_editor),
    "review.svg": ("review", (100, 30), stage_review),
}


async def draw(name: str) -> str:
    """A picture as SVG."""
    start, size, stage = PICTURES[name]
    with tempfile.TemporaryDirectory() as folder:
        # A copy, so that nothing is written beside the sample.
        path = Path(folder) / SAMPLE.name
        path.write_bytes(SAMPLE.read_bytes())
        app = PostmortemApp(path, Services.fake(author="@ana"), start=start)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await stage(pilot)
            return with_local_fonts(app.export_screenshot(title="postmortem", simplify=True))


def with_local_fonts(svg: str) -> str:
    """The picture with the reader's own fonts: nothing is fetched to show it."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code,", f"{FONTS},")


if __name__ == "__main__":
    for name in PICTURES:
        (ROOT / "docs" / name).write_text(asyncio.run(draw(name)), encoding="utf-8")
        print(ROOT / "docs" / name)

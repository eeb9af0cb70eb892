"""Text that tries to be markup, an escape sequence, or wider than it says: on every screen it is only text."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from schemas.incident import (
    Action,
    Event,
    Factor,
    Impact,
    Incident,
    OtherSection,
    Sections,
    Stated,
    Waiver,
)
from tests.ui.screens import app_for, document, run, seen, type_text, written
from tui.workspace.outline import Spot, outline

pytestmark = pytest.mark.slow

HOSTILE = (
    "[/b] [SEV1] [@click=app.quit]press[/] [red]",
    "\x1b]52;c;aGk=\x07\x1b[31m\x9b5m\x00",
    "\u202eabc\u2066\u200f שלום",
    "👩‍👩‍👧‍👦 e\u0301 界界界 ＦＵＬＬ",
    "x" * 10_000,
    ":warning: {0} %s $boost `code` <b>&amp;</b> | cell",
)


def incident(text: str) -> Incident:
    return Incident(
        title=text,
        owner=text,
        severity=text,
        status=text,
        zone=text,
        authors=(text,),
        services=(text,),
        sections=Sections(summary=text, root_cause=text),
        other_sections=(OtherSection(id="oooo", heading=text, body=text),),
        impacts=(Impact(id="iiii", what=text, unit=text, amount=1),),
        factors=(Factor(id="ffff", text=text),),
        events=(Event(id="eeee", text=text, actor=text, kind=text, milestones=(text,), as_written=text),),
        stated=(Stated(id="ssss", what="duration", value=text, where=text, minutes=1),),
        actions=(Action(id="aaaa", text=text, owner=text, status=text),),
        waivers=(Waiver(rule="T05", reason=text),),
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_every_screen_shows_it_as_text(tmp_path: Path, text: str, size: tuple[int, int]) -> None:
    written(tmp_path, incident(text))

    async def scenario(pilot: Pilot[int]) -> None:
        async def look() -> None:
            await pilot.pause()
            shown = seen(pilot)
            assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in shown)
            assert "\u202e" not in shown

        await pilot.app.workers.wait_for_complete()
        await look()
        await pilot.press("enter")
        await pilot.pause()
        screen = document(pilot)
        for row in outline(screen.doc, ()):
            await screen.open_spot(Spot(row.key))
            await look()
        for spot in (Spot("events", "eeee"), Spot("actions", "aaaa"), Spot("impacts", "iiii"), Spot("stated", "ssss")):
            await screen.open_spot(spot)
            await look()
        for keys in (
            ("f4",),
            ("ctrl+p", "escape"),
            ("ctrl+g", "escape"),
            ("f1", "escape"),
            ("f8",),
            ("alt+w", "escape"),
        ):
            await pilot.press(keys[0])
            await look()
            await pilot.press(*keys[1:])
        await screen.open_spot(Spot("lessons"))
        await type_text(pilot, "[/b]")
        await pilot.press("ctrl+q")
        await look()

    run(app_for(tmp_path), scenario, size)


def test_brackets_come_out_as_they_are(tmp_path: Path) -> None:
    path = written(tmp_path, incident("[SEV1] API [/b]"))

    async def scenario(pilot: Pilot[int]) -> None:
        assert "[SEV1] API [/b]" in seen(pilot).splitlines()[0]

    run(app_for(path), scenario)

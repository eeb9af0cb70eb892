"""Screens over what an accident left: unsaved words, files with conflict markers, earlier versions."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from schemas.incident import Incident
from schemas.text import is_clean
from tests import samples
from tests.fuzz.mutations import ROUNDS, Case, as_toml, cases, damaged, with_anything
from tests.fuzz.test_incident_files import FILES, KEYS
from tests.fuzz.test_other_files import ABOUT, sealed
from tests.ui.histories import settled
from tests.ui.recoveries import offered, recovering, until
from tests.ui.screens import app_for, run, seen, written
from tests.workspace.conflicts import conflicted_file
from tests.workspace.journals import NOW
from tui.workspace import journal_format
from tui.workspace.errors import UserError
from tui.workspace.journal_format import HEADING
from tui.workspace.state_folders import journal_folder
from tui.workspace.versions_kept import keep


async def walk(pilot: Pilot[int], keys: Sequence[str]) -> None:
    """Press keys one after the other; what can be seen is safe after each."""
    for key in keys:
        await pilot.press(key)
        for _ in range(3):
            await pilot.pause()
        assert is_clean(seen(pilot)), key


def hostile_file(case: Case) -> bytes:
    """An incident with other values in it, which may not be one any more."""
    if case.rng.random() < 0.5:
        return damaged(case.rng.choice(FILES), case.rng, FILES)
    return as_toml(with_anything(tomllib.loads(FILES[0].decode()), KEYS, case.rng))


def test_damaged_journals_are_offered_and_looked_at(tmp_path: Path) -> None:
    path = written(tmp_path, Incident(title="Mine"))
    before = path.read_bytes()
    folder = journal_folder()
    folder.mkdir(parents=True, mode=0o700)
    for case in cases(10, "journals on screen"):
        name = f"{case.rng.getrandbits(64):016x}"
        block = sealed(case.rng, name) if case.rng.random() < 0.3 else b""
        data = HEADING + block + journal_format.whole(name, hostile_file(case), ABOUT, NOW, 1)
        (folder / f"{name}.journal").write_bytes(damaged(data, case.rng) if case.rng.random() < 0.5 else data)

    async def scenario(pilot: Pilot[int]) -> None:
        await until(pilot, lambda: "Alt+B shows it" in seen(pilot))
        await pilot.press("alt+b")
        await offered(pilot)
        await walk(
            pilot, ["down", "pagedown", "end", "up", "tab", "down", "d", "escape", "enter", "escape", "escape"] * 2
        )

    run(recovering(path), scenario)
    assert path.read_bytes() == before


def test_damaged_conflicts_are_asked_about_or_refused(tmp_path: Path) -> None:
    for number in range(2 * ROUNDS):
        case = Case("conflict on screen", number)
        folder = tmp_path / str(number)
        folder.mkdir()
        path = conflicted_file(folder, based=bool(number % 2))
        with case:
            case.data = damaged(path.read_bytes(), case.rng) if number else path.read_bytes()
            path.write_bytes(case.data)

            async def scenario(pilot: Pilot[int]) -> None:
                await walk(
                    pilot, ["1", "n", "2", "b", "m", "escape", "v", "u", "T", "pagedown", "ctrl+s", "escape", "escape"]
                )

            with suppress(UserError):  # most of them cannot be opened
                run(app_for(path), scenario)
            assert path.read_bytes() == case.data


def test_damaged_versions_are_listed_and_compared(tmp_path: Path) -> None:
    path = tmp_path / "incident.toml"
    for case in cases(8, "versions on screen"):
        keep(path, hostile_file(case), now=NOW - timedelta(hours=len(case.name)))
    kept = keep(path, samples.text_of(samples.NEW).encode(), now=NOW)
    path.write_text(samples.text_of(samples.CHECKOUT), encoding="utf-8")
    for spoiled in list(kept.file.parent.glob("*.gz"))[:3]:
        spoiled.write_bytes(damaged(spoiled.read_bytes(), Case("spoiled", 1).rng))
    before = path.read_bytes()

    async def scenario(pilot: Pilot[int]) -> None:
        await pilot.press("alt+shift+h")
        await settled(pilot)
        await walk(pilot, ["down"] * 9 + ["end", "home", "pagedown", "enter", "escape"])

    run(app_for(path), scenario)
    assert path.read_bytes() == before

"""Files that are large, long or deep: a hundred thousand events, a line of a megabyte, ten thousand levels."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from schemas import toml_file
from schemas.conflict_markers import split
from schemas.text import is_clean
from schemas.toml_errors import TomlError
from tests.cli.conftest import STORY, Cli
from tests.fuzz.mutations import ROUNDS
from tests.fuzz.test_incident_files import is_told
from tui.widgets.prose_lines import prose_lines
from tui.workspace.library import Library
from tui.workspace.rows import full_row, quick_row
from tui.workspace.services import Services

MEGABYTE: Final = 1_000_000
DEEP: Final = 10_000
NOW: Final = Services.fake().now


@contextmanager
def quickly(seconds: float) -> Iterator[None]:
    """Within some seconds of the processor's time, on a slow machine."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


LINES: Final = {
    "title": 'title = "{}"\n',
    "summary": '[sections]\nsummary = "{}"\n',
    "event": '[[events]]\nid = "a"\nat = 2024-05-02T09:00:00Z\ntext = "{}"\n',
    "id": '[[events]]\nid = "{}"\ntext = "x"\n[[comments]]\nid = "c"\non = "events/{}"\ntext = "y"\n',
    "owner": 'owner = "{}"\n[[actions]]\nid = "a"\ntext = "x"\nowner = "{}x"\n',
    "quote": '[sections]\nsummary = "{}"\n[[comments]]\nid = "c"\non = "sections/summary"\nquote = "y {}"\n',
    "list": "services = [{!r}]\n",
    "zone": 'zone = "{}"\n',
    "unknown": '"{}" = 1\n',
    "comment": "# {}\ntitle = 'x'\n",
    "no toml": "{}",
    "no end": 'title = "{}',
    "number": "format = {}",
    "waiver": '[[waivers]]\nrule = "{}"\nwhere = "{}"\n',
}  # fmt: skip
LETTERS: Final = {"letters": "x", "words": "word ", "digits": "1", "wide": "界", "signs": "<a [b](c) `_*~|"}


@pytest.mark.parametrize("place", LINES)
def test_a_line_of_a_megabyte(tmp_path: Path, cli: Cli, place: str) -> None:
    # Every kind of letter at every place only in a long run.
    turn = list(LINES).index(place)
    kinds = tuple(LETTERS.values())
    for letters in kinds if ROUNDS > 1 else (kinds[turn % len(kinds)],):
        long = (letters * MEGABYTE)[:MEGABYTE]
        path = tmp_path / "x.toml"
        path.write_text(LINES[place].replace("{!r}", "'{}'").replace("{}", long), encoding="utf-8")
        before = path.read_bytes()
        for command in (("check", path), ("show", path), ("export", path), ("review", path, "--status")):
            with quickly(8):
                result = cli(*command)
            assert result.code in (0, 1, 3), command
            assert is_clean(result.err)
            assert len(result.err) < 10_000
        quick_row(path)
        full_row(path, NOW())
        assert path.read_bytes() == before


@pytest.mark.parametrize("letters", LETTERS.values(), ids=LETTERS.keys())
def test_a_line_of_a_megabyte_is_laid_out(letters: str) -> None:
    with quickly(8):
        assert prose_lines((letters * MEGABYTE)[: MEGABYTE // 4], 80).lines


DEPTHS: Final = {
    "arrays": "x = " + "[" * DEEP + "]" * DEEP,
    "open arrays": "x = " + "[" * DEEP,
    "inline tables": "x = " + "{a = " * DEEP + "1" + "}" * DEEP,
    "dotted key": ".".join("a" * DEEP) + " = 1",
    "dotted table": f"[{'.'.join('a' * DEEP)}]\nx = 1",
    "dotted list": f"[[{'.'.join('a' * 2000)}]]\nx = 1",
    "dotted lists": "".join(f"[[{'.'.join('a' * depth)}]]\n" for depth in range(1, 300)),
    "events": f"[[events]]\nid = 'a'\nx.{'.'.join('a' * 2000)} = 1",
    "just too deep": "x = " + "[" * 101 + "]" * 101,
    "just not too deep": "x = " + "[" * 98 + "]" * 98,
    "many keys": "\n".join(f"k{number} = {number}" for number in range(20_000)),
    "many tables": "\n".join(f"[t{number}]" for number in range(20_000)),
    "many comments": "# x\n" * 100_000 + "title = 'x'\n",
    "many markers": "<<<<<<< a\n=======\n>>>>>>> b\n" * 20_000,
    "open markers": "<<<<<<< a\n" * 50_000,
    "line breaks": "\n" * MEGABYTE,
    "spaces": " " * MEGABYTE + "x = 1",
    "quotes": "x = " + '"' * 100_000,
    "backslashes": 'x = "' + "\\" * 100_000 + '"',
    "equal signs": "=" * MEGABYTE,
    "digits": "x = 0." + "1" * 100_000,
    "underscores": "x = " + "1_" * 50_000 + "1",
    "date": "x = 2024-05-02T09:00:00." + "1" * 100_000 + "Z",
}  # fmt: skip


@pytest.mark.parametrize("shape", DEPTHS)
def test_what_is_deep_or_many_is_read_or_refused(tmp_path: Path, cli: Cli, shape: str) -> None:
    text = DEPTHS[shape]
    with quickly(10):
        try:
            loaded = toml_file.parse(text)
        except TomlError as error:
            is_told(error, text.encode())
        else:
            assert toml_file.loads(toml_file.dumps(loaded.incident, loaded.remarks))
        with suppress(TomlError):
            split(text)
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    other = tmp_path / "y.toml"
    other.write_text(STORY, encoding="utf-8")
    commands = (("check", path), ("show", path), ("diff", path, other), ("merge-driver", path, path, other))
    for command in commands if ROUNDS > 1 else commands[:1]:
        with quickly(10):
            result = cli(*command)
        assert result.code in (0, 1, 3), (command, result.err[:500])
        assert is_clean(result.err)
        path.write_text(text, encoding="utf-8")


def test_a_hundred_thousand_events(tmp_path: Path, cli: Cli) -> None:
    path = tmp_path / "many.toml"
    count = 100_000
    begun = datetime(2024, 5, 1)
    lines = (
        f'\n[[events]]\nid = "e{n}"\nat = {(begun + timedelta(seconds=n)).isoformat()}\ntext = "Event {n}"\n'
        for n in range(count)
    )
    path.write_text('format = 1\ntitle = "Many"\n' + "".join(lines), encoding="utf-8")
    with quickly(60):
        result = cli("show", path)
        assert result.code == 0
        assert result.out.count("Event ") == count
        library = Library(tmp_path, now=NOW)
        library.refresh()
        assert library.row(path) is not None

"""Several processes find what one finds, in the same order, and end with the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.cli.check_workers import FILES_A_WORKER, looks, workers_for
from tui.cli.checking import Checking, Wanted
from tui.cli.reports import Checked, Unread
from tui.workspace.errors import UserError

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
FORKS = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    found = []
    for number in range(60):
        path = tmp_path / f"incident-{number:02d}.toml"
        if number % 13 == 5:
            path.write_text("title = \n", encoding="utf-8")
        elif number % 13 == 7:
            path.write_text("[tool.other]\nx = 1\n", encoding="utf-8")
        else:
            path.write_text(
                f'title = "Search down {number}"\nowner = "Kim"\n[[stated]]\nid = "s1"\nwhat = "duration"\n'
                'value = "35h 36m"\nminutes = 2136\n[[waivers]]\nrule = "C13"\nreason = "a drill"\n',
                encoding="utf-8",
            )
        found.append(path)
    return found


def outcome(paths: list[Path], workers: int) -> tuple[list[Checked], list[tuple[Path, str, str, str, int]]]:
    """What a run finds; two errors are alike if they say the same."""
    run = Checking(paths, NOW, Wanted(), frozenset(paths))
    for path, looked in looks(run, paths, workers):
        run.take(path, looked)
    run.compare()
    return run.files, [(each.path, *words(each), each.line) for each in run.unread]


def words(unread: Unread) -> tuple[str, str, str]:
    return unread.error.title, unread.error.detail, unread.error.hint


@FORKS
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_several_find_what_one_finds(paths: list[Path]) -> None:
    one, two = outcome(paths, 1), outcome(paths, 3)
    assert one == two
    files, unread = two
    assert len(files) + len(unread) == len(paths)
    rules = {each.finding.rule for file in files for each in file.found}
    assert {"T10", "C13"} <= rules
    assert any(each.finding.waived for file in files for each in file.found)


def test_an_error_from_another_process_says_all_it_said() -> None:
    function, arguments = UserError("a", "b", "c", 3).__reduce__()
    again = function(*arguments)
    assert (again.title, again.detail, again.hint, again.exit_code, str(again)) == ("a", "b", "c", 3, "a: b")


class TestHowMany:
    @pytest.fixture(autouse=True)
    def four_processors(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1, 2, 3}, raising=False)
        monkeypatch.setattr(threading, "active_count", lambda: 1)

    def test_by_files_and_processors(self) -> None:
        assert [workers_for(count) for count in (0, 1, FILES_A_WORKER, 2 * FILES_A_WORKER, 10**6)] == [1, 1, 1, 2, 4]

    def test_one_where_it_cannot_be_forked_or_not_safely(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(threading, "active_count", lambda: 2)
        assert workers_for(10**6) == 1
        monkeypatch.setattr(threading, "active_count", lambda: 1)
        monkeypatch.setattr(sys, "platform", "darwin")
        assert workers_for(10**6) == 1


SCRIPT = """
import os
import sys
from datetime import datetime, timezone
from pathlib import Path
from tui.cli.check_workers import looks
from tui.cli.checking import Checking, Wanted

class Slow(Checking):
    def look(self, path):
        print("looking", flush=True)
        os.read(int(sys.argv[2]), 1)  # until the test lets go, which it never does

paths = [Path(sys.argv[1]) / f"{number}.toml" for number in range(40)]
list(looks(Slow(paths, datetime.now(timezone.utc), Wanted(), frozenset()), paths, 2))
"""


@FORKS
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_the_command(tmp_path: Path, number: signal.Signals) -> None:
    wait, hold = os.pipe()
    command = [sys.executable, "-c", SCRIPT, str(tmp_path), str(wait)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, pass_fds=[wait]) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["looking\n", "looking\n"]
        process.send_signal(number)
        # The pipe is at its end only when nobody who inherited it is left.
        assert process.stdout.read() == ""
        assert process.wait() == -number
    os.close(wait)
    os.close(hold)

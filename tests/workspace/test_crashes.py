"""What is left of a fault: enough to mend it, and nothing of the document."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui.workspace.crashes import MOST_REPORTS, Crashed, account, named, told, write_report

NOW = datetime(2026, 5, 2, 9, 0, tzinfo=UTC)


def fault(message: str = "by zero") -> ValueError:
    secret = "swordfish"
    try:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(message) from error
    except ValueError as error:
        return error


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("no such place"), "ValueError: no such place"),
        (ValueError(), "ValueError"),
        (KeyError("the customer's name"), "KeyError: '…'"),
        (ValueError("bad 'secret' in \"secret\", “secret”, `secret`"), "ValueError: bad '…' in '…', '…', '…'"),
        (ValueError("input_value='a secret that is cut o"), "ValueError: input_value='…'"),
        (ValueError("it doesn't fit, don't ask"), "ValueError: it doesn't fit, don't ask"),
        (ValueError("two\nlines\x1b[31m"), "ValueError: two lines␛[31m"),
    ],
)  # fmt: skip
def test_a_fault_is_named_in_a_line_without_quoted_words(error: Exception, line: str) -> None:
    assert named(error) == line


def test_a_fault_that_cannot_even_be_printed_has_a_name() -> None:
    class Silent(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    assert named(Silent()) == "Silent"
    assert len(named(ValueError("x" * 10_000_000))) < 400


def test_the_account_has_the_lines_of_the_program_and_no_values() -> None:
    text = account(fault("bad 'swordfish'"))
    assert text.count("test_crashes.py") == 2
    assert "raise ValueError(message) from error" in text
    assert text.index("KeyError: '…'") < text.index("ValueError: bad '…'")
    assert "postmortem " in text.splitlines()[0]


def test_a_fault_without_end_is_told_in_a_page() -> None:
    def deeper(level: int) -> None:
        if level % 2:
            deeper(level + 1)
        else:
            deeper(level + 1)

    with pytest.raises(RecursionError) as caught:
        deeper(0)
    assert len(account(caught.value).splitlines()) < 250

    circle, other = ValueError("a"), ValueError("b")
    circle.__cause__, other.__cause__ = other, circle
    assert account(circle).count("ValueError") == 2


def test_reports_are_private_and_the_oldest_go(tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    written = [
        write_report(fault(), folder=folder, now=NOW + timedelta(seconds=number)) for number in range(MOST_REPORTS + 3)
    ]
    assert None not in written
    assert sorted(folder.iterdir()) == written[3:]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    newest = written[-1]
    assert newest is not None
    assert stat.S_IMODE(newest.stat().st_mode) == 0o600
    assert newest.read_text().startswith("2026-05-02 09:00:22 UTC\n")


def test_a_report_that_cannot_be_written_is_no_further_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    assert write_report(fault(), folder=tmp_path / "file") is None
    assert write_report(fault(), folder=tmp_path / "link") is None
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".txt"] == []


@pytest.mark.parametrize(("kept", "said"), [(True, "is kept"), (False, "could not be kept"), (None, "")])
def test_what_is_told_fits_what_became_of_the_words(kept: bool | None, said: str) -> None:
    with_report = told(Crashed(fault(), Path("/state/report.txt"), kept))
    without = told(Crashed(fault(), None, kept))
    assert with_report[0] == without[0] == "error: a fault in the program itself: ValueError: by zero"
    assert "/state/report.txt" in with_report[-1]
    assert "POSTMORTEM_DEBUG=1" in without[-1]
    assert ("kept" in "".join(without)) is bool(said)
    assert said in "".join(without)

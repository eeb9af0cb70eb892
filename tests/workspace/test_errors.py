"""Errors for people: safe to print, with a code for programs."""

from __future__ import annotations

from pathlib import Path

from tui.workspace import errors
from tui.workspace.errors import UserError, shown


def test_exit_codes_are_the_documented_ones() -> None:
    codes = {name: value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    assert codes == {
        "EXIT_OK": 0,
        "EXIT_FINDINGS": 1,
        "EXIT_USAGE": 2,
        "EXIT_FILE": 3,
        "EXIT_CHANGED": 4,
        "EXIT_CRASH": 70,
        "EXIT_SIGNAL": 128,
    }


def test_nothing_in_an_error_drives_the_terminal() -> None:
    error = UserError("a\x1b[2J\nb", "c\x07\nd", "e\x9bf")
    assert (error.title, error.detail, error.hint) == ("a␛[2J b", "c␇\nd", "e\ufffdf")
    assert str(error) == "a␛[2J b: c␇\nd"
    assert str(UserError("only a title")) == "only a title"


def test_a_path_that_is_no_text_can_be_shown() -> None:
    path = Path(b"caf\xe9\x1b".decode("utf-8", "surrogateescape"))
    assert shown(path).encode("utf-8") == "caf\ufffd␛".encode()

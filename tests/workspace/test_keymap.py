"""Keys of one's own: what can be used is used, what cannot is told, and nobody is locked out."""

from __future__ import annotations

from itertools import combinations

import pytest

from tui.workspace.commands import BY_ID, COMMANDS, SCOPES, key_text
from tui.workspace.keymap import checked, is_key


def test_a_good_entry_is_taken() -> None:
    assert checked({"document.save": "f14, f2"}) == ({"document.save": "f14,f2"}, ())


@pytest.mark.parametrize(
    ("keymap", "told"),
    [
        ({"document.svae": "f14"}, "did you mean document.save?"),
        ({"save": "f14"}, "there is no command save"),
        ({"document.save": "ctrl+notakey"}, "ctrl+notakey is no key"),
        ({"document.save": ""}, "a key or several"),
        ({"document.save": 3}, "a key or several"),
        ({"document.save": "Ctrl+X"}, "Ctrl+X is no key"),
        ({"document.save": "ctrl+z"}, "ctrl+z belongs to document.undo"),
        ({"library.refresh": "n"}, "n belongs to"),
        ({"app.help": "n"}, "taken by the text"),
        ({"document.save": "x"}, "taken by the text"),
        ({"document.save": "ctrl+k"}, "taken by the text"),
        ({"app.quit": "ctrl+s"}, "ctrl+s belongs to document.save"),
        ({"document.save": "ctrl+m"}, "a terminal sends ctrl+m as enter"),
        ({"\x1b[2J" + "x" * 5000: "f14"}, "there is no command ␛[2Jxx"),
    ],
)
def test_a_bad_entry_is_told_and_the_default_stays(keymap: dict[str, object], told: str) -> None:
    usable, problems = checked(keymap)
    assert usable == {}
    assert len(problems) == 1
    assert told in problems[0]


def test_a_key_goes_back_to_its_owner_when_what_that_was_given_is_refused() -> None:
    usable, problems = checked({"document.undo": "ctrl+s", "document.save": "ctrl+q"})
    assert usable == {}
    assert len(problems) == 2


def test_of_many_unknown_names_not_all_are_told() -> None:
    usable, problems = checked({**{f"x{number}": "f14" for number in range(50_000)}, "document.save": "f14"})
    assert usable == {"document.save": "f14"}
    assert len(problems) == 21
    assert "49980 more" in problems[-1]


def test_two_commands_can_swap_their_keys() -> None:
    usable, problems = checked({"document.undo": "ctrl+y,alt+y", "document.redo": "ctrl+z,alt+z"})
    assert problems == ()
    assert usable.keys() == {"document.undo", "document.redo"}


def test_the_same_key_may_mean_other_things_in_other_lists() -> None:
    assert checked({"findings.fix": "s"}) == ({"findings.fix": "s"}, ())


SCREENS = ("library", "document", "review", "conflict", "recovery", "history", "import")
PARTS = ("sections", "form", "timeline", "table", "findings")
"""Parts of the document; the comments are a part of it and of a review."""


def first_of(scope: str) -> str:
    return next(command.id for command in COMMANDS if command.scope == scope)


@pytest.mark.parametrize(("one", "other"), [*combinations(SCREENS, 2), *combinations(PARTS, 2), ("threads", "review")])
def test_commands_that_never_act_on_the_same_screen_may_share_a_key(one: str, other: str) -> None:
    keymap = {first_of(one): "f14", first_of(other): "f14"}
    assert checked(keymap) == (keymap, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [*(("app", scope) for scope in SCOPES if scope != "app"), *(("document", part) for part in (*PARTS, "threads"))],
)
def test_commands_that_act_on_the_same_screen_may_not(one: str, other: str) -> None:
    usable, problems = checked({first_of(one): "f14", first_of(other): "f14"})
    assert len(usable) == len(problems) == 1
    assert f"f14 belongs to {first_of(other)}" in problems[0]


def test_the_key_of_saving_may_be_that_of_accepting_an_import() -> None:
    assert checked({"document.save": "ctrl+s"}) == ({"document.save": "ctrl+s"}, ())


def test_defaults_have_no_clash_no_unknown_key_and_a_second_way_where_tmux_could_take_one() -> None:
    for command in COMMANDS:
        assert command.scope in SCOPES
        assert all(is_key(key) for key in command.keys), command.id
        assert checked({command.id: ",".join(command.keys)})[1] == (), command.id
    for name in ("document.save", "app.palette", "app.quit", "app.help"):
        keys = BY_ID[name].keys
        assert any(key[0] == "f" and key[1:].isdigit() for key in keys), name
    prefixes = {"ctrl+b", "ctrl+a"}
    assert all(set(command.keys) - prefixes for command in COMMANDS)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+s", "^S"),
        ("f1", "F1"),
        ("alt+down", "Alt+↓"),
        ("shift+f6", "Shift+F6"),
        ("K", "K"),
        ("delete", "Del"),
        ("*", "*"),
    ],
)
def test_keys_are_written_for_people(key: str, shown: str) -> None:
    assert key_text(key) == shown

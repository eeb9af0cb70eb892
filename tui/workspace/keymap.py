"""A person's own keys: checked before they are used, because a keymap that lies can lock somebody out of saving.

A keymap names commands by id and gives each one or more keys, separated by commas: `document.save = "ctrl+k, f2"`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Final

from schemas.patterns import late
from schemas.text import shorten
from tui.workspace.commands import BY_ID, COMMANDS, works_on

_NAMED: Final = frozenset(
    {
        *("enter", "escape", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"),
        *("up", "down", "left", "right", "slash", "asterisk", "question_mark", "full_stop", "comma", "minus", "plus"),
        *("equals_sign", "semicolon", "colon", "apostrophe"),
    }
)
_KEY: Final = late(r"(?:(?:ctrl|alt|shift|super)\+)*(?:[a-zA-Z0-9]|f(?:[1-9]|1\d|2[0-4])|[!-/:-@\[-`{-~])")


_TYPED: Final = frozenset(
    {
        *("enter", "tab", "space", "backspace", "delete", "home", "end", "pageup", "pagedown", "up", "down", "left"),
        *("right", "ctrl+a", "ctrl+c", "ctrl+d", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+v", "ctrl+w", "ctrl+x"),
    }
)
"""Keys that a text takes for itself while it is being edited."""


MOST_UNKNOWN: Final = 20
"""So many names that are no commands are told one by one."""

_LETTERS: Final = 40


_SENT_AS: Final = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "escape"}


def _printable(key: str) -> frozenset[str]:
    return frozenset({key}) if len(key) == 1 else frozenset()


def is_key(key: str) -> bool:
    """Whether a terminal program can be given this key: `ctrl+s`, `f5`, `alt+up`, `x`."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    if last in _NAMED:
        return all(modifier in ("ctrl", "alt", "shift", "super") for modifier in modifiers)
    return bool(_KEY.fullmatch(key))


def checked(keymap: Mapping[str, object]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What of a keymap can be used, by command id, and what is wrong with the rest, in words.

    A command keeps its default keys where its own entry is refused. No two commands that work at the same time can
    share a key; nobody can take the last key of saving or quitting.
    """
    problems: list[str] = []
    wanted: dict[str, tuple[str, ...]] = {}
    unknown = [name for name in keymap if name not in BY_ID]
    for name in unknown[:MOST_UNKNOWN]:
        near = difflib.get_close_matches(name[:_LETTERS], list(BY_ID), 1)
        problems.append(
            f"there is no command {shorten(name, _LETTERS)}" + (f"; did you mean {near[0]}?" if near else "")
        )
    if len(unknown) > MOST_UNKNOWN:
        problems.append(f"there are {len(unknown) - MOST_UNKNOWN} more names that are no commands")
    for name, value in keymap.items():
        if name not in BY_ID:
            continue
        keys = tuple(key.strip() for key in value.split(",")) if isinstance(value, str) else ()
        bad = [key for key in keys if not is_key(key)]
        typed = [key for key in keys if BY_ID[name].scope in ("app", "document") and key in _TYPED | _printable(key)]
        if not keys or keys == ("",):
            problems.append(f'{name}: a key or several with commas between them are needed, such as "ctrl+s, f2"')
        elif bad:
            problems.append(
                f"{name}: {shorten(bad[0], _LETTERS) or 'nothing'} is no key; keys look like ctrl+s, f5, alt+up, x"
            )
        elif sent := next((key for key in keys if key in _SENT_AS), None):
            problems.append(f"{name}: a terminal sends {sent} as {_SENT_AS[sent]}; choose another key")
        elif typed and len(typed) == len(keys):
            problems.append(f"{name}: {typed[0]} is taken by the text that is being typed; add one such as f2")
        else:
            wanted[name] = keys
    while (clash := _clash(wanted)) is not None:
        name, key, other = clash
        problems.append(f"{name}: {key} belongs to {other}; give that another key first")
        # Its own keys come back by that, and may be what another one was given: so all are looked at again.
        del wanted[name]
    return {name: ",".join(keys) for name, keys in wanted.items()}, tuple(problems)


def _clash(wanted: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    """A command that was given a key of another one: its id, the key and the other's id."""
    used = {command.id: wanted.get(command.id, command.keys) for command in COMMANDS}
    for name, keys in wanted.items():
        for other in BY_ID.values():
            shared = set(keys) & set(used[other.id])
            if other.id != name and shared and _together(BY_ID[name].scope, other.scope):
                return name, min(shared), other.id
    return None


def _together(a: str, b: str) -> bool:
    """Whether commands of two scopes can be wanted at the same moment: one of them acts on the other's screen.

    Parts of a screen never have the focus at once; in a review the comments take their keys before the screen does.
    """
    return {a, b} != {"review", "threads"} and (works_on(a, b) or works_on(b, a))

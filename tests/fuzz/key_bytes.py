"""What comes down a line to a program in a terminal: keys, mouse reports, pastes, answers that nobody asked for."""

from __future__ import annotations

import random
from typing import Final

from tests.fuzz.mutations import HOSTILE
from tests.pty.terminal import KEYS

PASTE: Final = "\x1b[200~"
PASTE_END: Final = "\x1b[201~"
"""Around what a terminal pastes."""

_WORDS: Final = (
    "14:05 paged",
    "why? ",
    "SEV1",
    "../x",
    "~nobody/x",
    "2024-05-02",
    "y",
    "n",
    "/",
    "?",
    "a",
    "é",
    "界",
    "👩‍👩‍👧‍👦",
    "e\u0301",
)
_ODD: Final = (
    "\x1b[A", "\x1b[1;5C", "\x1b[1;2D", "\x1b[3~", "\x1b[2~", "\x1b[5~", "\x1b[6~", "\x1b[Z", "\x1bOP", "\x1b[1;3B",
    "\x1b[97;5u", "\x1b[27;2;13~", "\x1b[13;2u", "\x1b[57399u", "\x1b[I", "\x1b[O", "\x1b[?1;2c", "\x1b[>0;276;0c",
    "\x1b[12;40R", "\x1b[0n", "\x1b[?2026;2$y", "\x1b[?2048;0$y", "\x1b[48;40;120;800;1200t", "\x1b[48;0;0;0;0t",
    "\x1b[8;9999;9999t", "\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1b]52;c;aGk=\x07", "\x1bP>|tmux 3.4\x1b\\",
    "\x1b_Gi=1;OK\x1b\\", "\x1b", "\x1b\x1b", "\x1b[", "\x1b[<", "\x1b[<0;", "\x1b[M", "\x1b[99999999999999999999A",
    "\x1b[1;2;3;4;5;6;7;8;9m", "\x1b[;;;;u", "\x1b[-1;-1R", "\x1b]", "\x1bO", "\x1bN", "\x1b(", "\x1b%G", "\x1b[200~",
    "\x1b[201~", "\x00", "\x1c", "\x1d", "\x1e", "\x1f", "\x7f", "\x08", "\t", "\u2028", "\ufeff", "\uffff", "\u202e",
    "\ue000",
)  # fmt: skip
_KEYS: Final = tuple(
    key
    # Leaving is for the end; a stopped program would wait for a shell.
    for name, key in KEYS.items() if name not in ("ctrl+q", "ctrl+z", "esc", "f10")
)  # fmt: skip


def burst(rng: random.Random, columns: int, rows: int) -> bytes:
    """Some things that come all at once, as valid UTF-8."""
    return "".join(_one(rng, columns, rows) for _ in range(rng.choice((1, 1, 2, 3, 8)))).encode("utf-8", "replace")


def _one(rng: random.Random, columns: int, rows: int) -> str:
    kind = rng.randrange(12)
    if kind < 4:
        return rng.choice(_KEYS)
    if kind < 6:
        return rng.choice(_WORDS)
    if kind == 6:
        return rng.choice(_ODD)
    if kind == 7:
        return rng.choice(("\x1b", "\r", "\t", "\x1b[A", "\x1b[B")) * rng.choice((1, 2, 5))
    if kind == 8:
        text = rng.choice((*HOSTILE, *_WORDS)) + "\n14:10 next\n" * rng.randrange(3)
        return PASTE + text.replace(PASTE_END, "") + (PASTE_END if rng.random() < 0.9 else "")
    if kind == 9:
        button = rng.choice((0, 0, 0, 1, 2, 3, 32, 35, 64, 65, 67, 99, 128))
        return f"\x1b[<{button};{_at(rng, columns)};{_at(rng, rows)}{rng.choice('MMm')}"
    if kind == 10:
        x, y = _at(rng, columns), _at(rng, rows)
        return f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"
    codes = (rng.choice((rng.randrange(32), rng.randrange(32, 127), rng.randrange(0xA0, 0x2FF))) for _ in range(4))
    return "".join(map(chr, codes)).translate({0x11: None, 0x1A: None})


def _at(rng: random.Random, most: int) -> int:
    return rng.choice((rng.randint(1, most), rng.randint(1, most), 0, most + 1, 9999, -1))

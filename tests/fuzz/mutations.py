"""Files made worse on purpose: the same at every run, for one seed and number of rounds.

`FUZZ_ROUNDS=20` in the environment makes twenty times as many of them, for a long run at home.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock
from typing import Any, Final

import tomli_w

ROUNDS: Final = int(os.environ.get("FUZZ_ROUNDS", "1"))
"""How many times the usual number of cases is tried."""

FIRST_SEED: Final = int(os.environ.get("FUZZ_SEED", "0"))
"""Where a long run begins to count, so that two of them try different things."""

MOST_SECONDS: Final = 5.0
"""Processor time that a single file may take, on a slow machine."""

HOSTILE: Final = (
    "\x00", "\x07", "\x1b[2J", "\x1b]52;c;aGk=\x07", "\x1b]0;title\x1b\\", "\x7f", "\x85", "\x9b31m", "\u2028",
    "\u2029", "\u202e", "\u2066", "\u200f", "\u061c", "\ufeff", "\ufffe", "\u0301" * 60, "[/b][@click=app.quit]x[/]",
    "e\u0301", "👩‍👩‍👧‍👦", "界" * 30, "\r", "\r\n", "\v", "\f", "\t", "'''", '"""', "\\", "\\u", "\\U00110000", "]]>",
    "-->", "```", "~~~", "<script>alert(1)</script>", "|---|---|", "[x](javascript:alert(1))", "{{7*7}}", "%s%n",
    "../" * 8, "$(id)", "<<<<<<< ours\n=======\n>>>>>>> theirs\n", "x" * 5000, "9" * 400, "²", "١٢:٣٤", "0x10",
    "1e400", "nan", "-0",
)  # fmt: skip
"""Text that means something to a terminal, a parser, a reader of Markdown or a person's eye."""

NAMES: Final = (
    "", "text", "link", "links", "what", "id", "at", "on", "summary", "__class__", "__dict__", "__init__",
    "model_fields", "model_extra", "copy", "changed", "get", "format", "title", "a.b", "a/b", "a b", "x" * 300,
    "\x1b[2J", "\u202ea", "\n",
)  # fmt: skip
"""Names of keys: some that mean something elsewhere."""

VALUES: Final = (
    "inf", "-inf", "nan", "1e308", "-0.0", "0", "-1", "9223372036854775807", "99999999999999999999999999",
    "0x" + "f" * 40, "true", "false", '""', "''", '" "', '"\\u0000"', '"\\u001b[2J"', '"\\u202e"', '"\\u2028"', "[]",
    "{}", "[[]]", "[{}]", "[1, 2]", '["a", 1]', "{a = 1}", "0001-01-01", "9999-12-31", "0001-01-01T00:00:00",
    "9999-12-31T23:59:59.999999", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2024-02-30",
    "2024-05-02T24:00:00", "2024-05-02T09:00:60Z", "2024-05-02T09:00:00+23:59", "00:00:00", "23:59:59.999999",
    "1970-01-01T00:00:00Z", "2024-05-02 09:00:00.123456789Z", '"1 hour"', '"15m"', '"99999999999999h"', '"P1Y"',
    '"1e9d"', '"-5m"', '"Europe/Nowhere"', '"../../etc/passwd"', '"/"', '"UTC+99"', '"detected"',
    '["detected", "detected"]', '"published"', '"events/aaaa"', '"sections/summary"', '"*"',
)  # fmt: skip
"""Values as TOML writes them, at the edges of their kinds or beyond."""

LINES: Final = (
    "[events]", "[[events]]", "[[sections]]", "[sections]", "[[sections.summary]]", "[a.b.c]", "a.b.c = 1", "[]",
    "[[]]", "format = 1", "format = 2", "format = 0", "format = -1", "format = 99999", 'title = "again"',
    "[[comments]]", "[review_of]", "[review_of]\nname = 1", "<<<<<<< HEAD", "=======", ">>>>>>> other",
    "||||||| base", "# comment", "#\x01", "\ufefftitle = 1", "x = '''", 'x = """', "id = ''", 'id = "a/b"',
    'id = "a"', "= 1", '"" = 1', "'\\' = 1", "[[events]]\nid = 'twin'\n[[events]]\nid = 'twin'", "[keys]",
    "[profiles.x]", "[[profiles.x]]", "[checks]",
)  # fmt: skip
"""Lines that turn the meaning of what follows."""


class Case:
    """One try, as a context manager: what is raised in it says which try it was and with what, and none takes long."""

    def __init__(self, name: str, number: int) -> None:
        self.name = f"{name}/{number}"
        self.rng = random.Random(self.name)
        self.data = b""
        self._began = 0.0

    def __enter__(self) -> Case:
        self._began = time.process_time()
        return self

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        taken = time.process_time() - self._began
        if error is not None:
            error.add_note(f"in case {self.name} with {self.data[:3000]!r}")
        elif taken > MOST_SECONDS:
            raise AssertionError(f"case {self.name} took {taken:.1f} s with {self.data[:3000]!r}")


def cases(usual: int, name: str) -> Iterator[Case]:
    """The usual number of tries, or more of them."""
    for number in range(usual * ROUNDS):
        yield Case(name, FIRST_SEED + number)


def damaged(data: bytes, rng: random.Random, others: tuple[bytes, ...] = ()) -> bytes:
    """A file after one to four accidents."""
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        data = rng.choice(_ACCIDENTS)(data, rng, others or (data,))
    return data


def _span(data: bytes, rng: random.Random, most: int = 200) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(len(data), start + rng.randint(0, most))


def _flip(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8)) if data else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _random_bytes(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    start, end = _span(data, rng, 20)
    return data[:start] + rng.randbytes(rng.randint(1, 12)) + data[end:]


def _cut(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    return data[: rng.randint(0, len(data))]


def _behead(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    return data[rng.randint(0, len(data)) :]


def _take_out(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _double(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    start, end = _span(data, rng, 1000)
    return data[:end] + data[start:end] * rng.choice((1, 1, 2, 30)) + data[end:]


def _splice(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    other = rng.choice(others)
    return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]


def _zeros(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    # What a power cut leaves of a block that was never written.
    start, end = _span(data, rng, 600)
    return data[:start] + bytes(end - start) + data[end:]


def _insert_text(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    place = rng.randint(0, len(data))
    return data[:place] + rng.choice(HOSTILE).encode("utf-8", "surrogatepass") + data[place:]


def _of_lines(change: Callable[[list[bytes], random.Random], None]) -> Callable[..., bytes]:
    def accident(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
        lines = data.split(b"\n")
        change(lines, rng)
        return b"\n".join(lines)

    return accident


def _line_away(lines: list[bytes], rng: random.Random) -> None:
    del lines[rng.randrange(len(lines))]


def _line_again(lines: list[bytes], rng: random.Random) -> None:
    lines.insert(rng.randint(0, len(lines)), rng.choice(lines))


def _line_moved(lines: list[bytes], rng: random.Random) -> None:
    lines.insert(rng.randrange(len(lines)), lines.pop(rng.randrange(len(lines))))


def _line_new(lines: list[bytes], rng: random.Random) -> None:
    lines.insert(rng.randint(0, len(lines)), rng.choice(LINES).encode())


def _value(lines: list[bytes], rng: random.Random) -> None:
    settings = [number for number, line in enumerate(lines) if b" = " in line]
    if settings:
        number = rng.choice(settings)
        lines[number] = lines[number].partition(b" = ")[0] + b" = " + rng.choice(VALUES).encode()


def _key(lines: list[bytes], rng: random.Random) -> None:
    settings = [number for number, line in enumerate(lines) if b" = " in line]
    if settings:
        one, other = rng.choice(settings), rng.choice(settings)
        lines[one] = lines[other].partition(b" = ")[0] + b" = " + lines[one].partition(b" = ")[2]


def _whole_text(data: bytes, rng: random.Random, others: tuple[bytes, ...]) -> bytes:
    text = data.decode("utf-8", "replace")
    return rng.choice(
        (
            lambda: text.encode("utf-16"),
            lambda: text.encode("utf-32"),
            lambda: text.encode("latin-1", "replace"),
            lambda: b"\xef\xbb\xbf" + data,
            lambda: b"\xef\xbb\xbf" * 2 + data,
            lambda: data.replace(b"\n", b"\r\n"),
            lambda: data.replace(b"\n", b"\r"),
            lambda: data + b"\x00",
            lambda: data + b"\x1a",
        )
    )()


_ACCIDENTS: Final[tuple[Callable[..., bytes], ...]] = (
    _flip, _random_bytes, _cut, _behead, _take_out, _double, _splice, _zeros, _insert_text, _insert_text,
    *(_of_lines(each) for each in (_line_away, _line_again, _line_moved, _line_new, _line_new, _value, _value, _value)),
    _of_lines(_key), _whole_text,
)  # fmt: skip


def anything(rng: random.Random, depth: int = 3) -> Any:
    """A value that TOML can hold."""
    kind = rng.randrange(12 if depth else 9)
    if kind == 0:
        return rng.choice((0, -1, 1, 2**31, 2**63 - 1, -(2**63), 10**30, rng.randint(-99, 99)))
    if kind == 1:
        return rng.choice((0.0, -0.0, float("inf"), float("-inf"), float("nan"), 1e308, 5e-324, rng.uniform(-9, 9)))
    if kind == 2:
        return rng.random() < 0.5
    if kind == 3:
        return rng.choice((date.min, date.max, date(2024, 2, 29), date(2024, 5, 2)))
    if kind == 4:
        return rng.choice((clock.min, clock.max, clock(9, 15)))
    if kind == 5:
        at = rng.choice((datetime.min, datetime.max, datetime(2024, 5, 2, 9, 0), datetime(2024, 3, 31, 2, 30)))
        zone = timezone(timedelta(minutes=rng.choice((0, 60, -720, 840, 1439, -1439))))
        return at.replace(tzinfo=rng.choice((None, zone)))
    if kind < 9:
        return hostile_text(rng)
    if kind < 11:
        return [anything(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {hostile_text(rng, 2): anything(rng, depth - 1) for _ in range(rng.randrange(4))}


def hostile_text(rng: random.Random, most: int = 4) -> str:
    """A short text with something bad in it; without lone surrogates, which no UTF-8 file can hold."""
    words = ("detected", "SEV1", "draft", "aaaa", "09:15", "2024-05-02", "4 hours", "T05", "about", "@ana", "")
    return "".join(rng.choice(rng.choice((HOSTILE, words))) for _ in range(rng.randrange(most + 1)))


def with_anything(data: dict[str, Any], keys: dict[str, tuple[str, ...]], rng: random.Random) -> dict[str, Any]:
    """A table in which some values became others. `keys` are names that mean something, by the table they are in."""
    changed = dict(data)
    for _ in range(rng.randint(1, 5)):
        name = rng.choice((*keys, *changed, hostile_text(rng, 2), rng.choice(NAMES)))
        value = changed.get(name)
        if isinstance(value, list) and value and isinstance(value[-1], dict) and rng.random() < 0.7:
            number = len(value) - 1 if rng.random() < 0.3 else rng.randrange(len(value))
            inner = (*keys.get(name, ()), *value[-1], rng.choice(NAMES))
            old = value[number] if isinstance(value[number], dict) else {}
            key = rng.choice(inner)
            item = {**old, key: _mostly_like(old.get(key), rng)}
            changed[name] = [*value[:number], item, *value[number + 1 :]]
        elif isinstance(value, dict) and rng.random() < 0.7:
            key = rng.choice((*keys.get(name, ()), *value, rng.choice(NAMES)))
            changed[name] = {**value, key: _mostly_like(value.get(key), rng)}
        else:
            changed[name] = _mostly_like(value, rng)
    return changed


def _mostly_like(old: Any, rng: random.Random) -> Any:
    """Some value, most times of the kind that the old one has: one of another kind is refused and shows no more."""
    tries = (anything(rng) for _ in range(1 if rng.random() < 0.1 else 40))
    last = None
    for last in tries:
        if old is None or type(last) is type(old):
            break
    return last


def as_toml(data: dict[str, Any]) -> bytes:
    """A table as the bytes of a file."""
    return tomli_w.dumps(data).encode("utf-8", "surrogatepass")

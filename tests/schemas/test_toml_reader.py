"""The compiled reader of TOML gives what `tomllib` gives, value by value, and takes nothing that `tomllib` does not."""

from __future__ import annotations

import random
import sys
import tomllib
from typing import Any

import pytest

from schemas import toml_reader
from schemas.toml_reader import DEEPEST, read_toml
from tests.samples import ALL, text_of

BITS = (
    '"', '"""', "'''", "'", "\\", "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "\n", "\r", "\t", "\x00", "\x7f",
    "\u0085", "\ufeff", "é", "😀", "1", "0", "-", "+", "_", "e", "Z", ":", "true", "nan", "inf", "2024-05-02",
    "09:00:00", "T09:00:00.5+03:00", "07:32", "\\u00e9", "\\ud800", "\\x41", "\\e", "a.b",
    'a."b c"', "1_0", "0x1F", "1e5",
    "1e400", "{a=1}", "{a=1,}", "[1,2]", "[sections]\n", "[[events]]\n", "[events]\n", "[events.x]\n", "9" * 30, "-0.0",
    "\ud800",
)  # fmt: skip


def came_of(read: Any, text: str) -> Any:
    """The data with the type of each value, or the kind of the fault and its words."""
    try:
        return typed(read(text))
    except (ValueError, RecursionError) as error:
        return type(error), str(error)


def typed(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, typed(each)) for key, each in value.items()]
    return [typed(each) for each in value] if isinstance(value, list) else (type(value), repr(value))


def test_the_samples_are_read_without_tomllib(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text_of(name) for name in ALL]
    expected = [typed(tomllib.loads(text)) for text in texts]
    monkeypatch.setitem(sys.modules, "tomllib", None)
    assert [typed(read_toml(text)) for text in texts] == expected


def test_the_same_comes_of_texts_with_slips() -> None:
    rng = random.Random(8)
    whole = [text_of(name) for name in ALL]
    for _ in range(3_000):
        text = rng.choice(whole)
        start = text.rfind("\n", 0, rng.randrange(len(text))) + 1
        text = text[start : start + rng.randrange(20, 500)]
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice((*BITS, "", "")) + text[at + rng.choice((0, 0, 1, 3)) :]
        assert came_of(read_toml, text) == came_of(tomllib.loads, text), text


@pytest.mark.parametrize(
    "text",
    [
        "at = 07:32", 'a = "\\e"', "a = {\nb = 1}", "\ufeffa = 1", "a = 1e400", "a = 1\na.b = 2",
        "[a]\nb = 1\n[a.b]\n", '"$__toml_private_datetime" = "1979-05-27"', "a = 1979-05-27T07:32:00.123456789Z",
        'a = "\ud800"',
    ],
)  # fmt: skip
def test_what_another_version_of_toml_would_take_is_read_as_tomllib_does(text: str) -> None:
    assert came_of(read_toml, text) == came_of(tomllib.loads, text)


def test_a_number_that_is_too_long_is_told_by_tomllib() -> None:
    for text in (f"a = {'9' * 4300}\n", f"\na = {'9' * 4301}\n", f"# {'9' * 4301}", f"a = 1{'_9' * 4300}"):
        assert came_of(read_toml, text) == came_of(tomllib.loads, text)


@pytest.mark.parametrize("gap", ["", " ", "\n", " # [[x]]\n"])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ("{a = ", "}"), ("{a = [", "]}")])
@pytest.mark.parametrize("depth", [DEEPEST // 2, 5_000, 100_000])
def test_nothing_that_is_nested_too_deeply_reaches_the_compiled_reader(
    monkeypatch: pytest.MonkeyPatch, opens: str, closes: str, gap: str, depth: int
) -> None:
    seen: list[str] = []

    def compiled(text: str) -> dict[str, Any]:
        seen.append(text)
        return {}

    monkeypatch.setattr(toml_reader, "_compiled", compiled)
    text = f"\n[[a]]\nb = {(opens + gap) * depth}1{(gap + closes) * depth}\n"
    if depth > DEEPEST:
        with pytest.raises((tomllib.TOMLDecodeError, RecursionError)):
            read_toml(text)
        assert not seen


def test_many_tables_and_lists_are_not_nested() -> None:
    text = '\n[[events]]\nmilestones = ["resolved"]\n' * 20_000
    assert toml_reader._is_flat(text)

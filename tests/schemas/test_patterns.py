"""Patterns that are compiled late do what compiled ones do; gated ones miss nothing that their pattern would find."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from schemas import patterns
from schemas.patterns import Gated, late

SCHEMAS = Path(patterns.__file__).parent


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[tuple[str, int]] = []
    original = re.compile

    def watched(pattern: str, flags: int) -> re.Pattern[str]:
        compiled.append((pattern, flags))
        return original(pattern, flags)

    monkeypatch.setattr(re, "compile", watched)
    pattern = late(r"a(\w)", re.IGNORECASE)
    assert compiled == []
    assert pattern.search("xAb")
    assert pattern.fullmatch("ab")
    assert pattern.findall("ab ac") == ["b", "c"]
    assert pattern.sub("-", "ab") == "-"
    assert (pattern.pattern, pattern.groups, bool(pattern.flags & re.IGNORECASE)) == (r"a(\w)", 1, True)
    assert compiled == [(r"a(\w)", re.IGNORECASE)]


def test_a_pattern_keeps_only_what_it_was_asked_for() -> None:
    pattern = late(r"a(\w)")
    before = set(vars(pattern))
    search = pattern.search
    assert search("xab")
    assert pattern.search is search
    assert set(vars(pattern)) - before == {"_compiled", "search"}


@pytest.mark.parametrize("path", sorted(SCHEMAS.rglob("*.py")), ids=lambda path: path.relative_to(SCHEMAS).as_posix())
def test_every_pattern_compiles(path: Path) -> None:
    name = ".".join(("schemas", *path.relative_to(SCHEMAS).with_suffix("").parts)).removesuffix(".__init__")
    for value in vars(import_module(name)).values():
        if isinstance(value, Gated):
            value = value._pattern
        if isinstance(value, patterns._Late):
            assert value.flags is not None


def test_a_gate_lets_through_what_has_one_of_its_words_in_any_letters() -> None:
    pattern = Gated("took|taken", r"\bit (?:took|has taken) $")
    assert pattern.search("in the end IT TOOK ")
    assert pattern.search("it has Taken ")
    assert pattern.search("it lasted ") is None
    assert pattern.search("took it ") is None

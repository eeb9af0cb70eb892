"""Patterns that are compiled late do what compiled ones do; gated ones miss nothing that their pattern would find."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import patterns
from schemas.length_parts import _part_of_one
from schemas.length_words import FRACTION
from schemas.patterns import Gated, late

SCHEMAS = Path(patterns.__file__).parent
LETTERS = st.characters(codec="latin-1")
"""Of all the letters of the patterns' languages. Beyond them are a few that fit a letter and are not its other case."""


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


def test_a_gate_may_ask_for_two_words() -> None:
    pattern = Gated("for|durante", r"\b(?:down|offline) (?:for|durante)", also="down|offline")
    assert pattern.search("it was Down for ")
    assert pattern.search("for long it was down") is None
    assert (pattern.match("it was down for "), bool(pattern.match("offline durante "))) == (None, True)
    assert pattern.findall("down for, offline for") == ["down for", "offline for"]
    assert pattern.without("so down for a day") == "so  a day"
    assert pattern.without("so down a day") == "so down a day"
    assert (pattern.findall("a day"), pattern.match("for a day")) == ([], None)


def gated_in(path: Path) -> dict[str, Gated]:
    module = import_module(".".join(("schemas", *path.relative_to(SCHEMAS).with_suffix("").parts)))
    return {f"{path.stem}.{name}": value for name, value in vars(module).items() if isinstance(value, Gated)}


GATED = {
    name: value
    for path in sorted(SCHEMAS.rglob("*.py"))
    if "= Gated(" in path.read_text(encoding="utf-8")
    for name, value in gated_in(path).items()
}


@pytest.mark.parametrize("name", GATED)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_gate_is_closed_to_what_its_pattern_takes(name: str, data: st.DataObject) -> None:
    gated = GATED[name]
    pattern = re.compile(gated._pattern.pattern, gated._pattern.flags)
    text = data.draw(st.from_regex(pattern, alphabet=LETTERS))
    assert (gated.search(text) is None) is (pattern.search(text) is None)
    assert (gated.match(text) is None) is (pattern.match(text) is None)


@settings(max_examples=1000, deadline=None)
@given(st.from_regex(re.compile(FRACTION.pattern, FRACTION.flags), fullmatch=True, alphabet=LETTERS))
def test_every_fraction_is_looked_at(text: str) -> None:
    assert _part_of_one(f"in {text}hours", 3) is not None

"""docs/reliability.md claims no test that is not there."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

MAKER = Path(__file__).parents[1] / "docs" / "make_reliability.py"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reliability", MAKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_promise_has_its_tests(maker: ModuleType) -> None:
    rows = maker.rows(maker.PAGE.read_text(encoding="utf-8"))
    assert len(rows) >= 14
    for promise, patterns, _ in rows:
        for pattern in patterns:
            assert maker.files([pattern]), f"{promise}: nothing is called {pattern}"


def test_no_more_cases_are_claimed_than_there_are(maker: ModuleType) -> None:
    rows = maker.rows(maker.PAGE.read_text(encoding="utf-8"))
    known = maker.counts({file for _, patterns, _ in rows for file in maker.files(patterns)})
    for promise, patterns, cases in rows:
        there = sum(known[file] for file in maker.files(patterns))
        assert 0 < cases <= there, f"{promise}: python docs/make_reliability.py brings the page up to date"

"""Rows in order and narrowed: the same as from scratch, however they changed before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.workspace.filters import COLUMNS, matches, sort_rows
from tui.workspace.listing import FEW, Listed, Listing
from tui.workspace.rows import Row

names = st.sampled_from([f"{folder}{stem}.toml" for folder in ("", "b/") for stem in ("a", "A", "1", "01", "10", "2")])
rows = st.builds(
    lambda name, day, title, severity, errors: Row(
        Path(name), name, title=title, date=day, severity=severity, errors=errors, complete=True
    ),
    names,
    st.sampled_from((None, date(2024, 5, 2), date(2025, 1, 1))),
    st.sampled_from(("", "Login", "login", "Pool 2", "pool 10", "Größe")),
    st.sampled_from(("", "SEV1", "SEV2", "sev10")),
    st.integers(0, 2),
)
columns = st.sampled_from(COLUMNS)


@given(st.lists(rows | names, max_size=30), st.lists(st.tuples(columns, st.booleans()), min_size=1, max_size=5))
def test_orders_follow_the_rows(changes: list[Row | str], asked: list[tuple[str, bool]]) -> None:
    known: dict[str, Row] = {}
    listing = Listing(known.__getitem__)
    for number, change in enumerate(changes):
        if isinstance(change, Row):
            known[change.name] = change
            listing.put(change.name)
        else:
            listing.drop(change)
            known.pop(change, None)
        column, reverse = asked[number % len(asked)]
        expected = [row.name for row in sort_rows(known.values(), column, reverse)]
        assert listing.ordered(column, reverse) == expected
        for query in ("pool", "groesse", "größe sev:1", "has:errors", "01"):
            found = [name for name in expected if matches(known[name], query)]
            assert listing.fitting(query, expected, lambda _: frozenset()) == found


def test_few_changes_sort_nothing_again() -> None:
    known = {f"{number}.toml": Row(Path(f"{number}.toml"), f"{number}.toml") for number in range(100)}
    asked: list[str] = []

    def row(name: str) -> Row:
        asked.append(name)
        return known[name]

    listing = Listing(row)
    for name in known:
        listing.put(name)
    listing.ordered("title", False)
    asked.clear()
    for name in list(known)[:FEW]:
        known[name] = replace(known[name], title="New")
        listing.put(name)
    assert listing.ordered("title", False)[:FEW] == list(known)[:FEW]
    assert set(asked) == set(list(known)[:FEW])


def test_words_in_texts_count_as_much_as_those_in_rows() -> None:
    known = {name: Row(Path(name), name, title=title) for name, title in (("a", "Pool"), ("b", "Login"), ("c", "Mail"))}
    listing = Listing(known.__getitem__)
    for name in known:
        listing.put(name)
    texts = {"pool": frozenset({"b"}), "full": frozenset({"a", "b"})}
    assert listing.fitting("pool full", known, lambda text: texts.get(text, frozenset())) == ["a", "b"]


def test_rows_are_made_when_they_are_looked_at() -> None:
    made: list[str] = []

    def row(name: str) -> Row:
        made.append(name)
        return Row(Path("l") / name, name)

    listed = Listed(["a", "b/c", "d"], row, Path("l"), 1)
    assert len(listed) == 3
    assert listed.place_of(Path("l/b/c")) == 1
    assert listed.place_of(Path("l/x")) is None
    assert listed.place_of(Path("elsewhere")) is None
    assert made == []
    assert [each.name for each in listed[1:]] == ["b/c", "d"]
    assert listed[0].path == Path("l/a")
    assert made == ["b/c", "d", "a"]

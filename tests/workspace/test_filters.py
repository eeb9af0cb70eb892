"""What fits a filter, and in which order rows stand."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.workspace.filters import COLUMNS, fold, matches, sort_rows
from tui.workspace.rows import Row


def row(name: str = "a.toml", **facts: object) -> Row:
    return replace(Row(Path(name), name, complete=True), **facts)


DEV = row(
    "2024/dev-server.toml",
    title="QuickFinance: Entwicklungsserver überlastet",
    date=date(2024, 5, 2),
    severity="SEV2",
    status="draft",
    zone="Africa/Nairobi",
    services=("payments-db",),
    errors=1,
    open_actions=2,
    actions=3,
)
CALM = row("calm.toml", title="Calm", severity="SEV1", status="in-review", warnings=2, zone="America/New_York")
BROKEN = row("broken.toml", problem="line 3: no value")
BARE = row("bare.toml", title="Bare", status="draft")
ALL = (DEV, CALM, BROKEN, BARE)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("   ", ALL),
        ("quickfinance", (DEV,)),
        ("ENTWICKLUNGSSERVER UBERLASTET", (DEV,)),
        ("überlastet", (DEV,)),
        ("u\u0308berlastet", (DEV,)),
        ("server quick", (DEV,)),
        ("server calm", ()),
        ("payments", (DEV,)),
        ("2024-05", (DEV,)),
        ("2024/dev", (DEV,)),
        ("sev2", (DEV,)),
        ('"quickfinance: entw"', (DEV,)),
        ('"calm quick"', ()),
        ('"quickfinance: e', (DEV,)),
        ("status:draft", (DEV, BARE)),
        ("status:dr", (DEV, BARE)),
        ("Status:DRAFT", (DEV, BARE)),
        ("status:", ALL),
        ("sev:1", (CALM,)),
        ("sev:SEV1", (CALM,)),
        ("severity:sev-2", (DEV,)),
        ("sev:none", (BARE,)),
        ("sev:", ALL),
        ("zone:none", (BARE,)),
        ("zone:nairobi", (DEV,)),
        ("zone:new_york", (CALM,)),
        ('zone:"new york"', (CALM,)),
        ("is:broken", (BROKEN,)),
        ("is:bro", (BROKEN,)),
        ("is:", ALL),
        ("has:errors", (DEV, BROKEN)),
        ("has:warnings", (CALM,)),
        ("has:actions", (DEV,)),
        ("status:draft has:errors", (DEV,)),
        ("status:draft zone:none bare", (BARE,)),
        ("is:purple", ()),
        ("nonsense:draft", ()),
        ("broken", (BROKEN,)),
    ],
)
def test_what_fits(query: str, found: tuple[Row, ...]) -> None:
    assert tuple(each for each in ALL if matches(each, query)) == found


def test_an_unknown_key_is_only_a_word_with_a_colon() -> None:
    assert matches(DEV, "QuickFinance:")
    assert matches(row(title="see ticket:42"), "ticket:42")


@given(st.text())
def test_any_query_can_be_typed(query: str) -> None:
    assert matches(DEV, query) in (True, False)


@given(st.text(alphabet='abc: "', max_size=12), st.text(alphabet='abc: "', max_size=12))
def test_more_words_never_find_more(one: str, other: str) -> None:
    if one.count('"') % 2 == 0 and matches(DEV, f"{one} {other}"):
        assert matches(DEV, one)


@pytest.mark.parametrize(
    ("text", "plain"), [("Überlauf", "uberlauf"), ("ÉTÉ", "ete"), ("Ｆｕｌｌ", "full"), ("ABC", "abc")]
)
def test_comparing_sees_through_accents_and_capitals(text: str, plain: str) -> None:
    assert fold(text) == plain


def named(rows: list[Row]) -> list[str]:
    return [each.name for each in rows]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("date", ({"date": date(2023, 1, 1)}, {"date": date(2023, 1, 2)}, {"date": date(2024, 1, 1)})),
        ("severity", ({"severity": "SEV1"}, {"severity": "sev2"}, {"severity": "SEV10"})),
        ("title", ({"title": "alpha 2"}, {"title": "Alpha 10"}, {"title": "Émile"})),
        ("status", ({"status": "draft"}, {"status": "in-review"}, {"status": "approved"}, {"status": "weird"})),
        ("length", ({"length_minutes": 5.0}, {"length_minutes": 20.5}, {"length_minutes": 1200.0})),
        (
            "actions",
            ({"actions": 3}, {"open_actions": 1, "actions": 1}, {"open_actions": 1, "actions": 2}),
        ),
        ("findings", ({"warnings": 3}, {"errors": 1}, {"errors": 1, "warnings": 1}, {"problem": "line 3: no value"})),
    ],
)
def test_each_column_orders_by_what_it_means(column: str, values: tuple[dict[str, object], ...]) -> None:
    rows = [row(f"{9 - place}.toml", **facts) for place, facts in enumerate(values)]
    for mixed in permutations(rows):
        assert sort_rows(mixed, column) == rows
        assert sort_rows(mixed, column, reverse=True) == rows[::-1]


@pytest.mark.parametrize("column", [column for column in COLUMNS if column not in ("name", "findings")])
@pytest.mark.parametrize("reverse", [True, False])
def test_what_has_no_value_comes_last_either_way(column: str, reverse: bool) -> None:
    full = row(
        "z.toml", title="T", date=date(2024, 1, 1), severity="SEV1", status="draft", length_minutes=1.0, actions=1
    )
    assert named(sort_rows([row("b.toml"), full, row("a.toml")], column, reverse)) == ["z.toml", "a.toml", "b.toml"]


def test_findings_that_are_not_known_yet_come_last() -> None:
    unread = replace(row("a.toml"), complete=False)
    assert named(sort_rows([unread, row("b.toml")], "findings")) == ["b.toml", "a.toml"]


def test_equal_rows_stand_by_name_and_numbers_count_as_numbers() -> None:
    rows = [row(name, status="draft") for name in ("b.toml", "a10.toml", "a2.toml")]
    for reverse in (False, True):
        assert named(sort_rows(rows, "status", reverse)) == ["a2.toml", "a10.toml", "b.toml"]


def test_an_unknown_column_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        sort_rows([], "colour")


@given(st.lists(st.text(max_size=6)), st.sampled_from(COLUMNS), st.booleans())
def test_sorting_loses_nobody(titles: list[str], column: str, reverse: bool) -> None:
    rows = [row(f"{place}{title}", title=title, severity=title) for place, title in enumerate(titles)]
    assert sorted(named(sort_rows(rows, column, reverse))) == sorted(named(rows))

"""Words of an incident and of a query: what a search in a library finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.incident import Comment, Incident
from tests.workspace.libraries import incident
from tui.workspace.index import Entry, Index, Known, MemoryIndex
from tui.workspace.library_index import LibraryIndex
from tui.workspace.library_words import is_long_enough, words_in, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The connection-pool was FULL.", "the connection pool was full"),
        ("Größe naïve ﬁne", "grosse naive fine"),
        ("error_rate 12 %", "error_rate 12"),
        ("日本語のログ", "日 本 語 の ロ ク"),
        ("a|b", "a b"),
        ("...", ""),
    ],
)
def test_words(text: str, words: str) -> None:
    assert words_in(text) == words


def test_all_that_is_searched_in_an_incident_is_searched_in_a_library() -> None:
    words = words_of(incident(1, "pool", "overflow"))
    assert words.startswith("case 1 pool | omar | sev2 | in review")
    assert "| began overflow |" in words
    assert "watch the limit of pool 1" in words
    assert "secret" not in words_of(Incident(comments=(Comment(id="c", text="secret"),)))


@pytest.mark.parametrize(("words", "long"), [("", False), ("ab", False), ("abc", True), ("日", True), ("a b", True)])
def test_short_words_are_not_looked_for_in_texts(words: str, long: bool) -> None:
    assert is_long_enough(words) is long


letters = st.text(st.sampled_from("abcé_日 -.%|'\"*"), max_size=30)


@given(st.lists(letters, max_size=6), letters)
@settings(max_examples=100)
def test_every_index_finds_the_same(tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str) -> None:
    place = tmp_path_factory.mktemp("index")
    indexes: list[Index] = [LibraryIndex(place / "full.sqlite", "me"), MemoryIndex()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.workspace.library_index.has_full_text", lambda _: False)
        indexes.append(LibraryIndex(place / "plain.sqlite", "me"))
    entries = [
        Entry(Known(str(number), 0, 0, 0, 0, 1, "", None, str(number)), "[]", "", words_in(text))
        for number, text in enumerate(texts)
    ]
    words = words_in(query)
    found = []
    for index in indexes:
        assert index.put(entries)
        found.append(index.search(words) if words else frozenset())
        index.close()
    assert found[0] == found[1] == found[2]
    for number, text in enumerate(texts):
        assert (str(number) in found[0]) == (bool(words) and f" {words}" in f" {words_in(text)}")


def test_a_word_that_is_no_text_of_its_own(tmp_path: Path) -> None:
    index = LibraryIndex(tmp_path / "a.sqlite", "me")
    assert index.search('" OR "') == frozenset()
    assert index.usable

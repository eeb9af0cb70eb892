"""Looking for all rules' words at once finds what looking for each of them finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.checks import probes
from schemas.checks.probes import Probes, holds

MIXED = Probes(
    "TODO", "api_key", "-----BEGIN", " have", "won't ", "10.", "…", "://", "sk-", "forgot to", "XXX", "heure d"
)
FOLDED = Probes("daylight", "horário", "at fault", "<<<<<<< ", "ip-10-")

WORDS = st.sampled_from(
    [*MIXED, *FOLDED, *(probe[1:] for probe in (*MIXED, *FOLDED)),
     "todo", "Have", "API_KEY", "the", "pool", "was", "full",
     "3-14", "İstanbul", "straße", "\n", "\x1f", "ſk-", "K", "a1b2"]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=120).flatmap(
    lambda words: st.sampled_from(["", " ", "."]).map(lambda gap: gap.join(words))
)


@given(TEXTS)
def test_a_word_is_found_where_it_stands(text: str) -> None:
    assert holds(text, MIXED) == any(probe in text for probe in MIXED)
    assert holds(text, MIXED, text.lower()) == any(probe in text for probe in MIXED)
    folded = text.lower()
    assert holds(folded, FOLDED, folded) == any(probe in folded for probe in FOLDED)


@given(TEXTS)
def test_a_quick_no_is_never_wrong(text: str) -> None:
    for each in (MIXED, FOLDED):
        if any(probe.lower() in text.lower() for probe in each):
            assert each.may_be_in(text.lower())


def test_a_text_is_taken_apart_once_for_all_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    original = probes._looked_for

    def watched(text: str) -> int:
        taken.append(text)
        return original(text)

    monkeypatch.setattr(probes, "_looked_for", watched)
    text = "nothing of interest was said here " * 20
    assert not holds(text, FOLDED, text)
    assert not holds(text, MIXED, text)
    assert taken == [text]


def test_words_that_are_noted_later_are_found_in_texts_that_were_seen_before() -> None:
    text = "the quagga was asleep " * 30
    assert not holds(text, MIXED, text)
    assert holds(text, Probes("quagga"), text)

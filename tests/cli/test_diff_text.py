"""Changed words with as much around them as a reader needs."""

from __future__ import annotations

from hypothesis import given

from schemas.difference import Difference
from schemas.differences import differences
from schemas.incident import Incident
from schemas.word_changes import word_changes
from tests.schemas.strategies import incidents, texts
from tui.cli.diff_text import as_text, counted, marked
from tui.cli.styled_lines import WIDEST, cells

NUMBERS = " ".join(map(str, range(100, 160)))


def shown(before: str, after: str) -> str:
    return "".join(text for _, text in marked(word_changes(before, after)))


class TestWords:
    def test_short_texts_are_shown_whole(self) -> None:
        assert shown("The cache was full.", "The cache was empty.") == "The cache was [-full-]{+empty+}."

    def test_of_long_ones_some_words_on_either_side(self) -> None:
        text = shown(NUMBERS, NUMBERS.replace("130", "x"))
        assert (
            text == "… 120 121 122 123 124 125 126 127 128 129 [-130-]{+x+} 131 132 133 134 135 136 137 138 139 140 …"
        )

    def test_between_changes_far_apart_some_are_left_out(self) -> None:
        text = shown(NUMBERS, NUMBERS.replace("105", "x").replace("150", "y"))
        assert "{+x+} 106 107" in text
        assert " 115 … 140 " in text
        assert "149 [-150-]{+y+}" in text

    def test_other_lines_are_left_out(self) -> None:
        before = "Nothing here.\n\nThe cache was full.\n\nNor here.\n"
        assert shown(before, before.replace("full", "empty")) == "The cache was [-full-]{+empty+}."

    def test_text_that_was_only_broken_elsewhere_is_not_marked(self) -> None:
        assert shown("one two three\nfour five", "one two\nthree four six") == "one two\nthree four [-five-]{+six+}"

    def test_a_new_paragraph_has_its_marks_about_the_words(self) -> None:
        assert shown("One.\n", "One.\n\nTwo.\n") == "\n{+Two.+}\n"

    @given(texts(), texts())
    def test_no_word_that_came_or_went_is_left_out(self, before: str, after: str) -> None:
        text = shown(before, after)
        for piece in word_changes(before, after):
            if piece.kind != "same":
                assert piece.text.strip("\n") in text or piece.text.isspace()


class TestLines:
    @given(incidents(), incidents())
    def test_any_differences_fit_a_terminal(self, before: Incident, after: Incident) -> None:
        found = differences(before, after).all
        narrow = as_text(found, width=40)
        assert all(cells(line) <= 40 for line in narrow.split("\n"))
        wide = as_text(found, width=WIDEST, colour=True)
        assert bool(found) is bool(wide)
        for each in found:
            assert "".join(each.sentence.split()) in "".join(as_text([each]).split())

    def test_each_part_has_one_heading(self) -> None:
        after = Incident.model_validate({"title": "T", "severity": "SEV1", "sections": {"summary": "S"}})
        assert as_text(differences(Incident(), after).all) == (
            "Incident\n  title added\n      {+T+}\n  the incident got a severity: SEV1\n\n"
            "Sections\n  section “Summary” added\n      + S\n"
        )

    def test_lines_without_words_are_left_out(self) -> None:
        before, after = "One.\n\n\nTwo.\n", "1.\n\n\n2.\n\nThree\n\n\nfour."
        found = Difference("changed", "sections/impact", "section “Impact”", "words", before, after, prose=True)
        assert all(line.strip() for line in as_text([found]).removesuffix("\n").split("\n"))

    def test_nothing(self) -> None:
        assert as_text([]) == ""


def test_remarks_are_counted_by_what_was_done() -> None:
    remarks = [
        Difference("added", "comments/a", "comment"), Difference("added", "comments/b", "comment"),
        Difference("changed", "comments/c/resolved", "comment", "resolved", "no", "yes", key="resolved"),
        Difference("changed", "comments/d/resolved", "comment", "resolved", "yes", "no", key="resolved"),
        Difference("removed", "waivers/T09", "waiver of T09"), Difference("moved", "reviews", "the order"),
    ]  # fmt: skip
    assert counted(remarks) == (
        "2 comments added, 1 comment resolved, 1 comment reopened, 1 waiver removed, 1 verdict put in another order"
    )

"""Where comments, verdicts and waivers stand in a file, and the lines that keep them apart."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.incident import Action, Comment, Event, Incident, OtherSection, Review, Sections, Waiver
from schemas.sections import SECTION_KEYS, STATUSES
from schemas.toml_file import dumps, loads, parse
from schemas.toml_layout import may_hold_comments, scan
from schemas.toml_order import entries_in_order, in_file_order
from schemas.toml_places import IN_REVIEW, KEYS, TEXTS, VERDICTS, group_of
from tests.schemas.strategies import incidents, same

START = datetime(2024, 5, 2, 9, tzinfo=UTC)


def incident(**fields: Any) -> Incident:
    base = Incident(
        title="Push failed",
        sections=Sections(summary="One line.", impact="Two."),
        other_sections=(OtherSection(id="m3x9", heading="Costs"),),
        events=(Event(id="k7q2"), Event(id="b8d3")),
        actions=(Action(id="c5f6"),),
    )
    changed: Incident = base.changed(**fields)
    return changed


def remark(name: str, on: str, minutes: int = 0, **fields: Any) -> Comment:
    return Comment(id=name, on=on, at=START + timedelta(minutes=minutes), **fields)


def ids(text: str) -> list[str]:
    """The ids of a file, and its own lines, from top to bottom."""
    lines = [line for line in text.split("\n") if line.startswith("id = ") or line in KEYS]
    return [line.removeprefix("id = ").strip('"') for line in lines]


EVERYWHERE = (
    remark("whole", ""),
    remark("top", "title"),
    remark("s", "sections/summary"),
    remark("empty", "sections/lucky"),
    remark("o", "other_sections/m3x9"),
    remark("e1", "events/k7q2/text"),
    remark("e2", "events/b8d3"),
    remark("list", "events"),
    remark("a", "actions/c5f6"),
    remark("gone", "events/gone"),
)


@pytest.mark.parametrize("seed", range(5))
def test_each_stands_behind_what_it_is_about_whatever_the_order_in_memory(seed: int) -> None:
    shuffled = random.Random(seed).sample(EVERYWHERE, len(EVERYWHERE))
    assert ids(dumps(incident(comments=shuffled))) == [
        "top", "whole",
        "m3x9", "o",
        "k7q2", "e1", "b8d3", "e2",
        "c5f6", "a",
        "# Remarks on sections/summary", "s",
        "# Remarks on sections/impact",
        "# Remarks on sections/lucky", "empty",
        "# Remarks on events", "list",
        "gone",
    ]  # fmt: skip


def test_threads_on_one_thing_stay_together_by_time() -> None:
    comments = (
        remark("late", "events/k7q2", 9),
        remark("second", "events/k7q2", 5, reply_to="first"),
        remark("same2", "events/k7q2", 2),
        remark("first", "events/k7q2", 1),
        remark("deep", "events/k7q2", 7, reply_to="second"),
        remark("same1", "events/k7q2", 2),
    )
    assert ids(dumps(incident(comments=comments)))[2:8] == ["first", "second", "deep", "same1", "same2", "late"]


def test_an_answer_stands_with_its_thread_wherever_it_says_it_is() -> None:
    comments = (remark("first", "events/k7q2"), remark("answer", "actions/c5f6", 1, reply_to="first"))
    assert ids(dumps(incident(comments=comments)))[:4] == ["m3x9", "k7q2", "first", "answer"]


def test_a_waiver_of_a_thing_stands_behind_what_is_said_about_it() -> None:
    waivers = (
        Waiver(rule="T14"),
        Waiver(rule="T14", where="events/k7q2"),
        Waiver(rule="C06", where="sections/impact"),
        Waiver(rule="T05", where="zone"),
    )
    text = dumps(incident(waivers=waivers, comments=(remark("e", "events/k7q2"),)))
    assert [waiver.where for waiver in loads(text).waivers] == ["events/k7q2", "sections/impact", "", "zone"]
    assert text.index('id = "e"') < text.index('where = "events/k7q2"') < text.index('id = "b8d3"')


def test_the_verdicts_of_one_reviewer_stand_together() -> None:
    at = [START + timedelta(days=day) for day in range(4)]
    reviews = (
        Review(id="1", reviewer="zoë", at=at[0], verdict="changes"),
        Review(id="2", reviewer="@Ana", at=at[1], verdict="changes"),
        Review(id="3", reviewer="zoë", at=at[2], verdict="approve"),
        Review(id="4", reviewer="ana"),
        Review(id="5", reviewer="Ana", at=at[3], verdict="approve"),
    )
    for status in STATUSES:
        assert [review.id for review in loads(dumps(incident(reviews=reviews, status=status))).reviews] == [
            "4", "2", "5", "1", "3",
        ]  # fmt: skip


class TestLines:
    def test_a_draft_has_one_for_each_section_that_is_written(self) -> None:
        assert [line for line in dumps(incident()).split("\n") if line in KEYS] == [
            "# Remarks on sections/summary",
            "# Remarks on sections/impact",
        ]

    def test_nothing_written_has_none(self) -> None:
        for status in STATUSES:
            assert "#" not in dumps(incident(sections=Sections(), status=status))

    def test_while_in_review_all_are_there(self) -> None:
        found = [line for line in dumps(incident(status="in-review")).split("\n") if line in KEYS]
        assert found == [TEXTS[key] for key in (*IN_REVIEW, *VERDICTS)]
        assert len(IN_REVIEW) == len(SECTION_KEYS) + 2

    def test_a_verdict_stands_below_the_line_with_its_letter(self) -> None:
        reviews = (Review(id="r", reviewer="@Ben", at=START, verdict="approve"),)
        found = ids(dumps(incident(status="in-review", reviews=reviews)))
        assert found[found.index("r") - 1] == "# Verdicts of B and O"

    @pytest.mark.parametrize("name", ["", "@", "zoë", "Élodie", "李", "42", "@ben", "O'Neill", "…"])
    def test_every_name_has_a_line(self, name: str) -> None:
        assert group_of(name) in VERDICTS

    def test_an_accent_does_not_matter(self) -> None:
        assert group_of("Élodie") == group_of("elodie")

    @pytest.mark.parametrize("line", sorted(KEYS))
    def test_none_is_a_comment_of_somebody(self, line: str) -> None:
        text = f"format = 1\n{line}\ntitle = 'x'\n\n{line}\n[[events]]\nid = 'a'\n{line}\n\n{line}\n"
        assert not may_hold_comments(text)
        assert scan(text).comments == []
        assert line not in dumps(parse(text).incident, parse(text).remarks)

    @pytest.mark.parametrize(
        "line", ["# Remarks on sections/summary too", "# remarks on events", " # Remark on events", "#"]
    )
    def test_what_is_written_otherwise_is_one(self, line: str) -> None:
        text = f"title = 'x'\n\n{line}\n"
        assert may_hold_comments(text)
        assert line in dumps(parse(text).incident, parse(text).remarks)

    def test_a_file_without_them_gets_them_and_one_that_has_them_twice_has_them_once(self) -> None:
        text = dumps(incident())
        line = "# Remarks on sections/impact\n"
        for other in (text.replace(line, ""), text.replace(line, line * 3), f"{line}{text}", f"{text}\n{line}"):
            loaded = parse(other)
            assert loaded.remarks == ()
            assert dumps(loaded.incident, loaded.remarks) == text

    def test_what_somebody_wrote_around_one_stays_there(self) -> None:
        text = dumps(incident())
        first, second = "# Remarks on sections/summary\n", "# Remarks on sections/impact\n"
        for around in (
            f"# above\n{first}{second}",
            f"{first}# below\n{second}",
            f"{first}# below\n\n# above\n\n# the next\n{second}",
            f"{first}{second}# below\n",
            f"{first}{second}# below\n\n# at the end\n",
        ):
            changed = text.replace(first + second, around)
            loaded = parse(changed)
            assert same(loaded.incident, incident())
            assert dumps(loaded.incident, loaded.remarks) == changed

    def test_it_goes_to_the_end_when_the_line_goes(self) -> None:
        loaded = parse(dumps(incident()).replace("sections/impact\n", "sections/impact\n# mine\n"))
        shorter = loaded.incident.changed(sections=Sections(summary="One line."))
        assert dumps(shorter, loaded.remarks).endswith("# Remarks on sections/summary\n\n# mine\n")


class TestLaws:
    @given(incidents(), st.randoms(use_true_random=False))
    def test_the_order_in_memory_does_not_matter(self, known: Incident, rng: random.Random) -> None:
        timed = tuple(comment for comment in known.comments if comment.at is not None)
        straight = in_file_order(known.model_copy(update={"comments": timed}))
        mixed = straight.model_copy(update={"comments": tuple(rng.sample(timed, len(timed)))})
        assert dumps(mixed) == dumps(straight)

    @given(incidents())
    def test_nothing_is_left_out(self, known: Incident) -> None:
        items = [item for _, item in entries_in_order(known)]
        assert len(items) == len(known.comments) + len(known.reviews) + len(known.waivers)
        assert in_file_order(known) is known

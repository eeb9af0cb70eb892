"""What stands in the way of each step, and what forcing one leaves behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from schemas import edits
from schemas.comments import add_comment, set_resolved
from schemas.gates import STEPS, Obstacle, Stopped, advance, obstacles, report_for, steps_from
from schemas.incident import Incident, Waiver
from schemas.toml_file import loads
from schemas.verdicts import ask, give_verdict
from tests.samples import text_of

NOW = datetime(2025, 4, 10, 9, tzinfo=UTC)
CHECKOUT = "2025-03-29-checkout-payment-latency"


@pytest.fixture(scope="module")
def clean() -> Incident:
    """A document in review without errors, comments and verdicts."""
    incident = loads(text_of(CHECKOUT))
    found: Incident = incident.changed(comments=(), reviews=())
    return found


def in_the_way(incident: Incident, to: str) -> tuple[Obstacle, ...]:
    return obstacles(incident, report_for(incident, to, NOW), to)


def kinds(incident: Incident, to: str) -> list[str]:
    return [each.kind for each in in_the_way(incident, to)]


def approved(incident: Incident, who: str = "henrik") -> Incident:
    return give_verdict(incident, review_id=f"r{len(incident.reviews)}", reviewer=who, at=NOW, verdict="approve")


def test_an_empty_draft_does_not_come_into_review() -> None:
    found = in_the_way(Incident(), "in-review")
    assert found
    assert {each.kind for each in found} == {"error"}
    assert all(each.hint and each.message.startswith(("C", "T", "A", "P")) for each in found)
    assert any(each.where.startswith("sections/") for each in found)


def test_more_is_asked_for_the_further_it_goes() -> None:
    written = Incident(title="x", zone="UTC", owner="ana")
    found = [{each.where for each in in_the_way(written, to) if each.kind == "error"} for to in STEPS[1:]]
    assert found[0] <= found[1] <= found[2]
    assert found[0] != found[1]


def test_an_error_that_is_waived_stands_in_nobodys_way() -> None:
    draft = Incident(title="x")
    error = in_the_way(draft, "in-review")[0]
    waiver = Waiver(rule=error.message[:3], where=error.where, reason="As agreed.")
    assert error not in in_the_way(edits.waive(draft, waiver), "in-review")


def test_into_review_takes_no_errors_only(clean: Incident) -> None:
    talked = add_comment(edits.set_field(clean, "status", "draft"), comment_id="c", text="Why?")
    assert kinds(talked, "in-review") == []


class TestApproval:
    def test_it_takes_somebody_elses_approval_of_this_content(self, clean: Incident) -> None:
        assert kinds(clean, "approved") == ["approval"]
        assert kinds(approved(clean), "approved") == []
        (alone,) = in_the_way(approved(clean, clean.owner), "approved")
        assert (alone.kind, alone.where) == ("approval", "reviews/r0")
        changed = edits.set_section(approved(clean), "trigger", "Something else, said at length.")
        (outdated,) = in_the_way(changed, "approved")
        assert "changed since" in outdated.message

    def test_it_says_who_was_asked(self, clean: Incident) -> None:
        (found,) = in_the_way(ask(clean, review_id="r", reviewer="@henrik"), "approved")
        assert "@henrik" in found.hint

    def test_it_takes_that_nothing_is_open(self, clean: Incident) -> None:
        talked = add_comment(
            approved(clean), comment_id="c", on="sections/impact", author="ana", text="Who else?\nMore."
        )
        (found,) = in_the_way(talked, "approved")
        assert (found.kind, found.where) == ("comment", "comments/c")
        assert "ana: “Who else?”" in found.message
        assert kinds(set_resolved(talked, "c", True), "approved") == []

    def test_it_takes_that_nobody_asks_for_changes(self, clean: Incident) -> None:
        asked = give_verdict(
            approved(clean), review_id="x", reviewer="noor", at=NOW, verdict="changes", summary="See above."
        )
        (found,) = in_the_way(asked, "approved")
        assert (found.kind, found.where, found.message) == ("changes", "reviews/x", "noor asks for changes: See above.")
        taken_back = give_verdict(
            asked, review_id="y", reviewer="noor", at=NOW + timedelta(hours=1), verdict="withdrawn"
        )
        assert kinds(taken_back, "approved") == []

    def test_an_approval_without_a_hash_is_of_nothing(self, clean: Incident) -> None:
        by_hand = approved(clean)
        by_hand = edits.update_item(by_hand, "reviews", "r0", content="")
        (found,) = in_the_way(by_hand, "approved")
        assert "does not say of which content" in found.message


class TestPublishing:
    def test_it_takes_that_the_approval_still_holds(self, clean: Incident) -> None:
        ready = edits.set_field(approved(clean), "status", "approved")
        assert kinds(ready, "published") == []
        assert kinds(edits.set_section(ready, "trigger", "Something else, at length."), "published") == ["approval"]

    def test_a_late_question_does_not_hold_it_up(self, clean: Incident) -> None:
        ready = edits.set_field(approved(clean), "status", "approved")
        assert kinds(add_comment(ready, comment_id="c", text="?"), "published") == []

    def test_two_steps_at_once_take_what_both_take(self, clean: Incident) -> None:
        assert kinds(add_comment(clean, comment_id="c", text="?"), "published") == ["comment", "approval"]


class TestSteps:
    @pytest.mark.parametrize(
        ("status", "steps"),
        [
            ("draft", ("in-review",)),
            ("in-review", ("approved", "draft")),
            ("approved", ("published", "in-review", "draft")),
            ("published", ("approved", "in-review", "draft")),
            ("done", ("in-review", "draft")),
        ],
    )
    def test_where_one_can_go(self, status: str, steps: tuple[str, ...]) -> None:
        assert steps_from(status) == steps

    def test_the_way_back_is_free(self) -> None:
        published = Incident(status="published")
        for to in STEPS:
            assert in_the_way(published, to) == ()
            assert advance(published, to, by="ana", at=NOW).status == to
        assert advance(published, "published", by="ana", at=NOW) is published

    def test_what_does_not_exist_is_no_step(self) -> None:
        with pytest.raises(ValueError, match="done"):
            advance(Incident(), "done", by="ana", at=NOW)
        with pytest.raises(ValueError, match="done"):
            obstacles(Incident(), report_for(Incident(), "draft", NOW), "done")

    def test_a_step_with_something_in_the_way_is_not_taken(self) -> None:
        found = in_the_way(Incident(), "in-review")
        for reason in ("", " \n"):
            with pytest.raises(Stopped) as stopped:
                advance(Incident(), "in-review", by="ana", at=NOW, reason=reason, review_id="f", found=found)
            assert stopped.value.obstacles == found
            assert stopped.value.to == "in-review"

    def test_a_forced_one_keeps_the_reason(self) -> None:
        found = in_the_way(Incident(), "in-review")
        forced = advance(Incident(), "in-review", by="ana", at=NOW, reason="Legal waits.", review_id="f", found=found)
        assert forced.status == "in-review"
        (entry,) = forced.reviews
        assert (entry.id, entry.reviewer, entry.at, entry.verdict, entry.summary) == (
            "f", "ana", NOW, "forced", "Legal waits.",
        )  # fmt: skip
        with pytest.raises(ValueError, match="review_id"):
            advance(Incident(), "in-review", by="ana", at=NOW, reason="Legal waits.", found=found)

    def test_a_reason_that_is_not_needed_is_not_kept(self, clean: Incident) -> None:
        moved = advance(approved(clean), "approved", by="ana", at=NOW, reason="because", review_id="f")
        assert len(moved.reviews) == 1

    def test_a_forced_step_does_not_open_the_next_gate(self, clean: Incident) -> None:
        found = in_the_way(clean, "approved")
        forced = advance(clean, "approved", by="ana", at=NOW, reason="Now.", review_id="f", found=found)
        assert kinds(forced, "published") == ["approval"]

    def test_the_checks_are_those_of_the_status_to_come(self, clean: Incident) -> None:
        report = report_for(clean, "published", NOW)
        assert {finding.rule for finding in report.findings} != set()
        assert clean.status == "in-review"

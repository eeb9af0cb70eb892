"""The causes: C05, and A10 on those that no action speaks of."""

from __future__ import annotations

from typing import Any

import pytest

from tests.schemas.checks.cases import found, incident, only


class TestCause:
    @pytest.mark.parametrize(
        ("status", "severity"), [("draft", "warning"), ("in-review", "error"), ("published", "error")]
    )
    def test_none(self, status: str, severity: str) -> None:
        known = incident(status=status, sections={"root_cause": "TBD"}, factors=[{"id": "f", "text": " "}])
        finding = only(known, "C05")
        assert (finding.severity, finding.where) == (severity, "sections/root_cause")

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"sections": {"root_cause": "A full disk."}}, "sections/root_cause"),
            ({"sections": {"root_cause": "The disk of the mail server was full"}}, "sections/root_cause"),
            ({"sections": {"root_cause": "<!-- why? -->\n\nHuman error."}}, "sections/root_cause"),
            ({"factors": [{"id": "f", "text": "No alert on disks"}]}, "factors/f"),
        ],
    )
    def test_only_one(self, fields: dict[str, Any], where: str) -> None:
        finding = only(incident(status="in-review", **fields), "C05")
        assert (finding.severity, finding.where, finding.message) == ("info", where, "only one cause is told")
        assert found(incident(status="draft", **fields), "C05") == []

    @pytest.mark.parametrize(
        "body",
        [
            "A full disk, and no alert on it.",
            "The disk was full because nothing deletes old mail.",
            "The disk was full. Nothing deletes old mail.",
            "- A full disk\n- No alert",
            "1. Why did it fill up: nobody had a look",
            "Two things had to come together.",
            "Several factors contributed.",
            "The disk was full, which no alert showed.",
        ],
    )
    def test_more_than_one(self, body: str) -> None:
        assert found(incident(status="published", sections={"root_cause": body}), "C05") == []

    def test_factors_count(self) -> None:
        factors = [{"id": "f", "text": "A full disk"}, {"id": "g", "text": "No alert on it"}]
        assert found(incident(status="published", factors=factors), "C05") == []
        assert (
            found(incident(status="published", sections={"root_cause": "A full disk."}, factors=factors), "C05") == []
        )
        one = incident(status="published", sections={"root_cause": "A full disk and no alert."}, factors=factors[:1])
        assert found(one, "C05") == []

    @pytest.mark.parametrize(
        ("cause", "trigger"),
        [
            ("Deploy of version 4.2 to production", "Deploy of version 4.2 to production"),
            ("The deploy of version 4.2.", "At 14:05 we deployed version 4.2 of the gateway."),
            ("A newsletter with a voucher for customers", "The newsletter with vouchers, which went to all customers"),
        ],
    )
    def test_the_trigger_again(self, cause: str, trigger: str) -> None:
        finding = only(incident(sections={"root_cause": cause, "trigger": trigger}), "C05")
        assert (finding.severity, finding.message) == ("info", "the root cause repeats the trigger")

    @pytest.mark.parametrize(
        ("cause", "trigger"),
        [
            ("Version 4.2 opened a connection for each request, and nothing limits them.", "Deploy of version 4.2"),
            ("The deploy of version 4.2 without a canary, on a Friday", "Deploy of version 4.2 of the gateway"),
            ("The deploy", "The deploy of version 4.2"),
            ("The pool of connections had the limit of last year.", "A newsletter to 320,000 customers"),
            ("The pool of connections had the limit of last year.", "TODO"),
        ],
    )
    def test_more_than_the_trigger(self, cause: str, trigger: str) -> None:
        assert found(incident(sections={"root_cause": cause, "trigger": trigger}), "C05") == []


def covered(factor: str, action: str, **sections: str) -> Any:
    return incident(
        status="in-review",
        factors=[{"id": "f", "text": factor}],
        actions=[{"id": "a", "text": action}],
        sections=sections,
    )


class TestUncovered:
    @pytest.mark.parametrize(
        ("factor", "action"),
        [
            ("Passwords of the replicas were kept on one laptop", "Page when replication lags more than 30 s"),
            ("The importer retries without a limit", "Add an alert on the depth of the queue"),
            ("Nobody on call had access to the vault", "Partition the table of events by hour"),
        ],
    )
    def test_found(self, factor: str, action: str) -> None:
        finding = only(covered(factor, action), "A10")
        assert (finding.severity, finding.where) == ("info", "factors")
        assert finding.message.startswith("1 of 1 factor has no word in common with any action:")

    @pytest.mark.parametrize(
        ("factor", "action"),
        [
            ("Passwords of the replicas were kept on one laptop", "Move the password of each replica into the vault"),
            ("The importer retries without a limit", "Limit the retries of the importer"),
            ("The importer retries without a limit; accepted until the new one comes", "Alert on the queue"),
            ("We live with the slow importer until summer", "Alert on the queue"),
            ("Deploying needs no review", "Two reviews before each deployment"),
            ("Replicas lagged unseen behind the primary", "Page when a replica lags"),
            ("No runbook for restoring the vault (risk is accepted)", "Alert on the queue"),
            ("Slow importer", "Alert on the queue"),  # too few words to be sure
            ("The alert of the service failed", "Write a runbook"),  # words of any incident
        ],
    )
    def test_not_found(self, factor: str, action: str) -> None:
        assert found(covered(factor, action), "A10") == []

    def test_accepted_elsewhere(self) -> None:
        factor, action = "The importer retries without a limit", "Add an alert on the depth of the queue"
        lessons = "We accept that the importer retries for as long as it likes."
        assert found(covered(factor, action, lessons=lessons), "A10") == []

    def test_difficulties(self) -> None:
        body = "What was hard:\n\n- The dashboard of the pool was nowhere to be found\n- Nobody could reach the vendor"
        known = covered("The importer retries", "Link the dashboard of the pool in the runbook", went_poorly=body)
        assert [(each.where, each.message) for each in found(known, "A10") if each.where != "factors"] == []
        body += "\n* The importer ignores its settings at the weekend"
        (finding,) = [each for each in found(known.changed(sections={"went_poorly": body}), "A10") if "/" in each.where]
        assert finding.where == "sections/went_poorly"
        assert "1 of 3 difficulties has no word in common" in finding.message

    @pytest.mark.parametrize("change", [{"actions": []}, {"status": "draft"}])
    def test_too_early(self, change: dict[str, Any]) -> None:
        known = covered("The importer retries without a limit", "Add an alert on the depth of the queue")
        assert found(known.changed(**change), "A10") == []

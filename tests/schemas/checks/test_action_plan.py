"""The actions as a whole: A05, A06, A07 and A09."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.checks import Finding, check
from schemas.checks.action_plan import indefinite
from schemas.incident import Incident
from schemas.neighbours import Index, Neighbour, others
from tests.schemas.checks.cases import NOW, at, event, found, incident, only


def actions(*changes: dict[str, Any], **fields: Any) -> Incident:
    return incident(actions=[{"id": f"a{i}", "text": "Do it", **change} for i, change in enumerate(changes)], **fields)


class TestNoEnd:
    @pytest.mark.parametrize(
        "text",
        [
            "Set up clear communication between the teams",
            "Document the procedure",
            "Add monitoring",
            "Train the developers in handling dependencies",
            "Test thoroughly before an update is deployed to production",
            "Write better tests",
            "Clean up the configuration",
            "Share the risks of manual changes",
        ],
    )
    def test_found(self, text: str) -> None:
        finding = only(actions({"text": text}, {"text": "Alert at 5 %"}), "A05")
        assert (finding.severity, finding.where) == ("info", "actions")
        assert finding.message.startswith("1 of 2 open actions says nothing by which one sees that it is done")

    @pytest.mark.parametrize(
        "change",
        [
            {"text": "Alert when more than 5 % of logins fail"},
            {"text": "Refuse to deploy while an alert is open"},
            {"text": "Add a column to `orders`"},
            {"text": "Move the job to UTC"},
            {"text": "Page the payments on-call when the queue grows"},
            {"text": "Test the backups once a month"},
            {"text": "Rename payments-db/oldest in the runbook"},
            {"text": "Ask Kestrel for a status webhook"},
            {"text": "Set connectTimeout in the client"},
            {"text": "Run the restore drill every quarter"},
            {"text": "Document the procedure", "link": "https://tracker.example/1"},
            {"text": "Document the procedure", "status": "done"},
            {"text": "Improve the monitoring"},  # A04 speaks of it
            {"text": "Write a plan that tells who talks to customers and who to the provider during an incident"},
            {"text": ""},
        ],
    )
    def test_not_found(self, change: dict[str, Any]) -> None:
        assert found(actions(change), "A05") == []

    def test_a_capital_at_the_start_is_no_name(self) -> None:
        assert indefinite("Monitoring of the queue")
        assert not indefinite("Monitor the Kestrel queue")


CUSTOMERS = {"impacts": [{"id": "i", "what": "Customers who could not pay", "amount": 12}]}


def ranked(*priorities: str, **fields: Any) -> Incident:
    return actions(*({"priority": priority} for priority in priorities), **fields)


class TestPriorities:
    @pytest.mark.parametrize(
        ("known", "message"),
        [
            (ranked("P2", "P2", "P2"), "all 3 actions are P2"),
            (ranked("P1", "p1", "P1", **CUSTOMERS), "all 3 actions are P1"),
            (
                ranked("P2", "P3", **CUSTOMERS),
                'no action is P0 or P1, although the impact says "Customers who could not pay"',
            ),
            (ranked("P4", severity="SEV1"), "no action is P0 or P1, although the severity is SEV1"),
        ],
    )
    def test_found(self, known: Incident, message: str) -> None:
        finding = only(known, "A06")
        assert (finding.severity, finding.where, finding.message) == ("warning", "actions", message)

    @pytest.mark.parametrize(
        "known",
        [
            ranked(),
            ranked("P2", "P2"),
            ranked("P2", "P2", "P3"),
            ranked("P2", "P2", "", **CUSTOMERS),
            ranked("P2", "high", **CUSTOMERS),
            ranked("P1", "P3", **CUSTOMERS),
            ranked("P2", "P3", severity="SEV3"),
            ranked("P2", impacts=[{"id": "i", "what": "Customers who could not pay", "amount": 0}]),
            ranked("P2", impacts=[{"id": "i", "what": "Customers who could not pay"}]),
            ranked("P2", impacts=[{"id": "i", "what": "Developers who could not push", "amount": 75}]),
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "A06") == []

    def test_what_was_dropped_does_not_count(self) -> None:
        known = actions({"priority": "P2"}, {"priority": "P0", "status": "dropped"}, **CUSTOMERS)
        assert found(known, "A06") != []


def typed(*types: str, minutes: int | None = None, **fields: Any) -> Incident:
    events = () if minutes is None else (
        event("a", at("09:00"), "impact-start"), event("b", at(f"09:{minutes:02d}"), "detected"),
    )  # fmt: skip
    items = [{"id": f"a{i}", "text": "x", "type": each} for i, each in enumerate(types)]
    return incident(*events, actions=items, **{"status": "in-review", **fields})


class TestTypes:
    @pytest.mark.parametrize(
        ("known", "severity", "message"),
        [
            (typed("mitigate", "repair"), "warning", "no action prevents it or helps to notice it sooner: there is"
             " only mitigate and repair"),
            (typed("mitigate", "mitigate"), "warning", "no action prevents it or helps to notice it sooner: there is"
             " only mitigate"),
            (typed("detect", "repair", "process"), "warning", "no action makes it less likely: there is only detect,"
             " process and repair"),
            (typed("prevent", "repair", minutes=44), "info",
             "it took 44m to notice, and no action is of the type detect"),
        ],
    )  # fmt: skip
    def test_found(self, known: Incident, severity: str, message: str) -> None:
        finding = only(known, "A07")
        assert (finding.severity, finding.where, finding.message) == (severity, "actions", message)

    @pytest.mark.parametrize(
        "known",
        [
            typed(),
            typed("repair"),
            typed("repair", ""),
            typed("repair", "refactor"),
            typed("prevent", "detect"),
            typed("prevent", "repair"),
            typed("prevent", "repair", minutes=14),
            typed("repair", "mitigate", status="draft"),
        ],
    )
    def test_not_found(self, known: Incident) -> None:
        assert found(known, "A07") == []


def repeats(known: Incident, *open_elsewhere: str, own: tuple[str, ...] = ()) -> list[Finding]:
    records = (
        Neighbour("2026-01-09-self", "", actions=own),
        *(Neighbour(f"2025-11-0{i}-mail", "", actions=(text,)) for i, text in enumerate(open_elsewhere, 1)),
    )
    return [each for each in check(known, NOW, neighbours=others(Index(records), 0)).findings if each.rule == "A09"]


ALERT = "Alert on free disk space below 10 % on the mail servers"


class TestRepeated:
    @pytest.mark.parametrize(
        "text",
        [
            ALERT,
            "Add an alert on the mail servers: free disk space below 15 %",
            "Alerting for free disk space of mail servers",
            "alert: disk space on mail servers",
        ],
    )
    def test_found(self, text: str) -> None:
        (finding,) = repeats(actions({"text": ALERT}), text, own=(ALERT,))
        assert (finding.severity, finding.where) == ("warning", "actions/a0/text")
        assert finding.message.startswith(
            '"Alert on free disk space below 10 % on…" is already open in 2025-11-01-mail: "'
        )

    @pytest.mark.parametrize(
        ("mine", "theirs"),
        [
            (ALERT, "Alert on free memory below 10 % on the web servers"),
            (ALERT, "Delete mail older than 30 days on the mail servers"),
            ("Page the on-call when search is slow", "Page the on-call when the mail queue is slow"),
            ("Write a runbook", "Write a runbook"),
            ("", ""),
        ],
    )
    def test_not_found(self, mine: str, theirs: str) -> None:
        assert repeats(actions({"text": mine}), theirs) == []

    def test_what_is_finished_or_the_own_is_not(self) -> None:
        assert repeats(actions({"text": ALERT, "status": "done"}), ALERT) == []
        assert repeats(actions({"text": ALERT}), own=(ALERT,)) == []
        assert found(actions({"text": ALERT}), "A09") == []

    def test_many(self) -> None:
        (finding,) = repeats(actions({"text": ALERT}), ALERT, ALERT, ALERT)
        assert "is already open in 2025-11-01-mail and 2 more times" in finding.message
        told = repeats(actions(*[{"text": ALERT}] * 7), ALERT)
        assert [finding.message for finding in told][-1] == "2 more actions are already open in other incidents"

"""The actions: A01, A03, A04, A08 and A11."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from schemas.checks import Finding
from schemas.incident import Incident
from tests.schemas.checks.cases import found, incident, only

GOOD = {
    "text": "Alert on replication lag over 30 s", "owner": "Kim", "due": date(2024, 7, 1), "type": "detect",
    "priority": "P1", "link": "https://tracker.example/1",
}  # fmt: skip


def actions(*changes: dict[str, Any]) -> Incident:
    return incident(actions=[{"id": f"a{i}", **GOOD, **change} for i, change in enumerate(changes)])


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.where, finding.severity) for finding in findings]


@pytest.mark.parametrize("rule", ["A01", "A03", "A04", "A08", "A11"])
def test_good_ones(rule: str) -> None:
    assert found(actions({}, {"status": "in-progress"}, {"status": "done"}), rule) == []
    assert found(incident(), rule) == []


class TestOwners:
    @pytest.mark.parametrize("owner", ["", " ", "TBD", "n/a", "?", "-", "Unassigned", "<owner>"])
    def test_nobody(self, owner: str) -> None:
        finding = only(actions({"owner": owner}), "A01")
        assert (finding.severity, finding.where) == ("warning", "actions/a0/owner")
        assert "has no owner" in finding.message

    @pytest.mark.parametrize(
        "owner",
        ["team", "The payments team", "everyone", "Kim and Lee", "Kim, Lee", "Kim & Lee", "Kim/Lee", "Kim / Lee",
         "@kim @lee", "Developers", "all", "Kim; Lee", "Kim + Lee"],
    )  # fmt: skip
    def test_not_one_person(self, owner: str) -> None:
        finding = only(actions({"owner": owner}), "A01")
        assert finding.where == "actions/a0/owner"
        assert f'"{owner}", which is not one person' in finding.message

    @pytest.mark.parametrize(
        "owner", ["Kim", "@kim", "Kim Anderson", "kim@x.example", "@org/kim", "on-call", "Sandy Teamer"]
    )
    def test_one_person(self, owner: str) -> None:
        assert found(actions({"owner": owner}), "A01") == []

    def test_most_are_told_once(self) -> None:
        finding = only(actions({"owner": ""}, {"owner": ""}, {}), "A01")
        assert (finding.where, finding.message) == ("actions", "2 of 3 open actions have no owner")
        assert only(actions({"owner": ""}, {"owner": ""}), "A01").message == "both open actions have no owner"
        assert only(actions(*[{"owner": ""}] * 5), "A01").message == "all 5 open actions have no owner"

    def test_few_are_told_one_by_one(self) -> None:
        known = actions({"owner": ""}, {}, {}, {"owner": "TBD"}, {})
        assert [finding.where for finding in found(known, "A01")] == ["actions/a0/owner", "actions/a3/owner"]

    def test_what_is_finished_needs_no_owner(self) -> None:
        assert found(actions({"owner": "", "status": "done"}, {"owner": "team", "status": "Closed"}), "A01") == []

    def test_one_group_is_told_once(self) -> None:
        finding = only(actions(*[{"owner": "Platform team"}] * 3), "A01")
        assert (finding.where, finding.message) == (
            "actions",
            '3 actions belong to "Platform team", which is not one person',
        )

    def test_many_groups_are_told_in_short(self) -> None:
        findings = found(actions(*({"owner": f"team {i}"} for i in range(8))), "A01")
        assert findings[-1].message == '3 more owners are not one person, such as "team 5"'


class TestDueDates:
    def test_one_by_one(self) -> None:
        assert told(found(actions({"due": None}, {}, {}), "A03")) == [("actions/a0/due", "warning")]
        assert told(found(actions({"due": None}), "A03")) == [("actions/a0/due", "warning")]

    def test_most_are_told_once(self) -> None:
        finding = only(actions({"due": None}, {"due": None}, {}), "A03")
        assert (finding.where, finding.message) == ("actions", "2 of 3 open actions have no due date")

    def test_the_rest_is_one_remark(self) -> None:
        known = actions(
            {"priority": "", "type": "", "link": ""}, {"priority": "", "type": "", "link": " "}, {"link": ""}
        )
        finding = only(known, "A03")
        assert (finding.where, finding.severity) == ("actions", "info")
        assert finding.message == "open actions: all without link; 2 of 3 without priority and type"

    def test_what_is_finished_needs_none(self) -> None:
        assert found(actions({"due": None, "priority": "", "status": "dropped"}), "A03") == []


class TestVagueVerbs:
    @pytest.mark.parametrize(
        ("text", "verb"),
        [
            ("Improve monitoring", "improve"),
            ("Monitoring: Enhance the tools", "enhance"),
            ("We should consider a cache", "consider"),
            ("be more careful with deploys", "be more careful"),
            ("Look into timeouts", "look into"),
            ("Investigate the leak", "investigate"),
            ("Make the alerts better", "make the alerts better"),
        ],
    )
    def test_found(self, text: str, verb: str) -> None:
        finding = only(actions({"text": text}), "A04")
        assert (finding.severity, finding.where) == ("info", "actions/a0/text")
        assert f'"{verb}" is vague' in finding.message

    @pytest.mark.parametrize(
        "change",
        [
            {"text": "Improve p99 latency to 200 ms"},
            {"text": "Investigate the leak", "type": "investigate"},
            {"text": "Improve monitoring", "status": "done"},
            {"text": "Add an alert to improve detection"},
            {"text": "Improvement plan written"},
            {"text": "`improve` is the name of a script"},
            {"text": ""},
        ],
    )
    def test_not_found(self, change: dict[str, Any]) -> None:
        assert found(actions(change), "A04") == []

    def test_many_are_told_once(self) -> None:
        finding = only(actions(*[{"text": "Improve it"}] * 3, {"text": "Consider it"}), "A04")
        assert (finding.where, finding.message) == (
            "actions",
            '4 actions begin with a vague verb: "improve" and "consider"',
        )


class TestOverdue:
    def test_found(self) -> None:
        finding = only(actions({"due": date(2024, 5, 31)}), "A08")
        assert (finding.severity, finding.where) == ("warning", "actions/a0/due")
        assert finding.message == '"Alert on replication lag over 30 s" was due on 2024-05-31 and is still open'

    @pytest.mark.parametrize(
        "change",
        [
            {"due": date(2024, 6, 1)},
            {"due": None},
            {"due": date(2024, 5, 1), "status": "done"},
            {"due": date(2024, 5, 1), "status": "dropped"},
            {"due": date(2024, 5, 1), "status": "Completed"},  # A11 speaks of the word
        ],
    )
    def test_not_found(self, change: dict[str, Any]) -> None:
        assert found(actions(change), "A08") == []

    def test_the_day_after(self) -> None:
        known = actions({"due": date(2024, 6, 1)})
        assert found(known, "A08", datetime(2024, 6, 1, 23, 59, 59, tzinfo=UTC)) == []
        assert len(found(known, "A08", datetime(2024, 6, 2, tzinfo=UTC))) == 1

    def test_many_are_told_in_short(self) -> None:
        findings = found(actions(*[{"due": date(2024, 1, 1)}] * 9), "A08")
        assert len(findings) == 6
        assert findings[-1].message == "4 more actions are overdue"


class TestUnknownWords:
    @pytest.mark.parametrize(
        ("field", "written", "right"),
        [
            ("type", "Prevent", "prevent"),
            ("priority", "p1", "P1"),
            ("status", "In Progress", "in-progress"),
            ("status", " done", "done"),
        ],
    )
    def test_another_way_to_write_it(self, field: str, written: str, right: str) -> None:
        known = actions({field: written}, {field: written}, {})
        finding = only(known, "A11")
        assert (finding.severity, finding.where) == ("warning", f"actions/a0/{field}")
        assert finding.message.startswith("2 actions have the unknown")
        assert finding.fix is not None
        after = finding.fix.edit(known)
        assert getattr(after.actions[1], field) == right
        assert found(after, "A11") == []
        assert after.actions[2] is known.actions[2]

    @pytest.mark.parametrize(("field", "written"), [("type", "refactor"), ("priority", "high"), ("status", "waiting")])
    def test_another_word(self, field: str, written: str) -> None:
        finding = only(actions({field: written}), "A11")
        assert finding.fix is None
        assert finding.hint.startswith("Use ")

    def test_no_status(self) -> None:
        assert only(actions({"status": ""}), "A11").message == "an action has no status"

    def test_many_are_told_in_short(self) -> None:
        findings = found(actions(*({"type": f"kind {i}"} for i in range(9))), "A11")
        assert findings[-1].message == "4 more words for the type are not known"

"""Long logs in the story: C10."""

from __future__ import annotations

import pytest

from schemas.checks.pasted_logs import LONGEST, longest_log
from tests.schemas.checks.cases import event, found, incident, only

LINES = (
    "2025-03-29 05:15:41.207 UTC LOG:  automatic vacuum",
    "[2025-03-29T05:15:41Z] error: pool exhausted",
    "Mar 29 05:15:41 db1 kernel: oom",
    "05:15:41.207 [main] WARN pool",
    "[   12.345678] eth0: link down",
    "ERROR: deadlock detected",
    "[WARN] slow query",
    'time="2025-03-29" level=error',
    '{"level":"error","msg":"x"}',
    "10.0.0.1 - - [29/Mar/2025:05:15:41] GET /",
    "    at com.shop.Pay.run(Pay.java:12)",
    '  File "pay.py", line 12, in run',
    "1743225341.207 pool exhausted",
    "I0329 05:15:41 main.go:1] up",
)


@pytest.mark.parametrize("line", LINES)
def test_found(line: str) -> None:
    log = "\n".join([line] * (LONGEST + 1))
    finding = only(incident(sections={"response": f"We saw this:\n\n```\n{log}\n```\n"}), "C10")
    assert (finding.severity, finding.where) == ("info", "sections/response")
    assert finding.message == "a log of 16 lines stands in the text"
    assert found(incident(sections={"response": "\n".join([line] * LONGEST)}), "C10") == []


def test_lines_that_are_set_in_belong_to_the_one_above() -> None:
    trace = "2025-03-29 05:15:41 ERROR x\n" + "    at a.b(C.java:1)\n" * 3 + "    called by nobody\n" * 20
    assert longest_log(trace) == 24


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["- 10:05 paged", "- 10:06 looked"] * 20),
        "\n".join(["| 2025-03-29 10:05 | paged |"] * 3 + ["words"] * 30),
        "\n".join(["2025-03-29 05:15:41 LOG: x", "and we thought about it"] * 20),
        "\n".join(["SELECT pid", "FROM pg_stat_activity", "WHERE true"] * 20),
        "\n".join(["A sentence that is long."] * 40),
        "1. Error of the pool\n2. At the same time\n" * 20,
        "2025-03-29 05:15:41 Ben:\n" + "  a line of a letter\n" * 30,
        "10:05 paged the on-call\n" * 40,
        "2025-03-29 10:05 paged the on-call\n" * 40,
        "| 2025-03-29 10:05:00 | paged the on-call |\n" * 40,
    ],
)
def test_not_found(text: str) -> None:
    assert found(incident(sections={"response": text}), "C10") == []


def test_where_it_may_and_may_not_stand() -> None:
    log = "\n".join([LINES[0]] * 20)
    known = incident(
        event("a", text=log),
        event("b", text="short"),
        sections={"supporting": log, "summary": log},
        other_sections=[{"id": "o", "heading": "Log", "body": log}],
    )
    assert [finding.where for finding in found(known, "C10")] == [
        "sections/summary",
        "other_sections/o",
        "events/a/text",
    ]


def test_hostile_text_is_read_to_the_end() -> None:
    for text in ('File "' + "a" * 100_000, "at " + "a." * 50_000, " " * 100_000, "[" * 50_000, "1." * 50_000):
        assert longest_log(text) == 0

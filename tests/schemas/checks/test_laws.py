"""What holds for all rules: they declare what they read, keep what is unchanged, never raise, and take little time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas import edits, event_edits, metrics, timeline
from schemas.checks import RULES, Facts, Finding, Report, Rule, check, run
from schemas.incident import ITEM_LISTS, KINDS, MILESTONES, Event, Incident, Sections, Stated, Waiver
from schemas.policy import Policy
from schemas.sections import SECTION_KEYS, STATUSES
from schemas.text import first_line, is_clean
from tests.schemas import strategies
from tests.schemas.checks.cases import NOW, at, event, incident, stated, wall

# Small incidents ----------------------------------------------------------------------------------------------------

WORDS = (
    "", " ", "TODO", "Restored", "Improve monitoring", "some users may have lost mail", "12 % of users", "human error",
    "<<<<<<< HEAD", "[/b][@click=app.quit]", "\x1b]52;c;AAAA\x07", "\u202e", "…", "[Time]", "<your text>", "`",
    "```\nTODO", "<!--",
    "x" * 5000, "a\nb\n# c", "👩‍🚒 العربية", "Untitled", "team and team",
)  # fmt: skip
TIMES_AS_WRITTEN = (
    "",
    "14:??",
    "23:59 PM",
    "11.50",
    "10:00 PST",
    "10:00 CST",
    "10:00 IST",
    "later",
    "HH:MM",
    "10:00 EAT",
)
ZONES = (
    "",
    "UTC",
    "Europe/Berlin",
    "America/Los_Angeles",
    "PST",
    "CST",
    "Nowhere/At_All",
    "UTC+14",
    "-12:00",
    "africa/nairobi",
    " ",
)
LENGTHS = ("4 hours", "about 4 hours", "2h 30m", "under 3 h", "more than 1 day", "half an hour", "", "∞", "ca. 5")

words = st.sampled_from(WORDS)
moments: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.sampled_from(
        (datetime.min, datetime.max, date.min, date.max, time.min, time.max, date(2024, 5, 2), time(23), time(1))
    ),
    st.sampled_from((datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))))),
    st.sampled_from(
        (datetime(2024, 3, 31, 2, 30), datetime(2023, 10, 29, 2, 30), datetime(2034, 5, 2), datetime(2023, 5, 2))
    ),
    st.integers(0, 3000).map(lambda minutes: at("09:00") + timedelta(minutes=minutes)),
    st.integers(0, 3000).map(lambda minutes: wall("09:00") + timedelta(minutes=minutes)),
    st.times(),
)
events = st.builds(
    lambda **fields: Event.model_validate(fields),
    id=st.sampled_from("abcdefgh"),
    at=moments,
    latest=st.one_of(st.none(), moments),
    until=st.one_of(st.none(), moments),
    about=st.booleans(),
    zone=st.sampled_from(("", "", "", *ZONES)),
    as_written=st.sampled_from(TIMES_AS_WRITTEN),
    text=words,
    kind=st.sampled_from(("", *KINDS, "Alert", "odd")),
    milestones=st.lists(st.sampled_from((*MILESTONES, "Impact Start", "odd")), max_size=2),
)
claims = st.builds(
    lambda **fields: Stated.model_validate(fields),
    id=st.sampled_from("stu"),
    what=st.sampled_from(("duration", "start", "end", "resolve", "detect", "mitigated", "odd", "")),
    value=st.sampled_from(LENGTHS),
    minutes=st.one_of(st.none(), st.integers(-5, 9000), st.floats(0, 1e300), st.just(2**70)),
    at=moments,
    about=st.booleans(),
)
actions = st.fixed_dictionaries(
    {
        "id": st.sampled_from("pqr"),
        "text": words,
        "owner": st.sampled_from(("", "Kim", "team", "Kim and Lee", "TBD", "team 2")),
        "due": st.sampled_from((None, date.min, date(2024, 5, 1), date.max)),
        "type": st.sampled_from(("", "prevent", "Prevent", "odd")),
        "priority": st.sampled_from(("", "P1", "p1", "high")),
        "status": st.sampled_from(("open", "done", "Done", "", "odd")),
    }
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "title": words,
    "status": st.sampled_from((*STATUSES, "", "Draft", "final")),
    "severity": st.sampled_from(("", "SEV1", "sev 2", "P1")),
    "zone": st.sampled_from(ZONES),
    "owner": st.sampled_from(("", "Kim", "Kim and Lee")),
    "sections": st.dictionaries(st.sampled_from(SECTION_KEYS), words, max_size=4).map(Sections.model_validate),
    "events": st.lists(events, max_size=8),
    "stated": st.lists(claims, max_size=3),
    "actions": st.lists(actions, max_size=3),
    "impacts": st.lists(
        st.fixed_dictionaries({"id": st.just("i"), "what": words, "amount": st.sampled_from((None, 0, 5))}), max_size=2
    ),
    "factors": st.lists(st.fixed_dictionaries({"id": st.just("f"), "text": words}), max_size=2),
    "other_sections": st.lists(
        st.fixed_dictionaries({"id": st.just("o"), "heading": words, "body": words}), max_size=2
    ),
    "comments": st.lists(st.fixed_dictionaries({"id": st.just("c"), "text": words}), max_size=2),
    "reviews": st.lists(
        st.fixed_dictionaries({"id": st.just("v"), "verdict": st.sampled_from(("approve", "changes"))}), max_size=2
    ),
}
incidents = st.fixed_dictionaries({}, optional=FIELDS).map(Incident.model_validate)


def with_ids_of_their_own(known: Incident) -> Incident:
    """As it is once a file was read: a fix finds what it changes by its id."""
    changed = {}
    for name in ITEM_LISTS:
        items, taken = [], set()
        for number, item in enumerate(getattr(known, name)):
            own = getattr(item, "id", None)  # a waiver has none
            items.append(item.model_copy(update={"id": f"{own}-{number}"}) if own and own in taken else item)
            taken.add(own)
        changed[name] = tuple(items)
    return known.model_copy(update=changed)


nows = st.sampled_from(
    (NOW, NOW + timedelta(seconds=30), datetime(2023, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC))
)


def facts(known: Incident, now: datetime = NOW, before: Facts | None = None) -> Facts:
    """Facts of an incident; what follows from the timeline is kept from the facts `before` if that is unchanged."""
    story = timeline.build(known, before.timeline if before else None)
    if before is not None and story is before.timeline:
        return replace(before, incident=known, now=now)
    return Facts(known, story, metrics.measure(story), now)


def plain(finding: Finding) -> tuple[Any, ...]:
    """A finding without the function of its fix, which is another one each time."""
    label = finding.fix.label if finding.fix else ""
    return (finding.rule, finding.severity, finding.where, finding.message, finding.hint, finding.waived, label)


# Never in the way ---------------------------------------------------------------------------------------------------

PLACES = {*Incident.model_fields}


@given(incidents, nows)
@settings(max_examples=200)
def test_no_incident_makes_a_rule_fail(known: Incident, now: datetime) -> None:
    for finding in check(known, now).findings:
        assert finding.rule in RULES
        assert finding.where.split("/")[0] in PLACES
        assert finding.message == first_line(finding.message)
        assert finding.hint == first_line(finding.hint)
        assert finding.hint
        assert is_clean(finding.message + finding.hint)
        assert len(finding.message) < 700


@given(strategies.incidents(), nows)
@settings(max_examples=60)
def test_nor_does_anything_that_the_models_can_hold(known: Incident, now: datetime) -> None:
    assert all(is_clean(finding.message + finding.hint) for finding in check(known, now).findings)


@given(incidents.map(with_ids_of_their_own), nows)
@settings(max_examples=150)
def test_a_fix_settles_its_finding(known: Incident, now: datetime) -> None:
    for finding in check(known, now).findings:
        if finding.fix is None:
            continue
        after = finding.fix.edit(known)
        assert after != known
        again = [
            each for each in check(after, now).findings if (each.rule, each.where) == (finding.rule, finding.where)
        ]
        assert all(each.message != finding.message for each in again), finding
        assert finding.fix.label


@given(incidents, nows)
def test_findings_do_not_depend_on_seconds(known: Incident, now: datetime) -> None:
    late = now.replace(second=59, microsecond=999_999)
    early = now.replace(second=0)
    assert [plain(f) for f in run(facts(known, early)).findings] == [plain(f) for f in run(facts(known, late)).findings]


# Declared and kept --------------------------------------------------------------------------------------------------


class Watched:
    """Stands in for facts or an incident and writes down which fields are read."""

    def __init__(self, real: object, seen: set[str]) -> None:
        self._real, self._seen = real, seen

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._real, name)
        if name == "incident":
            return Watched(value, self._seen)
        self._seen.add(name)
        return value


RICH = (
    incident(),
    incident(
        event("a", wall("09:00"), "detected"), zone="", status="published", stated=[stated("duration", minutes=5)]
    ),
    incident(
        event("a", wall("23:00"), "detected", as_written="23:00 PST"),
        event("b", wall("21:00"), "resolved", text="TODO"),
        event("c", time(2)),
        event("d", wall("09:00", "2024-04-03"), as_written="03/04/2024 09:00"),
        status="approved",
        zone="Nowhere/At_All",
        severity="x",
        stated=[stated("start", at=at("01:00")), stated("duration", "1 h", minutes=60)],
        actions=[{"id": "a", "due": date(2024, 1, 1)}],
        impacts=[{"id": "i", "what": "Some users"}],
        factors=[{"id": "f", "text": "x"}],
    ),
    incident(
        event("a", at("09:00"), "impact-start"),
        event("b", at("10:00"), "detected", "resolved", audience="external"),
        status="approved",
        severity="SEV1",
        owner="@kim",
        sections={"response": "Kim asked the RBQ, see kim.lee@mail.example"},
        actions=[{"id": "p", "text": "x", "type": "prevent", "priority": "P3", "owner": "@stranger"}] * 2,
        reviews=[{"id": "r", "reviewer": "@kim", "verdict": "approve", "content": "0" * 64}],
        waivers=[{"rule": "P08", "reason": "It is a test."}],
    ),
    incident(event("a", at("09:00"), "detected"), severity="SEV1"),
    incident(status="in-review"),
    incident(sections={"root_cause": "x", "summary": "x", "impact": "Some users"}, status="in-review", zone=""),
    incident(event("a", at("09:00"), "detected"), stated=[stated("duration", minutes=127)]),
)


@pytest.mark.parametrize("rule_id", RULES)
def test_rules_read_what_they_declare_and_nothing_else(rule_id: str) -> None:
    rule, seen = RULES[rule_id], set[str]()
    for known in RICH:
        list(rule.check(cast(Facts, Watched(facts(known), seen))))
    assert seen == set(rule.reads)


@given(incidents)
@settings(max_examples=100)
def test_rules_read_no_more_in_other_incidents(known: Incident) -> None:
    for rule in RULES.values():
        seen = set[str]()
        list(rule.check(cast(Facts, Watched(facts(known), seen))))
        assert seen <= set(rule.reads), rule.id


Edit = Callable[[Incident], Incident]


def _set(name: str, value: Any) -> Edit:
    return lambda known: known.changed(**{name: value})


def _section(key: str, body: str) -> Edit:
    return lambda known: edits.set_section(known, key, body)


def _add(new: Event) -> Edit:
    return lambda known: event_edits.add_event(known, new)


def _drop(number: int) -> Edit:
    return lambda known: known.changed(events=known.events[:number] + known.events[number + 1 :])


def _waive(rule: str, where: str) -> Edit:
    return lambda known: edits.waive(known, Waiver(rule=rule, where=where, reason="so it is"))


steps: st.SearchStrategy[Edit] = st.one_of(
    st.sampled_from(sorted(FIELDS)).flatmap(lambda name: FIELDS[name].map(lambda value: _set(name, value))),
    st.builds(_section, st.sampled_from(SECTION_KEYS), words),
    st.builds(_add, events),
    st.builds(_drop, st.integers(0, 5)),
    st.builds(_waive, st.sampled_from(sorted(RULES)), st.sampled_from(("", "events", "actions", "title"))),
    st.just(event_edits.sort_events),
)


@given(incidents, st.lists(st.tuples(steps, nows), max_size=8))
@settings(max_examples=150)
def test_keeping_what_is_unchanged_finds_the_same(known: Incident, story_of_edits: list[tuple[Edit, datetime]]) -> None:
    before = facts(known)
    report: Report = run(before)
    for edit, now in story_of_edits:
        known = edit(known)
        before = facts(known, now, before)
        report = run(before, report)
        assert [plain(f) for f in report.findings] == [plain(f) for f in run(facts(known, now)).findings]


def test_a_keystroke_runs_only_what_reads_the_sections() -> None:
    known = incident(event("a", at("09:00"), "detected"), status="in-review")
    read = facts(known)
    asked: list[str] = []

    def watched(rule: Rule) -> Rule:
        def check(facts: Facts) -> Iterator[Finding]:
            asked.append(rule.id)
            yield from rule.check(facts)

        return replace(rule, check=check)

    rules = [watched(rule) for rule in RULES.values()]
    before = run(read, rules=rules)
    assert sorted(asked) == sorted(RULES)
    asked.clear()
    typed = edits.set_section(known, "summary", "x")
    run(facts(typed, NOW, read), before, rules)
    assert set(asked) - {"P10"} == {name for name, rule in RULES.items() if "sections" in rule.reads}


def test_a_rule_that_reads_findings_runs_after_all_others_and_sees_waived_ones_too() -> None:
    def body(facts: Facts) -> Iterator[Finding]:
        yield Finding("P99", "info", "title", f"{len(facts.found)} found", "Count them.")

    last = Rule("P99", "what was found", "info", ("found",), body)
    others = [rule for rule in RULES.values() if "found" not in rule.reads]
    known = incident(status="approved", waivers=[{"rule": "C01", "reason": "It is a test."}])
    alone = run(facts(known), rules=others)
    assert any(finding.waived for finding in alone.findings)
    told = run(facts(known), rules=[last, *others]).findings
    assert [finding.message for finding in told if finding.rule == "P99"] == [f"{len(alone.findings)} found"]


def test_only_the_rules_that_the_policy_wants_are_run() -> None:
    known = replace(facts(incident()), policy=Policy(select=("C", "P02"), ignore=("C01",)))
    assert set(run(known).by_rule) == {name for name in RULES if name[0] == "C" and name != "C01"} | {"P02"}


def test_waivers_cover_places_and_what_is_inside() -> None:
    known = incident(
        actions=[{"id": "a", "text": "x", "owner": ""}],
        waivers=[{"rule": "A01", "where": "actions/a", "reason": "later"}],
    )
    report = check(known, NOW)
    assert [finding.waived for finding in report.findings if finding.rule == "A01"] == ["later"]
    assert "A01" not in {finding.rule for finding in report.active()}


# Quick --------------------------------------------------------------------------------------------------------------


def _long(count: int, **fields: Any) -> Incident:
    first = datetime(2024, 3, 1, tzinfo=UTC)
    known = [
        event(
            f"e{i}",
            first + timedelta(minutes=i),
            text=f"Step {i}, latency < 5 ms [graph](https://x.example/{i})",
            **fields,
        )
        for i in range(count)
    ]
    known[5] = event("detected", known[5].at, "detected")
    return incident(
        *known, event("resolved", first + timedelta(minutes=count), "resolved"), stated=[stated("duration", minutes=77)]
    )


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"as_written": "10:00 PST"},
        {"as_written": "14:??"},
        {"until": datetime(2024, 2, 1)},
        {"kind": "odd", "milestones": ["resolved"]},
    ],
)
def test_a_long_timeline_is_told_in_few_findings(shape: dict[str, Any]) -> None:
    """A fault that every event shares is told a few times and counted, not two thousand times."""
    assert 0 < len(run(facts(_long(2_000, **shape))).findings) < 100


@pytest.mark.parametrize(
    "text",
    ["[" * 40_000, "`" * 40_001, "<!--" * 10_000, "[a](" * 10_000, "TODO " * 8_000, "the team " * 5_000, "?" * 40_000],
)
def test_hostile_text_is_checked_to_the_end(text: str) -> None:
    known = facts(incident(event("a", None, text=text, as_written=text), sections={"summary": text, "impact": text}))
    # What grows with the square of such a text takes minutes, which nobody who runs the tests would miss.
    assert "C13" in {finding.rule for finding in run(known).findings}


def test_every_list_of_items_has_places() -> None:
    assert set(ITEM_LISTS) <= set(Incident.model_fields)

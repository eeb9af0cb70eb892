"""`postmortem.toml`: what holds, and what is told of every kind of fault in it."""

from __future__ import annotations

import string
from datetime import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas import policy_file
from schemas.policy import DEADLINES, DEFAULT, Policy, Problem
from schemas.policy_file import METRIC_KEYS, SETTINGS, parse, parse_bytes
from schemas.policy_settings import MOST_PROBLEMS
from schemas.profiles import PROFILES
from schemas.text import is_clean
from tests.schemas.strategies import HOSTILE

WHOLE = """\
profile = "ours"
dates = "day-first"

[clocks]
support = "Mon-Fri 10:00-17:00 Europe/London"

[[profiles.ours]]
id = "repair"
label = "time to repair"
from = "detected"
to = "recovered"
clock = "support"

[[profiles.ours]]
id = "resolve"
from = "impact-start"
to = "resolved"
clock = "elapsed"

[[profiles.ours]]
label = "on call"
from = "detected"
to = "acknowledged"
clock = "daily 08:00-20:00 UTC"

[checks]
select = ["T", "c01"]
ignore = ["T09"]

[deadlines]
SEV1 = 3
SEV5 = false
other = 30

[required.in-review]
all = ["summary", "impact"]
SEV1 = ["summary", "impact", "root_cause"]

[required.published]
all = "lessons"
"""


def problems(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in parse(text)[1]]


def only(text: str) -> tuple[Policy, Problem]:
    policy, (problem,) = parse(text)
    return policy, problem


def test_all_that_can_be_agreed_on() -> None:
    policy, told = parse(WHOLE)
    assert told == ()
    assert (policy.profile, policy.dates) == ("ours", "day-first")
    repair, resolve, on_call = policy.metrics
    assert (repair.id, repair.label, repair.start, repair.end) == ("repair", "time to repair", "detected", "recovered")
    assert repair.clock == "Mon-Fri 10:00-17:00 Europe/London"
    assert (resolve.label, resolve.clock) == ("resolve", "elapsed")
    assert (on_call.id, on_call.clock) == ("on call", "daily 08:00-20:00 UTC")
    assert on_call.hours is not None
    assert on_call.hours.start == time(8)
    assert [*policy.profiles] == [*PROFILES, "ours"]
    assert (policy.select, policy.ignore) == (("T", "C01"), ("T09",))
    assert policy.deadlines == {**DEADLINES, "SEV1": 3, "SEV5": 0, "": 30}
    assert policy.required == {
        ("", "in-review"): ("summary", "impact"),
        ("SEV1", "in-review"): ("summary", "impact", "root_cause"),
        ("", "published"): ("lessons",),
    }


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet\n", "\ufeff", "[checks]\n[deadlines]\n[required]\n[profiles]\n[clocks]\n"]
)
def test_an_empty_file_is_no_agreement(text: str) -> None:
    assert parse_bytes(text.encode()) == (DEFAULT, ())


def test_a_profile_of_the_same_name_takes_the_place_of_the_usual_one() -> None:
    policy, told = parse('[[profiles.default]]\nid = "x"\nfrom = "detected"\nto = "closed"\n')
    assert told == ()
    assert [metric.id for metric in policy.metrics] == ["x"]


METRIC = '[[profiles.ours]]\nid = "a"\nfrom = "detected"\nto = "resolved"\n'
NEXT = METRIC + '[[profiles.ours]]\nid = "b"\n'
HOURS = "Mon-Fri 10:00-17:00 Europe/London"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('\nprofil = "gitlab"\n', 2, "there is no setting profil; did you mean profile?"),
        ("xyzzy = 1\n", 1, f"there is no setting xyzzy; there are {', '.join(SETTINGS[:-1])} and {SETTINGS[-1]}"),
        ('profile = "gitlb"\n', 1, "there is no profile gitlb; did you mean gitlab?"),
        ('select = ["T09"]\n', 1, "select stands outside of its table [checks]"),
        ("SEV1 = 3\n", 1, "SEV1 stands outside of its table [deadlines]"),
        ("profile = 3\n", 1, 'profile has to be a text in quotes, such as profile = "default"'),
        ('dates = "dayfirst"\n', 1, "there is no order of dates dayfirst; did you mean day-first?"),
        ('dates = "us"\n', 1, "there is no order of dates us; there are day-first and month-first"),
        ("clocks = 1\n", 1, f'clocks has to be a table, such as [clocks] with support = "{HOURS}"'),
        ("[clocks]\na = 9\n", 2, "clocks.a has to be hours"),
        ('[clocks]\na = "9-17"\n', 2, "clocks.a: “9-17” does not say on which days; write daily, or days"),
        ('[clocks]\na = "daily 9-17 Europe/Londn"\n', 2, "clocks.a: there is no zone Europe/Londn; did you mean"),
        ("profiles = 1\n", 1, "profiles has to be a table of lists: write [[profiles.NAME]]"),
        ("[profiles]\na = 1\n", 2, "profiles.a has to be a list of metrics"),
        ("[profiles]\na = [1]\n", 2, "profiles.a has to be a list of metrics"),
        ("[profiles]\na = []\n", 2, "the profile a has no metric that can be measured"),
        (METRIC + 'form = "x"\n', 5, "there is no key of a metric form; did you mean from?"),
        (METRIC + "label = 1\n", 5, "profiles.ours.label has to be a text in quotes"),
        (METRIC + METRIC, 6, "two metrics of ours are called a"),
        (METRIC + '[[profiles.ours]]\nfrom = "detected"\nto = "closed"\n', 5, "this metric has no id"),
        (NEXT + 'to = "closed"\n', 5, "this metric has no from"),
        (NEXT + 'from = "Start"\nto = "closed"\n', 7, "there is no milestone Start; did you mean impact-start?"),
        (NEXT + 'from = "resolvd"\nto = "closed"\n', 7, "there is no milestone resolvd; did you mean resolved?"),
        (NEXT + 'from = 7\nto = "closed"\n', 7, "profiles.ours.from has to be a text in quotes"),
        (NEXT + 'from = "closed"\nto = "closed"\n', 8, "from closed to closed no time passes"),
        (NEXT + 'from = "detected"\nto = "closed"\nclock = "suport"\n[clocks]\nsupport = "24h"\n', 9,
         "there is no clock suport; did you mean support?"),
        (NEXT + 'from = "detected"\nto = "closed"\nclock = 9\n', 9, "profiles.ours.clock has to be a text in quotes"),
        ('checks = ["T01"]\n', 1, 'checks has to be a table, such as [checks] with ignore = ["C06"]'),
        ("[checks]\nslect = []\n", 2, "there is no setting of checks slect; did you mean select?"),
        ('[checks]\nignore = ["C6"]\n', 2, "there is no check C6; did you mean C06?"),
        ('[checks]\nignore = ["X"]\n', 2, "there is no check X; there are "),
        ("[checks]\nignore = [1]\n", 2, "checks.ignore has to be a list of texts"),
        ("[checks]\nignore = 1\n", 2, 'checks.ignore has to be a list of texts, such as ["C06"]'),
        ("deadlines = 5\n", 1, "deadlines has to be a table, such as [deadlines] with SEV1 = 5"),
        ("[deadlines]\nsev1 = 5\n", 2, "there is no severity sev1; did you mean SEV1?"),
        ("[deadlines]\nSEV1 = true\n", 2, "deadlines.SEV1 has to be a number of days"),
        ("[deadlines]\nSEV1 = -1\n", 2, "deadlines.SEV1 has to be a number of days"),
        ("[deadlines]\nSEV1 = 5.5\n", 2, "deadlines.SEV1 has to be a number of days"),
        ("[deadlines]\nSEV1 = 99999999999\n", 2, "deadlines.SEV1 has to be a number of days"),
        ("required = []\n", 1, 'required has to be a table, such as [required.in-review] with all = ["summary"]'),
        ("[required]\nreview = 1\n", 2, "there is no status review; did you mean in-review?"),
        ("[required]\ndraft = []\n", 2, "required.draft has to be a table"),
        ("[required.draft]\nSEVERE = []\n", 2, "there is no severity SEVERE; did you mean SEV"),
        ('[required.draft]\nall = ["sumary"]\n', 2, "there is no section sumary; did you mean summary?"),
        ('title = "Outage"\nzone = "UTC"\n[[events]]\nid = "a"\n', 1, "this is an incident, not what a team has"),
        ("profile = gitlab\n", 1, "`gitlab` is not in quotes"),
        ("[checks\n", 1, "the table's heading is not closed"),
        ("a = " + "[" * 5000, 1, "lists or tables are nested too deeply"),
        ("a = " + "9" * 9000, 1, "a number is too large"),
        ("a = 1\x1b[31m\n", 1, "the invisible character U+001B stands here"),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_line_and_what_is_meant(text: str, line: int, said: str) -> None:
    _, problem = only(text)
    assert (problem.file, problem.line) == ("postmortem.toml", line)
    assert problem.message.startswith(said)
    assert problem.hint


def test_faults_go_by_the_name_of_their_file() -> None:
    _, (problem,) = parse("a = 1\n", "lib/post\x1bmortem.toml")
    assert str(problem).startswith("lib/post␛mortem.toml:1: there is no setting a;")


def test_what_is_not_utf8_is_told() -> None:
    policy, (problem,) = parse_bytes(b'profile = "gitlab"\ndates = "\xff"\n')
    assert policy is DEFAULT
    assert (problem.line, "is not UTF-8" in problem.message) == (2, True)


def test_the_rest_of_a_faulty_file_holds() -> None:
    text = WHOLE.replace('"T09"', '"T09", "X77"').replace('dates = "day-first"', "dates = 1")
    text = (
        text.replace('"root_cause"', '"rootcause"')
        .replace("SEV1 = 3", "SEV1 = 3\nSEV22 = 1")
        .replace('"support"', '"suport"')
    )
    policy, told = parse(text)
    whole = parse(WHOLE)[0]
    assert [problem.line for problem in told] == [2, 12, 28, 32, 38]
    assert policy.dates == ""
    assert policy.metrics == whole.metrics[1:]  # not by another clock than was meant
    assert (policy.select, policy.ignore, policy.deadlines) == (whole.select, whole.ignore, whole.deadlines)
    assert policy.required["SEV1", "in-review"] == ("summary", "impact")


def test_a_faulty_profile_leaves_the_usual_one() -> None:
    policy, told = parse('profile = "ours"\n[[profiles.ours]]\nid = "a"\nfrom = "x"\nto = "detected"\n')
    assert [problem.line for problem in told] == [1, 2, 4]
    assert policy.profile == "default"
    assert policy.profiles == PROFILES


def test_a_list_of_nothing_right_is_no_agreement_and_an_empty_one_is() -> None:
    assert parse('[required.draft]\nall = ["sumary"]\n')[0].required == {}
    assert parse("[required.draft]\nall = []\n")[0].required_sections("draft", "SEV1") == ()


def test_a_clock_that_is_wrong_is_told_once() -> None:
    text = METRIC + 'clock = "a"\n' + METRIC.replace('"a"', '"b"') + '[clocks]\na = "noon"\n'
    assert [line for line, _ in problems(text)] == [11]


def test_a_file_of_faults_is_told_to_a_point() -> None:
    told = parse("\n".join(f"a{number} = 1" for number in range(5000)))[1]
    assert len(told) == MOST_PROBLEMS + 1
    assert told[-1].message == "there is more that is wrong from here on"
    words = ", ".join(f'"q{number}"' for number in range(5000))
    assert len(parse(f"[checks]\nselect = [{words}]\n")[1]) == MOST_PROBLEMS + 1


def test_hostile_names_do_not_reach_a_terminal() -> None:
    text = '["\\u001b]52;c;AAAA\\u0007"]\n[[profiles."\\u001b[31m"]]\nid = "\\u009b\\n"\n'
    text += 'from = "detected"\nto = "closed"\n'
    policy, told = parse(text)
    assert all(is_clean(f"{problem}{problem.hint}") for problem in told)
    (name,) = policy.profiles.keys() - PROFILES.keys()
    (metric,) = policy.profiles[name]
    assert is_clean(name + metric.id + metric.label + metric.clock)


KEYS = st.sampled_from(
    [*SETTINGS, *METRIC_KEYS, "select", "ignore", "SEV1", "other", "all", "in-review", "draft", "ours", "default",
     "events", "title", "", *HOSTILE]
)  # fmt: skip
LEAVES = st.one_of(
    st.sampled_from(["detected", "resolved", "T", "T09", "summary", "daily 9-17 UTC", "9-17", "gitlab", *HOSTILE]),
    st.integers(), st.floats(), st.booleans(), st.times(), st.dates(), st.datetimes(),
)  # fmt: skip
DATA = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(KEYS, DATA, max_size=5))
@example({"profiles": {"": [{"id": "a", "from": "detected", "to": "closed"}]}})
def test_whatever_it_holds_there_is_a_policy(data: dict[str, object]) -> None:
    from tomli_w import dumps

    text = dumps(data)
    policy, told = parse(text)
    assert policy.metrics
    assert policy.profile in policy.profiles
    assert [problem.line for problem in told] == sorted(problem.line for problem in told)
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in told)
    assert all(is_clean(str(problem)) and "\n" not in str(problem) for problem in told)
    assert all(policy.deadline(severity) != 0 for severity in ("SEV1", ""))


@given(
    st.one_of(
        st.text(string.printable + "\x00\x1b\u202e", max_size=60),
        st.lists(st.sampled_from(WHOLE.splitlines(keepends=True))).map("".join),
    )
)
def test_whatever_the_text_is_nothing_is_raised(text: str) -> None:
    policy, told = parse_bytes(text.encode())
    assert policy.metrics
    assert all(problem.line >= 1 for problem in told)


def test_the_settings_that_are_told_are_those_that_are_read() -> None:
    assert {line.partition(" ")[0] for line in WHOLE.splitlines() if " = " in line} >= {
        *METRIC_KEYS,
        "profile",
        "dates",
    }
    assert set(policy_file.SETTINGS) == {"profile", "dates", "clocks", "profiles", "checks", "deadlines", "required"}

"""The house that measures: what it keeps, what it measures with, and the line that it simulates. Nothing is timed."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import results, samples
from benchmarks.__main__ import GROUPS
from benchmarks.answers import Answers
from benchmarks.growth import Growth
from benchmarks.line import PACKET, Line
from benchmarks.pseudo_terminal import Screen
from benchmarks.table import Peer, Row
from schemas import toml_file


def row(name: str, ours: float = 2.0) -> Row:
    return Row(name, ours, 1.0, "ms", "nothing", 3.0, peers=(Peer("vim", 0.5),))


def test_only_groups_that_were_measured_are_replaced(tmp_path: Path) -> None:
    place = tmp_path / "RESULTS.md"
    results.keep(
        {"model": ("Changes", [row("add")]), "peers": ("Others", [row("first frame")])}, date(2026, 1, 2), place
    )
    before = place.read_text(encoding="utf-8")
    results.keep({"peers": ("Others", [row("a key", 7.0)])}, date(2026, 2, 3), place)
    after = place.read_text(encoding="utf-8")
    kept, replaced = before.split("## Others")[0], after.split("## Others")
    assert replaced[0] == kept
    assert "2026-02-03" in replaced[1]
    assert "first frame" not in after
    assert "a key | 7.00 ms | 1.00 ms | 7.00 | ≤ 3 x | MISSED | nothing | vim 0.50 (14.00 x) |" in after


def test_keeping_the_same_again_changes_nothing(tmp_path: Path) -> None:
    place = tmp_path / "RESULTS.md"
    groups = {"model": ("Changes", [row("add")]), "peers": ("Others", [row("first frame")])}
    results.keep(groups, date(2026, 1, 2), place)
    before = place.read_bytes()
    for name, group in groups.items():
        results.keep({name: group}, date(2026, 1, 2), place)
    assert place.read_bytes() == before


@pytest.mark.parametrize("name", GROUPS)
def test_every_group_can_be_measured(name: str) -> None:
    assert callable(import_module(f"benchmarks.{name}").rows)


def test_every_group_is_described() -> None:
    described = (Path(results.__file__).parent / "README.md").read_text(encoding="utf-8")
    assert [name for name in GROUPS if f"`{name}`" not in described] == []


def test_a_row_is_met_if_all_that_is_asked_of_it_holds() -> None:
    assert row("at its goal", 3.0).met
    assert not row("above it", 3.1).met
    assert not Row("above a limit", 3.0, 1.0, "ms", "nothing", most=2.0).met
    assert not Row("above a peer", 3.0, 1.0, "ms", "nothing", peers=(Peer("vim", 1.0, 2.0),)).met
    assert Row("nothing against nothing", 0.0, 0.0, "B", "nothing", 0.0).met


# What is measured with


def test_libraries_are_always_the_same_valid_and_of_a_usual_size(tmp_path: Path) -> None:
    written = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        written.append([path.read_bytes() for path in samples.library(tmp_path / name, 20)])
    assert written[0] == written[1]
    assert len(set(written[0])) == 20
    for each in written[0]:
        incident = toml_file.loads(each.decode("utf-8"))
        assert 28 <= len(incident.events) <= 45
    assert 7_000 < sum(map(len, written[0])) / 20 < 10_000


@pytest.mark.parametrize("size", [60, 1_000])
def test_long_incidents_are_always_the_same_and_valid(size: int) -> None:
    text = toml_file.dumps(samples.long_incident(size))
    assert toml_file.dumps(samples.long_incident(size)) == text
    again = toml_file.loads(text)
    assert len(again.events) == len({event.id for event in again.events}) == size
    assert toml_file.dumps(again) == text


@pytest.mark.parametrize(("size", "paragraph"), [(1_000, 600), (25_000, 600), (5_000, 5_000)])
def test_prose_has_the_length_that_was_asked_for(size: int, paragraph: int) -> None:
    text = samples.prose(size, paragraph)
    assert len(text) == size
    assert text == samples.prose(size, paragraph)
    assert max(map(len, text.split("\n\n"))) <= paragraph + 40


# The line


def test_a_line_keeps_bytes_for_its_delay_and_no_longer() -> None:
    line = Line(bits_per_second=8_000, delay=0.5)  # a byte takes a millisecond
    line.put(b"key", now=10.0)
    assert line.next_arrival == pytest.approx(10.503)
    assert line.arrived(10.502) == []
    ((at, data),) = line.arrived(10.504)
    assert at == pytest.approx(10.503)
    assert data == b"key"
    assert line.arrived(99) == []
    assert line.next_arrival is None


def test_a_screenful_arrives_in_packets_one_after_the_other() -> None:
    line = Line(bits_per_second=8_000, delay=0.5)
    line.put(b"x" * (2 * PACKET + 10), now=0.0)
    arrived = line.arrived(99.0)
    assert [len(data) for _, data in arrived] == [PACKET, PACKET, 10]
    assert [at for at, _ in arrived] == pytest.approx(
        [each / 1000 + 0.5 for each in (PACKET, 2 * PACKET, 2 * PACKET + 10)]
    )


def test_what_is_sent_while_the_line_is_busy_waits_its_turn() -> None:
    line = Line(bits_per_second=8_000, delay=0.5)
    line.put(b"x" * 1000, now=0.0)
    line.put(b"y", now=0.2)
    line.put(b"z", now=5.0)
    arrived = line.arrived(9.0)
    assert [data[:1] for _, data in arrived] == [b"x", b"y", b"z"]
    assert [at for at, _ in arrived] == pytest.approx([1.5, 1.501, 5.501])


@given(
    st.lists(st.tuples(st.floats(0, 2), st.binary(max_size=4_000)), max_size=20),
    st.floats(1_000, 10_000_000),
    st.floats(0, 1),
)
def test_nothing_is_lost_overtakes_or_comes_faster_than_the_line_is(
    sent: list[tuple[float, bytes]], bandwidth: float, delay: float
) -> None:
    line, now, first = Line(bandwidth, delay), 0.0, None
    for pause, data in sent:
        now += pause
        first = now if first is None and data else first
        line.put(data, now)
    arrived = line.arrived(float("inf"))
    assert b"".join(data for _, data in arrived) == b"".join(data for _, data in sent)
    assert [at for at, _ in arrived] == sorted(at for at, _ in arrived)
    total = 0
    for at, data in arrived:
        total += len(data)
        assert first is not None
        assert at - first >= total * 8 / bandwidth + delay - 1e-6


# The terminal at its end


def test_a_terminal_answers_what_it_is_asked() -> None:
    answers = Answers(200, 50)
    assert answers.to(b"text\x1b[?2026$p\x1b[1mmore\x1b[c") == b"\x1b[?2026;2$y\x1b[?62;22c"
    assert answers.to(b"\x1b[?9999$p") == b"\x1b[?9999;0$y"
    assert answers.to(b"\x1b[?2048h") == b"\x1b[48;50;200;800;1600t"
    assert answers.to(b"\x1b[?25h\x1b[31m") == b""


@given(st.integers(0, 30))
def test_a_question_may_come_in_two_parts(cut: int) -> None:
    asked = b"a\x1b[?2026$pb\x1b]11;?\x07c\x1b[6nd"
    whole, halves = Answers(80, 24), Answers(80, 24)
    assert halves.to(asked[:cut]) + halves.to(asked[cut:]) == whole.to(asked)


@given(st.integers(0, 60))
def test_a_screen_shows_no_question(cut: int) -> None:
    sent = b"\x1b[?2026$p\x1b[>25u\x1bP+q4632\x1b\\\x1b]22;default\x07\x1b[>4;2mtext\x1b[?4m\x1b[0%m here"
    screen = Screen(20, 2)
    screen.feed(sent[:cut])
    screen.feed(sent[cut:])
    assert screen.text.split("\n")[0].rstrip() == "text here"


def test_the_exponent_of_a_cost_is_the_slope_between_the_largest_sizes() -> None:
    assert Growth("linear", "events", (10, 100, 1000), (9.0, 1.0, 10.0)).exponent == pytest.approx(1.0)
    assert Growth("square", "events", (10, 100), (1.0, 100.0)).exponent == pytest.approx(2.0)
    assert Growth("the same", "events", (10, 100), (3.0, 3.0)).exponent == pytest.approx(0.0)
    assert Growth("less", "events", (10, 100), (3.0, 2.0)).exponent == 0.0

"""`postmortem show`: the timeline and its metrics, for programs and for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.profiles import NOTES, PROFILES
from tests.cli.conftest import STORY, Cli


def shown_as_json(cli: Cli, path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, encoding="utf-8")
    result = cli("show", path, "--format", "json")
    assert (result.code, result.err) == (0, "")
    data: dict[str, Any] = json.loads(result.out)
    return data


def event_lines(*times: str, top: str = "") -> str:
    events = [f'[[events]]\nid = "e{number}"\n{at}\ntext = "t"\n' for number, at in enumerate(times)]
    return "\n".join([top, *events])


class TestJson:
    def test_the_shape(self, cli: Cli, story: Path) -> None:
        data = shown_as_json(cli, story, STORY)
        assert list(data) == ["file", "title", "zone", "events", "metrics"]
        assert data["file"] == str(story)
        assert data["zone"] == "Africa/Nairobi"
        assert data["events"][0] == {
            "id": "aaaa",
            "at": "2024-05-02T09:00:00",
            "earliest": "2024-05-02T09:00:00+03:00",
            "latest": "2024-05-02T09:00:00+03:00",
            "gap_minutes": None,
            "text": "Push to the server fails",
            "milestones": ["impact-start", "detected"],
            "kind": "impact",
        }
        assert {metric["id"]: metric for metric in data["metrics"]}["resolve"] == {
            "id": "resolve",
            "label": "resolve",
            "from": "detected",
            "to": "resolved",
            "clock": "elapsed",
            "min_minutes": 1200,
            "max_minutes": 1200,
            "text": "20h 00m",
            "note": "",
        }

    def test_an_approximate_time_has_bounds(self, cli: Cli, story: Path) -> None:
        event = shown_as_json(cli, story, STORY)["events"][1]
        assert (event["earliest"], event["latest"]) == ("2024-05-02T09:00:00+03:00", "2024-05-02T09:30:00+03:00")
        assert event["gap_minutes"] == 15

    def test_an_unknown_time_is_null(self, cli: Cli, story: Path) -> None:
        event = shown_as_json(cli, story, STORY)["events"][2]
        assert [event[key] for key in ("at", "earliest", "latest", "gap_minutes")] == [None] * 4

    def test_a_metric_that_nobody_knows_is_null(self, cli: Cli, story: Path) -> None:
        metrics = {metric["id"]: metric for metric in shown_as_json(cli, story, STORY)["metrics"]}
        mitigate = metrics["mitigate"]
        assert (mitigate["min_minutes"], mitigate["max_minutes"]) == (None, None)
        assert mitigate["text"].startswith("unknown")

    def test_what_a_length_would_hide_is_a_note(self, cli: Cli, story: Path) -> None:
        detect = shown_as_json(cli, story, STORY)["metrics"][0]
        assert (detect["min_minutes"], detect["text"]) == (0, "0m")
        assert detect["note"] == "impact start and detected are the same event"

    def test_a_length_that_runs_backwards_is_null(self, cli: Cli, story: Path) -> None:
        text = STORY.replace('milestones = ["recovered", "resolved"]', 'milestones = ["detected"]')
        text = text.replace('milestones = ["impact-start", "detected"]', 'milestones = ["resolved"]')
        metrics = {metric["id"]: metric for metric in shown_as_json(cli, story, text)["metrics"]}
        assert (metrics["resolve"]["min_minutes"], metrics["resolve"]["max_minutes"]) == (None, None)

    def test_bounds_follow_the_zone_through_a_clock_change(self, cli: Cli, story: Path) -> None:
        # 25 October 2020, Berlin: at 03:00 the clock goes back to 02:00; 00:30 and 01:30 UTC both read 02:30.
        text = event_lines(
            "at = 2020-10-25T00:30:00Z", "at = 2020-10-25T01:30:00Z", top='zone = "Europe/Berlin"'
        )  # fmt: skip
        events = shown_as_json(cli, story, text)["events"]
        assert [event["earliest"] for event in events] == ["2020-10-25T02:30:00+02:00", "2020-10-25T02:30:00+01:00"]
        assert events[1]["gap_minutes"] == 60

    def test_without_a_zone_bounds_have_no_offset(self, cli: Cli, story: Path) -> None:
        (event,) = shown_as_json(cli, story, event_lines("at = 2024-05-02T09:00:00"))["events"]
        assert event["earliest"] == "2024-05-02T09:00:00"

    def test_a_clock_without_any_date_has_gaps_and_no_bounds(self, cli: Cli, story: Path) -> None:
        events = shown_as_json(cli, story, event_lines("at = 23:00:00", "at = 02:00:00"))["events"]
        assert [event["at"] for event in events] == ["23:00:00", "02:00:00"]
        assert [event["earliest"] for event in events] == [None, None]
        assert [event["gap_minutes"] for event in events] == [None, 180]

    def test_a_day_has_its_bounds_and_no_gap(self, cli: Cli, story: Path) -> None:
        text = event_lines(
            "at = 2024-05-02T09:00:00Z", "at = 2024-05-03", "at = 2024-05-04T09:00:00Z", top='zone = "UTC"'
        )
        day, after = shown_as_json(cli, story, text)["events"][1:]
        assert day["at"] == "2024-05-03"
        assert day["earliest"] == "2024-05-03T00:00:00+00:00"
        assert day["latest"] == "2024-05-03T23:59:59.999999+00:00"
        assert (day["gap_minutes"], after["gap_minutes"]) == (None, None)

    @pytest.mark.parametrize("year", ["0001", "9999"])
    def test_the_ends_of_the_calendar(self, cli: Cli, story: Path, year: str) -> None:
        text = event_lines(f"at = {year}-01-01T00:00:00+14:00", f"at = {year}-12-31T23:59:59-12:00", top='zone = "UTC"')
        assert len(shown_as_json(cli, story, text)["events"]) == 2


class TestText:
    def test_days_gaps_milestones_and_silences(self, cli: Cli, story: Path) -> None:
        lines = cli("show", story).out.splitlines()
        assert lines[0] == "Development server unusable"
        assert "Thu 2 May 2024" in lines
        assert "Fri 3 May 2024" in lines
        assert any("· · · nothing for " in line for line in lines)
        (first,) = [line for line in lines if "Push to the server fails" in line]
        assert first.split() == ["09:00", "[impact", "start,", "detected]", "Push", "to", "the", "server", "fails"]
        (second,) = [line for line in lines if "Reported" in line]
        assert second.split() == ["about", "09:15", "~+15m", "Reported", "to", "support"]

    def test_each_metric_with_its_definition(self, cli: Cli, story: Path) -> None:
        out = cli("show", story).out
        (line,) = [line for line in out.splitlines() if line.startswith("resolve ")]
        assert line.split("  ")[-1].strip() == "(detected → resolved)"
        assert "20h 00m" in line

    def test_texts_of_several_lines_keep_their_column(self, cli: Cli, story: Path) -> None:
        story.write_text(event_lines("at = 09:00:00").replace('"t"', '"""one\ntwo"""'), encoding="utf-8")
        one, two = (line for line in cli("show", story).out.splitlines() if line.endswith(("one", "two")))
        assert one.index("one") == two.index("two")

    def test_an_incident_without_events(self, cli: Cli, story: Path) -> None:
        story.write_text("format = 1\n", encoding="utf-8")
        result = cli("show", story)
        assert result.code == 0
        assert result.out.startswith("Untitled incident\n")
        assert result.out.endswith("\nNo events yet.\n")

    def test_no_line_ends_in_blanks(self, cli: Cli, story: Path) -> None:
        assert [line for line in cli("show", story).out.splitlines() if line != line.rstrip()] == []


OURS = """\
profile = "ours"

[[profiles.ours]]
id = "repair"
label = "repair"
from = "detected"
to = "recovered"
clock = "Mon-Fri 10:00-17:00 Europe/London"
"""


def agree(story: Path, text: str = OURS) -> Path:
    file = story.parent / "postmortem.toml"
    file.write_text(text, encoding="utf-8")
    return file


class TestProfiles:
    def test_the_library_s_own_is_printed_with_its_clock(self, cli: Cli, story: Path) -> None:
        agree(story)
        result = cli("show", story)
        assert (result.code, result.err) == (0, "")
        assert "Measured as ours does.\n" in result.out
        assert "repair  7h 00m  (detected → recovered, Mon-Fri 10:00-17:00 Europe/London)\n" in result.out
        assert "resolve" not in result.out.partition("Thu 2 May")[0]

    def test_another_one_can_be_asked_for(self, cli: Cli, story: Path) -> None:
        agree(story)
        out = cli("show", story, "--profile", "firefighter").out
        assert f"Measured as firefighter does. {NOTES['firefighter']}\n" in out
        assert "fix          unknown (no declared)                   (declared → recovered)\n" in out
        plain = cli("show", story, "--profile", "default").out
        assert "Measured as" not in plain
        assert "resolve      20h 00m " in plain

    def test_one_that_does_not_exist(self, cli: Cli, story: Path) -> None:
        agree(story)
        result = cli("show", story, "--profile", "our")
        assert (result.code, result.out) == (2, "")
        assert "there is no 'our'; did you mean ours?" in result.err
        assert "there is default, firehydrant" in cli("show", story, "--profile", "xyzzy").err

    def test_what_a_length_would_hide_is_said(self, cli: Cli, story: Path) -> None:
        (line,) = [line for line in cli("show", story).out.splitlines() if line.startswith("detect ")]
        assert line.endswith("(impact → detected) · impact start and detected are the same event")

    def test_faults_in_what_was_agreed_on_are_notes(self, cli: Cli, story: Path) -> None:
        file = agree(story, "".join(f"setting{number} = 1\n" for number in range(5)))
        result = cli("show", story)
        assert result.code == 0
        first, *_, last = result.err.splitlines()
        assert first.startswith(f"note: {file}:1: there is no setting setting0")
        assert (len(result.err.splitlines()), last) == (4, "note: 2 more; `postmortem check` tells all of them")

    def test_all_of_them_side_by_side(self, cli: Cli, story: Path) -> None:
        agree(story)
        lines = cli("show", story, "--compare").out.splitlines()
        assert "What each length is called, and by whom." in lines
        (row,) = [line for line in lines if line.startswith("detected → recovered  ")]
        assert row.split("  ")[-1].strip() == "repair (datadog), respond (atlassian, firefighter)"
        (row,) = [line for line in lines if line.startswith("detected → recovered, Mon-Fri")]
        assert row.split("  ")[-1].strip() == "repair (ours)"
        assert any(line.endswith("Push to the server fails") for line in lines)

    def test_side_by_side_at_a_terminal(self, terminal: Cli, story: Path) -> None:
        out = terminal("show", story, "--compare").out
        assert "detected → recovered" in out
        assert "(datadog)" in out

    def test_side_by_side_for_programs(self, cli: Cli, story: Path) -> None:
        agree(story)
        data = json.loads(cli("show", story, "--compare", "--format", "json").out)
        assert list(data) == ["file", "title", "zone", "events", "metrics", "profiles"]
        assert list(data["profiles"]) == [*PROFILES, "ours"]
        assert data["profiles"]["ours"] == data["metrics"]
        assert {metric["id"]: metric["text"] for metric in data["profiles"]["datadog"]} == {
            "detect": "0m",
            "repair": "20h 00m",
            "resolve": "unknown (no declared)",
        }

    def test_a_document_is_written_by_the_library_s_own(self, cli: Cli, story: Path) -> None:
        agree(story)
        out = cli("export", story).out
        assert "| Repair | 7h 00m (detected → recovered, Mon-Fri 10:00-17:00 Europe/London) |" in out
        assert (
            "| Resolve | unknown, no declared (declared → resolved) |"
            in cli("export", story, "--profile", "datadog").out
        )
        assert cli("export", story, "--profile", "our").code == 2

    def test_each_document_is_written_by_its_own_library(self, cli: Cli, story: Path) -> None:
        for name, profile in (("one", "kehoe"), ("two", "pagerduty")):
            folder = story.parent / name
            folder.mkdir()
            agree(folder / f"{name}.toml", f'profile = "{profile}"\n')
            (folder / f"{name}.toml").write_text(STORY, encoding="utf-8")
        out = story.parent / "out"
        assert cli("export", story.parent / "one", story.parent / "two", "--output", f"{out}/").code == 0
        assert "(impact → resolved)" in (out / "one.md").read_text(encoding="utf-8")
        assert "(impact → resolved)" not in (out / "two.md").read_text(encoding="utf-8")


class TestAtATerminal:
    def test_the_table_says_the_same_within_the_width(self, terminal: Cli, story: Path) -> None:
        long = "word " * 60
        story.write_text(STORY.replace("All working", long), encoding="utf-8")
        out = terminal("show", story).out
        plain = [line for line in out.replace("\x1b", "\n\x1b").splitlines() if line]
        assert "20h 00m" in out
        assert "Thu 2 May 2024" in out
        assert out.count("word") == 60
        assert max(map(len, plain)) <= 80

    def test_text_is_never_markup(self, terminal: Cli, story: Path) -> None:
        story.write_text(STORY.replace("All working", "[red]x[/] :smile:"), encoding="utf-8")
        assert "[red]x[/] :smile:" in terminal("show", story).out


def test_a_file_that_is_no_incident(cli: Cli, story: Path) -> None:
    story.write_text('title = "', encoding="utf-8")
    result = cli("show", story)
    assert (result.code, result.out) == (3, "")
    assert f"error: {story}:1:" in result.err


def test_a_folder_is_not_shown(cli: Cli, tmp_path: Path) -> None:
    result = cli("show", tmp_path)
    assert (result.code, result.out) == (3, "")

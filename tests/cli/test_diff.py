"""`postmortem diff`: what is told of two files, as text and as JSON."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from schemas import edits, toml_file
from schemas.incident import Comment, Incident
from schemas.verdicts import give_verdict
from tests.cli.conftest import STORY, Cli
from tests.documents import DOCS, blocks, read, section

CHANGES = (
    ('severity = "SEV2"', 'severity = "SEV1"'),
    ("2024-05-02T09:15:00", "2024-05-02T09:20:00"),
    ("one package half", "two packages half"),
    ('text = "Automate backups"', 'text = "Automate backups"\nowner = "ana"'),
)

EXPECTED = """\
Incident
  severity SEV2 → SEV1

Sections
  section “Summary”: words changed
      An update left [-one package-]{+two packages+} half installed.

Timeline
  event “Reported to support” moved about 09:15 → about 09:20

Actions
  action “Automate backups” got an owner: ana
"""


@pytest.fixture
def before(story: Path) -> Path:
    return story


@pytest.fixture
def after(tmp_path: Path) -> Path:
    text = STORY
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "after.toml"
    path.write_text(text, encoding="utf-8")
    return path


def saved(path: Path, incident: Incident) -> Path:
    path.write_text(toml_file.dumps(incident), encoding="utf-8")
    return path


class TestText:
    def test_by_part_of_the_incident_with_the_words_marked(self, cli: Cli, before: Path, after: Path) -> None:
        result = cli("diff", before, after)
        assert (result.code, result.err) == (0, "")
        assert result.out == EXPECTED

    def test_nothing(self, cli: Cli, before: Path) -> None:
        result = cli("diff", before, before)
        assert (result.code, result.out, result.err) == (0, "", "nothing is different\n")

    def test_what_came_and_went_is_told_in_full(self, cli: Cli, before: Path, tmp_path: Path) -> None:
        incident = toml_file.loads(STORY)
        after = saved(tmp_path / "after.toml", edits.remove_items(incident, "events", ["aaaa"]))
        assert cli("diff", before, after).out == (
            "Timeline\n  event “Push to the server fails” removed\n      - time: 2024-05-02 09:00\n"
            "      - milestone: impact-start, detected\n      - kind: impact\n"
        )
        assert cli("diff", after, before).out == (
            "Timeline\n  event “Push to the server fails” added\n      + time: 2024-05-02 09:00\n"
            "      + milestone: impact-start, detected\n      + kind: impact\n"
        )

    def test_remarks_are_counted_unless_asked_for(self, cli: Cli, before: Path, tmp_path: Path) -> None:
        incident = toml_file.loads(STORY)
        asked = Comment(id="c1", on="events/bbbb", author="kim", text="Who?\nAnd how?")
        first = edits.add_item(incident, "comments", asked)
        second = edits.add_item(first, "comments", Comment(id="c2", text="More?"))
        commented = saved(
            tmp_path / "after.toml", give_verdict(second, review_id="r", reviewer="kim", at=None, verdict="approve")
        )
        result = cli("diff", before, commented)
        assert result.out == "Remarks: 2 comments added, 1 verdict added (--all tells them)\n"
        assert "Remarks" not in cli("diff", before, commented, "--all").out
        assert "comment by kim “Who?” on event “Reported to support” added\n      + And how?" in cli(
            "diff", before, commented, "--all"
        ).out  # fmt: skip
        resolved = saved(tmp_path / "resolved.toml", edits.update_item(second, "comments", "c1", resolved=True))
        assert "1 comment resolved, 1 verdict removed" in cli("diff", commented, resolved).out

    def test_comments_in_the_toml_are_told(self, cli: Cli, before: Path, tmp_path: Path) -> None:
        after = tmp_path / "after.toml"
        after.write_text(STORY.replace('severity = "SEV2"', 'severity = "SEV2"  # or 3?'), encoding="utf-8")
        assert cli("diff", before, after).out == "Comments in the TOML\n  “# or 3?” added\n"
        assert cli("diff", after, before).out == "Comments in the TOML\n  “# or 3?” removed\n"

    def test_unknown_keys_are_told(self, cli: Cli, before: Path, tmp_path: Path) -> None:
        after = tmp_path / "after.toml"
        after.write_text('x-team = "db"\n' + STORY, encoding="utf-8")
        assert cli("diff", before, after).out == "Incident\n  the incident got a x-team: db\n"

    def test_the_layout_of_the_file_is_no_difference(self, cli: Cli, before: Path, tmp_path: Path) -> None:
        before.write_text(STORY.replace('"draft"', '"in-review"'), encoding="utf-8")
        after = saved(tmp_path / "after.toml", toml_file.loads(before.read_text(encoding="utf-8")))
        assert "# Remarks on" in after.read_text(encoding="utf-8")
        assert after.read_bytes() != before.read_bytes()
        assert cli("diff", before, after, "--all").out == ""


class TestOnATerminal:
    def test_lines_fit_and_words_have_colours(self, terminal: Cli, before: Path, tmp_path: Path) -> None:
        long = "The import of the backup took as long as the disk needs, " * 4
        text = STORY.replace("An update left one package half installed.", long + "and then all was well.")
        after = tmp_path / "after.toml"
        after.write_text(text, encoding="utf-8")
        result = terminal("diff", before, after)
        assert "\x1b[31m[-" in result.out
        assert "\x1b[32m{+" in result.out
        plain = result.out.replace("\x1b[31m", "").replace("\x1b[32m", "").replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert "\x1b" not in plain
        assert max(map(len, plain.splitlines())) <= 80

    def test_no_colour(
        self, terminal: Cli, cli: Cli, before: Path, after: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        assert terminal("diff", before, after).out == cli("diff", before, after).out


class TestJson:
    def data(self, cli: Cli, *arguments: str | Path) -> Any:
        result = cli("diff", *arguments, "--format", "json")
        assert result.code == 0
        return json.loads(result.out)

    def test_the_shape(self, cli: Cli, before: Path, after: Path) -> None:
        data = self.data(cli, before, after)
        assert data[0] == {
            "kind": "changed", "where": "severity", "name": "incident", "field": "severity",
            "before": "SEV2", "after": "SEV1", "words": [],
        }  # fmt: skip
        assert data[1]["words"] == [
            {"kind": "same", "text": "An update left "},
            {"kind": "gone", "text": "one package"},
            {"kind": "new", "text": "two packages"},
            {"kind": "same", "text": " half installed."},
        ]
        assert data[2] == {
            "kind": "moved", "where": "events/bbbb/at", "name": "event “Reported to support”", "field": "time",
            "before": "2024-05-02 about 09:15", "after": "2024-05-02 about 09:20", "words": [],
        }  # fmt: skip

    def test_it_is_as_the_documents_show_it(self, cli: Cli, before: Path, after: Path) -> None:
        page = section(read(DOCS / "command-line.md"), "`postmortem diff BEFORE AFTER`")
        (shown,) = blocks(page, "json")
        real = self.data(cli, before, after)
        assert all(each in real for each in json.loads(shown))
        assert EXPECTED in blocks(page, "text")[0]

    def test_nothing_is_an_empty_list(self, cli: Cli, before: Path) -> None:
        assert self.data(cli, before, before) == []

    def test_remarks_only_if_asked_for(self, cli: Cli, before: Path, tmp_path: Path) -> None:
        commented = edits.add_item(toml_file.loads(STORY), "comments", Comment(id="c1", text="Who?"))
        after = saved(tmp_path / "after.toml", commented)
        assert self.data(cli, before, after) == []
        assert [each["where"] for each in self.data(cli, before, after, "--all")] == ["comments/c1"]


class TestExitCode:
    def test_one_only_if_asked_for(self, cli: Cli, before: Path, after: Path) -> None:
        assert cli("diff", before, after).code == 0
        assert cli("diff", before, after, "--exit-code").code == 1
        assert cli("diff", before, before, "--exit-code").code == 0

    def test_remarks_count(self, cli: Cli, before: Path, tmp_path: Path) -> None:
        commented = edits.add_item(toml_file.loads(STORY), "comments", Comment(id="c1", text="Who?"))
        assert cli("diff", before, saved(tmp_path / "after.toml", commented), "--exit-code").code == 1


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ([], "two files are needed"),
            (["{}"], "two files are needed"),
            (["{}", "{}", "{}"], "two files are needed"),
            (["--git", "HEAD"], "--git needs one file"),
            (["--git", "HEAD", "{}", "{}"], "--git needs one file"),
            (["--git", "HEAD", "--since-verdict", "kim", "{}"], "do not go together"),
            (["--since-verdict"], "--since-verdict needs one file"),
            (["--since-verdict", "kim", "{}", "{}"], "--since-verdict needs one file"),
            (["-", "-"], "only one of the two"),
            (["--driver", "a", "b"], "--driver is for git"),
            (["--driver"], "--driver is for git"),
        ],
    )
    def test_what_does_not_fit(self, cli: Cli, story: Path, arguments: list[str], words: str) -> None:
        result = cli("diff", *(argument.format(story) for argument in arguments))
        assert (result.code, result.out) == (2, "")
        assert words in result.err
        assert "hint: " in result.err

    @pytest.mark.parametrize("place", [0, 1])
    def test_files_that_are_no_incidents(self, cli: Cli, story: Path, tmp_path: Path, place: int) -> None:
        others = {
            "missing.toml": None, "broken.toml": "title = ", "other.toml": '[package]\nname = "x"\n',
            "binary.toml": "\udcff\x00",
        }  # fmt: skip
        for name, text in others.items():
            path = tmp_path / name
            if text is not None:
                path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
            result = cli("diff", *((path, story) if place == 0 else (story, path)))
            assert (result.code, result.out) == (3, "")
            assert f"error: {path}" in result.err


class TestStandardInput:
    @pytest.fixture
    def given(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        def give(data: bytes) -> None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

        return give

    def test_as_either_side(self, cli: Cli, before: Path, after: Path, given: Any) -> None:
        given(before.read_bytes())
        assert cli("diff", "-", after).out == EXPECTED
        given(after.read_bytes())
        assert cli("diff", before, "-").out == EXPECTED

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"title = ", "standard input:1:"),
            (b"\xff", "standard input"),
            (b"[package]\nx = 1", "standard input is no incident"),
        ],
    )
    def test_that_is_no_incident(self, cli: Cli, before: Path, given: Any, data: bytes, words: str) -> None:
        given(data)
        result = cli("diff", before, "-")
        assert (result.code, result.out) == (3, "")
        assert words in result.err

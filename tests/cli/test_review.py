"""`postmortem review`: the screen's door, taking reviews in, and where a review stands."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.comments import add_comment, set_resolved
from schemas.incident import Incident
from schemas.review_patch import Patch, patch_of
from schemas.toml_file import dumps, parse
from schemas.verdicts import give_verdict
from tests.cli.conftest import Cli
from tests.samples import FOLDER
from tui.workspace.review_file import save_review

AT = datetime(2024, 5, 6, 10, 12, tzinfo=UTC)
CHECKOUT = FOLDER / "2025-03-29-checkout-payment-latency.toml"


def read(path: Path) -> Incident:
    return parse(path.read_text(encoding="utf-8")).incident


def review_of(path: Path, *, name: str = "story.review.toml", ids: str = "c", on: str = "events/bbbb") -> Path:
    """A file with a review of an incident: a comment, an answer to nothing else, and a verdict."""
    base = read(path)
    quote = "Reported" if on else ""
    now = add_comment(base, comment_id=f"{ids}1", on=on, author="cleo", at=AT, text="Who else?\nSay.", quote=quote)
    now = give_verdict(now, review_id=f"{ids}v", reviewer="cleo", at=AT, verdict="changes", summary="See there.")
    target = path.with_name(name)
    save_review(target, patch_of(base, now, file=path.name))
    return target


def written(path: Path) -> tuple[int, int, int]:
    """What changes when a file is written; that it was read shows in other places."""
    known = path.stat()
    return known.st_mtime_ns, known.st_ino, known.st_size


class TestScreen:
    def test_without_a_terminal_it_says_so(self, cli: Cli, story: Path) -> None:
        result = cli("review", story)
        assert result.code == 2
        assert "needs a terminal" in result.err

    def test_what_is_not_there_cannot_be_opened(self, cli: Cli, tmp_path: Path) -> None:
        result = cli("review", tmp_path / "none.toml")
        assert result.code == 3
        assert "no file or folder" in result.err

    @pytest.mark.parametrize(("options", "mouse"), [((), True), (("--no-mouse",), False)])
    def test_at_a_terminal_the_app_is_started_to_review(
        self, terminal: Cli, story: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], mouse: bool
    ) -> None:
        started: list[tuple[Path, dict[str, Any]]] = []

        def run_app(path: Path, **how: Any) -> int:
            started.append((path, how))
            return 0

        monkeypatch.setattr("tui.app.run_app", run_app)
        assert terminal("review", story, *options).code == 0
        assert started == [(story, {"mouse": mouse, "start": "review"})]


class TestTaking:
    def test_a_review_comes_in_and_is_saved(self, cli: Cli, story: Path) -> None:
        result = cli("review", story, "--take", review_of(story))
        assert result.code == 0
        assert result.out == "comment  events/bbbb: cleo: Who else?\nverdict  changes  cleo: See there.\n"
        assert "story.review.toml: 1 comment and 1 verdict\n" in result.err
        assert f"saved {story}\n" in result.err
        incident = read(story)
        assert [comment.id for comment in incident.comments] == ["c1"]
        assert story.read_text(encoding="utf-8") == dumps(incident)

    def test_a_second_time_nothing_is_written(self, cli: Cli, story: Path) -> None:
        review = review_of(story)
        cli("review", story, "--take", review)
        before = written(story)
        result = cli("review", story, "--take", review)
        assert (result.code, result.out) == (0, "")
        assert "nothing new; 1 comment was there already" in result.err
        assert "saved" not in result.err
        assert written(story) == before

    def test_several_come_in_at_once_in_either_order(self, cli: Cli, story: Path) -> None:
        one, other = review_of(story), review_of(story, name="other.review.toml", ids="d", on="")
        text = story.read_text(encoding="utf-8")
        assert cli("review", story, "--take", one, "--take", other).code == 0
        both = story.read_text(encoding="utf-8")
        story.write_text(text, encoding="utf-8")
        result = cli("review", story, "--take", other, "--take", one)
        assert story.read_text(encoding="utf-8") == both
        assert "comment  the whole: cleo: Who else?\n" in result.out

    def test_what_was_changed_since_is_told(self, cli: Cli, story: Path) -> None:
        review = review_of(story)
        text = story.read_text(encoding="utf-8")
        story.write_text(text.replace("Reported to support", "Told"), encoding="utf-8")
        result = cli("review", story, "--take", review)
        assert "comment  events/bbbb (changed since): cleo" in result.out
        assert "was changed since" in result.err
        story.write_text(text.replace('id = "bbbb"', 'id = "gone"'), encoding="utf-8")
        assert "comment  events/bbbb (gone): cleo" in cli("review", story, "--take", review).out

    def test_comments_in_the_file_stay(self, cli: Cli, story: Path) -> None:
        story.write_text("# mine\n\n" + story.read_text(encoding="utf-8"), encoding="utf-8")
        cli("review", story, "--take", review_of(story))
        assert story.read_text(encoding="utf-8").startswith("# mine\n\nformat = 1\n")

    def test_that_of_another_document_is_refused(self, cli: Cli, story: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.toml"
        other.write_text("title = 'Another'\n", encoding="utf-8")
        review, before = review_of(story), other.read_bytes()
        result = cli("review", other, "--take", review)
        assert result.code == 2
        assert "of another document" in result.err
        assert "Development server unusable" in result.err
        assert other.read_bytes() == before
        assert cli("review", other, "--take", review, "--force").code == 0
        assert [comment.id for comment in read(other).comments] == ["c1"]

    def test_all_or_none_are_taken(self, cli: Cli, story: Path, tmp_path: Path) -> None:
        broken = tmp_path / "broken.review.toml"
        broken.write_text("[review_of]\nfile = 1\n", encoding="utf-8")
        before = story.read_bytes()
        result = cli("review", story, "--take", review_of(story), "--take", broken)
        assert result.code == 3
        assert "broken.review.toml:2:1" in result.err
        assert (result.out, story.read_bytes()) == ("", before)

    def test_a_file_that_cannot_be_saved_is_left_alone(self, cli: Cli, story: Path) -> None:
        review = review_of(story)
        story.write_text(story.read_text(encoding="utf-8").replace("format = 1", "format = 99"), encoding="utf-8")
        result = cli("review", story, "--take", review)
        assert result.code == 3
        assert "newer version" in result.err

    def test_taking_and_looking_are_two_things(self, cli: Cli, story: Path) -> None:
        assert cli("review", story, "--take", review_of(story), "--status").code == 2

    def test_what_it_prints_cannot_drive_a_terminal(self, cli: Cli, story: Path) -> None:
        target = story.with_name("evil.review.toml")
        evil = '[review_of]\nfile = "story.toml"\n[[comments]]\nid = "a"\nauthor = "\\u001b[31m"\ntext = "\\u009b2J"\n'
        target.write_text(evil, encoding="utf-8")
        result = cli("review", story, "--take", target)
        assert result.code == 0
        assert "\x1b" not in result.out + result.err
        assert "\x9b" not in result.out + result.err


class TestStatus:
    def test_it_says_what_is_open_and_who_said_what(self, cli: Cli) -> None:
        result = cli("review", CHECKOUT, "--status")
        assert result.code == 0
        lines = result.out.splitlines()
        assert lines[0].endswith("(in-review)")
        assert lines[1] == "3 comment threads, 2 open"
        assert any(line.startswith("  sections/root_cause: @henrik: Could we say") for line in lines)
        assert any(line.startswith("  @henrik asks for changes: The story holds") for line in lines)
        assert any(line.endswith("in the way of approved") for line in lines)

    def test_a_document_that_nobody_has_looked_at(self, cli: Cli, story: Path) -> None:
        out = cli("review", story, "--status").out
        assert "0 comment threads, 0 open\nno verdicts\n" in out
        assert "in the way of in-review" in out

    def test_after_the_last_step_nothing_is_in_the_way(self, cli: Cli, story: Path) -> None:
        story.write_text(story.read_text(encoding="utf-8").replace('"draft"', '"published"'), encoding="utf-8")
        assert "in the way" not in cli("review", story, "--status").out
        assert json.loads(cli("review", story, "--status", "--format", "json").out)["next"] is None

    def test_json_says_the_same(self, cli: Cli) -> None:
        found = json.loads(cli("review", CHECKOUT, "--status", "--format", "json").out)
        incident = read(CHECKOUT)
        assert [thread["open"] for thread in found["threads"]].count(True) == 2
        (quoted,) = [thread for thread in found["threads"] if thread["quote"]]
        start, end = quoted["quote_at"]
        assert incident.sections.root_cause[start:end] == quoted["quote"]
        assert (found["next"], found["passed"]) == ("approved", False)
        assert {each["kind"] for each in found["obstacles"]} == {"comment", "changes", "approval"}

    def test_a_gate_is_an_exit_code(self, cli: Cli, tmp_path: Path) -> None:
        path = tmp_path / "checkout.toml"
        path.write_text(CHECKOUT.read_text(encoding="utf-8"), encoding="utf-8")
        assert cli("review", path, "--gate", "approved").code == 1
        assert cli("review", path, "--gate", "in-review").code == 0
        incident = read(path)
        for thread in ("eck3", "j4bo"):
            incident = set_resolved(incident, thread, True)
        at = datetime(2025, 4, 9, 9, tzinfo=UTC)
        incident = give_verdict(incident, review_id="v", reviewer="@henrik", at=at, verdict="approve")
        path.write_text(dumps(incident), encoding="utf-8")
        result = cli("review", path, "--gate", "approved")
        assert result.code == 0
        assert "nothing in the way of approved" in result.out
        assert "@henrik approved this very content" in result.out

    def test_looking_changes_nothing(self, cli: Cli, story: Path) -> None:
        before = written(story)
        cli("review", story, "--gate", "published", "--format", "json")
        assert written(story) == before


def test_an_empty_review_is_nothing_new(cli: Cli, story: Path) -> None:
    target = story.with_name("empty.review.toml")
    save_review(target, Patch())
    assert "nothing new" in cli("review", story, "--take", target).err


def test_checks_leave_reviews_out(cli: Cli, story: Path) -> None:
    review = review_of(story)
    assert "story.review.toml" not in cli("check", story.parent, "--fail-on", "never").out
    assert cli("check", "--skip-others", review).out == ""
    named = cli("check", review)
    assert named.code == 3
    assert "review of an incident" in named.err

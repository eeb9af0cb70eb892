"""One line for each file: a quick look at the head, and the whole of it."""

from __future__ import annotations

import errno
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.incident import ITEM_LISTS, Action, Event, Incident
from schemas.toml_file import dumps
from tests.workspace.disks import FailingDisk
from tui.workspace.rows import TABLES, TOP_KEYS, Row, full_row, looks_like_incident, quick_row

NOW = datetime(2025, 6, 1, tzinfo=UTC)
SAMPLES = sorted((Path(__file__).parents[2] / "sample_incidents").glob("*.toml"))


def file(folder: Path, text: str | bytes, name: str = "incident.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def quick(folder: Path, text: str | bytes) -> Row:
    row = quick_row(file(folder, text))
    assert row is not None
    return row


def test_the_keys_of_an_incident_are_those_of_the_model() -> None:
    assert {*TOP_KEYS, *TABLES} == set(Incident.model_fields)
    assert set(ITEM_LISTS) < set(TABLES)


class TestQuick:
    def test_reads_the_head(self, tmp_path: Path) -> None:
        incident = Incident(
            title='A "quoted" \\ title – ünïcode',
            status="in-review",
            severity="SEV2",
            zone="Africa/Nairobi",
            services=("api", "db"),
            events=(
                Event(id="a", text="unknown time"),
                Event(id="b", at=datetime(2024, 5, 2, 9), text="at = 1999-01-01"),
                Event(id="c", at=datetime(2024, 5, 3, 9)),
            ),
        )
        row = quick(tmp_path, dumps(incident))
        assert (row.title, row.status, row.severity, row.zone) == (incident.title, "in-review", "SEV2", incident.zone)
        assert row.services == ("api", "db")
        assert row.date == date(2024, 5, 2)
        assert row.name == "incident.toml"
        assert row.size == row.path.stat().st_size
        assert row.mtime_ns == row.path.stat().st_mtime_ns
        assert not row.complete

    def test_a_file_without_a_status_is_a_draft(self, tmp_path: Path) -> None:
        assert quick(tmp_path, 'title = "x"\n').status == "draft"

    def test_an_empty_file_is_an_incident_with_nothing_in_it_yet(self, tmp_path: Path) -> None:
        assert quick(tmp_path, "\n").title == ""

    @pytest.mark.parametrize(
        "text",
        ["[tool.ruff]\nline-length = 120\n", 'name = "x"\n', "# title = 1\n", 'subtitle = "x"\n', "[section]\nx = 1\n"],
    )
    def test_what_has_no_key_of_an_incident_is_none(self, tmp_path: Path, text: str) -> None:
        assert quick_row(file(tmp_path, text)) is None

    @pytest.mark.parametrize(
        "text",
        ['title="x"\n', "[sections]\n", '[[events]]\nid = "a"\n', "  [[ actions ]]\n", 'sections.summary = "x"\n'],
    )
    def test_any_key_of_an_incident_makes_one(self, tmp_path: Path, text: str) -> None:
        assert quick_row(file(tmp_path, text)) is not None

    def test_times_of_other_things_are_not_the_incident_s_date(self, tmp_path: Path) -> None:
        text = '[[events]]\nid = "a"\n\n[[stated]]\nwhat = "start"\nat = 2020-01-01\n\n[[comments]]\nat = 2021-01-01\n'
        assert quick(tmp_path, text).date is None

    @pytest.mark.parametrize(
        "text", ["title = \n", 'title = "x\n', b'title = "\xff"\n', "title = [[[\n", "at = 9999-99-99"]
    )
    def test_a_broken_head_is_for_the_full_row_to_tell(self, tmp_path: Path, text: str | bytes) -> None:
        path = file(tmp_path, text)
        row = quick_row(path)
        assert row is None or not row.complete

    def test_an_impossible_day(self, tmp_path: Path) -> None:
        assert quick(tmp_path, "[[events]]\nat = 2024-13-45\n").date is None

    def test_hostile_text_is_harmless(self, tmp_path: Path) -> None:
        row = quick(tmp_path, 'title = "\\u001b]52;c;x\\u0007[/b]"\n')
        assert "\x1b" not in row.title
        assert "[/b]" in row.title

    def test_a_hostile_name_is_harmless(self, tmp_path: Path) -> None:
        path = file(tmp_path, 'title = "x"\n', "a\x1b[2Jb.toml")
        row = quick_row(path)
        assert row is not None
        assert row.path == path
        assert "\x1b" not in row.name

    def test_windows_line_ends_and_a_byte_order_mark(self, tmp_path: Path) -> None:
        row = quick(tmp_path, b'\xef\xbb\xbftitle = "x"\r\n\r\n[[events]]\r\nat = 2024-05-02\r\n')
        assert (row.title, row.date) == ("x", date(2024, 5, 2))

    def test_what_cannot_be_read_is_a_row_with_the_reason(self, tmp_path: Path) -> None:
        row = quick_row(file(tmp_path, 'title = "x"\n'), disk=FailingDisk(0, errno.EACCES))
        assert row is not None
        assert row.complete
        assert "not allowed" in row.problem

    def test_reads_no_more_than_the_head(self, tmp_path: Path) -> None:
        limits = []

        class Watching(FailingDisk):
            def read(self, path: Path, limit: int) -> tuple[bytes, os.stat_result]:
                limits.append(limit)
                return super().read(path, limit)

        quick_row(file(tmp_path, 'title = "x"\n' + "#" * 300_000), disk=Watching())
        assert max(limits) <= 1 << 16


class TestFull:
    def test_knows_what_follows_from_the_content(self, tmp_path: Path) -> None:
        incident = Incident(
            title="Down",
            severity="SEV1",
            zone="UTC",
            services=("api",),
            events=(
                Event(id="a", at=datetime(2024, 5, 2, 23), milestones=("impact-start",)),
                Event(id="b", at=datetime(2024, 5, 3, 1, 30), milestones=("recovered",)),
            ),
            actions=(
                Action(id="c", text="x"),
                Action(id="d", text="y", status="done"),
                Action(id="e", status="dropped"),
            ),
        )
        row = full_row(file(tmp_path, dumps(incident)), NOW, "2024/incident.toml")
        assert row.name == "2024/incident.toml"
        assert row.date == date(2024, 5, 2)
        assert (row.length_text, row.length_minutes, row.length_pair) == ("2h 30m", 150.0, "impact → recovered")
        assert (row.open_actions, row.actions) == (1, 3)
        assert row.errors + row.warnings > 0
        assert row.complete
        assert not row.problem

    @pytest.mark.parametrize(
        ("about", "latest", "text"),
        [(False, None, "2h 30m"), (True, None, "~2h 30m"), (False, datetime(2024, 5, 3, 2), "2h 30m+")],
    )
    def test_a_length_is_no_more_precise_than_what_is_known(
        self, tmp_path: Path, about: bool, latest: datetime | None, text: str
    ) -> None:
        incident = Incident(
            zone="UTC",
            events=(
                Event(id="a", at=datetime(2024, 5, 2, 23), milestones=("impact-start",)),
                Event(id="b", at=datetime(2024, 5, 3, 1, 30), about=about, latest=latest, milestones=("recovered",)),
            ),
        )
        assert full_row(file(tmp_path, dumps(incident)), NOW).length_text == text

    def test_the_date_is_that_of_the_incident_s_zone(self, tmp_path: Path) -> None:
        incident = Incident(zone="Asia/Tokyo", events=(Event(id="a", at=datetime(2024, 5, 2, 20, tzinfo=UTC)),))
        assert full_row(file(tmp_path, dumps(incident)), NOW).date == date(2024, 5, 3)

    def test_a_story_without_dates_has_none(self, tmp_path: Path) -> None:
        row = full_row(file(tmp_path, '[[events]]\nid = "a"\nat = 09:00:00\n'), NOW)
        assert row.date is None
        assert not row.problem

    def test_a_broken_file_is_a_row_that_names_the_line(self, tmp_path: Path) -> None:
        row = full_row(file(tmp_path, 'title = "Known"\nseverity = "SEV1"\n\n[[events]]\nat = yesterday\n'), NOW)
        assert row.problem.startswith("line 5: ")
        assert row.complete
        assert (row.title, row.severity) == ("Known", "SEV1")

    def test_a_problem_is_one_line_without_the_path(self, tmp_path: Path) -> None:
        path = file(tmp_path, 'title = "x"\n')
        path.unlink()
        row = full_row(path, NOW)
        assert row.problem == "There is no such file."

    @pytest.mark.parametrize(
        "text", [b"\xff\xfe\x00", "x = " + "[" * 5000, 'title = "\\ud800"', "[[events]]\n[events]"]
    )
    def test_no_content_whatever_brings_the_list_down(self, tmp_path: Path, text: str | bytes) -> None:
        assert full_row(file(tmp_path, text), NOW).problem

    @pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
    def test_the_quick_look_and_the_full_one_agree_on_the_samples(self, path: Path) -> None:
        fast, whole = quick_row(path), full_row(path, NOW)
        assert fast is not None
        assert not whole.problem
        for name in ("title", "severity", "status", "zone", "services", "date", "size"):
            assert getattr(fast, name) == getattr(whole, name), name


_NAMES = st.sampled_from((*TOP_KEYS, *TABLES, "titles", "event", "review_of", "x", "format-2", "événement", ""))
_AROUND = st.sampled_from(["", " ", "\t", "[", "[[", " [ ", "]", "]]", " = 1", "=", ".a = 2", " ]", "# ", '"', "-"])


@given(st.lists(st.tuples(_AROUND, _NAMES, _AROUND, st.sampled_from(("\n", "", " "))), max_size=6))
def test_an_incident_is_known_by_any_of_its_keys_and_tables(parts: list[tuple[str, str, str, str]]) -> None:
    head = "".join(map("".join, parts))
    tables = "|".join(TABLES)
    any_name = rf"^[ \t]*(?:(?:{'|'.join(TOP_KEYS)}|{tables})[ \t]*[=.]|\[{{1,2}}[ \t]*(?:{tables})[ \t]*[\].])"
    is_review = re.search(r"^\[review_of\]", head, re.MULTILINE)
    assert looks_like_incident(head) == (re.search(any_name, head, re.MULTILINE) is not None and not is_review)

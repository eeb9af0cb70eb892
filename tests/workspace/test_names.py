"""Names for files: readable, safe, free, and never outside their folder."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.workspace.library import scan
from tui.workspace.names import MOST_LETTERS, NOT_INCIDENTS, free_name, new_file_name, slug

DAY = date(2024, 5, 2)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Dev server down", "dev-server-down"),
        ("  API: 50x (checkout) & more!  ", "api-50x-checkout-more"),
        ("Überlauf in Łódź – Straße", "uberlauf-in-lodz-strasse"),
        ("Don't panic", "dont-panic"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c\0d\ne", "a-b-c-d-e"),
        ("数据库", ""),
        ("", ""),
    ],
)
def test_a_title_as_part_of_a_name(title: str, name: str) -> None:
    assert slug(title) == name


def test_long_titles_are_cut_at_a_word() -> None:
    assert slug("one two three", 9) == "one-two"
    assert slug("one two three", 7) == "one-two"
    assert slug("incomprehensibilities", 10) == "incomprehe"
    assert slug("a incomprehensibilities", 10) == "a-incompre"


@given(st.text(), st.integers(1, 80))
def test_any_title_is_safe(title: str, most: int) -> None:
    made = slug(title, most)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*-?)?", made)
    assert len(made) <= most


@given(st.text(), st.none() | st.dates())
def test_a_new_file_is_directly_in_its_folder(title: str, day: date | None) -> None:
    folder = Path("/nowhere/incidents")
    path = new_file_name(title, day, folder)
    assert path.parent == folder
    assert path.suffix == ".toml"
    assert not path.name.startswith((".", "-"))
    assert path.name not in NOT_INCIDENTS
    assert len(path.name) <= MOST_LETTERS + len("2024-05-02-incident-.toml")


def test_a_new_file_has_day_and_title(tmp_path: Path) -> None:
    assert new_file_name("Dev server down", DAY, tmp_path).name == "2024-05-02-dev-server-down.toml"
    assert new_file_name("", DAY, tmp_path).name == "2024-05-02-incident.toml"
    assert new_file_name("Dev server down", None, tmp_path).name == "dev-server-down.toml"


@pytest.mark.parametrize("title", ["Postmortem", "Settings", "pyproject"])
def test_a_new_file_is_never_one_that_the_library_passes_over(tmp_path: Path, title: str) -> None:
    path = new_file_name(title, None, tmp_path)
    path.write_text(f'title = "{title}"\n', encoding="utf-8")
    assert scan(tmp_path) == [path]


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    made = []
    for _ in range(3):
        path = new_file_name("Down", DAY, tmp_path)
        path.touch()
        made.append(path.name)
    assert made == ["2024-05-02-down.toml", "2024-05-02-down-2.toml", "2024-05-02-down-3.toml"]


def test_a_link_to_nothing_has_its_name_too(tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to("nowhere")
    assert free_name(tmp_path / "a.toml").name == "a-2.toml"

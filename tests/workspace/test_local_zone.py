"""The zone that the person is in."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tui.workspace.services import Services, local_zone


@pytest.mark.parametrize("name", ["Europe/Paris", ":Europe/Paris", "/usr/share/zoneinfo/Europe/Paris"])
def test_it_is_the_one_of_the_environment(name: str, tmp_path: Path) -> None:
    assert local_zone({"TZ": name}, tmp_path / "none") == ZoneInfo("Europe/Paris")


def test_else_it_is_the_one_of_the_machine(tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Africa/Nairobi")
    assert local_zone({}, link) == ZoneInfo("Africa/Nairobi")


@pytest.mark.parametrize("environ", [{"TZ": "CET-1CEST"}, {"TZ": "No/Where"}, {}])
def test_one_without_a_name_is_not_guessed(environ: dict[str, str], tmp_path: Path) -> None:
    plain = tmp_path / "localtime"
    plain.write_bytes(b"TZif")
    assert local_zone(environ, plain) is None


def test_it_comes_with_the_services() -> None:
    assert Services.real(environ={"TZ": "Asia/Tokyo"}).zone == ZoneInfo("Asia/Tokyo")

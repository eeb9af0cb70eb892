"""An environment that is none: no home, folders that are files, zones and names that would act. Work goes on."""

from __future__ import annotations

import os
import pwd
from pathlib import Path
from typing import Final, NoReturn

import pytest

from schemas import edits
from schemas.incident import Incident
from schemas.text import is_clean
from tests.cli.conftest import STORY, Cli
from tests.fuzz.hostile_places import THINGS, in_time
from tests.workspace.journals import NOW
from tui.workspace.author import author_name
from tui.workspace.errors import UserError
from tui.workspace.keeping import Keeper, tidy_up
from tui.workspace.recovery import abandoned
from tui.workspace.services import Services, editor_command, local_zone
from tui.workspace.session import DocumentSession
from tui.workspace.settings import load_settings, save_theme
from tui.workspace.versions_kept import versions

BAD: Final = (
    "",
    "relative/folder",
    "/proc/nowhere",
    "/dev/null",
    "/dev/null/x",
    "~",
    "$HOME",
    "x" * 5000,
    "\udcff",
    "/proc/\x1b[2J",
    ".",
)


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    monkeypatch.chdir(folder)
    path = folder / "story.toml"
    path.write_text(STORY, encoding="utf-8")
    return path


def works(story: Path, cli: Cli) -> None:
    """Looking, checking, making a new one, and being kept safe as far as that goes: nothing breaks off."""
    with in_time():
        for command in (("check", story), ("show", story), ("export", story), ("new", story.parent, "--title", "New")):
            result = cli(*command)
            assert result.code in (0, 1, 3), (command, result)
            assert is_clean(result.err)
        assert load_settings().theme
        tidy_up(story.parent, Services.fake())
        assert abandoned(now=NOW) == ()
        versions(story)
        told: list[UserError | None] = []
        session = DocumentSession(Incident(title="x"), now=lambda: NOW)
        keeper = Keeper(session, Services.fake())
        keeper.start(told.append)
        session.execute(lambda doc: edits.set_field(doc, "title", "y"), label="typing")
        if not keeper.flush():
            assert told
            assert told[0] is not None
            assert is_clean(str(told[0]) + told[0].hint)
        trouble = keeper.before_save(story)
        assert trouble is None or is_clean(str(trouble))
        keeper.let_go()
        keeper.close()
    assert story.read_text(encoding="utf-8") == STORY


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize("name", ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "TMPDIR"])
def test_folders_that_are_none(
    story: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    if name == "HOME":
        # Without a home in the environment the system is asked for it.
        known = pwd.getpwuid(os.getuid())
        fake = pwd.struct_passwd((*known[:5], str(home), known[6]))
        monkeypatch.setattr(pwd, "getpwuid", lambda _: fake)
        for other in ("CONFIG", "STATE", "DATA", "CACHE"):
            monkeypatch.delenv(f"XDG_{other}_HOME")
    monkeypatch.setenv(name, value)
    works(story, cli)


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "place", ["state", "state/postmortem", "state/postmortem/journal", "state/postmortem/history", "config"]
)
def test_things_in_place_of_our_folders(story: Path, cli: Cli, home: Path, place: str, thing: str) -> None:
    path = home / place
    path.parent.mkdir(parents=True, exist_ok=True)
    THINGS[thing](path)
    works(story, cli)
    if place == "config" and thing not in ("folder", "link to a folder"):
        with pytest.raises(UserError):
            save_theme("postmortem-light")


@pytest.mark.parametrize(
    "value", [":", "/", "../../../etc/passwd", "/etc/passwd", "\x1b[2J", "UTC+99", "x" * 5000, "Europe/", "localtime"]
)
def test_zones_that_are_none(value: str) -> None:
    assert local_zone({"TZ": value}, Path("/nowhere")) is None or value == "localtime"


@pytest.mark.parametrize("value", ["", "\x1b[2Jroot", "a\nb", "x" * 5000, "\udcff", "\u202eana"])
def test_names_that_would_act(tmp_path: Path, value: str) -> None:
    environ = {"USER": value, "LOGNAME": value, "USERNAME": value}
    name = author_name("", folder=tmp_path, environ=environ, run=_no_git)
    assert is_clean(name)
    assert "\n" not in name
    assert len(name) <= 200


def _no_git(*_: object, **__: object) -> NoReturn:
    raise FileNotFoundError


@pytest.mark.parametrize("value", ["'", "\\", '"a', "a 'b"])
def test_an_editor_whose_name_is_none(value: str) -> None:
    with pytest.raises(UserError):
        editor_command({"EDITOR": value})


def test_the_folder_that_we_are_in_is_gone(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Path.cwd()
    gone = tmp_path / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    try:
        for command in (
            ("check", "."),
            ("check", "x.toml"),
            ("show", "x.toml"),
            ("new",),
            ("git-setup", "--check"),
            ("diff", "a", "b"),
        ):
            result = cli(*command)
            assert result.code in (2, 3), (command, result)
            assert "fault in the program" not in result.err, (command, result.err)
    finally:
        os.chdir(here)

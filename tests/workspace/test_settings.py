"""Settings: what is wrong is told, the rest is used, and the file is the person's."""

from __future__ import annotations

import errno
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workspace.disks import FailingDisk, names
from tui.workspace.errors import UserError
from tui.workspace.paths import config_dir, state_dir
from tui.workspace.settings import Settings, load_settings, save_theme, settings_path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "postmortem" / "settings.toml"


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


class TestPaths:
    def test_are_where_xdg_says(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        assert settings_path() == tmp_path / "config" / "postmortem" / "settings.toml"
        assert config_dir() == tmp_path / "config" / "postmortem"
        assert state_dir() == tmp_path / "state" / "postmortem"

    def test_looking_at_them_makes_nothing(self) -> None:
        load_settings()
        assert not config_dir().exists()
        assert not state_dir().exists()


class TestLoading:
    def test_no_file_is_no_problem(self, path: Path) -> None:
        assert load_settings(path) == Settings()

    def test_everything(self, path: Path) -> None:
        write(
            path,
            'theme = "postmortem-light"\nauthor = "Ada"\nmouse = false\nscreen_diff = false\n\n'
            '[keys]\n"document.save" = "ctrl+k"\n'
            'document.undo = "f9"\n',
        )
        assert load_settings(path) == Settings(
            "postmortem-light", "Ada", False, False, {"document.save": "ctrl+k", "document.undo": "f9"}
        )

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("theme = \n", ("not valid TOML", "line 1", "defaults")),
            ("a = 1\na = 2\n", ("not valid TOML", "line 2")),
            (b"theme = '\xff'\n", ("not UTF-8", "defaults")),
            ("x = " + "[" * 5000, ("not valid TOML", "defaults")),
            ("them = 'x'\n", ("no setting 'them'", "did you mean theme?")),
            ("Author = 'x'\n", ("no setting 'Author'", "did you mean author?")),
            ("zzz = 1\n", ("no setting 'zzz'", "there is theme, author, mouse, screen_diff, library_index, keys")),
            ("theme = 1\n", ("theme has to be", "in quotes")),
            ("mouse = 1\n", ("mouse has to be", "true or false")),
            ("author = ['a']\n", ("author has to be",)),
            ("keys = 'x'\n", ("keys has to be", "[keys]")),
            ("'\\u001b]0;x' = 1\n", ("no setting",)),
        ],
    )
    def test_a_fault_is_told_with_the_file_and_what_would_be_right(
        self, path: Path, content: str | bytes, words: tuple[str, ...]
    ) -> None:
        settings = load_settings(write(path, content))
        assert settings == Settings(problems=settings.problems)
        (problem,) = settings.problems
        assert problem.startswith(str(path))
        assert all(word in problem for word in words), problem
        assert "\x1b" not in problem

    def test_the_rest_is_used(self, path: Path) -> None:
        settings = load_settings(write(path, 'theme = 1\nauthor = "Ada"\nmuose = true\n'))
        assert settings.author == "Ada"
        assert len(settings.problems) == 2

    def test_a_folder_or_pipe_in_its_place(self, path: Path) -> None:
        path.mkdir(parents=True)
        assert "is a folder" in load_settings(path).problems[0]
        path.rmdir()
        os.mkfifo(path)
        assert "is a pipe" in load_settings(path).problems[0]

    @pytest.mark.parametrize("step", range(3))
    def test_a_disk_that_fails(self, path: Path, step: int) -> None:
        write(path, 'author = "Ada"\n')
        disk = FailingDisk(step, errno.EIO)
        settings = load_settings(path, disk=disk)
        assert settings.problems or settings.author == "Ada"

    @given(st.binary(max_size=60))
    def test_any_bytes_at_all(self, tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
        path = tmp_path_factory.mktemp("any") / "settings.toml"
        path.write_bytes(content)
        assert isinstance(load_settings(path), Settings)


class TestSavingTheTheme:
    def test_makes_the_file(self, path: Path) -> None:
        save_theme("postmortem-light", path)
        assert path.read_text(encoding="utf-8") == 'theme = "postmortem-light"\n'
        assert names(path.parent) == ["settings.toml"]
        assert load_settings(path).theme == "postmortem-light"

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ('theme = "a"\n', 'theme = "b"\n'),
            ("theme='a'  # mine\n", 'theme = "b"  # mine\n'),
            ('# mine\nauthor = "Ada"\n', '# mine\nauthor = "Ada"\ntheme = "b"\n'),
            ('author = "Ada"', 'author = "Ada"\ntheme = "b"\n'),
            ('[keys]\ntheme = "f1"\n', 'theme = "b"\n\n[keys]\ntheme = "f1"\n'),
            ('author = "x"\n\n[keys] # k\na.b = "f1"\n', 'author = "x"\n\ntheme = "b"\n\n[keys] # k\na.b = "f1"\n'),
            ("theme = 3\n", 'theme = "b"\n'),
        ],
    )
    def test_keeps_everything_else(self, path: Path, before: str, after: str) -> None:
        save_theme("b", write(path, before))
        assert path.read_text(encoding="utf-8") == after

    def test_the_same_theme_writes_nothing(self, path: Path) -> None:
        write(path, 'theme = "a"\n')
        known = path.stat()
        save_theme("a", path)
        assert path.stat().st_mtime_ns == known.st_mtime_ns
        assert path.stat().st_ino == known.st_ino

    @pytest.mark.parametrize("content", ["theme = \n", b"\xff", 'author = """\ntheme = "a"\n"""\n'])
    def test_a_file_that_it_does_not_understand_stays_as_it_is(self, path: Path, content: str | bytes) -> None:
        write(path, content)
        before = path.read_bytes()
        with pytest.raises(UserError):
            save_theme("b", path)
        assert path.read_bytes() == before

    @pytest.mark.parametrize("step", range(16))
    def test_a_failed_save_leaves_the_old_settings(self, path: Path, step: int) -> None:
        write(path, 'author = "Ada"\n')
        disk = FailingDisk(step)
        try:
            save_theme("b", path, disk)
        except UserError:
            assert path.read_text(encoding="utf-8") == 'author = "Ada"\n'
        else:
            assert load_settings(path).theme == "b"
        assert load_settings(path).author == "Ada"

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "config").touch()
        with pytest.raises(UserError):
            save_theme("b", tmp_path / "config" / "settings.toml")

    @given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))
    def test_any_name_of_a_theme(self, tmp_path_factory: pytest.TempPathFactory, theme: str) -> None:
        path = write(tmp_path_factory.mktemp("any") / "settings.toml", 'theme = "old"\nauthor = "Ada"\n')
        save_theme(theme, path)
        assert tomllib.loads(path.read_text(encoding="utf-8")) == {"theme": theme, "author": "Ada"}


def test_of_many_unknown_settings_not_all_are_told(path: Path) -> None:
    write(path, "".join(f"x{number} = 1\n" for number in range(50_000)) + f"{'y' * 5000} = 1\nmouse = false\n")
    settings = load_settings(path)
    assert settings.mouse is False
    assert len(settings.problems) == 21
    assert "49981 more" in settings.problems[-1]

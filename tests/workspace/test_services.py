"""What comes from outside: the clock, the person's editor, the clipboard."""

from __future__ import annotations

import stat
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.workspace.errors import UserError
from tui.workspace.services import CLIPBOARD_LIMIT, Services, edit_externally, editor_command, terminal_clipboard


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test alone, so that what is left behind can be seen."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def editor(change: Callable[[Path], object], code: int = 0) -> Run:
    """A run in which the person changes the file."""

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        assert options.get("shell") in (None, False)
        change(Path(command[-1]))
        return subprocess.CompletedProcess(command, code)

    return run


def writing(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(text.encode("utf-8"))


class TestServices:
    def test_the_real_clock_is_aware(self) -> None:
        assert Services.real(environ={}).now().utcoffset() is not None

    def test_the_author_is_the_one_in_the_settings_or_the_user(self) -> None:
        assert Services.real(author="Ada", environ={"USER": "al"}).author == "Ada"
        assert Services.real(environ={"USER": "al"}).author == "al"
        assert Services.real(environ={}).author == ""

    def test_the_fake_ones_are_the_same_every_time(self) -> None:
        one, other = Services.fake(), Services.fake()
        assert one.now() == other.now()
        assert [one.rng.random() for _ in range(3)] == [other.rng.random() for _ in range(3)]
        assert one.editor("text", "a.md") is None

    def test_the_fake_ones_can_be_replaced_one_by_one(self) -> None:
        assert Services.fake(editor=lambda text, name: f"{name}: {text}").editor("x", "a.md") == "a.md: x"


class TestEditorCommand:
    @pytest.mark.parametrize(
        ("environ", "command"),
        [
            ({"VISUAL": "code --wait", "EDITOR": "vi"}, ["code", "--wait"]),
            ({"VISUAL": "  ", "EDITOR": "nano -w"}, ["nano", "-w"]),
            ({"EDITOR": "'/opt/my editor/bin' -x"}, ["/opt/my editor/bin", "-x"]),
            ({"EDITOR": "vi; rm -rf /"}, ["vi;", "rm", "-rf", "/"]),
        ],
    )
    def test_is_the_person_s_choice_without_a_shell(self, environ: dict[str, str], command: list[str]) -> None:
        assert editor_command(environ) == command

    def test_quotes_that_do_not_close(self) -> None:
        with pytest.raises(UserError, match=r"\$EDITOR"):
            editor_command({"EDITOR": "vi 'x"})

    def test_none_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        with pytest.raises(UserError, match="no editor") as caught:
            editor_command({})
        assert "EDITOR" in caught.value.hint


class TestEditing:
    def test_the_program_gets_the_text_in_a_private_file(self, temporary: Path) -> None:
        seen: list[object] = []

        def look(path: Path) -> None:
            seen.extend([path.name, path.read_text(encoding="utf-8"), stat.S_IMODE(path.stat().st_mode)])
            seen.append(stat.S_IMODE(path.parent.stat().st_mode))
            path.write_text("new", encoding="utf-8")

        assert edit_externally("old – text", ["ed"], "summary.md", editor(look)) == "new"
        assert seen == ["summary.md", "old – text", 0o600, 0o700]
        assert list(temporary.iterdir()) == []

    def test_arguments_come_before_the_file(self) -> None:
        commands = []

        def run(command: list[str], check: bool) -> subprocess.CompletedProcess[bytes]:
            assert not check
            commands.append(command)
            return subprocess.CompletedProcess(command, 0)

        edit_externally("x", ["code", "--wait"], run=run)
        assert commands[0][:2] == ["code", "--wait"]
        assert len(commands[0]) == 3

    def test_a_real_program(self) -> None:
        assert edit_externally("one\n", ["sed", "-i", "s/one/two/"]) == "two\n"

    @pytest.mark.parametrize(
        ("before", "written", "after"),
        [
            ("old", "old", None),
            ("old", "old\n", None),
            ("old", "new\n", "new"),
            ("old", "new\n\n", "new\n"),
            ("old\n", "old\n", None),
            ("old\n", "new\n", "new\n"),
            ("old\n", "", ""),
            ("", "new\n", "new"),
            ("old", "one\r\ntwo\r\n", "one\ntwo"),
            ("old", "a\x1b[2Jb", "a␛[2Jb"),
        ],
    )
    def test_only_what_the_person_changed_comes_back(self, before: str, written: str, after: str | None) -> None:
        assert edit_externally(before, ["ed"], run=editor(writing(written))) == after

    def test_an_editor_that_saves_by_replacing_the_file(self) -> None:
        def replaces(path: Path) -> None:
            other = path.with_name("other")
            other.write_text("new", encoding="utf-8")
            other.replace(path)

        assert edit_externally("old", ["ed"], run=editor(replaces)) == "new"

    def test_what_the_editor_leaves_beside_the_file_goes_too(self, temporary: Path) -> None:
        edit_externally("old", ["ed"], run=editor(lambda path: path.with_name("text.md~").touch()))
        assert list(temporary.iterdir()) == []

    def test_a_program_that_is_not_there(self, temporary: Path) -> None:
        with pytest.raises(UserError, match="no-such-editor could not be started"):
            edit_externally("old", ["no-such-editor"])
        assert list(temporary.iterdir()) == []

    def test_a_program_that_fails_keeps_the_text_and_says_where(self, temporary: Path) -> None:
        with pytest.raises(UserError, match="ed ended with 3") as caught:
            edit_externally("old", ["ed"], "summary.md", editor(writing("an hour of work"), code=3))
        (kept,) = temporary.glob("*/summary.md")
        assert kept.read_text(encoding="utf-8") == "an hour of work"
        assert str(kept) in caught.value.detail
        assert caught.value.hint

    def test_a_text_that_is_not_utf_8_is_kept(self, temporary: Path) -> None:
        with pytest.raises(UserError, match="cannot be read") as caught:
            edit_externally("old", ["ed"], "summary.md", editor(lambda path: path.write_bytes(b"caf\xe9")))
        (kept,) = temporary.glob("*/summary.md")
        assert str(kept) in caught.value.detail

    def test_a_file_that_is_gone(self) -> None:
        with pytest.raises(UserError, match="cannot be read"):
            edit_externally("old", ["ed"], run=editor(Path.unlink))

    def test_no_room_for_the_file(self, temporary: Path) -> None:
        temporary.rmdir()
        with pytest.raises(UserError, match="could not be handed to the editor") as caught:
            edit_externally("old", ["ed"])
        assert "TMPDIR" in caught.value.hint

    def test_the_name_cannot_lead_out_of_the_folder(self, temporary: Path) -> None:
        seen: list[Path] = []
        edit_externally("old", ["ed"], "../../outside.md", editor(seen.append))
        assert seen[0].name == "outside.md"
        assert seen[0].parent.parent == temporary


class TestClipboard:
    def test_sends_the_text(self) -> None:
        sent: list[str] = []
        terminal_clipboard("text – ünïcode", sent.append)
        assert sent == ["text – ünïcode"]

    def test_the_limit_counts_what_the_terminal_gets(self) -> None:
        sent: list[str] = []
        most = CLIPBOARD_LIMIT // 4 * 3
        terminal_clipboard("x" * most, sent.append)
        assert len(sent[0]) == most
        for text in ("x" * (most + 1), "ü" * (most // 2 + 1)):
            with pytest.raises(UserError, match="Too long") as caught:
                terminal_clipboard(text, sent.append)
            assert f"{CLIPBOARD_LIMIT:,}" in caught.value.title
            assert caught.value.hint
        assert len(sent) == 1

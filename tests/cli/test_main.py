"""What is the same for all subcommands: the default one, failures, exit codes, help, completion."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Cli
from tui.cli import main, usage
from tui.cli.commands import COMMANDS
from tui.workspace.errors import UserError

ROOT = Path(__file__).resolve().parents[2]


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT, env=os.environ | environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip


def add_command(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """A subcommand that fails."""

    def fail() -> None:
        raise error

    monkeypatch.setitem(main.program.commands, name, click.Command(name, callback=fail))


def test_the_version_is_told_without_loading_click() -> None:
    source = "import sys; sys.argv = ['postmortem', '--version']; from tui.__main__ import main; code = main()\n"
    source += "assert code == 0 and 'click' not in sys.modules and 'pydantic' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("postmortem ")


def test_the_version_among_other_options_is_the_same(cli: Cli) -> None:
    assert cli("--version", "whatever").out == program("--version").stdout


def test_help_lists_the_commands_in_the_order_of_use(cli: Cli) -> None:
    result = cli("--help")
    assert result.code == 0
    listed = [line.split()[0] for line in result.out.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()]
    assert listed == [
        "new", "check", "show", "review", "diff", "export", "import", "schema", "completion", "git-setup",
        "merge-driver",
    ]  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_it_says_itself(name: str) -> None:
    command, listed = main.program.commands[name], COMMANDS[name]
    assert (command.name, command.hidden) == (name, listed.hidden)
    assert listed.hidden or command.get_short_help_str() == listed.short_help


def test_a_command_is_loaded_without_the_others() -> None:
    source = "import sys; from tui.cli.main import run; code = run(['schema'])\n"
    source += "loaded = [name for name in sys.modules if name.startswith(('tui.', 'pydantic', 'rich', 'textual'))]\n"
    source += "sys.stderr.write(' '.join(sorted(loaded)))"
    done = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True)
    expected = (
        "tui.cli tui.cli.commands tui.cli.console tui.cli.endings tui.cli.main tui.cli.schema tui.cli.usage "
        "tui.workspace tui.workspace.errors"
    )
    assert done.stderr == expected


def test_every_command_has_help(cli: Cli) -> None:
    for name in main.program.commands:
        result = cli(name, "--help")
        assert result.code == 0
        assert result.out.startswith(f"Usage: postmortem {name} ")
        assert result.err == ""


def test_a_wrong_option_is_a_usage_error_with_a_hint(cli: Cli) -> None:
    result = cli("check", "--formt", "json", "x.toml")
    assert result.code == 2
    assert result.out == ""
    assert "error: No such option" in result.err
    assert "hint: postmortem check --help" in result.err


def test_a_user_error_is_told_in_three_lines_with_its_exit_code(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    add_command(monkeypatch, "fail", UserError("the disk is full", "Nothing was written.", "Make room.", 3))
    result = cli("fail")
    assert (result.code, result.out) == (3, "")
    assert result.err == "error: the disk is full\n  Nothing was written.\nhint: Make room.\n"


def test_a_fault_of_the_program_says_what_to_report(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    add_command(monkeypatch, "fail", ZeroDivisionError("by \x1b[31mzero"))
    result = cli("fail")
    assert result.code == 70
    assert "ZeroDivisionError: by ␛[31mzero" in result.err
    assert "test_main.py:" in result.err
    assert "report" in result.err
    assert "Traceback" not in result.err


def test_the_traceback_is_shown_when_asked_for(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    add_command(monkeypatch, "fail", ZeroDivisionError("by \x1b[31mzero"))
    monkeypatch.setenv("POSTMORTEM_DEBUG", "1")
    err = cli("fail").err
    assert "Traceback" in err
    assert "\x1b" not in err


@pytest.mark.parametrize(
    ("error", "code"), [(KeyboardInterrupt(), 130), (click.Abort(), 130), (BrokenPipeError(), 141)]
)
def test_what_ends_a_command_from_outside_is_quiet(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    add_command(monkeypatch, "fail", error)
    result = cli("fail")
    assert (result.code, result.out, result.err) == (code, "", "")


def test_a_reader_that_leaves_early_makes_no_noise(tmp_path: Path) -> None:
    text = "x" * 200_000
    (tmp_path / "long.toml").write_text(f'title = "t"\n[sections]\nsummary = "{text}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "tui", "export", str(tmp_path / "long.toml")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read()
    assert (process.returncode, err) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_output_that_cannot_be_written_is_told(story: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "tui", "export", str(story)]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "error: the output: No space left on device\n")


@pytest.mark.parametrize("closed", [1, 2])
def test_a_closed_output_is_no_fault(story: Path, closed: int) -> None:
    command = f'exec "{sys.executable}" -m tui show "{story}" {closed}>&-'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (done.stdout == "") is (closed == 1)


def test_output_is_utf_8_wherever_it_does_not_go_to_a_terminal(story: Path) -> None:
    done = program("show", str(story), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "(impact → detected)" in done.stdout


@pytest.mark.parametrize(
    ("words", "word", "expected"),
    [
        ("postmortem ", "1", {"plain,check", "plain,show", "file,"}),
        ("postmortem exp", "1", {"plain,export"}),
        ("postmortem check --f", "2", {"plain,--format", "plain,--fail-on"}),
        ("postmortem check --format ", "3", {"plain,text", "plain,sarif"}),
        ("postmortem check --profile d", "3", {"plain,default"}),
        ("postmortem export --style ", "3", {"plain,standard"}),
        ("postmortem check ", "2", {"file,"}),
    ],
)
def test_completion(words: str, word: str, expected: set[str]) -> None:
    done = program(_POSTMORTEM_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=word)
    assert expected <= set(done.stdout.splitlines())
    assert done.stderr == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_of_each_shell(cli: Cli, shell: str) -> None:
    result = cli("completion", shell)
    assert result.code == 0
    assert f"_POSTMORTEM_COMPLETE={shell}_complete" in result.out
    assert "postmortem" in result.out


@pytest.mark.parametrize("columns", ["30", "52", "80", "101", "250"])
def test_help_by_itself_is_the_help_of_the_program(cli: Cli, columns: str) -> None:
    environment = {"COLUMNS": columns}
    alone = program("--help", **environment)
    assert (alone.returncode, alone.stderr) == (0, "")
    assert alone.stdout == program("-h", **environment).stdout == program("--help", "-h", **environment).stdout
    assert max(map(len, alone.stdout.splitlines())) <= max(50, min(int(columns), 100) - 2)


def test_the_options_in_the_help_are_those_of_the_program() -> None:
    context = click.Context(main.program, info_name="postmortem", help_option_names=["-h", "--help"])
    records = [parameter.get_help_record(context) for parameter in main.program.get_params(context)]
    assert tuple(records) == usage.OPTIONS


def test_help_is_shown_without_loading_click() -> None:
    # What finds the packages of an environment may have loaded something by itself.
    source = "import sys; before = set(sys.modules); sys.argv = ['postmortem', '--help']\n"
    source += "from tui.__main__ import main; code = main(); loaded = set(sys.modules) - before\n"
    source += "assert code == 0 and not loaded & {'click', 'pathlib'}"
    done = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Commands:\n  new " in done.stdout

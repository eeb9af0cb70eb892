"""What holds for every command: what it loads, and that no file name or text drives the terminal it is shown on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import STORY, Cli

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "a\x1b]52;c;eA==\x07\x9b31m\u202eb\nc"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"], ["--help"], ["check", "{}"], ["check", "{}", "--format", "sarif"], ["export", "{}"],
        ["show", "{}"], ["show", "{}", "--format", "json"], ["diff", "{0}", "{0}"],
        ["diff", "--since-verdict", "{}"], ["new", "{}.new.toml"], ["schema"], ["completion", "fish"], ["{}"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_without_a_screen_neither_textual_nor_rich_is_loaded(story: Path, arguments: list[str]) -> None:
    source = "\n".join(
        [
            "import sys",
            "sys.argv = ['postmortem', *sys.argv[1:]]",
            "from tui.__main__ import main",
            "code = main()",
            "heavy = sorted({name.partition('.')[0] for name in sys.modules} & {'textual', 'rich'})",
            "sys.exit(f'loaded: {heavy}' if heavy else code)",
        ]
    )
    command = [sys.executable, "-c", source, *(argument.format(story) for argument in arguments)]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert "loaded: " not in done.stderr
    assert done.returncode in (0, 1, 2), done.stderr


def test_help_and_version_load_no_models() -> None:
    source = "import sys; from tui.cli.main import run; run(['--help']); assert 'pydantic' not in sys.modules"
    subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, check=True)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A file whose name and texts would drive a terminal."""
    path = tmp_path / f"{HOSTILE}.toml"
    text = json.dumps(HOSTILE).encode().decode("ascii")
    path.write_text(STORY.replace('"Reported to support"', text).replace('"Automate backups"', text), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "{}", "-v"], ["check", "{}", "--format", "json"], ["check", "{}", "--format", "github"],
        ["check", "{}", "--format", "sarif"], ["show", "{}"], ["show", "{}", "--format", "json"], ["export", "{}"],
        ["export", "{}", "--output", "{}.md"], ["export", "{}", "--output", "{}"], ["check", "{}/x"], ["show", "{}x"],
        ["{}", "{}"], ["{}x"], ["check", "--select", "{}", "."], ["show", "{}", "--profile", "{}"], ["new", "{}"],
        ["--{}"], ["check", "--{}"], ["diff", "{}", "sample_incidents/new-incident.toml"], ["diff", "{}", "{}x"],
        ["diff", "--git", "{}", "{}"], ["diff", "--git", "HEAD", "{}"], ["diff", "--since-verdict", "{}", "{}"],
        ["diff", "--driver", "{}", "/dev/null", "0", "0", "{}", "0", "{}"], ["diff", "--driver", "{}"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_nothing_drives_the_terminal(cli: Cli, hostile: Path, arguments: list[str]) -> None:
    result = cli(*(argument.replace("{}", str(hostile)) for argument in arguments))
    assert result.code in (0, 1, 2, 3)
    assert UNSAFE.findall(result.out + result.err) == []


def test_a_new_file_is_named_byte_by_byte_for_programs_and_safely_for_people(
    cli: Cli, terminal: Cli, tmp_path: Path
) -> None:
    place = tmp_path / "a\x1bb"
    place.mkdir()
    assert cli("new", place).out.startswith(f"{place}/")
    assert terminal("new", place).out.startswith(f"{tmp_path}/a␛b/")


def test_json_gives_hostile_text_back_as_it_is(cli: Cli, hostile: Path) -> None:
    assert json.loads(cli("show", hostile, "--format", "json").out)["file"] == str(hostile)


def test_a_file_name_that_is_no_text(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.toml"
    try:
        path.write_text(STORY, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    for form in ("text", "json", "github", "sarif"):
        assert cli("check", path, "--format", form).code == 1
    assert cli("export", path, "--output", tmp_path / "out").code == 0


def test_the_schema_is_the_one_that_is_checked_in(cli: Cli) -> None:
    result = cli("schema")
    assert result.code == 0
    assert result.out == (ROOT / "schemas" / "incident.schema.json").read_text(encoding="utf-8")
    assert json.loads(result.out)["type"] == "object"


def test_the_schema_is_printed_without_the_models() -> None:
    source = "import sys; from tui.cli.main import run; run(['schema']); assert 'pydantic' not in sys.modules"
    subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, check=True)

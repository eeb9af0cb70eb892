"""The house is laid out as CONTRIBUTING says: who may import whom, which library enters where, how files look."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ("schemas", "tui")

LAYERS: Final[dict[str, tuple[str, ...]]] = {
    "schemas": (),
    "tui.workspace": ("schemas",),
    "tui.cli": ("schemas", "tui.workspace"),
    "tui.widgets": ("schemas", "tui.workspace"),
    "tui.screens": ("schemas", "tui.workspace", "tui.widgets"),
    "tui.terminal": ("schemas", "tui.workspace"),
    "tui.styles": (),
    "tui.themes": (),
    "tui.app": ("schemas", "tui.workspace", "tui.widgets", "tui.screens", "tui.terminal", "tui.themes", "tui.styles"),
    "tui.__main__": ("schemas", "tui.cli"),
}
"""Each part of the house and the parts that it may import from, besides itself."""

ONLY_LATE: Final = {("tui.cli", "tui.app"), ("tui.__main__", "tui.cli")}
"""Imports that are allowed inside a function only: what they load is needed by few calls and costs a lot."""

FLOORS: Final = (
    ("patterns", "text", "version", "zones", "sections", "likeness", "quotes", "shortest_changes", "word_changes"),
    (
        "moments", "lengths", "length_words", "length_parts", "readings", "clocks", "dates", "days", "figure_dates",
        "month_names", "epoch", "zone_words", "spelled_zones", "story_time", "phrases", "when", "when_text",
        "prose_blocks", "prose_times", "claim_words", "claim_labels", "claim_cues", "claim_agreement",
    ),
    ("work_hours", "profiles", "policy"),
    ("incident", "zone_changes", "pieces"),
    (
        "milestone_words", "entries", "entry_changes", "ids", "section_order", "phases", "timeline", "date_order",
        "claims_in_prose", "anchors", "replies", "event_order", "excerpt",
    ),
    ("edits", "event_edits", "items_by_id", "metrics", "comments", "review_questions"),
    ("neighbours", "sign_off", "checks", "verdicts", "gates"),
    (
        "fields", "field_spec", "field_times", "field_values", "quick_entry", "entry_block", "entry_context",
        "entry_line", "entry_marks", "entry_preview", "toml_file", "toml_errors", "toml_faults", "toml_layout",
        "toml_lines", "toml_remarks", "toml_settle", "toml_shape", "toml_text", "toml_reader", "policy_file",
        "policy_settings", "json_schema", "readers", "writers", "toml_chunks", "toml_grammar", "toml_order",
        "toml_places", "remark_identity", "remark_merge", "review_patch", "review_toml", "marked_text",
        "conflict_markers", "merge", "merge_conflict", "merge_file", "merge_items", "merge_model", "merge_changes",
        "merge_remarks", "merge_resolve", "merge_text", "merge_values", "time_changes", "item_words", "item_matches",
        "difference", "differences",
    ),
)  # fmt: skip
"""The modules of `schemas` from the ground up; each may import from its own floor and those below."""

DOORS: Final[dict[str, tuple[str, ...]]] = {
    "textual": ("tui.widgets", "tui.screens", "tui.terminal", "tui.themes", "tui.styles", "tui.app"),
    "rich": ("tui.widgets", "tui.screens", "tui.terminal", "tui.themes", "tui.app", "tui.cli"),
    "click": ("tui.cli",),
    "dateutil": ("schemas.when",),
    # What a value is made of, in every part of the house.
    "msgspec": ("schemas", "tui"),
    "pydantic": ("schemas",),
    "tomli_w": ("schemas.toml_text",),
    "tomli": ("schemas.toml_reader",),
    "platformdirs": ("tui.workspace",),
    "markdown_it": (
        "schemas.writers.prose",
        "schemas.readers.markdown_blocks",
        "schemas.readers.export_shape",
        "tui.widgets.prose_lines",
    ),
    "filelock": ("tui.workspace.exclusion",),
    "sqlite3": ("tui.workspace.library_index", "tui.workspace.sqlite_file"),
}
"""Where a library may be imported. One that is not listed here may not be imported, unless it is Python's own."""

LATE_DOORS: Final = {("tui.cli", "rich"), ("schemas", "markdown_it"), ("tui.widgets", "markdown_it")}
"""Libraries that a part may import inside a function only."""

MOST_LINES: Final = 320
LONGER_FOR_A_REASON: Final[dict[str, str]] = {
    # "tui/widgets/example.py": "why it cannot be two files",
}

EMPTY_NAMES: Final = {"utils", "util", "helpers", "helper", "common", "misc"}


@dataclass(frozen=True)
class Import:
    """One imported module: its full name, where it stands, and whether it is imported only when a function runs."""

    name: str
    line: int
    late: bool


def files() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


FILES: Final = files()


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


MODULES: Final = {module_name(path): path for path in FILES}


def imports(path: Path) -> Iterator[Import]:
    """Every import of a file that is carried out when the program runs."""
    yield from _imports_in(tree(path), late=False)


def _imports_in(node: ast.AST, *, late: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, late)
        elif isinstance(child, ast.ImportFrom):
            base = child.module or ""
            for alias in child.names:
                full = f"{base}.{alias.name}"
                yield Import(full if full in MODULES else base, child.lineno, late)
        elif isinstance(child, ast.If) and ast.unparse(child.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            for other in child.orelse:
                yield from _imports_in(other, late=late)
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports_in(child, late=late or inside)


def within(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


def part_of(module: str) -> str | None:
    return next((part for part in LAYERS if within(module, part)), None)


def forbidden_layers(path: Path) -> Iterator[str]:
    module = module_name(path)
    part = part_of(module)
    if part is None:
        return
    for each in imports(path):
        if each.name.split(".")[0] not in PACKAGES:
            continue
        target = part_of(each.name)
        if target == part or target in LAYERS[part]:
            if (part, target) in ONLY_LATE and not each.late:
                yield f"{label(path)}:{each.line} imports {each.name} at the top; do it inside the function"
        elif (part, target) in ONLY_LATE and each.late:
            continue
        else:
            yield f"{label(path)}:{each.line} imports {each.name}; {part} may not"


def forbidden_libraries(path: Path) -> Iterator[str]:
    module = module_name(path)
    for each in imports(path):
        library = each.name.split(".")[0]
        if library in PACKAGES or (library in sys.stdlib_module_names and library not in DOORS):
            continue
        doors = DOORS.get(library, ())
        if not any(within(module, door) for door in doors):
            yield f"{label(path)}:{each.line} imports {library}; it enters by {', '.join(doors) or 'no door'}"
        elif (part_of(module), library) in LATE_DOORS and not each.late:
            yield f"{label(path)}:{each.line} imports {library} at the top; do it inside the function"


def floor_of(module: str) -> int | None:
    parts = module.split(".")
    if parts[0] != "schemas" or len(parts) < 2:
        return None
    return next((number for number, names in enumerate(FLOORS) if parts[1] in names), None)


def test_imports_only_from_the_parts_below() -> None:
    assert [fault for path in FILES for fault in forbidden_layers(path)] == []


def test_every_library_enters_by_its_own_door() -> None:
    assert [fault for path in FILES for fault in forbidden_libraries(path)] == []


def test_every_module_has_a_place() -> None:
    homeless = [name for name in MODULES if name not in PACKAGES and part_of(name) is None]
    floorless = [name for name in MODULES if name.startswith("schemas.") and floor_of(name) is None]
    assert homeless == [], "give each a part of the house in LAYERS"
    assert floorless == [], "give each a floor in FLOORS"


def test_schemas_imports_from_its_own_floor_or_below() -> None:
    climbing = [
        f"{label(path)}:{each.line} imports {each.name}"
        for path in FILES
        for each in imports(path)
        if (own := floor_of(module_name(path))) is not None
        and (floor := floor_of(each.name)) is not None
        and floor > own
    ]
    assert climbing == []


def test_imports_run_in_no_circle() -> None:
    graph = {
        name: {each.name for each in imports(path) if not each.late and each.name in MODULES and each.name != name}
        for name, path in MODULES.items()
    }
    assert circles(graph) == []


def circles(graph: dict[str, set[str]]) -> list[str]:
    """What is left after taking away, again and again, whatever imports nothing that is left."""
    left = dict(graph)
    while free := {name for name, targets in left.items() if not targets & left.keys()}:
        left = {name: targets for name, targets in left.items() if name not in free}
    return sorted(left)


def test_every_package_is_installed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = sorted(module_name(path) for path in FILES if path.name == "__init__.py")
    assert settings["tool"]["setuptools"]["packages"] == found


def test_imports_are_absolute() -> None:
    relative = [
        f"{label(path)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_names_say_something() -> None:
    assert [label(path) for path in FILES if EMPTY_NAMES & set(path.relative_to(ROOT).with_suffix("").parts)] == []


def test_files_stay_short() -> None:
    lengths = {label(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: n for name, n in lengths.items() if n > MOST_LINES and name not in LONGER_FOR_A_REASON} == {}
    assert [name for name in LONGER_FOR_A_REASON if lengths.get(name, 0) <= MOST_LINES] == [], "take these off the list"


def test_everything_public_is_described() -> None:
    bare = [label(path) for path in FILES if not ast.get_docstring(tree(path))]
    bare += [
        f"{label(path)}:{node.lineno} {node.name}"
        for path in FILES
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert bare == []


class TestTheRulesThemselves:
    """The rules catch what they are there for; without this a slip in them would pass for a tidy house."""

    def file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, source: str) -> Path:
        monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
        path = tmp_path / place
        path.parent.mkdir(parents=True)
        path.write_text(source, encoding="utf-8")
        return path

    @pytest.mark.parametrize(
        ("place", "source", "allowed"),
        [
            ("tui/workspace/session.py", "from tui.widgets.row import Row", False),
            ("tui/workspace/session.py", "from schemas.incident import Incident", True),
            ("tui/cli/open.py", "from tui.app import run_app", False),
            ("tui/cli/open.py", "def go():\n    from tui.app import run_app", True),
            ("tui/cli/show.py", "def go():\n    from tui.widgets.row import Row", False),
            ("schemas/incident.py", "import tui.workspace", False),
            ("tui/widgets/row.py", "from tui.screens.document import Document", False),
            ("tui/widgets/row.py", "if TYPE_CHECKING:\n    from tui.screens.document import Document", True),
        ],
    )
    def test_layers(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, source: str, allowed: bool
    ) -> None:
        found = list(forbidden_layers(self.file(tmp_path, monkeypatch, place, source)))
        assert (found == []) is allowed

    @pytest.mark.parametrize(
        ("place", "source", "allowed"),
        [
            ("schemas/text.py", "import textual.app", False),
            ("schemas/text.py", "import re, json", True),
            ("schemas/moments.py", "from dateutil import parser", False),
            ("schemas/when.py", "from dateutil import parser", True),
            ("tui/cli/show.py", "from rich.table import Table", False),
            ("tui/cli/show.py", "def show():\n    from rich.table import Table", True),
            ("tui/workspace/library.py", "import click", False),
            ("tui/workspace/library.py", "import sqlite3", False),
            ("tui/widgets/row.py", "import requests", False),
        ],
    )
    def test_doors(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, source: str, allowed: bool
    ) -> None:
        found = list(forbidden_libraries(self.file(tmp_path, monkeypatch, place, source)))
        assert (found == []) is allowed

    def test_circles(self) -> None:
        assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
        assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]

"""Single lines looked for quickly: they are those that going through the whole text finds, or none at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import toml_file, toml_layout
from schemas.incident import ITEM_LISTS, Incident
from schemas.toml_layout import Path
from schemas.toml_lines import QuickLines
from tests.samples import ALL, text_of
from tests.schemas import strategies


def places(incident: Incident) -> list[Path]:
    """Every place that a finding could point at, whether it stands in the file or not."""
    found: list[Path] = [(name,) for name in Incident.model_fields]
    found += [("sections", key) for key in type(incident.sections).model_fields]
    for name in ITEM_LISTS:
        for index, item in enumerate(getattr(incident, name)):
            found.append((name, index))
            found += [(name, index, key) for key in type(item).model_fields]
    return found


def agree(text: str) -> int:
    """How many lines were told; every one of them is right."""
    incident = toml_file.loads(text)
    quick, layout = QuickLines(text), toml_layout.scan(text)
    told = {path: line for path in places(incident) if (line := quick.line(path)) is not None}
    assert told == {path: layout.line(path) for path in told}
    return len(told)


@given(strategies.incidents())
@settings(max_examples=150)
def test_lines_of_what_this_program_writes_are_right(known: Incident) -> None:
    agree(toml_file.dumps(known))


@pytest.mark.parametrize("name", ALL[:5])
def test_of_the_samples_all_are_told(name: str) -> None:
    assert agree(text_of(name)) == len(places(toml_file.loads(text_of(name))))


TRAPS = (
    '[sections]\nsummary = """\n[[events]]\nat = 1\nimpact = "no"\n"""\nimpact = "yes"\n',
    'title = "x"\n[sections]\nsummary = """\n"""\n[[events]]\nid = "a"\ntext = """\nid = 5\n"""\n',
    "title = 'x'\n\"zone\" = 'UTC'\n",
    "sections.impact = 'x'\ntitle = 'y'\n",
    "[[events]]\nid = 'a'\n  at = 2024-05-02\n",
    "  [[events]]\n  id = 'a'\n",
    "[[ events ]]\nid = 'a'\n[[events]]\nid = 'b'\n",
    "[[events]] # first\nid = 'a'\n[[events]]\nid = 'b'\n",
    "sections = { impact = 'x' }\n",
    "authors = [\n'a',\n'b',\n]\ntitle = 'x'\n",
    "[[events]]\nid = 'a'\n[events.more]\ntext = 'x'\n",
    "[sections]\nimpact = '''\n[[events]]\nlucky = 1\n'''\nlucky = 'x'\n",
    '[sections]\nimpact = """\n\\"""\nlucky = 1\n"""\nlucky = "x"\n',
    '# """\ntitle = "x" # """\nzone = "UTC"\n',
    "title = 'a \"\"\" b'\nzone = 'c = \"\"\" d'\nowner = 'x'\n",
    "",
    "# only a comment\n",
    "events = []\ntitle = 'x'\n",
    "title = 'x'",
    "[[actions]]\nid = 'a'\n",
)


@pytest.mark.parametrize("text", TRAPS)
def test_traps_lead_nowhere(text: str) -> None:
    agree(text)


pieces = st.sampled_from(
    ("[sections]\n", "[[events]]\nid = 'a'\n", "[[events]]\nid = 'b'\n", 'text = """\n', '"""\n', "at = 2024-05-02\n",
     "  at = 2024-05-02\n", "# note\n", 'impact = "x"\n', "impact = ''\n", "\n", "'''\n",
     "lucky = '''\n", 'a."b" = 1\n',
     '\\"', "[events.x]\n", "words\n", "title = 'x'\n", '= """', "[[events]]", '"at" = 5\n')
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map("".join))
@settings(max_examples=400)
def test_nor_does_anything_else_that_is_an_incident(text: str) -> None:
    try:
        toml_file.loads(text)
    except toml_file.TomlError:
        return
    agree(text)


def test_a_long_text_is_left_to_the_one_that_goes_through_it() -> None:
    assert QuickLines("title = 'x'\n" + "# word\n" * 20_000).line(("title",)) is None

"""Incident files after every kind of accident: each is read, or refused with a word about it, and nothing else happens.

What was read can be shown, checked, exported, merged and saved, and is the same when it is read again.
"""

from __future__ import annotations

import random
import tomllib
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from schemas import metrics, timeline, toml_file
from schemas.checks import check
from schemas.conflict_markers import split
from schemas.differences import differences
from schemas.incident import ITEM_LISTS, Incident, Sections
from schemas.merge import merge
from schemas.text import is_clean
from schemas.toml_errors import TomlError
from schemas.toml_file import Loaded
from schemas.toml_order import in_file_order
from schemas.toml_shape import ITEM_MODELS
from schemas.writers.markdown import to_markdown
from schemas.writers.styles import STYLES
from tests import samples
from tests.fuzz.mutations import as_toml, cases, damaged, with_anything
from tests.schemas.strategies import same

NOW: Final = datetime(2026, 3, 4, 12, tzinfo=UTC)
FILES: Final = tuple(samples.text_of(name).encode() for name in samples.ALL)
KEYS: Final = {
    **dict.fromkeys(Incident.model_fields, ()),
    "sections": tuple(Sections.model_fields),
    **{name: tuple(ITEM_MODELS[name].model_fields) for name in ITEM_LISTS},
}


def read(data: bytes) -> Loaded | None:
    """The incident, or None where it is refused as it has to be: with a place in the file, safe to print."""
    try:
        return toml_file.parse_bytes(data, "file.toml")
    except TomlError as error:
        is_told(error, data)
        return None


def is_told(error: TomlError, data: bytes) -> None:
    """The refusal names a place in the file and says what to do, in a few safe words."""
    assert 1 <= error.line <= data.count(b"\n") + data.count(b"\r") + 1
    assert error.column >= 1
    assert error.detail
    assert error.hint
    assert is_clean(str(error) + error.hint)
    assert len(str(error)) < 2000
    assert "\n" not in str(error)


def survives(loaded: Loaded) -> None:
    """What was read is the same after it was saved, and saving it again changes nothing more."""
    text = toml_file.dumps(loaded.incident, loaded.remarks)
    assert is_clean(text)
    if loaded.newer:
        return  # it is only looked at, so it is never saved
    again = toml_file.parse(text)
    assert same(again.incident, in_file_order(loaded.incident))
    assert not again.notes
    assert toml_file.dumps(again.incident, again.remarks) == text


def is_of_use(loaded: Loaded, rng: random.Random) -> None:
    """All that is done with an incident can be done with this one."""
    incident = loaded.incident
    for finding in check(incident, NOW).findings:
        assert is_clean(finding.message + finding.hint + finding.where)
        line = loaded.lines.of(finding.where)
        assert line is None or line >= 1
    metrics.measure(timeline.build(incident))
    style = rng.choice(tuple(STYLES))
    assert is_clean(to_markdown(incident, style=style, remarks=rng.choice(("none", "resolved", "all"))))
    to_markdown(incident, style=style, audience="external")


def test_a_damaged_file_is_read_or_refused() -> None:
    taken = 0
    for case in cases(500, "damaged"):
        with case:
            case.data = damaged(case.rng.choice(FILES), case.rng, FILES)
            loaded = read(case.data)
            if loaded is not None:
                taken += 1
                survives(loaded)
                if case.rng.random() < 0.4:
                    is_of_use(loaded, case.rng)
            else:
                markers(case.data)
    assert taken > 50


def test_any_value_at_any_key_is_read_or_refused() -> None:
    tables = [tomllib.loads(data.decode()) for data in FILES]
    taken = 0
    for case in cases(500, "values"):
        with case:
            case.data = as_toml(with_anything(case.rng.choice(tables), KEYS, case.rng))
            loaded = read(case.data)
            if loaded is not None:
                taken += 1
                survives(loaded)
                if case.rng.random() < 0.4:
                    is_of_use(loaded, case.rng)
    assert taken > 50


def test_what_could_be_read_can_be_merged_and_compared() -> None:
    for case in cases(60, "merged"):
        with case:
            original = case.rng.choice(FILES)
            sides = []
            for _ in range(3):
                case.data = damaged(original, case.rng, FILES)
                if (loaded := read(case.data)) is not None and not loaded.newer:
                    sides.append(loaded.incident)
            if len(sides) > 1:
                merged = merge(sides[2] if len(sides) > 2 else None, sides[0], sides[1])
                assert toml_file.loads(toml_file.dumps(merged.incident)).title == merged.incident.title
                assert all(is_clean(change.where) for change in differences(sides[0], sides[1]).all)


def markers(data: bytes) -> None:
    """Looking for conflict markers ends in an answer too."""
    with suppress(TomlError):
        sides = split(data.decode("utf-8-sig", "replace"), "file.toml")
        assert sides is None or sides.ours != sides.theirs or sides.labels


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    if (loaded := read(data)) is not None:
        survives(loaded)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    if (loaded := read(data)) is not None:
        survives(loaded)
    # A text with half a character in it is refused as well where it did not come from a file.
    with suppress(TomlError):
        toml_file.loads(text)

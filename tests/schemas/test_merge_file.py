"""Whole files merged: comments of both, the file with markers and back, and files of many events."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas import edits
from schemas.conflict_markers import read_conflicted, split
from schemas.incident import Event, Incident
from schemas.merge import merge
from schemas.merge_conflict import Choice
from schemas.merge_file import MergedFile, merge_files
from schemas.merge_model import merge_fields
from schemas.toml_file import dumps, loads, parse
from tests.samples import PRIMARY, SHOP, text_of
from tests.schemas.branches import edited
from tests.schemas.strategies import same

TEXTS = [text_of(SHOP), text_of(PRIMARY)]


def commented(text: str, rng: random.Random, name: str, count: int) -> str:
    """The text with comments between its lines and behind its values, wherever one can stand."""
    lines = text.split("\n")
    places = [
        at for at in _outside(lines) if "=" in lines[at] or lines[at].startswith(("[", "# Remarks", "# Verdicts"))
    ]
    for number, at in enumerate(sorted(rng.sample(places, count), reverse=True)):
        if rng.random() < 0.5 and '"""' not in lines[at] and not lines[at].endswith("[") and "#" not in lines[at]:
            lines[at] += f"  # {name}-{number}"
        else:
            lines.insert(at, f"# {name}-{number}")
    return "\n".join(lines)


def _outside(lines: list[str]) -> list[int]:
    """The lines that are not inside a text."""
    found, inside = [], False
    for at, line in enumerate(lines):
        if not inside:
            found.append(at)
        if line.count('"""') % 2:
            inside = not inside
    return found


def comments(text: str) -> Counter[str]:
    return Counter(
        line.partition("#")[2].strip()
        for remark in parse(text).remarks
        for line in remark.text.split("\n")
        if line.strip()
    )


def three(seed: int, most: int = 6) -> tuple[str, str, str]:
    """The files of a base and of two branches of up to `most` edits, with comments."""
    rng = random.Random(seed)
    base = commented(TEXTS[seed % 2], rng, "base", 6)
    loaded = parse(base)
    sides = []
    for name in ("aa", "bb"):
        text = dumps(edited(loaded.incident, str(seed), name, most), loaded.remarks)
        sides.append(commented(text, rng, name, 3))
    return base, sides[0], sides[1]


def places(merged: MergedFile) -> set[str]:
    """What is in conflict, but for the order of events at one time, which may seem moved once others have moved."""
    return {conflict.place for conflict in merged.merged.conflicts if conflict.path != ("events",)}


def all_of(merged: MergedFile, choice: Choice) -> dict[str, Choice]:
    return {conflict.key: choice for conflict in merged.merged.conflicts}


@pytest.mark.parametrize("seed", range(150))
def test_no_comment_is_lost_and_none_is_there_twice(seed: int) -> None:
    base, ours, theirs = three(seed)
    merged = merge_files(parse(base), parse(ours), parse(theirs))
    found = comments(merged.text())
    assert found == comments(base) | comments(ours) | comments(theirs)
    assert comments(merged.text(all_of(merged, "ours"))) == found
    assert comments(merged.text(all_of(merged, "theirs"))) == found


def test_a_comment_that_one_side_took_out_or_changed() -> None:
    base = "# head\n\n# one\ntitle = 'x' # two\nowner = 'y'\n"
    ours = base.replace("# one\n", "").replace("# head", "# HEAD")
    theirs = base.replace("# two", "# 2").replace("owner = 'y'", "owner = 'z'")
    text = merge_files(parse(base), parse(ours), parse(theirs)).text()
    assert comments(text) == Counter(["HEAD", "2"])
    both = merge_files(parse(base), parse(ours), parse(base.replace("# head", "# Kopf"))).text()
    assert comments(both) >= Counter(["HEAD", "Kopf", "two"])


def test_comments_of_an_item_removed_on_one_side_and_kept_by_the_other() -> None:
    base = parse('# about it\n[[actions]]\nid = "aaaa"\n# its text\ntext = "one"\n')
    removed = dumps(Incident(), base.remarks)
    assert "about it" in removed
    changed = dumps(loads('[[actions]]\nid = "aaaa"\ntext = "two"\n'), base.remarks)
    text = merge_files(base, parse(removed), parse(changed)).text()
    assert text == changed
    kept = merge_files(base, parse(removed), parse(dumps(base.incident, base.remarks))).text()
    assert comments(kept) == Counter(["about it", "its text"])


@pytest.mark.parametrize("seed", range(150))
def test_the_file_with_markers_holds_both_sides_and_the_base(seed: int) -> None:
    base, ours, theirs = three(seed)
    merged = merge_files(parse(base), parse(ours), parse(theirs))
    text = merged.marked()
    if not merged.merged.conflicts:
        assert text == merged.text()
        assert split(text) is None
        return
    assert "<<<<<<< ours\n" in text
    sides = split(text)
    assert sides is not None
    assert same(loads(sides.ours), loads(merged.text(all_of(merged, "ours"))))
    assert same(loads(sides.theirs), loads(merged.text(all_of(merged, "theirs"))))
    assert comments(sides.ours) | comments(sides.theirs) == comments(merged.text())
    # What was in conflict is so again, and in no other place.
    again = merge_files(*read_conflicted(text, "x.toml"))
    assert same(loads(again.text(all_of(again, "ours"))), loads(sides.ours))
    assert same(loads(again.text(all_of(again, "theirs"))), loads(sides.theirs))
    assert places(again) == places(merged)
    assert comments(again.text()) == comments(merged.text())


@pytest.mark.parametrize("seed", range(60))
def test_without_a_base_too(seed: int) -> None:
    _, ours, theirs = three(seed)
    merged = merge_files(None, parse(ours), parse(theirs))
    sides = split(merged.marked())
    if sides is None:
        assert not merged.merged.conflicts
        return
    assert sides.base is None
    assert same(loads(sides.ours), loads(merged.text(all_of(merged, "ours"))))
    assert same(loads(sides.theirs), loads(merged.text(all_of(merged, "theirs"))))


def test_an_undecided_text_that_was_saved_is_in_conflict_again() -> None:
    base, ours, theirs = (
        f'[sections]\nsummary = """\nThe shop was {word}.\n"""\n' for word in ("shut", "down", "slow")
    )
    saved = merge_files(parse(base), parse(ours), parse(theirs)).text()
    _, mine, yours = read_conflicted(saved, "x.toml")
    assert mine.incident.sections.summary == "The shop was down.\n"
    assert yours.incident.sections.summary == "The shop was slow.\n"


def test_markers_in_the_text_make_those_of_the_file_longer() -> None:
    base, ours, theirs = (f'[sections]\nsummary = """\n{word}\n=======\n"""\n' for word in ("Is", "Was", "Will be"))
    text = merge_files(parse(base), parse(ours), parse(theirs)).marked()
    assert "<<<<<<<< ours\n" in text
    _, mine, yours = read_conflicted(text, "x.toml")
    assert (mine.incident.sections.summary, yours.incident.sections.summary) == ("Was\n=======\n", "Will be\n=======\n")


def test_of_ten_thousand_events_only_those_are_merged_that_both_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    start = datetime(2024, 5, 2)
    base = Incident(
        events=tuple(Event(id=f"e{n}", at=start + timedelta(seconds=n), text=f"Step {n}") for n in range(10_000))
    )
    ours = edits.update_item(edits.update_item(base, "events", "e7", kind="alert"), "events", "e9", actor="Kim")
    theirs = edits.update_item(edits.remove_items(base, "events", {"e8"}), "events", "e7", actor="Lee")
    merged_fields: list[tuple[str, ...]] = []

    def counted(path: tuple[str, ...], *rest: Any) -> Any:
        merged_fields.append(path)
        return merge_fields(path, *rest)

    monkeypatch.setattr("schemas.merge_model.merge_fields", counted)
    # Read anew, so that nothing is the same object; the times are those of the program itself.
    merged = merge(*(Incident.model_validate(each.model_dump()) for each in (base, ours, theirs)))
    assert merged_fields == [("events", "e7")]
    assert merged.conflicts == ()
    assert len(merged.incident.events) == 9_999
    assert [(event.kind, event.actor) for event in merged.incident.events[7:9]] == [("alert", "Lee"), ("", "Kim")]
    shared = merge(base, ours, theirs).incident.events
    assert all(event is known for event, known in zip(shared[9:], base.events[10:], strict=True))

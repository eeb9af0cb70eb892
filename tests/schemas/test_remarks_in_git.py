"""What two people write about different things on two branches comes together in plain git, without a conflict."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from schemas import edits
from schemas.comments import add_comment, reply, set_resolved
from schemas.incident import Action, Event, Factor, Impact, Incident, OtherSection, Review, Sections, Waiver
from schemas.sections import SECTION_KEYS, STATUSES
from schemas.toml_file import dumps, parse
from schemas.toml_order import in_file_order
from schemas.toml_places import group_of
from schemas.verdicts import VERDICTS, give_verdict
from tests.samples import ALL, text_of

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PAIRS: Final = 400
"""How many files are merged, each one changed on both branches."""

START: Final = datetime(2024, 5, 2, 9, tzinfo=UTC)
WORDS: Final = ("Why then?", "Who knew?", "One line\nand another.", "Push failed", "", '"""', "The same words.")
PEOPLE: Final = ("ana", "ben", "@cleo", "Dana Lee", "kim", "zoë")


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    away = dict.fromkeys(("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"), os.devnull)
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return subprocess.run(
        ["git", "-C", str(folder), "-c", "core.autocrlf=false", *arguments],
        env={**os.environ, **away, **who}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def commit(folder: Path, incidents: Mapping[str, Incident]) -> None:
    for name, incident in incidents.items():
        (folder / f"{name}.toml").write_text(dumps(incident), encoding="utf-8")
    assert git(folder, "add", ".").returncode == 0
    assert git(folder, "commit", "--quiet", "-m", "x").returncode == 0


def merged(folder: Path, bases: Mapping[str, Incident], *sides: Mapping[str, Incident]) -> tuple[set[str], str]:
    """Merge two branches in a new repository; gives the files with conflicts, and what git said."""
    assert git(folder, "init", "--quiet", "--initial-branch", "main").returncode == 0
    commit(folder, bases)
    for branch, side in zip(("one", "other"), sides, strict=True):
        assert git(folder, "checkout", "--quiet", "-b", branch, "main").returncode == 0
        commit(folder, side)
    said = git(folder, "merge", "--quiet", "-m", "x", "one")
    conflicts = git(folder, "diff", "--name-only", "--diff-filter=U").stdout.split()
    return {Path(name).stem for name in conflicts}, said.stdout + said.stderr


def union(base: Incident, *sides: Incident) -> Incident:
    """The base with all that either side added to it."""
    found: dict[str, Any] = {}
    for name in ("comments", "reviews", "waivers"):
        known = getattr(base, name)
        new = [item for side in sides for item in getattr(side, name) if item not in known]
        found[name] = (*known, *new)
    return in_file_order(base.model_copy(update=found))


def check(
    folder: Path, bases: Mapping[str, Incident], one: Mapping[str, Incident], other: Mapping[str, Incident]
) -> None:
    conflicts, said = merged(folder, bases, one, other)
    assert conflicts == set(), said
    for name, base in bases.items():
        text = (folder / f"{name}.toml").read_text(encoding="utf-8")
        loaded = parse(text)
        expected = union(base, one[name], other[name])
        assert loaded.notes == ()
        assert in_file_order(loaded.incident) == expected
        assert text == dumps(expected)


def invented(rng: random.Random) -> Incident:
    """An incident as there are many: few things or many, some sections written, some of it talked about already."""
    events = tuple(
        Event(id=f"e{n}", at=START + timedelta(minutes=7 * n), text=rng.choice(WORDS), actor=rng.choice(PEOPLE))
        for n in range(rng.randrange(2, 12))
    )
    written = rng.sample(SECTION_KEYS, rng.choice((0, 2, 5, len(SECTION_KEYS))))
    return Incident(
        title="Push failed",
        status=rng.choice(STATUSES),
        sections=Sections(**{key: rng.choice(WORDS) or "x" for key in written}),
        other_sections=tuple(OtherSection(id=f"s{n}", heading="Costs", body="x") for n in range(rng.randrange(3))),
        impacts=tuple(Impact(id=f"i{n}", what="Requests") for n in range(rng.randrange(3))),
        factors=tuple(Factor(id=f"f{n}", text="A limit") for n in range(rng.randrange(3))),
        events=events,
        actions=tuple(Action(id=f"a{n}", text="Add an alert") for n in range(rng.randrange(1, 5))),
    )


def things(incident: Incident) -> list[str]:
    """The places that can be talked about; of the sections those that have a line."""
    lists = ("other_sections", "impacts", "factors", "events", "actions")
    in_review = incident.status == "in-review" and any(incident.sections.get(key) for key in SECTION_KEYS)
    sections = [key for key in SECTION_KEYS if in_review or incident.sections.get(key)]
    found = [f"{name}/{item.id}" for name in lists for item in getattr(incident, name)]
    return [*found, *(f"sections/{key}" for key in sections), "", *(("events", "actions") if in_review else ())]


def talked(rng: random.Random, incident: Incident, places: list[str], ids: str, count: int) -> Incident:
    """The incident with comments on some of the places, some of them answered, some settled."""
    for n in range(count):
        at, author = START + timedelta(days=rng.randrange(3), minutes=rng.randrange(99)), rng.choice(PEOPLE)
        text, quote = rng.choice(WORDS), rng.choice(("", "", "Push failed", "One line\nand another."))
        name = f"{ids}{n}"
        incident = add_comment(
            incident, comment_id=name, on=rng.choice(places), author=author, at=at, text=text, quote=quote
        )
        if rng.random() < 0.3:
            incident = reply(incident, name, comment_id=f"{name}r", author=rng.choice(PEOPLE), at=at, text=text)
        if rng.random() < 0.3:
            incident = set_resolved(incident, name, True)
    return incident


def bases(rng: random.Random, count: int, *, written: bool = False, **fields: Any) -> dict[str, Incident]:
    """Incidents to begin with; `written` ones have at least one section."""
    samples = [each for name in ALL if len(things(each := parse(text_of(name)).incident)) > 2]
    found: dict[str, Incident] = {}
    while len(found) < count:
        base = rng.choice(samples) if rng.random() < 0.2 else invented(rng)
        base = talked(rng, base, things(base), "c", rng.choice((0, 0, 1, 5)))
        if not written or base.sections != Sections():
            found[f"n{len(found)}"] = in_file_order(base.changed(**fields))
    return found


def test_comments_on_different_things(tmp_path: Path) -> None:
    rng = random.Random(4)
    known = bases(rng, PAIRS)
    one, other = {}, {}
    for name, base in known.items():
        places = things(base)
        rng.shuffle(places)
        cut = rng.randrange(1, len(places))
        mine, yours = places[:cut][:4], places[cut:][:4]
        one[name] = talked(rng, base, mine, "m", rng.choice((1, 1, 2, 6)))
        other[name] = talked(rng, base, yours, "y", rng.choice((1, 1, 2, 6)))
    check(tmp_path, known, one, other)


def test_a_comment_on_the_next_thing(tmp_path: Path) -> None:
    """Neighbours in the file are the ones that come closest to each other."""
    rng = random.Random(5)
    known = bases(rng, PAIRS // 2)
    one, other = {}, {}
    for name, base in known.items():
        places = things(base)
        at = rng.randrange(len(places) - 1)
        one[name] = talked(rng, base, [places[at]], "m", 1)
        other[name] = talked(rng, base, [places[at + 1]], "y", 1)
    check(tmp_path, known, one, other)


def test_a_verdict_by_each_of_those_who_were_asked(tmp_path: Path) -> None:
    rng = random.Random(6)
    known = {}
    for name, base in bases(rng, PAIRS // 2).items():
        asked = rng.sample(PEOPLE, rng.randrange(2, len(PEOPLE) + 1))
        known[name] = base.changed(
            reviews=(*base.reviews, *(Review(id=f"r{n}", reviewer=who) for n, who in enumerate(asked)))
        )
    one = {name: verdict(rng, base, base.reviews[-1].reviewer, "m") for name, base in known.items()}
    other = {name: verdict(rng, base, base.reviews[-2].reviewer, "y") for name, base in known.items()}
    check(tmp_path, known, one, other)


def test_a_verdict_by_each_of_two_whose_names_do_not_share_a_line(tmp_path: Path) -> None:
    rng = random.Random(7)
    known = bases(rng, PAIRS // 2, written=True, status="in-review", reviews=())
    pairs = {name: rng.sample(PEOPLE, 2) for name in known}
    assert len({group_of(who) for who in PEOPLE}) == len(PEOPLE)
    one = {name: verdict(rng, base, pairs[name][0], "m") for name, base in known.items()}
    other = {name: verdict(rng, base, pairs[name][1], "y") for name, base in known.items()}
    check(tmp_path, known, one, other)


def verdict(rng: random.Random, incident: Incident, who: str, ids: str) -> Incident:
    """A whole review: some comments, and the verdict."""
    at = START + timedelta(days=4, minutes=rng.randrange(99))
    return give_verdict(incident, review_id=f"{ids}v", reviewer=who, at=at, verdict=rng.choice(VERDICTS), summary="x")


def test_two_waivers(tmp_path: Path) -> None:
    rng = random.Random(8)
    known = bases(rng, PAIRS // 4)
    one, other = {}, {}
    for name, base in known.items():
        mine, yours = rng.sample([place for place in things(base) if "/" in place], 2)
        one[name] = edits.waive(base, Waiver(rule="T14", where=mine, reason=rng.choice(WORDS), by="ana"))
        other[name] = edits.waive(base, Waiver(rule="T14", where=yours, reason=rng.choice(WORDS), by="ben"))
    check(tmp_path, known, one, other)


def test_a_comment_and_a_change_of_what_it_is_about(tmp_path: Path) -> None:
    """A blank line stands between the words of a thing and what is said about it."""
    rng = random.Random(9)
    known = bases(rng, PAIRS // 4, written=True)
    one, other, both = {}, {}, {}
    for name, base in known.items():
        place = rng.choice([place for place in things(base) if place.startswith(("events/", "actions/"))])
        kind, _, item_id = place.partition("/")
        one[name] = talked(rng, base, [place], "m", 2)
        other[name] = edits.update_item(base, kind, item_id, text="Something else entirely")
        both[name] = edits.update_item(one[name], kind, item_id, text="Something else entirely")
    conflicts, said = merged(tmp_path, known, one, other)
    assert conflicts == set(), said
    for name, incident in both.items():
        assert parse((tmp_path / f"{name}.toml").read_text(encoding="utf-8")).incident == in_file_order(incident)

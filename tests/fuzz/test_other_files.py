"""All other files that are read, after every kind of accident: journals, locks, earlier versions, settings, keys,
reviews and what a team has agreed on. Nobody is kept from working by any of them.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import tomllib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pytest

from schemas import policy_file, review_toml
from schemas.checks import check
from schemas.incident import Comment, Review
from schemas.policy_file import METRIC_KEYS, SETTINGS
from schemas.policy_settings import MOST_PROBLEMS
from schemas.review_patch import CommentChange, Patch, ReviewOf, take_in
from schemas.text import is_clean
from schemas.toml_errors import TomlError
from tests import samples
from tests.fuzz.mutations import HOSTILE, NAMES, anything, as_toml, cases, damaged, hostile_text, with_anything
from tests.fuzz.test_incident_files import is_told
from tests.schemas.strategies import same
from tests.workspace.journals import NOW
from tui.workspace import journal_format, lock_folder, locks, version_limits, versions_kept
from tui.workspace.commands import BY_ID, COMMANDS
from tui.workspace.errors import UserError
from tui.workspace.fingerprint import Fingerprint
from tui.workspace.journal_format import HEADING, About
from tui.workspace.keymap import _together, checked, is_key
from tui.workspace.processes import Process
from tui.workspace.recovery import abandoned
from tui.workspace.settings import Settings, load_settings, save_theme

KEY: Final = "0123456789abcdef"
ABOUT: Final = About(
    Path("/home/ana/incident.toml"), Fingerprint(3, 2, 1, "ab" * 32), "Disk full", Process("host", "ana", 12), NOW, "1"
)
TEXT: Final = samples.text_of(samples.NEW).encode()


def journal() -> bytes:
    """A journal of three states."""
    texts = (TEXT, TEXT + b"# one\n", TEXT + b"# one two\n")
    data = HEADING + journal_format.whole(KEY, texts[0], ABOUT, NOW, 1)
    for number in (1, 2):
        before, after = texts[number - 1], texts[number]
        was, now = journal_format.checksum(before), journal_format.checksum(after)
        data += journal_format.change(KEY, before, after, was, now, NOW + timedelta(seconds=number), number + 1)
    return data


class TestJournals:
    def test_a_damaged_one_gives_what_was_written_or_nothing(self) -> None:
        data = journal()
        states = {None, TEXT, TEXT + b"# one\n", TEXT + b"# one two\n"}
        for case in cases(600, "journal"):
            with case:
                case.data = damaged(data, case.rng)
                story = journal_format.read(KEY, case.data)
                assert story.text in states
                assert case.data == data or story.text is not None or story.damaged

    def test_sealed_nonsense_is_no_state(self) -> None:
        for case in cases(400, "sealed"):
            with case:
                story = journal_format.read(KEY, HEADING + sealed(case.rng))
                assert story.text is None or story.about is not None
                if story.about is not None:
                    assert story.about.path is None or story.about.path.is_absolute()
                    assert is_clean(story.about.title)

    def test_a_folder_of_them_is_listed(self, tmp_path: Path) -> None:
        folder = tmp_path / "journal"
        folder.mkdir(mode=0o700)
        for case in islice(cases(40, "journals"), 150):  # of more than two hundred the oldest go
            name = f"{case.rng.getrandbits(64):016x}"
            block = sealed(case.rng, name) if case.rng.random() < 0.3 else b""
            data = HEADING + block + journal_format.whole(name, TEXT + f"# {name}\n".encode(), ABOUT, NOW, 1)
            (folder / f"{name}.journal").write_bytes(damaged(data, case.rng))
        (folder / "folder.journal").mkdir()
        os.mkfifo(folder / "pipe.journal")
        (folder / "link.journal").symlink_to("/dev/zero")
        (folder / "circle.journal").symlink_to("circle.journal")
        (folder / "\udcff\x1b.journal").write_bytes(b"x")
        before = {path.name for path in folder.iterdir()}
        found = abandoned(folder, now=NOW)
        assert len(found) > 20
        for each in found:
            assert is_clean(each.title + each.remains)
            each.differs()
        # Nothing goes that somebody may want to look at.
        assert {path.name for path in folder.iterdir()} == before


def sealed(rng: random.Random, key: str = KEY) -> bytes:
    """A block that nobody damaged and nobody of us wrote."""
    names = (
        "at",
        "changes",
        "path",
        "fingerprint",
        "title",
        "process",
        "began",
        "app",
        "begun_in",
        "start",
        "end",
        "was",
    )
    known = {
        "at": NOW.isoformat(), "changes": 1, "path": "/a", "fingerprint": [1, 2, 3, "ab"], "title": "t",
        "process": {"host": "h", "user": "u", "pid": 1}, "began": NOW.isoformat(), "app": "1", "begun_in": None,
    }  # fmt: skip
    wrong: tuple[Any, ...] = (
        None, True, -1, 10**30, 1.5, float("nan"), "", "x" * 3000, "\0", "../x", "/a\0b", "\ud800",
        "9999-12-31T23:59:59", [], "0001-01-01T00:00:00+14:00", {}, [[[[]]]], ["a"] * 4, [1, 2], {"pid": 2**70},
        {"pid": 1, "host": 5}, "\x1b[2J",
    )  # fmt: skip
    for _ in range(rng.randint(1, 3)):
        known[rng.choice(names)] = rng.choice(wrong)
    if rng.random() < 0.2:
        del known[rng.choice(tuple(known))]
    kind = rng.choice((b"whole", b"whole", b"change", b"opened"))
    return journal_format._block(key, kind, known, rng.choice((TEXT, b"", b"\xff\x00", b"%%% whole 1 1 x\n")))


class TestLocks:
    def test_a_damaged_one_names_somebody_or_is_taken(self, tmp_path: Path) -> None:
        path = tmp_path / "incident.toml"
        path.write_bytes(TEXT)
        place = lock_folder.lock_path(path)
        first = locks.acquire(path, now=lambda: NOW)
        assert isinstance(first, locks.Acquired)
        data = place.read_bytes()
        first.lock.release()
        for case in cases(150, "lock"):
            with case:
                case.data = nonsense(case.rng) if case.rng.random() < 0.4 else damaged(data, case.rng)
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(case.data)
                found = locks.acquire(path, now=lambda: NOW)
                assert isinstance(found, locks.Acquired | locks.Held)
                by = found.by if isinstance(found, locks.Held) else found.taken_from
                assert by is not None
                assert is_clean(by.said())
                assert len(by.said()) < 1000
                if isinstance(found, locks.Acquired):
                    assert found.lock.refresh()
                    found.lock.release()
                else:
                    place.unlink()
        assert path.read_bytes() == TEXT

    @pytest.mark.parametrize("what", ["fifo", "folder", "circle", "device", "dangling"])
    @pytest.mark.parametrize("where", ["lock", "folder of locks"])
    def test_what_is_no_lock_keeps_nobody_out(self, tmp_path: Path, what: str, where: str) -> None:
        path = tmp_path / "incident.toml"
        path.write_bytes(TEXT)
        place = lock_folder.lock_path(path) if where == "lock" else lock_folder.lock_path(path).parent
        place.parent.mkdir(exist_ok=True)
        _put(place, what)
        found = locks.acquire(path, now=lambda: NOW)
        assert not isinstance(found, locks.Held)
        if isinstance(found, locks.Acquired):
            found.lock.release()
        else:
            assert found.why
            assert is_clean(found.why)


def nonsense(rng: random.Random) -> bytes:
    """JSON that is no lock."""
    known: dict[str, Any] = {"since": NOW.isoformat(), "host": "h", "user": "u", "pid": 1, "boot": "b", "started": "1"}
    wrong: tuple[Any, ...] = (
        None, -1, 0, 2**31, 2**70, True, 1.5, [], {}, "\x1b[2J\u202e", "x" * 5000, "9999-12-31", "\ud800",
    )  # fmt: skip
    for _ in range(rng.randint(1, 3)):
        known[rng.choice(tuple(known))] = rng.choice(wrong)
    return rng.choice(
        (json.dumps(known).encode(), json.dumps([known]).encode(), b"[" * 4000, b"1" * 4000, b'{"since": NaN}', b"null")
    )


def _put(place: Path, what: str) -> None:
    if what == "fifo":
        os.mkfifo(place)
    elif what == "folder":
        place.mkdir()
    elif what == "circle":
        place.symlink_to(place.name)
    else:
        place.symlink_to("/dev/zero" if what == "device" else "nowhere")


def test_a_damaged_version_is_read_as_it_was_or_refused(tmp_path: Path) -> None:
    folder, path = tmp_path / "history", tmp_path / "incident.toml"
    kept = versions_kept.keep(path, TEXT, now=NOW, folder=folder)
    data = kept.file.read_bytes()
    for case in cases(200, "version"):
        with case:
            case.data = damaged(data, case.rng)
            kept.file.write_bytes(case.data)
            with suppress(UserError):
                assert versions_kept.read(kept).encode() == TEXT
    # What bombs: a small file that is a large one when it is unpacked.
    kept.file.write_bytes(gzip.compress(bytes(1 << 26), 9))
    with pytest.raises(UserError):
        versions_kept.read(kept)


def test_names_in_the_folder_of_versions_mean_nothing(tmp_path: Path) -> None:
    folder, path = tmp_path / "history", tmp_path / "incident.toml"
    kept = versions_kept.keep(path, TEXT, now=NOW, folder=folder)
    place = kept.file.parent
    for name in ("9" * 20 + "-1-" + "a" * 64 + ".toml.gz", "x.toml.gz", "\udcff.toml.gz", "²" * 20 + "-1-" + "a" * 64):
        (place / name).write_bytes(b"")
    os.mkfifo(place / ("0" * 20 + "-1-" + "b" * 64 + ".toml.gz"))
    (place / ("0" * 20 + "-2-" + "c" * 64 + ".toml.gz")).symlink_to("/dev/zero")
    assert kept in versions_kept.versions(path, folder=folder)
    version_limits.tidy(now=NOW, folder=folder)
    assert versions_kept.keep(path, TEXT + b"\n", now=NOW + timedelta(days=1), folder=folder)


SETTINGS_FILE: Final = b"""\
# mine
theme = "postmortem-light"
author = "Ana"
mouse = true

[keys]
"document.save" = "ctrl+k, f2"
document.undo = "f9"
app.quit = "ctrl+q"
"""


class TestSettings:
    def test_damaged_ones_are_told_and_the_rest_is_used(self, tmp_path: Path) -> None:
        path = tmp_path / "settings.toml"
        tables = tomllib.loads(SETTINGS_FILE.decode())
        keys = {"keys": tuple(command.id for command in COMMANDS), "theme": (), "author": (), "mouse": ()}
        for case in cases(400, "settings"):
            with case:
                if case.rng.random() < 0.5:
                    case.data = damaged(SETTINGS_FILE, case.rng)
                else:
                    case.data = as_toml(with_anything(tables, keys, case.rng))
                path.write_bytes(case.data)
                usable(load_settings(path))
                try:
                    save_theme("postmortem-dark", path)
                    assert load_settings(path).theme == "postmortem-dark"
                except UserError:
                    assert path.read_bytes() == case.data

    def test_any_keys_leave_saving_and_quitting_within_reach(self) -> None:
        ids = [command.id for command in COMMANDS]
        used = sorted({key for command in COMMANDS for key in command.keys})
        words = (*used, *HOSTILE, "", ",", " ", "ctrl+", "+", "ctrl++", "ctrl+ctrl+s", "CTRL+S", "alt+é", "f0", "f99")
        for case in cases(300, "keymap"):
            with case:
                keymap: dict[str, object] = {}
                for _ in range(case.rng.randint(1, 12)):
                    value: Any = ",".join(case.rng.choice(words) for _ in range(case.rng.randint(0, 3)))
                    name = case.rng.choice(ids) if case.rng.random() < 0.8 else hostile_text(case.rng)
                    keymap[name] = anything(case.rng) if case.rng.random() < 0.15 else value
                usable(Settings(keys=keymap))


def usable(settings: Settings) -> None:
    """Whatever the settings say, the program opens with them, and what is wrong in them is told safely."""
    assert isinstance(settings.theme, str)
    assert isinstance(settings.author, str)
    assert isinstance(settings.mouse, bool)
    keymap, problems = checked(settings.keys)
    for problem in (*settings.problems, *problems):
        assert problem
        assert is_clean(problem)
        assert len(problem) < 1000
    for name, keys in keymap.items():
        assert all(is_key(key) for key in keys.split(",")), (name, keys)
    taken = {
        command.id: set(keymap[command.id].split(",") if command.id in keymap else command.keys) for command in COMMANDS
    }
    for command in COMMANDS:
        assert taken[command.id]
    # Whatever was given to whom: nothing that works beside saving and quitting has their keys.
    for vital in ("document.save", "app.quit", "app.palette"):
        for command in COMMANDS:
            if command.id != vital and _together(BY_ID[vital].scope, command.scope):
                assert not taken[vital] & taken[command.id], (vital, command.id)


REVIEW: Final = review_toml.dumps(
    Patch(
        review_of=ReviewOf(file="outage.toml", title="Push failed", content="sha256:abc"),
        removed=("z2k4",),
        comments=(
            Comment(id="q4m7xd", on="sections/summary", author="ana", at=NOW, text="Why?", quote="the"),
            Comment(id="r4m7xd", on="sections/summary", author="ben", at=NOW, text="So.", reply_to="q4m7xd"),
        ),
        changes=(CommentChange(id="t8w2kc", resolved=False, text="other", edited=NOW),),
        reviews=(Review(id="n3h9vr", reviewer="ana", verdict="changes", at=NOW, summary="See there."),),
    )
).encode()


def test_a_damaged_review_is_taken_in_or_refused() -> None:
    incident = samples.sample(samples.CHECKOUT)
    names = {"comments": tuple(Comment.model_fields), "reviews": tuple(Review.model_fields), "review_of": ("file",)}
    keys = {**names, "removed": (), "changes": tuple(CommentChange.model_fields), "format": ()}
    taken = 0
    for case in cases(400, "review"):
        with case:
            if case.rng.random() < 0.5:
                case.data = damaged(REVIEW, case.rng)
            else:
                case.data = as_toml(with_anything(tomllib.loads(REVIEW.decode()), keys, case.rng))
            try:
                patch = review_toml.parse_bytes(case.data, "outage.review.toml")
            except TomlError as error:
                is_told(error, case.data)
                continue
            taken += 1
            assert same(review_toml.loads(review_toml.dumps(patch)), patch)
            result, _ = take_in(incident, patch)
            assert same(take_in(result, patch)[0], result)
            assert same(result.events, incident.events)
    assert taken > 40


POLICY: Final = b"""\
profile = "ours"
dates = "day-first"

[clocks]
support = "Mon-Fri 10:00-17:00 Europe/London"

[[profiles.ours]]
id = "repair"
label = "time to repair"
from = "detected"
to = "recovered"
clock = "support"

[checks]
select = ["T", "c01"]
ignore = ["T09"]

[deadlines]
SEV1 = 5
other = 20

[required.in-review]
all = ["summary"]
SEV1 = ["summary", "impact"]
"""


def test_a_damaged_policy_is_told_and_the_rest_holds() -> None:
    keys = {
        **dict.fromkeys(SETTINGS, NAMES), "deadlines": ("SEV0", "SEV1", "other"), "checks": ("select", "ignore"),
        "required": ("draft", "in-review", "approved", "published"), "profiles": ("ours", *METRIC_KEYS),
    }  # fmt: skip
    tables = tomllib.loads(POLICY.decode())
    incident = samples.sample(samples.CHECKOUT)
    for case in cases(400, "policy"):
        with case:
            if case.rng.random() < 0.5:
                case.data = damaged(POLICY, case.rng)
            else:
                case.data = as_toml(with_anything(tables, keys, case.rng))
            policy, problems = policy_file.parse_bytes(case.data, "postmortem.toml")
            assert len(problems) <= MOST_PROBLEMS + 1
            for problem in problems:
                assert is_clean(str(problem) + problem.hint)
                assert 1 <= problem.line <= case.data.count(b"\n") + case.data.count(b"\r") + 1
            assert policy.profile in policy.profiles
            assert policy.metrics
            assert all(days is None or 0 < days < 4000 for days in map(policy.deadline, ("SEV0", "SEV1", "SEV9", "")))
            if case.rng.random() < 0.2:
                check(incident, datetime(2026, 3, 4, 12, tzinfo=UTC), policy)

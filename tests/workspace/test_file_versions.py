"""All versions of a file in one list: in order, with what each holds, and what changed from one to the next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from schemas.incident import Incident, Review
from tests.repositories import FIRST_DAY, Repository, needs_git
from tui.workspace import file_versions, version_words
from tui.workspace.file_versions import Content, Contents, Version, before_in, listed
from tui.workspace.git import Revision
from tui.workspace.version_changes import ALONE, BROKEN, Comparisons
from tui.workspace.version_files import BACKUP, OUTSIDE, SAVE, VERDICT
from tui.workspace.versions_kept import keep, versions

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
NOW_VERSION = Version("now", "now", NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "incident.toml"


def text(title: str) -> str:
    return f'format = 1\ntitle = "{title}"\nstatus = "draft"\n'


def kept(path: Path, *contents: str, marks: tuple[str, ...] = ()) -> tuple[Version, ...]:
    """Versions a minute apart, up to now; in the list, the newest first."""
    for number, content in enumerate(contents):
        at = NOW - timedelta(minutes=len(contents) - number)
        keep(path, content.encode(), now=at, mark=marks[number] if marks else SAVE)
    return listed(versions(path), (), NOW_VERSION)


def committed(ago: timedelta, name: str) -> Version:
    revision = Revision(name, int((NOW - ago).timestamp()), "b", "incident.toml", "Kim Lee", "Why")
    return Version(name, "git", NOW - ago, revision=revision)


class TestListed:
    def test_the_newest_first_whatever_they_are(self, path: Path) -> None:
        kept(path, text("one"), text("two"))
        revisions = (committed(timedelta(seconds=90), "aaaa"), committed(timedelta(days=1), "bbbb"))
        found = listed(versions(path), revisions, NOW_VERSION)
        assert [each.kind for each in found] == ["now", "save", "git", "save", "git"]
        assert before_in(found, found[2]) == found[3:]
        assert before_in(found, found[-1]) == ()

    def test_each_says_what_it_is(self, path: Path) -> None:
        found = kept(path, *"abcd", marks=(BACKUP, SAVE, OUTSIDE, VERDICT + "0a" * 32))
        assert [each.kind for each in found] == ["now", "verdict", "outside", "save", "backup"]
        assert len({each.key for each in found}) == 5


class TestContents:
    def test_of_what_was_kept(self, path: Path) -> None:
        version = kept(path, "# a word\n" + text("one"))[1]
        content = Contents(path).of(version)
        assert content.incident == Incident(title="one", status="draft")
        assert [remark.text for remark in content.remarks] == ["# a word"]
        assert content.data.decode() == content.text == "# a word\n" + text("one")

    def test_of_now_that_is_of_the_file_until_it_was_written(self, path: Path) -> None:
        contents = Contents(path)
        path.write_text(text("one"))
        assert contents.of(NOW_VERSION).text == text("one")
        path.write_text(text("two"))
        assert contents.of(NOW_VERSION).text == text("one")
        contents.forget(NOW_VERSION)
        assert contents.of(NOW_VERSION).text == text("two")

    @pytest.mark.parametrize(
        ("content", "problem"), [("title = ", "line 1: "), ('x = "\n', "line 1: "), ("a\0b", "line 1"), ("\udcff", "")]
    )
    def test_of_what_is_no_incident(self, path: Path, content: str, problem: str) -> None:
        data = content.encode("utf-8", "surrogateescape")
        keep(path, data, now=NOW)
        found = Contents(path).of(listed(versions(path))[0])
        assert found.incident is None
        assert found.data == data
        assert found.problem
        assert problem in found.problem

    def test_of_what_is_gone(self, path: Path) -> None:
        version = kept(path, text("one"))[1]
        assert version.kept is not None
        version.kept.file.unlink()
        assert "cannot be read" in Contents(path).of(version).problem
        assert Contents(path).of(NOW_VERSION).problem

    def test_no_more_is_held_than_fits(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        found = kept(path, *(text(f"number {number}") for number in range(6)))[1:]
        monkeypatch.setattr(file_versions, "_HELD_BYTES", 60)
        contents = Contents(path)
        first = contents.of(found[0])
        for each in found[1:3]:
            contents.of(each)
        assert contents.of(found[0]) is first
        for each in found[1:5]:
            contents.of(each)
        assert contents.of(found[0]) is not first
        assert contents.of(found[0]) == first

    @needs_git
    def test_of_git(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        repository = Repository(tmp_path / "library", monkeypatch)
        repository.write("one.toml", text("one"))
        repository.commit("First")
        repository.git("mv", "one.toml", "two.toml")
        repository.commit("Second")
        path = repository.write("two.toml", text("two"))
        repository.commit("Third")
        contents = Contents(path)
        found = contents.revisions()
        assert [contents.of(each).text for each in found] == [text("two"), text("one"), text("one")]
        assert [each.at.timestamp() for each in found] == [FIRST_DAY + 7200, FIRST_DAY + 3600, FIRST_DAY]
        assert [each.revision.subject for each in found if each.revision] == ["Third", "Second", "First"]

    def test_no_repository_no_git(self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        assert Contents(path).revisions() == ()
        monkeypatch.setenv("PATH", str(tmp_path))
        assert Contents(path).revisions() == ()


class TestChanges:
    def test_since_the_version_before(self, path: Path) -> None:
        found = kept(path, text("one"), text("two"), text("two") + 'severity = "SEV1"\nowner = "ana"\n')
        comparisons = Comparisons(Contents(path))
        counts = [comparisons.compare((before_in(found, each), each), None).count for each in found[1:]]
        assert counts == [2, 1, ALONE]

    def test_the_document_stands_for_now(self, path: Path) -> None:
        found = kept(path, text("one"))
        document = Content(incident=Incident(title="three", status="draft"))
        compared = Comparisons(Contents(path)).compare(((found[1],), found[0]), document)
        (found_change,) = compared.found
        assert (found_change.before, found_change.after) == ("one", "three")
        assert compared.since is found[1]

    def test_a_broken_version_is_passed_over(self, path: Path) -> None:
        found = kept(path, text("one"), "title = ", text("two"))
        comparisons = Comparisons(Contents(path))
        newest, broken, oldest = found[1:]
        compared = comparisons.compare((before_in(found, newest), newest), None)
        assert (compared.since, compared.count) == (oldest, 1)
        assert comparisons.compare((before_in(found, broken), broken), None).count == BROKEN
        assert comparisons.compare(((broken,), newest), None).count == ALONE

    def test_counts_stay_until_the_document_changes(self, path: Path) -> None:
        found = kept(path, *(text(f"number {number}") for number in range(12)))
        comparisons = Comparisons(Contents(path))
        document = Content(incident=Incident(title="now"))
        pairs = [(before_in(found, each), each) for each in found]
        assert [comparisons.count(pair) for pair in pairs] == [None] * len(pairs)
        for pair in pairs:
            comparisons.note(pair, comparisons.compare(pair, document))
        assert None not in [comparisons.count(pair) for pair in pairs]
        assert comparisons.known(pairs[-1]) is not None
        assert comparisons.known(pairs[0]) is None
        comparisons.forget_now()
        assert comparisons.count(pairs[0]) is None
        assert comparisons.count(pairs[1]) == 1


KATHMANDU = timezone(timedelta(hours=5, minutes=45))


class TestWords:
    @pytest.mark.parametrize(
        ("ago", "zone", "day", "clock", "age"),
        [
            (timedelta(seconds=5), UTC, "Today · Wed 4 Mar", "11:59", "now"),
            (timedelta(minutes=59), UTC, "Today · Wed 4 Mar", "11:01", "59 min"),
            (timedelta(hours=7), KATHMANDU, "Today · Wed 4 Mar", "10:45", "7 h"),
            (timedelta(hours=13), UTC, "Yesterday · Tue 3 Mar", "23:00", "13 h"),
            (timedelta(hours=13), KATHMANDU, "Today · Wed 4 Mar", "04:45", "13 h"),
            (timedelta(days=63), UTC, "Wed 31 Dec 2025", "12:00", "63 d"),
            (timedelta(days=-2), UTC, "Fri 6 Mar", "12:00", "now"),
        ],
    )
    def test_when(self, ago: timedelta, zone: timezone, day: str, clock: str, age: str) -> None:
        at = NOW - ago
        assert version_words.day_of(at, NOW, zone) == day
        assert version_words.clock_of(at, zone) == clock
        assert version_words.age_of(at, NOW) == age
        version = Version("k", "save", at)
        assert version_words.name_of(version, NOW, zone) == f"{day.rpartition(' · ')[2]} {clock}"

    @pytest.mark.parametrize(
        ("reviewer", "verdict", "content", "said"),
        [
            ("ana", "approve", "sha256:" + "0a" * 32, "ana approved"),
            ("Kim Lee", "changes", "0A" * 10, "Kim Lee asked for changes"),
            ("", "approve", "sha256:" + "0a" * 32, "somebody approved"),
            ("ana", "approve", "sha256:" + "0b" * 32, "verdict"),
            ("ana", "approve", "", "verdict"),
        ],
    )
    def test_whose_verdict_it_was(self, path: Path, reviewer: str, verdict: str, content: str, said: str) -> None:
        version = kept(path, text("one"), marks=(VERDICT + "0a" * 32,))[1]
        review = Review(id="r", reviewer=reviewer, verdict=verdict, content=content)
        assert version_words.what_of(version, Incident(reviews=(review,)), None) == said
        assert version_words.what_of(version, None, None) == "verdict"

    def test_what_it_is(self) -> None:
        said = [version_words.what_of(NOW_VERSION, None, unsaved) for unsaved in (None, True, False)]
        assert said == ["the file", "not saved yet", "as it is now"]
        revision = Revision("3f2a1b0c" * 5, 0, "b", "a.toml", "Kim\x1b Lee", "Fix \x1b[5m the \u202etimes")
        version = Version("k", "git", NOW, revision=revision)
        for words in (version_words.what_of(version, None, None), version_words.told_of(version)):
            assert words.isprintable()
        assert version_words.what_of(version, None, None).startswith("3f2a1b0 Fix ")

    def test_sizes_and_numbers(self) -> None:
        assert [version_words.size_of(size) for size in (None, 0, 999, 12_100, 3_400_000)] == [
            "", "0 B", "999 B", "12.1 kB", "3.4 MB",
        ]  # fmt: skip
        assert [version_words.counted(count) for count in (0, 1, 2)] == ["no changes", "1 change", "2 changes"]

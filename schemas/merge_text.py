"""Prose merged word by word: what both sides changed in different sentences comes together, the rest becomes passages.

The words of each side are compared with those of the base. Where both changed the same words, or words that touch,
the passage is widened to its sentences, so that a reader sees whole thoughts and not halves of two. No word that a
side wrote is left out of the result and its passages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from schemas.merge_changes import Change, changes

_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"  # written without spaces: each sign counts as a word
_TOKENS: Final = re.compile(rf"\n|[^\S\n]*(?:[{_CJK}]|[^\s{_CJK}]+)|[^\S\n]+")
_SENTENCE_END: Final = re.compile(r"[.!?…。！？][\"'”’)\]*_`]*\Z")

_WIDEST: Final = 80
"""A passage grows by at most so many words on each side: logs have no sentences."""


class Passage(Struct, frozen=True):
    """Words that both sides changed. `lines`: it is made of whole lines."""

    base: str
    ours: str
    theirs: str
    lines: bool = False

    @property
    def both(self) -> str:
        """One version after the other."""
        one, other = self.ours, self.theirs
        if not one or not other or one[-1] == "\n" or other[0].isspace():
            return one + other
        return f"{one}\n{other}" if self.lines or "\n" in one + other else f"{one} {other}"


Piece = str | Passage
"""A stretch of a merged text: settled, or with both versions."""


class _Cluster(Struct):
    """Changes of both sides that stand in each other's way, and the words of the base that they are about."""

    start: int
    end: int
    ours: list[Change]
    theirs: list[Change]


def merge_text(base: str, ours: str, theirs: str) -> tuple[Piece, ...]:
    """The pieces of the merged text, in order; one string where nothing stands against anything."""
    if theirs in (base, ours):
        return (ours,)
    if ours == base:
        return (theirs,)
    words, one, other = tokens(base), tokens(ours), tokens(theirs)
    mine, yours = changes(words, one), changes(words, other)
    holds, held = _holds(one, other, yours), _holds(other, one, mine)
    if holds != held:
        return (ours if holds else theirs,)
    return tuple(_pieces(words, _clusters(words, mine, yours)))


def _holds(whole: Sequence[str], part: Sequence[str], made: Sequence[Change]) -> bool:
    """Whether a text already has all that was `made` in another one, and only adds to it: it was merged before."""
    shift = 0
    kept: list[tuple[int, int]] = []  # where the new words stand in the part; both ends alike where words went
    for change in made:
        kept.append((change.start + shift, change.start + shift + len(change.new)))
        shift += len(change.new) - (change.end - change.start)
    further = changes(part, whole)
    at = 0
    for start, end in kept:
        while at < len(further) and further[at].end < start:
            at += 1
        for change in further[at:]:
            if change.start > end:
                break
            if start == end or (change.start < end and change.end > start):
                return False
    return True


def merge_lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The same for lines that stand for themselves, such as comments: of what conflicts both versions are kept."""
    merged: list[str] = []
    done = 0
    for cluster in _joined(_sorted_sides(changes(base, ours), changes(base, theirs)), _never_apart):
        merged += base[done : cluster.start]
        left, right = _applied(base, cluster, cluster.ours), _applied(base, cluster, cluster.theirs)
        if cluster.ours and cluster.theirs:
            merged += [*left, *(line for line in right if line not in left)]
        else:
            merged += left if cluster.ours else right
        done = cluster.end
    return [*merged, *base[done:]]


def compare_text(ours: str, theirs: str) -> tuple[Piece, ...]:
    """The pieces of two texts without a base: what they share, and a passage for each place where they differ."""
    if not ours or not theirs or ours == theirs:
        return (ours or theirs,)
    first, second = sorted((ours, theirs))
    words = tokens(first)
    clusters = [_Cluster(made.start, made.end, [], [made]) for made in changes(words, tokens(second))]
    for cluster in clusters:
        _widen(words, cluster)
    pieces: list[Piece] = []
    done = 0
    for cluster in _without_overlaps(clusters):
        one = "".join(words[cluster.start : cluster.end])
        other = "".join(_applied(words, cluster, cluster.theirs))
        if done < cluster.start:
            pieces.append("".join(words[done : cluster.start]))
        mine, yours = (one, other) if first == ours else (other, one)
        pieces.append(Passage("", mine, yours, _whole_lines(words, cluster)))
        done = cluster.end
    return (*pieces, "".join(words[done:])) if done < len(words) else tuple(pieces)


def chosen(pieces: Sequence[Piece], pick: Callable[[Passage], str]) -> str:
    """The text with one version of each passage."""
    return "".join(piece if isinstance(piece, str) else pick(piece) for piece in pieces)


def passages(pieces: Sequence[Piece]) -> list[Passage]:
    """What is left to choose."""
    return [piece for piece in pieces if isinstance(piece, Passage)]


def tokens(text: str) -> list[str]:
    """The words with the space before them, and the line breaks; joined they are the text."""
    return _TOKENS.findall(text)


def _pieces(words: Sequence[str], clusters: Sequence[_Cluster]) -> Iterator[Piece]:
    settled: list[str] = []
    done = 0
    for cluster in clusters:
        settled += words[done : cluster.start]
        done = cluster.end
        left, right = _applied(words, cluster, cluster.ours), _applied(words, cluster, cluster.theirs)
        if not cluster.theirs or left == right:
            settled += left
        elif not cluster.ours:
            settled += right
        else:
            if settled:
                yield "".join(settled)
            settled = []
            before = "".join(words[cluster.start : cluster.end])
            yield Passage(before, "".join(left), "".join(right), _whole_lines(words, cluster))
    settled += words[done:]
    if settled:
        yield "".join(settled)


def _applied(words: Sequence[str], cluster: _Cluster, made: Sequence[Change]) -> list[str]:
    """The words of a cluster with the changes of one side."""
    result: list[str] = []
    done = cluster.start
    for change in made:
        result += [*words[done : change.start], *change.new]
        done = change.end
    return [*result, *words[done : cluster.end]]


def _sorted_sides(ours: Sequence[Change], theirs: Sequence[Change]) -> list[tuple[Change, bool]]:
    """The changes of both sides by their place; True marks theirs."""
    both = [*((change, False) for change in ours), *((change, True) for change in theirs)]
    return sorted(both, key=lambda pair: (pair[0].start, pair[0].end))


def _clusters(words: Sequence[str], ours: Sequence[Change], theirs: Sequence[Change]) -> list[_Cluster]:
    found = _joined(_sorted_sides(ours, theirs), lambda one, other: _apart(words, one, other))
    while True:
        for cluster in found:
            if _in_conflict(words, cluster):
                _widen(words, cluster)
        joined = _without_overlaps(found)
        if len(joined) == len(found):
            return joined
        found = joined


def _joined(made: Sequence[tuple[Change, bool]], apart: Callable[[Change, Change], bool]) -> list[_Cluster]:
    """Changes that overlap or touch, together. `apart` says whether two that touch may stand for themselves."""
    found: list[_Cluster] = []
    last: tuple[Change, bool] | None = None  # what reaches furthest so far
    for change, is_theirs in made:
        cluster = found[-1] if found else None
        if (
            cluster is None
            or last is None
            or change.start > cluster.end
            or (change.start == cluster.end and (last[1] == is_theirs or apart(last[0], change)))
        ):
            cluster = _Cluster(change.start, change.end, [], [])
            found.append(cluster)
            last = None
        (cluster.theirs if is_theirs else cluster.ours).append(change)
        if last is None or change.end >= cluster.end:
            last = change, is_theirs
        cluster.end = max(cluster.end, change.end)
    return found


def _never_apart(_one: Change, _other: Change) -> bool:
    return False


def _apart(words: Sequence[str], one: Change, other: Change) -> bool:
    """Whether changes that meet at one point are about different sentences or lines."""
    meeting = one.end
    if one.start == other.end:
        return False  # both put something in at the same point
    if _is_boundary(words, meeting) and (_ends_unit(one.new[-1]) if one.new else _is_boundary(words, one.start)):
        return True
    at_line_end = meeting == len(words) or words[meeting] == "\n"
    return at_line_end and other.start == other.end and other.new[0] == "\n" and bool(one.new) and one.new[-1] != "\n"


def _is_boundary(words: Sequence[str], at: int) -> bool:
    return at == 0 or _ends_unit(words[at - 1])


def _ends_unit(word: str) -> bool:
    return word == "\n" or _SENTENCE_END.search(word) is not None


def _in_conflict(words: Sequence[str], cluster: _Cluster) -> bool:
    if not (cluster.ours and cluster.theirs):
        return False
    return _applied(words, cluster, cluster.ours) != _applied(words, cluster, cluster.theirs)


def _widen(words: Sequence[str], cluster: _Cluster) -> None:
    """Let a cluster reach from the start of its first sentence to the end of its last."""
    lowest, highest = cluster.start - _WIDEST, cluster.end + _WIDEST
    while cluster.start > max(lowest, 0) and not _is_boundary(words, cluster.start):
        cluster.start -= 1
    while (
        cluster.end < min(highest, len(words))
        and not _is_boundary(words, cluster.end)
        and words[cluster.end] != "\n"
    ):  # fmt: skip
        cluster.end += 1


def _without_overlaps(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    result: list[_Cluster] = []
    for cluster in clusters:
        if result and cluster.start < result[-1].end:
            before = result[-1]
            before.end = max(before.end, cluster.end)
            before.start = min(before.start, cluster.start)
            before.ours += cluster.ours
            before.theirs += cluster.theirs
        else:
            result.append(cluster)
    return result


def _whole_lines(words: Sequence[str], cluster: _Cluster) -> bool:
    starts = cluster.start == 0 or words[cluster.start - 1] == "\n"
    ends = cluster.end == len(words) or words[cluster.end] == "\n"
    return starts and (ends or (cluster.end > 0 and words[cluster.end - 1] == "\n"))

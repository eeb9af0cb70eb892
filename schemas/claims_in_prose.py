"""What a text states about the lengths and times of its incident: `the outage lasted 2 hours`, `from 10:00 to 12:30`.

A number claims something only with the words for it in its sentence or its label (see `schemas.claim_words`);
timeouts, plans, parts of the incident and other incidents are left in peace. Results are remembered by text, block by
block, so that a keystroke reads one sentence and not the whole document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from schemas import claim_words as words
from schemas.claim_agreement import agreeing
from schemas.claim_cues import is_full, is_unreal, length_by_cue, time_by_cue
from schemas.claim_labels import label_sort, metric_before
from schemas.incident import MILESTONES, Stated
from schemas.lengths import Length, lengths_in, may_hold_length, take_length
from schemas.patterns import late
from schemas.prose_blocks import Block, as_label, blocks
from schemas.prose_times import Spot, may_hold_time, ranges_in, times_in
from schemas.text import clean_line

REMEMBERED: Final = 128
"""How many texts are remembered at a time: more than an incident has sections."""

BLOCKS_REMEMBERED: Final = 4096

MANY: Final = 24
"""A paragraph with more lengths or times than these is a log or a table; the rest is not looked at."""

_MAY_CLAIM = late(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|an?)\s\w", re.IGNORECASE)
_SENTENCE_END = late(
    # Looks behind itself only where a sentence may end at all, which is much quicker.
    r"[.!?;](?:(?<!;)(?<![ap]\.m.)(?<!\bapprox.)(?<!\bca.)(?<!\bvs.)(?<!\d.)(?!(?<=\b[A-Z][a-z]{2}\.)\s\d)[)\"'*_]{0,3}\s+(?=\W{0,4}[^\W_])"
    r"|(?<=\d\.)\s+(?=[A-ZÀ-Þ*])|(?<=;)\s)"
)
_LABEL = late(
    r"[\s*_~#>|\-–—•=+(\[]{0,12}(?:\d{1,3}[.)]\s{1,3})?(?P<label>[^\W\d_][^:：\n.!?|]{0,58}?)[\s*_]{0,5}[:：][\s*_]"
)
_GLUED_LABEL = late(r"(?:^|[\s*_(|,;])(?P<label>(?:[^\W\d_]+\s){0,4}[^\W\d_]+)\s?[:：][\s*_]{0,5}$")
_BARE_LABEL = late(r"[\s*_~#>|\-–—•=+]{0,12}(?P<label>(?:[^\W\d_]+\s){0,3}?[^\W\d_]+)\s(?:at\s|on\s)?[\s*_]{0,3}$")
_BRACKETED = late(r"[\s*_]{0,3}(?:\([\s~]{0,2}|[,=–—-]\s?)(?:for\s)?(?:about\s|approx\w*\.?\s|a\stotal\sof\s)?")
_BARE_VALUE = late(r"[\s*_]{0,6}(\d{1,4}(?::[0-5]\d){0,2}|\d{1,4}\.\d{1,2})[\s*_.]{0,6}")
_UNIT_IN_LABEL = late(r"[(\[]\s?(?:in\s)?(min(?:ute)?s?|hours?|hrs?|h)\b", re.IGNORECASE)
_NEAR: Final = 90
"""How far behind its label a value may begin."""


class Found(Struct, frozen=True):
    """A claim and where it stands in its text.

    `until` is the other end where a range is claimed, with `stated` as its start. A `firm` one is meant for the whole
    incident by its form (a label, "the outage lasted"); others may as well speak of a part. `full` marks a full outage
    as against a partial one. `attached` is a length beside a range of the same sentence. The offsets are those of the
    zones written behind the times, in minutes.
    """

    stated: Stated
    start: int
    end: int
    until: Stated | None = None
    firm: bool = True
    labelled: bool = False
    full: bool = False
    attached: bool = False
    offset: int | None = None
    until_offset: int | None = None


def _may_claim(text: str) -> bool:
    return (may_hold_length(text) or may_hold_time(text)) and _MAY_CLAIM.search(text) is not None


@lru_cache(maxsize=REMEMBERED)
def claims_in(text: str, where: str, main: bool = True) -> tuple[Found, ...]:
    """The claims that a Markdown text makes, in its order.

    `where` is the place to name, such as `sections/summary`; `main` says that the text speaks of the incident as a
    whole, as a summary does. Never raises.
    """
    if not _may_claim(text):
        return ()
    found = []
    for block in blocks(text):
        for each in _in_block(block.text, where, block.label, block.entry, block.row, main):
            if block.offset:
                each = replace(each, start=each.start + block.offset, end=each.end + block.offset)
            found.append(each)
    return tuple(found)


@lru_cache(maxsize=BLOCKS_REMEMBERED)
def _in_block(text: str, where: str, above: str, entry: bool, row: bool, main: bool) -> tuple[Found, ...]:
    if not _may_claim(text):
        return ()
    if row:
        text = as_label(text)
        if not text:
            return ()
    return tuple(sorted(_claims(Block(text, 0, above, entry, row), where, main), key=lambda each: each.start))


def _claims(block: Block, where: str, main: bool) -> Iterator[Found]:
    text = block.text
    lengths = list(islice(lengths_in(text), MANY))
    spots = times_in(text, MANY)
    opening = _LABEL.match(text) if _has_colon(text) else None
    label = opening["label"] if opening else ""
    value_at = opening.end() if opening else 0
    sort = label_sort(label) if label else ""
    if not opening and block.label:
        sort = label_sort(block.label)
    if not lengths and not spots and sort != "length":
        return
    sentences = _sentences(text)
    ranges = list(ranges_in(text, spots))
    in_ranges = {id_ for first, second in ranges for id_ in (first.start, second.start)}
    agreed = agreeing(lengths, ranges, sentences) if main and lengths and ranges else frozenset()
    told: list[Found] = []
    for first, second in ranges:
        sentence = _sentence(sentences, first.start)
        announced = sort if _beside(sentence, first.start, value_at) else ""
        made = _range(text, sentence, first, second, announced, where, main, first.start in agreed)
        if made is not None:
            told.append(made)
    for length, start, end in lengths:
        clocks = [spot for spot in spots if spot.start < end and start < spot.end]
        if len(clocks) > 1 or any(spot.start <= start and end <= spot.end for spot in clocks):
            continue  # `14h30` is a time here, `1000h 16m` a length
        sentence = _sentence(sentences, start)
        near = next((each for each in told if each.until and sentence[0] <= each.start < sentence[1]), None)
        announced = sort if _beside(sentence, start, value_at) or _goes_on(text, sentence, start, value_at) else ""
        if near is not None and _BRACKETED.fullmatch(text, near.end, start):
            announced = "length"
        if announced == "length" and (longer := take_length(text, start, whole=True)) and longer[1] > end:
            length, end = longer
        agrees = start in agreed and near is not None
        made = _length(text, sentence, length, start, end, announced, where, main, near is not None, agrees)
        if made is not None:
            told.append(made)
    if sort == "length" and not lengths and (bare := _BARE_VALUE.fullmatch(text, value_at)) is not None:
        unit = _UNIT_IN_LABEL.search(label)
        value = f"{bare[1]} {unit[1]}" if unit and ":" not in bare[1] else bare[1]
        taken = take_length(value, 0, whole=True)
        if taken is not None and taken[0].minutes > 0:
            stated = Stated(what="duration", value=value, minutes=taken[0].minutes, where=where)
            yield Found(stated, bare.start(1), bare.end(1), labelled=True)
    for spot in spots:
        if spot.start in in_ranges or (block.entry and spot.start < 40):
            continue
        announced = sort if spot.start - value_at < 30 else ""
        made = _single(text, _sentence(sentences, spot.start), spot, announced, where)
        if made is not None:
            told.append(made)
    yield from _one_a_sentence(told, sentences)


def _one_a_sentence(told: list[Found], sentences: list[tuple[int, int]]) -> Iterator[Found]:
    """The claims without those that share a sentence with another length: "degraded for 1 hour and down for 2"."""
    lengths: dict[tuple[int, int], set[float]] = {}
    for each in told:
        if each.stated.what == "duration" and each.stated.minutes is not None and not each.labelled:
            lengths.setdefault(_sentence(sentences, each.start), set()).add(float(each.stated.minutes))
    for each in told:
        free = each.labelled or each.stated.what != "duration"
        if free or len(lengths[_sentence(sentences, each.start)]) == 1:
            yield each


def _beside(sentence: tuple[int, int], start: int, value_at: int) -> bool:
    return sentence[0] <= value_at + 6 and start - value_at <= _NEAR


def _goes_on(text: str, sentence: tuple[int, int], start: int, value_at: int) -> bool:
    """Whether the sentence behind that of a label begins with `For` and its length."""
    return 0 < start - value_at <= _NEAR and words.FRONT_FOR.match(text[sentence[0] : start]) is not None


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return list(zip([0, *ends], [*ends, len(text)], strict=True))


def _sentence(sentences: list[tuple[int, int]], at: int) -> tuple[int, int]:
    return next((each for each in sentences if each[0] <= at < each[1]), sentences[-1])


def _range(
    text: str, sentence: tuple[int, int], first: Spot, second: Spot, sort: str, where: str, main: bool, agrees: bool
) -> Found | None:
    before, behind = text[sentence[0] : first.start], text[second.end : sentence[1]]
    whole = before + " " + behind
    labelled = sort in ("length", "range")
    if not labelled and (glued := _glued(before)):
        named = words.OUTAGE.search(before) is not None and not words.PART.search(before)
        labelled = label_sort(glued["label"]) == "length" or named
    if words.NOT_A_RANGE.search(whole) or (not labelled and (words.UNREAL.search(whole) or words.OTHERS.search(whole))):
        return None
    strong = (agrees or words.RANGE_STRONG.search(before) is not None) and not words.PART.search(before)
    if not labelled and not strong and not (main and words.RANGE_CUE.search(whole) and not words.PART.search(before)):
        return None
    if first.at == second.at:
        return None
    start = _stated("start", text, where, first, first, second)
    until = _stated("end", text, where, second, first, second)
    end = second.end
    full, offsets = is_full(whole), (first.offset, second.offset)
    return Found(start, first.start, end, until, labelled or strong, labelled, full, False, *offsets)


def _stated(what: str, text: str, where: str, spot: Spot, first: Spot, second: Spot | None = None) -> Stated:
    about = re.search(
        r"(?:~|≈|about|around|approx\w*\.?|roughly|circa|ca\.)\s*$", text[max(0, first.start - 16) : first.start], re.I
    )
    value = text[first.start : (second or first).end]
    return Stated(what=what, value=clean_line(value), at=spot.at, about=about is not None, where=where)


def _length(
    text: str,
    sentence: tuple[int, int],
    length: Length,
    start: int,
    end: int,
    sort: str,
    where: str,
    main: bool,
    times_beside: bool,
    agrees: bool,
) -> Found | None:
    before, behind = text[sentence[0] : start], text[end : sentence[1]]
    if math.isinf(length.minutes) or length.minutes <= 0 or words.NOT_BEFORE.search(before[-60:]):
        return None
    what, firm, labelled, full = "", True, False, False
    if metric := metric_before(before):
        what, labelled = metric, True
    if not what and sort == "length":
        what, labelled = "duration", True
        value = before[_label_end(before) :]
        if not times_beside and (re.search(r"[:.]\s", value) or words.PART.search(value)):
            what = ""
    if not what and (glued := _glued(before)) and label_sort(glued["label"]) == "length":
        what, labelled = "duration", True
    if not what and words.DURATION_OF.search(before):
        what = "duration"
    if not labelled and words.NOT_BEHIND.match(behind):
        return None
    if not what:
        what, firm, full = ("duration", True, False) if agrees else length_by_cue(before, behind, main)
    if not what or (not labelled and is_unreal(before, behind)):
        return None
    full = full or is_full(before[-40:] + " " + behind[:30])
    value = clean_line(text[start:end])
    stated = Stated(what=what, value=value, minutes=length.minutes, about=length.about, where=where)
    return Found(stated, start, end, None, firm, labelled, full, times_beside)


def _label_end(before: str) -> int:
    match = _LABEL.match(before)
    return match.end() if match else 0


def _glued(before: str) -> re.Match[str] | None:
    """The label right in front of a value."""
    return _GLUED_LABEL.search(before) if _has_colon(before) else None


def _has_colon(text: str) -> bool:
    return ":" in text or "：" in text


def _single(text: str, sentence: tuple[int, int], spot: Spot, sort: str, where: str) -> Found | None:
    before, behind = text[sentence[0] : spot.start], text[spot.end : sentence[1]]
    labelled = True
    what = sort if sort in ("start", "end", *MILESTONES) else ""
    if what and (words.NOT_A_RANGE.search(before) or re.search(r"[^\W\d_]{3}", before[_label_end(before) :])):
        what = ""
    if not what and (glued := _glued(before)) is not None:
        what = label_sort(glued["label"])
        what = what if what in ("start", "end", *MILESTONES) else ""
    if not what and (bare := _BARE_LABEL.fullmatch(before)) is not None:
        what = label_sort(bare["label"])
        what = what if what in ("start", "end", *MILESTONES) else ""
    if not what:
        labelled = False
        what = time_by_cue(before, behind)
        if words.UNREAL.search(before) or words.OTHERS.search(before) or words.PART.search(before[-60:]):
            return None
    if not what:
        return None
    stated = _stated(what, text, where, spot, spot)
    return Found(stated, spot.start, spot.end, None, labelled, labelled, False, False, spot.offset)

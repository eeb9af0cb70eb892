"""An incident out of what the readers found: its texts in their sections, ids, and where everything comes from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from schemas.ids import new_ids
from schemas.incident import Action, Event, Factor, Impact, Incident, Model, OtherSection, Sections, Stated
from schemas.readers.accounting import only_of_times
from schemas.readers.blocks import Block, Line, walk
from schemas.readers.causes_told import causes_told
from schemas.readers.field_names import is_field
from schemas.readers.found import Doubt, Item, Source
from schemas.readers.heading_names import ACTIONS, CONCLUSION, PREAMBLE, TIMELINE
from schemas.readers.parts import Document, Part
from schemas.readers.section_names import meaning_of
from schemas.sections import BY_KEY, SECTION_KEYS, normalise_heading

_MODELS: Final[dict[str, type[Model]]] = {
    "events": Event, "actions": Action, "impacts": Impact, "factors": Factor, "stated": Stated,
}  # fmt: skip

_TOLD_AGAIN: Final = frozenset({"detection", "resolution"})
_RULE: Final = re.compile(r"(?:[-*_=]\s?){3,}")


class Texts(Struct):
    """The texts of an incident's sections while they are put together.

    `sections` has the lines of each canonical section, `others` those that keep their own heading, with the key or the
    number of the one that they follow.
    """

    sections: dict[str, list[Line]] = field(default_factory=dict)
    others: list[tuple[str, str | int, list[Line]]] = field(default_factory=list)
    headings: dict[str, list[str]] = field(default_factory=dict)


def texts_of(document: Document, used: frozenset[int], header: frozenset[int], said: frozenset[int]) -> Texts:
    """Where the lines of a document go that no reader took: `used` are taken, `header` are fields above all.

    `said` are headings of which nothing needs to be kept.
    """
    texts = Texts()
    has_summary = any(part.key == "summary" and _left(part, used) for part in document.parts)
    previous: str | int = ""
    for part in document.parts:
        lines = _left(part, used | header if part.key == PREAMBLE else used)
        if part.key in (TIMELINE, ACTIONS):
            lines = [] if _only_subheadings(lines, part) else lines
        if part.note and part.key in BY_KEY and part.heading is not None and not _said(part.note, lines):
            lines = [Line(part.heading.first, f"({part.note})"), Line(part.heading.first, ""), *lines]
        unknown = part.heading is not None and part.key in ("", CONCLUSION) and not (part.first in said and not lines)
        if part.key in (TIMELINE, ACTIONS) and part.note and part.first not in said:
            unknown = True  # its heading tells more than that it is one: “Action items (going forward)”
        if not unknown and not any(line.text.strip() for line in lines):
            continue
        if part.key in BY_KEY:
            _add(texts, part.key, part, lines)
            previous = part.key
        elif part.key == PREAMBLE:
            fields, prose = _parted(lines)
            if fields:
                previous = _keep(texts, "Header", previous, fields)
            if prose and has_summary:
                previous = _keep(texts, "Introduction", previous, prose)
            elif prose:
                _add(texts, "summary", part, prose)
                previous = "summary"
        else:
            previous = _keep(texts, part.title, previous, lines)
    _tell_again(document, texts)
    if "root_cause" not in texts.sections and not any(document.of("root_cause")):
        told, keys = causes_told(texts.sections)
        if told:
            texts.sections["root_cause"] = told
            texts.headings["root_cause"] = [name for key in keys for name in texts.headings.get(key, ()) or (key,)]
    return texts


def _keep(texts: Texts, heading: str, after: str | int, lines: list[Line]) -> int:
    """Keep lines under a heading of their own; gives the number of that section."""
    if texts.others and texts.others[-1][0] == heading and lines:
        texts.others[-1][2].extend((Line(lines[0].number, ""), *lines))
    else:
        texts.others.append((heading, after, lines))
    return len(texts.others) - 1


def _tell_again(document: Document, texts: Texts) -> None:
    """What a timeline made of labels tells of detection or resolution is their text too, if nothing else is."""
    for part in document.of(TIMELINE):
        head: Block | None = None
        for block in part.blocks:
            if block.kind == "heading":
                head = block
                continue
            meaning = meaning_of(head.text, strict=True) if head is not None and head.mark == "label" else None
            if meaning is None or meaning.key not in _TOLD_AGAIN or any(document.of(meaning.key)):
                continue
            lines = texts.sections.setdefault(meaning.key, [])
            lines += [
                *([Line(block.first, "")] if lines else []),
                *(line for each in walk([block]) for line in each.texts),
            ]


def _left(part: Part, used: frozenset[int]) -> list[Line]:
    return _bare([line for line in part.body if line.number not in used])


def _bare(lines: list[Line]) -> list[Line]:
    """Lines without blank ones and rules at both ends."""
    start, end = 0, len(lines)
    while start < end and _is_rule(lines[start]):
        start += 1
    while end > start and _is_rule(lines[end - 1]):
        end -= 1
    return lines[start:end]


def _is_rule(line: Line) -> bool:
    text = line.text.strip()
    return not text or _RULE.fullmatch(text) is not None


def _only_subheadings(lines: Sequence[Line], part: Part) -> bool:
    """Whether nothing but headings of groups with known names is left of a part."""
    names = {block.first: block.text for block in part.blocks if block.kind == "heading"}
    return all(only_of_times(line) or ((name := names.get(line.number)) and _says_no_more(name)) for line in lines)


def _says_no_more(name: str) -> bool:
    """Whether a heading is a known name and nothing else, or what stands behind it tells how times are to be read."""
    meaning = meaning_of(name, strict=True)
    return meaning is not None and (meaning.exact or only_of_times(Line(0, meaning.note)))


def _parted(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The fields above all sections, and the prose that begins below them."""
    start = next((i for i, line in enumerate(lines) if _is_prose(line)), len(lines))
    return _bare(lines[:start]), lines[start:]


def _is_prose(line: Line) -> bool:
    text = line.text.strip().replace("**", "").replace("__", "")
    if is_field(text) or text.startswith("|"):
        return False
    return len(text.split()) > 4 and ": " not in text[:50] and "=" not in text


def _said(note: str, lines: Sequence[Line]) -> bool:
    return any(note.lower() in line.text.lower() for line in lines)


def _add(texts: Texts, key: str, part: Part, lines: list[Line]) -> None:
    """Put lines into a section; where several headings come together, all but its own name stay in the text."""
    body = texts.sections.setdefault(key, [])
    known = texts.headings.setdefault(key, [])
    title = part.title if part.key == key else ""
    if body:
        body.append(Line(lines[0].number, ""))
    if title and _worth_keeping(title, key, known, bool(body)) and part.heading is not None:
        body += [Line(part.heading.first, f"### {title}"), Line(part.heading.first, "")]
    known.append(normalise_heading(title))
    body.extend(lines)


def _worth_keeping(title: str, key: str, known: Sequence[str], behind: bool) -> bool:
    name = normalise_heading(title)
    own = normalise_heading(BY_KEY[key].heading)
    if name == own or name in known:
        return False
    meaning = meaning_of(title, strict=True)
    return behind or meaning is None or bool(meaning.also)


def built(
    incident: Incident,
    texts: Texts,
    items: Mapping[str, Sequence[Item]],
    rng: random.Random,
) -> tuple[Incident, dict[str, Source], list[Doubt]]:
    """The incident with its texts and items; each thing's source, and the doubts with the paths they are about."""
    sources: dict[str, Source] = {}
    doubts: list[Doubt] = []
    count = len(texts.others) + sum(map(len, items.values()))
    ids = iter(new_ids(incident, rng, count))
    sections = {key: _prose(texts.sections[key]) for key in SECTION_KEYS if key in texts.sections}
    for key, lines in texts.sections.items():
        sources[f"sections/{key}"] = Source(_numbers(lines), "sure", _by(texts.headings.get(key, ())))
    names = [next(ids) for _ in texts.others]
    others = []
    for own, (heading, after, lines) in zip(names, texts.others, strict=True):
        others.append(
            OtherSection(
                id=own, heading=heading, after=names[after] if isinstance(after, int) else after, body=_prose(lines)
            )
        )
        sources[f"other_sections/{own}"] = Source(_numbers(lines))
    changes: dict[str, Any] = {"sections": Sections(**sections), "other_sections": tuple(others)}
    for name, found in items.items():
        changes[name] = tuple(_item(name, item, next(ids), sources, doubts) for item in found)
    return incident.model_copy(update=changes), sources, doubts


def _item(name: str, item: Item, own: str, sources: dict[str, Source], doubts: list[Doubt]) -> Model:
    path = f"{name}/{own}"
    sources[path] = item.source
    for key, source in item.parts.items():
        sources[f"{path}/{key}"] = source
    doubts += [replace(doubt, path=f"{path}/{doubt.path}" if doubt.path else path) for doubt in item.doubts]
    return _MODELS[name](id=own, **item.fields)


def _numbers(lines: Iterable[Line]) -> tuple[int, ...]:
    return tuple(sorted({line.number for line in lines if line.text.strip()}))


def _by(headings: Iterable[str]) -> str:
    names = [name for name in dict.fromkeys(headings) if name]
    return f"under “{'” and “'.join(names)}”" if names else ""


def _prose(lines: Sequence[Line]) -> str:
    """The text of a section, without blank lines at its ends, more than one between, or a common indent."""
    texts = [line.text.expandtabs(4) if line.text[:1] == "\t" else line.text for line in lines]
    indents = [len(text) - len(text.lstrip(" ")) for text in texts if text.strip()]
    cut = min(indents, default=0)
    kept: list[str] = []
    for text in texts:
        text = text[cut:] if text.strip() else ""
        if text or (kept and kept[-1]):
            kept.append(text)
    return "\n".join(kept).strip("\n")

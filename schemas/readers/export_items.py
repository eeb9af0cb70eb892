"""Rows and list items of our own documents as fields: impacts, factors, actions, stated values, unknown fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo
from typing import Any, Final

from schemas.incident import Impact
from schemas.readers.blocks import Line
from schemas.readers.export_text import Row, plain
from schemas.readers.export_times import minutes_of, moment_of
from schemas.writers.times import amount_text

_NUMBER: Final = r"-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?"
_AMOUNT: Final = re.compile(rf"(?P<about>about )?(?:(?P<amount>{_NUMBER})(?P<percent>%)?)?(?P<rest>.*)", re.DOTALL)
_TOTAL: Final = re.compile(rf" ?of (?P<total>{_NUMBER})(?= |$)")
_SHARE: Final = re.compile(r" \((?:\d{1,3}(?:\.\d)?|under 0\.1|over 99\.9)%\)$")
_ADDRESS: Final = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)
_NAMED: Final = re.compile(r"([A-Za-z_][\w.-]{0,60}): (.*)", re.DOTALL)
_LINE: Final = re.compile(r"(?:(.*), )?line (-?\d+)")


def unknown_fields(lines: Iterable[str]) -> dict[str, Any] | None:
    """Fields that this program does not know from lines `name: value`; None if one is no such line.

    What reads as a number or as true or false is one; everything else is text.
    """
    found: dict[str, Any] = {}
    for line in lines:
        match = _NAMED.fullmatch(line)
        if match is None or match[1] in found or match[1] == "model_config":
            return None
        found[match[1]] = _value(match[2])
    return found


def _value(text: str) -> str | int | float | bool:
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,17})", text):
        return int(text)
    if re.fullmatch(r"-?\d{1,17}\.\d{1,17}", text):
        return float(text)
    return text


def link_of(text: str) -> str:
    """The link that stands by itself in a text; empty if none does."""
    if text.startswith("Link: "):
        return text.removeprefix("Link: ")
    return text if _ADDRESS.fullmatch(text) else ""


def audience_of(notes: list[str]) -> str:
    """Who may see an item, taken from the front of its notes."""
    if notes and notes[0] == "internal only":
        notes.pop(0)
        return "internal"
    if notes and notes[0].startswith("audience: "):
        return notes.pop(0).removeprefix("audience: ")
    return ""


def _with_notes(fields: dict[str, Any], notes: list[str], *, audience: bool = False) -> dict[str, Any] | None:
    if audience and (who := audience_of(notes)):
        fields["audience"] = who
    extras = unknown_fields(notes)
    return None if extras is None or extras.keys() & fields.keys() else {**fields, **extras}


def impact_of(row: Row) -> dict[str, Any] | None:
    """What was affected and how much, from its row."""
    fields = _amounts(row.plain("How much"))
    if fields is None:
        return None
    return _with_notes(
        {"what": row.plain("What was affected"), **fields}, row.plain("Notes").splitlines(), audience=True
    )


def _amounts(text: str) -> dict[str, Any] | None:
    """Amount, total and unit so that they print as they stand."""
    for fields in _readings(text):
        kept = {name: value for name, value in fields.items() if value not in ("", None)}
        if amount_text(Impact(id="", **kept)) == text:
            return kept
    return None


def _readings(text: str) -> Iterator[dict[str, Any]]:
    """What the words of an amount may mean, likelier readings first."""
    for words in dict.fromkeys((_SHARE.sub("", text), text)):
        found = _AMOUNT.fullmatch(words)
        if found is None:
            continue
        told: dict[str, Any] = {"about": True} if found["about"] else {}
        if found["amount"]:
            told["amount"] = _number(found["amount"])
        rest = found["rest"]
        if found["percent"]:
            for total in reversed(list(_TOTAL.finditer(rest))):
                if total.end() == len(rest):
                    yield {**told, "unit": f"%{rest[: total.start()]}", "total": _number(total["total"])}
            yield {**told, "unit": f"%{rest}"}
        elif whole := _TOTAL.match(rest):
            yield {**told, "total": _number(whole["total"]), "unit": rest[whole.end() :].lstrip()}
        yield {**told, "unit": rest.lstrip()}
    yield {"unit": text}


def _number(text: str) -> int | float:
    bare = text.replace(",", "")
    return int(bare) if re.fullmatch(r"-?\d+", bare) else float(bare)


def factors_of(body: Sequence[Line]) -> list[tuple[int, dict[str, Any]]] | None:
    """The items of the list of contributing factors; None if anything else stands there."""
    found: list[tuple[int, list[str]]] = []
    for line in body:
        if line.text.startswith("- "):
            found.append((line.number, [line.text[2:]]))
        elif found and (not line.text or line.text.startswith("  ")):
            found[-1][1].append(line.text[2:])
        else:
            return None
    items = []
    for number, texts in found:
        while texts and not texts[-1]:
            texts.pop()
        fields = _factor(texts)
        if fields is None:
            return None
        items.append((number, fields))
    return items


def _factor(texts: list[str]) -> dict[str, Any] | None:
    """A factor from its lines: its words, and kind, links and unknown fields on the last line if there are any."""
    details: dict[str, Any] = {}
    alone = len(texts) == 1 and texts[0].startswith("Kind: ")
    if (alone or (texts[-2:-1] and texts[-2].endswith("\\"))) and (last := _details(plain(texts[-1]))):
        details = last
        texts = texts[:-1]
    words = "\n".join(plain(text[:-1] if text.endswith("\\") and len(text) - len(text.rstrip("\\")) & 1 else text)
                      for text in texts)  # fmt: skip
    return {"text": words, **details}


def _details(text: str) -> dict[str, Any] | None:
    kind = ""
    links: list[str] = []
    rest: list[str] = []
    for at, piece in enumerate(text.split(" · ")):
        if at == 0 and piece.startswith("Kind: "):
            kind = piece.removeprefix("Kind: ")
        elif (link := link_of(piece)) and not rest:
            links.append(link)
        elif (kind or links) and _NAMED.fullmatch(piece):
            rest.append(piece)
        else:
            return None
    extras = unknown_fields(rest)
    if extras is None or extras.keys() & {"text", "kind", "links"}:
        return None
    return {**({"kind": kind} if kind else {}), **({"links": tuple(links)} if links else {}), **extras}


def action_of(row: Row) -> dict[str, Any] | None:
    """What is to be done, from its row."""
    fields: dict[str, Any] = {
        name.lower(): words for name in ("Owner", "Type", "Priority", "Status", "Link") if (words := row.plain(name))
    }
    if due := row.plain("Due"):
        try:
            fields["due"] = date.fromisoformat(due)
        except ValueError:
            return None
    fields.setdefault("status", "")
    return _with_notes({"text": row.plain("Action"), **fields}, row.plain("Notes").splitlines())


def stated_of(row: Row, zone: tzinfo | None) -> dict[str, Any] | None:
    """What a document claims, from its row; `zone` is the one that times are printed in."""
    fields: dict[str, Any] = {"what": row.plain("What"), "value": row.plain("As stated")}
    read = row.plain("Read as")
    if read == "about" or read.startswith("about "):
        fields["about"] = True
        read = read.removeprefix("about").lstrip()
    if read and (moment := moment_of(read.rpartition(", ")[2], zone)) is not None:
        fields["at"] = moment
        read = read.rpartition(", ")[0]
    if read:
        fields["minutes"] = minutes_of(read)
        if fields["minutes"] is None:
            return None
    where = row.plain("Where")
    if (found := _LINE.fullmatch(where)) is not None:
        fields["line"] = int(found[2])
        where = found[1] or ""
    fields["where"] = where
    return _with_notes(fields, row.plain("Notes").splitlines())

"""Documents of which no incident can be made: templates that nobody filled in, and tasks to write a report."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.blocks import Line
from schemas.readers.export_shape import export_of
from schemas.readers.heading_names import PREAMBLE
from schemas.readers.imported import NotReadable
from schemas.readers.parts import Document

_TASK: Final = re.compile(
    r"\b(?:writ(?:e|ing)|draft|create|compose|prepare|publish) (?:a|an|the|your|one) (?:\w+ ){0,3}"
    r"(?:post-?mortem|incident report|blog ?post)"
    r"|\bpost-?mortems? (?:is|are) (?:a|an|the|not|about|for)\b"
    r"|\bpost-?mortems? (?:help|promote|provide|allow|enable|foster)"
    r"|\b(?:writing|good|effective|blameless) post-?mortems\b"
    r"|\byour (?:post-?mortem|report) (?:must|should|has to|needs to)\b|\b\d{3,4} (?:to|-) \d{3,4} words\b"
    r"|\bmust (?:contain|include|have|be)\b|^\W*(?:mandatory|requirements|learning objectives|repo|#advanced)\b"
    r"|\b(?:github repository|directory|file):\s|\bmanual (?:qa )?review\b|\bscore:|\btask\s?\d"
    r"|\bproject\b.{0,80}\bdeadline\b"
    r"|\bas part of (?:this|the) (?:project|assignment|exercise|course)\b|\bassignment\b|\bsubmit\b",
    re.IGNORECASE,
)
_WHEN: Final = re.compile(
    r"\d{1,2}[:.h]\d\d|\b\d{1,2}\s?[ap]\.?m\b|\b\d{4}-\d\d-\d\d|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|T\+\d", re.IGNORECASE
)
_SLOT: Final = re.compile(
    r"\b(?:TODO|TBD|TBA|FIXME|XXX+)\b|lorem ipsum|\b(?:HH|hh):(?:MM|mm)\b|\b(?:YYYY|DD|MM)[-/](?:MM|DD)\b|_{4,}"
    r"|…|\.{4,}"
    r"|\[(?!x\])[^\[\]\n]{2,90}\](?![(\[:])|<(?!https?:)[^<>\n]{2,90}>|\{\{?[^{}\n]{2,90}\}\}?"
    r"|\b(?:ISSUE|INCIDENT|SERVICE|TEAM|YOUR) (?:NAME|TITLE)\b",
)
_PROMPT: Final = re.compile(
    r"\W{0,12}(?:describe|explain|list|include|provide|write|add|fill in|insert|summari[sz]e|state|enter|give|note|"
    r"document|detail|identify|e\.?g\.?|for example)\b|.{0,200}\?\W{0,3}$",
    re.IGNORECASE,
)
_LEAST_PARTS: Final = 3
_SOME: Final = 8
_LONG: Final = 300
_FEW: Final = 8
"""So few lines, two of which tell how to write a report, hold none."""


def refuse(document: Document) -> None:
    """Say no to a document that is no report. One that this program wrote always is one, however little it says.

    Raises:
        NotReadable: it is an unfilled template, or it says how to write a report and holds none.
    """
    lines = [line for part in document.parts for line in part.body if re.search(r"[^\W_]", line.text)]
    known = [part for part in document.parts if part.key not in (PREAMBLE, "", "conclusion", "contents", "people")]
    if len(lines) > 2_000 or any(_is_told(line) for line in lines) or export_of(document.lines) is not None:
        return
    empty = sum(1 for part in known if not any(_is_content(line) for line in part.body))
    blanks = sum(1 for line in lines if _SLOT.search(line.text) or _PROMPT.match(line.text))
    wordless = not any(part.body and any(re.search(r"[^\W_]", line.text) for line in part.body) for part in known)
    if len(known) >= _LEAST_PARTS and empty >= len(known) - 1 and (blanks >= 2 or wordless):
        raise NotReadable(
            "this is a template that nobody has filled in",
            f"Of its {len(known)} sections {empty} hold nothing but prompts and placeholders.",
            "Fill it in first; `postmortem new` makes an empty incident.",
        )
    if len(lines) >= _SOME and blanks * 2 >= len(lines) and not any(_is_long(line) for line in lines):
        raise NotReadable(
            "this is a template that nobody has filled in",
            f"Of its {len(lines)} lines {blanks} hold prompts and placeholders.",
            "Fill it in first; `postmortem new` makes an empty incident.",
        )
    tasks = [line for line in lines if _TASK.search(line.text)]
    if (len(tasks) >= 3 and len(tasks) * 12 >= len(lines)) or (len(tasks) == 2 and len(lines) <= _FEW):
        raise NotReadable(
            "this tells how to write a postmortem, and is none",
            f"Line {tasks[0].number}: “{tasks[0].text.strip()[:80]}”. No time of an incident is in it.",
            "Import the report itself.",
        )


def _is_long(line: Line) -> bool:
    """Whether a line has sentences of its own, without any placeholder."""
    return len(line.text) > _LONG and not _SLOT.search(line.text)


def _is_told(line: Line) -> bool:
    """Whether a line tells a time that is no placeholder."""
    return _WHEN.search(line.text) is not None and not _SLOT.search(line.text)


def _is_content(line: Line) -> bool:
    """Whether a line says something of its own: it is no prompt, placeholder, comment, or label without a value."""
    bare, slots = _SLOT.subn(" ", line.text)
    text = re.sub(r"<!--.*?(?:-->|$)", " ", bare)
    text = re.sub(r"^[\W\d]*[^:|]{1,40}:\s*", "", text) if ":" in text[:48] else text
    if text.lstrip().startswith("|") and all(len(cell.split()) <= 2 for cell in text.split("|")):
        return False
    words = re.findall(r"[^\W\d_]{2,}", text.replace("|", " "))
    return len(words) > (3 if slots else 0) and not _PROMPT.match(text)

"""The parts of a Markdown document besides its prose and its timeline: each a function from `Source` to Markdown.

A part with nothing to say is empty text. What an external document leaves out is said at the functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from schemas.comments import threads
from schemas.metrics import Measurement
from schemas.review_questions import BY_ID
from schemas.writers import escape
from schemas.writers.source import Source, cell_lines, extras, link_text
from schemas.writers.tables import Column, Row, table, used
from schemas.writers.times import amount_text, day_text, minutes_text


def facts(source: Source) -> str:
    """Title data as a table. People are not named outside the house, so external documents have no owner or authors."""
    incident = source.incident
    rows = [
        ("Date", escape.cell(_dates(source))),
        ("Status", escape.cell(incident.status)),
        ("Severity", escape.cell(incident.severity)),
        ("Services", escape.cells(incident.services)),
        ("Owner", escape.cell(incident.owner) if source.internal else ""),
        ("Authors", escape.cells(incident.authors) if source.internal else ""),
        ("Time zone", escape.cell(incident.zone)),
        ("Tags", escape.cells(incident.tags)),
    ]
    return _table(source, "facts", [{"name": name, "value": value} for name, value in rows if value])


def _dates(source: Source) -> str:
    """The day of the incident, or its first and last."""
    days = sorted(
        {
            entry.wall.date()
            for entry in source.timeline.timed
            if entry.wall is not None and entry.dated
        }
    )  # fmt: skip
    if not days:
        return ""
    return day_text(days[0]) if days[0] == days[-1] else f"{day_text(days[0])} – {day_text(days[-1])}"


def metrics(source: Source) -> str:
    """Each length with its definition; an unknown one only where one of its two milestones was reached."""
    rows = [
        {"name": escape.cell(_capital(measured.metric.label)), "length": escape.cell(_length(measured))}
        for measured in source.measurements
        if len(measured.missing) < 2
    ]
    return _table(source, "metrics", rows)


def _length(measured: Measurement) -> str:
    definition = f"({measured.metric.definition})"
    if measured.known:
        return f"{measured.text} {definition}" + (f", {measured.note}" if measured.note else "")
    return f"unknown, {measured.why} {definition}"


def impacts(source: Source) -> str:
    """What was affected and by how much."""
    rows = [
        {
            "what": escape.cell(impact.what),
            "amount": escape.cell(amount_text(impact)),
            "notes": cell_lines(*_inside(source, *audience_note(impact.audience), *extras(impact))),
        }
        for impact in source.incident.impacts
    ]
    return _table(source, "impacts", rows)


def factors(source: Source) -> str:
    """Contributing factors as a list; kind and links on a line of their own."""
    items = []
    for factor in source.incident.factors:
        kind = [f"Kind: {factor.kind}"] if factor.kind else []
        details = [
            escape.line(detail) for detail in (*kind, *map(link_text, factor.links), *_inside(source, *extras(factor)))
        ]
        words = escape.block(factor.text, indent="  ")
        if item := "\\\n  ".join(filter(None, (words, " · ".join(filter(None, details))))):
            items.append(f"- {item}")
    return "\n".join(items)


def actions(source: Source) -> str:
    """What is to be done. External documents name no owners."""
    rows = [
        {
            "text": escape.cell(action.text),
            "owner": escape.cell(action.owner) if source.internal else "",
            "due": action.due.isoformat() if action.due else "",
            "type": escape.cell(action.type),
            "priority": escape.cell(action.priority),
            "status": escape.cell(action.status),
            "link": escape.cell(action.link),
            "notes": cell_lines(*_inside(source, *extras(action))),
        }
        for action in source.incident.actions
    ]
    return _table(source, "actions", rows)


def stated(source: Source) -> str:
    """What the document claims about lengths and times; kept inside the house, where the claims are checked."""
    if not source.internal:
        return ""
    rows = []
    for claim in source.incident.stated:
        length = minutes_text(claim.minutes) if claim.minutes is not None else ""
        read = ", ".join(filter(None, (length, source.moment(claim.at))))
        line = f"line {claim.line}" if claim.line is not None else ""
        rows.append(
            {
                "what": escape.cell(claim.what),
                "value": escape.cell(claim.value),
                "read": escape.cell(f"about {read}" if claim.about and read else "about" if claim.about else read),
                "where": escape.cell(", ".join(filter(None, (claim.where, line)))),
                "notes": cell_lines(*extras(claim)),
            }
        )
    return _table(source, "stated", rows)


def waivers(source: Source) -> str:
    """Findings that were looked at and accepted, with the reasons; never outside the house."""
    if not source.internal:
        return ""
    rows = [
        {
            "rule": escape.cell(waiver.rule),
            "where": escape.cell(source.place(waiver.where)),
            "reason": escape.cell(waiver.reason),
            "by": escape.cell(waiver.by),
            "at": escape.cell(source.moment(waiver.at)),
            "notes": cell_lines(*extras(waiver)),
        }
        for waiver in source.incident.waivers
    ]
    return _table(source, "waivers", rows)


def other_fields(source: Source) -> str:
    """Fields of the file that this program does not know. They may hold anything, so they stay inside the house."""
    if not source.internal:
        return ""
    incident = source.incident
    of_sections = (
        f"{section.heading}: {extra}" for section in incident.other_sections for extra in extras(section)
    )  # fmt: skip
    found = chain(extras(incident), extras(incident.sections), of_sections)
    return "\n".join(f"- {escape.block(extra, indent='  ')}" for extra in found)


def comments(source: Source) -> str:
    """Remarks in the order of the document, each followed by its replies; only where they are asked for, and never
    outside the house."""
    if not source.internal or source.remarks == "none":
        return ""
    authors = {comment.id: comment.author for comment in source.incident.comments}
    wanted = [thread for thread in threads(source.incident) if source.remarks == "all" or not thread.open]
    rows = []
    for comment in (comment for thread in wanted for comment in thread.comments):
        quote = f"“{comment.quote}”" if comment.quote else ""
        question = BY_ID[comment.question].text if comment.question in BY_ID else comment.question
        edited = f"edited {source.moment(comment.edited)}" if comment.edited is not None else ""
        reply = f"reply to {authors.get(comment.reply_to) or comment.reply_to}" if comment.reply_to else ""
        rows.append(
            {
                "on": cell_lines(source.place(comment.on) if comment.on else "", reply),
                "author": escape.cell(comment.author),
                "at": cell_lines(source.moment(comment.at), edited),
                "text": cell_lines(question, quote, comment.text),
                "state": "resolved" if comment.resolved else "",
                "notes": cell_lines(*extras(comment)),
            }
        )
    return _table(source, "comments", rows)


def reviews(source: Source) -> str:
    """Reviewers' verdicts; only where they are asked for, and never outside the house."""
    if not source.internal or source.remarks == "none":
        return ""
    rows = [
        {
            "reviewer": escape.cell(review.reviewer),
            "at": escape.cell(source.moment(review.at)),
            "verdict": escape.cell(review.verdict),
            "summary": escape.cell(review.summary),
            "content": escape.cell(review.content),
            "notes": cell_lines(*extras(review)),
        }
        for review in source.incident.reviews
    ]
    return _table(source, "reviews", rows)


def audience_note(audience: str) -> tuple[str, ...]:
    """What a reader inside the house is told of who else may see an item."""
    if not audience:
        return ()
    return ("internal only",) if audience == "internal" else (f"audience: {audience}",)


def _inside(source: Source, *lines: str) -> tuple[str, ...]:
    return lines if source.internal else ()


def _table(source: Source, part: str, rows: Sequence[Row]) -> str:
    columns: tuple[Column, ...] = source.style.columns[part]
    return table(used(columns, rows), rows)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]

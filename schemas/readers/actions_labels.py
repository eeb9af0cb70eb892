"""The names of an action's fields, as labels, columns and keys: `Owner`, `Assigned to`, `Due date`, `Ticket` …"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from schemas.readers.actions_values import is_nothing, is_person, priority_of, status_in_front, status_of
from schemas.sections import normalise_heading

_NAMES: Final[dict[str, str]] = {
    "owner": (
        "owner|owners|action owner|owner(s)|assignee|assignees|assigned to|assigned|assigned team|responsible"
        "|responsible party|"
        "responsible team|responsible person|responsibility|who|dri|poc|point of contact|accountable|owned by"
        "|owning team|lead|team|"
        "owner team|owner/team|person|people|assignee(s)|responsable|responsables|responsável|responsáveis|zuständig"
        "|verantwortlich|"
        "verantwortlicher|asignado a|asignado|atribuído a|assigné à|dueño|propriétaire|负责人"
    ),
    "due": (
        "due|due date|due by|due on|deadline|target|target date|eta|when|time frame|timeframe|timeline"
        "|completion date|completion|"
        "expected completion|target completion|target completion date|expected date|expected by|by when|by|date"
        "|date due|"
        "expected|schedule|fecha|fecha límite|fecha limite|plazo|prazo|data|data limite|data limite|échéance|délai|"
        "date limite|fällig|fällig am|fälligkeit|frist|termin|bis|bis wann|截止日期"
    ),
    "type": "type|action type|category|kind|tipo|categoria|categoría|typ|art|catégorie|kategorie|type of action",
    "priority": (
        "priority|prio|pri|severity|urgency|importance|priority level|prioridad|prioridade|priorité|priorität|优先级"
    ),
    "status": (
        "status|state|progress|current status|done|done?|complete|complete?|completed|completed?|estado|situação"
        "|statut|état|stand|"
        "状态"
    ),
    "link": (
        "link|links|ticket|tickets|issue|issues|jira|jira ticket|jira issue|jira link|bug|bugs|bug #|bug number"
        "|tracking|tracking bug|"
        "tracking link|tracking issue|tracking ticket|tracker|pr|prs|pull request|reference|ref|url|github issue"
        "|github|gitlab issue|"
        "issue link|ticket link|ticket number|ticket/issue|issue/ticket|tracked in|tracked by|follow-up ticket"
        "|issue number|"
        "issue #|ticket #|ticket/link|work item|story|enlace|lien|verweis"
    ),
    "text": (
        "action|actions|action item|action items|item|task|tasks|what|description|details|detail|todo|to do|to-do"
        "|improvement|"
        "improvements|measure|measures|corrective action|corrective actions|preventive action|preventive actions"
        "|preventative action|"
        "follow-up|follow up|follow-up action|follow-up item|followup|activity|recommendation|recommendations|step"
        "|steps|title|"
        "summary|fix|remediation|remediation item|mitigation|action required|acción|acciones|ação|ações|tarea|tareas"
        "|tarefa|tarefas|"
        "descripción|descrição|medida|medidas|mesure|mesures|tâche|tâches|maßnahme|maßnahmen|aufgabe|aufgaben"
        "|beschreibung|行动|任务"
    ),
    "number": "#|no|no.|nr|nr.|id|number|num|ai|ai #|action id|action #|n°|nº|item #|s.no|sr no|sl no|key",
    "notes": "notes|note|comments|comment|remarks|remark|notas|bemerkungen|remarques",
}


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for key, names in _NAMES.items():
        for name in names.split("|"):
            table.setdefault(normalise_heading(name), key)
    table.pop("", None)
    return table


_TABLE: Final = _table()
LABELS: Final = frozenset(name for names in _NAMES.values() for name in names.split("|"))
"""All names of fields."""

_INLINE: Final = (
    "owner|owners|assignee|assignees|assigned to|responsible|responsible party|responsible team|responsible person"
    "|dri|poc|owned by|"
    "due|due date|due by|deadline|eta|target date|target completion|completion date|priority|prio|status|state|type"
    "|category|"
    "ticket|jira|tracking|tracked in|issue|pr|link|responsable|responsável|verantwortlich|zuständig|prioridad"
    "|prioridade|priorité|"
    "priorität|estado|statut|fecha límite|prazo|échéance|frist|fällig|plazo"
)
LABEL: Final = re.compile(
    rf"(?:^|(?<=[\s(\[|;,.–—-]))({'|'.join(sorted(_INLINE.split('|'), key=len, reverse=True))})"
    r"\s{0,2}[:=：]\s{0,3}",
    re.IGNORECASE,
)
"""A label of a field within a text: `… Owner: Jane. Due: 3 May`."""

_LINE: Final = re.compile(
    r"\s*(?:[-*+•]\s{1,3})?(?:\*\*\*?|__|_|\*)?(?P<label>[^\W\d_][^:：|\n]{0,40}?)(?:\*\*\*?|__|_|\*)?\s?(?:[:：]"
    r"|=(?=\s))\s?(?:\*\*\*?|__|_|\*)?(?P<value>.*)$"
)
_NOT_ALONE: Final = frozenset({"text", "number", "notes"})
_OFTEN_OTHER: Final = """
team by date data when who lead expected schedule timeline art person people completion done complete completed state
progress target issue reference bug pr
"""
_VAGUE: Final = frozenset(_OFTEN_OTHER.split())
_MOST_WORDS: Final = 7
_FEW: Final = 3


@lru_cache(maxsize=1024)
def field_of(name: str) -> str:
    """Which field of an action a label or a column is about: a key of the model, `text`, `number`, or nothing."""
    bare = name.strip(" *_`")
    if len(bare) > 40:
        return ""
    if (found := _TABLE.get(normalise_heading(bare))) is not None:
        return found
    inner = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", bare)
    if inner != bare and inner:
        return field_of(inner)
    return "number" if bare in ("#", "№", "n°", "nº") else ""


def field_line(text: str) -> tuple[str, str] | None:
    """The field and the value that a line is made of, such as `**Owner:** Jane`; None if it is no such line."""
    if ":" not in text and "：" not in text and "=" not in text:
        return None
    found = _LINE.match(text)
    if found is None:
        return None
    key, value = field_of(found["label"]), found["value"].strip()
    if not key or key in _NOT_ALONE or not _fits(key, value, normalise_heading(found["label"]) in _VAGUE):
        return None
    return key, value


def _fits(key: str, value: str, vague: bool) -> bool:
    """Whether the words behind a label can be the value that it announces; more is asked of labels that are `vague`."""
    words = value.strip(" *_`").split()
    if not words or is_nothing(value):
        return not vague
    if key == "owner":
        return is_person(value) if vague else len(words) <= _MOST_WORDS
    if key == "due":
        return len(words) <= _MOST_WORDS and (not vague or any(map(str.isdigit, value)))
    if key == "status":
        return bool(status_of(value) or status_in_front(value)) or (not vague and len(words) <= _FEW)
    if key == "priority":
        return bool(priority_of(value, alone=True)) or len(words) <= _FEW
    if key == "type":
        return len(words) <= _FEW
    return "://" in value or any(map(str.isdigit, value))


def text_line(text: str) -> str | None:
    """What stands behind `Action:`, `Description:` or their like at the start of a line; None without one."""
    found = _LINE.match(text)
    return found["value"].strip() if found is not None and field_of(found["label"]) == "text" else None

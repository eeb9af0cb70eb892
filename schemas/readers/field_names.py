"""The labels behind which documents put their facts: `Severity: SEV2`, `| Status | Resolved |`, `**Authors:** …`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from schemas.claim_labels import label_sort
from schemas.sections import normalise_heading

_NAMES: Final[dict[str, str]] = {
    "title": (
        "title|incident title|name|incident name|título|titulo|titre|titel|subject|betreff|asunto|assunto|objet"
    ),
    "severity": (
        "severity|severity level|incident severity|sev|sev level|severidad|severidade|gravedad|gravité|sévérité|"
        "schweregrad|incident level|criticality|nivel de severidad"
    ),
    "status": "status|incident status|state|document status|postmortem status|estado|statut|état|situação",
    "owner": (
        "owner|postmortem owner|document owner|incident owner|responsable|responsável|verantwortlich|"
        "verantwortlicher|propriétaire|dueño"
    ),
    "authors": (
        "author|authors|author(s)|written by|prepared by|postmortem author|reported by|report by|created by|autor|"
        "autores|auteur|auteurs|autoren|verfasser|rédigé par|escrito por"
    ),
    "services": (
        "service|services|affected service|affected services|services affected|service affected|impacted services|"
        "affected systems|affected components|system|systems|component|components|servicio|servicios|"
        "servicios afectados|serviço|serviços|serviços afetados|services touchés|betroffene dienste|dienst"
    ),
    "date": (
        "date|incident date|date of incident|date of the incident|outage date|day|event date|date of outage|"
        "date of occurrence|fecha|fecha del incidente|data|data do incidente|date de l'incident|datum"
    ),
    "written": (
        "date of postmortem|postmortem date|report date|date of report|last updated|updated|document date|"
        "date written|published|publication date|review date|created|fecha del informe"
    ),
    "zone": "timezone|time zone|tz|zone|zona horaria|fuso horário|fuseau horaire|zeitzone|all times|all times in",
    "tags": "tags|labels|keywords|categories|category|etiquetas|schlagwörter",
    "link": "incident id|id|ticket|issue|jira|incident number|reference|incident",
    "start": "start|started|start time|begin|began|outage start|incident start|impact start|inicio|início|début|beginn",
    "end": "end|ended|end time|outage end|incident end|impact end|fin|fim|ende",
}  # fmt: skip

_TABLE: Final = {
    normalise_heading(name): key for key, names in _NAMES.items() for name in names.split("|")
}  # fmt: skip
FIELD: Final = re.compile(
    r"\s*(?:[-*+•]\s{1,3}|:)?(?:\*\*\*?|__)?(?P<label>[^\W\d_][^:：|\n]{0,50}?)(?:\*\*\*?|__)?\s?[:：]\s?(?:\*\*\*?|__)?"
    r"(?P<value>.*)$"
)
"""A line that is a label and its value."""


@lru_cache(maxsize=1024)
def field_key(label: str) -> str:
    """What a label announces: a key of this table, `length`, `range`, the id of a metric or milestone, or nothing."""
    if len(label) > 60:
        return ""
    found = _TABLE.get(normalise_heading(label))
    return found if found is not None else label_sort(label)


def is_field(line: str) -> bool:
    """Whether a line is a label that is known here, with or without a value."""
    if ":" not in line and "：" not in line:
        return False
    found = FIELD.match(line)
    return found is not None and bool(field_key(found["label"].strip(" *_")))

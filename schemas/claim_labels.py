"""The labels behind which a document puts the length and the times of its incident: `Duration:`, `Time to resolve:`.

English, Spanish, Portuguese, French and German.
"""

from __future__ import annotations

import re
from typing import Final

from schemas.patterns import late

_HEADS: Final = frozenset(
    [
        "duration",
        "downtime",
        "length",
        "duración",
        "durée",
        "duração",
        "dauer",
        "ausfallzeit",
        "ausfalldauer",
        "downtime",
        "dauerte",
    ]
)
_RANGE_HEADS: Final = frozenset(
    [
        "time",
        "times",
        "timeframe",
        "date",
        "window",
        "period",
        "when",
        "timeline",
        "outage",
        "incident",
        "disruption",
        "interruption",
        "hora",
        "horario",
        "periodo",
        "período",
        "période",
        "zeitraum",
        "ventana",
        "janela",
        "fenêtre",
        "heure",
    ]
)
_AROUND: Final = frozenset(
    [
        "total",
        "overall",
        "approximate",
        "approx",
        "estimated",
        "outage",
        "incident",
        "impact",
        "downtime",
        "service",
        "services",
        "disruption",
        "interruption",
        "degradation",
        "unavailability",
        "customer",
        "customers",
        "user",
        "users",
        "full",
        "complete",
        "of",
        "the",
        "duration",
        "length",
        "time",
        "window",
        "period",
        "event",
        "problem",
        "issue",
        "frame",
        "date",
        "when",
        "and",
        "end",
        "start",
        "to",
        "in",
        "hours",
        "minutes",
        "min",
        "mins",
        "hh",
        "mm",
        "utc",
        "local",
        "de",
        "la",
        "del",
        "el",
        "los",
        "las",
        "tiempo",
        "total",
        "incidente",
        "interrupción",
        "caída",
        "indisponibilidad",
        "servicio",
        "do",
        "da",
        "o",
        "a",
        "tempo",
        "indisponibilidade",
        "interrupção",
        "serviço",
        "l",
        "incident",
        "panne",
        "coupure",
        "durée",
        "totale",
        "du",
        "des",
        "temps",
        "arrêt",
        "d",
        "interruption",
        "indisponibilité",
        "der",
        "des",
        "dauer",
        "ausfalls",
        "ausfall",
        "störung",
        "duración",
        "duração",
        "dauer",
        "inactividad",
        "inatividade",
        "gesamtdauer",
        "vorfalls",
        "impacto",
        "fecha",
        "data",
    ]
)
_WORD = late(r"[^\W\d_]+")


def label_sort(label: str) -> str:
    """What a label announces: `length` (or a range), `range` only, the name of a metric or milestone, or nothing."""
    bare = re.sub(r"\([^)]{0,60}\)|\[[^\]]{0,30}\]|(?<=\b[Dd]own)[ -](?=[Tt]ime\b)", "", label).strip(
        " \t*_~:.-–—#>•=\"'"
    )
    if not bare or len(bare) > 60:
        return ""
    for sort, pattern in _LABELS:
        if pattern.fullmatch(bare):
            return sort
    words = [word.lower() for word in _WORD.findall(bare)]
    if not words or any(word not in _AROUND and word not in _HEADS and word not in _RANGE_HEADS for word in words):
        return ""
    if any(word in _HEADS for word in words) or bare.lower().startswith("tempo de ind"):
        return "length"
    return "range" if any(word in _RANGE_HEADS for word in words) else ""


_OF_THE: Final = r"(?:\s(?:of|for|del?|du|des?|do|da|der)\s(?:the\s|la\s|el\s|o\s|a\s|l['’])?\w+)?"
_IT: Final = r"(?:(?:the\s)?(?:outage|incident|issue|impact|disruption|problem|downtime|event|service)\s)?"
_LABELS: Final = (
    ("start", late(
        rf"{_IT}(?:start(?:ed|s)?|begin(?:ning)?|began)(?:\s(?:time|date|at|on))?{_OF_THE}|inicio{_OF_THE}|início{_OF_THE}"
        rf"|hora\sde\sin[ií]cio|début{_OF_THE}|heure\sde\sdébut|beginn{_OF_THE}|impact\sstart(?:ed)?(?:\sat)?", re.I)),
    ("end", late(
        rf"{_IT}end(?:ed|s)?(?:\s(?:time|date|at|on))?{_OF_THE}|fin{_OF_THE}|fim{_OF_THE}|hora\sde\sfi[nm]|heure\sde\sfin"
        rf"|ende{_OF_THE}|impact\send(?:ed)?(?:\sat)?", re.I)),
    ("detected", late(
        rf"(?:first\s)?{_IT}(?:detected|detection(?:\stime)?|time\sdetected)(?:\s(?:at|on))?|detectado|détecté(?:e)?"
        r"|erkannt", re.I)),
    ("declared", late(rf"{_IT}(?:declared|declaration)(?:\s(?:at|time))?|declarado|déclaré", re.I)),
    ("acknowledged", late(rf"{_IT}acknowledged(?:\sat)?", re.I)),
    ("mitigated", late(rf"{_IT}(?:mitigated|mitigation\stime|repaired)(?:\s(?:at|declared))?|mitigado", re.I)),
    ("recovered", late(rf"{_IT}(?:recovered|restored|recovery\stime)(?:\sat)?|restaurado|rétabli", re.I)),
    ("resolved", late(
        rf"{_IT}(?:resolved|resolution\stime)(?:\s(?:at|on))?|resuelto|resolvido|résolu|behoben", re.I)),
)  # fmt: skip

_VERBS: Final = (
    ("detect", r"detect(?:ion)?|discover(?:y)?|detección|détection|detecção|Erkennung"),
    ("acknowledge", r"acknowledge(?:ment)?"),
    ("mitigate", r"mitigat(?:e|ion)|mitigación|mitigação"),
    ("repair", r"repair|reparación|réparation|reparo"),
    ("resolve", r"resol(?:ve|ution)|resolución|resolução|résolution|Behebung|Lösung"),
    ("recover", r"recover(?:y)?|restor(?:e|ation)|recuperación|recuperação|rétablissement|Wiederherstellung"),
)
_JOINED: Final = (
    r"(?:\s?\([^)\n]{0,40}\))?\**\s{0,3}(?:[:=|–—-]|was|is|of|took|totall?ed|came\sto|fue(?:\sde)?|foi(?:\sde)?|est(?:\sde)?"
    r"|a\sété(?:\sde)?|war|betrug|de)?[\s*_:]{0,4}(?:(?:only|just|about|a\stotal\sof|roughly)\s)?$"
)
_METRICS: Final = tuple(
    (
        metric,
        late(
            rf"(?<!mean\s)(?<!average\s)(?<!median\s)\b(?:(?:time|tiempo|temps|tempo|Zeit)\s(?:to|until|de|bis\szur)\s(?:full\s)?(?:{verbs})"
            rf"|(?<!\w\s)(?:{verbs})\s(?:time|delay)){_JOINED}",
            re.IGNORECASE,
        ),
    )
    for metric, verbs in _VERBS
) + tuple(
    (metric, late(rf"(?<!\w){short}{_JOINED}"))
    for metric, short in (("detect", "TTD"), ("acknowledge", "TTA"), ("mitigate", "TTM"), ("recover", "TTR"))
)
"""What a length in front of which these words stand is called: the metric's id, and the words up to the length."""

_OF_METRICS: Final = late(r"[dDtTzZ](?i:ime|iempo|emp[so]|eit|elay|T[ADMR])")
"""Of each of these words a piece: one quick look settles for most sentences that none of them is there."""


def metric_before(words: str) -> str:
    """The id of the metric that words in front of a length name, such as `detect` for "time to detect was"; or none."""
    if _OF_METRICS.search(words) is None:
        return ""
    return next((metric for metric, pattern in _METRICS if pattern.search(words)), "")

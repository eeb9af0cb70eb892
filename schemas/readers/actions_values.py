"""What is written for the state, priority, type and owner of an action, and the value of the model that it means."""

from __future__ import annotations

import re
from typing import Final

_STATUS: Final[dict[str, str]] = {
    "done": (
        "done|complete|completed|closed|fixed|resolved|finished|merged|shipped|deployed|implemented|accomplished"
        "|released|"
        "in place|delivered|already done|✅|✔|✔️|☑|☑️|🟢|x|yes|hecho|hecha|completado|completada|terminado|concluído"
        "|concluida|"
        "concluída|feito|feita|fait|faite|terminé|terminée|erledigt|fertig|abgeschlossen|已完成|完成"
    ),
    "in-progress": (
        "in progress|in-progress|wip|work in progress|ongoing|on-going|started|doing|underway|under way|in review"
        "|pr open|"
        "pr opened|active|partial|partially done|partly done|in development|in the works|🚧|🔄|🟡|en curso|en progreso"
        "|em andamento|"
        "em progresso|en cours|in arbeit|in bearbeitung|进行中"
    ),
    "open": (
        "open|todo|to do|to-do|tbd|planned|not started|not yet started|pending|new|backlog|scheduled|proposed"
        "|unstarted|"
        "not done|outstanding|upcoming|☐|⬜|⏳|🔴|📋|❌|no|pendiente|pendente|abierto|aberto|planificado|planejado"
        "|à faire|ouvert|"
        "prévu|planifié|offen|geplant|ausstehend|未开始"
    ),
    "dropped": (
        "dropped|cancelled|canceled|won't do|wont do|won't fix|wontfix|rejected|abandoned|declined|obsolete|not doing|"
        "not planned|descartado|cancelado|annulé|abandonné|verworfen|abgebrochen"
    ),
}
_TELLING_WORDS: Final = (
    "planned|scheduled|proposed|backlog|in review|pr open|pr opened|partial|partially done|partly done|outstanding"
    "|upcoming|planificado|planejado|prévu|planifié|geplant"
)
_TELLING: Final = frozenset(_TELLING_WORDS.split("|"))
_PRIORITY: Final[dict[str, str]] = {
    "P0": "p0|critical|urgent|highest|blocker|very high|immediate|crítica|crítico|critique|urgente|kritisch|dringend",
    "P1": "p1|high|major|alta|alto|haute|élevée|hoch|高",
    "P2": "p2|medium|med|moderate|normal|media|média|medio|médio|moyenne|mittel|中",
    "P3": "p3|low|minor|baja|bajo|baixa|baixo|basse|faible|niedrig|gering|低",
    "P4": "p4|lowest|very low|trivial|nice to have|nice-to-have",
}
_TYPE: Final[dict[str, str]] = {
    "prevent": (
        "prevent|prevention|preventive|preventative|preventing|prevention action|prevención|preventiva|preventivo"
        "|prevenção|"
        "prévention|préventive|préventif|vorbeugung|vorbeugend|prävention|präventiv|预防"
    ),
    "mitigate": (
        "mitigate|mitigation|mitigating|mitigative|containment|contain|mitigación|mitigação|atténuation|eindämmung|缓解"
    ),
    "detect": (
        "detect|detection|detective|detecting|observability|monitoring|alerting|monitoring and alerting|detección"
        "|detecção|"
        "détection|erkennung|überwachung|monitoreo|monitoramento|surveillance"
    ),
    "investigate": (
        "investigate|investigation|investigative|research|analysis|analyze|investigación|investigação|enquête"
        "|untersuchung"
    ),
    "repair": "repair|fix|bugfix|bug fix|bug|remediation|remediate|corrective|cleanup|clean up|correctiva|corretiva"
    "|reparatur",
    "process": "process|process improvement|process improvements|procedure|procedural|proceso|processo|processus"
    "|prozess",
    "other": "other|misc|miscellaneous|otro|outro|autre|sonstiges",
}
_NOTHING: Final = (
    "-|–|—|--|n/a|na|n.a|none|nil|nothing|tbd|tba|tbc|?|??|…|...|unassigned|nobody|no one|not assigned|unknown|"
    "not applicable|no action items|no actions|no action|no action required|no action needed|none required|none needed|"
    "ninguno|ninguna|nenhum|nenhuma|aucun|aucune|keine|keiner"
)
_PLACEHOLDER: Final = re.compile(
    r"[\[<{(](?:your |the |insert |add |enter )?(?:action|actions|action item|action items|task|description|owner"
    r"|name|date|due|"
    r"due date|person|team|who|what|when|priority|status|link|ticket|item|todo|tbd|bug"
    r"|type)(?:\s?\w{0,12}){0,3}[\]>})]|_{3,}|\.{3,}|…",
    re.IGNORECASE,
)


def _table(names: dict[str, str]) -> dict[str, str]:
    return {name: value for value, words in names.items() for name in words.split("|")}


_NO_ACTIONS: Final = re.compile(
    r"\W*(?:(?:there\s(?:are|were)|we\s(?:have|found|identified))\s)?(?:no|none)\b[^.;:,]{0,30}\b(?:actions?|items"
    r"|follow-?\s?ups?|measures|tasks)\b"
    r"[^.;:,]{0,30}\.?\s*$",
    re.IGNORECASE,
)
_STATUSES: Final = _table(_STATUS)
_PRIORITIES: Final = _table(_PRIORITY)
_TYPES: Final = _table(_TYPE)
_NOTHINGS: Final = frozenset(_NOTHING.split("|"))
VALUES: Final = frozenset((*_STATUSES, *_PRIORITIES, *_TYPES, *_NOTHINGS))
"""All values that are known by name."""
_AROUND: Final = " \t*_`~[](){}<>.,:;!"
_GLYPH: Final = re.compile(r"(?:✅|✔️?|☑️?|🟢|🟡|🔴|🚧|🔄|⏳|📋|⬜|☐|❌)\s*")
_PLAIN_PRIORITIES: Final = frozenset(
    {*_PRIORITY, *map(str.casefold, _PRIORITY), "high", "medium", "low", "critical", "urgent", "alta"}
)
STRICT_TYPES: Final = frozenset({
    "prevent", "prevention", "preventive", "preventative", "mitigate", "mitigation", "detect", "detection", "process",
    "investigate", "investigation", "repair",
})  # fmt: skip
"""Names of types that mean nothing else, wherever they stand."""
_STATUS_WORD: Final = re.compile(
    r"(?:in progress|in-progress|not started|to do|done|completed?|closed|fixed|resolved|merged|cancelled|canceled"
    r"|dropped|"
    r"ongoing|wip|open|planned|pending|✅|✔️?|☑️?|🚧)(?!\w)",
    re.IGNORECASE,
)
_PRIORITY_WORD: Final = re.compile(r"(?:priority|prio|p|sev|severity)?[\s:#-]{0,3}([0-4])", re.IGNORECASE)
_PRIORITY_AROUND: Final = re.compile(
    r"\s*\b(?:priority|prio|prioridad|prioridade|priorité|priorität)\b\s*[:=]?\s*", re.IGNORECASE
)
_PERSON: Final = re.compile(r"[A-ZÀ-ÞŽ][\w'’.-]{1,24}(?:\s(?:de|van|von|da|del|di|la)?\s?[A-ZÀ-ÞŽ][\w'’.-]{0,24}){0,2}")
_MENTION: Final = re.compile(r"@[^\W_][\w./-]{0,60}")
_TEAM: Final = re.compile(
    r"(?:[\w&/+-]{2,30}\s){0,3}(?:team|squad|oncall|on-call|sres?|guild|group)|team\s[\w-]{2,30}", re.IGNORECASE
)
_NO_NAME: Final = """
phase part step stage option item task action version week day month quarter sprint year january february march
april may june july august september october november december monday tuesday wednesday thursday friday saturday
sunday high medium low critical done open closed todo wip completed complete pending planned yes no none new
"""
_NO_NAMES: Final = frozenset(_NO_NAME.split())


def _bare(words: str) -> str:
    return " ".join(words.casefold().strip(_AROUND).split())


def is_nothing(words: str) -> bool:
    """Whether a cell or an item holds no value: empty, `-`, `n/a`, `TBD`, or what a template put there."""
    text = words.strip()
    if len(text) < 90 and _NO_ACTIONS.match(text):
        return True
    return not text.strip(_AROUND + "-–—…?") or _bare(text) in _NOTHINGS or _PLACEHOLDER.fullmatch(text) is not None


def status_of(words: str) -> str:
    """The state that some words are, or nothing: `Done`, `IN PROGRESS`, `✅`, `won't fix`."""
    text = words.strip()
    if (glyph := _GLYPH.match(text)) is not None and glyph.end() < len(text):
        return status_of(text[glyph.end() :])
    return _STATUSES.get(text) or _STATUSES.get(_bare(text).replace("’", "'"), "")


def says_more(words: str) -> bool:
    """Whether the name of a state tells more than the state that it stands for: `Planned` is more than open."""
    return _bare(words) in _TELLING


def status_in_front(words: str) -> str:
    """The state that some words begin with, or nothing: `Done on Monday`, `in progress, waits for review`."""
    text = words.strip(_AROUND)
    found = _STATUS_WORD.match(text)
    return status_of(found.group()) if found else ""


def priority_of(words: str, *, alone: bool = False) -> str:
    """The priority that some words are, or nothing: `P1`, `High`, `high priority`; a bare figure only where asked.

    `alone` says that the words stand where only a priority can stand, as in a column.
    """
    bare = _bare(words)
    named = _PRIORITY_AROUND.search(bare) is not None
    bare = _PRIORITY_AROUND.sub("", bare).strip(_AROUND)
    if (found := _PRIORITY_WORD.fullmatch(bare)) is not None and (alone or named or not bare[:1].isdigit()):
        return f"P{found[1]}"
    known = _PRIORITIES.get(bare, "")
    return known if known and (alone or named or bare in _PLAIN_PRIORITIES) else ""


def type_of(words: str) -> str:
    """The type that some words are, or nothing: `prevent`, `Preventative`, `Detection`, `fix`."""
    return _TYPES.get(_bare(words), "")


def is_person(words: str) -> bool:
    """Whether words look like names of people or teams: `Jane Doe`, `@jane`, `Ana and Bo`, `SRE team`."""
    pieces = re.split(r"\s*(?:,|&|/|;|\band\b|\by\b|\be\b|\bet\b|\bund\b)\s*", words.strip(_AROUND))
    return 1 <= len(pieces) <= 5 and all(_is_one_person(piece) for piece in pieces)


def _is_one_person(words: str) -> bool:
    if _MENTION.fullmatch(words) or _TEAM.fullmatch(words):
        return True
    return _PERSON.fullmatch(words) is not None and not any(
        word.casefold().strip(".") in _NO_NAMES for word in words.split()
    )

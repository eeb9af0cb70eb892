"""The words by which timelines say that a milestone was reached: "alert fired", "declared SEV1", "fully restored".

English, Spanish, Portuguese, French and German. What is denied, expected or was only believed ("not resolved", "will be
fixed", "thought to be over") says nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from schemas.incident import MILESTONES
from schemas.patterns import late

_PHRASES: Final[dict[str, tuple[str, ...]]] = {
    "impact-start": (
        r"(?:outage|impact|incident|downtime|degradation|disruption|errors?|failures|problems?)"
        r" (?:start|beg[ai]n)(?:s|ed)?\b",
        r"(?:start|beginning|onset) of (?:the |customer |user )?(?:outage|impact|incident|downtime)",
        r"first (?:errors?|failures?|failed requests?|customer impact|user impact)",
        r"(?:comienzan?|empiezan?|comenz[óo]|empez[óo]) (?:los errores|el incidente|la ca[ií]da|el impacto)",
        r"in[ií]cio (?:do|da|del|de la) (?:incidente|impacto|falha|ca[ií]da)",
        r"début de (?:l['’](?:incident|impact)|la panne)",
        r"(?:beginn (?:der störung|des vorfalls|des ausfalls)|(?:störung|ausfall) beginnt)",
    ),
    "detected": (
        r"(?:alerts?|alarms?|pages?|monitors?|pager)(?: \w+)?"
        r" (?:fire[sd]?|firing|trigger(?:s|ed)?|go(?:es)? off|went off|received)",
        r"(?:on-?call|engineers?|team|sre|operator)(?: \w+)? (?:is|was|were|are|gets?|got) (?:paged|alerted)",
        r"\bnotice[sd]\b(?! (?:no|nothing|that nobody)\b)|alerted (?:us|the team|on-?call)\b",
        r"monitoring (?:alerts?|alerted|detect(?:s|ed)|reports?|reported)",
        r"(?:issue|problem|incident|outage|errors?|failure|anomaly)(?: is| was| were| are)?(?: first)?"
        r" (?:noticed|detected|reported|spotted|discovered)|(?:incident|outage)(?: is| was)?(?: first)? identified\b",
        r"(?:pages?|paging) (?:start|beg[ai]n|arrive)(?:s|ed)?\b",
        r"(?:noticed|detected) (?:by|that|the|an?|high|elevated|increased)\b",
        r"(?:customers?|users?|clients?|support)(?: \w+)? (?:report(?:s|ed)?|complain(?:s|ed)?)\b",
        r"first (?:customer |user |support )?(?:reports?|complaints?|alerts?|tickets?|calls? from)\b",
        r"(?:se )?detect[óo]\b|detectad[oa]s?\b|alerta (?:disparad[oa]|activad[oa]|acionad[oa]|recibida|recebid[oa])",
        r"(?:usuarios|clientes|usuários) (?:reporta|relata|informa)(?:n|m|ron|ram)\b",
        r"alerte (?:déclenchée|reçue)|(?:incident|problème|panne) (?:détectée?|signalée?|constatée?)",
        r"alarm (?:ausgelöst|geht ein)",
        r"(?:störung|ausfall|fehler|problem|vorfall) (?:\w+ ){0,2}(?:bemerkt|entdeckt|erkannt|gemeldet|festgestellt)",
    ),
    "declared": (
        r"declare[sd]?(?: an?| the| this)?(?: \w+)? (?:incident|outage|emergency)\b"
        r"(?! (?:as )?(?:resolved|closed|over|mitigated))",
        r"declare[sd]?(?: an?| as an?| as)? (?:sev|p)[- ]?\d",
        r"(?:incident|sev[- ]?\d|p\d)(?: is| was)? (?:declared|opened|raised|created)\b"
        r"(?! (?:as )?(?:resolved|closed|over|mitigated))",
        r"(?:se )?declar[óo] (?:el |un |o |um )?incidente|incidente declarado",
        r"incident (?:déclaré|ouvert)",
        r"(?:vorfall|störung|incident) (?:ausgerufen|erklärt|eröffnet)",
    ),
    "acknowledged": (
        r"acknowledge[sd]?\b|\backed\b",
        r"(?:starts?|started|begins?|began) (?:to )?"
        r"(?:investigat\w+|looking into|look into|troubleshoot\w*|debugg?\w*)",
        r"investigation (?:starts?|started|begins?|began)",
        r"(?:comienza|empieza|comenz[óo]|empez[óo]|inicia|inici[óo]) (?:la |a |el )?investiga\w+",
        r"investigação (?:iniciada|começa|começou)",
        r"pris(?:e)? en (?:charge|compte)|début de l['’](?:enquête|investigation|analyse)",
        r"(?:analyse|untersuchung) (?:beginnt|begonnen|gestartet)",
    ),
    "mitigated": (
        r"mitigated\b|mitigation (?:is |was )?(?:applied|complete[d]?|in place|deployed|takes effect|took effect)",
        r"(?:workaround|stopgap)(?: is| was)? (?:applied|in place|deployed|live)",
        r"(?:rollback|failover|revert)(?: is| was)? (?:complete[d]?|finished|done|deployed)|rolled back\b",
        r"mitigad[oa]\b|(?:se )?mitig[óo]\b|atténuée?\b|contournement (?:en place|appliqué)",
        r"eingedämmt|entschärft|abgemildert|workaround (?:aktiv|eingespielt)",
    ),
    "recovered": (
        r"(?:fully |completely )?(?:recovered|restored)\b",
        r"\bback (?:to normal|online|up|in service|to baseline)",
        r"(?:up|working|available|operational|functional|healthy|reachable) again",
        r"(?:fully|all systems|services?|everything|site|system)(?: is| are| was| were)?"
        r"(?: \w+)? (?:operational|healthy|back|up and running)\b",
        r"(?:service|full|complete) restoration (?:is |was )?(?:confirmed|complete)|resume[sd]? normal",
        r"now (?:running|working|operating|loading) (?:normally|properly|as expected|fine)",
        r"return(?:s|ed)? to (?:normal|baseline)",
        r"restablecid[oa]|restaurad[oa]|recuperad[oa]|se (?:restableci|restaur|recuper)[óo]",
        r"restabelecid[oa]|normalizad[oa]",
        r"rétablie?s?\b|restaurée?s?\b|retour à la normale",
        r"wiederhergestellt|wieder (?:verfügbar|erreichbar|online)|läuft wieder",
    ),
    "resolved": (
        r"\bresolved\b(?! (?:to|the host|hostname|as)\b)|\bresolves the (?:incident|issue)",
        r"(?:issue|problem|incident|outage|bug)(?: is| was)?(?: \w+)? (?:fixed|over|ended|solved)\b",
        r"all[- ]clear\b|resolution (?:is |was )?confirmed",
        r"resuelt[oa]|se (?:resolvi[óo]|solucion[óo])|solucionad[oa]|resolvid[oa]|corrigid[oa]\b",
        r"résolue?s?\b|(?:incident|problème|panne) (?:corrigée?|terminée?)",
        r"(?:störung|problem|vorfall|fehler)(?: \w+){0,2} (?:behoben|gelöst)|behoben\b",
    ),
    "closed": (
        r"(?:incident|ticket|case)(?: is| was)? closed\b|closed? the (?:incident|ticket|case)",
        r"(?:incidente|ticket) (?:cerrado|encerrado|fechado)|incident (?:clos|clôturé)\b",
        r"(?:vorfall|ticket) geschlossen",
    ),
}  # fmt: skip
"""How each milestone is told, as regular expressions; capitals do not count."""

_DENIED: Final = late(
    # denied
    r"\b(?:not|never|no|nor|nobody|none|neither|without|cannot|can't|unable|fail(?:s|ed)?|yet to|un)\b|n't\b"
    # wanted, expected, a condition
    r"|\b(?:will|would|should|shall|must|may|might|could|can|to be|to get|expect\w*|going to|hop(?:e|es|ed|ing)|plans?"
    r"|planned|try|tries|tried|trying|attempt\w*|until|till|once|when|if|whether|before|after|since|in order|aims?|eta"
    r"|target|waiting|ready)\b"
    # only believed, only in part
    r"|\b(?:thought|think|thinks|believed?|believes|assum\w+|seem\w*|appear\w*|apparently|mistaken\w*|premature\w*"
    r"|false\w*|wrong\w*|supposed\w*|considered|presum\w+|partial\w*|partly|briefly|temporarily|almost|nearly|some)\b"
    # somebody else's word for it: what a provider says of itself is not yet so here
    r"|\btheir (?:own )?(?:status|incident)[ -]?(?:page|site|report|update|blog|dashboard)\b|\b(?:vendor|provider"
    r"|supplier|upstream|isp|carrier|registrar)(?:'s)?(?: \w+){0,3}"
    r" (?:says?|said|claims?|claimed|announce[sd]?|tells?|told)\b"
    # Spanish, Portuguese, French, German
    r"|\b(?:sin|todavía|aún|será|serán|parcialmente|casi|hasta|cuando|não|nao|sem|ainda|até|quando|quase|espera"
    r"|ne|pas|jamais|sans|sera|seront|encore|partiellement|presque|jusqu['’]à|lorsque"
    r"|nicht|nie|kein\w*|noch|wird|werden|soll|sollte|teilweise|fast|bis|wenn|sobald|angeblich|vermeintlich)\b",
    re.IGNORECASE,
)
"""Words in front of a phrase, in the same clause, that take it back."""

_DENIED_INSIDE: Final = late(r"\b(?:not|never|nicht|nie|kein\w*|teilweise|não|pas)\b|n't\b", re.IGNORECASE)
"""The same between the words of a phrase."""

_DOUBTED: Final = late(r"\s{0,2}\?|\s{1,2}(?:yet|soon|tomorrow|by mistake|prematurely)\b", re.IGNORECASE)
_CLAUSE: Final = late(
    r"[.;:!?\n,()–—]|\b(?:but|and|then|so|however|pero|y|mas|mais|et|puis|und|aber|dann|e)\b", re.IGNORECASE
)
_LOOKED_AT: Final = 400
"""How much of a text is looked at: an event says first what it is."""

_SAID: Final = {name: late("|".join(phrases), re.IGNORECASE) for name, phrases in _PHRASES.items()}
_NO_KINDS: Final = frozenset({"false-lead", "hypothesis"})


def milestones_said(text: str, kind: str = "") -> tuple[str, ...]:
    """The milestones that an event says were reached, in the order in which they are expected.

    `kind` is the event's: a hypothesis or a false lead reaches none.
    """
    return tuple(name for name in MILESTONES if says(text, name, kind))


@lru_cache(maxsize=4096)
def says(text: str, milestone: str, kind: str = "") -> bool:
    """Whether an event says that one milestone was reached.

    Raises:
        KeyError: there is no such milestone.
    """
    if kind in _NO_KINDS:
        return False
    text = text[:_LOOKED_AT]
    return any(not _taken_back(text, match.start(), match.end()) for match in _SAID[milestone].finditer(text))


def _taken_back(text: str, start: int, end: int) -> bool:
    """Whether a phrase is denied, expected or doubted by the words around it in its clause."""
    before = text[max(0, start - 60) : start]
    cut = max((boundary.end() for boundary in _CLAUSE.finditer(before)), default=0)
    return (
        _DENIED.search(before, cut) is not None
        or _DENIED_INSIDE.search(text, start, end) is not None
        or _DOUBTED.match(text, end) is not None
    )

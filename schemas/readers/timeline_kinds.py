"""What an event is by its words: an alert, an action, a decision, a false lead … Nothing where nothing says so."""

from __future__ import annotations

import re
from typing import Final

_FALSE_LEAD: Final = (
    r"misleading|false (?:lead|alarm|positive|assumption)|red herring|wrong (?:track|path|direction|trail)"
    r"|dead end|rabbit hole",
    r"rul(?:ed|es|ing) out|turned out (?:not |to be (?:unrelated|normal|fine|a coincidence))|was not the (?:cause"
    r"|problem|issue|culprit)",
    r"not the (?:root )?cause|unrelated to the (?:incident|outage|issue|problem)",
    r"initial(?:ly)? \w+(?: \w+){0,10} (?:wrong(?:ly)?|incorrect(?:ly)?|misle\w+|divert\w*|diversion)\b",
    r"pista falsa|falsa pista|camino equivocado|fausse piste|falsche (?:fährte|spur)",
)
_DECISION: Final = (
    r"decision (?:is |was )?(?:made|taken)|decid(?:es|ed) (?:to|that|on|against)|agree[sd]? (?:to|that|on)|opted"
    r"|chose to|made the call",
    r"decision:|se decidió|decidimos|decidiu-se|décid(?:é|ons|e) de|(?:wurde|wird) entschieden|entscheidung",
)
_HYPOTHESIS: Final = (
    r"hypothes[ie]s|suspect(?:s|ed|ing)?\b|suspicion|assum(?:es|ed|ing|ption|ptions)\b|theory|believed to"
    r"|possibl[ey] (?:cause|caused|due)",
    r"(?:potential|likely|probable) (?:cause|culprit)|(?:might|may|could) be (?:caused|due|related)|speculat\w+"
    r"|thought to be",
    r"sospech\w+|hipótesis|hipótese|suspeit\w+|soupçon\w*|hypothèse|vermut\w+|verdacht",
)
_COMMUNICATION: Final = (
    r"status ?page (?:is |was )?(?:updated|posted|set)|(?:posts?|posted|updates?|updated) (?:on |to |the |our "
    r"|a )*(?:status ?page|twitter|slack|blog)",
    r"(?:e-?mails?|messages?|notices?|notifications?|updates?|announcements?"
    r"|communications?)(?: \w+){0,2} (?:sent|posted|published|issued)",
    r"(?:sends?|sent|publish(?:es|ed)|issue[sd]) (?:\w+ ){0,3}(?:update|message|e-?mail|notice|announcement"
    r"|statement|communication)s?\b",
    r"(?:inform|notif)(?:s|ed|ies|ied) (?:\w+ ){0,2}(?:customers?|users?|clients?|stakeholders?|management|partners?)",
    r"(?:customers|users|clients|stakeholders|management)(?: \w+)? (?:are|were|was) (?:informed|notified)"
    r"|tweet(?:s|ed)\b",
    r"comunicado enviado|se (?:informó|comunicó|avisó) a|communiqué|kunden (?:wurden |werden )?informiert",
)
_ALERT: Final = (
    r"(?:alerts?|alarms?|pager|monitors?)(?: \w+){0,2} (?:fire[sd]?|firing|trigger(?:s|ed)?|go(?:es)? off"
    r"|went off|received|raised|indicat\w+|report\w+)",
    r"alert(?:ed|s)? (?:us|the|on|for|via|that)\b|(?:gets?|got|was|were|is|are) paged|pagerduty|opsgenie|alert:"
    r"|alert (?:raised|received|comes in)",
    r"monitoring(?: \w+){0,2} (?:alert\w*|detect\w*|report\w*|show\w*|trigger\w*|notif\w*|indicat\w*)",
    r"(?:users?|customers?|clients?)(?: \w+)? (?:report(?:s|ed)?|complain(?:s|ed)?)\b|first (?:reports?"
    r"|complaints?|tickets?)\b|tickets? (?:arrive|come|came)",
    r"alerta (?:disparad[oa]|activad[oa]|recibid[oa]|recebid[oa])|alerte (?:reçue|déclenchée)|alarm (?:ausgelöst"
    r"|geht ein)",
)
_CHANGE: Final = (
    r"(?:deploy(?:ed|s|ing)?|release[sd]?|roll(?:ed|s|ing) out|merge[sd]?|migrate[sd]?|upgrade[sd]?) (?:to|of|the"
    r"|a|an|own|new|version|by|in|on|into|v?\d)",
    r"(?:deploy|deployment|deploys|rollout|release|migration|upgrade|update|fix|patch"
    r"|change)(?: \S+){0,4} (?:deployed|released|merged|pushed|rolled out|goes (?:live|out)|went live)",
    r"(?:deployment|rollout|migration|upgrade|maintenance)(?: \S+){0,5} (?:start|begin|began|beg[au]n|complete"
    r"|finish|initiat|trigger|execut)\w*",
    r"(?:deployed|merged|released|rolled out|upgraded)\b|config(?:uration)? (?:change|was changed|is changed)"
    r"|despleg(?:ado|ó)|implantad[oa]|déployée?|ausgerollt",
)
_IMPACT: Final = (
    r"(?:outage|downtime|degradation|disruption) (?:starts?|started|begins?|began)|incident start",
    r"(?:site|service|services|servers?|api|website|app|application|database|systems?|page"
    r"|node)(?: \w+){0,2} (?:goes|went|is|are|was|were|became|becomes?)(?: \w+)? "
    r"(?:down|unavailable|unreachable|offline|inaccessible|slow|degraded|unresponsive)",
    r"(?:errors?|error rates?|latency|latencies|failures?|timeouts?|response times?) (?:spike|start|increase|rise"
    r"|begin|climb|grow)s?\b",
    r"users? (?:cannot|can't|unable|are unable|could not|couldn't)|requests? (?:fail|failing|time out)"
    r"|checks? (?:start )?fail(?:s|ing|ed)?\b",
)
_ACTION: Final = (
    r"restart(?:s|ed|ing)?|reboot(?:s|ed|ing)?|roll(?:s|ed|ing)? back|rollback|revert(?:s|ed|ing)?|fixed|fixes"
    r"|fixing|appl(?:ies|ied|ying)|disabl(?:es|ed|ing)",
    r"enabl(?:es|ed|ing)|increas(?:ed|ing)|scal(?:es|ed|ing)|kill(?:s|ed)|delet(?:es|ed)|remov(?:es|ed)"
    r"|replac(?:es|ed)|failover|fail(?:s|ed) over",
    r"investigat(?:es|ed|ing|ions?)|check(?:ed|ing)|escalat(?:es|ed|ing|ion)|contact(?:s|ed)|called|joins|joined"
    r"|opened|review(?:ed|ing)|analy[sz](?:es|ed|ing)",
    r"identif(?:y|ies|ied)|troubleshoot\w*|debugg(?:ed|ing)|restor(?:es|ed|ing)|patch(?:es|ed|ing)|rerouted"
    r"|switch(?:es|ed)|mov(?:es|ed) (?:to|back|the)",
    r"attempt(?:s|ed)?|tries|tried|corrected|cleared|purged|drain(?:s|ed)|cordon(?:s|ed)|isolated|stopped|blocked"
    r"|turned (?:on|off)|(?:switched|turns) (?:on|off)",
    r"se (?:reinició|revirtió|escaló|aplicó)|reinici(?:ado|ou)|revertid[oa]|redémarr\w+|neu ?gestartet|zurückgerollt",
)
_RULES: Final = (
    # The first that fits counts: what turned out wrong is no action, and what was decided is not yet done.
    ("false-lead", _FALSE_LEAD), ("decision", _DECISION), ("hypothesis", _HYPOTHESIS),
    ("communication", _COMMUNICATION),
    ("alert", _ALERT), ("change", _CHANGE), ("impact", _IMPACT), ("action", _ACTION),
)  # fmt: skip
_PATTERNS: Final = tuple((kind, re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)) for kind, words in _RULES)
_LOOKED_AT: Final = 300


def kind_said(text: str) -> str:
    """The kind of an event by its words, or empty."""
    looked = text[:_LOOKED_AT]
    return next((kind for kind, pattern in _PATTERNS if pattern.search(looked)), "")

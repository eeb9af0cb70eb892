"""The words by which a length or a time in a sentence is known to be one of the whole incident, or not to be.

A number alone claims nothing: "2 hours" may be a timeout, a plan, another incident. English first; Spanish, Portuguese,
French and German as far as their words are as clear.
"""

from __future__ import annotations

import re
from typing import Final

from schemas.patterns import Gated, late

_OUTAGE: Final = (
    r"outages?|downtime|incident|disruption|interruption|unavailability|service\sloss|loss\sof\sservice|degradation"
    r"|impact|brownout|blackout|caída|interrupción|incidente|indisponibilidad|indisponibilidade|interrupção|queda|panne"
    r"|interruption|indisponibilité|incident|coupure|Ausfall|Störung|Unterbrechung|Vorfall|Nichtverfügbarkeit"
)
_TROUBLE: Final = rf"{_OUTAGE}|issue|problem|event|problema|problème|Problem"

OUTAGE: Final = late(rf"\b(?:{_TROUBLE})\b", re.IGNORECASE)

STATE: Final = (
    r"down|offline|unavailable|inaccessible|unreachable|unresponsive|unusable|degraded|disrupted|interrupted|impaired"
    r"|out\sof\sservice|halt(?:ed)?|stopped|broken|non-?operational|not\s(?:available|accessible|reachable|working|operational|functional|functioning)|unable\sto(?:\s\w+){1,6}"
    r"|(?:affect|impact)(?:ed|ing)(?:\s[\w-]+){0,6}|(?:faced|encountered|saw)(?:\s[\w-]+){1,6}"
    r"|took\s(?:an?|its|their)\s(?:[\w-]+\s){0,3}[*_]{0,2}(?:break|vacation|nap|siesta|holiday|rest|day\soff)"
    r"|experienc(?:ed|ing)(?:\s[\w-]+){1,8}|could(?:\snot|n['’]t)(?:\s\w+){1,6}|caíd[oa]s?|fuera\sde\sservicio|no\sdisponibles?|inaccesibles?|indisponíve(?:l|is)"
    r"|fora\sdo\sar|indisponibles?|inaccessibles?|hors\s(?:ligne|service)|nicht\s(?:erreichbar|verfügbar)|ausgefallen"
)
TROUBLE: Final = late(
    rf"\b(?:{_TROUBLE}|{STATE}|failed|failing|errors?|experienc(?:ed|ing)|went\sdown|no\slonger|nobody|no\sone)\b",
    re.IGNORECASE,
)
"""Whether a sentence speaks of trouble at all."""

WITHIN: Final = (
    (
        "detect",
        Gated(
            "detected|noticed|discovered|spotted",
            r"\b(?:detected|noticed|discovered|spotted)\b[^.;:()]{0,20}$",
        ),
    ),
    (
        "resolve",
        Gated(
            "resolved|restored|recovered|fixed",
            rf"\b(?:{_TROUBLE}|service|everything|we)\b[^.;:()]{{0,40}}\b(?:resolved|restored|recovered|fixed)"
            r"\s(?:with)?in\s$",
        ),
    ),
)
"""Words in front of a length that stands for how long it took until something was done."""

LASTED: Final = Gated(
    "last|persisted|went|continued|spanned|dur|prolong|dauerte",
    rf"\b(?:{_TROUBLE}|it|this|which|that|everything)\b[^.;:]{{0,80}}?\b(?:last(?:ed|ing)|persisted|went\son|continued|spanned"
    r"|dur(?:ó|ando|aron|ou)|se\sprolongó|a\sduré|ont\sduré|d['’]une\sdurée\sde|dauerte|con\suna\sduración\sde|com\sduração\sde)"
    r"\b(?:\s(?:for|over|about|a|an|total|of|period|durante|por|pendant|de|em|uns|unos|only|just|some|more|than)){0,5}[\s*_~]{0,3}$",
    re.IGNORECASE,
)
"""Words in front of a length that something lasted."""

STATE_FOR: Final = Gated(
    "for|durante|por|pendant|während",
    rf"\b(?:{STATE})\b[^.;:]{{0,30}}?\b(?:for|durante|por|pendant|während)\s(?:(?:about|a|an|total|of|period|approximately|only|just|duration)\s){{0,4}}"
    r"[*_~]{0,3}$",
    re.IGNORECASE,
    also="down|offline|unavailable|inacces|unreachable|unresponsive|unusable|degraded|disrupted|interrupted|impaired|out|halt"
    "|stopped|broken|operational|not|unable|affect|impact|faced|encountered|saw|took|experienc|could|caíd|fuera|disponible"
    "|indispon|fora|hors|nicht|ausgefallen",
)
"""Words in front of a length for which something was down."""

DURATION_OF: Final = Gated(
    "duration|length|time|duraci|durée|duração|dauer|outage|disruption|interruption|caída|panne|ausfall|downtime"
    "|tiempo|temps|tempo",
    rf"\b(?:(?:duration|length|total\stime|duración|durée|duração|Dauer)\s(?:of|for|del?|du|de\sla|de\sl['’]|do|da|des|der)\s?(?:the\s|this\s|our\s)?(?:\w+\s)?(?:{_TROUBLE})"
    rf"|(?:outage|disruption|interruption|caída|panne|Ausfall)(?=\s(?:of|de|von)\s)|(?:total|overall|outage|incident|impact)\s(?:downtime|duration|outage\stime|outage)|downtime|Ausfallzeit"
    rf"|(?:tiempo|temps|tempo)\s(?:total\s)?d(?:e|['’])\s?(?:inactividad|indisponibilidad(?:e)?|interruption|indisponibilité|inatividade|caída))"
    r"\s{0,2}(?:[(:=–—-]|was|is|of|von|came\sto|amounted\sto|totall?ed|lasted|reached|fue(?:\sde)?|foi(?:\sde)?|est\sde|était\sde|a\sété\sde|war|betrug)"
    r"[\s(*_~]{0,4}(?:(?:only|just|about|a\stotal\sof|roughly)\s)?$",
    re.IGNORECASE,
)
"""Words in front of a length that say whose it is."""

TOTAL: Final = Gated(
    "total|insgesamt",
    r"\b(?:(?:a|in)\stotal\sof|un\stotal\sde|um\stotal\sde|au\stotal|insgesamt)\s$",
    re.IGNORECASE,
)
FRONT_FOR: Final = late(
    r"^\W{0,6}(?:for|durante|pendant)\s(?:(?:about|nearly|almost|over|roughly|a|total|of)\s){0,4}$", re.IGNORECASE
)

OF_OUTAGE: Final = late(
    r"[\s-]{0,2}(?:long[\s,]{1,2})?(?:(?:of|de|d['’])\s?)?"
    r"(?:(?P<full>full|complete|total|entire)\s|(?P<part>partial|intermittent|regional|degraded|planned|scheduled)\s"
    r"|(?:service|major|unplanned|production|site|website|customer|customer-facing|system|api|network|platform|user"
    r"|global|worldwide|nationwide|critical|unexpected|database|web)[\s-]){0,3}"
    r"(?P<noun>outage|downtime|disruption|interruption|unavailability|blackout|caída|interrupción|indisponibilidade?"
    r"|interrupção|panne|indisponibilité|coupure|Ausfall(?:zeit)?|Störung)(?!\w)(?!\s(?:window|budget|threshold|alert|slot|per|notice))",
    re.IGNORECASE,
)
"""Words behind a length that it is the length of: `2-hour full outage`, `30 minutes of downtime`."""

TO_RESOLVE: Final = late(
    r"\s{1,2}(?:for\s(?:\w+\s){1,3})?(?:to|until\swe)\s(?:fully\s|completely\s)?(?P<verb>resolve|restore|recover|fix|detect|notice|mitigate)(?:d)?\b",
    re.IGNORECASE,
)
FROM_START: Final = late(
    r"\s{1,2}(?:from|between|after|since)\s(?:the\s)?(?:(?:very\s)?(?:start|beginning|onset)\sof\sthe\s(?:incident|outage|issue|impact))",
    re.IGNORECASE,
)
TOOK: Final = Gated(
    "took|taken",
    r"\b(?:it|this|recovery|resolution|that)\s(?:took|has\staken)\s(?:(?:us|the\steam|a|total|of|about|only|just)\s){0,4}$",
    re.IGNORECASE,
)

NOT_BEFORE: Final = Gated(
    "every|each|per|after|another|next|last|past|previous|first|additional|extra|further|timeout|interval|ttl|retention|wait"
    "|sleep|remaining|final|initial|by|reduced|extended|shortened|threshold|sla|budget|cada|próxima|siguientes|prochaine"
    "|nächsten|then|second|third|once",
    r"\b(?:every|each|per|after|another|next|last|past|previous|first|additional|extra|further|timeouts?(?:\s(?:of|to|from))?"
    r"|intervals?|ttl|retention|wait(?:ed|ing|s)?(?:\sfor)?|sleep|remaining|final|initial|by|increased\sby|reduced|extended|shortened"
    r"|threshold(?:\sof)?|sla(?:\sof)?|budget(?:\sof)?|cada|próximas?|siguientes|prochaines?|nächsten|then|second|third|once)\W{0,3}$",
    re.IGNORECASE,
)
NOT_BEHIND: Final = late(
    r"\W{0,3}(?:ago|earlier|later|before|after|prior|into|in(?:\sto)?\sthe\s(?:outage|incident)|from\snow|since|apart|old|sla|intervals?"
    r"|timeouts?|windows?|delays?|each|every|per\b|ahead|behind|lag|cycles?|notice|worth|of\sthe\b|of\s(?:data|logs?|sync|work|messages)"
    r"|antes|después|depois|plus\stard|später|vorher|tarde)(?!\w)",
    re.IGNORECASE,
)
UNREAL: Final = Gated(
    "will|won|would|should|could|might|may|must|shall|plan|going|aim|target|goal|objective|slo|sla|rpo|rto|eta|if|unless"
    "|future|typically|usually|normally|average|worst|avoid|prevent|instead|rather|ser|debería|dever|devrait|würde|sollte"
    "|wird|maintenance|drill|rehearsal|simulat|game|alert",
    r"\b(?:will|won['’]t|would|should|could\shave|might|(?-i:may)|must|shall|plan(?:s|ned)?\sto|going\sto|aim(?:s|ing)?|target|goal"
    r"|objective|SL[OA]s?|R[TP]O|ETA|if|unless|in\sthe\sfuture|typically|usually|normally|on\saverage|at\sworst|worst\scase|avoid(?:ed|s)?"
    r"|prevent(?:ed|s)?|would['’]ve|instead\sof|rather\sthan|será|sería|debería|devrait|serait|sera|deverá|deveria|würde|sollte|wird"
    r"|maintenance|drill|rehearsal|simulat\w+|game\s?day|alert(?:s|ed)?\s(?:if|when|after))\b",
    re.IGNORECASE,
)
"""Plans, wishes, rules and other things that did not happen."""

OTHERS: Final = Gated(
    "previous|earlier|prior|similar|other|past|last|different|each|several|multiple|two|three|twice|intermittent|episode"
    "|spike|times|burst|off|some|first|second|third|1st|2nd|3rd|initial|incident|outage|caída",
    r"\b(?:previous|earlier|prior|similar|another|other|past|last\s(?:year|month|week|quarter|time)(?:['’]s)?|different|earlier\sthis)"
    r"\s(?:(?:\w+\s){0,2}(?:outages?|incidents?|events?|disruptions?|occasions?))|\blast\s(?:year|month|week|quarter|time)\b"
    r"|\b(?:each|several|multiple|(?:two|three)(?!\s(?:\w+\s)?(?:hours?|minutes?|days?|hrs?|mins?)\b)|twice|intermittent(?:ly)?|episodes?|spikes?|times|bursts?|on\s(?:and|&)\soff|some\sof)\b"
    r"|\b(?:first|second|third|1st|2nd|3rd|initial)\s(?:(?:\w+\s){0,1}(?:outage|incident|window|wave|disruption|phase))"
    r"|\b(?:incidente|incident)\s(?:anterior|précédent)\b"
    r"|\b(?:incidents?|outages?|caída|incidente)\s(?:in|from|of|en|de|em)\s(?:january|february|march|april|(?-i:May)|june|july|august|september"
    r"|october|november|december|enero|marzo|abril|mayo|março|20\d\d|Q[1-4])\b(?!\s\d)",
    re.IGNORECASE,
)
"""Other incidents, or parts of this one."""

PART: Final = Gated(
    "replica|node|pod|instance|host|worker|job|queue|deploy|build|migration|rollback|backup|restore|reboot|restart|container"
    "|shard|standby|cluster|one|partial|region|dashboard|monitoring|meeting|call|single|each|individual|another|some|subset"
    "|few|most|many|deliberation|investigation|debugging|session",
    r"\b(?:replicas?|nodes?|pods?|instances?|hosts?|workers?|jobs?|queues?|deploy(?:ment|s)?|builds?|migrations?|rollbacks?|backups?"
    r"|restores?|reboots?|restarts?|containers?|shards?|standby|cluster|one\sof|partial(?:ly)?|regions?|dashboard|monitoring|meeting|call|(?:one(?!\s(?:\w+\s)?(?:hours?|minutes?|days?)\b)|a\ssingle|each|individual|another)\s\w+"
    r"|some|subset|a\sfew|most|many|deliberation|investigation|debugging|session)\b",
    re.IGNORECASE,
)
"""Something smaller than the whole: what is said of it says nothing of the incident."""

RANGE_CUE: Final = late(
    rf"\b(?:{_OUTAGE}|{STATE}|no\slonger|experienced|suffered|errors?|failures?|resulted\sin|occurred|went\sdown|unable|lasted|lasting|failed|started|ran)\b",
    re.IGNORECASE,
)
RANGE_STRONG: Final = late(
    r"\b(?:outage|incident|downtime|disruption|interruption|unavailability|it|caída|interrupción|interrupção|panne|Ausfall)\b"
    r"[^.;:]{0,40}?\b(?:last(?:ed|ing)|occurred|ran|from|between|took\splace|duró|durou|dauerte|a\sduré|spanned)\b[^.;:]{0,60}$"
    r"|\b(?:was|were|is|estuvo|esteve|était|war)\s(?:\w+\s){0,2}(?:down|offline|unavailable|inaccessible|unreachable|caíd[oa]|indisponível|indisponible|inaccessible|nicht\serreichbar)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
NOT_A_RANGE: Final = late(
    r"\b(?:maintenance|scheduled|backups?|business|working|support|office|peak|daily|nightly|weekly|every|runs|on-call|shift|window\sof"
    r"|sync|data\sfrom|logs?\sfrom|usually|normally|normal|unaffected|healthy|not\saffected|no\simpact|peak(?:ed|s)?|spik\w+|rates?|latenc\w+|up\sto|slow(?:er|ly)?|gradual\w*|dropped|increased|reduced|fell|rose"
    r"|meeting|call)\b",
    re.IGNORECASE,
)

AT_START: Final = late(
    rf"\b(?:{_TROUBLE}|it|errors|impact)\s(?:first\s)?(?:started|began|begun|occurred|empezó|comenzó|começou|a\scommencé|begann)\b[^.;:()\d]{{0,24}}$"
    rf"|\b(?:{_OUTAGE})\b[^.;:()]{{0,80}}\b(?:starting|beginning)\s(?:at|around|from)\s[^.;:()\d]{{0,12}}$"
    r"|\b(?:(?:site|service|server|website|system|application|app|platform|api)\s)(?:went\s(?:down|offline)|crashed|became\sunavailable)\s(?:at|around|on)\s[^.;:\d]{0,12}$",
    re.IGNORECASE,
)
AT_START_BEHIND: Final = late(
    r"[\s,)]{1,3}(?:the\s|our\s)?(?:\w+\s){0,3}(?:outage|incident|disruption|downtime)\s(?:started|began|occurred)\b"
    r"|[\s,)]{1,3}(?:the\s|our\s)?(?:\w+\s){0,3}(?:site|service|server|website|system|application|app|platform|api|access)\s(?:went\s(?:down|offline)|crashed)\b",
    re.IGNORECASE,
)
AT_END: Final = late(
    rf"\b(?:{_TROUBLE}|it)\s(?:\w+\s){{0,1}}(?:ended|was\sover|was\s(?:fully\s)?resolved|terminó|terminou|s['’]est\sterminé|endete)\b[^.;:()\d]{{0,24}}$"
    r"|\b(?:and|y|e|et|und)\s(?:\w+\s){0,1}(?:ended|ending|was\sover|terminó|terminou|endete)\b[^.;:()\d]{0,24}$",
    re.IGNORECASE,
)
AT_BACK: Final = late(
    r"\b(?:services?|site|website|system|application|app|platform|api|access|operations?|functionality|servicio|serviço|Dienst)\s(?:\w+\s){0,2}"
    r"(?:(?:was|were|is|been)\s(?:\w+\s)?(?:restored|recovered|back(?:\s(?:up|online))?)|recovered|came\sback(?:\sonline)?|restaurado|rétabli|wiederhergestellt)\b"
    r"[^.;:()\d]{0,20}\b(?:at|a\slas|às|à|um|on)\s[^.;:()\d]{0,12}$",
    re.IGNORECASE,
)
AT_BACK_BEHIND: Final = late(
    r"[\s,)]{1,3}(?:the\s|our\s|all\s)?(?:\w+\s){0,3}(?:services?|site|website|system|application|app|platform|api|access|functionality)\s(?:was|were)\s(?:fully\s|completely\s)?(?:restored|recovered|back\s(?:up|online))\b",
    re.IGNORECASE,
)
AT_DETECTED: Final = late(
    r"\b(?:issue|problem|outage|incident|it|failure|problema|problème|Störung)\b[^.;:()\d]{0,24}\b(?:detected|noticed|discovered|detectado|détecté|erkannt)\b[^.;:()\d]{0,16}\b(?:at|on|the|a\slas|às|à|um)\s[^.;:()\d]{0,10}$",
    re.IGNORECASE,
)
AT_DECLARED: Final = late(
    r"\bincident\s(?:was\s)?(?:formally\s|officially\s)?declared\b[^.;:()\d]{0,10}\bat\s$", re.IGNORECASE
)
NOT_AT: Final = late(
    r"\b(?:partial(?:ly)?|most|some|temporarily|briefly|by|until|before|after|since|again|not)\b", re.IGNORECASE
)

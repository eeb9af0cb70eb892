"""The names that the parts of a postmortem go by: English, Spanish, Portuguese, French, German."""

from __future__ import annotations

from typing import Final

TIMELINE: Final = "timeline"
ACTIONS: Final = "actions"
PEOPLE: Final = "people"
CONTENTS: Final = "contents"
PREAMBLE: Final = "preamble"
CONCLUSION: Final = "conclusion"
"""A closing or an introduction: a section of its own, wherever it stands."""
WRONG: Final = "went_wrong"
"""“What went wrong”: of the causes in some houses, of the response in others; settled by what stands beside it."""

NAMES: Final[dict[str, str]] = {
    "summary": (
        "summation|summary of issues|summary of issue|summary of outage|summary of the outage|incident description|"
        "issue description|in short|in brief|abstract|at a glance|synopsis|management summary|incident details|"
        "what went down|problem statement|issue|the issue|problem|the problem|the incident|the outage|"
        "outage summary|postmortem summary|short summary|quick summary|brief|brief summary|high level summary|"
        "description de l'incident|resume|résumé|résumé de l'incident|synthese|synthèse|vue d'ensemble|"
        "resumen del incidente|descripción|descripción del incidente|que paso|qué pasó|"
        "sumário|sumario|resumo executivo|resumo do incidente|descrição|descrição do incidente|o que aconteceu|"
        "zusammenfassung|überblick|kurzfassung|beschreibung|vorfallbeschreibung|was ist passiert|"
        "duration of disruption|duration of outage|问题|摘要|概述|事件摘要|事故概述"
    ),
    "background": (
        "background information|technical background|system overview|setting|prelude|about the system|contexte|"
        "hintergrund|kontext|antecedentes|antecedentes y contexto|vorgeschichte|architecture"
    ),
    "impact": (
        "impacts|impact on users|impact on customers|affected systems|affected services|affected service|"
        "affected components|affected crates|systems affected|customers affected|users affected|user affected|"
        "scope of impact|what was the impact|what is the impact|scope|extent of impact|severity and impact|"
        "damage|consequences|effects|service affected|"
        "impact du|conséquences|étendue|impacto del incidente|impacto do incidente|usuarios afectados|alcance|"
        "usuários afetados|sistemas afetados|alcance do impacto|auswirkung|auswirkungen|betroffene systeme|"
        "betroffene dienste|folgen|ausmaß|direct impact|indirect impact|direct and indirect impact|"
        "who was affected|what was affected|影响|影响范围|affected customers|customer experience|user experience"
    ),
    "trigger": (
        "trigger event|what triggered it|what triggered the incident|triggering event|auslöser|desencadenante|"
        "gatilho|déclencheur|element déclencheur|élément déclencheur|disparador"
    ),
    "detection": (
        "issue detection|issue detected|detection time|how was the issue detected|how the issue was detected|"
        "when was the issue detected|how was it detected|how did we find out|how we found out|discovery|"
        "how was the incident detected|how was the problem detected|detección|deteccion|detecção|deteccao|détection|"
        "erkennung|entdeckung|detection and alerting|identification|alerting"
    ),
    "response": (
        "incident response|our response|action taken|how we responded|response and recovery|respuesta|"
        "acciones tomadas|ações tomadas|resposta|réponse|réaction|reaktion|maßnahmen während des vorfalls|"
        "analysis|incident analysis|debugging|debugging process|investigation and response|diagnosis|analyse|"
        "triage|troubleshooting|untersuchung|investigación|investigação|enquête|steps taken|mitigation steps|"
        "actions correctives immédiates|misleading investigation|misleading paths"
    ),
    "root_cause": (
        "the root cause|root cause identification|root cause identification the five whys|"
        "the five whys|main cause|root cause explanation|underlying cause|underlying causes|what was the root cause|"
        "root cause of the outage|reason|reasons|cause of the outage|cause analysis|rca|why did it happen|"
        "why it happened|why|fault analysis|technical cause|technical root cause|contributing causes|"
        "details of incident|details of the incident|details of exploit|details of vulnerability|"
        "immediate cause|proximate cause|primary causes|secondary cause|"
        "根因|根本原因|原因|causa|causas|causa principal|"
        "causa raíz 5 porqués|análisis de causa raíz|análisis de la causa raíz|"
        "causas raíz|factores contribuyentes|los 5 porqués|5 porqués|cinco porqués|"
        "causas raiz|análise de causa raiz|causa-raiz|fatores contribuintes|5 porquês|cinco porquês|"
        "cause racine|causes racines|cause profonde|causes profondes|analyse des causes|cause principale|"
        "facteurs contributifs|les 5 pourquoi|5 pourquoi|analyse des causes racines|"
        "ursache|ursachen|grundursache|hauptursache|ursachenanalyse|fehlerursache|beitragende faktoren|fünf warum"
    ),
    "resolution": (
        "resolved|resolution details|incident resolution|resolution steps|how the incident was resolved|"
        "how the issue was fixed|how we resolved the issue|how it was resolved|how was it resolved|"
        "how we fixed it|how it was fixed|the resolution|the solution|remedy|restoration|service restoration|"
        "details of mitigation|details of recovery|details of resolution|details of the fix|immediate mitigation|"
        "immediate fix|workaround|resolution confirmation|fixes|"
        "resolución|resolucion|修复|解决方案|解决|恢复|solución|solucion|mitigación|recuperación|cómo se resolvió|"
        "resolução|resolucao|solução|mitigação|recuperação|como foi resolvido|"
        "résolution|rétablissement|correction|atténuation|solution apportée|"
        "lösung|behebung|wiederherstellung|entstörung|fehlerbehebung"
    ),
    "went_well": (
        "what worked well|went well|the good|good|positives|lo que funcionó bien|qué funcionó bien|qué salió bien|"
        "lo que salió bien|aspectos positivos|o que funcionou bem|o que correu bem|o que deu certo|pontos positivos|"
        "ce qui a bien fonctionné|ce qui s'est bien passé|points positifs|was gut lief|was lief gut|"
        "was gut gelaufen ist|was hat gut funktioniert"
    ),
    "went_poorly": (
        "went poorly|the bad|bad|what did not work|what did not go well|what didn't go well|what went less well|"
        "areas for improvement|negatives|what could be better|what could be improved|pain points|challenges|"
        "lo que falló|qué falló|qué no funcionó bien|qué salió mal|lo que no funcionó|lo que salió mal|"
        "o que não funcionou|o que deu errado|o que correu mal|pontos negativos|o que poderia melhorar|"
        "ce qui a mal fonctionné|ce qui s'est mal passé|ce qui n'a pas fonctionné|difficultés rencontrées|"
        "points négatifs|was schlecht lief|was lief schlecht|was nicht gut lief|was schlecht gelaufen ist"
    ),
    "lucky": (
        "lucky|got lucky|we got lucky|what went lucky|donde tuvimos suerte|dónde tuvimos suerte|onde tivemos sorte|"
        "où nous avons eu de la chance|coups de chance|wo wir glück hatten|glück gehabt"
    ),
    "lessons": (
        "lessons|lesson learned|经验教训|教训|"
        "what we learned|what did we learn|what have we learned|insights|reflections|"
        "retrospective|lessons and insights|postmortem|knowledge sharing|lecciones|aprendizajes|lo que aprendimos|"
        "lições aprendidas|licoes aprendidas|aprendizados|aprendizagens|o que aprendemos|"
        "leçons apprises|leçons tirées|enseignements|retour d'expérience|ce que nous avons appris|"
        "lessons learned und erkenntnisse|gelernte lektionen|erkenntnisse|lehren|gewonnene erkenntnisse|"
        "was wir gelernt haben"
    ),
    "open_questions": (
        "questions for follow up|unanswered questions|outstanding questions|unknowns|open points|preguntas abiertas|"
        "questões em aberto|perguntas em aberto|questions ouvertes|offene fragen|offene punkte|faq"
    ),
    "supporting": (
        "supporting material|supporting evidence|appendices|attachments|further reading|related links|evidence|"
        "additional information|additional resources|screenshots|logs|useful links|reference|anexo|anexos|referencias|"
        "enlaces|referências|apêndice|annexe|annexes|références|liens|anhang|verweise|referenzen|quellen|"
        "data and analysis|technical details and logs|dashboards"
    ),
    TIMELINE: (
        "timeline|time line|timelines|timeline of events|timeline of the events|event timeline|events timeline|"
        "incident timeline|outage timeline|timeline and response|timeline of incident|timeline of the incident|"
        "timeline of the outage|timeline/recovery efforts|timeline and recovery efforts|timeline highlights|"
        "detailed timeline|full timeline|chronology|chronology of events|chain of events|sequence of events|"
        "order of events|key events|log of events|events|event log|incident log|history|how it unfolded|"
        "cronología|cronologia|cronología de eventos|cronología del incidente|línea de tiempo|linea de tiempo|"
        "línea temporal|secuencia de eventos|linha do tempo|cronologia dos eventos|cronologia do incidente|"
        "sequência de eventos|chronologie|chronologie de l'incident|chronologie des événements|déroulement|"
        "ligne de temps|historique|zeitlicher ablauf|zeitverlauf|zeitleiste|zeitachse|ablauf|verlauf|"
        "chronologischer ablauf|ereignisverlauf|时间线|时间轴|事件时间线"
    ),
    ACTIONS: (
        "action items|action item|actions|actions following review|actions after review|actions following the review|"
        "actions following incident|actions following the incident|post incident actions|post-incident actions|"
        "post incident review actions|actions from review|actions arising|agreed actions|"
        "action items and followups|action items and follow-ups|action plan|"
        "actions to take|action points|actionable items|todo|to do|to-do|todos|follow-ups|follow ups|followups|"
        "follow-up items|follow-up actions|follow up actions|followup actions|follow-up tasks|follow-up work|"
        "corrective actions|corrective action|corrective measures|corrective and preventative measures|"
        "corrective and preventive measures|corrective/preventative measures|corrective and preventive actions|"
        "corrective and preventative actions|preventive measures|preventative measures|preventive actions|"
        "preventative actions|preventive and corrective measures|correction and preventative measures|"
        "correction and prevention|next steps|recommendations|remediation|"
        "remediation items|remediation actions|remediation plan|review actions|"
        "future work|future measures|future actions|future improvements|process improvements|technical improvements|"
        "process/technical improvements|improvements|improvements/fixes|"
        "improvements and fixes|fixes and improvements|improvement actions|prevention|prevention measures|"
        "preventing recurrence|prevent recurrence|proposal improvements|proposed improvements|suggested improvements|"
        "suggested remediation|tasks|tasks to address the issue|tasks to be done|systemic mitigation|"
        "measures against such problem in future|long term fixes|short term fixes|planned actions|planned work|"
        "what we will do|what will we do|what we plan to do|what are we doing|what we are doing|"
        "what we are doing about it|"
        "what's next|whats next|what happens next|"
        "how are we making incidents like this less likely or less impactful|lessons learned and future improvements|"
        "acciones|acciones preventivas|acciones correctivas|medidas correctivas|medidas preventivas|"
        "medidas correctivas y preventivas|acciones correctivas y preventivas|plan de acción|tareas|"
        "elementos de acción|próximos pasos|mejoras|acciones de seguimiento|"
        "ações|ações corretivas|ações preventivas|ações corretivas e preventivas|medidas corretivas|"
        "medidas corretivas e preventivas|plano de ação|itens de ação|melhorias|tarefas|próximas etapas|"
        "actions correctives|actions préventives|actions correctives et préventives|mesures correctives|"
        "mesures préventives|mesures correctives et préventives|plan d'action|plan d'actions|actions à mener|"
        "prochaines étapes|améliorations|plan d'amélioration|plan d'amélioration pour éviter la récurrence|tâches|"
        "maßnahmen|massnahmen|maßnahmenplan|korrekturmaßnahmen|vorbeugende maßnahmen|folgemaßnahmen|aufgaben|"
        "nächste schritte|verbesserungen|präventivmaßnahmen|korrektur- und vorbeugemaßnahmen|aktionspunkte|"
        "handlungsempfehlungen|empfehlungen|预防|改进措施|后续行动|行动项"
    ),
    PEOPLE: (
        "authors|author|owner|owners|postmortem owner|postmortem author|investigators/authors|incident leader|"
        "incident commander|contact|contacts|facilitator|responders|incident responders|attendees|atendees|"
        "postmortem attendees|involved parties|names of people involved|people involved|participants|"
        "peer-review committee|approvals|sign-off|sign off|signoff|reviewers|roles|team|incident team|"
        "autores|autor|participantes|responsables|responsáveis|auteurs|auteur|intervenants|autoren|beteiligte"
    ),
    CONTENTS: (
        "table of contents|contents|toc|índice|indice|tabla de contenidos|sumário de conteúdo|table des matières|"
        "sommaire|inhalt|inhaltsverzeichnis"
    ),
    WRONG: "what went wrong|what went wrong and why it mattered",
    CONCLUSION: (
        "conclusion|conclusions|closing|closing remarks|final thoughts|final notes|introduction|intro|"
        "conclusión|conclusiones|introducción|conclusão|introdução|fazit|einleitung|schluss|schlussfolgerung"
    ),
    "": (
        "notes|"
        "follow-up|follow up|acknowledgements|acknowledgments|thanks|disclaimer|glossary|severity|"
        "severity classification|metadata|communication|communications|messaging|internal email|external message|"
        "false leads|patterns|humorous note|technical elements|third party disclosures|status|"
        "success metrics|prevention strategies|cost|costs"
    ),
}  # fmt: skip
"""Names by what they mean, beside those of `schemas.sections`, with bars between; an empty key: its own section."""

_WORDLESS: Final = (
    "the a an of for our this that on in to and is was were been did do we it its with about incident's "
    "incident outage issue problem event failure disruption postmortem post-mortem report section el la "
    "los las del de un una lo le les des du l' d' il o os as do da dos das um uma der die das den des dem "
    "ein eine incidente incidencia panne vorfall vorfalls störung ausfall ausfalls"
)
WORDLESS: Final = frozenset(_WORDLESS.split())
"""Words of a heading that say nothing of what it means."""

_ALONE: Final = (
    "postmortem retrospective good bad positives negatives brief abstract reason reasons why analysis "
    "scope effects damage setting prelude architecture fixes resolved history events todo tasks team "
    "roles owner owners author authors contact contacts notes status severity thanks patterns logs "
    "problem issue triage diagnosis evidence"
)
ALONE: Final = frozenset(_ALONE.split())
"""Names that mean something only by themselves: too many other headings have these words."""

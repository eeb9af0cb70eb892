"""Words with which something to be done begins: orders (`Add alerts`) and deeds (`Adding alerts`, `Added alerts`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ENGLISH_WORDS: Final = """
accelerate accept achieve acquire activate adapt add address adjust adopt advise agree aggregate alert align
allocate allow amend analyse analyze annotate announce apply appoint approve archive arrange ask assemble assess
assign assist associate assure attach attend audit augment author automate avoid back backfill backport backup
balance ban batch begin block bookmark boost borrow bring broaden build bump buy cache calculate calibrate call cap
capture carry centralise centralize certify change chase check choose clarify clean clear close coach codify
collaborate collect combine communicate compare compile complete compress conduct configure confirm connect consider
consolidate constrain consult contact contain continue contract contribute control convert coordinate copy correct
correlate cover craft create cultivate customise customize cut debug decide declare decommission decouple decrease
dedicate deepen define delegate delete deliver demand deny deploy deprecate derive describe design detect determine
develop diagnose diagram digest direct disable discourage discover discuss display distribute diversify divide
document double downgrade downsize draft draw drill drop duplicate edit educate eliminate email emphasise emphasize
employ enable encode encourage encrypt enforce engage enhance enlarge enrich enrol enroll ensure equip escalate
establish estimate evaluate evolve examine exclude execute exercise expand expedite experiment explain explore
export expose extend extract facilitate factor familiarise familiarize file fill filter finalise finalize find
finish fix flag flush focus follow forbid force forecast form formalise formalize format forward foster freeze
gather generate get give govern grant graph group grow guarantee guard guide handle harden have help hide hire hold
host identify implement import improve include incorporate increase inform initiate inject inspect install
instate institute instruct instrument insulate integrate intensify introduce invest investigate invite involve
isolate issue join justify keep kick label launch lead learn let leverage limit link list load localise localize
lock log look lower maintain make manage map mark match maximise maximize measure meet merge migrate mind minimise
minimize mirror mitigate mock model modernise modernize modify monitor motivate move mute name negotiate notify
obtain offer offload onboard open operate optimise optimize order organise organize outline overhaul override own
package page pair parallelise parallelize parse partition partner patch pause pay perform permit persist pick pilot
pin place plan polish practice practise prefer preserve prepare present prevent print prioritise prioritize probe
procure produce profile program prohibit promote propose protect prototype prove provide provision prune publish
pull purchase purge push put quantify query queue raise randomise rate read reach rearchitect reassess rebalance
rebuild recheck reconcile reconfigure reconsider record recover recreate recruit redeploy redesign redirect reduce
reevaluate refactor refer refine refresh refund register reimburse reinforce reintroduce reject relax release
relocate rely remediate remember remind remove rename render renew reorganise reorganize repair repeat replace
replicate report repurpose request require reschedule research reserve reset resize resolve respect respond restart
restore restrict restructure retain rethink retire retrain retry retune return reuse revamp revert review revise
revisit revoke rework rewrite roll rotate route run safeguard sanitise sanitize save scale scan schedule scope
script seal search secure seek segment segregate select send separate serve set setup shadow shard share shift ship
shorten show shrink shut sign simplify simulate skip slow smooth solidify solve source specify speed split stabilise
stabilize stage standardise standardize start state stop store streamline strengthen stress strip study submit
subscribe supply support surface survey suspend switch sync synchronise synchronize tag tackle tailor take talk
target teach tell terminate test throttle tighten time track train transfer transform transition translate treat
trial triage trigger trim troubleshoot try tune turn tweak uncover understand undertake undo unify uninstall unite
unleash unlock update upgrade upskill upload use utilise utilize vacuum validate verify version vet view visualise
visualize wait walk warn watch weigh whitelist widen wire withdraw work wrap write
"""
_ENGLISH: Final = _ENGLISH_WORDS.split()
_IRREGULAR_WORDS: Final = """
began bought brought built chose chosen cut did dealt done drew drawn driven drove fed felt found froze frozen gave
given got gotten grew grown held hidden hid kept knew known laid led left let lost made meant met paid put ran read
rebuilt rewritten rewrote rolled sent set shown showed shut sought split spent started stopped taken taught thought
told took undertaken understood undone withdrawn woken wrote written
"""
_IRREGULAR: Final = _IRREGULAR_WORDS.split()
_ROMANCE_WORDS: Final = """
actualizar adoptar adquirir agregar ajustar alertar ampliar analizar añadir aplicar asegurar asignar auditar
aumentar automatizar bloquear cambiar capacitar centralizar comprar comprobar comunicar configurar contratar
controlar corregir crear definir desarrollar desplegar detectar diseñar documentar eliminar ejecutar enviar
establecer estudiar evaluar evitar fortalecer garantizar generar gestionar habilitar identificar implantar
implementar incluir incorporar incrementar informar instalar integrar introducir investigar limitar limpiar mejorar
migrar mitigar monitorear monitorizar mover notificar optimizar organizar planificar preparar prevenir priorizar
probar programar proteger realizar reducir reemplazar reforzar registrar reparar replicar restaurar revisar separar
simplificar solicitar supervisar sustituir usar utilizar validar verificar adicionar ajustar alterar aprimorar
assegurar atualizar avaliar capacitar corrigir criar desenvolver dividir efetuar escrever estabelecer executar fazer
fortalecer garantir implantar incluir melhorar monitorar otimizar planejar preparar realizar reduzir reforçar
remover revisar substituir testar treinar trocar validar verificar acheter activer adapter ajouter améliorer
analyser appliquer assurer augmenter automatiser changer configurer contrôler corriger créer définir déplacer
déployer développer documenter effectuer élaborer éliminer envoyer établir étudier évaluer éviter faire former
garantir identifier implémenter installer instaurer intégrer limiter mettre migrer modifier nettoyer optimiser
organiser planifier prévoir programmer réaliser réduire réécrire remplacer renforcer réparer répliquer réviser
séparer sécuriser supprimer surveiller tester utiliser valider vérifier
"""
_ROMANCE: Final = _ROMANCE_WORDS.split()
_ADVERBS_WORDS: Final = """
actively additionally again also always ask automatically better carefully closely consistently continuously
definitely do don't dont either eventually explicitly finally first frequently fully further going gradually
immediately just lastly let's lets more move never next not now permanently periodically please possibly potentially
proactively promptly properly quickly really regularly routinely safely second secondly significantly simply slowly
soon then third thoroughly to try
"""
_ADVERBS: Final = _ADVERBS_WORDS.split()
_NAMES_TOO_WORDS: Final = """
access alert audit back backup batch cache change check control cover cut design document draft drill factor file
filter flag focus form format graph group guard guide host import issue label lead limit link list load lock log map
mark match measure model monitor offer order outline page patch pilot place plan practice process profile program
prototype query queue rate record release report request research review route scale schedule scope script share
ship shift sign source split stage state store stress study support survey switch tag target test time track train
transition trial trigger update upgrade version view walk watch work
"""
_NAMES_TOO: Final = _NAMES_TOO_WORDS.split()
_BEFORE_NAMES: Final = """
the a an all our your every each this that these those any and or if whether for
"""
_ARTICLES: Final = frozenset(_BEFORE_NAMES.split())
_BASE: Final = frozenset((*_ENGLISH, *_ROMANCE)) - {"state", "time"}
_FORMS: Final = frozenset(_IRREGULAR)
_SKIPPED: Final = frozenset(_ADVERBS)
_NOUNS: Final = frozenset(_NAMES_TOO)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LOOKED_AT: Final = 160
_MOST_ADVERBS: Final = 3
_FEW: Final = 3


def begins_as_order(words: str) -> bool:
    """Whether a text begins with a verb as an order has it: `Add alerts`, `Regularly review …`, `Revisar …`."""
    found = _first(words)
    if found is None:
        return False
    first, second, count = found
    if first not in _BASE:
        return False
    # “Review process” and “Test coverage” are names of things, “Review processes every month” is an order.
    return not (first in _NOUNS and (count <= _FEW and second and second not in _ARTICLES))


def begins_as_deed(words: str) -> bool:
    """Whether a text begins with a form of a verb: `Adding alerts`, `Added alerts`, `Re-enabled …`."""
    found = _first(words)
    return found is not None and is_deed(found[0])


@lru_cache(maxsize=4096)
def is_deed(word: str) -> bool:
    """Whether a word is a form of a verb that tells what is done, was done or is to be done."""
    word = word.casefold().removeprefix("re-")
    if word in _BASE or word in _FORMS:
        return True
    for end in ("ing", "ed", "es", "s", "d"):
        if word.endswith(end) and len(word) > len(end) + 2:
            stem = word[: -len(end)]
            if stem in _BASE or f"{stem}e" in _BASE or (stem[-1] == stem[-2] and stem[:-1] in _BASE):
                return True
            if stem.endswith("i") and f"{stem[:-1]}y" in _BASE:
                return True
    return False


def is_past(word: str) -> bool:
    """Whether a word is a form of such a verb in the past: `added`, `set`, `written`."""
    word = word.casefold().removeprefix("re-")
    return word in _FORMS or (word.endswith("ed") and is_deed(word))


def _first(words: str) -> tuple[str, str, int] | None:
    """The first word that may be a verb, the word behind it, and how many words there are in all."""
    found = [match.group().casefold() for match in _WORD.finditer(words, 0, _LOOKED_AT)]
    for i, word in enumerate(found[: _MOST_ADVERBS + 1]):
        bare = word.removeprefix("re-").removeprefix("auto-")
        if word in _SKIPPED and i + 1 < len(found):
            continue
        return bare, found[i + 1] if i + 1 < len(found) else "", len(found)
    return None

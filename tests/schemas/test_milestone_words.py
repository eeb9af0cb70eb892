"""The words by which events say that a milestone was reached, in five languages, and the ones that take them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.incident import MILESTONES
from schemas.milestone_words import milestones_said

SAID = {
    "impact-start": (
        "Outage begins", "Errors started in the EU region", "First failed requests", "Onset of the incident",
        "Comenzó la caída", "Início do incidente", "Début de la panne", "Ausfall beginnt",
    ),
    "detected": (
        "Alert fired: latency over 2 s", "Alerts fire for checkout", "Alarm went off", "Pages start",
        "On-call is paged",
        "The SRE team gets alerted", "Monitoring detects a rise of errors", "The incident is noticed and reported",
        "Customers report errors", "First reports from support", "Issue was first detected by a customer",
        "Engineers noticed many failures",
        "End users alerted us",
        "Se detectó un aumento de errores", "Alerta disparada", "Usuários relatam lentidão", "Alerte reçue",
        "Incident signalé par un client", "Alarm ausgelöst", "Störung durch Kunden gemeldet",
    ),
    "declared": (
        "Declared SEV1", "Ana declares an incident", "Incident declared", "SEV-2 opened", "Declared as SEV 2",
        "Se declaró incidente", "Incident déclaré", "Störung ausgerufen",
    ),
    "acknowledged": (
        "Acknowledged by Kim", "Kim acked", "Somebody starts to investigate", "Investigation begins",
        "The team began looking into the logs", "Comienza la investigación", "Début de l'analyse", "Analyse beginnt",
    ),
    "mitigated": (
        "Mitigated by shedding load", "Mitigation in place", "Workaround applied", "Rollback complete",
        "Rolled back to v41", "Mitigado con un reinicio", "Contournement en place", "Ausfall eingedämmt",
    ),
    "recovered": (
        "Service fully restored", "Everything back to normal", "Latency returned to baseline",
        "All systems operational",
        "The shop is up again",
        "The site is now running normally", "Service restoration confirmed",
        "Servicio restablecido", "Serviço normalizado", "Retour à la normale",
        "Dienst wiederhergestellt", "Seite wieder erreichbar",
    ),
    "resolved": (
        "Resolved", "Issue resolved", "Incident over", "The bug is finally fixed", "All clear", "Incidente resuelto",
        "Problema solucionado", "Incidente resolvido", "Incident résolu", "Störung ist behoben",
    ),
    "closed": ("Incident closed", "Closed the ticket", "Incidente encerrado", "Ticket geschlossen"),
}  # fmt: skip


@pytest.mark.parametrize(("milestone", "words"), [(name, words) for name, said in SAID.items() for words in said])
def test_said(milestone: str, words: str) -> None:
    assert milestone in milestones_said(words)
    assert milestone in milestones_said(words.upper())


@pytest.mark.parametrize(
    "words",
    [
        "Not resolved", "The incident is not yet resolved", "Still hasn't recovered", "No alerts fired",
        "Thought resolved", "We believed that the issue was fixed", "Seemingly restored; it appears resolved",
        "Will be resolved on Monday", "Expected to be fully restored by noon", "Waiting until the service is restored",
        "Once mitigated we go to bed", "Partially recovered", "Is it resolved?", "Resolved?",
        "Trying to get it restored",
        "DNS resolved to the old address", "Could not resolve host", "Unresolved tickets pile up",
        "Falsely declared an incident", "If the alert fires again, call Kim", "Failed to be rolled back",
        "No resuelto todavía", "Será restablecido mañana", "Ainda não resolvido", "N'est pas encore résolu",
        "Partiellement rétabli", "Störung nicht behoben", "Störung konnte nicht behoben werden",
        "Soll bis Montag wiederhergestellt sein", "Lunch", "",
    ],
)  # fmt: skip
def test_not_said(words: str) -> None:
    assert milestones_said(words) == ()


def test_what_is_denied_in_one_clause_holds_in_the_next() -> None:
    assert milestones_said("The restart did not help, but the rollback is complete") == ("mitigated",)
    assert milestones_said("Not a network fault. Service restored") == ("recovered",)


def test_several_in_their_usual_order() -> None:
    assert milestones_said("Incident resolved and services restored") == ("recovered", "resolved")


def test_what_is_declared_over_is_over() -> None:
    assert milestones_said("Incident declared resolved") == ("resolved",)


def test_hypotheses_and_false_leads_reach_nothing() -> None:
    assert milestones_said("Restored", "false-lead") == milestones_said("Restored", "hypothesis") == ()
    assert milestones_said("Restored", "action") == ("recovered",)


@given(st.text(max_size=300), st.sampled_from(["", "alert", "note"]))
def test_any_text_says_milestones_or_nothing(text: str, kind: str) -> None:
    assert set(milestones_said(text, kind)) <= set(MILESTONES)


@pytest.mark.parametrize("text", ["the incident " * 20_000, "x" * 500_000, "not " * 100_000, "alert " * 50_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    assert len(milestones_said(text)) < 3


@pytest.mark.parametrize(
    "text",
    [
        "GitHub updates their status page to say the problem is fixed",
        "Provider says the outage is over",
        "The vendor's support told us it is resolved",
    ],
)
def test_what_somebody_else_says_of_himself_is_no_milestone(text: str) -> None:
    assert milestones_said(text) == ()

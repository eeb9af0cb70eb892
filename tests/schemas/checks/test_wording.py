"""Wording about people: C06 and C07."""

from __future__ import annotations

import pytest

from schemas.checks.wording import blame, slips
from tests.schemas.checks.cases import event, found, incident, only


class TestBlame:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("It was human error.", "human error"),
            ("The engineer should have checked twice.", "engineer should have"),
            ("They failed to notice.", "they failed to"),
            ("He carelessly ran the script.", "carelessly"),
            ("The on-call could have seen it.", "on-call could have"),
            ("Ops is to blame.", "to blame"),
            ("A developer had forgotten; somebody forgot to merge.", "somebody forgot to"),
        ],
    )
    def test_found(self, text: str, words: str) -> None:
        assert blame(text) == (words,)
        finding = only(incident(sections={"response": text}), "C06")
        assert (finding.severity, finding.where) == ("info", "sections/response")
        assert f'"{words}"' in finding.message

    @pytest.mark.parametrize(
        "text",
        [
            "The server failed to start.",
            "The alert should have fired.",
            "It could have been worse.",
            "This was not a human error but a trap.",
            "Error rates rose; user errors too.",
            "`to blame` is what git blame is for",
            "The default fault domain",
            "They have failed over.",
            "",
        ],
    )
    def test_not_found(self, text: str) -> None:
        assert blame(text) == ()

    def test_one_finding_for_each_section(self) -> None:
        known = incident(
            sections={"summary": "Human error. Sloppy. Sloppy.", "lessons": "Lazy."},
            other_sections=[{"id": "o", "heading": "More", "body": "They failed to look."}],
            factors=[{"id": "f", "text": "Human error"}, {"id": "g", "text": "Negligence"}],
        )
        assert [finding.where for finding in found(known, "C06")] == [
            "sections/summary",
            "sections/lessons",
            "other_sections/o",
            "factors",
        ]
        assert found(known, "C06")[0].message == 'reads like blame: "human error" and "sloppy"'


class TestByName:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("@ben forgot to renew it.", "@ben forgot to"),
            ("At 10:05 @kim.lee simply ignored the page.", "@kim.lee simply ignored"),
            ("Then Ruth misconfigured the proxy.", "Ruth misconfigured"),
            ("Ruth Meyer should have asked.", "Ruth Meyer should have"),
            ("ruth wrote it down, but Ruth did not check it.", "Ruth did not check"),
            ("Tomasz broke the build.", "Tomasz broke"),
            ("Sami had failed to notice it.", "Sami had failed to"),
            ("**Ruth** slept; Ruth couldn't have known, Ruth could've asked", "Ruth couldn't have"),
        ],
    )
    def test_found(self, text: str, words: str) -> None:
        known = incident(owner="@ruth", authors=["Sami Olsen", "tomasz@mail.example"], sections={"response": text})
        finding = only(known, "C07")
        assert (finding.severity, finding.where) == ("info", "sections/response")
        assert f'"{words}"' in finding.message

    @pytest.mark.parametrize(
        "text",
        [
            "@ben rolled it back and asked @kim to look.",
            "The gateway failed to start; @ben restarted it.",
            "@ben saw that the deploy caused the errors.",
            "@kim: the proxy ignored the header",
            "Kestrel broke the contract.",  # nobody we know
            "The loader broke. Ruth found out.",
            "Ruthless failed to start.",
            "Ruth did not get the page.",
            "Ruth could not have known, said nobody",
            "`@ben forgot to` is an example.",
            "<!-- Ruth forgot to write this -->",
            "mail to ruth@broke.example",
            "On-call failed to start the job",
        ],
    )
    def test_not_found(self, text: str) -> None:
        known = incident(owner="@ruth", authors=["on-call"], sections={"response": text})
        expected = ["Ruth could not have"] if "could not have" in text else []
        assert [each.message for each in found(known, "C07")] == [
            f'a person is the one at fault: "{words}"' for words in expected
        ]

    def test_names_come_from_all_over_the_document(self) -> None:
        actions = [{"id": "a", "owner": "Ines"}]
        known = incident(
            event("a", actor="@omar"), actions=actions, sections={"lessons": "Omar and Ines forgot to ask"}
        )
        assert '"Ines forgot to"' in only(known, "C07").message
        machine = incident(event("a", actor="loader"), sections={"lessons": "Loader failed to stop"})
        assert found(machine, "C07") == []

    def test_events_and_factors_are_told_once(self) -> None:
        known = incident(
            event("a", text="@ben forgot to merge"),
            event("b", text="@kim ignored it"),
            event("c", text="all well"),
            factors=[{"id": "f", "text": "@ben overlooked it"}],
        )
        assert [finding.where for finding in found(known, "C07")] == ["factors", "events"]
        assert [finding.where for finding in found(known.changed(events=known.events[1:]), "C07")] == [
            "factors",
            "events/b/text",
        ]

    def test_hostile_text_is_read_to_the_end(self) -> None:
        text = "@a " * 50_000 + "Ruth " * 50_000 + "@" * 50_000
        assert slips(text, ("Ruth",)) == ()

"""What must not leave the house: C12. The secrets are made up, and put together so that no scanner stops at them."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.checks.disclosure import inside_only, told_outside
from schemas.checks.secrets import secrets_in, secrets_of
from schemas.incident import Incident
from tests.schemas.checks.cases import event, found, incident, only

WORD = "".join(("Tr4k", "tor-9"))
HEX = "0123456789abcdef" * 3
SECRETS = [
    ("private key", "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE"),
    ("private key", "-----BEGIN " + "PRIVATE KEY-----"),
    ("AWS access key", "key AKIA" + "QWERTYUIOP123456 was used"),
    ("GitHub token", "ghp_" + "a1B2" * 9),
    ("GitHub token", "github_pat_" + "11ABCDEFG0" * 6),
    ("GitLab token", "glpat-" + "x1y2z3" * 4),
    ("Slack token", "xoxb-" + "123456789012-abcdefABCDEF"),
    ("Slack webhook", "https://hooks.slack.com/services/" + "T00000000/B00000000/XXXXXXXXXXXX"),
    ("Google API key", "AIza" + "SyA1234567890abcdefghijklmnopqrstuv"),
    ("Stripe key", "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"),
    ("API key", "sk-proj-" + HEX),
    ("npm token", "npm_" + "abcdefghijklmnopqrstuvwxyz0123456789"),
    ("JSON web token", "eyJ" + "hbGciOiJIUzI1.eyJ" + "zdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4"),
    ("bearer token", "Authorization: Bearer " + "abcdef0123456789abcdef"),
    ("password in an address", f"postgres://app:{WORD}@db1.example/shop"),
    ("password in an address", f"amqp://:{WORD}@queue"),
    ("password", f"password={WORD}"),
    ("password", f"DB_PASSWORD = {WORD}"),
    ("password", f"The password: {WORD}, typed twice"),
    ("password", 'client_secret: "swordfish"'),
    ("password", "mysql --password=swordfish"),
    ("password", f"AWS_SECRET_ACCESS_KEY={HEX}"),
    ("password", f'"api_key": "{HEX}"'),
    ("password", f"x-api-key: {HEX}"),
]


class TestSecrets:
    @pytest.mark.parametrize(("kind", "text"), SECRETS)
    def test_found_and_never_told(self, kind: str, text: str) -> None:
        known = incident(sections={"response": f"Then we saw `{text}` in the log."})
        finding = only(known, "C12")
        assert (finding.severity, finding.where) == ("error", "sections/response")
        assert f"({kind})" in finding.message
        for secret in (WORD, HEX, "swordfish", "MIIE", "1234567890", "4eC39Hq", "a1B2a1B2"):
            assert secret not in finding.message + finding.hint

    @pytest.mark.parametrize(
        "text",
        [
            "The password was wrong.",
            "password: unchanged since spring",
            "Reset the password for everyone",
            "password=********",
            "password=$DB_PASSWORD and secret: ${SECRET}",
            "password = os.environ('DB')",
            "password=<redacted>",
            "api_key: REDACTED",
            "secret=%s",
            "token: expired",
            "password: required-by-policy",
            "passwords/rotation is the runbook",
            "password_policy=disabled",
            "The bearer of bad news",
            "Bearer token missing",
            "sk-learn, a task-runner and disk-usage-of-the-primary-database",
            "https://wiki.example/a:b@c",
            "ssh://git@git.example/repo",
            "https://user@host.example/",
            "postgres://app:password@db/shop",
            "commit 0123456789abcdef0123456789abcdef01234567",
            "AKIA is how such keys begin",
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----",
            "secret_santa is a channel",
            "the secret: nobody knew",
            "ghp_short",
            "xoxb-",
            "eyJ is how they begin",
            "",
        ],
    )
    def test_not_found(self, text: str) -> None:
        assert secrets_in(text) == ()

    def test_anywhere_in_the_file(self) -> None:
        secret = f"password={WORD}"
        known = incident(
            event("a", text=secret),
            event("b", text="x", links=[f"https://a:{WORD}@x.example"]),
            title=secret,
            sections={"summary": secret},
            other_sections=[{"id": "o", "heading": secret, "body": secret}],
            impacts=[{"id": "i", "what": secret}],
            factors=[{"id": "f", "text": "x", "links": [secret]}],
            actions=[{"id": "p", "text": secret}, {"id": "q", "link": f"https://a:{WORD}@x.example"}],
            comments=[{"id": "c", "text": secret}, {"id": "d", "quote": secret}],
            reviews=[{"id": "r", "summary": secret}],
        )
        assert {each.where for each in secrets_of(known)} == {
            "events/a/text", "events/b/text", "title", "sections/summary", "other_sections/o",
            "other_sections/o/heading", "impacts/i/what", "factors/f/text", "actions/p/text", "actions/q/text",
            "comments/c/text", "comments/d/text", "reviews/r/summary",
        }  # fmt: skip
        told = found(known, "C12")
        assert len(told) == 6
        assert told[-1].message.startswith("8 more secrets in the file")

    def test_hostile_text_is_read_to_the_end(self) -> None:
        for text in ("password" * 20_000, "a.b-" * 40_000 + "password", "eyJ" + "a" * 100_000, "bearer " * 20_000,
                     "x://" * 40_000 + "@", "AKIA" * 40_000):  # fmt: skip
            assert secrets_in(text) == ()


class TestInside:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Ask ben.olsen@shop.example about it", ("ben.olsen@shop.example",)),
            ("<ruth@shop.example>, (ines@shop.example)", ("ruth@shop.example", "ines@shop.example")),
            ("pay-db-1.prod.internal was full", ("pay-db-1.prod.internal",)),
            ("api.corp and `cache.svc` too", ("api.corp", "cache.svc")),
            ("https://grafana.lan/d/1", ("grafana.lan",)),
            ("from 10.0.12.7 to 192.168.1.20", ("10.0.12.7", "192.168.1.20")),
            ("172.16.0.1:5432 and 169.254.169.254", ("172.16.0.1", "169.254.169.254")),
            ("host ip-10-0-12-7", ("ip-10-0-12-7",)),
        ],
    )
    def test_found(self, text: str, names: tuple[str, ...]) -> None:
        assert inside_only(text) == names

    @pytest.mark.parametrize(
        "text",
        [
            "Write to support@shop.example or security@shop.example.",
            "@ben and ruth@ looked at it",
            "deploy@4.2 and npm:left-pad@1.3.0",
            "The local development server, internal tools, a private address",
            "e.g.internal or 3.local",
            "version 10.2.3.4.5 and 1.10.0.0.1",
            "172.32.0.1, 172.15.0.1, 8.8.8.8 and 192.169.1.1",
            "schemas.local.py and settings.local.json",
            "self.private() was called",
            "10.5 % of 10.000 requests",
            "git@git.example:team/repo",
            "https://shop.example/users/ben",
            "<!-- ask ben@shop.example -->",
        ],
    )
    def test_not_found(self, text: str) -> None:
        expected = ("e.g.internal", "3.local") if text.startswith("e.g.internal") else ()
        assert inside_only(text) == expected

    @pytest.mark.parametrize(
        ("fields", "severity"),
        [
            ({"status": "draft"}, "info"),
            ({"status": "published"}, "info"),
            ({"status": "draft", "tags": ["Public"]}, "warning"),
            ({"status": "in-review", "impacts": [{"id": "i", "audience": "external"}]}, "warning"),
            ({"status": "approved", "tags": ["external"]}, "error"),
            ({"status": "published", "impacts": [{"id": "i", "audience": "External"}]}, "error"),
        ],
    )
    def test_severity(self, fields: dict[str, Any], severity: str) -> None:
        known = incident(sections={"summary": "See db1.internal", "lessons": "Ask ben@shop.example"}, **fields)
        finding = only(known, "C12")
        assert (finding.severity, finding.where) == (severity, "sections/summary")
        assert finding.message == 'outsiders would read "db1.internal" and "ben@shop.example"'

    def test_what_is_internal_is_not_shown(self) -> None:
        known = incident(
            event("a", text="db1.internal", audience="internal"),
            impacts=[{"id": "i", "what": "db1.internal", "audience": "Internal"}],
            comments=[{"id": "c", "text": "db1.internal"}],
            reviews=[{"id": "r", "summary": "db1.internal"}],
            owner="ben@shop.example",
            tags=["external"],
        )
        assert found(known, "C12") == []
        assert only(known.changed(events=[event("a", text="db1.internal")]), "C12").where == "events/a/text"

    def test_what_says_that_it_is_told_outside(self) -> None:
        def outside(**fields: Any) -> bool:
            return told_outside(Incident.model_validate(fields))

        assert outside(tags=["external"])
        assert outside(events=[{"id": "a", "audience": "customers"}])
        assert not outside(tags=["externality", "database"], events=[{"id": "a", "audience": "internal"}])

    def test_hostile_text_is_read_to_the_end(self) -> None:
        for text in ("a.b." * 40_000 + "@x", "a" * 100_000 + "@", "10." * 50_000, "a-" * 50_000 + ".internal"):
            assert len(inside_only(text)) <= 1

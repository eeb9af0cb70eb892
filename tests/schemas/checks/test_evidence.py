"""Links that will not last: P06."""

from __future__ import annotations

import pytest

from schemas.checks.addresses import addresses, trouble
from tests.schemas.checks.cases import event, found, incident, only


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("htps://wiki.example/a", "malformed"),
        ("https:/wiki.example/a", "malformed"),
        ("https//wiki.example", "malformed"),
        ("http;//wiki.example", "malformed"),
        ("https://", "malformed"),
        ("https://wiki example/a", "malformed"),
        ("https://-wiki..example/a", "malformed"),
        ("http://localhost:3000/d/x", "yours"),
        ("https://127.0.0.1/", "yours"),
        ("file:///home/ben/graph.png", "yours"),
        ("https://graphs.example/d/1?from=now-6h&to=now", "moving"),
        ("https://graphs.example/d/1?orgId=1&from=now-1d%2Fd&to=now", "moving"),
        ("https://logs.example/app#/?_g=(time:(from:now-15m,to:now))", "moving"),
        ("https://metrics.example/x?range=1h", "moving"),
        ("https://metrics.example/x?a=b&timeRange=last_30m", "moving"),
        ("https://apm.example/x?live=true", "moving"),
        ("https://graphite.example/render?from=-2h", "moving"),
        ("https://pastebin.com/abc", "expiring"),
        ("https://0x0.st/x.txt", "expiring"),
        ("https://b.s3.amazonaws.com/k?X-Amz-Expires=3600&X-Amz-Signature=ab", "expiring"),
        ("https://s.blob.core.windows.net/c?se=2026-02-11&sr=b&sig=x", "expiring"),
        ("https://team.slack.com/archives/C01/p1770778800", "chat"),
        ("https://discord.com/channels/1/2/3", "chat"),
        ("https://teams.microsoft.com/l/message/19:x", "chat"),
        ("https://us02web.zoom.us/rec/share/x", "chat"),
    ],
)
def test_trouble(address: str, why: str) -> None:
    assert trouble(address) == why
    finding = only(incident(event("a", links=[address])), "P06")
    assert (finding.severity, finding.where) == ("info" if why == "chat" else "warning", "events/a/links")


@pytest.mark.parametrize(
    "address",
    [
        "https://graphs.example/d/1?from=1770778800000&to=1770782400000",
        "https://graphs.example/d/1?from=20250329&to=20250331",
        "https://graphs.example/d/1?from=2026-02-11T03:00:00Z",
        "https://wiki.example/ranges?page=2&range=all",
        "https://wiki.example/how-to-live=true",
        "https://slack.com/help",
        "https://status.slack.com/2026-02-11",
        "https://localhost.example/a",
        "https://tracker.example/OPS-812#comment-3",
        "https://wiki.example:8443/a(b)",
        "http://[2001:db8::1]:8080/x",
        "https://bücher.example/ä",
        "OPS-812",
        "runbooks/oldest-transaction",
        "docs: how to fail over",
        "12:30",
        "mailto:kim@shop.example",
        "ftp://files.example/x",
        "https://example.com/pastebin.com",
        "",
    ],
)
def test_no_trouble(address: str) -> None:
    assert trouble(address) is None


def test_addresses_are_parted_from_their_sentence() -> None:
    text = "See https://a.example/x, (https://b.example/y_(z)) and <https://c.example/?q=1>; [d](https://d.example/w)."
    assert addresses(text) == (
        "https://a.example/x", "https://b.example/y_(z)", "https://c.example/?q=1", "https://d.example/w",
    )  # fmt: skip
    assert addresses("<!-- https://a.example -->") == ()


def test_each_sort_is_told_once_at_its_first_link() -> None:
    moving = "https://graphs.example/d/1?from=now-6h"
    known = incident(
        event("a", text=f"See {moving}."),
        sections={"detection": f"[graph]({moving})", "supporting": f"- {moving}2\n- http://localhost/x"},
        actions=[{"id": "p", "text": "x", "link": "htps://tracker.example/1"}],
        factors=[{"id": "f", "text": "x", "links": ["https://team.slack.com/archives/C1/p2"]}],
    )
    told = {finding.where: finding.message for finding in found(known, "P06")}
    assert set(told) == {"sections/detection", "sections/supporting", "actions/p/link", "factors/f"}
    assert told["sections/detection"].startswith('2 links show another time whenever they are opened, such as "https')


def test_a_signature_is_not_repeated() -> None:
    known = incident(event("a", links=["https://b.s3.example/k?X-Amz-Signature=abcdef"]))
    assert "abcdef" not in only(known, "P06").message


def test_hostile_text_is_read_to_the_end() -> None:
    for text in ("https://" * 20_000, "https://a.example/?" + "from=" * 30_000, "https://a.example/" + ")" * 100_000,
                 "https://" + "a." * 50_000, "https://x.example?Signature=" * 5_000):  # fmt: skip
        assert {trouble(address) for address in addresses(text)} <= {None, "malformed"}

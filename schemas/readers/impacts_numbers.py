"""Numbers that say how much was affected: `73 % of users`, `1,204 requests failed`, `about $3k`, `12 of 40 shops`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

_AMOUNT: Final = r"\d{1,3}(?:[,\u202f\u00a0’'](?=\d{3}(?!\d))\d{3}){1,5}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?"
_SCALE: Final = (
    r"(?:\s?(?P<scale>k|K|m|M|mn|bn|thousand|million|billion|mil|millones|mille|millions|Tausend|Millionen)(?![\w%]))?"
)
_ABOUT: Final = (
    r"(?P<about>(?:approximately|approx\.?|about|around|roughly|nearly|almost|some|an?\sestimated|estimated|circa"
    r"|ca\.|over|more\sthan|up\sto|at\sleast"
    r"|less\sthan|under|aproximadamente|cerca\sde|environ|etwa|rund|casi|quase)\s|[~≈><]\s?)?"
)
_PEOPLE: Final = """
users customers clients visitors people subscribers members players patients students passengers guests merchants
sellers buyers shops stores partners teams organizations organisations tenants companies accounts families
households developers employees colleagues drivers travellers usuarios clientes usuários utilisateurs nutzer kunden
"""
_THINGS: Final = """
requests orders payments transactions sessions calls messages emails mails notifications jobs builds deployments
deploys tickets events records rows files documents queries connections pageviews views downloads uploads checkouts
bookings reservations invoices refunds logins sign-ups signups searches devices machines servers hosts nodes pods
services instances sites websites pages domains projects repositories crates packages attempts errors failures
reports complaints deliveries shipments parcels labels trips tests runs meters gauges stations lights doors
terminals solicitudes pedidos pagos transacciones requisições pagamentos requêtes commandes paiements anfragen
bestellungen zahlungen
"""
_MASSES: Final = (
    "traffic capacity revenue sales volume load infrastructure website server service site platform system fleet base "
    "network"
)
_ONES: Final = {word.removesuffix("s") for word in f"{_PEOPLE} {_THINGS}".split() if word.endswith("s")}
_COUNTED: Final = frozenset(f"{_PEOPLE} {_THINGS}".split())
_SHARED: Final = _COUNTED | frozenset(_MASSES.split()) | frozenset(_ONES)
_DETERMINERS_WORDS: Final = """
the our all total its their these those los las de les des der die das unserer nuestros
"""
_DETERMINERS: Final = frozenset(_DETERMINERS_WORDS.split())

_SHARE: Final = re.compile(
    rf"(?<![\w.,]){_ABOUT}(?P<amount>{_AMOUNT})\s?(?:%|percent\b|per\scent\b|por\sciento\b|por\scento\b|pour\scent\b"
    rf"|Prozent\b)"
    r"(?:\s(?:of|de|dos|das|des|der|von|d['’])\s?|\s)(?P<rest>[^\n.,;:()]{1,80})",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    rf"(?<![\w.,]){_ABOUT}(?P<amount>{_AMOUNT})\s(?:out\sof|of)\s(?:the\s|our\s"
    rf"|all\s)?(?P<total>{_AMOUNT})\s(?P<rest>[^\n.,;:()]{{1,60}})",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    rf"(?<![\w.,:/#$€£-]){_ABOUT}(?P<amount>{_AMOUNT}){_SCALE}\+?\s(?P<rest>[^\n.,;:()]{{1,60}})", re.IGNORECASE
)
_MONEY: Final = re.compile(
    rf"(?<!\w){_ABOUT}(?:(?P<sign>US\$|\$|€|£)\s?(?P<amount>{_AMOUNT}){_SCALE}"
    rf"|(?P<amount2>{_AMOUNT})(?:\s?(?P<scale2>k|K|M|thousand|million|billion))?"
    r"\s?(?P<code>USD|EUR|GBP|dollars|euros|pounds|€|KES|NGN|CHF|BRL|INR|ETH|DAI)(?!\w))",
)
_CURRENCIES: Final = {
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "£": "GBP",
    "dollars": "USD",
    "euros": "EUR",
    "pounds": "GBP",
}
_TIMES: Final = {
    "k": 1e3, "thousand": 1e3, "mil": 1e3, "mille": 1e3, "tausend": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6,
    "millions": 1e6, "millones": 1e6, "millionen": 1e6, "bn": 1e9, "billion": 1e9,
}  # fmt: skip
_STATUS_CODE: Final = re.compile(
    r"(?:(?:internal|server|bad|gateway|service|unavailable|not|found|forbidden|timeout|http|status"
    r"|proxy)\s){0,4}(?:errors?|responses?|codes?|pages?|status)\b",
    re.IGNORECASE,
)
_NO_NAME: Final = """
hours hour minutes minute seconds second days day weeks week months month am pm utc gmt gb mb tb kb ms and or to was
were is are in on at by for with from as that which than into after before per of the a an between x times
"""
_STOPS: Final = frozenset(_NO_NAME.split())
_FOLLOWING: Final = re.compile(r"\s([^\W\d_][\w-]*)")
_CLOCK: Final = re.compile(
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?|\b\d+\s?(?:hours?|minutes?|mins?|hrs?|days?)\b", re.IGNORECASE
)
_MOST_WORDS: Final = 4
_CLAUSE: Final = re.compile(
    r"[,;:]\s+|\s[–—-]\s+|\s[(]|[)]\s?|\b(?:resulting\sin|which|while|during|between|for\sa\stotal|lasting)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 160


class Number(Struct, frozen=True):
    """A number with what it counts, as fields of an impact, and where it stands in the text."""

    amount: int | float
    unit: str
    start: int
    end: int
    total: int | float | None = None
    about: bool = False


def numbers_in(text: str) -> list[Number]:
    """The numbers of affected things in a text, in order."""
    found = [*_shares(text), *_money(text)]
    taken = [(each.start, each.end) for each in found]
    for each in (*_parts(text), *_counts(text)):
        if not any(start < each.end and each.start < end for start, end in taken):
            found.append(each)
            taken.append((each.start, each.end))
    return sorted(found, key=lambda each: each.start)


def clause_around(text: str, number: Number) -> str:
    """The part of a sentence in which a number stands, without times and lengths beside it."""
    cuts = [match.span() for match in _CLAUSE.finditer(text)]
    begins, ends = [0, *(end for _, end in cuts)], [*(begin for begin, _ in cuts), len(text)]
    for begin, end in zip(begins, ends, strict=True):
        if begin <= number.start < end:
            # What a document claims about times is read from its sections, and should not be claimed twice.
            begin = max([begin, *(each.end() for each in _CLOCK.finditer(text, begin, number.start))])
            after = _CLOCK.search(text, number.end, end)
            words = text[begin : after.start() if after else end].strip(" .,;:()*_")
            return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0]
    return text[number.start : number.end].strip()


def plain_number(words: str, scale: str | None = None) -> int | float:
    """A number as it is written, thousands apart or not."""
    bare = re.sub(r"[,\u202f\u00a0’']", "", words)
    value: int | float = int(bare) if bare.isdecimal() else float(bare)
    if not scale:
        return value
    times = round(value * _TIMES[scale.casefold()], 3)
    return int(times) if times == int(times) else times


def _shares(text: str) -> Iterator[Number]:
    for match in _SHARE.finditer(text):
        if (noun := _noun(match["rest"], _SHARED)) is not None:
            end = match.start("rest") + noun[1]
            yield Number(
                plain_number(match["amount"]), f"% of {noun[0]}", match.start(), end, about=bool(match["about"])
            )


def _parts(text: str) -> Iterator[Number]:
    for match in _PART.finditer(text):
        if (noun := _noun(match["rest"], _COUNTED)) is not None:
            end = match.start("rest") + noun[1]
            total = plain_number(match["total"])
            yield Number(plain_number(match["amount"]), noun[0], match.start(), end, total, bool(match["about"]))


def _counts(text: str) -> Iterator[Number]:
    position = 0
    while (match := _COUNT.search(text, position)) is not None:
        position = match.start("rest")
        noun = _noun(match["rest"], _COUNTED)
        if noun is None or (len(match["amount"]) == 3 and _STATUS_CODE.match(match["rest"])):
            continue
        amount = plain_number(match["amount"], match["scale"])
        yield Number(amount, noun[0], match.start(), match.start("rest") + noun[1], about=bool(match["about"]))


def _money(text: str) -> Iterator[Number]:
    for match in _MONEY.finditer(text):
        amount = plain_number(match["amount"] or match["amount2"], match["scale"] or match["scale2"])
        sign = match["sign"] or match["code"]
        yield Number(amount, _CURRENCIES.get(sign, sign), match.start(), match.end(), about=bool(match["about"]))


def _noun(rest: str, known: frozenset[str]) -> tuple[str, int] | None:
    """The thing that is counted and where its words end: `active users`, `flag evaluation requests`."""
    kept: list[str] = []
    for match in re.finditer(r"[^\W\d_][\w-]*", rest):
        word = match.group()
        if not kept and word.casefold() in _DETERMINERS:
            continue
        if len(kept) >= _MOST_WORDS or (kept and rest[: match.start()].rstrip()[-1:] in "/|"):
            return None
        kept.append(word)
        if word.casefold() in known:
            following = _FOLLOWING.match(rest, match.end())
            if following is None or following[1].casefold() not in known:
                return " ".join(kept), match.end()
        if word.casefold() in _STOPS:
            return None
    return None

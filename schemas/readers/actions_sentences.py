"""Sentences of a section about what is to be done: which promise something, introduce a list, or close the section."""

from __future__ import annotations

import re
from typing import Final

from schemas.readers.actions_verbs import begins_as_deed, begins_as_order, is_past

_WHO: Final = r"(?:we|i|they|it|[\w-]{2,30}s?|team|teams|engineers?|developers?)"
_WILL: Final = re.compile(
    r"\b(?:will|shall|should|must|'ll|’ll|going\sto|plans?\sto|plan(?:ned|ning)\s(?:to|on)|intends?\sto|intending\sto"
    r"|needs?\sto|needed\sto|ha(?:ve|s)\sto(?!\sbe\s(?:said|noted))|ought\sto|want\sto|aim\sto|propose[sd]?(?:\sto)?"
    r"|recommend(?:ed|s)?"
    r"|suggest(?:ed|s)?|decided\s(?:to|on|that)|agreed\s(?:to|on|that)|scheduled\s(?:to|for)|committed\sto"
    r"|(?:is|are)\sto\sbe|to\sbe\s\w{3,20}ed|can\sbe\simproved|could\sbe\simproved|may\snot\sbe|(?:is"
    r"|are)\snot\sallowed"
    r"|(?:is|are)\s(?:now\s)?required|vamos\sa|debe(?:n|mos|ría|rían)?|ser[áa]n?|haremos|planeamos|devemos|deve(?:m"
    r"|ria)?|iremos|vamos"
    r"|allons|devons|doit|doivent|devra|werden|wird|sollen|soll(?:te|ten)?|müssen|muss)\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:(?:we|i|they|teams?|engineers|have|has|had|'ve|’ve)\s(?:(?:also|now|already|since|then|both|have|has|had"
    r"|'ve|been)\s){0,3}"
    r"|(?:was|were)\s(?:(?:also|now|already|since|then|all|both|each)\s){0,2})(\w{2,20}(?:ed|en|t|ut|it|un|lt|pt|de"
    r"|d|an))\b",
    re.IGNORECASE,
)
_MAIN_CLAUSE_ENDS: Final = re.compile(
    r"\b(?:where|which|that|who|when|if|because|as|since|so|while|although|until|before|after|unless|but|would|could"
    r"|should|might)\b",
    re.I,
)
_DOING: Final = re.compile(
    r"\b(?:is|are|am|'re|’re|'m)\s(?:(?:also|now|currently|already|actively)\s){0,2}(?:working|looking|\w{3,20}ing)\b",
    re.IGNORECASE,
)
_EXPLAINS: Final = re.compile(
    r"\W*(?:this|that|these|those|it|they|which|such|doing\sso|with\sthis|in\sthis\sway|here|the\s(?:goal|idea|aim"
    r"|reason|purpose)"
    r"|esto|esta|isso|cela|ceci|das|dies|dadurch)\b",
    re.IGNORECASE,
)
_CLOSES: Final = re.compile(
    r"\W*(?:in\s(?:conclusion|summary|closing|short)|to\s(?:conclude|sum\sup|summari[sz]e)|(?:conclusion|overall"
    r"|ultimately|en\sconclusión|em\sconclusão|"
    r"en\sconclusion|zusammenfassend)\b|by\s(?:\w{2,20}ly\s)?(?:and\s)?\w{3,20}ing\b|(?:with|through|via)"
    r"\s(?:all\s(?:of\s)?)?(?:these|this|that|those|the(?:se)?\sabove)\b"
    r"|(?:all\s(?:of\s)?)?(?:these|the\s(?:above|proposed|listed|implemented))\s(?:\w{2,20}\s){0,4}(?:measures?"
    r"|steps?|actions?|changes|improvements?|tasks?"
    r"|initiatives?|items?|efforts?|recommendations?)\b"
    r"|this\s(?:\w{2,20}\s)?(?:post-?mortem|incident|outage|report|document|plan|experience|event)\b"
    r"|we\s(?:\w{2,20}ly\s)?apologi[sz]e"
    r"|(?:we|i)\s(?:are|am|were)\s(?:truly\s|very\s|deeply\s)?sorry|thank(?:s|\syou)\b|we\s(?:are"
    r"|remain)\s(?:\w{2,20}ly\s)?(?:committed|confident|dedicated)"
    r"|we\s(?:hope|believe|aim|strive|trust|appreciate|value|recogni[sz]e)\b|our\s(?:goal|aim|commitment)\b"
    r"|implementando\s|ao\simplementar|en\smettant)",
    re.IGNORECASE,
)
_INTRO: Final = re.compile(
    r"\b(?:following|below|these|several|some|(?:a\s)?number\sof|various|two|three|four|five|six"
    r"|list\sof)\b[^.:]{0,80}?"
    r"\b(?:measures?|actions?|steps?|tasks?|improvements?|items?|changes|recommendations?|implementations?|fixes"
    r"|things|points|plans?|rules?"
    r"|ideas|lessons|initiatives|strategies|work)\b",
    re.IGNORECASE,
)
_LABEL_LINE: Final = re.compile(
    r"\W*(?:(?:here|below)\s(?:is|are)\s)?(?:(?:a|the|our|some|possible)\s)?(?:"
    r"(?:short\s|full\s|detailed\s|complete\s)?list\sof\s(?:\w{2,20}\s){0,3}(?:tasks?|actions?|things|measures?"
    r"|improvements?|items?|steps|fixes|todos?|to-dos?)\b"
    r"|(?:what|which|how)\s(?:are|is|can|could|should|will|do|did|to|needs?|must|else|would|things)\b"
    r"|(?:things|items|tasks|measures|actions|areas|points|steps|work)\s(?:that\s|which\s|we\s|to\s|which\s"
    r"|for\s)(?:\w{2,20}\s?){1,6}$)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\"')\]”’*_]{0,3}\s+(?=[\"'(\[“‘*_]{0,3}[A-ZÀ-ÞΑ-ЯŽ\d@#`])|(?<=[。！？])")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|no|cf|incl|esp|resp|fig|mr|mrs|ms|dr|st|inc|ltd|z\.B|p\.ex|ej)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|would|could|can|may|might|did|does|do|seems?|shows?|showed|proved|became"
    r"|caused|occurred|happened)\b",
    re.IGNORECASE,
)
_BEGINS_SENTENCE: Final = re.compile(
    r"\W*(?:these|this|here|below|the\sfollowing|following|we|in\sorder|to|as|our|based|from\sthis|going\sforward"
    r"|moving\sforward|some|several|listed)\s",
    re.IGNORECASE,
)
_ASIDE_BEFORE: Final = re.compile(
    r"\W*(?:(?:before|after|when|whenever|while|if|in\scase|once|for|in|on|at|to|during|where|additionally"
    r"|furthermore|moreover|also|"
    r"in\saddition|as\sa\sresult|going\sforward|moving\sforward|in\sthe\sfuture|para|avant|vor)\b[^,.:;]{0,120}"
    r"|[\w-]{2,20}),\s",
    re.IGNORECASE,
)
_FURTHER: Final = re.compile(
    r"\W*(?:additionally|furthermore|moreover|also|in\saddition|besides|finally|lastly|además|adicionalmente"
    r"|além\sdisso|de\splus|en\soutre"
    r"|außerdem|zusätzlich|zudem)\b|.{0,20}\b(?:we|team|i)\s(?:will|shall|'ll)\salso\b",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"\W*(?:author|authors|written\sby|prepared\sby|reviewed\sby|approved\sby|signed|regards|sincerely|by|date"
    r"|last\supdated|contact)\s?[:,]",
    re.IGNORECASE,
)
_TOLD: Final = frozenset({
    "responded", "taken", "took", "identified", "found", "initiated", "started", "began", "begun", "noticed",
    "detected", "reported", "occurred", "resolved", "restored", "recovered", "investigated", "caused", "led", "shown",
    "discovered", "notified", "alerted", "escalated", "diagnosed", "sent",
})  # fmt: skip
"""Deeds of those who respond to an incident: no measures against the next one."""
_LONGEST: Final = 4000
_LOOKED_AT: Final = 400
_FEW: Final = 6


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; joined by spaces they are the text."""
    found: list[list[str]] = []
    for piece in _SENTENCE.split(text):
        if found and _ABBREVIATION.search(found[-1][-1][-12:]):
            found[-1].append(piece)
        elif piece.strip():
            found.append([piece.strip()])
    return [" ".join(pieces) for pieces in found]


def is_promise(words: str) -> bool:
    """Whether a sentence says what will, should or must be done, in the future or as an order."""
    if len(words) > _LONGEST or is_closing(words) or _EXPLAINS.match(words):
        return False
    return is_order(words) or _WILL.search(words, 0, _LOOKED_AT) is not None


def is_order(words: str) -> bool:
    """Whether a sentence is an order, an aside before it or not: `Before closing the file, check …`."""
    if begins_as_order(words):
        return True
    aside = _ASIDE_BEFORE.match(words)
    return aside is not None and begins_as_order(words[aside.end() :])


def is_done_deed(words: str) -> bool:
    """Whether a sentence says that a measure was taken: `We have added …`, `Alerts have been configured`."""
    if is_closing(words) or _EXPLAINS.match(words) or is_order(words):
        return False
    ends = _MAIN_CLAUSE_ENDS.search(words, 1, _LOOKED_AT)
    clause = words[: ends.start() if ends else _LOOKED_AT]
    return any(is_past(found[1]) and found[1].casefold() not in _TOLD for found in _DONE.finditer(clause))


def is_under_way(words: str) -> bool:
    """Whether a sentence says that something is being worked on."""
    return not is_closing(words) and _DOING.search(words, 0, _LOOKED_AT) is not None


def is_closing(words: str) -> bool:
    """Whether a sentence closes a section, without anything that is to be done: `By implementing these …`."""
    return _CLOSES.match(words) is not None


def is_signed(words: str) -> bool:
    """Whether a line says who wrote the document, or when."""
    return _SIGNED.match(words) is not None


def is_intro(words: str) -> bool:
    """Whether a line introduces what stands below it: `The following measures …`, or anything with a colon behind."""
    bare = words.strip().rstrip("*_ ")
    return bare.endswith((":", "：")) or (len(bare) < _LOOKED_AT and _INTRO.search(bare) is not None)


def is_label_line(words: str) -> bool:
    """Whether a short line without a full stop only names what follows: `A list of tasks to address the issue`."""
    bare = words.strip().strip("*_ ").rstrip(":： ")
    return len(bare) <= 90 and not bare.endswith((".", ";")) and _LABEL_LINE.match(bare) is not None


def is_sentence_label(words: str) -> bool:
    """Whether a label is rather the beginning of a sentence: `These are the most important ones:`."""
    return _BEGINS_SENTENCE.match(words) is not None or _FINITE.search(words) is not None


def goes_on(words: str) -> bool:
    """Whether a sentence adds one more thing to be done: `Additionally, we will …`."""
    return _FURTHER.match(words) is not None


def is_item_like(words: str) -> bool:
    """Whether a line of its own reads like an item of a list: an order, a deed, a name of a thing, a promise."""
    if is_closing(words) or is_signed(words) or _EXPLAINS.match(words):
        return False
    if begins_as_deed(words) or is_promise(words) or is_done_deed(words):
        return True
    first = " ".join(words.split()[:_FEW])
    return _FINITE.search(first) is None and len(words.split()) > 1

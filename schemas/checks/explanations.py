"""What there is to say about each rule: when it fires, why, what to do, and examples that a test runs.

A rule has a file `guide/<ID>.md`: prose, a paragraph that begins with `*Why:*`, one with `*Do:*`, then a bad and a good
example as fenced TOML. They are read only when asked for; `docs/checks.md` is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final, Literal

from msgspec import Struct

from schemas.checks.registry import RULES, Rule

FAMILIES: Final = {
    "T": ("Times", ""),
    "C": ("Content", ""),
    "A": ("Actions", "Actions that are done or dropped are not looked at, except by A11."),
    "P": ("Process", ""),
}
"""The families of rules by their letter: a heading, and what holds for all of them."""

Kind = Literal["", "other", "settings"]
"""What a fence holds: the incident that is looked at, another one of its library, or the library's settings."""

_PARTS: Final = re.compile(
    r"\A(?P<text>.+?)\n+\*Why:\*\s(?P<why>.+?)\n+\*Do:\*\s(?P<do>.+?)\n+Bad:\n(?P<bad>.+?)\nGood:\n(?P<good>.+?)\n*\Z",
    re.DOTALL,
)
_FENCE: Final = re.compile(r"^```toml ?(other|settings|)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(Struct, frozen=True):
    """An incident as TOML, with the other incidents and the settings that it needs to be one."""

    incident: str
    others: tuple[str, ...] = ()
    settings: str = ""

    @property
    def blocks(self) -> Iterator[tuple[Kind, str]]:
        """What it consists of, in the order in which it is shown."""
        yield "", self.incident
        yield from (("other", other) for other in self.others)
        if self.settings:
            yield "settings", self.settings


class Explanation(Struct, frozen=True):
    """A rule explained. All but the examples is Markdown; `text` may be several paragraphs with tables."""

    rule: Rule
    text: str
    why: str
    do: str
    bad: Example
    good: Example

    def markdown(self, level: int = 1) -> str:
        """The whole as Markdown under a heading of a level."""
        heading = f"{'#' * level} {self.rule.id} {self.rule.title} ({self.rule.severity})"
        parts = [heading, self.text, f"*Why:* {self.why}", f"*Do:* {self.do}"]
        for name, example in (("Bad", self.bad), ("Good", self.good)):
            parts.append(f"{name}:")
            parts += [f"```toml{f' {kind}' if kind else ''}\n{block}```" for kind, block in example.blocks]
        return "\n\n".join(parts) + "\n"

    @property
    def plain(self) -> str:
        """What it says without the examples, as Markdown."""
        return f"{self.text}\n\n*Why:* {self.why}\n\n*Do:* {self.do}\n"


@cache
def explanation(rule_id: str) -> Explanation:
    """What there is to say about a rule.

    Raises:
        KeyError: there is no such rule.
        ValueError: its file is not there, or has another shape than it should.
    """
    rule = RULES[rule_id]
    try:
        text = (_guide() / f"{rule_id}.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ValueError(f"schemas/checks/guide/{rule_id}.md is not there: every rule has to be explained") from None
    parts = _PARTS.match(text)
    if parts is None:
        raise ValueError(f"guide/{rule_id}.md needs prose, *Why:*, *Do:*, Bad: and Good:, in this order")
    bad, good = _example(rule_id, parts["bad"]), _example(rule_id, parts["good"])
    return Explanation(rule, parts["text"].strip(), parts["why"].strip(), parts["do"].strip(), bad, good)


def explained() -> tuple[str, ...]:
    """The ids of the rules that have a file, sorted."""
    names = (each.name for each in _guide().iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if re.fullmatch(r"[A-Z]\d\d\.md", name)))


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    """Rules as they are listed for people: family by family, each by its number."""
    return sorted(rules, key=lambda rule: (tuple(FAMILIES).index(rule.id[0]), rule.id))


def page() -> str:
    """All rules as one Markdown page, `docs/checks.md`.

    Raises:
        ValueError: a rule is not explained.
    """
    parts = [(_guide() / "README.md").read_text(encoding="utf-8")]
    rules = in_order(RULES.values())
    for letter, (heading, remark) in FAMILIES.items():
        parts.append(f"## {heading}\n" + (f"\n{remark}\n" if remark else ""))
        parts += [explanation(rule.id).markdown(3) for rule in rules if rule.id[0] == letter]
    return "\n".join(parts)


def _guide() -> Traversable:
    return resources.files("schemas.checks") / "guide"


def _example(rule_id: str, text: str) -> Example:
    found = [(kind, block) for kind, block in _FENCE.findall(text)]
    of_kind = {kind: [block for each, block in found if each == kind] for kind in ("", "other", "settings")}
    if len(of_kind[""]) != 1 or len(of_kind["settings"]) > 1:
        raise ValueError(f"guide/{rule_id}.md: an example has one ```toml and at most one ```toml settings")
    if _FENCE.sub("", text).strip():
        raise ValueError(f"guide/{rule_id}.md: there is more than TOML in an example")
    return Example(of_kind[""][0], tuple(of_kind["other"]), "".join(of_kind["settings"]))

"""`postmortem check --explain`: what a rule is about, as it stands in the guide."""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from typing import Final

import click

from tui.cli import console

OPTION: Final = "--explain"
_FIGURES: Final = str.maketrans("OIL", "011")


def explain(names: str) -> None:
    """Print what there is to say about rules: their ids with commas between, in capitals or not, or `all`.

    Raises:
        click.BadParameter: there is no such rule; the nearest ones are named.
    """
    from schemas.checks import RULES
    from schemas.checks.explanations import explanation, in_order

    wanted = [name for name in re.split(r"[,\s]+", names.upper()) if name]
    if "ALL" in wanted:
        wanted = [rule.id for rule in in_order(RULES.values())]
    for name in wanted:
        if name not in RULES:
            raise click.BadParameter(_no_such_rule(name), param_hint=OPTION)
    if not wanted:
        raise click.BadParameter("name a rule, such as T06, or all.", param_hint=OPTION)
    text = "\n".join(explanation(name).markdown() for name in dict.fromkeys(wanted))
    if console.is_terminal(sys.stdout):
        _print_formatted(text)
    else:
        sys.stdout.write(text)


def _no_such_rule(name: str) -> str:
    from schemas.checks import RULES

    known = sorted(RULES)
    # A letter for a figure, or a zero left out, can only mean one rule.
    meant = f"{name[0]}{name[1:].translate(_FIGURES).zfill(2)}"
    near = [meant] if meant in RULES else get_close_matches(name, known, 3, 0.5)
    if near:
        return f"there is no rule {name!r}; did you mean {' or '.join(near)}?"
    family = [rule for rule in known if rule[0] == name[0]]
    return f"there is no rule {name!r}; there is {', '.join(family or known)}."


def _print_formatted(text: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    Console(highlight=False, no_color=not console.wants_colour(sys.stdout)).print(Markdown(text, hyperlinks=False))

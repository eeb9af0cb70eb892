"""TOML text as data, by the compiled sister of `tomllib`: it takes less than half of the time.

Both give the same data for the same texts. What the compiled reader does not take `tomllib` reads again, so that faults
are told in its words and positions on every machine.
"""

from __future__ import annotations

from typing import Any, Final

from tomli import loads as _compiled

from schemas.patterns import late

DEEPEST: Final = 100
"""With more brackets than this that may stand in one another a text is left to `tomllib`, which raises where the
compiled reader would run out of stack."""

_OTHER_HEADER: Final = late(r"\n\[\[?(?!events\]\]\n)\w+\]\]?(?=\n)")


def read_toml(text: str) -> dict[str, Any]:
    r"""The data of a text, with `\n` for line breaks.

    Raises:
        tomllib.TOMLDecodeError: it is not TOML.
        ValueError: a number in it has more digits than Python takes.
        RecursionError: too many lists or tables stand in one another.
    """
    if _is_flat(text):
        try:
            return _compiled(text)
        except ValueError:
            pass
    import tomllib

    return tomllib.loads(text)


def _is_flat(text: str) -> bool:
    """Whether lists and tables stand in one another at most `DEEPEST` levels deep, by a count of what may open one.

    A bracket opens another level unless it belongs to a header or follows a `=`; a table in braces may hold a list.
    """
    opened = text.count("[") + 2 * text.count("{")
    if opened <= DEEPEST:
        return True
    opened -= text.count("= [") + 2 * text.count("\n[[events]]\n")
    if opened <= DEEPEST:
        return True
    headers = "".join(header[0] for header in _OTHER_HEADER.finditer(text))
    return opened - headers.count("[") <= DEEPEST

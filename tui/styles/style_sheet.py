"""Style sheets that are parsed once.

Textual 8.2.8 parses all of them again with each screen that is opened, and after each change of the theme also where no
colour is another one; and it forgets all but the last 64, of which a screen like ours alone has more.
"""

from __future__ import annotations

from typing import Final

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

_ALL: Final = 1024
"""More sheets than all widgets and screens together have."""


class StyleSheet(Stylesheet):
    """Textual's style sheet, which keeps what was parsed for as long as the colours stay."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_ALL)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Use these colours; what was parsed is forgotten if they are others."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is not parsed yet.

        Raises:
            StylesheetError: a sheet could not be read.
            StylesheetParseError: a sheet is invalid. Nothing is changed then.
        """
        self.parse()

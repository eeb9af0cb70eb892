"""What is wrong, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.message import Message

from schemas.checks import Finding
from tui.widgets.bindings import bindings
from tui.widgets.rows import Rows, Span, fit

GLYPHS: Final = {"error": ("✗", "error"), "warning": ("!", "warning"), "info": ("·", "muted")}


class FindingsView(Rows):
    """A list of findings: severity, rule, message. Findings that offer a fix carry a hammer."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("findings")

    class Wanted(Message):
        """`fix` or `waive` is wanted of a finding."""

        def __init__(self, what: str, finding: Finding) -> None:
            super().__init__()
            self.what = what
            self.finding = finding

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.findings: tuple[Finding, ...] = ()

    def show(self, findings: tuple[Finding, ...]) -> None:
        """Show these findings; the cursor stays on the same one while it is there."""
        if findings is self.findings:
            return
        old = self.finding
        if _faces(findings) == _faces(self.findings):
            self.findings = findings
            return
        self.findings = findings
        at = next((i for i, f in enumerate(findings) if old and (f.rule, f.where) == (old.rule, old.where)), self.index)
        self.rows_changed(len(findings), None)
        self.move_to(at, tell=False)

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor."""
        return self.findings[self.index] if self.index < len(self.findings) else None

    def place_at(self, finding: Finding) -> None:
        """Put the cursor on a finding."""
        at = next((i for i, f in enumerate(self.findings) if (f.rule, f.where) == (finding.rule, finding.where)), None)
        if at is not None:
            self.move_to(at, tell=False)

    def empty_text(self) -> Sequence[str]:
        """That all is well."""
        return (" ✓ Nothing is wrong that a machine can see.",)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:
        """One finding on one line."""
        finding = self.findings[index]
        glyph, role = GLYPHS[finding.severity]
        if finding.waived:
            glyph, role = "–", "muted"
        mark = " ⚒" if finding.fix else ""
        text = finding.message if not finding.waived else f"{finding.message} (waived: {finding.waived})"
        return (
            (f" {glyph} ", role),
            (f"{finding.rule}  ", "muted"),
            (fit(text, width - 9 - len(mark)), "muted" if finding.waived else "text"),
            (mark, "accent"),
        )

    def action_fix(self) -> None:
        """Apply the fix of the finding under the cursor."""
        if self.finding:
            self.post_message(self.Wanted("fix", self.finding))

    def action_waive(self) -> None:
        """Accept the finding under the cursor."""
        if self.finding:
            self.post_message(self.Wanted("waive", self.finding))


def _faces(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, str, bool]]:
    return [(f.rule, f.where, f.message, f.waived, f.fix is not None) for f in findings]

"""Everything that is said about a document on screen: comments, verdicts, the status, what changed, the questions."""

from __future__ import annotations

from tui.screens.verdict_actions import VerdictActions


class RemarkActions(VerdictActions):
    """The actions of a screen on which a document is reviewed. `RemarkBase` says what the screen has to give."""

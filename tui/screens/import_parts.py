"""Keeping the two sides and the doubts of the import screen in step."""

from __future__ import annotations

from textual import on

from tui.screens.import_frame import ImportFrame
from tui.widgets.question_card import Card
from tui.widgets.question_list import QuestionRow
from tui.widgets.rows import Rows
from tui.widgets.step_sheet import Sheet
from tui.workspace.import_questions import Question
from tui.workspace.import_view import View, view_of


class ImportParts(ImportFrame):
    """The side where the cursor was moved leads; the other one and the doubts follow."""

    def show_view(self, view: View, *, first: bool = False) -> None:
        """Show what came of the document and the answers."""
        before = self.question
        row = self.row
        self.view = view
        asked = view.result.questions
        keys = [each.key for each in asked]
        if before is not None and before.key in keys:
            self.at = keys.index(before.key)
        self.at = min(self.at, max(0, len(asked) - 1))
        self.set_class(not asked, "-clear")
        self.document.show(view.result.lines, used=view.used, doubted=view.doubted, unplaced=view.unplaced)
        at = view.outline.of_path(row.path) if row is not None and row.path else None
        if first:
            at = next((index for index, each in enumerate(view.outline.rows) if each.chosen and each.path), 0)
        self.made.show(view.outline.rows, view.asked, at)
        self.sync_head()
        self.sync_question()
        if self._made_leads:
            self._follow_made()
        else:
            self._follow_document()

    def sync_question(self) -> None:
        """Show the list of doubts, and the one that is chosen."""
        view = self.view
        if view is None:
            return
        result = view.result
        rows = []
        for each in result.questions:
            answer = result.answers.get(each.key)
            rows.append(QuestionRow(each.line, each.text, each.why, answer.choice.label if answer else "", each.kind))
        self.question_list.show(rows, self.at)
        question = self.question
        if question is None:
            placed = "" if self.only_events else "; every line has its place"
            self.card.show_words([[(f"✓ Nothing is in doubt{placed}.", "good")]])
            return
        taken = result.taken(question)
        answer = result.answers.get(question.key)
        told = ""
        if answer is not None and taken is not None and question.options[taken].asks:
            told = answer.choice.label
        where = f"line {question.line:,}"
        head = f"{self.at + 1} of {len(result.questions)} · {where}"
        options = tuple(option.label for option in question.options)
        self.card.show_card(Card(head, _line_text(view, question), question.why, options, taken, told))

    def look_at(self, index: int, *, move: bool = True) -> None:
        """Show a doubt; with `move` go to the line that it is about, too."""
        if self.view is None or not 0 <= index < len(self.view.result.questions):
            return
        self.at = index
        self.sync_question()
        self.sync_status()
        question = self.question
        if not move or question is None:
            return
        if 0 < question.line <= self.document.row_count:
            self.document.move_to(question.line - 1, tell=False)
            self._made_leads = False
            at = self.view.outline.of_path(question.path) if question.path else None
            self._follow_document(at)

    @on(Rows.Moved, "#document")
    def _document_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._made_leads = False
        self._follow_document()
        self._question_of(self.document.index + 1)

    @on(Rows.Moved, "#made")
    def _made_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._made_leads = True
        self._follow_made()
        row = self.made.row
        if row is not None and row.lines:
            self._question_of(row.lines[0])

    @on(Rows.Moved, "#questions")
    def _question_moved(self, event: Rows.Moved) -> None:
        event.stop()
        self.look_at(event.index)

    def _follow_document(self, at: int | None = None) -> None:
        """Mark at the right what the line under the cursor became."""
        if self.view is None:
            return
        rows = list(self.view.outline.of_line(self.document.index + 1))
        if at is not None and at not in rows:
            rows.append(at)
        self.document.lead()
        self.made.link(rows)
        if at is not None:
            self.made.move_to(at, tell=False)
        self.sync_why()

    def _follow_made(self) -> None:
        """Mark at the left what the row under the cursor comes from."""
        row = self.made.row
        self.made.lead()
        self.document.link([number - 1 for number in row.lines] if row is not None else ())
        self.sync_why()

    def _question_of(self, line: int) -> None:
        """Show the doubt about a line, if there is one."""
        if self.view is None:
            return
        question = self.question
        if question is not None and question.line == line:
            return
        for index, each in enumerate(self.view.result.questions):
            if each.line == line:
                self.look_at(index, move=False)
                return

    @on(Sheet.Resized, "#card")
    def _card_resized(self) -> None:
        self.sync_question()

    def on_resize(self) -> None:
        """What fits depends on the width."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        wanted = self.made if self._made_leads else self.document
        if self.focused is None or not self.focused.focusable:
            self.set_class(self._made_leads, "-made-side")
            self.set_focus(wanted, scroll_visible=False)
        self.sync_head()
        self.sync_status()

    def new_view(self) -> View:
        """What there is to show now. Does not touch the screen."""
        assert self.session is not None
        return view_of(self.session.result, only_events=self.only_events)


def _line_text(view: View, question: Question) -> str:
    """The line that a question is about, as it stands; the words that are asked about where they stand elsewhere."""
    lines = view.result.lines
    line = lines[question.line - 1].text.strip() if 0 < question.line <= len(lines) else ""
    words = question.text.strip()
    return line if words in line else words

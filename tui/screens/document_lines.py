"""The lines at the head and the foot of a document, and the one over its timeline."""

from __future__ import annotations

from rich.cells import cell_len

from tui.screens.document_parts import DocumentParts
from tui.screens.headlines import metric_spans, place_name, state_spans
from tui.widgets.key_hints import DOCUMENT, key_hints
from tui.widgets.line import Lines
from tui.widgets.phase_bar import PhaseBar
from tui.widgets.rows import Span, fit

_LOCAL = {
    "timeline": ("timeline.edit",),
    "table": ("table.edit", "table.add"),
    "findings": ("findings.open",),
    "threads": ("threads.reply", "threads.resolve"),
}


class DocumentLines(DocumentParts):
    """What is always in sight: title and metrics, the zone of the timeline, what just happened."""

    _said: Span = ("", "muted")
    _told: Span | None = None
    _told_key = ""

    def sync_masthead(self) -> None:
        """Title, state and facts; metrics and counts of findings."""
        doc, session = self.doc, self.session
        head = self.query_one("#masthead", Lines)
        mark = state_spans(session, self.file_mark)
        facts = " · ".join(filter(None, [doc.status, doc.severity or "no severity", place_name(doc.zone)]))
        head.show_line(0, [(doc.title or "Untitled incident", "strong")], [*mark, (facts, "muted"), (" ", "text")])
        counts: list[Span] = []
        narrow = self.size.width < 80
        for glyph, severity, role in (("✗", "error", "error"), ("!", "warning", "warning"), ("·", "info", "muted")):
            if (count := self.counts.of[severity]) and not (narrow and severity == "info"):
                counts.append((f"{glyph}{count} " if narrow else f"{glyph} {count}  ", role))
        if not counts:
            counts = [("✓ no findings ", "good")]
        counts = [*self.standing_spans(), *counts]
        room = self.size.width - sum(len(text) for text, _ in counts) - 4
        head.show_line(1, metric_spans(session.measurements, room), counts)

    def standing_spans(self) -> list[Span]:
        """What reviewers said of the document, before the counts of findings."""
        return []

    def sync_story(self) -> None:
        """How many events, in which zone their clocks are shown, and the phases."""
        timeline = self.shown_timeline
        count = len(timeline.entries)
        right: list[Span] = [(f"{count} events" if count != 1 else "1 event", "muted")]
        if timeline.entries:
            doubtful = self.event_marks.zone_is_doubtful
            label = self.face.label(self.session.timeline)
            right.append((" · ", "muted"))
            right.append((f"{label} ?" if doubtful else label, "warning" if doubtful else "muted"))
            if self.face.choice:
                right[-1] = (label, "accent")
        self.query_one("#story", Lines).show_line(0, [("Timeline", "strong")], [*right, (" ", "text")])
        self.query_one("#phases", PhaseBar).show(timeline)

    # The bottom line

    def say(self, text: str, role: str = "muted") -> None:
        """What just happened, in the bottom line, where it stays until something else happens."""
        self._said = (text, role)
        self._told = None
        self.sync_status()

    def tell(self, about: Span | None, key: str = "", *, moved: bool = True) -> None:
        """What there is to know about the place of the cursor, until something happens; None for nothing.

        `key` says what can be done about it and stays in sight where the words are too long. If the cursor has not
        `moved`, what just happened has the line.
        """
        if self._said[0] and not moved:
            return
        if (about, key) != (self._told, self._told_key):
            self._told, self._told_key = about, key
            self._said = ("", "muted")
            self.sync_status()

    def may_change(self) -> bool:
        """Whether the document can be changed; says why not."""
        if self.session.read_only:
            self.say(f"Read-only: {self.session.read_only}", "warning")
        return not self.session.read_only

    def sync_status(self) -> None:
        """The bottom line: what there is to know or what just happened, and the keys that matter here."""
        width = self.size.width
        said = self._told or self._said
        words, key = said[0], self._told_key if self._told else ""
        most = max(width * 2 // 3, min(width - 11, 60)) if self._told else width // 2
        room = width - min(cell_len(words + key), most) - 3
        keys, tags = key_hints(self._hinted(), room)
        used = sum(len(text) for text, _ in keys)
        if key and cell_len(words + key) > width - used - 4:
            words = fit(words, max(0, width - used - 4 - cell_len(key)))
        self.query_one("#status", Lines).show_line(0, [(words, said[1]), (key, "accent")], keys, tags)

    def _hinted(self) -> tuple[str, ...]:
        here: tuple[str, ...] = ()
        for name, widget in (
            ("timeline", self.timeline_view), ("table", self.table), ("findings", self.findings_view),
            ("threads", self.query_one("#talk")),
        ):  # fmt: skip
            if self.focused_in(widget):
                here = _LOCAL[name]
        return ("app.help", *here, *DOCUMENT)

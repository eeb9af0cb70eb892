"""The commands of the review screen, as the registry takes them: name, title, help, keys, action, hint, opens."""

from __future__ import annotations

from typing import Final

Row = tuple[str, str, str, str, str, str, bool]

ROWS: Final[tuple[Row, ...]] = (
    ("next", "Next", "The next event; in the text, the next section.", "right n j", "step(1)", "", False),
    ("previous", "Previous", "The event before; in the text, the section before.", "left p k", "step(-1)", "", False),
    ("first", "First", "The first event or section.", "home", "edge(-1)", "", False),
    ("last", "Last", "The last event or section.", "end", "edge(1)", "", False),
    (
        "next-milestone", "Next milestone", "Forward to the next turning point.",
        "m", "milestone(1)", "milestone", False,
    ),
    ("previous-milestone", "Milestone before", "Back to the turning point before.", "M", "milestone(-1)", "", False),
    ("next-gap", "Next gap", "Forward to the event that ends the next long silence.", "g", "gap(1)", "gap", False),
    ("previous-gap", "Gap before", "Back to the event that ended the silence before.", "G", "gap(-1)", "", False),
    ("next-comment", "Next comment", "To the next open comment, in the timeline or the text.", "o", "", "", False),
    ("previous-comment", "Comment before", "To the open comment before.", "O", "", "", False),
    (
        "next-finding", "Next finding", "To the next thing that is wrong; with hindsight only.",
        "f8", "finding(1)", "", False,
    ),
    ("previous-finding", "Finding before", "To the one before.", "f7", "finding(-1)", "", False),
    ("go-to-time", "Go to a time", "Type 14:30, +2h, T+1h or May 3 02:00.", "t", "", "", True),
    ("go-to", "Go to", "Find an event, a section, an action or a finding and go there.", "ctrl+g", "", "", True),
    ("play", "Play or pause", "Let the incident pass by itself; any other step pauses it.", "space", "", "", False),
    (
        "faster", "Play faster", "The next higher speed: 1x, 10x, 60x, 300x, 600x …",
        "plus equals_sign", "speed(1)", "", False,
    ),
    ("slower", "Play slower", "The next lower speed.", "minus", "speed(-1)", "", False),
    (
        "speed", "Choose the speed", "Type 60x: so many seconds of the incident in one.",
        "f6", "choose_speed", "", True,
    ),
    (
        "hindsight", "With or without hindsight", "Without it, what came later stays hidden until you get there.",
        "h", "", "hindsight", False,
    ),
    ("text", "Timeline or text", "Switch between the timeline and the sections.", "tab f4", "switch", "text", False),
    (
        "list", "List", "Show the timeline or the sections as a list, where there is no room beside.",
        "l", "", "", False,
    ),
    ("up", "Scroll up", "A line of what does not fit.", "up", "scroll(-1)", "", False),
    ("down", "Scroll down", "A line of what does not fit.", "down", "scroll(1)", "", False),
    ("page-up", "A page up", "Scroll by what fits on the screen.", "pageup b", "page(-1)", "", False),
    ("page-down", "A page down", "Scroll by what fits on the screen.", "pagedown f", "page(1)", "", False),
    ("zone", "Next zone", "Show the clocks in UTC, in your zone, or in the incident's.", "z", "next_zone", "", False),
    (
        "copy-link", "Copy a link", "Put the address of a link here on the clipboard; nothing is opened.",
        "y", "", "", True,
    ),
    ("comment", "Comment", "Write a comment on the event or section.", "c", "", "comment", True),
    ("answer", "Answer", "Answer the comment here.", "r", "", "", True),
    ("resolve", "Resolve or reopen", "Settle the comment here, or open it again.", "x", "", "", False),
    ("comments", "All comments", "The list of all comments.", "a", "all_comments", "", False),
    (
        "threads", "Into the comments", "Put the cursor into the comments here; Esc comes back.",
        "enter", "into_threads", "", False,
    ),
    (
        "questions", "Questions", "The questions that no program can answer, one at a time.",
        "q", "", "questions", True,
    ),
    ("verdict", "Verdict", "Approve, or ask for changes.", "v", "", "verdict", True),
    (
        "stage", "Status", "Take the incident a step on or back: draft, in review, approved, published.",
        "s", "", "", True,
    ),
    ("changes", "What changed", "What is different since you last looked.", "d", "what_changed", "", False),
    ("save", "Save", "Write the comments and verdicts to the file.", "ctrl+s f2", "", "", False),
    ("undo", "Undo", "Take back the last comment or verdict.", "ctrl+z alt+z u", "", "", False),
    ("redo", "Redo", "Do again what was undone.", "ctrl+y alt+y", "", "", False),
    (
        "file-changes", "Changes of the file", "What others changed in the file while it is open here.",
        "alt+o", "file_changes", "", False,
    ),
    (
        "edit-anyway", "Write anyway", "Write although somebody else has the file open; both are merged.",
        "alt+shift+e", "edit_anyway", "", False,
    ),
    ("back", "Back", "Close what is open, then leave the review.", "escape", "", "", False),
)  # fmt: skip
"""In the order of the help. An empty action is the name of the command; `f` scrolls, since the list takes no keys."""

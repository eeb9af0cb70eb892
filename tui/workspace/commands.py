"""Every action a person can take, once: key bindings, footer, palette, help and the key table all read this list."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from tui.workspace import review_commands
from tui.workspace.conflict_commands import CONFLICT_ROWS
from tui.workspace.history_commands import HISTORY_ROWS
from tui.workspace.import_commands import IMPORT_ROWS
from tui.workspace.part_commands import PART_ROWS
from tui.workspace.recovery_commands import RECOVERY_ROWS
from tui.workspace.remark_commands import REMARK_ROWS


class Command(Struct, frozen=True):
    """One action. `id` names it in keymaps; `scope` is where its keys work; `action` is what runs it there.

    `keys` are the default keys, the one to show first. `hint` is its word in the bottom line, empty if it has no place
    there. `opens` says that it opens a line to type in: its key is looked at before the focused widget gets it, so that
    what is typed right behind it goes into that line.

    Scopes: `app` works everywhere; `document`, `library`, `review`, `conflict` and `recovery` on their screens;
    `timeline`, `table`, `findings`, `sections` and `form` while that part has the focus.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    scope: str
    action: str
    hint: str = ""
    opens: bool = False


SCOPES: Final[dict[str, str]] = {
    "app": "Everywhere",
    "library": "Library",
    "document": "Document",
    "review": "Review",
    "conflict": "Conflicts",
    "recovery": "Unsaved work",
    "history": "Earlier versions",
    "import": "Import",
    "sections": "In the list of sections",
    "form": "In a form",
    "threads": "In the comments",
    "timeline": "In the timeline",
    "table": "In a table",
    "findings": "In the findings",
}
"""Scopes with their headings in the help, in order."""


def _c(
    scope: str, name: str, title: str, text: str, keys: str, action: str = "", hint: str = "", opens: bool = False
) -> Command:
    action = action or name.replace("-", "_")
    return Command(f"{scope}.{name}", title, text, tuple(keys.split()), scope, action, hint, opens)


COMMANDS: Final[tuple[Command, ...]] = (
    _c("app", "help", "Help", "All keys and commands, searchable.", "f1", hint="help", opens=True),
    _c("app", "palette", "Commands", "Find and run any command, or jump.", "ctrl+p f3", hint="commands", opens=True),
    _c("app", "quit", "Quit", "Leave the program; asks if something is not saved.", "ctrl+q f10"),
    _c("app", "theme", "Next theme", "Switch between the dark and the light theme.", "f11", action="next_theme"),
    _c(
        "app",
        "redraw",
        "Redraw the screen",
        "Paint everything again, after something else wrote to the terminal.",
        "ctrl+l",
    ),
    _c(
        "app",
        "recover",
        "Recover unsaved work",
        "What was typed and never saved because the program ended before its time.",
        "alt+b",
    ),
    # Library
    _c("library", "open", "Open the incident", "Open the selected incident for editing.", "enter", hint="open"),
    _c("library", "review", "Review the incident", "Step through it, comment and sign off.", "v", hint="review"),
    _c("library", "new", "New incident", "Start a new, empty incident in this folder.", "ctrl+n n", hint="new"),
    _c(
        "library",
        "filter",
        "Filter",
        "Words anywhere in incidents, or status:draft, sev:1, zone:none, is:broken, has:errors.",
        "ctrl+f /",
        hint="filter",
    ),
    _c(
        "library",
        "sort",
        "Sort by the next column",
        "Date, severity, title, status, length, actions, findings.",
        "s",
        hint="sort",
    ),
    _c("library", "reverse", "Reverse the order", "Turn the order of the list around.", "r"),
    _c("library", "delete", "Move to the trash", "Move the file into the folder .trash, after asking.", "delete d"),
    _c("library", "undo", "Undo", "Bring back what went to the trash last.", "ctrl+z u alt+z", hint="undo"),
    _c("library", "refresh", "Read the folder again", "Look for files that came, went or changed.", "f5"),
    _c("library", "export", "Export to Markdown", "Write the selected incident as Markdown.", "x"),
    _c("library", "history", "Earlier versions", "What was saved of the file before, and in git; restore one.", "h"),
    _c(
        "library",
        "import",
        "Import a document",
        "Make an incident of a document or of pasted text.",
        "i",
        hint="import",
    ),
    # Document
    _c("document", "save", "Save", "Write the incident to its file.", "ctrl+s f2", hint="save"),
    _c("document", "save-as", "Save as", "Write the incident to another file.", "f12"),
    _c("document", "export", "Export to Markdown", "Write the incident as a Markdown file.", "f9", action="export"),
    _c("document", "undo", "Undo", "Take back the last change, wherever it was made.", "ctrl+z alt+z"),
    _c("document", "redo", "Redo", "Do again what was undone.", "ctrl+y alt+y"),
    _c(
        "document",
        "add-event",
        "New event",
        "One line: 14:05 what happened. Also +15m, ~14:05, 14:05-14:20, May 3 02:00, ?, !detected, @who.",
        "ctrl+n alt+n",
        hint="event",
        opens=True,
    ),
    _c(
        "document",
        "add",
        "Add to this place",
        "A new impact, factor, action, stated value or section, by where you are.",
        "ctrl+o insert",
    ),
    _c(
        "document",
        "timeline",
        "Timeline",
        "Go to the timeline, or back to the text.",
        "f4 ctrl+t",
        action="toggle_timeline",
        hint="timeline",
    ),
    _c("document", "next-pane", "Next pane", "Sections, editor, timeline, findings.", "f6"),
    _c("document", "previous-pane", "Previous pane", "The same, backwards.", "shift+f6"),
    _c("document", "next-section", "Next section", "Open the section below.", "ctrl+pagedown alt+down"),
    _c("document", "previous-section", "Previous section", "Open the section above.", "ctrl+pageup alt+up"),
    _c("document", "go-to", "Go to", "Find a section, event, action or finding and go there.", "ctrl+g", opens=True),
    _c("document", "find", "Find", "Find words anywhere in the incident.", "ctrl+f", opens=True),
    _c("document", "find-next", "Find next", "The next place with the words looked for.", "ctrl+r alt+f"),
    _c("document", "next-finding", "Next finding", "Go to the next thing that is wrong.", "f8", hint="next finding"),
    _c("document", "previous-finding", "Previous finding", "Go to the one before.", "f7"),
    _c(
        "document",
        "fix",
        "Apply the fix",
        "Settle the finding under the cursor, or the one last visited, where it offers a fix.",
        "alt+x",
        action="fix_finding",
    ),
    _c(
        "document",
        "waive",
        "Waive the finding",
        "Accept the finding under the cursor, or the one last visited, with a reason.",
        "alt+w",
        action="waive_finding",
    ),
    _c(
        "document",
        "external",
        "Edit in $EDITOR",
        "Open this text in your editor and take it back.",
        "f5 alt+e",
        action="external_editor",
    ),
    _c("document", "copy-section", "Copy the section", "Put this section's Markdown on the clipboard.", "alt+c"),
    _c("document", "copy-markdown", "Copy all as Markdown", "Put the whole Markdown on the clipboard.", "alt+m"),
    _c(
        "document",
        "paste-events",
        "Paste events",
        "Turn many lines into events, after a look.",
        "alt+v",
        action="paste_events",
    ),
    _c("document", "add-section", "Add a section", "A section with a heading of your own.", "alt+s", opens=True),
    _c("document", "rename-section", "Rename the section", "Change the heading of a section of your own.", "alt+r"),
    _c(
        "document",
        "zone",
        "Zone of the clocks",
        "Choose the zone that times are shown and read in; nothing in the file changes.",
        "alt+t",
        action="choose_zone",
    ),
    _c(
        "document",
        "metrics",
        "What others call it",
        "The lengths side by side as other teams define them; choose the definitions of the head line.",
        "alt+l",
        action="compare_metrics",
    ),
    _c("document", "review", "Review", "Step through the timeline and the text, comment and sign off.", "alt+h"),
    _c(
        "document",
        "file-changes",
        "Changes of the file",
        "What others changed in the file while it is open here; settle where you changed the same.",
        "alt+o",
        action="file_changes",
    ),
    _c(
        "document",
        "edit-anyway",
        "Edit anyway",
        "Edit although somebody else has the file open; what both write is merged.",
        "alt+shift+e",
        action="edit_anyway",
    ),
    _c(
        "document",
        "history",
        "Earlier versions",
        "What was saved before, signed, or committed to git: see what changed, restore one.",
        "alt+shift+h",
        opens=True,
    ),
    _c("document", "back", "Back", "Close what is open, then leave the document.", "escape"),
    # Review
    *(_c("review", *row) for row in review_commands.ROWS),
    # Lists, tables and forms
    *(_c(*row) for row in PART_ROWS),
    # Comments and verdicts
    *(_c(*row) for row in REMARK_ROWS),
    # Conflicts
    *(_c(*row) for row in CONFLICT_ROWS),
    # Unsaved work
    *(_c(*row) for row in RECOVERY_ROWS),
    # Earlier versions
    *(_c(*row) for row in HISTORY_ROWS),
    # Import
    *(_c(*row) for row in IMPORT_ROWS),
)
"""Every command in the order in which the help lists them."""

BY_ID: Final[dict[str, Command]] = {command.id: command for command in COMMANDS}


def works_on(scope: str, screen: str) -> bool:
    """Whether commands of a scope can be run on a screen, by the screen's own scope."""
    if scope in ("app", screen):
        return True
    if screen == "review":
        return scope == "threads"
    return screen == "document" and scope not in ("library", "review", "conflict", "recovery", "history", "import")


def of_scope(scope: str) -> tuple[Command, ...]:
    """The commands of one scope, in order."""
    return tuple(command for command in COMMANDS if command.scope == scope)


_NAMES: Final = {
    "ctrl": "^",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "backspace": "Backspace",
    "insert": "Ins",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "shift": "Shift",
    "alt": "Alt",
    "slash": "/",
    "asterisk": "*",
}


def key_text(key: str) -> str:
    """How a key is written for people: `^S`, `F1`, `Alt+↓`."""
    parts = key.split("+")
    *modifiers, last = parts
    shown = _NAMES.get(last, last.upper() if modifiers or (last[0] == "f" and last[1:].isdigit()) else last)
    if modifiers == ["ctrl"]:
        return f"^{shown}"
    return "+".join([*("Ctrl" if m == "ctrl" else _NAMES.get(m, m) for m in modifiers), shown])

"""The commands of the parts of a document: its lists, tables and forms; part of `tui.workspace.commands`."""

from __future__ import annotations

from typing import Final

from tui.workspace.remark_commands import Row

PART_ROWS: Final[tuple[Row, ...]] = (
    # List of sections
    Row("sections", "open", "Open the section", "Edit the selected section.", "enter right l", action="choose"),
    Row(
        "sections", "move-up", "Move the section up", "For sections of your own.", "shift+up K", action="move_item(-1)"
    ),
    Row(
        "sections",
        "move-down",
        "Move the section down",
        "For sections of your own.",
        "shift+down J",
        action="move_item(1)",
    ),
    Row(
        "sections",
        "delete",
        "Remove the section",
        "For sections of your own; can be undone.",
        "delete d",
        action="remove_item",
    ),
    # Timeline
    Row("timeline", "edit", "Edit the event", "Open the event's fields.", "enter e", action="choose", hint="edit"),
    Row("timeline", "add", "New event", "One line at the foot of the timeline.", "n a", action="add"),
    Row(
        "timeline",
        "delete",
        "Delete",
        "Delete the selected or marked events; can be undone.",
        "delete d",
        action="remove_item",
    ),
    Row("timeline", "mark", "Mark", "Mark events to shift or delete several.", "space", action="mark"),
    Row("timeline", "mark-all", "Mark all or none", "Mark every event, or none.", "*", action="mark_all"),
    Row(
        "timeline",
        "shift",
        "Shift in time",
        "Move the marked events by a length such as +3h or -15m.",
        "s",
        action="shift",
    ),
    Row(
        "timeline", "milestone", "Set milestones", "Choose which turning points this event is.", "m", action="milestone"
    ),
    Row("timeline", "kind", "Set the kind", "Alert, action, decision, hypothesis, false lead …", "t", action="kind"),
    Row("timeline", "fix", "Apply the fix", "Settle what is wrong with the event, where that can be done.", "f"),
    Row("timeline", "waive", "Waive the finding", "Accept what is wrong with the event, with a reason.", "w"),
    Row("timeline", "zone", "Next zone", "Show the clocks in UTC, in your zone, or in the incident's.", "z"),
    # Tables
    Row("table", "edit", "Edit", "Open the fields of the selected row.", "enter e", action="choose", hint="edit"),
    Row("table", "add", "Add", "A new row.", "n a", action="add", hint="add"),
    Row("table", "delete", "Delete", "Delete the selected row; can be undone.", "delete d", action="remove_item"),
    Row("table", "move-up", "Move up", "One row up.", "shift+up K", action="move_item(-1)"),
    Row("table", "move-down", "Move down", "One row down.", "shift+down J", action="move_item(1)"),
    # Findings
    Row("findings", "open", "Go to the place", "Show where the finding is.", "enter", action="choose", hint="go there"),
    Row("findings", "fix", "Apply the fix", "Where the finding offers one (marked ⚒).", "f", action="fix"),
    Row("findings", "waive", "Waive", "Accept the finding, with a reason.", "w", action="waive"),
    # Forms
    Row("form", "choices", "Choices", "The values this field knows.", "enter ctrl+down", action="choices"),
    Row("form", "next", "Next field", "One field down.", "down tab", action="next_field"),
    Row("form", "previous", "Previous field", "One field up.", "up shift+tab", action="previous_field"),
)

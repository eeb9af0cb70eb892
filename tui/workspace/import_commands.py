"""The commands of the screen that shows what was read from a document; part of `tui.workspace.commands`."""

from __future__ import annotations

from typing import Final

from tui.workspace.remark_commands import Row

_NUMBERS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

IMPORT_ROWS: Final[tuple[Row, ...]] = (
    Row(
        "import", "next", "Next doubt", "The next doubt, or lines without a place, that is not settled.",
        "f8 n", "open(1)", "next",
    ),
    Row("import", "previous", "Doubt before", "The one before that is not settled.", "f7 p", "open(-1)"),
    *(
        Row(
            "import", f"{name}", f"Take the {name} choice", "Of the doubt that is shown.",
            str(number), f"pick({number})", "choose" if number == 1 else "",
        )
        for number, name in enumerate(_NUMBERS, 1)
    ),
    Row("import", "reopen", "Ask again", "Leave the doubt that is shown open again.", "backspace"),
    Row(
        "import", "drop", "Take it out", "What is under the cursor is no event, action or claim; its lines are kept.",
        "delete d",
    ),
    Row("import", "move", "To another section", "Put what is under the cursor into another section.", "m", opens=True),
    Row("import", "time", "Another time", "Give the event under the cursor another time.", "t", opens=True),
    Row("import", "zone", "Zone of all times", "Read the whole document in another time zone.", "z", opens=True),
    Row("import", "day", "Day it begins", "Read the whole document from another day on.", "b", opens=True),
    Row(
        "import", "order", "Day or month first", "Read dates in figures the other way round.", "o",
    ),
    Row("import", "undo", "Undo", "Take back the last answer.", "u ctrl+z alt+z", hint="undo"),
    Row("import", "redo", "Redo", "Give again the answer that was taken back.", "ctrl+y alt+y"),
    Row(
        "import", "switch", "Other side", "From the document to what was made of it, and back.", "tab f6",
        hint="other side",
    ),
    Row("import", "switch-back", "Other side, backwards", "The same the other way round.", "shift+tab shift+f6"),
    Row(
        "import", "accept", "Accept", "Take it as it is now; nothing is written before you save.",
        "ctrl+s f2 enter", hint="accept",
    ),
    Row("import", "back", "Leave", "Import nothing; asks if anything was answered.", "escape", hint="leave"),
)  # fmt: skip

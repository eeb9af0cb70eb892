"""A file with a comment in every place that one can have, and texts to which comments are added anywhere."""

from __future__ import annotations

import tomllib

from hypothesis import strategies as st

COMMENTED = """\
# Licence: CC0

format = 1
title = "Push failed"  # as in the chat
status = "draft"
# who else?
authors = [
    "Ada",  # on call
    # not sure
    "Grace",
    # ask the rest
]
# foot of the top

# about the first

# two blocks of it
[[events]]
id = "k7q2"
# from the log
at = 2024-05-02
kind = "alert"  # paging
# foot of the first

# about the second
[[events]]
id = "b8d3"

# end of the file
"""


def with_comments(text: str, data: st.DataObject) -> str:
    """The text with comments put in at some places where they change no value."""
    block = st.sampled_from(("# a", "#", "    # indented", "# a\n# b", "# a\n\n# b", "#[events]", "# x = 1\t", '# """'))
    tail = st.sampled_from(("# why", "  # why", "\t#"))
    whole = tomllib.loads(text)
    for _ in range(data.draw(st.integers(1, 5))):
        lines = text.split("\n")
        index = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            lines.insert(index, data.draw(block))
        elif lines[index] and "#" not in lines[index] and not lines[index].endswith("["):
            lines[index] += data.draw(tail)
        try:
            if tomllib.loads("\n".join(lines)) == whole:
                text = "\n".join(lines)
        except tomllib.TOMLDecodeError:
            continue
    return text

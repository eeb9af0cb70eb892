"""Guides to writing a report and templates full of slots are refused, however few lines they have."""

from __future__ import annotations

import pytest

from schemas.readers.document import read_document
from schemas.readers.imported import NotReadable

GUIDE = """\
# Writing effective postmortems

## Introduction

A postmortem is a good way to learn from what broke.

## Why

- Postmortems help us to understand what went wrong.

## Parts

1. **Timeline of events:**
   - Lay out what happened, with times.

2. **Follow-up actions:**
   - List what is to be done, by whom and until when.

## Conclusion

Writing a good postmortem is work that pays.
"""
SHORT = """\
Reports

A postmortem is a tool that many houses use.

Take an outage that you have seen and write a postmortem about it.
"""
SLOTS = """\
# Postmortem: outage of the web stack

**Summary:**

- Start: [date and time]
- End: [date and time]
- Impact: [what users saw]

**Timeline:**

- Detected at [time] through [how it was noticed].
- Looked into [parts of the system].
- Called [team].

**Root cause:**

- [what caused it]

**Tasks:**

1. **[first task]:** [what it is]

This was a wild ride, but we have made the stack a better one.
"""


@pytest.mark.parametrize(
    ("text", "word"), [(GUIDE, "tells how to write"), (SHORT, "tells how to write"), (SLOTS, "template")]
)
def test_it_is_refused_with_a_reason(text: str, word: str) -> None:
    with pytest.raises(NotReadable, match=word):
        read_document(text, name="guide.md")


def test_a_report_that_speaks_of_postmortems_is_none() -> None:
    report = "# Lamp broke\n\nA postmortem is a must here.\n\nWriting postmortems is fun.\n\n- 10:00 it broke\n"
    assert read_document(report, name="report.md").incident.events


def test_a_short_story_without_times_is_read() -> None:
    story = "# Lamp broke\n\nA postmortem is a must here.\n\n## Root cause\nThe wire was old.\n"
    assert read_document(story, name="story.md").incident.sections.get("root_cause") == "The wire was old."

"""Templates and tasks are refused with a reason; real reports with something left in them are not."""

from __future__ import annotations

import pytest

from schemas.readers.document import read_document
from schemas.readers.imported import NotReadable

TEMPLATE = """\
# [Incident title]

## Summary
Describe what happened in two sentences.

## Impact
[Number of users affected]

## Timeline
- HH:MM - event
- HH:MM - event

## Root cause
TBD

## Action items
| Action | Owner | Due |
|---|---|---|
| ... | ... | YYYY-MM-DD |
"""
TASK = """\
0. My first postmortem
mandatory

Any software system will eventually fail. Write a postmortem of an outage that you have seen.

Requirements:

* Issue summary must contain how long it was and from when to when
* Timeline must contain when the issue was detected
* Your report must be between 400 to 600 words

Repo:

* GitHub repository: web-debugging
* File: README.md
"""


@pytest.mark.parametrize(("text", "word"), [(TEMPLATE, "template"), (TASK, "tells how to write")])
def test_what_is_no_report_is_refused(text: str, word: str) -> None:
    with pytest.raises(NotReadable, match=word) as caught:
        read_document(text, name="x")
    assert caught.value.detail
    assert caught.value.hint


def test_a_report_with_placeholders_left_is_read() -> None:
    filled = TEMPLATE.replace("- HH:MM - event", "- 2024-05-02 10:00 - the disk was full", 1)
    assert len(read_document(filled, name="x").incident.events) >= 1


def test_a_report_behind_its_task_is_read() -> None:
    text = f"{TASK}\n# Report\n\n## Timeline\n- 2024-05-02 10:00 UTC: the disk was full\n"
    assert len(read_document(text, name="x").incident.events) == 1

"""How far a postmortem has come: some faults weigh more the closer it is to being published."""

from __future__ import annotations

from schemas.sections import STATUSES


def reached(status: str, stage: str) -> bool:
    """Whether an incident of this status has come to a stage, such as `in-review`; an unknown status is a draft.

    Raises:
        ValueError: there is no such stage.
    """
    level = STATUSES.index(status) if status in STATUSES else 0
    return level >= STATUSES.index(stage)

"""The questions that a reviewer asks of a postmortem and no program can: a script to walk, one answer at a time.

An answer is a comment on the place that the question looks at, with the question's id in `question`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from schemas.anchors import WHOLE
from schemas.incident import Comment, Incident


class Question(Struct, frozen=True):
    """One question. `look_at` is the place to look at (see `schemas.anchors`), `prompt` what to look for there.

    `id` never changes: answers in files hold on to it.
    """

    id: str
    text: str
    look_at: str
    prompt: str


QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "deep-enough",
        "Does the analysis go deep enough, or does it stop at what set the incident off?",
        "sections/root_cause",
        "Ask why the trigger could do so much harm, and why again of each answer. A single cause is rarely all of it.",
    ),
    Question(
        "same-again",
        "Would the actions have prevented, shortened or shown this incident, and the next one like it?",
        "actions",
        "Go through them one by one: which of the three does each do, and for which of the causes?",
    ),
    Question(
        "right-actions",
        "Are these the right actions in the right order, and is it honest where nothing is to be done?",
        "actions",
        "Look for causes without an action, actions without a cause, and a priority that nobody will keep to.",
    ),
    Question(
        "all-affected",
        "Is everybody in the account who was affected?",
        "sections/impact",
        "Other teams, other regions, customers of customers, data that was wrong without an error, work done by hand.",
    ),
    Question(
        "what-they-knew",
        "At each step: what did people know then, and why did it make sense to them to do what they did?",
        "events",
        "Step through without looking ahead. Wherever you would have acted otherwise, ask what they could not see.",
    ),
    Question(
        "wrong-turns",
        "Which wrong turns and false leads does the story leave out?",
        "events",
        "Long gaps and sudden insights are where they went. They show what made the right answer hard to find.",
    ),
    Question(
        "what-was-hard",
        "What made the work hard without being a cause: access, tools, words, who was to decide, hand-overs?",
        "sections/went_poorly",
        "Ask those who were there what they had to wait for, search for, or ask somebody for.",
    ),
    Question(
        "luck",
        "Where were we lucky, and what would have happened without it?",
        "sections/lucky",
        "The hour of the day, who happened to be there, what happened to hold. Luck is no safeguard.",
    ),
    Question(
        "half-the-time",
        "What would have cut the time in half?",
        "sections/response",
        "Look at the longest stretch between two milestones: what was being waited for in it?",
    ),
    Question(
        "before",
        "Has this happened before, and if so, why did what was done about it not hold?",
        "sections/background",
        "Look for incidents of the same services or causes, and what became of their actions.",
    ),
    Question(
        "outsider",
        "Would somebody from outside the team understand it?",
        "sections/summary",
        "Read the summary and the timeline as if you had never heard of the system. Mark each word that you would ask "
        "about.",
    ),
    Question(
        "read-aloud",
        "Could each person who appears in it read it aloud in front of the others?",
        WHOLE,
        "Look for people as the subject of what went wrong, and for what they should have done.",
    ),
    Question(
        "who-else",
        "Who else has to read it, and what must the version for people outside leave out or say otherwise?",
        WHOLE,
        "Teams that have the same weakness, support, customers. Names, internal addresses and guesses stay inside.",
    ),
)
"""The script, in the order in which it is walked: causes and actions, then the story, then the readers."""

BY_ID: Final[Mapping[str, Question]] = {question.id: question for question in QUESTIONS}


def answers(incident: Incident, question_id: str) -> tuple[Comment, ...]:
    """The comments that answer a question, in the order of the file."""
    return tuple(comment for comment in incident.comments if comment.question == question_id)

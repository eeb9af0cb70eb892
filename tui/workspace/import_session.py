"""What was read from a document together with a person's answers: what comes of both, and taking answers back.

The answers are the only state. What comes of them is worked out from the document each time, so the same answers give
the same incident, and taking one back leaves no trace of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from schemas.incident import Incident
from schemas.readers.blocks import Line
from schemas.readers.found import Assumption, Choice
from schemas.readers.imported import Imported
from tui.workspace import import_changes as changes
from tui.workspace.import_addresses import address, addresses, field_of, item_of
from tui.workspace.import_changes import UNPLACED_PATH, Working
from tui.workspace.import_questions import KEEP, Question, questions, settled_together


class Told(Struct, frozen=True):
    """What a person said about the whole document; None and empty where nothing was said."""

    zone: str = ""
    date: date | None = None
    day_first: bool | None = None
    side: str = ""

    def keywords(self) -> dict[str, Any]:
        """As keywords of `schemas.readers.document.read_document`."""
        return {"zone": self.zone, "date": self.date, "day_first": self.day_first, "side": self.side}


Read = Callable[[Told], Imported]
"""Reads the document by what a person said about it. Raises `NotReadable`."""


class Answer(Struct, frozen=True):
    """One answer: `place` is the address that it is about, `question` what was asked, None if nothing was."""

    place: str
    choice: Choice
    question: Question | None = None


class Result(Struct, frozen=True, dict=True):
    """What came of the document and the answers."""

    imported: Imported
    working: Working
    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]
    """The answer to a question, by its key."""

    @property
    def incident(self) -> Incident:
        """The incident."""
        return self.working.incident

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the document."""
        return self.imported.lines

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What was decided for the whole document without a word of it."""
        return self.imported.assumptions

    @cached_property
    def open(self) -> tuple[Question, ...]:
        """The questions without an answer."""
        return tuple(each for each in self.questions if each.key not in self.answers)

    @cached_property
    def doubts(self) -> int:
        """How many doubts of the reader are open."""
        return sum(1 for each in self.open if each.kind == "doubt")

    def taken(self, question: Question) -> int | None:
        """The number of the option that was answered, None if it is open; one that asked counts as itself."""
        answer = self.answers.get(question.key)
        if answer is None:
            return None
        for number, option in enumerate(question.options):
            if option.choice == answer.choice:
                return number
        same = (answer.choice.does, answer.choice.field)
        for number, option in enumerate(question.options):
            if option.asks and (option.choice.does, option.choice.field) == same:
                return number
        return 0


class ImportSession:
    """A document being made into an incident."""

    def __init__(self, read: Read) -> None:
        """Read the document for the first time.

        Raises:
            schemas.readers.imported.NotReadable: no incident can be made of it.
        """
        self._read = read
        self._done: list[tuple[Answer, ...]] = []
        self._undone: list[tuple[Answer, ...]] = []
        self._answers: tuple[Answer, ...] = ()
        self._readings: dict[Told, Imported] = {}
        self._result = self._work_out(())

    @property
    def result(self) -> Result:
        """What came of it so far."""
        return self._result

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What the person said, in the order in which it was said."""
        return self._answers

    def answer(self, question: Question, choice: Choice) -> Result:
        """Settle a question; an answer that it had is replaced."""
        kept = tuple(each for each in self._answers if each.question is None or each.question.key != question.key)
        if (keyword := settled_together(choice)) != "":
            kept = tuple(each for each in kept if settled_together(each.choice) != keyword)
        return self._now((*kept, Answer(question.place, choice, question)))

    def reopen(self, question: Question) -> bool:
        """Leave a question open again; False if it is."""
        kept = tuple(each for each in self._answers if each.question is None or each.question.key != question.key)
        if len(kept) == len(self._answers):
            return False
        self._now(kept)
        return True

    def change(self, path: str, choice: Choice) -> Result:
        """Change something that nobody asked about: what stands at a path of the result as it is now."""
        place = self._place(path)
        kept = self._answers
        if (keyword := settled_together(choice)) != "":
            kept = tuple(each for each in kept if settled_together(each.choice) != keyword)
        return self._now((*kept, Answer(place, choice)))

    def undo(self) -> bool:
        """Take back the last answer; False if there is none."""
        return self._went(self._done, self._undone)

    def redo(self) -> bool:
        """Give again the answer that was taken back; False if there is none."""
        return self._went(self._undone, self._done)

    def _went(self, source: list[tuple[Answer, ...]], target: list[tuple[Answer, ...]]) -> bool:
        if not source:
            return False
        wanted = source.pop()
        target.append(self._answers)
        self._result = self._work_out(wanted)
        self._answers = wanted
        return True

    def _now(self, answers: tuple[Answer, ...]) -> Result:
        result = self._work_out(answers)
        self._done.append(self._answers)
        self._undone.clear()
        self._answers = answers
        self._result = result
        return result

    def _place(self, path: str) -> str:
        return address(path, addresses(self._result.imported))

    def _work_out(self, answers: tuple[Answer, ...]) -> Result:
        imported = self._reading(_told(answers))
        known = addresses(imported)
        paths = {own: path for path, own in known.items()}
        working = Working.of(imported)
        for answer in answers:
            working = _applied(working, answer, paths)
        asked = questions(imported, known)
        return Result(imported, working, *_settled(asked, answers, working))

    def _reading(self, told: Told) -> Imported:
        if told not in self._readings:
            imported = self._read(told)
            if len(self._readings) > 1:
                # The first reading is what most answers lead back to; of the others one is enough.
                for other in [each for each in self._readings if each != Told()]:
                    del self._readings[other]
            self._readings[told] = imported
        return self._readings[told]


def _told(answers: tuple[Answer, ...]) -> Told:
    told = Told()
    for answer in answers:
        if keyword := settled_together(answer.choice):
            question = answer.question
            if question is not None and question.options[0].choice == answer.choice:
                continue  # It is what was taken without a word, and may rest on more than the word would say.
            told = replace(told, **{keyword: answer.choice.value})
    return told


def _applied(working: Working, answer: Answer, paths: Mapping[str, str]) -> Working:
    choice = answer.choice
    if choice.does == "reread" or (choice.does == "set" and choice.field == KEEP):
        return working
    item = item_of(answer.place)
    path = paths.get(item, item)
    if not (path.startswith(f"{UNPLACED_PATH}/") or "@" not in path) or not working.has(path):
        return working
    if choice.does == "drop":
        return changes.drop(working, path)
    if choice.does == "move":
        # Other sections are named by their ids, which are others in another reading.
        key = paths.get(str(choice.value), str(choice.value)).removeprefix("other_sections/")
        return changes.move(working, path, key) if _is_section(working, key) else working
    return changes.set_value(working, path, choice.field or field_of(answer.place), choice.value)


def _is_section(working: Working, key: str) -> bool:
    if key in ("", *type(working.incident.sections).model_fields):
        return True
    return any(each.id == key for each in working.incident.other_sections)


def _settled(
    asked: list[Question], answers: tuple[Answer, ...], working: Working
) -> tuple[tuple[Question, ...], dict[str, Answer]]:
    """The questions that still stand, those that were answered among them, and the answers by key."""
    by_key = {each.question.key: each for each in answers if each.question is not None}
    for_all = {keyword: each for each in answers if (keyword := settled_together(each.choice))}
    kept: list[Question] = []
    found: dict[str, Answer] = {}
    for question in asked:
        own = by_key.pop(question.key, None)
        first = question.options[0].choice
        if own is None and (keyword := settled_together(first)):
            own = for_all.get(keyword)
        if own is not None:
            found[question.key] = own
        elif "/" in question.path and not working.has(question.path):
            continue  # What it was about is gone.
        kept.append(question)
    for key, answer in by_key.items():
        # The answer did away with the doubt; the person may still think better of it.
        assert answer.question is not None
        kept.append(replace(answer.question, path=""))
        found[key] = answer
    return tuple(sorted(kept, key=lambda each: each.line)), found

"""A question keeps its key in every survey, so that runs can be compared; a survey's
questions are one list, replaced as a whole, and fixed once somebody has answered."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from enrollments.domain.surveys.refusals import (
    NoQuestions,
    NotAnAnswer,
    QuestionUnclear,
)
from enrollments.enums import AnswerKind

SCALE = (1, 2, 3, 4, 5)
CHOOSES = frozenset({AnswerKind.ONE, AnswerKind.SEVERAL})
LONGEST_TEXT = 2000
LARGEST_NUMBER = 1_000_000
MOST_QUESTIONS = 30

# By the key of the question: the place of an option (from 0), a list of these, a step of
# the scale, a number in words, or text. A question without an answer has no key.
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """`options` are the choices in order; of a scale, the words at 1 and at 5."""

    key: str
    kind: AnswerKind
    label: str
    label_en: str = ""
    help_text: str = ""
    options: tuple[str, ...] = ()
    options_en: tuple[str, ...] = ()
    required: bool = False
    help_text_en: str = ""

    def words(self, *, english: bool) -> str:
        return (english and self.label_en) or self.label

    def help_words(self, *, english: bool) -> str:
        return (english and self.help_text_en) or self.help_text

    def option_words(self, *, english: bool) -> tuple[str, ...]:
        complete = len(self.options_en) == len(self.options) and all(self.options_en)
        return self.options_en if english and complete else self.options


def labels_of(question: Question, *, english: bool = False) -> list[str]:
    """What can be chosen, in words; the ends of a scale say what they mean."""
    ends = question.option_words(english=english)
    if question.kind != AnswerKind.SCALE:
        return list(ends)
    words = {SCALE[0]: ends[0], SCALE[-1]: ends[1]} if len(ends) == 2 else {}
    return [f"{step} {words.get(step, '')}".strip() for step in SCALE]


def answer_in_words(question: Question, value: Any) -> str:
    """As it was chosen or written; of a scale the step."""
    if value is None:
        return ""
    if question.kind == AnswerKind.ONE:
        return str(question.options[value])
    if question.kind == AnswerKind.SEVERAL:
        return "／".join(question.options[place] for place in value)
    return str(value)


def questions_from(stored: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    return tuple(
        Question(
            **{
                **one,
                "kind": AnswerKind(one["kind"]),
                "options": tuple(one.get("options", ())),
                "options_en": tuple(one.get("options_en", ())),
            }
        )
        for one in stored
    )


def stored(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """As JSON, the same after it was read again."""
    return [
        {**asdict(one), "kind": str(one.kind), "options": list(one.options)}
        | {"options_en": list(one.options_en)}
        for one in questions
    ]


def mark_of(questions: Iterable[Question]) -> str:
    """The same as long as the questions are: a form that shows others is out of date."""
    said = json.dumps(stored(questions), ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


def check_questions(questions: Sequence[Question]) -> None:
    """Raises: NoQuestions, QuestionUnclear."""
    if not questions:
        raise NoQuestions
    keys = {one.key for one in questions}
    if len(keys) != len(questions) or len(questions) > MOST_QUESTIONS:
        raise QuestionUnclear
    if any(one.kind in CHOOSES and len(set(one.options)) < 2 for one in questions):
        raise QuestionUnclear


def tidy(questions: Sequence[Question], answers: Answers) -> dict[str, Any]:
    """Only what was asked, in the order of the questions, without what is empty.

    Raises: NotAnAnswer.
    """
    if not set(answers) <= {one.key for one in questions}:
        raise NotAnAnswer
    found = {one.key: _tidy_one(one, answers.get(one.key)) for one in questions}
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _tidy_one(question: Question, value: Any) -> Any:
    """Raises: NotAnAnswer."""
    if value in (None, "", [], ()):
        return None
    match question.kind:
        case AnswerKind.ONE:
            return _within(value, range(len(question.options)))
        case AnswerKind.SCALE:
            return _within(value, SCALE)
        case AnswerKind.SEVERAL:
            places = range(len(question.options))
            return sorted({_within(one, places) for one in value})
        case AnswerKind.NUMBER:
            return _number(value)
    return str(value).strip()[:LONGEST_TEXT]


def _within(value: Any, allowed: Sequence[int]) -> int:
    if not isinstance(value, int) or value not in allowed:
        raise NotAnAnswer
    return value


def _number(value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise NotAnAnswer from error
    if not number.is_finite() or not 0 <= number <= LARGEST_NUMBER:
        raise NotAnAnswer
    return str(number)

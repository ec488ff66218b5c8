"""A question that is taken up goes public in the section's words: at once where the city
wants no approval, else when the head says so."""

from datetime import datetime

from django.db import transaction

from accounts.domain.contact import tidy_text
from accounts.domain.sections import heads_section
from accounts.models import User
from courses.domain.announcing import approval_needed
from courses.models import Course
from enrollments.domain.advance_questions.moves import move_question
from enrollments.domain.advance_questions.refusals import (
    NoPublicWords,
    OnlyHeadPublishes,
    QuestionMoveNotAllowed,
)
from enrollments.domain.advance_questions.sorting import locked_question
from enrollments.enums import QuestionState as State
from enrollments.models import AdvanceQuestion

LONGEST = 300


def may_publish_questions(course: Course, *, by: User) -> bool:
    return not approval_needed() or heads_section(by, course.department)


def propose_question(
    *, question: AdvanceQuestion, words: str, by: User, at: datetime
) -> AdvanceQuestion:
    """Public, or waiting for the head. Raises: NotAllowed, NoPublicWords,
    QuestionMoveNotAllowed."""
    said = tidy_text(words)[:LONGEST]
    if not said:
        raise NoPublicWords
    with transaction.atomic():
        fresh = locked_question(question, by)
        at_once = may_publish_questions(fresh.call.run.course, by=by)
        to = State.PUBLISHED if at_once else State.PROPOSED
        move_question(question=fresh, to=to, by=by, at=at, public_words=said)
    return fresh


def approve_question(
    *, question: AdvanceQuestion, words: str, by: User, at: datetime
) -> AdvanceQuestion:
    """`words` are those that the head read. Raises: NotAllowed, OnlyHeadPublishes,
    QuestionMoveNotAllowed."""
    with transaction.atomic():
        fresh = locked_question(question, by)
        if not may_publish_questions(fresh.call.run.course, by=by):
            raise OnlyHeadPublishes
        if fresh.public_words != words:
            raise QuestionMoveNotAllowed
        move_question(question=fresh, to=State.PUBLISHED, by=by, at=at)
    return fresh


def keep_back(*, question: AdvanceQuestion, by: User, at: datetime) -> AdvanceQuestion:
    """Not public, or no longer; it stays taken up. Raises: NotAllowed,
    QuestionMoveNotAllowed."""
    with transaction.atomic():
        fresh = locked_question(question, by)
        move_question(question=fresh, to=State.TAKEN_UP, by=by, at=at)
    return fresh

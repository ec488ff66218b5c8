"""The section sorts what was sent: by topic, the same ones into one, taken up or set aside.
It is asked what was sent, never who sent it."""

from datetime import datetime

from django.db import transaction

from accounts.domain.contact import tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from enrollments.domain.advance_questions.asking import lock_call
from enrollments.domain.advance_questions.moves import move_question
from enrollments.domain.advance_questions.refusals import (
    NotTheSameCall,
    QuestionMoveNotAllowed,
)
from enrollments.enums import QuestionState as State
from enrollments.models import AdvanceQuestion

# What an officer decides with one button; publishing has its own way.
BY_HAND = frozenset({State.RECEIVED, State.TAKEN_UP, State.SET_ASIDE})
NOT_SHOWN = (State.MERGED, State.WITHDRAWN)


def sort_question(
    *, question: AdvanceQuestion, to: State, by: User, at: datetime
) -> AdvanceQuestion:
    """Raises: NotAllowed, QuestionMoveNotAllowed."""
    with transaction.atomic():
        fresh = locked_question(question, by)
        if to not in BY_HAND:
            raise QuestionMoveNotAllowed
        if fresh.state != to:
            move_question(question=fresh, to=to, by=by, at=at)
    return fresh


def merge_question(
    *, question: AdvanceQuestion, into: int, by: User, at: datetime
) -> AdvanceQuestion:
    """Both are counted, one is read out. Raises: NotAllowed, NotTheSameCall,
    QuestionMoveNotAllowed."""
    with transaction.atomic():
        fresh = locked_question(question, by)
        others = AdvanceQuestion.objects.filter(call=fresh.call_id).exclude(pk=fresh.pk)
        target = others.exclude(state__in=NOT_SHOWN).filter(pk=into).first()
        if target is None:
            raise NotTheSameCall
        move_question(question=fresh, to=State.MERGED, by=by, at=at, merged_into=target)
    return fresh


def name_topic(*, question: AdvanceQuestion, topic: str, by: User) -> None:
    """Questions with the same topic stand together. Raises: NotAllowed."""
    with transaction.atomic():
        fresh = locked_question(question, by)
        fresh.topic = tidy_text(topic)[:40]
        fresh.save(update_fields=["topic"])


def locked_question(question: AdvanceQuestion, by: User) -> AdvanceQuestion:
    """As it is now, under its call's lock. Raises: NotAllowed."""
    call = lock_call(question.call)
    require_section(by, call.run.course.department)
    fresh = AdvanceQuestion.objects.get(pk=question.pk)
    fresh.call = call
    return fresh

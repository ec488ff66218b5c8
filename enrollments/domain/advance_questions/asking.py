"""Whoever takes part may send questions until the stated time, each once, and take them
back; nobody but the sender learns from whom they are."""

from datetime import datetime

from django.db import transaction

from accounts.domain.contact import tidy_text
from accounts.domain.sections import require_section
from accounts.models import User
from courses.enums import PoolKind
from courses.models.querysets import CALLED_OFF
from enrollments.domain.advance_questions.moves import move_question
from enrollments.domain.advance_questions.refusals import (
    EnoughAsked,
    NotCollected,
    NothingAsked,
    OnlyParticipants,
    QuestionMoveNotAllowed,
    TooLong,
)
from enrollments.enums import QuestionState as State
from enrollments.enums import SurveyAudience
from enrollments.models import AdvanceQuestion, Application, QuestionCall
from enrollments.models.querysets import LIVE

LONGEST = 400
MOST_EACH = 5


def ask_beforehand(*, application: Application, text: str, at: datetime) -> AdvanceQuestion:
    """The same words again are answered with the first question.

    Raises: NothingAsked, TooLong, NotCollected, OnlyParticipants, EnoughAsked.
    """
    said = _said(text)
    with transaction.atomic():
        call = lock_call(QuestionCall.objects.filter(run=application.run_id).first())
        if call.closes_at <= at or call.run.state in CALLED_OFF:
            raise NotCollected
        fresh = Application.objects.select_related("pool").get(pk=application.pk)
        if fresh.state not in LIVE:
            raise OnlyParticipants
        own = {one.text: one for one in own_questions(fresh)}
        if said in own:
            return own[said]
        if len(own) >= MOST_EACH:
            raise EnoughAsked
        staff = fresh.pool.kind == PoolKind.STAFF
        side = SurveyAudience.STAFF if staff else SurveyAudience.CITIZENS
        return AdvanceQuestion.objects.create(
            call=call, application=fresh, side=side, text=said, sent_at=at
        )


def write_down(
    *, call: QuestionCall, side: SurveyAudience, text: str, by: User, at: datetime
) -> AdvanceQuestion:
    """What somebody said by telephone or at the counter; paper may come after the day.

    Raises: NotAllowed, NothingAsked, TooLong.
    """
    said = _said(text)
    with transaction.atomic():
        locked = lock_call(call)
        require_section(by, locked.run.course.department)
        own = locked.questions.filter(application=None, text=said, side=side)
        known = own.exclude(state=State.WITHDRAWN).first()
        return known or AdvanceQuestion.objects.create(
            call=locked, side=side, text=said, sent_at=at
        )


def take_back(*, question: AdvanceQuestion, by: User | None, at: datetime) -> None:
    """By its sender: what was said is gone, that something was is not. What was the same
    as it is looked at anew.

    Raises: NotCollected, QuestionMoveNotAllowed.
    """
    with transaction.atomic():
        call = lock_call(question.call)
        if call.closes_at <= at:
            raise NotCollected
        fresh = AdvanceQuestion.objects.filter(pk=question.pk).first()
        if fresh is None or fresh.application_id is None:
            raise QuestionMoveNotAllowed
        move_question(question=fresh, to=State.WITHDRAWN, by=by, at=at, text="", topic="")


def own_questions(application: Application) -> list[AdvanceQuestion]:
    found = application.advance_questions.exclude(state=State.WITHDRAWN)
    return list(found.order_by("sent_at", "pk"))


def lock_call(call: QuestionCall | None) -> QuestionCall:
    """Its row is the lock: no seat is touched. Raises: NotCollected."""
    if call is None:
        raise NotCollected
    locked = QuestionCall.objects.select_for_update(of=("self",))
    return locked.select_related("run__course__department").get(pk=call.pk)


def _said(text: str) -> str:
    """Lines stay lines."""
    said = "\n".join(filter(None, (tidy_text(line) for line in text.splitlines())))
    if not said:
        raise NothingAsked
    if len(said) > LONGEST:
        raise TooLong
    return said

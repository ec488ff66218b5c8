"""Somebody who was asked answers once; the answer does not know whose ticket it was.

In the room there are no tickets: one answer per form that was sent, and the browser
remembers that it has answered. The page says so (ADR 30).
"""

from datetime import datetime
from random import Random
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.domain.sections import require_section
from accounts.models import User
from enrollments.domain.surveys.mixing import put_among
from enrollments.domain.surveys.questions import Answers, questions_from, tidy
from enrollments.domain.surveys.refusals import (
    AlreadyAnswered,
    NamedOnPaper,
    SurveyClosed,
)
from enrollments.domain.surveys.sides import side_of, side_without_ticket
from enrollments.domain.surveys.standing import (
    lock_survey,
    require_not_settled,
    require_open,
)
from enrollments.domain.surveys.tickets import digest_of
from enrollments.enums import SheetOrigin, SurveyAudience
from enrollments.models import AnswerSheet, Participant, Survey, SurveyTicket


def answer_by_ticket(
    *, ticket: SurveyTicket, answers: Answers, at: datetime, chance: Random
) -> None:
    """Raises: SurveyNotOpenYet, SurveyClosed, AlreadyAnswered, NotAnAnswer."""
    assert ticket.participant is not None
    with transaction.atomic():
        survey = lock_survey(ticket.survey_id)
        require_open(survey, at=at)
        _use(ticket)
        _write(
            survey,
            answers,
            origin=SheetOrigin.MAIL,
            side=side_of(ticket.participant),
            who=ticket.participant,
            chance=chance,
        )


def answer_in_room(
    *,
    survey: Survey,
    form_key: UUID,
    answers: Answers,
    said_side: str,
    at: datetime,
    chance: Random,
) -> bool:
    """False for a form that was sent before: it counts once.

    Raises: SurveyNotOpenYet, SurveyClosed, NotAnAnswer.
    """
    with transaction.atomic():
        locked = lock_survey(survey.pk)
        require_open(locked, at=at)
        if locked.room_code is None:
            raise SurveyClosed
        if not _first_time(locked, form_key):
            return False
        side = side_without_ticket(locked, said_side)
        origin = SheetOrigin.ROOM
        _write(locked, answers, origin=origin, side=side, who=None, chance=chance)
    return True


def enter_paper(
    *,
    survey: Survey,
    form_key: UUID,
    answers: Answers,
    said_side: str,
    participant: Participant | None,
    by: User,
    chance: Random,
) -> bool:
    """Typed in by staff, after the deadline too, until the survey is settled.

    Raises: NotAllowed, SurveySettled, NamedOnPaper, AlreadyAnswered, NotAnAnswer.
    """
    with transaction.atomic():
        locked = lock_survey(survey.pk)
        require_section(by, locked.run.course.department)
        require_not_settled(locked)
        if locked.named and participant is None:
            raise NamedOnPaper
        if not _first_time(locked, form_key):
            return False
        if locked.named and participant is not None:
            _use_up(locked, participant)
            side = side_of(participant)
        else:
            side = side_without_ticket(locked, said_side)
        origin = SheetOrigin.PAPER
        _write(locked, answers, origin=origin, side=side, who=participant, chance=chance)
    return True


def _use(ticket: SurveyTicket) -> None:
    """Looked at and used up in one statement. Raises: AlreadyAnswered."""
    unused = SurveyTicket.objects.filter(pk=ticket.pk, is_used=False)
    if not unused.update(is_used=True):
        raise AlreadyAnswered


def _first_time(survey: Survey, form_key: UUID) -> bool:
    """A form has a ticket of its own, made and used up when it is sent."""
    digest = digest_of(f"form:{survey.public_id}:{form_key}")
    try:
        with transaction.atomic():
            SurveyTicket.objects.create(survey=survey, digest=digest, is_used=True)
    except IntegrityError:
        return False
    return True


def _use_up(survey: Survey, participant: Participant) -> None:
    """Raises: AlreadyAnswered."""
    if AnswerSheet.objects.filter(survey=survey, participant=participant).exists():
        raise AlreadyAnswered
    SurveyTicket.objects.filter(survey=survey, participant=participant).update(is_used=True)


def _write(
    survey: Survey,
    answers: Answers,
    *,
    origin: SheetOrigin,
    side: SurveyAudience,
    who: Participant | None,
    chance: Random,
) -> None:
    sheet = AnswerSheet(
        survey=survey,
        side=side,
        origin=origin,
        participant=who if survey.named else None,
        answers=tidy(questions_from(survey.questions), answers),
    )
    put_among(sheet, chance=chance)

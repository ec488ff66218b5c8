"""An application is written down with everything that came with it: people, answers,
wishes for support, and what its sender agreed to."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.enums import ConsentChannel
from accounts.models import Consent, PurposeNotice, User
from courses.models import CourseRun, SeatPool
from enrollments.domain.admission import Standing, require_terms, terms_for
from enrollments.domain.receipt import next_tie
from enrollments.domain.refusals import QuestionNotAsked
from enrollments.domain.requests import SeatRequest
from enrollments.domain.support_requests import ask_for_support
from enrollments.enums import Channel
from enrollments.models import Answer, Application, Participant

SAME_SECOND_TRIES = 200


def record(
    *,
    run: CourseRun,
    pool: SeatPool,
    seats: int,
    notice: PurposeNotice | None,
    request: SeatRequest,
    standing: Standing,
    by: User | None,
    at: datetime,
    moment: datetime,
) -> Application:
    """`notice` is the purpose of use in force. Raises: TermsNotAccepted."""
    entered_by_staff = request.channel != Channel.WEB
    terms = require_terms(request, terms_for(run, at=at))
    application = Application(
        run=run,
        pool=pool,
        seats=seats,
        received_at=moment,
        created_at=at,
        channel=request.channel,
        submission_key=request.submission_key,
        user=None if entered_by_staff else by,
        entered_by=by if entered_by_staff else None,
        email=request.email,
        phone=request.phone,
        postal_code=request.postal_code,
        address=request.address,
        residency=request.residency,
        contact_by=request.contact_by,
        language=request.language,
        postmarked_on=request.postmarked_on,
        group_code=standing.group.code,
        group_name=standing.group.name,
        department_id=standing.department,
        message=request.message,
        staff_note=request.staff_note,
        consent=_consent(notice, request, at),
        terms_consent=_consent(terms, request, at),
        **request.applicant.columns(),
    )
    _insert_with_free_tie(application)
    _write_people(application, request)
    return application


def write_particulars(
    application: Application,
    request: SeatRequest,
    *,
    by: User | None,
    at: datetime,
    why_late: str = "",
) -> None:
    """Answers and wishes; nothing is asked of the database where nothing was told.

    Raises: QuestionNotAsked, and the refusals of support.
    """
    if request.answers:
        asked = set(application.run.questions.values_list("pk", flat=True))
        if not asked.issuperset(question for question, _value in request.answers):
            raise QuestionNotAsked
        Answer.objects.bulk_create(
            Answer(application=application, question_id=question, value=value)
            for question, value in request.answers
        )
    for wish in request.support:
        ask_for_support(
            application=application,
            kind=wish.kind,
            by=by,
            at=at,
            needs=wish.needs,
            children=wish.children,
            override_reason=why_late,
        )


def _write_people(application: Application, request: SeatRequest) -> None:
    Participant.objects.bulk_create(
        Participant(
            application=application,
            position=position,
            is_applicant=position == 1,
            birth_date=person.birth_date,
            school_year=person.school_year,
            **person.columns(),
        )
        for position, person in enumerate(request.people, start=1)
    )


def _insert_with_free_tie(application: Application) -> None:
    """Runs do not lock each other, so two may want the same tie of one second."""
    for attempt in range(SAME_SECOND_TRIES):
        application.tie = next_tie(application.received_at)
        try:
            with transaction.atomic():
                application.save(force_insert=True)
        except IntegrityError:
            taken = Application.objects.filter(
                received_at=application.received_at, tie=application.tie
            )
            if attempt + 1 == SAME_SECOND_TRIES or not taken.exists():
                raise
        else:
            return


def _consent(
    notice: PurposeNotice | None, request: SeatRequest, at: datetime
) -> Consent | None:
    """To the version in force, as shown on the form or printed on the card."""
    if notice is None:
        return None
    web = request.channel == Channel.WEB
    return Consent.objects.create(
        notice=notice,
        given_at=at,
        channel=ConsentChannel.WEB if web else ConsentChannel.PAPER,
        deemed=not web,
    )

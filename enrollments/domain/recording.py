"""An application is written down with everything that came with it: people, answers,
wishes for support, and what its sender agreed to."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from accounts.enums import ConsentChannel
from accounts.models import Consent, PurposeNotice, User
from courses.models import CourseRun
from enrollments.domain.admission import require_terms, terms_for
from enrollments.domain.batches import BATCH
from enrollments.domain.placing import Place
from enrollments.domain.receipt import insert_with_free_ties
from enrollments.domain.refusals import QuestionNotAsked
from enrollments.domain.requests import SeatRequest
from enrollments.domain.support_requests import ask_for_support
from enrollments.enums import Channel
from enrollments.models import Answer, Application, Participant


def record_together(
    *,
    run: CourseRun,
    received: Sequence[tuple[SeatRequest, Place, datetime]],
    notice: PurposeNotice | None,
    by: User | None,
    at: datetime,
) -> list[Application]:
    """In this order, each with its place and moment of receipt. `notice` is the purpose of
    use in force. Raises: TermsNotAccepted."""
    requests = [request for request, _place, _moment in received]
    terms = terms_for(run, at=at)
    agreed = [require_terms(request, terms) for request in requests]
    consents = _consents(((notice, request) for request in requests), at)
    to_terms = _consents(zip(agreed, requests, strict=True), at)
    applications = [
        _application(run, one, by=by, at=at, consent=consent, terms_consent=to_rules)
        for one, consent, to_rules in zip(received, consents, to_terms, strict=True)
    ]
    insert_with_free_ties(applications)
    _write_people(zip(applications, requests, strict=True))
    return applications


def _application(
    run: CourseRun,
    received: tuple[SeatRequest, Place, datetime],
    *,
    by: User | None,
    at: datetime,
    consent: Consent | None,
    terms_consent: Consent | None,
) -> Application:
    request, place, moment = received
    entered_by_staff = request.channel != Channel.WEB
    return Application(
        run=run,
        pool=place.pool,
        seats=place.seats,
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
        sends_members=request.sends_members,
        bundle_id=request.bundle,
        group_code=place.standing.group.code,
        group_name=place.standing.group.name,
        department_id=place.standing.department,
        message=request.message,
        staff_note=request.staff_note,
        consent=consent,
        terms_consent=terms_consent,
        **request.applicant.columns(),
    )


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


def _write_people(written: Iterable[tuple[Application, SeatRequest]]) -> None:
    Participant.objects.bulk_create(
        (
            Participant(
                application=application,
                position=position,
                is_applicant=position == 1 and request.attends,
                user_id=person.account,
                member_key=person.member,
                birth_date=person.birth_date,
                school_year=person.school_year,
                **person.columns(),
            )
            for application, request in written
            for position, person in enumerate(request.people, start=1)
        ),
        batch_size=BATCH,
    )


def _consents(
    agreed: Iterable[tuple[PurposeNotice | None, SeatRequest]], at: datetime
) -> list[Consent | None]:
    """To the version in force, as shown on the form or printed on the card."""
    consents = [
        _consent(notice, request, at) if notice else None for notice, request in agreed
    ]
    new = [consent for consent in consents if consent is not None]
    Consent.objects.bulk_create(new, batch_size=BATCH)
    return consents


def _consent(notice: PurposeNotice, request: SeatRequest, at: datetime) -> Consent:
    web = request.channel == Channel.WEB
    return Consent(
        notice=notice,
        given_at=at,
        channel=ConsentChannel.WEB if web else ConsentChannel.PAPER,
        deemed=not web,
    )

"""Everybody who came is asked once by mail, with a ticket each, and reminded once; never
at an address whose owner wants no surveys.

Who is reminded must not tell who has answered: where those who have, or those who have
not, are fewer than five, the reminder goes to all who were asked (ADR 30).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.wording import day_words
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.messages import worded
from enrollments.domain.outbox import write_messages
from enrollments.domain.surveys.asked import people_asked
from enrollments.domain.surveys.opting_out import survey_stop_path, wants_surveys
from enrollments.domain.surveys.refusals import NobodyToAsk, RemindedAlready
from enrollments.domain.surveys.standing import lock_survey, require_open
from enrollments.domain.surveys.suppression import FEWEST
from enrollments.domain.surveys.tickets import answer_path, digest_of, new_token
from enrollments.enums import MessageKind
from enrollments.models import (
    Application,
    Notification,
    Participant,
    Survey,
    SurveyTicket,
)

Ticketed = tuple[SurveyTicket, str]


def to_be_asked(survey: Survey) -> list[Participant]:
    """Those who came, have a mail address, want surveys, and were not asked yet."""
    asked = set(_asked(survey).values_list("participant", flat=True))
    people = [one for one in people_asked(survey) if one.pk not in asked]
    return wants_surveys([one for one in people if one.application.email])


def to_be_reminded(survey: Survey) -> list[Participant]:
    """Those who have not answered, or all who were asked where that would tell."""
    tickets = list(_asked(survey))
    waiting = [ticket for ticket in tickets if not ticket.is_used]
    answered = len(tickets) - len(waiting)
    if not waiting:
        return []
    tells = 0 < answered < FEWEST or (answered and len(waiting) < FEWEST)
    chosen = tickets if tells and not survey.named else waiting
    people = [ticket.participant for ticket in chosen if ticket.participant]
    return wants_surveys([one for one in people if one.application.email])


def ask(*, survey: Survey, by: User | None, at: datetime) -> int:
    """How many people are asked now; whoever came to be known later can be asked later.

    Raises: NotAllowed, SurveyNotOpenYet, SurveyClosed, NobodyToAsk.
    """
    with transaction.atomic():
        locked = _ready(survey, by, at)
        people = to_be_asked(locked)
        if not people:
            raise NobodyToAsk
        ticketed = [_ticket(locked, person) for person in people]
        SurveyTicket.objects.bulk_create(ticket for ticket, _token in ticketed)
        _send(locked, MessageKind.SURVEY, ticketed, at)
        Survey.objects.filter(pk=locked.pk, asked_at=None).update(asked_at=at)
    return len(people)


def remind(*, survey: Survey, by: User | None, at: datetime) -> int:
    """Raises: NotAllowed, SurveyNotOpenYet, SurveyClosed, RemindedAlready, NobodyToAsk."""
    with transaction.atomic():
        locked = _ready(survey, by, at)
        if locked.reminded_at is not None:
            raise RemindedAlready
        people = to_be_reminded(locked)
        if not people:
            raise NobodyToAsk
        tickets = {one.participant_id: one for one in _asked(locked)}
        ticketed = [_second_link(tickets[person.pk], person) for person in people]
        SurveyTicket.objects.bulk_update(
            [ticket for ticket, _token in ticketed], ["second_digest"]
        )
        _send(locked, MessageKind.SURVEY_REMINDER, ticketed, at)
        Survey.objects.filter(pk=locked.pk).update(reminded_at=at)
    return len(people)


def send_due(*, at: datetime) -> int:
    """What the officers have planned, each once; how many people. Safe with several
    workers: the survey's row is locked, and a ticket is made once."""
    sent = 0
    open_ones = Survey.objects.filter(settled_at=None)
    for survey in open_ones.filter(ask_at__lte=at, asked_at=None):
        sent += _planned(survey, MessageKind.SURVEY, at)
    due = open_ones.filter(remind_at__lte=at, reminded_at=None, asked_at__lt=at)
    for survey in due:
        sent += _planned(survey, MessageKind.SURVEY_REMINDER, at)
    return sent


def _planned(survey: Survey, kind: MessageKind, at: datetime) -> int:
    """Where it cannot be done any more it is not tried again."""
    asks = kind == MessageKind.SURVEY
    try:
        return (ask if asks else remind)(survey=survey, by=None, at=at)
    except Refusal:
        field = "ask_at" if asks else "remind_at"
        Survey.objects.filter(pk=survey.pk).update(**{field: None})
        return 0


def _ready(survey: Survey, by: User | None, at: datetime) -> Survey:
    locked = lock_survey(survey.pk)
    if by is not None:
        require_section(by, locked.run.course.department)
    require_open(locked, at=at)
    return locked


def _asked(survey: Survey) -> QuerySet[SurveyTicket]:
    return SurveyTicket.objects.filter(
        survey=survey, participant__isnull=False
    ).select_related("participant__application__pool")


def _ticket(survey: Survey, person: Participant) -> Ticketed:
    token = new_token()
    digest = digest_of(token)
    return SurveyTicket(survey=survey, participant=person, digest=digest), token


def _second_link(ticket: SurveyTicket, person: Participant) -> Ticketed:
    """The first one stays good: nobody has to look for the newer mail."""
    token = new_token()
    ticket.second_digest = digest_of(token)
    ticket.participant = person
    return ticket, token


def _send(
    survey: Survey, kind: MessageKind, ticketed: Sequence[Ticketed], at: datetime
) -> None:
    """One mail per application, with a link for each of its people."""
    by_application: dict[int, list[Ticketed]] = defaultdict(list)
    for ticket, token in ticketed:
        assert ticket.participant is not None
        by_application[ticket.participant.application_id].append((ticket, token))
    found = Application.objects.filter(pk__in=by_application).select_related(
        "run__course__department", "run__venue", "pool"
    )
    own = OwnWordings()
    write_messages(
        _message(survey, kind, application, by_application[application.pk], at, own)
        for application in found.prefetch_related("run__sessions")
    )


def _message(
    survey: Survey,
    kind: MessageKind,
    application: Application,
    ticketed: Sequence[Ticketed],
    at: datetime,
    own: OwnWordings,
) -> Notification:
    first = min(ticket.participant_id or 0 for ticket, _token in ticketed)
    return worded(
        kind=kind,
        occasion=f"{kind}:{survey.pk}:{first}",
        application=application,
        at=at,
        own=own,
        survey=survey,
        deadline=_deadline(survey, application, at),
        links=[_link(one, application, len(ticketed)) for one in ticketed],
        stop_url=settings.PUBLIC_URL + survey_stop_path(application),
    )


def _link(one: Ticketed, application: Application, together: int) -> dict[str, str]:
    """Each with the name where several people share the mail."""
    ticket, token = one
    person = ticket.participant
    name = person.full_name if person and together > 1 else ""
    address = answer_path(token, language=application.language)
    return {"name": name, "address": settings.PUBLIC_URL + address}


def _deadline(survey: Survey, application: Application, at: datetime) -> str:
    if survey.closes_at is None:
        return ""
    english = application.language == "en"
    return day_words(survey.closes_at, today=at.date(), english=english)

"""Whoever has a place and a mail address is reminded of a session, once per date of it,
`reminder_days` before, from nine in the morning.

Of the first session, of each where there are few, and of one after a long pause; a weekly
course needs no weekly mail. Who was given the place only then has just been told.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.domain.locking import lock_run
from courses.domain.wording import day_words
from courses.enums import RunState
from courses.models import Session
from enrollments.domain.advance_questions.calling import open_call
from enrollments.domain.links import questions_path
from enrollments.domain.message_templates import OwnWordings
from enrollments.domain.messages import worded
from enrollments.domain.outbox import write_messages
from enrollments.domain.reminder_links import reminders_stop_path
from enrollments.enums import ApplicationState, MessageKind
from enrollments.models import Application, Notification, QuestionCall
from enrollments.models.querysets import ApplicationQuerySet

FEW = 3
LONG_PAUSE = timedelta(days=10)
FROM = time(9)
LONGEST_AHEAD = 31


def remind(*, at: datetime, limit: int = 200) -> int:
    """Write the reminders that are due; returns how many. One query where none is."""
    written = 0
    for session in _coming(at):
        if written >= limit:
            break
        if opens_at(session) <= at and is_worth_a_reminder(session):
            written += _remind_of(session, at)
    return written


def opens_at(session: Session) -> datetime:
    """Nine in the morning, as many days before as the run says."""
    days = timedelta(days=session.run.reminder_days or 0)
    day = timezone.localdate(session.starts_at) - days
    return timezone.make_aware(datetime.combine(day, FROM))


def is_worth_a_reminder(session: Session) -> bool:
    """Where one session is chosen, it is the only one."""
    if session.run.chooses_session:
        return True
    held = [one for one in session.run.sessions.all() if one.is_held]
    before = [one.starts_at for one in held if one.starts_at < session.starts_at]
    if len(held) <= FEW or not before:
        return True
    return session.starts_at - max(before) >= LONG_PAUSE


def choose_reminders(*, application: Application, wanted: bool) -> None:
    """The person's choice; what must be told (a place, a cancellation) is told anyway."""
    Application.objects.filter(pk=application.pk).update(wants_reminders=wanted)
    application.wants_reminders = wanted


def _coming(at: datetime) -> Iterable[Session]:
    """Held, of runs that remind, and so near that their time may have come."""
    today = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    near = Q()
    for days in range(LONGEST_AHEAD + 1):
        ends = today + timedelta(days=days + 1)
        near |= Q(run__reminder_days=days, starts_at__lt=ends)
    return (
        Session.objects.held()
        .filter(near, starts_at__gt=at, run__state=RunState.ANNOUNCED)
        .select_related("run__question_call", "venue", "room__venue", "run__venue")
        .prefetch_related("run__sessions")
        .order_by("starts_at", "pk")
    )


def _remind_of(session: Session, at: datetime) -> int:
    """Under the run's lock, so that nobody is reminded who is just leaving."""
    day = timezone.localdate(session.starts_at).isoformat()
    prefix = f"reminder:{session.uid}:{day}:"
    with transaction.atomic():
        lock_run(session.run_id)
        told = set(
            Notification.objects.filter(occasion__startswith=prefix).values_list(
                "application", flat=True
            )
        )
        own, call = OwnWordings(), open_call(session.run, at=at)
        rows = [
            _worded(application, session, f"{prefix}{application.pk}", at, own, call)
            for application in _people(session)
            if application.pk not in told
        ]
        write_messages(rows)
    return len(rows)


def _people(session: Session) -> ApplicationQuerySet:
    own = Q(pool__session=None) | Q(pool__session=session.pk)
    late = Q(
        transitions__to_state=ApplicationState.ACCEPTED,
        transitions__at__gt=opens_at(session),
    )
    return (
        Application.objects.filter(own, run=session.run_id, wants_reminders=True)
        .filter(state=ApplicationState.ACCEPTED)
        .exclude(email="")
        .exclude(late)
        .select_related("run__course__department", "run__venue", "pool")
        .prefetch_related("run__sessions")
        .order_by("received_at", "tie")
    )


def _worded(
    application: Application,
    session: Session,
    occasion: str,
    at: datetime,
    own: OwnWordings,
    call: QuestionCall | None,
) -> Notification:
    venue = session.room.venue if session.room else session.venue or session.run.venue
    english = application.language == "en"
    today = timezone.localdate(at)
    return worded(
        kind=MessageKind.REMINDER,
        occasion=occasion,
        application=application,
        at=at,
        own=own,
        session=session,
        day=day_words(session.starts_at, today=today, english=english),
        venue_address=venue.address if venue else "",
        question_until=call.closes_at if call else None,
        question_link=settings.PUBLIC_URL + questions_path(application) if call else "",
        stop_url=settings.PUBLIC_URL + reminders_stop_path(application),
    )

"""What a head has not decided by five in the evening of the day before it begins is ended,
and the employee is told: nobody waits for an answer that comes too late."""

from datetime import datetime, time, timedelta

from django.db import transaction

from courses.domain.fiscal_year import TOKYO
from courses.domain.locking import lock_run
from courses.models import CourseRun
from enrollments.domain.moving import move
from enrollments.enums import ApplicationState as State
from enrollments.models import Application

ENDS_AT = time(17)
NOT_IN_TIME = "開催の前日までに課長の承認がなかったため"
LOOKS_AHEAD = timedelta(days=2)


def approvals_end_at(application: Application) -> datetime | None:
    """The day before the first session that the person would come to; none where nothing
    is held."""
    chosen = application.pool.session_id
    held = [
        session.starts_at
        for session in application.run.sessions.all()
        if session.is_held and chosen in (None, session.pk)
    ]
    if not held:
        return None
    day = min(held).astimezone(TOKYO).date() - timedelta(days=1)
    return datetime.combine(day, ENDS_AT, tzinfo=TOKYO)


def end_undecided(*, at: datetime) -> int:
    """How many were ended; safe to call again, and from several workers. One query where
    nobody waits."""
    near = Application.objects.filter(
        state=State.AWAITING_APPROVAL, run__sessions__starts_at__lt=at + LOOKS_AHEAD
    )
    runs = near.order_by("run").values_list("run", flat=True).distinct()
    return sum(_end_in(run, at) for run in runs)


def _end_in(key: int, at: datetime) -> int:
    with transaction.atomic():
        run: CourseRun = lock_run(key)
        waiting = Application.objects.filter(run=run, state=State.AWAITING_APPROVAL)
        late = [
            application
            for application in waiting.select_related("run__course__department", "pool")
            if (ends := approvals_end_at(application)) is not None and ends <= at
        ]
        for application in late:
            to = State.LOST
            move(application=application, to=to, by=None, at=at, why=NOT_IN_TIME)
    return len(late)

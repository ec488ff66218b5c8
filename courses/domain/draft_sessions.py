"""While nobody outside knows a run's dates, its sessions may still be taken out and
numbered anew; afterwards a number is what people were told."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from courses.domain.changes import record_change
from courses.domain.refusals import SessionWasAnnounced
from courses.domain.revision import revise_sessions
from courses.domain.sessions import lock_as, log_act, was_announced
from courses.enums import ChangeAct
from courses.models import CourseRun, Session

OUT_OF_THE_WAY = 10_000


def discard_session(*, session: Session, by: User, at: datetime) -> None:
    """Take a session out of a draft; the ones after it close up.

    Raises: SessionWasAnnounced.
    """
    with transaction.atomic():
        run = lock_as(by, session.run_id)
        if was_announced(run):
            raise SessionWasAnnounced
        record_change(subject=session, act=ChangeAct.REMOVED, by=by, at=at)
        session.pools.all().delete()
        Session.objects.filter(pk=session.pk).delete()
        number_by_date(run=run, by=by, at=at)
    log_act("discarded", session, by)


def number_by_date(*, run: CourseRun, by: User, at: datetime) -> None:
    """第1回, 第2回… in order of time, while the run is a draft; announced numbers stay.

    Raises: SessionWasAnnounced.
    """
    with transaction.atomic():
        locked = lock_as(by, run.pk)
        if was_announced(locked):
            raise SessionWasAnnounced
        in_order = list(locked.sessions.order_by("starts_at", "number"))
        moving = {s.pk: n for n, s in enumerate(in_order, 1) if s.number != n}
        # Numbers are unique in a run, so all of them step aside first.
        rows = locked.sessions.filter(pk__in=moving)
        rows.update(number=F("number") + OUT_OF_THE_WAY)
        revise_sessions(rows, at=at)
        for pk, number in moving.items():
            locked.sessions.filter(pk=pk).update(number=number)

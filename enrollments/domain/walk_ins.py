"""Who comes without having applied takes a free place of the session, else one that is
added with a reason, and is present at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import Session
from enrollments.domain.admission import pool_for
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.attendance import Mark, require_markable, write_marks
from enrollments.domain.capacity import add_places
from enrollments.domain.requests import PersonName, SeatRequest
from enrollments.enums import AttendanceStatus, Channel, ContactBy, MarkSource
from enrollments.models import Application, Participant


def welcome_walk_in(
    *,
    session: Session,
    person: PersonName,
    phone: str,
    key: UUID,
    by: User,
    at: datetime,
    why_more_places: str = "",
) -> Participant:
    """The same form (`key`) again gives the first person. With a reason a place is added
    where all are taken.

    Raises: NotAllowed, SessionNotHeld, SessionNotStarted, RunFull, and as
    `apply_for_seat`.
    """
    with transaction.atomic():
        run = lock_run(session.run_id)
        require_section(by, run.course.department)
        require_markable(run.sessions.get(pk=session.pk), at=at)
        chosen = session.pk if run.chooses_session else None
        new = not Application.objects.filter(run=run, submission_key=key).exists()
        if why_more_places and new:
            pool = pool_for(run, None, chosen, at=at, has_begun=True)
            if pool.seats_left is not None and pool.seats_left < 1:
                add_places(pool=pool, number=1, by=by, at=at)
        application = apply_for_seat(
            run=run,
            request=SeatRequest(
                applicant=person,
                phone=phone,
                contact_by=ContactBy.PHONE,
                channel=Channel.WALK_IN,
                session=chosen,
                submission_key=key,
            ),
            by=by,
            at=at,
            override_reason=why_more_places or _("当日、会場で受付"),
            tells=False,
        )
        came = application.participants.get(position=1)
        mark = Mark(came.pk, AttendanceStatus.PRESENT, source=MarkSource.DOOR)
        write_marks(run=run, session=session.pk, marks=[mark], by=by, at=at)
    return came

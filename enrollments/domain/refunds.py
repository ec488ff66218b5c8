"""返金: what is to be paid back is noted for the clerk and settled once; the money itself
goes its own way."""

from datetime import datetime

from django.db import transaction

from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import CourseRun
from enrollments.domain.refusals import RefundNoted, RefundSettled
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, Refund
from enrollments.models.querysets import ApplicationQuerySet


def usual_amount(application: Application) -> int:
    """The fee for everybody of the party; 0 where nothing was to be paid. With the run
    and the participants at hand no query is made."""
    return application.run.fee * len(application.participants.all())


def note_refund(
    *, application: Application, amount: int, by: User, at: datetime, why: str
) -> Refund:
    """Raises: NotAllowed, RefundNoted (one that is not settled yet)."""
    with transaction.atomic():
        run = lock_run(application.run_id)
        require_section(by, run.course.department)
        if application.refunds.filter(settled_at=None).exists():
            raise RefundNoted
        return Refund.objects.create(
            application=application, amount=amount, why=why, noted_at=at
        )


def settle_refund(*, refund: Refund, by: User, at: datetime) -> None:
    """Paid back. Raises: NotAllowed, RefundSettled."""
    require_section(by, refund.application.run.course.department)
    open_one = Refund.objects.filter(pk=refund.pk, settled_at=None)
    if not open_one.update(settled_at=at, settled_by=by):
        raise RefundSettled


def may_be_owed(run: CourseRun) -> ApplicationQuerySet:
    """Had a place once, has it no longer, and nothing was noted yet."""
    return (
        Application.objects.filter(
            run=run,
            state__in=(State.WITHDRAWN, State.CANCELLED),
            transitions__to_state=State.ACCEPTED,
            refunds=None,
        )
        .distinct()
        .order_by("received_at", "tie")
    )

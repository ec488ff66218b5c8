"""What falls due without anybody asking: proposals run out after a reminder, moved dates
and runs called off are told, and contacts are forgotten a year after the fiscal year."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from courses.domain.fiscal_year import fiscal_year_of
from courses.enums import RunState
from learning_paths.domain.outreach.ending import follow_run
from learning_paths.domain.outreach.states import OVER, lock_outreach, move_outreach
from learning_paths.domain.outreach.telling import session_of, tell, tell_move
from learning_paths.enums import OutreachState as State
from learning_paths.models import OutreachRequest

REMINDS = timedelta(days=2)
KEPT_YEARS = 1


def do_outreach_duties(*, at: datetime) -> None:
    """Each may be done again, by several workers at once."""
    remind_to_choose(at=at)
    expire_proposals(at=at)
    follow_runs(at=at)
    forget_contacts(at=at)


def remind_to_choose(*, at: datetime) -> int:
    """Once for each round, two days before its end."""
    due = OutreachRequest.objects.filter(
        state=State.PROPOSED, choose_by__gt=at, choose_by__lte=at + REMINDS
    )
    for request in due.select_related("entry__course__department", "run"):
        assert request.choose_by is not None
        once = f"reminder:{request.choose_by.isoformat()}"
        tell(request, "outreach_reminder", once=once, at=at)
    return len(due)


def expire_proposals(*, at: datetime) -> int:
    due = OutreachRequest.objects.filter(state=State.PROPOSED, choose_by__lte=at)
    return sum(_expire(pk, at) for pk in due.values_list("pk", flat=True))


def follow_runs(*, at: datetime) -> int:
    """Runs that were called off, or whose session was moved, on their own pages."""
    accepted = OutreachRequest.objects.filter(state=State.ACCEPTED)
    called_off = accepted.filter(run__state=RunState.CANCELLED)
    ended = sum(follow_run(request=request, at=at) for request in called_off)
    moved = accepted.filter(run__sessions__starts_at__gt=at).exclude(
        run__sessions__starts_at=F("told_start")
    )
    return ended + sum(_tell_moved(pk, at) for pk in moved.values_list("pk", flat=True))


def forget_contacts(*, at: datetime) -> int:
    """Of what is over: what was held stays, who telephoned does not."""
    last = fiscal_year_of(at) - KEPT_YEARS
    before = timezone.make_aware(datetime(last, 4, 1))
    old = OutreachRequest.objects.filter(
        state__in=OVER, asked_at__lt=before, forgotten_at=None
    )
    return old.update(
        contact_name="", phone="", email="", message="", user=None, forgotten_at=at
    )


def _expire(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        fresh = lock_outreach(pk)
        until = fresh.choose_by
        if fresh.state != State.PROPOSED or until is None or until > at:
            return False
        fresh.choose_by = None
        fresh.answer_by = timezone.localdate(at) + timedelta(days=7)
        move = move_outreach(fresh, State.EXPIRED, by=None, at=at)
        tell_move(fresh, move, at=at)
    return True


def _tell_moved(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        fresh = lock_outreach(pk)
        session = session_of(fresh)
        if session is None or session.starts_at == fresh.told_start:
            return False
        fresh.told_start = session.starts_at
        fresh.save(update_fields=["told_start"])
        once = f"moved:{session.starts_at.isoformat()}:{session.sequence}"
        tell(fresh, "outreach_moved", once=once, at=at)
    return True

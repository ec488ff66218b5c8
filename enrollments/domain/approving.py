"""The head of an employee's section approves the application, which then goes where it
would have gone at once, or declines it with a reason; either is told and traced."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.contact import tidy_text
from accounts.domain.refusal import NotAllowed, Refusal, given
from accounts.domain.sections import heads_section
from accounts.enums import StaffRole
from accounts.models import StaffProfile, User
from courses.domain.locking import lock_run
from courses.models import CourseRun
from courses.models.querysets import CALLED_OFF
from enrollments.domain.drawing.frozen_lists import waits_for_draw
from enrollments.domain.moving import move
from enrollments.domain.offered import Offered
from enrollments.domain.placing import on_arrival
from enrollments.domain.refusals import RunHasEnded, RunNotHeld
from enrollments.enums import ApplicationState as State
from enrollments.models import Application
from enrollments.models.querysets import ApplicationQuerySet

APPROVED = "課長の承認"


class AlreadyDecided(Refusal):
    sentence = _("この申込みは、もう承認を待っていません。画面を開き直してください。")


class DeclinedWithoutReason(Refusal):
    sentence = _("承認しない理由を入力してください。申し込んだ職員にお知らせします。")


def waiting_for(user: User) -> ApplicationQuerySet:
    """What this person may decide on, oldest first: of the section they head, all for
    administrators."""
    found = Application.objects.filter(state=State.AWAITING_APPROVAL)
    if not (user.is_active and user.is_superuser):
        headed = StaffProfile.objects.filter(
            user=user, user__is_active=True, role=StaffRole.HEAD
        )
        found = found.filter(department__in=headed.values("department"))
    return found.order_by("received_at", "tie")


def approve(*, application: Application, by: User, at: datetime) -> Application:
    """Raises: NotAllowed, AlreadyDecided, RunNotHeld, RunHasEnded, RunFull."""
    with transaction.atomic():
        run, fresh = _locked(application, by)
        _require_to_come(run, at)
        pool = next(one for one in run.pools.all() if one.pk == fresh.pool_id)
        to = on_arrival(run, pool, fresh.seats, waits_for_draw)
        move(application=fresh, to=to, by=by, at=at, why=APPROVED)
    return fresh


def decline(*, application: Application, reason: str, by: User, at: datetime) -> None:
    """Raises: NotAllowed, DeclinedWithoutReason, AlreadyDecided."""
    why = given(tidy_text(reason), DeclinedWithoutReason)[:200]
    with transaction.atomic():
        _run, fresh = _locked(application, by)
        move(application=fresh, to=State.LOST, by=by, at=at, why=why)


def _locked(application: Application, by: User) -> tuple[CourseRun, Application]:
    """The run with its pools as they are now."""
    lock_run(application.run_id)
    fresh = Application.objects.select_related("run__course__department", "department").get(
        pk=application.pk
    )
    if fresh.department is None or not heads_section(by, fresh.department):
        raise NotAllowed
    if fresh.state != State.AWAITING_APPROVAL:
        raise AlreadyDecided
    return Offered().run_with_places(fresh.run_id), fresh


def _require_to_come(run: CourseRun, at: datetime) -> None:
    held = [session.ends_at for session in run.sessions.all() if session.is_held]
    if run.state in CALLED_OFF:
        raise RunNotHeld
    if held and max(held) <= at:
        raise RunHasEnded

"""An application that came with a list is void again while nothing has been built on it;
its number and its trace stay."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import SeatPool
from enrollments.domain.moving import move
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, Attendance

WHY = "取込みの取消し"


class ImportedIsInUse(Refusal):
    def __init__(self, application: Application, why: str) -> None:
        words = _("受付番号 %(number)s: %(why)s")
        super().__init__(words % {"number": application.receipt_number, "why": why})


def void_imported(pk: int, *, state: State, by: User, at: datetime) -> Application | None:
    """Silent, and nobody moves up yet; `state` is how the import left it. None where it
    is void already. Inside a transaction. Raises: NotAllowed, ImportedIsInUse."""
    found = Application.objects.select_related("run__course__department").get(pk=pk)
    lock_run(found.run_id)
    require_section(by, found.run.course.department)
    found.refresh_from_db(fields=["state"])
    if found.state == State.VOID:
        return None
    why = _in_the_way(found, state)
    if why:
        raise ImportedIsInUse(found, why)
    move(application=found, to=State.VOID, by=by, at=at, why=WHY, tell=False)
    return found


def free_places_of(pools: Iterable[int], *, at: datetime) -> None:
    """Whoever waits moves up, once all places are free. Inside the transaction."""
    for pool in SeatPool.objects.filter(pk__in=list(pools)).order_by("pk"):
        lock_run(pool.run_id)
        promote_next(pool=pool, by=None, at=at)


def _in_the_way(application: Application, state: State) -> str:
    """In words; nothing where it is as the import left it."""
    if application.state != state:
        return _("申込みの状態が変わっています。")
    if application.notifications.exists():
        return _("お知らせを書いたか、送っています。")
    if application.corrections.exists() or application.participant_changes.exists():
        return _("名前や連絡先が訂正されています。")
    if application.draw_entries.exists():
        return _("抽選の名簿に入っています。")
    if Attendance.objects.filter(participant__application=application).exists():
        return _("出席の記録があります。")
    if application.support_requests.exists() or application.screening_notes.exists():
        return _("保育・支援か選考の記録があります。")
    if application.refunds.exists():
        return _("返金の記録があります。")
    return ""

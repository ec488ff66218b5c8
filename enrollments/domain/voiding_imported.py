"""An application that came with a list is void again while nothing has been built on it;
its number and its trace stay."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from accounts.models import User
from courses.domain.locking import lock_run
from courses.models import SeatPool
from enrollments.domain.moving_together import Move, move_together
from enrollments.domain.waiting_list import promote_next
from enrollments.enums import ApplicationState as State
from enrollments.models import Application

WHY = "取込みの取消し"
# What is built on an application → how that is said.
BUILT: Mapping[str, str | Promise] = {
    "notifications": gettext_lazy("お知らせを書いたか、送っています。"),
    "corrections": gettext_lazy("名前や連絡先が訂正されています。"),
    "participant_changes": gettext_lazy("名前や連絡先が訂正されています。"),
    "draw_entries": gettext_lazy("抽選の名簿に入っています。"),
    "participants__attendances": gettext_lazy("出席の記録があります。"),
    "participants__completion": gettext_lazy("修了が記録されています。"),
    "support_requests": gettext_lazy("保育・支援か選考の記録があります。"),
    "screening_notes": gettext_lazy("保育・支援か選考の記録があります。"),
    "refunds": gettext_lazy("返金の記録があります。"),
}


class ImportedIsInUse(Refusal):
    def __init__(self, application: Application, why: object) -> None:
        words = _("受付番号 %(number)s: %(why)s")
        super().__init__(words % {"number": application.receipt_number, "why": why})


class Voiding:
    """Of one run, whose lock it holds: look at some, void those that may be, settle."""

    def __init__(self, run_pk: int, *, by: User, at: datetime) -> None:
        """Inside a transaction. Raises: NotAllowed."""
        self.run, self.by, self.at = lock_run(run_pk), by, at
        require_section(by, self.run.course.department)
        self.pools: set[int] = set()

    def look_at(self, keys: Iterable[int]) -> None:
        """In the same number of queries for any number that fits one statement."""
        found = Application.objects.filter(run=self.run, pk__in=list(keys))
        self.applications = {one.pk: one for one in found}
        self.in_use: dict[int, str | Promise] = {}
        for relation, words in reversed(list(BUILT.items())):
            used = found.filter(**{f"{relation}__isnull": False}).order_by()
            self.in_use.update(dict.fromkeys(used.values_list("pk", flat=True), words))
        self.moves: list[Move] = []

    def void(self, pk: int, *, state: State) -> None:
        """Once settled; `state` is how the import left it. Nothing where it is void
        already. Raises: ImportedIsInUse."""
        application = self.applications[pk]
        if application.state == State.VOID:
            return
        if application.state != state:
            raise ImportedIsInUse(application, _("申込みの状態が変わっています。"))
        if pk in self.in_use:
            raise ImportedIsInUse(application, self.in_use[pk])
        application.run = self.run
        self.moves.append(Move(application, State.VOID, why=WHY, tell=False))
        self.pools.add(application.pool_id)

    def settle(self) -> None:
        """Silent, and nobody moves up yet."""
        move_together(moves=self.moves, by=self.by, at=self.at)
        self.moves = []

    def give_free_places(self) -> None:
        """Whoever waits moves up, once all places are free."""
        for pool in SeatPool.objects.filter(pk__in=self.pools).order_by("pk"):
            promote_next(pool=pool, by=None, at=self.at)

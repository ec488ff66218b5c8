"""Who applied for several units with one form withdraws from one of them, as from any
application, or from all at once: from each that can still be given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.domain.refusal import Refusal
from accounts.models import User
from enrollments.domain.leaving import may_withdraw, withdraw
from enrollments.domain.series.applying import lock_all
from enrollments.domain.series.refusals import NothingToWithdraw
from enrollments.domain.series.telling import tell_of_withdrawal
from enrollments.models import Application, Bundle
from enrollments.models.querysets import LIVE


@dataclass(frozen=True)
class Withdrawn:
    """`kept` pairs those that could not be given back with why."""

    applications: tuple[Application, ...]
    kept: tuple[tuple[Application, Refusal], ...]


def withdraw_bundle(*, bundle: Bundle, by: User | None, at: datetime) -> Withdrawn:
    """One mail tells of all, and takes their dates out of the calendar.

    Raises: NothingToWithdraw.
    """
    with transaction.atomic():
        runs = bundle.applications.order_by().values_list("run", flat=True)
        lock_all(list(runs))
        gone: list[Application] = []
        kept: list[tuple[Application, Refusal]] = []
        for application in applications_in(bundle):
            if application.state not in LIVE:
                continue
            try:
                with transaction.atomic():
                    gone.append(
                        withdraw(application=application, by=by, at=at, tells=False)
                    )
            except Refusal as why:
                kept.append((application, why))
        if not gone:
            raise NothingToWithdraw
        tell_of_withdrawal(gone, at=at)
    return Withdrawn(tuple(gone), tuple(kept))


def applications_in(bundle: Bundle) -> list[Application]:
    """In the order of the series, with what their pages show."""
    found = bundle.applications.select_related(
        "run__course__department", "run__venue", "pool"
    ).prefetch_related("run__sessions__venue", "run__sessions__room__venue")
    units = bundle.series.units.values_list("course", "position")
    places = dict(units)
    return sorted(found, key=lambda one: (places.get(one.run.course_id, 0), one.pk))


def may_withdraw_any(applications: Sequence[Application], *, at: datetime) -> bool:
    return any(may_withdraw(one, at=at) for one in applications)

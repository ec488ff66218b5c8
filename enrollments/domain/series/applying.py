"""One form for a series makes one ordinary application for each unit chosen, in one
transaction: all of them or none, or as many as there are places for, with a word for each
of the rest (ADR 38)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from accounts.domain.contact import kana_key
from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.domain.locking import lock_runs
from courses.enums import PoolKind
from courses.models import CourseRun, SeatPool, Series
from enrollments.domain.admission import require_eligible
from enrollments.domain.applying import apply_for_seat
from enrollments.domain.different_people import require_different_people
from enrollments.domain.drafts import drop_draft
from enrollments.domain.refusals import NotEligible
from enrollments.domain.requests import SeatRequest
from enrollments.domain.series.refusals import (
    NoneOfTheUnits,
    NotAllUnits,
    NotAUnit,
    NotForThem,
    NoUnitChosen,
    OneRunPerUnit,
    UnitWaits,
)
from enrollments.domain.series.telling import tell_of_bundle
from enrollments.enums import ApplicationState as State
from enrollments.models import Application, Bundle


@dataclass(frozen=True)
class UnitWish:
    """A run of a unit, and what is asked for in it. Every request comes from one form.
    Without a `pool` it is for residents' places."""

    run: CourseRun
    request: SeatRequest
    pool: SeatPool | None = None

    @property
    def pool_kind(self) -> PoolKind | None:
        return PoolKind(self.pool.kind) if self.pool else None


@dataclass(frozen=True)
class Entered:
    """What staff add who enter what reached them in another way; see `apply_for_seat`."""

    received_at: datetime | None = None
    override_reason: str = ""
    namesake_reason: str = ""


SENT_BY_THE_PERSON = Entered()


@dataclass(frozen=True)
class Applied:
    """`refused` pairs the runs that were not applied for with why."""

    bundle: Bundle
    applications: tuple[Application, ...]
    refused: tuple[tuple[CourseRun, Refusal], ...] = ()


def apply_for_units(
    *,
    series: Series,
    wishes: Sequence[UnitWish],
    together: bool,
    by: User | None,
    at: datetime,
    entered: Entered = SENT_BY_THE_PERSON,
    draft: str = "",
) -> Applied:
    """`together`: a place, or a place in the draw or the screening, in all of them, or no
    application at all. The same form again gives the first applications, and tells nobody.
    `draft` opens what was kept of the form, which is forgotten.

    Raises: NoUnitChosen, OneRunPerUnit, NotAUnit, NotAllUnits, NoneOfTheUnits.
    """
    _require_units(series, wishes)
    with transaction.atomic():
        # Before the first is made, in the order in which everybody takes several.
        lock_all([wish.run.pk for wish in wishes])
        if draft:
            drop_draft(token=draft, about=series)
        bundle = _bundle(series, wishes[0].request, together=together, at=at)
        taken: list[Application] = []
        refused: list[tuple[CourseRun, Refusal]] = []
        for wish in wishes:
            try:
                taken.append(_apply(wish, bundle, together, entered, by=by, at=at))
            except Refusal as why:
                refused.append((wish.run, why))
        if together and refused:
            raise NotAllUnits(refused)
        if not taken:
            raise NoneOfTheUnits(refused)
        tell_of_bundle(bundle, taken, at=at)
    return Applied(bundle, tuple(taken), tuple(refused))


def lock_all(runs: Sequence[int]) -> None:
    lock_runs(CourseRun.objects.filter(pk__in=runs).values("pk"))


def require_for_them(*, wishes: Sequence[UnitWish], by: User | None) -> None:
    """Told as soon as it is known; decided again under the locks.

    Raises: SamePersonTwice; NotForThem with each unit that asks for somebody else.
    """
    refused: list[tuple[CourseRun, Refusal]] = []
    for wish in wishes:
        require_different_people(wish.request.people)
        if wish.pool is None:
            continue
        try:
            require_eligible(run=wish.run, pool=wish.pool, request=wish.request, by=by)
        except NotEligible as why:
            refused.append((wish.run, why))
    if refused:
        raise NotForThem(refused)


def _apply(
    wish: UnitWish,
    bundle: Bundle,
    together: bool,
    entered: Entered,
    *,
    by: User | None,
    at: datetime,
) -> Application:
    """What is refused leaves nothing behind. Raises: UnitWaits, and those of applying."""
    with transaction.atomic():
        application = apply_for_seat(
            run=wish.run,
            request=replace(wish.request, bundle=bundle.pk),
            by=by,
            at=at,
            received_at=entered.received_at,
            override_reason=entered.override_reason,
            namesake_reason=entered.namesake_reason,
            pool_kind=wish.pool_kind,
            tells=False,
        )
        if together and application.state == State.WAITING:
            raise UnitWaits
    return application


def _bundle(
    series: Series, request: SeatRequest, *, together: bool, at: datetime
) -> Bundle:
    key = bundle_key(request.submission_key, request.applicant.kana)
    made = {"series": series, "together": together, "made_at": at}
    return Bundle.objects.get_or_create(public_id=key, defaults=made)[0]


def bundle_key(form: UUID, kana: str) -> UUID:
    """Of whoever sends a form; the next at a shared computer has another."""
    return uuid5(form, f"series {kana_key(kana)}")


def _require_units(series: Series, wishes: Sequence[UnitWish]) -> None:
    if not wishes:
        raise NoUnitChosen
    courses = [wish.run.course_id for wish in wishes]
    if len(set(courses)) < len(courses):
        raise OneRunPerUnit
    units = set(series.units.values_list("course", flat=True))
    if not units.issuperset(courses):
        raise NotAUnit

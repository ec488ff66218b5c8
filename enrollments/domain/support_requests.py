"""A wish for childcare or support is taken with the application, until its deadline, and
becomes a promise that is tracked until it is kept, declined with an alternative, or
taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from courses.domain.locking import lock_run
from courses.enums import SupportKind
from courses.models import SupportOffer
from enrollments.domain.refusals import RunHasEnded
from enrollments.domain.support_moves import move_request, places_wanted
from enrollments.domain.support_refusals import (
    ChildNotOfAge,
    ChildrenNeeded,
    SupportAskedAlready,
    SupportDeadlinePassed,
    SupportFull,
    SupportNotOffered,
    SupportOfNobody,
)
from enrollments.enums import SupportState as State
from enrollments.models import Application, CaredChild, SupportRequest, SupportStep
from enrollments.models.querysets import LIVE


@dataclass(frozen=True)
class ChildWish:
    """A child to be looked after; `age_months` on the day of the first session."""

    called: str
    age_months: int
    note: str = ""


def ask_for_support(
    *,
    application: Application,
    kind: SupportKind,
    by: User | None,
    at: datetime,
    needs: str = "",
    children: Iterable[ChildWish] = (),
    offer: SupportOffer | None = None,
    override_reason: str = "",
) -> SupportRequest:
    """One wish per application and kind. Without an `offer` the run's own of this kind is
    meant; support that no offer speaks of may be asked for too, childcare may not.

    `override_reason` is staff's reason for taking a wish after the deadline, of another
    age, or beyond the number; promises never exceed the number all the same.
    Raises: the refusals of `enrollments.domain.support_refusals`.
    """
    wished = tuple(children)
    with transaction.atomic():
        run = lock_run(application.run_id)
        state = Application.objects.values_list("state", flat=True).get(pk=application.pk)
        if state not in LIVE:
            raise SupportOfNobody
        offered = run.support_offers.filter(kind=kind).first() if offer is None else offer
        _require_fitting(kind, offered, run.pk, wished)
        if offered is not None and not override_reason:
            _require_within(offered, wished, at)
        return _record(application, kind, offered, needs, wished, by, at, override_reason)


def withdraw_request(
    *, request: SupportRequest, by: User | None, at: datetime, why: str = ""
) -> SupportRequest:
    """The person does not need it any more.

    Raises: RunHasEnded, SupportMoveNotAllowed.
    """
    with transaction.atomic():
        run = lock_run(request.application.run_id)
        sessions = run.sessions.all()
        if sessions.exists() and not sessions.upcoming(at).exists():
            raise RunHasEnded
        fresh = SupportRequest.objects.select_related("application", "offer").get(
            pk=request.pk
        )
        move_request(
            request=fresh,
            to=State.WITHDRAWN,
            by=by,
            at=at,
            why=why or "本人による取り下げ",
        )
    return fresh


def _require_fitting(
    kind: SupportKind,
    offer: SupportOffer | None,
    run_pk: int,
    children: tuple[ChildWish, ...],
) -> None:
    if offer is None and kind == SupportKind.CHILDCARE:
        raise SupportNotOffered
    if offer is not None and (offer.run_id, offer.kind) != (run_pk, kind):
        raise SupportNotOffered
    if kind == SupportKind.CHILDCARE and not children:
        raise ChildrenNeeded


def _require_within(
    offer: SupportOffer, children: tuple[ChildWish, ...], at: datetime
) -> None:
    if offer.deadline is not None and at >= offer.deadline:
        raise SupportDeadlinePassed
    youngest = offer.min_age_months or 0
    oldest = offer.max_age_months
    for child in children:
        if child.age_months < youngest or (
            oldest is not None and child.age_months > oldest
        ):
            raise ChildNotOfAge
    wanted = len(children) if offer.kind == SupportKind.CHILDCARE else 1
    if offer.capacity is not None and places_wanted(offer) + wanted > offer.capacity:
        raise SupportFull


def _record(
    application: Application,
    kind: SupportKind,
    offer: SupportOffer | None,
    needs: str,
    children: tuple[ChildWish, ...],
    by: User | None,
    at: datetime,
    why: str,
) -> SupportRequest:
    """Whoever took a wish back and asks again has the same row, with its record."""
    request = SupportRequest.objects.filter(application=application, kind=kind).first()
    if request is None:
        request = SupportRequest.objects.create(
            application=application, kind=kind, offer=offer, needs=needs, asked_at=at
        )
        SupportStep.objects.create(
            request=request, to_state=State.ASKED, at=at, by=by, why=why[:200]
        )
    elif request.state != State.WITHDRAWN:
        raise SupportAskedAlready
    else:
        move_request(request=request, to=State.ASKED, by=by, at=at, why=why)
        request.offer, request.needs, request.asked_at = offer, needs, at
        request.save(update_fields=["offer", "needs", "asked_at"])
        request.children.all().delete()
    CaredChild.objects.bulk_create(
        CaredChild(
            request=request,
            called=child.called,
            age_months=child.age_months,
            note=child.note,
        )
        for child in children
    )
    return request

"""Questions about applications that pages ask."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.domain.addresses import verified_addresses
from accounts.domain.contact import kana_key
from accounts.models import User
from courses.domain.plain_runs import PlainRun
from courses.domain.pools import offered_pools
from courses.domain.queries import takes_residents
from courses.enums import WaitingPolicy
from courses.models import CourseRun
from courses.models.querysets import CourseRunQuerySet
from enrollments.enums import ApplicationState
from enrollments.models import Application, Completion, Participant
from enrollments.models.querysets import LIVE, ApplicationQuerySet

ANY = Q()
# Behind every place in line that was given; the largest such number.
BY_RECEIPT = 2_147_483_647


def applications_of(user: User) -> ApplicationQuerySet:
    """Made with the account, or without any account from one of its own addresses."""
    by_address = Q(user__isnull=True, email__in=verified_addresses(user)) & ~Q(email="")
    return Application.objects.filter(Q(user=user) | by_address)


def taken_along(user: User) -> ApplicationQuerySet:
    """What a group sent the person to: the dates are theirs, the application is not, as
    it names others and lets them be withdrawn."""
    sent = Participant.objects.filter(user=user, application__sends_members=True)
    others = sent.exclude(application__user=user).order_by()
    return Application.objects.filter(pk__in=others.values("application"))


def own_live_application(user: User, run: CourseRun) -> Application | None:
    """The one that holds or waits for a place in this run."""
    return applications_of(user).filter(run=run, state__in=LIVE).first()


def with_waiting(runs: CourseRunQuerySet) -> CourseRunQuerySet:
    """Runs with `waiting`, how many applications stand before a resident who applies;
    those who wait for the places of staff, say, are in nobody's way."""
    residents = takes_residents("pool__kind")
    return runs.annotate(waiting=_number_in({ApplicationState.WAITING}, residents))


def count_waiting(runs: Collection[PlainRun]) -> None:
    """The same of many plain runs, in one query."""
    if not runs:
        return
    waiting = Application.objects.filter(
        run__among=[run.pk for run in runs], state=ApplicationState.WAITING
    )
    by_pool = dict(waiting.order_by().values_list("pool").annotate(Count("pk")))
    for run in runs:
        run.waiting = sum(by_pool.get(pool.pk, 0) for pool in offered_pools(run))


def with_applied(runs: CourseRunQuerySet) -> CourseRunQuerySet:
    """Runs with `applied`, how many applications hold or may still get a place, and
    `waiting_for_any`, how many wait for a place of any kind."""
    return runs.annotate(
        applied=_number_in(LIVE), waiting_for_any=_number_in({ApplicationState.WAITING})
    )


def _number_in(states: AbstractSet[ApplicationState], which: Q = ANY) -> Coalesce:
    there = (
        Application.objects.filter(which, run=OuterRef("pk"), state__in=states)
        .order_by()
        .values("run")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(there), 0)


def with_position(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """Applications with `position`, 1 for the next in line; none when not waiting, or
    when a draw decides."""
    place = Coalesce("place_in_line", Value(BY_RECEIPT))
    earlier = Q(received_at__lt=OuterRef("received_at")) | Q(
        received_at=OuterRef("received_at"), tie__lt=OuterRef("tie")
    )
    ahead = (
        Application.objects.annotate(line=place)
        .filter(Q(line__lt=OuterRef("line")) | Q(earlier, line=OuterRef("line")))
        .filter(pool=OuterRef("pool"), state=ApplicationState.WAITING)
        .order_by()
        .values("pool")
        .annotate(number=Count("pk"))
        .values("number")
    )
    waiting = When(
        state=ApplicationState.WAITING,
        run__waiting_policy=WaitingPolicy.ORDER,
        then=Coalesce(Subquery(ahead), Value(0)) + 1,
    )
    return applications.annotate(line=place).annotate(
        position=Case(waiting, default=None, output_field=IntegerField())
    )


def own_completions(user: User) -> list[Completion]:
    """What the person completed as an applicant or sent by a group, newest first.

    A household may share an address, so an application made without an account
    counts only under the account's own reading of the name.
    """
    kana = kana_key(user.full_name_kana)
    found = (
        Completion.objects.filter(
            Q(
                participant__is_applicant=True,
                participant__application__in=applications_of(user),
            )
            | Q(participant__user=user)
        )
        .select_related("participant__application__run__course")
        .order_by("-completed_on", "-pk")
    )
    return [
        completion
        for completion in found
        if user.pk
        in (
            completion.participant.user_id,
            completion.participant.application.user_id,
        )
        or (kana and _kana_of(completion) == kana)
    ]


def _kana_of(completion: Completion) -> str:
    return kana_key(completion.participant.full_name_kana)

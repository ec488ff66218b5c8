"""A recount of live data: what the rules promise, compared with what the rows say."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts import guarding
from accounts.domain.audit import export_differences
from courses.domain.audit import double_bookings
from courses.models import SeatPool
from enrollments.domain.drawing.audit import draw_differences
from enrollments.domain.finishing.audit import register_differences
from enrollments.domain.identity import keys_of
from enrollments.domain.states import may_move
from enrollments.domain.support_audit import support_differences
from enrollments.enums import ApplicationState as State
from enrollments.enums import OfferState
from enrollments.models import Application, Offer, PersonClaim, Transition
from enrollments.models.querysets import HOLDING, LIVE


def differences() -> list[str]:
    """One line per broken promise; an empty list when all is well."""
    return [
        *double_bookings(),
        *_seats(),
        *_claims(),
        *_traces(),
        *_parties(),
        *draw_differences(),
        *support_differences(),
        *register_differences(),
        *export_differences(),
        *_offers(),
        *_guards(),
    ]


def _seats() -> list[str]:
    held = (
        Application.objects.filter(pool=OuterRef("pk"), state__in=HOLDING)
        .order_by()
        .values("pool")
        .annotate(total=Sum("seats"))
        .values("total")
    )
    pools = SeatPool.objects.annotate(held=Coalesce(Subquery(held), 0)).filter(
        ~Q(held=F("seats_taken")) | Q(capacity__lt=F("held"))
    )
    strayed = Application.objects.exclude(pool__run=F("run"))
    return [
        *(
            f"枠 {pool.pk}: 記録 {pool.seats_taken}、実際 {pool.held}、定員 {pool.capacity}"
            for pool in pools
        ),
        *(f"申込み {application.pk}: 別の開催の枠" for application in strayed),
    ]


def _claims() -> list[str]:
    """Ended applications claim nobody; a live one's person is claimed, by it or by a
    chance namesake."""
    stale = PersonClaim.objects.exclude(application__state__in=LIVE)
    elsewhere = PersonClaim.objects.exclude(application__run=F("run"))
    claimed: dict[int, set[str]] = {}
    for run, key in PersonClaim.objects.values_list("run", "key").iterator():
        claimed.setdefault(run, set()).add(key)
    open_to_all = [
        application
        for application in Application.objects.live().iterator()
        if not keys_of(application) <= claimed.get(application.run_id, set())
    ]
    return [
        *(f"申込み {claim.application_id}: 終わった申込みに重複の目印" for claim in stale),
        *(f"申込み {claim.application_id}: 別の開催に重複の目印" for claim in elsewhere),
        *(f"申込み {application.pk}: 重複の目印がない" for application in open_to_all),
    ]


def _traces() -> list[str]:
    """Every application's states follow one another along the table, to its present."""
    found: list[str] = []
    last: dict[int, str] = {}
    moves = Transition.objects.order_by("application_id", "at", "pk").values_list(
        "application_id", "from_state", "to_state"
    )
    for application_id, here, to in moves.iterator():
        before = last.get(application_id, "")
        if here != before or (here and not may_move(State(here), State(to))):
            found.append(f"申込み {application_id}: 状態の記録がつながらない {here} → {to}")
        last[application_id] = to
    for pk, state in Application.objects.values_list("pk", "state").iterator():
        if last.get(pk) != state:
            found.append(f"申込み {pk}: 状態 {state} の記録がない")
    return found


def _parties() -> list[str]:
    wrong = Application.objects.annotate(people=Count("participants")).filter(
        Q(people=0)
        | (Q(run__capacity_unit="persons") & ~Q(people=F("seats")))
        | (Q(run__capacity_unit="parties") & ~Q(seats=1))
    )
    rows = wrong.values_list("pk", "seats", "people")
    return [f"申込み {pk}: {seats} 席に参加者 {people} 人" for pk, seats, people in rows]


def _offers() -> list[str]:
    """Whoever is offered a place has an open offer, and nobody else has."""
    unfounded = Offer.objects.filter(state=OfferState.OPEN).exclude(
        application__state=State.OFFERED
    )
    asked = Offer.objects.filter(application=OuterRef("pk"), state=OfferState.OPEN)
    unasked = Application.objects.filter(state=State.OFFERED).exclude(Exists(asked))
    strayed = Offer.objects.filter(
        state=OfferState.ACCEPTED,
        application__state__in=(State.DECLINED, State.EXPIRED, State.WAITING),
    )
    return [
        *(f"申込み {one.application_id}: 案内中でないのに回答待ち" for one in unfounded),
        *(f"申込み {one.pk}: 案内中なのに回答待ちの案内がない" for one in unasked),
        *(f"申込み {one.application_id}: 受けた案内と状態が合わない" for one in strayed),
    ]


def _guards() -> list[str]:
    return [f"データベースの見張りがない: {name}" for name in guarding.missing()]

"""Each confirmed wish is told once of each new offering: when it is announced, or when
applications open for one that its owner had seen announced."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from courses.domain.queries import with_facts
from courses.models import CourseRun
from enrollments.domain.held_again import to_be_held
from enrollments.domain.held_again_messages import tell_of_run
from enrollments.models import HeldAgainWish, KnownRun

Pair = tuple[int, int]


def tell_of_new_runs(*, at: datetime, limit: int) -> int:
    """Write at most `limit` messages; returns how many were due. Several workers may do
    this at once: each locks other wishes, and looks again at what it has locked. The
    occasion of the message, unique, stands behind that."""
    with transaction.atomic():
        pairs = _due(_locked(at, limit), at)[:limit]
        wishes = HeldAgainWish.objects.select_related("course").in_bulk(
            [wish for wish, _run in pairs]
        )
        runs = with_facts(CourseRun.objects.all()).in_bulk([run for _wish, run in pairs])
        waited_for = _waited_for(pairs)
        for pair in pairs:
            _tell(wishes[pair[0]], runs[pair[1]], pair in waited_for, at)
    return len(pairs)


def _tell(wish: HeldAgainWish, run: CourseRun, has_opened: bool, at: datetime) -> None:
    tell_of_run(wish=wish, run=run, has_opened=has_opened, at=at)
    KnownRun.objects.update_or_create(
        wish=wish, run=run, defaults={"awaits_opening": False}
    )
    wish.told_run, wish.told_at = run, at
    wish.save(update_fields=["told_run", "told_at"])


def _locked(at: datetime, limit: int) -> list[int]:
    """Wishes for which something is due and that no other worker holds."""
    due = {wish for wish, _run in _due(None, at)[:limit]}
    found = HeldAgainWish.objects.filter(pk__in=due).order_by("pk")
    return [wish.pk for wish in found.select_for_update(of=("self",), skip_locked=True)]


def _due(wishes: list[int] | None, at: datetime) -> QuerySet[HeldAgainWish, Pair]:
    """Wish and run, of these wishes or of all."""
    news = to_be_held(at).filter(
        Q(applications_close_at=None) | Q(applications_close_at__gt=at)
    )
    known = KnownRun.objects.filter(wish=OuterRef("pk"), run=OuterRef("held"))
    has_opened = Q(run__applications_open_at=None) | Q(run__applications_open_at__lte=at)
    found = (
        HeldAgainWish.objects.filter(confirmed_at__isnull=False)
        .annotate(held=F("course__runs"))
        .filter(held__in=news.values("pk"))
        .filter(~Exists(known) | Exists(known.filter(has_opened, awaits_opening=True)))
        .order_by("held", "pk")
    )
    if wishes is not None:
        found = found.filter(pk__in=wishes)
    return found.values_list("pk", "held")


def _waited_for(pairs: QuerySet[HeldAgainWish, Pair]) -> set[Pair]:
    waiting = KnownRun.objects.filter(
        awaits_opening=True, wish__in=[wish for wish, _run in pairs]
    )
    return set(waiting.values_list("wish", "run"))

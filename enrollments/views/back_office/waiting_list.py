"""The waiting list of a run: per pool the line, the offers that are open, and what an
officer may do about them. For staff of the section; every look is noted."""

from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.access import log_access
from accounts.forms.fields import row_number
from courses.models import CourseRun, SeatPool
from enrollments.domain.line import offer_free_seats
from enrollments.domain.waiting_list import needs_redraw
from enrollments.enums import OfferState
from enrollments.models import Application, LineRecord, Offer
from enrollments.views.back_office.frame import run_for, run_page


class PoolLine(NamedTuple):
    """`line` are those who wait, in order; `offers` those who are asked."""

    pool: SeatPool
    line: list[Application]
    offers: list[Offer]
    redraw: bool

    @property
    def has_a_seat_for_the_next(self) -> bool:
        left = self.pool.seats_left
        return bool(self.line) and (left is None or left >= self.line[0].seats)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_list(request: HttpRequest, code: str) -> HttpResponse:
    """POST: offer the free seats of a pool now."""
    run = run_for(request, code)
    if request.method == "POST":
        return _offer_now(request, run)
    lines = lines_of(run, at=timezone.now())
    log_access(
        subject=f"キャンセル待ち {run.code}",
        people=sum(len(each.line) + len(each.offers) for each in lines),
        by=request.user,
        at=timezone.now(),
    )
    records = LineRecord.objects.filter(application__run=run).order_by("-at", "-pk")
    return run_page(
        request,
        "manage/waiting_list.html",
        run,
        title=_("キャンセル待ち"),
        current="manage_waiting_list",
        lines=lines,
        records=records.select_related("application", "by")[:30],
        settled=Offer.objects.filter(application__run=run)
        .exclude(state=OfferState.OPEN)
        .select_related("application", "answered_by")
        .order_by("-answered_at")[:30],
    )


def lines_of(run: CourseRun, *, at: datetime) -> list[PoolLine]:
    """In a fixed number of queries per pool."""
    open_offers = (
        Offer.objects.filter(application__run=run, state=OfferState.OPEN)
        .select_related("application")
        .order_by("reply_by", "pk")
    )
    offers = list(open_offers)
    pools = run.pools.select_related("run", "session").order_by("session__number", "pk")
    return [
        PoolLine(
            pool=pool,
            line=list(Application.objects.waiting_in(pool)),
            offers=[one for one in offers if one.application.pool_id == pool.pk],
            redraw=needs_redraw(pool, at=at),
        )
        for pool in pools
    ]


def _offer_now(request: HttpRequest, run: CourseRun) -> HttpResponse:
    pool = get_object_or_404(run.pools, pk=row_number(request.POST.get("pool", "")))
    promoted = offer_free_seats(pool=pool, by=request.user, at=timezone.now())
    if promoted:
        messages.success(request, _("%(n)d件を案内しました。") % {"n": len(promoted)})
    else:
        messages.warning(request, _("いま案内できる席はありません。"))
    return redirect("manage_waiting_list", run.code)

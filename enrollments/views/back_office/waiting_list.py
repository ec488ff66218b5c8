"""The waiting list of a run: per pool the line, the offers that are open, and what an
officer may do about them. For staff of the section; every look is noted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.access import log_access
from accounts.domain.refusal import Refusal
from accounts.domain.sections import require_section
from courses.domain.locking import lock_run
from courses.models import CourseRun, SeatPool
from enrollments.domain.answering import record_answer, take_back_offer
from enrollments.domain.line import let_pass, move_in_line
from enrollments.domain.waiting_list import needs_redraw, promote_next
from enrollments.enums import OfferState
from enrollments.forms.back_office import ReasonForm
from enrollments.forms.waiting_list import LineForm
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
    pool = get_object_or_404(run.pools, pk=request.POST.get("pool") or 0)
    with transaction.atomic():
        lock_run(run.pk)
        promoted = promote_next(pool=pool, by=request.user, at=timezone.now())
    if promoted:
        messages.success(request, _("%(n)d件を案内しました。") % {"n": len(promoted)})
    else:
        messages.warning(request, _("いま案内できる席はありません。"))
    return redirect("manage_waiting_list", run.code)


@require_POST
def offer_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody said on the telephone: `answer` accept or decline."""
    offer = _offer(request, pk)
    answer = request.POST.get("answer")
    if answer in ("accept", "decline"):
        try:
            record_answer(
                offer=offer,
                accepts=answer == "accept",
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, _("回答を記録しました。"))
    return redirect("manage_waiting_list", offer.application.run.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)

    def act(found: dict[str, Any]) -> None:
        take_back_offer(
            offer=offer, by=request.user, at=timezone.now(), why=found["reason"]
        )

    return _with_reason(
        request,
        offer.application,
        ReasonForm(request.POST or None),
        act,
        title=_("ご案内を取り下げる"),
        explains=_(
            "もとの順番のキャンセル待ちに戻ります。本人に理由を知らせます。"
            "空いた席は、次に「いま案内する」を押すか、順番が動くまで空いたままです。"
        ),
        button=_("取り下げて知らせる"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line_move(request: HttpRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    form = LineForm(request.POST or None)
    form.fields["to"].required = True

    def act(found: dict[str, Any]) -> None:
        move_in_line(
            application=application,
            to=found["to"],
            by=request.user,
            at=timezone.now(),
            why=found["reason"],
        )

    return _with_reason(
        request,
        application,
        form,
        act,
        title=_("順番を変える"),
        explains=_("間にいる方の順番もずれます。変更は記録に残ります。"),
        button=_("順番を変える"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line_pass(request: HttpRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    form = LineForm(request.POST or None)
    del form.fields["to"]

    def act(found: dict[str, Any]) -> None:
        let_pass(
            application=application,
            by=request.user,
            at=timezone.now(),
            why=found["reason"],
        )

    return _with_reason(
        request,
        application,
        form,
        act,
        title=_("後の方に先に案内する"),
        explains=_(
            "人数分の席がそろうまで、空いた席を後の方に案内します。"
            "この申込みの順番は変わらず、足りる席が空けばいちばん先に案内します。"
        ),
        button=_("後の方に案内する"),
    )


def _with_reason(
    request: HttpRequest,
    application: Application,
    form: Any,
    act: Callable[[dict[str, Any]], None],
    **words: str,
) -> HttpResponse:
    """A page that says what will be done and asks why."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("記録しました。"))
            return redirect("manage_waiting_list", application.run.code)
    return run_page(
        request,
        "manage/line_act.html",
        application.run,
        status=409 if refusal else 422 if form.errors else 200,
        application=application,
        form=form,
        refusal=refusal,
        **words,
    )


def _offer(request: HttpRequest, pk: int) -> Offer:
    offers = Offer.objects.select_related("application__run__course__department")
    found = get_object_or_404(offers, pk=pk)
    require_section(request.user, found.application.run.course.department)
    return found


def _application(request: HttpRequest, pk: int) -> Application:
    applications = Application.objects.select_related(
        "run__course__department", "run__venue", "pool"
    )
    found = get_object_or_404(applications, pk=pk)
    require_section(request.user, found.run.course.department)
    return found

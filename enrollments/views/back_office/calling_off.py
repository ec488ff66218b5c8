"""Calling a run off or putting it off, deciding that it is held, and making up for a
session: each page says first whom it touches and how many are told in which way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.refusal import Refusal
from courses.domain.session_plans import plan_of, venue_of
from enrollments.domain.calling_off import cancel_run_and_tell, postpone_run_and_tell
from enrollments.domain.minimum import TOO_FEW, decide_to_hold, minimum_of
from enrollments.domain.run_changes import people_in
from enrollments.domain.session_changes import make_up_for
from enrollments.enums import ApplicationState
from enrollments.forms.back_office import ReasonForm
from enrollments.forms.waiting_list import MakeUpForm
from enrollments.models.querysets import ApplicationQuerySet
from enrollments.views.back_office.attendance import session_for
from enrollments.views.back_office.frame import run_for, run_page

Act = Callable[..., list[Any]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_run(request: HttpRequest, code: str) -> HttpResponse:
    return _call_off(
        request,
        code,
        cancel_run_and_tell,
        title=_("開催を中止する"),
        explains=_(
            "すべての回が中止になり、申込みはすべて取り消しになります。"
            "公開ページとカレンダーには「中止」と表示されます。元に戻すことはできません。"
        ),
        button=_("開催を中止して知らせる"),
        done=_("開催を中止しました。申し込んだ方へのお知らせは、順に送られます。"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def postpone_run(request: HttpRequest, code: str) -> HttpResponse:
    return _call_off(
        request,
        code,
        postpone_run_and_tell,
        title=_("開催を延期する"),
        explains=_(
            "申込みとキャンセル待ちの順番は、そのまま残ります。回答待ちのご案内は取り下げます。"
            "新しい日程が決まったら「開催を編集」で回の日時を入力すると、開催に戻ります。"
        ),
        button=_("延期して知らせる"),
        done=_("開催を延期にしました。申し込んだ方へのお知らせは、順に送られます。"),
    )


def _call_off(
    request: HttpRequest, code: str, act: Act, *, done: str, **words: str
) -> HttpResponse:
    run = run_for(request, code)
    minimum = minimum_of(run)
    too_few = minimum is not None and minimum.missing > 0 and act is cancel_run_and_tell
    form = ReasonForm(request.POST or None, initial={"reason": TOO_FEW} if too_few else {})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act(
                run=run,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, done)
            if run.fee and act is cancel_run_and_tell:
                return redirect("manage_refunds", run.code)
            return redirect("manage_run", run.code)
    return run_page(
        request,
        "manage/run_call_off.html",
        run,
        status=409 if refusal else 422 if form.errors else 200,
        form=form,
        refusal=refusal,
        sessions=run.sessions.upcoming(timezone.now()).exclude(state="cancelled"),
        **_whom_it_touches(people_in(run)),
        **words,
    )


UNDECIDED = (
    ApplicationState.RECEIVED,
    ApplicationState.AWAITING_APPROVAL,
    ApplicationState.AWAITING_DRAW,
    ApplicationState.AWAITING_SCREENING,
)


def _whom_it_touches(people: ApplicationQuerySet) -> dict[str, int]:
    return {
        "accepted": people.filter(state=ApplicationState.ACCEPTED).count(),
        "offered": people.filter(state=ApplicationState.OFFERED).count(),
        "waiting": people.filter(state=ApplicationState.WAITING).count(),
        "undecided": people.filter(state__in=UNDECIDED).count(),
        "by_mail": people.exclude(email="").count(),
        "by_hand": people.filter(email="").count(),
    }


@require_POST
def hold_run(request: HttpRequest, code: str) -> HttpResponse:
    """Fewer than needed, and held all the same: nobody has to be told."""
    run = run_for(request, code)
    try:
        decide_to_hold(run=run, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("開催することを記録しました。"))
    return redirect("manage_run", run.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make_up(request: HttpRequest, pk: int) -> HttpResponse:
    """About the same, taught by the same; in the same room unless another is chosen. That
    it makes up for the session stands on every page and in every calendar by itself."""
    session = session_for(request, pk)
    form = MakeUpForm(
        request.POST or None, initial={"title": session.title, "room": session.room_id}
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        room = form.cleaned_data["room"]
        place = room.venue if room else venue_of(session)
        plan = replace(plan_of(session), venue=place, **form.cleaned_data)
        try:
            make_up_for(session=session, plan=plan, by=request.user, at=timezone.now())
        except Refusal as found:
            refusal = found
        else:
            messages.success(
                request,
                _("補講を加えました。申し込んだ方へのお知らせは、順に送られます。"),
            )
            return redirect("manage_run", session.run.code)
    return run_page(
        request,
        "manage/make_up.html",
        session.run,
        title=_("第%(number)s回の補講を加える") % {"number": session.number},
        status=409 if refusal else 422 if form.errors else 200,
        session=session,
        form=form,
        refusal=refusal,
        **_whom_it_touches(people_in(session.run)),
    )

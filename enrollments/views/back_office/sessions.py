"""Calling a session off, and taking that back: says whom it touches before it is done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import Refusal
from enrollments.domain.session_changes import (
    affected_by,
    cancel_session_and_tell,
    reinstate_and_tell,
)
from enrollments.forms.back_office import ReasonForm
from enrollments.views.back_office.attendance import session_for
from enrollments.views.back_office.frame import run_page


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_session(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_for(request, pk)
    form = ReasonForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            cancel_session_and_tell(
                session=session,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as found:
            refusal = found
        else:
            messages.success(
                request,
                _("この回を中止にしました。申し込んだ方へのお知らせは、順に送られます。"),
            )
            return redirect("manage_run", session.run.code)
    affected = affected_by(session)
    return run_page(
        request,
        "manage/session_cancel.html",
        session.run,
        title=_("第%(number)s回を中止する") % {"number": session.number},
        status=409 if refusal else 422 if form.errors else 200,
        session=session,
        form=form,
        refusal=refusal,
        by_mail=affected.exclude(email="").count(),
        by_hand=affected.filter(email="").count(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reinstate_session(request: HttpRequest, pk: int) -> HttpResponse:
    session = session_for(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            reinstate_and_tell(session=session, by=request.user, at=timezone.now())
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("この回を開催に戻しました。"))
            return redirect("manage_run", session.run.code)
    affected = affected_by(session)
    return run_page(
        request,
        "manage/session_reinstate.html",
        session.run,
        title=_("第%(number)s回を開催に戻す") % {"number": session.number},
        status=409 if refusal else 200,
        session=session,
        refusal=refusal,
        by_mail=affected.exclude(email="").count(),
        by_hand=affected.filter(email="").count(),
    )

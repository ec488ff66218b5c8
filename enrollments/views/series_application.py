"""What was applied for with one form for a series, for whoever holds its secret link."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.refusal import Refusal
from accounts.models import User
from enrollments.domain.leaving import may_withdraw
from enrollments.domain.links import application_token, bundle_for
from enrollments.domain.message_context import sessions_of
from enrollments.domain.series.withdrawing import applications_in, withdraw_bundle
from enrollments.domain.waiting_list import position_of
from enrollments.models import Bundle


@never_cache
@require_safe
def show_series_application(request: HttpRequest, token: str) -> HttpResponse:
    return _shown(request, _bundle(token), token, "enrollments/series_application.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_series_application(request: HttpRequest, token: str) -> HttpResponse:
    """Asks first, then gives back whatever can be given back."""
    bundle = _bundle(token)
    refusal = None
    if request.method == "POST":
        by = request.user if isinstance(request.user, User) else None
        try:
            done = withdraw_bundle(bundle=bundle, by=by, at=timezone.now())
        except Refusal as found:
            refusal = found
        else:
            number = len(done.applications)
            words = ngettext(
                "%(n)d単元の申込みを取り消しました。",
                "%(n)d単元の申込みを取り消しました。",
                number,
            )
            messages.success(request, words % {"n": number})
            for application, why in done.kept:
                told = {"title": application.run.course.title, "why": why.sentence}
                left = _("「%(title)s」は取り消していません。%(why)s")
                messages.warning(request, left % told)
            return redirect("series_application", token)
    template = "enrollments/series_withdraw.html"
    return _shown(request, bundle, token, template, refusal)


def _bundle(token: str) -> Bundle:
    """Forged, mistyped and unknown links get the same 404."""
    bundle = bundle_for(token)
    if bundle is None:
        raise Http404
    return bundle


def _shown(
    request: HttpRequest,
    bundle: Bundle,
    token: str,
    template: str,
    refusal: Refusal | None = None,
) -> HttpResponse:
    now = timezone.now()
    applications = applications_in(bundle)
    for one in applications:
        one.token = application_token(one)
        one.position = position_of(one)
        one.dates = [session for session in sessions_of(one) if session.is_held]
        one.may_withdraw = may_withdraw(one, at=now)
    context = {
        "bundle": bundle,
        "series": bundle.series,
        "token": token,
        "applications": applications,
        "first": applications[0] if applications else None,
        "may_withdraw": any(one.may_withdraw for one in applications),
        "refusal": refusal,
    }
    response = render(request, template, context, status=409 if refusal else 200)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response

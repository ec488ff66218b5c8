"""Applying for several units of a series with one form, in two steps: the form, then check
and send. Open to everybody."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from accounts.domain.rate_limit import TooManyRequests, count_attempt
from accounts.domain.refusal import Refusal
from accounts.models import User
from courses.models import Series
from enrollments.domain.links import bundle_token
from enrollments.domain.series.applying import Applied, apply_for_units
from enrollments.domain.series.offering import UnitOffer, offers_of
from enrollments.domain.series.refusals import SeriesNotApplied
from enrollments.forms.applying import known_of
from enrollments.forms.series import SeriesForm
from enrollments.views.offered import offered_to
from enrollments.views.series_lines import summary_of, unit_lines


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply_for_series(request: HttpRequest, slug: str) -> HttpResponse:
    """`step` is the button that was pressed: check, send or edit."""
    series = get_object_or_404(Series.objects.select_related("department"), slug=slug)
    now = timezone.now()
    user = request.user if isinstance(request.user, User) else None
    offers = offers_of(series, user, at=now, load=offered_to(request).run)
    if not offers:
        raise Http404
    terms = offered_to(request).notice("terms", at=now)
    form = SeriesForm(
        request.POST or None,
        offers=offers,
        has_terms=terms is not None,
        initial=_known(user, offers),
    )
    page = _Page(request, series, offers, form, now)
    step = request.POST.get("step", "")
    if request.method != "POST" or step == "edit":
        return page.form_page()
    if not form.is_valid():
        return page.form_page(status=422)
    if step != "send":
        return page.check_page()
    if not form.require_terms():
        return page.check_page(status=422)
    return _send(page, user)


def _send(page: "_Page", user: User | None) -> HttpResponse:
    request, form = page.request, page.form
    try:
        count_attempt(rule="apply", who=client_address(request), at=page.now)
        applied = apply_for_units(
            series=page.series,
            wishes=form.wishes(),
            together=form.together,
            by=user,
            at=page.now,
        )
    except TooManyRequests as refusal:
        return page.check_page(refusal=refusal, status=429)
    except Refusal as refusal:
        return page.form_page(refusal=refusal, status=409)
    _say_what_was_refused(request, applied)
    return redirect("series_application", bundle_token(applied.bundle))


def _say_what_was_refused(request: HttpRequest, applied: Applied) -> None:
    for run, why in applied.refused:
        words = _("「%(title)s」には申し込めませんでした。%(why)s")
        told = {"title": run.course.title, "why": why.sentence}
        messages.warning(request, words % told)


def _known(user: User | None, offers: list[UnitOffer]) -> dict[str, Any]:
    """Whatever can be had and was not completed before is ticked; one run of each unit."""
    ticked = []
    for unit in offers:
        free = [one.run.code for one in unit.runs if one.may_choose]
        if not unit.is_completed and not any(one.own for one in unit.runs):
            ticked += free[:1]
    return {**(known_of(user) if user else {}), "runs": ticked}


class _Page:
    """What both steps show."""

    def __init__(
        self,
        request: HttpRequest,
        series: Series,
        offers: list[UnitOffer],
        form: SeriesForm,
        now: datetime,
    ) -> None:
        self.request, self.series, self.form = request, series, form
        self.offers, self.now = offers, now

    def form_page(
        self, *, refusal: Refusal | None = None, status: int = 200
    ) -> HttpResponse:
        form = self.form
        if form.is_bound and status == 200:
            form.errors.clear()
        reasons = refusal.reasons if isinstance(refusal, SeriesNotApplied) else ()
        context = {
            "units": unit_lines(self.offers, form, at=self.now),
            "may_apply": any(one.may_choose for unit in self.offers for one in unit.runs),
            "reasons": [(run.course, why) for run, why in reasons],
        }
        return self._render("series_apply.html", context, refusal, status)

    def check_page(
        self, *, refusal: Refusal | None = None, status: int = 200
    ) -> HttpResponse:
        form = self.form
        asks_terms = "terms" in form.fields and any(
            one.run.asks_terms for one in form.chosen
        )
        offered = offered_to(self.request)
        context = {
            "lines": summary_of(form, at=self.now),
            "carried": form.carried(),
            "asks_terms": asks_terms,
            "terms": offered.notice("terms", at=self.now) if asks_terms else None,
        }
        return self._render("series_check.html", context, refusal, status)

    def _render(
        self,
        template: str,
        context: dict[str, Any],
        refusal: Refusal | None,
        status: int,
    ) -> HttpResponse:
        known = {
            "series": self.series,
            "form": self.form,
            "refusal": refusal,
            "notice": offered_to(self.request).notice("application", at=self.now),
        }
        return render(
            self.request, f"enrollments/{template}", {**known, **context}, status=status
        )

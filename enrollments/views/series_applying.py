"""Applying for several units of a series with one form, in two steps: the form, then check
and send. Open to everybody. What was typed is kept as a draft at every step."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.client_address import client_address
from accounts.domain.mail_hints import likely_meant
from accounts.domain.rate_limit import TooManyRequests, count_attempt
from accounts.domain.refusal import Refusal
from accounts.models import PurposeNotice, User
from courses.models import Series
from enrollments.domain.links import bundle_token
from enrollments.domain.series.applying import Applied, apply_for_units, require_for_them
from enrollments.domain.series.offering import UnitOffer, offers_of
from enrollments.domain.series.refusals import SeriesNotApplied
from enrollments.forms.applying import known_of
from enrollments.forms.party import COUNT
from enrollments.forms.series import SeriesForm
from enrollments.views.drafts import (
    draft_for,
    drop,
    keep,
    token_of,
    typed_in,
    without_cookie,
)
from enrollments.views.offered import offered_to
from enrollments.views.series_lines import summary_of, unit_lines
from enrollments.views.typed import changed, with_mail_as_meant


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply_for_series(request: HttpRequest, slug: str) -> HttpResponse:
    """`step` is the button that was pressed; without it the form is shown."""
    series = get_object_or_404(Series.objects.select_related("department"), slug=slug)
    page = _Page(request, series, timezone.now())
    if not page.offers:
        raise Http404
    if request.method != "POST":
        return page.form_page(page.form(initial=_known(page)))
    step = request.POST.get("step", "")
    if step == "resume":
        draft = draft_for(request, series, at=page.now)
        if draft is None:
            return redirect(request.path)
        return page.form_page(page.form(typed_in(draft)))
    if step == "forget":
        return drop(request, redirect(request.path), series)
    typed, response = _answer(page, step)
    if response.status_code == 302:
        return without_cookie(request, response)
    return keep(request, response, series, typed, at=page.now)


def _answer(page: "_Page", step: str) -> tuple[QueryDict, HttpResponse]:
    """What is typed now, and the page that follows."""
    typed = page.request.POST
    if step == "meant":
        typed, step = with_mail_as_meant(typed), "check"
    form = page.form(typed)
    if step not in ("check", "send"):
        typed = changed(typed, step, most=form.most_rows)
        return typed, page.form_page(page.form(typed))
    if not form.is_valid():
        return typed, page.form_page(form, status=422)
    try:
        require_for_them(wishes=form.wishes(), by=page.user)
    except Refusal as refusal:
        return typed, page.form_page(form, refusal=refusal, status=409)
    if step == "check":
        return typed, page.check_page(form)
    if not form.require_terms():
        return typed, page.check_page(form, status=422)
    return typed, _send(page, form)


def _send(page: "_Page", form: SeriesForm) -> HttpResponse:
    request = page.request
    try:
        count_attempt(rule="apply", who=client_address(request), at=page.now)
        applied = apply_for_units(
            series=page.series,
            wishes=form.wishes(),
            together=form.together,
            by=page.user,
            at=page.now,
            draft=token_of(request),
        )
    except TooManyRequests as refusal:
        return page.check_page(form, refusal=refusal, status=429)
    except Refusal as refusal:
        return page.form_page(form, refusal=refusal, status=409)
    say_what_was_refused(request, applied)
    return redirect("series_application", bundle_token(applied.bundle))


def say_what_was_refused(request: HttpRequest, applied: Applied) -> None:
    for run, why in applied.refused:
        words = _("「%(title)s」には申し込めませんでした。%(why)s")
        told = {"title": run.course.title, "why": why.sentence}
        messages.warning(request, words % told)


def _known(page: "_Page") -> dict[str, Any]:
    """Whatever can be had and was not completed before is ticked; one run of each unit."""
    ticked = []
    for unit in page.offers:
        free = [one.run.code for one in unit.runs if one.may_choose and not one.not_met]
        if not unit.is_completed and not any(one.own for one in unit.runs):
            ticked += free[:1]
    return {**(known_of(page.user) if page.user else {}), "runs": ticked}


class _Page:
    """What both steps show."""

    def __init__(self, request: HttpRequest, series: Series, now: datetime) -> None:
        self.request, self.series, self.now = request, series, now
        self.user = request.user if isinstance(request.user, User) else None
        offered = offered_to(request)
        self.terms: PurposeNotice | None = offered.notice("terms", at=now)
        self.offers: list[UnitOffer] = offers_of(
            series, self.user, at=now, load=offered.run
        )

    def form(
        self, data: QueryDict | None = None, initial: dict[str, Any] | None = None
    ) -> SeriesForm:
        return SeriesForm(
            data,
            offers=self.offers,
            has_terms=self.terms is not None,
            initial=initial or {},
        )

    def form_page(
        self, form: SeriesForm, *, refusal: Refusal | None = None, status: int = 200
    ) -> HttpResponse:
        blames = status != 200
        if form.is_bound and not blames:
            form.blame_nobody()
        reasons = refusal.reasons if isinstance(refusal, SeriesNotApplied) else ()
        is_new = self.request.method != "POST"
        context = {
            "units": unit_lines(self.request, self.offers, form, at=self.now),
            "may_apply": bool(form.offers),
            "blames": blames,
            "reasons": [(run.course, why) for run, why in reasons],
            "draft": draft_for(self.request, self.series, at=self.now) if is_new else None,
            "shared": [form[name] for name in form.shared_names],
            "count": len(form.companions),
            "count_name": COUNT,
            "may_add": len(form.companions) < form.most_people - 1,
            "takes_parties": form.most_rows > 0,
            "most_people": form.most_people,
        }
        return self._render("series_apply.html", form, context, refusal, status)

    def check_page(
        self, form: SeriesForm, *, refusal: Refusal | None = None, status: int = 200
    ) -> HttpResponse:
        context = {
            "lines": summary_of(form, at=self.now),
            "carried": form.carried(),
            "terms": self.terms if form.asks_terms else None,
        }
        return self._render("series_check.html", form, context, refusal, status)

    def _render(
        self,
        template: str,
        form: SeriesForm,
        context: dict[str, Any],
        refusal: Refusal | None,
        status: int,
    ) -> HttpResponse:
        shared = {
            "series": self.series,
            "form": form,
            "refusal": refusal,
            "meant": likely_meant(str(form["email"].value() or "")),
            "notice": offered_to(self.request).notice("application", at=self.now),
        }
        return render(
            self.request, f"enrollments/{template}", shared | context, status=status
        )

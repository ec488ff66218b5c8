"""Entering an application for several units of a series that came by telephone, on paper or
at the counter. For staff of the series' section, and of each unit's."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.domain.refusal import NotAllowed, Refusal
from accounts.forms.fields import row_number
from courses.models import Series
from enrollments.domain.duplicates import LookAlike, look_alikes
from enrollments.domain.series.applying import apply_for_units
from enrollments.domain.series.offering import UnitOffer, offers_for_entry
from enrollments.domain.series.refusals import SeriesNotApplied
from enrollments.domain.series.withdrawing import applications_in
from enrollments.enums import Likeness
from enrollments.forms.series_entry import SeriesEntryForm
from enrollments.models import Application, Bundle
from enrollments.views.back_office.series_completion import series_for
from enrollments.views.offered import offered_to
from enrollments.views.series_applying import say_what_was_refused
from enrollments.views.series_lines import unit_lines


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_series_application(request: HttpRequest, pk: int) -> HttpResponse:
    """After saving, the numbers are shown and the form is ready for the next. Who looks
    like somebody in a unit is shown once; saving again takes the application."""
    series, now = series_for(request, pk), timezone.now()
    load = offered_to(request).run
    offers = offers_for_entry(series, request.user, at=now, load=load)
    form = SeriesEntryForm(request.POST or None, offers=offers, has_terms=False)
    refusal: Refusal | None = None
    alike: list[LookAlike] = []
    if request.method == "POST" and form.is_valid():
        alike = _not_seen(form)
        if not alike:
            try:
                bundle = _enter(request, series, form, now)
            except NotAllowed:
                raise
            except Refusal as found:
                refusal = found
            else:
                return redirect(f"{request.path}?entered={bundle.pk}")
    wrong = request.method == "POST" and refusal is None and not alike
    context = _context(request, series, offers, form, now)
    context |= {"refusal": refusal, "alike": alike, "wrong": wrong}
    context["reasons"] = refusal.reasons if isinstance(refusal, SeriesNotApplied) else ()
    context["seen"] = ",".join(str(one.application.pk) for one in alike)
    status = 409 if refusal or alike else 422 if wrong else 200
    return render(request, "manage/series_entry.html", context, status=status)


def _not_seen(form: SeriesEntryForm) -> list[LookAlike]:
    """In any of the units; nobody is asked twice about the same people. Who has applied
    already is no doubt but a refusal of that unit."""
    if form.cleaned_data["is_namesake"]:
        return []
    found = [
        one
        for wish in form.wishes()
        for one in look_alikes(run_pk=wish.run.pk, request=wish.request)
        if one.likeness != Likeness.NAME_AND_PHONE
    ]
    seen = form.seen_before()
    return found if any(str(one.application.pk) not in seen for one in found) else []


def _enter(
    request: HttpRequest, series: Series, form: SeriesEntryForm, now: datetime
) -> Bundle:
    """Raises: those of `apply_for_units`."""
    applied = apply_for_units(
        series=series,
        wishes=form.wishes(),
        together=form.together,
        by=request.user,
        at=now,
        entered=form.entered(),
    )
    say_what_was_refused(request, applied)
    return applied.bundle


def _context(
    request: HttpRequest,
    series: Series,
    offers: list[UnitOffer],
    form: SeriesEntryForm,
    now: datetime,
) -> dict[str, Any]:
    title = _("シリーズの申込みを入力")
    back = reverse("manage_series_completion", args=[series.pk])
    rows = [row for unit in form.units.values() for row in unit.children]
    return {
        "series": series,
        "form": form,
        "forms": [form, *form.companions, *rows],
        "units": unit_lines(request, offers, form, at=now),
        "entered": _just_entered(request, series) if request.method == "GET" else [],
        "page_title": title,
        "header_title": f"{title} {series.title}",
        "breadcrumbs_items": [
            {"url": back, "label": series.title},
            {"url": "", "label": title},
        ],
    }


def _just_entered(request: HttpRequest, series: Series) -> list[Application]:
    pk = row_number(request.GET.get("entered", ""))
    own = Bundle.objects.filter(pk=pk, series=series, applications__entered_by=request.user)
    bundle = own.select_related("series").first()
    return applications_in(bundle) if bundle else []

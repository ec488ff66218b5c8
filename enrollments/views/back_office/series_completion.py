"""Who is how far through a series, and its certificates, issued for all at once and
printed. For staff of the section of the series."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import log_access
from accounts.domain.sections import require_section
from courses.models import Series
from enrollments.domain.finishing.series_certificates import (
    issue_series_certificates,
    without_certificate,
)
from enrollments.domain.finishing.series_people import people_of
from enrollments.exchange.prints.certificates import parts
from enrollments.views.back_office.certificate_prints import printed_in_parts
from enrollments.views.back_office.certificates import issue_to_all


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series_completion(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST issues certificates to everybody who completed the series and has none."""
    series = series_for(request, pk)
    if request.method == "POST":
        issue_to_all(request, issue_series_certificates, series=series)
        return redirect("manage_series_completion", pk)
    people = people_of(series)
    log_access(
        subject=f"シリーズの修了 {series.title}",
        people=len(people),
        by=request.user,
        at=timezone.now(),
    )
    title = _("シリーズの修了")
    whole = f"{title} {series.title}"
    register = {"url": reverse("manage_certificates"), "label": _("修了証の台帳")}
    valid = series.certificates.filter(revoked_at=None)
    context = {
        "series": series,
        "people": people,
        "total": series.units.count(),
        "to_certify": len(without_certificate(people)) if series.gives_certificate else 0,
        "files": parts(valid.count()),
        "page_title": title,
        "header_title": whole,
        "header_icon": "form",
        "breadcrumbs_items": [register, {"url": "", "label": whole}],
    }
    return render(request, "manage/series_completion.html", context)


@never_cache
@require_safe
def series_certificates_print(request: HttpRequest, pk: int) -> HttpResponse:
    """All valid ones."""
    series = series_for(request, pk)
    return printed_in_parts(
        request,
        series.certificates.filter(revoked_at=None),
        of=series.title,
        filename=series.slug,
        back=reverse("manage_series_completion", args=[pk]),
    )


def series_for(request: HttpRequest, pk: int) -> Series:
    """Raises: Http404, NotAllowed."""
    series = get_object_or_404(Series.objects.select_related("department"), pk=pk)
    require_section(request.user, series.department)
    return series

"""Who is how far through a series, and its certificates, issued for all at once and
printed. For staff of the section of the series."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed, Refusal
from accounts.domain.sections import require_section
from accounts.enums import AccessKind
from accounts.exchange.paper.typesetting import NotTypeset
from accounts.forms.fields import row_number
from accounts.views.paper import paper_response
from courses.models import Series
from enrollments.domain.finishing.entries import numbers_of
from enrollments.domain.finishing.series_certificates import (
    issue_series_certificates,
    without_certificate,
)
from enrollments.domain.finishing.series_people import people_of
from enrollments.exchange.prints.certificates import AT_ONCE, certificates_paper, parts
from enrollments.views.back_office.certificates import COLUMNS


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def series_completion(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST issues certificates to everybody who completed the series and has none."""
    series = _series(request, pk)
    if request.method == "POST":
        _issue(request, series)
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
    """All valid ones; very many in several files (`part`)."""
    series = _series(request, pk)
    valid = series.certificates.filter(revoked_at=None).select_related("replaces")
    first = ((row_number(request.GET.get("part", "")) or 1) - 1) * AT_ONCE
    shown = list(valid.order_by("fiscal_year", "serial")[first : first + AT_ONCE])
    if not shown:
        raise Http404
    now = timezone.now()
    log_access(
        subject=f"修了証の印刷 {series.title}",
        people=len(shown),
        by=request.user,
        at=now,
        kind=AccessKind.EXPORT,
        columns=COLUMNS,
        reason="修了証を渡すため",
    )
    try:
        paper = certificates_paper(shown, at=now)
    except NotTypeset as refusal:
        messages.error(request, str(refusal))
        return redirect("manage_series_completion", pk)
    return paper_response(paper, f"修了証_{series.slug}_{shown[0].number}")


def _issue(request: HttpRequest, series: Series) -> None:
    try:
        issued = issue_series_certificates(
            series=series,
            by=request.user,
            at=timezone.now(),
            tell=request.POST.get("tell") == "on",
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("%(n)d人の修了証を発行しました（%(numbers)s）。")
        told = {"n": len(issued), "numbers": numbers_of(issued)}
        messages.success(request, words % told)


def _series(request: HttpRequest, pk: int) -> Series:
    """Raises: Http404, NotAllowed."""
    series = get_object_or_404(Series.objects.select_related("department"), pk=pk)
    require_section(request.user, series.department)
    return series

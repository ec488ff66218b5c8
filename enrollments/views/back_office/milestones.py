"""学びの節目: who reached one. For staff; a section sees its own participants."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.domain.access import log_access
from accounts.domain.refusal import NotAllowed
from accounts.domain.sections import section_of
from courses.domain.fiscal_year import fiscal_year_of, fiscal_year_words
from enrollments.domain.finishing.who_reached import who_reached

YEARS_BACK = 5


@never_cache
@require_safe
def reached_milestones(request: HttpRequest) -> HttpResponse:
    section = section_of(request.user)
    if section is None and not request.user.is_superuser:
        raise NotAllowed
    now = timezone.now()
    this = fiscal_year_of(now)
    years = [(year, fiscal_year_words(year)) for year in range(this, this - YEARS_BACK, -1)]
    asked = request.GET.get("year", "")
    year = next((one for one, _words in years if str(one) == asked), this)
    found = who_reached(year, section=None if request.user.is_superuser else section)
    log_access(subject=f"学びの節目 {year}", people=len(found), by=request.user, at=now)
    context = {
        "page_title": _("節目に達した方"),
        "header_title": _("節目に達した方"),
        "header_icon": "pick",
        "years": years,
        "year": year,
        "found": sorted(
            found, key=lambda one: (one.milestone.span, -one.milestone.sessions)
        ),
    }
    return render(request, "manage/milestones.html", context)

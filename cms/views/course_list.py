"""The section's courses, and one course with its runs. For staff."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.domain.contact import tidy_text
from accounts.domain.sections import section_of, works_for
from cms.course_pages import page_of
from courses.models import Course

PER_PAGE = 50


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """All courses can be seen by every section; `own` keeps to one's own."""
    section = section_of(request.user)
    words = tidy_text(request.GET.get("q", ""))[:60]
    own_only = request.GET.get("own", "1" if section else "") == "1"
    found = Course.objects.select_related("department").annotate(
        number_of_runs=Count("runs"), live_pages=Count("pages", filter=Q(pages__live=True))
    )
    if own_only and section:
        found = found.filter(department=section)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(title_kana__icontains=words))
    page = Paginator(found.order_by("-pk"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_obj": page,
        "words": words,
        "own_only": own_only,
        "section": section,
        "header_title": _("講座"),
        "page_title": _("講座"),
    }
    return render(request, "manage/courses.html", context)


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Course.objects.select_related("department"), pk=pk)
    context = {
        "course": found,
        "page": page_of(found),
        "runs": found.runs.order_by("-code").prefetch_related("sessions", "pools"),
        "may_change": works_for(request.user, found.department),
        "breadcrumbs_items": [{"url": reverse("manage_courses"), "label": _("講座")}],
        "header_title": str(found),
        "page_title": str(found),
    }
    return render(request, "manage/course.html", context)
